"""A static site from the database: opens from disk, without server or network."""

import json
import multiprocessing
import shutil
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from difflib import SequenceMatcher
from hashlib import sha256
from pathlib import Path
from typing import Any

import duckdb
from jinja2 import Environment, PackageLoader, StrictUndefined
from markupsafe import Markup, escape

from extractors.pictures import Frame, draw_pages, picture_name
from pipeline.flows import Step, picture
from pipeline.names import find_pdfs, sha256_of, slug
from pipeline.query import named_queries, open_database
from pipeline.store import exchanged_folder, write_text
from pipeline.wording import WORDS, euros, words

PART = 1_200_000  # bytes of one page of a document
ROWS = 300  # of one piece of a table
SECONDS_PER_DOCUMENT = 600
MANIFEST = "files.json"
ELSEWHERE = "sans-territoire"
SUMS = {"annex_ami": ("ami", "planned"), "annex_cofinancing": ("cofinancing",)}  # their columns
Row = dict[str, Any]

FIELDS: dict[str, tuple[str, str]] = {
    "label": ("Intitulé", "Label"),
    "pilot_raw": ("Pilote", "Pilot"),
    "objective": ("Objectif", "Objective"),
    "description": ("Description", "Description"),
    "indicators": ("Résultats attendus, indicateurs", "Expected results, indicators"),
    "status_raw": ("Statut, tel qu'écrit", "Status, as written"),
    "comment": ("Commentaire", "Comment"),
}
FACTS: dict[str, tuple[str, str]] = {
    "kind": ("Nature", "Kind"),
    "exercise": ("Exercice", "Exercise"),
    "signed_on": ("Signé le", "Signed on"),
    "received_on": ("Reçu au contrôle de légalité le", "Received by the legality control on"),
    "beneficiary": ("Bénéficiaire", "Beneficiary"),
    "siret": ("SIRET", "SIRET"),
    "deliberation_ref": ("Délibération", "Deliberation"),
    "programme": ("Programme", "Programme"),
    "amends_document_id": ("Modifie", "Amends"),
    "filename": ("Fichier", "File"),
    "page_count": ("Pages", "Pages"),
    "errors": ("Erreurs", "Errors"),
    "warnings": ("À vérifier", "To check"),
}


FOLLOWED = {  # sums of the tableau de suivi: the columns of annexes that add up to them
    "requested": ("ami",),
    "planned": ("planned", "ami"),
    "ami": ("ami", "planned"),
    "spent": ("spent",),
    "carry_over": ("carry_over",),
}


@dataclass(frozen=True, slots=True)
class ReportReport:
    """Pages written, and documents whose pages could not be drawn (`no_pictures`)."""

    index: Path
    pages: int
    no_pictures: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Place:
    """Where a value stands: the picture of its page, and its frame in percent of the page."""

    picture: str
    box: str
    caption: str


@dataclass
class Territory:
    """A territory with its documents; `key` names its files."""

    territory_id: str | None
    name: str
    key: str
    exercises: list[str]
    documents: list[Row] = field(default_factory=list)
    actions: int = 0
    doubts: int = 0

    @property
    def href(self) -> str:
        return f"territory/{self.key}.html"

    @property
    def findings_href(self) -> str:
        return f"territory/{self.key}-findings.html"

    @property
    def data(self) -> str:
        return f"data/{self.key}.js"


def report(database: Path, raw_dir: Path, out_dir: Path) -> ReportReport:
    """Write the site to `out_dir`; start at `index.html`. Pictures of pages are made once.

    A document whose PDF is not in `raw_dir`, or cannot be drawn, has no pictures and is named.
    All pages are replaced at once, those of an earlier run that are no longer written are removed,
    files of others are kept. Raises FiliationError when there is no database or `out_dir` cannot be
    replaced, OSError when it cannot be written.
    """
    with open_database(database) as connection:
        site = _Site(connection, out_dir)
        site.draw(raw_dir)
        with exchanged_folder(out_dir) as site.out_dir:
            site.write()
    return ReportReport(out_dir / "index.html", len(site.written), tuple(sorted(site.no_pictures)))


