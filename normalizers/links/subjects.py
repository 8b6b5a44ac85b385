"""Of which actions a sentence tells: those that it names before what became of them.

"La fiche 3 est scindée en fiches 3a et 3b"           of 3
"L'action 3 devient l'action 2 et l'action 5 l'action 4"   of 3, and of 5
"Le pilote de l'action 3 rejoint l'action 5"          of none: it is the pilot that moves
"""

import re
from collections.abc import Iterator

from normalizers.links.certainty import CONDITION, MEANS
from normalizers.links.cited import (
    ACTION,
    CODES,
    LIST,
    NO,
    NUMBER,
    NUMBERED,
    OTHER,
    PLAIN,
    SIGLE,
    THE,
    aligned,
    references_of,
)
from normalizers.links.mentions import Said, hits
from normalizers.links.phrases import IN, OF, OF_ANOTHER, WHEN, Kind

NUMBERED_AGAIN = re.compile(
    rf"{NUMBERED.pattern}|\b(?:numeros?|codes?|(?:re)?numerotee?s?)\s{NUMBER}"
    rf"|\ben\s(?:deux|trois|quatre|plusieurs)\s[^.;]{{1,40}}?{NUMBER}|\(\s?ex[\s.:-]{{1,3}}{NUMBER}",
    re.MULTILINE,
)
# after a number that no word precedes: "LA 1 : suite de", "LA 3 remplace"
TELLS = r"(?=\s?:|\s(?:remplac|regroup|repren|devien|integr|absorb|prolong|fusionn|succed)\w)"
# "B1 regroupe …", "A1 : suite de …", "Les actions 4 et 5 sont …": of whom a clause tells
# "conduits en 2023 sous les numéros 11 et 12"
SUBJECT_OF = re.compile(
    rf"(?:{ACTION}|\bsous\sles\snumeros\s)(?P<refs>{LIST})"
    rf"|^\W*(?P<codes>{CODES}|{SIGLE}{PLAIN}{TELLS})"
)
# "en lien avec l'action 4, qui remplace l'action 5"
WHICH = re.compile(rf"{ACTION}(?P<refs>{LIST}),\s(?:qui|laquelle|lesquelles)\s$")
ARTICLES = re.compile(THE)
# the name of an action behind its number: Les actions 3.1 « Équipe mobile » et 3.2 (Bail glissant)
NAME = re.compile(
    r"(?:(?<=[\dA-Z])|(?<=\d[a-z]))\s*"
    r"(?:«(?:[^«»]|«[^«»]*»)*»|“[^”]*”|\"[^\"]*\"|\((?!adapt)(?=[^()]*\w{3})[^()\d]*\))"
)
# "7 est fusionnée avec l'action 8 au sein de l'action 9": both are
JOINED = re.compile(
    rf"(?P<one>{ACTION}{LIST})\s(?P<verb>(?:est|sont|sera|seront|a\sete|ont\sete)\s\w+)\savec\s"
    rf"{THE}{ACTION}(?P<other>{LIST})(?=\s(?:{IN}|pour\s(?:former|constituer|devenir)\s){OTHER})"
)
ITS_NUMBER = rf"(?:{THE}{ACTION}|le\s(?:numero\s|code\s|{NO})){NUMBER}"
GAPPED = re.compile(
    rf"(?P<verb>devien\w+|porte|prend)\s(?P<one>{ITS_NUMBER})\s?(?:,|;|et)\s"
    rf"(?P<next>{THE}{ACTION}{NUMBER}),?\s(?={ITS_NUMBER})"
)
# "Les actions sont renumérotées : 1 devient 1.1 ; …", "…, l'action 5 est intégrée à l'action 2",
# "2.1 devient 2.2, 2.2 devient 2.3 et les actions 3 et 4 deviennent 5"
CLAUSE = re.compile(
    r"\s;\s|^(?!.*\b(?:en\s(?:deux|trois|quatre|plusieurs)|qu'une?)\s)[^:]{30,}:\s(?!elles?\s)"
    rf"|(?:,|\bet)\s(?={THE}{ACTION}{NUMBER}\s"
    r"(?:est|sera|devient|deviendra|reste|a|fait|rejoint|remplace|prolonge|regroupe|reprend|succede)\b)"
    rf"|(?:,|\bet)\s(?=(?:les\s{ACTION}{LIST}\sdeviennent|{NUMBER}\sdevient)\b)"
    rf"|(?<=\))\s?(?:,|et)\s(?={THE}{ACTION}{NUMBER}\s\()"
)
# "L'ancienne fiche 7 devient …": it is the subject, and the origin of none
FORMER = re.compile(rf"^(?P<the>\W*(?:l'|la\s|les\s))(?:ex-|anciennes?\s)(?={ACTION}{NUMBER})")
NOT_DENIED = r"(?:^|(?<=[\s']))(?<!\bpas\s)(?<!\bpas\sencore\s)(?<!\bn')"
# who acts may be the authors of the text: "les parties conviennent de fondre les actions 8 et 10 en
# une seule, numérotée 8", "le présent avenant regroupe dans l'action 1 les actions 2 et 3"
AGREED = (
    rf"{NOT_DENIED}(?:(?:convenu|decide(?:nt)?|choisi|conviennent)\sde\s|(?:avenant|parties|signataires)\s)"
    r"(?P<verb>fusionn|regroup|integr|fond|rattach|reuni|rassembl|scind|dedoubl)"
    r"(?:er|re|r|e|ent|t|ssent)\s"
)
BY_US = re.compile(
    rf"{AGREED}(?:(?P<one>{THE}{ACTION}{LIST})\s(?={IN}|en\s)"
    rf"|{IN}[^.;:\d]{{0,40}}?(?P<into>{ACTION}{NUMBER})\s(?P<ones>{THE}{ACTION}{LIST}))"
)
# "a acté l'absorption de l'action 14 par l'action 2"
DECIDED = re.compile(
    rf"{NOT_DENIED}(?:(?:a|ont)\s)?(?:acte|decide|valide|approuve|prononce)(?:nt)?\s(?:l'|la\s|le\s)"
    r"(?:absorption|integration|fusion|rattachement|reprise|transfert)\s"
    rf"(?:de\s|d(?=es\s))(?P<one>{THE}{ACTION}{LIST})\s(?={IN}{OTHER})"
)
HALF = r"\b\d{1,2}\s?[a-e]\b"  # 9A
# "l'action 9 a été scindée : 9A pour l'accueil, 9B pour le suivi"
# "la FA 9 est scindée : la captation relève de la FA 9 a et la gestion de la FA 9 b"
PARTED = re.compile(
    r"\b(?P<verb>(?:scind|eclat|dedoubl|divis|separ)ee?s?)\s?:\s"
    rf"(?P<parts>[^;]*?{ACTION}{NUMBER}[^;]*?{ACTION}{NUMBER}[^;]*|[^;]*?{HALF}[^;]*?{HALF}[^;]*)"
)
# "Les missions de l'action 5 sont désormais assurées par l'action 1"
TAKEN_OVER = re.compile(
    rf"\b(?:missions|objectifs|activites)\s{OF}(?P<one>{THE}{ACTION}{LIST})\s(?:sont|seront)\s{WHEN}"
    rf"(?:assur|exerc|port|reali)\w*es\s(?:par|dans)\s(?={OTHER})"
)
# "l'action 4 est dissoute ; ses missions sont réparties entre les actions 2 et 7"
ITS_OWN = re.compile(
    r"\s?(?:;|,|\bet)\s(?:ses|leurs)\s(?:missions|objectifs|activites)\s(?=(?:sont|seront)\b)"
)
# "l'action 6 devient l'action 7 et inversement"
SWAPPED = re.compile(
    rf"(?P<one>{THE}{ACTION}{NUMBER})\s(?P<verb>devien\w+)\s(?P<other>{THE}{ACTION}{NUMBER})"
    r"\set\s(?:inversement|reciproquement|vice[\s-]versa)"
)
# "LDA-2a, confiée à l'Agglo, et LDA-2b": who runs one of several
ASIDE = re.compile(
    r",\s(?:confi|port|pilot|assur|men|ger|condui)(?:e|ee|te)s?\s[^,;.:\d]{2,60}(?:,(?=\set\b)|(?=\set\s|\s:))"
)
# "se retrouve pour partie dans la fiche 2, pour partie dans la fiche 8"
PARTLY = re.compile(rf",\s(?:et\s)?(?:en|pour)\spartie\s{IN}(?={OTHER})")
# "De l'action 5 naissent deux actions nouvelles, les actions 5 et 13"
BORN = re.compile(
    rf"^\W*de\s(?P<one>{THE}{ACTION}{NUMBER})\s(?:naissent|naitront|sont\snees|decoulent)\s"
    rf"(?:[^.;,:\d]{{1,40}}[,:]\s)?(?={THE}{ACTION}{NUMBER})"
)
IN_ORDER = re.compile(
    r"\b(?:devien|renumerot|respectivement|sous\sles\snumeros)"
)  # 3 et 4 deviennent 2 et 3
# "le pilote de l'action 3 rejoint …", "le poste financé au titre de l'action 1 est …"
OF_IT = re.compile(rf"\b(?:{OF}|{IN}|pour\s)(?:l'|la\s|les\s|cette\s)?$")
ITSELF = re.compile(  # "une partie de l'action 3 est transférée", "la fusion des actions 3 et 4"
    r"\b(?:parties?|volets?|moitie|contenu|objectifs?|missions|perimetre|activites?|reste|ensemble|"
    r"fusion|regroupement|reunion|rapprochement|scission|suites?|numero)\b[^,;:]{0,40}$"
)


