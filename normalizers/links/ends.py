"""Ends of actions that a text states.

"La fiche 6 est achevée"                        6
"Les actions 3.2 et 8 b ne sont pas reconduites"  3.2, 8b
"L'action « Bail glissant » prend fin"           the action of that name
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from normalizers.links.mentions import ACTION, IF, LIST, NOW, THE, aligned, references_of
from normalizers.references import reference_key
from normalizers.sentences import placed_sentences

OPENING = (
    r"(?:^\W*|[,:;]\s*|\.\s+|\b(?:et|que)\s+|\bqu')"  # "est soldée" of the action, not of its grant
)
NAME = r"(?:(?:fiches?[\s-])?actions?|fiches?)\s(?:(?:intitul|denomm)ee?s?\s)?"
QUOTED = r"\"\s*(?P<name>[^\"\n]{3,160}?)\s*\""
OVER = r"(?:(?:achev|termin|abandonn|clotur|sold|arret|annul|supprim|retir)ees?|closes?)"
NO_MORE = r"(?:reconduit|renouvel|poursuivi|maintenu|repris)e{0,2}s?"
WHO = r"(?:\s?,\s(?:qui|dont|en|faute|laquelle|lesquelles|desormais|devenue?s?)\b[^,.;]{1,90},)?"
ENDED = (
    rf"{WHO}\s(?:(?:est|sont|sera|seront|a\sete|ont\sete)\s"
    rf"(?:(?:{NOW}|donc|definitivement)\s)?{OVER}"
    r"(?=$|\s*[.,;:(]|\s(?:au|le|en|depuis|fin|et|faute|car|pour|sans)\b|"
    r"\s(?:de\sla\s(?:programmation|convention|liste)|de\sl'annexe|du\s(?:programme|plan))\b)|"
    r"(?:n'(?:est|a|ont)|ne\s(?:sera|sont|seront))\s(?:pas|plus)\s(?:ete\s)?"
    rf"{NO_MORE}\b(?![^.;]{{0,60}}\bmais\b)|n'(?:a|ont)\splus\slieu\sd'etre\b|"
    r"(?:prend|prendra|prennent|prendront|a\spris|ont\spris)\sfin\b|"
    r"s'acheve(?:nt)?\b|s'est\sachevee\b|se\ssont\sachevees\b)"
)
SAID = re.compile(
    rf"{OPENING}{THE}(?:(?:{ACTION}){{1,2}}(?P<references>{LIST})(?:\s\"[^\"\n]*\")?|{NAME}{QUOTED}){ENDED}"
)
# "Il est mis fin à l'action 6", "Sont supprimées les actions 3 et 5", "… supprimées : action 3"
SAID_BEFORE = re.compile(
    rf"(?:^\W*(?:il\s(?:est|sera|a\sete)\smis\sfin\s(?:aux?\s|a\s)|"
    r"les\sparties\s(?:actent\sla\sfin\sd(?:e\s|')?|(?:decident|conviennent)\sde\smettre\sfin\s(?:aux?\s|a\s))|"
    rf"(?:sont|est)\s{OVER}\s)|"
    rf"{OPENING}les\s(?:actions|fiches)\ssuivantes\s(?:sont|seront|ont\sete)\s{OVER}\s?:\s?)"
    rf"{THE}(?:{ACTION}){{1,2}}(?P<references>{LIST})(?=$|\s*[.,;:(])"
)


@dataclass(frozen=True)
class SaidEnd:
    """The end of the action of a `reference` (a `reference_key`), or else of a `name`;
    `position` is where the `quote`, a sentence, begins in the text."""

    reference: str | None
    name: str | None
    quote: str
    position: int


def said_ends(text: str) -> Iterator[SaidEnd]:
    """The ends that the sentences of `text` state, in order."""
    for position, sentence in placed_sentences(text):
        plain = aligned(sentence)
        if IF.search(plain):
            continue
        for said in SAID.finditer(plain):
            if said["name"]:
                yield SaidEnd(None, sentence[slice(*said.span("name"))], sentence, position)
                continue
            yield from _each(said["references"], sentence, position)
        for listed in SAID_BEFORE.finditer(plain):
            yield from _each(listed["references"], sentence, position)


def _each(listed: str, sentence: str, position: int) -> Iterator[SaidEnd]:
    for reference in references_of(listed):
        yield SaidEnd(reference_key(reference), None, sentence, position)
