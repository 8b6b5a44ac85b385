"""References of a scan that OCR took for something else, among others that count: A1 for 'Al'."""

import re
from collections import Counter, defaultdict
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass, field, replace
from itertools import pairwise

from normalizers.actions.action_rows import numbered
from normalizers.actions.parts import Statement
from normalizers.actions.proved import SURE
from pipeline.extracted import ExtractedCell, ExtractedTable

READ_AS = "reference_read"  # beside a reference: what OCR took it for
IN_DOUBT = "reference_doubtful"  # beside one that OCR read with doubt, and that nothing proves
COUNTED = re.compile(r"(?P<prefix>.*?)(?P<number>\d{1,3})")
SEVERAL = re.compile(r"\W*\d{1,3}\W*?(?:\n\W*\d{1,3}\W*?)+")  # below one another: of several rows
ODD = 0.5  # share of the references of a table that are none, at most
LOOK_ALIKE = str.maketrans("OoDQIil|!][ZzAaàâSsGTB", "0000111111122444455678")
CODED = re.compile(r"[A-Z]\d")  # beside one, 01 is as well O1
ZERO = re.compile(r"0\d")
NO_REFERENCE = " -–—_.|\n"  # signs that rules and dust leave beside one


@dataclass(frozen=True, slots=True)
class _Read:
    """What OCR read as a reference: `certain`, or with doubt."""

    text: str
    certain: bool


@dataclass(frozen=True, slots=True)
class _Count:
    """The reference that `prefix` and `number` make, of as many digits as `pad`."""

    prefix: str
    number: int
    pad: int = field(default=1, compare=False)

    def text(self) -> str:
        return self.prefix + str(self.number).zfill(self.pad)

    def moved(self, by: int, pad: int) -> "_Count":
        return _Count(self.prefix, self.number + by, pad)


def with_references(statements: Sequence[Statement]) -> list[Statement]:
    """`statements`, those of a scanned table with the reference that is due between those around
    it, or after or before one, if it looks alike or was read with doubt. What was read stands
    beside it, or that it is in doubt."""
    result = list(statements)
    tables: dict[int, list[int]] = defaultdict(list)
    for i, one in enumerate(statements):
        if _is_scanned(one.table):
            tables[id(one.table)].append(i)
    for places in tables.values():
        found = _read([statements[i] for i in places])
        placed = [(i, read) for i, read in zip(places, found, strict=True) if read]
        reads = [read for _, read in placed]
        for (i, read), (due, proved) in zip(placed, _mended(reads), strict=True):
            row = statements[i].row
            said = row.texts.get("reference", read.text)
            told = {READ_AS: said} if due != said else {} if proved else {IN_DOUBT: said}
            if told:
                result[i] = replace(
                    statements[i], row=replace(row, texts={**row.texts, "reference": due, **told})
                )
    return result


def _is_scanned(table: ExtractedTable) -> bool:
    return any(cell.confidence is not None for row in table.rows for cell in row.cells)


def _read(statements: Sequence[Statement]) -> list[_Read | None]:
    """What was read for the reference of each of `statements`, all of one table: its reference, or
    what stands where the others have theirs; None where there is nothing."""
    lines = {line.index: line.row.cells for line in numbered(statements[0].table)}
    cells = [lines.get(one.row.index or 0, []) for one in statements]
    said = [one.row.texts.get("reference") for one in statements]
    columns = Counter(
        cell.column
        for row, text in zip(cells, said, strict=True)
        for cell in row
        if text and cell.text.strip() == text
    )
    if not columns:
        return [_Read(text, certain=True) if text else None for text in said]
    [(column, _)] = columns.most_common(1)
    at = [next((c for c in row if c.column == column), None) for row in cells]
    return [_read_in(cell, text) for cell, text in zip(at, said, strict=True)]


