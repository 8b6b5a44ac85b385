"""A file may hold more than its act."""

import pytest

from extractors.pages.lines import read_lines
from extractors.pages.page import Line
from extractors.text.enclosed import acts_behind
from extractors.text.prose import Prose, read_prose
from tests.extractors.typesetter import Typesetter

DELIBERATION = """
# EXTRAIT DU REGISTRE DES DÉLIBÉRATIONS
# Délibération n° 2031-06-117
Séance ordinaire du 27 juin 2031
# Objet : approbation d'un avenant à la convention « Logement d'abord »
Vu la délibération n° 2030-02-004 du 3 février 2030 ;
Après en avoir délibéré, le conseil décide :
# Article 1 :
Est approuvé l'avenant annexé à la présente délibération.
# Article 2 :
Une recette de 450 000 € est inscrite au budget.
"""
AVENANT = """
# AVENANT N° 1 À LA CONVENTION PLURIANNUELLE
Entre
L'État, représenté par Madame Ariane Lebel, préfète de la Vérone,
Et
La communauté urbaine de Bresles, représentée par Monsieur Luc Marchais, son président,
{recital}
Il est convenu ce qui suit :
# Article 1 – Objet
L'avenant fixe les actions de 2031.
# Article 2 – Financement
L'État alloue 84 000 € pour l'exercice 2031.
# Article 3 – Durée
L'avenant prend fin le 31 décembre 2031.
Fait à Bresles, le 8 juillet 2031
"""
CONVENTION = AVENANT.replace("AVENANT N° 1 À LA CONVENTION", "CONVENTION").replace("2031", "2030")
UNSIGNED = """
# CONVENTION 2030-2032
entre l'État et la communauté urbaine de Bresles
# Article 1 – Objet
L'acte fixe les actions de 2030.
# Article 2 – Durée
L'acte dure trois ans.
"""


def prose(*pages: str) -> Prose:
    return read_prose(lines_of(*pages), [])


def lines_of(*pages: str) -> list[Line]:
    sheets = Typesetter()
    for text in pages:
        sheets.lines(text.format(recital="")).new_page()
    return [line for page in sheets.pages() for line in read_lines(page)]


def facts(read: Prose) -> dict[str, str]:
    return {fact.name: fact.value for fact in read.facts}


@pytest.mark.parametrize(
    ("cover", "front"),
    [
        ((), "Page 1"),
        (("\n# AVENANT N° 1 À LA CONVENTION PLURIANNUELLE\n",), "Page 1"),
        (("\n# EXPOSÉ DES MOTIFS\nLes actions de 2030 ont été menées à bien.\n",), "Pages 1 à 2"),
    ],
)
def test_a_deliberation_in_front_is_not_the_act(cover: tuple[str, ...], front: str) -> None:
    read = prose(DELIBERATION, *cover, AVENANT)
    assert [(a.number, a.title) for a in read.articles] == [
        ("1", "Objet"),
        ("2", "Financement"),
        ("3", "Durée"),
    ]
    assert read.title == "AVENANT N° 1 À LA CONVENTION PLURIANNUELLE"
    assert [(p.rule, p.severity, p.page) for p in read.problems] == [("pages_in_front", "info", 1)]
    assert read.problems[0].message.startswith(f"{front} :")


def test_a_letter_in_front_is_not_the_act() -> None:
    letter = """
# Objet : notification de la convention « Logement d'abord »
Monsieur le Président,
Vous trouverez ci-joint l'avenant signé, pour 84 000 €.
Je vous prie d'agréer, Monsieur le Président, l'expression de ma considération distinguée.
"""
    assert prose(letter, AVENANT).title == "AVENANT N° 1 À LA CONVENTION PLURIANNUELLE"


def test_the_deliberation_in_front_is_the_one_that_approves_the_act() -> None:
    told = facts(prose(DELIBERATION, AVENANT))
    assert (told["deliberation_ref"], told["deliberation_on"]) == ("2031-06-117", "2031-06-27")


def test_a_deliberation_that_the_act_cites_goes_before() -> None:
    cited = AVENANT.replace("{recital}", "Vu la délibération n° 2031-05-009 du 30 mai 2031 ;")
    told = facts(prose(DELIBERATION, cited))
    assert (told["deliberation_ref"], told["deliberation_on"]) == ("2031-05-009", "2031-05-30")


def test_a_deliberation_behind_the_act_changes_nothing() -> None:
    behind, alone = prose(AVENANT, DELIBERATION), prose(AVENANT)
    assert behind.articles == alone.articles
    assert behind.problems == []


def test_annexes_behind_a_deliberation_are_no_act() -> None:
    act = AVENANT.replace("Entre\n", "").replace("L'État, représenté", "Le préfet, représenté")
    annex = "# ANNEXE 1 À LA CONVENTION\nHuit actions."
    assert [a.number for a in prose(act, DELIBERATION, annex).articles] == ["1", "2", "3"]


@pytest.mark.parametrize(
    ("pages", "behind"),
    [
        ((CONVENTION,), []),
        ((CONVENTION, AVENANT), [2]),
        ((AVENANT, CONVENTION), [2]),  # its own convention, annexed
        ((DELIBERATION, CONVENTION, "# ANNEXE 1\nHuit actions.", AVENANT, AVENANT), [4, 5]),
        ((CONVENTION, "# ANNEXE 1 À LA CONVENTION\nEntre 2030 et 2031, huit actions."), []),
        ((CONVENTION, CONVENTION[: CONVENTION.index("# Article")]), []),  # it has no articles
        ((CONVENTION, DELIBERATION), []),
        ((CONVENTION, DELIBERATION, AVENANT), [3]),
        ((UNSIGNED, UNSIGNED), [2]),  # articles begin anew
        ((UNSIGNED, UNSIGNED.replace("CONVENTION", "ANNEXE 2 : CONVENTION")), []),
        ((UNSIGNED, UNSIGNED.replace("Article 1", "Article 4")), []),
    ],
)
def test_acts_behind_the_first_are_found(pages: tuple[str, ...], behind: list[int]) -> None:
    assert [title.page for title in acts_behind(lines_of(*pages))] == behind
