"""What articles say of actions: of the one they name, of their parts, of each item of a list."""

from collections.abc import Sequence

import pytest
from documents import article

from normalizers.links.prose import said_in_prose
from pipeline.extracted import ExtractedArticle, Place, PlacedText
from pipeline.models import Action


def action(reference: str, label: str, exercise: str = "2032") -> Action:
    return Action(
        action_id=f"{exercise}/{reference}",
        document_id="acte",
        territory_id="som",
        exercise=exercise,
        reference=reference,
        label=label,
        page=4,
    )


ACTIONS = [
    action("7", "Colocations étudiantes", "2031"),
    action("9", "Bail glissant", "2031"),
    action("FA 30", "Colocations solidaires entre générations"),
    action("FA 31", "Ateliers cuisine des résidents (dans le cadre des pensions)"),
    action("FA 32", "Bail glissant pour les sortants d'hébergement"),
    action("FA 33", "Habitat"),
]
SHEET = article("S1", "Proposition de fiche n° 31 : Ateliers de cuisine et de jardinage des aînés")
BOTH = {("FA 30", "7"), ("FA 30", "9"), ("FA 31", "7"), ("FA 31", "9")}
ORIGIN = "Les deux actions sont issues des actions 7 et 9 du premier plan."
SHARED = ("L'action « Colocations solidaires entre les générations »", "Elle est nouvelle.")
COOKING = ("L'action Ateliers de cuisine et jardinage des aînés", "Voir la fiche FA 33 en annexe.")


def part(number: str, title: str, text: str = "") -> ExtractedArticle:
    return article(number, title, text).model_copy(update={"parent_number": "4.1"})


def said(articles: Sequence[ExtractedArticle], kind: str) -> set[tuple[str | None, str | None]]:
    found = [x for x in said_in_prose(articles, ACTIONS) if x.said.kind == kind]
    return {(x.action.reference if x.action else None, x.said.reference) for x in found}


def test_an_article_speaks_of_the_one_action_it_names() -> None:
    text = "Voir la fiche action FA 30. Cette action est née des actions 9 et 7 du plan."
    found = said_in_prose([article("4.1", "L'action Colocations", text, page=7)], ACTIONS)
    assert {(x.action and x.action.action_id, x.said.reference, x.page) for x in found} == {
        ("2032/FA 30", "7", 7),
        ("2032/FA 30", "9", 7),
    }


@pytest.mark.parametrize(
    "origin",
    [
        ORIGIN,
        "Ces 2 nouvelles actions découlent des actions 7 et 9.",
        "Le public est jeune. Les deux fiches-actions font suite aux actions 7 et 9.",
    ],
)
def test_a_number_of_actions_are_those_of_as_many_parts(origin: str) -> None:
    parts = [part("4.1.1", *SHARED), part("4.1.2", *COOKING)]
    assert said([article("4.1", "Les aînés", origin), *parts, SHEET], "comes_from") == BOTH


@pytest.mark.parametrize(
    ("origin", "parts"),
    [
        ("Les trois actions sont issues des actions 7 et 9.", [SHARED, COOKING]),
        ("Les deux actions ne sont pas issues des actions 7 et 9.", [SHARED, COOKING]),
        ("Les deux élus sont issus des actions 7 et 9.", [SHARED, COOKING]),
        ("L'étude est issue de ces deux actions 7 et 9.", [SHARED, COOKING]),
        (ORIGIN, []),
        (ORIGIN, [SHARED]),
        (ORIGIN, [SHARED, SHARED]),
        (ORIGIN, [SHARED, COOKING, ("Le calendrier", "")]),
        (ORIGIN, [SHARED, ("Le calendrier", "Les travaux durent un an.")]),
        (ORIGIN, [SHARED, ("Les partenaires", "Voir les fiches FA 31 et FA 32.")]),
        (ORIGIN, [SHARED, ("L'habitat des jeunes en milieu rural et leur santé", "")]),
        (ORIGIN, [("Fiche 7", ""), ("Fiche 9", "")]),
    ],
)
def test_parts_that_do_not_answer_the_number_say_nothing(
    origin: str, parts: list[tuple[str, str]]
) -> None:
    below = [part(f"4.1.{i}", *texts) for i, texts in enumerate(parts, 1)]
    assert said([article("4.1", "Les aînés", origin), *below, SHEET], "comes_from") == set()


