"""Killed at any moment or out of disk, a stage leaves what was there before or what comes next."""

import itertools
import json
import resource
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from itertools import takewhile
from pathlib import Path

import kills
import pyarrow.parquet as pq
import pytest
import typeset
from rich.console import Console

from pipeline import store
from pipeline.cli import run
from pipeline.errors import DISK_FULL, FiliationError
from pipeline.export import export
from pipeline.load import load
from pipeline.report import MANIFEST, report
from pipeline.review import review
from tests.answers import run_query
from tests.pipeline.conftest import valmorin
from tests.pipeline.world import World

REFERENCE = Path(__file__).parents[2] / "data" / "reference"
DATABASE, JUDGEMENTS = "filiation.duckdb", "judgements.csv"


def run_load(home: Path) -> None:
    load(home / "normalized", home / "linked", home / DATABASE, home / "metrics.json")


def run_export(home: Path) -> None:
    export(home / DATABASE, home / "export", REFERENCE)


def run_report(home: Path) -> None:
    report(home / DATABASE, home / "raw", home / "report")


def run_review(home: Path) -> None:
    folders = (home / "normalized", home / "linked")
    review(*folders, home / JUDGEMENTS, "Zoé", lambda question: "y", Console(quiet=True))


def with_more_pairs() -> World:
    """The territory of `valmorin` with three doubtful pairs instead of one."""
    world = valmorin()
    for target in ("siao", "night"):
        world.candidate("valmorin-convention-2023#land", f"valmorin-avenant-2024#{target}")
    return world


