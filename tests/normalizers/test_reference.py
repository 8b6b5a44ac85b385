"""What people write into reference tables is read as they meant it, or told with its line."""

from pathlib import Path

import pytest

from normalizers.reference import MalformedError, folded_pattern, read_rows


def table(folder: Path, *lines: str) -> Path:
    path = folder / "names.csv"
    path.write_text("\n".join(("name,kind,note", *lines, "")), encoding="utf-8")
    return path


def test_cells_are_trimmed_and_those_missing_at_the_end_are_empty(tmp_path: Path) -> None:
    path = table(tmp_path, ' CCAS ,ville, "le centre, communal"', "CAF,caisse")
    assert read_rows(path, ("name", "kind")) == [
        {"name": "CCAS", "kind": "ville", "note": "le centre, communal"},
        {"name": "CAF", "kind": "caisse", "note": ""},
    ]


def test_a_comma_outside_quotation_marks_is_told_with_its_line(tmp_path: Path) -> None:
    path = table(tmp_path, "CAF,caisse,", "Ville de X, service Y,ville,")
    with pytest.raises(MalformedError, match="ligne 3 : une cellule de trop") as caught:
        read_rows(path, ("name", "kind"))
    assert "names.csv, line 3: a cell too many" in caught.value.said[1]


@pytest.mark.parametrize("encoding", ["utf-8-sig", "cp1252"])
def test_what_a_french_excel_has_saved_is_read(tmp_path: Path, encoding: str) -> None:
    path = tmp_path / "names.csv"
    lines = ("name;kind;note", "Étape d’accueil;ville;à côté, au n° 2", '"A;B";;', ";;")
    path.write_bytes("\r\n".join(lines).encode(encoding))
    assert read_rows(path, ("name", "kind")) == [
        {"name": "Étape d’accueil", "kind": "ville", "note": "à côté, au n° 2"},
        {"name": "A;B", "kind": "", "note": ""},
    ]


def test_a_missing_column_is_named(tmp_path: Path) -> None:
    with pytest.raises(MalformedError, match="colonne absente : alias"):
        read_rows(table(tmp_path), ("name", "alias"))


@pytest.mark.parametrize(
    ("text", "odd"), [(r"\bgelée", "é"), ("^Suspendu", "S"), ("l’arret", "’"), ("Été", "É é")]
)
def test_a_sign_that_folded_text_never_shows_is_told(text: str, odd: str) -> None:
    with pytest.raises(MalformedError, match=f"statuses.csv, ligne 4 : « {odd} » ne se trouve"):
        folded_pattern(text, Path("statuses.csv"), 4)


def test_escapes_names_and_signs_of_folded_text_are_none() -> None:
    text = r"^(?P<what>financements?)\W+\d ?€ : l'\S"
    found = folded_pattern(text, Path("table_kinds.csv"), 2).match("financement  3 € : l'ami")
    assert found and found["what"] == "financement"


def test_every_reference_file_is_explained() -> None:
    folder = Path(__file__).parents[2] / "data/reference"
    said = (folder / "README.md").read_text(encoding="utf-8")
    assert [f.name for f in sorted(folder.glob("*.csv")) if f"`{f.name}`" not in said] == []
