"""The sums that articles state in prose: what they are, and of which exercise."""

import itertools
import re
from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal

from normalizers.amounts import Amount, read_amounts
from normalizers.exercises import (
    YEAR,
    YEAR_BEHIND,
    ExerciseMention,
    exercises_beside,
    named_exercise,
    read_exercise,
    read_exercises,
)
from normalizers.sentences import placed_sentences
from normalizers.stated_kinds import IN_A_ROW, KindPattern, is_listed, kinds_of, opens_list
from pipeline.kinds import StatedKind

RECITAL = re.compile(r"(?:Vu|VU)\b")  # Vu l'avenant n° 1 portant la subvention à 185 k€
REFERS_BACK = re.compile(r"(?:Ce(?:tte|s|lui-ci|lle-ci)?|Il|Elle|Dont)\b")
ENUMERATION = re.compile(r"\s*(?:,|;|et|puis|ou|à)\s*")
# sur la durée de la convention · sur trois ans : the sum of no single exercise
WHOLE_PERIOD = re.compile(
    r"\b(?:durée|période|ensemble de (?:l['’]exécution|la mise en œuvre)) (?:totale )?"
    r"(?:de la|du|de l['’])\s?(?:présente? )?(?:convention|programme|pacte|contrat|accord)\b"
    r"|\b(?:sur|pendant|durant) (?:(?:trois|quatre|cinq|[3-5]) ans|(?:cette|la même) période)\b",
    re.IGNORECASE,
)
# portant le total des contributions depuis 2021 à 578 500 € · porte le montant total de la
# convention à … : what acts grant together, in the words of this sum
CUMULATED = re.compile(
    rf"\bdepuis (?:l['’]|l[ea] )?(?:(?:année |exercice )?{YEAR}|origine|début|signature)\b"
    r"|\bcumul|\btou(?:te)?s (?:années|exercices) confondue?s\b"
    r"|\bport[a-zà-ÿ]+ [^.;€]{0,30}\b(?:montant|financement) (?:total|global) "
    r"(?:de la|du) (?:convention|programme|pacte)\b",
    re.IGNORECASE,
)
# pour 2024-2026 · au titre des années 2024 à 2026
OVER_YEARS = re.compile(
    r"\b(?:pour|sur|au titre d(?:e|es)|conventions|entre)\s"
    r"(?:la période |les |l['’]ensemble de la période )?"
    rf"(?:années |exercices )?(?P<first>{YEAR})\s?(?:[-–]|à|et)\s?(?P<last>{YEAR})\b",
    re.IGNORECASE,
)
# pour les exercices 2023 et 2024 · au titre de 2023, de 2024 et de 2025 : sums may follow in the
# same order
LISTED_EXERCISE = rf"{YEAR}(?:[-–/]{YEAR})?"
LISTED_YEARS = re.compile(
    r"\b(?:pour|sur|en|au titre d(?:e|es)|durant|pendant)\s"
    r"(?:(?:les |l['’]|chacune? des )?(?:deux |trois )?(?:années|exercices?)\s)?"
    rf"(?P<years>{LISTED_EXERCISE}(?:\s*(?:,|;|\bet|\bpuis)\s*(?:(?:pour|en|de)\s)?"
    rf"(?:(?:l['’])?(?:année|exercice)\s)?{LISTED_EXERCISE})+)(?![\d/]|-\d)",
    re.IGNORECASE,
)
# Pour 2026 et 2027, le concours annuel de l'État est de … · Pour chacune des années 2026 et 2027
EACH_YEAR = re.compile(
    r"\bchacune? des (?:deux |trois )?(?:années|exercices)\b|\bchaque (?:année|exercice)\b"
    r"|\b(?:subvention|dotation|participation|contribution|concours|aide|soutien|montant|enveloppe"
    r"|financement|apport)s? (?:[^\W\d]+ ){0,2}annuel(?:le)?s?\b",
    re.IGNORECASE,
)
# reliquat de l'exercice 2022 · crédits non consommés de 11 200 € sur l'exercice 2023 : where
# left-over money comes from
LEFT_OVER = (
    rf"\b(?:reliquats?|reports?|trop[- ]perçus?|crédits report[ée]s(?= de)|solde(?=\s{YEAR})"
    r"|non (?:consomm|utilis|employ|dépens|engag)[ée]e?s?)\b"
)
LEFT_FROM = re.compile(
    rf"{LEFT_OVER}(?:[^.;:,€]{{0,40}}"
    r"|[^.;:€]{0,40}\d\s?(?:€|euros?|eur)\s"
    r"(?:(?:constat|dégag|enregistr|relev)\w+\s)?(?:sur|de|au titre de|issus? de|en)\s"
    r"(?:(?:l['’]|la |les )?(?:exercice|année|crédits)\s)?)$",
    re.IGNORECASE,
)
LEFT_YEAR = re.compile(
    rf"(?:{LEFT_OVER}[^.;:,€\d]{{0,40}}(?:31 décembre |31/12/)?"
    rf"|\bcrédits (?:de l['’](?:exercice|année) )?(?=[\d–-]+ non ))"
    rf"(?P<first>{YEAR})(?:[-–](?P<second>{YEAR}))?\b",
    re.IGNORECASE,
)
# Au 31 décembre 2025, 168 500 € ont été dépensés : of that year, but for what names another
CLOSED = re.compile(
    r"(?:Au 31(?: décembre |/12/)|(?:Fin|À la (?:fin|clôture) de) (?:l['’](?:année|exercice) )?)"
    rf"(?P<year>{YEAR}),"
)
# 48 000 € par fongibilité du reliquat 2020 · 40 000 € au titre du reliquat 2024
LEFT_BEHIND = re.compile(
    r"\s(?:de|par|du|au titre d[eu]s?|(?:issue?s?|provenant) d[eu]s?)\s"
    rf"[^.;:,€\d]{{0,30}}?{LEFT_YEAR.pattern}",
    re.IGNORECASE,
)
# 9 400 € a été constaté sur 2022 · 9 400 € de l'exercice 2022 · 9 400 €, versés en 2022 et non
# consommés
LEFT_SINCE = re.compile(
    r",?\s*(?:(?:(?:a|ont) été |est |sont )?(?:constat|dégag|enregistr|relev)\w+ "
    r"(?:sur|en|au titre de|à la (?:fin|clôture) de|fin|au 31 décembre)\s?|(?:issus? )?d[eu] "
    r"|n['’](?:a|ont) pas été \w+ (?:sur|en|fin|au 31 décembre)\s"
    r"|(?:vers|attribu|accord|allou|octroy)ée?s? (?:en |au titre de |pour )"
    r"(?=[^.;,€]{4,20} et non ))"
    r"(?:l['’]|les )?"
    rf"(?:exercice |année |crédits )?(?P<first>{YEAR})(?:[-–](?P<second>{YEAR}))?\b",
    re.IGNORECASE,
)
# 0,12 M€, soit 120 000 € · 120 000 € pour l'année 2025 (cent vingt mille euros)
OF_YEAR = rf"\s(?:pour|en|au titre de)\s(?:l['’](?:année|exercice)\s)?{YEAR}"
AGAIN = re.compile(
    r"[\s,(]*(?:soit|=|c['’]est-à-dire)\s*(?:(?:la somme|un montant) de\s+)?"
    rf"|(?P<year>{OF_YEAR})(?:\s\(|,\ssoit\s)"
)


