"""What the prose states about the act itself: title, parties, dates, references, budget line.

Values are the document's words, cleaned where the contract asks for it (a person without civility,
an organisation without article); an IBAN or RIB is masked from the start.
"""

import itertools
import re
from bisect import bisect_right
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from extractors.pages.furniture import place
from extractors.pages.page import Line
from extractors.text.articles import AGREED, ARTICLE, PREAMBLE, RECITAL, AnnexHeading, Style
from normalizers.amounts import read_amounts
from normalizers.dates import read_dates
from normalizers.exercises import Period, read_exercise, read_exercises, read_period, read_term
from normalizers.parties import Party, clean_organisation, read_party, read_person, read_siret
from normalizers.privacy import (
    find_contacts,
    find_iban,
    find_rib,
    iban_is_valid,
    mask_iban,
    mask_rib,
    rib_is_valid,
)
from normalizers.stated import LEFT_FROM
from normalizers.words import Vocabulary, join_lines, join_with_offsets
from pipeline.models import Fact, Place, PlacedText

TITLE_PAGES = 3
CAPITALS = re.compile(r"[A-ZÀ-Ý]{2,}\b|[A-ZÀ-Ý] [A-ZÀ-Ý]|\d")  # how a title goes on without bold
KINDS = {
    "avenant": re.compile(r"\bavenant\b", re.IGNORECASE),
    "call": re.compile(r"\b(?:appel à (?:manifestation|projets?)|appel a mani)", re.IGNORECASE),
    "report": re.compile(r"\b(?:rapport|bilan|compte[- ]rendu)\b", re.IGNORECASE),
    "convention": re.compile(r"\b(?:convention|contrat|protocole|pacte)\b", re.IGNORECASE),
}
# CONVENTION 2023-2025 – AVENANT N° 1, and not « convention modifiée par avenant n° 1 »
NUMBERED_AVENANT = re.compile(
    r"(?<!['’(])(?<!\bpar )(?<!\bson )(?<!\bet )(?<!\bavec )\bavenant\s+n\s?[°ºo]\s*\d",
    re.IGNORECASE,
)
# Entre les soussignés : · Entre l’État, représenté par …, et la métropole, représentée par …
# Entre, d'une part, l'État, représenté par …, et, d'autre part, …
# La présente convention est conclue entre :
BETWEEN = re.compile(
    r"(?:Entre|ENTRE)\b(?:.{0,25}$"
    r"|(?:\s*,\s*d['’]une part\s*,)?\s*:?\s+[Ll]['’][ÉE](?:tat|TAT)\s*[,(])"
    r"|L[ea] \w.{0,60}\bentre\s*(?:les soussigné[^:]{0,9})?:$"
)
STATE_PARTY = re.compile(r"L['’][ÉE](?:tat|TAT)\s*,\s*(?:ci-après .{0,40},\s*)?(?:pris|représent)")
LOCAL = (
    r"(?:communauté|métropole|département|collectivité|commune|ville|région|syndicat|agglomération"
    r"|établissement|association|centre)\b"
)
# …, et la Ville de Limoges, représentée par … · …, la Ville de Limoges, représentée par …
NEXT_PARTY = re.compile(
    rf"(?:\s*,?\s+et(?:\s*,\s*d['’](?:une|autre)\s+part\s*,)?\s+(?=(?:l[ae]\s|l['’])?(?:[A-ZÀ-Ý]|{LOCAL}))|\s*,\s+(?=(?:l[ae]\s|l['’])[A-ZÀ-Ý]))"
    r"(?=[^,;]{2,90}(?:,(?![^,;]*\bet\s)[^,;]{0,120}){0,3},[^,;]{0,60}repr[ée]sent)"
)
# Le présent pacte est conclu entre l'État, représenté par …, et …, représentée par ….
CONCLUDED = re.compile(
    r"\b(?:conclue?|pass[ée]e?|sign[ée]e?|établie?)\s+entre\s*:?\s+(?=(?:l['’]|L['’])[ÉE]tat)"
)
PARTY_BREAK = re.compile(
    r"(?:Et|ET|et)\s*,?\s*:?$|(?:D['’](?:une|autre) part)\s*[,;.:]?$", re.IGNORECASE
)
AND = re.compile(r"(?:Et|ET)\s*:")
SIRET_LINE = re.compile(r"(?:N°\s*(?:de\s+)?)?SIRET\b", re.IGNORECASE)
RECEIVED = re.compile(
    r"(?:re[çc]u|r[ée]ception).{0,40}?(?:l[ée]galit[ée]|pr[ée]fecture)|^re[çc]u le\b",
    re.IGNORECASE,
)
# Fait à …, le 12 décembre 2024 · …, le vingt-huit juin deux mille vingt-quatre (28/06/2024)
SIGNED = re.compile(
    r"(?:(?:Fait|Signé|FAIT|SIGNÉ)\b[^.;]{0,90}?\b|[ÀA]\s+[A-ZÀ-Ý][\w'’ -]{2,40}?,\s+)"
    r"[Ll]e\s*:?\s*(?P<date>(?:[a-zéû -]{5,60}\()?.{0,60})"
)
# Mersanne, le 20 mai 2024 : a line of its own, and below the articles (above, a letter begins so)
TOWN = r"[A-ZÀ-Ý][\w'’-]+(?: (?:[A-ZÀ-Ý][\w'’-]+|sur|sous|en|et|les?|la|des?|du|aux?)){0,5}"
SIGNED_BELOW = re.compile(rf"{TOWN},\s+le\s+(?P<date>\d{{1,2}}(?:er)?\s+\w+\s+\d{{4}})\.?$")
ARTICLE_LINE = re.compile(r"(?:article|art\.)\s|(?:\d{1,2}|[IVX]{1,4})\s?[.)–-]\s", re.IGNORECASE)
# Au titre de l'année 2024-2025, le soutien de l'Etat s'élève à 405 500 €
GRANTED_FOR = re.compile(r"\b(?:exercice|ann[ée]e|au titre de)\s+(?:de\s+)?\d{4}", re.IGNORECASE)
TITLED_FOR = re.compile(r"\b(?:exercice|année)s?\s+20\d\d", re.IGNORECASE)
LOOKS_BACK = re.compile(
    r"\b(?:bilan|exécution|réalisations?|rapport|compte[- ]rendu)\b", re.IGNORECASE
)
SENTENCE = re.compile(r"(?:[^.;]|[.;](?!\s))+")
# n° 2024-12-05/17 · n° FCT 006-12345/23/CM · numéro B-25-044
# n° 24/102 AC de l'Assemblée · n° 25 C 0041 du 7 février
NUMBER = (
    r"(?:n°|N°|numéro|no|référencée?|réf\.)\s*:?\s*(?P<ref>(?:[A-Z]{1,6}\s(?=\d))?(?:[A-Z0-9][\w./-]*\w|\d(?!\w))"
    r"(?:\s[A-Z]\s\d{2,5}\b|\s[A-Z]{1,3}(?=\s+d(?:[eu]s?\s|['’])))?)"
)
# délibération 23-C-0287 du 13 octobre 2023 · délibération 254C du 24 mars
BARE_NUMBER = (
    r"(?!\d{1,2}[/.]\d{1,2}[/.])(?P<bare>(?=\w*[-./_\w]*\d)[A-Z0-9][^\W_]*(?:[-./_][^\W_]+)+"
    r"|\d{1,6}[A-Z]{0,3}(?=\s+d[ue]\s)|[A-Z]{1,3}\s\d[\w./-]*\d(?=\s+d[ue]\s))"
)
# La convention est conclue pour les années 2024 à 2026 · Elle couvre la période du … au …
HOLDS = re.compile(
    r"\b(?:convention|avenant|pacte|contrat|elle|il)\b.{0,80}?\b(?:conclue?|couvre|prend effet"
    r"|porte sur|s['’]étend|établie?|entre en vigueur|s['’]applique|valable|court|d['’]une durée)\b"
    r"|\bdurée\W{1,3}du\s+\d",
    re.IGNORECASE,
)
# La convention couvre l'année civile 2024
ONE_YEAR = re.compile(
    r"\b(?:couvre|porte sur|conclue pour|valable pour)\s+l['’](?:année|exercice)"
    r"(?:\s\w+)?\s+(?P<year>20\d\d)\b(?!\s*(?:[-–/]|et|à)\s*\d)"
)
DELIBERATION = re.compile(
    rf"d[ée]lib[ée]rations?\s+(?:(?:du|de la|de l['’]|des)\s[^,.;]{{0,80}}?\s)?"
    rf"(?:{NUMBER}|{BARE_NUMBER})?"
)
# décision n° 2024-D-318 du bureau communautaire · décision du Président n° DEC-2024-58
DECISION = re.compile(
    r"décisions?\s+(?=[^.;]{0,80}\b(?:bureau|conseil|assemblée|commission|président|maire)\b)"
    rf"(?:(?:du|de la)\s[^,.;]{{0,60}}?\s)?(?:{NUMBER}|{BARE_NUMBER})?",
    re.IGNORECASE,
)
REFERENCE = re.compile(NUMBER)
PROGRAMME = re.compile(r"(?:programmes?|BOPR?|P)\s*(?:n°\s*)?(?P<value>\d{3})\b", re.IGNORECASE)
# action 12 « Hébergement » · (action 11, code d'activité 1217) · domaine fonctionnel 0177-12-17
BUDGET_ACTION = re.compile(r"\baction\s+(?:n°\s*)?0?(?P<value>\d{1,2})\b")
DOMAIN = re.compile(r"domaine fonctionnel\s*:?\s*0?\d{3}-(?P<value>\d{2})", re.IGNORECASE)
ACTIVITY = (
    re.compile(r"activité de programmation\s*:?\s*(?:n°\s*)?(?P<value>\d{2,12})\b", re.IGNORECASE),
    re.compile(
        r"(?:code\s+d['’])?activité\s*:?\s*(?:n°\s*)?(?P<value>\d[\d-]{1,16}\d)\b", re.IGNORECASE
    ),
)
PCE = re.compile(r"\bPCE\s*:?\s*(?:n°\s*)?(?P<value>\d{6,12})\b")
BIC = re.compile(r"\bBIC\s*:?\s*(?P<value>[A-Z]{6}[A-Z0-9]{2}(?:[A-Z0-9]{3})?)\b")
CONTACT = {
    "beneficiary": re.compile(
        r"Nom de (?:l['’]EPCI|la collectivité(?: cheffe de file)?)\s*:\s*(?P<value>\S.*)"
    ),
    "beneficiary_representative": re.compile(
        r"Nom d[ue] (?:président|maire|représentant)[^:]{0,30}:\s*(?P<value>\S.*)"
    ),
}
LONGEST_CONTACT = 130  # characters
SIRET_REACH = 40  # characters behind the word in which the number stands
BUDGET_WINDOW = 400  # characters after the programme in which its budget line is spelled out


