"""Errors for people."""

import errno
from collections.abc import Iterator
from contextlib import contextmanager

from normalizers.reference import MalformedError
from pipeline.language import said

DISK_FULL = (errno.ENOSPC, errno.EDQUOT, errno.EFBIG)  # or a quota reached


class FiliationError(Exception):
    """What is wrong, where, and what to do, in one line of French and one of English; the command
    shows the line of the language spoken and ends with code 1."""

    def __init__(self, french: str, english: str) -> None:
        super().__init__(french, english)
        self.french, self.english = french, english

    def __str__(self) -> str:
        return said(self.french, self.english)


@contextmanager
def reference_explained() -> Iterator[None]:
    """What is wrong in a reference table becomes an error for people."""
    try:
        yield
    except MalformedError as error:
        raise FiliationError(*error.said) from error
