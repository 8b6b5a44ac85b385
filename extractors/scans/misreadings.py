"""What OCR takes for something else: letters in figures, dust, the Roman numbers of headings."""

import re
from collections import defaultdict
from collections.abc import Callable, Sequence
from dataclasses import replace
from itertools import takewhile
from unicodedata import normalize

from extractors.pages.page import Box, around
from extractors.scans.tokens import DOUBTFUL, REFUTED, TextLine, Token
from normalizers.dates import MONTHS
from normalizers.french import is_french

GUESSED = 0.2  # a letter read with less confidence was made of dust
ACCENT = 0.4  # of its height from a capital: its accent is as near above it
POINT = 1.7, 2.0  # points: nothing but what is wider, or higher, is a letter or a dash
APART = 2.0  # heights of a word that such a letter is from it, at least
SIGN = re.compile(r"[|_~^°'‘’`*<>®©£•{}\[\]\\.,:;!]+")
DUST = re.compile(r"[:;.,'’·]+")  # alone on a line: dots that are no text
NO_OPENING = re.compile(r"^[|_~^'‘`.,©®]+(?![|_~^'‘`.,©®])")
LETTER_IN_FIGURE = re.compile(r"(?<=\d)[OoIl](?=[\d\s.,€]|$)|(?<![A-Za-zÀ-ÿ])[OoIl](?=\d)")
BETWEEN_DIGITS = re.compile(r"(?<=\d)[A-Za-z](?=\d)|[Oo](?=\d)")
NO_DIGIT = re.compile(r"[?#&*@~=^\\](?=\d)|(?<=\d)[?#&@~=^\\](?=\d)")  # ?2 000: one is not read
# 000" · €!: a speck, or the raised sign of a note
NO_MARK = re.compile(r"(?:(?<=\d{3})|(?<=€))[\"“”'’`´!]{1,2}$")
# I. OBJET · IL. DOTATION · ARTICLE IN - RELIQUAT: strokes that OCR takes for letters
STROKES = {"l": "I", "L": "I", "1": "I", "|": "I", "!": "I", "T": "I"}
JOINED_STROKES = {"N": "II", "H": "II", "M": "III"}
NUMBERED = re.compile(
    r"(?:(?P<before>(?i:article|titre|chapitre|partie|section|axe|annexe)) )?"
    r"(?P<number>[IVXlL1|!TNHM]{1,5})(?P<after>[.,)]?)(?P<dash> ?[-–—:])? ?(?P<title>[A-ZÀ-Ý]\S)"
)
NO_BARE_ROMAN = re.compile(r"[NHM]|^\d+$")  # M. Durand · 1. Contexte
SURELY_ROMAN = re.compile(r"[IVXlNHM]{2,}")
NO_OBJECT = re.compile(r"^[sS5]\.[oO0]\.$")  # sans objet
TWO_DASHES = re.compile(r"-[–—]|[–—]-")  # one, on a coarse scan
FIRST = re.compile(r"[1lI][°ºe'’\"”!*]{1,2}")  # 1° janvier: the raised letters of 1er
NO_EURO = re.compile(r"\d{1,3} \d{3} [cCeE©][.,;:]?")
# 12 Ke · CAF:9ke · (en ke) · 12ke;CCAS:8k€ · 5Kk€
NO_KILO_EURO = re.compile(
    r"(?P<before>^|\(|\d)(?:[kK](?=[kK]€))?(?P<kilo>[kK])(?:[cCeE©]|(?<=[kK]{2})€)(?=[.,;:)]|$)"
)
BEFORE_UNIT = re.compile(r"\d$|^\(?en$", re.IGNORECASE)
# e L'État · *_ Capter · -< Suivre: no word of one letter, and signs that open none
NO_BULLET = re.compile(r"[e°¢+]|[*+<_]{1,2}|-[<_]")
GLUED_SIGNS = re.compile(r"[*+]?[*<_]+(?=[^\W_])")  # _Valmore, *_2 tableaux
NO_ARTICLE = re.compile(r"F(?=[aàâeéèêiîoôuhy][a-zà-ÿœ]{3})")  # Fhabitat: l'habitat
NO_BRACE = re.compile(r"^\{(?=[a-zà-ÿœ])")  # {e: le
NO_OPENED = re.compile(r"^\{(?=[^}]*$)")  # {fonds propres): no act has one brace alone
# SOCIaux: sociaux, of letters that differ by their size alone, with which a stem is an I
NO_CAPITALS = re.compile(r"^[COSUVWXZI]{2,}(?=[a-zà-ÿœ])")
TWO_DOTTED = re.compile(r"[ïîíì]i")  # Baïilleurs: Bailleurs, of a speck beside the dot
RARELY_ACCENTED = "âîïôûùë"  # é, è, ê and ç make forms of words that no lexicon holds
NO_NAME = 5  # letters: a shorter word may be a name of its own
LAST_STROKE = re.compile(r"(?<=[aA])[iI1!|](?=\W*$)")  # Totai: Total
# 1037 750 €, alone on its line; a year may stand before a sum
LOST_BLANK = re.compile(r"(?!(?:19|20)\d\d\b)[1-9]\d{3,5}(?: \d{3})+ ?€")
SMALL_I = re.compile(r"((?i:article|titre) [0-9IVX]+ ?[-–—:.]) i[a-zà-ÿ]")  # ARTICLE 4 - imputation
SENTENCE_END = re.compile(r"[^\W_]{4}\.$")  # no abbreviation
ELIDED = re.compile(r"(?<![^\W\d_])(?:[cdjlmnst]|(?:jus|lors|puis|quoi)?qu)['’]$", re.IGNORECASE)
ROMAN = ("", "I", "II", "III", "IV", "V", "VI", "VII", "VIII", "IX", "X", "XI", "XII")


