"""Who may pay for actions, by the names that one document uses."""

from collections.abc import Callable
from dataclasses import dataclass

from normalizers.state_money import StateMoney
from normalizers.terms import fold


@dataclass(frozen=True, slots=True)
class Funders:
    """The organisations that a document knows, by `name`, which gives the usual one, else the one
    written; and by what names the State's money goes."""

    name: Callable[[str], str]
    money: StateMoney

    def knows(self, name: str) -> bool:
        """Is an organisation known by this `name`?"""
        plain = fold(name)  # never a usual name
        return bool(plain) and self.name(plain) != plain

    def pays(self, name: str) -> bool:
        """Is `name` that of a known organisation, or of a kind of body that pays beside the
        State?"""
        return self.money.is_other_payer(name) or self.knows(name)
