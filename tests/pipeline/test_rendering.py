"""An answer as text."""

import csv
import io
import json
from datetime import date
from decimal import Decimal

import pytest

from pipeline.query import Answer
from pipeline.rendering import SHOWN, render, safe_cell

RESULT = Answer(
    ["label", "amount", "day", "sums", "nothing"],
    [("=cmd|x", Decimal("-1234.50"), date(2024, 5, 2), {"2024": Decimal("0.10")}, None)],
)


def test_json_keeps_decimals_exact() -> None:
    (row,) = json.loads("".join(render(RESULT, "json")))
    assert row == {
        "label": "=cmd|x",
        "amount": "-1234.50",
        "day": "2024-05-02",
        "sums": {"2024": "0.10"},
        "nothing": None,
    }


def test_csv_cells_are_no_formulas() -> None:
    _, row = csv.reader(io.StringIO("".join(render(RESULT, "csv"))))
    assert row == ["'=cmd|x", "-1234.50", "2024-05-02", '{"2024": "0.10"}', ""]


def test_markdown_cells_stay_in_their_column() -> None:
    assert "".join(render(RESULT, "markdown")).splitlines()[2] == (
        '| =cmd\\|x | -1234.50 | 2024-05-02 | {"2024": "0.10"} |  |'
    )


def test_an_empty_table_says_so() -> None:
    assert "".join(render(Answer(["label"], []), "table")) == "Aucune ligne.\n"


def test_table_never_cuts_a_figure() -> None:
    columns = ["territory", "exercise", "label", "ami", "cofinancing"]
    row = ("Métropole X", "2024-2025", "Nuit de la solidarité " * 4, 1305720.25, Decimal("711502"))
    text = "".join(render(Answer(columns, [row]), "table"))
    assert "1305720.25" in text and "711502" in text and "…" not in text
    assert "│" in text


@pytest.mark.parametrize(("text", "lines"), [("courte", 6), ("sur\ndeux lignes", 9)])
def test_rows_of_one_line_need_no_rules_between_them(text: str, lines: int) -> None:
    table = "".join(render(Answer(["label"], [(text,), (text,)]), "table"))
    assert len(table.splitlines()) == lines


def test_table_too_wide_for_the_screen_has_a_value_a_line() -> None:
    columns = [f"column {n}" for n in range(9)]
    row = ("two\nlines", *(f"{n} words of more" for n in range(1, 9)))
    shown = "".join(render(Answer(columns, [row]), "table")).splitlines()
    assert shown[:3] == ["── 1 ──────", "column 0  two", "          lines"]
    assert shown[3:] == [f"column {n}  {n} words of more" for n in range(1, 9)]


def test_table_shows_text_as_it_is() -> None:
    text = "".join(render(Answer(["label"], [("[red]non[/red]",)]), "table"))
    assert "[red]non[/red]" in text


@pytest.mark.parametrize("rows", [[], [("a\u2028b",)], [("a",), ("b\nc",)]])
def test_json_is_written_row_by_row_as_in_one_go(rows: list[tuple[str]]) -> None:
    whole = json.dumps([{"label": row[0]} for row in rows], ensure_ascii=False, indent=2)
    assert "".join(render(Answer(["label"], iter(rows)), "json")) == whole + "\n"


@pytest.mark.parametrize(("number", "cut"), [(SHOWN, False), (SHOWN + 1, True)])
def test_table_says_where_it_stops(number: int, cut: bool) -> None:
    text = "".join(render(Answer(["n"], ((f"<{n}>",) for n in range(number))), "table"))
    assert f"<{SHOWN - 1}>" in text and f"<{SHOWN}>" not in text
    assert ("--format csv" in text) is cut


@pytest.mark.parametrize(
    ("text", "safe"),
    [
        ("=1+1", "'=1+1"),
        ("+33", "'+33"),
        ("-cmd", "'-cmd"),
        ("@SUM", "'@SUM"),
        ("\tx", "'\tx"),
        ("-12.5", "-12.5"),
        ("-12,5", "-12,5"),
        ("- 12", "'- 12"),
        ("a=b", "a=b"),
        ("", ""),
    ],
)
def test_safe_cell(text: str, safe: str) -> None:
    assert safe_cell(text) == safe