MOVING = "Le fonds paiera ces actions. Elles se poursuivront par un portage du Département :"


@pytest.mark.parametrize("mark", list("→⁃➢"))
def test_a_sentence_speaks_of_each_action_of_its_list(mark: str) -> None:
    text = (
        f"{MOVING}\n{mark} Partage de logements (FA 30. Colocations)\n"
        f"{mark} Bail glissant pour sortants d’hébergement\n"
        f"{mark} Jardins partagés (contrat de ville)\n"
        f"Le plan compte aussi une fiche :\n{mark} des cuisines (FA 31)"
    )
    pages = {"page_starts": [text.index(f"{mark} Bail")]}
    found = said_in_prose([article("2", "", text).model_copy(update=pages)], ACTIONS)
    assert [(x.action and x.action.reference, x.said.kind, x.page) for x in found] == [
        ("FA 30", "moved", 1),
        ("FA 32", "moved", 2),
        (None, "moved", 2),
    ]
    assert found[0].said.quote.startswith("Elles se poursuivront")
    assert found[0].said.quote.endswith("(FA 30. Colocations)")


@pytest.mark.parametrize(
    "text",
    [
        "Elles se poursuivront dans le cadre du présent avenant, comme ces actions :\n- FA 30",
        "Les actions se poursuivent par un portage du Département.\n- FA 30",
        "Le loyer est repris par un portage du Département, pour :\n- FA 30",
        f"{MOVING}\nVoir aussi la fiche FA 30",
        f"{MOVING}\n- un bureau\n- deux postes",
        "Le partenariat se poursuivra par un portage du Département :\n- FA 30",
        f"{MOVING}\n- Bilan commun de FA 30 et FA 31",
    ],
)
def test_what_is_no_list_of_actions_that_move_says_nothing(text: str) -> None:
    assert said([article("2", "", text)], "moved") == set()


def test_what_an_action_becomes_is_said_of_those_that_come_from_it() -> None:
    text = "La fiche 9 est scindée en fiches 30 et 31. La fiche 7 devient la fiche 99."
    articles = [article("3", "Suite des fiches", text)]
    assert said(articles, "comes_from") == {("FA 30", "9"), ("FA 31", "9")}
    assert said(articles, "becomes") == {("7", "99")}


def test_a_note_beside_a_table_tells_as_an_article_does() -> None:
    place = Place(page=5, x0=72, top=300, x1=400, bottom=312)
    note = PlacedText(text="FA 32 : suite de la fiche 9, suspendue en 2031.", place=place)
    articles = [article("3", "Suite", "La fiche 32 est la suite de la fiche 9.")]
    (told,) = said_in_prose([], ACTIONS, [note])
    assert (told.action and told.action.reference, told.said.reference, told.page) == (
        "FA 32",
        "9",
        5,
    )
    assert len(said_in_prose(articles, ACTIONS, [note])) == 1  # each once


def test_what_an_action_of_no_row_comes_from_says_nothing() -> None:
    told = article("2", "Fiche 99 : Pension", "Elle est issue de l'action 7 du premier plan.")
    assert said([told], "comes_from") == set()


def test_an_article_says_the_former_name_of_an_action() -> None:
    text = "L'action « Toit d'urgence » prend le nom d'« Habitat de nuit »."
    renamed = action("", "Habitat de nuit").model_copy(update={"reference": None})
    (found,) = said_in_prose([article("2", "Programme", text)], [*ACTIONS, renamed])
    assert found.action == renamed
    assert (found.said.kind, found.said.name) == ("comes_from", "Toit d'urgence")
