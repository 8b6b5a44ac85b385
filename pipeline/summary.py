"""A short summary of a database: what was read, linked and contradicted."""

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path
from typing import Any

import duckdb

from pipeline.language import said
from pipeline.query import open_database
from pipeline.wording import WORDS, euros

SHOWN = 10  # lines of one kind; the rest is a query away

READ = """
SELECT
    count(*) AS documents,
    coalesce(sum(page_count), 0) AS pages,
    coalesce(sum(ocr_page_count), 0) AS ocr_pages,
    (SELECT count(*) FROM article) AS articles,
    (SELECT count(*) FROM annex_table) AS tables,
    (SELECT count(*) FROM action) AS actions
FROM document
"""
MONEY = """
WITH acts AS (
    SELECT a.territory_id, a.exercise, count(*) AS actions, count(*) FILTER (a.funded) AS funded,
           sum(m.ami) FILTER (a.funded) AS ami, sum(m.cofinancing) FILTER (a.funded) AS cofinancing
    FROM action AS a
    LEFT JOIN action_money AS m ON m.action_id = a.action_id AND m.own_exercise
    GROUP BY ALL
)
SELECT t.name AS territory, a.* EXCLUDE (territory_id)
FROM acts AS a
LEFT JOIN territory AS t USING (territory_id)
ORDER BY t.name NULLS LAST, first_year(a.exercise), a.exercise
"""
LINKED = """
SELECT count(*) FILTER (decided_by = 'auto') AS auto,
       count(*) FILTER (decided_by = 'document') AS document,
       count(*) FILTER (decided_by = 'human') AS human,
       (SELECT count(DISTINCT lineage_id) FROM lineage) AS lineages,
       (SELECT count(*) FROM review_queue) AS to_review
FROM link
"""
EVENTS = """
WITH counted AS (
    SELECT t.name AS territory, c.exercise, c.event, count(*) AS number
    FROM action_continuity AS c
    JOIN territory_exercise AS e
        ON e.territory_id IS NOT DISTINCT FROM c.territory_id AND e.exercise = c.exercise
    LEFT JOIN territory AS t ON t.territory_id = c.territory_id
    WHERE e.rank > 1
    GROUP BY ALL
)
SELECT territory, exercise, map_from_entries(list((event, number))) AS events
FROM counted
GROUP BY territory, exercise
ORDER BY territory NULLS LAST, first_year(exercise), exercise
"""
COUNTED = """
SELECT count(*) FILTER (severity = 'error') AS error,
       count(*) FILTER (severity = 'warning') AS warning,
       count(*) FILTER (severity = 'info') AS info
FROM finding
"""
CONTRADICTED = """
SELECT severity, rule, document_id, page, message
FROM finding
WHERE severity IN ('error', 'warning')
ORDER BY severity, document_id, rule, page, finding_id
"""
Row = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Summary:
    """What a database holds, as plain values: counts (`read`, `linked`, `findings`), a row a
    territory and exercise (`money` in euros, `events` counted), and the `contradictions`."""

    read: Row
    money: list[Row]
    linked: Row
    events: list[Row]
    findings: Row
    contradictions: list[Row]

    def as_text(self) -> str:
        """The summary for people, in the language spoken."""
        return "".join(f"{line}\n" for line in self._lines())

    def _lines(self) -> Iterator[str]:
        yield f"{said('Lu :', 'Read:')} {self._read()}"
        yield from _shown([_money(row) for row in self.money], "articles_against_annexes")
        yield f"{said('Lié :', 'Linked:')} {self._linked()}"
        yield from _shown([_events(row) for row in self.events], "action_history")
        if waiting := self.linked["to_review"]:
            yield "  " + said(
                f"{waiting} paire(s) à relire : « filiation review ».",
                f"{waiting} pair(s) to review: “filiation review”.",
            )
        found = self.findings
        yield said(
            f"Contredit : {found['error']} erreur(s), {found['warning']} contradiction(s) à "
            f"vérifier, {found['info']} information(s).",
            f"Contradicted: {found['error']} error(s), {found['warning']} contradiction(s) to "
            f"check, {found['info']} piece(s) of information.",
        )
        yield from _shown([_contradiction(row) for row in self.contradictions], "open_findings")

    def _read(self) -> str:
        n = self.read
        ocr = ""
        if n["ocr_pages"]:
            ocr = said(
                f" (dont {n['ocr_pages']} lue(s) par OCR)", f" ({n['ocr_pages']} of them by OCR)"
            )
        return f"{n['documents']} document(s), {n['pages']} page(s){ocr}, " + said(
            f"{n['articles']} articles, {n['tables']} tableaux, {n['actions']} actions.",
            f"{n['articles']} articles, {n['tables']} tables, {n['actions']} actions.",
        )

    def _linked(self) -> str:
        n = self.linked
        links = n["auto"] + n["document"] + n["human"]
        return said(
            f"{links} lien(s) entre exercices : {n['auto']} par le rapprochement, "
            f"{n['document']} par les documents eux-mêmes, {n['human']} par des personnes ; "
            f"{n['lineages']} filiations.",
            f"{links} link(s) between exercises: {n['auto']} by the matcher, {n['document']} by "
            f"the documents themselves, {n['human']} by people; {n['lineages']} lineages.",
        )


def summary(database: Path) -> Summary:
    """The summary of `database`. Raises QueryError when the database is absent."""
    with open_database(database) as connection:
        (read,), (linked,), (findings,) = (
            _rows(connection, query) for query in (READ, LINKED, COUNTED)
        )
        money, events, contradictions = (
            _rows(connection, query) for query in (MONEY, EVENTS, CONTRADICTED)
        )
    return Summary(read, money, linked, events, findings, contradictions)


def _rows(connection: duckdb.DuckDBPyConnection, query: str) -> list[Row]:
    cursor = connection.execute(query)
    columns = [column[0] for column in cursor.description or []]
    return [dict(zip(columns, row, strict=True)) for row in cursor.fetchall()]


def _shown(lines: list[str], query: str) -> Iterator[str]:
    """The first lines of a kind, and where the others are."""
    yield from (f"  {line}" for line in lines[:SHOWN])
    if more := len(lines[SHOWN:]):
        yield said(
            f"  … et {more} de plus : « filiation query {query} ».",
            f"  … and {more} more: “filiation query {query}”.",
        )


def _where(row: Row) -> str:
    territory = row["territory"] or said("Territoire inconnu", "Unknown territory")
    return f"{territory}, {row['exercise'] or said('exercice inconnu', 'unknown exercise')}"


def _money(row: Row) -> str:
    def part(name: str, amount: Decimal | None, before: str) -> str:
        return "" if amount is None else f"{before}{name} {' '.join(euros(amount).split())}"

    return (
        said(
            f"{_where(row)} : {row['actions']} actions, dont {row['funded']} financées",
            f"{_where(row)}: {row['actions']} actions, of which {row['funded']} funded",
        )
        + part("AMI", row["ami"], " – ")
        + part(said("cofinancements", "cofunding"), row["cofinancing"], ", ")
        + "."
    )


def _events(row: Row) -> str:
    counts = [
        f"{row['events'][event]} {said(*names)}"
        for event, names in WORDS["event"].items()
        if event in row["events"]
    ]
    return said(f"{_where(row)} : ", f"{_where(row)}: ") + ", ".join(counts) + "."


def _contradiction(row: Row) -> str:
    where = row["document_id"] or said("tous documents", "all documents")
    page = f", p. {row['page']}" if row["page"] else ""
    return f"{where}{page} : {row['message']}"
