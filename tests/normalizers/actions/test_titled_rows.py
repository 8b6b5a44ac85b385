"""Actions whose names stand across the table, each over its row of sums."""

import pytest
from documents import row
from documents import table as typed

from normalizers.actions.registry import read_parts
from tests.normalizers.tables import part

HEADS = ["Coût total 2026", "AMI 2026", "Cofinancements 2026"]
SUMS = (("30 000 €", "20 000 €", "10 000 €"), ("9 000 €", "9 000 €", "-"))


def told(*titles: str, heads: list[str] = HEADS):
    rows = [
        r for title, sums in zip(titles, SUMS, strict=True) for r in (row("section", title), sums)
    ]
    return read_parts([part(typed(heads, *rows))])


def test_a_title_over_each_row_of_sums_names_its_action() -> None:
    first, second = told("Action 1 : Bail glissant", "Action 2 : Halte de nuit")
    assert (first.row.texts["reference"], first.row.texts["label"]) == ("Action 1", "Bail glissant")
    assert second.row.texts["label"] == "Halte de nuit"
    assert [(s.funder, s.stage, s.amount) for s, _ in second.row.sums] == [
        (None, "total_cost", 9_000),
        ("AMI", "granted", 9_000),
    ]
    assert (first.row.index, second.row.index) == (1, 2)
    assert first.row.section is None


def read(*rows) -> list[str]:
    return [one.row.texts["label"] for one in read_parts([part(typed(HEADS, *rows))])]


def test_a_total_has_no_name() -> None:
    first, second = SUMS
    total = row("total", "39 000 €", "29 000 €", "10 000 €")
    told = (row("section", "Bail glissant"), first, row("section", "Halte de nuit"), second)
    assert read(*told, total) == ["Bail glissant", "Halte de nuit"]
    assert read(*told[:2], total) == []  # one row shows nothing
    assert read(*told, first) == []  # whose sums are these?
    assert read(*told, row("section", "Observatoire"), row("section", "Ville")) == []


def test_titles_over_actions_that_a_column_names_are_places() -> None:
    heads = ["Action", "AMI 2026", "Cofinancements 2026"]
    told = row("section", "Orme"), ("Bail glissant", "20 000 €", "-"), row("section", "Val")
    of = typed(heads, *told, ("Halte de nuit", "9 000 €", "-"))
    first, second = (one.row for one in read_parts([part(of)]))
    assert (first.texts["label"], first.section) == ("Bail glissant", "Orme")
    assert (second.texts["label"], second.section) == ("Halte de nuit", "Val")


@pytest.mark.parametrize(
    ("titles", "heads"),
    [
        (("Axe 1 : Loger", "Axe 2 : Accueillir"), HEADS),
        (("Bail glissant", "Bail glissant"), HEADS),
        (("Bail glissant", "Halte de nuit"), ["Nombre", "Durée", "Suite"]),
    ],
    ids=["axes", "one name", "no sums"],
)
def test_titles_that_name_no_actions(titles: tuple[str, str], heads: list[str]) -> None:
    assert told(*titles, heads=heads) == []
