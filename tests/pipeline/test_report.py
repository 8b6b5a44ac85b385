"""The site says what the database says, opens from disk, and shows every value in its page."""

import json
import re
import resource
from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from importlib.resources import files
from pathlib import Path
from typing import Any

import pytest
import typeset
from browser import CHROMIUM, Tab, chromium

from pipeline.models import Cell, Document, Finding, Funding, PageRecord
from pipeline.names import sha256_of
from pipeline.report import report
from pipeline.report_lineages import measure
from pipeline.report_wording import as_said, marked, of_severity, page_name, quoted, unbroken
from pipeline.wording import euros, short
from tests.pipeline.conftest import valmorin
from tests.pipeline.world import World

ACT = "valmorin-avenant-2024"
HOSTILE = '<script>alert("1")</script>'


def placed(raw: Path) -> World:
    """The territory of the other tests, with a PDF for its avenant and a hostile label."""
    world = valmorin()
    pdf = typeset.pdf(raw / f"{ACT}.pdf", pages=9)
    for number in range(1, 10):
        world.add(
            PageRecord(
                document_id=ACT, page=number, kind="prose", width=595.28, height=841.89,
                characters=100, characters_in_tables=0,
            )
        )  # fmt: skip
    documents = world.records[Document]
    world.records[Document] = [
        d.model_copy(update={"sha256": sha256_of(pdf)}) if d.document_id == ACT else d  # type: ignore[attr-defined]
        for d in documents
    ]
    box = {"x0": 59.528, "top": 84.189, "x1": 119.056, "bottom": 168.378}
    world.records[Funding] = [f.model_copy(update=box) for f in world.records[Funding]]
    world.act("hostile-2024", "2024", territory=HOSTILE, title=HOSTILE).table(
        [{"label": HOSTILE, "ami": 5}]
    )
    world.add(
        Finding(
            finding_id="f1", rule="row_sum", severity="error", document_id=ACT,
            action_id=f"{ACT}#siao", page=5, message="Le total ne convient pas.",
        )
    )  # fmt: skip
    return world


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Path, Path]:
    folder = tmp_path_factory.mktemp("report")
    database, _ = placed(folder / "raw").load(folder)
    written = report(database, folder / "raw", folder / "site")
    assert written.no_pictures == ("hostile-2024", "valmorin-convention-2023")
    return database, folder / "raw", folder / "site"


@pytest.fixture(scope="module")
def site(made: tuple[Path, Path, Path]) -> Path:
    return made[2]


def text(page: Path) -> str:
    return page.read_text(encoding="utf-8")


def lineage_of(site: Path, label: str) -> Path:
    return next(p for p in sorted((site / "lineage").iterdir()) if f">{label}</h1>" in text(p))


def test_every_link_leads_to_a_file_of_the_site(site: Path) -> None:
    pages = list(site.rglob("*.html"))
    assert len(pages) > 10
    for page in pages:
        for target in re.findall(r'(?:href|src)="([^"#]+)[^"]*"', text(page)):
            assert (page.parent / target).is_file(), (page, target)


def test_nothing_comes_from_the_network_or_from_a_document(site: Path) -> None:
    for page in [*site.rglob("*.html"), *site.rglob("*.css"), *site.rglob("*.js")]:
        assert "http://" not in text(page).replace("http://www.w3.org", "")
        assert "https://" not in text(page)
    for page in site.rglob("*.html"):
        assert "<script>" not in text(page)
    assert any("&lt;script&gt;" in text(page) for page in site.rglob("*.html"))


def test_the_first_page_has_the_money_of_all_territories(site: Path) -> None:
    page = " ".join(re.sub(r"<[^>]+>", " ", text(site / "index.html")).split())
    assert "2023-2024 1 258 000 € 2024 1 5 € 2024-2025 1 300 000 €" in page