def told_of(sentence: str, *, on_condition: bool = False) -> list[tuple[list[str], Said]]:
    """What `sentence` says, `on_condition` or else without any, of the actions that it names
    before: 'La fiche 3 est scindée en fiches 3a et 3b' tells of ['3'] that it becomes 3a, and that
    it becomes 3b."""
    if (CONDITION.search(aligned(sentence)) is not None) != on_condition:
        return []
    found = (
        (tuple(subjects), Said(kind, one, sentence[:300]))
        for clause in CLAUSE.split(_in_full(sentence))
        for told, kind, references in _told(clause, on_condition)
        for subjects, one in _couples(told, references, IN_ORDER.search(clause) is not None)
    )
    return [(list(subjects), said) for subjects, said in dict.fromkeys(found)]


def _couples(
    told: list[str], references: list[str], in_order: bool
) -> Iterator[tuple[list[str], str]]:
    """Whom each of the `references` concerns: all of those `told` of, or one each."""
    if in_order and len(told) == len(references):
        yield from (([one], other) for one, other in zip(told, references, strict=True))
    else:
        yield from ((told, other) for other in references)


def _in_full(sentence: str) -> str:
    """`sentence`, folded, without the names of the actions that it numbers, with the verb of each:
    '3 devient 2 et 5 4' → '3 devient 2 ; 5 devient 4', '7 est jointe avec 8' → '7 et 8 est jointe'.
    """
    plain = FORMER.sub(r"\g<the>", ASIDE.sub("", aligned(NAME.sub("", sentence))))
    plain = BY_US.sub(_passive, DECIDED.sub(r"\g<one> est integree ", plain))
    plain = TAKEN_OVER.sub(r"\g<one> est integree a ", plain)
    plain = ITS_OWN.sub(" ", BORN.sub(r"\g<one> est scindee en ", PARTLY.sub(" et ", plain)))
    plain = PARTED.sub(_parted, plain)
    plain = JOINED.sub(r"\g<one> & \g<other> \g<verb>", plain)
    plain = SWAPPED.sub(r"\g<one> \g<verb> \g<other> ; \g<other> \g<verb> \g<one>", plain)
    while (full := GAPPED.sub(r"\g<verb> \g<one> ; \g<next> \g<verb> ", plain)) != plain:
        plain = full
    return plain


