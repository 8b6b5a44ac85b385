"""Lines become running text: a word cut by a line-end hyphen is one again, real hyphens stay.

Whether the hyphen at the end of a line belongs to the word is decided by the first evidence that
speaks, in this order: what the document itself writes inside its lines, the French lexicon, the
shape of the two parts, and whether the document cuts words at all. Without evidence the parts are
one word: typesetters cut far more words than writers hyphenate.
"""

import re
from collections import Counter
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise

from normalizers.dates import MONTHS
from normalizers.french import is_french
from normalizers.number_words import UNITS as NUMBERS

SOFT_HYPHEN = "\u00ad"
HYPHENS = "-\u2010\u2011"
PLAIN = str.maketrans(dict.fromkeys(HYPHENS[1:], "-") | {SOFT_HYPHEN: ""})
WORD = re.compile(r"\w+(?:-\w+)*")
CUT_AT_END = re.compile(rf"(?P<word>\w+(?:[{HYPHENS}]\w+)*)(?P<gap> ?)[{HYPHENS}]$")
LETTERS_AT_START = re.compile(rf"\w+(?:[{HYPHENS}]\w+)*")
# The halves of words that a narrow column cuts: P/rébrière-l/ès-Tremble.
LAST_PIECE = re.compile(rf"[^\W\d_](?:[^\W\d_]|[{HYPHENS}](?!$))*$")
FIRST_PIECE = re.compile(rf"(?:[^\W\d_]|[{HYPHENS}](?=\w))+(?![\d_@/])")
MOST_PIECES = 4
BLANKLESS_END = re.compile(r"\w[\w)]/$|\w['’]$")
BLANKLESS_START = re.compile(r"/\w|[,.](?: |$)")
COMPOUND_FROM_HYPHEN = re.compile(r"-(?=[^\W\d_])[\w-]+")
LAST_LETTERS = re.compile(r"[^\W\d_]+$")
FIRST_LETTERS = re.compile(r"[^\W\d_]+")
PERIOD = re.compile(rf"(?:19|20)\d\d[{HYPHENS}–](?:19|20)\d\d")


def _set(words: str) -> frozenset[str]:
    return frozenset(words.split())