@dataclass(frozen=True, slots=True)
class Passage:
    """Lines as running text; `at` finds the line of a character."""

    text: str
    offsets: tuple[int, ...]
    lines: tuple[Line, ...]

    @classmethod
    def of(cls, lines: Sequence[Line], vocabulary: Vocabulary) -> "Passage":
        text, offsets = join_with_offsets([line.text for line in lines], vocabulary)
        return cls(text, tuple(offsets), tuple(lines))

    def at(self, position: int) -> Line:
        return self.lines[max(0, bisect_right(self.offsets, position) - 1)]


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
    block = [front[start]]
    for line in front[start + 1 : start + 8]:
        last = block[-1]
        if (
            line.page != last.page
            or line.box.top - last.box.top > 2.4 * max(line.size, last.size)
            or (style.has_bold and line.bold != block[0].bold)
            or not (
                block[0].bold
                or CAPITALS.match(line.text)
                or TITLED_FOR.match(line.text)
                or last.text.endswith("-")
            )
        ):
            break
        block.append(line)
    return join_lines([line.text for line in block], vocabulary), block


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
        if BETWEEN.match(line.text) or PREAMBLE.fullmatch(line.text) or _is_article(line):
            return list(lines[:i])
    return list(lines)


def _is_article(line: Line) -> bool:
    return bool(ARTICLE.fullmatch(line.text))


