"""What an article of an avenant changes in the articles of the convention that it amends.

"L'article 4 est remplacé par les dispositions suivantes : « … »"      replaced, by the quotation
"L'article 6 est complété par : « … »"                                 completed
"À l'article 6, les mots « A » sont remplacés par les mots « B »"      modified: A gives way to B
"À l'article 6, après le mot « A », est inséré le mot « B »"           modified: A gives way to A B
"Il est inséré un article 3 bis ainsi rédigé : « … »"                  added
"Les articles 5 et 6 sont abrogés"                                     repealed
"L'article 9 devient l'article 10"                                     renumbered: 10 is added
"Modification de l'article 3", and any text                            modified, as it says

What stands in quotation marks is a wording, and changes nothing itself.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from normalizers.number_words import read_number_words
from pipeline.kinds import Change

MARK = "\uffff"  # in the place of each character of a quotation
QUOTED = rf"(?<!{MARK}){MARK}++"
CLOSED_BY = {"«": "»", "“": "”", '"': '"'}
OPENING = re.compile('[«“"]')
MARKS = re.compile(r"(?P<again>(?<=\n)«|(?<=\n\s)«)|[«»]")
# « at the head of a paragraph, or one that nothing closes
OPENED_AGAIN = re.compile(r"\s?\n\s?«\s?|\s?«\s?(?![^«»]*»)")
# l'article deux, of an act that writes its numbers so
WORDED = "(?:deux|trois|quatre|cinq|six|sept|huit|neuf|dix|onze|douze)"
NUMBER = (
    rf"(?:{WORDED}\b|"
    r"\d{1,2}(?:[.-]\d{1,2})*(?:\s?(?:bis|ter|quater)\b|er\b)?|premier\b|[IVX]+(?:[.-]\d+)*\b)"
)
# les articles 5 et 6 de la convention, and no article of another text
ARTICLES = re.compile(
    rf"\barticles?\s(?P<numbers>{NUMBER}(?:(?:,|\set)\s{NUMBER})*)(?![\d.]*\d)"
    r"(?!\s?,?\s?(?:du\sprésent|de\sl['’](?:avenant|arrêté|ordonnance|annexe)|d[ue]\s(?:code|décret)"
    r"|de\sla\sloi)\b)",
    re.IGNORECASE,
)
NUMBERS = rf"{NUMBER}(?:(?:,|\set|\sà)\s{NUMBER})*"
# Les articles 9 à 11 de la convention deviennent respectivement les articles 10 à 12
RENUMBERED = re.compile(
    rf"\barticles?\s(?P<was>{NUMBERS})(?:\sde\sla\sconvention)?\s"
    r"(?:devien(?:t|nent|dra|dront)|(?:est|sont)\s(?:ainsi\s|désormais\s)?renuméroté?e?s?(?:\sen)?),?\s"
    rf"(?:respectivement\s)?(?:l['’]|les\s)?(?:articles?\s)?(?P<becomes>{NUMBERS})",
    re.IGNORECASE,
)
WHOLLY = re.compile(
    r"(?:^\W*|\b(?:dispositions|stipulations|rédaction|texte|termes|contenu)\sd(?:e\s|es\s)?)"
    r"(?:\d+°\s|[a-z]\)\s)?(?:l['’]|les\s|cet\s)?$",
    re.IGNORECASE,
)
NEW_ARTICLE = re.compile(
    rf"\b(?:insér|ajout|cré)ée?\b[^.;]{{0,80}}?\bun\s(?:nouvel\s)?article\s(?P<number>{NUMBER})",
    re.IGNORECASE,
)
TITLE = re.compile(rf"(?<=\d)(?:bis|ter)?\s?,?\s?(?:intitulée?s?\s)?{QUOTED}(?=[^:]{{0,200}}:)")
IS = r"\b(?:est|sont|(?:a|ont)\sété)\s(?:ainsi\s|donc\s|(?:abrog|annul)ée?s?\set\s)?"
WORDS = rf"(?:{QUOTED}|\d[\d\s.,\u00a0\u202f]{{0,20}}(?:€|euros))"  # quoted, or a sum
FEW = rf"[^{MARK}.;:]{{0,60}}?"
REWORDED = [
    re.compile(said, re.IGNORECASE)
    for said in (
        rf"(?P<old>{WORDS}){FEW}{IS}(?:remplac|substitu|port|ramen)ée?s?\s(?:par|à){FEW}:?\s?(?P<new>{WORDS})",
        rf"(?:,|\bet)\s{FEW}(?P<old>{QUOTED})\spar\s{FEW}(?P<new>{QUOTED})",  # and others by others
        rf"\b(?:port|ramen|pass)ée?s?\sde\s(?P<old>{WORDS})\sà\s(?P<new>{WORDS})",
        rf"\bau\slieu\sde{FEW}:?\s?(?P<old>{WORDS}){FEW}\blire{FEW}:?\s?(?P<new>{WORDS})",
        rf"\baprès{FEW}(?P<behind>{WORDS}){FEW}{IS}(?:insér|ajout)ée?s?{FEW}:?\s?(?P<new>{WORDS})",
        rf"(?P<old>{QUOTED}){FEW}{IS}(?:supprim|retir)ée?s?\b",
    )
]
IS_REPLACED = re.compile(rf"{IS}(?:remplac|rédig|substitu|modifi)ée?s?\b", re.IGNORECASE)
REWRITTEN = re.compile(r"\b(?:remplac|rédig|substitu)", re.IGNORECASE)
COMPLETED = re.compile(rf"{IS}(?:ajout|complét|insér)ée?s?\b", re.IGNORECASE)
REPEALED = re.compile(rf"{IS}(?:abrog|supprim)ée?s?\b", re.IGNORECASE)
MODIFIED = re.compile(
    rf"{IS}(?:modifi|remplac|complét|ajout|insér|port|ramen|prorog|prolong|abrog|supprim|rédig)",
    re.IGNORECASE,
)
IN_TITLE = re.compile(r"\bmodifi\w*\s(?:de|à|des|aux)\b", re.IGNORECASE)
# Vu l'article 4 de la convention · L'annexe 1 mentionnée à l'article 3 est remplacée
OF_NO_ARTICLE = re.compile(r"\W*(?:Vu\b|L['’]annexe\b|Les\sannexes\b)", re.IGNORECASE)
CLAUSE_END = re.compile(rf"(?<=[.;])\s+|\n(?!\s{{0,4}}{MARK})|(?<={MARK})\s+(?=\d°|[A-ZÀ-Ý])")
HEADING = re.compile(rf"article\s{NUMBER}[^\n]{{0,80}}\n", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Amendment:
    """A change to the article `number` of a convention: `added` is written in the place of the
    words `removed`, or, where these are None, of the whole article ('replaced') or behind it. The
    `quote` that tells it begins at `position` of the text."""

    number: str
    change: Change
    removed: str | None
    added: str | None
    quote: str
    position: int


def read_amendments(title: str, text: str) -> list[Amendment]:
    """The changes that an article of an avenant tells, in order."""
    masked = _masked(text)
    told = _numbers(title) if IN_TITLE.search(title) else []
    titled, found, vague = told, list[Amendment](), list[Amendment]()
    for start, end in _clauses(masked):
        clause = TITLE.sub(lambda titles: " " * len(titles[0]), masked[start:end])
        found += _renumbered(clause, text[start:end], start)
        clause = RENUMBERED.sub(lambda moved: " " * len(moved[0]), clause)
        named = [] if OF_NO_ARTICLE.match(clause) else _numbers(clause)
        told = named or told
        changes = list(_changes(clause, text, start, told, named=bool(named)))
        found += changes
        if any(one.change == "replaced" and one.added == text[end:].strip() for one in changes):
            break  # what follows is the new wording
        if not changes and named and MODIFIED.search(clause):
            vague += [Amendment(n, "modified", None, text, text[start:end], start) for n in named]
    said = {one.number for one in found}
    titled = [] if found or vague else titled
    vague += [Amendment(number, "modified", None, text, text, 0) for number in titled]
    return found + [one for one in vague if one.number not in said]


def _changes(
    clause: str, text: str, start: int, told: Sequence[str], *, named: bool
) -> Iterator[Amendment]:
    """What the `clause` of `text`, from `start` on, changes of the articles `told`, which itself
    names or one before it."""

    def amended(change: Change, added: str | None, removed: str | None = None) -> list[Amendment]:
        quote = text[start : start + len(clause)]
        return [Amendment(number, change, removed, added, quote, start) for number in told]

    quotations = [_worded(text, start, found) for found in re.finditer(QUOTED, clause)]
    if new := NEW_ARTICLE.search(clause):
        told = [_number(new["number"])]
        yield from amended("added", quotations[-1] if quotations else _behind(clause, text, start))
        return
    reworded = [(p, found) for p in REWORDED for found in p.finditer(clause)]
    for pattern, found in reworded:
        groups = pattern.groupindex
        added = _worded(text, start, found, "new") if "new" in groups else ""
        removed = _worded(text, start, found, "behind" if "behind" in groups else "old")
        if "behind" in groups:
            added = f"{removed}{'' if added[:1] in ',.;' else ' '}{added}"
        yield from amended("modified", added, removed)
    if reworded:
        return
    mention = ARTICLES.search(clause)
    wholly = mention is None or WHOLLY.search(clause[: mention.start()]) is not None
    if COMPLETED.search(clause) and (named or quotations):
        yield from amended(
            "completed", quotations[-1] if quotations else _behind(clause, text, start)
        )
    elif wholly and IS_REPLACED.search(clause) and quotations:
        yield from amended("replaced", quotations[-1])
    elif wholly and named and REWRITTEN.search(clause) and clause.rstrip().endswith(":"):
        yield from amended("replaced", _behind(clause, text, start))
    elif wholly and named and REPEALED.search(clause):
        yield from amended("repealed", None)
    elif named and quotations and MODIFIED.search(clause):
        yield from amended("modified", quotations[-1])


def _renumbered(clause: str, quote: str, position: int) -> Iterator[Amendment]:
    """The articles that the `clause` of a text gives other numbers, each with its own."""
    for moved in RENUMBERED.finditer(clause):
        was, becomes = _each(moved["was"]), _each(moved["becomes"])
        if len(was) == len(becomes):
            for number, new in zip(was, becomes, strict=True):
                yield Amendment(number, "renumbered", None, new, quote, position)


def _each(numbers: str) -> list[str]:
    """'9 à 11 et 13' → '9', '10', '11', '13'."""
    found: list[str] = []
    for match in re.finditer(rf"(?P<until>à\s)?(?P<number>{NUMBER})", numbers, re.IGNORECASE):
        number = _number(match["number"])
        if match["until"] and found and found[-1].isdigit() and number.isdigit():
            found += map(str, range(int(found[-1]) + 1, int(number)))
        found.append(number)
    return found


def _masked(text: str) -> str:
    """`text` with marks in the place of its quotations. One in « … » may hold others, and open
    again at the head of each paragraph; where they do not close in pairs, each ends with the first
    », or with the text."""
    masked, in_pairs, at = list(text), True, 0
    while opening := OPENING.search(text, at):
        start, mark = opening.start(), opening[0]
        end = _closing(text, start) if in_pairs and mark == "«" else -1
        in_pairs = in_pairs and (mark != "«" or end >= 0)
        if end < 0:
            end = text.find(CLOSED_BY[mark], start + 1)
        at = end + 1 if end >= 0 else len(text)
        masked[start:at] = MARK * (at - start)
    return "".join(masked)


def _closing(text: str, start: int) -> int:
    """Where the « at `start` is closed, each within it by its own »; -1 where it is not."""
    depth = 1
    for mark in MARKS.finditer(text, start + 1):
        if not mark["again"]:
            depth += -1 if mark[0] == "»" else 1
        if depth == 0:
            return mark.end() - 1
    return -1


def _clauses(masked: str) -> Iterator[tuple[int, int]]:
    """Where the clauses of a text without its quotations begin and end."""
    start = 0
    for match in CLAUSE_END.finditer(masked):
        yield start, match.start()
        start = match.end()
    yield start, len(masked)


def _numbers(text: str) -> list[str]:
    """The articles of the convention that `text` names: '4', '3bis', 'II.1'."""
    found = (
        _number(number)
        for mention in ARTICLES.finditer(text)
        for number in re.findall(NUMBER, mention["numbers"], re.IGNORECASE)
    )
    return list(dict.fromkeys(found))


def _number(written: str) -> str:
    """'1er' and 'premier' → '1', 'deux' → '2', '3 bis' → '3bis', '2-1' → '2.1'."""
    if written.lower() == "premier":
        return "1"
    if re.fullmatch(WORDED, written.lower()):
        return str(read_number_words(written))
    return (
        re.sub(r"(?<=\d)er$", "", written, flags=re.IGNORECASE).replace(" ", "").replace("-", ".")
    )


def _behind(clause: str, text: str, start: int) -> str:
    """What follows a `clause` that announces it, else the clause."""
    end = start + len(clause)
    return text[end:].strip() if clause.rstrip().endswith(":") else text[start:end]


def _worded(text: str, start: int, found: re.Match[str], group: int | str = 0) -> str:
    """The words of `text` that `group` of a match in its clause from `start` on stands for, without
    quotation marks and the heading of the article."""
    words = text[start + found.start(group) : start + found.end(group)]
    closing = CLOSED_BY.get(words[:1])
    if closing is None:
        return words.strip()
    inner = words[1:].removesuffix(closing).strip()
    return HEADING.sub("", OPENED_AGAIN.sub("\n", inner), count=1)
