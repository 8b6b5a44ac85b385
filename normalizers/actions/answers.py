"""What the questions of a form and their answers say of an action.

PILOTE : MTPM | FINANCEMENT AMI : 36 000 €   told in the cells of the head, or answered beside:
PILOTE | MTPM · FINANCEMENT AMI | 36 000 €
"""

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace

from normalizers.actions.action_rows import ActionRow
from normalizers.actions.annexes import SURE_KEY
from normalizers.actions.funding import ASKED_BESIDE, DECIDED, Sum, paid_by_ami, read_sums
from normalizers.actions.headings import (
    ASKED,
    PER_UNIT,
    STAGE_OF,
    STATED_AS,
    TO_FIND,
    Column,
    denied,
    no_grant,
)
from normalizers.actions.likeness import MONEY, TEXTS, best_field
from normalizers.actions.no_grants import second_grants
from normalizers.actions.parts import Part, Statement, heading_cells
from normalizers.actions.payers import headed_payer
from normalizers.actions.plans import financing_plan
from normalizers.actions.row_sums import Paid
from normalizers.amounts import read_amounts, read_cell
from normalizers.exercises import YEARS, heading_exercise
from normalizers.state_money import AMI
from normalizers.statuses import is_status_alone
from normalizers.terms import fold
from pipeline.extracted import ExtractedCell, ExtractedTable
from pipeline.kinds import Stage

PILOT = re.compile(
    r"\s*pilotes?\b(?!\s+d(?:e|u|es)\b)\s*:?\s*(?P<pilot>[^:\n]+?)\s*(?::\s*(?P<own>\d[^\n]*))?\s*$",
    re.IGNORECASE,
)
FINANCED = re.compile(
    r"\s*financements?\s+(?P<funder>[^:\n]+?)\s*:\s*(?P<sum>\d[^\n]*)", re.IGNORECASE
)
LONGEST_ANSWER = 80  # characters: a longer one tells more than who pilots or how much
KNOWN_KEY = 0.8  # likeness to the vocabulary of headings of what stands in a question's place
# Part CTM · Participation du Département
NAMED_PAYER = r"s?\s+(?i:de la |du |de l['’]|des |de |d['’])?(?P<payer>[A-ZÀ-Ý].*)"
PAYER = re.compile(
    r"(?i:part|participation|contribution|contrepartie|financement|apport|subvention|concours)"
    + NAMED_PAYER
)
YEAR_LAST = re.compile(rf"\s+(?:(?:en|pour)\s+)?(?:{YEARS.pattern})\s*$", YEARS.flags)
DONE = ("planned", "spent")  # Prévu en 2024, Réalisé en 2023: a sum, or what is done
OF_MONEY = re.compile(r"\b(?:montant|cout|budget|financ|depens|credit|somme|subvention|ami|etat|€)")
SUM_ALONE = re.compile(r"\d[\d\s.,]*(?:k?€|euros?)", re.IGNORECASE)
SUM_IN_GROUPS = re.compile(r"\d{1,3}(?:[\s.]\d{3})+(?:,\d\d)?")  # 10 000
FEW_WORDS = 2
OTHERS = re.compile(r"\bautres?\b")  # Autres cofinancements, beside those of named payers
MEANS = re.compile(r"moyens\b|ressources\b")  # 1 ETP (50 000 € État, 15 000 € Département)
NUMBERED_ACTION = re.compile(r"(?:projet|action)\s+n°\s*\d{1,2}\s*:?", re.IGNORECASE)
LONGEST_QUESTION = 60  # characters
PROGRAMME = re.compile(r"\b(?:bop|programme|p)\s?\d{3}\b", re.IGNORECASE)  # BOP 177
NAMES = ("label", "reference")  # what an action is called

Answer = tuple[str, ExtractedCell]  # what is asked, and what is told of it


def may_ask(text: str) -> bool:
    """May `text` be the question of a form: short, without figures but years and programmes?"""
    bare = PROGRAMME.sub("", YEARS.sub("", text))
    return len(text) <= LONGEST_QUESTION and not re.search(r"\d", bare)