def test_the_territory_page_has_the_money_and_the_events(site: Path) -> None:
    page = text(site / "territory/200000000.html")
    for figure in ("258\u202f000\u00a0€", "300\u202f000\u00a0€", "88\u202f000\u00a0€"):
        assert figure in page
    assert "61\u202f500,50\u00a0€" in page[page.index("Suivi par exercice") :]
    for event in ("premier exercice connu", "divisée", "fusionnée", "sans suite", "nouvelle"):
        assert event in page
    assert "objectifs réintégrés au PLH" in page


def test_a_sum_of_which_a_part_is_unknown_is_shown_as_the_least_it_can_be(tmp_path: Path) -> None:
    world = valmorin()
    spent = next(f for f in world.records[Funding] if f.stage == "spent")  # type: ignore[attr-defined]
    world.add(spent.model_copy(update={"amount_eur": None, "raw": "51 000 €", "funder": None}))
    database, _ = world.load(tmp_path)
    report(database, tmp_path / "raw", tmp_path / "site")

    page = text(tmp_path / "site/territory/200000000.html")
    assert "≥ 61\u202f500,50" in page
    assert page.count("≥ ") == 2 and "≥ : une somme" in page  # the sum, and the note below


def test_every_bar_of_the_picture_stands_in_the_table_beneath(site: Path) -> None:
    page = text(site / "territory/200000000.html")
    drawing = page[page.index('<svg class="flows"') : page.index("</svg>", page.index("flows"))]
    table = page[page.index('<table class="lineages"') :].partition("</table>")[0]
    bars = re.findall(r'<a href="([^"]+)"><title>', drawing)
    assert len(bars) == 12
    rows = set(re.findall(r'<a href="([^"]+)">', table))
    assert set(bars) <= rows
    for amount in re.findall(r'class="small"[^>]*>([\d\u202f,]+\u00a0€)', drawing):
        assert amount in table
    assert 'class="ribbon splits"' in drawing and 'class="ribbon merges"' in drawing


def test_a_lineage_shows_its_years_and_marks_the_wording(site: Path) -> None:
    page = text(lineage_of(site, "Poste de coordinateur"))
    assert "<del>Animer la démarche</del> <ins>Poste de coordinateur</ins>" in page
    assert "2023-2024" in page and "2024-2025" in page
    assert "probabilité" in page and "0,98" in page


def test_a_value_is_one_click_from_its_frame(site: Path) -> None:
    page = text(lineage_of(site, "Loger trente jeunes"))
    picture, box = re.findall(
        r'class="at" href="([^"]+)" data-box="([^"]+)"[^>]*>20\u202f000', page
    )[0]
    assert box == "10.00 10.00 10.00 10.00"
    assert (site / "lineage" / picture).is_file() and picture.endswith("/5.webp")


def test_the_row_of_an_action_is_framed_without_those_that_share_its_pilot(tmp_path: Path) -> None:
    world = placed(tmp_path / "raw")
    world.records[Cell] = [
        c.model_copy(update={"top": 1, "bottom": 3})  # one cell beside the rows 1 and 2
        if c.table_id == f"{ACT}#1" and c.header == "pilot_raw" and c.row_index < 3
        else c
        for c in world.records[Cell]
    ]
    database, _ = world.load(tmp_path)
    report(database, tmp_path / "raw", tmp_path / "site")
    page = text(lineage_of(tmp_path / "site", "Poste de coordinateur"))
    (box,) = re.findall(rf'{ACT}</a>, p. <a[^>]+data-box="\S+ (\S+) \S+ (\S+)"', page)
    assert [round(float(share) * 8.4189) for share in box] == [1, 1]


def test_a_document_leads_to_what_it_amends_and_to_its_findings(site: Path) -> None:
    page = text(site / "document/valmorin-avenant-2024.html")
    assert (
        '<a href="../document/valmorin-convention-2023.html">valmorin-convention-2023</a>' in page
    )
    assert re.search(r'<a href="\.\./territory/200000000-findings\.html">\d+</a>', page)
    assert re.search(r'class="fr">\d\d/\d\d/2024</span><span class="en" lang="en">2024-', page)


