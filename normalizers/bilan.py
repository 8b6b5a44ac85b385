"""Reports on one action: the tables under a heading "Action 4 : Gouvernance et pilotage".

Their rows are deliverables and indicators, not actions: what they say is added to the action that
the heading names, in the exercises that the table covers.
"""

import re
from collections.abc import Iterator, Sequence

from normalizers.amounts import read_amounts
from normalizers.annexes import ActionRow
from normalizers.exercises import YEARS
from normalizers.funding import AMI, Sum
from normalizers.parts import Part, Statement
from normalizers.references import split_reference
from normalizers.statuses import read_status
from normalizers.terms import fold
from pipeline.models import ExtractedCell, ExtractedTable

FIELDS = (
    ("livrable", "description"),
    ("etat", "status"),
    ("indicateur", "indicators"),
    ("observation", "comment"),
)
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
    if part.has_worded_label or not part.is_kind("bilan"):
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
    return iter([Statement(part.table, _row(part.table, texts, ()), part.past, False, ())])


def _report(part: Part) -> Iterator[Statement]:
    reference = split_reference(part.heading)[0]
    if reference is None:
        return
    texts = {"reference": reference}
    for start, field in FIELDS:
        columns = [
            k for k, h in enumerate(part.table.columns, 1) if start in fold(h).split(" (")[0]
        ]
        if text := _joined(part.table, *columns):
            texts[field] = text
    cells = _cells(part.table)
    states = texts.pop("status", "").split("\n")
    known = [s for s in states if read_status(s, part.vocabulary.statuses) != "unknown"]
    verdicts = [m[0].strip() for c in cells for m in VERDICT.finditer(c.text)]
    if verdicts or known:
        texts["status"] = (verdicts or known)[-1]
    left: list[tuple[Sum, ExtractedCell]] = []
    restated: list[tuple[Sum, ExtractedCell]] = []
    for one, cell in _grants(cells, part.past):
        (left if one.stage == "carry_over" else restated).append((one, cell))
    row = _row(part.table, texts, left)
    yield Statement(part.table, row, covered(part.table.columns, part.past), False, restated)
    if requested := list(_requests(cells, part.exercise)):
        asked = _row(part.table, {"reference": reference}, requested)
        yield Statement(part.table, asked, [part.exercise], creates=False)


def covered(headings: Sequence[str], past: Sequence[str]) -> list[str]:
    """The exercises of `past` within the years that the first dated heading names; else all."""
    for heading in headings:
        if match := YEARS.search(heading):
            first, last = int(match["first"]), int(match["second"] or match["first"])
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
    sums: Sequence[tuple[Sum, ExtractedCell]],
) -> ActionRow:
    return ActionRow(None, texts, None, None, False, None, sums, table.page_first)


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
