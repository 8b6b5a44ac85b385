"""Sub-articles that tell an action each."""

import pytest
from documents import article

from extractors.text.told_articles import actions_in_articles
from pipeline.extracted import LISTED, ExtractedArticle

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
