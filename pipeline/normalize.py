"""Stage 2: what documents say → sorted Parquet tables: fields, sums, organisations.

Each territory's documents are read together, and apart from all others.
"""

import hashlib
import json
from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import asdict, dataclass, field
from datetime import date
from functools import lru_cache, partial
from itertools import chain, count
from pathlib import Path
from typing import Any, cast, get_args

from pydantic_core import from_json

from normalizers.annexes import (
    ActionRow,
    BoldMeaning,
    Vocabulary,
    explain_columns,
    headed_exercise,
    holds_actions,
    load_annexes,
    numbered,
    opening_exercise,
    titled_exercise,
)
from normalizers.headings import MONEY, Column, load_headings
from normalizers.lexicon import Lexicon
from normalizers.mentions import mentions
from normalizers.organisations import Directory, Reference, load_organisations, sigles
from normalizers.parties import clean_organisation, read_party
from normalizers.parts import Part, TablePattern, heading_above, load_table_kinds
from normalizers.prose import said_in_prose
from normalizers.readers import read_parts
from normalizers.reference import read_rows
from normalizers.references import reference_key
from normalizers.stated import KindPattern, load_kinds, read_stated
from normalizers.statements import StatedAction, merge
from normalizers.statuses import load_statuses, read_status
from normalizers.territories import (
    Department,
    KnownTerritory,
    find_territory,
    load_departments,
    load_territories,
    named_in,
    new_territory,
    place_of,
)
from normalizers.themes import deciding_terms, expense_category_of, theme_of
from normalizers.yearly import yearly_exercises
from pipeline.acts import SHOWN, amended_convention, find_copies
from pipeline.errors import reference_explained
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
    ExtractedDocument,
    ExtractedTable,
    Fact,
    Finding,
    Funding,
    Furniture,
    HiddenArea,
    Mention,
    Model,
    Organisation,
    OrganisationAlias,
    PageRecord,
    Record,
    Role,
    Severity,
    Signatory,
    StatedAmount,
    Territory,
    Unreadable,
)
from pipeline.names import remembered, slug
from pipeline.partition import Folder, FoldersReport, code_version, version_of, write_folders
from pipeline.store import write_records
from pipeline.wording import euros

UNREADABLE = "unreadable.json"
WRITTEN: tuple[type[Record], ...] = (
    Territory, Document, DocumentFact, Signatory, Article, StatedAmount, PageRecord, Furniture,
    HiddenArea, AnnexTable, AnnexColumn, Cell, Organisation, OrganisationAlias, Action,
    ActionPilot, Funding, Mention, Finding,
)  # fmt: skip
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
}

SAID = ("range", "rate")  # clear, though no sum
NOWHERE = "sans-territoire"
HEAD_END = b'\n "articles": '
HOLDERS = ("beneficiary", "siret")  # the facts that tell a document's territory


@dataclass(frozen=True)
class Knowledge:
    """What people decided, read once from the reference directory."""

    vocabulary: Vocabulary
    table_kinds: Sequence[TablePattern]
    stated_kinds: Sequence[KindPattern]
    themes: Lexicon
    categories: Lexicon
    territories: Sequence[KnownTerritory]
    departments: Mapping[str, Department]
    organisations: Reference


@dataclass
class Records:
    """The records of all tables, as they come."""

    tables: dict[type[Record], list[Record]] = field(default_factory=lambda: defaultdict(list))

    def add(self, *records: Record) -> None:
        for record in records:
            self.tables[type(record)].append(record)

    def merge(self, others: "Records") -> None:
        for model, found in others.tables.items():
            self.tables[model] += found

    def find(self, rule: str, severity: Severity, message: str, **where: Any) -> None:
        """Add a finding; its id is the same as long as what it says is."""
        message = message.replace("\n", " ")
        said = json.dumps([rule, message, where], sort_keys=True, ensure_ascii=False)
        finding_id = f"{rule}-{hashlib.sha256(said.encode()).hexdigest()[:12]}"
        self.add(
            Finding(finding_id=finding_id, rule=rule, severity=severity, message=message, **where)
        )

    def of(self, model: type[Any]) -> list[Any]:
        return self.tables[model]


