"""Rows that tell their action by its number alone, or by what it aims at besides, as a report on
the year before does ('N° 3 | 50 personnes | 40 000 €'), where another table of the act names it."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import replace

from normalizers.actions.parts import Statement
from normalizers.references import is_reference, reference_key

FEWEST = 2  # rows of a table that are so numbered


def number_alone(one: Statement) -> str | None:
    """The number that is all by which a row names its action."""
    texts = one.row.texts
    label = texts.get("label", "").strip()
    return label if "reference" not in texts and is_reference(label) else None


def by_number(statements: Sequence[Statement]) -> list[Statement]:
    """`statements`, the rows of tables that number actions of another exercise known by their
    number and by no name: another table of the act names two thirds of these numbers at least."""
    named: dict[str, list[Statement]] = defaultdict(list)
    unnamed: dict[int, list[Statement]] = defaultdict(list)
    for one in statements:
        if one.creates and _number(one):
            unnamed[id(one.table)].append(one)
        elif one.creates and (key := reference_key(one.row.texts.get("reference"))):
            named[key].append(one)
    told = {table for table, rows in unnamed.items() if _are_told(rows, named)}
    return [
        _without_name(one) if one.creates and _number(one) and id(one.table) in told else one
        for one in statements
    ]


def _number(one: Statement) -> str | None:
    return number_alone(one) or (None if one.named else one.row.texts.get("reference"))


def _are_told(rows: Sequence[Statement], named: Mapping[str, Sequence[Statement]]) -> bool:
    """Does the act name most of the actions that `rows` number, each in another exercise?"""
    found = [named[key] for one in rows if (key := reference_key(_number(one))) in named]
    exercises = {exercise for one in rows for exercise in one.exercises}
    apart = all(not exercises & {*other.exercises} for others in found for other in others)
    return apart and len(rows) >= FEWEST and 3 * len(found) >= 2 * len(rows)


def _without_name(one: Statement) -> Statement:
    texts = {field: text for field, text in one.row.texts.items() if field != "label"}
    if not one.named:
        texts.setdefault("objective", one.row.texts.get("label", ""))
    texts["reference"] = _number(one) or ""
    return replace(one, row=replace(one.row, texts=texts))
