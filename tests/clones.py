"""The files of this project in a repository of their own, where its commands can run."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).parents[1]
COMMAND = f"""#!{sys.executable}
from pipeline.cli import main

if __name__ == "__main__":
    main()
"""


def clone(home: Path, command: str = COMMAND) -> Path:
    """`home` with all files of this project but its documents; `filiation` runs `command`."""
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
    subprocess.run(["git", "init", "--quiet"], cwd=home, check=True)
    executable = home / "commands/filiation"
    executable.parent.mkdir()
    executable.write_text(command)
    executable.chmod(0o755)
    return home


def environment(home: Path) -> dict[str, str]:
    """What a command needs to find the program of `home`."""
    path = f"{home / 'commands'}{os.pathsep}{os.environ['PATH']}"
    return {**os.environ, "PATH": path, "PYTHONPATH": str(home)}
