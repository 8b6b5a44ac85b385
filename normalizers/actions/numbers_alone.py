"""Rows that tell their action by its number alone, or by what it aims at besides: a plan of
financing ('C1 | 40 000 €'), which adds to the actions that another table names, or a report on the
year before ('N° 3 | 50 personnes | 40 000 €'), whose actions are known by their numbers."""

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import replace

from normalizers.actions.parts import Statement
from normalizers.references import is_reference, reference_key, reference_keys
from normalizers.terms import fold

FEWEST = 2  # rows of a table that are so numbered


def told_by_number(statements: Sequence[Statement]) -> list[Statement]:
    """`statements`, those that tell their action by its number alone adding to the one that another
    table names so in the same exercise, or without a name where it does in another one."""
    return _adding(_without_names(statements))


def _without_names(statements: Sequence[Statement]) -> list[Statement]:
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
    return _number_alone(one) or (None if one.named else one.row.texts.get("reference"))


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


def _adding(statements: Sequence[Statement]) -> list[Statement]:
    """`statements`, rows that name their action by its number alone only adding to the one that
    another table names under that number in the same exercise, most of whose actions they number:
    a plan of financing by 'A', 'C1', but not by three axes. Figures alone of
    which one names none of them for certain are no actions."""
    places = [
        ((key, exercise), one.table)
        for one in statements
        if one.creates and not _number_alone(one)
        for key in reference_keys(one.row.texts.get("reference"))
        for exercise in one.exercises
    ]
    named = dict(places)
    times = Counter(place for place, _ in places)
    told: dict[int, set[str]] = defaultdict(set)  # the numbers of each table
    for one in statements:
        if one.creates:
            keys = reference_keys(_number_alone(one) or one.row.texts.get("reference"))
            told[id(one.table)] |= set(keys)

    def adds(one: Statement, number: str) -> bool:
        """Does the row that is `number` alone add to one action of another table?"""
        keys = [(reference_key(number), exercise) for exercise in one.exercises]
        tables = [named.get(key) for key in keys]
        most = all(t and 2 * len(told[id(one.table)]) >= len(told[id(t)]) for t in tables)
        clear = not _is_figure(number) or all(times[key] == 1 for key in keys)
        return most and clear and not any(table is one.table for table in tables)

    alone = [_number_alone(one) if one.creates else None for one in statements]
    pairs = list(zip(statements, alone, strict=True))
    unclear = {id(one.table) for one, n in pairs if n and _is_figure(n) and not adds(one, n)}
    found = []
    for one, number in pairs:
        if number and _is_figure(number) and id(one.table) in unclear:
            continue
        if number and adds(one, number):
            texts = {n: t for n, t in one.row.texts.items() if n != "label"}
            row = replace(one.row, texts={**texts, "reference": number})
            one = replace(one, row=row, creates=False)
        found.append(one)
    return found


def name_in_act(one: Statement) -> str:
    """By what the tables of an act know an action: its number, else its name."""
    number = _number_alone(one) or one.row.texts.get("reference")
    return reference_key(number) or fold(one.row.texts.get("label", ""))


def _is_figure(number: str) -> bool:
    return not any(map(str.isalpha, number))


def _number_alone(one: Statement) -> str | None:
    """The number that is all by which a row names its action."""
    texts = one.row.texts
    label = texts.get("label", "").strip()
    return label if "reference" not in texts and is_reference(label) else None
