"""Whether a phrase of origin or end means what it says: not where that is denied, not sure yet, on
a condition, or of something else than an action of this programme.

"L'action n'est pas issue de l'action 2"                denied
"L'action 3 pourra être fusionnée avec l'action 4"       may be
"sera reprise si les crédits le permettent"              on a condition
"Les données issues de l'action 2"                       of something else
"""

import re

from normalizers.links.phrases import NOW, OF_ANOTHER, PLANS, Kind

BREAK = re.compile(r"(?<!\d)\. |\n| ; |• ")
DENIED = re.compile(
    r"\b(?:ne|n'|pas|plus|non|sans|pour|afin de|avant d'etre|soit|soient)\s*(?:\w+\s)?$"
    r"|\b(?:proposition|projet|etude|possibilite|hypothese|perspective)\sd(?:e\s|')(?:la\s|l')?$"
)
# what may be, and is not yet: "pourra être fusionnée", "il est envisagé de", "si les crédits …"
MAY_BE = re.compile(
    r"\b(?:pourr(?:a|ont|ai(?:t|ent))|peu(?:t|vent)\setre|serai(?:t|ent)|devrai(?:t|ent)|envisag\w+|"
    r"dev(?:ait|aient)|vocation\sa|susceptibles?|eventuel\w*|hypothese|a\sl'etude(?!\sd)|"
    r"a\setudier|reflexions?|le\scas\secheant)\b"
)
# "doit être fusionnée", "doit, à terme, rejoindre"; but not "doit évoluer et devient"
MUST = re.compile(r"\bdoi(?:t|vent)\b(?:(?!\b(?:et|mais|ou|qui|car)\b)[^;:])*$")
LONGEST = 300  # characters of a sentence to either side that may make what it says unsure
TO_COME = r"(?:sera|seront|devien(?:dra|dront)|rejoin(?:dra|dront))\b"
APPROVAL = r"(?:l[ae]\s|l'|les\s)?(?:validation|accord|avis|approbation|deliberation|vote)\b"
IF = re.compile(
    r"(?:^\W*|,\s)(?:si\s|s'il|(?:a\s(?:la\s)?condition|au\scas|dans\sle\scas)\b)"
    r"|\bsi\s(?:l[aes]{1,2}\s|l'|le\s|aucune?\s|un)"
    r"|\ble\scas\secheant\b|\ben\scas\sd(?:e\s|')|\bhypotheses?\b|\bdes\slors\sque?\b"
    r"|\bsauf\s(?:avis|decision|opposition|accord)\b"
    r"|\ba\sdefaut\sd(?:e\s|')|\b(?:selon|en\sfonction\sd[eu]s?)\s(?:les?\s|la\s|l')?"
    r"(?:resultats?|conclusions?|avis|arbitrages?|decisions?|evaluation|bilan|credits)\b"
    # what waits for an agreement is to come
    rf"|\b(?:faute\sd(?:e\s|')|(?:apres|des)\s{APPROVAL})[^.;]{{0,80}}?\b{TO_COME}"
    rf"|\b{TO_COME}[^.;]{{0,80}}?\b(?:apres|des)\s{APPROVAL}"
)
# said to be so, on a condition: "sous réserve de l'avis du comité", "si les crédits le permettent"
CONDITION = re.compile(rf"{IF.pattern}|\bsous\sreserve\b")
# after the number of an action: of another plan, or of the one that speaks
OF_ANOTHER_PLAN = re.compile(
    rf"\s(?:du|de\sla)\s(?:{PLANS}\b|contrat\b|pacte\b|schema\b|"
    r"plan\s(?:departemental|local|regional|pauvrete)\b|programme\slocal\b)"
)
OF_THIS_ACT = re.compile(r"\s(?:du\spresent|de\sla\spresente|du\snouve)")
# of what stands before it, not of the action: "les données issues de l'action 2"
PARTICIPLE = re.compile(r"(?:\w+ee|issue?|ne|reprise?|poursuivie?|fondue?)s?\b")
NOUN = re.compile(
    r"(?:^\W*|\b(?:les?|la|un|une|des|du|de|ses|leurs?)\s|\b[ld]')(?P<noun>[a-z-]{3,})\s$"
)
ACTS = re.compile(
    rf"(?:action|fiche|projet|dispositif|mesure|operation|experimentation|programme|volet|mission|"
    rf"demarche|prestation|partie|objectif|nouvelle)s?|nouveaux?|est|sont|sera|seront|ete|{NOW}|"
    r"(?:directe|partielle|integrale|totale|entiere|progressive|finale)ment"
)
# what is not the action itself: les crédits de l'action 3 sont transférés
MEANS = re.compile(
    r"\b(?:credits?|sommes?|montants?|enveloppes?|soldes?|reliquats?|budgets?|financements?|"
    r"moyens|subventions?|euros|postes?|etp)\b[^,;:]{0,40}$|€[^,;:]{0,20}$"
)


def is_denied(plain: str, hit: re.Match[str], kind: Kind) -> bool:
    """Whether what `hit` says is denied, is not sure yet, or is said of something else."""
    start, end = hit.span()
    first = sentence_begin(plain, start)
    return bool(
        DENIED.search(plain[max(0, start - 20) : start])
        or MAY_BE.search(plain, first, end)
        or MUST.search(plain[first:start])
        or (kind in OF_ANOTHER and _of_else(plain, first, hit, kind))
    )


def is_unconditional(plain: str, start: int, end: int) -> bool:
    """Does the sentence around plain[start:end] say it without a condition?"""
    after = BREAK.search(plain, end, end + LONGEST)
    last = after.start() if after else end + LONGEST
    return CONDITION.search(plain[sentence_begin(plain, start) : last]) is None


def sentence_begin(plain: str, start: int) -> int:
    """Where the sentence that stands at `start` begins, so far as it is looked at."""
    near = max(0, start - LONGEST)
    return max((b.end() for b in BREAK.finditer(plain, near, start)), default=near)


def _of_else(plain: str, first: int, hit: re.Match[str], kind: Kind) -> bool:
    """Whether `hit`, in a sentence from `first`, says where the means of an action or what it has
    come from, or names the action of another plan."""
    start, end = hit.span()
    return bool(
        MEANS.search(plain[first : hit.start("refs")])
        or OF_ANOTHER_PLAN.match(plain, end)
        or (kind == "comes_from" and OF_THIS_ACT.match(plain, end))
        or (PARTICIPLE.match(plain, start) and _is_noun(plain[first:start]))
    )


def _is_noun(before: str) -> bool:
    """Does `before` end with the name of something that an action has: 'les données'?"""
    noun = NOUN.search(before)
    return noun is not None and not ACTS.fullmatch(noun["noun"])
