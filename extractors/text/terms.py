"""The years that an act holds for, and the exercise that its money is for."""

import itertools
import re
from collections.abc import Iterator, Sequence
from datetime import date

from extractors.text.annexes import AnnexHeading
from extractors.text.passages import Passage, fact_at
from normalizers.amounts import read_amounts
from normalizers.counted_years import UNCOUNTED, CountedYears, opening_told, years_counted
from normalizers.dates import read_dates
from normalizers.exercises import LEFT_FROM, Period, heading_exercise, read_exercises, read_term
from pipeline.extracted import Fact

# Au titre de l'année 2024-2025, le soutien de l'Etat s'élève à 405 500 €
GRANTED_FOR = re.compile(r"\b(?:exercice|ann[ée]e|au titre de)\s+(?:de\s+)?\d{4}", re.IGNORECASE)
LOOKS_BACK = re.compile(
    r"\b(?:bilan|exécution|réalisations?|rapport|compte[- ]rendu)\b", re.IGNORECASE
)
# 52 k€ au lieu de 40 k€ en 2024
INSTEAD_OF = re.compile(
    r"\b(?:au lieu de|contre|précédemment|auparavant)\b[^;.()]*$", re.IGNORECASE
)
# 2 150 €, indûment perçus au titre de 2024
PAID_BY_MISTAKE = re.compile(
    r"\b(?:ind[ûu]ment|trop[- ]?(?:perçu|versé)s?)\b[^.;]*$", re.IGNORECASE
)
# le solde (22 480 €) est versé en 2025 : when it is paid
INSTALMENT = re.compile(r"\b(?:solde|acomptes?|avances?)\b[^.;]*\bvers\w+\s[^.;€]*$", re.IGNORECASE)
IN_RECITAL = re.compile(r"\b(?:Vu|VU)\s(?:l[ae]s?\s|l['’])[^\n]*$")  # Vu la convention attribuant …
SENTENCE = re.compile(r"(?:[^.;]|[.;](?!\s))+")
# La convention est conclue pour les années 2024 à 2026 · Elle couvre la période du … au …
HOLDS = re.compile(
    r"\b(?:convention|avenant|pacte|protocole|contrat|elle|il)\b.{0,80}?"
    r"\b(?:(?:conclue?|établie?)(?!\s+entre)|couvre|prend effet"
    r"|vaut pour|lie\b|porte sur|s['’]étend|entre en vigueur|s['’]applique|applicable|valable"
    r"|court|d['’]une durée)\b"
    r"|\b(?:durée de la (?:présente )?convention|sa durée) est (?:de|fixée|arrêtée)\b"
    r"|\bdurée\W{1,3}du\s+\d",
    re.IGNORECASE,
)
# La convention prend fin le 31 décembre 2024 · expire le … · Son terme est fixé au …
ENDS = re.compile(
    r"\b(?:convention|pacte|protocole|contrat|elle|il|terme|échéance)\b[^.;]{0,80}?"
    r"\b(?:prend(?:ra)? fin|expire(?:ra)?|(?:est|reste|demeure) valable jusqu(?=['’]au)"
    r"|prend(?:ra)? effet\b[^.;]{0,60}?\bjusqu(?=['’]au)"
    r"|s['’]ach[eè]ve(?:ra)?|se termine(?:ra)?|échoit|fixée?|(?:court|courra) jusqu(?=['’]au)"
    r"|arrive(?:ra)? à (?:son )?(?:échéance|terme))"
    r"(?:\s(?:le|au)|['’]au)\s(?=[^.;]{0,40}\b20\d\d)",
    re.IGNORECASE,
)
# La convention est prorogée jusqu'au 31 décembre 2025 · Le présent avenant prolonge la convention
# jusqu'au …, and not « pourra être prolongée » · La convention est reconduite jusqu'au …
PROLONGED = re.compile(
    r"\b(?:convention|pacte|protocole|contrat)\b(?:(?!\bactions?\b)[^.;]){0,60}?"
    r"\b(?:est|sera|a été)\s(?:\w+\s){0,2}(?:pro(?:rog|long)é|renouvelé|reconduit)e?\b"
    r"[^.;]{0,60}?jusqu['’]au\s"
    r"|\bpro(?:rog|long)e\s(?:\w+\s){0,5}convention\b[^.;]{0,60}?jusqu['’]au\s",
    re.IGNORECASE,
)
# Le terme de la convention, fixé au 31 décembre 2024, est reporté au 30 juin 2025 · la convention
# est prolongée, son terme étant reporté du 31 décembre 2025 au 31 décembre 2026
POSTPONED = re.compile(
    r"\b(?:terme|échéance|fin) (?:de la (?:présente )?convention|du (?:pacte|protocole|contrat))\b"
    r"[^.;]{0,80}?\b(?:est|sera)\s(?:\w+\s)?(?:report|repouss|prolong|prorog|port)ée?e?\s"
    r"(?:de\s[^.;,]{3,30},\s(?:soit\s)?)?(?:jusqu['’])?au\s"
    r"|\bconvention\b[^.;]{0,60}?\bson (?:terme|échéance) (?:est|étant|sera) "
    r"(?:report|repouss|port)ée?\s(?:du\s\d{1,2}(?:er)?\s[^\W\d]+\s\d{4}\s)?(?:jusqu['’])?au\s",
    re.IGNORECASE,
)
# La convention est renouvelée pour l'année 2024
RENEWED = re.compile(
    r"\b(?:convention|pacte|protocole|contrat)\b[^.;]{0,60}?\best\s(?:\w+\s)?"
    r"(?:renouvelé|reconduit|pro(?:rog|long)é)e?\s(?:pour|au titre de)\s"
    r"(?:l['’](?:année|exercice)\s)?(?P<year>20\d\d)\b(?!\s?[-–/])",
    re.IGNORECASE,
)
FROM_SIGNATURE = re.compile(
    r"\s(?:à|dès|à compter de|à partir de)\s(?:la\sdate\sde\s)?(?:sa|la)\ssignature\b",
    re.IGNORECASE,
)
NOT_OF_ACT = re.compile(r"\b(?:avenant|prorog|actions?|bilan|justificat)", re.IGNORECASE)
AMENDS = re.compile(
    r"\b(?:présent avenant|l['’]avenant)\s(?:n°\s?\d+\s)?(?:a pour objet de\s)?"
    r"(?:rectifi|modifi|corrig|arr[êe]t|ajust|actualis|redéploi|redéploy|réparti)\w*\b",
    re.IGNORECASE,
)
# La convention couvre l'année civile 2024
ONE_YEAR = re.compile(
    r"\b(?:couvre|porte sur|conclue pour|valable pour)\s+l['’](?:année|exercice)"
    r"(?:\s\w+)?\s+(?P<year>20\d\d)\b(?!\s*(?:[-–/]|et|à)\s*\d)"
)


