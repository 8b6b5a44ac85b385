"""Actions on cards, one below the other in one table: a title that numbers the action, across the
card or beside one sum, and below it what is asked and told.

Action n° 1 : Bail glissant
Pilote | CCAS | Statut | En cours
Financement AMI | 12 000 € | Cofinancements | -

What is asked and told may stand in one cell:

Action 1 : Bail glissant
Pilote : CCAS – Partenaires : bailleurs
Crédits AMI : 12 000 € | Cofinancements : Ville : 3 000 €

A sum beside a title is kept as it stands: nothing says whose it is. Where one card asks too
little, or one thing twice, as it does where a title between is missed, none of the table is read.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace

from normalizers.actions.annexes import titled_exercise
from normalizers.actions.answers import Answer, asked_field, state
from normalizers.actions.forms import ASKING_ROWS, told_beside
from normalizers.actions.likeness import MONEY
from normalizers.actions.parts import Part, Statement
from normalizers.actions.rows import PLAIN_TOTAL, is_total
from normalizers.amounts import read_amounts
from normalizers.references import split_reference
from normalizers.terms import fold
from pipeline.extracted import ExtractedCell

SENTENCE = 60  # characters: a longer text right under a title tells of the action
# CCAS – Partenaires : bailleurs
NEXT = re.compile(r"(\s+[–—-]\s+|\s*[;|\n]\s*)(?=[^\W\d][^:;|\n]{0,59}:)")
TOTAL = re.compile(r"tota(?:l|ux)\b")  # Total AMI 2024; but a Coût total is of an action
Row = Sequence[ExtractedCell]


@dataclass
class _Card:
    """A title with its number and label, the rows below it, what cells below it ask and answer at
    once, and what is told across below these; `index` is the first row's."""

    title: Row
    number: str
    label: str
    rows: list[Row] = field(default_factory=list)
    answers: list[Answer] = field(default_factory=list)
    told: list[ExtractedCell] = field(default_factory=list)
    index: int | None = None


def read_cards(part: Part) -> Iterator[Statement] | None:
    """The actions of the cards that `part` is made of; None where it is no table of cards."""
    cards = _cards(part)
    if not cards or not all(_asks_enough(card, part) for card in cards):
        return None
    part = replace(part, exercise=titled_exercise(part.table) or part.exercise)
    return (_statement(card, part) for card in cards)


def _cards(part: Part) -> list[_Card]:
    """The rows of `part` below each title, one right above it too; none where it has none first."""
    cards: list[_Card] = []
    index = 0
    head = ((None, cells) for cells in part.table.head)
    for kind, cells in (*head, *((row.kind, row.cells) for row in part.table.rows)):
        index += kind not in (None, "section")
        filled = sorted((c for c in cells if c.text.strip()), key=lambda c: c.column)
        if not filled:
            continue
        first, *others = filled
        beside = len(others) < 2 and all(read_amounts(c.text) for c in others)
        if beside and (card := _card(first.text, filled)):
            cards.append(card)
            continue
        if not cards and (above := _card(part.table.title, ())):
            cards.append(above)
        if not cards:
            return []
        answers = [told_within(cell, part) for cell in filled]
        if all(answers):
            cards[-1].answers += [answer for some in answers for answer in some]
            cards[-1].index = cards[-1].index or index
        elif (
            len(filled) == 1
            and first.spans_columns > 1
            and (cards[-1].rows or len(first.text) > SENTENCE)
        ):
            cards[-1].told.append(first)
        else:
            cards[-1].index = cards[-1].index or index
            cards[-1].rows.append(filled)
    for card in cards:
        card.rows = [row for row in card.rows if not _adds_up(row, cards)]
    if cards:
        cards[-1].answers = _of_one(cards, part)
    return cards


def _card(text: str, title: Row) -> _Card | None:
    """The card that `text`, of its `title`, opens; None where that numbers no action."""
    reference, label = split_reference(text)
    if reference is None:
        return None
    number = re.sub(r"^\D*", "", reference)  # which counts the cards of this table alone
    return _Card(title, number, label)


def told_within(cell: ExtractedCell, part: Part) -> list[Answer]:
    """What `cell` asks and tells: 'Pilote : CCAS – Partenaires : bailleurs'; nothing where it does
    not begin with a question."""
    found: list[tuple[str, str]] = []
    pieces = NEXT.split(cell.text.strip())
    for mark, piece in zip(["", *pieces[1::2]], pieces[::2], strict=True):
        asked, parted, told = piece.partition(":")
        if parted and asked_field(asked.strip(), part):
            found.append((" ".join(asked.split()), told.strip()))
        elif found:
            found[-1] = found[-1][0], f"{found[-1][1]}{mark}{piece}"
        else:
            return []
    return [(asked, cell.model_copy(update={"text": told})) for asked, told in found]


def _adds_up(row: Row, cards: Sequence[_Card]) -> bool:
    """Is `row` a total over `cards`, and no question that each of them asks: 'Coût total'?"""
    if not is_total([c.text for c in row]) or len(row) < 2:
        return False
    asked = fold(row[0].text)
    every = all(any(fold(r[0].text) == asked for r in card.rows) for card in cards)
    return not every or PLAIN_TOTAL.match(asked) is not None


def _of_one(cards: Sequence[_Card], part: Part) -> list[Answer]:
    """The answers of the last of `cards` but a total over all, such as no other card tells, below
    sums of its own: 'Total AMI 2024 : 90 000 €'."""
    *others, last = cards
    everywhere = {asked for card in others for asked, _ in card.answers}
    own = [one for one in last.answers if one[0] in everywhere or not TOTAL.match(fold(one[0]))]
    paid = any(asked_field(asked, part) in MONEY for asked, _ in own)
    return own if others and paid else last.answers


def _asks_enough(card: _Card, part: Part) -> bool:
    """Does `card` ask for as much as an action's does, but its label, and nothing twice?"""
    asked = [q for row in card.rows for q in {q: None for q, _ in told_beside(part, [row])}]
    asked += [q for q, _ in card.answers]
    fields = {asked_field(question, part) for question in asked} - {None}
    enough = len(fields) >= ASKING_ROWS and fields & {"pilot", *MONEY}
    return bool(enough) and "label" not in fields and len(set(asked)) == len(asked)


def _statement(card: _Card, part: Part) -> Statement:
    texts = {"reference": card.number, "label": " ".join(card.label.split())}
    if card.told:
        texts["description"] = "\n".join(cell.text for cell in card.told)
    answers = [(f"colonne {c.column}", c) for c in card.title[1:]]
    answers += [*card.answers, *told_beside(part, card.rows)]
    bare = part.table.model_copy(update={"head": [], "rows": []})  # which are of the first card
    said = state(replace(part, table=bare), texts, answers, index=card.index)
    return replace(said, table=part.table)