@dataclass(frozen=True, slots=True)
class StatedSum:
    """A sum of an article; `amount` is None where it could not be read with certainty (`flag`)."""

    kind: StatedKind
    exercise: str | None
    amount: Decimal | None
    quote: str
    flag: str | None = None
    position: int = 0  # where in the article the sum stands


def read_stated(
    text: str,
    kinds: Sequence[KindPattern],
    title: str = "",
    exercise: str | None = None,
    first_year: int | None = None,
) -> list[StatedSum]:
    """The sums that the article `text` states, in order; one told twice ('0,12 M€, soit 120 000 €')
    is one. `first_year` is that of the act, for 'l'année 2'.

    A sum whose sentence names no exercise has that of the sentence that it refers back to ("Ce
    montant…"), else the one that the article's `title` names, else `exercise`, the act's own; one
    over several exercises has none.
    """
    found: list[StatedSum] = []
    lead, before = "", None
    for at, sentence in placed_sentences(text):
        amounts = _told_once(sentence, read_amounts(sentence))
        if not (lead and is_listed(sentence)):
            lead = sentence if opens_list(sentence, amounts) else ""
        mentions = read_exercises(sentence, first_year)
        named = found[-1].exercise if found and REFERS_BACK.match(sentence) else None
        closed = CLOSED.match(sentence)
        fallback = named or (closed and closed["year"]) or read_exercise(title) or exercise
        whole = WHOLE_PERIOD.search(sentence)
        of_period = [
            a.start
            for a in amounts
            if whole and a.end < whole.start() and not sentence[a.end : whole.start()].strip()
        ]
        if (whole and not of_period) or _is_over_years(sentence):
            fallback = named
        if RECITAL.match(sentence):  # of an act before this one
            fallback = None
        listed = LISTED_YEARS.search(sentence)
        if listed or _enumerates(sentence, mentions):
            mentions = [m for m in mentions if listed and not _is_inside(m, listed)]
            fallback = None
        told = kinds_of(sentence, amounts, kinds, lead, before)
        if told:
            before = "grant" if "grant" in told else told[-1]
        left = [a for a, kind in zip(amounts, told, strict=True) if kind == "carry_over"]
        exercises = _Exercises(
            sentence,
            mentions,
            [m for m in mentions if not _of_left_over(sentence, m, left)],
            _paired(sentence, amounts, first_year) or _in_order(sentence, amounts, listed),
            of_period,
            fallback,
        )
        starts = [0, *(amount.end for amount in amounts)]
        ends = [*(amount.start for amount in amounts[1:]), len(sentence)]
        for amount, kind, start, end in zip(amounts, told, starts, ends, strict=False):
            position = _position(text, at, sentence[: amount.start])
            own = [exercises.of(amount, kind, start, end)]
            found += [
                StatedSum(kind, of, amount.value, sentence, amount.flag, position)
                for of in _each_of(sentence, amounts, listed) or own
            ]
    return _parts_told(_over_exercises(found))


