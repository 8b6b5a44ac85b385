"""The stage that links actions: Parquet tables of a territory in, its links out."""

from collections.abc import Sequence
from functools import lru_cache, partial
from pathlib import Path

from pipeline.document_acronyms import document_acronyms
from pipeline.judgements import Decisions, place_judgements, read_judgements
from pipeline.knowledge import Knowledge, read_knowledge
from pipeline.linking import link_actions
from pipeline.models import (
    Action,
    ActionPilot,
    AnnexTable,
    Article,
    CandidatePair,
    Cell,
    Document,
    Finding,
    Funding,
    Judgement,
    Lineage,
    Link,
    Mention,
    StatedFate,
)
from pipeline.partition import (
    JUDGEMENTS,
    Folder,
    FoldersReport,
    code_version,
    hash_of,
    version_of,
    write_folders,
)
from pipeline.store import read_records, table_folders, write_records


def link(normalized_dir: Path, reference_dir: Path, out_dir: Path, jobs: int = 1) -> FoldersReport:
    """Link the normalised actions; write link, candidate_pair, lineage, judgement and finding to
    `out_dir`, a folder a territory (`pipeline.partition`); a territory whose actions and judgements
    are the same is not linked again.

    Raises FiliationError when a reference file is malformed, naming the file and the line.
    """
    version = version_of(reference_dir)
    _knowledge(reference_dir, version)
    judgements = read_judgements(reference_dir / JUDGEMENTS)
    folders = table_folders(normalized_dir)
    decisions, placed = place_judgements(folders, judgements)
    parts = [
        Folder(
            folder.name.rpartition("-")[0] or folder.name,
            (code_version(), version, hash_of(folder.glob("*.parquet")), decided.as_text()),
            partial(_write_territory, folder, decided, reference_dir, version),
            sum(file.stat().st_size for file in folder.glob("*.parquet")),
        )
        for folder, decided in zip(folders, placed, strict=True)
    ]
    said = [x.model_dump_json() for x in (*judgements, *decisions.findings)]
    parts.append(
        Folder(
            "jugements",
            (code_version(), *said),
            partial(_write_judgements, judgements, decisions.findings),
        )
    )
    return write_folders(parts, out_dir, jobs)


@lru_cache(maxsize=1)
def _knowledge(reference_dir: Path, version: str) -> Knowledge:
    """`read_knowledge` once a process and `version` of the files."""
    return read_knowledge(reference_dir)


def _write_territory(
    folder: Path, decisions: Decisions, reference_dir: Path, version: str, out_dir: Path
) -> None:
    documents = read_records(Document, folder)
    result = link_actions(
        read_records(Action, folder),
        read_records(Funding, folder),
        read_records(ActionPilot, folder),
        read_records(Mention, folder),
        decisions,
        _knowledge(reference_dir, version),
        document_acronyms(
            documents,
            read_records(Article, folder),
            read_records(AnnexTable, folder),
            read_records(Cell, folder),
        ),
        read_records(StatedFate, folder),
        documents,
    )
    write_records(result.links, Link, out_dir)
    write_records(result.candidates, CandidatePair, out_dir)
    write_records(result.lineages, Lineage, out_dir)


def _write_judgements(
    judgements: Sequence[Judgement], findings: Sequence[Finding], out_dir: Path
) -> None:
    write_records(judgements, Judgement, out_dir)
    write_records(findings, Finding, out_dir)
