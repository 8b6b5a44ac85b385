"""Word lists decided by people: which concepts, themes or categories a text speaks of."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

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
        self._by_exact: dict[str, list[Term]] = defaultdict(list)
        self._by_prefix: dict[str, list[Term]] = defaultdict(list)
        self._matches: dict[str, frozenset[str]] = {}
        for entry, row in self.rows.items():
            for written in row["terms"].split(";"):
                parts = tuple(
                    w + "*" if f"{w}*" in starred else w
                    for starred in [_starred(written)]
                    for w in words(written.replace("*", " "))
                )
                if parts:
                    index = self._by_prefix if parts[0].endswith("*") else self._by_exact
                    index[parts[0].rstrip("*")].append(Term(entry, parts))
        self._prefixes = {
            p.rstrip("*")
            for index in (self._by_exact, self._by_prefix)
            for terms in index.values()
            for t in terms
            for p in t.parts
            if p.endswith("*")
        }

    def entries(self, tokens: Sequence[str]) -> dict[str, int]:
        """Entries that `tokens` (folded words of one text) announce, and by how many terms."""
        present = set(tokens)
        for token in set(tokens):
            present |= self._starts(token)
        found: dict[str, int] = defaultdict(int)
        for part in present:
            index = self._by_prefix if part.endswith("*") else self._by_exact
            for term in index.get(part.rstrip("*"), ()):
                if all(p in present for p in term.parts):
                    found[term.entry] += 1
        return dict(found)

    def _starts(self, token: str) -> frozenset[str]:
        """The '…*' words of the lexicon that `token` begins with."""
        if token not in self._matches:
            self._matches[token] = frozenset(
                token[:n] + "*" for n in range(2, len(token) + 1) if token[:n] in self._prefixes
            )
        return self._matches[token]


def _starred(written: str) -> set[str]:
    return {w + "*" for piece in written.split() if "*" in piece for w in words(piece)[-1:]}
