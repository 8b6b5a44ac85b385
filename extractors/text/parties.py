"""The parties of an act: whom its opening names, and whom its contact sheet adds."""

import itertools
import re
from collections.abc import Callable, Iterator, Sequence

from extractors.numbering import PLAIN
from extractors.pages.furniture import place
from extractors.pages.page import Line
from extractors.text.headings import AGREED, PREAMBLE, RECITAL, is_article
from extractors.text.passages import Passage
from normalizers.parties import (
    BODY,
    CIVILITY,
    LEAD,
    LOCAL,
    ON_BEHALF,
    STATE,
    Party,
    clean_organisation,
    is_called_beneficiary,
    read_party,
    read_person,
)
from normalizers.words import Vocabulary, join_lines
from pipeline.extracted import Fact

# Entre les soussignés : · Entre l’État, représenté par …, et la métropole, représentée par …
# Entre, d'une part, l'État, représenté par …, et, d'autre part, … · Entre : d'une part l'État,
# Entre l'administration, représentée par … · La présente convention est conclue entre :
BETWEEN = re.compile(
    r"(?:Entre|ENTRE)\b(?i:\s+les (?:parties )?soussignée?s\b)?(?:.{0,25}$"
    r"|(?:\s*[,:]?\s*d['’]une part\s*,?)?\s*:?\s+"
    r"(?:[Ll]['’][ÉE](?:tat|TAT)\s*(?:[,(]|repr[ée]sent)"
    r"|(?:[Ll]['’]|[Ll][ae]\s)[^.;]{3,80}\brepr[ée]sentée?\s+par\b"
    r"|[Ll]a [Dd]irection (?:départementale|régionale)\b|[Ll]a [Pp]réfecture\b"
    r"|[Ll][ae] [Pp]réf[eè]te?\b))"
    r"|(?:Conclue?|Passée?|Signée?) entre\s*:$"
    r"|L[ea] \w.{0,60}\bentre\s*(?:les soussigné[^:]{0,9})?:$"
    r"|(?:Les|LES)\s(?i:parties(?: signataires| contractantes)?)\s*:$"
)
# L'État, ministère de la transition écologique, représenté par
STATE_PARTY = re.compile(
    r"L['’][ÉE](?:tat|TAT)\s*,?\s*(?:(?:ci-après|minist[èe]re|pr[ée]fecture)\b[^.;]{0,80},\s*)?"
    r"(?:pris|repr[ée]sent|REPR[ÉE]SENT)"
)
STATE_ALONE = re.compile(r"[Ll]['’][ÉE](?:tat|TAT)\s*,?")  # Entre l'État, / représenté par …
# …, et la Ville de Limoges, représentée par … · …, la Ville de Limoges, représentée par … ·
# …, Limoges Métropole, représentée par … · … ;
# la Ville de Limoges, représentée par … · …, Limoges Métropole (SIRET …)
NEXT_PARTY = re.compile(
    rf"(?:\s*[,;]?\s+(?:et|ET)(?:\s*:|\s*,?\s*d['’](?:une|autre)\s+part\s*,?)?\s+(?=(?:l[ae]\s|l['’])?(?:[A-ZÀ-Ý]|{LOCAL}))"
    rf"|\s*,\s+(?=(?:l[ae]\s|l['’])[A-ZÀ-Ý]|L['’][ÉE](?:tat|TAT)\b|(?:[Ll][ae]\s|[Ll]['’])(?i:{LOCAL})"
    r"|(?!SIRE|RNA\b|M\.|Mme|Madame|Monsieur)(?P<bare>[A-ZÀ-Ý])[^.,;]{2,60},"
    r"\s(?:dûment\s)?(?i:repr[ée]sentée?\spar)\b)"
    rf"|\s*;\s+(?=(?:[Ll][ae]\s|[Ll]['’])?(?:[A-ZÀ-Ý]|{LOCAL})))"
    r"(?=[^,;]{2,90}(?:,(?![^,;]*\bet\s)[^,;]{0,120}){0,3}(?:,[^,;]{0,60}|\s)(?i:repr[ée]sent))"
    rf"|\s*,\s+(?=(?:l[ae]\s|l['’])?(?:[A-ZÀ-Ý]|{LOCAL})[^,;()]{{2,80}}\((?:[Nn]°\s*(?:de\s)?)?SIRET\b)"
    rf"|\s*[,;]?\s+(?i:et)\s*,?\s+(?={ON_BEHALF.pattern})"
)
# …, et d'autre part, Eurovallée · ; Eurovallée · et la Ville de Limoges : whatever stands before
PARTED = re.compile(r"\bpart\b|^\s*[,;]")
NAMED_PARTY = re.compile(rf"(?:l[ae]\s|l['’])?{LOCAL}")
IN_STREET = re.compile(
    r"\b(?:rue|place|avenue|boulevard|cours|quai|all[ée]e|chemin|impasse|square|esplanade)\s[^,;]*$",
    re.IGNORECASE,
)
# Le présent pacte est conclu entre l'État, représenté par …, et …, représentée par ….
CONCLUDED = re.compile(
    r"\b(?:conclue?|pass[ée]e?|sign[ée]e?|établie?)\s+entre\s*:?\s+(?=(?:l['’]|L['’])[ÉE]tat)"
)
OF_PARTY = re.compile(r"[ÉE]TAT\b|REPR[ÉE]SENT")  # 1) L'ÉTAT; but 1 – OBJET ends the parties
FIRST = ("1", "I", "A")  # numbers of the first article of an act that goes without the word
PARTY_BREAK = re.compile(
    r"(?:Et|ET|et)\s*,?\s*(?:d['’](?:une|autre) part\s*,?\s*)?:?$"
    r"|(?:D['’](?:une|autre) part)\s*[,;.:]?$",
    re.IGNORECASE,
)
AND = re.compile(r"(?:Et|ET)\s*:")
# - la Ville de Limoges, ayant pour représentant … · 2° Le Département, pris en la personne de … :
# in a list of the parties
LISTED = re.compile(
    rf"[-–—•]\s+(?:[Ll]['’]|[Ll](?:a|es?)\s)(?=[ÉEA-Z]|{LOCAL})"
    r"|\d\s?[.)°]\s+(?:[Ll]['’]|[Ll](?:a|es?)\s)?[A-ZÀ-Ý]"
)
OF_PEOPLE = re.compile(r"\brepr[ée]sentée?s?\s+par\s*:$")  # … : - Mme X, préfète, - M. Y, préfet
BEFORE_NAME = re.compile(r"\b(?:MM?|Mr|Dr|Pr)\.$")  # …, représentée par son président, M.
IN_ITS_NAME = re.compile(
    r"repr[ée]sent|\ben la personne d|\bagissant (?:par|poursuites)\b", re.IGNORECASE
)
# Une subvention de 164 000 € est attribuée à la communauté d'agglomération X, au titre de …
GRANTEE = re.compile(
    r"\b(?:subvention|dotation|aide|concours)\b[^.;]{0,160}?"
    r"\b(?:attribu|accord|allou|octroy|vers)ée?s?\s+(?:à\s+(?:l['’]|la\s)|au\s)"
    rf"(?P<value>(?i:{LOCAL})[^,;.()]{{2,80}}?)"
    r"(?=\s*[,;.(]|\s+(?:au titre|pour|dans le cadre|en vue|afin|une?|d['’]un)\b)"
)
# X (SIRET …), représentée par son maire, M. Y, au titre de
ITS_REPRESENTATIVE = re.compile(
    r"(?:\s*\([^()]{2,80}\))?\s*,\s*repr[ée]sentée?\s+par\s+"
    r"(?P<value>(?:[^;.()]|(?<=\bM)\.|(?<=\bMme)\.){5,120}?)"
    r"(?=\s*(?:[;(]|(?<!\bM)(?<!Mme)\.\s|$)|,?\s(?:au titre|pour|dans le cadre|en vue|afin)\b)"
)
# LA PRÉFÈTE DE LA RANCE, · Le préfet de la région X : above ARRÊTE, who makes an order; below it,
# who signs it
AUTHORITY = re.compile(r"(?P<head>L[ea] pr[ée]f[eè]te?\b(?:[^,;.]{0,60}))(?:,|$)", re.IGNORECASE)
ORDERS = re.compile(r"(?:ARR[ÊE]TE|D[ÉE]CIDE)(?:NT)?\s*:?$")
FAR = 80  # lines at most in which an act names its parties
SIRET_LINE = re.compile(r"(?:N°\s*(?:de\s+)?)?SIRET\b", re.IGNORECASE)
CONTACT = {
    "beneficiary": re.compile(
        r"Nom de (?:l['’]EPCI|la collectivité(?: cheffe de file)?)\s*:\s*(?P<value>\S.*)"
    ),
    "beneficiary_representative": re.compile(
        r"Nom d[ue] (?:président|maire|représentant)[^:]{0,30}:\s*(?P<value>\S.*)"
    ),
}


