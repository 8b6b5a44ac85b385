"""A static site from the database: opens from disk, without server or network."""

import json
import shutil
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from difflib import SequenceMatcher
from hashlib import sha256
from pathlib import Path
from typing import Any

from jinja2 import Environment, PackageLoader, StrictUndefined
from markupsafe import Markup, escape

from pipeline.flows import Step, picture
from pipeline.names import slug
from pipeline.query import open_database
from pipeline.report_content import Content, Row
from pipeline.report_places import Places, box_of
from pipeline.store import exchanged_folder, write_text
from pipeline.wording import WORDS, euros, words

PART = 1_200_000  # bytes of one page of a document
ROWS = 300  # of one piece of a table
MANIFEST = "files.json"
ELSEWHERE = "sans-territoire"
SUMS = {"annex_ami": ("ami", "planned"), "annex_cofinancing": ("cofinancing",)}  # their columns
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
        content = Content(connection)
        places = Places(content, out_dir)
        places.draw(raw_dir)
        with exchanged_folder(out_dir) as new_dir:
            site = _Site(content, places, new_dir)
            site.write()
    return ReportReport(
        out_dir / "index.html", len(site.written), tuple(sorted(places.no_pictures))
    )


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
    """One run: its pages, and the files written."""

    def __init__(self, content: Content, places: Places, out_dir: Path) -> None:
        self.content = content
        self.places = places
        self.out_dir = out_dir
        self.written: list[str] = []
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

    def _territories(self) -> list[Territory]:
        names = {t["territory_id"]: t["name"] for t in self.content.rows("FROM territory")}
        exercises: dict[str | None, list[str]] = defaultdict(list)
        for row in self.content.rows("FROM territory_exercise ORDER BY rank"):
            exercises[row["territory_id"]].append(row["exercise"])
        doubts = Counter(
            row["document_id"]
            for row in self.content.rows("SELECT document_id FROM finding WHERE severity <> 'info'")
        )
        found: dict[str | None, Territory] = {}
        for document in self.content.documents:
            key = document["territory_id"]
            name = names.get(key, "Sans territoire / No territory")
            here = found.setdefault(
                key, Territory(key, name, slug(key or "") or ELSEWHERE, exercises[key])
            )
            here.documents.append(document)
            here.doubts += doubts[document["document_id"]]
        for action in self.content.actions:
            if action["territory_id"] in found:
                found[action["territory_id"]].actions += 1
        return sorted(found.values(), key=lambda t: (t.territory_id is None, t.name, t.key))

    # --- pages -------------------------------------------------------------------------------

    def write(self) -> None:
        """All pages, then the list of them; what an earlier run left is removed."""
        for drawn in (self.out_dir / "pictures").glob("*-*"):  # they may show what is now hidden
            if f"pictures/{drawn.name}" not in self.places.drawn.values():
                shutil.rmtree(drawn)
        for name in ("style.css", "site.js"):
            source, _, _ = PackageLoader("pipeline").get_source(self.environment, name)
            self._text(f"assets/{name}", source)
        for action in self.content.actions:
            action["ami_place"] = self.places.of_ami(action) if action["ami"] is not None else None
        for document in self.content.documents:
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
        hrefs = {d["document_id"]: d["href"] for d in self.content.documents}
        found: dict[str | None, list[Row]] = defaultdict(list)
        for one in self.content.rows(
            """FROM finding ORDER BY list_position(['error', 'warning', 'info'], severity),
               document_id, page, rule, finding_id"""
        ):
            action = self.content.by_id.get(one["action_id"])
            if action and action["document_id"] == one["document_id"]:
                one["page"] = one["page"] or action["page"]
                one["place"] = self.places.of_row(action, one["page"])
            else:
                article = self.content.articles.get((one["document_id"], one["article_number"]))
                one["page"] = one["page"] or (article and article["page_first"])
                one["place"] = self.places.of_article(
                    one["document_id"], one["article_number"], one["page"]
                )
            one["href"] = hrefs.get(one["document_id"])
            found[one["document_id"] if one["href"] else None].append(one)
        return found

    def _territory(self, territory: Territory, findings: Mapping[str | None, list[Row]]) -> None:
        trail = [(territory.name, territory.href)]
        mine = [a for a in self.content.actions if a["territory_id"] == territory.territory_id]
        events = [e for e in self.content.events if e["territory_id"] == territory.territory_id]
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
            lineages=_by_lineage(events, self.content.by_id),
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
            for row in self.content.rows(
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
                "stated_grant": self.places.of_article(
                    name, row["grant_article"], row["grant_page"]
                ),
                "stated_carry_over": self.places.of_article(name, row["carry_over_article"], None),
            } | {
                column: self.places.of_sum(name, fields, row[column], row["exercise"])
                for column, fields in SUMS.items()
            }
            row["places"] = {c: p for c, p in found_at.items() if row[c] is not None}
            row["share"] = round(100 * float(row["annex_ami"] or 0) / float(most), 1)
        return found

    def _followed(self, territory: Territory) -> dict[str, dict[str, Row]]:
        """Sums of the tableau de suivi by exercise, each with the total of an annex that states it;
        empty where no act says more than what it grants."""
        sums: dict[str, dict[str, Row]] = {}
        for action in self.content.follow_up:
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
                    self.places.of_total(d["document_id"], FOLLOWED[name], sum_["amount"], exercise)
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
        links = [
            (k["source_action_id"], k["target_action_id"], k["relation"])
            for k in self.content.links
        ]
        return picture(territory.exercises, steps, links)

    # --- lineages ----------------------------------------------------------------------------

    def _lineages(self) -> None:
        funding: dict[str, list[Row]] = defaultdict(list)
        for row in self.content.rows(
            "FROM funding ORDER BY action_id, page, top, x0, funder, stage"
        ):
            funding[row["action_id"]].append(row)
        mentions: dict[str, list[Row]] = defaultdict(list)
        for row in self.content.rows("FROM mention ORDER BY ALL"):
            mentions[row["action_id"]].append(row)
        lineages: dict[str, list[str]] = defaultdict(list)
        for row in self.content.rows("FROM lineage ORDER BY ALL"):
            lineages[row["action_id"]].append(row["lineage_id"])
        lines: dict[str, list[Row]] = defaultdict(list)
        for action in self.content.actions:
            for lineage_id in lineages[action["action_id"]]:
                lines[lineage_id].append(action)
        events: dict[str, list[Row]] = defaultdict(list)
        for event in self.content.events:
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
        links = [k for a in sorted(ids) for k in self.content.of("link", a, "target_action_id")]
        links.sort(key=lambda k: -k["score"])
        source: dict[str, Row] = {}
        for link in links:
            source.setdefault(
                link["target_action_id"], self.content.by_id[link["source_action_id"]]
            )
        named = {a: e["event"] for e in events if e["event"] != "ended" for a in e["action_ids"]}
        columns = [
            action
            | {
                "event": named.get(action["action_id"]),
                "place": self.places.of_row(action, None),
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
                    "document_id": self.content.by_id[action]["document_id"],
                    "place": self.places.of_row(self.content.by_id[action], mention["page"]),
                }
                for action in sorted(ids)
                for mention in mentions.get(action, [])
            ],
        )

    def _wording(self, action: Row, key: str, source: Mapping[str, Row]) -> Row:
        """A wording, marked against that of the action that it carries on."""
        before = source.get(action["action_id"])
        cells = self.content.cells.get((action["table_id"], action["row_index"]), [])
        cell = next((c for c in cells if c["field"] == key.removesuffix("_raw")), None)
        cell = cell or next((c for c in cells if c["field"] == key), None)
        text = action[key]
        if before and (text or before[key]):
            text = marked(before[key], text)
        place = self.places.of_cell(action["document_id"], cell, action["page"]) if cell else None
        return {"text": text, "place": place or self.places.of_row(action, None)}

    def _sums(self, action: Row, kind: tuple[str, bool], funding: Mapping[str, list[Row]]) -> Any:
        return [
            {
                "text": euros(row["amount_eur"]) if row["amount_eur"] is not None else row["raw"],
                "place": self.places.of_box(action["document_id"], row["page"], box_of(row)),
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
            f"{end}_{name}": self.content.by_id[link[f"{end}_action_id"]][name]
            for end in ("source", "target")
            for name in ("exercise", "label")
        }
        evidence = {
            name: ", ".join(map(str, value)) if isinstance(value, list) else _decimal(value)
            for name, value in json.loads(link["evidence"]).items()
        }
        return link | ends | {"evidence": evidence, "score": _decimal(f"{link['score']:.2f}")}

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
        stated = self.content.of("stated_amount", name)
        for one in stated:
            one["place"] = self.places.of_article(name, one["article_number"], one["page"])
        facts = [
            (label, _fact(key, document), self._leads_to(key, document, trail[0][1]))
            for key, label in FACTS.items()
            if document[key] is not None
        ]
        for number, (href, part) in enumerate(zip(hrefs, parts, strict=True), start=1):
            self._page(
                href,
                "document.html",
                [*trail, (name, document["href"])],
                document=document,
                pictures=name in self.places.drawn,
                facts=facts,
                stated=stated,
                signatories=self.content.of("signatory", name),
                blocks=part,
                part=number,
                parts=len(parts),
                hrefs=hrefs,
            )

    def _leads_to(self, fact: str, document: Row, territory: str) -> str | None:
        """The page that a fact of a document leads to."""
        if fact == "amends_document_id":
            hrefs = {d["document_id"]: d["href"] for d in self.content.documents}
            return hrefs.get(document[fact])
        if fact in ("errors", "warnings") and document[fact]:
            return territory.replace(".html", "-findings.html")
        return None

    def _blocks(self, document: Row) -> Iterator[Markup]:
        """Articles in their order, then pieces of tables, rendered."""
        name = document["document_id"]
        module = self.environment.get_template("blocks.html").make_module({"root": "../"})
        for article in sorted(self.content.of("article", name), key=lambda a: a["position"]):
            number = {"0": "Préambule"}.get(article["number"], article["number"])
            heading = " – ".join(part for part in (number, article["title"]) if part)
            place = self.places.of_box(name, article["page_first"], box_of(article))
            yield module.article(article | {"heading": heading, "place": place})  # type: ignore[attr-defined]
        tables = sorted(
            self.content.of("annex_table", name), key=lambda t: (t["page_first"], t["table_id"])
        )
        for position, table in enumerate(tables, start=1):
            heads = self.content.of("annex_column", table["table_id"], "table_id")
            rows = self.content.lines.get(table["table_id"], [])
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
            place = self.places.of_cell(document_id, cell, 0) if cell else None
            shown.append({"text": cell["text"], "place": place} if cell else empty)
        return {"kind": cells[0]["row_kind"], "cells": shown}


def _fact(name: str, document: Row) -> Any:
    """What the page of a document says of it."""
    value = document[name]
    if name == "kind":
        return word("kind", value)
    if isinstance(value, date):
        return both(value.strftime("%d/%m/%Y"), value.isoformat())
    if name == "page_count" and document["page_first"] > 1:
        first, last = document["page_first"], document["page_first"] + value - 1
        return both(
            f"{value} ({first} à {last} du fichier)", f"{value} ({first} to {last} of the file)"
        )
    return value


def _decimal(number: Any) -> Any:
    return both(str(number).replace(".", ","), str(number))


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