def page_name(identifier: str) -> str:
    """A file name for any identifier: readable, and unlike every other."""
    return f"{slug(identifier)[:60]}-{sha256(identifier.encode()).hexdigest()[:8]}"


def marked(before: str | None, after: str | None) -> Markup:
    """`after` with the words that `before` lacks in <ins>, and those that it lost in <del>."""
    old, new = (before or "").split(), (after or "").split()
    if before is None or not old:
        return escape(after or "")
    parts = []
    for tag, i0, i1, j0, j1 in SequenceMatcher(a=old, b=new, autojunk=False).get_opcodes():
        if tag == "equal":
            parts.append(escape(" ".join(new[j0:j1])))
            continue
        if i1 > i0:
            parts.append(Markup("<del>{}</del>").format(" ".join(old[i0:i1])))
        if j1 > j0:
            parts.append(Markup("<ins>{}</ins>").format(" ".join(new[j0:j1])))
    return Markup(" ").join(parts)


def short(text: str | None, length: int) -> str:
    """`text` on one line of at most `length` characters."""
    line = " ".join((text or "—").split())
    return line if len(line) <= length else line[: length - 1].rstrip() + "…"


def both(french: str, english: str) -> Markup:
    """A wording in both languages; the page shows one."""
    if french == english:
        return escape(french)
    return Markup('<span class="fr">{}</span><span class="en" lang="en">{}</span>').format(
        french, english
    )


def word(kind: str, code: str | None) -> Markup:
    """The words for a code of the database, in both languages."""
    return both(*words(kind, code))


def lineage_href(lineage_id: str) -> str:
    return f"lineage/{page_name(lineage_id)}.html"


