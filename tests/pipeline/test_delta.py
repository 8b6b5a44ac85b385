"""A database brought up to date holds what one loaded afresh does, whatever came in between."""

import csv
import json
import shutil
from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from functools import partial
from pathlib import Path
from random import Random

import duckdb
import pytest

from benchmarks.country import as_read
from benchmarks.territories import invent_acts, invent_territory
from pipeline.export import export
from pipeline.extracted import ExtractedDocument, Unreadable
from pipeline.link import link
from pipeline.load import LoadReport, load
from pipeline.models import TABLES, Action, ActionPilot, AnnexTable, Document, Organisation, Record
from pipeline.normalize import normalize
from pipeline.partition import Folder, write_folders
from pipeline.query import named_queries
from pipeline.store import write_records, write_text
from tests.answers import run_query
from tests.pipeline.test_checks import FIRES, SILENT
from tests.pipeline.world import LINKED, World

REFERENCE = Path(__file__).parents[2] / "data" / "reference"
Change = Callable[[Path], None]


def acts(index: int) -> list[ExtractedDocument]:
    """A convention and two avenants of an invented territory."""
    dice = Random(f"delta {index}")
    return [as_read(act) for act in invent_acts(invent_territory(index, dice), 3, 5, dice)]


def put(home: Path, *documents: ExtractedDocument) -> None:
    for document in documents:
        path = home / "extracted" / f"{document.document_id}.json"
        write_text(document.model_dump_json(indent=1), path)


def stages(home: Path) -> tuple[Path, Path]:
    """The Parquet folders, brought up to date."""
    normalize(home / "extracted", home / "reference", home / "normalized")
    link(home / "normalized", home / "reference", home / "linked")
    return home / "normalized", home / "linked"


def load_in(home: Path, folders: tuple[Path, Path]) -> LoadReport:
    return load(*folders, home / "f.duckdb", home / "metrics.json")


def contents(home: Path) -> dict[str, list[str]]:
    """All rows of all tables and views, and the metrics."""
    with duckdb.connect(home / "f.duckdb", read_only=True) as connection:
        names = connection.execute(
            "SELECT table_schema || '.' || table_name FROM information_schema.tables"
        ).fetchall()
        held = {n: sorted(map(str, connection.execute(f"FROM {n}").fetchall())) for (n,) in names}
    return held | {"metrics": (home / "metrics.json").read_text().splitlines()}


def told(home: Path) -> dict[str, object]:
    """What people get of it, in its order: the answers to all queries, and the exported files."""
    export(home / "f.duckdb", home / "export", REFERENCE)
    files = {path.name: path.read_bytes() for path in (home / "export").glob("*/*")}
    return files | {q.name: run_query(home / "f.duckdb", q.name).rows for q in named_queries()}


def same(found: Mapping[str, object], expected: Mapping[str, object]) -> None:
    assert found.keys() == expected.keys()
    for name in expected:
        assert found[name] == expected[name], name


def compare(
    home: Path, folders: tuple[Path, Path], *bys: Callable[[Path], Mapping[str, object]]
) -> None:
    """All that `bys` find in the database of `home` is what they find in one loaded afresh."""
    afresh = home / "afresh"
    afresh.mkdir()
    load_in(afresh, folders)
    for by in (contents, *bys):
        same(by(home), by(afresh))
    shutil.rmtree(afresh)


