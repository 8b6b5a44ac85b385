"""Whose money it is: the AMI's, another programme's of the State, or others'."""

from pathlib import Path

import pytest
from documents import REFERENCE, VOCABULARY

from normalizers.reference import MalformedError
from normalizers.state_money import load_state_money

MONEY = VOCABULARY.money


@pytest.mark.parametrize(
    "text",
    ["Crédits Dihal", "LDA 2034", "Logement d’abord", "Logement d' abord", "Part AMI"],
)
def test_the_ami_has_several_names(text: str) -> None:
    assert MONEY.names_ami(text) and MONEY.is_state(text)


@pytest.mark.parametrize("text", ["BOP 177", "Programme 177", "P177", "P 177", "État"])
def test_the_state_may_be_named_by_its_programme(text: str) -> None:
    assert MONEY.is_state(text) and not MONEY.names_ami(text)


@pytest.mark.parametrize(
    "text", ["Total 177 000 €", "Amis de la rue", "Étatique", "Ville", "", None]
)
def test_what_only_looks_so_is_not_the_state(text: str | None) -> None:
    assert not MONEY.is_state(text)


@pytest.mark.parametrize(
    "text",
    [
        "BOP 104",
        "Programme n° 304",
        "P135",
        "FNAVDL",
        "FNADT 2034",
        "FNAP",
        "État – Politique de la ville",
        "Autres crédits de l'État",
        "Autres BOP",
        "État Pauvreté",
        "Plan de lutte contre la pauvreté",
        "Pacte local des solidarités",
        "Crédits hors AMI",
        "État, droit commun",
    ],
)
def test_another_programme_is_not_the_ami(text: str) -> None:
    assert MONEY.is_of_other_programme(text) and not MONEY.is_state(text)
    assert MONEY.is_of_others(text)


def test_a_programme_beside_the_ami_leaves_it_the_amis() -> None:
    assert not MONEY.is_of_other_programme("AMI (BOP 177) et BOP 104")
    assert not MONEY.is_of_other_programme("BOP 177")


@pytest.mark.parametrize(
    ("funder", "payers", "ami"),
    [
        ("État", ["État", "Ville"], True),
        ("État", ["État", "AMI"], False),
        ("AMI", ["État", "AMI"], True),
        ("État (BOP 177)", ["État (BOP 177)", "État (BOP 304)"], True),
        ("État (BOP 304)", ["État (BOP 177)", "État (BOP 304)"], False),
        ("Ville", ["Ville"], False),
        ("État, Ville", ["État, Ville"], False),
        (None, [], False),
    ],
)
def test_of_several_programmes_one_is_the_amis(
    funder: str | None, payers: list[str], ami: bool
) -> None:
    assert MONEY.is_ami(funder, payers) is ami


@pytest.mark.parametrize(
    ("text", "alone"),
    [("État (BOP 177)", True), ("AMI Dihal", True), ("État et Ville", False), ("177 000", False)],
)
def test_the_state_may_be_all_that_is_named(text: str, alone: bool) -> None:
    assert MONEY.is_state_alone(text) is alone


@pytest.mark.parametrize(
    ("text", "granted"),
    [("Subvention 2034", True), ("BOP 177", True), ("177 000 € (CAF)", False), ("177", False)],
)
def test_a_bare_number_is_no_grant(text: str, granted: bool) -> None:
    assert MONEY.is_granted(text) is granted


@pytest.mark.parametrize(
    ("text", "one_side"),
    [("État", True), ("Autre", True), ("Co-financeurs", True), ("Montant", False)],
)
def test_a_heading_may_be_of_one_side(text: str, one_side: bool) -> None:
    assert MONEY.is_of_one_side(text) is one_side


@pytest.mark.parametrize("text", ["Apport des partenaires", "Hors État", "Cofinancement de l'État"])
def test_others_may_pay_beside_the_state(text: str) -> None:
    assert MONEY.is_of_others(text) and not MONEY.is_of_others("Apport de l'État")


@pytest.mark.parametrize("text", ["DDETS – AVDL", "BOP 177 (CHRS)", "Hébergement", "DDETSPP"])
def test_beside_the_ami_the_state_has_other_means(text: str) -> None:
    assert MONEY.is_of_other_means(text) and not MONEY.is_of_other_means("État")


@pytest.mark.parametrize(
    ("heading", "begins", "alone"),
    [
        ("Conseil départemental 64", True, False),
        ("– Agglo.", True, False),
        ("Part Ville", False, False),
        ("Bailleurs sociaux", True, True),
        ("Commune", True, True),
        ("Caf", True, True),
        ("Cafétéria", False, False),
        ("État", False, False),
    ],
)
def test_kinds_of_bodies_pay_beside_the_state(heading: str, begins: bool, alone: bool) -> None:
    assert MONEY.is_other_payer(heading) is begins
    assert MONEY.is_other_payer(heading, alone=True) is alone


def test_a_kind_of_body_may_be_named_anywhere() -> None:
    assert MONEY.names_other_payer("Reliquat Ville 2023")
    assert not MONEY.names_other_payer("Reliquat 2023 de l'AMI")


def test_another_kind_of_body_that_pays_is_a_line(tmp_path: Path) -> None:
    file = tmp_path / "state_money.csv"
    lines = (REFERENCE / "state_money.csv").read_text(encoding="utf-8")
    file.write_text(lines + "other_payer,fondations?,Fondations\n", encoding="utf-8")
    assert load_state_money(file).is_other_payer("Fondation du Lac")
    assert not MONEY.is_other_payer("Fondation du Lac")


def test_another_programme_of_the_state_has_other_names(tmp_path: Path) -> None:
    file = tmp_path / "state_money.csv"
    lines = (REFERENCE / "state_money.csv").read_text(encoding="utf-8")
    file.write_text(lines.replace("ami_programme,177", "ami_programme,304"), encoding="utf-8")
    other = load_state_money(file)
    assert other.is_state("BOP 304") and not other.is_state("BOP 177")


@pytest.mark.parametrize(
    ("lines", "said"),
    [
        (
            ["ami,x,"],
            "inconnu : ami_programme, bearer, other_means, other_payer, other_programme, own_money",
        ),
        (["ami,(,"], "ligne 2"),
        (["ami,x,", "ami_programme,1,", "other_programme,(?&nobody),"], "ligne 4"),
    ],
)
def test_what_is_wrong_in_the_names_is_told(tmp_path: Path, lines: list[str], said: str) -> None:
    file = tmp_path / "state_money.csv"
    file.write_text("\n".join(["name,pattern,note", *lines]), encoding="utf-8")
    with pytest.raises(MalformedError, match=said.replace("(", r"\(")):
        load_state_money(file)


@pytest.mark.parametrize(
    ("text", "own"),
    [
        ("Autofinancement", True),
        ("Fonds propres de la structure porteuse", True),
        ("Apport du porteur", True),
        ("Reste à charge opérateur", True),
        ("Part Ville", False),
        ("Participation des usagers", False),
    ],
)
def test_what_those_who_run_an_action_pay_themselves(text: str, own: bool) -> None:
    assert MONEY.is_own(text) == own