def test_a_copy_and_an_act_of_no_territory_say_so_in_the_language_spoken(tmp_path: Path) -> None:
    world = World()
    world.act("acte", territory="Valmorin").table([{"label": "Maraudes", "ami": 5}])
    world.act("scan", territory="Valmorin", copy_of="acte")
    world.act("appel", territory_id=None, kind="call")
    database, _ = world.load(tmp_path)
    report(database, tmp_path / "raw", tmp_path / "site")
    copy = text(tmp_path / "site/document/scan.html")
    assert "Copie, non comptée, de" in copy and '<a href="../document/acte.html">acte</a>' in copy
    assert ", copie de" in text(tmp_path / "site/territory/200000000.html")
    for page in ("index.html", "territory/sans-territoire.html", "document/appel.html"):
        nowhere = text(tmp_path / "site" / page)
        assert "Sans territoire / No territory" not in nowhere
        assert 'class="fr">Sans territoire</span><span class="en" lang="en">No territory' in nowhere


def test_an_exercise_of_several_acts_has_its_sum_beside_each(tmp_path: Path) -> None:
    world = World()
    for name, month, ami in (("initial", 5, 290_000), ("complement", 11, 30_000)):
        signed = {"signed_on": date(2024, month, 2), "kind": "avenant", "title": name}
        act = world.act(name, territory="Valmorin", **signed)
        act.table([{"label": f"Maraudes, {name}", "ami": ami}])
    world.add(
        Finding(
            finding_id="f", rule="net_amount_mismatch", severity="warning",
            document_id="initial", message="Le montant net ne convient pas.",
        )
    )  # fmt: skip
    database, _ = world.load(tmp_path)
    report(database, tmp_path / "raw", tmp_path / "site")
    page = text(tmp_path / "site/territory/200000000.html")
    money = page[page.index("Argent par exercice") :].partition("</table>")[0]
    assert money.count("320\u202f000\u00a0€") == 2
    first, second = money.split("<tr>")[2:]
    assert "initial" in first and "complement" in second
    assert 'class="contradicted"' in first and 'class="contradicted"' not in second


def test_every_amount_of_a_territory_opens_its_page(site: Path) -> None:
    page = text(site / "territory/200000000.html")
    rows = [r for r in page.split("<tr>") if f"document/{ACT}.html" in r]
    amounts = [c for r in rows for c in re.findall(r'<td class="number">(.+?)</td>', r) if "€" in c]
    assert len(amounts) >= 3
    assert all(re.match(r'<a class="at" href="../pictures/[^"]+.webp"', a) for a in amounts)
    lineages = page[page.index('<table class="lineages"') :]
    (youth,) = (r for r in lineages.split("<tr>") if "Loger trente jeunes" in r)
    assert 'data-box="10.00 10.00 10.00 10.00"' in youth and "20\u202f000" in youth


def test_a_finding_is_framed_on_its_page(site: Path) -> None:
    page = text(site / "territory/200000000-findings.html")
    row = next(r for r in page.split("<tr>") if "Le total ne convient pas." in r)
    assert re.search(r'href="../pictures/[^"]+/5.webp" data-box="[\d. ]+"', row)


def test_a_document_without_its_pdf_says_so(site: Path) -> None:
    assert "pas d'image" in text(site / "document/valmorin-convention-2023.html").replace(
        "&#39;", "'"
    )
    assert "pas d'image" not in text(site / f"document/{ACT}.html").replace("&#39;", "'")


