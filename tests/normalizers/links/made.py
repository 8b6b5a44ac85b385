"""Actions to compare, for the tests."""

from collections.abc import Mapping
from decimal import Decimal
from pathlib import Path
from types import MappingProxyType

from normalizers.links.profiles import Profile, profile
from pipeline.knowledge import read_knowledge

KNOWLEDGE = read_knowledge(Path(__file__).parents[3] / "data" / "reference")


def made(
    label: str,
    objective: str = "",
    description: str = "",
    pilot: str = "",
    amount: int | None = None,
    recalled: int | None = None,
    row: Mapping[str, str] = MappingProxyType({}),
) -> Profile:
    return profile(
        {"label": label, "objective": objective, "description": description},
        {pilot} if pilot else set(),
        None if amount is None else Decimal(amount),
        KNOWLEDGE.acronyms,
        KNOWLEDGE.concepts,
        recalled=None if recalled is None else Decimal(recalled),
        row=row,
    )
