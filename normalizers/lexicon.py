"""Word lists decided by people: which concepts, themes or categories a text speaks of."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache

from normalizers.terms import words


@dataclass(frozen=True)
class Term:
    """Words that must all occur in one text; a word ending in '*' stands for all its endings."""

    entry: str
    parts: tuple[str, ...]


class Lexicon:
    """Entries (concepts, themes, categories) and the terms that announce them.

    A row has the entry's name and `terms`, separated by ';': 'meuble*; ressourcerie; aide
    installation'. All words of a term must stand in the same text, in any order; accents, case,
    articles and plurals marked by '*' do not matter.
    """

    def __init__(self, rows: Iterable[Mapping[str, str]], entry_column: str) -> None:
        self.rows = {row[entry_column]: dict(row) for row in rows}
        self._terms: dict[str, list[Term]] = defaultdict(list)  # by their first word
        for entry, row in self.rows.items():
            for written in row["terms"].split(";"):
                starred = _starred(written)
                parts = tuple(
                    w + "*" if w + "*" in starred else w for w in words(written.replace("*", " "))
                )
                if parts:
                    self._terms[parts[0]].append(Term(entry, parts))
        self._parts = {p for terms in self._terms.values() for t in terms for p in t.parts}
        self._matches: dict[str, tuple[str, ...]] = {}
        self._announced = lru_cache(maxsize=4096)(self._found)

    def entries(self, tokens: Sequence[str]) -> dict[str, int]:
        """Entries that `tokens` (folded words of one text) announce, and by how many terms."""
        found: dict[str, int] = {}
        for term in self._announced(tuple(tokens)):
            found[term.entry] = found.get(term.entry, 0) + 1
        return found

    def terms(self, tokens: Sequence[str], entry: str) -> list[str]:
        """The terms by which `tokens` announce `entry`: ['nuit* solidarite']."""
        return [" ".join(t.parts) for t in self._announced(tuple(tokens)) if t.entry == entry]

    def _found(self, tokens: tuple[str, ...]) -> list[Term]:
        present = {part for token in set(tokens) for part in self._matched(token)}
        return [
            term
            for part in sorted(present)
            for term in self._terms.get(part, ())
            if present.issuperset(term.parts)
        ]

    def _matched(self, token: str) -> tuple[str, ...]:
        """The words of the lexicon that `token` is, or begins with."""
        if token not in self._matches:
            starts = (token[:n] + "*" for n in range(2, len(token) + 1))
            self._matches[token] = tuple(p for p in (token, *starts) if p in self._parts)
        return self._matches[token]


def _starred(written: str) -> set[str]:
    return {w + "*" for piece in written.split() if "*" in piece for w in words(piece)[-1:]}
