"""One document → its records: fields, articles, tables, actions, sums, doubts."""

import json
import re
from collections.abc import Iterator, Sequence
from datetime import date
from itertools import chain, count
from typing import Any, cast, get_args

from normalizers.actions.action_rows import ActionRow, numbered
from normalizers.actions.annexes import (
    BoldMeaning,
    granted_before,
    headed_exercise,
    opening_exercise,
    titled_exercise,
)
from normalizers.actions.columns import explain_columns, holds_actions
from normalizers.actions.headings import MONEY, Column
from normalizers.actions.parts import Part, heading_above
from normalizers.actions.payers import paid_as_stated
from normalizers.actions.registry import read_parts
from normalizers.actions.statements import StatedAction, merge
from normalizers.actions.yearly import yearly_exercises
from normalizers.checkboxes import chosen
from normalizers.exercises import years_counted
from normalizers.links.mentions import mentions
from normalizers.links.prose import said_in_prose
from normalizers.organisations import Directory
from normalizers.parties import read_party
from normalizers.programme import names_programme
from normalizers.references import reference_key
from normalizers.stated import StatedSum, granted_by_exercise, read_stated
from normalizers.statuses import read_status
from normalizers.themes import deciding_terms, expense_category_of, theme_of
from pipeline.models import (
    LISTED,
    Action,
    ActionPilot,
    AnnexColumn,
    AnnexTable,
    Article,
    Cell,
    Document,
    DocumentFact,
    DocumentKind,
    ExtractedArticle,
    ExtractedCell,
    ExtractedDocument,
    ExtractedTable,
    Fact,
    Funding,
    Furniture,
    HiddenArea,
    Mention,
    Organisation,
    OrganisationAlias,
    PageRecord,
    Role,
    Signatory,
    StatedAmount,
)
from pipeline.records import Knowledge, Records
from pipeline.wording import euros

