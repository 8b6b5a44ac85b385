"""Bank accounts in a text: where they stand, whether their key is right, what is shown of them."""

import re
from collections.abc import Iterator

from stdnum import iban

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
Span = tuple[int, int]  # where a piece of text begins and ends


def find_iban(text: str) -> str | None:
    """The first IBAN of `text` as written there, valid or announced as one."""
    return next((text[start:end] for start, end in ibans(text)), None)


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
    known = list(ibans(text))
    found = [(m.start("account"), _compact(m["account"])) for m in ANNOUNCED_RIB.finditer(text)]
    found += [
        (m.start(), "".join(m.group("bank", "branch", "account", "key")).upper())
        for m in SPREAD_RIB.finditer(text)
    ]
    found += [(m.start(), _compact(m[0])) for m in _ribs(text)]
    apart = (f for f in found if not any(start <= f[0] < end for start, end in known))
    return min(apart, default=None)


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


def ibans(text: str) -> Iterator[Span]:
    """Where the IBANs of `text` stand, those of other countries where they are announced."""
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
            yield match.start(), end
    for match in LABELLED_IBAN.finditer(text):
        account = match["account"]
        if match.start("account") >= end and sum(c.isdigit() for c in account) >= 8:
            yield match.span("account")


def account_numbers(text: str) -> Iterator[Span]:
    """Where other account numbers of `text` stand, or their parts: what is labelled so, and French
    ones whose key is right."""
    for match in LABELLED_ACCOUNT.finditer(text) if ":" in text else ():
        yield match.span("account")
    for match in SPREAD_RIB.finditer(text):
        for part in ("bank", "branch", "account", "key"):
            yield match.span(part)
    for match in _ribs(text):
        yield match.span()


def _ribs(text: str) -> Iterator[re.Match[str]]:
    """French account numbers whose key is right, but for rows of sums, one in 97 of which has one:
    '40 000 30 000 10 000 46 000 34 000'."""
    for match in RIB.finditer(text):
        groups = [len(group) for group in match[0].split()]
        if rib_is_valid(match[0]) and (max(groups) > THOUSANDS or groups.count(THOUSANDS) < FEWEST):
            yield match


def _compact(text: str) -> str:
    return re.sub(r"[\s.-]", "", text).upper()