@dataclass(frozen=True, slots=True)
class _Exercises:
    """The exercises that a `sentence` mentions, and those of them (`current`) from which no money
    is left over; by place, the exercises of sums `paired` with one, and the sums `of_period`,
    which are of none; the exercise of a sum beside which none stands."""

    sentence: str
    mentions: Sequence[ExerciseMention]
    current: Sequence[ExerciseMention]
    paired: Mapping[int, str]
    of_period: Collection[int]
    fallback: str | None

    def of(self, amount: Amount, kind: StatedKind, start: int, end: int) -> str | None:
        """The exercise of a sum, in whose words, from `start` to `end`, no other sum stands."""
        if self.paired:
            return self.paired.get(amount.start)
        if amount.start in self.of_period or CUMULATED.search(self.sentence, start, amount.start):
            return None
        known = self.current
        if kind == "carry_over":
            known = self.mentions
            source = (
                LEFT_YEAR.search(self.sentence, start, amount.start)
                or LEFT_SINCE.match(self.sentence, amount.end)
                or LEFT_BEHIND.match(self.sentence, amount.end)
            )
            if source:
                return named_exercise(source)
        return _exercise(known, amount, start, end) or self.fallback


def _over_exercises(stated: list[StatedSum]) -> list[StatedSum]:
    """`stated`, a sum to which those before it in its sentence, of several exercises, add up, told
    as one of none: '60 k€ pour 2021 et 80 k€ pour 2022, soit un total de 140 k€'; a grant to which
    those right behind it add up, each of its own exercise, too: these are grants."""
    found = list(stated)
    for i, whole in enumerate(stated):
        rest, exercises = whole.amount or Decimal(0), set()
        for part in reversed(stated[:i]):
            if part.quote != whole.quote or not part.amount or rest <= 0:
                break
            rest -= part.amount
            exercises.add(part.exercise)
            if rest == 0 and len(exercises - {None}) > 1 and whole.exercise in exercises:
                found[i] = replace(whole, exercise=None)
        years = _years_of(whole, stated[i + 1 :]) if whole.kind == "grant" else 0
        if years:
            found[i] = replace(found[i], exercise=None)
            found[i + 1 : i + 1 + years] = [
                replace(one, kind="grant") for one in found[i + 1 : i + 1 + years]
            ]
    return found


