"""Who ran an action before, as its row tells: 'Poste transféré du CCAS à la commune'."""

import re

from normalizers.links.certainty import MAY_BE, is_unconditional, sentence_begin
from normalizers.links.cited import aligned

OF = r"(?:de\sl'|de\sla\s|des?\s|du\s|d')"
TO = r"(?:a\sl'|a\sla\s|aux?\s|vers\s(?:l[ae]\s|l')?|a\s)"
BY = r"par\s(?:l[ae]s?\s|l')?"
RUN = r"(?:port|pilot|assur|men|ger|anim|condui|realis)(?:e|ee|te)s?"
BEFORE = (
    r"(?:anciennement|precedemment|auparavant|jusqu'alors|jusqu'ici|jusque-la|initialement|"
    r"(?:jusqu'en|en)\s(?:[a-z]{3,9}\s)?20\d\d)"
)
WHO = r"(?P<who>[^.;,:()]{3,70}?)"
END = r"(?=$|[.;,:()])"
AN_ACTION = re.compile(r"\b(?:actions?|fiches?)\b")
HANDOVERS = tuple(
    re.compile(pattern)
    for pattern in (
        # "Poste transféré du CCAS à la commune", "transférée, avec ses crédits, de X à Y"
        rf"\btransfer\w+(?:,[^.;,]{{3,40}},)?\s{OF}{WHO}\s{TO}(?=\w)",
        # "précédemment portée par le CCAS", "portée jusqu'en 2024 par le CCAS"
        rf"\b{BEFORE}\s{RUN}\s{BY}{WHO}{END}",
        rf"\b{RUN}\s{BEFORE}\s{BY}{WHO}{END}",
        rf"\b{RUN}\s{BY}{WHO}\s{BEFORE}\b",
        # "L'association Tandem succède à la Ville", "en remplacement du CCAS"
        rf"\b(?:succede|se\ssubstitue)\s{TO}{WHO}{END}",
        rf"\ben\sremplacement\s{OF}{WHO}{END}",
        # "Le Département confie l'action à l'association Horizon"
        rf"(?:^\W*|[.;]\s)(?:l[ae]s?\s|l')?{WHO}\s(?:a\s)?(?:confi|transfer|cede|transmet)\w*\s"
        r"(?:l'action|la\sfiche|le\sposte|le\sdispositif|le\sportage|le\spilotage)\s",
    )
)


def former_pilots(text: str) -> list[str]:
    """Those who ran the action before, folded, as `text` says for sure."""
    plain = aligned(text)
    return [
        said["who"].strip()
        for pattern in HANDOVERS
        for said in pattern.finditer(plain)
        if is_unconditional(plain, *said.span())
        and not AN_ACTION.search(said["who"])
        and not MAY_BE.search(plain, sentence_begin(plain, said.start()), said.end())
    ]