class Head(Model):
    """What of a document tells its territory, and the hash of the file that says it."""

    file: Path
    digest: str
    size: int
    document_id: str
    title: str
    facts: list[Fact]


def normalize(
    extracted_dir: Path, reference_dir: Path, out_dir: Path, jobs: int = 1
) -> FoldersReport:
    """Write the tables of `WRITTEN` of the documents of `extracted_dir` to `out_dir`, a folder a
    territory (`pipeline.partition`); those whose documents are the same are not computed again.

    Raises FiliationError when a reference file is malformed, naming the file and the line.
    """
    version = version_of(reference_dir)
    knowledge = _knowledge(reference_dir, version)
    heads = read_heads(extracted_dir, jobs)
    territories = _territories(heads, knowledge)
    groups: dict[str | None, list[Head]] = defaultdict(list)
    for head in heads:
        territory = territories.get(head.document_id)
        groups[territory.territory_id if territory else None].append(head)
    unreadable = extracted_dir / UNREADABLE
    refused = unreadable.read_text(encoding="utf-8") if unreadable.exists() else "[]"
    if json.loads(refused):
        groups.setdefault(None, [])
    parts = []
    for territory_id, group in groups.items():
        territory = territories[group[0].document_id] if territory_id else None
        told = None if territory else refused
        files = [head.file for head in group]
        parts.append(
            Folder(
                territory_id or NOWHERE,
                (
                    code_version(),
                    version,
                    json.dumps([territory and asdict(territory), told]),
                    *(f"{head.document_id} {head.digest}" for head in group),
                ),
                partial(_write_territory, territory, files, told, reference_dir, version),
                sum(head.size for head in group),
            )
        )
    return write_folders(parts, out_dir, jobs)


@lru_cache(maxsize=1)
def _knowledge(reference_dir: Path, version: str) -> "Knowledge":
    """`read_knowledge` once a process and `version` of the files."""
    return read_knowledge(reference_dir)


def read_heads(extracted_dir: Path, jobs: int = 1) -> list[Head]:
    """The heads of all documents, by id."""
    sources = (path for path in sorted(extracted_dir.glob("*.json")) if path.name != UNREADABLE)
    with ThreadPoolExecutor(jobs) as pool:  # most of it is hashing, which threads share
        return list(pool.map(read_head, sources))


@remembered
def read_head(file: Path) -> Head:
    """The head of an ExtractedDocument's file, without its articles and tables."""
    content = file.read_bytes()
    end = content.find(HEAD_END)
    said = from_json(content[:end].rstrip(b",") + b"}" if end > 0 else content)
    known = {name: said[name] for name in ("document_id", "title")}
    known["facts"] = [fact for fact in said["facts"] if fact["name"] in HOLDERS]
    digest = hashlib.blake2b(content).hexdigest()  # of all stored hashes, the quickest
    return Head.model_validate({"file": file, "digest": digest, "size": len(content)} | known)


def _write_territory(
    territory: KnownTerritory | None,
    files: Sequence[Path],
    unreadable: str | None,
    reference_dir: Path,
    version: str,
    out_dir: Path,
) -> None:
    documents = [ExtractedDocument.model_validate_json(file.read_bytes()) for file in files]
    refused = [Unreadable.model_validate(entry) for entry in json.loads(unreadable or "[]")]
    knowledge = _knowledge(reference_dir, version)
    records = normalize_documents(territory, documents, refused, knowledge)
    for model in WRITTEN:
        write_records(records.of(model), model, out_dir)