def test_a_second_run_draws_nothing_again_and_removes_what_is_gone(
    made: tuple[Path, Path, Path], tmp_path: Path
) -> None:
    database, raw, site = made
    drawn = {p: p.stat().st_mtime_ns for p in site.rglob("*.webp")}
    assert len(drawn) == 9
    stale = site / "lineage/gone.html"
    stale.write_text("an earlier page")
    manifest = site / "files.json"
    manifest.write_text(json.dumps([*json.loads(text(manifest)), "lineage/gone.html"]))
    report(database, raw, site)
    assert {p: p.stat().st_mtime_ns for p in site.rglob("*.webp")} == drawn
    assert not stale.exists()


def test_a_changed_pdf_gives_no_picture(made: tuple[Path, Path, Path], tmp_path: Path) -> None:
    typeset.pdf(tmp_path / f"raw/{ACT}.pdf", pages=2)
    written = report(made[0], tmp_path / "raw", tmp_path / "site")
    assert ACT in written.no_pictures


def test_a_disk_that_is_full_is_no_broken_pdf(
    made: tuple[Path, Path, Path], tmp_path: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    database, raw, _ = made
    allowed = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (2000, allowed[1]))  # less than a picture
    try:
        with pytest.raises(OSError, match="File too large"):
            report(database, raw, tmp_path / "site")
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, allowed)
    assert not list((tmp_path / "site/pictures").iterdir())
    assert "Traceback" not in capfd.readouterr().err


def test_a_long_document_is_cut_into_pages_that_stay_small(tmp_path: Path) -> None:
    world = World()
    act = world.act("long-2031", "2031")
    for number in range(30):
        act.article(str(number), "OBJET", "Un paragraphe de cent lettres. " * 3500)
    act.table([{"label": f"Action {n}", "comment": "mot " * 300} for n in range(330)])
    database, _ = world.load(tmp_path)
    report(database, tmp_path, tmp_path / "site")
    parts = sorted((tmp_path / "site/document").iterdir())
    assert len(parts) > 3
    assert all(p.stat().st_size < 2_000_000 for p in (tmp_path / "site").rglob("*.html"))
    assert sum(text(p).count("Action 6") for p in parts) == 11


@pytest.mark.parametrize(
    ("before", "after", "shown"),
    [
        (None, "Nuit", "Nuit"),
        ("Nuit de Brielle", "Nuit de Brielle", "Nuit de Brielle"),
        ("Nuit de Brielle", "Nuit de Valmorin", "Nuit de <del>Brielle</del> <ins>Valmorin</ins>"),
        ("Un poste", None, "<del>Un poste</del>"),
        ("a", "<b>", "<del>a</del> <ins>&lt;b&gt;</ins>"),
    ],
)
def test_wordings_are_compared_word_by_word(before: Any, after: Any, shown: str) -> None:
    assert marked(before, after) == shown


@pytest.mark.parametrize(
    ("amount", "shown"),
    [
        (Decimal("1940000.00"), "1\u202f940\u202f000\u00a0€"),
        (Decimal("525025.50"), "525\u202f025,50\u00a0€"),
        (Decimal("-12"), "-12\u00a0€"),
        (Decimal(0), "0\u00a0€"),
        (None, "—"),
    ],
)
def test_euros_as_people_write_them(amount: Decimal | None, shown: str) -> None:
    assert euros(amount) == shown


def test_page_names_are_unlike_even_where_slugs_are_not() -> None:
    names = {page_name(i) for i in ("a#1", "a-1", "A 1", "é" * 300, "é" * 301)}
    assert len(names) == 5
    assert all(re.fullmatch(r"[a-z0-9-]{1,80}", name) for name in names)


def test_a_long_text_is_cut_with_a_mark() -> None:
    assert short("mot " * 50, 10) == "mot mot m…"
    assert short(None, 10) == "—"


# --- in a browser ----------------------------------------------------------------------------

in_a_browser = pytest.mark.skipif(CHROMIUM is None, reason="Chromium is not installed")
PAGES = ["index.html", "territory/200000000.html", "territory/200000000-findings.html",
         f"document/{ACT}.html"]  # fmt: skip