# Prefixes that French sets off with a hyphen: sans-abri, demi-poste.
SET_OFF = _set(
    "après arrière avant chef court demi ex grand micro médico mi moyen non nouveau presque quasi"
    " quatre sans semi sous vice"
)
# Those that hardly any French word begins with: what follows need not be known.
UNMISTAKABLE = _set("après demi quasi saint sainte sans")
# Prefixes that it mostly fuses with the word: cofinancement, pluriannuel.
FUSED = _set(
    "anti auto bien co contre extra infra inter mal mini multi para pluri post pré psycho socio"
    " super sur trans ultra"
)
# Endings that are words of the lexicon too, but no second half of a compound: précoce-/ment.
ENDINGS = _set("able aire ance ence ment ments sion teur tion")
# Short words that may stand before or behind any other: pour/suivre, commun/aux.
TOOLS = _set(
    "a à au aux avec avant bien contre d dans de des du elle elles en entre et il ils l la le les"
    " leur leurs lui mal moins on ou où par parmi pas plus pour que qui sa sans se ses si son sous"
    " sur tous tout toute toutes un une y"
)
# What words end with that no lexicon has all of: intermédiation, réservataires.
DERIVED = re.compile(r"(?:tion|sion|ment|aire|teur|isme|iste|ité|age|ance|ence)s?$")
# Numbers are written with hyphens: dix-huit, quatre-vingts, soixante-douze.
TENS = frozenset(w for w, n in NUMBERS.items() if n and n % 10 == 0) | {"quatre", "vingts"}
UNITS = frozenset(w for w, n in NUMBERS.items() if 0 < n <= 20) | {"vingts"}
# Words that the lexicon lacks: most that end alike in the plural, and some of the programme.
LACKING = _set(
    "abus accès ailleurs avis beaucoup bras choix corps décès excès jamais logis palais parfois"
    " pays plupart plusieurs poids pourquoi processus progrès propos refus relais repas succès"
    " surplus taux temps toujours voix aidance chez-soi domiciliation intermédiation"
    " intermédiations interprétariat treize quatorze"
)
SURNAME = 4  # letters of half a name in capitals, DUVAL-/MONTEIL, more than most sigles have
# Words between the halves of place names: Aix-en-Provence.
CONNECTIVES = _set("de des du en et la le les lès sous sur")
# Words that follow a verb or a pronoun with a hyphen: celui-ci, est-il.
ENCLITICS = _set("ce ci elle elles il ils je la là le les leur lui moi nous on tu vous")


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """How often a document writes each word, lower-cased; `acronyms` holds those in capitals;
    `cuts`: does it cut words at line ends, as far as one can tell?"""

    counts: Counter[str]
    acronyms: frozenset[str] = frozenset()
    cuts: bool = True

    @classmethod
    def of(cls, texts: Iterable[str]) -> "Vocabulary":
        """The words of `texts` (lines, in reading order) that no line end cuts."""
        counts: Counter[str] = Counter()
        acronyms: set[str] = set()
        cut = cuts = False
        half = ""
        for line in (line for text in texts for line in text.splitlines()):
            words = WORD.findall(_plain(line))
            cuts = cuts or bool(cut and words and _is_french(half + words[0]))
            whole = words[1:] if cut else words
            cut = bool(words) and line.rstrip()[-1:] in (*HYPHENS, SOFT_HYPHEN)
            if cut:
                whole, half = whole[:-1], words[-1].rsplit("-", 1)[-1]
            counts.update(word.lower() for word in whole)
            for word in whole:
                parts = word.split("-")
                if len(parts) > 1:
                    counts.update(part.lower() for part in parts)
                if not word.islower():
                    acronyms.update(p for p in parts if len(p) > 1 and p.isupper())
        return cls(counts, frozenset(acronyms), cuts)

    def __getitem__(self, word: str) -> int:
        return self.counts[word.lower()]

    def knows(self, word: str) -> bool:
        """Is `word` French, or written more than once?"""
        return self[word] > 1 or _is_word(word)


def join_lines(
    lines: Sequence[str], vocabulary: Vocabulary, full: Collection[int] = frozenset()
) -> str:
    """`lines` of one paragraph as running text with single spaces, its cut words whole again.

    `full`: places of the lines that leave no room for one more letter, in a column too narrow for
    their last word and the next line's first in one: it may have cut a word there.
    """
    return join_with_offsets(lines, vocabulary, full)[0]


def join_with_offsets(
    lines: Sequence[str], vocabulary: Vocabulary, full: Collection[int] = frozenset()
) -> tuple[str, list[int]]:
    """The running text of `lines`, and for each line where in it the line begins."""
    cut = _cut_by_columns(lines, vocabulary, full)
    pieces: list[str] = []
    offsets: list[int] = []
    length = 0
    for i, line in enumerate(lines):
        line = " ".join(line.split())
        if SOFT_HYPHEN in line[:-1]:
            line = line[:-1].replace(SOFT_HYPHEN, "") + line[-1]
        if line and pieces:
            drop, blank = (0, "") if i - 1 in cut else _seam(pieces[-1], line, vocabulary)
            pieces[-1] = pieces[-1][: len(pieces[-1]) - drop] + blank
            length += len(blank) - drop
        offsets.append(length)
        if line:
            pieces.append(line)
            length += len(line)
    return "".join(pieces).removesuffix(SOFT_HYPHEN), offsets


