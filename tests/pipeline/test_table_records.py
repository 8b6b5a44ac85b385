"""The records of one table."""

from documents import columns_of, row, table

from pipeline.models import Cell
from pipeline.records import Records
from pipeline.table_records import add_table


def test_a_text_across_below_the_last_row_stays() -> None:
    annex = table(
        ["Action", "Pilote", "AMI 2031"],
        row("section", "Axe 1"),
        ["Maraude", "CCAS", "9 000 €"],
        row("section", "Une maraude par semaine dans toutes les communes."),
    )
    records = Records()
    add_table("acte", annex, columns_of(annex), records)
    cells = [(c.row_index, c.row_kind, c.section, c.text) for c in records.of(Cell)]
    assert cells[0] == (1, "body", "Axe 1", "Maraude")
    across = "Une maraude par semaine dans toutes les communes."
    assert cells[3:] == [(2, "section", None, across)]
