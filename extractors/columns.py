"""Where columns part: strips that hardly a line crosses."""

from collections.abc import Sequence
from itertools import pairwise

from extractors.grid import clusters
from extractors.page import Box, Word, around
from extractors.pieces import ALIGNED, COLUMN_SPACE, SAME_EDGE, Piece, is_figure

STRIP = 0.2  # of the font size: the narrowest blank strip between columns


def column_borders(lines: Sequence[Sequence[Piece]], area: Box) -> list[float]:
    """Borders of the columns: in each strip that hardly a line crosses, where the fewest do."""
    rows = [line for line in lines if len(line) > 1] or list(lines)
    size = sorted(p.size for line in rows for p in line)[len(rows) // 2]
    spans = [(p.box.x0, p.box.x1) for line in rows for p in line]
    allowed = 0 if len(rows) < 4 else max(1, len(rows) // 8)
    edges = sorted({x for span in spans for x in span})
    crossed = [(a, b, sum(x0 < (a + b) / 2 < x1 for x0, x1 in spans)) for a, b in pairwise(edges)]
    crossed = _with_sparse_columns(crossed, spans, allowed)
    borders = [area.x0]
    valley: list[tuple[float, float, int]] = []
    for strip in (*crossed, (area.x1, area.x1, len(spans) + 1)):
        if strip[2] <= allowed:
            valley.append(strip)
            continue
        if valley:
            least = min(c for *_, c in valley)
            bottom = _runs([s for s in valley if s[2] == least])
            widest = max(
                bottom, key=lambda r: (-_is_beyond_head(r, borders[-1], rows[0]), r[1] - r[0])
            )
            if valley[-1][1] - valley[0][0] >= STRIP * size and widest[0] > edges[0]:
                borders.append(_before_figures(widest, rows))
        valley = []
    return _between_texts(_peopled([*borders, area.x1], rows), rows)


def _before_figures(strip: tuple[float, float], lines: Sequence[Sequence[Piece]]) -> float:
    """The middle of `strip`, or of the blank in it that parts a text of `lines`, below the first,
    from a figure nearer than columns mostly are."""
    left, right = strip
    blanks = [
        (last.box.x1, word.box.x0)
        for line in lines[1:]
        for piece in line
        for last, word in pairwise(piece.words)
        if left < word.box.x0 and last.box.x1 < right
        if is_figure(word.text) and not is_figure(last.text)
    ]
    left, right = max(blanks, key=lambda blank: blank[0], default=strip)
    return (left + right) / 2


def _is_beyond_head(run: tuple[float, float], left: float, head: Sequence[Piece]) -> bool:
    """Would a border in `run` leave two heads over the column that starts at `left`?"""
    over = [p.box for p in head if left <= p.box.middle[0] < run[0]]
    return any(b.x0 - a.x1 > COLUMN_SPACE * head[0].size for a, b in pairwise(over))


def _with_sparse_columns(
    strips: Sequence[tuple[float, float, int]], spans: Sequence[tuple[float, float]], allowed: int
) -> list[tuple[float, float, int]]:
    """`strips`, those closed where several texts stand that hardly cross a blank but lie whole
    within: a column of a few short texts beside others of many lines."""
    blanks = _runs([s for s in strips if s[2] <= allowed])
    inner = [(x0, x1) for x0, x1 in spans if any(a <= x0 and x1 <= b for a, b in blanks)]
    return [
        (a, b, n + allowed if sum(x0 < (a + b) / 2 < x1 for x0, x1 in inner) > 1 else n)
        for a, b, n in strips
    ]


def _runs(strips: Sequence[tuple[float, float, int]]) -> list[tuple[float, float]]:
    """Strips that touch, joined."""
    runs: list[tuple[float, float]] = []
    for a, b, _ in strips:
        if runs and a <= runs[-1][1]:
            runs[-1] = runs[-1][0], b
        else:
            runs.append((a, b))
    return runs


def _between_texts(borders: Sequence[float], lines: Sequence[Sequence[Piece]]) -> list[float]:
    """`borders` without those in blanks between words of justified text."""
    kept = list(borders[:1])
    for border, right in pairwise(borders[1:]):
        if not _is_within_text(kept[-1], border, right, lines):
            kept.append(border)
    return [*kept, borders[-1]]


def _is_within_text(
    left: float, border: float, right: float, lines: Sequence[Sequence[Piece]]
) -> bool:
    """Do all texts between `border` and `right` follow one between `left` and `border` on the same
    line, few of them figures, few at one place; or not all, where none of them is a head?"""
    texts: list[list[Word]] = []
    headed = True
    for i, line in enumerate(lines):
        words = [w for piece in line for w in piece.words]
        after = [w for w in words if border <= w.box.middle[0] < right]
        if after and not any(left <= w.box.middle[0] < border for w in words):
            return False
        if after:
            texts.append(after)
        elif not i:
            headed = False
    if 2 * sum(is_figure(" ".join(w.text for w in some)) for some in texts) > len(texts):
        return False
    boxes = [around([w.box for w in some]) for some in texts]
    starts, middles = ([b.x0 for b in boxes], [b.middle[0] for b in boxes])
    most = [max(map(len, clusters(of, float, SAME_EDGE)), default=0) for of in (starts, middles)]
    return max(most) < ALIGNED * len(texts) if headed else most[0] < len(texts)


def _peopled(borders: Sequence[float], lines: Sequence[Sequence[Piece]]) -> list[float]:
    """`borders` without those between a heading on one side and its column's texts on the other,
    or beside a column that one line alone enters."""
    kept = list(borders[:1])
    for border, right in pairwise(borders[1:]):
        before, after = (
            {i for i, line in enumerate(lines) if any(a <= p.box.middle[0] < b for p in line)}
            for a, b in ((kept[-1], border), (border, right))
        )
        lone = min(before, after, key=len)
        heads = len(lone) <= 2 and max(lone, default=0) <= 2
        if before and after and not (heads and before.isdisjoint(after)):
            kept.append(border)
    return [*kept, borders[-1]]
