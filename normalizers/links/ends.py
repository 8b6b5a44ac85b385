"""Ends of actions that a text states, and which of them it says go on.

"La fiche 6 est achevée"                        6
"L'action 5 est suspendue pour l'exercice 2024"  5
"Les actions 3.2 et 8 b ne sont pas reconduites"  3.2, 8b
"L'action « Bail glissant » prend fin"           the action of that name
"Les actions 1 et 4 sont maintenues"             1, 4, which go on
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from itertools import chain

from normalizers.links.certainty import IF, MEANS
from normalizers.links.cited import ACTION, CODES, LIST, THE, aligned, references_of
from normalizers.links.phrases import NO_AMI, NOW, OF_AMI
from normalizers.references import reference_key
from normalizers.sentences import placed_sentences

# "est soldée" of the action, not of its grant
OPENING = r"(?:^\W*|[,:;]\s*|\.\s+|\b(?:et|que|seules?)\s+|\bqu')"
NAME = r"(?:(?:fiches?[\s-])?actions?|fiches?)\s(?:(?:intitul|denomm)ee?s?\s)?"
QUOTED = r"\"\s*(?P<name>[^\"\n]{3,160}?)\s*\""
OVER = (
    r"(?:(?:achev|termin|abandonn|clotur|sold|arret|annul|supprim|retir)ee?s?|closes?|clos|"
    r"dissous|dissoutes?|suspendue?s?|mise?s?\sen\s(?:sommeil|pause))"
)
NO_MORE = r"(?:reconduit|renouvel|poursuivi|maintenu|repris)e{0,2}s?"
PAID_BY = r"(?:pris(?:es?)?\sen\scharge|financee?s?)\s(?:par|sur)"
PROGRAMME = (
    r"(?:(?:du|au|le|de\sla|dans\sl[ae]|la|parmi\sles)\s(?:present\s)?"
    r"(?:perimetre\sd(?:e\sl'ami|u\sprogramme|e\sla\sconvention)\b|programme|programmation|plan\sd'actions?|liste\sdes\sactions|actions(?!\s\d))\b)"
)
DECIDED = (
    r"(?:il\s(?:est|a\sete)\s(?:decide|convenu)|"
    r"les\sparties\s(?:decident|conviennent|ont\s(?:decide|convenu)|sont\sconvenues))"
)
# "les actions 5 et 6 de l'avenant n° 1", "la fiche 3 de la convention initiale"
OF_ACT = (
    r"(?:\sd(?:e\sla|e\sl'|u)\s?(?:convention|avenant|programme|annexe)"
    r"(?:\s(?:initiale?|precedente?|anterieure?|n[°o]\s?\d{1,2}|(?:de\s)?20\d\d))+)"
)
WHO = (
    # "portée par l'UDAF"
    r"(?:\s(?:port|men|condui|pilot|realis|assur)(?:ee?|te?)s?\spar\s[^,.;:]{2,60}?)?"
    r"(?:\s?,\s(?:qui|dont|en|faute|laquelle|lesquelles|desormais|[a-z]+(?:e|i|is|u)e?s?)\b"
    r"[^,.;]{0,90},)?"
    # "a atteint ses objectifs et prend fin", "n'a pas été engagée et ne sera pas reconduite"
    r"(?:\s(?:a|ont|n'a|n'ont)\s[^,.;:]{3,60}?\set(?=\s(?:(?:prend|est|sont|n'|ne)\b|prennent\b)))?"
)
# "prise en charge par la DREETS, hors AMI", "intégrée au droit commun", "désormais financée par la
# Ville", "financée par le FSL à compter de 2024"
LEFT = (
    r"(?:(?:integree?|repris|reprise|basculee?|passee?)s?\s(?:au|dans\sle|sur\sle|en|vers\sle)\s"
    r"droit\scommun\b|"
    rf"{PAID_BY}\s[^.;]{{2,60}}?{NO_AMI}|"
    rf"(?:{NOW}\s{PAID_BY}|{PAID_BY}(?=[^.;]{{2,60}}?\sa\s(?:compter|partir)\sd[eu]\s))\s"
    rf"(?!(?:l'|la\s|le\s)?(?:{OF_AMI}|plan)\b)"
    rf"(?![^.;]{{0,80}}\b(?:avec|et)\s(?:l'|la\s){OF_AMI}\b))"
)
ENDED = (
    rf"{WHO}\s(?:(?:est|sont|sera|seront|a\sete|ont\sete)\s(?:{NOW}\s)?{LEFT}|"
    r"(?:est|sont|sera|seront|a\sete|ont\sete)\s"
    rf"(?:(?:{NOW}|donc|definitivement)\s)?{OVER}"
    rf"(?=$|\s*[.,;:(]|\s(?:au(?!\sprofit\sd(?:e\s|es\s|u\s){THE}{ACTION})|le|en|depuis|fin|et|faute"
    r"|car|pour|sans)\b|"
    r"\s(?:de\sla\s(?:programmation|convention|liste)|de\sl'annexe|du\s(?:programme|plan))\b)|"
    # "est reportée à l'exercice 2026"
    r"(?:est|sont|sera|seront)\s(?:report|differ|ajourn|decal)ee?s?\s(?:a|en|sur)\s(?:l'(?:exercice|annee)\s)?"
    r"20\d\d\b|"
    r"(?:n'(?:est|a|ont)|ne\s(?:sera|sont|seront))\s(?:pas|plus)\s(?:ete\s)?"
    rf"{NO_MORE}\b(?![^.;]{{0,60}}\bmais\b)|ne\s(?:sera|seront)\spas\s(?:engag|lanc|men)ee?s?\b|n'(?:a|ont)\splus\slieu\sd'etre\b|"
    r"(?:prend|prendra|prennent|prendront|a\spris|ont\spris)\sfin\b|"
    r"(?:devien(?:t|nent)|(?:est|sont)(?:\sdevenue?s?)?)\ssans\sobjet\b|"
    r"s'etei(?:nt|gnent)\b|pass(?:e|ent|era|eront)\s(?:au|en|sous|dans\sle)\s(?:financement\s(?:de|du)\s)?"
    r"droit\scommun\b|"
    r"s'(?:acheve|arrete)(?:nt)?\b(?!\s(?:a|aux?)\b)|s'est\sachevee\b|se\ssont\sachevees\b|"
    r"(?:est|sont)\sarrivee?s?\sa\s(?:son|leur)\s(?:terme|echeance)\b|"
    r"n'(?:est|sont)\splus\s(?:soutenu|finance|subventionne)e?e?s?\s"
    rf"(?:par|au\stitre\sd[eu]|dans\sle\scadre\sd[eu])\s?(?:la\s|le\s|l')?(?:{OF_AMI})|"
    rf"ne\sbeneficie(?:nt)?\splus\sd[^.;,]{{1,40}}?\b(?:{OF_AMI})|"
    r"n'appelle(?:nt)?\spas\sde\ssuite\b|n'(?:a|ont)\splus\svocation\sa\sfigurer\b|"
    rf"(?:ne\sfigure(?:nt)?\splus|disparai(?:t|ssent)|sort(?:ent)?|quitte(?:nt)?)\s{PROGRAMME}"
    r"(?![^.;]{0,80}\bmais\b)|ne\sdonne(?:nt)?\s(?:pas|plus)\slieu\sa\s"
    r"(?:une\s(?:nouvelle\s(?:action|fiche)|suite|reconduction)|reconduction)\b)"
)
# "l'action 5 « Étude »", "l'action 5 (étude)", "l'action 2 de l'axe 1 (étude)": by its name, too
OF_AXIS = (
    r"(?:\sd(?:e\sl'|u\s)(?:axe|volet|pilier)\s(?:n[°o]\s?)?(?:\d|[ivx]+|[a-h])\b(?=\s?[\"(]))"
)
AND_NAME = (
    rf"{OF_ACT}?{OF_AXIS}?" r"(?:\s?\"\s*(?P<called>[^\"\n]{3,160}?)\s*\"|\s\([^()\d]{3,60}\))?"
)
KEPT = (
    rf"{WHO}\s(?:(?:est|sont|sera|seront|reste(?:nt)?|demeure(?:nt)?)\s(?:{NOW}\s)?"
    r"(?:reconduit|renouvel|poursuivi|maintenu|prolong)e{0,2}s?|se\spoursui(?:t|vent))\b"
)
CODED = rf"(?P<codes>(?=[a-z]){CODES})"  # LDA-10, and no number alone
SAID = re.compile(
    rf"{OPENING}(?:{THE}(?:(?:{ACTION}){{1,2}}(?P<references>{LIST}){AND_NAME}|{NAME}{QUOTED})"
    rf"|{CODED}){ENDED}"
)
SAID_KEPT = re.compile(
    rf"{OPENING}(?:{THE}(?:(?:{ACTION}){{1,2}}(?P<references>{LIST}){AND_NAME}|{NAME}{QUOTED})"
    rf"|{CODED}){KEPT}"
)
# "L'observatoire du sans-abrisme (action 2) est achevé"; but not "Le marché (action 2) est soldé"
SAID_BESIDE = re.compile(
    r"(?:^\W*|[,:;]\s*|\.\s+)(?:l'|la\s|les\s|le\s)(?P<what>[^.,;:()\"]{3,120})"
    rf"\s\((?:{THE}(?:{ACTION}){{1,2}}(?P<references>{LIST})|{CODED})\)"
    # "L'étude (action 8) a été remise le 9 novembre ; elle est achevée"
    rf"(?:(?:(?!\b(?:une|la|sa|cette|l')\b)[^.;()]){{1,90}};\selle)?{ENDED}"
)
# "Les chantiers participatifs ne sont pas reconduits"
SAID_PLAINLY = re.compile(
    rf"(?:^\W*|;\s)(?:l'|la\s|les\s|le\s)(?P<name>(?!{ACTION})[a-z][^.,;:()\"\d]{{10,90}}?){ENDED}"
)
NOT_ITSELF = re.compile(
    r"(?:comites?|groupes?|reunions?|conventions?|marches?|contrats?|baux|bail)\b"
)
# "L'étude (action 8) a été remise : cette action est achevée"
THIS_ONE = re.compile(rf"\b(?:cette\s(?:action|fiche)|celle-ci){ENDED}")
# "L'action 3.2 est transférée au Département, qui la conduit"
HANDED_ON = re.compile(
    rf"{OPENING}{THE}(?:(?:{ACTION}){{1,2}}(?P<references>{LIST}){AND_NAME}|{NAME}{QUOTED}){WHO}"
    rf"\s(?:est|sont|sera|seront|a\sete|ont\sete)\s(?:{NOW}\s)?(?:transfer|repris|cede|remis)e?e?s?\s"
    rf"(?:aux?\s|a\s(?:la\s|l')|par\s(?:la\s|le\s|l'|les\s)?)(?!{ACTION}|\d|profit\b|titre\b|sein\b|(?:l')?{OF_AMI}\b)"
    # "est reprise par l'association et devient l'action 5", "… sous le numéro 5": it goes on
    r"(?![^.;]{0,100}\b(?:et\s(?:devien|porte|prend|figure)|sous\sle\s(?:numero|n[°o])))"
)
BEGUN = (
    r"(?:^\W*(?:(?:il\s(?:est|sera|a\sete)\smis|(?:le\spresent\s|l')avenant\smet)\s(?:fin|un\sterme(?:\santicipe)?)\s"
    r"(?:aux?\s|a\s)|"
    r"il\s(?:n'est|ne\ssera)\spas\sdonne\s(?:de\s)?suite\s(?:aux?\s|a\s)|"
    rf"{DECIDED}\sde\s(?:(?:ne\spas\s(?:reconduire|renouveler|poursuivre)|clore|cloturer|supprimer|"
    r"abandonner)\s|l'(?:arret|abandon)\sd(?:e\s|(?=es\s))|la\s(?:suppression|cloture)\sd(?:e\s|(?=es\s)))|"
    r"(?:ont\spris|prennent|prendront)\sfin\s(?:(?:en|au|le)\s[a-z\d\s]{0,14}?20\d\d\s)?|"
    r"(?:est|sont)\sarrivee?s?\sa\s(?:(?:son|leur)\s)?(?:terme|echeance)\s|"
    r"les\sparties\s(?:actent\sla\sfin\sd(?:e\s|')?|(?:decident|conviennent)\sde\smettre\sfin\s(?:aux?\s|a\s))|"
    rf"(?:sont|est)\s{OVER}\s)|"
    rf"{OPENING}les\s(?:actions|fiches)\ssuivantes\s(?:sont|seront|ont\sete)\s{OVER}\s?:\s?)"
)
# "Il est mis fin à l'action 6 à compter du 1er janvier 2025", "Sont supprimées les actions 3 et 5",
# "… supprimées : action 3"
SAID_BEFORE = re.compile(
    rf"{BEGUN}{THE}(?:(?:{ACTION}){{1,2}}(?P<references>{LIST}){AND_NAME}|{NAME}{QUOTED})"
    r"(?=$|\s*[.,;:(]|\s(?:a\s(?:compter|partir)|des|en|fin|le|au\s(?=\d))\s?)"
)
# "Il n'est pas donné suite à l'évaluation participative (action D3)"
SAID_BEFORE_BESIDE = re.compile(
    rf"{BEGUN}{THE}(?P<what>(?!{ACTION})[^.,;:()\"]{{3,120}})"
    rf"\s\((?:{THE}(?:{ACTION}){{1,2}}(?P<references>{LIST})|{CODED})\)"
)
ONE = re.compile(rf"{ACTION}(?P<references>{LIST})")


@dataclass(frozen=True)
class SaidFate:
    """The end of the action of a `reference` (a `reference_key`), of a `name`, or of both, or that
    it is `kept`; `position` is where the `quote`, a sentence, begins in the text."""

    reference: str | None
    name: str | None
    quote: str
    position: int
    kept: bool = False


def said_fates(text: str) -> Iterator[SaidFate]:
    """The ends that the sentences of `text` state, be it with a reservation, and what they keep."""
    yield from said_ends(text)
    for position, sentence in placed_sentences(text):
        plain = aligned(sentence)
        if not IF.search(plain):
            for said in SAID_KEPT.finditer(plain):
                for one in _each(said, sentence, position):
                    yield replace(one, kept=True)


def said_ends(text: str) -> Iterator[SaidFate]:
    """The ends that the sentences of `text` state, in order, be it with a reservation."""
    for position, sentence in placed_sentences(text):
        plain = aligned(sentence)
        if IF.search(plain):
            continue
        for pattern in (SAID, SAID_BEFORE, HANDED_ON):
            for said in pattern.finditer(plain):
                yield from _each(said, sentence, position)
        for said in chain(SAID_BESIDE.finditer(plain), SAID_BEFORE_BESIDE.finditer(plain)):
            if not (MEANS.search(said["what"]) or NOT_ITSELF.match(said["what"])):
                yield from _each(said, sentence, position)
        for said in SAID_PLAINLY.finditer(plain):
            if not (MEANS.search(said["name"]) or NOT_ITSELF.match(said["name"])):
                yield from _each(said, sentence, position)
        for this in THIS_ONE.finditer(plain):
            before = list(ONE.finditer(plain, 0, this.start()))
            if len(before) == 1 and len(references_of(before[0]["references"])) == 1:
                yield from _each(before[0], sentence, position)


def _each(said: re.Match[str], sentence: str, position: int) -> Iterator[SaidFate]:
    """The end of each action that `said`, found in the `sentence`, names."""
    groups = said.groupdict()
    if groups.get("name"):
        yield SaidFate(None, sentence[slice(*said.span("name"))], sentence, position)
        return
    references = references_of(groups.get("references") or said["codes"])
    alone = len(references) == 1 and groups.get("called")
    name = sentence[slice(*said.span("called"))] if alone else None
    for reference in references:
        yield SaidFate(reference_key(reference), name, sentence, position)
