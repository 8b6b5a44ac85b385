"""Lines of an act → its articles, its preamble, the headings of its annexes.

Numbers are the document's ('2.2.1'); '0' is the preamble. Sections of a report that stands behind
the act in the same file are numbered with the prefix 'R.' ('R.1.2'), so that they cannot be taken
for articles. Headings without a number, in a document without articles, are counted: 'S1', 'S2'.
A number is given once in a document.
"""

import itertools
import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from extractors.pages.furniture import place
from extractors.pages.page import Line, around
from normalizers.references import split_reference
from normalizers.words import Vocabulary, join_lines, join_with_offsets
from pipeline.models import ExtractedArticle, Place

DASH = r"[-–—−]"
MARK = rf"(?:\s*(?:[.:)°]|/(?=\s)|{DASH}))*\s*"
ROMAN = r"(?=[IVXLC])(?:X{0,3}(?:IX|IV|V?I{0,3}))"
ORDINALS = (
    "premier", "deux", "trois", "quatre", "cinq", "six", "sept", "huit", "neuf", "dix", "onze",
    "douze",
)  # fmt: skip
# ARTICLE 1 – OBJET · Article 1er : Objet · Art. 3 · ARTICLE PREMIER · Article II · Article 2.1 -
ARTICLE = re.compile(
    rf"(?P<word>ARTICLE|Article|ART\.|Art\.)\s*(?:[Nn]°\s*)?"
    rf"(?P<number>(?i:{'|'.join(ORDINALS)})\b|\d{{1,2}}(?:[.-]\d{{1,2}})*|{ROMAN})(?:\s?er|\s?ER)?"
    rf"(?P<suffix>\s?(?:bis|ter|quater))?(?!\w){MARK}(?P<title>.*)"
)
# 2.1 Stratégie · 2.2.1 - Crédits · 2.1.1. Actions · B.1 Versement · 2-1 Engagements · II.1 – Compte
DECIMAL = re.compile(
    rf"(?P<number>(?:\d{{1,2}}|{ROMAN}|[A-H])(?:[.-]\d{{1,2}})+)(?!\w){MARK}(?P<title>[^\W\d].*|«.*)"
)
# 1 - OBJET · 1) Objet · 1/ Objet · 1° Objet · I. Objet · A. Objet · a) Objet
PLAIN = re.compile(
    rf"(?P<number>\d{{1,2}}|{ROMAN}|[A-H]|[a-h])"
    rf"(?P<mark>\s?[.)°:/]|\s{DASH}|(?=\s)){MARK}(?P<title>[^\W\d].*|«.*)"
)
# Chapitre 1 – Objet · CLAUSE II : Durée, in an act without articles
WORDED = re.compile(
    rf"(?i:chapitre|clause|titre|section|partie)\s+(?:[Nn]°\s*)?"
    rf"(?P<number>\d{{1,2}}|{ROMAN}|[A-H])(?:\s?er)?(?P<mark>\s?[.)°:/]|\s{DASH}|(?=\s))"
    rf"{MARK}(?P<title>[^\W\d].*)"
)
PREAMBLE = re.compile(rf"(?:PR[ÉE]AMBULE|Pr[ée]ambule)\s*[:.{DASH[1:-1]}]?", re.IGNORECASE)
AGREED = re.compile(
    r"(?:Il (?:est|a été) (?:\w+ )?(?:convenu|arrêté)|Les parties (?:sont convenues|conviennent)"
    r"|(?:Ceci|Cela) (?:étant )?(?:exposé|rappelé))",
    re.IGNORECASE,
)
RECITAL = re.compile(r"(?:Vu|VU|Considérant|CONSIDÉRANT|CONSIDERANT)\b")
ANNEX = re.compile(
    rf"(?P<word>ANNEXE|Annexe)\s*(?:[Nn]°\s*)?(?P<number>\d{{1,2}}|{ROMAN}|[A-H])?(?!\w)"
    rf"(?P<mark>{MARK})(?P<title>.*)"
)
# Fait à Lyon, le … · À Lyon, le 4 octobre 2024
SIGNED = re.compile(
    r"(?:Fait|FAIT|Signé)\s+(?:à|À|A|en|le)\b"
    r"|(?:À|A)\s+[A-ZÀ-Ý][\w'’ -]{2,40}?\s*,?\s+le\s*:?\s*\d{1,2}(?:er)?[\s/.-][\w/. -]{5,20}$"
)
OFFICE = re.compile(
    r"(?:Pour\s+(?:l['’]|la\s|le\s|les\s)|P\.?/?\s?O\.?\s)"
    r"|(?:(?:Le|La|Monsieur le|Madame la|LE|LA)\s+)"
    r"(?:[Pp]r[ée]f[eè]te?|[Pp]r[ée]sidente?|[Mm]aire|[Dd]irecteur|[Dd]irectrice|PR[ÉE]F[EÈ]TE?|PR[ÉE]SIDENTE?|MAIRE)\b"
)
CONTENTS = re.compile(r"(?:\.\s?){5,}\s*\d*\s*$|…{2,}\s*\d*\s*$|\s{3,}\d{1,3}$")
CONTENTS_HEAD = re.compile(r"(?:TABLE DES MATI[EÈ]RES|Table des mati[eè]res|SOMMAIRE|Sommaire)\s*$")
BULLET = re.compile(r"[•▪■●◦‣➔→✓*–—-]\s|\d{1,2}[.)°]\s|[a-z]\)\s")
CONTINUES = 1.75  # of the font size, from line to line: a heading carries on
REPORT = "R."
SUM = re.compile(r"\d\s?(?:€|euros?\b|k€)")