@pytest.fixture(scope="module")
def done(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Everything made, on a disk with room enough."""
    home = tmp_path_factory.mktemp("done")
    with_more_pairs().load(home)
    run_export(home)
    run_report(home)
    return home


def contents(folder: Path) -> dict[str, bytes]:
    files = (path for path in folder.rglob("*") if path.is_file())
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in files}


@contextmanager
def room_for(size: int) -> Iterator[None]:
    """The system refuses to write more than `size` bytes to a file, as it does on a full disk."""
    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (size, hard))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))


@pytest.mark.parametrize("size", [0, 300, 5000])
@pytest.mark.parametrize("work", [run_load, run_export, run_report])
def test_a_full_disk_leaves_no_half_file(
    done: Path, tmp_path: Path, work: Callable[[Path], None], size: int
) -> None:
    home = tmp_path / "home"
    shutil.copytree(done, home)
    before = contents(home)
    with room_for(size), pytest.raises(OSError) as error:
        work(home)
    assert error.value.errno in DISK_FULL
    assert str(error.value.filename).startswith(str(home))
    assert contents(home) == before


def test_a_full_disk_is_told_in_one_line(
    done: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    arguments = ["load", *(str(done / name) for name in ("normalized", "linked"))]
    with room_for(1000):
        assert run([*arguments, str(tmp_path / DATABASE), "--metrics", str(tmp_path / "m")]) == 1
    (line,) = capsys.readouterr().err.splitlines()
    assert line.startswith(f"Disque plein ({tmp_path / DATABASE})")
    assert list(tmp_path.iterdir()) == []


@pytest.fixture(scope="module")
def before(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """One act through the first three stages, and another that waits for them."""
    home = tmp_path_factory.mktemp("before")
    typeset.act(home / "raw/convention-2031.pdf")
    for stage in FIRST:
        assert run([stage, *(str(home / name) for name in FIRST[stage])]) == 0
    typeset.act(home / "raw/avenant-2032.pdf", year=2032)
    return home


FIRST = {
    "extract": ("raw", "extracted"),
    "normalize": ("extracted", "normalized"),
    "link": ("normalized", "linked"),
}


@pytest.mark.parametrize(
    ("stage", "size"),
    [
        ("extract", 0),  # where a reader finds no room, see test_extract.py
        ("normalize", 0),
        ("normalize", 200),
        ("normalize", 2500),
        ("link", 0),
        ("link", 200),
    ],
)
def test_a_full_disk_stops_a_stage_with_whole_files(
    before: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str], stage: str, size: int
) -> None:
    home = tmp_path / "home"
    shutil.copytree(before, home)
    for earlier in takewhile(lambda name: name != stage, FIRST):
        assert run([earlier, *(str(home / name) for name in FIRST[earlier])]) == 0
    arguments = [stage, *(str(home / name) for name in FIRST[stage])]
    capsys.readouterr()
    with room_for(size):
        assert run(arguments) == 1
    (line,) = capsys.readouterr().err.splitlines()
    assert line.startswith(f"Disque plein ({home / FIRST[stage][1]}")
    for path in home.rglob("*.parquet"):
        pq.read_table(path)
    for path in home.rglob("*.json"):
        json.loads(path.read_text())
    assert list(home.rglob(".*")) == []
    assert run(arguments) == 0


@pytest.fixture
def states(done: Path, tmp_path: Path) -> tuple[Path, list[bytes | None]]:
    """A folder to review in, and what judgements.csv may be there: none, or one to three lines."""
    home = tmp_path / "home"
    home.mkdir()
    for stage in ("normalized", "linked"):
        (home / stage).symlink_to(done / stage)
    run_review(home)
    lines = (home / JUDGEMENTS).read_bytes().splitlines(keepends=True)
    (home / JUDGEMENTS).unlink()
    return home, [None, *(b"".join(lines[:end]) for end in (2, 3, 4))]


def judged(home: Path) -> bytes | None:
    return (home / JUDGEMENTS).read_bytes() if (home / JUDGEMENTS).exists() else None


@pytest.mark.parametrize(("size", "saved"), [(0, 0), (300, 1), (500, 2)])
def test_a_full_disk_costs_one_answer(
    states: tuple[Path, list[bytes | None]], size: int, saved: int
) -> None:
    home, whole = states
    with room_for(size), pytest.raises(OSError) as error:
        run_review(home)
    assert (error.value.errno in DISK_FULL, judged(home)) == (True, whole[saved])
    run_review(home)
    assert judged(home) == whole[-1]


def test_a_review_killed_at_any_point_keeps_every_answer_given(
    states: tuple[Path, list[bytes | None]],
) -> None:
    home, whole = states
    seen = []
    for step in itertools.count(1):
        (home / JUDGEMENTS).unlink(missing_ok=True)
        if not kills.killed_at(step, lambda: run_review(home)):
            break
        seen.append(whole.index(judged(home)))
        run_review(home)
        assert judged(home) == whole[-1]
        assert {path.name for path in home.iterdir()} == {"normalized", "linked", JUDGEMENTS}
    assert seen == sorted(seen)
    assert set(seen) == {0, 1, 2, 3}


def test_a_load_killed_at_any_point_leaves_the_previous_database_or_the_next(
    done: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    valmorin().load(tmp_path)
    old = contents(tmp_path)
    for stage in ("normalized", "linked"):
        shutil.copytree(done / stage, tmp_path / stage, dirs_exist_ok=True)

    def pairs() -> int:
        ((number,),) = run_query(tmp_path / DATABASE, "SELECT count(*) FROM candidate_pair").rows
        return int(number)

    seen = []
    in_checks = [(True, 30), (True, 50)]
    at_changes = ((False, step) for step in itertools.count(1))
    for reads, step in itertools.chain(in_checks, at_changes):
        if not reads:  # the checks take most of the time, and change no file
            monkeypatch.setattr("pipeline.load.run_checks", lambda connection: None)
        for name in (DATABASE, "metrics.json"):
            (tmp_path / name).write_bytes(old[name])
        if not kills.killed_at(step, lambda: run_load(tmp_path), reads):
            break
        seen.append(pairs())
    assert set(seen) == {1, 3}
    assert pairs() == 3
    assert {path.name for path in tmp_path.iterdir()} == {
        "normalized", "linked", DATABASE, "metrics.json"
    }  # fmt: skip


@pytest.mark.parametrize(
    ("work", "name", "every"), [(run_export, "export", 97), (run_report, "report", 13)]
)
def test_a_folder_of_results_is_replaced_all_at_once(
    done: Path, tmp_path: Path, work: Callable[[Path], None], name: str, every: int
) -> None:
    """Killed at moments spread over the whole, each result is there as it was or as it comes, and
    so is what the user put beside it."""
    folder = tmp_path / name
    shutil.copytree(done / name, folder)
    (folder / "mine").mkdir()
    (folder / "mine/notes.txt").write_text("à moi")
    shutil.copy(done / DATABASE, tmp_path)
    new = stable(folder)
    for path in new.keys() - {"mine/notes.txt", MANIFEST}:
        (folder / path).write_text("earlier")
    old = stable(folder)
    shutil.copytree(folder, tmp_path / "old")

    seen = []
    for step in itertools.count(2, every):
        if not kills.killed_at(step, lambda: work(tmp_path)):
            break
        found = stable(folder)
        assert found in (old, new)
        seen.append(found == new)
        if seen[-1]:
            shutil.rmtree(folder)
            shutil.copytree(tmp_path / "old", folder)
    assert stable(folder) == new
    assert set(seen) == {False, True}
    assert list(tmp_path.glob(".*")) == []


def stable(folder: Path) -> dict[str, bytes]:
    """The files of `folder` but the workbook, which bears the time at which it was made."""
    return {name: data for name, data in contents(folder).items() if name != "filiation.xlsx"}


def test_two_renames_do_where_the_system_cannot_exchange(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(store, "_exchange_at_once", lambda one, other: False)
    folder = tmp_path / "folder"

    def work() -> None:
        with store.exchanged_folder(folder) as draft:
            number = int((draft / "a").read_text()) + 1 if (draft / "a").exists() else 0
            for file in ("a", "b"):
                store.write_text(str(number), draft / file)

    work()
    for step in itertools.count(1):
        killed = kills.killed_at(step, work)
        places = [folder, *tmp_path.glob(".folder.*-old")]
        whole = next(place for place in places if place.exists())
        assert (whole / "a").read_text() == (whole / "b").read_text()
        if not killed:
            break
    assert {path.name for path in tmp_path.iterdir()} == {"folder"}


def test_the_current_folder_is_not_replaced(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    with pytest.raises(FiliationError, match="dossier à l'intérieur"):
        export(tmp_path / DATABASE, Path())
    assert list(tmp_path.iterdir()) == []


def test_readers_do_not_hear_ctrl_c_while_they_load() -> None:
    script = """if True:
        import multiprocessing, os, signal
        from multiprocessing.forkserver import _forkserver
        from pipeline.worker import prepare

        prepare()
        os.kill(_forkserver._forkserver_pid, signal.SIGINT)
        process = multiprocessing.get_context("forkserver").Process(target=print, args=("read",))
        process.start()
        process.join()
        os.kill(os.getpid(), signal.SIGINT)"""
    done = subprocess.run(
        [sys.executable, "-c", script], cwd=REFERENCE.parents[1], capture_output=True, text=True
    )
    assert done.stdout == "read\n"
    assert done.stderr.splitlines()[-1:] == ["KeyboardInterrupt"]
