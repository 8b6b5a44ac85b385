"""The README's main command on a clone of this project."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
import typeset

ROOT = Path(__file__).parents[1]
DVC = (sys.executable, "-m", "dvc")
COMMAND = f"""#!{sys.executable}
from pipeline.cli import main

if __name__ == "__main__":
    main()
"""


@pytest.fixture(scope="module")
def clone(tmp_path_factory) -> Path:
    """The files of this project in a repository of their own, with two small documents."""
    home = tmp_path_factory.mktemp("clone")
    tracked = subprocess.run(
        ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=True,
    ).stdout.split("\0")
    for name in tracked:
        if name and (ROOT / name).is_file() and not name.endswith(".pdf") and name != "dvc.lock":
            (home / name).parent.mkdir(parents=True, exist_ok=True)
            shutil.copyfile(ROOT / name, home / name)
    typeset.pdf(home / "data/raw/convention-2031.pdf")
    typeset.pdf(home / "data/raw/other-2031.pdf", pages=2)
    subprocess.run(["git", "init", "--quiet"], cwd=home, check=True)
    command = home / "commands/filiation"
    command.parent.mkdir()
    command.write_text(COMMAND)
    command.chmod(0o755)
    return home


def at(clone: Path, *command: str) -> str:
    done = subprocess.run(
        command,
        cwd=clone,
        env={
            **os.environ,
            "PATH": f"{clone / 'commands'}{os.pathsep}{os.environ['PATH']}",
            "PYTHONPATH": str(clone),
        },
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
    )
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout + done.stderr


def test_repro_does_everything_then_nothing_then_only_what_changed(clone):
    first = at(clone, *DVC, "repro")
    assert [s for s in ("extract", "normalize", "link", "load", "report") if f"'{s}'" in first] == [
        "extract",
        "normalize",
        "link",
        "load",
        "report",
    ]
    assert "2 document(s) lu(s), 0 inchangé(s)" in first
    assert (clone / "data/processed/filiation.duckdb").is_file()
    assert (clone / "data/processed/report/index.html").is_file()
    assert '"documents": 2' in (clone / "data/processed/metrics.json").read_text()

    assert "Running stage" not in at(clone, *DVC, "repro")

    typeset.pdf(clone / "data/raw/other-2031.pdf", pages=3)
    assert "1 document(s) lu(s), 1 inchangé(s)" in at(clone, *DVC, "repro")

    new = typeset.pdf(clone.parent / "Avenant 2032.pdf", pages=4)
    assert "avenant-2032.pdf" in at(clone, "commands/filiation", "ingest", str(new))
    assert "Running stage" not in at(clone, *DVC, "repro")
