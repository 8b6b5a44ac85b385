"""The actions of a document by their references, and by what it calls each of them."""

import re
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field

from rapidfuzz import fuzz

from normalizers.links.named import Called
from normalizers.references import NAMED, key_meant, reference_key
from normalizers.terms import fold
from pipeline.extracted import ExtractedArticle
from pipeline.models import Action

SAME_NAME = 90  # ratio from which a quoted name is that of an action
SAME_WORDS, SAME_WHOLE = 85, 60  # token_set_ratio and token_sort_ratio of two names of one action
# fiche action n° 5 · FA 20
SHEET = re.compile(r"\b(?:FA|[Ff]iche(?:[ -]action)?)\s*(?:n°\s*)?(\d+(?:\s?[Bb]is)?)")


@dataclass
class ActionNames:
    """The actions of a document by their reference, and what it calls each of them."""

    latest: dict[str, Action] = field(default_factory=dict)
    labelled: dict[str, Action] = field(default_factory=dict)
    names: dict[str, set[str]] = field(default_factory=lambda: defaultdict(set))

    @classmethod
    def of(cls, articles: Iterable[ExtractedArticle], actions: Iterable[Action]) -> "ActionNames":
        found = cls()
        for action in sorted(actions, key=lambda a: a.exercise or ""):
            label = fold(action.label or "")
            found.labelled[label] = action
            if reference := reference_key(action.reference):
                found.latest[reference] = action
                found.names[reference].add(label)
        for article in articles:
            title = NAMED.search(article.title)
            if title and (reference := reference_key(title["reference"])) in found.latest:
                found.names[reference].add(fold(title["label"]))
        return found

    def meant(self, called: Called) -> Action | None:
        """The action of that reference, or else the one of that name."""
        if called.reference or not called.name:
            key = key_meant(called.reference, self.latest)
            return self.latest[key] if key else None
        return self.named(called.name)

    def named(self, name: str) -> Action | None:
        """The one action that is called `name`."""
        plain = fold(name)
        same = [a for label, a in self.labelled.items() if fuzz.ratio(plain, label) >= SAME_NAME]
        return same[0] if len(same) == 1 else None

    def called(self, text: str) -> str | None:
        """The reference of the one action whose name is nearly `text`."""
        plain = fold(text)
        alike = [
            reference
            for reference, names in self.names.items()
            if any(
                fuzz.token_set_ratio(plain, name) >= SAME_WORDS
                and fuzz.token_sort_ratio(plain, name) >= SAME_WHOLE
                for name in names
            )
        ]
        return alike[0] if len(alike) == 1 else None

    def spoken_of(self, *texts: str) -> str | None:
        """The one action that the first of `texts` to tell refers to, or calls by its name."""
        for text in texts:
            named = {reference_key(r) for r in SHEET.findall(text)}
            told = named.pop() if len(named) == 1 else None if named else self.called(text)
            if told in self.latest:
                return told
        return None
