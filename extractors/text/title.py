"""The title of an act, and what it says: the kind, the period, the exercise."""

import re
from collections.abc import Sequence

from extractors.pages.furniture import place
from extractors.pages.page import Line
from extractors.text.headings import CONTENTS_HEAD, PREAMBLE, SAME_SIZE, Style, is_article
from extractors.text.parties import BETWEEN
from normalizers.dates import read_dates
from normalizers.exercises import read_exercise, read_period
from normalizers.words import Vocabulary, join_lines
from pipeline.extracted import Fact

TITLE_PAGES = 3
CAPITALS = re.compile(r"[A-ZÀ-Ý]{2,}\b|[A-ZÀ-Ý] [A-ZÀ-Ý]|\d")  # how a title goes on without bold
# what a line of a title cannot end with: conclue entre l'État et la / Communauté urbaine
UNFINISHED = re.compile(r"(?:-|['’]|\b(?:l[ae]s?|d[eu]s?|et|à|aux?|en|pour|par|sur|avec|entre))$")
KINDS = {
    "avenant": re.compile(r"\bavenant\b", re.IGNORECASE),
    "call": re.compile(r"\b(?:appel à (?:manifestation|projets?)|appel a mani)", re.IGNORECASE),
    "report": re.compile(r"\b(?:rapport|bilan|compte[- ]rendu)\b", re.IGNORECASE),
    "convention": re.compile(
        r"\b(?:convention|contrat|protocole|pacte)\b"
        # ARRÊTÉ n° 12 portant attribution d'une subvention · DÉCISION ATTRIBUTIVE: the State grants
        # by itself
        r"|^\s*(?:arr[êe]t[ée]|d[ée]cision)\s+"
        r"(?:pr[ée]fectoral|attributi|d['’]attribution|n[°ºo]|portant|relati|du\b)",
        re.IGNORECASE,
    ),
}
# CONVENTION 2023-2025 – AVENANT N° 1, and not « convention modifiée par avenant n° 1 »
NUMBERED_AVENANT = re.compile(
    r"(?<!['’(])(?<!\bpar )(?<!\bson )(?<!\bet )(?<!\bavec )\bavenant\s+n\s?[°ºo]\s*\d",
    re.IGNORECASE,
)
# Avenant n° 3 – 2026 · Avenant 2025 · Avenant n° 1 pour 2024: not the years of its convention
YEAR_OF_AVENANT = re.compile(
    r"\bavenant(?: financier| annuel)?(?:\s+n\s?[°ºo]\s*\d{1,2})?\s*"
    r"(?:[–—:(-]|pour|au titre de)?\s*(?:l['’])?(?P<year>20\d\d)\b(?!\s*[-–—/]\s*20\d\d)",
    re.IGNORECASE,
)
# AVENANT N° 2, and below it: à la convention de mise en œuvre du Logement d'abord
OF_ACT = re.compile(
    r"(?:à|de) (?:la |l['’])(?:convention|accord|avenant|arrêté)\b|au (?:contrat|pacte)\b"
)
TITLED_FOR = re.compile(r"\b(?:exercice|année)s?\s+20\d\d", re.IGNORECASE)
# Rapport d'exécution 2023 · Bilan financier et d'activité de 2023; but not "Bilan de mars 2024"
YEAR_OF_REPORT = re.compile(
    r"\b(?:rapport|bilan|compte[- ]rendu)(?:\s(?:annuel|final|financier|quantitatif|qualitatif|et|"
    r"de|l['’]année|d['’](?:activités?|exécution|avancement|étape)))*\s(?P<year>20\d\d)\b"
    r"(?!\s*[-–—/]\s*20\d\d)",
    re.IGNORECASE,
)
# 2e plan quinquennal Logement d'abord (2023-2027) : the years of the plan, not of the act
OF_PLAN = re.compile(
    r"\bplan\s(?:national\s)?quinquennal\b[^()\n]{0,80}?\(?20\d\d\s?[-–—/]\s?20\d\d\)?",
    re.IGNORECASE,
)
# Avenant n° 1 – années 2024 et 2025
TWO_YEARS = re.compile(
    r"\b(?:exercice|année)s\s+(?P<first>20\d\d)\s(?:et|à)\s(?P<second>20\d\d)", re.IGNORECASE
)


