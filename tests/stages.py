"""The stages after extract in miniature, for tests of what happens around them."""

from functools import partial
from pathlib import Path

import duckdb

from pipeline.build import DATABASE, METRICS, BuildReport
from pipeline.extract import ExtractReport
from pipeline.extracted import ExtractedDocument
from pipeline.partition import Folder, write_folders
from pipeline.status import status
from pipeline.store import write_text

SCHEMA = """
CREATE TABLE document (document_id TEXT, kind TEXT, exercise TEXT, page_count INT,
                       filename TEXT, sha256 TEXT, territory_id TEXT);
CREATE TABLE territory (territory_id TEXT, name TEXT);
CREATE TABLE document_money (document_id TEXT, stated_grant DECIMAL(14, 2),
                             annex_ami DECIMAL(14, 2));
CREATE TABLE article (document_id TEXT, number TEXT);
CREATE TABLE stated_amount (document_id TEXT, kind TEXT);
CREATE TABLE action (action_id TEXT, document_id TEXT, exercise TEXT, label TEXT);
CREATE TABLE funding (action_id TEXT, exercise TEXT, funder TEXT, stage TEXT,
                      amount_eur DECIMAL(14, 2));
CREATE TABLE link (source_action_id TEXT, target_action_id TEXT, score DOUBLE);
CREATE TABLE candidate_pair (source_action_id TEXT, target_action_id TEXT, score DOUBLE);
CREATE TABLE lineage (lineage_id TEXT, action_id TEXT);
CREATE TABLE finding (finding_id TEXT, severity TEXT, rule TEXT, page INT, message TEXT);
CREATE VIEW review_queue AS FROM candidate_pair;
"""


def _write_name(name: str, folder: Path) -> None:
    (folder / "name.parquet").write_text(name)


def derive(extracted: ExtractReport, out_dir: Path, reference_dir: Path, jobs: int) -> BuildReport:
    """One action of 1000 € a document with an article, linked to the first; one finding each."""
    parts = [Folder(d, (d,), partial(_write_name, d)) for d in extracted.documents]
    write_folders(parts, out_dir / "normalized", jobs=1)
    write_text("\n".join(extracted.documents), out_dir / "linked/table")
    (out_dir / METRICS).write_text(f"{len(extracted.documents)}")
    database = out_dir / f".{DATABASE}"
    database.unlink(missing_ok=True)
    with duckdb.connect(database) as connection:
        connection.execute(SCHEMA)
        for document_id in extracted.documents:
            result = out_dir / "extracted" / f"{document_id}.json"
            document = ExtractedDocument.model_validate_json(result.read_bytes())
            connection.execute(
                "INSERT INTO document VALUES (?, 'convention', '2031', ?, ?, ?, NULL)",
                [document_id, document.page_count, document.filename, document.sha256],
            )
            if "ARTICLE" in document.title:
                connection.execute("INSERT INTO article VALUES (?, '1')", [document_id])
                connection.execute(
                    "INSERT INTO action VALUES ($1, $1, '2031', 'Action de ' || $1)", [document_id]
                )
                for exercise, granted in (("2031", 1000), ("2032", 500)):
                    connection.execute(
                        "INSERT INTO funding VALUES (?, ?, 'AMI', 'granted', ?)",
                        [document_id, exercise, granted],
                    )
            connection.execute(
                "INSERT INTO finding VALUES ($1, 'error', 'row_sum', 1, 'Somme de ' || $1)",
                [document_id],
            )
        first = "(SELECT min(action_id) FROM action)"
        connection.execute(
            f"INSERT INTO link SELECT {first}, action_id, 0.9 FROM action WHERE action_id > {first}"
        )
        connection.execute("INSERT INTO lineage SELECT action_id, action_id FROM action")
    database.replace(out_dir / DATABASE)
    return BuildReport(extracted, status(out_dir / DATABASE))