def _years_of(whole: StatedSum, behind: Sequence[StatedSum]) -> int:
    """How many of the sums right `behind` it, each of its own exercise, make `whole`: 'au plus 555
    k€. En 2026, 176 k€, portés à 185 k€ en 2027 puis à 194 k€ en 2028'."""
    rest, exercises = whole.amount or Decimal(0), set[str]()
    for count, part in enumerate(behind, 1):
        alike = part.kind in ("grant", "other")
        if not alike or not part.amount or not part.exercise or part.exercise in exercises:
            return 0
        rest -= part.amount
        exercises.add(part.exercise)
        if rest <= 0:
            return count if rest == 0 and count > 1 else 0
    return 0


def _parts_told(stated: list[StatedSum]) -> list[StatedSum]:
    """`stated`, several sums in a row that add up to one granted or left over before them, told as
    its parts: '90 000 €, répartis entre trois opérateurs : 40 000 €, 30 000 € et 20 000 €'."""
    found = list(stated)
    for i, whole in enumerate(stated):
        rest = Decimal(0) if whole.kind in ("grant", "carry_over") else None
        for j, part in enumerate(stated[i + 1 :], i + 1):
            alike = part.kind in (whole.kind, "other") and (
                part.exercise == whole.exercise or whole.kind == "carry_over"
            )
            if rest is None or not alike or part.amount is None or whole.amount is None:
                break
            rest += part.amount
            if rest == whole.amount and j > i + 1:
                found[i + 1 : j + 1] = [replace(p, kind="other") for p in stated[i + 1 : j + 1]]
            if rest >= whole.amount:
                break
    return _parts_summed_up(found)


def _parts_summed_up(stated: Sequence[StatedSum]) -> list[StatedSum]:
    """`stated`, several grants of one exercise that the last one of their sentence adds up, told as
    its parts: '35 000 € pour le poste et 65 000 € pour l'équipe, soit 100 000 € au total'."""
    found = list(stated)
    for i, whole in enumerate(stated):
        rest = whole.amount or Decimal(0)
        for j in range(i - 1, -1, -1):
            part = stated[j]
            alike = (part.kind, part.exercise, part.quote) == ("grant", whole.exercise, whole.quote)
            if whole.kind != "grant" or not alike or not part.amount or rest < part.amount:
                break
            rest -= part.amount
            if rest == 0 and j < i - 1:
                found[j:i] = [replace(one, kind="other") for one in stated[j:i]]
    return found


def granted_by_exercise(stated: Iterable[StatedSum]) -> dict[str, list[Decimal]]:
    """The `stated` sums by exercise, from the first that one is granted for."""
    dated = [(s.exercise, s.kind, s.amount) for s in stated if s.exercise and s.amount]
    first = min((exercise for exercise, kind, _ in dated if kind == "grant"), default="9999")
    found: dict[str, list[Decimal]] = defaultdict(list)
    for exercise, _, amount in dated:
        if exercise >= first:
            found[exercise].append(amount)
    return found


