"""What a text says itself of an action's origin, continuation or end.

"issue des actions 15 et 16"                 comes from 15, comes from 16
"FA 5. … / devient : FA 5. Formation …"      becomes FA 5
"ACTION TERMINEE au 31/12/2024"              ended
"suite de l'action « Bail glissant »"         comes from the action of that name
"sera poursuivie dans le cadre du Pacte …"   moved
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache

from normalizers.links.certainty import (
    BREAK,
    DENIED,
    MAY_BE,
    is_denied,
    is_unconditional,
    sentence_begin,
)
from normalizers.links.cited import NUMBERED, aligned, references_of
from normalizers.links.phrases import AND_ALSO, BEFORE_NAME, OF_ANOTHER, RULES, Kind, patterns
from normalizers.terms import fold

QUOTED = re.compile(r"[«“\"]\s*([^«»“”\"\n]{6,160}?)\s*[»”\"]")


@dataclass(frozen=True)
class Said:
    """One thing a text says; the other action is told by its `reference`, as '15' or '1 bis', or by
    its `name`."""

    kind: Kind
    reference: str | None
    quote: str
    name: str | None = None


@lru_cache(maxsize=4096)
def mentions(text: str) -> tuple[Said, ...]:
    """What `text` says of an action's origin, continuation or end, in order, each said once."""
    found: dict[tuple[Kind, str | None], tuple[int, Said]] = {}
    for kind, start, end, references in hits(text):
        quote = _sentence(text, start, end)
        for reference in references or (None,):
            found.setdefault((kind, reference), (start, Said(kind, reference, quote)))
    said = sorted(found.values(), key=lambda f: (f[0], f[1].reference or ""))
    return (*(one for _, one in said), *_named(text))


def _named(text: str) -> list[Said]:
    """The actions that `text` names in quotation marks as its origin or its continuation."""
    plain = aligned(text)
    found: list[Said] = []
    last: tuple[int, Kind | None] = (0, None)
    for quoted in QUOTED.finditer(text):
        before = plain[max(0, quoted.start() - 90) : quoted.start()].rstrip()
        kind, cue = next(
            ((k, hit) for k, pattern in BEFORE_NAME if (hit := pattern.search(f"{before} "))),
            (None, None),
        )
        if kind is None and AND_ALSO.fullmatch(f"{plain[last[0] : quoted.start()].rstrip()} "):
            kind = last[1]
        if NUMBERED.match(fold(quoted[1])) or (cue and DENIED.search(before[: cue.start()])):
            kind = None
        unsure = MAY_BE.search(plain, sentence_begin(plain, quoted.start()), quoted.start())
        if unsure or not is_unconditional(plain, *quoted.span()):
            kind = None
        last = quoted.end(), kind
        if kind:
            said = Said(kind, None, _sentence(text, quoted.start(), quoted.end()), quoted[1])
            found.append(said)
    return found


def hits(
    text: str, kinds: Iterable[Kind] = tuple(RULES), *, on_condition: bool = False
) -> Iterable[tuple[Kind, int, int, list[str]]]:
    """What `text` says, `on_condition` or not, where (its first and last letter), and of which
    other actions."""
    plain = aligned(text)
    known: list[tuple[int, int]] = []  # where the text names the action that this one becomes
    numbered = NUMBERED.search(plain)
    for kind in kinds:
        if kind in OF_ANOTHER and not numbered:
            continue
        for pattern in patterns(kind):
            for hit in pattern.finditer(plain):
                if is_denied(plain, hit, kind):
                    continue
                if not (on_condition or is_unconditional(plain, *hit.span())):
                    continue
                if kind == "moved" and any(a < hit.end() and hit.start() < b for a, b in known):
                    continue
                if kind == "becomes":
                    known.append(hit.span())
                listed = hit.groupdict().get("refs")
                yield kind, hit.start(), hit.end(), references_of(listed) if listed else []


def _sentence(text: str, start: int, end: int) -> str:
    """The sentence (or line) around text[start:end], at most 300 characters of it."""
    before = max((m.end() for m in BREAK.finditer(text, 0, start)), default=0)
    after = BREAK.search(text, end)
    quote = " ".join(text[before : after.end() if after else len(text)].split())
    return quote.strip("•;- ")[:300]