@dataclass(frozen=True, slots=True)
class AnnexHeading:
    """The heading of an annex: number as written (None without), full title, where it stands."""

    annex: str | None
    title: str
    place: Place


@dataclass(slots=True)
class _Heading:
    """A line that opens a section: `path` is its number, part by part.

    `above` is the heading that it stands under by type size, where numbers do not say.
    """

    path: tuple[str, ...]
    titles: list[str]
    lines: list[Line]
    body: list[Line] = field(default_factory=list)
    level: int = 0
    above: "_Heading | None" = None


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
            if last.page == line.page and 0 < gap < 3 * size and abs(line.size - size) < 0.6:
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
        return line.bold or line.size > self.size + 0.9


def read_articles(lines: Sequence[Line], vocabulary: Vocabulary) -> list[ExtractedArticle]:
    """The articles (or numbered sections) of a document, in order, each with its own text.

    `lines` come in reading order, without furniture and without the words of tables.
    """
    lines = [part for line in _without_contents(lines) for part in _run_in(line)]
    style = Style.of(lines)
    act, rest = split_act(lines, style)
    headings = _article_headings(act, style, {})
    if not headings and (numbers := _plain_articles(lines, style)):
        act, rest = _until_signature(lines, max(numbers))
        style = Style.of(act)
        headings = _article_headings(act, style, numbers)
    if headings:
        headings = [*_preamble(act, headings), *headings]
        report = _behind_signature(rest, act[-1].page, style)
        rest_headings = (
            _section_headings(report, Style.of(report), REPORT) if _is_report(report) else []
        )
        return _articles([*headings, *rest_headings], style, vocabulary)
    return _articles(_section_headings(lines, style, ""), style, vocabulary)


def annex_headings(lines: Sequence[Line], vocabulary: Vocabulary) -> list[AnnexHeading]:
    """The headings 'Annexe 1 – …', with their whole title, in order."""
    lines = _without_contents(lines)
    style = Style.of(lines)
    found = []
    for i, line in enumerate(lines):
        match = _annex_heading(lines, i, style)
        if match is None:
            continue
        block = [line, *_continuation(lines, i, style)]
        box = around([b.box for b in block if b.page == line.page])
        found.append(
            AnnexHeading(
                match["number"],
                join_lines([b.text for b in block], vocabulary),
                Place(page=line.page, x0=box.x0, top=box.top, x1=box.x1, bottom=box.bottom),
            )
        )
    return found


def split_act(lines: Sequence[Line], style: Style) -> tuple[list[Line], list[Line]]:
    """The act up to its signature or its first annex, and what stands behind it."""
    last = None
    for i, line in enumerate(lines):
        match = ARTICLE.fullmatch(line.text)
        if match and _is_article_heading(match, line, style):
            last = i
        elif last is not None and _ends_act(lines, i, style):
            return list(lines[:i]), list(lines[i:])
    return list(lines), []


