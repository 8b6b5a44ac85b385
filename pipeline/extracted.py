"""What `extract` writes, one JSON a document (`ExtractedDocument` and its parts): text and
geometry, nothing interpreted; boxes are in PDF points from the top left corner of the page. An
unknown is None.
"""

from collections.abc import Sequence

from pydantic import BaseModel, ConfigDict

from pipeline.kinds import PageKind, RowKind, Severity


class Model(BaseModel):
    """Nothing but what is declared, and never changed."""

    model_config = ConfigDict(extra="forbid", frozen=True, defer_build=True)


class Place(Model):
    """Where something stands: page from 1, box in PDF points from the top left corner."""

    page: int
    x0: float
    top: float
    x1: float
    bottom: float


class PlacedText(Model):
    """A piece of text with its place, e.g. a stamp, a footnote, a running head."""

    text: str
    place: Place


class PageSummary(Model):
    """What was found on one page; characters count what is printed, blanks aside."""

    number: int
    width: float
    height: float
    kind: PageKind
    characters: int
    characters_in_tables: int
    ocr_confidence: float | None = None


class Fact(Model):
    """One value that the prose states about the document, as written there.

    `name` is a column of `document` (or `party.<role>` for signatories), `value` the text that
    states it, `quote` the line it stands in.
    """

    name: str
    value: str
    quote: str
    place: Place


class ExtractedArticle(Model):
    """An article (or numbered section) with its text; number '0' is the preamble."""

    number: str
    title: str
    parent_number: str | None
    position: int
    text: str
    page_first: int
    page_last: int
    place: Place
    page_starts: list[int] = []  # where in `text` each page after `page_first` begins

    def page_of(self, position: int) -> int:
        """The page on which the character at `position` of `text` stands."""
        return self.page_first + sum(start <= position for start in self.page_starts)


class ExtractedCell(Model):
    """A cell of a logical table; `text` has its cut words joined, paragraphs end in a newline.
    `place` is where it begins, `rest` where it goes on, on later pages; `notes` are those below the
    table that it calls."""

    column: int
    text: str
    bold: bool
    place: Place
    spans_rows: int = 1
    spans_columns: int = 1
    confidence: float | None = None
    rest: list[Place] = []
    notes: list[PlacedText] = []

    @property
    def note(self) -> str | None:
        """All that its notes say."""
        return "\n".join(note.text for note in self.notes) or None


class ExtractedRow(Model):
    """A row below the head: an entry, a totals row, a section title that spans the table, or the
    wording of a row that the row below replaces ("au lieu de" above "lire")."""

    kind: RowKind
    cells: list[ExtractedCell]


LISTED, SHEET = "list", "sheet"
OF_TEXT = (LISTED, SHEET)


class ExtractedTable(Model):
    """One logical table, page breaks healed. `columns` are the headings, left to right; `head` has
    the cells that they are made of, row by row, those of the first page only. A list of actions in
    the text is one too, an entry a row, whose `extractor` is LISTED, and so is a sheet of an action
    in the text, whose `extractor` is SHEET, a question and its answer a row. `annex` is the
    number of the annex it stands in, `annex_title` what that is headed."""

    position: int
    annex: str | None
    annex_title: str = ""
    title: str
    columns: list[str]
    head: list[list[ExtractedCell]] = []
    rows: list[ExtractedRow]
    page_first: int
    page_last: int
    extractor: str
    agreement: float | None = None
    characters: int = 0
    characters_in_cells: int = 0
    disagreements: list[PlacedText] = []


class Problem(Model):
    """What could not be read with certainty; becomes a finding."""

    rule: str
    severity: Severity
    message: str
    page: int | None = None
    expected: str | None = None
    observed: str | None = None


class ExtractedDocument(Model):
    """All that one PDF says, before any interpretation; of several acts bound into one, the first,
    and those `behind` it, each with its own pages."""

    document_id: str
    filename: str
    sha256: str
    extractor_version: str
    page_count: int
    pages: list[PageSummary]
    title: str
    facts: list[Fact]
    behind: list["ExtractedDocument"] = []
    articles: list[ExtractedArticle]
    tables: list[ExtractedTable]
    notes: list[PlacedText] = []
    furniture: list[PlacedText] = []
    problems: list[Problem] = []
    hidden: list[Place] = []  # personal and bank data, painted over on pictures of the pages


class Unreadable(Model):
    """A document that could not be read, why and what to do; `sha256` is None where there is no
    file."""

    document_id: str
    filename: str
    sha256: str | None
    reason: str
    advice: str
    english: str  # both of them


def fact_of(facts: Sequence[Fact], name: str) -> str | None:
    """The value of the first of `facts` that is named so."""
    return next((f.value for f in facts if f.name == name), None)