def _seam(end: str, line: str, vocabulary: Vocabulary) -> tuple[int, str]:
    """How many characters of `end` go, and what comes, where `line` is joined to it."""
    if end.endswith(SOFT_HYPHEN):
        return 1, ""
    last = end.rfind(" ", 0, -2) + 1  # where the last word begins, its hyphen set off or not
    cut = CUT_AT_END.search(end, last) if end[-1] in HYPHENS else None
    start = LETTERS_AT_START.match(line)
    if cut and start:
        more = "-" if _plain(line[start.end() :]).startswith("-") else ""
        left, right = _plain(cut["word"]), _plain(start[0]) + more
        if not cut["gap"]:
            shouted = f"{end} {line}".isupper() and " " in end + line
            return (0 if _hyphen_stays(left, right, vocabulary, shouted) else 1), ""
        if _is_cut_word(left, right, vocabulary):  # justified lines may part a word from its hyphen
            return 2, ""
    if BLANKLESS_END.search(end[-3:]) or BLANKLESS_START.match(line):
        return 0, ""
    if _starts_inside(end, line, vocabulary) or _is_broken(end, line, vocabulary):
        return 0, ""
    if _is_broken_figure(end, line):
        return 0, ""
    return 0, " "


def _starts_inside(end: str, line: str, vocabulary: Vocabulary) -> bool:
    """Was a compound cut before its hyphen: `Pontrévault`, then `-la-Forêt`?"""
    start = COMPOUND_FROM_HYPHEN.match(line)
    if not start or not end[-1:].isalpha():
        return False
    return "-" in start[0][1:] or vocabulary[end.split()[-1] + start[0]] > 0


def _is_broken(end: str, line: str, vocabulary: Vocabulary) -> bool:
    """Did a column too narrow break a word without hyphen: `cofinancem`, then `ent`?"""
    last, first = LAST_LETTERS.search(end.split()[-1]), FIRST_LETTERS.match(line)
    if not (last and first) or len(last[0]) < 3 or _is_french(last[0]):
        return False
    whole = last[0] + first[0]
    if not (whole[len(last[0]) - 1 :].islower() or whole.isupper()):
        return False
    return _is_french(whole) or (vocabulary[whole] > 0 and not _is_french(first[0]))


def _cut_by_columns(
    lines: Sequence[str], vocabulary: Vocabulary, full: Collection[int]
) -> set[int]:
    """Those of the `full` lines whose last word goes on in the next one."""
    cut: set[int] = set()
    for first in sorted(set(full) - {len(lines) - 1}):
        if PERIOD.fullmatch("".join((*lines[first].split()[-1:], *lines[first + 1].split()[:1]))):
            cut.add(first)
        start = LAST_PIECE.search(_plain(lines[first])) if first not in cut else None
        pieces = [start[0]] if start else []
        known = 1
        for i in range(first + 1, min(first + MOST_PIECES, len(lines)) if start else 0):
            piece = FIRST_PIECE.match(_plain(lines[i]))
            if not piece:
                break
            pieces.append(piece[0])
            if _is_one_word(pieces, vocabulary):
                known = len(pieces)
            if i not in full or piece[0] != lines[i]:
                break
        cut.update(range(first, first + known - 1))
    return cut


def _is_one_word(pieces: Sequence[str], vocabulary: Vocabulary) -> bool:
    """Are `pieces`, line by line in a column too narrow, surely no words of their own?"""
    whole = "".join(pieces)
    lowered = all(b[0].islower() or b[0] in HYPHENS for b in pieces[1:])
    shouted = [piece for piece in pieces if len(piece) > 1 and piece.isupper()]
    if not (whole.isupper() or (lowered and not shouted)):
        return False
    seams = [(a.rsplit("-", 1)[-1], b.split("-", 1)[0]) for a, b in pairwise(pieces)]
    apart = [(a, b) for a, b in seams if _is_word(a) and _is_word(b)]
    if any(b not in ENDINGS and {a.lower(), b.lower()} & TOOLS for a, b in apart):
        return False
    if vocabulary[whole] and not apart:
        return True
    if all(_is_word(a + b) for a, b in seams):
        return True
    if not lowered or apart:
        return False
    if all(a.islower() and not _is_word(a) and DERIVED.search(a + b) for a, b in seams):
        return True
    return not any(_is_word(part) for seam in seams for part in seam)


def _is_word(text: str) -> bool:
    return text.lower() in TOOLS or _is_french(text)


