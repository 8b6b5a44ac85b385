"""Normalize and link compute a territory again when what it is made from changed, and only then."""

import itertools
import json
import os
import shutil
from collections.abc import Callable
from functools import partial
from pathlib import Path

import kills
import pytest
from documents import document, table

from pipeline.errors import FiliationError
from pipeline.link import link
from pipeline.models import Action, Article, Document, Link
from pipeline.normalize import HEAD_END, NOWHERE, normalize, read_file_heads
from pipeline.partition import Folder, write_folders
from pipeline.store import FOLDERS, read_records, table_files, table_folders, write_text

REFERENCE = Path(__file__).parents[2] / "data" / "reference"
HEAD = ["Pilote", "Action", "Crédits AMI"]
PLACES = ("Métropole de Saint-Orme", "Ville de Quercy-le-Haut")
LABELS = ("Maraudes de nuit", "Captation de logements privés")


def act(place: str, year: int, *labels: str, sum_: str = "20 000 €") -> dict[str, str]:
    """The file of an act, as {name: content}."""
    one = document(
        f"{place.split()[-1].lower()}-{year}",
        table(HEAD, *(["Métropole", label, sum_] for label in labels)),
        title=f"Convention {year}",
        kind="convention",
        exercise=str(year),
        beneficiary=place,
    )
    return {f"{one.document_id}.json": one.model_dump_json(indent=1)}


@pytest.fixture
def home(tmp_path: Path) -> Path:
    """Two territories of two years each, and reference data of their own."""
    shutil.copytree(REFERENCE, tmp_path / "reference")
    (tmp_path / "extracted").mkdir()
    for place, year in itertools.product(PLACES, (2031, 2032)):
        put(tmp_path, act(place, year, *LABELS))
    put(tmp_path, {"unreadable.json": "[]"})
    return tmp_path


def put(home: Path, files: dict[str, str]) -> None:
    for name, content in files.items():
        (home / "extracted" / name).write_text(content, encoding="utf-8")


def run(home: Path, jobs: int = 1) -> tuple[set[str], set[str]]:
    """The territories that normalize and link computed."""
    normalized = normalize(home / "extracted", home / "reference", home / "normalized", jobs)
    linked = link(home / "normalized", home / "reference", home / "linked", jobs)
    return set(normalized.computed), set(linked.computed)


def tables(home: Path) -> dict[str, bytes]:
    found = itertools.chain(*((home / s).rglob("*") for s in ("normalized", "linked")))
    return {p.relative_to(home).as_posix(): p.read_bytes() for p in found if p.is_file()}


ORME, QUERCY = "nom:metropole-de-saint-orme", "nom:ville-de-quercy-le-haut"
ALL = ({ORME, QUERCY}, {"nom-metropole-de-saint-orme", "nom-ville-de-quercy-le-haut", "jugements"})


def test_nothing_is_computed_twice_and_jobs_change_nothing(home: Path, tmp_path: Path) -> None:
    assert run(home) == ALL
    once = tables(home)
    assert run(home) == (set(), set())
    assert tables(home) == once
    for stage in ("normalized", "linked"):
        shutil.rmtree(home / stage)
    assert run(home, jobs=2) == ALL
    assert tables(home) == once


def test_a_changed_document_costs_its_territory(home: Path) -> None:
    run(home)
    before = tables(home)
    put(home, act(PLACES[0], 2032, *LABELS, sum_="30 000 €"))
    assert run(home) == ({ORME}, {"nom-metropole-de-saint-orme"})
    kept = {name for name in tables(home).keys() & before.keys() if "quercy" in name}
    assert kept == {name for name in before if "quercy" in name}
    put(home, act(PLACES[0], 2032, *LABELS))
    run(home)
    assert tables(home) == before


def test_a_territory_without_documents_is_gone(home: Path) -> None:
    run(home)
    for file in (home / "extracted").glob("quercy-le-haut-*"):
        file.unlink()
    run(home)
    assert not [name for name in tables(home) if "quercy" in name]
    assert {d.territory_id for d in read_records(Document, home / "normalized")} == {ORME}
    assert len(read_records(Link, home / "linked")) == len(LABELS)


def test_documents_of_no_territory_stand_in_a_folder_of_their_own(home: Path) -> None:
    refused = {
        "document_id": "perdu", "filename": "perdu.pdf", "sha256": None,
        "reason": "Fichier vide.", "advice": "Redemandez-le.", "english": "Empty file.",
    }  # fmt: skip
    run(home)
    put(home, {"unreadable.json": json.dumps([refused])})
    assert run(home) == ({NOWHERE}, {NOWHERE})
    put(home, {"x.json": document("x").model_dump_json()})
    assert run(home) == ({NOWHERE}, {NOWHERE})


