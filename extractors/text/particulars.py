"""What a table of an act's own particulars says, where its text names no party.

Bénéficiaire | Département de l'Orne, représenté par …   a label | what it says, a row
Durée        | du 1er octobre 2023 au 30 septembre 2026

L'État | Le bénéficiaire                                 or the parties side by side
Préfecture de l'Orne, représentée par … | Département de l'Orne, représenté par …
"""

import re
from collections.abc import Iterator, Sequence

from extractors.pages.furniture import place
from extractors.pages.page import Box, Line, Word
from extractors.text.accounts import read_bank, read_budget, siret_of_act
from extractors.text.deliberations import read_deliberation
from extractors.text.passages import Passage
from extractors.text.terms import term_of_act
from normalizers.parties import named_party
from normalizers.words import Vocabulary
from pipeline.extracted import ExtractedTable, Fact

# Bénéficiaire · Nom du bénéficiaire · Financeur · L'État · Collectivité porteuse
PARTY = re.compile(
    r"(?:l[ae]\s)?(?:(?:nom|désignation|identification|identité) (?:du |de la |de l['’]))?"
    r"(?:bénéficiaire|financeur|collectivité|porteur|organisme|établissement|administration"
    r"|l['’]?\s?[ée]tat|parties?|signataire|cocontractant)\b",
    re.IGNORECASE,
)
REPRESENTATIVE = re.compile(
    r"(?:nom (?:du |de la ))?(?:représentée?s? par|représentante?s?\b)", re.IGNORECASE
)
STREET = re.compile(r"\s*\n\s*(?=\d{1,4},?\s)")  # 1 parvis de l'Hôtel de Ville, on a line
FEWEST = 2  # labels that make it such a table
SIZE = 10.0  # points, of a type that plays no part


def read_particulars(tables: Sequence[ExtractedTable], vocabulary: Vocabulary) -> list[Fact]:
    """The parties, term, deliberation and accounts that the first such table of `tables` states;
    [] without one that names a party."""
    for table in tables:
        rows = list(_rows(table))
        if len(rows) >= FEWEST and (facts := list(_parties(rows))):
            whole = Passage.of([line for line, _, _ in rows], vocabulary)
            facts += [*term_of_act(whole), *read_deliberation(whole), *read_budget(whole)]
            return [*facts, *read_bank(whole), *siret_of_act(whole, facts)]
    return []


def _rows(table: ExtractedTable) -> Iterator[tuple[Line, str, str]]:
    """The rows of two cells of `table`, or the columns below two parties, each as a line of text,
    its label and what that says."""
    grid = [*table.head, *(row.cells for row in table.rows)]
    first = grid[0] if grid else []
    side_by_side = len(first) > 1 and all(PARTY.match(cell.text) for cell in first)
    for cells in zip(*grid[:2], strict=False) if side_by_side else grid:
        if len(cells) == 2 and all(cell.text for cell in cells):
            label, said = (cell.text.strip(" :") for cell in cells)
            where = cells[1].place
            box = Box(where.x0, where.top, where.x1, where.bottom)
            word = Word(f"{label} : {said}", box, where.bottom, SIZE, bold=False)
            yield Line((word,), where.page), label, said


def _parties(rows: Sequence[tuple[Line, str, str]]) -> Iterator[Fact]:
    """The State and the first other party, each with who represents it, if need be a row below."""
    introduced: list[tuple[Line, str]] = []
    for line, label, said in rows:
        text = " ".join(STREET.sub(" – ", said).split())
        if PARTY.match(label):
            introduced.append((line, text))
        elif REPRESENTATIVE.match(label) and introduced:
            first, name = introduced[-1]
            introduced[-1] = first, f"{name}, représenté par {text}"
    named: set[str] = set()
    for line, text in introduced:
        party = named_party(text)
        if party is None:
            continue
        role = "state" if party.kind == "state" else "beneficiary"
        found = {f"party.{role}": text, f"{role}_representative": party.representative or ""}
        if role == "beneficiary":
            found["beneficiary"] = party.organisation
        for column, value in found.items():
            if value and f"party.{role}" not in named:
                yield Fact(name=column, value=value, quote=text, place=place(line))
        named.add(f"party.{role}")