# 1 10|2 500 € · 1 277,|5, but not 01 42|38 12 15, not 2024|2025
CUT_FIGURE = re.compile(r"(?<![\d.,] )(?<!\d)[1-9]\d{0,2}(?: \d{3})* (?P<cut>\d{1,2})$")
CUT_CENTS = re.compile(r"\d \d{3},$")


def _is_broken_figure(end: str, line: str) -> bool:
    """Did a column too narrow break a figure within three digits, or before its cents?"""
    if not line[0].isdecimal():
        return False
    figure, first = CUT_FIGURE.search(end), re.match(r"\d+", line)
    if figure and first:
        return len(figure["cut"] + first[0]) == 3
    return bool(CUT_CENTS.search(end) and re.match(r"\d{1,2}(?!\d)", line))


def _plain(text: str) -> str:
    return text if text.isascii() else text.translate(PLAIN)


def _hyphen_stays(left: str, right: str, vocabulary: Vocabulary, shouted: bool) -> bool:
    """Is the line-end hyphen between `left` and `right` part of the word?

    `shouted`: the text is all in capitals, so that capitals do not tell an acronym.
    """
    before, after = left.rsplit("-", 1)[-1], right.split("-", 1)[0]
    if before[-1].isdigit() or after[0].isdigit():
        return True
    if after[0].isupper() and not (before.isupper() and after.isupper()):
        return True
    if after in CONNECTIVES and "-" in right:  # Aix-/en-Provence
        return True
    for first, second in ((left, right), (before, after)):
        hyphenated, whole = vocabulary[f"{first}-{second}"], vocabulary[first + second]
        if hyphenated != whole:
            return hyphenated > whole
    if before.lower() in TENS and after.lower() in UNITS:
        return True
    if _is_french(before + after):
        return False
    if before.isupper() and after.isupper():
        known = {before, after} & vocabulary.acronyms
        told = len(known) == 2 if shouted else bool(known)
        name = not (shouted or vocabulary.cuts) and min(len(before), len(after)) >= SURNAME
        return told or name or _is_set_off(before.lower(), after.lower(), vocabulary)
    if _is_french(f"{before}-{after}"):
        return True
    return _looks_compound(before.lower(), after.lower(), vocabulary)


def _looks_compound(left: str, right: str, vocabulary: Vocabulary) -> bool:
    """Are `left` and `right` words of their own that French joins with a hyphen?"""
    if right in ENDINGS:
        return False
    if right in ENCLITICS and _is_known(left, vocabulary):
        return True
    if left in UNMISTAKABLE or left in SET_OFF:
        return _is_set_off(left, right, vocabulary)
    if left in FUSED:  # auto-réhabilitation, mal-logement, in a text that cuts no word
        return not vocabulary.cuts
    if len(left) == 3 and (vocabulary.cuts or left in TOOLS or len(right) < 6):
        return False  # par-autonome; rue-logement only in a text that cuts no word
    known = _is_known(left, vocabulary) and _is_known(right, vocabulary)
    return len(left) >= 3 and len(right) >= 4 and known


def _is_set_off(left: str, right: str, vocabulary: Vocabulary) -> bool:
    """Does a hyphen set `left` off from what it begins: 'sous-location', 'Saint-Orme'?"""
    return left in UNMISTAKABLE or (left in SET_OFF and _is_known(right, vocabulary))


def _is_known(part: str, vocabulary: Vocabulary) -> bool:
    return _is_french(part) or vocabulary[part] > 1 or part in MONTHS


def _is_cut_word(left: str, right: str, vocabulary: Vocabulary) -> bool:
    """Do `left`, a blank, a hyphen and a line end, `right` make one word, not a dash?"""
    before, after = left.rsplit("-", 1)[-1], right.split("-", 1)[0]
    if not (before[-1].isalpha() and after[0].islower()):
        return False
    if vocabulary[before + after] or _is_french(before + after):
        return True
    return not _is_french(before) and not _is_french(after) and not vocabulary[before]


def _is_french(word: str) -> bool:
    return word.lower() in LACKING or (len(word) > 1 and is_french(word))