LEGIBLE = 0.5  # a figure that OCR read with less confidence is no sum
DATES = ("signed_on", "received_on", "deliberation_on")
YEARS = ("period_start", "period_end")
KEYS_CHECKED = ("iban_valid", "rib_valid")
DOUBTS = {
    "ambiguous_number": "peut se lire de plusieurs façons",
    "range": "donne une fourchette",
    "rate": "donne un prix unitaire ou un taux",
    "unread_number": "porte un nombre qui n'est pas clairement une somme",
    "words_differ": "diffère en lettres et en chiffres",
    "total_differs": "énonce un total différent de ses parties",
    "about": "donne une somme approchée",
    "shared": "est commune à plusieurs actions",
}
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
        counted = (fact_of(document.facts, n) for n in ("kind", "period_start", "exercise"))
        self.first_year, own_year = years_counted(*counted)
        self.columns = [
            explain_columns(t, knowledge.vocabulary, directory, self.first_year, own_year)
            for t in document.tables
        ]
        self.exercise = self._exercise()
        if any(c.field is None and c.exercise for columns in self.columns for c in columns):
            granted = granted_by_exercise(s for a in document.articles for s in self._stated(a))
            self.columns = [
                paid_as_stated(c, t, granted)
                for t, c in zip(document.tables, self.columns, strict=True)
            ]
            self.exercise = self._exercise()
        self.columns = [granted_before(c, self.exercise) for c in self.columns]
        self.bold_is_own = BoldMeaning.of(a.text for a in document.articles)

    def read(self) -> None:
        """Add all records of the document."""
        self._document()
        self._prose()
        self._pages()
        for table, columns in zip(self.source.tables, self.columns, strict=True):
            self._table(table, columns)
        self._actions()
        self._said_in_prose()
        for problem in self.source.problems:
            self.records.find(
                problem.rule,
                problem.severity,
                problem.message,
                document_id=self.document_id,
                page=problem.page,
                expected=problem.expected,
                observed=problem.observed,
            )

    def _stated(self, article: ExtractedArticle) -> list[StatedSum]:
        kinds = self.knowledge.stated_kinds
        return read_stated(article.text, kinds, article.title, self.exercise, self.first_year)

    def _exercise(self) -> str | None:
        """The exercise that the act states, else the one that its tables of actions name; of a
        table that pays year by year from the first year of the act on, that first year."""
        stated = fact_of(self.source.facts, "exercise")
        if stated:
            return stated
        start = fact_of(self.source.facts, "period_start")
        named = {
            titled_exercise(t) or headed_exercise(c) or opening_exercise(c, start)
            for t, c in zip(self.source.tables, self.columns, strict=True)
            if holds_actions(c)
        } - {None}
        return named.pop() if len(named) == 1 else None

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
        for name in DATES:
            if name in facts:
                facts[name] = date.fromisoformat(facts[name])
        for name in YEARS:
            if name in facts:
                facts[name] = int(facts[name])
        for name in KEYS_CHECKED:
            if name in facts:
                facts[name] = facts[name] == "true"
        kind = facts.pop("kind", None)
        if kind not in get_args(DocumentKind):
            kind = "convention" if source.articles else "report"
        title = source.title or facts.get("title") or None
        facts |= {"title": title, "exercise": self.exercise}
        facts["programme_named"] = self._programme_named(title)
        self.records.add(
            Document(
                document_id=self.document_id,
                territory_id=self.territory_id,
                kind=cast(DocumentKind, kind),
                filename=source.filename,
                sha256=source.sha256,
                page_first=source.pages[0].number,
                page_count=source.page_count,
                ocr_page_count=sum(p.ocr_confidence is not None for p in source.pages),
                extractor_version=source.extractor_version,
                **facts,
            )
        )
        for fact in source.facts:
            role = fact.name.removeprefix("party.")
            party = read_party(fact.value) if role in get_args(Role) else None
            if party:
                self.records.add(
                    Signatory(
                        document_id=self.document_id,
                        role=cast(Role, role),
                        organisation=party.organisation,
                        representative=party.representative,
                        office=party.office,
                    )
                )

    def _prose(self) -> None:
        for article in self.source.articles:
            box = article.place
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
                    x0=box.x0,
                    top=box.top,
                    x1=box.x1,
                    bottom=box.bottom,
                )
            )
            entries = list(self._listed_in(article))
            for stated in self._stated(article):
                page = article.page_first + sum(s <= stated.position for s in article.page_starts)
                if stated.amount is None:
                    self.records.find(
                        "figure_doubtful",
                        "info" if stated.flag in SAID else "warning",
                        f"Article {article.number} : une somme {DOUBTS[stated.flag or 'range']}"
                        f" dans « {stated.quote} ».",
                        document_id=self.document_id,
                        article_number=article.number,
                        page=page,
                    )
                    continue
                listed = any(start <= stated.position < end for start, end in entries)
                self.records.add(
                    StatedAmount(
                        document_id=self.document_id,
                        article_number=article.number,
                        kind="other" if listed else stated.kind,
                        exercise=stated.exercise,
                        amount_eur=stated.amount,
                        quote=stated.quote,
                        page=page,
                    )
                )

    def _programme_named(self, title: str | None) -> str | None:
        """Where the act names the programme: 'title', 'text', or nowhere."""
        if names_programme([title], self.knowledge.programme):
            return "title"
        texts = [text for a in self.source.articles for text in (a.title, a.text)]
        texts += [text for t in self.source.tables for text in (t.title, *t.columns)]
        return "text" if names_programme(texts, self.knowledge.programme) else None

    def _listed_in(self, article: ExtractedArticle) -> Iterator[tuple[int, int]]:
        """Where in the text of an `article` the entries of its lists of actions stand, under the
        title of one where it is the article's: their sums are those actions', no grant of the
        act."""
        listed = (t for t in self.source.tables if t.extractor == LISTED)
        for entry in (row.cells[0].text for table in listed for row in table.rows):
            said = entry.split()
            title = article.title.split()
            if title and said[: len(title)] == title:
                said = said[len(title) :]
            for match in re.finditer(r"\s+".join(map(re.escape, said)), article.text):
                yield match.span()

    def _pages(self) -> None:
        for page in self.source.pages:
            self.records.add(
                PageRecord(
                    document_id=self.document_id,
                    page=page.number,
                    kind=page.kind,
                    width=page.width,
                    height=page.height,
                    characters=page.characters,
                    characters_in_tables=page.characters_in_tables,
                    ocr_confidence=page.ocr_confidence,
                )
            )
        for piece in self.source.furniture:
            self.records.add(
                Furniture(document_id=self.document_id, text=piece.text, **piece.place.model_dump())
            )
        for area in self.source.hidden:
            self.records.add(HiddenArea(document_id=self.document_id, **area.model_dump()))

    def _table_id(self, table: ExtractedTable) -> str:
        return f"{self.document_id}:t{table.position}"

    def _table(self, table: ExtractedTable, columns: Sequence[Column]) -> None:
        table_id = self._table_id(table)
        lines = list(numbered(table))
        self.records.add(
            AnnexTable(
                table_id=table_id,
                document_id=self.document_id,
                annex=table.annex,
                title=table.title or None,
                page_first=table.page_first,
                page_last=table.page_last,
                row_count=len(lines),
                column_count=len(table.columns),
                extractor=table.extractor,
                agreement=table.agreement,
                characters=table.characters,
                characters_in_cells=table.characters_in_cells,
            )
        )
        for index, (heading, column) in enumerate(zip(table.columns, columns, strict=True), 1):
            self.records.add(
                AnnexColumn(
                    table_id=table_id,
                    column_index=index,
                    header=heading or None,
                    field=column.field,
                    exercise=column.exercise,
                    similarity=column.similarity,
                    unit=column.unit if column.field in (*MONEY, None) else 1,
                    adds_up="+".join(map(str, column.adds)) or None,
                )
            )
        self._disagreements(table, columns)
        for line in lines:
            for cell in line.row.cells:
                in_head = 0 < cell.column <= len(table.columns)
                box = cell.place.model_dump()
                self.records.add(
                    Cell(
                        table_id=table_id,
                        row_index=line.index,
                        column_index=cell.column,
                        header=table.columns[cell.column - 1] or None if in_head else None,
                        text=cell.text or None,
                        bold=cell.bold,
                        row_kind=line.row.kind,
                        section=line.section,
                        confidence=cell.confidence,
                        **box,
                    )
                )

    def _disagreements(self, table: ExtractedTable, columns: Sequence[Column]) -> None:
        """A finding a sum that two readers of the PDF print differently."""
        places = {d.place for d in table.disagreements}
        for cell in (c for row in table.rows for c in row.cells if c.place in places):
            column = columns[cell.column - 1]
            if column.field in MONEY:
                self.records.find(
                    "figure_doubtful",
                    "warning",
                    f"Annexe {table.annex or '?'}, colonne « {table.columns[cell.column - 1]} » :"
                    f" les lecteurs du PDF ne s'accordent pas sur « {cell.text} ».",
                    document_id=self.document_id,
                    page=cell.place.page,
                    observed=cell.text,
                )

    # --- actions -------------------------------------------------------------------------------

    def _actions(self) -> None:
        """Add the actions that the tables state, each once an exercise however often stated."""
        own = self.exercise
        past = next((e for c in self.columns if (e := yearly_exercises(c, own))), [])
        parts = [
            Part(
                table,
                columns,
                heading_above(table, self.source.articles),
                own,
                past,
                self.knowledge.vocabulary,
                self.knowledge.table_kinds,
                self.directory.name,
            )
            for table, columns in zip(self.source.tables, self.columns, strict=True)
        ]
        taken: set[str] = set()
        for action in merge(read_parts(parts)):
            table, row = action.table, action.row
            place = row.index or reference_key(row.texts.get("reference"))
            names = [f"{table.annex}-{place}"] if table.annex else []
            names += [f"t{table.position}-{place}", f"t{table.position}-{place}-{action.exercise}"]
            more = (f"{names[-1]}-{k}" for k in count(2))
            action_id = next(n for n in chain(names, more) if n not in taken)
            taken.add(action_id)
            self._action(f"{self.document_id}:{action_id}", action)

    def _action(self, action_id: str, action: StatedAction) -> None:
        table, exercise, row = action.table, action.exercise, action.row
        texts = row.texts
        subject = [texts.get(f) for f in ("label", "objective", "description")]
        theme = theme_of(subject, self.knowledge.themes)
        category = expense_category_of(subject, self.knowledge.categories)
        status_raw = texts.get("status")
        self.records.add(
            Action(
                action_id=action_id,
                document_id=self.document_id,
                territory_id=self.territory_id,
                exercise=exercise,
                table_id=self._table_id(table),
                row_index=row.index,
                reference=texts.get("reference"),
                funded=row.funded,
                pilot_raw=texts.get("pilot"),
                label=texts.get("label"),
                objective=texts.get("objective"),
                description=texts.get("description"),
                indicators=texts.get("indicators"),
                status_raw=status_raw,
                status=read_status(status_raw, self.knowledge.vocabulary.statuses),
                comment=texts.get("comment"),
                expense_category=category,
                theme=theme,
                classified_by=self._classified_by(subject, theme, category),
                section=row.section,
                run_by_beneficiary=row.bold if self.bold_is_own.holds_in(table.annex) else None,
                other=row.other,
                page=row.page,
            )
        )
        self._pilots(action_id, texts.get("pilot"), row.page)
        self._funding(action_id, exercise, row)
        said = [(one, page) for text, page in action.said for one in mentions(text)]
        for one, page in dict.fromkeys(said):
            self.records.add(
                Mention(
                    action_id=action_id,
                    kind=one.kind,
                    reference=one.reference,
                    name=one.name,
                    quote=one.quote,
                    page=page,
                )
            )
        label = texts.get("label", "")
        label = label if len(label) <= 80 else label[:79].rstrip() + "…"
        for conflict in action.conflicts:
            sums = [
                euros(s) if s else "aucune somme" for s in (conflict.expected, conflict.observed)
            ]
            self.records.find(
                "statements_differ",
                "warning",
                f"L'action « {label} » ({exercise}) :"
                f" « {conflict.quote} » (p. {conflict.page}) ne s'accorde pas avec la page"
                f" {row.page}, qui énonce {sums[0]}.",
                document_id=self.document_id,
                action_id=action_id,
                page=conflict.page,
                expected=sums[0],
                observed=sums[1],
            )

    def _said_in_prose(self) -> None:
        """Add what articles say of actions; what they say of one that no table holds is found."""
        for one in said_in_prose(self.source.articles, self.records.of(Action)):
            said = one.said
            if one.action is None:
                self.records.find(
                    "said_of_no_action",
                    "info",
                    f"Article {one.article} : « {said.quote} » parle d'une action qu'aucun tableau"
                    " du document ne nomme ainsi.",
                    document_id=self.document_id,
                    article_number=one.article,
                    page=one.page,
                )
                continue
            self.records.add(
                Mention(
                    action_id=one.action.action_id,
                    kind=said.kind,
                    reference=said.reference,
                    name=said.name,
                    quote=said.quote,
                    page=one.page,
                )
            )

    def _classified_by(
        self, texts: Sequence[str | None], theme: str | None, category: str
    ) -> str | None:
        """By which terms the theme and the category were told."""
        told = {
            "theme": deciding_terms(texts, self.knowledge.themes, theme or ""),
            "expense_category": deciding_terms(texts, self.knowledge.categories, category),
        }
        found = {what: terms for what, terms in told.items() if terms}
        return json.dumps(found, ensure_ascii=False) if found else None

    def _pilots(self, action_id: str, pilot: str | None, page: int) -> None:
        for organisation, written in self.directory.spelled(chosen(pilot or "")):
            territory_id = self.territory_id if organisation.local else None
            self.records.add(
                Organisation(
                    organisation_id=organisation.organisation_id,
                    name=organisation.name,
                    kind=organisation.kind,
                    territory_id=territory_id,
                ),
                OrganisationAlias(
                    alias=written,
                    territory_id=self.territory_id,
                    organisation_id=organisation.organisation_id,
                ),
                ActionPilot(action_id=action_id, organisation_id=organisation.organisation_id),
            )
            if organisation.kind is None:
                self.records.find(
                    "alias_unknown",
                    "info",
                    f"Le pilote « {written} » n'est rattaché à aucune organisation connue :"
                    " ajouter sa graphie aux données de référence.",
                    document_id=self.document_id,
                    observed=written,
                )

    def _funding(self, action_id: str, exercise: str | None, row: ActionRow) -> None:
        for one, cell in row.sums:
            box = cell.place.model_dump() if cell else {"page": row.page}
            own = None if one.stage == "previous" else exercise
            self.records.add(
                Funding(
                    action_id=action_id,
                    exercise=one.exercise or own,
                    funder=one.funder,
                    stage=one.stage,
                    amount_eur=None if cell and _is_illegible(cell) else one.amount,
                    raw=one.raw,
                    **box,
                )
            )
            if one.flag:
                self.records.find(
                    "figure_doubtful",
                    "warning",
                    f"La cellule « {one.raw} » {DOUBTS[one.flag]} : la somme reste à vérifier.",
                    document_id=self.document_id,
                    action_id=action_id,
                    page=box["page"],
                    observed=one.raw,
                )


def _is_illegible(cell: ExtractedCell) -> bool:
    return cell.confidence is not None and cell.confidence < LEGIBLE


def fact_of(facts: Sequence[Fact], name: str) -> str | None:
    """The value of the first of `facts` that is named so."""
    return next((f.value for f in facts if f.name == name), None)