def read_kind(title: str) -> str | None:
    """What the act is: the first of the words 'avenant', 'convention', 'appel'… of its title; an
    avenant where a numbered one stands beside the convention."""
    if NUMBERED_AVENANT.search(title):
        return "avenant"
    found = [(m.start(), kind) for kind, word in KINDS.items() if (m := word.search(title))]
    return min(found)[1] if found else None


def read_facts(
    lines: Sequence[Line],
    furniture: Sequence[PlacedText],
    annexes: Sequence[AnnexHeading],
    vocabulary: Vocabulary,
) -> list[Fact]:
    """The facts that the prose of a document states, in the order of the contract.

    `party.<role>` facts hold the paragraph that introduces the party; the columns drawn from them
    (`beneficiary`, `state_representative`…) are given beside.
    """
    title, title_lines = read_title(lines, vocabulary)
    whole = Passage.of(lines, vocabulary)
    facts: list[Fact] = []
    if title:
        facts += _title_facts(title, title_lines)
    if not any(f.name == "period_start" for f in facts):
        facts += _period(whole)
    facts += _parties(lines, vocabulary)
    facts += _contact(lines, {f.name for f in facts})
    facts += _deliberation(whole)
    facts += _dates(lines, furniture)
    facts += _budget(whole)
    facts += _bank(whole)
    facts += _siret(whole, facts)
    told = _exercise(annexes, whole, _years_agreed(facts))
    facts += _later(told, _titled_exercise(title, title_lines))
    return facts


