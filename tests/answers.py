"""Whole answers of a database."""

from collections.abc import Mapping
from pathlib import Path

from pipeline.query import Answer, answer


def run_query(
    database: Path, name_or_sql: str, parameters: Mapping[str, str] | None = None
) -> Answer:
    """All of the answer to a named query, or to one SELECT: see `answer`."""
    with answer(database, name_or_sql, parameters) as found:
        return Answer(found.columns, list(found.rows))
