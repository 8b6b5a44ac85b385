"""Stage 2: what documents say → sorted Parquet tables: fields, sums, organisations.

Each territory's documents are read together, and apart from all others.
"""

import hashlib
import json
from collections import defaultdict
from collections.abc import Callable, Collection, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import asdict
from functools import lru_cache, partial
from pathlib import Path
from typing import Any

from pydantic_core import from_json

from normalizers.organisations import Directory
from normalizers.parties import organisations_of
from normalizers.territories import KnownTerritory, place_of
from normalizers.territory_names import sigles
from pipeline.acts import SHOWN, amended_conventions, find_copies
from pipeline.document_records import DocumentReader
from pipeline.extracted import ExtractedDocument, Unreadable, fact_of
from pipeline.models import (
    Action,
    ActionPilot,
    AnnexColumn,
    AnnexTable,
    Article,
    Cell,
    Document,
    DocumentFact,
    Finding,
    Funding,
    Furniture,
    HiddenArea,
    Mention,
    Organisation,
    OrganisationAlias,
    PageRecord,
    Record,
    Signatory,
    StatedAmount,
    StatedChange,
    StatedFate,
    Territory,
)
from pipeline.names import remembered
from pipeline.partition import Folder, FoldersReport, code_version, version_of, write_folders
from pipeline.records import Knowledge, Records, read_knowledge
from pipeline.reworded_sums import told_by_convention
from pipeline.store import write_records
from pipeline.territories import HOLDERS, Head, territories_of

UNREADABLE = "unreadable.json"
WRITTEN: tuple[type[Record], ...] = (
    Territory, Document, DocumentFact, Signatory, Article, StatedAmount, StatedChange, StatedFate,
    PageRecord, Furniture, HiddenArea, AnnexTable, AnnexColumn, Cell, Organisation,
    OrganisationAlias, Action, ActionPilot, Funding, Mention, Finding,
)  # fmt: skip
NOWHERE = "sans-territoire"
HEAD_END = b'\n "articles": '


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
    territories = territories_of(heads, knowledge.territories)
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
        files = list(dict.fromkeys(head.file for head in group))
        ids = {head.document_id for head in group}
        parts.append(
            Folder(
                territory_id or NOWHERE,
                (
                    code_version(),
                    version,
                    json.dumps([territory and asdict(territory), told]),
                    *(f"{head.document_id} {head.digest}" for head in group),
                ),
                partial(_write_territory, territory, files, ids, told, reference_dir, version),
                sum(head.size for head in group),
            )
        )
    return write_folders(parts, out_dir, jobs)


@lru_cache(maxsize=1)
def _knowledge(reference_dir: Path, version: str) -> "Knowledge":
    """`read_knowledge` once a process and `version` of the files."""
    return read_knowledge(reference_dir)


def _write_territory(
    territory: KnownTerritory | None,
    files: Sequence[Path],
    ids: Collection[str],
    unreadable: str | None,
    reference_dir: Path,
    version: str,
    out_dir: Path,
) -> None:
    bound = [ExtractedDocument.model_validate_json(file.read_bytes()) for file in files]
    documents = [act for first in bound for act in (first, *first.behind) if act.document_id in ids]
    refused = [Unreadable.model_validate(entry) for entry in json.loads(unreadable or "[]")]
    knowledge = _knowledge(reference_dir, version)
    records = normalize_documents(territory, documents, refused, knowledge)
    for model in WRITTEN:
        write_records(records.of(model), model, out_dir)


def read_heads(extracted_dir: Path, jobs: int = 1) -> list[Head]:
    """The heads of all documents, by file."""
    sources = (path for path in sorted(extracted_dir.glob("*.json")) if path.name != UNREADABLE)
    with ThreadPoolExecutor(jobs) as pool:  # most of it is hashing, which threads share
        return [head for heads in pool.map(read_file_heads, sources) for head in heads]


@remembered
def read_file_heads(file: Path) -> list[Head]:
    """The heads of an ExtractedDocument's file, without the articles and tables of the first act;
    each act behind it has its own."""
    content = file.read_bytes()
    end = content.find(HEAD_END)
    said = from_json(content[:end].rstrip(b",") + b"}" if end > 0 else content)
    digest = hashlib.blake2b(content).hexdigest()  # of all stored hashes, the quickest
    return [
        Head(
            file=file,
            digest=digest,
            size=len(content),
            document_id=act["document_id"],
            title=act["title"],
            facts=[fact for fact in act["facts"] if fact["name"] in HOLDERS],
        )
        for act in (said, *said.get("behind", ()))
    ]


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
    records = Records(document.document_id)
    try:
        DocumentReader(document, directory, knowledge, records).read()
    except Exception as error:  # costs this document, not the run
        records = Records(document.document_id)
        bare = document.model_copy(update={"facts": [], "articles": [], "tables": []})
        DocumentReader(bare, directory, knowledge, records).read()
        reason = " ".join(f"{type(error).__name__} : {error}".split())[:200]
        records.find(
            "document_unreadable",
            "error",
            f"{document.filename} a été lu mais n'a pas pu être interprété ({reason})."
            " Signalez ce document à l'équipe de Filiation.",
        )
    return records


def _relate(records: Records) -> None:
    """Attach avenants to the conventions that they amend, and what these tell of the sums that they
    change; count the actions of copies once."""
    documents: list[Document] = records.of(Document)
    copies = find_copies(documents, records.of(Action), records.of(Funding))
    originals = {c.document_id: c.original_id for c in copies}
    documents = [d.model_copy(update={"copy_of": originals.get(d.document_id)}) for d in documents]
    amended = amended_conventions(documents, records.of(Signatory))
    records.tables[Document] = [
        d.model_copy(update={"amends_document_id": amended.get(d.document_id)}) for d in documents
    ]
    records.tables[StatedAmount] = [
        *told_by_convention(
            records.of(StatedAmount), records.of(StatedChange), records.of(Document)
        )
    ]
    dropped = {a.action_id for a in records.of(Action) if a.document_id in originals}
    for model in (Action, ActionPilot, Funding, Mention):
        records.tables[model] = [r for r in records.of(model) if r.action_id not in dropped]
    records.tables[Finding] = [
        f.model_copy(update={"action_id": None}) if f.action_id in dropped else f
        for f in records.of(Finding)
        if f.rule != "alias_unknown" or f.document_id not in originals
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


def _directory(
    territory: KnownTerritory | None, group: Sequence[ExtractedDocument], knowledge: Knowledge
) -> Directory:
    """The organisations that the documents of a territory may name."""
    texts = [c.text for d in group for t in d.tables for r in t.rows for c in r.cells]
    texts += [f.quote for d in group for f in d.facts]
    texts += [a.text for d in group for a in d.articles]
    territory = territory or KnownTerritory("", "")
    named = {fact_of(d.facts, "beneficiary") for d in group} | {territory.name}
    own = sorted({s for t in texts for name in named if name for s in sigles(t, name)})
    place = place_of(territory, texts, knowledge.departments, own)
    spellings = [t for t in texts if len(t) < 90]
    parties = [f.value for d in group for f in d.facts if f.name == "party.partner"]
    partners = [name for party in parties for name in organisations_of(party)]
    return Directory(knowledge.organisations, place, spellings, partners)


def _territory(territory: KnownTerritory, directory: Directory) -> Territory:
    return Territory(
        territory_id=territory.territory_id,
        name=territory.name,
        short_name=territory.short_name,
        kind=territory.kind,
        department_code=territory.department_code or directory.place.department_code,
        region_code=territory.region_code,
    )
