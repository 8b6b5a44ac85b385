"""What the committed acts of Aix-Marseille-Provence contradict, with figures and pages.

Each was read in the documents by a person.
"""

from pathlib import Path

import pytest

from pipeline.extract import extract_files
from pipeline.link import link
from pipeline.load import load
from pipeline.normalize import normalize
from pipeline.query import open_database

ROOT = Path(__file__).parents[2]
CONVENTION, AVENANT = "amp-convention-2023", "amp-avenant-2024"


@pytest.fixture(scope="module")
def findings(tmp_path_factory: pytest.TempPathFactory) -> dict[str, list[tuple[object, ...]]]:
    """Document, page, expected, observed, message of each finding, by rule."""
    home = tmp_path_factory.mktemp("amp")
    raw, reference = ROOT / "data/raw", ROOT / "data/reference"
    files = {f"{name}.pdf": raw / f"{name}.pdf" for name in (CONVENTION, AVENANT)}
    extract_files(files, home / "extracted", jobs=2)
    normalize(home / "extracted", reference, home / "normalized")
    link(home / "normalized", reference, home / "linked")
    load(home / "normalized", home / "linked", home / "database", home / "metrics.json")
    found: dict[str, list[tuple[object, ...]]] = {}
    with open_database(home / "database") as connection:
        for rule, *rest in connection.execute(
            "SELECT rule, document_id, page, expected, observed, message FROM finding"
        ).fetchall():
            found.setdefault(rule, []).append(tuple(rest))
    return found


@pytest.mark.parametrize(
    ("rule", "where", "page", "figures", "words"),
    [
        ("row_sum", CONVENTION, 8, ("388000", "396000"), "238 000 € + cofinancements 150 000 €"),
        ("totals_sum", CONVENTION, 8, ("1932000", "1940000"), "980 000 € d'AMI + 952 000 €"),
        ("article_vs_annex", CONVENTION, 4, ("980000", "479000"), "L'article 2.2.1 énonce"),
        ("dangling_reference", CONVENTION, 4, ("un montant à l'article 1", None), "article 1"),
        ("budget_year_outside_period", CONVENTION, 5, ("2023-2025", "2021"), "L'article 4"),
        ("missing_signature_date", CONVENTION, 6, (None, None), "reçu au contrôle de légalité"),
        ("siret_mismatch", CONVENTION, 1, ("200054807", "130013030"), "Le SIRET"),
        ("siret_mismatch", AVENANT, 1, ("200054807", "130013030"), "Le SIRET"),
        ("carry_over_mismatch", AVENANT, 6, ("219000", "319000"), "219 000 € à l'article 2.2"),
        ("carry_over_mismatch", AVENANT, 6, ("219000", "319000"), "266 700 € en additionnant"),
        ("net_amount_mismatch", AVENANT, 2, ("461000", "416000"), "197 000 € + reliquat 219 000"),
        ("net_amount_mismatch", AVENANT, 2, ("461000", "416000"), "Deux chiffres intervertis"),
        ("previous_funding_mismatch", AVENANT, 7, ("75000", "50000"), "rappelle 50 000 €"),
        ("sub_amounts_mismatch", AVENANT, 4, ("150000", "167000"), "= 167 000 €"),
        ("budget_year_outside_period", AVENANT, 3, ("2024-2025", "2023"), "L'article 3"),
        ("text_truncated", AVENANT, 4, (None, None), "du public senior en"),
    ],
)
def test_a_contradiction_is_found(
    findings: dict[str, list[tuple[object, ...]]],
    rule: str,
    where: str,
    page: int,
    figures: tuple[str | None, str | None],
    words: str,
) -> None:
    found = [f for f in findings[rule] if f[:2] == (where, page) and words in str(f[4])]
    assert len(found) == 1, findings[rule]
    if rule != "text_truncated":
        assert found[0][2:4] == figures


def test_nothing_personal_is_left(findings: dict[str, list[tuple[object, ...]]]) -> None:
    assert "contact_left" not in findings
