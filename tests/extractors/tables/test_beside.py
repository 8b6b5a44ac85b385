"""Sheets printed on pages side by side."""

from collections.abc import Sequence
from dataclasses import replace

import pytest
from documents import row, table

from extractors.pages.page import Box, Page
from extractors.tables.beside import joined_beside
from pipeline.extracted import ExtractedCell, ExtractedTable, Place


def printed(columns: Sequence[str], *rows: Sequence[str], page: int) -> ExtractedTable:
    made = table(
        columns, *(row("body", *texts, at=i, page=page) for i, texts in enumerate(rows, 1))
    )
    head = [row("body", *columns, at=0, page=page).cells]
    return made.model_copy(update={"head": head, "page_first": page, "page_last": page})


PAGES = {n: Page(n, 595.0, 842.0, ()) for n in range(1, 7)}
NAMES = (["Maraudes", "CCAS"], ["Étude", "SIAO"])
SUMS = (["5 000 €", "700 €"], ["900 €", ""])


def test_columns_on_the_next_pages_are_those_of_the_same_rows() -> None:
    first = printed(["Action", "Pilote"], *NAMES, page=3)
    second = printed(["AMI", "Ville"], *SUMS, page=4)
    third = printed(["Coût"], ["5 700 €"], ["900 €"], page=5)
    (one,) = joined_beside([first, second, third], PAGES, lambda page, left: True)
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


def test_columns_on_the_next_page_may_say_nothing_of_the_total() -> None:
    first = printed(["Action", "AMI"], *SUMS, page=3)
    total = row("total", "Total", "900 €", at=3, page=3)
    first = first.model_copy(update={"rows": [*first.rows, total]})
    second = printed(["Avancement"], ["En cours"], ["Fini"], page=4)
    (one,) = joined_beside([first, second], PAGES, lambda page, left: True)
    assert [r.cells[-1].text for r in one.rows] == ["En cours", "Fini", "900 €"]


def test_columns_on_the_next_page_may_alone_say_the_total() -> None:
    first = printed(["Action", "Pilote"], *NAMES, page=3)
    second = printed(["AMI", "Ville"], *SUMS, page=4)
    total = row("total", "5 900 €", "700 €", at=3, page=4)
    whole = second.model_copy(update={"rows": [*second.rows, total]})
    (one,) = joined_beside([first, whole], PAGES, lambda page, left: True)
    assert [(c.column, c.text) for c in one.rows[-1].cells] == [(3, "5 900 €"), (4, "700 €")]
    assert one.rows[-1].kind == "total"


def test_without_rules_the_last_row_ends_where_its_texts_do() -> None:
    first, second = (
        printed(*rows, page=page)
        for page, rows in ((3, (["Action", "Pilote"], *NAMES)), (4, (["AMI", "Ville"], *SUMS)))
    )
    *others, last = second.rows
    cells = [
        c.model_copy(update={"place": c.place.model_copy(update={"bottom": c.place.bottom - 2})})
        for c in last.cells
    ]
    lower = second.model_copy(update={"rows": [*others, last.model_copy(update={"cells": cells})]})
    assert len(joined_beside([first, lower], PAGES, lambda page, left: True)) == 1


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
    assert joined_beside([first, second], PAGES, lambda page, left: bare) == [first, second]


def test_first_columns_that_a_page_repeats_stand_once() -> None:
    first = printed(["Action", "Pilote"], *NAMES, ["Total", ""], page=3)
    second = printed(["Action", "AMI"], ["Maraudes", "5 000 €"], ["Étude", "900 €"], page=4)
    (one,) = joined_beside([first, second], PAGES, lambda page, left: True)
    assert one.columns == ["Action", "Pilote", "AMI"]
    assert [[c.text for c in row.cells] for row in one.rows] == [
        ["Maraudes", "CCAS", "5 000 €"],
        ["Étude", "SIAO", "900 €"],
        ["Total", ""],
    ]


def test_other_actions_under_the_same_first_heading_are_a_table_of_their_own() -> None:
    first = printed(["Action", "Pilote"], *NAMES, page=3)
    second = printed(["Action", "AMI"], ["Bail", "5 000 €"], ["Toit", "900 €"], page=4)
    assert joined_beside([first, second], PAGES, lambda page, left: True) == [first, second]


def test_a_single_column_has_its_heading_in_the_first_row() -> None:
    first = printed(["Action", "Pilote"], *NAMES, page=3)
    texts = ("AMI", "5 000 €", "900 €")
    rows = [row("body", text, at=i, page=4) for i, text in enumerate(texts)]
    single = table([""], *rows).model_copy(update={"page_first": 4, "page_last": 4})
    (one,) = joined_beside([first, single], PAGES, lambda page, left: True)
    assert one.columns == ["Action", "Pilote", "AMI"]
    assert [row.cells[-1].text for row in one.rows] == ["5 000 €", "900 €"]