@pytest.fixture(scope="module")
def base(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The first two acts of three territories, loaded."""
    home = tmp_path_factory.mktemp("base")
    shutil.copytree(REFERENCE, home / "reference")
    for index in range(3):
        put(home, *acts(index)[:2])
    load_in(home, stages(home))
    return home


@pytest.fixture
def home(base: Path, tmp_path: Path) -> Path:
    """The same, to be changed."""
    return shutil.copytree(base, tmp_path / "home")


def an_avenant(home: Path) -> None:
    put(home, acts(1)[2])


def a_territory(home: Path) -> None:
    put(home, *acts(3)[:1])


def a_copy(home: Path) -> None:
    update = {"document_id": "a-copie", "filename": "a copie.pdf", "sha256": "scanned"}
    put(home, acts(1)[1].model_copy(update=update))


def an_act_withdrawn(home: Path) -> None:
    (home / "extracted" / f"{acts(1)[1].document_id}.json").unlink()


def an_act_of_nobody(home: Path) -> None:
    """… whose tables name a telephone, beside a file that cannot be read."""
    act = acts(4)[0]
    facts = [f for f in act.facts if f.name not in ("beneficiary", "party.beneficiary", "siret")]
    articles = [a.model_copy(update={"text": "Appeler le 04 91 00 00 00."}) for a in act.articles]
    update = {"facts": facts, "title": "Convention", "articles": articles}
    put(home, act.model_copy(update=update))
    refused = Unreadable(
        document_id="vide", filename="vide.pdf", sha256="0", reason="Vide.", advice="", english=""
    )
    write_text(json.dumps([refused.model_dump()]), home / "extracted/unreadable.json")


def a_judgement(home: Path) -> None:
    """… that two linked actions are not the same, and one that fits nothing."""
    query = """
        SELECT territory_id, s.exercise, s.label, territory_id, t.exercise, t.label
        FROM link
        JOIN action AS s ON s.action_id = source_action_id
        JOIN action AS t USING (territory_id)
        WHERE t.action_id = target_action_id ORDER BY ALL
    """
    with duckdb.connect(home / "f.duckdb", read_only=True) as connection:
        linked = connection.execute(query).fetchall()[0]
    with (home / "reference/judgements.csv").open("a", newline="", encoding="utf-8") as file:
        for sides in (linked, ["nulle part"] * 6):
            csv.writer(file).writerow([*sides, "negative", "Zoé", "2031-02-03", ""])


@pytest.mark.parametrize(
    "changes",
    [
        (an_avenant, a_territory),
        (a_copy, an_act_of_nobody),
        (an_act_withdrawn,),
        (a_judgement,),
    ],
    ids=lambda changes: "+".join(change.__name__ for change in changes),
)
def test_what_changed_is_replaced(
    home: Path, changes: Sequence[Change], monkeypatch: pytest.MonkeyPatch
) -> None:
    before = contents(home)
    for change in changes:
        change(home)
    with monkeypatch.context() as patched:
        patched.delattr("pipeline.load._built")
        load_in(home, folders := stages(home))
    assert contents(home) != before
    compare(home, folders)


def test_acts_in_any_order_make_the_same_database(
    home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    dice = Random(2031)
    waiting = [document for index in range(5) for document in acts(index)[index < 3 and 2 :]]
    dice.shuffle(waiting)
    with monkeypatch.context() as patched:
        patched.delattr("pipeline.load._built")
        while waiting:
            put(home, *(waiting.pop() for _ in range(dice.randint(1, len(waiting)))))
            load_in(home, folders := stages(home))
    compare(home, folders, told)


def split(world: World) -> dict[str, World]:
    """The records of each territory, those with actions of none together."""
    whose = {d.document_id: d.territory_id for d in world.of(Document)}
    nowhere = {whose[a.document_id] for a in world.of(Action) if a.territory_id is None}
    whose |= {t.table_id: whose[t.document_id] for t in world.of(AnnexTable)}
    whose |= {a.action_id: whose[a.document_id] for a in world.of(Action)}
    whose |= {p.organisation_id: whose[p.action_id] for p in world.of(ActionPilot)}
    keys = ("territory_id", "document_id", "table_id", "action_id", "source_action_id")
    worlds: dict[str, World] = defaultdict(World)
    for model in TABLES:
        for record in world.of(model):
            said = record.model_dump()
            name = next((said[key] for key in keys if said.get(key)), None)
            name = name or said["organisation_id"]
            territory = whose.get(name, name)
            worlds["nowhere" if territory in nowhere else territory].add(record)
    return worlds


def write_parts(home: Path, worlds: Mapping[str, World]) -> tuple[Path, Path]:
    """The Parquet folders of some territories."""

    def write(world: World, models: Sequence[type[Record]], folder: Path) -> None:
        for model in models:
            write_records(world.of(model), model, folder)

    normalized = [model for model in TABLES if model not in LINKED]
    folders = home / "normalized", home / "linked"
    for out, models in zip(folders, (normalized, LINKED), strict=True):
        parts = [
            Folder(name, (repr(world.records),), partial(write, world, models))
            for name, world in worlds.items()
        ]
        write_folders(parts, out, 1)
    return folders


def merged(worlds: Iterable[World]) -> World:
    """The records of all of them."""
    world = World()
    for one in worlds:
        for model, records in one.records.items():
            world.records[model] += records
    return world


def test_no_check_looks_beyond_a_territory(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The cases of every check, those of every second territory loaded before the others: where one
    relates two territories, a finding is missing."""
    world = World()
    for name, (_, build) in (FIRES | SILENT).items():
        build(world, name)
    world.write(tmp_path / "together")
    worlds = split(world)
    first, second = (merged(worlds[name] for name in sorted(worlds)[i::2]) for i in (0, 1))
    load_in(tmp_path, write_parts(tmp_path, {"first": first}))
    folders = write_parts(tmp_path, {"first": first, "second": second})
    with monkeypatch.context() as patched:
        patched.delattr("pipeline.load._built")
        load_in(tmp_path, folders)
    compare(tmp_path, folders)


def test_an_organisation_that_others_name_too_is_renamed_for_all(tmp_path: Path) -> None:
    world = World()
    for name in ("one", "other"):
        row = {"key": "a", "organisation": "Ville"}
        world.act(name).table([row | {"pilot_raw": "Ville"}, row | {"key": "b", "pilot_raw": "V."}])
    world.write(tmp_path / "together")
    worlds = split(world)
    first = sorted(worlds)[0]
    for territory in worlds.values():
        for model in (Organisation, ActionPilot):
            territory.records[model] = [
                record.model_copy(update={"organisation_id": "lac"})
                for record in territory.records[model]
            ]
    load_in(tmp_path, write_parts(tmp_path, worlds))
    renamed = Organisation(organisation_id="lac", name="Ville du Lac")
    worlds[first].records[Organisation] = [renamed]
    load_in(tmp_path, folders := write_parts(tmp_path, worlds))
    compare(tmp_path, folders)
    found = contents(tmp_path)["main.finding"]
    assert sum("Ville du Lac est écrit de plusieurs façons" in line for line in found) == 2


@pytest.fixture(scope="module")
def grown(
    base: Path, tmp_path_factory: pytest.TempPathFactory
) -> tuple[Path, dict[str, list[str]]]:
    """`base` with an avenant that its database does not hold, and what one loaded afresh does."""
    home = shutil.copytree(base, tmp_path_factory.mktemp("grown") / "home")
    an_avenant(home)
    afresh = home.with_name("afresh")
    afresh.mkdir()
    load_in(afresh, stages(home))
    return home, contents(afresh)


def test_another_version_loads_all_again(home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("pipeline.delta._load_version", lambda: "next")
    monkeypatch.setattr("pipeline.load.replace_rows", lambda *given: pytest.fail("replaced"))
    load_in(home, stages(home))


@pytest.mark.parametrize(
    "spoil",
    [
        "DROP SCHEMA loaded CASCADE",
        "ALTER TABLE lineage_span DROP last_label",
        "UPDATE action SET label = 'corrigé à la main'",
    ],
)
def test_a_database_that_does_not_serve_is_loaded_afresh(
    grown: tuple[Path, dict[str, list[str]]], tmp_path: Path, spoil: str
) -> None:
    before, after = grown
    home = shutil.copytree(before, tmp_path / "home")
    with duckdb.connect(home / "f.duckdb") as connection:
        connection.execute(spoil)
    load_in(home, (home / "normalized", home / "linked"))
    same(contents(home), after)
