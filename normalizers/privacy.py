"""What is kept of personal and bank data: the policy, in one place.

Replaced by a mark when a document is read, before anything of it is written:

* direct telephone numbers and e-mail addresses, of people and of offices alike: nothing in the text
  tells one from the other with certainty;
* bank details: an IBAN keeps its country and last three characters (`FR** **** 606`), an account
  number becomes `[compte]`, in `document.rib_masked` its last three characters (`**** **** 606`);
  whether their keys are right stays in `document.iban_valid` and `document.rib_valid`;
* names of staff: people named as a contact ("Affaire suivie par : …"), by what they do ("Jeanne
  Martin, chargée de mission"), beside a number or an address, or with a civility but without a
  public office ("Mme Jeanne Martin").

Kept: institutions with their names, SIRET, BIC and postal addresses; functions; the people who
represent a party or hold a public office ("Madame Claire Aubier, Présidente"): they are what makes
the act public. On the pictures of the report the same places are painted over. File names are the
reader's own and stay as they are.

`--keep-contacts` is the only way around, and its default is off.
"""

import operator
import re
from collections.abc import Collection, Iterable, Iterator, Sequence
from itertools import accumulate
from typing import Any, NamedTuple

from stdnum import iban

from normalizers.parties import CIVILITY, NAME, OFFICE, PARTICLE, read_party
from pipeline.extracted import ExtractedDocument, ExtractedTable, Fact, Model, Place

