"""What the rows of a table say of their actions, by field: names, pilots, axes, descriptions."""

import re
from collections import defaultdict
from collections.abc import Mapping, Sequence, Set

from normalizers.actions.annexes import SURE_KEY, Vocabulary
from normalizers.actions.choices import behind_sign, is_mark, is_unmarked, told_by_colour
from normalizers.actions.headings import Column
from normalizers.actions.labels import LabelForm
from normalizers.actions.likeness import MONEY, TEXTS, best_field
from normalizers.actions.operators import pilots_apart, pilots_in_brackets
from normalizers.actions.rows import texts_by_column
from normalizers.funders import Funders
from normalizers.references import is_reference, split_part, split_reference
from normalizers.statuses import read_status
from normalizers.terms import fold
from pipeline.extracted import ExtractedCell, ExtractedTable

Cells = Mapping[int, ExtractedCell]
Texts = dict[str, str]
ADDING = ("total", "part", "change")  # what a column of sums of its row adds, or tells of them
TICKED_BOX = "☒ "
LETTER = re.compile(r"[^\W\d_]")  # a label has one at least
BULLET = re.compile(r"^[-–—•▪·]\s+(?!.*\n[-–—•▪·]\s)", re.DOTALL)  # before the only text of a cell
NAMES = ("label", "pilot")
# what tables that name their actions by numbers alone say of them
BESIDE_NUMBERS = frozenset({*MONEY, *ADDING, "cofinancing_source", "comment", "status", None})
CALL = re.compile(r"\s*(?:\*{1,3}|\(\d{1,2}\)|[¹²³⁴-⁹]+)$", re.MULTILINE)  # of a note


class TextReader:
    """Reads the texts of the rows of one table, whose `columns` are explained.

    Where no column holds who runs the actions, or what their labels are written like, the labels
    of all rows tell it.
    """

    def __init__(
        self,
        table: ExtractedTable,
        columns: Sequence[Column],
        vocabulary: Vocabulary,
        funders: Funders,
    ) -> None:
        self._columns = columns
        self._headings = table.columns
        self._vocabulary = vocabulary
        heading, labels = _labels(table, columns)
        fields = [c.field for c in columns]
        self._form = LabelForm.of(heading, labels, fields) if heading else None
        self._by_number = _are_numbered_only(labels, {*fields})
        self._run_by = (
            pilots_apart(heading, labels, vocabulary.headings, funders.knows)
            or pilots_in_brackets(labels, funders, vocabulary.headings)
            if "pilot" not in fields
            else {}
        )

    def read(self, cells: Cells, below: Mapping[str, str]) -> Texts | None:
        """The texts of a row whose filled `cells` stand in these columns, and of which the rows
        `below` tell more; None where it names no action."""
        texts = _with_inner_pilot({**below, **_texts(cells, self._columns)}, self._vocabulary)
        if one := self._run_by.get(texts.get("label", "")):
            texts = {**texts, "label": one.label, "pilot": one.pilot}
        named = LETTER.search(texts.get("label", "")) or (self._by_number and "label" in texts)
        if not named or _repeats_head(cells, self._headings):
            return None
        if self._form:
            texts = self._form.apart(texts)
        if "status" not in texts and (status := told_by_colour(cells.values(), self._is_status)):
            texts = {**texts, "status": status}
        if any(c.notes for k, c in cells.items() if self._columns[k - 1].field == "label"):
            texts = {**texts, "label": CALL.sub("", texts["label"])}
        return texts

    def _is_status(self, text: str) -> bool:
        return read_status(text, self._vocabulary.statuses) != "unknown"


def with_reference(texts: Texts) -> Texts:
    """`texts` with the axis and the reference that stand before the name in their label."""
    axis, name = split_part(texts["label"])
    reference, name = split_reference(name, parted=axis is None)
    if axis:
        texts = {"section": axis, **texts}
    return {"reference": reference, **texts, "label": name} if reference else texts


def _are_numbered_only(labels: Sequence[str], fields: Set[str | None]) -> bool:
    """Do numbers alone name the actions, and other columns say who pays them, and how much?"""
    alone = not fields - {*BESIDE_NUMBERS, "label"}
    return alone and len(labels) > 1 and all(map(is_reference, labels))


def _labels(table: ExtractedTable, columns: Sequence[Column]) -> tuple[str, list[str]]:
    """The heading of the column of labels, and its texts; none where there is no such column."""
    for heading, column, texts in zip(table.columns, columns, texts_by_column(table), strict=True):
        if column.field == "label":
            return heading, [text.strip() for text in texts if text.strip()]
    return "", []


def _repeats_head(cells: Mapping[int, ExtractedCell], headings: Sequence[str]) -> bool:
    """Do several cells of a row all say what stands over them, or the end of it, or the group of
    columns that it begins with?"""
    over = dict(enumerate(map(fold, headings), start=1))
    said = ((over.get(column, ""), fold(cell.text)) for column, cell in cells.items())
    return len(cells) > 1 and all(
        heading.endswith(text) or heading.startswith(text) for heading, text in said
    )


def _texts(cells: Mapping[int, ExtractedCell], columns: Sequence[Column]) -> dict[str, str]:
    wanted = (*TEXTS, "reference", "pilot", "section", "category", "cofinancing_source")
    texts: dict[str, str] = {}
    chosen: dict[str, list[str]] = defaultdict(list)
    for k, cell in sorted(cells.items()):
        field = columns[k - 1].field if k <= len(columns) else None
        if field and columns[k - 1].signs:
            signed = behind_sign(cell.text, dict(columns[k - 1].signs))
            if signed:
                chosen[signed[0]].append(signed[1] or columns[k - 1].option or "")
        elif field in wanted and cell.text.strip(" -–—\n"):
            if columns[k - 1].option and is_unmarked(cell.text):
                continue
            option = columns[k - 1].option if is_mark(cell.text) else None
            if option:
                chosen[field].append(option)
            text = cell.text.strip()
            texts.setdefault(field, option or (BULLET.sub("", text) if field in NAMES else text))
    for field, options in chosen.items():
        box = TICKED_BOX if field == "status" and len(options) > 1 else ""  # one too many
        texts[field] = "\n".join(f"{box}{option}" for option in options)
    return texts


def _with_inner_pilot(texts: dict[str, str], vocabulary: Vocabulary) -> dict[str, str]:
    """`texts` with the pilot that a line of the label tells: 'Baux glissants', 'Porteur : CCAS'."""
    if "pilot" in texts or "\n" not in texts.get("label", ""):
        return texts
    first, *lines = texts["label"].split("\n")
    for i, line in enumerate(lines):
        asked, mark, told = line.partition(":")
        if mark and told.strip() and best_field(asked, vocabulary.headings, SURE_KEY) == "pilot":
            label = "\n".join([first, *lines[:i], *lines[i + 1 :]])
            return {**texts, "label": label, "pilot": told.strip()}
    return texts
