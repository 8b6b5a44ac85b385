"""References of a scan that OCR took for something else, among others that count: A1 for 'Al'."""

import re
from collections import defaultdict
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass, replace

from normalizers.actions.parts import Statement
from pipeline.extracted import ExtractedTable

READ_AS = "reference_read"  # beside a reference: what OCR took it for
COUNTED = re.compile(r"(?P<prefix>.*?)(?P<number>\d{1,3})")
ODD = 0.5  # share of the references of a table that are none, at most
LOOK_ALIKE = str.maketrans("OoDQIil|!][ZzAaàâSsGTB", "0000111111122444455678")


@dataclass(frozen=True, slots=True)
class _Count:
    """The reference that `prefix` and `number` make, of as many digits as `pad`."""

    prefix: str
    number: int
    pad: int = 1

    def text(self) -> str:
        return self.prefix + str(self.number).zfill(self.pad)

    def moved(self, by: int, pad: int) -> "_Count":
        return _Count(self.prefix, self.number + by, pad)


def with_references(statements: Sequence[Statement]) -> list[Statement]:
    """`statements`, those of a scanned table with the reference that is due between those around
    it, or after or before one, if it looks alike. What was read stands beside it."""
    result = list(statements)
    tables: dict[int, list[int]] = defaultdict(list)
    for i, one in enumerate(statements):
        if one.row.texts.get("reference") and _is_scanned(one.table):
            tables[id(one.table)].append(i)
    for places in tables.values():
        read = [statements[i].row.texts["reference"] for i in places]
        for i, said, due in zip(places, read, _mended(read), strict=True):
            if due != said:
                row = statements[i].row
                texts = {**row.texts, "reference": due, READ_AS: said}
                result[i] = replace(statements[i], row=replace(row, texts=texts))
    return result


def _is_scanned(table: ExtractedTable) -> bool:
    return any(cell.confidence is not None for row in table.rows for cell in row.cells)


def _mended(read: Sequence[str]) -> list[str]:
    matches = [COUNTED.fullmatch(text) for text in read]
    prefixes = {match["prefix"] for match in matches if match}
    counts = [
        _Count(match["prefix"], int(match["number"]))
        if match and not _ends_in_digits(match["prefix"], prefixes)
        else None
        for match in matches
    ]
    if counts.count(None) > ODD * len(read):
        return list(read)
    padded = [m["number"] for m in matches if m and m["number"].startswith("0")]
    pad = max(map(len, padded), default=1)
    result = list(read)
    for order in (range(len(read)), reversed(range(len(read)))):
        for i in order:
            if counts[i] is None and (due := _due(counts, i, result[i], pad)):
                counts[i], result[i] = due, due.text()
    return result


def _ends_in_digits(prefix: str, others: Collection[str]) -> bool:
    """Is the end of `prefix` a digit that was read as a letter: FAO1 among FA02?"""
    return _shape(prefix[-1:]).isdigit() and prefix[:-1] in others


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
    return "".join(text.split()).translate(LOOK_ALIKE)
