"""A static site from the database: opens from disk, without server or network."""

import json
import shutil
from collections import defaultdict
from dataclasses import dataclass
from pathlib import Path

from jinja2 import PackageLoader

from pipeline.query import open_database
from pipeline.report_content import Content, Row
from pipeline.report_documents import DocumentPages
from pipeline.report_lineages import LineagePages
from pipeline.report_places import Places
from pipeline.report_site import Site
from pipeline.report_territories import TerritoryPages, territories_of
from pipeline.report_wording import as_said
from pipeline.store import exchanged_folder, write_text

MANIFEST = "files.json"


@dataclass(frozen=True, slots=True)
class ReportReport:
    """Pages written, and documents whose pages could not be drawn (`no_pictures`)."""

    index: Path
    pages: int
    no_pictures: tuple[str, ...]


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
            site = Site(content, places, new_dir)
            _write(site)
    return ReportReport(
        out_dir / "index.html", len(site.written), tuple(sorted(places.no_pictures))
    )


def _write(site: Site) -> None:
    """All pages, then the list of them; what an earlier run left is removed."""
    for drawn in (site.out_dir / "pictures").glob("*-*"):  # they may show what is now hidden
        if f"pictures/{drawn.name}" not in site.places.drawn.values():
            shutil.rmtree(drawn)
    for name in ("style.css", "site.js"):
        source, _, _ = PackageLoader("pipeline").get_source(site.environment, name)
        site.text(f"assets/{name}", source)
    for action in site.content.actions:
        action["amounts"] = [
            (amount, None if amount is None else site.places.of_ami(action, amount, year), year)
            for amount, year in site.content.counted[action["action_id"]] or [(None, None)]
        ]
    for document in site.content.documents:
        document["href"] = f"document/{document['document_id']}.html"
    findings = _findings(site)
    territories = territories_of(site.content)
    territory_pages, document_pages = TerritoryPages(site), DocumentPages(site)
    sources = [territory.data for territory in territories]
    site.page(
        "index.html",
        "index.html",
        [],
        territories=territories,
        sources=sources,
        money=site.content.ami,
        findings=findings.get(None, []),
    )
    for territory in territories:
        territory_pages.write(territory, findings)
        for document in territory.documents:
            document_pages.write(document, [(territory.named, territory.href)])
    LineagePages(site, territories).write()
    manifest = site.out_dir / MANIFEST
    earlier = json.loads(manifest.read_text(encoding="utf-8")) if manifest.is_file() else []
    for name in set(earlier) - set(site.written):
        (site.out_dir / name).unlink(missing_ok=True)
    write_text(json.dumps(sorted(site.written), indent=0) + "\n", manifest)


def _findings(site: Site) -> dict[str | None, list[Row]]:
    """Findings by document, the gravest first, each with its place."""
    hrefs = {d["document_id"]: d["href"] for d in site.content.documents}
    found: dict[str | None, list[Row]] = defaultdict(list)
    for one in site.content.rows(
        """FROM finding ORDER BY list_position(['error', 'warning', 'info'], severity),
           document_id, page, rule, finding_id"""
    ):
        action = site.content.by_id.get(one["action_id"])
        if action and action["document_id"] == one["document_id"]:
            one["page"] = one["page"] or action["page"]
            one["place"] = site.places.of_row(action, one["page"])
        else:
            article = site.content.articles.get((one["document_id"], one["article_number"]))
            one["page"] = one["page"] or (article and article["page_first"])
            one["place"] = site.places.of_article(
                one["document_id"], one["article_number"], one["page"]
            )
        for side in ("expected", "observed"):
            one[side] = as_said(one[side], one["message"])
        one["href"] = hrefs.get(one["document_id"])
        found[one["document_id"] if one["href"] else None].append(one)
    return found
