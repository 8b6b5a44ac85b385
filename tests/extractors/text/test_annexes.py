"""Headings of annexes."""

from extractors.text.annexes import annex_headings
from normalizers.words import Vocabulary
from tests.extractors.text.acts import lines_of


def test_an_annex_titled_in_small_letters_is_set_off() -> None:
    lines = lines_of("# Annexe 1 : actions financées en 2024\nAnnexe 2 : actions jointes au bilan.")
    found = annex_headings(lines, Vocabulary.of(line.text for line in lines))
    assert [(a.annex, a.title) for a in found] == [("1", "Annexe 1 : actions financées en 2024")]


def test_the_first_sheet_below_an_annex_is_no_part_of_its_title() -> None:
    lines = lines_of("# ANNEXE 1 – FICHES ACTIONS 2033\n# Fiche action 1 – Bail glissant\nPorteur")
    (found,) = annex_headings(lines, Vocabulary.of(line.text for line in lines))
    assert found.title == "ANNEXE 1 – FICHES ACTIONS 2033"


def test_annex_headings_have_their_whole_title() -> None:
    lines = lines_of(
        """# Annexe 1 – Présentation des objectifs poursuivis pour les actions finan-
# cées dans le cadre de l'appel à manifestation d'intérêt
Pilote Action""",
        "# ANNEXE 2 : ACTIONS HORS CREDITS\nAnnexe 1 et annexe 2 sont jointes.",
        "# ANNEXE\nFiche contact",
    )
    found = annex_headings(lines, Vocabulary.of(line.text for line in lines))
    assert [(a.annex, a.title, a.place.page) for a in found] == [
        (
            "1",
            "Annexe 1 – Présentation des objectifs poursuivis pour les actions financées dans le "
            "cadre de l'appel à manifestation d'intérêt",
            1,
        ),
        ("2", "ANNEXE 2 : ACTIONS HORS CREDITS", 2),
        (None, "ANNEXE", 3),
    ]