def read_parties(lines: Sequence[Line], vocabulary: Vocabulary) -> list[Fact]:
    facts: list[Fact] = []
    parties = _parties(lines, vocabulary)
    others = [text for text, (party, _) in parties.items() if party.kind != "state"]
    lead = next((text for text in others if is_called_beneficiary(text)), others[:1] and others[0])
    for text, (party, line) in parties.items():
        role = "state" if party.kind == "state" else "beneficiary" if text == lead else "partner"
        where = place(line)
        facts.append(Fact(name=f"party.{role}", value=text, quote=text, place=where))
        for name, value in _party_columns(role, party):
            facts.append(Fact(name=name, value=value, quote=text, place=where))
    return facts


def _parties(lines: Sequence[Line], vocabulary: Vocabulary) -> dict[str, tuple[Party, Line]]:
    """The parties, each once, with the line above what introduces it, by the text that does."""
    blocks = [
        (block, join_lines([line.text for line in block], vocabulary))
        for block in _party_blocks(lines)
    ]
    found: dict[str, tuple[Party, Line]] = {}
    seen: set[str] = set()
    for block, paragraph in blocks or _parties_in_a_sentence(lines, vocabulary):
        for text in _introduced(paragraph):
            party = read_party(text)
            if party and party.organisation.lower() not in seen:
                seen.add(party.organisation.lower())
                found[text] = party, block[0]
    return found