def repaired(token: Token) -> Token:
    """`token` with "35O" read as "350", as "I'Etat" is "l'Etat"; a figure so mended is doubtful."""
    text = re.sub(r"^[I|1]['’](?=[a-zà-ÿœA-ZÀ-Ý])", "l'", token.text)
    text = re.sub(r"^[lI]er\b", "1er", text)
    text = _with_article(text)
    text = _with_last_stroke(text)
    text = _in_french(NO_BRACE, lambda _: "l", text)
    text = _in_french(NO_CAPITALS, lambda m: m[0].lower(), text)
    text = _in_french(TWO_DOTTED, lambda _: "i", text)
    text = _without_speck(text)
    text = NO_OPENED.sub("(", text)
    text = re.sub(r"\$?[£€]+\$?", "€", text)  # no act counts in pounds
    text = NO_OBJECT.sub("s.o.", text)
    text = TWO_DASHES.sub("—", text)
    text = re.sub(r"(?<=\d)[.,;:](?=€)", "", text)
    mended = LETTER_IN_FIGURE.sub(lambda m: "0" if m[0] in "Oo" else "1", NO_MARK.sub("", text))
    doubtful = mended != text or BETWEEN_DIGITS.search(text)
    most = REFUTED if NO_DIGIT.search(text) else DOUBTFUL if doubtful else 1.0
    return replace(token, text=mended, confidence=min(token.confidence, most))


def _with_article(text: str) -> str:
    """`text`, an F before a French word, with which it makes none, as the article that it is."""
    word = text.rstrip(".,;:)")
    if not NO_ARTICLE.match(word) or is_french(word) or not is_french(word[1:]):
        return text
    return "l'" + text[1:]


def _in_french(misread: re.Pattern[str], meant: Callable[[re.Match[str]], str], text: str) -> str:
    """`text`, with what it means in place of what was `misread`, if this makes a French word."""
    mended = misread.sub(meant, text)
    return mended if mended != text and is_french(mended.rstrip(".,;:)")) else text


def _without_speck(text: str) -> str:
    """`text`, no French word but for a speck that was read as an accent, without it: 'prôfit' is
    'profit'. An accent that is missing may be missing on paper, and a name has its own."""
    word = text.strip(".,;:()«»")
    if len(word) < NO_NAME or not word.islower() or word.isascii() or is_french(word):
        return text
    bare = (
        word[:i] + normalize("NFD", c)[0] + word[i + 1 :]
        for i, c in enumerate(word)
        if c in RARELY_ACCENTED
    )
    found = {one for one in bare if is_french(one)}
    return text.replace(word, found.pop()) if len(found) == 1 else text


def _with_last_stroke(text: str) -> str:
    """`text`, no French word as it ends in a stroke behind an a, with the l that makes it one."""
    word = text.strip(".,;:()«»")
    meant = LAST_STROKE.sub("L" if word.isupper() else "l", word)
    if len(word) < NO_NAME or meant == word or is_french(word) or not is_french(meant):
        return text
    return text.replace(word, meant)


