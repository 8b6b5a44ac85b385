"""What a heading looks like: set off from the body, numbered, carried on over lines."""

import itertools
import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from extractors.numbering import ANNEX, ARTICLE, DASH, DECIMAL, PLAIN
from extractors.pages.page import Line, Word
from normalizers.references import names_action
from normalizers.terms import ITEM

PREAMBLE = re.compile(
    rf"(?:PR[ÉE]AMBULE|EXPOS[ÉE](?: PR[ÉE]ALABLE| DES MOTIFS))\s*[:.{DASH[1:-1]}]?", re.IGNORECASE
)
AGREED = re.compile(
    r"(?:Il (?:est|a été) (?:\w+ )?(?:convenu|arrêté)|(?:Les parties )?(?:sont convenu|conviennent)"
    r"|(?:Ceci|Cela) (?:étant )?(?:exposé|rappelé))",
    re.IGNORECASE,
)
# Vu la convention … · Attendu que … · Il est préalablement exposé ce qui suit : ·
# Préalablement, il est exposé ce qui suit :
RECITAL = re.compile(
    r"(?:Vu|VU|Considérant|CONSIDÉRANT|CONSIDERANT|Attendu|ATTENDU)\b"
    r"|(?i:(?:(?:pr[ée]alablement|au pr[ée]alable)\s?,?\s)?(?:Il (?:est|a été)|[ÉE]tant) "
    r"(?:[^\W\d]+ ){0,3}(?:exposé|rappelé)e?s?\b)"
)
# Fait à Lyon, le … · À Lyon, le 4 octobre 2024
SIGNED = re.compile(
    r"(?:Fait|FAIT|Signée?)\s+(?:à|À|A|en|le)\b"
    r"|(?:Conclu|[ÉE]tabli|Dressé)e?\s+(?:à\s[A-ZÀ-Ý]|en\s\w+\s(?:exemplaires|originaux)\b)"
    r"|(?:À|A)\s+[A-ZÀ-Ý][\w'’ -]{2,40}?\s*,?\s+le\s*:?\s*\d{1,2}(?:er)?[\s/.-][\w/. -]{5,20}$"
)
# Signé électroniquement par : Jeanne Petit · Signature numérique de Jeanne Petit
SIGNED_ON_SCREEN = re.compile(
    r"(?:Document\s+)?(?:Signé|Signature)\s+(?:électronique|numérique)",
    re.IGNORECASE,
)
OFFICE = re.compile(
    r"(?:Pour\s+(?:l['’]|la\s|le\s|les\s)|P\.?/?\s?O\.?\s)"
    r"|(?:(?:Le|La|Monsieur le|Madame la|LE|LA)\s+)"
    r"(?:[Pp]r[ée]f[eè]te?|[Pp]r[ée]sidente?|[Mm]aire|[Dd]irecteur|[Dd]irectrice|PR[ÉE]F[EÈ]TE?|PR[ÉE]SIDENTE?|MAIRE)\b"
)
CONTENTS = re.compile(r"(?:\.\s?){5,}\s*\d*\s*$|…{2,}\s*\d*\s*$|\s{3,}\d{1,3}$")
CONTENTS_HEAD = re.compile(r"(?:TABLE DES MATI[EÈ]RES|Table des mati[eè]res|SOMMAIRE|Sommaire)\s*$")
BULLET = re.compile(ITEM)
MARK_ALONE = re.compile(rf"{DASH}|:")
CONTINUES = 1.75  # of the font size, from line to line: a heading carries on


@dataclass(slots=True)
class Heading:
    """A line that opens a section: `path` is its number, part by part.

    `above` is the heading that it stands under by type size, where numbers do not say.
    """

    path: tuple[str, ...]
    titles: list[str]
    lines: list[Line]
    body: list[Line] = field(default_factory=list)
    level: int = 0
    above: "Heading | None" = None


SAME_SIZE = 0.6  # points between the sizes of lines of one type


@dataclass(frozen=True, slots=True)
class Style:
    """How the document sets its body, and which of its headings are set off from it.

    `size` and `pitch` (from baseline to baseline) are in points.
    """

    size: float
    pitch: float
    has_bold: bool
    set_off: frozenset[re.Pattern[str]] = frozenset()

    @classmethod
    def of(cls, lines: Sequence[Line]) -> "Style":
        sizes: Counter[float] = Counter()
        pitches: Counter[float] = Counter()
        for line in lines:
            sizes[round(line.size * 2) / 2] += len(line.text)
        size = sizes.most_common(1)[0][0] if sizes else 11.0
        for last, line in itertools.pairwise(lines):
            gap = line.baseline - last.baseline
            if last.page == line.page and 0 < gap < 3 * size and abs(line.size - size) < SAME_SIZE:
                pitches[round(gap)] += 1
        pitch = pitches.most_common(1)[0][0] if pitches else 1.3 * size
        style = cls(size, pitch, any(line.bold for line in lines))
        marked = {
            pattern
            for pattern in (ARTICLE, DECIMAL, ANNEX)
            if any(style.stands_out(line) and pattern.fullmatch(line.text) for line in lines)
        }
        return cls(size, pitch, style.has_bold, frozenset(marked))

    def stands_out(self, line: Line) -> bool:
        """Is `line` set as a heading, as far as the document lets one tell?"""
        return line.bold or self.is_large(line)

    def is_large(self, line: Line) -> bool:
        """Is the type of `line` larger than that of the body?"""
        return line.size > self.size + 0.9


