"""Bank details and people's contacts don't leave in clear; all else does."""

import pytest

from normalizers.accounts import rib_is_valid
from normalizers.contacts import mask
from normalizers.privacy import without_contacts
from tests.documents import article, document, place, row, table

IBAN = "FR14 2004 1010 0505 0001 3M02 606"


@pytest.mark.parametrize("code", ["0177010612", "0177-01-06-12-15"])
def test_signatories_stay_and_codes_are_no_numbers(code: str) -> None:
    act = document(
        "act",
        articles=[article("1", text="Vu avec M. Paul Renard et M. Luc Blanc")],
        title="CONVENTION",
        beneficiary_representative="Paul Renard",
        activity_code=code,
    )
    kept = without_contacts(act)
    assert kept.articles[0].text == "Vu avec M. Paul Renard et M. [nom]"
    assert [f.value for f in kept.facts] == ["Paul Renard", code]


def test_cells_are_masked_by_their_heading_and_their_neighbours() -> None:
    heads = ["Code banque", "N° de compte", "Contact", "Coût"]
    act = document(
        "act",
        table(heads, ["30001", "C130", "Anne Le Goff", "30001"]),
        table(["A", "B"], ["Code guichet", "Clé RIB"], ["00512", "02"], position=2),
        table(["A", "B"], ["Référent", "Luc Blanc (CCAS)"], ["Coût", "00512"], position=3),
        table(
            ["Action", "Opérateur"],
            ["Chef de projet", "Pays de Marsal"],
            ["Logis Ouverts", "Toit Bleu"],
            position=4,
        ),
    )
    texts = [[c.text for r in t.rows for c in r.cells] for t in without_contacts(act).tables]
    assert texts == [
        ["[compte]", "[compte]", "[nom]", "30001"],
        ["Code guichet", "Clé RIB", "[compte]", "[compte]"],
        ["Référent", "[nom] (CCAS)", "Coût", "00512"],
        ["Chef de projet", "Pays de Marsal", "Logis Ouverts", "Toit Bleu"],
    ]


def test_a_row_of_sums_is_no_account() -> None:
    assert rib_is_valid("000 30 000 10 000 46 000 34 000")
    sums = ["40 000", "30 000", "10 000", "46 000", "34 000"]
    act = document("act", table(list("ABCDE"), sums))
    kept = without_contacts(act).tables[0].rows[0]
    assert [c.text for c in kept.cells] == sums
    assert mask(" ".join(sums)) == " ".join(sums)


def test_an_account_spread_over_cells_is_masked_and_labelled_cells_are_hidden_on_pictures() -> None:
    act = document(
        "act",
        table(["A", "B", "C"], ["IBAN du porteur", IBAN[:14], IBAN[15:]]),
        table(["Contact", "B"], ["Anne Le Goff", "80 places"], position=2),
    )
    kept = without_contacts(act)
    texts = [[c.text for r in t.rows for c in r.cells] for t in kept.tables]
    assert texts == [["IBAN du porteur", "[compte]", "[compte]"], ["[nom]", "80 places"]]
    hidden = [act.tables[0].rows[0].cells[1], act.tables[0].rows[0].cells[2]]
    assert kept.hidden == [c.place for c in (*hidden, act.tables[1].rows[0].cells[0])]


def test_names_of_files_and_places_stay_as_they_are() -> None:
    act = document("act", table(["A"], row("body", "tél. 06 12 34 56 78")))
    act = act.model_copy(update={"filename": "06 12 34 56 78.pdf", "hidden": [place()]})
    kept = without_contacts(act)
    assert (kept.filename, kept.hidden) == ("06 12 34 56 78.pdf", [place()])
    assert kept.tables[0].rows[0].cells[0].text == "tél. [téléphone]"


def test_what_holds_nothing_to_mask_is_no_copy() -> None:
    act = document("act", table(["A", "B"], ["Coût", "tél. 06 12 34 56 78"]))
    (before,), (after,) = act.tables[0].rows, without_contacts(act).tables[0].rows
    assert after.cells[0] is before.cells[0]
    assert after.cells[1] is not before.cells[1]


def test_page_starts_follow_the_masked_text() -> None:
    text = "Contact : 06 12 34 56 78. Le coût est de 5 €."
    one = article("1", text=text).model_copy(update={"page_starts": [text.index("Le coût")]})
    (kept,) = without_contacts(document("act", articles=[one])).articles
    assert kept.text[kept.page_starts[0] :] == "Le coût est de 5 €."
