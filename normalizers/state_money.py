"""Whose money a wording names: that of the AMI, another programme's of the State, or others'.

The names are data, `data/reference/state_money.csv`.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from normalizers.reference import MalformedError, read_words
from normalizers.terms import fold

AMI = "AMI"  # the funder
# Hors État Région · Financeurs autres que l'État : what is said of the State is that it pays none ·
# Concours des partenaires
OUTSIDE_STATE = re.compile(
    r"\b(?:hors|autres? que|en dehors de)\s(?:l['’]\s?)?[ée]tat\b"
    r"|\b(?:des|par les)\s(?:autres\s)?"
    r"(?:partenaires|co-?financeurs|contributeurs|tiers|collectivit[ée]s|communes|bailleurs)\b",
    re.IGNORECASE,
)
OTHERS = re.compile(r"\bautres?\b|\bco-?fin")
SEVERAL = re.compile(r"[,;/+&\n]|\set\s")


@dataclass(frozen=True)
class StateMoney:
    """The names by which the State's money goes, as alternatives of a pattern on folded text: the
    AMI's, the number of its budget programme, those of the other programmes, and what beside a
    column of the AMI is other means: services, schemes; the kinds of bodies that pay beside the
    State; by which words an act calls those who run an action, and what they pay themselves."""

    ami: str
    ami_programme: str
    other_programme: str
    other_means: str
    other_payer: str
    bearer: str
    own_money: str

    def names_ami(self, text: str) -> bool:
        """Is the AMI named: 'Crédits Dihal'?"""
        return _names(text, self.ami)

    def names_state(self, text: str) -> bool:
        """Is the State named, the AMI or the programme: 'État', 'P177'?"""
        return _names(text, self._of_state)

    def is_state_alone(self, text: str) -> bool:
        """Are these named, and nothing else: 'État (BOP 177)'?"""
        rest, found = _worded(self._of_state).subn("", fold(text))
        return found > 0 and re.search(r"\w", rest) is None

    def is_granted(self, text: str) -> bool:
        """Does `text` say that the State pays: 'Subvention 2024'? A bare 177 may be a sum."""
        return _names(text, rf"{self.ami}|etat|subvention|bop")

    def is_of_one_side(self, text: str) -> bool:
        """Is the State named, or are others told apart from it: 'Autres', 'Cofinancements'?"""
        return self.names_state(text) or OTHERS.search(fold(text)) is not None

    def is_of_others(self, text: str) -> bool:
        """Do others pay, or another programme: 'Apport des partenaires hors État'?"""
        folded = fold(text)
        told = OTHERS.search(folded) or _names(folded, r"hors|partenaires?")
        return bool(told) or _names(folded, self.other_programme)

    def is_of_other_programme(self, text: str) -> bool:
        """Does `text` name money of the State that is not the AMI's: 'BOP 104', 'crédits hors
        AMI'?"""
        rest, found = _worded(self.other_programme).subn(" ", fold(text))
        return found > 0 and not self.names_ami(rest)

    def is_of_other_means(self, text: str) -> bool:
        """Beside a column of the AMI, is it other money of the State: 'DDETS – AVDL (BOP 177)'?"""
        return _names(text, self.other_means)

    def is_other_payer(self, text: str, alone: bool = False) -> bool:
        """Does `text` begin with a kind of body that pays beside the State, or name it `alone`:
        'Conseil départemental 64', 'Agglo.'?"""
        bare, worded = re.sub(r"^\W+", "", fold(text)), _worded(self.other_payer)
        return (worded.fullmatch(bare) if alone else worded.match(bare)) is not None

    def names_other_payer(self, text: str) -> bool:
        """Is such a body named anywhere: 'Reliquat Ville 2023'?"""
        return _names(text, self.other_payer)

    def is_own(self, text: str) -> bool:
        """Is it what those who run the action pay themselves: 'Autofinancement'?"""
        return _worded(self.own_money).fullmatch(fold(text).strip()) is not None

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
        told = any(_names(payer, self._of_ami) for payer in payers)
        return not told or _names(funder, self._of_ami)

    @property
    def _of_ami(self) -> str:
        return rf"{self.ami}|p?\s?(?:{self.ami_programme})(?!\s\d)"  # P177, but no 177 000 €

    @property
    def _of_state(self) -> str:
        return rf"{self._of_ami}|etat|bop"


@lru_cache
def _worded(words: str) -> re.Pattern[str]:
    """One of `words`, as a word of folded text."""
    return re.compile(rf"\b(?:{words})\b")


def _names(text: str, words: str) -> bool:
    return _worded(words).search(fold(text)) is not None


def load_state_money(path: Path) -> StateMoney:
    """The names of `state_money.csv`; MalformedError names the line, or the name that lacks."""
    words = read_words(path)
    wanted = StateMoney.__dataclass_fields__
    if odd := ", ".join(sorted(words.keys() ^ wanted.keys())):
        raise MalformedError(path, None, f"nom absent ou inconnu : {odd}", f"odd name: {odd}")
    return StateMoney(**words)