def term_of_act(whole: Passage) -> list[Fact]:
    """The years that the act says it holds for: the first sentence on its duration that does, else
    the year in which it says that it ends, which may be after the one that it is for; one that
    prolongs it has the last word."""
    for match in SENTENCE.finditer(whole.text):
        sentence = match[0].strip()
        period = read_term(sentence) if HOLDS.search(sentence) else None
        if (year := ONE_YEAR.search(sentence)) and "avenant" not in sentence.lower():
            period = period or Period(int(year["year"]), int(year["year"]))
        if period:
            start = fact_at("period_start", whole, match.start(), str(period.start), sentence)
            end = fact_at("period_end", whole, match.start(), str(period.end), sentence)
            ends = _ends_told(whole, prolonged=year is None)
            later = (fact for fact in ends if fact.value > end.value)
            return [start, next(later, end)]
    return list(itertools.islice(_ends_told(whole), 1))


def term_from_signature(whole: Passage, signed_on: date) -> list[Fact]:
    """The years that an act holds for which says that it begins when it is signed: 'pour trois ans
    à compter de sa signature', 'prend effet à sa signature et s'achève le 31 décembre 2026'."""
    for match in SENTENCE.finditer(whole.text):
        sentence = match[0].strip()
        if not HOLDS.search(sentence) or not FROM_SIGNATURE.search(sentence):
            continue
        dated = FROM_SIGNATURE.sub(f" à compter du {signed_on:%d/%m/%Y}", sentence, count=1)
        end = ENDS.search(dated)
        last = [d.value.year for d in read_dates(dated) if end and d.start >= end.end()]
        period = read_term(dated) or (Period(signed_on.year, last[0]) if last else None)
        if period and period.start == signed_on.year:
            return [
                fact_at(name, whole, match.start(), str(year), sentence)
                for name, year in (("period_start", period.start), ("period_end", period.end))
            ]
    return []