def test_other_reference_data_costs_every_territory_and_a_judgement_its_own(home: Path) -> None:
    run(home)
    before = tables(home)
    judgements = home / "reference/judgements.csv"
    untouched = judgements.read_bytes()
    line = f"{PLACES[1]},2031,{LABELS[0]},{PLACES[1]},2032,{LABELS[1]},positive,Zoé,2033-01-02,\n"
    judgements.write_bytes(untouched.rstrip(b"\n") + b"\n" + line.encode())
    assert run(home) == (set(), {"nom-ville-de-quercy-le-haut", "jugements"})
    assert "human" in {x.decided_by for x in read_records(Link, home / "linked")}
    judgements.write_bytes(untouched)
    assert run(home) == (set(), {"nom-ville-de-quercy-le-haut", "jugements"})
    assert tables(home) == before
    with (home / "reference/acronyms.csv").open("a", encoding="utf-8") as file:
        file.write("XYZ,xylophone yodle zen,\n")
    assert run(home)[0] == ALL[0]


def test_tables_that_are_not_as_written_are_computed_again(home: Path) -> None:
    run(home)
    before = tables(home)
    (folder,) = (home / "normalized").glob("*quercy*")
    (folder / "action.parquet").unlink()
    assert run(home)[0] == {QUERCY}
    assert tables(home) == before


def test_a_missing_folder_is_told(home: Path) -> None:
    run(home)
    (folder,) = (home / "normalized").glob("*quercy*")
    shutil.rmtree(folder)
    with pytest.raises(FiliationError, match=r"quercy.* manque"):
        read_records(Action, home / "normalized")


def two_tables(text: str, folder: Path) -> None:
    for name in ("action", "article"):
        write_text(text, folder / f"{name}.parquet")


def folders_of(**texts: str) -> list[Folder]:
    return [Folder(name, (text,), partial(two_tables, text)) for name, text in texts.items()]


def told(home: Path) -> list[str]:
    """What the tables that count say."""
    folders = table_folders(home)
    return [file.read_text() for m in (Action, Article) for file in table_files(m, folders)]


def test_killed_anywhere_it_leaves_the_tables_of_before_or_the_next(tmp_path: Path) -> None:
    start, home = tmp_path / "start", tmp_path / "home"
    write_folders(folders_of(a="1", b="2", c="3"), start, 1)
    coming = folders_of(a="1", b="20")
    old, new = ["1", "2", "3"] * 2, ["1", "20"] * 2
    seen = []
    for step in itertools.count(1):
        shutil.copytree(start, home)
        if not kills.killed_at(step, lambda: write_folders(coming, home, 1)):
            break
        seen.append((old, new).index(told(home)))
        write_folders(coming, home, 1)
        assert told(home) == new
        assert {p.name[0] for p in home.iterdir()} == {"a", "b", "f"}
        shutil.rmtree(home)
    assert seen == sorted(seen)
    assert set(seen) == {0, 1}


def fail(folder: Path) -> None:
    (folder / "half.parquet").write_bytes(b"half")
    raise ValueError("no")


def die(folder: Path) -> None:
    os._exit(1)


def fill(folder: Path) -> None:
    (folder / "a.parquet").write_bytes(b"a")


@pytest.mark.parametrize(("work", "error"), [(fail, ValueError), (die, FiliationError)])
def test_what_fails_in_a_process_leaves_what_was_there(
    tmp_path: Path, work: Callable[[Path], None], error: type[Exception]
) -> None:
    write_folders([Folder("a", ("1",), fill)], tmp_path, 1)
    before = (tmp_path / FOLDERS).read_bytes()
    with pytest.raises(error):
        write_folders([Folder(name, ("2",), work) for name in "ab"], tmp_path, 2)
    assert (tmp_path / FOLDERS).read_bytes() == before
    write_folders([Folder("b", ("2",), fill)], tmp_path, 1)
    assert sorted(p.name[:2] for p in tmp_path.iterdir()) == ["b-", "fo"]


def test_files_of_others_are_left_alone(tmp_path: Path) -> None:
    for name in ("notes", "plan-2031", ".git"):
        (tmp_path / name).mkdir()
    write_folders([Folder("a", ("1",), fill)], tmp_path, 1)
    assert {p.name for p in tmp_path.iterdir()} >= {"notes", "plan-2031", ".git"}


def test_the_head_of_a_document_is_read_alone(tmp_path: Path) -> None:
    one = document("x", table(HEAD), title='Un "titre"\n "articles": faux', beneficiary="Y")
    heads = []
    for indent in (1, None):
        (tmp_path / "x.json").write_text(one.model_dump_json(indent=indent), encoding="utf-8")
        heads += read_file_heads(tmp_path / "x.json")
    assert heads[0].digest != heads[1].digest
    assert [(h.document_id, h.title, h.facts) for h in heads] == [("x", one.title, one.facts)] * 2
    assert (tmp_path / "x.json").read_bytes().count(HEAD_END) == 0