def without_noise(line: TextLine) -> TextLine:
    """`line` without what is left of dust and rules: signs that open no text, and such as hardly
    could be read at its end."""
    start, end = 0, len(line)
    while start < end and NO_OPENING.fullmatch(line[start].text):
        start += 1
    while start < end and _is_noise(line[end - 1], line[start : end - 1]):
        end -= 1
    if all(DUST.fullmatch(token.text) for token in line[start:end]):
        return []
    first = replace(line[start], apart=line[0].apart)
    text = NO_OPENING.sub("", first.text)
    if text != first.text and text[0].isdigit():
        first = replace(first, confidence=min(first.confidence, DOUBTFUL))
    return [replace(first, text=text), *line[start + 1 : end]]


def _is_noise(token: Token, before: TextLine) -> bool:
    if token.confidence >= DOUBTFUL:
        return False
    if not before or len(token.text) > 1 or token.text.isdigit():
        return bool(SIGN.fullmatch(token.text))
    last = before[-1].level
    guessed = token.confidence < GUESSED and token.level.x0 - last.x1 > APART * last.height
    return guessed or before[-1].text.endswith("€") or bool(SIGN.fullmatch(token.text))


def without_dots(lines: Sequence[TextLine], scale: float) -> list[TextLine]:
    """`lines` without those that are one dot: of a colon that a justified line sets far behind its
    word, each is read as a line, whatever as."""
    width, height = (v * scale for v in POINT)
    return [
        line
        for line in lines
        if len(line) > 1 or line[0].box.width > width or line[0].box.height > height
    ]


def without_accents(lines: Sequence[TextLine]) -> list[TextLine]:
    """`lines` without those that are a mark right above a capital, hardly read: its accent."""
    capitals = [t.box for line in lines for t in line if t.text[:1].isupper() and not t.turn]
    return [line for line in lines if not _is_accent(line, capitals)]


def _is_accent(line: TextLine, capitals: Sequence[Box]) -> bool:
    """Is `line` a mark above the first letter of a word, as those in `capitals` begin?"""
    mark = line[0]
    if len(line) > 1 or mark.confidence >= DOUBTFUL or any(c.isalnum() for c in mark.text):
        return False
    x, _ = mark.box.middle
    return any(
        mark.box.width < word.height
        and abs(word.top - mark.box.bottom) <= ACCENT * word.height
        and word.x0 <= x <= word.x0 + word.height
        for word in capitals
    )


def with_euros(line: TextLine) -> TextLine:
    """`line`, with the sign of euros behind thousands where a letter was read: 12 000 c, 12 Ke,
    (en ke)."""
    result = list(line)
    for i, token in enumerate(line):
        match = NO_KILO_EURO.search(token.text)
        if match and (match["before"] or (i and BEFORE_UNIT.search(line[i - 1].text))):
            result[i] = replace(token, text=NO_KILO_EURO.sub(r"\g<before>\g<kilo>€", token.text))
    for i in range(2, len(line)):
        if NO_EURO.fullmatch(" ".join(t.text for t in line[i - 2 : i + 1])):
            result[i] = replace(line[i], text="€" + line[i].text[1:])
    return result


def with_bullet(line: TextLine) -> TextLine:
    """`line`, with the bullet that opens it where a letter, a ring, a cross or signs that mean
    nothing were read; what goes on with a sum may be added."""
    signs = list(takewhile(lambda token: NO_BULLET.fullmatch(token.text), line[:2]))
    rest = line[len(signs) :]
    glued = GLUED_SIGNS.match(rest[0].text) if rest else None
    if glued:
        first = rest[0].box
        x = first.x0 + first.width * glued.end() / len(rest[0].text)
        signs = [*signs, replace(rest[0], text=glued[0], box=replace(first, x1=x))]
        word = replace(rest[0], text=rest[0].text[glued.end() :], box=replace(first, x0=x))
        rest = [replace(word, apart=False), *rest[1:]]
    read = "".join(token.text for token in signs)
    added = read == "+" and any("€" in token.text for token in rest)
    said = rest and (rest[0].text[0].isalpha() or glued)
    if not read or added or not said:
        return line
    return [replace(signs[0], text="•"), *rest]


def with_first_days(line: TextLine) -> TextLine:
    """`line`, with the first of a month as it is written: '1° janvier' is '1er janvier'."""
    return [
        replace(token, text="1er")
        if FIRST.fullmatch(token.text) and after is not None and after.text.lower() in MONTHS
        else token
        for token, after in zip(line, [*line[1:], None], strict=True)
    ]