def _title_facts(title: str, lines: Sequence[Line]) -> list[Fact]:
    where, facts = place(lines[0]), []
    facts.append(Fact(name="title", value=title, quote=title, place=where))
    kind = read_kind(title)
    if kind:
        facts.append(Fact(name="kind", value=kind, quote=title, place=where))
    period = read_period(title)
    if period:
        for name, year in (("period_start", period.start), ("period_end", period.end)):
            facts.append(Fact(name=name, value=str(year), quote=title, place=where))
    return facts


def _period(whole: Passage) -> list[Fact]:
    """The years that the act says it holds for: the first sentence on its duration that does."""
    for match in SENTENCE.finditer(whole.text):
        sentence = match[0].strip()
        period = read_term(sentence) if HOLDS.search(sentence) else None
        if (year := ONE_YEAR.search(sentence)) and "avenant" not in sentence.lower():
            period = period or Period(int(year["year"]), int(year["year"]))
        if period:
            years = (("period_start", period.start), ("period_end", period.end))
            return [_fact(n, whole, match.start(), str(year), sentence) for n, year in years]
    return []


# --- parties -----------------------------------------------------------------------------------


def _parties(lines: Sequence[Line], vocabulary: Vocabulary) -> list[Fact]:
    facts: list[Fact] = []
    seen: set[str] = set()
    blocks = [
        (block, join_lines([line.text for line in block], vocabulary))
        for block in _party_blocks(lines)
    ]
    introduced = (
        (block, text)
        for block, paragraph in blocks or _parties_in_a_sentence(lines, vocabulary)
        for text in NEXT_PARTY.split(paragraph)
    )
    for block, text in introduced:
        party = read_party(text)
        if party is None or party.organisation.lower() in seen:
            continue
        seen.add(party.organisation.lower())
        others = [f for f in facts if f.name in ("party.beneficiary", "party.partner")]
        role = "state" if party.kind == "state" else "partner" if others else "beneficiary"
        where = place(block[0])
        facts.append(Fact(name=f"party.{role}", value=text, quote=text, place=where))
        for name, value in _party_columns(role, party):
            facts.append(Fact(name=name, value=value, quote=text, place=where))
    return facts


