"""The doubtful pairs as a workbook, for those who prefer a sheet to the terminal.

The column of judgements is filled in with o or y, n, u (or positive, negative, unsure).
"""

from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING
from zipfile import BadZipFile

from pipeline.errors import FiliationError
from pipeline.judgements import read_judgements
from pipeline.language import said
from pipeline.models import Judgement
from pipeline.review import ANSWERS, KEY, key_of, questions, save_judgements
from pipeline.store import atomic

if TYPE_CHECKING:
    from openpyxl import Workbook

SHEET: dict[str, tuple[str, str]] = {  # a column and its heading
    "score": ("Probabilité", "Probability"),
    "left_territory": ("Territoire", "Territory"),
    "left_exercise": ("De l'exercice", "From exercise"),
    "left_label": ("Action antérieure", "Earlier action"),
    "right_territory": ("Territoire, après", "Territory, after"),
    "right_exercise": ("À l'exercice", "To exercise"),
    "right_label": ("Action postérieure", "Later action"),
    "left_text": ("Texte, avant", "Text, before"),
    "right_text": ("Texte, après", "Text, after"),
    "left_pilot": ("Pilote, avant", "Pilot, before"),
    "right_pilot": ("Pilote, après", "Pilot, after"),
    "left_amounts": ("Sommes, avant", "Sums, before"),
    "right_amounts": ("Sommes, après", "Sums, after"),
    "left_page": ("Page, avant", "Page, before"),
    "right_page": ("Page, après", "Page, after"),
    "judgement": (
        "Jugement (o : même action, n : autre action, u : sans avis)",
        "Judgement (y: same action, n: another, u: undecided)",
    ),
    "note": ("Note", "Note"),
}
COLUMNS = {heading: name for name, both in SHEET.items() for heading in (name, *both)}


def export_sheet(normalized_dir: Path, links_dir: Path, path: Path) -> int:
    """Write the queue to an .xlsx with no judgement yet; returns the number of pairs."""
    from openpyxl import Workbook
    from openpyxl.styles import Alignment
    from openpyxl.utils import get_column_letter
    from openpyxl.worksheet.datavalidation import DataValidation

    book = Workbook()
    sheet = book.active
    sheet.title = said("à juger", "to judge")
    sheet.append([said(*heading) for heading in SHEET.values()])
    for cell in sheet[1]:
        cell.alignment = Alignment(wrap_text=True, vertical="top")
    queue = questions(normalized_dir, links_dir)
    for question in queue:
        left, right = question.left, question.right
        values: list[str | float] = [
            question.score,
            *(left.territory, left.exercise, left.label),
            *(right.territory, right.exercise, right.label),
            *("\n".join(side.texts.values()) for side in (left, right)),
            *(left.pilot, right.pilot),
            *(left.amounts, right.amounts, left.page, right.page),
            *("", ""),
        ]
        sheet.append(values)
        for cell in sheet[sheet.max_row]:
            if isinstance(cell.value, str):
                cell.data_type = "s"  # '=…' stays text, never a formula
                cell.alignment = Alignment(wrap_text=True, vertical="top")
    for place, name in enumerate(SHEET, 1):
        width = 50 if name.endswith("text") else 25 if name.endswith(("label", "note")) else 14
        sheet.column_dimensions[get_column_letter(place)].width = width
    sheet.freeze_panes = "A2"
    choice = DataValidation(type="list", formula1=said('"o,n,u"', '"y,n,u"'), allow_blank=True)
    sheet.add_data_validation(choice)
    column = get_column_letter(list(SHEET).index("judgement") + 1)
    choice.add(f"{column}2:{column}{max(2, sheet.max_row)}")
    with atomic(path) as temporary:
        book.save(temporary)
    return len(queue)


def import_sheet(path: Path, judgements_csv: Path, author: str | None = None) -> int:
    """Add the filled-in rows of an exported sheet to the judgements; returns how many were new.

    A row whose pair has the same judgement already is left alone; another verdict is added, and
    the contradiction shows as a finding. Raises FiliationError where `path` is no workbook, or
    naming the row of an answer that is none, before anything is written.
    """
    sheet = _workbook(path).worksheets[0]
    rows = sheet.iter_rows(values_only=True)
    heads = [COLUMNS.get(str(h), "") for h in next(rows, ())]
    if missing := {*KEY, "judgement"} - set(heads):
        absent = ", ".join(sorted(said(*SHEET[name]) for name in missing))
        raise FiliationError(
            f"{path.name} : colonne absente : {absent}", f"{path.name}: column missing: {absent}"
        )
    judgements = read_judgements(judgements_csv)
    known = {(*key_of(j), j.judgement) for j in judgements}
    added = 0
    for number, values in enumerate(rows, start=2):
        row = {k: "" if v is None else str(v).strip() for k, v in zip(heads, values, strict=False)}
        answer = row["judgement"].lower()
        if not answer:
            continue
        verdict = ANSWERS.get(answer) or next((v for v in ANSWERS.values() if v == answer), None)
        if verdict is None:
            raise FiliationError(
                f"{path.name}, ligne {number} : « {answer} » n'est pas o, n ou u",
                f"{path.name}, row {number}: “{answer}” is not y, n or u",
            )
        judgement = Judgement(
            **{c: row[c] for c in KEY},
            judgement=verdict,
            author=author,
            decided_on=date.today(),
            note=row.get("note") or None,
        )
        if (*key_of(judgement), verdict) not in known:
            judgements.append(judgement)
            known.add((*key_of(judgement), verdict))
            added += 1
    if added:
        save_judgements(judgements, judgements_csv)
    return added


def _workbook(path: Path) -> "Workbook":
    from openpyxl import load_workbook
    from openpyxl.utils.exceptions import InvalidFileException

    try:
        return load_workbook(path, read_only=True)
    except (InvalidFileException, BadZipFile, KeyError) as error:  # a CSV, an ODS, another archive
        raise FiliationError(
            f"{path} n'est pas un classeur Excel : enregistrez-le au format .xlsx.",
            f"{path} is no Excel workbook: save it as .xlsx.",
        ) from error