@pytest.fixture(scope="module")
def tab(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Tab]:
    with chromium(tmp_path_factory.mktemp("profile")) as tab:
        yield tab


@pytest.fixture
def pages(site: Path) -> list[Path]:
    return [*(site / name for name in PAGES), lineage_of(site, "Loger trente jeunes")]


@in_a_browser
def test_pages_load_without_complaint_nor_request_and_fit_a_phone(
    tab: Tab, pages: list[Path]
) -> None:
    tab.complaints.clear()
    for page in pages:
        for width in (1280, 360):
            tab.resize(width, 800)
            tab.open(page)
            assert tab.run("document.styleSheets.length") == 1
            assert tab.run("document.documentElement.scrollWidth") <= width
    assert tab.complaints == []


@in_a_browser
def test_pages_have_no_serious_accessibility_violation(tab: Tab, pages: list[Path]) -> None:
    axe = files("axe_core_python").joinpath("axe.min.js").read_text(encoding="utf-8")
    tab.resize(1280, 800)
    for page in pages:
        for query in ("", "?lang=en"):
            tab.open(page, query)
            tab.run(axe + ";0")
            found = tab.run(
                """axe.run().then(done => ({passes: done.passes.length, bad: done.violations
                   .filter(v => ['serious', 'critical'].includes(v.impact)).map(v => v.id)}))"""
            )
            assert found["passes"] > 10
            assert found["bad"] == [], page


@in_a_browser
def test_a_click_and_a_key_show_the_framed_page(tab: Tab, pages: list[Path]) -> None:
    tab.resize(1280, 800)
    tab.open(pages[-1])
    link = "[...document.querySelectorAll('a.at')].find(a => a.textContent.startsWith('20'))"
    for gesture in (f"{link}.click()", f"{link}.focus()"):
        tab.run(gesture)
        if "focus" in gesture:
            tab.press("Enter", 13)
        tab.run("document.querySelector('#viewer img').decode()")
        seen = tab.run(
            """(() => { const [i, f] = ['img', '.frame'].map(
                   s => document.querySelector('#viewer ' + s).getBoundingClientRect());
               return {open: document.querySelector('#viewer').open,
                       pixels: document.querySelector('#viewer img').naturalWidth,
                       left: (f.left - i.left) / i.width, top: (f.top - i.top) / i.height,
                       width: f.width / i.width, height: f.height / i.height} })()"""
        )
        assert seen["open"] and seen["pixels"] == 1200
        for side in ("left", "top", "width", "height"):
            assert seen[side] == pytest.approx(0.1, abs=0.01)
        tab.press("Escape", 27)
        assert tab.run("document.querySelector('#viewer').open") is False


@in_a_browser
@pytest.mark.parametrize(
    ("page", "query", "count"),
    [("index.html", "SOLIDARITE", 3), ("index.html", "nuit brielle", 2),
     ("index.html", "valmorin trente", 1), ("index.html", "zzz", 0),
     ("territory/200000000.html", "trente jeunes", 1)],
)  # fmt: skip
def test_the_search_finds_actions(tab: Tab, site: Path, page: str, query: str, count: int) -> None:
    tab.open(site / page)
    found = tab.run(
        f"""(async () => {{
            const input = document.querySelector('#search');
            input.focus(); input.value = {json.dumps(query)};
            input.dispatchEvent(new Event('input'));
            for (let i = 0; i < 100 && !document.querySelector('.count').textContent; i++)
                await new Promise(done => setTimeout(done, 20));
            return [...document.querySelectorAll('.results a')].map(a => a.href); }})()"""
    )
    assert len(found) == count
    for address in found:
        assert Path(address.removeprefix("file://")).is_file()