def _introduced(paragraph: str) -> Iterator[str]:
    """The texts that introduce one party each; 'et' may stand in a street ('9 rue Jean et Eva Roy')
    or in a name ('Communauté d'agglomération Sauldre et Forêts')."""
    start = 0
    for match in NEXT_PARTY.finditer(paragraph):
        before = paragraph[start : match.start()]
        named = PARTED.search(match[0]) or NAMED_PARTY.match(paragraph, match.end())
        sure = named and not match["bare"]  # …, 3 rue Haute, Limoges, représentée par
        if (sure or _introduces(before)) and not IN_STREET.search(before):
            yield before
            start = match.end()
    yield paragraph[start:]


def _introduces(text: str) -> bool:
    """Does `text` introduce a party, by who represents it or as the State?"""
    return IN_ITS_NAME.search(text) is not None or STATE.match(LEAD.sub("", text)) is not None


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
    start = _where_parties_begin(lines)
    if start is None:
        return
    first = re.sub(
        r"^(?:(?:.*\s)?entre\s*:$|(?:Entre|ENTRE)\s*(?:les soussignés)?\s*:?\s*)",
        "",
        lines[start].text,
    )
    named = len(first) > 20 or STATE_ALONE.fullmatch(first)
    block: list[Line] = [lines[start]] if named else []
    for line in lines[start + 1 : start + FAR]:
        text = line.text.strip()
        if _ends_parties(line):
            break
        introduced = any(IN_ITS_NAME.search(other.text) for other in block)
        alone = PARTY_BREAK.fullmatch(text) or (introduced and SIRET_LINE.match(text))
        if alone or (block and _opens_party(line, block)):
            if block:
                yield block
            block = [] if alone else [line]
            continue
        block.append(line)
    if block:
        yield block


