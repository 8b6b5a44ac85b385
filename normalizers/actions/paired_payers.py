"""Sums whose payer the column before names: 'Cofinanceur 1 | Montant | Cofinanceur 2 | …'."""

import re
from collections.abc import Sequence
from dataclasses import replace

from normalizers.actions.headings import Column, Contents
from normalizers.terms import fold

NAMES = re.compile(
    r"\W*(?:autres? )?(?:(?:co-?)?financeurs?|co-?financements?|contributeurs?"
    r"|partenaires? financiers?)(?: n\W?)?\s?\d?\W*"
)
OF_THE_ONE_BEFORE = re.compile(
    r"\W*(?:montants?|sommes?|participations?|apports?|parts?)\b"
    r"(?: (?:du |de la |de l')?(?:(?:co-?)?financ\w+|contributeurs?|partenaires?)?)?"
    r"(?: n\W?)?\s?\d?(?: \(?(?:en )?(?:k?€|euros?|ttc)\)?)?\W*"
)


def named_beside(
    columns: list[Column], headings: Sequence[str], contents: Sequence[Contents]
) -> list[Column]:
    """`columns`, those of sums right behind a column of names of cofunders holding what these pay,
    where there are several such pairs, or one beside a column of the AMI."""
    said = [fold(heading) for heading in headings]
    pairs = [
        i
        for i in range(len(columns) - 1)
        if NAMES.fullmatch(said[i])
        and OF_THE_ONE_BEFORE.fullmatch(said[i + 1])
        and contents[i].filled
        and not contents[i].numbers
        and contents[i + 1].money >= 0.5
        and columns[i + 1].field in (None, "cofinancing", "ami")
    ]
    granted = any(c.field == "ami" for i, c in enumerate(columns) if i - 1 not in pairs)
    if not granted or not pairs:
        return columns
    found = list(columns)
    for i in pairs:
        found[i] = replace(columns[i], field="partners", stage=None)
        found[i + 1] = replace(
            columns[i + 1],
            field="cofinancing",
            stage=columns[i + 1].stage or "granted",
            payer_in=i + 1,
        )
    return found
