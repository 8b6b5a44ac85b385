"""What a text says itself of an action's origin, continuation or end.

"issue des actions 15 et 16"                 comes from 15, comes from 16
"FA 5. … / devient : FA 5. Formation …"      becomes FA 5
"ACTION TERMINEE au 31/12/2024"              ended
"suite de l'action « Bail glissant »"         comes from the action of that name
"sera poursuivie dans le cadre du Pacte …"   moved
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache, lru_cache
from typing import Literal

from normalizers.references import VARIANT
from normalizers.terms import fold

Kind = Literal["comes_from", "becomes", "ended", "moved"]

PLAIN = rf"\d{{1,3}}(?:\.\d{{1,2}})?(?:\s?(?:bis|ter|quater)\b|{VARIANT})?"
CODE = r"(?<![a-z.])(?:[ivx]{2,4}|[a-mo-z])\.?\d{1,2}(?:\.\d{1,2})?\b"  # B.1, H2, III.1: axis, rank
SIGLE = (  # LDA-02a, AC 03; but not "en 2024"
    r"(?<![a-z.])(?!(?:de|du|des|en|et|le|les|au|aux|par|sur|ou|pour|avec|fa)[\s.-])"
    r"[a-z]{2,4}[\s.-]?(?=\d{1,3}(?!\d))"
)
# action II, fiche B: capitals, which `aligned` keeps; but not "L'ACTION A ETE", B.1, d'action
WHOLE = r"\b(?:[IVX]{1,4}|[A-H])\b(?!['’]|[.\s-]?\d|\s[A-ZÀ-Ý]{2})"
LETTERED = r"(?<![a-z.])(?!n-)[a-z]-\d{1,3}[a-e]?\b(?!-)"  # M-03
CODED = (  # LDA/2025/03, 2025-03, P1-A2, EV25-01: one code, and no range or list
    r"(?<![\w./-])(?:(?:[a-z]{1,6}\d{0,2}[/-])?20\d\d[/-]\d{1,3}|[a-z]{1,3}\d{1,2}-[a-z]{1,3}\d{1,2}"
    r"|(?!covid)[a-z]{2,6}\d\d-\d{1,3})"
    r"(?![\w/-]|\.\d)"
)
COMPOUND = (  # A1-2, 1-2, 3-b, II.A.1
    r"(?<![\w./-])(?:[a-z]?\d{1,2}(?:-\d{1,2}){1,2}|\d{1,2}(?:\.\d{1,2})?-[a-e]"
    r"|(?i:[ivx]{1,4}\.[a-h])\.\d{1,2})(?![\w/-]|\.\d)"
)
NUMBER = rf"(?:{CODED}|{COMPOUND}|{CODE}|{LETTERED}|(?:{SIGLE})?{PLAIN}|{WHOLE})"
NO = r"(?:n[°os]{0,2}\.?\s*)"
ACTION = (
    r"(?:fiches?(?:[\s-]actions?)?|actions?|projets?|fa|f\.a\.)\s*(?:(?:unique|commune)s?\s)?"
    rf"{NO}?"
)
THE = r"(?:l'|la\s|les\s|le\s|des\s|une\s|cette\s)?"
# "issue de l'action 3 ; l'action 8 est nouvelle": of which more is said
SPOKEN_OF = (
    rf"{THE}{ACTION}{NUMBER}\s(?:est|sont|sera|seront|devien\w+|reste\w*|a|ont|fait|font|"
    r"(?:prolong|remplac|regroup|repren|succed|integr|absorb|poursui|fusionn|rejoin)\w+)\b"
)
# "3 devient l'action 2 et l'action 5 l'action 4": of which the same is said
ELLIPSIS = rf"{THE}{ACTION}{NUMBER},?\s(?:{THE}{ACTION}{NUMBER}|le\s(?:numero|code)\b)"
LIST = (
    rf"{NUMBER}(?:\s*(?:,|;|/|et|&)\s*(?:de\s|d')?(?!{SPOKEN_OF}|{ELLIPSIS})"
    rf"(?:{THE}{ACTION}|{NO})?{NUMBER}|\sa\s(?=\d){PLAIN}){{0,40}}"
)
RANGE = re.compile(r"\b(\d{1,2}\.|)(\d{1,2})\sa\s\1(\d{1,2})(?![\w.])")  # 2 à 5, 1.1 à 1.3
# 2.1 and 3.1a, without a word before them; but not 2.1 M€, 12.10.2024
DOTTED = (
    r"(?<![\d.,/])\d{1,2}\.\d{1,2}[a-e]?(?![\d.,/%]*\d)"
    r"(?!\s?(?:%|€|k€|m€|millions?|etp|euros?)(?!\w))"
)
SIGNED = r"(?<![a-z.])(?!fa|ami|bop|n-)[a-z]{1,4}-\d{1,3}[a-e]?\b(?!-)"  # LDA-02a, M-03
BARE = rf"(?:{CODED}|(?:{CODE}|{DOTTED}|{SIGNED})(?!-[a-z]?\d))"
CODES = rf"{BARE}(?:(?:\s*(?:,|;|/|et|&)\s*(?:de\s|d')?|\sa\s){BARE}){{0,40}}"
OTHER = (
    rf"{THE}(?:(?:ancienne?s?|nouvelles?|seules?|memes?)\s)?[\"\s]*"
    rf"(?P<refs>{ACTION}{LIST}|{CODES})"
)
NOW = r"(?:desormais|maintenant|dorenavant|ensuite|depuis)"
WHEN = (
    rf"(?:(?:{NOW}|respectivement|en\spartie|pour\spartie|partiellement|totalement|integralement|entierement|"
    r"progressivement|a\sl'identique|(?:depuis|des|en|fin|courant|a\s(?:partir|compter)\sd[eu])\s"
    r"(?:le\s)?(?:1er\s)?(?:[a-z]{3,9}\s)?20\d\d),?\s)*"
)
IN = (
    r"(?:(?:a|au|aux|en|dans|avec|par|sur|vers|entre|sous)\s|au\s(?:sein|titre)\sd[eu']\s?|"
    r"a\stravers\s|dans\sle\scadre\sd[eu']\s?|sous\sl'intitule\s|sous\sle\s(?:nom|numero)\s)"
)
OF = r"(?:de\s|des\s|d'|du\s)"
ALONE = r"^\W*(?:ex|anciennement|(?:issue?|suite|reprise|fusion)\sde)[\s.:-]{1,3}"
ORIGINS = (
    # "issue des actions 15 et 16", "est née de l'action 3", "fait suite à la FA 12"
    r"\b(?:(?<!\ba\sl')issue?s?|nees?|ne(?=\sd(?:e|es|u)?\b)|emergee?s?|decoul\w+|provien\w+|suite|"
    r"fusion|regroupement|rapprochement|reunion|scission|partition|continuite|tiree?s?|"
    r"result(?!ats?\b)\w+|deriv\w+)\b"
    rf"(?:(?!\b(?:avec|dans|vers)\b)[^.;:\n]){{0,90}}?(?:{OF}|\b(?:a|aux|entre)\s){OTHER}",
    # "ex-action 4", "anciennement FA 7", "renouvellement de l'action 2", "succède à l'action 3"
    r"\b(?:ex|ancienne(?:ment)?|precedemment|auparavant|numerotee?s?)[\s.-]{1,3}" + OTHER,
    rf"^\W*suite\s{OTHER}",
    # "ancien n° 3"
    rf"\b(?:ex|ancien(?:nement)?)[\s-]{{1,3}}(?:n[°o]\.?|numero)\s*(?P<refs>{LIST})",
    # "ex-LDA 2"
    rf"\bex\s?-\s?(?P<refs>{SIGLE}{PLAIN})",
    # "ex 2A et 2B", "suite de 4", alone
    rf"{ALONE}(?P<refs>{LIST})\s*(?:\([^()]*\))?\W*$",
    # "détachée de l'action 2", "séparée de l'ancienne fiche 4"
    rf"\b(?:detach|separ|dissoci|extrai|distrai)(?:e|ee|te)s?\s{OF}{OTHER}",
    r"\b(?:reprise|poursuite|prolongement|prolongation|extension|reconduction|renouvellement|"
    r"remplacement|elargissement|a\spartir|(?:prend|reprend)\s(?:la\ssuite|le\srelais)|scindee?s?|"
    rf"(?:deuxieme|seconde|troisieme|nouvelle)\s(?:phase|etape))\s{WHEN}{OF}{OTHER}",
    r"\b(?:succed(?:e|ent|ant)|substitue(?:nt)?|correspond(?:ant|ent)?)\s"
    rf"{WHEN}(?:a|aux)\s{OTHER}",
    # "remplace la fiche 9", "regroupe les actions 7 et 8", "reprend les objectifs de l'action 2.3"
    r"\b(?:remplace|regroupe|reunit|reunissent|rassemble|fusionne|integre|absorbe|prolonge|"
    rf"poursuit|poursuivent)(?:nt)?\s{WHEN}{OTHER}",
    rf"\brepren(?:d|ds|nent|ant)\b[^.;:\n\d]{{0,40}}?\b{ACTION}(?P<refs>{LIST})",
    # "actions H2 et H3 réunies"
    rf"^\W*{ACTION}(?P<refs>{NUMBER}\s*(?:,|;|/|et|&)\s*{LIST})\s(?:sont\s|ont\sete\s)?"
    r"(?:reuni|regroupe|fusionne|rassemble|mutualise)e?s\b(?!\s(?:a|au|aux|avec|dans|en)\b)",
    # "FA 3 scindée en FA 3a et FA 3b"
    rf"{OTHER}\s(?:est\s|a\sete\s)?(?:scinde|eclate|dedouble|divise|partage|separe)e?s?\sen\b",
    rf"^\W*{OTHER}\sd(?:e|u)\s(?:la\s|l')?(?:convention|avenant|plan|programme|feuille\sde\sroute)\s"
    r"(?:precedente?|initiale?|anterieure?|20\d\d)",
)
CONTINUATIONS = (
    # "devient : FA 5", "renumérotée FA 4", "nouveau numéro : FA 17"
    r"\b(?:devien(?:t|nent|dra|dront)|devenue?s?|renumerotee?s?|nouveau\snumero|rejoi(?:nt|gnent|ndra|ndront))\b"
    rf"[\s:]*{WHEN}{IN}?{OTHER}",
    # "intégrée à l'action 12", "fusionne avec la FA 3", "scindée en deux : FA 8 et FA 9"
    r"\b(?:(?:(?:re)?integr|incorpor|inser|fusionn|regroup|mutualis|absorb|rattach|vers|revers|"
    r"transfer|bascul|remplac|port|prolong|transform|declin|scind|eclat|repart|dedoubl|integr|"
    r"continu)(?:e|ee|es|ees|i|ie|is|ies|ent)|(?:re)?fondue?s?|fond|inclu(?:e|s|es|ses|se|t)?|repris(?:e|es)?|"
    r"poursui(?:t|te|vie?s?)|suivie?s?|suite(?=\sdans)|reunie?s?|relais\spris|(?:re)?integration|fusion|"
    r"regroupement|transfert|rattachement|absorption|remplacement|basculement)"
    rf"(?:[\s,]+{WHEN}{IN}+(?:(?:deux|trois|plusieurs)\s(?:actions|fiches)?\s?:\s)?|"
    rf"[\s:,-]+voir\s){OTHER}",
    # "C est partagée en C1 et C2", "M-03 et M-06 forment le projet 2", "débouche sur l'action 4"
    rf"\b(?:partag|divis|separ)ee?s?\sen\s{OTHER}",
    rf"\b(?:forme(?:nt|ront)|constitue(?:nt|ront)|debouche(?:nt|ra)?\ssur)\s{WHEN}{OTHER}",
    rf"\bn'en\s(?:font|forment|feront)\s(?:plus\s)?qu'une?(?:\sseule)?[\s,:]+{OTHER}",
    # "fusionnent pour former l'action 1", "devient une action à part entière, l'action 7"
    r"\b(?:fusionn|regroup|reuni|rassembl)\w+\spour\s(?:ne\s)?(?:former|constituer|devenir|creer)\s"
    rf"(?:plus\s)?(?:qu')?{OTHER}",
    rf"\bdevien\w+\sune\s(?:nouvelle\s)?(?:action|fiche)\b[^.;:,\d]{{0,30}}[,:]\s{OTHER}",
    # "renommée action 5", "prend le nom national de l'action 5", "s'intitule désormais l'action 5"
    rf"\b(?:renomm|rebaptis)ee?s?\s(?:en\s)?{OTHER}",
    rf"\b(?:(?:est|sont|sera|seront)\s{NOW}\s(?:intitul|denomm|appel)ee?s?|"
    r"s'(?:intitule|appelle)(?:nt|ra|ront)?|(?:prend|prendra|prennent|porte|portent|portera)"
    rf"(?:\s{NOW})?\s(?:le\snom|l'intitule|la\sdenomination)(?:\s(?!d)[a-z]+)?(?:\sd[eu]|\sd')?)\s?"
    rf"{WHEN}{OTHER}",
    # "renumérotée 5", "dédoublée en 4a et 4b"
    rf"\brenumerotee?s?\s(?:en\s|:\s)?(?P<refs>{LIST})(?![\s\w]*€)",
    rf"\b(?:scind|eclat|dedoubl|divis)ee?s?\sen\s(?P<refs>(?=\d{{1,2}}\s?[a-e]\b){LIST})",
    # "porte désormais le numéro 1", "est réactivée sous le numéro 3"
    rf"\b(?:porte|portent|portera|prend|prennent)\s{WHEN}le\s(?:numero|code)\s(?P<refs>{LIST})",
    r"\b(?:reactiv|relanc|fusionn|regroup|reuni|reconduit|repri|repren|poursui|maintenu|inscri|renumerot)\w*\s"
    rf"{WHEN}sous\sl[ea]\s(?:numero|code|reference)\s(?P<refs>{LIST})",
    # "scindée en deux actions : 6a et 6b"
    r"\b(?:scind|eclat|dedoubl|divis|repart|separ|declin)ee?s?\sen\s(?:deux|trois|quatre|plusieurs)\s"
    rf"(?:nouvelles\s)?(?:actions|fiches(?:[\s-]actions)?)(?:\sdistinctes)?\s?(?::|,|\()\s?(?P<refs>{LIST})",
    # "séparée en deux : LDA-2a et LDA-2b"
    rf"\b(?:scind|eclat|dedoubl|divis|separ)ee?s?\sen\s(?:deux|trois)\s?[:(]\s?{OTHER}",
    # "dédoublée (2.2 et 2.3)"
    rf"\b(?:scind|eclat|dedoubl|divis|repart)ee?s?\s\((?:en\s)?{OTHER}\s?\)",
    rf"\b(?:laisse(?:ra)?\s(?:la\s)?place|cede(?:ra)?\s(?:la\s)?place|donn\w+\s(?:naissance|lieu))\s"
    rf"(?:a|aux)\s{OTHER}",
    # "Transformation de l'action en APIE (cf. fiche action 13 Bis)"
    rf"\btransform(?:ation|ee?s?)\b[^.;\n]{{0,120}}\((?:cf\.?|voir)\s{ACTION}(?P<refs>{LIST})",
    rf"\bnouvelle\saction\b[^.;\n]{{0,20}}:\s*voir\s{OTHER}",
    rf"\bvoir\s(?:{NOW}\s|(?={THE}nouvelles?\b)){OTHER}",
)
ELSEWHERE = (
    r"(?:fonds\s(?:propres|metropolitain|departementa)|budget\b|credits\s(?!(?:de\sl')?ami\b|lda\b)|"
    r"bop\s\d|regie\b|droit\scommun)"
)
NO_AMI = (
    r"(?:hors\s(?:de\s|financement\s|credits\s)?(?:l')?(?:ami|convention)\b|"
    r"sans\s(?:l'ami|(?:financement|credits?|soutien)\s(?:de\s(?:l'|la\s))?(?:ami|dihal|etat))\b)"
)
STILL_AMI = (
    r"(?!(?:l'|la\s|le\s)?(?:ami|(?:plan\s)?(?:lda|logement\sd'abord)|avenant|"
    r"presente?\s(?:convention|avenant))\b)"
)
PAYER = (
    r"(?:fsl|faj|fonds|departement\w*|metropol\w+|ville|communes?|ccas|region|caf|etat|"
    r"collectivite)"
)
PLANS = r"(?:pdalhpd|plalhpd|pdalpd|plh|fsl|cpom)"  # other than the one of the AMI
GOES_ON = (
    rf"\b(?:poursui\w+|repris\w*|transfer\w+|(?:re)?integr(?:ee?s?|ation)|bascul\w+|financee?s?|"
    r"financement|cofinancee?s?|perennis\w+|portee?s?|maintenue?s?|maintien|continue\w*|passage|"
    rf"relev\w+|sortie?s?|prise?s?\sen\scharge|assuree?s?|internalisee?s?|{NOW})"
)
MOVES = (
    # "sera poursuivie dans le cadre du Pacte des Solidarités", "réintégrés à la convention …"
    r"\b(?:sera|seront|est|sont|se)?\s?(?:poursuivi\w*|poursui[tv]\w*|repris\w*|transfer\w+|"
    r"integr\w+|reintegr\w+|bascul\w+|financee?s?|perennis\w+|portee?s?)\b[^.;\n]{0,60}?"
    rf"\b(?:dans\sle\scadre\s(?:du\s|de\s|d'|des\s){STILL_AMI}|(?:a|dans|par)\sla\sconvention\b|"
    rf"dans\sles\smissions\b|au\stitre\s(?:du\s|de\s|d'){STILL_AMI})[^.;\n]*",
    r"\b(?:integree?s?|inscrite?s?)\s(?:a|au|dans)\s(?:l[ae]\s)?(?:pacte|contrat|cpom|convention)\b"
    r"[^.;\n]*",
    # "reprise dans le PDALHPD"
    r"\b(?:repris|transfer|bascul|poursui)\w*\s(?:a|au|dans|par)\s(?:le\s)?"
    rf"{PLANS}\b[^.;\n]*",
    # "se poursuivront par un portage du Département"
    rf"\b(?:poursui\w+|maintenue?s?|continu\w+)\s(?:par|avec)\s(?:un|le)\sportage\s"
    rf"(?:financier\s|budgetaire\s)?(?:(?:par|de|du)\s)?(?:l[ae]\s|l')?{PAYER}\b[^.;\n]*",
    # "se poursuit sur droit commun", "bascule hors AMI", "reprise sur fonds propres"
    rf"{GOES_ON}\b[^.;\n]{{0,60}}?\b(?:(?:sur|par|dans|au|via|en|du|vers)\s(?:l[ae]s?\s|son\s|ses\s)?"
    rf"{ELSEWHERE}|{NO_AMI})[^.;\n]*",
    # "désormais financée par le Département", "financée à partir de 2025 par la Ville"
    rf"\b{NOW}\s(?:financee?s?|portee?s?|assuree?s?|prise?s?\sen\scharge|reprise?s?)\spar\b[^.;\n]*",
    rf"\b(?:financee?s?|portee?s?|assuree?s?|prise?s?\sen\scharge)\s(?!par\b|dans\b|sur\b){WHEN}"
    r"(?:par|dans|sur)\b[^.;\n]*",
    # "reprise par le CCAS", "action transférée à la Ville", "bascule sur le FSL"
    r"(?:^\W*|\baction\s(?:est\s|sera\s|a\sete\s)?)(?:repris|perennise|internalise|transfere)e?s?\s"
    r"(?:par|a|au|aux|vers|en)\b[^.;\n]*",
    r"\bbascule(?:e|es|ment|ra)?\s(?:sur|vers|dans)\b[^.;\n]*",
    r"\b(?:transfert|reprise)\sde\sl'action\s(?:a|au|aux|vers|par|en|dans)\b[^.;\n]*",
    r"\brepren(?:d|nent|dra)\sl'action\b(?!\s*(?:n\W|\d))[^.;\n]*",
    r"\b(?:ne\sreleve(?:nt|ra)?\splus|sortie?s?)\sde\sl'ami\b[^\n]*",
    # a status that stands alone: "Droit commun", "Passage au droit commun en 2025"
    r"^[\s\d().-]*(?:(?:passage|retour|bascule|releve)\s(?:a|au|en|sur|vers|du|dans)\s(?:le\s)?)?"
    r"droit\scommun\b[^.;\n]{0,40}$",
)
SUBJECT = (
    r"(?:convention|marche|dispositif|action|experimentation|projet|prestation|operation|etude|poste|"
    r"mission)"
)
OVER = (
    r"(?:(?:termine|acheve|abandonne|cloture|solde|arrete|annule|supprime|finalise)e?|close?|"
    r"retiree?\sde)"
)
NO_MORE = (
    r"(?:caduque?|non[\s-](?:reconduite?|renouvelee?|poursuivie?)|"
    r"n'(?:est|a)\spas\s(?:ete\s)?(?:renouvelee?|reconduite?|poursuivie?)|"
    r"ne\ssera\spas\s(?:reconduite?|renouvelee?|poursuivie?)|n'a\splus\slieu\sd'etre|"
    r"(?:a\spris|prend|prendra)\sfin|arrivee?\sa\s(?:son\s)?(?:terme|echeance)|"
    r"s'est\s(?:achevee?|terminee?|arretee?)|s'acheve|s'arrete|se\stermine)"
)
ENDS = (
    # "ACTION TERMINEE", "l'action est aujourd'hui achevée", "projet abandonné"
    rf"\b{SUBJECT}\s(?:est\s|a\sete\s)?(?:aujourd'hui\s|desormais\s)?"
    rf"(?:consideree?\s(?:comme\s)?(?:etant\s)?)?[:\s«\"]{{0,3}}{OVER}\b[^.;\n]*",
    r"\baction\s(?:est\s|a\sete\s)?realisee\b[^.;\n]*",
    r"\baction\s(?:(?!\bpas\b)[^.;\n]){0,25},\sabandonnee\b[^.;\n]*",
    # "la convention est caduque", "le marché n'a pas été renouvelé", "action non reconduite"
    rf"\b{SUBJECT}\b[^.;\n]{{0,25}}?\b{NO_MORE}\b[^.;\n]*",
    rf"\b(?:fin|arret|abandon|non[\s-]reconduction|suppression|cloture)\sd(?:e\sl'|u\s){SUBJECT}\b[^.;\n]*",
    # a status that stands alone: "Terminée", "Abandonnée en 2023", "(terminée)", "Non reconduite"
    r"^[\s\d().-]*(?:terminee?|achevee?|abandonnee?|cloturee?|arretee|annulee|supprimee|close|soldee|"
    rf"abandon|{NO_MORE}|pas\sde\s(?:reconduction|renouvellement|suite))\b[^.;\n]*$",
    r"^[\s\d().-]*arrete[\s.)]*$",
    r"\((?:terminee?|achevee?|abandonnee?|en cours / sera terminee?)\b[^)]*\)",
)
RULES: dict[Kind, tuple[str, ...]] = {
    "comes_from": ORIGINS,
    "becomes": CONTINUATIONS,
    "moved": MOVES,
    "ended": ENDS,
}
# the words before « the name of another action »
QUOTED = re.compile(r"[«“\"]\s*([^«»“”\"\n]{6,160}?)\s*[»”\"]")
THAT_ACTION = (
    rf"(?:{THE}(?:ancienne?s?\s)?(?:fiches?[\s-]actions?|actions?|fiches?)\s"
    r"(?:intitulee?s?\s|denommee?s?\s)?)"
)
NAMED: tuple[tuple[Kind, re.Pattern[str]], ...] = (
    (
        "comes_from",
        re.compile(
            rf"(?:\b(?:issue?s?|nees?|suite|fusion|regroupement|reunion|scission|continuite|reprise|"
            rf"poursuite|prolongement|reconduction|renouvellement)\s(?:{OF}|a\s|aux\s){THAT_ACTION}?|"
            rf"\b(?:succede|se\ssubstitue)(?:nt)?\sa\s{THAT_ACTION}|"
            rf"\b(?:remplace|regroupe|reunit|rassemble|fusionne|integre|absorbe|prolonge|poursuit|"
            rf"reprend)\s{THAT_ACTION}|"
            r"\b(?:ex|anciennement|precedemment|auparavant)(?:\s(?:intitulee?|denommee?))?[\s,:-]{1,3})$"
        ),
    ),
    (
        "becomes",
        re.compile(
            rf"(?:\b(?:devien(?:t|dra)|devenue?|renommee?|rebaptisee?)[\s:]+{THAT_ACTION}?|"
            r"\b(?:scind|eclat|dedoubl|divis|separ)ee?s?\sen\s(?:(?:deux|trois)\s)?"
            r"(?:(?:actions|fiches)(?:\sdistinctes)?\s?)?:?\s?|"
            rf"\b(?:integree?|fusionnee?|regroupee?|rattachee?|reprise|fondue|poursuivie|transferee?|"
            rf"basculee?)\s{WHEN}{IN}{THAT_ACTION})$"
        ),
    ),
)
CAPITAL = re.compile(WHOLE)
CAPITALS = re.compile(
    rf"(?i:\b(?:{ACTION}))(?:\d+\w?|{WHOLE})(?:\s*(?:,|;|/|et|&)\s*(?:\d+\w?|{WHOLE}))*"
)
NUMBERED = re.compile(
    rf"{ACTION}{NUMBER}|{BARE}|\bex\s?-\s?{SIGLE}|{ALONE}\d|\bn[°o]\s?\d|\ben\s\d{{1,2}}\s?[a-e]\b",
    re.MULTILINE,
)
OF_ANOTHER: tuple[Kind, ...] = ("comes_from", "becomes")  # of an action that the text numbers
AND_ALSO = re.compile(rf"\s*(?:,|;|/|et|&)\s*(?:{OF})?{THAT_ACTION}?$")
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
# after the number of an action: of another plan, or of the one that speaks
OF_ANOTHER_PLAN = re.compile(
    rf"\s(?:du|de\sla)\s(?:{PLANS}\b|contrat\b|pacte\b|schema\b|"
    r"plan\s(?:departemental|local|regional|pauvrete)\b|programme\slocal\b)"
)
TO_COME = r"(?:sera|seront|devien(?:dra|dront)|rejoin(?:dra|dront))\b"
APPROVAL = r"(?:l[ae]\s|l'|les\s)?(?:validation|accord|avis|approbation|deliberation|vote)\b"
OF_THIS_ACT = re.compile(r"\s(?:du\spresent|de\sla\spresente|du\snouve)")
IF = re.compile(
    r"(?:^\W*|,\s)(?:si\s|s'il|(?:a\s(?:la\s)?condition|au\scas|dans\sle\scas)\b)"
    r"|\bsi\s(?:l[aes]{1,2}\s|l'|le\s|aucune?\s|un)"
    r"|\ble\scas\secheant\b|\ben\scas\sd(?:e\s|')|\bhypotheses?\b|\bdes\slors\sque?\b"
    r"|\ba\sdefaut\sd(?:e\s|')|\b(?:selon|en\sfonction\sd[eu]s?)\s(?:les?\s|la\s|l')?"
    r"(?:resultats?|conclusions?|avis|arbitrages?|decisions?|evaluation|bilan|credits)\b"
    # what waits for an agreement is to come
    rf"|\b(?:faute\sd(?:e\s|')|(?:apres|des)\s{APPROVAL})[^.;]{{0,80}}?\b{TO_COME}"
    rf"|\b{TO_COME}[^.;]{{0,80}}?\b(?:apres|des)\s{APPROVAL}"
)
# said to be so, on a condition: "sous réserve de l'avis du comité", "si les crédits le permettent"
CONDITION = re.compile(rf"{IF.pattern}|\bsous\sreserve\b")


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


@dataclass(frozen=True)
class Said:
    """One thing a text says; the other action is told by its `reference`, as '15' or '1 bis', or by
    its `name`."""

    kind: Kind
    reference: str | None
    quote: str
    name: str | None = None


@lru_cache(maxsize=4096)
def mentions(text: str) -> tuple[Said, ...]:
    """What `text` says of an action's origin, continuation or end, in order, each said once."""
    found: dict[tuple[Kind, str | None], tuple[int, Said]] = {}
    for kind, start, end, references in hits(text):
        quote = _sentence(text, start, end)
        for reference in references or (None,):
            found.setdefault((kind, reference), (start, Said(kind, reference, quote)))
    said = sorted(found.values(), key=lambda f: (f[0], f[1].reference or ""))
    return (*(one for _, one in said), *_named(text))


