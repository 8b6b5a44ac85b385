"""What a terminal shows: lines for people on stderr, answers on stdout."""

import json
import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict, is_dataclass
from typing import TYPE_CHECKING, Any, TextIO

from pipeline.language import said

if TYPE_CHECKING:
    from pipeline.extract import Progress

BOLD, RED, YELLOW = 1, 31, 33  # of a terminal


def say(line: str, colour: int | None = None) -> None:
    """A line for people, on stderr."""
    print(coloured(line, colour, sys.stderr), file=sys.stderr)


def coloured(line: str, colour: int | None, stream: TextIO) -> str:
    """`line` in a colour on a terminal only, and never where NO_COLOR is set."""
    if colour is None or not stream.isatty() or os.environ.get("NO_COLOR"):
        return line
    return f"\033[{colour}m{line}\033[0m"


@contextmanager
def progress_bar() -> "Iterator[Progress]":
    """A progress bar on stderr, on a terminal only."""
    from rich.console import Console
    from rich.progress import Progress as Bar

    title = said("Lecture", "Reading")
    console = Console(stderr=True)
    with Bar(console=console, disable=not console.is_terminal, transient=True) as bar:
        task = bar.add_task(title, total=None)

        def progress(done: int, total: int, filename: str) -> None:
            bar.update(task, completed=done, total=total, description=f"{title} {filename}")

        yield progress


def print_json(answer: Any) -> None:
    """An answer for a program: amounts and dates as strings, None for what is not known."""

    def plain(value: Any) -> Any:
        if is_dataclass(value) and not isinstance(value, type):
            return asdict(value)
        return value.model_dump() if hasattr(value, "model_dump") else str(value)

    print(json.dumps(answer, ensure_ascii=False, indent=1, default=plain))
