"""Sub-articles that tell an action each."""

import pytest
from documents import article

from extractors.pages.lines import read_lines
from extractors.text.told_articles import actions_in_articles, actions_under_titles
from normalizers.words import Vocabulary
from pipeline.extracted import LISTED, ExtractedArticle
from tests.extractors.typesetter import Typesetter

GRANT = ("3", "Montant", "La subvention de l'État s'élève à 110 000 €.")


def act(above: str, *titles: str, grant: str = GRANT[2]) -> list[ExtractedArticle]:
    sums = ("40 000 €, et la Ville 9 000 €", "70 000 €")
    told = [article("2", above), article("3", "Montant", grant)]
    return told + [
        article(f"2.{i}", title, f"L'État verse {paid}.").model_copy(update={"parent_number": "2"})
        for i, (title, paid) in enumerate(zip(titles, sums, strict=True), 1)
    ]


def test_articles_below_one_on_actions_are_a_table() -> None:
    (table,) = actions_in_articles(act("Actions soutenues", "Coordination", "Équipe mobile"), 1)
    assert (table.extractor, table.columns, table.position) == (LISTED, ["", ""], 1)
    first, second = ([c.text for c in row.cells] for row in table.rows)
    assert first == ["Coordination", "L'État verse 40 000 €, et la Ville 9 000 €."]
    assert second == ["Équipe mobile", "L'État verse 70 000 €."]


@pytest.mark.parametrize(
    "articles",
    [
        act("Répartition", "Ville", "CCAS"),  # of beneficiaries
        act("Actions", "Axe 1 – Gouverner", "Axe 2 – Loger"),
        act("Actions", "Coordination", "Équipe mobile", grant="L'État verse 120 000 €."),
        act("Actions", "Coordination", "Équipe mobile")[:3],
    ],
)
def test_articles_that_tell_other_things_are_none(articles: list[ExtractedArticle]) -> None:
    assert actions_in_articles(articles, 1) == []


def test_articles_numbered_as_actions_are_a_table() -> None:
    articles = act("Répartition", "Action 1 – Bail", "Action 2 – Halte")
    assert actions_in_articles(articles, 1)
    *others, last = articles
    apart = last.model_copy(update={"number": "4.1", "parent_number": "4"})
    (table,) = actions_in_articles([*others, apart], 1)
    assert len(table.rows) == 2


TITLES = ["Action 1.1 – Plateforme territoriale", "Action 1.2 – Formation des acteurs"]
ANNEX = """
# Action 1.1 – Plateforme territoriale
Portée par la Ville, elle oriente les demandes. Le financement
de l'AMI est de 55 000 €, complété par 25 000 € de la Ville.

# Action 1.2 – Formation des acteurs
Pilotée par l'URIOPSS, elle bénéficie de 15 000 € de l'AMI.
"""


@pytest.mark.parametrize(
    ("grant", "annex", "titles"),
    [
        (
            "70 000 €",
            ANNEX,
            ["Action 1.1 – Plateforme territoriale", "Action 1.2 – Formation des acteurs"],
        ),
        ("75 000 €", ANNEX, []),
        ("70 000 €", ANNEX.replace("Action 1.", "Point 1."), []),
    ],
    ids=["what is granted", "another sum", "no actions"],
)
def test_texts_under_titles_that_number_actions(grant: str, annex: str, titles: list[str]) -> None:
    lines = [x for page in Typesetter().lines(annex).pages() for x in read_lines(page)]
    articles = [article("2", "Montant", f"L'État verse {grant}.")]
    words = Vocabulary.of(line.text for line in lines)
    tables = actions_under_titles(lines, articles, words, 1)
    assert [row.cells[0].text for table in tables for row in table.rows] == titles
    for table in tables:
        assert (table.extractor, table.columns) == (LISTED, ["", ""])
        assert table.rows[0].cells[1].text.endswith("55 000 €, complété par 25 000 € de la Ville.")
