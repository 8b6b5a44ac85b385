"""What is in the database, and what has changed since it was built."""

from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path
from typing import Any

from pipeline.errors import FiliationError
from pipeline.names import find_pdfs, sha256_of


@dataclass(frozen=True, slots=True)
class DocumentLine:
    """A document as the summary shows it. `granted` is the AMI money of its actions, in euros."""

    document_id: str
    filename: str
    sha256: str
    kind: str
    exercise: str | None
    pages: int
    articles: int
    actions: int
    granted: Decimal | None


@dataclass(frozen=True, slots=True)
class Status:
    """Content of a database; `stale` names files of the source folder that it does not hold as
    they are now, `gone` documents whose file is no longer there."""

    documents: tuple[DocumentLine, ...]
    links: int
    lineages: int
    to_review: int
    findings: dict[str, int]
    stale: tuple[str, ...] = ()
    gone: tuple[str, ...] = ()

    @property
    def empty(self) -> tuple[str, ...]:
        """Documents in which neither an article nor an action was recognised."""
        return tuple(d.document_id for d in self.documents if not d.articles and not d.actions)


DOCUMENTS = """
SELECT d.document_id, d.filename, d.sha256, d.kind, d.exercise, d.page_count,
       (SELECT count(*) FROM article a WHERE a.document_id = d.document_id),
       (SELECT count(*) FROM action a WHERE a.document_id = d.document_id),
       (SELECT sum(f.amount_eur) FROM action a JOIN funding f USING (action_id)
        WHERE a.document_id = d.document_id AND f.funder = 'AMI' AND f.stage = 'granted')
FROM document d ORDER BY d.document_id
"""
COUNTS = """
SELECT (SELECT count(*) FROM link), (SELECT count(DISTINCT lineage_id) FROM lineage),
       (SELECT count(*) FROM review_queue)
"""
FINDINGS = "SELECT severity, count(*) FROM finding GROUP BY severity ORDER BY severity"


def status(database: Path, raw_dir: Path | None = None) -> Status:
    """Read `database`; with `raw_dir`, also compare it with the PDFs there.

    Raises FiliationError when there is no database.
    """
    import duckdb

    if not database.is_file():
        raise FiliationError(f"Pas de base à {database} : lancez « make run » ou « dvc repro ».")
    with duckdb.connect(str(database), read_only=True) as connection:

        def rows(query: str) -> list[tuple[Any, ...]]:
            return connection.execute(query).fetchall()

        ((links, lineages, to_review),) = rows(COUNTS)
        documents = tuple(DocumentLine(*row) for row in rows(DOCUMENTS))
        findings = dict(rows(FINDINGS))
    known = {line.filename: line.sha256 for line in documents}
    present = {} if raw_dir is None else find_pdfs(raw_dir)
    return Status(
        documents,
        links,
        lineages,
        to_review,
        findings,
        stale=tuple(
            name
            for name, path in present.items()
            if not path.is_file() or known.get(name) != sha256_of(path)
        ),
        gone=tuple(sorted(known.keys() - present.keys())) if raw_dir is not None else (),
    )