PHONE_MARK, MAIL_MARK, ACCOUNT_MARK, NAME_MARK = "[téléphone]", "[courriel]", "[compte]", "[nom]"
IBAN_LENGTHS = {
    "AT": 20, "BE": 16, "CH": 21, "DE": 22, "ES": 24, "FR": 27, "GB": 22, "IE": 22, "IT": 27,
    "LU": 20, "MC": 27, "NL": 18, "PT": 25,
}  # fmt: skip
GAP = r"[\s.\-]{0,2}"  # between the groups of a number, a line end included
IBAN_START = re.compile(rf"(?<!\w)[A-Z]{GAP}[A-Z]{GAP}\d{GAP}\d(?={GAP}\w)", re.IGNORECASE)
LABELLED_IBAN = re.compile(
    rf"\bIBAN\b[\s:n°]{{0,6}}(?P<account>[A-Z]{{2}}{GAP}[A-Z0-9](?:{GAP}[A-Z0-9]){{12,32}})(?!\w)"
)
LABELLED_ACCOUNT = re.compile(
    r"(?:(?:N°|Numéro|No)\s+(?:de|du)\s+compte(?:\s+bancaire)?|Clé(?:\s+RIB)?|RIB"
    r"|Code\s+(?:banque|établissement|guichet))\s*(?:n°\s*)?:\s*"
    r"(?P<account>(?=[A-Z0-9 ]*\d)[A-Z0-9]+(?: (?=\S*\d)[A-Z0-9]+)*)",
    re.IGNORECASE,
)
RIB = re.compile(rf"(?<![\w.,])(?:\d{GAP}){{10}}(?:[A-Z0-9]{GAP}){{11}}\d{GAP}\d(?![\w€])")
THOUSANDS, FEWEST = 3, 3  # digits of a group of thousands; such groups that make a row of sums
ANNOUNCED_RIB = re.compile(rf"\bRIB\b[\s:n°]{{0,6}}(?P<account>{RIB.pattern})", re.IGNORECASE)
SPREAD_RIB = re.compile(  # in four labelled parts
    r"banque\s*:?\s*(?P<bank>\d{5})\b.{1,40}?guichet\s*:?\s*(?P<branch>\d{5})\b"
    r".{1,40}?compte\s*:?\s*(?P<account>[A-Z0-9]{11})\b.{1,40}?clé(?:\s+RIB)?\s*:?\s*"
    r"(?P<key>\d\d)\b",
    re.IGNORECASE | re.DOTALL,
)
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
CODE = re.compile(r"\d+(?:-\d+)*")  # 0177-01-06-12-15, read as a fact
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
# Opérateur · Intitulé de l'action : what stands below is no person, whatever its neighbours ask
NO_PERSON = re.compile(
    r"\s*(?:noms? (?:de l['’]|du |des |de la ))?(?:actions?|mesures?|projets?|intitulés?|libellés?"
    r"|opérateurs?|porteurs?|pilotes?|maîtres? d['’]ouvrage|structures?|organismes?|associations?"
    r"|partenaires?|(?:co-?)?financeurs?)\b(?!.*\b(?:nom|prénom|contact|responsable|référent))",
    re.IGNORECASE | re.DOTALL,
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
EXEMPT = {"document_id", "filename", "sha256", "extractor_version", "rule", "name"}


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


def signatories(facts: Iterable[Fact]) -> set[str]:
    """The names that the facts of a document give to those who represent a party."""
    names = set()
    for fact in facts:
        if fact.name.endswith("_representative"):
            names.add(fact.value)
        elif fact.name.startswith("party.") and (party := read_party(fact.value)):
            names.add(party.representative or "")
    return names - {""}


def without_contacts(document: ExtractedDocument) -> ExtractedDocument:
    """`document` with every text masked, but its identifiers and the name of its file; the cells
    that only their place in a table gives away are hidden on pictures too."""
    public = signatories(document.facts)
    tables = [_without_labelled(table) for table in document.tables]
    hidden = [
        cell.place
        for before, after in zip(document.tables, tables, strict=True)
        for row, masked in zip(before.rows, after.rows, strict=True)
        for cell, other in zip(row.cells, masked.cells, strict=True)
        if cell.text != other.text
    ]
    articles = [
        a.model_copy(
            update={"page_starts": [len(mask(a.text[:start], public)) for start in a.page_starts]}
        )
        for a in document.articles
    ]
    update = {"tables": tables, "articles": articles, "hidden": [*document.hidden, *hidden]}
    masked: ExtractedDocument = _masked(document.model_copy(update=update), public)
    facts = [
        fact.model_copy(update={"value": read.value}) if CODE.fullmatch(read.value) else fact
        for fact, read in zip(masked.facts, document.facts, strict=True)
    ]  # a code is no telephone number
    return masked.model_copy(update={"facts": facts})


def _masked(value: Any, public: Collection[str]) -> Any:
    """`value` with every text in it masked; what has none to mask is itself, no copy of it."""
    if isinstance(value, str):
        return mask(value, public)
    if isinstance(value, list | tuple):
        items = [_masked(item, public) for item in value]
        return items if any(map(operator.is_not, items, value)) else value
    if isinstance(value, Model) and not isinstance(value, Place):
        texts = {name: _masked(v, public) for name, v in value if name not in EXEMPT}
        changed = {name: v for name, v in texts.items() if v is not getattr(value, name)}
        return value.model_copy(update=changed) if changed else value
    return value


def _without_labelled(table: ExtractedTable) -> ExtractedTable:
    """`table` with the cells masked that their heading, left or upper neighbour announces, and the
    accounts that are written over several."""
    rows, above = [], dict(enumerate(table.columns, 1))
    for row in table.rows:
        cells, left = [], ""
        for cell, text in zip(row.cells, _without_spread([c.text for c in row.cells]), strict=True):
            heading = table.columns[cell.column - 1]
            near = () if NO_PERSON.match(heading) else (above.get(cell.column, ""), left)
            for label in (heading, *near):
                text = mask_beside(text, label)
            masked = text != cell.text
            cells.append(cell.model_copy(update={"text": text}) if masked else cell)
            left = above[cell.column] = cell.text
        rows.append(row.model_copy(update={"cells": cells}))
    return table.model_copy(update={"rows": rows})


def _without_spread(texts: Sequence[str]) -> list[str]:
    """The texts of a row's cells, without the pieces of accounts and IBANs that several share."""
    starts = [0, *accumulate(len(text) + 1 for text in texts)]
    line = "\n".join(texts)
    found = [c for c in (*_ibans(line), *_accounts(line)) if "\n" in line[c.start : c.end]]
    result = []
    for start, text in zip(starts, texts, strict=False):
        for contact in sorted(found, reverse=True):
            i, j = max(0, contact.start - start), min(len(text), contact.end - start)
            if i < j:
                text = text[:i] + ACCOUNT_MARK + text[j:]
        result.append(text)
    return result


def find_iban(text: str) -> str | None:
    """The first IBAN of `text` as written there, valid or announced as one."""
    return next((text[c.start : c.end] for c in _ibans(text)), None)


def mask_iban(text: str) -> str:
    """'FR76 3000 … 123' → 'FR** **** 123': country and last three characters."""
    compact = _compact(text)
    return f"{compact[:2]}** **** {compact[-3:]}"


def iban_is_valid(text: str) -> bool:
    """Is the key of the IBAN right, and its length the country's?"""
    return bool(iban.is_valid(_compact(text)))


def find_rib(text: str) -> tuple[int, str] | None:
    """Where the first French account number outside an IBAN stands, and its 23 characters: one
    announced as a RIB, one given in its four parts, or any whose key is right."""
    ibans = list(_ibans(text))
    found = [(m.start("account"), _compact(m["account"])) for m in ANNOUNCED_RIB.finditer(text)]
    found += [
        (m.start(), "".join(m.group("bank", "branch", "account", "key")).upper())
        for m in SPREAD_RIB.finditer(text)
    ]
    found += [(m.start(), _compact(m[0])) for m in _ribs(text)]
    return min((f for f in found if not any(c.start <= f[0] < c.end for c in ibans)), default=None)


def mask_rib(text: str) -> str:
    """'20041 01005 0500013M026 06' → '**** **** 606': the last three characters."""
    return f"**** **** {_compact(text)[-3:]}"


def rib_is_valid(text: str) -> bool:
    """Is the key of a French account number of 23 characters right?"""
    digits = _compact(text).translate(
        str.maketrans("ABCDEFGHIJKLMNOPQRSTUVWXYZ", "12345678912345678923456789")
    )
    bank, branch, account, key = digits[:5], digits[5:10], digits[10:21], digits[21:]
    if not digits.isdecimal() or len(digits) != 23 or not int(bank):
        return False
    return (89 * int(bank) + 15 * int(branch) + 3 * int(account) + int(key)) % 97 == 0


def _compact(text: str) -> str:
    return re.sub(r"[\s.-]", "", text).upper()


def _add(contacts: Iterable[Contact], found: list[Contact]) -> None:
    for contact in contacts:
        if not any(contact.start < o.end and o.start < contact.end for o in found):
            found.append(contact)


def _ibans(text: str) -> Iterator[Contact]:
    end = 0
    for match in IBAN_START.finditer(text):
        length = IBAN_LENGTHS.get(_compact(match[0])[:2])
        if length is None or match.start() < end:
            continue
        rest = re.compile(rf"(?:{GAP}[A-Z0-9]){{{length - 4}}}(?!\w)", re.IGNORECASE)
        tail = rest.match(text, match.end())
        if tail and sum(c.isdigit() for c in tail[0]) >= 8:
            if not match[0].isalnum() and not iban_is_valid(text[match.start() : tail.end()]):
                continue
            end = tail.end()
            yield Contact(match.start(), end, mask_iban(text[match.start() : end]))
    for match in LABELLED_IBAN.finditer(text):
        account = match["account"]
        if match.start("account") >= end and sum(c.isdigit() for c in account) >= 8:
            yield Contact(*match.span("account"), mask_iban(account))


def _accounts(text: str) -> Iterator[Contact]:
    for match in LABELLED_ACCOUNT.finditer(text) if ":" in text else ():
        yield Contact(*match.span("account"), ACCOUNT_MARK)
    for match in SPREAD_RIB.finditer(text):
        for part in ("bank", "branch", "account", "key"):
            yield Contact(*match.span(part), ACCOUNT_MARK)
    for match in _ribs(text):
        yield Contact(*match.span(), ACCOUNT_MARK)


def _ribs(text: str) -> Iterator[re.Match[str]]:
    """French account numbers whose key is right, but for rows of sums, one in 97 of which has one:
    '40 000 30 000 10 000 46 000 34 000'."""
    for match in RIB.finditer(text):
        groups = [len(group) for group in match[0].split()]
        if rib_is_valid(match[0]) and (max(groups) > THOUSANDS or groups.count(THOUSANDS) < FEWEST):
            yield match


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
