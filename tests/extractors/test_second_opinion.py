"""Other readers are asked about ruled tables, and what they say is kept."""

import pytest
import typeset

from extractors import second_opinion
from extractors.document import read_document

ROWS = [["Pilote", "Action", "Montant"], ["Ville", "Maraude", "12 000 €"]]


@pytest.fixture(scope="module")
def file(tmp_path_factory):
    return typeset.ruled(tmp_path_factory.mktemp("opinion") / "a.pdf", ROWS)


def test_readers_agree_on_a_plain_table(file):
    (table,) = read_document(file).tables
    assert table.agreement == 1.0
    assert table.disagreements == []


def changed(readings, old, new):
    return {n: [(box, text.replace(old, new)) for box, text in r] for n, r in readings.items()}


def test_a_figure_that_both_others_read_otherwise_is_in_doubt(file, monkeypatch):
    camelot, plumber = second_opinion._camelot, second_opinion._pdfplumber
    monkeypatch.setattr(second_opinion, "_camelot", lambda *a: changed(camelot(*a), "12", "72"))
    monkeypatch.setattr(second_opinion, "_pdfplumber", lambda *a: changed(plumber(*a), "1", "7"))
    (table,) = read_document(file).tables
    assert [d.text for d in table.disagreements] == ["12 000 €"]
    assert table.agreement == pytest.approx(5 / 6, abs=0.001)


def test_the_third_reader_settles_it(file, monkeypatch):
    camelot = second_opinion._camelot
    monkeypatch.setattr(second_opinion, "_camelot", lambda *a: changed(camelot(*a), "12", "72"))
    (table,) = read_document(file).tables
    assert table.agreement == 1.0


def test_a_reader_that_fails_leaves_no_opinion(file, monkeypatch):
    monkeypatch.setattr(second_opinion, "_camelot", lambda *a: {})
    (table,) = read_document(file).tables
    assert table.agreement is None
