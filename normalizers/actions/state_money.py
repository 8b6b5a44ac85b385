"""Whose money a wording names: that of the AMI, another programme's of the State, or others'."""

import re
from collections.abc import Iterable

from normalizers.terms import fold

AMI = "AMI"  # the funder
AMI_NAMES = r"ami|dihal|lda|logement d'abord"
NAMES_AMI = re.compile(rf"\b(?:{AMI_NAMES})\b")
AMI_PROGRAMME = r"p?\s?177(?!\s\d)"  # P177, but not the 177 of 177 000 €
PAID_BY_STATE = re.compile(rf"\b(?:{AMI_NAMES}|etat|bop|{AMI_PROGRAMME})\b")
# BOP 104 · État – BOP 304 · FNAVDL : the State's as well, and not the AMI's
OTHER_PROGRAMME = re.compile(
    r"\b(?:bop|programme|p)\s?(?!177)\d{3}\b|\bfnavdl\b|\bfnadt\b|\bpolitique de la ville\b"
    r"|\bautres? (?:\w+ )?(?:de l')?etat\b|\bautres? (?:bop|programmes?)\b|\bpauvrete\b"
    r"|\bpacte des solidarites\b|\bhors ami\b|\bdroit commun\b"
)
# Hors État Région · Financeurs autres que l'État : what is said of the State is that it pays none
OUTSIDE_STATE = re.compile(
    r"\b(?:hors|autres? que|en dehors de)\s(?:l['’]\s?)?[ée]tat\b", re.IGNORECASE
)
# Apport des partenaires hors État · Autres crédits de l'État (BOP 304)
NOT_BY_AMI = re.compile(
    rf"\bautres?\b|\bhors\b|\bco-?fin|\bpartenaires?\b|{OTHER_PROGRAMME.pattern}"
)
PAID_BY_AMI = re.compile(rf"\b(?:{AMI_NAMES}|etat|subvention|bop)\b")  # no 177: totals
OF_ONE_SIDE = re.compile(rf"{PAID_BY_STATE.pattern}|\bautres?\b|\bco-?fin")
# État (AMI) beside État (BOP 304): of several programmes of the State, these are the AMI's
OF_AMI = re.compile(rf"\b(?:{AMI_NAMES}|{AMI_PROGRAMME})\b")
SEVERAL = re.compile(r"[,;/+&\n]|\set\s")


def is_of_other_programme(text: str) -> bool:
    """Does `text` name money of the State that is not the AMI's: 'BOP 104', 'crédits hors AMI'?"""
    folded = fold(text)
    other = OTHER_PROGRAMME.search(folded)
    return bool(other and not NAMES_AMI.search(OTHER_PROGRAMME.sub(" ", folded)))


def is_ami(funder: str | None, payers: Iterable[str]) -> bool:
    """Is money of `funder` the AMI's: the State's, and said to be so where any of the `payers`
    beside it is?"""
    if not funder or not is_state(funder):
        return False
    told = any(OF_AMI.search(fold(payer)) for payer in payers)
    return not told or OF_AMI.search(fold(funder)) is not None


def is_state(funder: str | None) -> bool:
    """Is `funder` the State alone, by a programme that may be the AMI's?"""
    if not funder or SEVERAL.search(funder) or is_of_other_programme(funder):
        return False
    return bool(PAID_BY_STATE.search(fold(funder)))