def opens_parties(line: Line) -> bool:
    """Does the list of the parties begin with `line`: 'Entre', 'L'État, représenté par …'?"""
    return bool(BETWEEN.match(line.text) or STATE_PARTY.match(line.text))


def _party_columns(role: str, party: Party) -> Iterator[tuple[str, str]]:
    if role == "beneficiary":
        yield "beneficiary", party.organisation
    if role in ("state", "beneficiary") and party.representative:
        yield f"{role}_representative", party.representative


def _party_blocks(lines: Sequence[Line]) -> Iterator[list[Line]]:
    """The paragraphs between 'Entre' and what the parties agree on, one a party."""
    start = next((i for i, line in enumerate(lines) if BETWEEN.match(line.text)), None)
    if start is None:  # L'État, représenté par …, d'une part, Et … : without the word
        front = itertools.takewhile(lambda line: not _is_article(line), lines)
        start = next((i for i, line in enumerate(front) if STATE_PARTY.match(line.text)), None)
    if start is None:
        return
    first = re.sub(
        r"^(?:(?:.*\s)?entre\s*:$|(?:Entre|ENTRE)\s*(?:les soussignés)?\s*:?\s*)",
        "",
        lines[start].text,
    )
    block: list[Line] = [lines[start]] if len(first) > 20 else []
    for line in lines[start + 1 : start + 80]:
        text = line.text.strip()
        if _ends_parties(line):
            break
        introduced = any("représent" in other.text for other in block)
        alone = PARTY_BREAK.fullmatch(text) or (introduced and SIRET_LINE.match(text))
        if alone or (block and _opens_party(line, block)):
            if block:
                yield block
            block = [] if alone else [line]
            continue
        block.append(line)
    if block:
        yield block


def _parties_in_a_sentence(
    lines: Sequence[Line], vocabulary: Vocabulary
) -> Iterator[tuple[list[Line], str]]:
    """The sentence that says between whom the act is made, where no 'Entre' opens a list."""
    whole = Passage.of(lines, vocabulary)
    if match := CONCLUDED.search(whole.text):
        sentence = re.split(r"(?<!\bM)(?<!\bMM)\.\s", whole.text[match.end() :], maxsplit=1)[0]
        yield [whole.at(match.end())], sentence


def _ends_parties(line: Line) -> bool:
    text = line.text.strip()
    return bool(
        AGREED.match(text) or PREAMBLE.fullmatch(text) or RECITAL.match(text) or _is_article(line)
    )


def _opens_party(line: Line, block: Sequence[Line]) -> bool:
    """Does a new party begin here: a new paragraph that names who is represented?"""
    gap = line.box.top - block[-1].box.top
    spaced = line.page != block[-1].page or gap > 1.35 * (block[-1].box.height + 1)
    closed = block[-1].text.rstrip().endswith((",", ";", ".", "»", "part", ")", " et", " ET"))
    opens = re.match(
        rf"(?:(?:ET|[Ee]t)\s*:?\s+)?(?:[Dd]['’]autre part\s*,\s+)?"
        rf"(?:(?:la|le|les)\s|l['’])?(?:[A-ZÀ-Ý]|{LOCAL})"
        r"|(?:[-–•]|\d[.)°])\s",
        line.text,
    )
    return bool(spaced and opens and (closed or AND.match(line.text)))


def _contact(lines: Sequence[Line], known: set[str]) -> list[Fact]:
    """What the contact sheet adds where the parties' paragraph is silent."""
    cleaners: dict[str, Callable[[str], str | None]] = {
        "beneficiary": clean_organisation,
        "beneficiary_representative": lambda text: read_person(text).name,
    }
    facts = []
    for name, pattern in CONTACT.items():
        for line in lines:
            match = pattern.search(line.text)
            value = cleaners[name](match["value"]) if match and name not in known else None
            if value and re.search(r"\w{2}", value):
                facts.append(Fact(name=name, value=value, quote=line.text, place=place(line)))
                break
    return facts


