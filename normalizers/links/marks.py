"""What tells actions of the same words apart: which part they are, on which side, where.

"Accompagnement renforcé – lot 1"                "lot 2"              another part
"Maraude de nuit"                                "Maraude de jour"    another side
"Habitat inclusif", its row's place "Orvault"    "Rezé"               another place
"Pension de famille Les Tilleuls"                "Les Acacias"        another name
"""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, fields

from normalizers.terms import fold, words

# Lot 1 · site n° 2 · équipe B
PART = re.compile(
    r"\b(?:lots?|sites?|secteurs?|zones?|groupes?|equipes?|ilots?)"
    r"\s(?:n[°o]?\.?\s?)?(?P<part>\d{1,2}|[a-h])\b"
)
# Commune · Lieu d'intervention · Territoire concerné: over the places of the actions
PLACE = re.compile(
    r"(?:communes?|villes?|lieux?|localisations?|implantations?|secteurs?|sites?|territoires?|perimetre)\b"
)
NAME = re.compile(r"(?<=\s)(?:[dl]['’])?([A-ZÉÈÎÔ][a-zà-ÿ]{2,}(?:-[A-Za-zà-ÿ]+)*)")  # amid a label
NO_NAMES = frozenset(  # written with a capital, yet naming nothing of one's own
    words(
        "logement état ville commune métropole département région préfecture conseil plan pacte"
        " action fonds union pays service programme nuit solidarité maison saint sainte les"
        " territoire ensemble agglomération communauté"
    )
)


@dataclass(frozen=True)
class Marks:
    """The marks of an action: of its label its numbered `parts`, its `sides` (day, north), the
    `names` in it and the words `beside` these; the `places` that its row gives it."""

    parts: frozenset[str] = frozenset()
    sides: frozenset[str] = frozenset()
    places: frozenset[str] = frozenset()
    names: frozenset[str] = frozenset()
    beside: frozenset[str] = frozenset()

    def __or__(self, other: "Marks") -> "Marks":
        """Those of two actions read as one."""
        return Marks(*(getattr(self, f.name) | getattr(other, f.name) for f in fields(Marks)))

    def contradict(self, other: "Marks") -> bool:
        """Does one of them tell the two actions apart, whatever their words?"""
        sorts = [(self.parts, other.parts), (self.sides, other.sides), (self.places, other.places)]
        if self.beside == other.beside:
            sorts.append((self.names, other.names))
        return any(one and two and not one & two for one, two in sorts)


def marks(
    label: str, sides: frozenset[str], row: Mapping[str, str], is_common: Callable[[str], bool]
) -> Marks:
    """The marks of an action of that `label`, which names those `sides`; `row` has the texts of its
    columns without a field, by their heading. A folded word that `is_common` is no name."""
    written = frozenset(w for name in NAME.findall(label) for w in words(name) if not is_common(w))
    return Marks(
        parts=frozenset(found["part"] for found in PART.finditer(fold(label))),
        sides=sides,
        places=frozenset(
            word
            for heading, text in row.items()
            if PLACE.match(fold(heading))
            for word in words(text)
            if word not in NO_NAMES
        ),
        names=written - NO_NAMES,
        beside=frozenset(words(label)) - written,
    )
