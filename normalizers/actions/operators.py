"""The name of an action and who runs it, told in one cell under 'Action / opérateur', or anywhere
where each name of an action ends in one of a body.

"Bail glissant\\nSOLIHA" · "Bail glissant – SOLIHA" · "Bail glissant (SOLIHA)"
"Bail glissant SOLIHA"    where the line had no room to break: if another cell names SOLIHA so
"""

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from normalizers.actions.annexes import SURE_KEY
from normalizers.actions.likeness import BOTH, Phrase, best_field
from normalizers.funders import Funders
from normalizers.terms import fold

FEWEST = 2  # actions told so show that it is how the table is written
LONGEST_NAME = 60  # characters, of an organisation
LINE = re.compile(r"\n+")
MARKS = (
    LINE,
    re.compile(r"\s[–—]\s|\s-\s|\n+"),
    re.compile(r"\s*\((?=[^()]*\)\s*$)|\s*\n\s*"),
    re.compile(r"\s/\s|\n+"),
)
NAME_START = re.compile(r"(?<=\s)(?=[A-ZÀ-Ý])")
RUNS = ("pilot", "operator")
FEWEST_BODIES = 3  # actions, all of which end in the name of a body: no heading says so
BRACKET = re.compile(r"(?P<label>.*\S)\s*\((?P<pilot>[^()]+)\)", re.DOTALL)
ASKED_IN_BRACKET = re.compile(
    r"(?P<label>.*\S)\s*\((?P<asked>[^():]+):(?P<pilot>[^()]+)\)", re.DOTALL
)
BODY = re.compile(
    r"(?:l['’]\s?|la |le )?"
    r"(?:association|fondation|fédération|collectif|coopérative|union|entraide|amicale)\s",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Told:
    """What a cell tells: the name of the action, and who runs it."""

    label: str
    pilot: str


def pilots_apart(
    heading: str,
    labels: Sequence[str],
    phrases: tuple[Phrase, ...],
    is_known: Callable[[str], bool],
) -> dict[str, Told]:
    """Those of `labels` under `heading` that tell both, parted by the one mark that a third of them
    show; none where the heading does not announce both. `is_known` knows organisations."""
    first = _first_announced(heading, phrases)
    if first is None:
        return {}
    for mark in MARKS:
        told = {
            label: _told(parts, first)
            for label in labels
            if len(parts := mark.split(label.strip())) == 2 and all(map(str.strip, parts))
        }
        if len(told) >= FEWEST and 3 * len(told) >= len(labels) and _are_pilots(told):
            break
    else:
        told = {}
    named = {fold(one.pilot) for one in told.values()}
    for label in labels:
        if label not in told and first == "label":
            ends = _ends(label)
            pilot = next((t for t in ends if fold(t) in named or is_known(t)), None)
            if pilot:
                told[label] = Told(label.removesuffix(pilot).strip(" \n–—-/("), pilot.strip(" ()"))
    return told


def pilots_in_brackets(
    labels: Sequence[str], funders: Funders, phrases: tuple[Phrase, ...]
) -> dict[str, Told]:
    """`labels`, each of which ends in a body in brackets, parted from it: 'Bail glissant (SIAO)'.
    Organisations that go by the name of their place, as 'Toulon' does for the city, may be places,
    and are bodies where most of the others are. Those that say who it is need no proof: 'Bail
    glissant (pilote : SIAO)'."""
    said = {
        label: Told(match["label"], match["pilot"].strip())
        for label in labels
        if (match := ASKED_IN_BRACKET.fullmatch(label))
        and best_field(match["asked"], phrases, SURE_KEY) in RUNS
    }
    if said and _are_pilots(said):
        return said
    told = {
        label: Told(match["label"], match["pilot"].strip())
        for label in labels
        if (match := BRACKET.fullmatch(label))
    }
    if len(told) < max(FEWEST_BODIES, len(labels)) or not _are_pilots(told):
        return {}
    others = [
        one.pilot
        for one in told.values()
        if not BODY.match(one.pilot) and not funders.money.is_other_payer(one.pilot)
    ]
    places = [name for name in others if fold(funders.name(name)).endswith(" " + fold(name))]
    unknown = not all(map(funders.knows, others))
    return {} if unknown or 2 * len(places) > len(told) else told


def _first_announced(heading: str, phrases: tuple[Phrase, ...]) -> str | None:
    """What `heading` announces first of 'label' and 'pilot', where it announces these two."""
    parts = [p for p in re.split(r"[()]", heading) if p.strip()]
    if len(parts) != 2:
        parts = [p for p in BOTH.split(heading) if p.strip()]
    fields = [best_field(fold(p), phrases, SURE_KEY) for p in parts]
    said = ["pilot" if f in RUNS else f for f in fields]
    return said[0] if sorted(map(str, said)) == ["label", "pilot"] else None


def _told(parts: Sequence[str], first: str) -> Told:
    one, other = (part.strip() for part in parts)
    if first == "pilot":
        one, other = other, one
    return Told(one, other.removesuffix(")") if other.count(")") > other.count("(") else other)


def _are_pilots(told: dict[str, Told]) -> bool:
    """Could all that is told of who runs the actions be names of organisations?"""
    return all(
        len(one.pilot) <= LONGEST_NAME
        and any(map(str.isalpha, one.pilot))
        and not one.pilot.endswith((".", ";", ","))
        for one in told.values()
    )


def _ends(label: str) -> Iterator[str]:
    """The ends of `label` that begin with a capital, the longest first."""
    for match in NAME_START.finditer(label):
        yield label[match.start() :]
