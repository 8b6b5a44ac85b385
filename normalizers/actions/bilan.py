"""Reports on one action: the tables under a heading "Action 4 : Gouvernance et pilotage".

Their rows are deliverables and indicators, not actions: what they say is added to the action that
the heading names, in the exercises that the table covers.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from types import MappingProxyType

from normalizers.actions.action_rows import ActionRow
from normalizers.actions.funding import Sum
from normalizers.actions.parts import Part, Statement
from normalizers.amounts import read_amounts
from normalizers.exercises import years_in
from normalizers.references import split_reference
from normalizers.state_money import AMI
from normalizers.statuses import read_status
from normalizers.terms import fold
from pipeline.extracted import ExtractedCell, ExtractedTable

STATE, INDICATORS, DELIVERABLES, OBSERVATIONS = "etat", "indicateur", "livrable", "observation"
# ACTION TERMINEE au 31/12/2024 · ACTION A POURSUIVRE · A LANCER : FA 11.
VERDICT = re.compile(
    r"\bACTION (?:EST )?(?:(?:TERMIN|ACHEV|ABANDONN|ANNUL|CL[OÔ]TUR|SUSPEND|R[ÉE]ALIS)[ÉE]?E?"
    r"|[AÀaà] (?:POURSUIVRE|LANCER|RECONDUIRE|RENOUVELER|REPRENDRE|ABANDONNER|MODIFIER))\b[^.;\n]*"
    r"|\b[AÀ] LANCER\b[^\n]*"
    # l'action sera considérée comme terminée
    r"|\bl['’]action (?:est|sera) considérée comme (?:terminée|achevée|abandonnée)\b"
)
# Subvention N1 prévue : 35 000 € · N1 consommée : 20 000 € · Subvention N3 (2023-2024) : 30 000 €
GRANT = re.compile(
    r"\bN(?P<year>[1-9])\s*(?:\(\d{4}-\d{4}\))?\s*"
    r"(?P<stage>pr[ée]vue?|act[ée]e?|consomm[ée]e?|d[ée]pens[ée]e?|reliquat)?\s*:?\s*"
    r"(?P<sums>\d[^\n]*?)(?=\s*Subvention|$)",
    re.IGNORECASE | re.MULTILINE,
)
STAGES = (
    ("pr", "planned"),
    ("act", "planned"),
    ("con", "spent"),
    ("d", "spent"),
    ("rel", "carry_over"),
)
# Subvention demandée pour 2025 (12 mois) : 22 500€ · Demande de subvention 2024-2025 : 75 000€
REQUEST = re.compile(
    r"(?:subventions?\s+demand[ée]e?s?|demandes?\s+de\s+(?:subvention|financement))[^:\n]{0,60}"
    r":\s*(?=\d)",
    re.IGNORECASE,
)


def read_bilan(part: Part) -> Iterator[Statement] | None:
    """What a report's table says of the action named above it; None where `part` is none."""
    runs = any(c.field == "pilot" for c in part.columns)  # who runs each row: one is an action
    if part.has_worded_label or runs or not part.is_kind("bilan"):
        return None
    return _report(part)


def read_objectives(part: Part) -> Iterator[Statement] | None:
    """The objectives of the action named above a table ACTIONS | OBJECTIFS."""
    fields = {c.field for c in part.columns}
    reference = split_reference(part.heading)[0]
    if reference is None or fields != {"label", "objective"} or not part.is_kind("objectives"):
        return None
    (column,) = (k for k, c in enumerate(part.columns, 1) if c.field == "objective")
    texts = {"reference": reference, "objective": _joined(part.table, column)}
    return iter([Statement(part.table, _row(part.table, texts), part.past, False, ())])


