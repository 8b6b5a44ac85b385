"""The numbers that count the rows of a column, such as "A.1" or "Action 2", in which a one was read
as a letter."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import replace

from extractors.pages.page import Box
from extractors.scans.tokens import TextLine

# 1.2 · A1 · B.3 · 4. · 2) — and l.2 · Al · B.l · I. with a stroke for a one
NUMBER = re.compile(
    r"(?P<before>[A-H]?[.-]?(?:[\dlI|!]{1,2}[.-])*)(?P<rank>[\dlI|!]{1,2})(?P<mark>[.):°]*)"
)
COUNTED = re.compile(r"(?:fiche|action|mesure|fa|projet|axe|objectif|n°)s?", re.IGNORECASE)
STROKE = re.compile(r"[lI|!]")
AT_EDGE = 1.0  # heights of a line by which those of one column stand off one another, at most

Place = tuple[int, int]  # of a line, and of its number in it


def with_counts(lines: Sequence[TextLine]) -> list[TextLine]:
    """`lines`, with the ones that were read as strokes in a number that opens one, where the next
    number below, or above, in its column counts on from there: 'l.1', 'l.2', '1.3'."""
    result = [list(line) for line in lines]
    order = sorted(_numbers(lines), key=lambda at: lines[at[0]][0].box.top)
    for places, step in ((order[::-1], 1), (order, -1)):
        for n, (i, k) in enumerate(places):
            read = result[i][k]
            meant = STROKE.sub("1", read.text)
            beside = _in_column(result[i][0].box, result, places[n - 1 :: -1] if n else ())
            if meant != read.text and beside == _counted(meant, step):
                result[i][k] = replace(read, text=meant)
    return result


def _numbers(lines: Sequence[TextLine]) -> Iterable[Place]:
    """Where numbers open `lines`, behind what they count."""
    for i, line in enumerate(lines):
        k = next((k for k, t in enumerate(line) if not COUNTED.fullmatch(t.text)), None)
        if k is not None and NUMBER.fullmatch(line[k].text):
            yield i, k


def _in_column(edge: Box, lines: Sequence[TextLine], places: Iterable[Place]) -> str | None:
    """The number at the first of `places` whose line begins where `edge` does."""
    reach = AT_EDGE * edge.height
    inside = ((i, k) for i, k in places if abs(lines[i][0].box.x0 - edge.x0) <= reach)
    return next((lines[i][k].text for i, k in inside), None)


def _counted(number: str, step: int) -> str:
    """The number so many steps on: '1.3' from '1.2'."""
    match = NUMBER.fullmatch(number)
    assert match
    return f"{match['before']}{int(match['rank']) + step}{match['mark']}"
