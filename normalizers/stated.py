"""The sums that articles state in prose: what they are, and of which exercise."""

import re
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal

from normalizers.amounts import Amount, read_amounts
from normalizers.counted_years import UNCOUNTED, CountedYears
from normalizers.exercises import YEAR, read_exercise
from normalizers.sentences import placed_sentences
from normalizers.stated_exercises import exercises_in, left_from
from normalizers.stated_kinds import KindPattern, is_listed, kinds_of, opens_list
from pipeline.kinds import StatedKind

REFERS_BACK = re.compile(r"(?:Ce(?:tte|s|lui-ci|lle-ci)?|Il|Elle|Dont)\b")
# L'aide de l'État est annuelle. Elle s'élève à 150 000 € pour 2024 · Pour l'exercice 2025, elle est
# de 150 000 € : it is what stands before
OF_THE_SUBJECT = re.compile(
    rf"(?:(?i:pour|en|au titre de)\s(?:l['’](?:exercice|année)\s)?{YEAR}(?:[-–/]{YEAR})?,\s)?"
    r"(?i:elle|il|celle-ci|celui-ci|(?:son|ce) montant)\s"
    r"(?:s['’]élève|s['’]établit|(?:est|sera)\s(?:de\b|fixée?|arrêtée?|portée?|ramenée?))"
)
# 0,12 M€, soit 120 000 € · 120 000 € pour l'année 2025 (cent vingt mille euros)
OF_YEAR = rf"\s(?:pour|en|au titre de)\s(?:l['’](?:année|exercice)\s)?{YEAR}"
AGAIN = re.compile(
    r"[\s,(]*(?:soit|=|c['’]est-à-dire)\s*(?:(?:la somme|un montant) de\s+)?"
    rf"|(?P<year>{OF_YEAR})(?:\s\(|,\ssoit\s)"
)
# 94 500 € à la notification de la convention : a first payment, where the article tells of more
AT_ONCE = re.compile(r"\s(?:[àa]|dès|lors de)\s(?:la|sa|cette)\s(?:signature|notification)\b")
# Le reliquat de 13 600 € est reporté : of what the sentence before tells to be spent
LEFT = re.compile(r"(?:Le|Un) (?:reliquat|reste|solde|trop-perçu)\b|Les crédits restants?\b")
SPENT = re.compile(r"\b(?:justifi|dépens|consomm|utilis|employ|engag)[ée]+e?s?\b", re.IGNORECASE)
# Au titre de 2025 : 98 000 € : of what the title of the article names
OF_TITLE = re.compile(
    rf"(?:(?:pour|en|au titre de)\s)?(?:l['’](?:année|exercice)\s)?{YEAR}(?:[-–/]{YEAR})?\s?:\s",
    re.IGNORECASE,
)
# credits that pay, over the years, what is granted at once
PAYMENTS = re.compile(r"\bcrédits de paiement\b|\bCP\b")
REST = re.compile(
    r"\b(?:(?:solde|reste|acomptes?|avances?)\b|(?:second|deuxi[èe]m|derni[èe]r)e?s?\s"
    r"(?:versement|tranche|fraction|part)|en\s(?:deux|trois|plusieurs)\s(?:fois|versement|tranche))"
    r"|\d\s?%\s(?:du|de\s(?:la|cette))\s(?:montant|total|subvention|contribution|participation)\b",
    re.IGNORECASE,
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
    counted: CountedYears = UNCOUNTED,
) -> list[StatedSum]:
    """The sums that the article `text` states, in order; one told twice ('0,12 M€, soit 120 000 €')
    is one. The years `counted` are those of the act: 'l'année 2'.

    A sum whose sentence names no exercise has that of the sentence that it refers back to ("Ce
    montant…"), else the one that the article's `title` names, else `exercise`, the act's own; one
    over several exercises has none.
    """
    found: list[StatedSum] = []
    paid_in_parts = REST.search(text) is not None
    lead, last, before = "", "", None
    for at, sentence in placed_sentences(text):
        amounts = _told_once(sentence, read_amounts(sentence))
        if not (lead and is_listed(sentence)):
            lead = sentence if opens_list(sentence, amounts) else ""
        if OF_TITLE.match(sentence):
            lead = lead or title
        if OF_THE_SUBJECT.match(sentence):
            lead = lead or last
        refers_back = REFERS_BACK.match(sentence) or (LEFT.match(sentence) and SPENT.search(last))
        left = left_from(last) if refers_back else None
        last = sentence
        told = kinds_of(sentence, amounts, kinds, lead, before)
        if told:
            before = "grant" if "grant" in told else told[-1]
        named = found[-1].exercise if found and refers_back else None
        usual = read_exercise(title) or exercise
        exercises = exercises_in(sentence, amounts, told, named, usual, counted, left)
        starts = [0, *(amount.end for amount in amounts)]
        ends = [*(amount.start for amount in amounts[1:]), len(sentence)]
        for amount, kind, start, end in zip(amounts, told, starts, ends, strict=False):
            position = _position(text, at, sentence[: amount.start])
            if paid_in_parts and kind == "grant" and AT_ONCE.match(sentence, amount.end):
                kind = "other"
            found += [
                StatedSum(kind, of, amount.value, sentence, amount.flag, position)
                for of in exercises.of(amount, kind, start, end)
            ]
    return _parts_told(_over_exercises(found))


def _over_exercises(stated: list[StatedSum]) -> list[StatedSum]:
    """`stated`, a sum to which those before it in its sentence, of several exercises, add up, told
    as one of none: '60 k€ pour 2021 et 80 k€ pour 2022, soit un total de 140 k€'; a grant to which
    those right behind it, or behind its sentence, add up, each of its own exercise, too: these are
    grants, and what stands between them are parts of it."""
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
        if whole.kind != "grant":
            continue
        beside = next((k for k, s in enumerate(stated) if k > i and s.quote != whole.quote), i + 1)
        for first in dict.fromkeys((i + 1, beside)):
            if years := _years_of(whole, stated[first:]):
                found[i] = replace(found[i], exercise=None)
                found[i + 1 : first] = [
                    replace(one, kind="other", exercise=None) for one in found[i + 1 : first]
                ]
                found[first : first + years] = [
                    replace(one, kind="grant") for one in found[first : first + years]
                ]
                break
    return found


def _years_of(whole: StatedSum, behind: Sequence[StatedSum]) -> int:
    """How many of the sums right `behind` it, each of its own exercise, make `whole`: 'au plus 555
    k€. En 2026, 176 k€, portés à 185 k€ en 2027 puis à 194 k€ en 2028'."""
    rest, exercises = whole.amount or Decimal(0), set[str]()
    for count, part in enumerate(behind, 1):
        alike = part.kind in ("grant", "other") and not PAYMENTS.search(part.quote)
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


def _position(text: str, start: int, before: str) -> int:
    """Where in `text` stands what follows the words `before` of the sentence at `start`."""
    left = len("".join(before.split()))
    for position in range(start, len(text)):
        if not text[position].isspace():
            if left == 0:
                return position
            left -= 1
    return start
