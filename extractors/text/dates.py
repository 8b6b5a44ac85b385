"""When an act was signed, and received."""

import re
from collections.abc import Sequence
from itertools import pairwise

from extractors.pages.furniture import place
from extractors.pages.page import Line
from extractors.text.headings import SIGNED_ON_SCREEN
from normalizers.dates import read_dates
from pipeline.extracted import Fact, PlacedText

RECEIVED = re.compile(
    r"(?:re[çc]u|r[ée]ception).{0,40}?(?:l[ée]galit[ée]|pr[ée]fecture)|^(?:re[çc]u|arriv[ée]) le\b",
    re.IGNORECASE,
)
# Télétransmis le 14 mars 2025 : by @CTES, which receives what it sends
SENT = re.compile(r"(?:télé)?transmis(?:e|ion)?\b.{0,60}?\ble\b", re.IGNORECASE)
NEXT_LINE = 1.5  # times its height from a line of a stamp is the next one, at most
# Fait à …, le 12 décembre 2024 · …, le vingt-huit juin deux mille vingt-quatre (28/06/2024) ·
# FAIT A …, LE 15 OCTOBRE 2018 · Établi en deux exemplaires à …, le 12 mars 2024
SIGNED = re.compile(
    r"(?:(?:Fait|Signée?|FAIT|SIGNÉE?|(?:[ÉE]tabli|Dressé|Conclu)e?(?=\s(?:en|à)\s))"
    r"\b[^.;]{0,90}?\b|[ÀA]\s+[A-ZÀ-Ý][\w'’ -]{2,40}?,\s+)"
    r"(?:[Ll]e|[Cc]e|LE)\s*:?\s*(?P<date>(?:[a-zéû -]{5,60}\()?.{0,60})"
)
DATE_OF_SIGNATURE = re.compile(r"Date de (?:la )?signature\b", re.IGNORECASE)
# Mersanne, le 20 mai 2024 : a line of its own, and below the articles (above, a letter begins so)
TOWN = r"[A-ZÀ-Ý][\w'’-]+(?: (?:[A-ZÀ-Ý][\w'’-]+|sur|sous|en|et|les?|la|des?|du|aux?)){0,5}"
SIGNED_BELOW = re.compile(rf"(?:à\s)?{TOWN},\s+le\s+(?P<date>\d{{1,2}}(?:er)?\s+\w+\s+\d{{4}})\.?$")
ARTICLE_LINE = re.compile(r"(?:article|art\.)\s|(?:\d{1,2}|[IVX]{1,4})\s?[.)–-]\s", re.IGNORECASE)


def _signed(lines: Sequence[Line], furniture: Sequence[PlacedText]) -> Fact | None:
    """The date of the signature: of paper, else of the last that was given on a screen."""
    return _signed_on_paper(lines) or _signed_on_screen(lines, furniture)


def _signed_on_screen(lines: Sequence[Line], furniture: Sequence[PlacedText]) -> Fact | None:
    """The latest date beside "Signé électroniquement par …", which may stand in the margin."""
    printed = [(line.text, place(line)) for line in lines]
    printed += [(piece.text, piece.place) for piece in furniture]
    found = []
    for (text, where), (below, _) in pairwise([*printed, ("", printed[-1][1])] if printed else []):
        if SIGNED_ON_SCREEN.match(text) or DATE_OF_SIGNATURE.match(text):
            whole = text if read_dates(text) else f"{text} {below}"
            found += [(d.value.isoformat(), text, where) for d in read_dates(whole)[:1]]
    if not found:
        return None
    value, text, where = max(found, key=lambda f: f[0])
    return Fact(name="signed_on", value=value, quote=text, place=where)


def _signed_on_paper(lines: Sequence[Line]) -> Fact | None:
    """The date that "Fait à …, le …" states, else that of a line "<town>, le …" below articles."""
    found: Fact | None = None
    below = False
    for line, following in pairwise([*lines, *lines[-1:]]):
        if SIGNED_ON_SCREEN.match(line.text):
            continue
        below = below or ARTICLE_LINE.match(line.text) is not None
        whole = line.text if line.text.endswith(".") else f"{line.text} {following.text}"
        told = SIGNED.match(line.text) and SIGNED.match(whole)
        match = told or (SIGNED_BELOW.match(line.text) if below and found is None else None)
        if match and (dates := read_dates(match["date"])):
            value = dates[0].value.isoformat()
            found = Fact(name="signed_on", value=value, quote=line.text, place=place(line))
            if told:
                break
    return found


def dates_of_act(lines: Sequence[Line], furniture: Sequence[PlacedText]) -> list[Fact]:
    facts = [fact] if (fact := _signed(lines, furniture)) else []
    received = next((f for said in (RECEIVED, SENT) if (f := _stamped(furniture, said))), None)
    return [*facts, received] if received else facts


def _stamped(furniture: Sequence[PlacedText], said: re.Pattern[str]) -> Fact | None:
    """The date of the first stamp that says so."""
    for stamp in (s for s in furniture if said.search(s.text)):
        told = stamp if read_dates(stamp.text) else _date_beside(stamp, furniture)
        if told:
            value = read_dates(told.text)[0].value.isoformat()
            return Fact(name="received_on", value=value, quote=told.text, place=told.place)
    return None


def _date_beside(stamp: PlacedText, furniture: Sequence[PlacedText]) -> PlacedText | None:
    """The one line with a date, right above or below that line of a `stamp`: of a picture, they
    are read one by one."""
    here = stamp.place
    reach = NEXT_LINE * (here.bottom - here.top)
    near = [
        other
        for other in furniture
        if other.place.page == here.page
        and min(other.place.x1, here.x1) > max(other.place.x0, here.x0)
        and max(other.place.top - here.bottom, here.top - other.place.bottom) <= reach
        and read_dates(other.text)
    ]
    return near[0] if len(near) == 1 else None