def _read_in(cell: ExtractedCell | None, said: str | None) -> _Read | None:
    """What was read in `cell`, where the reference `said` stands, if there is one."""
    certain = cell is None or cell.confidence is None or cell.confidence >= SURE
    certain = certain and not (said and SEVERAL.fullmatch(said))
    if said:
        return _Read(said, certain)
    if cell is None or certain or not cell.text.strip():
        return None
    return _Read(" ".join(cell.text.split()), certain)


def _mended(read: Sequence[_Read]) -> list[tuple[str, bool]]:
    """The reference due for each of `read`, and whether it is certain, or fits those around it."""
    matches = [COUNTED.fullmatch(one.text.strip(NO_REFERENCE)) for one in read]
    prefixes = {match["prefix"] for match in matches if match}
    told = [
        _Count(match["prefix"], int(match["number"]))
        if match and not _ends_in_digits(match["prefix"], prefixes)
        else None
        for match in matches
    ]
    if told.count(None) > ODD * len(read):
        return [(one.text, one.certain) for one in read]
    padded = [m["number"] for m in matches if m and m["number"].startswith("0")]
    pad = max(map(len, padded), default=1)
    counts = [count if one.certain else None for count, one in zip(told, read, strict=True)]
    result = [one.text for one in read]
    orders = (range(len(read)), range(len(read) - 1, -1, -1))
    for i in (i for order in orders for i in order):
        counts[i] = counts[i] or next((c for c in _around(counts, i, pad) if c == told[i]), None)
    for i, count in _spanned(counts, pad):
        if not read[i].certain:
            counts[i], result[i] = count, count.text()
    for i in (i for order in orders for i in order):
        if counts[i] is None and (due := _due(counts, i, result[i], pad)):
            counts[i], result[i] = due, due.text()
    result = [
        one.text if _are_one(one.text, due) else due for one, due in zip(read, result, strict=True)
    ]
    proved = [one.certain or bool(count) for one, count in zip(read, counts, strict=True)]
    if any(CODED.fullmatch(text) for text in result):
        proved = [
            sure and not ZERO.fullmatch(text) for sure, text in zip(proved, result, strict=True)
        ]
    return list(zip(result, proved, strict=True))


def _are_one(said: str, due: str) -> bool:
    """Do they differ in blanks at most: 'FA5', 'FA 5'?"""
    return "".join(said.split()) == "".join(due.split())


def _ends_in_digits(prefix: str, others: Collection[str]) -> bool:
    """Is the end of `prefix` a digit that was read as a letter: FAO1 among FA02?"""
    return _shape(prefix[-1:]).isdigit() and prefix[:-1] in others


def _spanned(counts: Sequence[_Count | None], pad: int) -> Iterator[tuple[int, _Count]]:
    """What stands between two references as far apart as they count, or above the first one that
    counts all above it from 1."""
    known = [(i, count) for i, count in enumerate(counts) if count]
    above = [(-1, replace(known[0][1], number=0))] if known else []
    for (i, before), (j, after) in pairwise([*above, *known]):
        if before.moved(j - i, pad) == after:
            for k in range(i + 1, j):
                yield k, before.moved(k - i, pad)


def _due(counts: Sequence[_Count | None], i: int, said: str, pad: int) -> _Count | None:
    """The reference that is due at `i`, where `said` was read."""
    around = list(_around(counts, i, pad))
    between = len(around) == 2 and around[0] == around[1]
    if between and not any(c.isdigit() for c in said) and len(said) <= len(around[0].text()):
        return around[0]
    return next((due for due in around if _shape(said) == _shape(due.text())), None)


def _around(counts: Sequence[_Count | None], i: int, pad: int) -> Iterator[_Count]:
    """What follows the reference before `i`, and what the one after it follows."""
    if i and (before := counts[i - 1]):
        yield before.moved(1, pad)
    if i + 1 < len(counts) and (after := counts[i + 1]) and after.number:
        yield after.moved(-1, pad)


def _shape(text: str) -> str:
    return "".join(text.strip(NO_REFERENCE).split()).translate(LOOK_ALIKE)