def _named(text: str) -> list[Said]:
    """The actions that `text` names in quotation marks as its origin or its continuation."""
    plain = aligned(text)
    found: list[Said] = []
    last: tuple[int, Kind | None] = (0, None)
    for quoted in QUOTED.finditer(text):
        before = plain[max(0, quoted.start() - 90) : quoted.start()].rstrip()
        kind, cue = next(
            ((k, hit) for k, pattern in NAMED if (hit := pattern.search(f"{before} "))),
            (None, None),
        )
        if kind is None and AND_ALSO.fullmatch(f"{plain[last[0] : quoted.start()].rstrip()} "):
            kind = last[1]
        if NUMBERED.match(fold(quoted[1])) or (cue and DENIED.search(before[: cue.start()])):
            kind = None
        unsure = MAY_BE.search(plain, _begin(plain, quoted.start()), quoted.start())
        if unsure or not _is_unconditional(plain, *quoted.span()):
            kind = None
        last = quoted.end(), kind
        if kind:
            said = Said(kind, None, _sentence(text, quoted.start(), quoted.end()), quoted[1])
            found.append(said)
    return found


@cache
def _patterns(kind: Kind) -> tuple[re.Pattern[str], ...]:
    """Those that tell `kind`, made when a text first asks for them: it takes a tenth of a second,
    and most documents, whose notes name no two actions, never do."""
    return tuple(re.compile(pattern, re.MULTILINE) for pattern in RULES[kind])


