"""What a sentence says of the actions that it calls by their names.

"L'action « Bail glissant » prend le nom de « Passerelle »"     'Bail glissant' becomes 'Passerelle'
"Les actions « Accueil » et « Écoute » rejoignent l'action 3"   both become 3

Each name is given a number that no action has, and the sentence is read as one of numbers.
"""

import re
from dataclasses import dataclass, replace

from normalizers.links.mentions import QUOTED, Said
from normalizers.links.subjects import NAME, told_of
from normalizers.references import reference_key

FIRST = 901  # of the numbers that stand for names
# "l'action intitulée « X »", and not "l'action 3 est désormais intitulée « X »"
ENTITLED = re.compile(
    r"(?<=[sen])(?<!d[ée]sormais)(?<!ensuite)\s(?:intitul|d[ée]nomm|nomm)ée?s?(?=\s[«\"“])"
)
# "L'intitulé de l'action 3 est modifié comme suit : « X »": it becomes « X »
ITS_NAME = re.compile(
    r"\b[Ll](?:['’]intitulé|e\s(?:nom|libellé|titre))\sde\s(?P<of>(?:l['’]action|la\sfiche)\b[^:]*?)"
    r"\sest\s(?:ainsi\s)?(?:modifié|rédigé|remplacé|libellé|changé)\s(?:comme\ssuit|ainsi|en|par)"
    r"\s?:?\s*(?=[«\"“])"
)
# "L'action 4, désormais intitulée « X », est portée par la Ville": it becomes « X »
NOW_CALLED = re.compile(
    r",\s(?:désormais|dorénavant)\s(?:intitul|dénomm|nomm|appel)ée?s?\s(?=[«\"“])"
)
# what stands before a name that needs no other word: "l'action « X »", "« X » et « Y »"
ACTIONS = re.compile(
    r"(?:\b(?:actions?|fiches?)\s(?:(?:unique|commune|nouvelle)\s)?"
    r"|[»\"”]\s*(?:,|;|/|&|\bet)\s*)$"
)


@dataclass(frozen=True)
class Called:
    """An action as a text calls it: by its `reference` (a `reference_key`), or by its `name`."""

    reference: str
    name: str | None = None


def told_by_name(sentence: str, *, on_condition: bool = False) -> list[tuple[Called, Said]]:
    """What `sentence` says of actions, `on_condition` or else without any, where it calls one of
    the two by its name alone."""
    names: list[str] = []

    def numbered(quoted: re.Match[str]) -> str:
        names.append(quoted[1].strip())
        before = quoted.string[max(0, quoted.start() - 40) : quoted.start()].lower()
        number = str(FIRST + len(names) - 1)
        return number if ACTIONS.search(before) else f"action {number}"

    plain = NOW_CALLED.sub(" devient ", ITS_NAME.sub(r"\g<of> devient ", sentence))
    plain = QUOTED.sub(numbered, NAME.sub("", ENTITLED.sub("", plain)))
    by_number = {str(FIRST + k): name for k, name in enumerate(names)}
    found = []
    for subjects, said in told_of(plain, on_condition=on_condition) if names else ():
        other = by_number.get(said.reference or "")
        reference = None if other else said.reference
        about = replace(said, reference=reference, name=other, quote=sentence[:300])
        for subject in subjects:
            if name := by_number.get(subject):
                found.append((Called("", name), about))
            elif other:
                found.append((Called(reference_key(subject)), about))
    return found
