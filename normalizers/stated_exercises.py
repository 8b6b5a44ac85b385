"""Of which exercises the sums of a sentence are, by the years that stand beside them."""

import itertools
import re
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

from normalizers.amounts import Amount
from normalizers.counted_years import CountedYears
from normalizers.exercises import (
    LEFT_FROM,
    LEFT_OVER,
    YEAR,
    YEAR_BEHIND,
    ExerciseMention,
    exercises_beside,
    is_period,
    named_exercise,
    read_exercises,
)
from normalizers.stated_kinds import IN_A_ROW, PART, is_listed
from pipeline.kinds import StatedKind

RECITAL = re.compile(r"(?:Vu|VU)\b")  # Vu l'avenant n° 1 portant la subvention à 185 k€
ENUMERATION = re.compile(r"\s*(?:,|;|et|puis|ou|à)\s*")
# sur la durée de la convention · sur trois ans · pour trois ans : the sum of no single exercise
WHOLE_PERIOD = re.compile(
    r"\b(?:durée|période|ensemble de (?:l['’]exécution|la mise en œuvre)) (?:totale )?"
    r"(?:de la|du|de l['’])\s?(?:présente? )?(?:convention|programme|pacte|contrat|accord)\b"
    r"|\b(?:sur|pour|pendant|durant) "
    r"(?:(?:trois|quatre|cinq|[3-5]) ans|(?:cette|la même) période)\b",
    re.IGNORECASE,
)
# portant le total des contributions depuis 2021 à 578 500 € · porte le montant total de la
# convention à … : what acts grant together, in the words of this sum
CUMULATED = re.compile(
    rf"\bdepuis (?:l['’]|l[ea] )?(?:(?:année |exercice )?{YEAR}|origine|début|signature)\b"
    r"|\bcumul(?!e(?:nt)? avec\b)|\btou(?:te)?s (?:années|exercices) confondue?s\b"
    r"|\bport[a-zà-ÿ]+ [^.;€]{0,30}\b(?:montant|financement) (?:total|global) "
    r"(?:de la|du) (?:convention|programme|pacte)\b",
    re.IGNORECASE,
)
# 540 000 €, soit 180 000 € par an : what is said between the sum of all years and that of one
EACH_IS = re.compile(
    r"\W*(?:(?:est|sont)\s)?(?:soit|à raison de|à hauteur de|répartie?s?|versée?s?|dont)\b"
    r"[^.;€\d]{0,40}"
)
A_YEAR = re.compile(r"\)?\s?(?:par\s|/\s?)(?:an|année|exercice)\b", re.IGNORECASE)
RIGHT_BEHIND = 30  # characters: 220 000 € de l'État depuis 2023
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
OF_N = r"(?:\s?\(N(?:\s?\+\s?\d)?\))?"  # 2024 (N) et 2025 (N+1)
LISTED_YEARS = re.compile(
    r"(?:\b(?:pour|sur|en|au titre d(?:e|es)|durant|pendant)\s|\()"
    r"(?:(?:les |l['’]|chacune? des )?(?:deux |trois )?(?:années|exercices?)\s)?"
    rf"(?P<years>{LISTED_EXERCISE}{OF_N}(?:\s*(?:,|;|\bet|\bpuis)\s*(?:(?:pour|en|de)\s)?"
    rf"(?:(?:l['’])?(?:année|exercice)\s)?{LISTED_EXERCISE}{OF_N})+)(?![\d/]|-\d)",
    re.IGNORECASE,
)
# Pour 2026 et 2027, le concours annuel de l'État est de … · Pour chacune des années 2026 et 2027
EACH_YEAR = re.compile(
    r"\bchacune? des (?:deux |trois )?(?:années|exercices)\b|\bchaque (?:année|exercice)\b"
    r"|\b(?:subvention|dotation|participation|contribution|concours|aide|soutien|montant|enveloppe"
    r"|financement|apport)s? (?:[^\W\d]+ ){0,2}annuel(?:le)?s?\b",
    re.IGNORECASE,
)
LEFT_YEAR = re.compile(
    rf"(?:{LEFT_OVER}[^.;:,€\d]{{0,40}}(?:31 décembre |31/12/)?"
    rf"|\bcrédits (?:de l['’](?:exercice|année) )?(?=[\d–-]+ (?:non|restant) )"
    r"|\bsur la convention (?=[\d–-]+, un reliquat ))"
    rf"(?P<first>{YEAR})(?:[-–](?P<second>{YEAR}))?\b"
    rf"(?!\s?(?:,|à|et)\s?(?:de )?{YEAR})",  # 2022 à 2024: of no one year
    re.IGNORECASE,
)
# identique à celle de 2025, soit 95 000 € · en baisse de 5 % par rapport à 2025 : another year's
COMPARED = re.compile(
    r"\b(?:identique|égale?|équivalente?|inférieure?|supérieure?|comparable|rapport)s?\sà\s"
    r"(?:(?:celle|celui|ceux)\s(?:de\s)?|l['’])?[^.;,€\d]{0,25}$",
    re.IGNORECASE,
)
# 18 000 € est reporté sur l'exercice 2025 : where to left-over money goes
GOES_TO = re.compile(
    r"(?<!non )\b(?:report|affect|imput|dédui|redéploy|mobilis|utilis|conserv)[^\W\d]*"
    r"(?:\s(?!et\b)[^\W\d]+){0,3}?\s(?:sur|en|à|vers|pour|au titre de)\s"
    r"(?:l['’])?(?:(?:exercice|année)\s)?$",
    re.IGNORECASE,
)
# l'année « 2024 » est remplacée par l'année « 2025 » : no longer
NO_LONGER = re.compile(
    r"\s?[»\"]?\s(?:(?:est|sont)\s(?:remplac|substitu)\w+\s)?par\s(?:(?:l['’])?(?:année|exercice)\s)?[«\"]?\s?"
    rf"{YEAR}\b",
    re.IGNORECASE,
)
# Au 31 décembre 2025, 168 500 € ont été dépensés : of that year, but for what names another
CLOSED = re.compile(
    r"(?:Au 31(?: décembre |/12/)|(?:Fin|À la (?:fin|clôture) de) (?:l['’](?:année|exercice) )?)"
    rf"(?P<year>{YEAR}),"
)
# 48 000 € par fongibilité du reliquat 2020 · 40 000 € au titre du reliquat 2024 ·
# 8 000 € non dépensés de 2024
LEFT_BEHIND = re.compile(
    r"\s(?:(?:de|par|du|au titre d[eu]s?|(?:issue?s?|provenant) d[eu]s?)\s"
    rf"[^.;:,€\d]{{0,30}}?)?{LEFT_YEAR.pattern}",
    re.IGNORECASE,
)
# 9 400 € a été constaté sur 2022 · 9 400 € de l'exercice 2022 · 9 400 € sur la subvention 2022 ·
# 9 400 € au 31 décembre 2022 · 9 400 €, versés en 2022 et non consommés
LEFT_SINCE = re.compile(
    r",?\s*(?:(?:(?:a|ont) été |est |sont )?(?:constat|dégag|enregistr|relev)\w+ "
    r"(?:sur|en|au titre de|à la (?:fin|clôture) de|fin|au 31 décembre)\s?|(?:issus? )?d[eu] "
    r"|n['’](?:a|ont) (?:pas )?(?:pu être|été) \w+ (?:sur|en|fin|au 31 décembre)\s"
    r"|(?:vers|attribu|accord|allou|octroy)ée?s? (?:en |au titre de |pour )"
    r"(?=[^.;,€]{4,20} et non )"
    r"|au 31(?: décembre |/12/)"
    r"|sur (?=(?:la |l['’]|les )(?:subvention|dotation|enveloppe|crédits)))"
    r"(?:l['’]|l[ae]s? )?"
    r"(?:exercice |année |crédits |subvention |dotation |enveloppe )?"
    rf"(?P<first>{YEAR})(?:[-–](?P<second>{YEAR}))?\b",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Exercises:
    """The exercises that a `sentence` mentions, and those of them (`current`) from which no money
    is left over; by place, the exercises of sums `paired` with one, the sums `of_period`, which are
    of none, and those `in_parts`, of none unless one stands beside them; the exercises each of
    which the only sum is of; the exercise of a sum beside which none stands, of one `of_period`,
    and that from which money is `left`."""

    sentence: str
    mentions: Sequence[ExerciseMention]
    current: Sequence[ExerciseMention]
    paired: Mapping[int, str]
    of_period: Collection[int]
    in_parts: Collection[int]
    each: Sequence[str]
    fallback: str | None
    whole: str | None
    left: str | None

    def of(self, amount: Amount, kind: StatedKind, start: int, end: int) -> Sequence[str | None]:
        """The exercise of a sum, in whose words, from `start` to `end`, no other sum stands; those
        of which it is each one's."""
        return self.each or [self._one(amount, kind, start, end)]

    def _one(self, amount: Amount, kind: StatedKind, start: int, end: int) -> str | None:
        if self.paired:
            return self.paired.get(amount.start)
        if amount.start in self.of_period:
            return self.whole
        behind = min(end, amount.end + RIGHT_BEHIND)
        if any(
            CUMULATED.search(self.sentence, *at)
            for at in ((start, amount.start), (amount.end, behind))
        ):
            return None
        known = self.current
        if kind == "carry_over":
            elsewhere = (m for m in self.mentions if not GOES_TO.search(self.sentence[: m.start]))
            known = [*elsewhere] or self.mentions
            source = (
                LEFT_YEAR.search(self.sentence, start, amount.start)
                or LEFT_SINCE.match(self.sentence, amount.end)
                or LEFT_BEHIND.match(self.sentence, amount.end)
            )
            if source:
                return named_exercise(source)
        own = _exercise(known, amount, start, end)
        if not own and kind == "carry_over":  # one of a row: 8 200 € et 3 150 €
            own = left_from(self.sentence[: amount.start]) or self.left
        return own or (None if amount.start in self.in_parts else self.fallback)


def exercises_in(
    sentence: str,
    amounts: Sequence[Amount],
    kinds: Sequence[StatedKind],
    named: str | None,
    usual: str | None,
    counted: CountedYears,
    left: str | None = None,
) -> Exercises:
    """The exercises of the `amounts` of `sentence`, of these `kinds`. A sum beside which none
    stands has that of the sentence referred back to (`named`), else the one closed, else the
    `usual` one of the article, and one left over that of the sentence before (`left`); those of a
    recital or of a list of years have their own only. One over the whole period is that of the
    `usual` exercise where this is a period: '2023-2027'."""
    mentions = [
        m
        for m in read_exercises(sentence, counted)
        if not (COMPARED.search(sentence[: m.start]) or NO_LONGER.match(sentence, m.end))
    ]
    closed = CLOSED.match(sentence)
    fallback = named or (closed and closed["year"]) or usual
    whole = WHOLE_PERIOD.search(sentence)
    of_period = [
        a.start
        for a in amounts
        if whole and a.end < whole.start() and not sentence[a.end : whole.start()].strip()
    ]
    of_period += [
        b.start
        for a, b in itertools.pairwise(amounts)
        if a.start in of_period and PART.search(sentence, a.end, b.start)
    ]
    of_period += [
        a.start
        for a, b in itertools.pairwise(amounts)
        if EACH_IS.fullmatch(sentence, a.end, b.start) and A_YEAR.match(sentence, b.end)
    ]
    period = usual if usual and is_period(usual) else None
    if whole and not of_period:
        fallback = named or period
    elif _is_over_years(sentence):
        fallback = named
    if RECITAL.match(sentence):  # of an act before this one
        fallback = None
    listed = LISTED_YEARS.search(sentence)
    if listed or _enumerates(sentence, mentions):
        mentions = [m for m in mentions if listed and not _is_inside(m, listed)]
        fallback = None
    carried = [a for a, kind in zip(amounts, kinds, strict=True) if kind == "carry_over"]
    return Exercises(
        sentence,
        mentions,
        [m for m in mentions if not _of_left_over(sentence, m, carried)],
        _paired(sentence, amounts, counted) or _in_order(sentence, amounts, listed),
        of_period,
        [a.start for a, b in itertools.pairwise(amounts) if _is_year_of(sentence, a, b)],
        _each_of(sentence, amounts, listed),
        fallback,
        period,
        left,
    )


def left_from(text: str) -> str | None:
    """The exercise from which `text` says first that money is left over."""
    return next(map(named_exercise, LEFT_YEAR.finditer(text)), None)


def _is_over_years(sentence: str) -> bool:
    return any(int(m["last"]) - int(m["first"]) > 1 for m in OVER_YEARS.finditer(sentence))


def _is_year_of(text: str, whole: Amount, part: Amount) -> bool:
    """Is the second sum what one year has of the first: '372 000 €, dont 124 000 € pour 2023'?"""
    between = text[whole.end : part.start]
    return bool(PART.search(between)) and YEAR_BEHIND.match(text, part.end) is not None


def _of_left_over(text: str, mention: ExerciseMention, left: Sequence[Amount]) -> bool:
    """Does the mention say from which exercise money is left over, such as the sums `left`?"""
    behind = (
        YEAR_BEHIND.match(text, amount.end) or LEFT_SINCE.match(text, amount.end) for amount in left
    )
    told = [*behind, *(LEFT_YEAR.finditer(text) if left else ())]
    return LEFT_FROM.search(text[: mention.start]) is not None or any(
        match and match.start() <= mention.start < match.end() for match in told
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


def _paired(text: str, amounts: Sequence[Amount], counted: CountedYears) -> dict[int, str]:
    """The exercise right behind each sum, or right before it, by the sum's place, where a sentence
    goes on so: '210 000 € en 2024, 205 000 € en 2025 et 195 000 € en 2026, soit 610 000 €'; they
    may be `counted`: '60 000 € pour l'année 2'."""
    behind, before = exercises_beside(text, [(a.start, a.end) for a in amounts], counted)
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
