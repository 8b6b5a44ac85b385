"""Personal and bank data in a text: where they stand, and what replaces them.

What counts is the policy of `normalizers/privacy.py`.
"""

import re
from collections.abc import Collection, Iterable, Iterator
from typing import NamedTuple

from normalizers.accounts import IBAN_LENGTHS, account_numbers, ibans, mask_iban
from normalizers.parties import CIVILITY, NAME, OFFICE, PARTICLE

PHONE_MARK, MAIL_MARK, ACCOUNT_MARK, NAME_MARK = "[téléphone]", "[courriel]", "[compte]", "[nom]"
AT = re.compile(r"@|[(\[](?:at|a|arobase)[)\]]|\sarobase\s", re.IGNORECASE)
MAIL = re.compile(
    rf"(?<![\w.+'-])(?:[\w.+'-]{{1,64}}\s{{0,2}}(?:{AT.pattern})\s{{0,2}}"
    r"[\w-]{1,63}(?:-\s\w{1,63})?(?:\.[\w-]{1,63}|\s?\.\s?(?:gouv|fr|com|org|net|eu)\b)+"
    r"|[\w.+'-]{1,64}@[\w-]{2,63}\b)",
    re.IGNORECASE,
)
PHONE = re.compile(  # in pairs, or with the blanks elsewhere
    r"(?<![\w.,/-])(?:\(?(?:\+|\b00)\s?33\)?[\s.-]?(?:\(0\))?[\s.-]?|\(0\)\s?|0)[1-9]"
    r"(?:\d{8}|(?P<gap>[ \u00a0\u202f.\-/])\s?\d\d(?:(?:(?P=gap)\s?|\s)\d\d){3}"
    r"|(?:\s\.\s\d\d){4}|[\s.-]\d{8}|[\s.-]\d\d[\s.-]\d{3}[\s.-]\d{3}"
    r"|\d[\s.-]\d{3}[\s.-]\d\d[\s.-]\d\d|\d\d(?:[\s.-]\d\d){3})"
    r"(?![\w€]|[.,/]\d|\s?€|\s?euros)"
)
ABROAD = re.compile(  # no "+30 000 €", no "+12 500 000"
    r"(?<![\w.,/+-])\+(?!\d{1,3}(?:\s\d{3})*(?!\s?\d))(?=(?:[\s().-]*\d){9,15}(?![\s().-]*\d))"
    r"[1-9]\d{0,2}(?:[\s.-]?\(?\d{1,9}\)?)+(?!\s?(?:[k€%]|euros))"
)
LABELLED_PHONE = re.compile(
    r"\b(?:t[ée]l(?:[ée]phone)?|portable|mobile|mob|gsm|fax|télécopie)\b[\s.:n°]{0,6}"
    r"(?P<number>[+(O]?\d(?:[\s.()/_-]{0,2}\d){5,14})(?!\d)",
    re.IGNORECASE,
)
NUMBERED = re.compile(  # a code of ten digits that its words tell from a telephone number
    r"(?:activit|compte|\bPCE|programme|domaine|siret|siren|\bcode|tiers|engagement)[^\d:;.]{0,30}"
    r":?\s*$",
    re.IGNORECASE,
)
ACCOUNT_LABEL = re.compile(
    r"\s*(?:(?:n°|numéro|no)\s+(?:(?:de|du)\s+)?compte(?:\s+bancaire)?|clé(?:\s+RIB)?|RIB|IBAN"
    r"|(?:code\s+)?(?:banque|établissement|guichet))\s*:?\s*",
    re.IGNORECASE,
)
STAFF = (
    r"(?:chargée?s?\s+(?:de\s+mission|d['’](?:opération|étude)s?|du\s+dossier|de\s+projet)"
    r"|chef(?:fe)?s?\s+(?:de\s+projet|(?:de|du)\s+(?:service|bureau|pôle)|d['’]unité)"
    r"|responsables?\s+(?:(?:de|du)\s+(?:service|bureau|pôle|secteur)|d['’]unité|de\s+l['’]unité)"
    r"|coord(?:in|onn)at(?:eur|rice)s?|assistante?s?"
    r"|référente?s?|interlocut(?:eur|rice)s?|gestionnaires?\s+(?:de|du)\s+dossiers?)"
)
CONTACT = (
    r"(?:(?:affaire|dossier)\s+suivie?\s+par|suivie?\s+par|(?:personne|nom\s+du)\s+"
    r"(?:à\s+contacter|contact|référent)|contacts?|correspondante?s?"
    r"|rédact(?:eur|rice)s?|responsable\s+du\s+dossier|" + STAFF[3:]
)
LABELLED_NAME = re.compile(
    rf"\b(?:(?i:{CONTACT})\s*:\s*|(?i:{STAFF})[^\S\n][^:;.\n\d]{{1,40}}:\s*|(?i:suivie?\s+par)\s+)"
    rf"(?P<name>(?:{CIVILITY.pattern})?{NAME.pattern})"
)
NAMED_STAFF = re.compile(
    rf"(?:{CIVILITY.pattern})?(?P<name>{NAME.pattern})\s*[,(–-]\s*(?i:{STAFF})\b"
)
SAID_OF_STAFF = re.compile(CONTACT)  # in lower case
CONTACT_LABEL = re.compile(rf"\s*{CONTACT}\s*:?\s*", re.IGNORECASE)
POLITE_NAME = re.compile(
    r"\b(?:(?:M\.|MM\.|Mme|Mmes|Mr|Monsieur|Madame|Mlle)\s+)"
    rf"(?P<name>(?:{NAME.pattern}|[A-ZÀ-Ý][\w'’-]+)(?:\s+et\s+[A-ZÀ-Ý][\w'’-]+)?)"
)
NAME_BEFORE = re.compile(
    rf"(?P<name>(?:{CIVILITY.pattern})?{NAME.pattern})"
    r"(?:\s*[,;:(–-]\s*|\s+)(?:(?:t[ée]l|mail|courriel|e-mail|portable|mob)\w*\.?\s*:?\s*)?$"
)
INSTITUTION = re.compile(
    r"\b(?:pr[ée]f|ville|mairie|commune|m[ée]tropole|communaut|agglo|d[ée]partement|r[ée]gion|"
    r"direction|service|p[ôo]le|mission|conseil|association|fondation|f[ée]d[ée]ration|union|"
    r"agence|centre|maison|bureau|secr[ée]tariat|standard|accueil|pr[ée]sidence|cabinet|habitat|"
    r"logement|d[ée]l[ée]gation|unit[ée]|office|caisse|institut|h[ôo]pital|[ée]tat|si[èe]ge|"
    r"adresse|place|rue|avenue|boulevard|cours|quai|all[ée]e|cedex)"
    r"|^(?-i:[A-Z]{2,5}\b)",
    re.IGNORECASE,
)
REPRESENTS = re.compile(r"repr[ée]sent|signataire|soussign|^pour\s+l", re.IGNORECASE)
_SPACES = r"\s\v" + "\x1c-\x1f\x85\u00a0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000"
_SPACED = f"[{_SPACES}()./_-]"  # what stands between the digits of a number
_COUNTRIES = "|".join(f"{_SPACED}{{0,2}}".join(code) for code in IBAN_LENGTHS)
# What a text must show to hold anything that `find_contacts` finds, and cheap to look for: no
# lookaround, and classes spelt out, so that a database's engine reads it as Python does.
SIGNS = "|".join(
    (
        rf"[0-9](?:{_SPACED}{{0,3}}[0-9]){{9}}",
        rf"\+(?:{_SPACED}*[0-9]){{9}}",
        rf"(?i:{_COUNTRIES}){_SPACED}{{0,2}}[0-9]{_SPACED}{{0,2}}[0-9]"
        rf"(?:[A-Za-z{_SPACES}.-]{{0,20}}[0-9]){{8}}",
        rf"@|(?i:arobase|[(\[]a(?:t|robase)?[)\]]|\biban\b|guichet[{_SPACES}:]*[0-9]{{5}})",
        rf"(?i:t[ée]l(?:[ée]phone)?|portable|mob(?:ile)?|gsm|fax|copie)[{_SPACES}.:n°N]{{0,6}}"
        rf"[+(Oo]?[0-9](?:{_SPACED}{{0,2}}[0-9]){{5}}",
        rf"(?i:compte|bancaire|clé|rib|banque|établissement|guichet)[{_SPACES}]*"
        rf"(?:[nN]°[{_SPACES}]*)?:",
        rf"(?i:{CONTACT})".replace(r"\s", f"[{_SPACES}]"),
        rf"(?:MM?\.|Mmes?|Mr|Monsieur|Madame|Mlle)[{_SPACES}]+[A-ZÀ-Ý]",
    )
)
NEARBY = 90  # characters around a name in which an office makes it public


