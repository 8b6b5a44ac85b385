"""Figures in a column within a cell, beside texts of several lines: a table without rules in it.

Conseil          32 000 €    read as    Conseil départemental 32 000 €
départemental                           Ville de Lierval 5 000 €
Ville de Lierval  5 000 €
"""

from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise, takewhile

from extractors.grids.pieces import COLUMN_SPACE, WORD_SPACE, is_figure
from extractors.pages.page import Word

Line = tuple[Word, ...]
UNITS = ("€", "k€", "K€", "M€", "euros")


def with_figures_last(lines: tuple[Line, ...], words: Sequence[Word]) -> tuple[Line, ...]:
    """The `lines` of a cell, each figure behind the whole of the text that it stands beside, where
    figures have a column of their own in it: the order in which `words` were printed tells the
    text of each, and the only one is of all."""
    parted = [_parted(line) for line in lines]
    figures = [figure for _, figure in parted if figure]
    texts = [text for text, _ in parted if text]
    if not figures or not any(text and not figure for text, figure in parted):
        return lines
    edge = min(figure[0].box.x0 for figure in figures)
    if any(text[-1].box.x1 > edge for text in texts):
        return lines
    order = {id(word): i for i, word in enumerate(words)}
    told = sorted((*texts, *figures), key=lambda part: order[id(part[0])])
    if found := _by_order(told, figures):
        return tuple(found)
    if len(figures) == 1 and _is_far(parted):
        return (_joined([*texts, *figures]),)
    return lines


def _parted(line: Line) -> tuple[Line, Line]:
    """`line` as the text that it begins with, and the figure that ends it, apart from the text."""
    count = sum(1 for _ in takewhile(_is_of_figure, reversed(line)))
    text, figure = line[: len(line) - count], line[len(line) - count :]
    if not is_figure(" ".join(w.text for w in figure)):
        return line, ()
    blank = figure[0].box.x0 - text[-1].box.x1 if text else figure[0].size
    return (text, figure) if blank > WORD_SPACE * figure[0].size else (line, ())


def _is_of_figure(word: Word) -> bool:
    return word.text in UNITS or (word.text[0].isdigit() and is_figure(word.text))


def _is_far(parted: Sequence[tuple[Line, Line]]) -> bool:
    """Stands the figure further from its text than words of a text do from one another?"""
    blanks = [b.box.x0 - a.box.x1 for text, _ in parted for a, b in pairwise(text)]
    return any(
        figure[0].box.x0 - text[-1].box.x1
        > max(2 * max(blanks, default=0.0), COLUMN_SPACE * figure[0].size)
        for text, figure in parted
        if text and figure
    )


def _by_order(told: Sequence[Line], figures: Sequence[Line]) -> list[Line]:
    """The lines `told` in this order, those before each of the `figures` with it as one, if it
    stands as high as one of them; none where one does not, or none was printed after a text that
    goes on below it, for that is the order of lines."""
    lines: list[Line] = []
    text: list[Line] = []
    goes_on = False
    for part in told:
        text.append(part)
        if any(part is figure for figure in figures):
            *above, last = text
            if not any(abs(line[0].baseline - last[0].baseline) < 1 for line in above):
                return []
            goes_on = goes_on or above[-1][0].baseline - last[0].baseline > 1
            lines.append(_joined(text))
            text = []
    falls = all(a[0].baseline < b[0].baseline for a, b in pairwise(lines))
    return lines if falls and goes_on and not text else []


def _joined(parts: Sequence[Line]) -> Line:
    """`parts` as one line; a word that ends one with a hyphen goes on: Grand-Lac-Bleu."""
    words: list[Word] = []
    for part in parts:
        first, *rest = part
        if words and words[-1].text.endswith("-") and len(words[-1].text) > 1:
            last = words.pop()
            first = replace(last, text=last.text + first.text)
        words += [first, *rest]
    return tuple(words)