def _told_once(sentence: str, amounts: Sequence[Amount]) -> list[Amount]:
    """`amounts` but those that only say the one before them again: '0,12 M€, soit 120 000 €'."""
    found: list[Amount] = []
    for amount in amounts:
        last = found[-1] if found else None
        same = last and amount.value is not None and last.value == amount.value
        again = AGAIN.fullmatch(sentence, last.end, amount.start) if last and same else None
        if last and again:
            found[-1] = last if again["year"] else replace(last, end=amount.end)
        else:
            found.append(amount)
    return found


def _is_over_years(sentence: str) -> bool:
    return any(int(m["last"]) - int(m["first"]) > 1 for m in OVER_YEARS.finditer(sentence))


def _position(text: str, start: int, before: str) -> int:
    """Where in `text` stands what follows the words `before` of the sentence at `start`."""
    left = len("".join(before.split()))
    for position in range(start, len(text)):
        if not text[position].isspace():
            if left == 0:
                return position
            left -= 1
    return start


def _of_left_over(text: str, mention: ExerciseMention, left: Sequence[Amount]) -> bool:
    """Does the mention say from which exercise money is left over, such as the sums `left`?"""
    behind = (
        YEAR_BEHIND.match(text, amount.end) or LEFT_SINCE.match(text, amount.end) for amount in left
    )
    return LEFT_FROM.search(text[: mention.start]) is not None or any(
        match and match.start() <= mention.start < match.end() for match in behind
    )


def _exercise(
    mentions: Sequence[ExerciseMention], amount: Amount, start: int, end: int
) -> str | None:
    """The exercise named just before the sum or behind it; else the last one named before."""
    own = [m for m in mentions if start <= m.start and m.end <= amount.start]
    behind = [m for m in mentions if amount.end <= m.start < end]
    before = [m for m in mentions if m.end <= amount.start]
    mention = own[-1] if own else behind[0] if behind else before[-1] if before else None
    return mention.exercise if mention else None


def _paired(text: str, amounts: Sequence[Amount], first_year: int | None) -> dict[int, str]:
    """The exercise right behind each sum, or right before it, by the sum's place, where a sentence
    goes on so: '210 000 € en 2024, 205 000 € en 2025 et 195 000 € en 2026, soit 610 000 €'; those
    of an act that begins in `first_year` may be counted: '60 000 € pour l'année 2'."""
    behind, before = exercises_beside(text, [(a.start, a.end) for a in amounts], first_year)
    if before and is_listed(text):  # - 2023 : 140 000 € ; alone on its line
        return before
    return max(behind, before, key=len) if max(len(behind), len(before)) > 1 else {}


def _in_order(text: str, amounts: Sequence[Amount], listed: re.Match[str] | None) -> dict[int, str]:
    """The exercise of each sum of a row, by the sum's place, where as many are `listed`: 'Pour 2023
    et 2024, la subvention est de 90 000 € et 80 000 €'."""
    years = re.findall(LISTED_EXERCISE, listed["years"]) if listed else []
    if len(years) != len(amounts) or not all(
        IN_A_ROW.fullmatch(text, a.end, b.start) for a, b in itertools.pairwise(amounts)
    ):
        return {}
    return {a.start: year for a, year in zip(amounts, years, strict=True)}


def _each_of(text: str, amounts: Sequence[Amount], listed: re.Match[str] | None) -> list[str]:
    """The exercises `listed` whose sum, the only one of its sentence, is each year's: 'Pour 2026 et
    2027, le concours annuel est de 150 000 €'."""
    alone = listed and len(amounts) == 1 and EACH_YEAR.search(text, 0, amounts[0].start)
    return re.findall(LISTED_EXERCISE, listed["years"]) if listed and alone else []


def _is_inside(mention: ExerciseMention, listed: re.Match[str]) -> bool:
    return listed.start() <= mention.start < listed.end()


def _enumerates(text: str, mentions: Sequence[ExerciseMention]) -> bool:
    """Do the exercises stand in a list (2021-2022, 2022-2023 et 2023-2024)?"""
    return any(
        ENUMERATION.fullmatch(text[first.end : second.start])
        for first, second in itertools.pairwise(mentions)
    )