def test_columns_that_go_down_over_pages_stand_beside_those_of_the_pages_before() -> None:
    def tall(columns: Sequence[str], *rows: Sequence[str], page: int) -> ExtractedTable:
        up = printed(columns, *rows, page=page)
        down = printed(columns, *rows, page=page + 1)
        return up.model_copy(update={"rows": [*up.rows, *down.rows], "page_last": page + 1})

    first = tall(["Action", "Pilote"], *NAMES, page=3)
    second = tall(["AMI", "Ville"], *SUMS, page=5)
    (one,) = joined_beside([first, second], PAGES, lambda page, left: page - left == 2)
    assert [row.cells[2].text for row in one.rows] == ["5 000 €", "900 €", "5 000 €", "900 €"]
    short = printed(["AMI", "Ville"], *SUMS, page=5)
    assert len(joined_beside([first, short], PAGES, lambda page, left: True)) == 2


def test_two_tables_on_a_page_are_no_columns_of_a_third() -> None:
    first = printed(["Action", "Pilote"], *NAMES, page=3)
    more = [printed([a, b], *SUMS, page=4) for a, b in (("AMI", "Ville"), ("CAF", "Région"))]
    assert len(joined_beside([first, *more], PAGES, lambda page, left: True)) == 3
    assert joined_beside([], PAGES, lambda page, left: True) == []


def test_a_title_over_the_first_columns_and_axes_over_several_rows_part_no_sheet() -> None:
    first = printed(["Axe", "Action"], ["Axe 1", "Maraudes"], ["Axe 1", "Étude"], page=3)
    (title,) = row("body", "Programme d'actions 2024", at=-1, page=3).cells
    tall = [r.cells[0] for r in first.rows]
    both = tall[0].place.model_copy(update={"bottom": tall[1].place.bottom})
    axis = tall[0].model_copy(update={"place": both, "spans_rows": 2})
    rows = [r.model_copy(update={"cells": [axis, *r.cells[1:]]}) for r in first.rows]
    first = first.model_copy(update={"head": [[title], *first.head], "rows": rows})
    second = printed(["AMI", "Ville"], *SUMS, page=4)
    (one,) = joined_beside([first, second], PAGES, lambda page, left: True)
    assert [[c.text for c in cells] for cells in one.head] == [
        ["Programme d'actions 2024"],
        ["Axe", "Action", "AMI", "Ville"],
    ]
    assert [[c.text for c in r.cells] for r in one.rows] == [
        ["Axe 1", "Maraudes", "5 000 €", "700 €"],
        ["Axe 1", "Étude", "900 €", ""],
    ]


def test_pages_of_a_sheet_may_alternate() -> None:
    names = [
        printed(["Action", "Pilote"], texts, page=n) for n, texts in zip((1, 3), NAMES, strict=True)
    ]
    sums = [printed(["AMI", "Ville"], texts, page=n) for n, texts in zip((2, 4), SUMS, strict=True)]
    left, right = (
        first.model_copy(update={"rows": [*first.rows, *more.rows], "page_last": more.page_last})
        for first, more in (names, sums)
    )
    (one,) = joined_beside([left, right], PAGES, lambda page, left: page == left + 1)
    assert [[c.text for c in r.cells] for r in one.rows] == [
        [*a, *b] for a, b in zip(NAMES, SUMS, strict=True)
    ]
    assert (one.page_first, one.page_last) == (1, 4)


def scanned(table: ExtractedTable, page: Page, down: float, stretch: float) -> ExtractedTable:
    """`table` as a scan shows it, so many points lower and nearer or further apart, on `page`."""

    def shown(place: Place) -> Place:
        top, bottom = (down + stretch * y for y in (place.top, place.bottom))
        box = page.on_paper(Box(place.x0, top, place.x1, bottom))
        return place.model_copy(
            update={"x0": box.x0, "top": box.top, "x1": box.x1, "bottom": box.bottom}
        )

    def cells(cells: Sequence[ExtractedCell]) -> list[ExtractedCell]:
        return [c.model_copy(update={"place": shown(c.place)}) for c in cells]

    rows = [r.model_copy(update={"cells": cells(r.cells)}) for r in table.rows]
    return table.model_copy(update={"head": [*map(cells, table.head)], "rows": rows})


@pytest.mark.parametrize(
    ("down", "stretch", "is_scan", "count"),
    [(0.0, 1.0, False, 1), (7.0, 1.005, True, 1), (7.0, 1.0, False, 2), (60.0, 1.0, True, 2)],
)
def test_sheets_lie_otherwise_on_the_glass(
    down: float, stretch: float, is_scan: bool, count: int
) -> None:
    seen = 0.9 if is_scan else None
    left, right = Page(3, 842.0, 595.0, (), tilt=0.7), Page(4, 842.0, 595.0, (), tilt=-0.8)
    pages = {p.number: replace(p, ocr_confidence=seen) for p in (left, right)}
    first = scanned(printed(["Action", "Pilote"], *NAMES, page=3), left, 0.0, 1.0)
    second = scanned(printed(["AMI", "Ville"], *SUMS, page=4), right, down, stretch)
    assert len(joined_beside([first, second], pages, lambda page, left: True)) == count


def test_labels_that_scans_repeat_may_be_misread() -> None:
    scans = {n: replace(page, ocr_confidence=0.9) for n, page in PAGES.items()}
    first = printed(["Action", "Pilote"], *NAMES, page=3)
    second = printed(["Action", "AMI"], ["Maraudes", "5 000 €"], ["Etude", "900 €"], page=4)
    (one,) = joined_beside([first, second], scans, lambda page, left: True)
    assert one.columns == ["Action", "Pilote", "AMI"]
    assert len(joined_beside([first, second], PAGES, lambda page, left: True)) == 2
