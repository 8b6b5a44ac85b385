"""What the cells of a column of an annex table look like."""

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import lru_cache
from statistics import mean

from normalizers.amounts import read_cell
from normalizers.exercises import YEARS
from normalizers.references import COUNTED
from normalizers.terms import fold

CODE = re.compile(
    r"(?:fa|fiche|action|n°?|axe)?\s*[a-z]{0,2}[\s.-]?\d{1,3}(?:[.-]\d{1,3})*\s?(?:bis|ter)?|[a-z]\d?"
)
# néant · s.o. · -, but no ####, which a spreadsheet prints where a column is too narrow
WITHOUT_SUM = re.compile(
    r"[^\w#]*(?:(?:neant|aucun|sans objet|s\W?o|n\W?c|n\W?a|(?:annul|supprim|abandonn|retir)ee?s?"
    # non financée en 2023 au titre de l'AMI · non retenue · hors AMI
    r"|(?:(?:non|pas|plus) (?:financ|reten)\w+|hors)(?: en 20\d\d)?"
    r"(?: (?:(?:par|sur|au titre de) )?(?:l'|la |les |des )?(?:credits )?(?:ami|dihal|etat))?"
    r"(?: en 20\d\d)?"
    r"|(?:sans|pas de) (?:aucun )?(?:financement|cout|credits?)s?"
    r"(?: (?:dedie|specifique|supplementaire)s?)?"
    r"(?: en 20\d\d)?)\W*)?"
)
# what a cell of sums says in place of one: 0,00 · cf. supra · p.m. · valorisation · à définir
INSTEAD_OF_SUM = re.compile(
    r"\W*(?:0+(?:[.,]0+)?|p\W{0,2}m|pour memoire|cf\W.*|voir .*|idem|valoris\w+(?: \D*)?"
    r"|(?:mises? a disposition|mad|apport|contribution)?\D*\d+(?:[.,]\d+)? ?etp\b\D*"
    r"|mises? a disposition\D*|(?:en cours|a l'etude|chiffrage)\D*"
    r"|inclus?e?s?(?: .*)?|en nature|a (?:definir|preciser|determiner|confirmer|venir|chiffrer))\W*"
)
YEAR_ALONE = re.compile(rf"\W*{YEARS.pattern}\W*")
REAL_SUM = 500  # euros: a bare number below is as likely a count or a reference


@dataclass(frozen=True, slots=True)
class Contents:
    """What the cells of a column look like; shares are of the cells that are not empty."""

    filled: int = 0
    money: float = 0
    numbers: float = 0
    codes: float = 0
    known_pilots: float = 0
    known_statuses: float = 0
    length: float = 0

    @classmethod
    def of(
        cls,
        texts: Sequence[str],
        is_pilot: Callable[[str], bool],
        is_status: Callable[[str], bool],
    ) -> "Contents":
        said = [t for t in texts if not WITHOUT_SUM.fullmatch(fold(t))]
        if any(_is_sum(t) for t in said):
            said = [t for t in said if not INSTEAD_OF_SUM.fullmatch(fold(t))]
        if not said:
            return cls()

        def share(test: Callable[[str], bool]) -> float:
            return sum(test(t) for t in said) / len(said)

        codes = [fold(t) for t in said]
        alike = len(set(codes)) > len(codes) / 2 and all(len(c) < 15 for c in codes)
        numbers = [int(c) for c in codes if c.isdecimal()]
        if numbers != sorted(numbers):
            alike = False  # counts of something
        return cls(
            len(said),
            share(_is_sum),
            share(lambda t: bool(read_cell(t).amounts) and not COUNTED.fullmatch(t.strip())),
            sum(bool(CODE.fullmatch(c)) for c in codes) / len(codes) if alike else 0,
            share(lambda t: len(t) < 100 and is_pilot(t)),
            share(lambda t: len(t) < 60 and is_status(t)),
            mean(len(t) for t in said),
        )


NOTHING = Contents()


@lru_cache(maxsize=4096)
def _is_sum(text: str) -> bool:
    return not YEAR_ALONE.fullmatch(text) and any(
        a.value is not None and (a.value >= REAL_SUM or re.search(r"€|eur", a.raw, re.IGNORECASE))
        for a in read_cell(text).amounts
    )