def _ends_act(lines: Sequence[Line], i: int, style: Style) -> bool:
    line = lines[i]
    if _is_signed(line):
        return True
    if _annex_heading(lines, i, style):
        return style.stands_out(line) or _is_last(lines, i, style)
    if not OFFICE.match(line.text) or _is_sentence(lines, i):
        return False
    alone = len(OFFICE.findall(line.text)) > 1 or line.text.startswith("Pour ")
    return (alone or style.stands_out(line)) and _is_last(lines, i, style)


def _is_sentence(lines: Sequence[Line], i: int) -> bool:
    """Does line `i` carry running text: joined to its neighbours, ended by a full stop?"""
    text = lines[i].text.rstrip()
    return text.endswith((".", ";", ":")) or (len(text) > 85 and not lines[i].bold)


def _is_last(lines: Sequence[Line], i: int, style: Style) -> bool:
    return not any(
        (m := ARTICLE.fullmatch(line.text)) and _is_article_heading(m, line, style)
        for line in lines[i + 1 :]
    )


def _is_article_heading(match: re.Match[str], line: Line, style: Style) -> bool:
    title = match["title"].strip()
    if title[:1].islower() or title.startswith((",", ";")):
        return False
    if style.stands_out(line):
        return True
    if ARTICLE in style.set_off and not match["word"].isupper():
        return False
    return len(title) < 110 and not title.endswith((".", ";", ","))


def _annex_heading(lines: Sequence[Line], i: int, style: Style) -> re.Match[str] | None:
    """Line `i` where it is the heading of an annex: set off, or numbered at the top of a page."""
    line = lines[i]
    match = ANNEX.fullmatch(line.text)
    if match is None:
        return None
    title = match["title"].strip()
    opens_page = i == 0 or lines[i - 1].page != line.page
    if title[:1].islower():  # « Annexe 1 : actions financées », and not « Annexe 1 jointe »
        return match if match["mark"].strip() and style.stands_out(line) else None
    if title.startswith((",", ";")) or title.endswith(";"):
        return None
    plain = opens_page or ANNEX not in style.set_off
    numbered = bool(match["number"]) and not title.endswith(".")
    if style.stands_out(line) or match["word"].isupper() or (plain and numbered):
        return match
    return None


def _without_contents(lines: Sequence[Line]) -> list[Line]:
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


def _run_in(line: Line) -> list[Line]:
    """A line in two where a bold heading is followed by its text: 'Article 1 : Le plan…'."""
    if not line.words[0].bold or not (ARTICLE.match(line.text) or DECIMAL.match(line.text)):
        return [line]
    end = next((i for i, word in enumerate(line.words) if not word.bold), len(line.words))
    text = " ".join(word.text for word in line.words[end:])
    if not re.search(r"\w{3}", text):
        return [line]
    return [Line(line.words[:end], line.page), Line(line.words[end:], line.page)]


def _until_signature(lines: Sequence[Line], last: int) -> tuple[list[Line], list[Line]]:
    """`lines` up to the signature behind line `last`, and the rest."""
    end = next(i for i in range(last + 1, len(lines)) if _is_signed(lines[i]))
    return list(lines[:end]), list(lines[end:])


def _is_signed(line: Line) -> bool:
    return bool(SIGNED.match(line.text)) and len(line.text) < 120


def _plain_articles(lines: Sequence[Line], style: Style) -> dict[int, tuple[str, str]]:
    """Articles that go without the word, in an act that is signed: 'I – Objet', 'II – Durée' or
    '1. Objet', 'A. Objet' or 'Chapitre 1 – Objet', three or more in a row with text between them:
    number and title by line.
    """
    end = next((i for i, line in enumerate(lines) if _is_signed(line)), 0)
    for pattern, kind in itertools.product((WORDED, PLAIN), ("roman", "digit", "capital")):
        found: dict[int, tuple[str, str]] = {}
        for i, line in enumerate(lines[:end]):
            match = pattern.fullmatch(line.text)
            if match is None or _kind(match["number"]) != kind or not match["mark"].strip():
                continue
            if _value(match["number"], kind) == len(found) + 1 and _opens_article(
                lines, i, match["title"], style
            ):
                found[i] = (match["number"], match["title"])
        apart = all(b - a > 1 for a, b in itertools.pairwise([*found, end]))
        if len(found) > 2 and apart:
            return found
    return {}


def _value(number: str, kind: str) -> int:
    if kind == "capital":
        return ord(number) - ord("A") + 1
    return int(number) if kind == "digit" else _roman(number)


