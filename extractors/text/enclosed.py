"""What a file holds beside its act: the deliberation that approves it or the letter that sends it,
in front; other acts, behind.

An act reaches the contrôle de légalité as the annex of a deliberation, in one file with it; and the
acts of several years are bound into one.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import takewhile

from extractors.numbering import ARTICLE
from extractors.pages.furniture import place
from extractors.pages.page import Line
from extractors.text.deliberations import NUMBER
from extractors.text.headings import RECITAL, Style
from extractors.text.parties import opens_parties
from extractors.text.title import names_act, opens_with_kind
from normalizers.dates import read_dates
from pipeline.extracted import Fact, Problem

# EXTRAIT DU REGISTRE DES DÉLIBÉRATIONS · Après en avoir délibéré · Nombre de membres en exercice
# · Je vous prie d'agréer, Monsieur le Préfet, …
ENCLOSES = re.compile(
    r"\b(?:registre des délibérations|après en avoir délibéré|secrétaire de séance"
    r"|nombre de (?:membres|conseillers|délégués|votants)|(?:membres|conseillers) présents"
    r"|(?:veuillez|vous prie(?:r|ons)?)\s(?:(?:de\s)?bien vouloir\s)?"
    r"(?:d['’])?(?:agréer|recevoir))\b",
    re.IGNORECASE,
)
OWN_NUMBER = re.compile(rf"(?i:d[ée]lib[ée]ration)\s+{NUMBER}")
SESSION = re.compile(r"\b(?:séance|réunion|session)\s+(?:\w+\s+)?du\s+(?P<date>.{0,60})", re.I)
FIRST = ("1", "premier", "un", "i")
OPENING = 12  # lines of a page among which the title of an act that begins there stands


@dataclass(frozen=True, slots=True)
class Enclosed:
    """The lines of the act, and those in front of it."""

    act: Sequence[Line]
    front: Sequence[Line]

    def problems(self) -> Iterator[Problem]:
        """What a reader of the database has to know of the file."""
        if self.front:
            first, last = self.front[0].page, self.front[-1].page
            yield Problem(
                rule="pages_in_front",
                severity="info",
                message=f"{pages(first, last)} : une délibération ou une lettre précède l'acte ;"
                " ses articles et ses sommes ne sont pas pris pour ceux de l'acte.",
                page=first,
            )


def pages(first: int, last: int) -> str:
    return f"Page {first}" if first == last else f"Pages {first} à {last}"


def several_acts(title: Line, last: int) -> Problem:
    """What a reader has to know of an act behind the first, from its `title` to page `last`."""
    return Problem(
        rule="several_acts",
        severity="info",
        message=f"{pages(title.page, last)} : un autre acte (« {title.text} »), lu comme un "
        "document à part.",
        page=title.page,
        observed=title.text,
    )


def parted(lines: Sequence[Line]) -> Enclosed:
    """The prose of an act, in reading order, parted into the act and what stands in front of it."""
    style = Style.of(lines)
    start = _start_of_act(lines, style)
    return Enclosed(lines[start:], lines[:start])


def _start_of_act(lines: Sequence[Line], style: Style) -> int:
    """The first line of the page on which the act begins, if something else stands in front: the
    page of its title, with articles behind where no parties are named, else of its parties."""
    before = list(takewhile(lambda line: not opens_parties(line), lines))
    last = max((line.page for line in before if ENCLOSES.search(line.text)), default=None)
    if last is None:
        return 0
    parties = lines[len(before)].page if len(before) < len(lines) else lines[-1].page + 1
    pages = range(last + 1, parties)
    first = next((page for page in pages if _title_on(page, lines, style)), parties)
    start = next((i for i, line in enumerate(lines) if line.page == first > last), 0)
    is_act = len(before) < len(lines) or _has_articles(lines[start:])
    return start if is_act else 0  # annexes behind a deliberation are no act


def _has_articles(lines: Iterable[Line]) -> bool:
    return any(ARTICLE.fullmatch(line.text) for line in lines)


def _title_on(page: int, lines: Sequence[Line], style: Style) -> Line | None:
    """The title of an act that begins on `page`."""
    opening = [line for line in lines if line.page == page][:OPENING]
    return next((line for line in opening if names_act(line, style)), None)


def acts_behind(lines: Sequence[Line]) -> Iterator[Line]:
    """The titles of the acts behind the first of a file, of which these are all `lines`: each has
    its title, its parties and its articles, or articles that begin anew below a title of its own.
    """
    style = Style.of(lines)
    lines = lines[_start_of_act(lines, style) :]
    last = 0  # page of the last article, or title
    for i, line in enumerate(lines):
        article = ARTICLE.fullmatch(line.text)
        anew = article is not None and article["number"].lower() in FIRST
        opens = last and (anew or opens_parties(line))
        title = _title_between(last, i, lines, style) if opens else None
        if title and (opens_with_kind(title) if anew else _has_articles(lines[i:])):
            last = line.page
            yield title
        if article:
            last = line.page


def _title_between(page: int, end: int, lines: Sequence[Line], style: Style) -> Line | None:
    """The last title of an act behind `page`, and behind a deliberation there, that the line `end`
    follows or is on the page of."""
    followed = lines[:end]
    enclosing = [line.page for line in followed if ENCLOSES.search(line.text)]
    between = range(max([page, *enclosing]) + 1, lines[end].page + 1)
    titles = (_title_on(number, followed, style) for number in reversed(between))
    return next((title for title in titles if title), None)


def deliberation_in_front(front: Sequence[Line]) -> Iterator[Fact]:
    """The number and the day of the deliberation that encloses the act."""
    for line in front:
        number = None if RECITAL.match(line.text) else OWN_NUMBER.search(line.text)
        if number:
            yield _fact("deliberation_ref", number["ref"], line)
            break
    for line in front:
        session = SESSION.search(line.text)
        if session and (dates := read_dates(session["date"])):
            yield _fact("deliberation_on", dates[0].value.isoformat(), line)
            break


def _fact(name: str, value: str, line: Line) -> Fact:
    return Fact(name=name, value=value, quote=line.text, place=place(line))
