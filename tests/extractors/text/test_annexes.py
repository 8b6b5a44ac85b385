"""Headings of annexes."""

from collections.abc import Sequence

import pytest
from documents import table

from extractors.text.annexes import annex_headings, unread_annexes
from extractors.text.prose import read_prose
from normalizers.words import Vocabulary
from pipeline.extracted import ExtractedTable
from tests.extractors.text.acts import lines_of

ACT = """
# Article 1 – Objet
L'avenant arrête le programme.
# Article 2 – Durée
Il prend fin le 31 décembre 2031. Sont annexées :
Annexe 1 – Actions
Annexe 2 – Compte
et la délibération du conseil.
Fait à Grandrieu, le 3 mai 2031
"""
LIST = """
# Annexe 1 – Actions suivies sans concours de l'État
Sous-location sous mandat (SCIC Clé des Champs) : droit commun.
Parcours logement des jeunes majeurs : Département.
"""


def test_an_annex_titled_in_small_letters_is_set_off() -> None:
    lines = lines_of("# Annexe 1 : actions financées en 2024\nAnnexe 2 : actions jointes au bilan.")
    found = annex_headings(lines, Vocabulary.of(line.text for line in lines))
    assert [(a.annex, a.title) for a in found] == [("1", "Annexe 1 : actions financées en 2024")]


@pytest.mark.parametrize(
    ("pages", "annexes"),
    [
        (["Le plan.\nAnnexe 1 – Actions financées"], ["1"]),
        (["Le plan.\nAnnexe 1 – Les actions sont arrêtées."], []),
        (["Le plan.\nAnnexe – Actions financées"], []),
        (["Le plan.\nANNEXE – ACTIONS FINANCÉES"], [None]),
        (["Le plan.\n# Annexe – Actions financées"], [None]),
        (["# Annexe 1 – Actions\nLe plan.\nAnnexe 2 – Compte"], ["1"]),
        (["# Annexe 1 – Actions\nLe plan.", "Annexe 2 – Compte"], ["1", "2"]),
        (["# Annexe 1 – Actions ;\n# Annexe 2 – Compte ;"], []),  # what is annexed
        (["Le plan.\n# Annexe 1, dont les actions"], []),
        (["Le plan.\n# Annexe 1 jointe au présent avenant"], []),
    ],
)
def test_a_line_is_the_heading_of_an_annex_by_how_it_is_set(
    pages: list[str], annexes: list[str | None]
) -> None:
    lines = lines_of(*pages)
    found = annex_headings(lines, Vocabulary.of(line.text for line in lines))
    assert [a.annex for a in found] == annexes


def test_an_annex_may_be_said_to_be_modified() -> None:
    text = "# Annexe 2 modifiée – Programme 2024-2025\nAnnexe 3 modifiée en conséquence."
    lines = lines_of(text)
    found = annex_headings(lines, Vocabulary.of(line.text for line in lines))
    assert [a.annex for a in found] == ["2"]


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


def told(
    *pages: str, tables: Sequence[ExtractedTable] = ()
) -> list[tuple[str, int | None, str | None]]:
    lines = lines_of(*pages)
    prose = read_prose(lines, [])
    found = unread_annexes(lines, prose.annex_headings, tables, prose.articles)
    return [(problem.severity, problem.page, problem.observed) for problem in found]


def test_an_annex_of_which_nothing_is_read_is_told() -> None:
    account = "# Annexe 2 – Compte\nTitulaire : Trésorerie de Grandrieu\nBanque de France"
    assert told(ACT, LIST, account) == [
        ("warning", 2, "Annexe 1 – Actions suivies sans concours de l'État"),
        ("info", 3, "Annexe 2 – Compte"),
    ]


@pytest.mark.parametrize(
    ("annex", "page", "unread"),
    [
        ("1", 9, False),  # of a table that stands elsewhere
        (None, 2, False),  # below its heading
        (None, 1, True),
    ],
)
def test_an_annex_whose_table_is_read_is_not_told(
    annex: str | None, page: int, unread: bool
) -> None:
    of = table(["Action"], ["Sous-location"], annex=annex, page=page)
    assert bool(told(ACT, LIST, tables=[of])) is unread


def test_an_annex_without_number_is_no_table_that_stands_in_none() -> None:
    of = table(["Action"], ["Sous-location"], annex=None, page=1)
    assert told(ACT, LIST.replace("Annexe 1 –", "ANNEXE –"), tables=[of])


def test_what_goes_on_with_an_annex_and_is_not_read_may_be_actions() -> None:
    rest = "# Annexe 2 (suite)\n2 Bail glissant SIAO\nEngagée"
    assert told(ACT, LIST, rest)[1] == ("warning", 3, "Annexe 2 (suite)")


@pytest.mark.parametrize(
    "annex", ["", "# Annexe 1 – Actions\nSans objet.", "# Annexe 1\n# Annexe 2"]
)
def test_an_annex_without_text_is_not_told(annex: str) -> None:
    assert told(ACT, annex) == []


def test_a_note_below_a_table_tells_what_became_of_an_action() -> None:
    told = "A1 : suite de la fiche 1 de la convention 2028-2030. B1 regroupe les fiches 3 et 4."
    lines = lines_of(f"{ACT}{LIST}{told}\nLa fiche 7 n'est pas issue de la fiche 2.")
    assert [n.text for n in read_prose(lines, []).notes] == [
        "A1 : suite de la fiche 1 de la convention 2028-2030.",
        "B1 regroupe les fiches 3 et 4.",
    ]


def test_what_an_article_says_is_no_note() -> None:
    said = "L'avenant arrête le programme. La fiche 5 succède à la fiche 2."
    lines = lines_of(ACT.replace("L'avenant arrête le programme.", said))
    assert read_prose(lines, []).notes == []