def _opens_article(lines: Sequence[Line], i: int, title: str, style: Style) -> bool:
    if not title[:1].isupper() or title.endswith((".", ";", ",", ":")) or len(title) > 110:
        return False
    follows = i + 1 < len(lines) and lines[i + 1].text[:1]
    return style.stands_out(lines[i]) or bool(follows and (follows.isupper() or follows in "«1I"))


def _article_headings(
    lines: Sequence[Line], style: Style, plain: Mapping[int, tuple[str, str]]
) -> list[_Heading]:
    """Articles, and within them decimal and set-off plain numbers; [] where no article is.

    `plain` are the lines that open an article without the word.
    """
    headings: list[_Heading] = []
    seen: set[tuple[str, ...]] = set()
    quoted = False
    skip = 0
    for i, line in enumerate(lines):
        if skip:
            skip -= 1
            continue
        if i in plain:
            number, title = plain[i]
            heading: _Heading | None = _Heading((number,), [title], [line])
        else:
            heading = None if quoted else _numbered(lines, i, style, headings, seen)
        if heading is None:
            if headings:
                headings[-1].body.append(line)
                quoted = _quote_is_open(headings[-1].body)
            continue
        more = _continuation(lines, i, style)
        heading.titles += [other.text for other in more]
        heading.lines += more
        skip = len(more)
        seen.add(heading.path)
        headings.append(heading)
    return headings


def _quote_is_open(lines: Sequence[Line]) -> bool:
    """Do `lines` end within « … », where an act quotes the articles that it amends?"""
    recent = " ".join(line.text for line in lines[-40:])
    return len(lines) < 40 and recent.count("«") > recent.count("»")


def _numbered(
    lines: Sequence[Line],
    i: int,
    style: Style,
    headings: Sequence[_Heading],
    seen: set[tuple[str, ...]],
) -> _Heading | None:
    line = lines[i]
    match = ARTICLE.fullmatch(line.text)
    if match and _is_article_heading(match, line, style):
        path = _path(match["number"], match["suffix"])
        if path in seen or (headings and not _follows(headings[-1].path, path)):
            return None
        return _Heading(path, [match["title"]], [line])
    if not headings:
        return None
    match = DECIMAL.fullmatch(line.text)
    if match and _is_subheading(match["title"], line, style) and not _is_paragraph(lines, i, style):
        path = _path(match["number"], None, roman=True)
        if path in seen or path[0] != headings[-1].path[0]:
            return None
        if not style.stands_out(line) and not _is_next(path, seen):
            return None
        return _Heading(path, [match["title"]], [line])
    match = PLAIN.fullmatch(line.text)
    if (
        match
        and match["mark"].strip()
        and line.bold
        and _is_subheading(match["title"], line, style)
    ):
        child = _child(headings, match["number"], seen)
        return _Heading(child, [match["title"]], [line]) if child else None
    return None


def _path(number: str, suffix: str | None, roman: bool = False) -> tuple[str, ...]:
    """'2-1' → 2, 1; a Roman article is counted in figures unless `roman` numbers stay."""
    if number.lower() in ORDINALS:
        number = str(ORDINALS.index(number.lower()) + 1)
    parts = re.split(r"[.-]", number)
    if not roman and re.fullmatch(ROMAN, parts[0]):
        parts[0] = str(_roman(parts[0]))
    if suffix:
        parts[-1] += suffix.strip()
    return tuple(parts)


def _roman(text: str) -> int:
    values = {"I": 1, "V": 5, "X": 10, "L": 50, "C": 100}
    digits = [values[c] for c in text]
    pairs = zip(digits, [*digits[1:], 0], strict=True)
    return sum(-d if d < after else d for d, after in pairs)


def _follows(last: tuple[str, ...], path: tuple[str, ...]) -> bool:
    """Does article `path` come at or after `last`, letters aside?"""

    def key(parts: tuple[str, ...]) -> list[int]:
        return [int("0" + re.sub(r"\D.*", "", part)) for part in parts]

    return key(path) >= key(last[: len(path)])


def _is_next(path: tuple[str, ...], seen: set[tuple[str, ...]]) -> bool:
    """Is `path` the first below its parent, or does the number before it exist?"""
    number = int(path[-1])
    return number == 1 or (*path[:-1], str(number - 1)) in seen


