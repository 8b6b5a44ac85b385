"""Who runs an action, of those whom the cell of its pilot names, and what it says besides."""

import re

# CLLAJ, en lien avec la mission locale · CCAS (partenaires : CAF, ADIL) : who is beside the pilot
BESIDE = re.compile(
    r"(?<=\w)\)?\s*[,;(–-]?\s*\b"
    r"(?:en (?:lien|partenariat|articulation|concertation|coordination) avec"
    r"|avec (?:l['’](?:appui|aide)|le (?:soutien|concours)|la participation)"
    r"|(?:partenaires?|associés?|appuis?|soutiens?)(?=(?: associés)?\s*:))\b.*",
    re.IGNORECASE | re.DOTALL,
)
# Co-portage CCAS et UDAF
TOGETHER = re.compile(
    r"^\s*(?:co-?)(?:portage|pilotage|pilotes?|porteurs?)\s*(?::|entre|par|assuré par)?\s+(?=\w)"
    r"|\s*\((?:co-?)(?:portage|pilotage|pilotes?|porteurs?)\)",
    re.IGNORECASE,
)
# Porté par la Métropole ; mis en œuvre par l'UDAF
ROLE = re.compile(
    r"(?:^|(?P<mark>[;,/\n]))\s*(?:(?:port|pilot|men|anim|assur|coordonn|gér)ée?|conduite?"
    r"|mises? en œuvre|mis en œuvre|pilotage|portage)\s(?:par\s|assurée? par\s|:\s)"
    r"(?-i:l['’]\s?|la\s|le\s|les\s)?",
    re.IGNORECASE,
)
# Pilote : CCAS ⏎ Partenaires : CAF · P : CCAS ⏎ A : CAF : who runs the action, and who only helps
IN_ROLES = re.compile(
    r"^\s*(?:(?P<runs>(?:pilot|port|opérat|coordin|maître|maîtrise|chef|cheffe|référent|responsable)"
    r"[^:\n]{0,25}|P)|(?:(?:partenair|appui|associé|contribut|particip|soutien|concour|avec)"
    r"[^:\n]{0,25}|[A-Z]))\s*:\s*",
    re.IGNORECASE,
)
# Pilote : CCAS Partenaires : CAF, in lines that the cell had no room for
HELPERS = re.compile(
    r"(?<=\w)[\s,;–-]+(?=(?:Partenaires?|Associés?|Appuis?|Contributeurs?|Soutiens?)\b[^:\n]{0,15}:\s)"
)


def those_in_charge(text: str) -> str:
    """The names of the pilots in `text`, without what they do and those who only help."""
    return ROLE.sub(r"\g<mark> ", TOGETHER.sub("", BESIDE.sub("", _without_helpers(text))))


def _without_helpers(text: str) -> str:
    """The names of `text` without those that it says line by line only to help, and the words that
    say who runs it: 'Pilote : CCAS'."""
    lines = HELPERS.sub("\n", text).split("\n")
    roles = [IN_ROLES.match(line) for line in lines]
    told = {bool(role["runs"]) for role in roles if role}
    worded = all(role is None or role["runs"] not in (None, "P") for role in roles)
    marked = {role["runs"] for role in roles if role} == {"P"}  # and no other line is
    if not roles[0] or not (told == {True, False} or worded or marked):
        return text
    kept, runs = [], True
    for line, role in zip(lines, roles, strict=True):
        runs = bool(role["runs"]) if role else runs and not marked
        if runs:
            kept.append(line[role.end() :] if role else line)
    return "\n".join(kept)