class _Site:
    """One run: what the database says, and the files written."""

    def __init__(self, connection: duckdb.DuckDBPyConnection, out_dir: Path) -> None:
        self.connection = connection
        self.out_dir = out_dir
        self.written: list[str] = []
        self.no_pictures: list[str] = []
        self.drawn: dict[str, str] = {}  # folder of pictures, by document
        self.pictures: set[str] = set()
        self.grouped: dict[tuple[str, str], dict[str, list[Row]]] = {}
        self.pages = {(r["document_id"], r["page"]): r for r in self.rows("FROM page")}
        self.documents = self.rows(
            """SELECT d.*, c.errors, c.warnings FROM document AS d
               JOIN document_certificate AS c USING (document_id)
               ORDER BY first_year(exercise), document_id"""
        )
        self.actions = self.rows(
            """SELECT a.*, l.lineage_id, m.ami, e.rank FROM action AS a
               LEFT JOIN lineage AS l ON l.action_id = a.action_id AND l.main
               LEFT JOIN action_money AS m ON m.action_id = a.action_id AND m.own_exercise
               LEFT JOIN territory_exercise AS e
                   ON e.territory_id IS NOT DISTINCT FROM a.territory_id AND e.exercise = a.exercise
               ORDER BY e.rank, a.action_id"""
        )
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
        (follow_up,) = (query for query in named_queries() if query.name == "follow_up")
        self.follow_up = self.rows(follow_up.sql, follow_up.parameters)
        self.links = self.rows("FROM link ORDER BY score DESC, source_action_id, target_action_id")
        self.cells = self._cells()
        self.lines: dict[str, list[list[Row]]] = defaultdict(list)
        for (table_id, _), cells in self.cells.items():
            self.lines[table_id].append(cells)
        self.territories = self._territories()
        self.environment = Environment(
            loader=PackageLoader("pipeline"),
            autoescape=True,
            undefined=StrictUndefined,
            trim_blocks=True,
            lstrip_blocks=True,
        )
        self.environment.filters |= {"euros": euros, "short": short}
        self.environment.globals |= {
            "t": both,
            "word": word,
            "words": words,
            "lineage_href": lineage_href,
            "followed_names": tuple(FOLLOWED),
        }

    def rows(self, sql: str, parameters: dict[str, str] | None = None) -> list[Row]:
        cursor = self.connection.execute(sql, parameters)
        columns = [column[0] for column in cursor.description or []]
        return [dict(zip(columns, row, strict=True)) for row in cursor.fetchall()]

    # --- pictures and places -------------------------------------------------------------

    def draw(self, raw_dir: Path) -> None:
        """Pictures of all pages of every document whose PDF is there and unchanged."""
        present = find_pdfs(raw_dir) if raw_dir.is_dir() else {}
        hidden: dict[str, dict[int, list[Frame]]] = defaultdict(lambda: defaultdict(list))
        for row in self.rows("FROM hidden_area ORDER BY ALL"):
            hidden[row["document_id"]][row["page"]].append(_box(row))
        for document in self.documents:
            name = document["document_id"]
            painted = dict(hidden[name])
            drawing = sha256(f"{document['sha256']} {painted}".encode()).hexdigest()
            folder = f"pictures/{name}-{drawing[:8]}"
            done = self.out_dir / folder / "done"
            path = present.get(document["filename"])
            if not done.is_file():
                if not path or not path.is_file() or sha256_of(path) != document["sha256"]:
                    self.no_pictures.append(name)
                    continue
                if not _draw_apart(path, done.parent, painted):
                    self.no_pictures.append(name)
                    continue
                done.touch()
            self.drawn[name] = folder
            self.pictures |= {f"{folder}/{p.name}" for p in done.parent.iterdir()}

    def place(
        self, document_id: str, page: int | None, box: Sequence[float | None]
    ) -> Place | None:
        """The picture of a page with `box` (x0, top, x1, bottom in points) framed, if known."""
        known = self.pages.get((document_id, page or 0))
        folder = self.drawn.get(document_id)
        if known is None or folder is None or page is None:
            return None
        name = f"{folder}/{picture_name(page)}"
        if name not in self.pictures:
            return None
        x0, top, x1, bottom = box or (None,) * 4
        frame = ""
        if x0 is not None and top is not None and x1 is not None and bottom is not None:
            width, height = known["width"], known["height"]
            shares = (x0 / width, top / height, (x1 - x0) / width, (bottom - top) / height)
            frame = " ".join(f"{100 * share:.2f}" for share in shares)
        return Place(name, frame, f"{document_id}, page {page}")

    def place_of_cell(self, document_id: str, cell: Row | None, page: int) -> Place | None:
        return self.place(document_id, cell["page"] if cell else page, _box(cell) if cell else ())

    def place_of_row(self, action: Row, page: int | None) -> Place | None:
        """The row of an action, framed."""
        cells = self.cells.get((action["table_id"], action["row_index"]), [])
        page = page or action["page"]
        mine = [cell for cell in cells if cell["page"] == page]
        if not mine:
            return self.place(action["document_id"], page, ())
        return self.place(action["document_id"], page, _around(mine))

    def place_of_article(
        self, document_id: str, number: str | None, page: int | None
    ) -> Place | None:
        """The article, framed if it begins on `page` (its first, where None)."""
        article = self.articles.get((document_id, number))
        if article is None or page not in (None, article["page_first"]):
            return self.place(document_id, page, ())
        return self.place(document_id, article["page_first"], _box(article))

    def place_of_ami(self, action: Row) -> Place | None:
        """The AMI money of an action, framed; its row where no one sum is that amount."""
        for sum_ in self._of("funding", action["action_id"], "action_id"):
            if sum_["funder"] == "AMI" and sum_["amount_eur"] == action["ami"]:
                return self.place(action["document_id"], sum_["page"], _box(sum_))
        return self.place_of_row(action, None)

    def place_of_sum(
        self, document_id: str, fields: Sequence[str], amount: Any, exercise: str | None
    ) -> Place | None:
        """The total of an act's annexes, framed; the first column that it adds up where no total
        states it."""
        if stated := self._total_stated(document_id, fields, amount, exercise):
            return stated
        for table in self._of("annex_table", document_id):
            for field_ in fields:
                column = [
                    cell
                    for cells in self.lines.get(table["table_id"], [])
                    for cell in cells
                    if cell["field"] == field_ and cell["page"] == table["page_first"]
                ]
                if column:
                    return self.place(document_id, table["page_first"], _around(column))
        return None

    def _total_stated(
        self, document_id: str, fields: Sequence[str], amount: Any, exercise: str | None
    ) -> Place | None:
        """The cell of a totals row that states `amount`, framed; a column that names another
        exercise states another sum."""
        for total in self._of("table_total", document_id):
            (column,) = (
                column
                for column in self._of("annex_column", total["table_id"], "table_id")
                if column["column_index"] == total["column_index"]
            )
            is_its = column["exercise"] in (None, exercise)
            if is_its and total["field"] in fields and total["stated"] == amount:
                cells = self.cells[total["table_id"], total["row_index"]]
                cell = next(c for c in cells if c["column_index"] == total["column_index"])
                return self.place_of_cell(document_id, cell, total["page"])
        return None

    # --- what the database says ------------------------------------------------------------

    def _cells(self) -> dict[tuple[str, int], list[Row]]:
        found: dict[tuple[str, int], list[Row]] = defaultdict(list)
        for cell in self.rows(
            """SELECT c.*, k.field FROM cell AS c
               LEFT JOIN annex_column AS k USING (table_id, column_index)
               ORDER BY table_id, row_index, column_index"""
        ):
            found[cell["table_id"], cell["row_index"]].append(cell)
        return found

    def _territories(self) -> list[Territory]:
        names = {t["territory_id"]: t["name"] for t in self.rows("FROM territory")}
        exercises: dict[str | None, list[str]] = defaultdict(list)
        for row in self.rows("FROM territory_exercise ORDER BY rank"):
            exercises[row["territory_id"]].append(row["exercise"])
        doubts = Counter(
            row["document_id"]
            for row in self.rows("SELECT document_id FROM finding WHERE severity <> 'info'")
        )
        found: dict[str | None, Territory] = {}
        for document in self.documents:
            key = document["territory_id"]
            name = names.get(key, "Sans territoire / No territory")
            here = found.setdefault(
                key, Territory(key, name, slug(key or "") or ELSEWHERE, exercises[key])
            )
            here.documents.append(document)
            here.doubts += doubts[document["document_id"]]
        for action in self.actions:
            if action["territory_id"] in found:
                found[action["territory_id"]].actions += 1
        return sorted(found.values(), key=lambda t: (t.territory_id is None, t.name, t.key))

    # --- pages -------------------------------------------------------------------------------

    def write(self) -> None:
        """All pages, then the list of them; what an earlier run left is removed."""
        for drawn in (self.out_dir / "pictures").glob("*-*"):  # they may show what is now hidden
            if f"pictures/{drawn.name}" not in self.drawn.values():
                shutil.rmtree(drawn)
        for name in ("style.css", "site.js"):
            source, _, _ = PackageLoader("pipeline").get_source(self.environment, name)
            self._text(f"assets/{name}", source)
        for action in self.actions:
            action["ami_place"] = self.place_of_ami(action) if action["ami"] is not None else None
        for document in self.documents:
            document["href"] = f"document/{document['document_id']}.html"
        findings = self._findings()
        sources = [territory.data for territory in self.territories]
        self._page(
            "index.html",
            "index.html",
            [],
            territories=self.territories,
            sources=sources,
            findings=findings.get(None, []),
        )
        for territory in self.territories:
            self._territory(territory, findings)
        self._lineages()
        manifest = self.out_dir / MANIFEST
        earlier = json.loads(manifest.read_text(encoding="utf-8")) if manifest.is_file() else []
        for name in set(earlier) - set(self.written):
            (self.out_dir / name).unlink(missing_ok=True)
        write_text(json.dumps(sorted(self.written), indent=0) + "\n", manifest)

    def _text(self, name: str, text: str) -> None:
        write_text(text, self.out_dir / name)
        self.written.append(name)

    def _page(
        self, name: str, template: str, trail: Sequence[tuple[str, str]], **values: Any
    ) -> None:
        root = "../" * name.count("/")
        rendered = self.environment.get_template(template).render(root=root, trail=trail, **values)
        self._text(name, rendered)

    def _findings(self) -> dict[str | None, list[Row]]:
        """Findings by document, the gravest first, each with its place."""
        hrefs = {d["document_id"]: d["href"] for d in self.documents}
        found: dict[str | None, list[Row]] = defaultdict(list)
        for one in self.rows(
            """FROM finding ORDER BY list_position(['error', 'warning', 'info'], severity),
               document_id, page, rule, finding_id"""
        ):
            action = self.by_id.get(one["action_id"])
            if action and action["document_id"] == one["document_id"]:
                one["page"] = one["page"] or action["page"]
                one["place"] = self.place_of_row(action, one["page"])
            else:
                article = self.articles.get((one["document_id"], one["article_number"]))
                one["page"] = one["page"] or (article and article["page_first"])
                one["place"] = self.place_of_article(
                    one["document_id"], one["article_number"], one["page"]
                )
            one["href"] = hrefs.get(one["document_id"])
            found[one["document_id"] if one["href"] else None].append(one)
        return found

    def _territory(self, territory: Territory, findings: Mapping[str | None, list[Row]]) -> None:
        trail = [(territory.name, territory.href)]
        mine = [a for a in self.actions if a["territory_id"] == territory.territory_id]
        events = [e for e in self.events if e["territory_id"] == territory.territory_id]
        counts: dict[str, Counter[str]] = {e: Counter() for e in territory.exercises}
        for event in events:
            if event["exercise"] in counts:
                counts[event["exercise"]][event["event"]] += 1
        listed: dict[str, list[Row]] = defaultdict(list)
        for document in territory.documents:
            for finding in findings.get(document["document_id"], []):
                listed[finding["severity"]].append(finding)
        by_severity = {s: listed[s] for s in WORDS["severity"] if listed[s]}
        present = [e for e in WORDS["event"] if any(c[e] for c in counts.values())]
        self._page(
            territory.href,
            "territory.html",
            trail,
            territory=territory,
            sources=[territory.data],
            money=self._money(territory),
            events=counts if present else {},
            event_names=present,
            followed=self._followed(territory),
            picture=self._picture(territory, mine, events),
            lineages=_by_lineage(events, self.by_id),
            severities={s: len(by_severity.get(s, [])) for s in WORDS["severity"]},
        )
        self._page(
            territory.findings_href,
            "findings.html",
            [*trail, (both("Constats", "Findings"), territory.findings_href)],
            territory=territory,
            findings=by_severity,
        )
        found = [
            [
                a["label"] or "—",
                " · ".join(
                    part
                    for part in (
                        a["exercise"],
                        a["pilot_raw"],
                        euros(a["ami"]) if a["ami"] else None,
                    )
                    if part
                ),
                lineage_href(a["lineage_id"]),
            ]
            for a in mine
        ]
        content = (
            json.dumps(found, ensure_ascii=False).replace("\u2028", " ").replace("\u2029", " ")
        )
        name = json.dumps(territory.name, ensure_ascii=False)
        self._text(territory.data, f"filiation.add({name}, {content});\n")
        for document in territory.documents:
            self._document(document, trail)

    def _money(self, territory: Territory) -> list[Row]:
        hrefs = {d["document_id"]: d["href"] for d in territory.documents}
        found = [
            row
            for row in self.rows(
                """SELECT f.*, m.grant_article, m.grant_page, m.carry_over_article
                   FROM funding_by_territory AS f JOIN document_money AS m USING (document_id)
                   ORDER BY first_year(f.exercise), f.exercise, document_id"""
            )
            if row["document_id"] in hrefs
        ]
        most = max((row["annex_ami"] or 0 for row in found), default=0) or 1
        for row in found:
            row["href"] = hrefs[row["document_id"]]
            name = row["document_id"]
            found_at = {
                "stated_grant": self.place_of_article(
                    name, row["grant_article"], row["grant_page"]
                ),
                "stated_carry_over": self.place_of_article(name, row["carry_over_article"], None),
            } | {
                column: self.place_of_sum(name, fields, row[column], row["exercise"])
                for column, fields in SUMS.items()
            }
            row["places"] = {c: p for c, p in found_at.items() if row[c] is not None}
            row["share"] = round(100 * float(row["annex_ami"] or 0) / float(most), 1)
        return found

    def _followed(self, territory: Territory) -> dict[str, dict[str, Row]]:
        """Sums of the tableau de suivi by exercise, each with the total of an annex that states it;
        empty where no act says more than what it grants."""
        sums: dict[str, dict[str, Row]] = {}
        for action in self.follow_up:
            if action["territory_id"] != territory.territory_id:
                continue
            for name in FOLLOWED:
                if action[name] is not None:
                    year = sums.setdefault(action["exercise"], {})
                    year.setdefault(name, {"amount": 0})["amount"] += action[name]
        if not any(set(year) - {"ami"} for year in sums.values()):
            return {}
        for exercise, year in sums.items():
            for name, sum_ in year.items():
                places = (
                    self._total_stated(d["document_id"], FOLLOWED[name], sum_["amount"], exercise)
                    for d in territory.documents
                )
                sum_["place"] = next(filter(None, places), None)
        return dict(sorted(sums.items()))

    def _picture(self, territory: Territory, actions: list[Row], events: list[Row]) -> Any:
        named = {a: e["event"] for e in events if e["event"] != "ended" for a in e["action_ids"]}
        ended = {a for e in events if e["event"] == "ended" for a in e["action_ids"]}
        steps = [
            Step(
                action_id=a["action_id"],
                exercise=a["exercise"],
                label=a["label"] or "",
                ami=a["ami"],
                event=named.get(a["action_id"], "new"),
                lineage_id=a["lineage_id"],
                ends=a["action_id"] in ended,
            )
            for a in actions
            if a["exercise"]
        ]
        links = [(k["source_action_id"], k["target_action_id"], k["relation"]) for k in self.links]
        return picture(territory.exercises, steps, links)

    # --- lineages ----------------------------------------------------------------------------

    def _lineages(self) -> None:
        funding: dict[str, list[Row]] = defaultdict(list)
        for row in self.rows("FROM funding ORDER BY action_id, page, top, x0, funder, stage"):
            funding[row["action_id"]].append(row)
        mentions: dict[str, list[Row]] = defaultdict(list)
        for row in self.rows("FROM mention ORDER BY ALL"):
            mentions[row["action_id"]].append(row)
        lineages: dict[str, list[str]] = defaultdict(list)
        for row in self.rows("FROM lineage ORDER BY ALL"):
            lineages[row["action_id"]].append(row["lineage_id"])
        lines: dict[str, list[Row]] = defaultdict(list)
        for action in self.actions:
            for lineage_id in lineages[action["action_id"]]:
                lines[lineage_id].append(action)
        events: dict[str, list[Row]] = defaultdict(list)
        for event in self.events:
            events[event["lineage_id"]].append(event)
        territories = {t.territory_id: t for t in self.territories}
        for lineage_id, actions in lines.items():
            territory = territories.get(actions[0]["territory_id"])
            self._lineage(
                lineage_id,
                actions,
                events[lineage_id],
                [(territory.name, territory.href)] if territory else [],
                funding,
                mentions,
            )

    def _lineage(
        self,
        lineage_id: str,
        actions: list[Row],
        events: list[Row],
        trail: list[tuple[str, str]],
        funding: Mapping[str, list[Row]],
        mentions: Mapping[str, list[Row]],
    ) -> None:
        ids = {action["action_id"] for action in actions}
        links = [k for a in sorted(ids) for k in self._of("link", a, "target_action_id")]
        links.sort(key=lambda k: -k["score"])
        source: dict[str, Row] = {}
        for link in links:
            source.setdefault(link["target_action_id"], self.by_id[link["source_action_id"]])
        named = {a: e["event"] for e in events if e["event"] != "ended" for a in e["action_ids"]}
        columns = [
            action
            | {
                "event": named.get(action["action_id"]),
                "place": self.place_of_row(action, None),
                "document_href": f"document/{action['document_id']}.html",
            }
            for action in actions
        ]
        fields = [
            {"name": name, "values": [self._wording(c, key, source) for c in columns]}
            for key, name in FIELDS.items()
            if any(column[key] for column in columns)
        ]
        sums = [
            {"name": name, "cells": [self._sums(c, kind, funding) for c in columns]}
            for kind, name in _kinds_of_sums(r for a in ids for r in funding.get(a, []))
        ]
        last = columns[-1]
        self._page(
            lineage_href(lineage_id),
            "lineage.html",
            [*trail, (short(last["label"], 60), lineage_href(lineage_id))],
            label=last["label"],
            actions=columns,
            end=next((e for e in events if e["event"] == "ended"), None),
            fields=fields,
            sums=sums,
            links=[self._link(link) for link in links],
            mentions=[
                mention
                | {
                    "document_id": self.by_id[action]["document_id"],
                    "place": self.place_of_row(self.by_id[action], mention["page"]),
                }
                for action in sorted(ids)
                for mention in mentions.get(action, [])
            ],
        )

    def _wording(self, action: Row, key: str, source: Mapping[str, Row]) -> Row:
        """A wording, marked against that of the action that it carries on."""
        before = source.get(action["action_id"])
        cells = self.cells.get((action["table_id"], action["row_index"]), [])
        cell = next((c for c in cells if c["field"] == key.removesuffix("_raw")), None)
        cell = cell or next((c for c in cells if c["field"] == key), None)
        text = action[key]
        if before and (text or before[key]):
            text = marked(before[key], text)
        place = self.place_of_cell(action["document_id"], cell, action["page"]) if cell else None
        return {"text": text, "place": place or self.place_of_row(action, None)}

    def _sums(self, action: Row, kind: tuple[str, bool], funding: Mapping[str, list[Row]]) -> Any:
        return [
            {
                "text": euros(row["amount_eur"]) if row["amount_eur"] is not None else row["raw"],
                "place": self.place(action["document_id"], row["page"], _box(row)),
                "note": " ".join(
                    part
                    for part in (
                        row["funder"] if row["funder"] != "AMI" else None,
                        f"({row['exercise']})" if row["exercise"] != action["exercise"]
                        and row["exercise"] else None,
                    )
                    if part
                ),
            }
            for row in funding.get(action["action_id"], [])
            if (row["stage"], row["funder"] == "AMI") == kind
        ]  # fmt: skip

    def _link(self, link: Row) -> Row:
        ends = {
            f"{end}_{name}": self.by_id[link[f"{end}_action_id"]][name]
            for end in ("source", "target")
            for name in ("exercise", "label")
        }
        evidence = {
            name: ", ".join(map(str, value)) if isinstance(value, list) else value
            for name, value in json.loads(link["evidence"]).items()
        }
        return (
            link | ends | {"evidence": evidence, "score": f"{link['score']:.2f}".replace(".", ",")}
        )

    # --- documents -----------------------------------------------------------------------------

    def _document(self, document: Row, trail: list[tuple[str, str]]) -> None:
        name = document["document_id"]
        blocks = list(self._blocks(document))
        parts: list[list[Markup]] = [[]]
        size = 0
        for block in blocks:
            if parts[-1] and size + len(block) > PART:
                parts.append([])
                size = 0
            parts[-1].append(block)
            size += len(block)
        hrefs = [document["href"]]
        hrefs += [f"document/{name}.part-{n}.html" for n in range(2, len(parts) + 1)]
        stated = self._of("stated_amount", name)
        for one in stated:
            one["place"] = self.place_of_article(name, one["article_number"], one["page"])
        facts = [
            (label, word("kind", document[key]) if key == "kind" else document[key])
            for key, label in FACTS.items()
            if document[key] is not None
        ]
        for number, (href, part) in enumerate(zip(hrefs, parts, strict=True), start=1):
            self._page(
                href,
                "document.html",
                [*trail, (name, document["href"])],
                document=document,
                pictures=name in self.drawn,
                facts=facts,
                stated=stated,
                signatories=self._of("signatory", name),
                blocks=part,
                part=number,
                parts=len(parts),
                hrefs=hrefs,
            )

    def _of(self, table: str, owner: str, key: str = "document_id") -> list[Row]:
        """Rows of a table that belong to `owner`; the table is read once."""
        if (table, key) not in self.grouped:
            grouped = self.grouped[table, key] = defaultdict(list)
            for row in self.rows(f"FROM {table} ORDER BY ALL"):
                grouped[row[key]].append(row)
        return self.grouped[table, key].get(owner, [])

    def _blocks(self, document: Row) -> Iterator[Markup]:
        """Articles in their order, then pieces of tables, rendered."""
        name = document["document_id"]
        module = self.environment.get_template("blocks.html").make_module({"root": "../"})
        for article in sorted(self._of("article", name), key=lambda a: a["position"]):
            number = {"0": "Préambule"}.get(article["number"], article["number"])
            heading = " – ".join(part for part in (number, article["title"]) if part)
            place = self.place(name, article["page_first"], _box(article))
            yield module.article(article | {"heading": heading, "place": place})  # type: ignore[attr-defined]
        tables = sorted(
            self._of("annex_table", name), key=lambda t: (t["page_first"], t["table_id"])
        )
        for position, table in enumerate(tables, start=1):
            heads = self._of("annex_column", table["table_id"], "table_id")
            rows = self.lines.get(table["table_id"], [])
            for start in range(0, max(len(rows), 1), ROWS):
                shown = [self._line(name, cells, heads) for cells in rows[start : start + ROWS]]
                yield module.table(  # type: ignore[attr-defined]
                    table
                    | {
                        "position": position,
                        "part": start // ROWS + 1,
                        "heads": [head["header"] for head in heads],
                        "rows": shown,
                    },
                )

    def _line(self, document_id: str, cells: list[Row], heads: list[Row]) -> Row:
        by_column = {cell["column_index"]: cell for cell in cells}
        empty = {"text": None, "place": None}
        shown = []
        for head in heads:
            cell = by_column.get(head["column_index"])
            place = self.place_of_cell(document_id, cell, 0) if cell else None
            shown.append({"text": cell["text"], "place": place} if cell else empty)
        return {"kind": cells[0]["row_kind"], "cells": shown}


