"""Sheets printed on pages side by side."""

from collections.abc import Sequence

import pytest
from documents import row, table

from extractors.tables.beside import joined_beside
from pipeline.models import ExtractedTable


def printed(columns: Sequence[str], *rows: Sequence[str], page: int) -> ExtractedTable:
    made = table(
        columns, *(row("body", *texts, at=i, page=page) for i, texts in enumerate(rows, 1))
    )
    head = [row("body", *columns, at=0, page=page).cells]
    return made.model_copy(update={"head": head, "page_first": page, "page_last": page})


NAMES = (["Maraudes", "CCAS"], ["Étude", "SIAO"])
SUMS = (["5 000 €", "700 €"], ["900 €", ""])


def test_columns_on_the_next_pages_are_those_of_the_same_rows() -> None:
    first = printed(["Action", "Pilote"], *NAMES, page=3)
    second = printed(["AMI", "Ville"], *SUMS, page=4)
    third = printed(["Coût"], ["5 700 €"], ["900 €"], page=5)
    (one,) = joined_beside([first, second, third], lambda page: True)
    assert one.columns == ["Action", "Pilote", "AMI", "Ville", "Coût"]
    assert [c.text for c in one.rows[0].cells] == [
        "Maraudes",
        "CCAS",
        "5 000 €",
        "700 €",
        "5 700 €",
    ]
    assert [(c.column, c.place.page) for c in one.rows[1].cells][-2:] == [(4, 4), (5, 5)]
    assert (one.page_first, one.page_last) == (3, 5)


@pytest.mark.parametrize(
    ("second", "bare"),
    [
        (printed(["AMI", "Ville"], *SUMS, page=4), False),
        (printed(["AMI", "Ville"], *SUMS, page=5), True),
        (printed(["AMI", "Pilote"], *SUMS, page=4), True),
        (printed(["AMI", "Ville"], *SUMS, ["1 €", "2 €"], page=4), True),
    ],
    ids=["prose beside", "a page between", "a heading again", "a row more"],
)
def test_tables_of_their_own(second: ExtractedTable, bare: bool) -> None:
    first = printed(["Action", "Pilote"], *NAMES, page=3)
    assert joined_beside([first, second], lambda page: bare) == [first, second]


def test_two_tables_on_a_page_are_no_columns_of_a_third() -> None:
    first = printed(["Action", "Pilote"], *NAMES, page=3)
    more = [printed([a, b], *SUMS, page=4) for a, b in (("AMI", "Ville"), ("CAF", "Région"))]
    assert len(joined_beside([first, *more], lambda page: True)) == 3
    assert joined_beside([], lambda page: True) == []
