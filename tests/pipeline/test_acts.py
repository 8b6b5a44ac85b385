"""Which convention an avenant amends; which file is a copy of which act."""

from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from pipeline.acts import amended_convention, amended_conventions, find_copies
from pipeline.kinds import Role
from pipeline.models import Action, Document, Funding, Signatory
from tests.pipeline.world import act_record


def act(document_id: str, kind: str = "convention", **values: Any) -> Document:
    known = {"territory_id": "1", "period_start": 2031, "period_end": 2033} | values
    return act_record(document_id, kind=kind, **known)


AVENANT = act(
    "avenant",
    "avenant",
    signed_on=date(2032, 5, 1),
    exercise="2032",
    title="Avenant n° 1 à la convention du 2 mars 2031",
)


@pytest.mark.parametrize(
    ("conventions", "expected"),
    [
        ([act("a")], "a"),
        ([act("a", period_start=2027, period_end=2029), act("b")], "b"),
        ([act("a", signed_on=date(2031, 1, 9)), act("b", signed_on=date(2031, 6, 9))], "b"),
        ([act("a", signed_on=date(2033, 1, 9))], None),
        ([act("a", territory_id="2")], None),
        ([act("a", period_start=2027, period_end=2029)], None),
        ([act("a", period_start=2030, period_end=2034)], "a"),
        ([act("a", period_start=None, period_end=None)], "a"),
        ([act("a", copy_of="b"), act("b", period_start=2031, period_end=2034)], "b"),
        ([act("a", "report")], None),
        ([act("a"), act("b", period_start=2032, period_end=2032)], "a"),
        ([act("a", signed_on=date(2031, 3, 2), period_end=2032), act("b")], "a"),  # by its date
        ([], None),
    ],
)
def test_the_convention_that_an_avenant_amends(
    conventions: list[Document], expected: str | None
) -> None:
    assert amended_convention(AVENANT, [AVENANT, *conventions]) == expected


def test_what_is_passed_on_without_the_state_has_avenants_of_its_own() -> None:
    def parties(act: Document, *roles: Role) -> list[Signatory]:
        return [Signatory(document_id=act.document_id, role=r, organisation=r) for r in roles]

    first, second = act("first"), act("second", signed_on=date(2032, 2, 1))
    own = act("own", "avenant", signed_on=date(2032, 6, 1), exercise="2032")
    signatories = [
        *parties(first, "state", "beneficiary"),
        *parties(second, "beneficiary", "partner"),
        *parties(own, "beneficiary", "partner"),
    ]
    found = amended_conventions([first, second, AVENANT, own], signatories)
    assert found == {"avenant": "first", "own": "second"}


@pytest.mark.parametrize(
    ("prolonging", "conventions", "expected"),
    [
        ({"exercise": "2032"}, {"old": (2030, 2031)}, "old"),
        ({"exercise": "2032"}, {"old": (2030, 2031), "new": (2032, 2034)}, "new"),
        ({"exercise": "2032"}, {"old": (2027, 2030)}, None),  # a year between
        ({"exercise": "2032", "period_start": 2032}, {"old": (2030, 2031)}, None),
        ({"signed_on": date(2032, 2, 1)}, {"old": (2030, 2031)}, "old"),
    ],
)
def test_an_avenant_may_prolong_the_convention_that_it_and_the_next_ones_amend(
    prolonging: dict[str, Any], conventions: dict[str, tuple[int, int]], expected: str | None
) -> None:
    first = act("first", "avenant", **{"period_start": None, "period_end": 2033, **prolonging})
    following = act("next", "avenant", exercise="2033", period_start=None, period_end=None)
    known = [act(k, period_start=a, period_end=b) for k, (a, b) in conventions.items()]
    assert amended_convention(first, [first, *known]) == expected
    assert amended_convention(following, [first, following, *known]) == expected


def test_an_avenant_of_no_known_territory_amends_nothing() -> None:
    lost = AVENANT.model_copy(update={"territory_id": None})
    assert amended_convention(lost, [act("a", territory_id=None)]) is None


@dataclass
class Shelf:
    """Documents with their actions: label and AMI sum."""

    documents: list[Document] = field(default_factory=list)
    actions: list[Action] = field(default_factory=list)
    funding: list[Funding] = field(default_factory=list)

    def put(self, document: Document, **sums: int) -> "Shelf":
        self.documents.append(document)
        for label, amount in sums.items():
            action_id = f"{document.document_id}:{label}"
            self.actions.append(
                Action(action_id=action_id, document_id=document.document_id, label=label, page=1)
            )
            self.funding.append(
                Funding(
                    action_id=action_id,
                    funder="AMI",
                    stage="granted",
                    amount_eur=Decimal(amount),
                    raw=str(amount),
                    page=1,
                )
            )
        return self

    def copies(self) -> list[tuple[str, str, int]]:
        found = find_copies(self.documents, self.actions, self.funding)
        return [(c.document_id, c.original_id, len(c.differences)) for c in found]


SUMS = {"mentorat": 1, "maraudes": 2, "captation": 3, "domiciliation": 4, "formation": 5}


def test_a_scan_is_a_copy_of_the_digital_act_whatever_the_order() -> None:
    scan = act("a-scan", ocr_page_count=3)
    shelf = Shelf().put(scan, **SUMS | {"formation": 50}).put(act("z-draft"), **SUMS)
    assert shelf.copies() == [("a-scan", "z-draft", 1)]


def test_what_differs_in_a_copy_is_named_as_the_act_writes_it() -> None:
    digital = SUMS | {"Équipe d'Aix": 5000}
    scan = SUMS | {"Équipe d'Aix": 9000}
    shelf = Shelf().put(act("a"), **digital).put(act("b", ocr_page_count=3), **scan)
    (copy,) = find_copies(shelf.documents, shelf.actions, shelf.funding)
    assert copy.differences == ("« Équipe d'Aix » : 5\u202f000\xa0€ dans a, 9\u202f000\xa0€ ici",)


def test_letters_that_ocr_misreads_do_not_matter() -> None:
    scan = act("b", ocr_page_count=3)
    misread = {"menlorat": 1, "maraudes": 2, "captation": 3, "domiciiiation": 4, "formation": 5}
    assert Shelf().put(act("a"), **SUMS).put(scan, **misread).copies() == [("b", "a", 0)]


@pytest.mark.parametrize(
    ("values", "sums"),
    [
        ({"signed_on": date(2031, 2, 2)}, SUMS),
        ({"exercise": "2032"}, SUMS),
        ({"title": "AVENANT N° 2"}, SUMS),
        ({"territory_id": "2"}, SUMS),
        ({}, {k: v * 10 for k, v in SUMS.items()}),
        ({}, {"mentorat": 1, "autre": 2}),
        ({}, {}),
    ],
)
def test_two_acts_are_no_copies(values: dict[str, Any], sums: dict[str, int]) -> None:
    first = act("a", signed_on=date(2031, 1, 1), exercise="2031", title="AVENANT N° 1")
    second = act("b", **{"title": "AVENANT N°1"} | values)
    assert Shelf().put(first, **SUMS).put(second, **sums).copies() == []


def test_the_same_file_twice_is_a_copy_even_without_actions() -> None:
    shelf = Shelf().put(act("a", sha256="x")).put(act("b", sha256="x"))
    assert shelf.copies() == [("b", "a", 0)]