def with_thousands(line: TextLine) -> TextLine:
    """`line`, with the blank before the thousands of its sum: '1037 750 €' is '1 037 750 €'."""
    if line[0].turn or not LOST_BLANK.fullmatch(" ".join(t.text for t in line)):
        return line
    first = line[0]
    parted = first.box.x0 + first.box.width * (1 - 3 / len(first.text))
    return [
        replace(first, text=first.text[:-3], box=replace(first.box, x1=parted)),
        replace(first, text=first.text[-3:], box=replace(first.box, x0=parted), apart=False),
        *line[1:],
    ]


def with_elisions(line: TextLine) -> TextLine:
    """`line`, with what is elided on its word: 'l’ AMI' is 'l’AMI'."""
    result = line[:1]
    for token in line[1:]:
        last = result[-1]
        gap = token.level.x0 - last.level.x1
        if (
            ELIDED.search(last.text)
            and token.text[:1].isalpha()
            and token.turn == last.turn
            and gap < last.level.height
        ):
            result[-1] = replace(
                last,
                text=last.text + token.text,
                box=around([last.box, token.box]),
                confidence=min(last.confidence, token.confidence),
            )
        else:
            result.append(token)
    return result


def capitalised(lines: Sequence[TextLine]) -> list[TextLine]:
    """`lines`, with a capital where the title of an article begins with a small i, or a sentence
    with 'il': that is how one stroke with a speck above it is read."""
    result: list[TextLine] = []
    last = ""
    for line in lines:
        match = SMALL_I.match(" ".join(t.text for t in line))
        title = len(match[1].split()) if match else None
        read = []
        for i, token in enumerate(line):
            opens = token.text in ("il", "ils") and SENTENCE_END.search(last)
            read.append(replace(token, text="I" + token.text[1:]) if opens or i == title else token)
            last = token.text
        result.append(read)
    return result


def numbered(lines: list[TextLine]) -> list[TextLine]:
    """`lines`, in which the Roman numbers of headings that follow one another are mended."""
    found: dict[str, list[tuple[int, re.Match[str]]]] = defaultdict(list)
    for i in sorted(range(len(lines)), key=lambda i: lines[i][0].box.bottom):
        match = NUMBERED.match(" ".join(t.text for t in lines[i]))
        if match and (match["before"] or not NO_BARE_ROMAN.search(match["number"])):
            found[(match["before"] or "").lower()].append((i, match))
    result = list(lines)
    for alike in found.values():
        start = 0
        while start < len(alike):
            first, count = _run([match["number"] for _, match in alike[start:]])
            for number, (i, match) in enumerate(alike[start : start + count], first):
                result[i] = with_number(lines[i], match, ROMAN[number])
            start += max(1, count)
    return result


def _run(read: list[str]) -> tuple[int, int]:
    """The first of the numbers that `read` begins with, if they follow one another, and how many
    they are: 0 where most are not read so, or none is surely Roman."""
    for count in range(len(read), 1, -1):
        some = read[:count]
        for first in range(1, len(ROMAN) - count + 1):
            due = ROMAN[first : first + count]
            exact = sum(_strokes(r) == d for r, d in zip(some, due, strict=True))
            alike = all(_may_be(_strokes(r), d) for r, d in zip(some, due, strict=True))
            if alike and exact >= max(2, count / 2) and any(map(SURELY_ROMAN.fullmatch, some)):
                return first, count
    return 0, 0


def _strokes(read: str) -> str:
    return "".join(JOINED_STROKES.get(c, STROKES.get(c, c)) for c in read)


def _may_be(strokes: str, due: str) -> bool:
    """Is it that number, or has a scan joined or split its upright strokes?"""
    return strokes == due or {*strokes, *due} == {"I"}


def with_number(line: TextLine, match: re.Match[str], number: str) -> TextLine:
    """`line`, a heading that NUMBERED `match`es, with another `number`."""
    place = 1 if match["before"] else 0
    after = match["after"].replace(",", ".") or ("" if match["before"] or match["dash"] else ".")
    rest = line[place].text[len(match["number"]) + len(match["after"]) :]
    apart = " " if rest and rest[0] in "-–—" else ""
    mended = replace(line[place], text=number + after + apart + rest)
    return [*line[:place], mended, *line[place + 1 :]]