def _is_subheading(title: str, line: Line, style: Style) -> bool:
    if DECIMAL not in style.set_off and not style.stands_out(line):
        return title[:1].isupper() and not title.endswith((".", ";", ",", ":")) and len(title) < 120
    return style.stands_out(line)


def _is_paragraph(lines: Sequence[Line], i: int, style: Style) -> bool:
    """Does line `i`, not set off, open a numbered paragraph rather than head one: '2.1 – Pour 2024,
    l'État alloue …', carried on below to a full stop, or a sentence with its sum?"""
    if style.stands_out(lines[i]):
        return False
    text = lines[i].text
    for line in lines[i + 1 : i + 6]:
        if not line.text[:1].islower():
            break
        text = line.text
    return text.rstrip().endswith((".", ";")) or bool(SUM.search(lines[i].text))


def _child(
    headings: Sequence[_Heading], number: str, seen: set[tuple[str, ...]]
) -> tuple[str, ...] | None:
    """The place of a plain number: beside the last one of its kind, else below the last heading."""
    kind = _kind(number)
    path = headings[-1].path
    while len(path) > 1 and _kind(path[-1]) != kind:
        path = path[:-1]
    parent = path[:-1] if len(path) > 1 else headings[-1].path
    candidate = (*parent, number)
    return None if candidate in seen else candidate


def _kind(number: str) -> str:
    if number.isdigit():
        return "digit"
    if number.islower():
        return "letter"
    return "roman" if re.fullmatch(ROMAN, number) else "capital"