def _where_parties_begin(lines: Sequence[Line]) -> int | None:
    """The line 'Entre' below which somebody is represented, and not one of the title, in capitals;
    else that of the State: L'État, représenté par …, d'une part, Et …."""
    between = [i for i, line in enumerate(lines) if BETWEEN.match(line.text)]
    if between:
        ends = [*between[1:], len(lines)]
        told = (
            start
            for start, end in zip(between, ends, strict=True)
            if any(IN_ITS_NAME.search(line.text) for line in lines[start:end][:FAR])
        )
        return next(told, between[0])
    front = itertools.takewhile(lambda line: not is_article(line), lines)
    return next((i for i, line in enumerate(front) if STATE_PARTY.match(line.text)), None)


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
    numbered = PLAIN.fullmatch(text)
    told = numbered and (STATE.match(numbered["title"]) or BODY.search(numbered["title"]))
    first = numbered and numbered["number"] in FIRST and not IN_ITS_NAME.search(text)
    person = numbered and CIVILITY.match(numbered["title"])
    set_off = line.bold or (first and not person)
    titled = numbered and (
        (text.isupper() and not OF_PARTY.search(text))
        or (set_off and not told and not text.endswith((",", ";")))
    )
    return bool(
        titled
        or AGREED.match(text)
        or PREAMBLE.fullmatch(text)
        or RECITAL.match(text)
        or is_article(line)
    )


def _opens_party(line: Line, block: Sequence[Line]) -> bool:
    """Does a new party begin here: a new paragraph that names who is represented?"""
    gap = line.box.top - block[-1].box.top
    spaced = line.page != block[-1].page or gap > 1.35 * (block[-1].box.height + 1)
    above = block[-1].text.rstrip()
    closed = above.endswith((",", ";", ".", "»", "part", ")", " et", " ET"))
    closed = closed and not BEFORE_NAME.search(above)
    opens = re.match(
        rf"(?:(?:ET|[Ee]t)\s*:?\s+)?(?:[Dd]['’]autre part\s*,?\s+)?"
        rf"(?:(?:la|le|les)\s|l['’])?(?:[A-ZÀ-Ý]|{LOCAL})"
        r"|(?:[-–—•]|\d[.)°])\s",
        line.text,
    )
    listed = LISTED.match(line.text) and any(IN_ITS_NAME.search(other.text) for other in block)
    if AND.match(line.text) or listed:  # ET : la commune de …, in lines however tight
        return bool(opens)
    people = any(OF_PEOPLE.search(other.text) for other in block)
    person = CIVILITY.match(LEAD.sub("", line.text) if people else line.text)
    return bool(spaced and opens and not person and closed)


def read_grantee(act: Passage) -> list[Fact]:
    """To whom an order that names no parties grants its money."""
    match = GRANTEE.search(act.text)
    if match is None:
        return []
    where = place(act.at(match.start("value")))
    facts = {"beneficiary": clean_organisation(match["value"])}
    by = ITS_REPRESENTATIVE.match(act.text, match.end())
    if by and (person := read_person(by["value"]).name):
        facts["beneficiary_representative"] = person
    quote = act.text[match.start() : by.end() if by else match.end()]
    return [Fact(name=n, value=value, quote=quote, place=where) for n, value in facts.items()]


def read_grantor(lines: Sequence[Line]) -> list[Fact]:
    """The State, as the authority that makes an order, with the name of who signs it for itself."""
    at = next((i for i, line in enumerate(lines) if ORDERS.match(line.text)), len(lines))
    above = ((line, AUTHORITY.match(line.text)) for line in lines[:at])
    found = next(((line, match["head"]) for line, match in above if match), None)
    if found is None or at == len(lines):
        return []
    line, head = found
    signed = (
        read_party(f"{signing.text.rstrip(' ,')}, {below.text}")
        for signing, below in itertools.pairwise([*lines[at:], lines[-1]])
        if AUTHORITY.match(signing.text)
    )
    name = next((party.representative for party in signed if party and party.representative), None)
    text, where = f"{head}, {name}" if name else head, place(line)
    facts = [Fact(name="party.state", value=text, quote=text, place=where)]
    if name:
        facts.append(Fact(name="state_representative", value=name, quote=text, place=where))
    return facts


def read_contact(lines: Sequence[Line], known: set[str]) -> list[Fact]:
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
