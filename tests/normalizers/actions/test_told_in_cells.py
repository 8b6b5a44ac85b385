"""Tables that tell all of an action in one cell beside its name."""

from normalizers.actions.registry import read_part
from tests.normalizers.tables import part, table

ROWS = (
    ("Maraudes", "Pilote : CCAS\nObjectif : aller vers\nCrédits AMI : 45 000 €"),
    ("Étude", "Pilote : Ville\nCrédits AMI : 20 000 €\nCofinancement : CAF : 3 000 €"),
)


def test_each_line_of_a_cell_tells_of_the_action_on_its_left() -> None:
    found = read_part(part(table(("Action", "Contenu"), *ROWS)))
    assert [(one.row.index, one.row.texts) for one in found] == [
        (1, {"label": "Maraudes", "pilot": "CCAS", "objective": "aller vers"}),
        (2, {"label": "Étude", "pilot": "Ville"}),
    ]
    assert [[(s.funder, s.amount) for s, _ in one.row.sums] for one in found] == [
        [("AMI", 45_000)],
        [("AMI", 20_000), ("CAF", 3_000)],
    ]


def test_a_table_of_which_one_row_tells_otherwise_is_not_read_so() -> None:
    assert read_part(part(table(("Action", "Contenu"), *ROWS, ("Bail", "Six mois")))) == []
    assert read_part(part(table(("Action", "Contenu"), ROWS[0]))) == []