@reference_explained()
def read_knowledge(reference_dir: Path) -> Knowledge:
    """The reference files that this stage uses."""
    themes = read_rows(reference_dir / "themes.csv", ("theme", "terms"))
    categories = read_rows(reference_dir / "expense_categories.csv", ("category", "terms"))
    return Knowledge(
        Vocabulary(
            load_headings(reference_dir / "headings.csv"),
            load_statuses(reference_dir / "statuses.csv"),
            load_annexes(reference_dir / "annexes.csv"),
        ),
        load_table_kinds(reference_dir / "table_kinds.csv"),
        load_kinds(reference_dir / "stated_kinds.csv"),
        Lexicon(themes, "theme"),
        Lexicon(categories, "category"),
        load_territories(reference_dir / "territories.csv"),
        load_departments(reference_dir / "departments.csv"),
        load_organisations(reference_dir),
    )


def normalize_documents(
    territory: KnownTerritory | None,
    documents: Sequence[ExtractedDocument],
    unreadable: Sequence[Unreadable],
    knowledge: Knowledge,
) -> Records:
    """All records of the `documents` of one territory, in no order."""
    records = Records()
    directory = _directory(territory, documents, knowledge)
    if territory:
        records.add(_territory(territory, directory))
    for document in documents:  # strangers to each other lend no names
        own = directory if territory else _directory(None, [document], knowledge)
        records.merge(_read_apart(document, own, knowledge))
    for entry in unreadable:
        records.find(
            "document_unreadable",
            "error",
            f"{entry.filename} n'a pas pu être lu : {entry.reason} {entry.advice}",
            document_id=entry.document_id,
        )
    _relate(records)
    _unique(records, Organisation, lambda o: o.organisation_id)
    _unique(records, OrganisationAlias, lambda a: (a.alias, a.territory_id, a.organisation_id))
    _unique(records, Finding, lambda f: f.finding_id)
    return records


def _read_apart(document: ExtractedDocument, directory: Directory, knowledge: Knowledge) -> Records:
    """The records of one document; where it cannot be interpreted, itself and a finding only."""
    records = Records()
    try:
        _DocumentReader(document, directory, knowledge, records).read()
    except Exception as error:  # costs this document, not the run
        records = Records()
        bare = document.model_copy(update={"facts": [], "articles": [], "tables": []})
        _DocumentReader(bare, directory, knowledge, records).read()
        reason = " ".join(f"{type(error).__name__} : {error}".split())[:200]
        records.find(
            "document_unreadable",
            "error",
            f"{document.filename} a été lu mais n'a pas pu être interprété ({reason})."
            " Signalez ce document à l'équipe de Filiation.",
            document_id=document.document_id,
        )
    return records


def _relate(records: Records) -> None:
    """Attach avenants to the conventions that they amend; count the actions of copies once."""
    documents: list[Document] = records.of(Document)
    copies = find_copies(documents, records.of(Action), records.of(Funding))
    originals = {c.document_id: c.original_id for c in copies}
    documents = [d.model_copy(update={"copy_of": originals.get(d.document_id)}) for d in documents]
    records.tables[Document] = [
        d.model_copy(update={"amends_document_id": amended_convention(d, documents)})
        if d.kind == "avenant"
        else d
        for d in documents
    ]
    dropped = {a.action_id for a in records.of(Action) if a.document_id in originals}
    for model in (Action, ActionPilot, Funding, Mention):
        records.tables[model] = [r for r in records.of(model) if r.action_id not in dropped]
    records.tables[Finding] = [
        f.model_copy(update={"action_id": None}) if f.action_id in dropped else f
        for f in records.of(Finding)
    ]
    for copy in copies:
        shown = " ; ".join(copy.differences[:SHOWN])
        records.find(
            "duplicate_act",
            "warning",
            f"Ce fichier est une copie de {copy.original_id}, dont les actions sont retenues ;"
            " les siennes ne sont pas comptées."
            + (f" Sommes qui diffèrent ({len(copy.differences)}) : {shown}." if shown else ""),
            document_id=copy.document_id,
            expected="un seul exemplaire de l'acte",
            observed=copy.original_id,
        )