def hits(
    text: str, kinds: Iterable[Kind] = tuple(RULES), *, on_condition: bool = False
) -> Iterable[tuple[Kind, int, int, list[str]]]:
    """What `text` says, `on_condition` or not, where (its first and last letter), and of which
    other actions."""
    plain = aligned(text)
    known: list[tuple[int, int]] = []  # where the text names the action that this one becomes
    numbered = NUMBERED.search(plain)
    for kind in kinds:
        if kind in OF_ANOTHER and not numbered:
            continue
        for pattern in _patterns(kind):
            for hit in pattern.finditer(plain):
                if _denied(plain, hit, kind):
                    continue
                if not (on_condition or _is_unconditional(plain, *hit.span())):
                    continue
                if kind == "moved" and any(a < hit.end() and hit.start() < b for a, b in known):
                    continue
                if kind == "becomes":
                    known.append(hit.span())
                listed = hit.groupdict().get("refs")
                yield kind, hit.start(), hit.end(), references_of(listed) if listed else []


def _denied(plain: str, hit: re.Match[str], kind: Kind) -> bool:
    """Whether what `hit` says is denied, is not sure yet, or is said of something else."""
    start, end = hit.span()
    first = _begin(plain, start)
    return bool(
        DENIED.search(plain[max(0, start - 20) : start])
        or MAY_BE.search(plain, first, end)
        or MUST.search(plain[first:start])
        or (kind in OF_ANOTHER and _of_else(plain, first, hit, kind))
    )


