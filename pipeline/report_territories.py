"""The pages of territories: money, events, actions by lineage, findings."""

import json
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

from markupsafe import Markup

from pipeline.flows import Step, picture
from pipeline.names import slug
from pipeline.report_content import Content, Row
from pipeline.report_site import Site
from pipeline.report_wording import both, lineage_href
from pipeline.wording import WORDS, euros

ELSEWHERE = "sans-territoire"
NOWHERE = ("Sans territoire", "No territory")
SUMS = {"annex_ami": ("ami", "planned"), "annex_cofinancing": ("cofinancing",)}  # their columns
FOLLOWED = {  # sums of the tableau de suivi: the columns of annexes that add up to them
    "requested": ("ami",),
    "planned": ("planned", "ami"),
    "ami": ("ami", "planned"),
    "spent": ("spent",),
    "carry_over": ("carry_over",),
}


@dataclass
class Territory:
    """A territory with its documents, or what has none; `key` names its files."""

    territory_id: str | None
    name: str
    name_en: str
    key: str
    exercises: list[str]
    documents: list[Row] = field(default_factory=list)
    actions: int = 0
    doubts: int = 0

    @property
    def named(self) -> Markup:
        return both(self.name, self.name_en)

    @property
    def href(self) -> str:
        return f"territory/{self.key}.html"

    @property
    def findings_href(self) -> str:
        return f"territory/{self.key}-findings.html"

    @property
    def data(self) -> str:
        return f"data/{self.key}.js"


def territories_of(content: Content) -> list[Territory]:
    """The territories of the documents, those without one last."""
    names = {t["territory_id"]: t["name"] for t in content.rows("FROM territory")}
    exercises: dict[str | None, list[str]] = defaultdict(list)
    for row in content.rows("FROM territory_exercise ORDER BY rank"):
        exercises[row["territory_id"]].append(row["exercise"])
    doubts = Counter(
        row["document_id"]
        for row in content.rows("SELECT document_id FROM finding WHERE severity <> 'info'")
    )
    found: dict[str | None, Territory] = {}
    for document in content.documents:
        key = document["territory_id"]
        french, english = (names[key],) * 2 if key in names else NOWHERE
        here = found.setdefault(
            key, Territory(key, french, english, slug(key or "") or ELSEWHERE, exercises[key])
        )
        here.documents.append(document)
        here.doubts += doubts[document["document_id"]]
    for action in content.actions:
        if action["territory_id"] in found:
            found[action["territory_id"]].actions += 1
    return sorted(found.values(), key=lambda t: (t.territory_id is None, t.name, t.key))


