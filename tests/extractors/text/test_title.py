"""The title of an act, and what it says."""

import pytest

from extractors.pages.lines import read_lines
from extractors.text.title import names_one_exercise, read_title, title_facts
from normalizers.words import Vocabulary
from tests.extractors.text.acts import facts_of, lines_of
from tests.extractors.typesetter import Typesetter

PARTIES = "Entre l'État, représenté par M. Yves Brun, préfet,"


@pytest.mark.parametrize(
    ("pages", "title"),
    [
        (["# LOGEMENT D'ABORD\n# CONVENTION 2031\nPlan du Lac"], "CONVENTION 2031"),
        (["La convention du 3 mai.\n# AVENANT N° 1\n# POUR 2031"], "AVENANT N° 1 POUR 2031"),
        (["# AVENANT N° 1", "# PLAN DU LAC\nEntre"], "AVENANT N° 1"),  # a cover
        (["# AVENANT N° 1\n\n\n\n# PLAN DU LAC"], "AVENANT N° 1"),
        (["CONVENTION DU LAC\n2031\n# Visas\nVu la loi ;"], "CONVENTION DU LAC 2031"),
        (["CONVENTION DU LAC\nVu la loi.\n# Visas"], "CONVENTION DU LAC"),
        (["LE LAC ET SA CONVENTION\n# Visas\nVu la loi ;"], ""),
        (["Convention du Lac\n# Visas\nVu la loi ;"], ""),
        (["# CONVENTION\nréunie\n# LE LAC\nVu la loi"], "CONVENTION"),
        (
            ["Convention du Pays de Beau-\nMont et du Lac\nVu"],
            "Convention du Pays de Beau-Mont et du Lac",
        ),
        (["# PROGRAMME\n# « Convention du Lac »"], "PROGRAMME « Convention du Lac »"),
        (["# PLAN\n\n\n\n# annexé à la convention"], "annexé à la convention"),
        (["# CONVENTION DU LAC\n# SOMMAIRE\nArticle 1"], "CONVENTION DU LAC"),
        (["PLAN\n# annexé à la convention"], "annexé à la convention"),
        (["# PLAN", "# annexé à la convention"], "annexé à la convention"),
        (["# LE LAC\n# Entre l'État,\n# et la Ville\n# CONVENTION"], ""),
        (["# LE LAC\n# PRÉAMBULE\n# La convention du Lac"], ""),
        (["# LE LAC\n# Article 1 – Objet\n# La convention du Lac"], ""),
        (["# LE LAC", "Page 2", "Page 3", "# CONVENTION DU LAC"], ""),  # an annex
        ([""], ""),
    ],
)
def test_a_title_is_what_names_the_act_set_off_in_front(pages: list[str], title: str) -> None:
    lines = lines_of(*pages)
    assert read_title(lines, Vocabulary.of([line.text for line in lines]))[0] == title


@pytest.mark.parametrize(
    ("title", "one"),
    [
        ("CONVENTION LOGEMENT D'ABORD – Exercice 2031-2032", True),
        ("CONVENTION LOGEMENT D'ABORD 2031-2032", False),
        ("CONVENTION LOGEMENT D'ABORD", False),
    ],
)
def test_years_of_an_exercise_are_no_term(title: str, one: bool) -> None:
    assert names_one_exercise(title) is one


def test_what_stands_above_the_title_is_kept() -> None:
    act = "# LOGEMENT D'ABORD\n# CONVENTION 2031\nEntre l'État et la Ville"
    assert facts_of(act)["above_title"] == "LOGEMENT D'ABORD"
    assert "above_title" not in facts_of("# CONVENTION 2031\nEntre l'État et la Ville")


def test_a_title_in_the_type_of_the_text_goes_on_with_its_exercise() -> None:
    act = "CONVENTION D'AIDE\nExercice 2025\n{PARTIES}"
    assert facts_of(act)["exercise"] == "2025"


@pytest.mark.parametrize(
    ("title", "exercise"),
    [
        ("AVENANT N° 3 – 2026 À LA CONVENTION 2024-2026", "2026"),
        ("Avenant 2025 à la convention Logement d'abord 2023-2027", "2025"),
        ("AVENANT N° 1 – 2023-2025 CONVENTION", None),
        ("Avenant n° 1 à la convention 2023-2025", None),
    ],
)
def test_the_year_of_an_avenant_is_its_exercise(title: str, exercise: str | None) -> None:
    act = f"# {title}\n{PARTIES}"
    assert facts_of(act).get("exercise") == exercise


@pytest.mark.parametrize(
    ("title", "exercise"),
    [
        ("CONVENTION LOGEMENT D'ABORD 2025", "2025"),
        ("CONVENTION DU 12 MARS 2025", None),
        ("CONVENTION 2024-2025", None),
        ("CONVENTION 2024-2026", None),
        ("Convention du 1er juillet 2024 au 30 juin 2025", "2024-2025"),
        ("Convention du 1er juillet 2024 au 30 juin 2026", None),
        ("AVENANT 2025", "2025"),
        ("AVENANT N° 2 – Exercice 2024-2025", "2024-2025"),
        ("AVENANT N° 2 – années 2024 et 2025", "2024-2025"),
        ("AVENANT N° 2 – années 2024 à 2026", None),
        ("Avenant à la convention 2023", None),
    ],
)
def test_a_title_names_one_exercise_or_none(title: str, exercise: str | None) -> None:
    act = f"# {title}\n{PARTIES}"
    assert facts_of(act).get("exercise") == exercise


