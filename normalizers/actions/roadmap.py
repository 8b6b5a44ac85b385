"""Roadmaps: a list of lines "FA 10. Label (en cours)" under the titles of axes.

Axe 1 : Produire et mobiliser…            section
1.1. Production de logements très sociaux section, under the axis
FA 8. Renforcer … ( terminée )            action
Cf. DDETS et PDALHPD                      neither
"""

import re
from collections.abc import Iterator, Sequence

from normalizers.actions.action_rows import ActionRow, numbered
from normalizers.actions.parts import Part, Statement
from normalizers.references import split_reference
from normalizers.statuses import StatusPattern, read_status
from pipeline.extracted import ExtractedRow

ENOUGH = 3  # lines with a reference that make a list a roadmap
AXIS = re.compile(r"\s*(?:axe|orientation|priorit[ée]|volet|chantier|objectif)\b", re.IGNORECASE)
NUMBERED = re.compile(r"\s*\d{1,2}(?:\.\d{1,2})+\.?\s")
BRACKETS = re.compile(r"\s*\(\s*(?P<inside>[^()]*?)\s*\)\s*$")


def read_roadmap(part: Part) -> Iterator[Statement] | None:
    """The actions of a list of lines with references; None where `part` is none."""
    lines = [_line(row) for row in part.table.rows]
    written = [line for line in lines if line is not None]
    if len(written) < len(lines) or sum(bool(split_reference(t)[0]) for t in written) < ENOUGH:
        return None
    return _statements(part)


def split_status(label: str, statuses: Sequence[StatusPattern]) -> tuple[str, str | None]:
    """A label and the progress that brackets at its end state: ('…', 'terminée')."""
    match = BRACKETS.search(label)
    if match and read_status(match["inside"], statuses) != "unknown":
        return label[: match.start()].strip(), match["inside"]
    return label, None


def _line(row: ExtractedRow) -> str | None:
    """The one text of a row; None where it has several."""
    texts = [c.text for c in row.cells if c.text.strip()]
    return texts[0] if len(texts) == 1 else None


def _statements(part: Part) -> Iterator[Statement]:
    axis, chapter = None, None
    for line in numbered(part.table):
        text = _line(line.row) or ""
        reference, label = split_reference(text)
        if reference is None:
            if AXIS.match(text):
                axis, chapter = text.strip(), None
            elif NUMBERED.match(text):
                chapter = text.strip()
            continue
        label, status = split_status(label, part.vocabulary.statuses)
        texts = {"reference": reference, "label": label}
        if status:
            texts["status"] = status
        cell = line.row.cells[0]
        section = " > ".join(s for s in (axis, chapter) if s) or line.section
        row = ActionRow(line.index, texts, cell.place.page, section, bold=cell.bold)
        yield Statement(part.table, row, [part.exercise])