class Contact(NamedTuple):
    """A piece of text that is not to be kept: its place in the text, and what replaces it."""

    start: int
    end: int
    mark: str


def find_contacts(text: str, public: Collection[str] = ()) -> list[Contact]:
    """The personal and bank data of `text`, in order, without overlaps.

    `public` are names that stay: those of the act's signatories.
    """
    found: list[Contact] = []
    digits = sum(map(str.isdecimal, text))  # counted in a fraction of the time of a search
    for find, fewest in ((_ibans, 8), (_accounts, 1), (_mails, 0), (_phones, 6)):
        if digits >= fewest:
            _add(find(text), found)
    names = [*_labelled_names(text), *_names_beside(text, found), *_polite_names(text)]
    _add((n for n in names if not any(kept in text[n.start : n.end] for kept in public)), found)
    return sorted(found)


def mask(text: str, public: Collection[str] = ()) -> str:
    """`text` with a mark in place of all that `find_contacts` finds."""
    contacts = find_contacts(text, public)
    if not contacts:
        return text
    pieces, end = [], 0
    for contact in contacts:
        pieces += [text[end : contact.start], contact.mark]
        end = contact.end
    return "".join(pieces) + text[end:]


def mask_beside(text: str, label: str) -> str:
    """The text of a cell whose heading or neighbour is `label`: "Clé RIB" | "02" → "[compte]"."""
    if ACCOUNT_LABEL.fullmatch(label) and re.search(r"\d", text) and not text.startswith("FR**"):
        return ACCOUNT_MARK
    if CONTACT_LABEL.fullmatch(label):
        return re.sub(
            rf"(?:{CIVILITY.pattern})?{NAME.pattern}",
            lambda m: m[0] if INSTITUTION.search(m[0]) else NAME_MARK,
            text,
        )
    return text