# --- references and dates ------------------------------------------------------------------------


def _deliberation(whole: Passage) -> list[Fact]:
    """The deliberation that approves the act: the first one recited, else the first one named, else
    the decision of a bureau or president that stands for it."""
    named = list(DELIBERATION.finditer(whole.text))
    matches = named or list(DECISION.finditer(whole.text))
    recited = [
        m
        for m in matches
        if re.search(r"\bVu\s+la\s+$", whole.text[max(0, m.start() - 20) : m.start()])
    ]
    for match in recited or matches:
        sentence = re.split(r";|(?<!\bréf)\.\s|\n", _window(whole.text, match.start(), 260))[0]
        reference = match["ref"] or match["bare"]
        if reference is None and (later := REFERENCE.search(sentence)):
            reference = later["ref"]
        dates = read_dates(sentence)
        if reference is None and not dates:
            continue
        where = place(whole.at(match.start()))
        facts = []
        if reference:
            facts.append(
                Fact(name="deliberation_ref", value=reference, quote=sentence, place=where)
            )
        if dates:
            value = dates[0].value.isoformat()
            facts.append(Fact(name="deliberation_on", value=value, quote=sentence, place=where))
        return facts
    return []


def _signed(lines: Sequence[Line]) -> Fact | None:
    """The date that "Fait à …, le …" states, else that of a line "<town>, le …" below articles."""
    found: Fact | None = None
    below = False
    for line, following in pairwise([*lines, *lines[-1:]]):
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


def _dates(lines: Sequence[Line], furniture: Sequence[PlacedText]) -> list[Fact]:
    facts = [fact] if (fact := _signed(lines)) else []
    for stamp in furniture:
        dates = read_dates(stamp.text) if RECEIVED.search(stamp.text) else []
        if dates:
            value = dates[0].value.isoformat()
            facts.append(Fact(name="received_on", value=value, quote=stamp.text, place=stamp.place))
            break
    return facts


def _years_agreed(facts: Sequence[Fact]) -> list[str]:
    """The years of a convention for several; [] of an avenant, which amends one of its own year."""
    told = {f.name: f.value for f in facts}
    if told.get("kind") != "convention" or "period_start" not in told:
        return []
    return [str(y) for y in range(int(told["period_start"]), int(told["period_end"]) + 1)]


def _exercise(annexes: Sequence[AnnexHeading], whole: Passage, agreed: Sequence[str]) -> list[Fact]:
    """The exercise that the annexes' headings name, those that look back aside, else the last one
    that a sum is granted for; the first where each of the years `agreed` on has its sum."""
    for annex in annexes:
        if LOOKS_BACK.search(annex.title):
            continue
        mentions = read_exercises(annex.title)
        if mentions:
            value = mentions[-1].exercise
            return [Fact(name="exercise", value=value, quote=annex.title, place=annex.place)]
    found = []
    for match in SENTENCE.finditer(whole.text):
        sentence = match[0].strip()
        if GRANTED_FOR.search(sentence) and read_amounts(sentence):
            found += [(e, match.start(), sentence) for e in _granted_exercises(sentence)]
    if not found:  # L'État accorde 96 750 € pour 2025
        for match in SENTENCE.finditer(whole.text):
            sentence = match[0].strip()
            if read_amounts(sentence):
                found += [(e, match.start(), sentence) for e in _granted_exercises(sentence)]
        if len({exercise for exercise, _, _ in found}) != 1:
            return []
    scheduled = len(agreed) > 1 and {exercise for exercise, _, _ in found} == set(agreed)
    latest = [f for f in found if f[0] == agreed[0]] if scheduled else found
    value, at, sentence = max(latest, key=lambda f: (f[0], -f[1]))
    return [_fact("exercise", whole, at, value, sentence)]


def _later(told: list[Fact], titled: list[Fact]) -> list[Fact]:
    """The exercise that is `told`, unless the one in the title begins after it: an act of 2024 that
    only names what was left of 2023."""
    ends_before = told and titled and told[0].value[-4:] < titled[0].value[:4]
    return titled if ends_before or not told else told