def _report(part: Part) -> Iterator[Statement]:
    reference = split_reference(part.heading)[0]
    if reference is None:
        return
    texts = {"reference": reference}
    others: dict[str, str] = {}
    for start in (INDICATORS, DELIVERABLES, OBSERVATIONS):
        columns = _columns(part.table, start)
        if text := _joined(part.table, *columns):
            if start == INDICATORS:
                texts["indicators"] = text
            else:
                others[part.table.columns[columns[0] - 1]] = text
    cells = _cells(part.table)
    left: list[tuple[Sum, ExtractedCell]] = []
    restated: list[tuple[Sum, ExtractedCell]] = []
    for one, cell in _grants(cells, part.past):
        (left if one.stage == "carry_over" else restated).append((one, cell))
    row = _row(part.table, texts, left, others)
    exercises = covered(part.table.columns, part.past)
    yield Statement(part.table, row, exercises, False, restated)
    if status := _status(part, cells, exercises):
        told = _row(part.table, {"reference": reference, "status": status})
        yield Statement(part.table, told, part.past[-1:], False, ())
    if requested := list(_requests(cells, part.exercise)):
        asked = _row(part.table, {"reference": reference}, requested)
        yield Statement(part.table, asked, [part.exercise], creates=False)


def _status(part: Part, cells: Sequence[ExtractedCell], exercises: Sequence[str]) -> str | None:
    """What became of the action when the report was drawn up: its verdict, else the state of the
    deliverables of the last exercise."""
    if verdicts := [m[0].strip() for c in cells for m in VERDICT.finditer(c.text)]:
        return verdicts[-1]
    states = _joined(part.table, *_columns(part.table, STATE)).split("\n")
    known = [s for s in states if read_status(s, part.vocabulary.statuses) != "unknown"]
    return known[-1] if known and exercises[-1:] == part.past[-1:] else None


def _columns(table: ExtractedTable, start: str) -> list[int]:
    """The columns whose heading holds `start` before any bracket."""
    return [k for k, h in enumerate(table.columns, 1) if start in fold(h).split(" (")[0]]


def covered(headings: Sequence[str], past: Sequence[str]) -> list[str]:
    """The exercises of `past` within the years that the first dated heading names; else all."""
    for heading in headings:
        for _, first, second in years_in(heading):
            last = second or first
            return [e for e in past if first <= int(e[:4]) and int(e[-4:]) <= last]
    return list(past)


def _cells(table: ExtractedTable) -> list[ExtractedCell]:
    """The cells of all rows, each text of a column once."""
    found: dict[tuple[int, str], ExtractedCell] = {}
    for row in table.rows:
        for cell in row.cells:
            if cell.text.strip():
                found.setdefault((cell.column, cell.text), cell)
    return list(found.values())


def _joined(table: ExtractedTable, *columns: int) -> str:
    """The texts of `columns`, row by row, each said once."""
    lines: dict[str, None] = {}
    for row in table.rows:
        texts = [c.text.strip() for c in row.cells if c.column in columns and c.text.strip()]
        if texts:
            lines.setdefault(" : ".join(texts))
    return "\n".join(lines)


def _row(
    table: ExtractedTable,
    texts: dict[str, str],
    sums: Sequence[tuple[Sum, ExtractedCell]] = (),
    other: Mapping[str, str] = MappingProxyType({}),
) -> ActionRow:
    return ActionRow(None, texts, table.page_first, other=other, sums=sums)


def _grants(
    cells: Sequence[ExtractedCell], past: Sequence[str]
) -> Iterator[tuple[Sum, ExtractedCell]]:
    """The AMI's sums of each year N1, N2…, several of one line added: '20 000 € + 70 000 €'."""
    for cell in cells:
        for match in GRANT.finditer(cell.text):
            amounts = [
                a.value for a in read_amounts(match["sums"].split("(")[0]) if a.value is not None
            ]
            year = int(match["year"])
            if not amounts or year > len(past):
                continue
            said = fold(match["stage"] or "prevue")
            stage = next(s for start, s in STAGES if said.startswith(start))
            raw = " ".join(match[0].split())
            yield Sum(AMI, stage, sum(amounts), past[year - 1], raw), cell  # type: ignore[arg-type]


def _requests(
    cells: Sequence[ExtractedCell], exercise: str | None
) -> Iterator[tuple[Sum, ExtractedCell]]:
    for cell in cells:
        for match in REQUEST.finditer(cell.text):
            amounts = read_amounts(cell.text[match.end() :])
            if amounts and not amounts[0].start:
                one = amounts[0]
                raw = " ".join((match[0] + one.raw).split())
                yield Sum(AMI, "requested", one.value, exercise, raw, one.flag), cell
