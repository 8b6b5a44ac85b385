"""Kills a piece of work at each of its changes to files, one after the other."""

import os
import signal
import sys
from collections.abc import Callable

CHANGES = {"os.rename", "os.remove", "os.rmdir", "os.mkdir", "os.link", "shutil.copyfile"}


def at_change(
    step: int, strike: Callable[[], object], reads: bool = False, under: str = ""
) -> None:
    """`strike` just before the `step`-th change to a file from now on, or with `reads` before the
    `step`-th access to one; only files whose paths hold `under` count."""
    changes = 0

    def hook(event: str, arguments: tuple[object, ...]) -> None:
        nonlocal changes
        if event != "open" and event not in CHANGES:
            return
        mode = arguments[1] if event == "open" else "w"
        if not reads and not (isinstance(mode, str) and mode[0] in "wxa"):
            return
        if under in str(arguments[0]):
            changes += 1
            if changes == step:
                strike()

    sys.addaudithook(hook)


def kill() -> None:
    os.kill(os.getpid(), signal.SIGKILL)


def kill_group() -> None:
    os.killpg(os.getpgrp(), signal.SIGKILL)


def killed_at(step: int, work: Callable[[], object], reads: bool = False) -> bool:
    """Do `work` in a child that is killed just before its `step`-th change to a file, or with
    `reads` before its `step`-th access to one.

    False when it ended before that, without an error.
    """
    child = os.fork()
    if child == 0:
        at_change(step, kill, reads)
        try:
            work()
            os._exit(0)
        finally:
            os._exit(1)
    status = os.waitpid(child, 0)[1]
    assert status in (0, signal.SIGKILL), "the work failed"
    return status == signal.SIGKILL