def _unique(records: Records, model: type[Any], key: Callable[[Any], Any]) -> None:
    found = {key(record): record for record in reversed(records.of(model))}
    records.tables[model] = list(found.values())


# --- territories -------------------------------------------------------------------------------


def _fact(document: Head | ExtractedDocument, name: str) -> str | None:
    return next((f.value for f in document.facts if f.name == name), None)


def _territories(documents: Sequence[Head], knowledge: Knowledge) -> dict[str, KnownTerritory]:
    """The authority of each document that names one, by document id."""
    found: dict[str, KnownTerritory] = {}
    strangers: dict[str, list[Head]] = defaultdict(list)
    named: dict[str, list[Head]] = defaultdict(list)
    for document in documents:
        if (name := _fact(document, "beneficiary")) is not None:
            named[name].append(document)
    for name, group in named.items():
        if known := find_territory(name, knowledge.territories):
            found |= {d.document_id: known for d in group}
        else:
            strangers[slug(name)] += group
    for name_slug, group in strangers.items():
        sirets = [s for d in group if (s := _fact(d, "siret"))]
        name = clean_organisation(_fact(group[0], "beneficiary") or "")
        territory = new_territory(name, sirets, name_slug)
        found |= {d.document_id: territory for d in group}
    every = list({t.territory_id: t for t in (*knowledge.territories, *found.values())}.values())
    for document in documents:
        if document.document_id not in found and (known := named_in(document.title, every)):
            found[document.document_id] = known
    return found


def _directory(
    territory: KnownTerritory | None, group: Sequence[ExtractedDocument], knowledge: Knowledge
) -> Directory:
    """The organisations that the documents of a territory may name."""
    texts = [c.text for d in group for t in d.tables for r in t.rows for c in r.cells]
    texts += [f.quote for d in group for f in d.facts]
    texts += [a.text for d in group for a in d.articles]
    territory = territory or KnownTerritory("", "")
    own = sorted({s for t in texts for s in sigles(t, territory.name)}) if territory.name else []
    place = place_of(territory, texts, knowledge.departments, own)
    spellings = [t for t in texts if len(t) < 90]
    return Directory(knowledge.organisations, place, spellings)


def _territory(territory: KnownTerritory, directory: Directory) -> Territory:
    return Territory(
        territory_id=territory.territory_id,
        name=territory.name,
        short_name=territory.short_name,
        kind=territory.kind,
        department_code=territory.department_code or directory.place.department_code,
        region_code=territory.region_code,
    )


# --- one document ------------------------------------------------------------------------------


class _DocumentReader:
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
        self.columns = [
            explain_columns(t, knowledge.vocabulary, directory) for t in document.tables
        ]
        self.exercise = self._exercise()
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

    def _exercise(self) -> str | None:
        """The exercise that the act states, else the one that its tables of actions name; of a
        table that pays year by year from the first year of the act on, that first year."""
        stated = _fact(self.source, "exercise")
        if stated:
            return stated
        start = _fact(self.source, "period_start")
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
        facts |= {"title": source.title or facts.get("title") or None, "exercise": self.exercise}
        self.records.add(
            Document(
                document_id=self.document_id,
                territory_id=self.territory_id,
                kind=cast(DocumentKind, kind),
                filename=source.filename,
                sha256=source.sha256,
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
            entries = list(self._listed_in(article.text))
            for stated in read_stated(
                article.text, self.knowledge.stated_kinds, article.title, self.exercise
            ):
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

    def _listed_in(self, text: str) -> Iterator[tuple[int, int]]:
        """Where in an article `text` the entries of its lists of actions stand: their sums are
        those actions', no grant of the act."""
        listed = (t for t in self.source.tables if t.extractor == LISTED)
        for line in (row.cells[0].text for table in listed for row in table.rows):
            if (start := text.find(line)) >= 0:
                yield start, start + len(line)

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
        for organisation, written in self.directory.spelled(pilot or ""):
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
                    amount_eur=one.amount,
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
