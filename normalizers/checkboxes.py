"""Boxes to tick: of the options that a cell prints, those that hold."""

import re
from itertools import pairwise

EMPTY = "☐□▢◻❏❐❑❒"
TICKED = "☑☒⌧☓✓✔✗✘■▣◼"
BOXED = "☑☒⌧"  # nothing else than ticked boxes; the others may begin the lines of a list
BOX = re.compile(rf"([{EMPTY}{TICKED}]|\[\s*[xX]?\s*\])")


def ticked(text: str) -> list[str] | None:
    """The options of `text` whose box is ticked; None where it has no boxes.

    The text of an option stands behind its box, unless the first stands before any and none stands
    behind the last.
    """
    first, *pieces = BOX.split(text)
    boxes, texts = pieces[::2], [first, *pieces[1::2]]
    if not any(_is_empty(box) or box in BOXED for box in boxes):
        return None
    ahead = first.strip(" \n") and not texts[-1].strip()
    return [
        (before if ahead else behind).strip(" \n;,/|")
        for box, (before, behind) in zip(boxes, pairwise(texts), strict=True)
        if not _is_empty(box)
    ]


def chosen(text: str) -> str:
    """The ticked options of `text`, one a line; `text` itself where none is, as where its boxes
    are the marks of a list."""
    return "\n".join(ticked(text) or [text])


def _is_empty(box: str) -> bool:
    return box in EMPTY or (box[0] == "[" and not box[1:-1].strip())