class TerritoryPages:
    """The page of a territory, and that of its findings."""

    def __init__(self, site: Site) -> None:
        self.site = site
        self.content = site.content
        self.places = site.places

    def write(self, territory: Territory, findings: Mapping[str | None, list[Row]]) -> None:
        """Both of one territory, and its actions for the search."""
        trail = [(territory.named, territory.href)]
        mine = [a for a in self.content.actions if a["territory_id"] == territory.territory_id]
        events = [e for e in self.content.events if e["territory_id"] == territory.territory_id]
        counts = _counted(events, territory.exercises)
        by_severity = _by_severity(territory.documents, findings)
        followed = self._followed(territory)
        self.site.page(
            territory.href,
            "territory.html",
            trail,
            territory=territory,
            sources=[territory.data],
            money=self._money(territory),
            events=counts if any(counts.values()) else {},
            event_names=[e for e in WORDS["event"] if any(c[e] for c in counts.values())],
            followed=followed,
            some_least=any(sum_["least"] for year in followed.values() for sum_ in year.values()),
            followed_names=tuple(FOLLOWED),
            picture=self._picture(territory, mine, events),
            lineages=_by_lineage(events, self.content.by_id),
            severities={s: len(by_severity.get(s, [])) for s in WORDS["severity"]},
        )
        self.site.page(
            territory.findings_href,
            "findings.html",
            [*trail, (both("Constats", "Findings"), territory.findings_href)],
            territory=territory,
            findings=by_severity,
        )
        self.site.text(territory.data, _searched(territory.name, mine))

    def _money(self, territory: Territory) -> list[Row]:
        hrefs = {d["document_id"]: d["href"] for d in territory.documents}
        found = [
            row
            for row in self.content.rows(
                """SELECT f.*, m.grant_article, m.grant_page, m.carry_over_article
                   FROM funding_by_territory AS f
                   JOIN document_money AS m USING (document_id)
                   JOIN document AS d USING (document_id)
                   ORDER BY first_year(f.exercise), f.exercise, d.signed_on, document_id"""
            )
            if row["document_id"] in hrefs
        ]
        most = max((row["annex_ami"] or 0 for row in found), default=0) or 1
        contradicted = {
            row["document_id"]
            for row in self.content.rows(
                "SELECT document_id FROM finding "
                "WHERE rule IN ('article_vs_annex', 'net_amount_mismatch')"
            )
        }
        for row in found:
            row["href"] = hrefs[row["document_id"]]
            row["contradicted"] = row["document_id"] in contradicted
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
        """Sums of the tableau de suivi by exercise, each with the total of an annex that states it,
        and whether it is the least that it can be, since a part is written and not known; empty
        where no act says more than what it grants."""
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
                stage = "granted" if name == "ami" else name
                part = (territory.territory_id, exercise, stage)
                sum_["least"] = part in self.content.unread_sums
        return dict(sorted(sums.items()))

    def _picture(self, territory: Territory, actions: list[Row], events: list[Row]) -> Any:
        named = {a: e["event"] for e in events if e["event"] != "ended" for a in e["action_ids"]}
        ended = {a for e in events if e["event"] == "ended" for a in e["action_ids"]}
        steps = [
            Step(
                action_id=a["action_id"],
                exercise=a["exercise"],
                label=a["label"] or "",
                ami=_ami(a),
                event=named.get(a["action_id"], "new"),
                lineage_id=a["lineage_id"],
                ends=a["action_id"] in ended,
                years=", ".join(
                    year for sum_, _, year in a["amounts"] if year and sum_ is not None
                ),
            )
            for a in actions
            if a["exercise"] and not a["restated_in"]
        ]
        last = _last_statements(actions)

        def stated(action_id: str) -> str:
            return last.get(action_id, action_id)

        links = [
            (stated(k["source_action_id"]), stated(k["target_action_id"]), k["relation"])
            for k in self.content.links
        ]
        return picture(territory.exercises, steps, links)


def _counted(events: Iterable[Row], exercises: Iterable[str]) -> dict[str, Counter[str]]:
    """How many of each event there are in each of the `exercises`."""
    counts: dict[str, Counter[str]] = {exercise: Counter() for exercise in exercises}
    for event in events:
        if event["exercise"] in counts:
            counts[event["exercise"]][event["event"]] += 1
    return counts


def _by_severity(
    documents: Iterable[Row], findings: Mapping[str | None, list[Row]]
) -> dict[str, list[Row]]:
    """The findings of `documents`, the gravest first."""
    found: dict[str, list[Row]] = {severity: [] for severity in WORDS["severity"]}
    for document in documents:
        for finding in findings.get(document["document_id"], []):
            found[finding["severity"]].append(finding)
    return {severity: some for severity, some in found.items() if some}


def _searched(name: str, actions: Iterable[Row]) -> str:
    """The script that adds the actions of a territory to what is searched."""
    found = []
    for a in actions:
        said = (a["exercise"], a["pilot_raw"], euros(a["ami"]) if a["ami"] else None)
        shown = " · ".join(part for part in said if part)
        found.append([a["label"] or "—", shown, lineage_href(a["lineage_id"])])
    content = json.dumps(found, ensure_ascii=False)
    content = content.replace("\u2028", " ").replace("\u2029", " ")
    return f"filiation.add({json.dumps(name, ensure_ascii=False)}, {content});\n"


def _ami(action: Row) -> Decimal | None:
    """The AMI money of an action that counts for its exercise; None without any."""
    sums = [amount for amount, *_ in action["amounts"] if amount is not None]
    return sum(sums, start=Decimal(0)) if sums else None


def _last_statements(actions: Sequence[Row]) -> dict[str, str]:
    """The action that states again what another one stated before, by the id of the latter."""
    again = {(a["lineage_id"], a["document_id"], a["exercise"]): a["action_id"] for a in actions}
    places = ((a, (a["lineage_id"], a["restated_in"], a["exercise"])) for a in actions)
    return {a["action_id"]: again[place] for a, place in places if place in again}


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
            amount
            for a in mine
            for amount in a["amounts"]
            if a["lineage_id"] == event["lineage_id"] and not a["restated_in"]
        ]
        amounts = [] if event["event"] == "ended" else amounts
        line["years"][event["exercise"]] = event | {"amounts": amounts}
    return sorted(lines.values(), key=lambda line: (line["label"] or "").casefold())
