"""What the sums of a sentence are, by the words around them."""

import csv
import shutil
from pathlib import Path

import pytest

from normalizers.amounts import read_amounts
from normalizers.stated import read_stated
from normalizers.stated_kinds import KindPattern, is_listed, kinds_of, load_kinds, opens_list

REFERENCE = Path(__file__).parents[2] / "data/reference"
KINDS = load_kinds(REFERENCE)


def rows() -> list[dict[str, str]]:
    with (REFERENCE / "stated_kinds.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


@pytest.mark.parametrize("row", rows(), ids=lambda row: row["pattern"][:30])
def test_each_pattern_explains_its_own_example(row: dict[str, str]) -> None:
    assert row["kind"] in {s.kind for s in read_stated(row["note"], KINDS)}


def load(folder: Path, pattern: str) -> list[KindPattern]:
    (folder / "stated_words.csv").write_text("name,pattern,note\npayer,ville|caf,x\n")
    shutil.copy(REFERENCE / "state_money.csv", folder)
    (folder / "stated_kinds.csv").write_text(f"kind,side,pattern,note\ngrant,before,{pattern},x\n")
    return load_kinds(folder)


@pytest.mark.parametrize("pattern", ["(", "par la (?&nobody)"])
def test_a_broken_pattern_is_named(pattern: str, tmp_path: Path) -> None:
    with pytest.raises(ValueError, match="ligne 2"):
        load(tmp_path, pattern)


@pytest.mark.parametrize("wrong", ["gift,before", "grant,beside"])
def test_an_unknown_kind_or_side_is_named(wrong: str, tmp_path: Path) -> None:
    load(tmp_path, "x")
    (tmp_path / "stated_kinds.csv").write_text(f"kind,side,pattern,note\n{wrong},x,x\n")
    with pytest.raises(ValueError, match="ligne 2 : kind ou side inconnu"):
        load_kinds(tmp_path)


def test_patterns_share_words(tmp_path: Path) -> None:
    (kind,) = load(tmp_path, "part (?&payer) de")
    assert kind.pattern.search("part caf de") and not kind.pattern.search("part ville")


def test_an_entry_of_a_list_is_what_the_sentence_above_it_says() -> None:
    lead, entry = "Les subventions de l'État s'élèvent à :", "- pour l'année 2032 : 9 000 € ;"
    assert opens_list(lead, read_amounts(lead)) and is_listed(entry)
    assert kinds_of(entry, read_amounts(entry), KINDS, lead) == ["grant"]
    assert kinds_of(entry, read_amounts(entry), KINDS) == ["other"]


def test_the_amount_is_of_the_kind_before_it_where_it_says_no_more() -> None:
    sentence = "Pour 2033, le montant prévisionnel est de 9 000 €."
    assert kinds_of(sentence, read_amounts(sentence), KINDS, before="grant") == ["grant"]
    assert kinds_of(sentence, read_amounts(sentence), KINDS, before="carry_over") == ["other"]
    sentence = "Pour 2034 et 2035, les montants prévisionnels sont de 9 000 € et 8 000 €."
    assert kinds_of(sentence, read_amounts(sentence), KINDS, before="grant") == ["grant"] * 2
