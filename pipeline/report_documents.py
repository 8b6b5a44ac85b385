"""The pages of documents: facts, articles, tables, each beside the picture of its page."""

from collections.abc import Iterator
from datetime import date
from typing import Any

from markupsafe import Markup

from pipeline.report_content import Row
from pipeline.report_places import box_of
from pipeline.report_site import Site
from pipeline.report_wording import both, word

PART = 1_200_000  # bytes of one page of a document
PREAMBLE = "Préambule"
ROWS = 300  # of one piece of a table
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
    "copy_of": ("Copie, non comptée, de", "Copy, not counted, of"),
    "filename": ("Fichier", "File"),
    "page_count": ("Pages", "Pages"),
    "errors": ("Erreurs", "Errors"),
    "warnings": ("À vérifier", "To check"),
}


class DocumentPages:
    """The pages of a document, several where it is long."""

    def __init__(self, site: Site) -> None:
        self.site = site
        self.content = site.content
        self.places = site.places

    def write(self, document: Row, trail: list[tuple[str, str]]) -> None:
        """Those of one document, below the pages of `trail`."""
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
            self.site.page(
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
        if fact in ("amends_document_id", "copy_of"):
            hrefs = {d["document_id"]: d["href"] for d in self.content.documents}
            return hrefs.get(document[fact])
        if fact in ("errors", "warnings") and document[fact]:
            return territory.replace(".html", "-findings.html")
        return None

    def _blocks(self, document: Row) -> Iterator[Markup]:
        """Articles in their order, then pieces of tables, rendered."""
        name = document["document_id"]
        module = self.site.environment.get_template("blocks.html").make_module({"root": "../"})
        for article in sorted(self.content.of("article", name), key=lambda a: a["position"]):
            number = PREAMBLE if article["number"] == "0" else article["number"]
            title = article["title"] or ""
            named = title.casefold() == PREAMBLE.casefold()
            heading = " – ".join(part for part in (number, title) if part and not named) or title
            place = self.places.of_box(name, article["page_first"], box_of(article))
            yield module.article(article | {"heading": heading, "place": place})  # type: ignore[attr-defined]
        tables = sorted(
            self.content.of("annex_table", name),
            key=lambda t: (t["page_first"], t["table_id"]),
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