def asked_field(text: str, part: Part, least: float = SURE_KEY) -> str | None:
    """The field that a question asks for, by its wording; None where it is none."""
    if NUMBERED_ACTION.fullmatch(text.strip()):
        return "label"
    if not may_ask(text):
        return None
    field = best_field(text, part.vocabulary.headings, least)
    if field == "territory" and part.vocabulary.money.is_other_payer(text):
        return None  # Commune, SIAO : who takes part
    if field and field not in MONEY and part.funders.knows(text):
        return None  # Action Logement, Banque des territoires
    payer, money = PAYER.fullmatch(text.strip()), part.vocabulary.money
    if payer and field in (None, "cofinancing", "label") and not money.is_granted(text):
        return "cofinancing"
    if field == "cofinancing" and TO_FIND.search(fold(text)):
        return "unfunded"
    if field in (None, "ami") and _known_payer(text, part):
        return "cofinancing"
    if field in denied(text) or (field in MONEY and PER_UNIT.search(fold(text))):
        return None
    return next(iter(no_grant(text, money)), field) if field == "ami" else field


def _known_payer(asked: str, part: Part) -> str | None:
    """Whose money is `asked`, a known organisation's but the State's: 'Aide de l'Anah'."""
    name = headed_payer(asked.strip())
    of_state = part.vocabulary.money.names_state(asked)
    return part.funders.name(name) if name and not of_state and part.funders.knows(name) else None


def names_payer(asked: str, part: Part) -> bool:
    """Is `asked` but the name of who pays beside the AMI: 'Anah', 'Conseil départemental',
    'Crédits État (hors AMI)'?"""
    money = part.vocabulary.money
    if money.is_of_other_programme(asked):
        return True
    return not money.names_state(asked) and part.funders.pays(asked)


def payer_asked(name: str) -> str:
    """The question that asks what `name` pays."""
    return f"Part {name[:1].upper()}{name[1:]}"


def named(answers: Iterable[Answer], part: Part) -> tuple[dict[str, str], list[Answer]]:
    """What `answers` call their action, by field, and those that tell other things."""
    texts: dict[str, str] = {}
    told = []
    for asked, cell in answers:
        field = asked_field(asked, part)
        if field in NAMES:
            texts.setdefault(field, cell.text.strip())
        else:
            told.append((asked, cell))
    return texts, told


def state(
    part: Part,
    texts: Mapping[str, str],
    answers: Iterable[Answer],
    *,
    proposed: bool = False,
    index: int | None = None,
) -> Statement:
    """What is said of the action that `texts` name: in the head of the table, and in `answers`.

    What it asks of the AMI is only requested where it is `proposed`. `index` is its row; without
    one, only a pilot makes it an action of its own.
    """
    action = _Action(part, proposed, index is not None, dict(texts))
    for cell in _head(part.table):
        action.add_told(cell)
    for asked, cell in answers:
        action.add_answer(asked, cell)
    action.take_back_second_grants()
    action.take_back_totals()
    row = ActionRow(
        index,
        action.texts,
        page=part.table.page_first,
        funded=paid_by_ami(action.sums),
        section=action.section,
        other=action.others,
        sums=action.sums,
    )
    creates = "pilot" in action.texts or index is not None
    return Statement(part.table, row, [part.exercise], creates=creates)


def tells_alone(text: str) -> bool:
    """Does `text` say what it tells: 'PILOTE : MTPM'?"""
    return bool(PILOT.match(text) or FINANCED.match(text))


def _head(table: ExtractedTable) -> list[ExtractedCell]:
    """The cells of the first row, and the headings as cells where they hold the head."""
    first = table.rows[0].cells if table.rows else []
    cells = [*heading_cells(table), *first]
    return cells if any(tells_alone(c.text) for c in cells) else []


