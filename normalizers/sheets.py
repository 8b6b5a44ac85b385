"""Actions that stand outside annex tables of one row an action: roadmaps and action sheets.

A roadmap lists one action a line under section titles: "FA 9. Amplification de l'offre (terminée)".
A sheet ("Fiche action n° 20 : …") states one action over a page or more, in forms whose first
column names what the second says.
"""

import json
import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace

from rapidfuzz import fuzz

from normalizers.annexes import REFERENCE, ActionRow, Vocabulary, numbered
from normalizers.funding import Sum, read_sums
from normalizers.headings import MONEY, Column, best_field
from normalizers.statuses import read_status
from pipeline.models import ExtractedArticle, ExtractedCell, ExtractedTable

LEAST_LISTED = 3
SHEET = re.compile(
    r"\bfiche(?:[ -](?:action|projet))?\s*(?:n°\s*)?(?P<number>\d{1,3}(?:\s?(?:bis|ter))?)\b"
    r"(?P<variant>\s*\([^)]*\))?\s*[:.–—-]?\s*(?P<title>.*)",
    re.IGNORECASE | re.DOTALL,
)
ENDS_IN_STATUS = re.compile(r"\(\s*(?P<status>[^()]*?)\s*\)\s*$")
LABELLED = re.compile(r"(?P<key>[^:\n]{3,60}?)\s*:\s*(?P<value>.*)", re.DOTALL)
CAPITALS = re.compile(r"(?P<key>[A-ZÀ-Ý'’ ]{4,}?)\s+(?P<value>[A-ZÀ-Ý0-9].*)", re.DOTALL)
KNOWN_KEY = 0.8  # likeness to the vocabulary of headings
BESIDE = re.compile(r"\s/\s|\(|\n")  # what follows the label on its line
SAME_LABEL = 65  # of 100, for labels that carry the same number
FORM_KEYS = 3  # known fields that make a table a form
SHEET_TEXTS = ("pilot", "status", "objective", "description", "indicators", "comment")
APPENDED = ("objective", "description", "indicators", "comment")


Pair = tuple[str | None, str, str, ExtractedCell | None]  # field, key, value, cell


@dataclass(frozen=True, slots=True)
class Sheet:
    """A sheet: 'FA 20', its title, and the pages that it may cover."""

    reference: str
    title: str
    page_first: int
    page_last: int

    def covers(self, table: ExtractedTable) -> bool:
        """Does `table` begin on the pages of the sheet?"""
        return self.page_first <= table.page_first <= self.page_last


@dataclass(frozen=True, slots=True)
class SheetAction:
    """The action of a sheet, its first form, and the pages that its forms stand on."""

    row: ActionRow
    form: ExtractedTable
    page_last: int

    def covers(self, table: ExtractedTable) -> bool:
        """Does `table` belong to the sheet, as a form or as a detail between two forms?"""
        return self.form.page_first <= table.page_first <= self.page_last


def is_list(table: ExtractedTable) -> bool:
    """Is `table` a roadmap: one cell a row, several of them an action with its reference?"""
    rows = [[c for c in r.cells if c.text.strip()] for r in table.rows]
    alone = [r[0].text for r in rows if len(r) == 1]
    return len(alone) == len(rows) and (
        sum(bool(REFERENCE.match(t)) for t in alone) >= LEAST_LISTED
    )


def read_list(table: ExtractedTable, vocabulary: Vocabulary) -> Iterator[ActionRow]:
    """The actions of a roadmap, with the title that they stand under and their status."""
    section = None
    for line in numbered(table):
        cell = next((c for c in line.row.cells if c.text.strip()), None)
        if cell is None:
            continue
        text = cell.text.strip()
        match = REFERENCE.match(text)
        if match is None:
            section = text
            continue
        texts = {"label": text, "reference": " ".join(match["reference"].split())}
        ended = ENDS_IN_STATUS.search(text)
        if ended and read_status(ended["status"], vocabulary.statuses) != "unknown":
            texts["status"] = ended["status"]
        yield ActionRow(
            line.index, texts, section or line.section, None, cell.bold, None, (), cell.place.page
        )


def find_sheets(articles: Sequence[ExtractedArticle], pages: int) -> list[Sheet]:
    """The sheets that headings announce, each up to the next one."""
    found = [
        (a.page_first, m)
        for a in articles
        if (m := SHEET.search(a.title)) and len(m["title"]) > 10 and m.start() < 20
    ]
    ends = [page for page, _ in found[1:]] + [pages + 1]
    return [
        Sheet(f"FA {m['number']}", " ".join(m["title"].split()), page, max(page, end - 1))
        for (page, m), end in zip(found, ends, strict=False)
    ]


