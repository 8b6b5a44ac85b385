"""What is kept of personal and bank data.

Policy: bank details keep their country, the last three characters and whether the key is right;
account numbers, direct telephone numbers and e-mail addresses are replaced by a mark. Names and
offices of the people who represent a party stay, as do institutions, their names, SIRET and postal
addresses: they are what makes the act public. `keep_contacts` of the pipeline is the only way
around, and it is the caller's decision not to call `mask`.
"""

import re

from stdnum import iban

PHONE_MARK, MAIL_MARK, ACCOUNT_MARK = "[téléphone]", "[courriel]", "[compte]"
IBAN = re.compile(
    r"(?<!\w)[A-Z]{2}\d{2}(?:[ \u00a0.-]?[A-Z0-9]{4}){2,7}"
    r"(?:[ \u00a0.-]?(?=[A-Z]{0,2}\d)[A-Z0-9]{1,3})?(?!\w)"
)
MAIL = re.compile(r"(?<![\w.+'-])[\w.+'-]{1,64}@[\w-]{1,63}(?:\.[\w-]{1,63})+")
PHONE = re.compile(
    r"(?<![\w.,-])(?:(?:\+|00)33[ \u00a0.-]?(?:\(0\))?[ \u00a0.-]?|0)[1-9]"
    r"(?P<between>[ \u00a0.-]?)\d\d(?:(?P=between)\d\d){3}(?![\w€]|[.,]\d| ?€| ?euros)"
)
RIB = re.compile(
    r"(?P<label>(?:N°|Numéro) de compte\s*:\s*|Clé RIB\s*:\s*|RIB\s*:\s*)"
    r"(?P<account>[A-Z0-9]+(?: (?=\S*\d)[A-Z0-9]+)*)"
)


def mask(text: str) -> str:
    """`text` with bank details masked, telephone numbers and e-mail addresses replaced."""
    text = IBAN.sub(lambda m: _masked_if_iban(m[0]), text)
    text = RIB.sub(lambda m: m["label"] + ACCOUNT_MARK, text)
    return PHONE.sub(PHONE_MARK, MAIL.sub(MAIL_MARK, text))


def mask_iban(text: str) -> str:
    """'FR76 3000 … 123' → 'FR** **** 123': country and last three characters."""
    compact = re.sub(r"[\s.-]", "", text).upper()
    return f"{compact[:2]}** **** {compact[-3:]}"


def iban_is_valid(text: str) -> bool:
    """Is the key of the IBAN right, and its length the country's?"""
    return bool(iban.is_valid(re.sub(r"[\s.-]", "", text)))


def _masked_if_iban(text: str) -> str:
    compact = re.sub(r"[\s.-]", "", text)
    digits = sum(c.isdigit() for c in compact)
    return mask_iban(text) if 15 <= len(compact) <= 34 and digits >= 10 else text
