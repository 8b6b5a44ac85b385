"""A short French summary of a database: what was read, linked and contradicted."""

from collections.abc import Iterator
from pathlib import Path

import duckdb

from pipeline.query import open_database

SHOWN = 10  # lines of one kind; the rest is a query away

READ = """
SELECT
    count(*) || ' document(s), ' || coalesce(sum(page_count), 0) || ' page(s)'
    || CASE WHEN sum(ocr_page_count) > 0
            THEN ' (dont ' || sum(ocr_page_count) || ' lue(s) par OCR)' ELSE '' END
    || ', ' || (SELECT count(*) FROM article) || ' articles, '
    || (SELECT count(*) FROM annex_table) || ' tableaux, '
    || (SELECT count(*) FROM action) || ' actions.'
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
SELECT coalesce(t.name, 'Territoire inconnu') || ', ' || coalesce(a.exercise, 'exercice inconnu')
    || ' : ' || a.actions || ' actions, dont ' || a.funded || ' financées'
    || coalesce(' – AMI ' || euros(a.ami), '')
    || coalesce(', cofinancements ' || euros(a.cofinancing), '') || '.'
FROM acts AS a
LEFT JOIN territory AS t USING (territory_id)
ORDER BY t.name NULLS LAST, first_year(a.exercise), a.exercise
"""

LINKED = """
WITH kinds AS (
    SELECT count(*) AS links, count(*) FILTER (decided_by = 'auto') AS auto,
           count(*) FILTER (decided_by = 'document') AS document,
           count(*) FILTER (decided_by = 'human') AS human
    FROM link
)
SELECT links || ' lien(s) entre exercices : ' || auto || ' par le rapprochement, '
    || document || ' par les documents eux-mêmes, ' || human || ' par des personnes ; '
    || (SELECT count(DISTINCT lineage_id) FROM lineage) || ' filiations.'
FROM kinds
"""

EVENTS = """
WITH named AS (
    FROM (VALUES (1, 'new', 'nouvelle(s)'), (2, 'continued', 'poursuivie(s)'),
                 (3, 'renamed', 'reformulée(s)'), (4, 'split', 'divisée(s)'),
                 (5, 'merged', 'fusionnée(s)'), (6, 'unfunded', 'sortie(s) du financement'),
                 (7, 'refunded', 'financée(s) à nouveau'), (8, 'ended', 'sans suite'))
        AS events (rank, event, french)
),
counted AS (
    SELECT t.name, c.exercise, n.rank, n.french, count(*) AS number
    FROM action_continuity AS c
    JOIN named AS n USING (event)
    JOIN territory_exercise AS e
        ON e.territory_id IS NOT DISTINCT FROM c.territory_id AND e.exercise = c.exercise
    LEFT JOIN territory AS t ON t.territory_id = c.territory_id
    WHERE e.rank > 1
    GROUP BY ALL
)
SELECT coalesce(name, 'Territoire inconnu') || ', ' || exercise || ' : '
    || string_agg(number || ' ' || french, ', ' ORDER BY rank) || '.'
FROM counted
GROUP BY name, exercise
ORDER BY name NULLS LAST, first_year(exercise), exercise
"""

REVIEW = """
SELECT count(*) || ' paire(s) à relire : « filiation review ».'
FROM review_queue
HAVING count(*) > 0
"""

COUNTED = """
SELECT count(*) FILTER (severity = 'error') || ' erreur(s), '
    || count(*) FILTER (severity = 'warning') || ' contradiction(s) à vérifier, '
    || count(*) FILTER (severity = 'info') || ' information(s).'
FROM finding
"""

CONTRADICTED = """
SELECT concat_ws(', ', coalesce(document_id, 'tous documents'), 'p. ' || page) || ' : ' || message
FROM finding
WHERE severity IN ('error', 'warning')
ORDER BY severity, document_id, rule, page, finding_id
"""

PARTS: dict[str, tuple[str, tuple[str, str], *tuple[tuple[str, str], ...]]] = {
    "Lu": (READ, (MONEY, "articles_against_annexes")),
    "Lié": (LINKED, (EVENTS, "action_history"), (REVIEW, "pairs_to_review")),
    "Contredit": (COUNTED, (CONTRADICTED, "open_findings")),
}


def summary(database: Path, report: Path | None = None) -> str:
    """The summary of `database` as plain text; `report` is named when it exists.

    Raises QueryError when the database is absent.
    """
    with open_database(database) as connection:
        lines = list(_lines(connection))
    lines.append(f"Base : {database}")
    if report is not None and report.exists():
        lines.append(f"Rapport : {report}")
    return "\n".join(lines) + "\n"


def _lines(connection: duckdb.DuckDBPyConnection) -> Iterator[str]:
    for title, (head, *details) in PARTS.items():
        ((text,),) = connection.execute(head).fetchall()
        yield f"{title} : {text}"
        for query, named in details:
            rows = connection.execute(query).fetchall()
            yield from (f"  {text}" for (text,) in rows[:SHOWN])
            if len(rows) > SHOWN:
                yield f"  … et {len(rows) - SHOWN} de plus : « filiation query {named} »."