@dataclass
class _Action:
    """What was said so far of an action, `in_row` of a table that lists several: texts by field,
    the part of the programme that it belongs to, its sums, by question what no field holds, what
    says that the AMI pays, and what says that somebody does who is not named."""

    part: Part
    proposed: bool
    in_row: bool
    texts: dict[str, str]
    section: str | None = None
    others: dict[str, str] = field(default_factory=dict)
    sums: list[Paid] = field(default_factory=list)
    grants: dict[str, ExtractedCell] = field(default_factory=dict)
    unnamed: dict[str, ExtractedCell] = field(default_factory=dict)

    def add_told(self, cell: ExtractedCell) -> None:
        """Add what a cell of the head says: 'PILOTE : MTPM'."""
        if (pilot := PILOT.match(cell.text)) and "pilot" not in self.texts:
            self.texts["pilot"] = pilot["pilot"]
            if pilot["own"]:
                self._pay(cell, self.part.funders.name(pilot["pilot"]), pilot["own"])
        elif money := FINANCED.match(cell.text):
            of_ami = self.part.vocabulary.money.is_granted(money["funder"])
            funder = AMI if of_ami else self.part.funders.name(money["funder"])
            self._pay(cell, funder, money["sum"])
        elif ":" in cell.text:
            self.others.setdefault(cell.text.split(":")[0].strip(), cell.text)

    def add_answer(self, asked: str, cell: ExtractedCell) -> None:
        """Add what `cell` answers to what is `asked`."""
        texts, told = self.texts, cell.text.strip()
        field = self._field(asked, told)
        if field == "pilot" and "pilot" not in texts and len(told) <= LONGEST_ANSWER:
            texts["pilot"] = told
        elif field in MONEY and field != "unfunded" and len(told) <= 2 * LONGEST_ANSWER:
            paid = self._answered(field, asked, cell)
            self.sums += paid
            if any(one.funder == AMI and one.stage in DECIDED for one, _ in paid):
                self.grants[asked] = cell
            elif not any(one.funder for one, _ in paid) and not OTHERS.search(fold(asked)):
                self.unnamed[asked] = cell
        elif field == "section" and self.section is None and len(told) <= LONGEST_ANSWER:
            self.section = told
        elif field == "status" and len(told) <= LONGEST_ANSWER and field not in texts:
            texts[field] = told
        elif field in TEXTS and (self.in_row or field not in ("label", "status", "comment")):
            texts[field] = f"{texts[field]}\n{told}" if field in texts else told
            if MEANS.match(fold(asked)):
                self.sums += self._planned(*self._column("total_cost", asked), cell)
        else:
            self._tell(asked, told)

    def take_back_second_grants(self) -> None:
        """Leave among the other texts the answers that would count twice what the AMI grants."""
        by_year: dict[str | None, list[str]] = defaultdict(list)
        for asked in self.grants:
            by_year[heading_exercise(asked)].append(asked)
        for grants in by_year.values():
            for asked in second_grants(grants, self.part.vocabulary.money):
                cell = self.grants[asked]
                self.sums = [paid for paid in self.sums if paid[1] is not cell]
                self._tell(asked, cell.text.strip())

    def take_back_totals(self) -> None:
        """Leave among the other texts what no one is named for, and those named pay together:
        'Contrepartie locale : 6 000 €' below 'Département : 4 000 €' and 'Métropole : 2 000 €'."""
        for asked, cell in self.unnamed.items():
            whole = [one for one, told in self.sums if told is cell]
            kinds = {(one.stage, one.exercise) for one in whole}
            named = [s for s, _ in self.sums if s.funder and (s.stage, s.exercise) in kinds]
            parts = [s.amount or 0 for s in named if s.funder != AMI]
            if parts and sum(parts) == sum(one.amount or 0 for one in whole):
                self.sums = [paid for paid in self.sums if paid[1] is not cell]
                self._tell(asked, cell.text.strip())

    def _tell(self, asked: str, told: str) -> None:
        """Keep what is `told` of what no field holds."""
        others = self.others
        others[asked] = f"{others[asked]}\n{told}" if asked in others else told

    def _field(self, asked: str, told: str) -> str | None:
        """The field that is `asked`, if what is `told` can be of it."""
        field = asked_field(asked, self.part, KNOWN_KEY)
        if field in STATED_AS and is_status_alone(told, self.part.vocabulary.statuses):
            return "status"
        if (
            field == "status"
            and self.part.vocabulary.money.is_state(asked)
            and read_cell(told).total is not None
        ):
            return "ami"
        if field == "cofinancing_source":  # CAF (10 000 €), Anah (5 000 €)
            payers = [amount.funder or "" for amount in read_cell(told).amounts]
            field = "cofinancing" if payers and all(map(self.part.funders.knows, payers)) else field
        states_sum = read_amounts(told) or SUM_IN_GROUPS.fullmatch(told)
        if field is None and states_sum and names_payer(asked, self.part):
            return "cofinancing"
        return None if _is_told_amiss(field, asked, told, self.texts) else field

    def _pay(self, cell: ExtractedCell, funder: str, text: str) -> None:
        """Add the sums of `text` that `funder` pays."""
        stage: Stage = "requested" if self.proposed and funder == AMI else "planned"
        self.sums += [
            (Sum(funder, stage, a.value, self.part.exercise, cell.text, a.flag), cell)
            for a in read_amounts(text)
        ]

    def _answered(self, field: str, asked: str, cell: ExtractedCell) -> list[Paid]:
        """The sums told beside a question: FINANCEMENT AMI | 12 000 €."""
        column, paid = self._column(field, asked)
        if plan := self._planned(column, paid, cell):
            return plan
        money = self.part.vocabulary.money
        sums = read_sums(column, asked, cell.text, (), self.part.funders)
        payers = [s.funder for s in sums if s.funder]
        return [
            (replace(s, funder=AMI) if money.is_ami(s.funder, payers) else s, cell) for s in sums
        ]

    def _planned(self, column: Column, paid: Stage, cell: ExtractedCell) -> list[Paid]:
        """The plan of financing that `cell` tells, its payers' sums at the stage `paid`."""
        plan = financing_plan(column, cell.text, paid, self.part.funders)
        return [(one, cell) for one in plan or ()]

    def _column(self, field: str, asked: str) -> tuple[Column, Stage]:
        """The column that a question of sums stands for, and the stage of what its payers pay."""
        wanted = ASKED.search(fold(asked)) or (self.proposed and field == "ami")
        paid: Stage = "requested" if wanted else "planned"
        funder = self._payer(asked.strip()) if field == "cofinancing" else None
        exercise = heading_exercise(asked) or self.part.exercise
        return Column(field, STAGE_OF.get(field, paid), exercise, 1.0, funder), paid

    def _payer(self, asked: str) -> str | None:
        """Whose sum is `asked`, where it names an organisation, or another programme."""
        if self.part.vocabulary.money.is_own(asked):
            return asked
        if known := _known_payer(asked, self.part):
            return known
        payer = PAYER.fullmatch(YEAR_LAST.sub("", asked))
        name = payer["payer"] if payer else asked if names_payer(asked, self.part) else None
        return self.part.funders.name(ASKED_BESIDE.sub("", name)) if name else None


def _is_told_amiss(field: str | None, asked: str, told: str, texts: Mapping[str, str]) -> bool:
    """Is `told` no answer of its `field`: a sum behind a text, or more than what was spent?"""
    if field in DONE:
        return not OF_MONEY.search(fold(asked)) and _says_more(told)
    return field in TEXTS and field in texts and SUM_ALONE.fullmatch(told) is not None


def _says_more(text: str) -> bool:
    """Does `text` tell more than sums and who pays them: '40 000 € consommés sur 60 000 €'?"""
    said, sums = text, read_amounts(text)
    for amount in reversed(sums):
        said = said[: amount.start] + said[amount.end :]
    return len(re.findall(r"[^\W\d_]{2,}", said)) > (FEW_WORDS if sums else 0)
