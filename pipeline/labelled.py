"""Files of labelled actions: pairs with a verdict, and whole territories with the origins of each
action."""

import csv
from collections.abc import Sequence
from dataclasses import asdict, dataclass, field
from decimal import Decimal
from pathlib import Path

from normalizers.links.mentions import mentions
from normalizers.links.profiles import Profile, profile
from normalizers.statuses import StatusPattern, read_status
from normalizers.terms import fold
from pipeline.errors import FiliationError
from pipeline.judgements import Decisions
from pipeline.knowledge import Knowledge
from pipeline.linking import Links, link_actions
from pipeline.models import Action, ActionPilot, Funding, Mention

SIDES = ("left", "right")
FIELDS = ("reference", "pilot", "label", "objective", "description", "indicators", "amount")
COLUMNS = (
    "group",
    "split",
    "source",
    "kind",
    "verdict",
    *(f"{side}_{name}" for side in SIDES for name in FIELDS),
)
ACTION_COLUMNS = (
    "territory",
    "exercise",
    "key",
    "carries_on",
    "funded",
    "pilot",
    "reference",
    "label",
    "objective",
    "description",
    "indicators",
    "status",
    "ami_eur",
)
AS_WRITTEN = ("exercise", "reference", "label", "objective", "description", "indicators")

Row = dict[str, str]
Pair = tuple[str, str]


@dataclass
class Labelled:
    """Actions as `normalize` gives them, and the true links between them.

    `open` are pairs that may be linked or not: nobody can tell.
    """

    actions: list[Action] = field(default_factory=list)
    funding: list[Funding] = field(default_factory=list)
    pilots: list[ActionPilot] = field(default_factory=list)
    mentions: list[Mention] = field(default_factory=list)
    links: set[Pair] = field(default_factory=set)
    open: set[Pair] = field(default_factory=set)

    def linked(self, knowledge: Knowledge) -> Links:
        """What `link` makes of the actions."""
        return link_actions(
            self.actions, self.funding, self.pilots, self.mentions, Decisions([], [], []), knowledge
        )


def read_pairs(path: Path) -> list[Row]:
    """The labelled pairs of `path`; raises FiliationError when a column is missing."""
    return read_rows(path, COLUMNS)


def read_rows(path: Path, columns: Sequence[str]) -> list[Row]:
    """The rows of a CSV file; raises FiliationError when one of `columns` is missing."""
    with path.open(encoding="utf-8-sig", newline="") as file:
        reader = csv.DictReader(file)
        if missing := set(columns) - set(reader.fieldnames or ()):
            absent = ", ".join(sorted(missing))
            raise FiliationError(
                f"{path.name} : colonne absente : {absent}",
                f"{path.name}: column missing: {absent}",
            )
        return list(reader)


def read_labelled(path: Path, statuses: Sequence[StatusPattern]) -> Labelled:
    """The actions of `path`: one a row, `carries_on` the keys (in its territory) of its origins,
    with a question mark where nobody can tell. What a column `comment`, where there is one, says
    of an action's origin or continuation is heard.

    Raises FiliationError when a column is missing or an origin is unknown.
    """
    found = Labelled()
    rows = read_rows(path, ACTION_COLUMNS)
    known = {(r["territory"], r["key"]) for r in rows}
    for place, row in enumerate(rows):
        action = _action(row, place, statuses)
        found.actions.append(action)
        found.pilots += [
            ActionPilot(action_id=action.action_id, organisation_id=fold(name))
            for name in row["pilot"].split(" / ")
            if name
        ]
        found.mentions += _mentions(action.action_id, row.get("comment", ""))
        if row["ami_eur"]:
            found.funding.append(_grant(action.action_id, row["ami_eur"]))
        for written in row["carries_on"].split():
            origin = written.rstrip("?")
            if (row["territory"], origin) not in known:
                unknown = f"{row['territory']}, {origin}"
                raise FiliationError(
                    f"{path.name} : origine inconnue : {unknown}",
                    f"{path.name}: unknown origin: {unknown}",
                )
            kind = found.links if origin == written else found.open
            kind.add((f"{row['territory']}/{origin}", action.action_id))
    return found


def _action(row: Row, place: int, statuses: Sequence[StatusPattern]) -> Action:
    document = f"{row['territory']}/{row['exercise']}"
    own: dict[str, object] = {
        "action_id": f"{row['territory']}/{row['key']}",
        "document_id": document,
        "territory_id": row["territory"],
        "table_id": f"{document}/{row['funded']}",
        "row_index": place,
        "funded": row["funded"] == "true",
        "pilot_raw": row["pilot"] or None,
        "status_raw": row["status"] or None,
        "status": read_status(row["status"], statuses),
        "page": 1,
    }
    return Action.model_validate(own | {name: row[name] or None for name in AS_WRITTEN})


def _mentions(action_id: str, comment: str) -> list[Mention]:
    own = {"action_id": action_id, "page": 1}
    return [Mention.model_validate(own | asdict(told)) for told in mentions(comment)]


def _grant(action_id: str, amount: str) -> Funding:
    paid = {"action_id": action_id, "funder": "AMI", "stage": "granted", "page": 1}
    return Funding.model_validate(paid | {"amount_eur": amount, "raw": amount})


def side(row: Row, which: str) -> tuple[str, ...]:
    """What a labelled pair says of its 'left' or 'right' action, in FIELDS order."""
    return tuple(row[f"{which}_{name}"] for name in FIELDS)


def pair_profile(values: tuple[str, ...], knowledge: Knowledge) -> Profile:
    """The action that `side` gives, made comparable."""
    action = dict(zip(FIELDS, values, strict=True))
    return profile(
        action,
        {fold(action["pilot"])} if action["pilot"] else set(),
        Decimal(action["amount"]) if action["amount"] else None,
        knowledge.acronyms,
        knowledge.concepts,
    )