def _add(contacts: Iterable[Contact], found: list[Contact]) -> None:
    for contact in contacts:
        if not any(contact.start < o.end and o.start < contact.end for o in found):
            found.append(contact)


def _ibans(text: str) -> Iterator[Contact]:
    yield from (Contact(*span, mask_iban(text[slice(*span)])) for span in ibans(text))


def _accounts(text: str) -> Iterator[Contact]:
    yield from (Contact(*span, ACCOUNT_MARK) for span in account_numbers(text))


def _mails(text: str) -> Iterator[Contact]:
    if not AT.search(text):  # found in a fraction of the time
        return
    for match in MAIL.finditer(text):
        yield Contact(*match.span(), MAIL_MARK)


def _phones(text: str) -> Iterator[Contact]:
    for match in PHONE.finditer(text):
        if not NUMBERED.search(text[max(0, match.start() - 60) : match.start()]):
            yield Contact(*match.span(), PHONE_MARK)
    for match in LABELLED_PHONE.finditer(text):
        yield Contact(*match.span("number"), PHONE_MARK)
    for match in ABROAD.finditer(text):
        yield Contact(*match.span(), PHONE_MARK)


def _labelled_names(text: str) -> Iterator[Contact]:
    if not SAID_OF_STAFF.search(text.lower()):  # found in a fraction of the time
        return
    for pattern in (LABELLED_NAME, NAMED_STAFF):
        for match in pattern.finditer(text):
            if _is_person(match["name"]):
                yield Contact(*match.span("name"), NAME_MARK)


def _names_beside(text: str, contacts: list[Contact]) -> Iterator[Contact]:
    """Names right before a telephone number or an e-mail address."""
    for contact in contacts:
        if contact.mark in (PHONE_MARK, MAIL_MARK):
            offset = max(0, contact.start - 80)
            match = NAME_BEFORE.search(text[offset : contact.start])
            if match and _is_person(match["name"]):
                start, end = match.span("name")
                yield Contact(offset + start, offset + end, NAME_MARK)


def _polite_names(text: str) -> Iterator[Contact]:
    """'Mme Jeanne Martin', unless an office or a representation is said nearby."""
    for match in POLITE_NAME.finditer(text) if "M" in text else ():
        before = text[max(0, match.start() - NEARBY) : match.start()]
        after = text[match.end() : match.end() + NEARBY]
        after = re.sub(rf"(?i:{STAFF})", "", after)  # a "cheffe de projet" heads no body
        public = OFFICE.search(match[0]) or OFFICE.search(before) or OFFICE.search(after)
        if not public and not REPRESENTS.search(before):
            yield Contact(*match.span("name"), NAME_MARK)


def _is_person(name: str) -> bool:
    """Is a capitalised name nobody's institution?"""
    bare = CIVILITY.sub("", name)
    return bare != name or (
        not INSTITUTION.search(bare)
        and all(w[:1].isupper() or re.fullmatch(PARTICLE, w) for w in bare.split())
    )