@pytest.mark.parametrize(
    ("title", "exercise"),
    [
        ("Rapport d'exécution 2023 – Logement d'abord", "2023"),
        ("Bilan financier et d'activité de l'année 2023", "2023"),
        ("Rapport d'activité – mars 2024", None),
        ("Bilan de la convention 2023", None),
        ("Bilan 2021-2023", None),
    ],
)
def test_the_year_that_a_report_names_is_its_exercise(title: str, exercise: str | None) -> None:
    assert facts_of(f"# {title}\nLe présent rapport rend compte.").get("exercise") == exercise


def test_a_bold_title_goes_on_with_the_act_that_it_amends() -> None:
    title = "# AVENANT N° 2\nà la convention Logement d'abord du 12 octobre 2023"
    facts = facts_of(f"{title}\nDépartement de l'Ourvière\nEntre l'État, représenté par M. Brun,")
    assert facts["title"] == "AVENANT N° 2 à la convention Logement d'abord du 12 octobre 2023"


def test_what_says_which_act_is_amended_goes_on_below() -> None:
    title = "# AVENANT N° 3\nà la convention conclue entre l'État et la Ville de Sens\nen 2023"
    facts = facts_of(f"{title}\nVille de Sens\nEntre l'État, représenté par M. Brun, préfet,")
    assert facts["title"].endswith("conclue entre l'État et la Ville de Sens en 2023")


def test_a_title_that_ends_in_small_letters_begins_above() -> None:
    act = "# FEUILLE DE ROUTE 2024-2027\n# annexée à la convention de mars\nEntre l'État, pris"
    facts = facts_of(f"{act} par M. Yves Brun, préfet,")
    assert facts["title"] == "FEUILLE DE ROUTE 2024-2027 annexée à la convention de mars"


@pytest.mark.parametrize(
    ("title", "kind"),
    [
        ("AVENANT N° 2 A LA CONVENTION 2023-2025", "avenant"),
        ("CONVENTION PLURIANNUELLE D'OBJECTIFS", "convention"),
        ("APPEL À MANIFESTATION D'INTÉRÊT", "call"),
        ("RAPPORT D'EXÉCUTION DE LA CONVENTION", "report"),
        ("CONVENTION LOGEMENT D'ABORD 2023-2025 – AVENANT N° 2", "avenant"),
        ("Convention 2023-2025 modifiée par avenant n° 2", "convention"),
        (
            "ARRÊTÉ n° 12 portant attribution d'une subvention au titre de l'appel à projets",
            "convention",
        ),
        ("DÉCISION ATTRIBUTIVE DE SUBVENTION N° 2031-07", "convention"),
    ],
)
def test_kind_follows_from_the_title(title: str, kind: str) -> None:
    assert facts_of(f"# {title}\nDu texte courant sous le titre de ce document.")["kind"] == kind


def test_a_title_in_large_type_goes_on_in_that_type() -> None:
    sheet = Typesetter()
    for line in ("CONVENTION PLURIANNUELLE", "D'OBJECTIFS 2024-2026", "Logement d'abord"):
        sheet.line(line, size=26, gap=32)
    sheet.lines("Communauté urbaine du Grand Vernhac\nEntre l'État, représenté par M. Yves Brun,")
    sheet.lines(
        "préfet du département de la Sarmance, et la communauté urbaine,\n# Article 1 – Objet"
    )
    title = read_title(read_lines(sheet.pages()[0]), Vocabulary.of([]))[0]
    assert title == "CONVENTION PLURIANNUELLE D'OBJECTIFS 2024-2026 Logement d'abord"


def test_a_title_goes_on_where_its_line_cannot_end() -> None:
    title = "AVENANT N° 1\nà la convention de mars 2024 conclue entre l'État et la"
    act = f"{title}\nCommunauté urbaine du Grand Vernhac\nEntre l'État, représenté par M. Brun,"
    assert facts_of(act)["title"].endswith("l'État et la Communauté urbaine du Grand Vernhac")


@pytest.mark.parametrize(
    ("title", "period"),
    [
        ("CONVENTION 2024 au titre du 2e plan quinquennal Logement d'abord (2023-2027)", []),
        ("CONVENTION 2024-2026 relative au plan quinquennal 2023-2027", ["2024", "2026"]),
        ("CONVENTION 2023-2027 du plan Logement d'abord", ["2023", "2027"]),
    ],
)
def test_the_years_of_the_national_plan_are_not_those_of_the_act(
    title: str, period: list[str]
) -> None:
    facts = title_facts(title, lines_of(f"# {title}"))
    assert [f.value for f in facts if f.name.startswith("period")] == period
