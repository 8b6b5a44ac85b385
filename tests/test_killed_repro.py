"""`dvc repro` killed at many moments, with all that it runs: what stands is what stood before or
what comes next, and the run after the last kill ends where one that was never killed does."""

import json
import os
import shutil
import signal
import sys
from collections import Counter
from functools import partial
from pathlib import Path

import clones
import duckdb
import kills
import pyarrow.parquet as pq
import typeset

from pipeline.build import build

STAGES = ("extract", "normalize", "link", "load", "report")
STEPS = {  # what is killed, and before which of its changes to a file, one run after the other
    **dict.fromkeys(STAGES, (2, 6)),
    "load": (5, 17),  # the second between the database's change of place and that of its metrics
    "dvc": (3, 24),
    "dvc.lock": (1, 1),
}
COMMAND = f"""#!{sys.executable}
import json, os, sys
from pathlib import Path
sys.path.append(str(Path(__file__).parents[1] / "tests"))
import kills
stage = sys.argv[1]
def strike():
    Path(os.environ["KILLED"]).write_text(stage)
    kills.kill_group()
kills.at_change(json.loads(os.environ["PLAN"]).get(stage, 0), strike, stage == "load", "data/")
from pipeline.cli import main
if __name__ == "__main__":
    main()
"""


def strike(killed: Path, name: str) -> None:
    """End this process and all of its group, `name` noted in the file `killed`."""
    killed.write_text(name)
    kills.kill_group()


def repro(home: Path, plan: dict[str, int]) -> str | None:
    """Run `dvc repro` in a process group of its own, which `plan` kills at a step of a stage, or of
    DVC itself. Which was killed; None when the run ended well."""
    killed = home / "killed"
    killed.unlink(missing_ok=True)
    child = os.fork()
    if child == 0:
        os.setsid()
        os.chdir(home)
        os.environ |= clones.environment(home) | {"PLAN": json.dumps(plan), "KILLED": str(killed)}
        with (home / "log").open("a") as log:
            os.dup2(log.fileno(), 1)
            os.dup2(log.fileno(), 2)
        from dvc.cli import main

        for name, under in (("dvc", str(home)), ("dvc.lock", "dvc.lock")):
            kills.at_change(plan.get(name, 0), partial(strike, killed, name), under=under)
        os._exit(main(["repro"]))
    status = os.waitpid(child, 0)[1]
    if killed.exists():
        assert status == signal.SIGKILL
        return killed.read_text()
    assert status == 0, (home / "log").read_text()
    return None


def rows(database: Path) -> dict[str, list[str]]:
    """All rows of all tables."""
    with duckdb.connect(database, read_only=True) as connection:
        names = [name for (name,) in connection.execute("SHOW TABLES").fetchall()]
        return {n: sorted(map(str, connection.execute(f"FROM {n}").fetchall())) for n in names}


def files(folder: Path, *endings: str) -> dict[str, bytes]:
    """The files of `folder` with one of `endings`, but those that are being written."""
    return {
        path.relative_to(folder).as_posix(): path.read_bytes()
        for path in sorted(folder.rglob("*"))
        if path.suffix in endings
        and not any(part.startswith(".") for part in path.relative_to(folder).parts)
    }


def test_a_killed_run_leaves_what_was_or_what_comes_and_the_next_completes_it(tmp_path) -> None:
    import dvc.cli
    import dvc.commands.repro  # noqa: F401 — loaded once, for all runs

    home = clones.clone(tmp_path / "home", COMMAND)
    processed = home / "data/processed"
    given = files(home / "data/reference", ".csv")
    typeset.act(home / "data/raw/convention-2031.pdf")
    build(home / "data/raw", processed, reference_dir=home / "data/reference")
    before = rows(processed / "filiation.duckdb")

    typeset.act(home / "data/raw/avenant-2032.pdf", year=2032, granted=70_000)
    raw = files(home / "data/raw", ".pdf")
    shutil.copytree(processed / "extracted", tmp_path / "whole/extracted")
    build(home / "data/raw", tmp_path / "whole", reference_dir=home / "data/reference")
    after = rows(tmp_path / "whole/filiation.duckdb")
    assert before != after

    seen: Counter[str] = Counter()
    whole = []
    while struck := repro(
        home, {name: steps[seen[name]] for name, steps in STEPS.items() if seen[name] < len(steps)}
    ):
        seen[struck] += 1
        found = rows(processed / "filiation.duckdb")
        assert found in (before, after)
        whole.append(found == after)
        for name in files(processed, ".parquet"):
            pq.read_table(processed / name)
        for content in files(processed, ".json").values():
            json.loads(content)
        assert files(home / "data/reference", ".csv") == given
        assert files(home / "data/raw", ".pdf") == raw
    assert seen == {name: len(steps) for name, steps in STEPS.items()}
    assert whole == sorted(whole) and set(whole) == {False, True}
    assert rows(processed / "filiation.duckdb") == after
    assert files(processed, ".parquet") == files(tmp_path / "whole", ".parquet")
    assert json.loads((processed / "metrics.json").read_text())["documents"] == 2
    assert len(files(processed / "report/document", ".html")) == 2
    assert {p.name for p in processed.rglob(".*")} <= {".gitignore", ".gitkeep"}
