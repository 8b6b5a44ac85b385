"""Theme and eligible expense category of an action, by word lists that people decided.

The rules are `data/reference/themes.csv` and `expense_categories.csv`: an entry is announced by
its terms, and a precise entry ('nuit de la solidarité') outweighs a broad one ('observation
sociale') by its `weight`. The entry with most votes is the theme; a term of the first text (the
label) counts twice. A category is what the label announces most; where the label does not tell,
all texts together must announce one by several terms, and twice as clearly as any other. Else
there is no answer (None or 'unknown') rather than a guess.
"""

from collections import Counter
from collections.abc import Mapping, Sequence

from normalizers.lexicon import Lexicon
from normalizers.terms import words

UNKNOWN = "unknown"
FIRST = 2  # votes of a term that stands in the first text
CLEARLY = 2  # times as many votes as the next entry, where the label does not decide
TERMS = 2  # that must then announce it


def theme_of(texts: Sequence[str | None], rules: Lexicon) -> str | None:
    """The theme that `texts` (label, objective, description, in this order) speak of, if one."""
    said = [rules.entries(words(t)) for t in texts if t]
    return _ahead(_votes([*said[: FIRST - 1], *said], rules))


def expense_category_of(texts: Sequence[str | None], rules: Lexicon) -> str:
    """The AMI's eligible expense category of `texts` (label first), or 'unknown'."""
    said = [rules.entries(words(t)) for t in texts if t]
    label = _ahead(_votes(said[:1], rules))
    return label or _clear(said, rules) or UNKNOWN


def deciding_terms(texts: Sequence[str | None], rules: Lexicon, entry: str) -> list[str]:
    """The terms of `rules` by which `texts` announce `entry`, each once."""
    said = (rules.terms(words(t), entry) for t in texts if t)
    return list(dict.fromkeys(term for terms in said for term in terms))


def _ahead(votes: Counter[str], times: int = 1) -> str | None:
    """The entry that has most votes, over `times` those of the next."""
    (first, most), (_, next_most) = [*votes.most_common(2), ("", 0), ("", 0)][:2]
    return first if most > times * next_most else None


def _clear(said: Sequence[Mapping[str, int]], rules: Lexicon) -> str | None:
    entry = _ahead(_votes(said, rules), CLEARLY)
    return entry if entry and sum(f.get(entry, 0) for f in said) >= TERMS else None


def _votes(said: Sequence[Mapping[str, int]], rules: Lexicon) -> Counter[str]:
    votes: Counter[str] = Counter()
    for found in said:
        for entry, terms in found.items():
            votes[entry] += terms * int(rules.rows[entry].get("weight") or 1)
    return votes
