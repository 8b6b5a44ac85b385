"""A text cut between the organisations that it names: 'AMP-DDETS' names two of them."""

import re
from collections.abc import Callable, Collection, Iterable, Sequence

from normalizers.territory_names import key

# Roulotte et Cie is one
SEPARATOR = re.compile(
    r"\s*(?:[/,;\n]|\s\+\s|\s[-–—]\s|(?:&|\set\s)(?!\s?(?:cie|co|compagnie|fils|associés)\b))\s*"
    r"|[-–—]",
    re.IGNORECASE,
)
# Association Nuit et Jour is one, Associations Nuit et Jour are two
ONE_BODY = re.compile(
    r"(?:^|[/,;\n]|\set\s|\s[-–—]\s)\s*(?:l['’]\s?|la\s|le\s)?"
    r"(?:association|fondation|fédération|entraide|amicale|collectif|coopérative|union)\s[^/,;\n]*$",
    re.IGNORECASE,
)
SECOND_WORD = re.compile(r"\s*(?P<word>[^\W\d_]{3,})\s*(?:$|[/,;(\n]|\s[-–—]\s|\set\s)")
IN_BRACKETS = re.compile(r"(?P<opens>\s*\()[^()]*[,;/][^()]*(?P<closes>\)\s*)")  # A (B, C)
HYPHEN = re.compile(r"[-–—]")
LONGEST_NAME = 90  # characters: longer pilots are sentences, kept as they are


class Cutter:
    """Cuts texts between organisations. `one` gives the one that a text names as a whole, None
    where it is not known; those `told_alone` somewhere end no other name; of names that hold an
    « et », `joined` has what stands before and behind it."""

    def __init__(
        self,
        one: Callable[[str], object | None],
        told_alone: Collection[str],
        joined: Iterable[tuple[str, str]],
    ) -> None:
        self._one = one
        self._told_alone = told_alone
        self._joined = tuple(joined)

    def pieces(self, text: str) -> list[str]:
        """`text` cut between organisations: as few cuts as leave as few unknown names as can be."""
        text = text.strip(" \n-–—/,;.")
        if not text or len(text) > LONGEST_NAME:
            return [text] if text else []
        brackets = [m.span(k) for m in IN_BRACKETS.finditer(text) for k in ("opens", "closes")]
        joints = [m.span() for m in self._joints(text)]
        cuts = [(0, 0), *sorted([*joints, *brackets]), (len(text), len(text))]
        best: list[tuple[float, list[str]]] = [(0.0, [])]
        for end in range(1, len(cuts)):
            options = []
            for start in range(end):
                piece = text[cuts[start][1] : cuts[end][0]].strip()
                cost = self._cost(piece, _is_hyphen(text, cuts[end]), best[start][1])
                options.append((best[start][0] + cost, [*best[start][1], piece]))
            best.append(min(options, key=lambda o: (o[0], len(o[1]))))
        return [p for p in best[-1][1] if p]

    def _joints(self, text: str) -> list[re.Match[str]]:
        """Where one organisation of `text` may end and another begin."""
        return [
            m
            for m in SEPARATOR.finditer(text)
            if not self._names(text, m) and not self._ends_name(text, m)
        ]

    def _names(self, text: str, joint: re.Match[str]) -> bool:
        """Does `joint` stand within the name of a body known by it: 'Habitat & Humanisme Gard'?"""
        before, after = key(text[: joint.start()]), key(text[joint.end() :])
        return any(
            f" {before}".endswith(f" {first}") and f"{after} ".startswith(f"{last} ")
            for first, last in self._joined
        )

    def _ends_name(self, text: str, joint: re.Match[str]) -> bool:
        """Does 'et' stand before the last word of the name of one body: 'Association Nuit et Jour',
        where no Jour is known?"""
        if joint[0].strip().lower() != "et" or not ONE_BODY.search(text, 0, joint.start()):
            return False
        last = SECOND_WORD.match(text, joint.end())
        if last is None or last["word"].isupper() or key(last["word"]) in self._told_alone:
            return False
        return self._one(last["word"]) is None

    def _cost(self, piece: str, cut_at_hyphen: bool, before: Sequence[str]) -> float:
        if not piece:
            return 0.5
        if self._one(piece):
            return 1.0
        strong = any(not HYPHEN.fullmatch(m[0]) for m in self._joints(piece))
        hyphens = len(HYPHEN.findall(piece))
        several = piece.count("(") != piece.count(")") or bool(IN_BRACKETS.search(piece))
        return 10.0 + 12.0 * (strong + cut_at_hyphen + several) - 0.1 * hyphens


def _is_hyphen(text: str, cut: tuple[int, int]) -> bool:
    return bool(HYPHEN.fullmatch(text[cut[0] : cut[1]]))
