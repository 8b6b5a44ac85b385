"""The pages of lineages: one action through the years, its wording, sums and links."""

import json
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from pipeline.report_content import Row
from pipeline.report_places import box_of
from pipeline.report_site import Site
from pipeline.report_territories import Territory
from pipeline.report_wording import decimal, lineage_href, marked
from pipeline.wording import WORDS, euros, in_common, short, words

FIELDS: dict[str, tuple[str, str]] = {
    "label": ("Intitulé", "Label"),
    "pilot_raw": ("Pilote", "Pilot"),
    "objective": ("Objectif", "Objective"),
    "description": ("Description", "Description"),
    "indicators": ("Résultats attendus, indicateurs", "Expected results, indicators"),
    "status_raw": ("Statut, tel qu'écrit", "Status, as written"),
    "comment": ("Commentaire", "Comment"),
}


class LineagePages:
    """A page a lineage."""

    def __init__(self, site: Site, territories: Sequence[Territory]) -> None:
        self.site = site
        self.content = site.content
        self.places = site.places
        self.territories = territories

    def write(self) -> None:
        """All of them."""
        funding: dict[str, list[Row]] = defaultdict(list)
        for row in self.content.rows(
            "FROM funding ORDER BY action_id, page, top, x0, funder, stage"
        ):
            funding[row["action_id"]].append(row)
        mentions: dict[str, list[Row]] = defaultdict(list)
        for row in self.content.rows(
            "SELECT DISTINCT action_id, page, quote FROM mention ORDER BY ALL"
        ):
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
                [(territory.named, territory.href)] if territory else [],
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
        source = {
            link["target_action_id"]: self.content.by_id[link["source_action_id"]]
            for link in reversed(links)
        }
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
        self.site.page(
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
                self._mention(self.content.by_id[action], mention)
                for action in sorted(ids)
                for mention in mentions.get(action, [])
            ],
        )

    def _mention(self, action: Row, mention: Row) -> Row:
        place = self.places.of_row(action, mention["page"])
        return mention | {"document_id": action["document_id"], "place": place}

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
            name: measure(value, self.content.organisations)
            for name, value in json.loads(link["evidence"]).items()
        }
        return link | ends | {"evidence": evidence, "score": decimal(f"{link['score']:.2f}")}


def measure(value: Any, organisations: Mapping[str, str]) -> Any:
    """A piece of evidence as shown, organisations by their names; a quotation stays as it is:
    "Scindée en 2.1 et 2.2"."""
    if isinstance(value, list):
        return in_common(organisations.get(item, item) for item in value)
    return value if isinstance(value, str) else decimal(value)


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
