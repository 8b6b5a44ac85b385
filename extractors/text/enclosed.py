"""What a file holds beside its act: the deliberation that approves it or the letter that sends it,
in front; another act, behind.

An act reaches the contrôle de légalité as the annex of a deliberation, in one file with it; and the
acts of several years are bound into one.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import takewhile

from extractors.pages.furniture import place
from extractors.pages.page import Line
from extractors.text.articles import ARTICLE, RECITAL, Style
from extractors.text.facts import NUMBER, names_act, opens_parties
from normalizers.dates import read_dates
from pipeline.models import Fact, Problem

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
OPENING = 12  # lines of a page among which the title of an act that begins there stands


@dataclass(frozen=True, slots=True)
class Enclosed:
    """The lines of the act, those in front of it, and the titles of the acts behind it."""

    act: Sequence[Line]
    front: Sequence[Line]
    others: Sequence[Line]

    def problems(self) -> Iterator[Problem]:
        """What a reader of the database has to know of the file."""
        if self.front:
            first, last = self.front[0].page, self.front[-1].page
            pages = f"Page {first}" if first == last else f"Pages {first} à {last}"
            yield Problem(
                rule="pages_in_front",
                severity="info",
                message=f"{pages} : une délibération ou une lettre précède l'acte ; ses articles"
                " et ses sommes ne sont pas pris pour ceux de l'acte.",
                page=first,
            )
        for title in self.others:
            yield Problem(
                rule="several_acts",
                severity="warning",
                message=f"Page {title.page} : un autre acte commence (« {title.text} »). Ses "
                "articles et ses dates ne sont pas lus, ses tableaux le sont avec ceux du premier :"
                " déposez un PDF par acte.",
                page=title.page,
                observed=title.text,
            )


def parted(lines: Sequence[Line]) -> Enclosed:
    """The prose of a file, in reading order, parted into its act and what else it holds."""
    style = Style.of(lines)
    start = _start_of_act(lines, style)
    return Enclosed(lines[start:], lines[:start], list(_other_acts(lines[start:], style)))


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
    is_act = len(before) < len(lines) or any(ARTICLE.fullmatch(x.text) for x in lines[start:])
    return start if is_act else 0  # annexes behind a deliberation are no act


def _title_on(page: int, lines: Sequence[Line], style: Style) -> Line | None:
    """The title of an act that begins on `page`."""
    opening = [line for line in lines if line.page == page][:OPENING]
    return next((line for line in opening if names_act(line, style)), None)


def _other_acts(lines: Sequence[Line], style: Style) -> Iterator[Line]:
    """The titles of the acts behind the first: each has its title, its parties and its articles."""
    last_title = 0
    articles: list[int] = []
    for i, line in enumerate(lines):
        if ARTICLE.fullmatch(line.text):
            articles.append(line.page)
        if not (opens_parties(line) and articles and line.page > articles[-1]):
            continue
        pages = range(max(articles[-1] + 1, last_title + 1), line.page + 1)
        title = next((t for page in reversed(pages) if (t := _title_on(page, lines, style))), None)
        if title and any(ARTICLE.fullmatch(below.text) for below in lines[i:]):
            last_title = line.page
            yield title


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