@in_a_browser
def test_english_is_a_switch_away_and_stays_from_page_to_page(tab: Tab, site: Path) -> None:
    tab.open(site / "index.html")
    heading = "document.querySelector('h1').innerText"
    assert tab.run(heading).startswith("Que sont devenues")
    tab.run("document.querySelector('#language').click()")
    assert tab.run(heading).startswith("What became")
    assert tab.run("document.querySelector('td a, th a').getAttribute('href')").endswith("?lang=en")
    tab.open(site / "territory/200000000.html", "?lang=en")
    assert "Money by exercise" in tab.run("document.body.innerText")
    assert "Argent par exercice" not in tab.run("document.body.innerText")


FRENCH = re.compile(r"[éèêàùç]|\b(?:le|la|les|des|du|dans|aucun|sans)\b", re.IGNORECASE)


@in_a_browser
def test_nothing_but_documents_is_french_in_the_english_site(tab: Tab, pages: list[Path]) -> None:
    for page in pages:
        tab.open(page, "?lang=en")
        said = tab.run(
            """(() => {
                const texts = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
                const found = [document.title];
                while (texts.nextNode()) {
                    const parent = texts.currentNode.parentElement;
                    if (parent.closest('[lang]').lang === 'en' && parent.checkVisibility())
                        found.push(texts.currentNode.textContent);
                }
                for (const named of document.querySelectorAll('[aria-label]'))
                    found.push(named.getAttribute('aria-label'));
                return found; })()"""
        )
        assert len(said) > 10
        names = ("Valmorin", "Logement d'abord", ACT, "Français", "jeunes")
        assert not [s for s in said if FRENCH.search(s) and not any(n in s for n in names)], page
        tab.run("document.querySelector('#language').click()")
        assert tab.run("document.documentElement.lang") == "fr"
        assert "Breadcrumb" not in tab.run("document.querySelector('nav').ariaLabel")


@pytest.mark.parametrize(
    ("value", "message", "shown"),
    [
        ("980000", "L'article énonce 980 000 €, mais…", "980\u202f000\xa0€"),
        ("1102521.50", "totalisent 1 102 521,50 € de crédits", "1\u202f102\u202f521,50\xa0€"),
        ("2025", "annonce la période 2023-2025", "2025"),
        ("25993754800068", "Le SIRET 25993754800068 n'est pas valide", "25993754800068"),
        ("En cours", "dite « En cours »", "En cours"),
        (None, "", None),
    ],
)
def test_a_sum_of_a_finding_is_shown_as_it_is_said(value, message, shown) -> None:
    assert as_said(value, message) == shown


def test_findings_are_counted_in_words_that_agree() -> None:
    assert [str(of_severity("error", n)) for n in (1, 2)] == [
        '<span class="fr">erreur</span><span class="en" lang="en">error</span>',
        '<span class="fr">erreurs</span><span class="en" lang="en">errors</span>',
    ]
    assert "à vérifier<" in of_severity("warning", 6)


def test_no_line_parts_a_sum_or_quotation_marks() -> None:
    assert unbroken("« Bail » : 33 445,50 € en 2024") == (
        "«\xa0Bail\xa0»\xa0: 33\u202f445,50\xa0€ en 2024"
    )


def test_a_quotation_is_shown_as_it_is_and_a_measure_as_french_writes_it() -> None:
    assert measure("Scindée en 2.1 et 2.2", {}) == "Scindée en 2.1 et 2.2"
    assert "0,5" in str(measure(0.5, {}))


def test_what_two_actions_have_in_common_is_said_in_words() -> None:
    assert measure(["200000001", "ccas"], {"200000001": "Métropole X"}) == "Métropole X, ccas"
    assert measure(["pension_famille", "nature_aide", "aide"], {}) == "pension famille, aide"


def test_quotation_marks_are_not_doubled() -> None:
    assert quoted("Arrêtée <2024>") == '<q lang="fr">Arrêtée &lt;2024&gt;</q>'
    assert quoted("« Fin » (p. 1)") == '<span lang="fr">« Fin » (p. 1)</span>'
