"""One document → its records: fields, articles, tables, actions, sums, doubts."""

import re
from collections.abc import Collection, Iterator, Sequence
from dataclasses import asdict, replace
from decimal import Decimal
from typing import Any, Literal, cast, get_args

from normalizers.actions.action_rows import exercises_of_rows
from normalizers.actions.annexes import (
    asked_exercises,
    granted_before,
    headed_exercise,
    opening_exercise,
    titled_exercise,
    told_of_own,
)
from normalizers.actions.columns import explain_columns, holds_actions
from normalizers.actions.parts import with_years
from normalizers.actions.payers import paid_as_granted, paid_as_stated
from normalizers.amendments import read_amendments
from normalizers.counted_years import opening_told, years_counted
from normalizers.links.ends import said_fates
from normalizers.organisations import Directory
from normalizers.parties import parties_of
from normalizers.programme import names_programme
from normalizers.stated import StatedSum, granted_by_exercise, read_stated
from normalizers.stated_tables import read_stated_table
from normalizers.territories import predecessors
from pipeline.action_records import ActionReader
from pipeline.extracted import OF_TEXT, ExtractedArticle, ExtractedDocument, ExtractedTable, fact_of
from pipeline.kinds import DocumentKind, Role
from pipeline.models import (
    Article,
    Document,
    DocumentFact,
    Furniture,
    HiddenArea,
    PageRecord,
    Signatory,
    StatedAmount,
    StatedChange,
    StatedFate,
)
from pipeline.records import DOUBTS, Knowledge, Records
from pipeline.table_records import add_table
from pipeline.wording import article_called

SAID = ("range", "rate")  # clear, though no sum


