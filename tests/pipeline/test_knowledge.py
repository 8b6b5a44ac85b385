"""Reference files of the matcher."""

import shutil
from pathlib import Path

import pytest

from pipeline.errors import FiliationError
from pipeline.knowledge import read_knowledge
from tests.pipeline.linked_actions import REFERENCE


@pytest.mark.parametrize(
    ("name", "change", "french", "english"),
    [
        ("link_weights.csv", ("weight", "poids"), "ligne 1 : colonne absente", "column missing"),
        ("link_weights.csv", ("champ,", "champ,x"), "ligne 3 : poids illisible", "no number"),
        ("link_weights.csv", ("champ,", "chant,"), "inconnu : champ, chant", "unknown: champ"),
    ],
)
def test_a_malformed_reference_says_what_is_wrong(
    tmp_path: Path, name: str, change: tuple[str, str], french: str, english: str
) -> None:
    reference = Path(shutil.copytree(REFERENCE, tmp_path / "reference"))
    content = (reference / name).read_text(encoding="utf-8")
    (reference / name).write_text(content.replace(*change, 1), encoding="utf-8")
    with pytest.raises(FiliationError) as caught:
        read_knowledge(reference)
    assert name in caught.value.french and french in caught.value.french
    assert name in caught.value.english and english in caught.value.english
