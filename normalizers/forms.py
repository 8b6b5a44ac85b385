"""Action sheets (fiches actions): forms of two columns, what is asked on the left, told right.

PILOTE : MTPM | FINANCEMENT AMI : 36 000 € | PARTENAIRE PRINCIPAL : FACE VAR
OBJECTIFS OPERATIONNELS | Remobiliser les jeunes…
INDICATEURS D’EVALUATION | Nombre de binômes constitués

PILOTE | MTPM and FINANCEMENT AMI | 36 000 € are understood as well.
Reference and label stand in the heading above ("Proposition de fiche n° 21 : Mentorat…"), in the
table's title or in its first row. The tables that follow under the same heading belong to the
sheet.
"""

import json
import re
from collections.abc import Iterator

from normalizers.amounts import read_amounts
from normalizers.annexes import ActionRow
from normalizers.funding import AMI, PAID_BY_AMI, Sum, read_sums
from normalizers.headings import MONEY, TEXTS, Column, best_field
from normalizers.parts import Part, Statement, first_row
from normalizers.references import split_reference
from normalizers.terms import fold
from pipeline.models import ExtractedCell, ExtractedTable, Stage

PILOT = re.compile(
    r"\s*pilotes?\s*:?\s*(?P<pilot>[^:\n]+?)\s*(?::\s*(?P<own>\d[^\n]*))?\s*$", re.IGNORECASE
)
FINANCED = re.compile(
    r"\s*financements?\s+(?P<funder>[^:\n]+?)\s*:\s*(?P<sum>\d[^\n]*)", re.IGNORECASE
)
LONGEST_ANSWER = 80  # characters: a longer one tells more than who pilots or how much
STAGES: dict[str, Stage] = {
    "total_cost": "total_cost",
    "ami_previous": "previous",
    "spent": "spent",
    "carry_over": "carry_over",
}
KNOWN_KEY = 0.8  # likeness to the vocabulary of headings
SHEET_TITLE = re.compile(r"\s*(?P<proposed>propositions?\s+de\s+)?(?=fiches?\b)", re.IGNORECASE)


def sheet_title(part: Part) -> tuple[str, str, bool] | None:
    """Reference, label and whether it is but proposed, of the sheet that `part` belongs to."""
    for text in (part.heading, part.table.title, *part.table.columns, *first_row(part.table)):
        if match := SHEET_TITLE.match(text):
            reference, label = split_reference(text[match.end() :], parted=False)
            if reference:
                return reference, label, bool(match["proposed"])
    return None


def read_form(part: Part) -> Iterator[Statement] | None:
    """What an action sheet says of its action; None where `part` is none."""
    titled = sheet_title(part)
    if titled is None:
        return None
    return _statement(part, *titled)


def _statement(part: Part, reference: str, label: str, proposed: bool) -> Iterator[Statement]:
    texts = {"reference": reference, "label": label}
    others: dict[str, str] = {}
    sums: list[tuple[Sum, ExtractedCell]] = []
    for cell in _head(part.table):
        if (pilot := PILOT.match(cell.text)) and "pilot" not in texts:
            texts["pilot"] = pilot["pilot"]
            if pilot["own"]:
                sums += _sums(cell, part.name_funder(pilot["pilot"]), pilot["own"], proposed, part)
        elif money := FINANCED.match(cell.text):
            named = money["funder"]
            funder = AMI if PAID_BY_AMI.search(fold(named)) else part.name_funder(named)
            sums += _sums(cell, funder, money["sum"], proposed, part)
        elif cell.text.strip() and ":" in cell.text:
            others.setdefault(cell.text.split(":")[0].strip(), cell.text)
    for asked, cell in _answers(part.table):
        field = best_field(asked, part.vocabulary.headings, KNOWN_KEY)
        told = cell.text.strip()
        if field == "pilot" and "pilot" not in texts and len(told) <= LONGEST_ANSWER:
            texts["pilot"] = told
        elif field in MONEY and len(told) <= LONGEST_ANSWER:
            sums += _answered_sums(field, asked, cell, proposed, part)
        elif field in TEXTS and field not in ("label", "status", "comment"):
            texts[field] = f"{texts[field]}\n{told}" if field in texts else told
        else:
            others[asked] = f"{others[asked]}\n{told}" if asked in others else told
    ami = [s.amount for s, _ in sums if s.funder == AMI]
    row = ActionRow(
        index=None,
        texts=texts,
        section=None,
        funded=any(ami) if ami else None,
        bold=False,
        other=json.dumps(others, ensure_ascii=False) if others else None,
        sums=sums,
        page=part.table.page_first,
    )
    yield Statement(part.table, row, [part.exercise], creates="pilot" in texts)


def _head(table: ExtractedTable) -> list[ExtractedCell]:
    """The cells of the first row, and the headings as cells where they hold the head."""
    first = table.rows[0].cells if table.rows else []
    if not first:
        return []
    headings = [
        ExtractedCell(column=k, text=text, bold=False, place=first[0].place)
        for k, text in enumerate(table.columns, 1)
    ]
    asked = [*headings, *first]
    return asked if any(PILOT.match(c.text) or FINANCED.match(c.text) for c in asked) else []


def _answers(table: ExtractedTable) -> Iterator[tuple[str, ExtractedCell]]:
    """What the form asks, as one line, with the cell told; a row that asks nothing goes on."""
    asked = ""
    for row in table.rows:
        texts = [c for c in sorted(row.cells, key=lambda c: c.column) if c.text.strip()]
        if any(PILOT.match(c.text) or FINANCED.match(c.text) for c in texts):
            continue
        if texts and texts[0].column == 1 and len(texts) > 1:
            asked = " ".join(texts.pop(0).text.split())
        for cell in texts:
            yield asked or _heading(table, cell.column), cell


def _heading(table: ExtractedTable, column: int) -> str:
    return table.columns[column - 1] or f"colonne {column}"


def _sums(
    cell: ExtractedCell, funder: str | None, text: str, proposed: bool, part: Part
) -> list[tuple[Sum, ExtractedCell]]:
    stage = "requested" if proposed and funder == AMI else "planned"
    return [
        (Sum(funder, stage, a.value, part.exercise, cell.text, a.flag), cell)  # type: ignore[arg-type]
        for a in read_amounts(text)
    ]


def _answered_sums(
    field: str, asked: str, cell: ExtractedCell, proposed: bool, part: Part
) -> list[tuple[Sum, ExtractedCell]]:
    """The sums told beside a question: FINANCEMENT AMI | 12 000 €."""
    stage = STAGES.get(field, "requested" if proposed and field == "ami" else "planned")
    column = Column(field, stage, part.exercise, 1.0)
    return [(s, cell) for s in read_sums(column, asked, cell.text, (), part.name_funder)]
