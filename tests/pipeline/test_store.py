"""What killed processes leave is known by their number."""

import os
from pathlib import Path

from pipeline.store import atomic, is_forgotten


def test_a_file_is_forgotten_as_soon_as_its_process_has_ended(tmp_path: Path) -> None:
    child = os.fork()
    if child == 0:
        os._exit(0)
    os.waitid(os.P_PID, child, os.WEXITED | os.WNOWAIT)  # ended, and still in the system's list
    left = tmp_path / f".base.{child}-a1"
    left.touch()
    assert is_forgotten(left)
    assert not is_forgotten(tmp_path / f".base.{os.getpid()}-a1")
    with atomic(tmp_path / "base"):
        pass
    assert [p.name for p in tmp_path.iterdir()] == ["base"]
    os.waitpid(child, 0)
