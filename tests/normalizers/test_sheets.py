"""Roadmaps and action sheets."""

from documents import DIRECTORY, VOCABULARY, article, table
from normalizers.sheets import (
    completed,
    find_sheets,
    is_list,
    read_list,
    read_sheet,
    same_action,
)

ROADMAP = table(
    [""],
    ["Axe 1 : Produire"],
    ["FA 2. Capter des logements vacants (terminée)"],
    ["Axe 2 : Accompagner"],
    ["FA 7 bis. Former les gardiens (fiche en cours d'écriture par la Région)"],
    ["FA 9. Mentorat des jeunes (avec le CLLAJ)"],
)
FORM = table(
    ["PILOTE : Ville / DDETS", "FINANCEMENT AMI : 20 000 €"],
    ["OBJECTIFS OPÉRATIONNELS", "Donner un mentor à trente jeunes"],
    ["DESCRIPTION", "Binômes pour six mois"],
    ["INDICATEURS D'ÉVALUATION", "Nombre de binômes"],
    ["POINTS DE VIGILANCE", "Fragilité des jeunes"],
    page=4,
)


def test_a_roadmap_lists_actions_under_their_axis() -> None:
    assert is_list(ROADMAP)
    found = [
        (a.texts["reference"], a.section, a.texts.get("status"))
        for a in read_list(ROADMAP, VOCABULARY)
    ]
    assert found == [
        ("FA 2", "Axe 1 : Produire", "terminée"),
        ("FA 7 bis", "Axe 2 : Accompagner", "fiche en cours d'écriture par la Région"),
        ("FA 9", "Axe 2 : Accompagner", None),
    ]


def test_other_tables_are_no_roadmap() -> None:
    assert not is_list(table(["A", "B"], ["FA 1. x", "y"], ["FA 2. x", "y"], ["FA 3. x", "y"]))
    assert not is_list(table([""], ["Un"], ["Deux"], ["Trois"]))
    assert not is_list(table([""]))


def test_a_sheet_is_one_action_with_its_form() -> None:
    heading = article("S1", "Proposition de fiche action n° 9 : Mentorat des jeunes", page=4)
    (sheet,) = find_sheets([article("1", "Objet"), heading], pages=6)
    assert (sheet.reference, sheet.title, sheet.page_first) == ("FA 9", "Mentorat des jeunes", 4)
    read = read_sheet(sheet, [ROADMAP, FORM], VOCABULARY, DIRECTORY.name)
    assert read is not None
    texts = read.row.texts
    assert (texts["pilot"], texts["objective"]) == (
        "Ville / DDETS",
        "Donner un mentor à trente jeunes",
    )
    assert [(s.funder, int(s.amount or 0), cell) for s, cell in read.row.sums] == [
        ("AMI", 20000, None)
    ]
    assert read.row.funded is True
    assert "Fragilité" in (read.row.other or "")
    assert read.covers(FORM) and not read.covers(ROADMAP)


def test_a_sheet_without_a_form_is_none() -> None:
    heading = article("S1", "Fiche action n° 9 : Mentorat des jeunes", page=4)
    (sheet,) = find_sheets([heading], pages=6)
    plain = table(["Sigle", "Sens"], ["CLLAJ", "Comité local"], page=4)
    assert read_sheet(sheet, [plain], VOCABULARY, DIRECTORY.name) is None
    assert find_sheets([], pages=6) == []


def test_two_statements_of_one_action_become_one() -> None:
    listed = list(read_list(ROADMAP, VOCABULARY))
    heading = article("S1", "Fiche action n° 9 : Mentorat pour les jeunes", page=4)
    (sheet,) = find_sheets([heading], pages=6)
    read = read_sheet(sheet, [FORM], VOCABULARY, DIRECTORY.name)
    assert read is not None
    assert [same_action(a, read.row) for a in listed] == [False, False, True]
    whole = completed(listed[2], read.row)
    assert whole.texts["label"] == "FA 9. Mentorat des jeunes (avec le CLLAJ)"
    assert (whole.section, whole.funded, len(whole.sums)) == ("Axe 2 : Accompagner", True, 1)
    assert len(completed(whole, read.row).sums) == 1


def test_the_same_number_on_another_action_is_another_action() -> None:
    other = table(
        [""], ["FA 9. Révision du règlement intérieur du fonds"], ["FA 3. x"], ["FA 4. y"]
    )
    listed = list(read_list(ROADMAP, VOCABULARY))
    assert not same_action(listed[2], next(iter(read_list(other, VOCABULARY))))
