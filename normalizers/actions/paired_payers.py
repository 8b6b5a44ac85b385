"""Sums whose payer the column before names: 'Cofinanceur 1 | Montant | Autre | Montant', or the
cell before, under one head: 'Plan de financement' over 'CAF | 4 000 €'."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from itertools import pairwise

from normalizers.actions.contents import INSTEAD_OF_SUM, WITHOUT_SUM
from normalizers.actions.headings import Column
from normalizers.actions.likeness import MONEY
from normalizers.amounts import read_cell
from normalizers.state_money import StateMoney
from normalizers.terms import fold
from pipeline.extracted import ExtractedCell

NAMES = re.compile(
    r"\W*(?:autres? )?(?:(?:co-?)?financeurs?|co-?financements?|contributeurs?"
    r"|partenaires? financiers?)(?: n\W?)?\s?\d?\W*"
)
# Part commune · Participation de la commune
OF_A_KIND = re.compile(
    r"^\W*(?:parts?|participations?|contributions?|apports?|cofinancements?|financements?)\s+"
    r"(?:de la |du |de l['’]|de |des )?"
)
OF_THE_ONE_BEFORE = re.compile(
    r"\W*(?:montants?|sommes?|participations?|apports?|parts?)\b"
    r"(?: (?:du |de la |de l')?(?:(?:co-?)?financ\w+|contributeurs?|partenaires?)?)?"
    r"(?: n\W?)?\s?\d?(?: \(?(?:en )?(?:k?€|euros?|ttc)\)?)?\W*"
)


def named_beside(columns: list[Column], money: StateMoney) -> list[Column]:
    """`columns`, those of sums right behind a column of names of funders holding what these pay:
    beside a column of the AMI, or where one of several such columns names it."""
    pairs = [
        i
        for i, (names, sums) in enumerate(pairwise(columns))
        if (NAMES.fullmatch(names.folded) or names.field == "cofinancing")
        and OF_THE_ONE_BEFORE.fullmatch(sums.folded)
        and names.content.filled
        and not names.content.numbers
        and sums.content.money >= 0.5
        and sums.field in (None, "cofinancing", "ami")
    ]
    granted = any(c.field == "ami" for i, c in enumerate(columns) if i - 1 not in pairs)
    named = len(pairs) > 1 and any(money.is_state(t) for i in pairs for t in columns[i].texts)
    if not pairs or not (granted or named):
        return columns
    found = list(columns)
    for i in pairs:
        found[i] = columns[i].told_as("partners")
        found[i + 1] = replace(columns[i + 1].paid_by(columns[i + 1].funder), payer_in=i + 1)
    return found


def named_by_kind(columns: list[Column], money: StateMoney) -> list[Column]:
    """`columns`, those of sums of a kind of authority holding what each row's own pays, which
    another column names: 'Commune | … | Part commune'."""
    names = {
        c.folded: i
        for i, c in enumerate(columns, 1)
        if c.content.filled
        and not c.content.numbers
        and money.is_other_payer(c.heading.strip(), alone=True)
    }
    return [
        replace(c, payer_in=at)
        if c.field == "cofinancing" and (at := names.get(OF_A_KIND.sub("", c.folded).strip()))
        else c
        for c in columns
    ]


def with_payers_beside(
    cells: Mapping[int, ExtractedCell], columns: Sequence[Column]
) -> Iterator[tuple[int, ExtractedCell]]:
    """The `cells` of a row by column, a name and the one sum beside it under the same head of sums
    as one that tells both: 'CAF | 4 000 €' is 'CAF : 4 000 €'. A head of cofunding may stand over
    the names alone."""
    named: tuple[int, str] | None = None  # where it is of the sum's column, and what it says
    for k, cell in sorted(cells.items()):
        if named:
            at, name = named
            named = None
            yield at, cell.model_copy(update={"text": f"{name} : {cell.text}"})
            continue
        beside = cells.get(k + 1) if k < len(columns) else None
        pair = _column_of_pair(k, columns) if beside else None
        if beside and pair and _is_name(cell.text) and len(read_cell(beside.text).amounts) == 1:
            named = pair, cell.text
        else:
            yield k, cell


def _column_of_pair(k: int, columns: Sequence[Column]) -> int | None:
    """Which of column `k` and the next says what the sums are that stand in the next; None where
    these are not under one head."""
    names, sums = columns[k - 1], columns[k]
    heading, following = names.heading.strip(), sums.heading.strip()
    fields = names.field, sums.field
    if heading and heading == following and fields[0] in (*MONEY, None) and fields[1] in MONEY:
        return k + 1
    return k if heading and not following and fields == ("cofinancing", None) else None


def _is_name(text: str) -> bool:
    plain = fold(text)
    said = WITHOUT_SUM.fullmatch(plain) or INSTEAD_OF_SUM.fullmatch(plain)
    return not said and not read_cell(text).amounts and "\n" not in text.strip()