def read_title(lines: Sequence[Line], vocabulary: Vocabulary) -> tuple[str, list[Line]]:
    """The title of the act and its lines: the set-off lines that name it, before the parties."""
    style = Style.of(lines)
    beyond = lines[0].page + TITLE_PAGES if lines else 0
    front = _before_parties([line for line in lines if line.page < beyond])
    start = next((i for i, line in enumerate(front) if names_act(line, style)), None)
    if start is None:  # set off by its capitals alone
        start = next((i for i, line in enumerate(front) if _opens_in_capitals(line)), None)
    if start is None:
        return "", []
    while start and _goes_on(front[start - 1], front[start]):
        start -= 1
    block = [front[start]]
    for line in front[start + 1 : start + 8]:
        last = block[-1]
        if (
            line.page != last.page
            or CONTENTS_HEAD.fullmatch(line.text)
            or line.box.top - last.box.top > 2.4 * max(line.size, last.size)
            or (line.bold != block[0].bold and not _ends_title(line, last))
            or not (
                block[0].bold
                or _ends_title(line, last)
                or CAPITALS.match(line.text)
                or TITLED_FOR.match(line.text)
                or UNFINISHED.search(last.text)
                or (style.is_large(last) and abs(line.size - last.size) < SAME_SIZE)
            )
        ):
            break
        block.append(line)
    return join_lines([line.text for line in block], vocabulary), block


def _goes_on(above: Line, line: Line) -> bool:
    """Does `line` only end the title that begins `above`: 'annexée à la convention de 2024'?"""
    near = line.page == above.page and line.box.top - above.box.top <= 2.4 * above.size
    opens = line.text[:1].islower() or line.text.startswith("«")
    return opens and near and (above.bold, above.size) == (line.bold, line.size)


def _ends_title(line: Line, above: Line) -> bool:
    """Does `line`, set otherwise than the title above, say of which act it is, or go on with the
    one `above` that does?"""
    goes_on = not above.bold and _goes_on(above, line)
    return goes_on or OF_ACT.match(line.text) is not None


def names_act(line: Line, style: Style) -> bool:
    """Is `line` set off, and names a kind of act?"""
    return any(k.search(line.text) for k in KINDS.values()) and (
        style.stands_out(line) or not style.has_bold
    )


def opens_with_kind(line: Line) -> bool:
    """Is a kind of act the first word of `line`?"""
    return any(k.match(line.text) for k in KINDS.values())


def _opens_in_capitals(line: Line) -> bool:
    return line.text.isupper() and opens_with_kind(line)


def _before_parties(lines: Sequence[Line]) -> list[Line]:
    for i, line in enumerate(lines):
        if BETWEEN.match(line.text) or PREAMBLE.fullmatch(line.text) or is_article(line):
            return list(lines[:i])
    return list(lines)


def read_kind(title: str) -> str | None:
    """What the act is: the first of the words 'avenant', 'convention', 'appel'… of its title; an
    avenant where a numbered one stands beside the convention."""
    if NUMBERED_AVENANT.search(title):
        return "avenant"
    found = [(m.start(), kind) for kind, word in KINDS.items() if (m := word.search(title))]
    return min(found)[1] if found else None


def title_facts(title: str, lines: Sequence[Line]) -> list[Fact]:
    where, facts = place(lines[0]), []
    facts.append(Fact(name="title", value=title, quote=title, place=where))
    kind = read_kind(title)
    if kind:
        facts.append(Fact(name="kind", value=kind, quote=title, place=where))
    period = read_period(OF_PLAN.sub(" ", title))
    if period:
        for name, year in (("period_start", period.start), ("period_end", period.end)):
            facts.append(Fact(name=name, value=str(year), quote=title, place=where))
    return facts


def above_title(lines: Sequence[Line], title_lines: Sequence[Line]) -> list[Fact]:
    """What stands above the title on its page: LOGEMENT D'ABORD, over the kind of act."""
    page = [line for line in lines if line.page == title_lines[0].page]
    above = page[: page.index(title_lines[0])]
    text = " ".join(line.text for line in above)
    return (
        [Fact(name="above_title", value=text, quote=text, place=place(above[0]))] if above else []
    )


def names_one_exercise(title: str) -> bool:
    """Are the years of `title` those of an exercise, 'Exercice 2023-2024', which the act may well
    outlast?"""
    return bool(TITLED_FOR.search(title) and read_exercise(title))


def titled_exercise(title: str, lines: Sequence[Line]) -> list[Fact]:
    """The exercise that the title names: 'Exercice 2023-2024', its only year: 'Convention 2025', or
    the season of its dates: '1er juillet 2024 – 30 juin 2025'. The title of an avenant or a report
    may name the year of its convention alone, unless it is its own: 'Avenant n° 3 – 2026'."""
    exercise = _exercise(title)
    if exercise is None:
        return []
    return [Fact(name="exercise", value=exercise, quote=title, place=place(lines[0]))]


def _exercise(title: str) -> str | None:
    if TITLED_FOR.search(title) and (named := read_exercise(title)):
        return named
    if own := YEAR_OF_AVENANT.search(title) or YEAR_OF_REPORT.search(title):
        return own["year"]
    two = TWO_YEARS.search(title)
    if two and int(two["second"]) == int(two["first"]) + 1:
        return f"{two['first']}-{two['second']}"
    if read_dates(title):
        season = read_period(title)
        short = season and season.end == season.start + 1
        return f"{season.start}-{season.end}" if season and short else None
    years = set(re.findall(r"\b20\d\d\b", title))
    return years.pop() if len(years) == 1 and read_kind(title) == "convention" else None
