"""Acts bound into one file are documents of their own, each on its own pages of the file."""

import shutil
from pathlib import Path

import pytest
import typeset

from pipeline.build import BuildReport, build
from pipeline.ingest import ingest
from pipeline.report import report
from pipeline.worker import Limits
from tests.answers import run_query

REFERENCE = Path(__file__).parents[1] / "data/reference"
GRANTED = {2031: 50_000, 2032: 60_000, 2033: 70_000}
ACTS = [
    ("tout", "2031", 1, 2, 50_000),
    ("tout--page-3", "2032", 3, 2, 60_000),
    ("tout--page-5", "2033", 5, 2, 70_000),
]
SAID = """
    SELECT d.document_id, a.exercise, d.page_first, d.page_count, sum(f.amount_eur)
    FROM document AS d JOIN action AS a USING (document_id) JOIN funding AS f USING (action_id)
    GROUP BY ALL ORDER BY ALL
"""


def built(raw: Path, **options: int) -> tuple[Path, BuildReport]:
    out = raw.parent / "out"
    return out, build(raw, out, reference_dir=REFERENCE, limits=Limits(**options))


@pytest.mark.parametrize("at_once", [50, 2, 3])
def test_each_act_has_its_own_pages_and_sums(at_once: int, tmp_path: Path) -> None:
    typeset.bound(tmp_path / "raw/tout.pdf", GRANTED)
    out, done = built(tmp_path / "raw", pages_at_once=at_once)
    assert done.exit_code == 0
    assert run_query(out / "filiation.duckdb", SAID).rows == ACTS
    query = "SELECT document_id, severity, page FROM finding WHERE rule = 'several_acts'"
    told = run_query(out / "filiation.duckdb", query).rows
    assert sorted(told) == [("tout", "info", 3), ("tout", "info", 5)]
    assert not done.status.stale and not done.status.gone  # type: ignore[union-attr]


def test_an_act_that_has_a_file_of_its_own_too_counts_once(tmp_path: Path) -> None:
    raw = tmp_path / "raw"
    typeset.bound(raw / "tout.pdf", GRANTED)
    shutil.copy(raw / "tout.pdf", raw / "zweimal.pdf")
    typeset.act(raw / "avenant.pdf", 2032, 60_000)
    out, _ = built(raw)
    query = "SELECT document_id, copy_of FROM document WHERE copy_of IS NOT NULL ORDER BY ALL"
    assert run_query(out / "filiation.duckdb", query).rows == [
        ("tout--page-3", "avenant"),
        ("zweimal", "tout"),
        ("zweimal--page-3", "avenant"),
        ("zweimal--page-5", "tout--page-5"),
    ]


def test_the_report_draws_the_file_once(tmp_path: Path) -> None:
    typeset.bound(tmp_path / "raw/tout.pdf", GRANTED)
    out, _ = built(tmp_path / "raw")
    report(out / "filiation.duckdb", tmp_path / "raw", tmp_path / "site")
    drawn = sorted(p.name for p in (tmp_path / "site/pictures").rglob("*.webp"))
    assert drawn == [f"{n}.webp" for n in range(1, 7)]
    page = (tmp_path / "site/document/tout--page-3.html").read_text(encoding="utf-8")
    assert "2 (3 à 4 du fichier)" in page and "2 (3 to 4 of the file)" in page


def test_ingest_tells_the_actions_of_all_acts(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    file = typeset.bound(tmp_path / "tout.pdf", GRANTED)
    told = ingest(file, Path("raw"), Path("processed"), reference_dir=REFERENCE)
    assert [(a.exercise, a.granted) for a in told.actions] == [(a[1], a[4]) for a in ACTS]
    assert ingest(file, Path("raw"), Path("processed"), reference_dir=REFERENCE).already
