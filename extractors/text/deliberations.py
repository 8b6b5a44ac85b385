"""The deliberation that approves an act, or the decision that stands for it."""

import re

from extractors.pages.furniture import place
from extractors.text.passages import Passage, window_of
from normalizers.dates import read_dates
from pipeline.extracted import Fact

# n° 2024-12-05/17 · n° FCT 006-12345/23/CM · numéro B-25-044
# n° 24/102 AC de l'Assemblée · n° 25 C 0041 du 7 février
NUMBER = (
    r"(?:n°|N°|numéro|no|référencée?|réf\.)\s*:?\s*(?P<ref>(?:[A-Z]{1,6}\s(?=\d))?(?:[A-Z0-9][\w./-]*\w|\d(?!\w))"
    r"(?:\s[A-Z]\s\d{2,5}\b|\s[A-Z]{1,3}(?=\s+d(?:[eu]s?\s|['’])))?)"
)
# délibération 23-C-0287 du 13 octobre 2023 · délibération 254C du 24 mars
BARE_NUMBER = (
    r"(?!\d{1,2}[/.]\d{1,2}[/.])(?P<bare>(?=\w*[-./_\w]*\d)[A-Z0-9][^\W_]*(?:[-./_][^\W_]+)+"
    r"|\d{1,6}[A-Z]{0,3}(?=\s+d[ue]\s)|[A-Z]{1,3}\s\d[\w./-]*\d(?=\s+d[ue]\s))"
)
DELIBERATION = re.compile(
    rf"(?i:d[ée]lib[ée]rations?\s+(?:(?:du|de la|de l['’]|des)\s[^,.;]{{0,80}}?\s)?)"
    rf"(?:{NUMBER}|{BARE_NUMBER})?"
)
# décision n° 2024-D-318 du bureau communautaire · décision du Président n° DEC-2024-58
DECISION = re.compile(
    r"décisions?\s+(?=[^.;]{0,80}\b(?:bureau|conseil|assemblée|commission|président|maire)\b)"
    rf"(?:(?:du|de la)\s[^,.;]{{0,60}}?\s)?(?:{NUMBER}|{BARE_NUMBER})?",
    re.IGNORECASE,
)
OTHER_ACTS = ("avenant", "convention", "article", "action", "annexe", "loi", "décret", "arrêté",
    "instruction", "circulaire", "rapport")  # fmt: skip
REFERENCE = re.compile("".join(rf"(?<!(?i:{of})\s)" for of in OTHER_ACTS) + NUMBER)
# la délibération du conseil municipal du 28 mars 2024 (DCM 2024-03-21)
IN_BRACKETS = re.compile(r"\((?P<ref>[A-Z]{2,6}[ _-]?\d[\w./-]*\d)\)")
SENTENCE_END = re.compile(r";|(?<!\bréf)\.\s|\n|\s(?=(?:Vu|VU|Considérant|CONSIDÉRANT)\s)")


def read_deliberation(whole: Passage) -> list[Fact]:
    """The deliberation that approves the act: the first one recited, else the first one named, else
    the decision of a bureau or president that stands for it."""
    named = list(DELIBERATION.finditer(whole.text))
    matches = named or list(DECISION.finditer(whole.text))
    recited = [
        m
        for m in matches
        if re.search(r"\bVu\s+la\s+$", whole.text[max(0, m.start() - 20) : m.start()])
    ]
    for match in recited or matches:
        sentence = SENTENCE_END.split(window_of(whole.text, match.start(), 260))[0]
        reference = match["ref"] or match["bare"]
        later = REFERENCE.search(sentence) or IN_BRACKETS.search(sentence)
        if reference is None and later:
            reference = later["ref"]
        # DCM 2022-06-03 du 9 juin 2022 : what stands in the number is no date
        dates = [
            d for d in read_dates(sentence) if sentence[d.start : d.end] not in (reference or "")
        ]
        if reference is None and not dates:
            continue
        where = place(whole.at(match.start()))
        facts = []
        if reference:
            facts.append(
                Fact(name="deliberation_ref", value=reference, quote=sentence, place=where)
            )
        if dates:
            value = dates[0].value.isoformat()
            facts.append(Fact(name="deliberation_on", value=value, quote=sentence, place=where))
        return facts
    return []