def is_article_heading(match: re.Match[str], line: Line, style: Style) -> bool:
    title = match["title"].strip()
    marked = re.search(rf"[:.]|{DASH}", match["mark"])
    if title[:1].islower() and not (marked and not title.endswith((".", ";", ","))):
        return False
    if title.startswith((",", ";")):
        return False
    if style.stands_out(line):
        return True
    if ARTICLE in style.set_off and not match["word"].isupper():
        return False
    return len(title) < 110 and not title.endswith((".", ";", ","))


def without_contents(lines: Sequence[Line]) -> list[Line]:
    """`lines` without those of a table of contents: leaders and a page number at the end."""
    kept: list[Line] = []
    inside = False
    for line in lines:
        if CONTENTS_HEAD.fullmatch(line.text):
            inside = True
            continue
        if CONTENTS.search(line.text) and not SIGNED.match(line.text):
            continue
        if inside and re.search(r"\s\d{1,3}$", line.text) and not re.search(r"\d{4}$", line.text):
            continue
        inside = False
        kept.append(line)
    return kept


def run_in(line: Line, plain: bool = False) -> list[Line]:
    """A line in two where a bold heading is followed by its text: 'Article 1 : Le plan…'; one with
    a `plain` number, too, where asked: '1. Objet. La convention…'."""
    article = ARTICLE.match(line.text)
    counted = PLAIN.match(line.text) if plain else None
    numbered = article or DECIMAL.match(line.text) or (counted and counted["mark"].strip())
    if not line.words[0].bold or not numbered:
        return [line]
    end = next((i for i, word in enumerate(line.words) if not _is_set_off(word)), len(line.words))
    bold = len(" ".join(word.text for word in line.words[:end]))
    if article and bold < article.start("title"):  # the word alone is bold, not its number
        return _parted(line, article.start("title"))
    return _parted(line, bold)


def _is_set_off(word: Word) -> bool:
    return word.bold or MARK_ALONE.fullmatch(word.text) is not None


def _parted(line: Line, at: int) -> list[Line]:
    """`line` before and behind character `at` of its text, the first part bold; whole where no
    words stand behind."""
    if not re.search(r"\w{3}", line.text[at:]):
        return [line]
    heading, text = cut_line(line, at)
    return [Line(tuple(replace(word, bold=True) for word in heading.words), line.page), text]


def cut_line(line: Line, at: int) -> list[Line]:
    """`line` in two at the character `at`; a word that holds both is cut in proportion."""
    before: list[Word] = []
    behind: list[Word] = []
    start = 0
    for word in line.words:
        inside = at - start
        if inside >= len(word.text):
            before.append(word)
        elif inside <= 0:
            behind.append(word)
        else:
            x = word.box.x0 + word.box.width * inside / len(word.text)
            first, second = word.text[:inside].strip(), word.text[inside:].strip()
            before.append(replace(word, text=first, box=replace(word.box, x1=x)))
            behind.append(replace(word, text=second, box=replace(word.box, x0=x)))
        start += len(word.text) + 1
    return [Line(tuple(before), line.page), Line(tuple(behind), line.page)]


def is_signed_on_screen(line: Line) -> bool:
    return bool(SIGNED_ON_SCREEN.match(line.text))


def is_signed(line: Line) -> bool:
    return bool(SIGNED.match(line.text)) and len(line.text) < 120


def continuation(lines: Sequence[Line], i: int, style: Style) -> list[Line]:
    """The lines below line `i` that carry its heading on: same type, close below, no own number."""
    block = [lines[i]]
    if not style.stands_out(lines[i]):
        carried = bool(re.search(r"\w-$", lines[i].text)) or _is_title_below(lines, i)
        return list(lines[i + 1 : i + 2]) if carried else []
    for line in lines[i + 1 : i + 6]:
        last = block[-1]
        gap = line.box.top - last.box.top
        if (
            line.page != last.page
            or not 0 < gap <= max(CONTINUES * last.size, 1.15 * style.pitch)
            or line.bold != last.bold
            or abs(line.size - last.size) > SAME_SIZE
            or line.box.height > 4 * line.size
            or _opens_section(line)
            or names_action(line.text)  # the first action below the annex
        ):
            break
        block.append(line)
    if len(block) == 1 and _is_title_below(lines, i):
        return list(lines[i + 1 : i + 2])
    return block[1:]


def _is_title_below(lines: Sequence[Line], i: int) -> bool:
    """Is line `i` 'ARTICLE 4' alone, and the next one its title: short, apart from the text?"""
    match = ARTICLE.fullmatch(lines[i].text)
    if match is None or match["title"].strip() or i + 2 >= len(lines):
        return False
    title, text = lines[i + 1], lines[i + 2]
    widest = max(line.box.x1 for line in lines[i + 1 : i + 12])
    below = title.page > lines[i].page or title.box.top - lines[i].box.bottom < 2 * title.size
    return (
        below
        and title.text[:1].isupper()
        and not title.text.endswith((".", ";", ",", ":"))
        and len(title.text) < 110
        and not _opens_section(title)
        and not text.text[:1].islower()
        and (title.box.x1 < widest - 4 * title.size or title.bold != text.bold)
    )


def _opens_section(line: Line) -> bool:
    numbered = ARTICLE.match(line.text) or DECIMAL.match(line.text) or ANNEX.match(line.text)
    plain = PLAIN.fullmatch(line.text)
    return bool(
        numbered
        or PREAMBLE.fullmatch(line.text)
        or OFFICE.match(line.text)
        or (plain and plain["mark"].strip())
    )


def is_article(line: Line) -> bool:
    return bool(ARTICLE.fullmatch(line.text))
