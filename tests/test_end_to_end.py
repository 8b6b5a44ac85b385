"""The README's main command on a clone of this project."""

import subprocess
import sys
from pathlib import Path

import clones
import pytest
import typeset

DVC = (sys.executable, "-m", "dvc")


@pytest.fixture(scope="module")
def clone(tmp_path_factory) -> Path:
    """The files of this project in a repository of their own, with two small documents."""
    home = clones.clone(tmp_path_factory.mktemp("clone"))
    typeset.pdf(home / "data/raw/convention-2031.pdf")
    typeset.pdf(home / "data/raw/other-2031.pdf", pages=2)
    return home


def at(clone: Path, *command: str) -> str:
    done = subprocess.run(
        command,
        cwd=clone,
        env=clones.environment(clone),
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
    assert "2 documents lus, 0 inchangé" in first
    assert (clone / "data/processed/filiation.duckdb").is_file()
    assert (clone / "data/processed/report/index.html").is_file()
    assert '"documents": 2' in (clone / "data/processed/metrics.json").read_text()

    assert "Running stage" not in at(clone, *DVC, "repro")

    typeset.pdf(clone / "data/raw/other-2031.pdf", pages=3)
    assert "1 document lu, 1 inchangé" in at(clone, *DVC, "repro")

    new = typeset.pdf(clone.parent / "Avenant 2032.pdf", pages=4)
    assert "avenant-2032.pdf" in at(clone, "commands/filiation", "ingest", str(new))
    assert "Running stage" not in at(clone, *DVC, "repro")
