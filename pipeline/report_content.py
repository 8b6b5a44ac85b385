"""What the pages of the report show of a database."""

from collections import defaultdict
from typing import Any

import duckdb

from pipeline.query import named_rows, rows_of

Row = dict[str, Any]


class Content:
    """The rows of a database that the pages show, each table read once."""

    def __init__(self, connection: duckdb.DuckDBPyConnection) -> None:
        self.connection = connection
        self.grouped: dict[tuple[str, str], dict[str, list[Row]]] = {}
        self.pages = {(r["document_id"], r["page"]): r for r in self.rows("FROM page")}
        self.documents = self.rows(
            """SELECT d.*, c.errors, c.warnings FROM document AS d
               JOIN document_certificate AS c USING (document_id)
               ORDER BY first_year(exercise), document_id"""
        )
        self.actions = self.rows(
            """SELECT a.*, l.lineage_id, m.ami, e.rank, s.later_document_id AS restated_in
               FROM action AS a
               LEFT JOIN lineage AS l ON l.action_id = a.action_id AND l.main
               LEFT JOIN action_money AS m ON m.action_id = a.action_id AND m.own_exercise
               LEFT JOIN territory_exercise AS e
                   ON e.territory_id IS NOT DISTINCT FROM a.territory_id AND e.exercise = a.exercise
               LEFT JOIN superseded_action AS s ON s.action_id = a.action_id
               ORDER BY e.rank, s.action_id IS NULL, a.action_id"""
        )
        self.counted: dict[str, list[tuple[Any, str | None]]] = defaultdict(list)
        for row in self.rows(
            "FROM action_counted WHERE ami IS NOT NULL ORDER BY action_id, first_year(year), year"
        ):
            year = row["year"] if row["by_year"] else None
            self.counted[row["action_id"]].append((row["ami"], year))
        self.articles = {(a["document_id"], a["number"]): a for a in self.rows("FROM article")}
        self.by_id = {action["action_id"]: action for action in self.actions}
        self.events = self.rows(
            """SELECT e.* REPLACE (
                   CASE WHEN e.event = 'new' AND t.rank = 1 THEN 'first' ELSE e.event END AS event)
               FROM lineage_event AS e
               LEFT JOIN territory_exercise AS t
                   ON t.territory_id IS NOT DISTINCT FROM e.territory_id AND t.exercise = e.exercise
               ORDER BY first_year(e.exercise), e.exercise, e.lineage_id"""
        )
        self.follow_up = named_rows(connection, "follow_up")
        self.ami = named_rows(connection, "ami_by_exercise")
        self.unread_sums = {
            (row["territory_id"], row["exercise"], row["stage"])
            for row in self.rows(
                """SELECT DISTINCT a.territory_id, f.exercise, f.stage
                   FROM funding AS f JOIN action AS a USING (action_id)
                   WHERE f.amount_eur IS NULL AND regexp_matches(f.raw, '\\d')"""
            )
        }
        self.links = self.rows("FROM link ORDER BY score DESC, source_action_id, target_action_id")
        self.organisations: dict[str, str] = {
            row["organisation_id"]: row["name"] for row in self.rows("FROM organisation")
        }
        self.cells = self._cells()
        self.lines: dict[str, list[list[Row]]] = defaultdict(list)
        for (table_id, _), cells in self.cells.items():
            self.lines[table_id].append(cells)

    def rows(self, sql: str) -> list[Row]:
        return rows_of(self.connection, sql)

    def of(self, table: str, owner: str, key: str = "document_id") -> list[Row]:
        """Rows of a table that belong to `owner`; the table is read once."""
        if (table, key) not in self.grouped:
            grouped = self.grouped[table, key] = defaultdict(list)
            for row in self.rows(f"FROM {table} ORDER BY ALL"):
                grouped[row[key]].append(row)
        return self.grouped[table, key].get(owner, [])

    def _cells(self) -> dict[tuple[str, int], list[Row]]:
        found: dict[tuple[str, int], list[Row]] = defaultdict(list)
        for cell in self.rows(
            """SELECT c.*, k.field,
                   count(*) OVER (PARTITION BY table_id, page, x0, top, x1, bottom) AS rows
               FROM cell AS c
               LEFT JOIN annex_column AS k USING (table_id, column_index)
               ORDER BY table_id, row_index, column_index"""
        ):
            found[cell["table_id"], cell["row_index"]].append(cell)
        return found
