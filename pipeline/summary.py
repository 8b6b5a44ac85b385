"""A short summary of a database: what was read, linked and contradicted."""

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path
from typing import Any

from pipeline.language import said
from pipeline.query import open_database, rows_of
from pipeline.wording import WORDS, agreed, counted, euros, words

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
WITH counted AS (
    SELECT a.action_id, a.territory_id, a.exercise, a.funded
    FROM action AS a
    JOIN document AS d USING (document_id)
    ANTI JOIN superseded_action AS s ON s.action_id = a.action_id
    WHERE first_year(a.exercise) IS NOT DISTINCT FROM first_year(d.exercise) AND d.kind <> 'report'
        OR NOT EXISTS ( -- else a report on what another act funds
            FROM document AS o
            WHERE o.territory_id = a.territory_id AND o.document_id <> d.document_id
                AND first_year(o.exercise) = first_year(a.exercise)
        )
),
acts AS (
    SELECT territory_id, exercise, count(*) AS actions, count(*) FILTER (funded) AS funded
    FROM counted
    GROUP BY ALL
),
years AS (
    SELECT c.territory_id, c.exercise, m.year, bool_or(m.by_year) AS by_year,
           sum(m.ami) AS ami, sum(m.cofinancing) AS cofinancing
    FROM counted AS c
    JOIN action_counted AS m USING (action_id)
    WHERE c.funded
    GROUP BY ALL
),
sums AS (
    SELECT territory_id, exercise, sum(ami) AS ami, sum(cofinancing) AS cofinancing,
           list((year, ami) ORDER BY first_year(year), year)
               FILTER (by_year AND ami IS NOT NULL) AS ami_by_year
    FROM years
    GROUP BY ALL
)
SELECT t.name AS territory, a.* EXCLUDE (territory_id), m.ami, m.cofinancing, m.ami_by_year
FROM acts AS a
LEFT JOIN sums AS m
    ON m.territory_id IS NOT DISTINCT FROM a.territory_id
    AND m.exercise IS NOT DISTINCT FROM a.exercise
LEFT JOIN territory AS t ON t.territory_id = a.territory_id
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
PROVED = "FROM document_certificate ORDER BY document_id"
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
    territory and exercise (`money` in euros, `events` counted), a certificate a document
    (`proved`), and the `contradictions`."""

    read: Row
    money: list[Row]
    linked: Row
    events: list[Row]
    proved: list[Row]
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
            yield (
                f"  {counted(waiting, 'paire', 'pair')} "
                + said("à relire : « filiation review ».", "to review: “filiation review”.")
            )
        yield said("Prouvé :", "Proved:")
        yield from _shown([_proof(row) for row in self.proved], "reading_certificate")
        found = self.findings
        yield (
            f"{said('Contredit :', 'Contradicted:')} {counted(found['error'], 'erreur', 'error')}, "
            f"{counted(found['warning'], 'contradiction', 'contradiction')} "
            f"{said('à vérifier', 'to check')}, "
            f"{counted(found['info'], 'information', 'piece of information')}."
        )
        yield from _shown([_contradiction(row) for row in self.contradictions], "open_findings")

    def _read(self) -> str:
        n = self.read
        ocr = ""
        if number := n["ocr_pages"]:
            ocr = said(f" (dont {agreed(number, 'lue')} par OCR)", f" ({number} of them by OCR)")
        return (
            f"{counted(n['documents'], 'document', 'document')}, "
            f"{counted(n['pages'], 'page', 'page')}{ocr}, "
            f"{counted(n['articles'], 'article', 'article')}, "
            f"{counted(n['tables'], 'tableau', 'table')}, "
            f"{counted(n['actions'], 'action', 'action')}."
        )

    def _linked(self) -> str:
        n = self.linked
        links = counted(n["auto"] + n["document"] + n["human"], "lien", "link")
        lineages = counted(n["lineages"], "filiation", "lineage")
        return said(
            f"{links} entre exercices : {n['auto']} par le rapprochement, "
            f"{n['document']} par les documents eux-mêmes, {n['human']} par des personnes ; "
            f"{lineages}.",
            f"{links} between exercises: {n['auto']} by the matcher, {n['document']} by "
            f"the documents themselves, {n['human']} by people; {lineages}.",
        )


def summary(database: Path) -> Summary:
    """The summary of `database`. Raises QueryError when the database is absent."""
    with open_database(database) as connection:
        (read,), (linked,), (findings,) = (
            rows_of(connection, query) for query in (READ, LINKED, COUNTED)
        )
        money, events, proved, contradictions = (
            rows_of(connection, query) for query in (MONEY, EVENTS, PROVED, CONTRADICTED)
        )
    return Summary(read, money, linked, events, proved, findings, contradictions)


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

    actions = counted(row["actions"], "action", "action")
    return (
        said(
            f"{_where(row)} : {actions}, dont {agreed(row['funded'], 'financée')}",
            f"{_where(row)}: {actions}, of which {row['funded']} funded",
        )
        + part("AMI", row["ami"], " – ")
        + _by_year(row["ami_by_year"])
        + part(said("cofinancements", "cofunding"), row["cofinancing"], ", ")
        + "."
    )


def _by_year(sums: list[tuple[str, Decimal]] | None) -> str:
    """The sum of each year of an exercise of several: ' (2024 : 90 000 €, 2025 : 99 000 €)'."""
    mark = said(" : ", ": ")
    each = ", ".join(f"{year}{mark}{' '.join(euros(sum_).split())}" for year, sum_ in sums or ())
    return f" ({each})" if each else ""


def _events(row: Row) -> str:
    counts = [
        said(agreed(number, french), f"{number} {english}")
        for event, (french, english) in WORDS["event"].items()
        if (number := row["events"].get(event))
    ]
    return said(f"{_where(row)} : ", f"{_where(row)}: ") + ", ".join(counts) + "."


def _proof(row: Row) -> str:
    """How far the rows of a document are proved."""
    pages = (row["pages_by_kind"] or {}).items()
    kinds = "".join(f", {n} {said(*words('page_kind', kind))}" for kind, n in pages)
    of = said("sur", "of")
    parts = [
        f"{counted(row['pages'], 'page', 'page')}{kinds}",
        f"{row['characters_in_cells']} {of} "
        f"{counted(row['characters_in_tables'], 'caractère', 'character')} "
        + said("dans les cellules", "in cells"),
        f"{row['columns_explained']} {of} {counted(row['annex_columns'], 'colonne', 'column')} "
        + said("dans un champ", "in a field"),
        f"{row['totals_right']} {of} "
        + counted(row["totals_checked"], "somme totale exacte", "total exact"),
        f"{row['cells_read_twice']} {of} {counted(row['table_cells'], 'cellule', 'cell')} "
        + said("à deux lecteurs", "by two readers"),
    ]
    if (agreement := row["agreement"]) is not None:
        parts[-1] += said(
            f", d'accord sur {100 * agreement:.1f} %".replace(".", ","),
            f", who agree on {agreement:.1%}",
        )
    parts.append(counted(row["figures_in_doubt"], "chiffre en doute", "figure in doubt"))
    if (confidence := row["ocr_confidence"]) is not None:
        parts.append(said(f"OCR sûr à {100 * confidence:.0f} %", f"OCR {confidence:.0%} sure"))
    return f"{row['document_id']}{said(' :', ':')} " + said(" ; ", "; ").join(parts) + "."


def _contradiction(row: Row) -> str:
    where = row["document_id"] or said("tous documents", "all documents")
    page = f", p. {row['page']}" if row["page"] else ""
    return f"{where}{page} : {row['message']}"