def _granted_exercises(sentence: str) -> list[str]:
    """The exercises that `sentence` names, but for those that money is left over from."""
    mentions = read_exercises(sentence)
    return [m.exercise for m in mentions if not LEFT_FROM.search(sentence[: m.start])]


def _titled_exercise(title: str, lines: Sequence[Line]) -> list[Fact]:
    """The exercise that the title names: 'Exercice 2023-2024', its only year: 'Convention 2025', or
    the season of its dates: '1er juillet 2024 – 30 juin 2025'. An avenant's title may name the
    year of its convention alone."""
    exercise = read_exercise(title) if TITLED_FOR.search(title) else None
    years = set(re.findall(r"\b20\d\d\b", title))
    if exercise is None and len(years) == 1 and read_kind(title) == "convention":
        exercise = years.pop() if not read_dates(title) else None
    period = read_period(title) if read_dates(title) else None
    if exercise is None and period and period.end == period.start + 1:
        exercise = f"{period.start}-{period.end}"
    if exercise is None:
        return []
    return [Fact(name="exercise", value=exercise, quote=title, place=place(lines[0]))]


# --- money ---------------------------------------------------------------------------------------


def _budget(whole: Passage) -> list[Fact]:
    """The budget line: programme, action, activity, account, as one passage states them."""
    best: list[Fact] = []
    for programme in PROGRAMME.finditer(whole.text):
        start = programme.start()
        window = _window(whole.text, start, len(programme[0]) + BUDGET_WINDOW)
        facts = [_fact("programme", whole, start, programme["value"], window)]
        for name, patterns in (
            ("budget_action", (BUDGET_ACTION, DOMAIN)),
            ("activity_code", ACTIVITY),
            ("pce_account", (PCE,)),
        ):
            match = next((m for p in patterns if (m := p.search(window))), None)
            if match:
                at = start + match.start()
                facts.append(_fact(name, whole, at, match["value"], window))
        if len(facts) > len(best):
            best = facts
    return best


def _window(text: str, start: int, length: int) -> str:
    """`length` characters of `text`, fewer where that would cut a contact in two."""
    longer = text[start : start + length + LONGEST_CONTACT]
    cut = (c.start for c in find_contacts(longer) if c.start < length < c.end)
    return longer[: min(cut, default=length)]


def _fact(name: str, whole: Passage, position: int, value: str, quote: str) -> Fact:
    where: Place = place(whole.at(position))
    return Fact(name=name, value=value, quote=quote, place=where)


def _bank(whole: Passage) -> list[Fact]:
    facts: list[Fact] = []
    if found := find_iban(whole.text):
        at, masked = whole.text.index(found), mask_iban(found)
        valid = "true" if iban_is_valid(found) else "false"
        for name, value in (("iban_masked", masked), ("iban_valid", valid)):
            facts.append(_fact(name, whole, at, value, f"IBAN : {masked}"))
    if rib := find_rib(whole.text):
        at, account = rib
        masked, valid = mask_rib(account), "true" if rib_is_valid(account) else "false"
        for name, value in (("rib_masked", masked), ("rib_valid", valid)):
            facts.append(_fact(name, whole, at, value, f"RIB : {masked}"))
    bic = BIC.search(whole.text)
    if bic:
        facts.append(_fact("bic", whole, bic.start(), bic["value"], bic[0]))
    return facts


def _siret(whole: Passage, facts: Sequence[Fact]) -> list[Fact]:
    """The first SIRET from the beneficiary's paragraph on (the State may give its own before), else
    the first of all."""
    party = next((f.place for f in facts if f.name == "party.beneficiary"), None)
    found = []
    for match in re.finditer("SIRET", whole.text):
        quote = _window(whole.text, match.start(), len("SIRET") + SIRET_REACH)
        if value := read_siret(quote):
            found.append(_fact("siret", whole, match.start(), value, quote))
    behind = [f for f in found if party and (f.place.page, f.place.top) >= (party.page, party.top)]
    return [*behind, *found][:1]