def _ends_told(whole: Passage, *, prolonged: bool = False) -> Iterator[Fact]:
    """The years in which the act says that it ends; only those to which it is `prolonged`."""
    for match in SENTENCE.finditer(whole.text):
        sentence = match[0].strip()
        ends = None if prolonged or NOT_OF_ACT.search(sentence) else ENDS.search(sentence)
        ends = POSTPONED.search(sentence) or PROLONGED.search(sentence) or ends
        dates = [d for d in read_dates(sentence) if ends and d.start >= ends.end()]
        renewed = RENEWED.search(sentence)
        last = str(dates[0].value.year) if dates else renewed and renewed["year"]
        if last:
            yield fact_at("period_end", whole, match.start(), last, sentence)


def years_agreed(facts: Sequence[Fact]) -> list[str]:
    """The years of a convention for several; [] of an avenant, which amends one of its own year."""
    told = {f.name: f.value for f in facts}
    if told.get("kind") != "convention" or "period_start" not in told:
        return []
    return [str(y) for y in range(int(told["period_start"]), int(told["period_end"]) + 1)]


def exercise_of_act(
    annexes: Sequence[AnnexHeading], whole: Passage, facts: Sequence[Fact]
) -> list[Fact]:
    """The exercise that the annexes' headings name, those that look back aside, else the last one
    that a sum is granted for; the first where each of the years agreed on has its sum."""
    agreed = years_agreed(facts)
    told = {f.name: f.value for f in facts}
    period = (told.get("period_start"), told.get("period_end"))
    counted = years_counted(told.get("kind"), period, None, opening_told(whole.text))
    for annex in annexes:
        if LOOKS_BACK.search(annex.title):
            continue
        mentions = read_exercises(annex.title, counted)
        if mentions:
            value = mentions[-1].exercise
        elif (value := heading_exercise(annex.title) or "").isdigit():
            value = ""  # a year alone may be any
        if value:  # Actions soutenues en 2024 et 2025
            return [Fact(name="exercise", value=value, quote=annex.title, place=annex.place)]
    found = []
    for match in SENTENCE.finditer(whole.text):
        sentence = match[0].strip()
        if GRANTED_FOR.search(sentence) and read_amounts(sentence):
            found += [(e, match.start(), sentence) for e in _granted_exercises(sentence, counted)]
    if not found:  # L'État accorde 96 750 € pour 2025
        for match in SENTENCE.finditer(whole.text):
            sentence = match[0].strip()
            if read_amounts(sentence):
                found += [
                    (e, match.start(), sentence) for e in _granted_exercises(sentence, counted)
                ]
        found = found or list(_amended(whole))
        if len({exercise for exercise, _, _ in found}) != 1:
            return []
    years = {year for exercise, _, _ in found for year in exercise.split("-")}
    first = min(exercise for exercise, _, _ in found)
    latest = (
        [f for f in found if f[0] == first] if len(agreed) > 1 and years == set(agreed) else found
    )
    value, at, sentence = max(latest, key=lambda f: (f[0], -f[1]))
    return [fact_at("exercise", whole, at, value, sentence)]


def _amended(whole: Passage) -> Iterator[tuple[str, int, str]]:
    """The exercises, with the place and the sentence, whose annexes an avenant without sums of its
    own says that it changes: 'Le présent avenant rectifie l'annexe 1 pour l'année 2024'."""
    for match in SENTENCE.finditer(whole.text):
        sentence = match[0].strip()
        if AMENDS.search(sentence):
            for exercise in _granted_exercises(sentence, UNCOUNTED):
                yield exercise, match.start(), sentence


def _granted_exercises(sentence: str, counted: CountedYears) -> list[str]:
    """The exercises that `sentence` names, but for those that money is left over from, is compared
    with, was paid for by mistake or is paid in by instalments, and those of the acts that a recital
    tells of."""
    not_granted = (LEFT_FROM, INSTEAD_OF, PAID_BY_MISTAKE, INSTALMENT, IN_RECITAL)
    return [
        m.exercise
        for m in read_exercises(sentence, counted)
        if not any(words.search(sentence[: m.start]) for words in not_granted)
    ]
