"""The phrases that tell an action's origin, continuation, move or end."""

import re
from functools import cache
from typing import Literal

from normalizers.links.cited import (
    ACTION,
    ALONE,
    AND,
    LIST,
    NO,
    NUMBER,
    OTHER,
    PLAIN,
    SIGLE,
    THE,
)

Kind = Literal["comes_from", "becomes", "ended", "moved"]
OF_ANOTHER: tuple[Kind, ...] = ("comes_from", "becomes")  # of an action that the text numbers

NOW = r"(?:desormais|maintenant|dorenavant|ensuite|depuis|a\spresent|aujourd'hui)"
WHEN = (
    rf"(?:(?:{NOW}|respectivement|en\spartie|pour\spartie|partiellement|totalement|integralement|entierement|"
    r"progressivement|a\sl'identique|a\s(?:elle|lui)\sseule?|(?:depuis|des|en|fin|courant|a\s(?:partir|compter)\sd[eu])\s"
    r"(?:le\s)?(?:1er\s)?(?:[a-z]{3,9}\s)?20\d\d),?\s)*"
)
IN = (
    r"(?:(?:a|au|aux|en|dans|avec|par|sur|vers|entre|sous)\s|au\s(?:sein|titre)\sd[eu']\s?|"
    r"a\stravers\s|dans\sle\scadre\sd[eu']\s?|sous\sl'intitule\s|sous\sle\s(?:nom|numero)\s)"
)
OF = r"(?:de\s|des\s|d'|du\s)"
ORIGINS = (
    # "issue des actions 15 et 16", "est née de l'action 3", "fait suite à la FA 12"
    r"\b(?:(?<!\ba\sl')issue?s?|nees?|ne(?=\sd(?:e|es|u)?\b)|emergee?s?|decoul\w+|provien\w+|suite|"
    r"fusion|regroupement|rapprochement|reunion|mutualisation|scission|partition|continuite|tiree?s?|"
    r"result(?!ats?\b)\w+|deriv\w+)\b"
    rf"(?:(?!\b(?:avec|dans|vers)\b)[^.;:\n]){{0,90}}?(?:{OF}|\b(?:a|aux|entre)\s){OTHER}",
    # "ex-action 4", "anciennement FA 7", "renouvellement de l'action 2", "succède à l'action 3"
    r"\b(?:ex|ancienne(?:ment)?|precedemment|auparavant|numerotee?s?)[\s.-]{1,3}" + OTHER,
    rf"^\W*suite\s{OTHER}",
    # "ancien n° 3"
    rf"\b(?:ex|ancien(?:nement)?)[\s-]{{1,3}}(?:n[°o]\.?|numero)\s*(?P<refs>{LIST})",
    # "L'action 4 (ex 6)"
    rf"\(\s?(?:ex|ancien(?:nement)?)[\s.:-]{{1,3}}(?P<refs>{LIST})\s?\)",
    # "ex-LDA 2"
    rf"\bex\s?-\s?(?P<refs>{SIGLE}{PLAIN})",
    # "ex 2A et 2B", "suite de 4", alone
    rf"{ALONE}(?P<refs>{LIST})\s*(?:\([^()]*\))?\W*$",
    # "même action que la n° 5 de 2023"
    rf"\bmeme\s(?:action|fiche)\sque\s(?:l[ae]\s|l')?(?:{ACTION}|{NO})(?P<refs>{LIST})",
    # "Rassemble les commissions de Sérignac et de Vierzac (B1 et B2)"
    r"\b(?:remplace|regroupe|reunit|rassemble|fusionne|absorbe|(?:fusion|regroupement|reunion)\sd(?:e|es|u))\s"
    rf"[^.;:()\n\d]{{3,90}}\s\(\s?{OTHER}\s?\)",
    # "Réunit en une seule action les actions 2, 3 et 8"
    r"\b(?:reunit|regroupe|rassemble|fusionne|fond)\s(?:en|dans|sous)\sune?\s(?:seule?|meme)"
    rf"(?:\s(?:action|fiche|dispositif|projet))?\sles\s(?:anciennes\s)?{ACTION}(?P<refs>{LIST})",
    # "Action identique à la fiche 5 de 2024"
    rf"(?:^\W*|\baction\s)identique\sa\s{OTHER}(?=\s(?:de|en)\s20\d\d|\sde\s(?:la\sconvention|l'avenant))",
    # "Action 6 + action 7", "Action 8 rebaptisée", "Nouvel intitulé de l'action 4"
    rf"^\W*(?P<refs>{ACTION}{NUMBER}\s\+\s{ACTION}{LIST})\W*$",
    rf"^\W*{ACTION}(?P<refs>{NUMBER})\s(?:rebaptis|renomm|reformul|renumerot)ee?\b",
    rf"\b(?:nouvel\sintitule|nouveau\snom)\s{OF}{OTHER}",
    # "héritière de l'action 11"
    rf"\bheriti(?:er|ere)s?\s{OF}{OTHER}",
    # "détachée de l'action 2", "séparée de l'ancienne fiche 4"
    rf"\b(?:detach|separ|dissoci|extrai|distrai)(?:e|ee|te)s?\s{OF}{OTHER}",
    r"\b(?:reprise|poursuite|prolongement|prolongation|extension|reconduction|renouvellement|"
    r"remplacement|elargissement|a\spartir|(?:prend|reprend)\s(?:la\s(?:suite|place)|le\srelais)|scindee?s?|"
    rf"(?:deuxieme|seconde|troisieme|nouvelle)\s(?:phase|etape))\s{WHEN}{OF}{OTHER}",
    r"\b(?:succed(?:e|ent|ant)|substitue(?:nt)?|correspond(?:ant|ent)?)\s"
    rf"{WHEN}(?:a|aux)\s{OTHER}",
    # "remplace la fiche 9", "regroupe les actions 7 et 8", "reprend les objectifs de l'action 2.3"
    r"\b(?:remplace|regroupe|reunit|reunissent|rassemble|fusionne|integre|absorbe|prolonge|"
    rf"continue|amplifie|recouvre|englobe|poursuit|poursuivent)(?:nt)?\s(?:et\s[a-z]+e(?:nt)?\s)?{WHEN}{OTHER}",
    # "c'est la fiche 4 qui porte les missions de la fiche 10"
    r"\b(?:porte|assume|assure)(?:nt)?\s(?:les?\s|la\s|l')"
    rf"(?:missions?|objectifs?|activites?|contenu|perimetre)\s{OF}{OTHER}",
    rf"\brepren(?:d|ds|nent|ant)\b[^.;:\n\d]{{0,40}}?\b{ACTION}(?P<refs>{LIST})",
    # "actions H2 et H3 réunies"
    rf"^\W*{ACTION}(?P<refs>{NUMBER}{AND}{LIST})\s(?:sont\s|ont\sete\s)?"
    r"(?:reuni|regroupe|fusionne|rassemble|mutualise)e?s\b(?!\s(?:a|au|aux|avec|dans|en)\b)",
    # "FA 3 scindée en FA 3a et FA 3b"
    rf"{OTHER}\s(?:est\s|a\sete\s)?(?:scinde|eclate|dedouble|divise|partage|separe)e?s?\sen\b",
    rf"^\W*{OTHER}\sd(?:e|u)\s(?:la\s|l')?(?:convention|avenant|plan|programme|feuille\sde\sroute)\s"
    r"(?:precedente?|initiale?|anterieure?|20\d\d)",
    # "Fiche 9 de 2023, pour partie"
    rf"^\W*{OTHER}\s(?:de|en)\s20\d\d\b(?=\W*$|\s*[,(])",
)
# "dans une fiche unique, la FA 25"
AS_ONE = (
    r"une?\s(?:seule?\s|meme\s|nouve\w+\s)?(?:action|fiche|operation|projet|dispositif)"
    r"(?:\s(?:unique|commune?|nouvelle))?[\s,:]+(?=l[a'e])"
)
CONTINUATIONS = (
    # "devient : FA 5", "renumérotée FA 4", "nouveau numéro : FA 17"
    r"\b(?:devien(?:t|nent|dra|dront)|devenue?s?|renumerotee?s?|nouveau\snumero|rejoi(?:nt|gnent|ndra|ndront))\b"
    rf"[\s:]*{WHEN}{IN}?{OTHER}",
    # "intégrée à l'action 12", "fusionne avec la FA 3", "scindée en deux : FA 8 et FA 9"
    r"\b(?:(?:(?:re)?integr|incorpor|inser|fusionn|regroup|rassembl|mutualis|jumel|absorb|rattach|"
    r"dilu|ventil|vers|revers|"
    r"transfer|bascul|remplac|port|prolong|transform|declin|scind|eclat|repart|dedoubl|integr|"
    r"continu)(?:e|ee|es|ees|i|ie|is|ies|ent)|(?:re)?fondue?s?|fond|inclu(?:e|s|es|ses|se|t)?|repris(?:e|es)?|"
    r"poursui(?:t|te|vie?s?)|suivie?s?|suite(?=\sdans)|reunie?s?|relais\spris|(?:re)?integration|fusion|"
    r"regroupement|transfert|rattachement|absorption|remplacement|basculement)"
    rf"(?:[\s,]+{WHEN}{IN}+(?:(?:deux|trois|plusieurs)\s(?:actions|fiches)?\s?:\s|{AS_ONE})?|"
    rf"[\s:,-]+voir\s){OTHER}",
    # "désormais confondue avec la fiche 1", "vient se fondre dans l'action 1", "se retrouve dans"
    rf"\b(?:confondue?s?|vien(?:t|nent)\s(?:se\s(?:fondre|rattacher)|s'integrer)|se\sretrouve(?:nt|ra)?),?\s"
    rf"{WHEN}{IN}{OTHER}",
    # "est abandonnée au profit de l'action 10"
    rf"\b(?:abandonn|arret|delaiss|supprim|ecart)ee?s?\sau\sprofit\sd(?:e\s|es\s|u\s){OTHER}",
    # "C est partagée en C1 et C2", "M-03 et M-06 forment le projet 2", "débouche sur l'action 4"
    rf"\b(?:partag|divis|separ)ee?s?\sen\s{OTHER}",
    r"\bredevien\w+\s(?:deux|trois)\s(?:actions|fiches)(?:\s(?:distinct|separe|autonom)e?s)?\s?[:,]\s"
    rf"{OTHER}",
    r"\b(?:forme(?:nt|ront)|constitue(?:nt|ront|ra)?|debouche(?:nt|ra)?\ssur)\s(?:ensemble\s)?"
    rf"{WHEN}{OTHER}",
    # "n'en font plus qu'une, l'action 8", "ne forment plus qu'un seul dispositif : la fiche 7"
    r"\bn(?:'en|e)\s(?:font|forment|feront|formeront|constituent)\s(?:plus\s)?(?:l'objet\s)?"
    r"(?:que\sd'|qu')une?(?:\sseule?)?(?:\s(?:meme\s)?(?:action|fiche|dispositif|projet)"
    rf"(?:\s(?:commune?|unique))?)?[\s,:]+{OTHER}",
    # "ne font plus qu'une seule action, numérotée 2"
    r"\bn(?:'en|e)\s(?:font|forment|feront|formeront|constituent)\splus\squ'une\s(?:seule\s)?"
    rf"(?:action|fiche)[\s,:]+numerotee\s(?P<refs>{LIST})",
    # "trouve son prolongement dans la fiche 2"
    r"\btrouve(?:nt|ra|ront)?\s(?:sa|son|leurs?)\s(?:prolongement|suite|continuite)s?\s"
    rf"{IN}{OTHER}",
    # "fondues en une seule, numérotée 8"
    r"\b(?:fusionn|regroup|reuni|rassembl|fondu)\w*\sen\sune\s(?:seule|meme)"
    rf"(?:\s(?:action|fiche))?[\s,:]+(?!les\s)(?:numerotee\s|{THE}{ACTION})(?P<refs>{LIST})",
    # "fusionnent pour former l'action 1", "devient une action à part entière, l'action 7"
    r"\b(?:fusionn|regroup|reuni|rassembl)\w+\spour\s(?:ne\s)?(?:former|constituer|devenir|creer)\s"
    rf"(?:plus\s)?(?:qu')?{OTHER}",
    rf"\bdevien\w+\sune\s(?:nouvelle\s)?(?:action|fiche)\b[^.;:,()\d]{{0,30}}[,:(]\s?{OTHER}",
    # "renommée action 5", "prend le nom national de l'action 5", "s'intitule désormais l'action 5"
    rf"\b(?:renomm|rebaptis)ee?s?\s(?:en\s)?{OTHER}",
    rf"\b(?:(?:est|sont|sera|seront)\s{NOW}\s(?:intitul|denomm|appel)ee?s?|"
    r"s'(?:intitule|appelle)(?:nt|ra|ront)?|(?:prend|prendra|prennent|porte|portent|portera)"
    rf"(?:\s{NOW})?\s(?:le\snom|l'intitule|la\sdenomination)(?:\s(?!d)[a-z]+)?(?:\sd[eu]|\sd')?"
    r"|(?:prend|prendra|prennent)\spour\s(?:nom|intitule|titre))\s?"
    rf"{WHEN}{OTHER}",
    # "renumérotée 5", "dédoublée en 4a et 4b"
    rf"\brenumerotee?s?\s(?:en\s|:\s)?(?P<refs>{LIST})(?![\s\w]*€)",
    rf"\b(?:scind|eclat|dedoubl|divis)ee?s?\sen\s(?P<refs>(?=\d{{1,2}}\s?[a-e]\b){LIST})",
    # "est désormais l'action A1"
    rf"(?<!c')\b(?:est|sont)\s{NOW}\s(?={THE}{ACTION}){OTHER}",
    # "porte désormais le numéro 1", "est réactivée sous le numéro 3",
    # "reprise par l'État sous le numéro 4"
    rf"\b(?:porte|portent|portera|prend|prennent)\s{WHEN}le\s"
    rf"(?:(?:numero|code)\s|(?=n[°o]))(?P<refs>{NO}?{LIST})",
    r"\b(?:reactiv|relanc|report|fusionn|regroup|reuni|reconduit|repri|repren|poursui|maintenu|inscri|renumerot"
    r"|figur|apparai|demeur|subsist|mutualis|jumel)\w*,?\s"
    rf"(?:{WHEN}|(?:par|au\stitre)\s[^.;:\d]{{3,60}}?\s)"
    r"sous\s(?:l(?:es?|a)\s(?:numero|code|reference)s?\s|les?\s(?=n[°o]))"
    rf"(?P<refs>{NO}?{LIST})",
    # "scindée en deux actions : 6a et 6b", "donne naissance à deux actions, numérotées 4 et 9"
    r"\b(?:(?:scind|eclat|dedoubl|divis|repart|separ|declin|dissoci)ee?s?\sen|donn\w+\snaissance\sa)\s"
    r"(?:deux|trois|quatre|plusieurs)\s"
    r"(?:nouve\w+\s)?(?:actions|fiches(?:[\s-]actions)?|volets|projets|dispositifs|parties)"
    rf"(?:\s(?:distinct|autonom|separe|independant)e?s?)?\s?(?::|,|\()\s?(?:{THE}{ACTION}|numerotees\s)?"
    rf"(?P<refs>{LIST})",
    # "séparée en deux : LDA-2a et LDA-2b"
    rf"\b(?:scind|eclat|dedoubl|divis|separ)ee?s?\sen\s(?:deux|trois)\s?[:(]\s?{OTHER}",
    # "dédoublée (2.2 et 2.3)"
    rf"\b(?:scind|eclat|dedoubl|divis|repart)ee?s?\s\((?:en\s)?{OTHER}\s?\)",
    # "désormais traitée dans la fiche 2"
    rf"\b{NOW}\s(?:trait|compris|contenu|couvert|log)e{{0,2}}s?\s{IN}{OTHER}",
    rf"\b(?:laisse(?:ra)?\s(?:la\s)?place|(?:fait|font)\splace|cede(?:ra)?\s(?:la\s)?place|donn\w+\s(?:naissance|lieu))\s"
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
OF_AMI = r"(?:ami|dihal|etat)"  # who pays under the AMI, and its money
NO_AMI = (
    r"(?:hors\s(?:de\s|financement\s|credits\s)?(?:l')?(?:ami|convention)\b|"
    rf"sans\s(?:l'ami|(?:financement|credits?|soutien)\s(?:de\s(?:l'|la\s))?{OF_AMI})\b)"
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
    rf"abandon|{NO_MORE}|(?:pas\sde|sans)\s(?:reconduction|renouvellement|suite))\b[^.;\n]*$",
    r"^[\s\d().-]*arrete[\s.)]*$",
    r"\((?:terminee?|achevee?|abandonnee?|en cours / sera terminee?)\b[^)]*\)",
)
RULES: dict[Kind, tuple[str, ...]] = {
    "comes_from": ORIGINS,
    "becomes": CONTINUATIONS,
    "moved": MOVES,
    "ended": ENDS,
}
THAT_ACTION = (
    rf"(?:{THE}(?:ancienne?s?\s)?(?:fiches?[\s-]actions?|actions?|fiches?)\s"
    r"(?:intitulee?s?\s|denommee?s?\s)?)"
)
# the words before « the name of another action »
BEFORE_NAME: tuple[tuple[Kind, re.Pattern[str]], ...] = (
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
AND_ALSO = re.compile(rf"{AND}(?:{OF})?{THAT_ACTION}?$")


@cache
def patterns(kind: Kind) -> tuple[re.Pattern[str], ...]:
    """Those that tell `kind`, made when a text first asks for them: it takes a tenth of a second,
    and most documents, whose notes name no two actions, never do."""
    return tuple(re.compile(pattern, re.MULTILINE) for pattern in RULES[kind])