def _box(row: Row) -> tuple[Any, Any, Any, Any]:
    return row["x0"], row["top"], row["x1"], row["bottom"]


def _around(cells: Iterable[Row]) -> tuple[Any, Any, Any, Any]:
    """The box of all `cells`."""
    x0, top, x1, bottom = zip(*map(_box, cells), strict=True)
    return min(x0), min(top), max(x1), max(bottom)


def _by_lineage(events: Iterable[Row], actions: Mapping[str, Row]) -> list[Row]:
    """A row a lineage: the latest label, and what happened in each exercise, with the money of each
    action that counts there."""
    lines: dict[str, Row] = {}
    for event in events:
        href = lineage_href(event["lineage_id"])
        line = lines.setdefault(event["lineage_id"], {"href": href, "years": {}})
        line["label"] = event["label"]
        mine = [actions[a] for a in event["action_ids"] if a in actions]
        amounts = [
            (a["ami"], a["ami_place"]) for a in mine if a["lineage_id"] == event["lineage_id"]
        ]
        amounts = [] if event["event"] == "ended" else amounts
        line["years"][event["exercise"]] = event | {"amounts": amounts}
    return sorted(lines.values(), key=lambda line: (line["label"] or "").casefold())


def _kinds_of_sums(funding: Iterable[Row]) -> list[tuple[tuple[str, bool], tuple[str, str]]]:
    """The kinds of sums that occur, (stage, is the AMI's), with their names, AMI money first."""
    kinds = {(row["stage"], row["funder"] == "AMI") for row in funding}
    order = list(WORDS["stage"])
    named = []
    for stage, is_ami in sorted(kinds, key=lambda k: (not k[1], order.index(k[0]))):
        french, english = words("stage", stage)
        whose = (" (AMI)", " (AMI)") if is_ami else ("", "")
        if not is_ami and stage == "granted":
            french, english = "cofinancement", "cofunding"
        name = (french.capitalize() + whose[0], english.capitalize() + whose[1])
        named.append(((stage, is_ami), name))
    return named


def _draw_apart(pdf: Path, folder: Path, hidden: dict[int, list[Frame]]) -> bool:
    """Draw a document in a process of its own, which a broken PDF may crash; False if it did."""
    process = multiprocessing.get_context("spawn").Process(
        target=draw_pages, args=(pdf, folder, hidden)
    )
    process.start()
    process.join(SECONDS_PER_DOCUMENT)
    if process.is_alive():
        process.kill()
        process.join()
    return process.exitcode == 0