def _is_unconditional(plain: str, start: int, end: int) -> bool:
    """Does the sentence around plain[start:end] say it without a condition?"""
    after = BREAK.search(plain, end, end + LONGEST)
    last = after.start() if after else end + LONGEST
    return CONDITION.search(plain[_begin(plain, start) : last]) is None


def _begin(plain: str, start: int) -> int:
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


def aligned(text: str) -> str:
    """`text` folded letter by letter, so that places in it are places in the original; a reference
    that is a letter or a Roman number keeps its capitals, which tell it from a word."""
    plain = "".join(_letter(c) for c in text)
    for listed in CAPITALS.finditer(text):
        for whole in CAPITAL.finditer(text, listed.start(), listed.end()):
            plain = plain[: whole.start()] + whole[0] + plain[whole.end() :]
    return plain


@lru_cache(maxsize=4096)
def _letter(char: str) -> str:
    if char == "\n":
        return char
    plain = fold(char)
    return plain if len(plain) == 1 else " "


def references_of(listed: str) -> list[str]:
    """The references of a list, folded as `aligned` does: '3 a et 3 b' → ['3 a', '3 b']."""
    full = RANGE.sub(_all_of, listed)
    return [re.sub(r"(\d)\s*(bis|ter|quater)", r"\1 \2", r) for r in re.findall(NUMBER, full)]


def _all_of(found: re.Match[str]) -> str:
    """'2 à 5' → '2, 3, 4, 5'"""
    axis, first, last = found.groups()
    return ", ".join(f"{axis}{i}" for i in range(int(first), int(last) + 1)) or found[0]


def _sentence(text: str, start: int, end: int) -> str:
    """The sentence (or line) around text[start:end], at most 300 characters of it."""
    before = max((m.end() for m in BREAK.finditer(text, 0, start)), default=0)
    after = BREAK.search(text, end)
    quote = " ".join(text[before : after.end() if after else len(text)].split())
    return quote.strip("•;- ")[:300]
