"""Where columns part: strips that hardly a line crosses."""

from collections.abc import Iterable, Sequence
from itertools import pairwise

from extractors.grids.pieces import (
    ALIGNED,
    COLUMN_SPACE,
    MARKS,
    SAME_EDGE,
    Piece,
    is_figure,
)
from extractors.pages.page import Box, Word, around, clusters

STRIP = 0.2  # of the font size: the narrowest blank strip between columns
SAME_PLACE = 0.3  # points: texts that a program aligns begin, or end, as near
SEVERAL = 3
Strip = tuple[float, float]  # from, to


def column_borders(lines: Sequence[Sequence[Piece]], area: Box) -> list[float]:
    """Borders of the columns: in each strip that hardly a line crosses, where the fewest do."""
    rows = [line for line in lines if len(line) > 1] or list(lines)
    size = sorted(p.size for line in rows for p in line)[len(rows) // 2]
    head = _head(rows[0], lines)
    spans = [(p.box.x0, p.box.x1) for line in (head, *rows[1:]) for p in line]
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
                bottom, key=lambda r: (-_is_beyond_head(r, borders[-1], head), r[1] - r[0])
            )
            wide = valley[-1][1] - valley[0][0] >= STRIP * size
            if (wide or _is_aligned_with(widest, rows)) and widest[0] > edges[0]:
                borders.append(_between_words(_clear(widest, rows[0], lines), rows))
        valley = []
    return _between_texts(_peopled([*borders, area.x1], rows), rows)


def _is_aligned_with(strip: Strip, lines: Sequence[Sequence[Piece]]) -> bool:
    """Do texts of several lines end where `strip` begins, and others begin where it ends, as sums
    and the texts beside them do in a spreadsheet?"""
    left, right = strip
    texts = [p.box for line in lines for p in line]
    ends = sum(abs(box.x1 - left) < SAME_PLACE for box in texts)
    starts = sum(abs(box.x0 - right) < SAME_PLACE for box in texts)
    return min(ends, starts) >= SEVERAL


def _head(row: Sequence[Piece], lines: Sequence[Sequence[Piece]]) -> list[Piece]:
    """The pieces of the first row, and those that stand on a line right above between or beside
    them: of heads set higher."""
    over = [p for line in lines for p in line if 0 < row[0].baseline - p.baseline <= row[0].size]
    beside = [p for p in over if not any(p.box.x0 < q.box.x1 and q.box.x0 < p.box.x1 for q in row)]
    return sorted([*row, *beside], key=lambda p: p.box.x0)


def _clear(strip: Strip, head: Sequence[Piece], lines: Sequence[Sequence[Piece]]) -> Strip:
    """`strip` without where texts end, or begin, that are alone on their line below the `head`."""
    left, right = strip
    below = [line[0] for line in lines if len(line) == 1]
    for piece in (p.box for p in below if p.baseline > head[0].baseline):
        if piece.x0 < left < piece.x1 < right:
            left = piece.x1
        elif left < piece.x0 < right < piece.x1:
            right = piece.x0
    return left, right


def _between_words(strip: Strip, lines: Sequence[Sequence[Piece]]) -> float:
    """The middle of `strip`, or of the blank in it that parts a text of `lines`, below the first,
    from a figure nearer than columns mostly are, or one bold head from the next."""
    left, right = strip
    pairs = [
        (i, last, word)
        for i, line in enumerate(lines)
        for piece in line
        for last, word in pairwise(piece.words)
        if left < word.box.x0 and last.box.x1 < right
    ]
    figures = [
        (last.box.x1, word.box.x0)
        for i, last, word in pairs
        if i and is_figure(word.text) and not is_figure(last.text)
    ]
    heads = [
        (max(left, last.box.x1), min(right, word.box.x0))
        for _, last, word in pairs
        if last.bold and word.bold
    ]
    left, right = max(figures or heads, key=lambda blank: blank[0], default=strip)
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


def _sides(
    left: float, border: float, right: float, lines: Sequence[Sequence[Piece]]
) -> list[tuple[list[Word], list[Word]]]:
    """Of each line, the words between `left` and `border`, and those between this and `right`."""
    return [
        (
            [word for word in words if left <= word.box.middle[0] < border],
            [word for word in words if border <= word.box.middle[0] < right],
        )
        for words in ([w for piece in line for w in piece.words] for line in lines)
    ]


def _is_within_text(
    left: float, border: float, right: float, lines: Sequence[Sequence[Piece]]
) -> bool:
    """Do all texts between `border` and `right` follow one between `left` and `border` on the same
    line, none printed apart, few of them figures, few at one place? Where none of them is a head,
    they may all begin amid a sentence."""
    sides = _sides(left, border, right, lines)
    if any(after and (not before or after[0].apart) for before, after in sides):
        return False
    texts = [after for _, after in sides if after]
    said = [" ".join(word.text for word in text) for text in texts]
    if _mostly(MARKS.fullmatch(text) for text in said):
        return True
    headed = bool(sides and sides[0][1]) or _has_own_head((border, right), lines)
    if not headed and all(text[:1].islower() for text in said):
        return True
    if _mostly(map(_says_sum, said)):
        return False
    boxes = [around([word.box for word in text]) for text in texts]
    starts, middles = [box.x0 for box in boxes], [box.middle[0] for box in boxes]
    at_one_place, on_one_axis = (
        max(map(len, clusters(places, float, SAME_EDGE)), default=0) for places in (starts, middles)
    )
    if headed:
        return max(at_one_place, on_one_axis) < ALIGNED * len(texts)
    return at_one_place < len(texts)


def _mostly(said: Iterable[object]) -> bool:
    """Is more than half of what is `said` true?"""
    answers = [bool(answer) for answer in said]
    return 2 * sum(answers) > len(answers)


def _says_sum(text: str) -> bool:
    """Is `text` a figure, or the unit of one that stands on the line above?"""
    return is_figure(text) or text == "€"


def _peopled(borders: Sequence[float], lines: Sequence[Sequence[Piece]]) -> list[float]:
    """`borders` without those between a heading on one side and its column's texts on the other,
    or beside a column that one line alone enters."""
    kept = list(borders[:1])
    for border, right in pairwise(borders[1:]):
        sides = (kept[-1], border), (border, right)
        peopled = [
            {i for i, line in enumerate(lines) if any(a <= p.box.middle[0] < b for p in line)}
            for a, b in sides
        ]
        (lone, _), (others, column) = sorted(
            zip(peopled, sides, strict=True), key=lambda s: len(s[0])
        )
        beside = lone.isdisjoint(others) and not _has_own_head(column, lines)
        heads = len(lone) <= 2 and max(lone, default=0) <= 2
        if lone and not (heads and beside):
            kept.append(border)
    return [*kept, borders[-1]]


def _has_own_head(column: tuple[float, float], lines: Sequence[Sequence[Piece]]) -> bool:
    """Does bold type stand over the texts between two borders, few of which are bold?"""
    left, right = column
    texts = [p for line in lines for p in line if left <= p.box.middle[0] < right]
    return bool(texts) and texts[0].bold and 2 * sum(p.bold for p in texts) < len(texts)
