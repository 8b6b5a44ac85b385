"""Whose money a wording names: that of the AMI, another programme's of the State, or others'.

The names are data, `data/reference/state_money.csv`.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

from normalizers.reference import MalformedError, read_words
from normalizers.terms import fold

AMI = "AMI"  # the funder
# Hors État Région · Financeurs autres que l'État : what is said of the State is that it pays none
OUTSIDE_STATE = re.compile(
    r"\b(?:hors|autres? que|en dehors de)\s(?:l['’]\s?)?[ée]tat\b", re.IGNORECASE
)
OTHERS = r"\bautres?\b|\bco-?fin"
SEVERAL = re.compile(r"[,;/+&\n]|\set\s")


@dataclass(frozen=True)
class StateMoney:
    """The names by which the State's money goes, as alternatives of a pattern on folded text: the
    AMI's, the number of its budget programme, and those of the other programmes."""

    ami: str
    ami_programme: str
    other_programme: str

    def names_ami(self, text: str) -> bool:
        """Is the AMI named: 'Crédits Dihal'?"""
        return self._ami.search(fold(text)) is not None

    def names_state(self, text: str) -> bool:
        """Is the State named, the AMI or the programme: 'État', 'P177'?"""
        return self._state.search(fold(text)) is not None

    def is_state_alone(self, text: str) -> bool:
        """Are these named, and nothing else: 'État (BOP 177)'?"""
        return self._state_alone.fullmatch(fold(text)) is not None

    def is_granted(self, text: str) -> bool:
        """Does `text` say that the State pays: 'Subvention 2024'? A bare 177 may be a sum."""
        return self._granted.search(fold(text)) is not None

    def is_of_one_side(self, text: str) -> bool:
        """Is the State named, or are others told apart from it: 'Autres', 'Cofinancements'?"""
        return self.names_state(text) or re.search(OTHERS, fold(text)) is not None

    def is_of_others(self, text: str) -> bool:
        """Do others pay, or another programme: 'Apport des partenaires hors État'?"""
        return self._others.search(fold(text)) is not None

    def is_of_other_programme(self, text: str) -> bool:
        """Does `text` name money of the State that is not the AMI's: 'BOP 104', 'crédits hors
        AMI'?"""
        rest, found = self._other.subn(" ", fold(text))
        return found > 0 and not self.names_ami(rest)

    def is_state(self, funder: str | None) -> bool:
        """Is `funder` the State alone, by a programme that may be the AMI's?"""
        if not funder or SEVERAL.search(funder) or self.is_of_other_programme(funder):
            return False
        return self.names_state(funder)

    def is_ami(self, funder: str | None, payers: Iterable[str]) -> bool:
        """Is money of `funder` the AMI's: the State's, and said to be so where any of the `payers`
        beside it is: État (AMI) beside État (BOP 304)?"""
        if not funder or not self.is_state(funder):
            return False
        told = any(self._of_ami.search(fold(payer)) for payer in payers)
        return not told or self._of_ami.search(fold(funder)) is not None

    @property
    def _programme(self) -> str:
        return rf"p?\s?(?:{self.ami_programme})(?!\s\d)"  # P177, but not the 177 of 177 000 €

    @cached_property
    def _ami(self) -> re.Pattern[str]:
        return re.compile(rf"\b(?:{self.ami})\b")

    @cached_property
    def _of_ami(self) -> re.Pattern[str]:
        return re.compile(rf"\b(?:{self.ami}|{self._programme})\b")

    @cached_property
    def _state(self) -> re.Pattern[str]:
        return re.compile(rf"\b(?:{self.ami}|etat|bop|{self._programme})\b")

    @cached_property
    def _state_alone(self) -> re.Pattern[str]:
        return re.compile(rf"(?:\W*\b(?:{self.ami}|etat|bop|{self._programme})\b)+\W*")

    @cached_property
    def _granted(self) -> re.Pattern[str]:
        return re.compile(rf"\b(?:{self.ami}|etat|subvention|bop)\b")

    @cached_property
    def _other(self) -> re.Pattern[str]:
        return re.compile(rf"\b(?:{self.other_programme})\b")

    @cached_property
    def _others(self) -> re.Pattern[str]:
        return re.compile(rf"{OTHERS}|\bhors\b|\bpartenaires?\b|{self._other.pattern}")


def load_state_money(path: Path) -> StateMoney:
    """The names of `state_money.csv`; MalformedError names the line, or the name that lacks."""
    words = read_words(path)
    wanted = StateMoney.__dataclass_fields__
    if odd := ", ".join(sorted(words.keys() ^ wanted.keys())):
        raise MalformedError(path, None, f"nom absent ou inconnu : {odd}", f"odd name: {odd}")
    return StateMoney(**words)
