"""Theme and eligible expense category of an action, by word lists that people decided.

The rules are `data/reference/themes.csv` and `expense_categories.csv`: an entry is announced by
its terms. A term in the first text (the label) counts twice, and a precise entry ('nuit de la
solidarité') outweighs a broad one ('observation sociale') by its `weight`; the entry with most
votes wins. Two entries that tie give no answer (None or 'unknown') rather than a guess.
"""

from collections import Counter
from collections.abc import Sequence

from normalizers.lexicon import Lexicon
from normalizers.terms import words

UNKNOWN = "unknown"
FIRST = 2  # votes of a term that stands in the first text


def theme_of(texts: Sequence[str | None], rules: Lexicon) -> str | None:
    """The theme that `texts` (label, objective, description, in this order) speak of, if one."""
    return _elected(texts, rules)


def expense_category_of(texts: Sequence[str | None], rules: Lexicon) -> str:
    """The AMI's eligible expense category of `texts` (label first), or 'unknown'."""
    return _elected(texts, rules) or UNKNOWN


def _elected(texts: Sequence[str | None], rules: Lexicon) -> str | None:
    votes: Counter[str] = Counter()
    for place, text in enumerate(t for t in texts if t):
        found = rules.entries(words(text))
        worth = FIRST if place == 0 else 1
        for entry, terms in found.items():
            votes[entry] += terms * worth * int(rules.rows[entry].get("weight") or 1)
    best = votes.most_common(2)
    if not best or (len(best) == 2 and best[0][1] == best[1][1]):
        return None
    return best[0][0]