class DocumentReader:
    """Turns one document into records."""

    def __init__(
        self,
        document: ExtractedDocument,
        directory: Directory,
        knowledge: Knowledge,
        records: Records,
    ) -> None:
        self.source = document
        self.directory = directory
        self.knowledge = knowledge
        self.records = records
        self.document_id = document.document_id
        self.territory_id = directory.place.territory_id or None
        told = opening_told(" ".join(article.text for article in document.articles))
        kind, start, end, exercise = (
            fact_of(document.facts, name)
            for name in ("kind", "period_start", "period_end", "exercise")
        )
        self.counted = years_counted(kind, (start, end), exercise, told)
        self.dated = [with_years(table, self.counted) for table in document.tables]
        self.columns = [
            explain_columns(t, knowledge.vocabulary, directory, self.counted) for t in self.dated
        ]
        self.exercise = self._exercise()
        if any(c.field is None for columns in self.columns for c in columns):
            self._paid_as_stated()
            self.exercise = self._exercise()
        own = self.exercise
        self.columns = [told_of_own(granted_before(c, own), own) for c in self.columns]

    def read(self) -> None:
        """Add all records of the document."""
        self._document()
        self._parties()
        self._predecessors()
        self._prose()
        self._pages()
        for table, columns in zip(self.source.tables, self.columns, strict=True):
            add_table(self.document_id, table, columns, self.records)
        ActionReader(
            self.source.model_copy(update={"tables": self.dated}),
            self.columns,
            self.exercise,
            self.territory_id,
            self.directory,
            self.knowledge,
            self.records,
        ).read()
        for problem in self.source.problems:
            self.records.find(
                problem.rule,
                problem.severity,
                problem.message,
                page=problem.page,
                expected=problem.expected,
                observed=problem.observed,
            )

    def _paid_as_stated(self) -> None:
        """Explain columns of sums by the grants that the articles state."""
        stated = [s for a in self.source.articles for s in self._stated(a, self.exercise)]
        granted = granted_by_exercise(stated)
        grants = {
            s.amount
            for s in stated
            if s.kind == "grant" and s.amount is not None and s.exercise == self.exercise
        }
        self.columns = [
            paid_as_granted(paid_as_stated(columns, granted), self.exercise, grants)
            for columns in self.columns
        ]

    def _stated(self, article: ExtractedArticle, exercise: str | None) -> list[StatedSum]:
        kinds = self.knowledge.stated_kinds
        return read_stated(article.text, kinds, article.title, exercise, self.counted)

    def _exercise(self) -> str | None:
        """The exercise that the act states, else the one that its tables of actions name; of a
        table that pays year by year from the first year of the act, or of its grants, on, that
        first year, and so of its sheets; where nothing is dated, the period of the convention."""
        stated = fact_of(self.source.facts, "exercise")
        if stated:
            return stated
        stated_sums = (s for a in self.source.articles for s in self._stated(a, None))
        granted = [s.exercise for s in stated_sums if s.kind == "grant" and s.exercise]
        starts = [fact_of(self.source.facts, "period_start"), min(granted, default=None)]
        named = {
            titled_exercise(t)
            or headed_exercise(c)
            or opening_exercise(c, starts, exercises_of_rows(t, c))
            if holds_actions(c)
            else opening_exercise((), starts, asked_exercises(t))
            for t, c in zip(self.dated, self.columns, strict=True)
        } - {None}
        if named or granted:
            return named.pop() if len(named) == 1 else None
        return period_agreed(self.source)

    def _document(self) -> None:
        source = self.source
        facts: dict[str, Any] = {}
        for fact in source.facts:
            if fact.name in Document.model_fields and fact.name not in facts:
                facts[fact.name] = fact.value
                self.records.add(
                    DocumentFact(
                        document_id=self.document_id,
                        name=fact.name,
                        value=fact.value,
                        **fact.place.model_dump(),
                    )
                )
        if facts.get("kind") not in get_args(DocumentKind):
            facts["kind"] = "convention" if source.articles else "report"
        title = source.title or facts.get("title") or None
        facts |= {"title": title, "exercise": self.exercise}
        self.records.add(
            Document(
                document_id=self.document_id,
                territory_id=self.territory_id,
                programme_named=self._programme_named(title),
                filename=source.filename,
                sha256=source.sha256,
                page_first=source.pages[0].number,
                page_count=source.page_count,
                ocr_page_count=sum(p.ocr_confidence is not None for p in source.pages),
                extractor_version=source.extractor_version,
                **facts,  # dates and years are read from what they are written as
            )
        )

    def _parties(self) -> None:
        for fact in self.source.facts:
            kind, _, role = fact.name.rpartition(".")
            for party in parties_of(fact.value) if kind == "party" else ():
                self.records.add(
                    Signatory(
                        document_id=self.document_id,
                        role=cast(Role, role),
                        organisation=party.organisation,
                        representative=party.representative,
                        office=party.office,
                    )
                )

    def _predecessors(self) -> None:
        """Tell whom the beneficiary succeeds: their acts may be another territory's."""
        party = next((f for f in self.source.facts if f.name == "beneficiary"), None)
        before = predecessors(party.quote) if party else []
        if party and before:
            names = " et à ".join(f"« {name} »" for name in before)
            self.records.find(
                "territory_succeeds",
                "info",
                f"« {party.value} » est dite succéder à {names}. Les actes antérieurs sont tenus"
                " pour ceux du même territoire si une seule de ces collectivités en a, sous un même"
                " SIREN ; sinon leurs actions ne sont pas reliées.",
                page=party.place.page,
            )

    def _prose(self) -> None:
        tabled = list(self._tabled())
        whole = {s.amount for _, _, s in tabled if s.exercise is None}
        said: set[tuple[str | None, Decimal | None]] = set()
        for article in self.source.articles:
            self._article(article)
            for stated in self._sums_of(article, whole):
                said.add((stated.exercise, stated.amount))
                self._state(article, stated, article.page_of(stated.position))
        for article, table, stated in tabled:
            if (stated.exercise, stated.amount) not in said:
                self._state(article, stated, table.page_first)

    def _article(self, article: ExtractedArticle) -> None:
        """Add `article`, which actions it says end or go on, and what it changes in the convention
        that the act amends."""
        self.records.add(
            Article(
                document_id=self.document_id,
                number=article.number,
                title=article.title or None,
                parent_number=article.parent_number,
                position=article.position,
                text=article.text or None,
                page_first=article.page_first,
                page_last=article.page_last,
                **article.place.model_dump(exclude={"page"}),
            )
        )
        for fate in said_fates(article.text):
            self.records.add(
                StatedFate(
                    document_id=self.document_id,
                    article_number=article.number,
                    reference_key=fate.reference,
                    name=fate.name,
                    kept=fate.kept,
                    quote=fate.quote,
                    page=article.page_of(fate.position),
                )
            )

        if fact_of(self.source.facts, "kind") != "avenant":
            return
        for rank, amendment in enumerate(read_amendments(article.title, article.text), 1):
            said = asdict(amendment)
            page = article.page_of(said.pop("position"))
            self.records.add(
                StatedChange(
                    document_id=self.document_id,
                    article_number=article.number,
                    rank=rank,
                    page=page,
                    **said,
                )
            )

    def _sums_of(
        self, article: ExtractedArticle, whole: Collection[Decimal | None]
    ) -> Iterator[StatedSum]:
        """The sums of `article`; one that a table tells to be the `whole` of several exercises is
        that of none, one without value is found doubtful."""
        entries = list(self._listed_in(article))
        for stated in self._stated(article, self.exercise):
            if stated.amount is None:
                self.records.find(
                    "figure_doubtful",
                    "info" if stated.flag in SAID else "warning",
                    f"{article_called(article.number)} : une somme {DOUBTS[stated.flag or 'range']}"
                    f" dans « {stated.quote} ».",
                    article_number=article.number,
                    page=article.page_of(stated.position),
                )
                continue
            if any(start <= stated.position < end for start, end in entries):
                stated = replace(stated, kind="other")
            yield replace(stated, exercise=None) if stated.amount in whole else stated

    def _state(self, article: ExtractedArticle, stated: StatedSum, page: int) -> None:
        if stated.amount is None:
            return
        kind = stated.kind
        if kind == "grant" and fact_of(self.source.facts, "kind") == "call":
            kind = "other"  # what a call announces is granted to nobody yet
        self.records.add(
            StatedAmount(
                document_id=self.document_id,
                article_number=article.number,
                kind=kind,
                exercise=stated.exercise,
                amount_eur=stated.amount,
                quote=stated.quote,
                page=page,
            )
        )

    def _tabled(self) -> Iterator[tuple[ExtractedArticle, ExtractedTable, StatedSum]]:
        """The sums that tables within articles state."""
        for table, columns in zip(self.source.tables, self.columns, strict=True):
            article = article_of(table, self.source.articles)
            if article is None or holds_actions(columns):
                continue
            kinds, money = self.knowledge.stated_kinds, self.knowledge.vocabulary.money
            for stated in read_stated_table(table, kinds, money, self.exercise):
                yield article, table, stated

    def _programme_named(self, title: str | None) -> Literal["title", "text"] | None:
        """Where the act names the programme: 'title', be it above the kind of act, 'text', or
        nowhere."""
        above = fact_of(self.source.facts, "above_title")
        if names_programme([title, above], self.knowledge.programme):
            return "title"
        texts = [text for a in self.source.articles for text in (a.title, a.text)]
        texts += [text for t in self.source.tables for text in (t.title, *t.columns)]
        texts += [fact.quote for fact in self.source.facts]
        return "text" if names_programme(texts, self.knowledge.programme) else None

    def _listed_in(self, article: ExtractedArticle) -> Iterator[tuple[int, int]]:
        """Where in the text of an `article` the entries of its lists of actions stand, under the
        title of one where it is the article's: their sums are those actions', no grant of the
        act."""
        listed = (t for t in self.source.tables if t.extractor in OF_TEXT)
        for row in (row for table in listed for row in table.rows):
            said = [word for cell in row.cells for word in cell.text.split()]
            title = article.title.split()
            if title and said[: len(title)] == title:
                said = said[len(title) :]
            for match in re.finditer(r"(?:\s+|\s*:\s*)".join(map(re.escape, said)), article.text):
                yield match.span()

    def _pages(self) -> None:
        for page in self.source.pages:
            self.records.add(
                PageRecord(
                    document_id=self.document_id,
                    page=page.number,
                    **page.model_dump(exclude={"number"}),
                )
            )
        for piece in self.source.furniture:
            self.records.add(
                Furniture(document_id=self.document_id, text=piece.text, **piece.place.model_dump())
            )
        for area in self.source.hidden:
            self.records.add(HiddenArea(document_id=self.document_id, **area.model_dump()))


def article_of(
    table: ExtractedTable, articles: Sequence[ExtractedArticle]
) -> ExtractedArticle | None:
    """The article within which `table` stands; None where it stands in an annex, or in none."""
    cells = [cell for cells in (*table.head, *(r.cells for r in table.rows)) for cell in cells]
    if table.annex is not None or table.extractor in OF_TEXT or not cells:
        return None
    where = min((c.place.page, c.place.top) for c in cells)
    before = [a for a in articles if (a.place.page, a.place.top) < where]
    return before[-1] if before and before[-1].page_last >= where[0] else None


def period_agreed(source: ExtractedDocument) -> str | None:
    """The years that a convention holds for, as one exercise: '2023-2027'."""
    kind, first, last = (
        fact_of(source.facts, name) for name in ("kind", "period_start", "period_end")
    )
    if kind != "convention" or not (first and last):
        return None
    return first if first == last else f"{first}-{last}"