def _continuation(lines: Sequence[Line], i: int, style: Style) -> list[Line]:
    """The lines below line `i` that carry its heading on: same type, close below, no own number."""
    block = [lines[i]]
    if not style.stands_out(lines[i]):
        carried = lines[i].text.endswith("-") or _is_title_below(lines, i)
        return list(lines[i + 1 : i + 2]) if carried else []
    for line in lines[i + 1 : i + 6]:
        last = block[-1]
        gap = line.box.top - last.box.top
        if (
            line.page != last.page
            or not 0 < gap <= max(CONTINUES * last.size, 1.15 * style.pitch)
            or line.bold != last.bold
            or abs(line.size - last.size) > 0.6
            or line.box.height > 4 * line.size
            or _opens_section(line)
            or split_reference(line.text, parted=False)[0]  # the first action below the annex
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


def _preamble(act: Sequence[Line], headings: Sequence[_Heading]) -> list[_Heading]:
    """What stands between the parties and the first article, as '0'."""
    end = next(i for i, line in enumerate(act) if line is headings[0].lines[0])
    before = act[:end]
    start = next((i for i, line in enumerate(before) if PREAMBLE.fullmatch(line.text)), None)
    if start is not None:
        return [_Heading(("0",), [before[start].text], [before[start]], list(before[start + 1 :]))]
    start = next((i for i, line in enumerate(before) if RECITAL.match(line.text)), None)
    if start is None:
        agreed = next((i for i, line in enumerate(before) if AGREED.match(line.text)), None)
        start = None if agreed is None or agreed + 1 >= len(before) else agreed + 1
    if start is None:
        return []
    return [_Heading(("0",), [""], [before[start]], list(before[start:]))]


def _behind_signature(rest: Sequence[Line], signed: int, style: Style) -> list[Line]:
    """`rest` from the first annex heading or the page after the signature on."""
    for i, line in enumerate(rest):
        if line.page > signed or _annex_heading(rest, i, style):
            return list(rest[i:])
    return []


def _is_report(lines: Sequence[Line]) -> bool:
    """Is what follows the act a document of its own, with headings, not annex tables alone?"""
    return sum(1 for line in lines if line.bold and _is_numbered(line.text)) >= 3


def _is_numbered(text: str) -> bool:
    plain = PLAIN.fullmatch(text)
    return bool(DECIMAL.fullmatch(text) or (plain and plain["mark"].strip()))


def _section_headings(lines: Sequence[Line], style: Style, prefix: str) -> list[_Heading]:
    """Headings of a document without articles: by their number, else by their type size."""
    sizes = sorted(
        {
            round(line.size)
            for line in lines
            if line.size > style.size + 0.9 and line.bold and len(line.text) > 3
        },
        reverse=True,
    )
    headings: list[_Heading] = []
    seen: set[tuple[str, ...]] = set()
    unnumbered = 0
    skip = 0
    for i, line in enumerate(lines):
        if skip:
            skip -= 1
            continue
        if not _is_section(line, style):
            if headings:
                headings[-1].body.append(line)
            continue
        more = _continuation(lines, i, style)
        skip = len(more)
        level = sizes.index(round(line.size)) if round(line.size) in sizes else len(sizes)
        number, title = _section_number(line.text)
        path = number
        if not path or path in seen:
            unnumbered += 1
            path, title = (f"S{unnumbered}",), line.text
        seen.add(path)
        titles = [title, *(other.text for other in more)]
        headings.append(_Heading(path, titles, [line, *more], level=level))
    for i, heading in enumerate(headings):
        heading.above = next((h for h in reversed(headings[:i]) if h.level < heading.level), None)
    for heading in headings:
        heading.path = (f"{prefix}{heading.path[0]}", *heading.path[1:])
    return headings


def _is_section(line: Line, style: Style) -> bool:
    text = line.text
    if len(text) < 4 or not re.search(r"[^\W\d_]{3}", text):
        return False
    if style.has_bold:
        larger = line.size > style.size + 0.9 and line.bold and not BULLET.match(text)
        numbered = line.bold and _section_number(text)[0] and not BULLET.match(text[0] + " ")
        return bool(larger or (numbered and line.size >= style.size - 0.4))
    return bool(_section_number(text)[0]) and text[-1] not in ".;,:"


def _section_number(text: str) -> tuple[tuple[str, ...], str]:
    """The number of a section heading, part by part, and its title; () where it has none."""
    match = DECIMAL.fullmatch(text)
    if match:
        return _path(match["number"], None, roman=True), match["title"]
    match = PLAIN.fullmatch(text)
    if (
        match
        and (match["mark"].strip() or match["number"].isdigit())
        and match["title"][:1].isupper()
    ):
        return (match["number"],), match["title"]
    return (), text


def _articles(
    headings: Sequence[_Heading], style: Style, vocabulary: Vocabulary
) -> list[ExtractedArticle]:
    numbers = {heading.path for heading in headings}
    articles = []
    for position, heading in enumerate(headings, 1):
        parents = (heading.path[:n] for n in range(len(heading.path) - 1, 0, -1))
        parent = next((p for p in parents if p in numbers), None)
        if parent is None and heading.above is not None:
            parent = heading.above.path
        everything = [*heading.lines, *heading.body]
        first = [line for line in heading.lines if line.page == heading.lines[0].page]
        box = around([line.box for line in first])
        text, starts = _running_text(heading.body, style, vocabulary)
        pages = [line.page for line in heading.body]
        articles.append(
            ExtractedArticle(
                number=".".join(heading.path),
                title=join_lines([t for t in heading.titles if t], vocabulary).strip(),
                parent_number=".".join(parent) if parent else None,
                position=position,
                text=text,
                page_starts=[
                    next(
                        (s for s, page in zip(starts, pages, strict=True) if page >= number),
                        len(text),
                    )
                    for number in range(everything[0].page + 1, everything[-1].page + 1)
                ],
                page_first=everything[0].page,
                page_last=everything[-1].page,
                place=place(first[0]).model_copy(update={"x1": box.x1, "bottom": box.bottom}),
            )
        )
    return articles


def _running_text(
    lines: Sequence[Line], style: Style, vocabulary: Vocabulary
) -> tuple[str, list[int]]:
    """The paragraphs of `lines`, and where in them each line begins."""
    pieces: list[str] = []
    starts: list[int] = []
    length = 0
    for block in _blocks(lines, style):
        text, offsets = join_with_offsets([line.text for line in block], vocabulary)
        starts += [length + offset for offset in offsets]
        length += len(text) + 1
        pieces.append(text)
    return "\n".join(pieces), starts


def _blocks(lines: Sequence[Line], style: Style) -> Iterator[list[Line]]:
    block: list[Line] = []
    for line in lines:
        if block and _opens_paragraph(block[-1], line, style):
            yield block
            block = []
        block.append(line)
    if block:
        yield block


def _opens_paragraph(last: Line, line: Line, style: Style) -> bool:
    if last.text.endswith("-"):
        return False
    if BULLET.match(line.text) or last.bold != line.bold:
        return True
    gap = line.baseline - last.baseline
    if last.page == line.page and gap > 0:
        return gap > 1.2 * style.pitch
    return last.text.rstrip()[-1:] in ".;:!?»" and not line.text[:1].islower()