def _parted(said: re.Match[str]) -> str:
    """'scindée : … relève de la FA 9 a et … de la FA 9 b' → 'scindée en FA 9 a, FA 9 b'"""
    parts = dict.fromkeys(re.findall(f"{ACTION}{NUMBER}|{HALF}", said["parts"]))
    return f"{said['verb']} en {', '.join(parts)}" if len(parts) > 1 else said[0]


def _passive(said: re.Match[str]) -> str:
    """'fondre les actions 8 et 10 ' → 'les actions 8 et 10 sont fondues '"""
    verb = f"sont {said['verb']}{'u' if said['verb'] == 'fond' else ''}es"
    return f"{said['one']} {verb} " if said["one"] else f"{said['ones']} {verb} dans {said['into']}"


def _told(clause: str, on_condition: bool) -> Iterator[tuple[list[str], Kind, list[str]]]:
    """The subjects, what is said of them, and the other actions; nothing where two may be meant."""
    plain = aligned(clause)
    named_before = list(SUBJECT_OF.finditer(plain))
    if not named_before or not NUMBERED_AGAIN.search(plain, named_before[0].end()):
        return
    found = [hit for hit in hits(clause, OF_ANOTHER, on_condition=on_condition) if hit[3]]
    subjects = [
        subject
        for subject in named_before
        if not _of_it(plain, subject.start())
        and not any(
            a < subject.start() < b and not ARTICLES.fullmatch(plain, a, subject.start())
            for _, a, b, _ in found
        )
    ]
    for kind, start, _, references in found:
        before = [subject for subject in subjects[:2] if subject.end() <= start]
        if relative := WHICH.search(plain, 0, start):
            yield references_of(relative["refs"]), kind, references
        elif len(before) == 1:
            named = before[0]["refs"] or before[0]["codes"]
            yield references_of(named), kind, references


def _of_it(plain: str, start: int) -> bool:
    """Whether the action named at `start` is not meant itself, but its means or its people."""
    before = plain[max(0, start - 80) : start]
    return bool(MEANS.search(before) or (OF_IT.search(before) and not ITSELF.search(before)))
