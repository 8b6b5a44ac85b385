"""The lineage picture: bars as tall as their money, ribbons that join what carries on."""

from decimal import Decimal
from itertools import pairwise
from typing import Any

from pipeline.flows import BAR, PITCH, TALLEST, THINNEST, Picture, Step, picture

YEARS = ["2031", "2032"]


def step(action_id: str, exercise: str, ami: int | None) -> Step:
    money = None if ami is None else Decimal(ami)
    return Step(action_id, exercise, action_id, money, "new", action_id, False)


def drawn(steps: list[Step], links: Any = ()) -> Picture:
    found = picture(YEARS, steps, links)
    assert found
    return found


def test_a_bar_is_as_tall_as_its_money() -> None:
    found = drawn([step("a", "2031", 300), step("b", "2031", 100), step("c", "2032", 200)])
    heights = {bar.step.action_id: bar.height for bar in found.bars}
    assert heights == {"a": TALLEST * 0.75, "b": TALLEST * 0.25, "c": TALLEST * 0.5}
    assert {bar.x for bar in found.bars} == {0, PITCH}


def test_bars_and_their_texts_do_not_overlap() -> None:
    found = drawn([step(f"a{n}", "2031", 1 + n) for n in range(40)])
    tops = sorted(bar.y for bar in found.bars)
    assert min(b - a for a, b in pairwise(tops)) >= 32
    assert found.height > tops[-1]


def test_what_has_no_money_is_drawn_only_where_it_is_linked_to_money() -> None:
    steps = [step("a", "2031", None), step("b", "2032", 50), step("alone", "2031", None)]
    found = drawn(steps, [("a", "b", "continues")])
    assert {bar.step.action_id: bar.height for bar in found.bars} == {"a": THINNEST, "b": TALLEST}


def test_a_split_bar_is_shared_as_the_money_that_follows() -> None:
    steps = [step("a", "2031", 400), step("b", "2032", 300), step("c", "2032", 100)]
    found = drawn(steps, [("a", "b", "splits"), ("a", "c", "splits")])
    starts = [float(ribbon.path[1:].split("C")[0].split()[1]) for ribbon in found.ribbons]
    (bar,) = [b for b in found.bars if b.step.action_id == "a"]
    assert starts == [bar.y, bar.y + bar.height * 0.75]
    assert all(ribbon.path.startswith(f"M{BAR} ") for ribbon in found.ribbons)


def test_without_money_there_is_no_picture() -> None:
    assert picture(YEARS, [step("a", "2031", None)], []) is None
    assert picture([], [], []) is None


def test_a_link_to_an_unknown_action_is_left_out() -> None:
    assert drawn([step("a", "2031", 5)], [("a", "elsewhere", "continues")]).ribbons == []