def read_sheet(
    sheet: Sheet,
    tables: Sequence[ExtractedTable],
    vocabulary: Vocabulary,
    name_funder: Callable[[str], str],
) -> SheetAction | None:
    """The action of `sheet`; None where no table of its pages is a form."""
    forms: list[tuple[ExtractedTable, list[Pair]]] = []
    for table in tables:
        if sheet.covers(table):
            pairs = list(_pairs(table, vocabulary))
            known = {field for field, *_ in pairs if field}
            if len(known) >= FORM_KEYS or {"pilot", "ami"} <= known:
                forms.append((table, pairs))
    if not forms:
        return None
    texts = {"label": sheet.title, "reference": sheet.reference}
    other: dict[str, str] = {}
    sums: list[tuple[Sum, ExtractedCell | None]] = []
    for _, pairs in forms:
        for field, key, value, cell in pairs:
            if field in MONEY:
                column = Column(field, "granted" if field == "ami" else None, None, 1.0)
                sums += [(s, cell) for s in read_sums(column, key, value, (), name_funder)]
            elif field in SHEET_TEXTS and field not in texts:
                texts[field] = re.sub(r"\s*:[\s\d€]*$", "", value)
            elif field in APPENDED:
                texts[field] += f"\n{value}"
            else:
                other[key] = f"{other[key]}\n{value}" if key in other else value
    funded = any(s.amount for s, _ in sums if s.funder == "AMI") if sums else None
    row = ActionRow(
        None,
        texts,
        None,
        funded,
        False,
        json.dumps(other, ensure_ascii=False) if other else None,
        sums,
        sheet.page_first,
    )
    return SheetAction(row, forms[0][0], max(table.page_last for table, _ in forms))


def same_action(one: ActionRow, other: ActionRow) -> bool:
    """Do two statements of a document carry one number, and labels that speak of one action?"""
    numbers = [re.sub(r"\D*(\d[\w. ]*)", r"\1", r.texts.get("reference", "")) for r in (one, other)]
    if not numbers[0] or numbers[0].lower() != numbers[1].lower():
        return False
    labels = [BESIDE.split(REFERENCE.sub("", r.texts["label"]))[0].lower() for r in (one, other)]
    return bool(fuzz.token_set_ratio(*labels) >= SAME_LABEL)


def completed(row: ActionRow, other: ActionRow) -> ActionRow:
    """`row` with what only `other`, a further statement of the same action, says."""
    known = {(s.funder, s.stage, s.exercise, s.amount) for s, _ in row.sums}
    more = [
        (s, cell)
        for s, cell in other.sums
        if (s.funder, s.stage, s.exercise, s.amount) not in known
    ]
    extra = json.loads(other.other or "{}") | json.loads(row.other or "{}")
    return replace(
        row,
        texts={**other.texts, **row.texts},
        section=row.section or other.section,
        funded=other.funded if row.funded is None else row.funded,
        other=json.dumps(extra, ensure_ascii=False) if extra else None,
        sums=[*row.sums, *more],
    )


def _pairs(table: ExtractedTable, vocabulary: Vocabulary) -> Iterator[Pair]:
    """Field, key, value and cell of each line of a form; its head may be its first line."""
    last: tuple[str | None, str] = (None, "")
    for heading in table.columns:
        if found := _inline(heading, vocabulary):
            yield (*found, None)
    for row in table.rows:
        cells = [c for c in row.cells if c.text.strip()]
        inline = [(f, c) for c in cells if (f := _inline(c.text, vocabulary))]
        if inline:
            for found, cell in inline:
                yield (*found, cell)
            continue
        if len(cells) > 1 and cells[0].column == 1:
            key = " ".join(cells[0].text.split())
            last = (best_field(key, vocabulary.headings, KNOWN_KEY), key)
            cells = cells[1:]
        if last[1]:
            for cell in cells:
                yield (*last, cell.text.strip(), cell)


def _inline(text: str, vocabulary: Vocabulary) -> tuple[str, str, str] | None:
    """(field, key, value) of a cell that holds both: "FINANCEMENT AMI : 12 000 €"."""
    for form in (LABELLED, CAPITALS):
        match = form.fullmatch(text.strip())
        if match and match["value"].strip() and len(match["value"]) < 200:
            field = best_field(match["key"], vocabulary.headings, 0.9)
            if field and (field in MONEY or field in ("pilot", "operator", "partners", "status")):
                return field, " ".join(match["key"].split()), match["value"].strip()
    return None
