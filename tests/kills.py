"""Kills a piece of work at each of its changes to files, one after the other."""

import os
import signal
import sys
from collections.abc import Callable

CHANGES = {"os.rename", "os.remove", "os.rmdir", "os.mkdir", "os.link", "shutil.copyfile"}


def killed_at(step: int, work: Callable[[], object], reads: bool = False) -> bool:
    """Do `work` in a child that is killed just before its `step`-th change to a file, or with
    `reads` before its `step`-th access to one.

    False when it ended before that, without an error.
    """
    child = os.fork()
    if child == 0:
        changes = 0

        def hook(event: str, arguments: tuple[object, ...]) -> None:
            nonlocal changes
            mode = arguments[1] if event == "open" else None
            if event in CHANGES or (isinstance(mode, str) and (reads or mode[0] in "wxa")):
                changes += 1
                if changes == step:
                    os.kill(os.getpid(), signal.SIGKILL)

        sys.addaudithook(hook)
        try:
            work()
            os._exit(0)
        finally:
            os._exit(1)
    status = os.waitpid(child, 0)[1]
    assert status in (0, signal.SIGKILL), "the work failed"
    return status == signal.SIGKILL
