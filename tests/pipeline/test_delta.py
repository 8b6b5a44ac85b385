"""A database brought up to date holds what one loaded afresh does, whatever came in between."""

import json
import shutil
from collections.abc import Callable, Iterable
from dataclasses import replace
from functools import partial
from pathlib import Path
from random import Random

import duckdb
import pytest

import pipeline.load
from benchmarks.country import as_read
from benchmarks.territories import Act, invent_acts, invent_territory
from pipeline.link import link
from pipeline.load import load
from pipeline.models import ExtractedDocument
from pipeline.normalize import normalize
from pipeline.store import write_text

REFERENCE = Path(__file__).parents[2] / "data" / "reference"


def acts_of(index: int, years: int = 3) -> list[ExtractedDocument]:
    dice = Random(f"delta {index}")
    return [as_read(act) for act in invent_acts(invent_territory(index, dice), years, 5, dice)]


def put(home: Path, *documents: ExtractedDocument) -> None:
    for document in documents:
        path = home / "extracted" / f"{document.document_id}.json"
        write_text(document.model_dump_json(indent=1), path)


def run(home: Path) -> None:
    normalize(home / "extracted", REFERENCE, home / "normalized")
    link(home / "normalized", REFERENCE, home / "linked")
    load(home / "normalized", home / "linked", home / "f.duckdb", home / "metrics.json")


def contents(database: Path) -> dict[str, list[str]]:
    """All rows of all tables and views."""
    with duckdb.connect(database, read_only=True) as connection:
        names = connection.execute(
            "SELECT table_schema || '.' || table_name FROM information_schema.tables"
        ).fetchall()
        return {n: sorted(map(str, connection.execute(f"FROM {n}").fetchall())) for (n,) in names}


def test_x(tmp_path, monkeypatch):
    home = tmp_path
    for i in range(3): put(home, *acts_of(i)[:2])
    run(home)
    put(home, acts_of(1)[2])
    monkeypatch.setattr("pipeline.load._built", None)
    run(home)
    monkeypatch.undo()
    shutil.copytree(home/"normalized", home/"again/normalized")
    shutil.copytree(home/"linked", home/"again/linked")
    load(home/"again/normalized", home/"again/linked", home/"again/f.duckdb", home/"again/metrics.json")
    a, b = contents(home/"f.duckdb"), contents(home/"again/f.duckdb")
    for n in b: assert a[n]==b[n], n
    assert a.keys()==b.keys()
    assert (home/"metrics.json").read_text()==(home/"again/metrics.json").read_text()
    print({k:len(v) for k,v in a.items()})
