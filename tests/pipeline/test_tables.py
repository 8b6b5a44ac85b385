import csv
import io
import json

import pytest
import typeset
from openpyxl import load_workbook

from pipeline.cli import run
from pipeline.errors import FiliationError
from pipeline.tables import grid, read_tables, render

ROWS = [
    ["Pilote", "Action", "Montant"],
    ["Ville", "=1+1", "12 000 €"],
    ["CCAS", "Essaimage", "8 000 €"],
]


@pytest.fixture(scope="module")
def file(tmp_path_factory):
    return typeset.ruled(tmp_path_factory.mktemp("tables") / "rapport.pdf", ROWS)


@pytest.fixture(scope="module")
def found(file):
    return read_tables(file)


def test_a_table_of_any_pdf_is_read(found):
    (table,) = found
    assert grid(table) == ROWS
    assert table.page_first == 1


def test_csv_cells_are_no_formulas(found):
    (head, first, second) = csv.reader(io.StringIO(render(found, "csv").decode()))
    assert head == ROWS[0]
    assert first == ["Ville", "'=1+1", "12 000 €"]
    assert second == ROWS[2]


def test_a_workbook_holds_text_not_formulas(found):
    (sheet,) = load_workbook(io.BytesIO(render(found, "xlsx"))).worksheets
    assert [[cell.value for cell in row] for row in sheet.rows] == ROWS
    assert {cell.data_type for row in sheet.rows for cell in row} == {"s"}


def test_tables_on_the_command_line(file, tmp_path, capsys):
    assert run(["tables", str(file)]) == 0
    (table,) = json.loads(capsys.readouterr().out)
    cell = table["rows"][0]["cells"][0]
    assert cell["text"] == "Ville"
    assert cell["place"]["page"] == 1
    assert 55 < cell["place"]["x0"] < 70
    assert run(["tables", str(file), "--format", "xlsx"]) == 1
    assert run(["tables", str(file), "--format", "xlsx", "-o", str(tmp_path / "t.xlsx")]) == 0
    assert load_workbook(tmp_path / "t.xlsx").sheetnames == ["Tableau 1, p. 1"]


def test_no_table_is_no_error():
    assert load_workbook(io.BytesIO(render([], "xlsx"))).sheetnames == ["Aucun tableau"]
    assert render([], "json") == b"[]\n"


def test_a_file_that_cannot_be_read(tmp_path):
    (tmp_path / "a.pdf").write_bytes(b"")
    with pytest.raises(FiliationError, match="vide"):
        read_tables(tmp_path / "a.pdf")
