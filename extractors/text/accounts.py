"""Where the money comes from and goes to: budget line, bank account, SIRET."""

import re
from collections.abc import Sequence

from extractors.text.passages import Passage, fact_at, window_of
from normalizers.accounts import (
    find_iban,
    find_rib,
    iban_is_valid,
    mask_iban,
    mask_rib,
    rib_is_valid,
)
from normalizers.parties import read_siret
from pipeline.extracted import Fact

PROGRAMME = re.compile(
    r"(?:(?:programmes?|BOPR?|P)\s*(?:n°\s*)?|domaine fonctionnel\s*:?\s*0)(?P<value>\d{3})\b",
    re.IGNORECASE,
)
# action 12 « Hébergement » · (action 11, code d'activité 1217) · domaine fonctionnel 0177-12-17
# programme 177-12; but not, in the next sentence, "sont affectés à l'action n° 3"
BUDGET_ACTION = re.compile(r"^(?:(?!\.\s)[^\n])*?\baction\s+(?:n°\s*)?0?(?P<value>\d{1,2})\b")
DOMAIN = re.compile(
    r"(?:domaine fonctionnel\s*:?\s*0?\d{3}|^(?:programmes?|BOPR?|P)\s*(?:n°\s*)?\d{3})"
    r"-(?P<value>\d{2})\b",
    re.IGNORECASE,
)
ACTIVITY = (
    re.compile(r"activité de programmation\s*:?\s*(?:n°\s*)?(?P<value>\d{2,12})\b", re.IGNORECASE),
    re.compile(
        r"(?:code\s+d['’])?activité\s*:?\s*(?:n°\s*)?"
        r"(?P<value>\d{4}(?:\s\d{4}){2}|\d{4}(?:\s\d\d){4}|\d[\d-]{1,16}\d)\b",
        re.IGNORECASE,
    ),
)
PCE = re.compile(r"\bPCE\s*:?\s*(?:n°\s*)?(?P<value>\d{6,12})\b")
BIC = re.compile(r"\bBIC\s*:?\s*(?P<value>[A-Z]{6}[A-Z0-9]{2}(?:[A-Z0-9]{3})?)\b")
OF_AMI = "177"  # the programme of the AMI: Hébergement, parcours vers le logement
# La dépense est imputée sur le programme 135; but not « dont 18 000 € du programme 135 »
CHARGED = re.compile(r"\b(?:imput|inscri|prélev|ouvert)\w*", re.IGNORECASE)
REACH = 120  # characters before another programme that say the act is charged to it
SIRET_REACH = 40  # characters behind the word in which the number stands
BUDGET_WINDOW = 400  # characters after the programme in which its budget line is spelled out


def read_budget(whole: Passage) -> list[Fact]:
    """The budget line: programme, action, activity, account, as one passage states them."""
    best: list[Fact] = []
    for programme in PROGRAMME.finditer(whole.text):
        start = programme.start()
        window = window_of(whole.text, start, len(programme[0]) + BUDGET_WINDOW)
        if programme["value"] != OF_AMI and not CHARGED.search(
            whole.text, max(0, start - REACH), start
        ):
            continue
        facts = [fact_at("programme", whole, start, programme["value"], window)]
        for name, patterns in (
            ("budget_action", (DOMAIN, BUDGET_ACTION)),
            ("activity_code", ACTIVITY),
            ("pce_account", (PCE,)),
        ):
            match = next((m for p in patterns if (m := p.search(window))), None)
            if match:
                at = start + match.start()
                value = "".join(match["value"].split())
                facts.append(fact_at(name, whole, at, value, window))
        if len(facts) > len(best):
            best = facts
    return best


def read_bank(whole: Passage) -> list[Fact]:
    facts: list[Fact] = []
    if found := find_iban(whole.text):
        at, masked = whole.text.index(found), mask_iban(found)
        valid = "true" if iban_is_valid(found) else "false"
        for name, value in (("iban_masked", masked), ("iban_valid", valid)):
            facts.append(fact_at(name, whole, at, value, f"IBAN : {masked}"))
    if rib := find_rib(whole.text):
        at, account = rib
        masked, valid = mask_rib(account), "true" if rib_is_valid(account) else "false"
        for name, value in (("rib_masked", masked), ("rib_valid", valid)):
            facts.append(fact_at(name, whole, at, value, f"RIB : {masked}"))
    bic = BIC.search(whole.text)
    if bic:
        facts.append(fact_at("bic", whole, bic.start(), bic["value"], bic[0]))
    return facts


def siret_of_act(whole: Passage, facts: Sequence[Fact]) -> list[Fact]:
    """The first SIRET from the beneficiary's paragraph on (the State may give its own before), else
    the first of all."""
    party = next((f.place for f in facts if f.name == "party.beneficiary"), None)
    found = []
    for match in re.finditer("SIRET", whole.text):
        quote = window_of(whole.text, match.start(), len("SIRET") + SIRET_REACH)
        if value := read_siret(quote):
            found.append(fact_at("siret", whole, match.start(), value, quote))
    behind = [f for f in found if party and (f.place.page, f.place.top) >= (party.page, party.top)]
    return [*behind, *found][:1]
