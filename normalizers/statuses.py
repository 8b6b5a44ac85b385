"""What a document says of an action's progress, as one word of the contract.

The wordings are data, `data/reference/statuses.csv`: the first pattern found in the folded text
decides, so negations and precise wordings stand above broad ones.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import cast, get_args

from normalizers.checkboxes import ticked
from normalizers.reference import MalformedError, folded_pattern, read_rows
from normalizers.terms import fold
from pipeline.kinds import Status

QUOTED = re.compile(r"«[^«»]*»|“[^”]*”|\"[^\"]*\"")  # the name of an action, mostly
SHORT = 25  # characters: a status without a comment


@dataclass(frozen=True, slots=True, eq=False)  # alike only to itself: quick to look up
class StatusPattern:
    """A wording, of folded text, and the status that it means."""

    pattern: re.Pattern[str]
    status: Status


def load_statuses(path: Path) -> list[StatusPattern]:
    """The patterns of `statuses.csv`; MalformedError names the line that is wrong."""
    patterns = []
    for line, row in enumerate(read_rows(path, ("pattern", "status")), 2):
        if row["status"] not in get_args(Status):
            status = row["status"]
            raise MalformedError(
                path, line, f"statut inconnu « {status} »", f"unknown status {status}"
            )
        known = cast(Status, row["status"])
        patterns.append(StatusPattern(folded_pattern(row["pattern"], path, line), known))
    return patterns


def read_status(text: str | None, patterns: Sequence[StatusPattern]) -> Status:
    """The status that `text` words, of several with boxes the one that is ticked; 'unknown' where
    it words none, or ticks more."""
    options = ticked(text or "")
    if options is None:
        return _status(fold(_unquoted(text or "")), tuple(patterns))
    found = {_status(fold(option), tuple(patterns)) for option in options}
    return found.pop() if len(found) == 1 else "unknown"


def _unquoted(text: str) -> str:
    """`text` without what it quotes, unless that is all: a name says nothing of progress."""
    rest = QUOTED.sub(" ", text)
    return rest if re.search(r"\w", rest) else text


def is_status_alone(text: str, patterns: Sequence[StatusPattern]) -> bool:
    """Is `text` a status without a comment: 'Action reconduite'?"""
    return len(text) < SHORT and read_status(text, patterns) != "unknown"


@lru_cache(maxsize=4096)
def _status(folded: str, patterns: tuple[StatusPattern, ...]) -> Status:
    return next((p.status for p in patterns if p.pattern.search(folded)), "unknown")
