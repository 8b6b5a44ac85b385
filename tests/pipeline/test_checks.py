"""Every check: a case that must fire and near cases that must not, all in one database."""

import itertools
from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence
from datetime import date
from decimal import Decimal
from pathlib import Path
from random import Random
from typing import Any, NamedTuple

import pytest

from pipeline.extracted import LISTED
from pipeline.kinds import Role
from pipeline.load import check_files, check_severity
from pipeline.models import (
    Action,
    AnnexColumn,
    AnnexTable,
    Cell,
    Document,
    DocumentFact,
    Finding,
    Funding,
    Furniture,
    Mention,
    PageRecord,
    Signatory,
)
from pipeline.schema import header
from tests.answers import run_query
from tests.pipeline.world import Act, Granted, Row, World

Build = Callable[..., None]
UNKNOWN = 0.2  # share of the values that may be unknown


class Found(NamedTuple):
    rule: str
    severity: str
    message: str
    expected: str | None
    observed: str | None
    finding_id: str
    action_id: str | None


Findings = dict[str, list[Found]]
Cases = dict[str, tuple[str, Build]]
Tables = Mapping[str, Row | Sequence[Row] | tuple[Sequence[Row], Sequence[Row]]]
NONE: Mapping[str, Any] = {}
FIRES: Cases = {}
SILENT: Cases = {}


def fires(rule: str, *given: int) -> Callable[[Build], Build]:
    """The document named after the function, and what it is `given`, must have a finding of
    `rule`."""
    return _registered(FIRES, rule, given)


def silent(rule: str, *given: int) -> Callable[[Build], Build]:
    """The document named so must have none, though it comes near."""
    return _registered(SILENT, rule, given)


def _registered(cases: Cases, rule: str, given: Sequence[int]) -> Callable[[Build], Build]:
    def register(build: Build) -> Build:
        name = "_".join((build.__name__, *map(str, given)))
        cases[name] = (rule, lambda world, document: build(world, document, *given))
        return build

    return register


def tables(rule: str, fires: Tables = NONE, silent: Tables = NONE) -> None:
    """Cases that are an act with a table each: its only row, its rows, or its rows and totals."""
    for cases, given in ((FIRES, fires), (SILENT, silent)):
        for name, table in given.items():
            rows = [table] if isinstance(table, dict) else table
            of = rows if isinstance(rows, tuple) else (rows,)
            cases[name] = (rule, lambda world, document, of=of: world.act(document).table(*of))


def acts(rule: str, fires: Mapping[str, Row] = NONE, silent: Mapping[str, Row] = NONE) -> None:
    """Cases that are an act each, of which nothing but these values is told."""
    for cases, given in ((FIRES, fires), (SILENT, silent)):
        for name, values in given.items():
            cases[name] = (rule, lambda world, document, of=values: world.act(document, **of))


def read_by_ocr(world: World, name: str, fact: str, value: str, page: int = 3) -> None:
    """`fact` of the document stands on its `page`, which is a scan."""
    box = {"x0": 72, "top": 300, "x1": 200, "bottom": 312}
    world.add(DocumentFact(document_id=name, name=fact, value=value, page=page, **box))
    scanned(world, name, page)


def scanned(world: World, name: str, page: int) -> None:
    """Page `page` of the document is a scan."""
    world.add(
        PageRecord(
            document_id=name,
            page=page,
            kind="scan",
            width=595,
            height=842,
            characters=900,
            characters_in_tables=0,
            ocr_confidence=0.9,
        )
    )


def previous_act(world: World, name: str, **row: object) -> None:
    """The convention that the act under test amends, with one action funded by 50 000 €."""
    act = world.act(f"{name}-avant", "2023", territory=name)
    act.table([{"key": "old", "label": "Étude squat", "ami": 50000} | row])


@fires("row_sum")
def total_above_its_parts(world: World, name: str) -> None:
    world.act(name).table([{"total_cost": 396000, "ami": 238000, "cofinancing": 150000}])


tables(
    "row_sum",
    fires={
        "total_above_ami_with_cofunding_struck_out": {
            "total_cost": 33445.5,
            "ami": 25445.5,
            "cofinancing": "-",
        },
        "total_below_ami": {"total_cost": 20000, "ami": 25000, "cofinancing": None},
        "cofunding_left_empty_where_the_total_closes_the_column": (
            [
                {"key": "a", "label": "Bagagerie", "total_cost": 90, "ami": 50, "cofinancing": 40},
                {"key": "b", "label": "Maraude", "total_cost": 80, "ami": 60, "cofinancing": None},
            ],
            [{"label": "Total", "total_cost": 170, "ami": 110, "cofinancing": 40}],
        ),
    },
    silent={
        "several_funders_add_up": {"total_cost": 100.5, "ami": 60, "cofinancing": 40.5},
        "cofunding_to_be_specified": {"total_cost": 100, "ami": 60, "cofinancing": "A préciser"},
        "cofunding_cell_left_empty": {"total_cost": 100, "ami": 60, "cofinancing": None},
        "what_nobody_pays_yet_is_said": {
            "total_cost": 100,
            "ami": 60,
            "cofinancing": 30,
            "unfunded": "10 €",
        },
        "ami_pays_all": {"total_cost": 60, "ami": 60, "cofinancing": None},
    },
)


@silent("row_sum")
def carry_over_stated_of_both_exercises(world: World, name: str) -> None:
    row = {"key": f"{name}-1", "total_cost": 95, "ami": 52, "cofinancing": 25, "carry_over": 18}
    world.act(name, "2024").table([row])
    *_, left = (s for s in world.records[Funding] if isinstance(s, Funding))
    assert left.stage == "carry_over"
    world.add(left.model_copy(update={"exercise": "2023"}))


@silent("row_sum")
def what_others_were_asked_for(world: World, name: str) -> None:
    world.act(name).table([{"key": f"{name}-1", "total_cost": 100, "ami": 60, "cofinancing": 30}])
    *_, paid = (s for s in world.records[Funding] if isinstance(s, Funding) and s.funder == "Ville")
    asked = {"stage": "requested", "funder": "CAF", "amount_eur": Decimal(10), "raw": "10 €"}
    world.add(paid.model_copy(update=asked))


@silent("row_sum")
def another_year_that_others_alone_pay(world: World, name: str) -> None:
    row = {"key": f"{name}-1", "total_cost": 45, "ami": 15, "cofinancing": 15}
    world.act(name, "2023").table([row])
    sums = world.records[Funding]
    later = next(s for s in sums[-3:] if isinstance(s, Funding) and s.funder == "Ville")
    world.add(later.model_copy(update={"exercise": "2024"}))
    for i, one in enumerate(sums[-4:], len(sums) - 4):
        if isinstance(one, Funding) and one.stage == "total_cost":
            sums[i] = one.model_copy(update={"exercise": "2023-2024"})


@fires("exercise_vs_grant")
def act_that_grants_for_another_year(world: World, name: str) -> None:
    world.act(name, "2023").states("grant", 10, exercise="2024").table([{"ami": 10}])


@fires("exercise_vs_grant")
def act_that_grants_for_the_next_two_years(world: World, name: str) -> None:
    world.act(name, "2022-2023").states("grant", 10, exercise="2023-2024").table([{"ami": 10}])


@silent("exercise_vs_grant")
def act_that_recalls_an_earlier_grant(world: World, name: str) -> None:
    act = world.act(name, "2024").states("grant", 20, exercise="2023")
    act.states("grant", 10, exercise="2024").table([{"ami": 10}])


@silent("exercise_vs_grant")
def act_that_grants_the_first_of_two_years(world: World, name: str) -> None:
    world.act(name, "2024-2025").states("grant", 10, exercise="2024").table([{"ami": 10}])


SCANNED: dict[str, object] = {"confidence": 0.95}


def of_three(name: str, **scan: object) -> tuple[list[dict[str, object]], list[dict[str, object]]]:
    """Rows whose total supposes that 5 000 € were read as 9 000 €."""
    rows: list[dict[str, object]] = [
        {"key": f"{name}-{key}", "label": key, "ami": ami} | scan
        for key, ami in (("a", 12000), ("b", 9000), ("c", 41000))
    ]
    return rows, [{"label": "TOTAL", "ami": 58000}]


@fires("totals_sum")
def total_that_one_digit_of_a_scan_explains(world: World, name: str) -> None:
    world.act(name).table(*of_three(name, confidence=0.93))


@fires("totals_sum")
def total_that_one_digit_of_print_would_explain(world: World, name: str) -> None:
    world.act(name).table(*of_three(name))


@silent("totals_sum", 8000)
@fires("totals_sum", 8500)
def total_of_the_sums_of_a_cell(world: World, name: str, total: int) -> None:
    """A total below a cell that states two sums, each of its own payer."""
    paid = {"CAF": 5000, "Ville": 2000}
    text = " ; ".join(f"{payer} : {amount} €" for payer, amount in paid.items())
    rows = [{"label": "a", "cofinancing": text}, {"label": "b", "cofinancing": 1000}]
    world.act(name).table(rows, [{"label": "TOTAL", "cofinancing": total}])
    *_, told = (f for f in world.of(Funding) if isinstance(f, Funding) and f.raw == text)
    world.records[Funding].remove(told)
    for payer, amount in paid.items():
        world.add(told.model_copy(update={"funder": payer, "amount_eur": Decimal(amount)}))


@fires("totals_sum")
def totals_row_does_not_add_up_across(world: World, name: str) -> None:
    rows = [{"label": "a", "total_cost": 396, "ami": 238, "cofinancing": 150}]
    totals = [{"label": "TOTAUX", "total_cost": 396, "ami": 238, "cofinancing": 150}]
    world.act(name).table(rows, totals)


@silent("totals_sum")
def total_of_incomes_is_that_of_expenses(world: World, name: str) -> None:
    sums: dict[str, object] = {"total_cost": 396, "ami": 238, "cofinancing": 396}
    world.act(name).table([{"label": "a"} | sums], [{"label": "TOTAUX"} | sums])


@silent("totals_sum", 500)
@fires("totals_sum", 510)
def total_of_all_tables_below_the_last(world: World, name: str, total: int) -> None:
    act = world.act(name).table([{"label": "a", "ami": 300}])
    act.table([{"label": "b", "ami": 200}], [{"label": "Total général", "ami": total}])


def budget(total: int) -> tuple[list[dict[str, object]], list[dict[str, object]]]:
    """Accounts, the first with its details, and their total."""
    sums = {
        "60 – Achats": 12384,
        "Eau": 1440,
        "Énergie": 10944,
        "61 – Services extérieurs": 28800,
    }
    rows: list[dict[str, object]] = [{"label": k, "total_cost": v} for k, v in sums.items()]
    return rows, [{"label": "Total des charges", "total_cost": total}]


def paid_below_years(total: int) -> tuple[list[dict[str, object]], list[dict[str, object]]]:
    """The sums of a sheet below its years, and their total."""
    rows: list[dict[str, object]] = [
        {"label": "Financements", "spent": "2024", "cofinancing": "2025"},
        {"label": "État", "spent": 30000, "cofinancing": 20000},
    ]
    return rows, [{"label": "Total", "cofinancing": total}]


def of_all_payers(
    label: str, total: int
) -> tuple[list[dict[str, object]], list[dict[str, object]]]:
    """Rows that the AMI and others pay, and a total below what all of them do."""
    rows: list[dict[str, object]] = [
        {"label": "a", "ami": 100, "cofinancing": 150},
        {"label": "b", "ami": 200, "cofinancing": 250},
    ]
    return rows, [{"label": label, "cofinancing": total}]


@silent("totals_sum", 300)
@fires("totals_sum", 310)
def total_of_the_ami_below_all_payers(world: World, name: str, amount: int) -> None:
    world.act(name).table(*of_all_payers("Total État (AMI)", amount))


@silent("totals_sum", 300)
@fires("totals_sum", 330)
def total_of_a_payer(world: World, name: str, total: int) -> None:
    """A row a payer, and below them what the State pays, and all of them."""
    rows: list[dict[str, object]] = [
        {"label": "a", "cofinancing_source": "État", "cofinancing": 100},
        {"label": "a", "cofinancing_source": "Ville", "cofinancing": 40},
        {"label": "b", "cofinancing_source": "État", "cofinancing": 200},
    ]
    totals: list[dict[str, object]] = [
        {"label": "Total", "cofinancing_source": "État", "cofinancing": total},
        {"label": "", "cofinancing_source": "Tous", "cofinancing": 340},
    ]
    world.act(name).table(rows, totals)


@silent("totals_sum", 300)
@fires("totals_sum", 310)
def total_of_a_year(world: World, name: str, total: int) -> None:
    """A row a year, and below them what is paid in each."""
    rows: list[dict[str, object]] = [
        {"label": label, "schedule": year, "ami": ami}
        for label, year, ami in (("a", "2024", 100), ("a", "2025", 40), ("b", "2024", 200))
    ]
    totals: list[dict[str, object]] = [
        {"label": "Ensemble", "schedule": "2024", "ami": total},
        {"label": "Ensemble", "schedule": "2025", "ami": 40},
    ]
    world.act(name).table(rows, totals)


@silent("totals_sum", 300)
@fires("totals_sum", 310)
def total_of_a_pilot(world: World, name: str, total: int) -> None:
    """Rows that two pilots run in turn, and below them the sums of each, and of all."""
    rows: list[dict[str, object]] = [
        {"label": label, "pilot_raw": pilot, "ami": ami}
        for label, pilot, ami in (("a", "MS", 100), ("b", "CCAS", 40), ("c", "MS", 200))
    ]
    sums = {"Sous-total MS": total, "Sous-total CCAS": 40, "Total": 340}
    world.act(name).table(rows, [{"label": label, "ami": ami} for label, ami in sums.items()])


@silent("totals_sum", 300)
@fires("totals_sum", 330)
def total_of_grants_with_their_reliquats(world: World, name: str, total: int) -> None:
    rows: list[dict[str, object]] = [
        {"label": "a", "ami": Granted(100, 30)},
        {"label": "b", "ami": 200},
    ]
    world.act(name).table(rows, [{"label": "TOTAL", "ami": total}])


def axes(first: int) -> list[dict[str, object]]:
    """The sums of two axes, each above its actions."""
    return [
        {"label": "Axe 1", "ami": first, "total": True},
        {"label": "a", "ami": 100},
        {"label": "b", "ami": 200},
        {"label": "Axe 2", "ami": 400, "total": True},
        {"label": "c", "ami": 400},
    ]


def _over_two_pages(carried: int) -> list[dict[str, object]]:
    """Actions over two pages, with the sum of the first page below and above."""
    return [
        {"label": "a", "ami": 100},
        {"label": "b", "ami": 200},
        {"label": "À reporter", "ami": carried, "total": True},
        {"label": "Report", "ami": carried, "total": True},
        {"label": "c", "ami": 400},
        {"label": "Total", "ami": 700, "total": True},
    ]


@silent("totals_sum", 300)
@fires("totals_sum", 350)
def sum_carried_over_the_page(world: World, name: str, amount: int) -> None:
    world.act(name).table(_over_two_pages(amount))


@silent("carry_over_mismatch")
def sum_carried_over_the_page_is_no_reliquat(world: World, name: str) -> None:
    world.act(name).states("carry_over", 50).table(_over_two_pages(300))


@silent("totals_sum")
def total_of_a_table_that_begins_with_the_sum_of_the_page_before(world: World, name: str) -> None:
    act = world.act(name).table([{"label": "z", "cofinancing": 999}])
    act.table(
        [
            {"label": "Report", "cofinancing": 300, "total": True},
            {"label": "c", "cofinancing": 400},
        ],
        [{"label": "Total", "cofinancing": 700}],
    )


@silent("totals_sum", 300)
@fires("totals_sum", 350)
def subtotals_above_their_rows(world: World, name: str, amount: int) -> None:
    world.act(name).table(axes(amount))


@silent("totals_sum")
def total_of_two_tables(world: World, name: str) -> None:
    act = world.act(name).table([{"label": "a", "ami": 100}])
    act.table([{"label": "b", "ami": 200}], [{"label": "TOTAL", "ami": 300}])


@fires("article_vs_annex")
def article_states_another_grant(world: World, name: str) -> None:
    world.act(name).states("grant", 479000).table([{"ami": 980000}])


def _two_programmes(world: World, name: str, ami: int) -> Act:
    """An act that grants 163 of two programmes, of which its actions have the AMI's."""
    quote = f"Elle se répartit entre l'AMI (BOP 177) pour {ami} € et le BOP 304 pour 35 €."
    act = world.act(name).states("grant", 163).states("other", ami, quote=quote)
    return act.table([{"ami": 128}])


@silent("article_vs_annex", 128)
@fires("article_vs_annex", 129)
def grant_of_two_programmes(world: World, name: str, amount: int) -> None:
    _two_programmes(world, name, amount)


@silent("net_amount_mismatch", 128)
@fires("net_amount_mismatch", 129)
def net_grant_of_two_programmes(world: World, name: str, amount: int) -> None:
    _two_programmes(world, name, amount).states("carry_over", 32)


@silent("article_vs_annex", 700)
@fires("article_vs_annex", 600)
def eligible_cost_of_all_years(world: World, name: str, stated: int) -> None:
    """An act whose actions cost 400 this year and 300 the next one."""
    act = world.act(name, "2024").states("grant", 100).states("eligible_cost", stated)
    act.table([{"total_cost": 400, "ami": 100}])
    cost = next(s for s in reversed(world.of(Funding)) if s.stage == "total_cost")
    world.add(cost.model_copy(update={"exercise": "2025", "amount_eur": Decimal(300)}))


@fires("article_vs_annex")
def eligible_cost_is_no_total(world: World, name: str) -> None:
    act = world.act(name).states("eligible_cost", 500)
    act.table([{"total_cost": 400, "ami": 300, "cofinancing": 100}])


def _cost_stated_twice(world: World, name: str, quote: str) -> None:
    act = world.act(name)
    for cost in (400, 480):
        act.states("eligible_cost", cost, quote=quote)
    act.table([{"total_cost": 400, "ami": 300, "cofinancing": 100}])


@silent("article_vs_annex")
def eligible_cost_with_and_without_taxes(world: World, name: str) -> None:
    _cost_stated_twice(world, name, "un coût éligible de 400 € HT (480 € TTC)")


@fires("article_vs_annex")
def eligible_cost_twice_that_taxes_do_not_explain(world: World, name: str) -> None:
    _cost_stated_twice(world, name, "un coût éligible de 400 € (480 € avec le report)")


@silent("article_vs_annex")
def article_states_the_annex_total(world: World, name: str) -> None:
    act = world.act(name).states("grant", 300).states("eligible_cost", 400)
    act.table([{"total_cost": 400, "ami": 300, "cofinancing": 100}])


@silent("article_vs_annex")
def eligible_cost_over_several_years(world: World, name: str) -> None:
    act = world.act(name, "2024").states("grant", 300).states("eligible_cost", 1200, "")
    act.table([{"total_cost": 400, "ami": 300, "cofinancing": 100}])


@silent("article_vs_annex")
def article_recalls_another_exercise(world: World, name: str) -> None:
    world.act(name, "2024-2025").states("grant", 479000, "2023-2024").table([{"ami": 980000}])


@silent("article_vs_annex")
def grant_of_the_actions_that_the_beneficiary_runs(world: World, name: str) -> None:
    rows = [{"ami": 100, "run_by_beneficiary": True}, {"ami": 200, "run_by_beneficiary": False}]
    world.act(name).states("grant", 100).table(rows)


@silent("article_vs_annex")
def a_grant_for_each_beneficiary(world: World, name: str) -> None:
    act = world.act(name).states("grant", 120).states("grant", 80)
    act.table([{"ami": 150}, {"ami": 50}])


@silent("article_vs_annex")
def a_complement_beside_the_new_total(world: World, name: str) -> None:
    act = world.act(name, kind="avenant").states("grant", 34).states("grant", 84)
    act.table([{"ami": 20}, {"ami": 14}])


@silent("article_vs_annex")
def a_row_is_not_legible(world: World, name: str) -> None:
    world.act(name).states("grant", 500).table([{"ami": 300}, {"ami": "illisible"}])


@silent("article_vs_annex")
def grant_net_of_carry_over(world: World, name: str) -> None:
    act = world.act(name).states("grant", 795500).states("carry_over", 57000)
    act.table([{"ami": 852500}])


@silent("article_vs_annex")
def sums_of_an_annexed_report(world: World, name: str) -> None:
    world.act(name).states("grant", 30000, at="R.3.2").table([{"ami": 300}])


@silent("net_amount_mismatch")
def grant_stated_with_and_without_carry_over(world: World, name: str) -> None:
    act = world.act(name).states("grant", 405500).states("carry_over", 35000)
    act.states("grant", 370500).table([{"ami": 405500}])


@silent("net_amount_mismatch", 55)
@fires("net_amount_mismatch", 54)
def grants_to_two_bodies(world: World, name: str, together: int) -> None:
    act = world.act(name).states("carry_over", 7)
    quote = "31 à la Ville et 24 au CCAS, soit au total"
    for kind, amount in (("grant", 31), ("grant", 24), ("total", together)):
        act.states(kind, amount, quote=quote)
    act.table([{"ami": 55}])


@fires("net_amount_mismatch")
def net_amount_with_swapped_digits(world: World, name: str) -> None:
    act = world.act(name).states("grant", 197000).states("carry_over", 219000)
    act.table([{"ami": 461000, "run_by_beneficiary": True}, {"ami": 90000}])


@silent("net_amount_mismatch")
def net_amount_follows(world: World, name: str) -> None:
    act = world.act(name).states("grant", 795500).states("carry_over", 57000)
    act.table([{"ami": 852500}])


@silent("net_amount_mismatch")
def money_of_an_earlier_exercise_is_reported_too(world: World, name: str) -> None:
    act = world.act(name).states("grant", 795500).states("carry_over", 57000)
    act.table([{"ami": 852500}])
    act.exercise = "2021"
    act.table([{"ami": 300000}])


@silent("net_amount_mismatch")
def net_amount_where_a_row_is_not_legible(world: World, name: str) -> None:
    act = world.act(name).states("grant", 197000).states("carry_over", 219000)
    act.table([{"ami": 461000}, {"ami": "illisible"}])


@fires("carry_over_mismatch")
def carry_over_differs_in_the_annex(world: World, name: str) -> None:
    act = world.act(name).states("carry_over", 219000)
    totals = [{"label": "Reliquat total", "ami": 319000}]
    act.table([{"label": "a", "ami": 400000}], totals)


@fires("carry_over_mismatch")
def rows_carry_over_more_than_the_article(world: World, name: str) -> None:
    world.act(name).states("carry_over", 100).table([{"ami": 400, "carry_over": 120}])


@silent("carry_over_mismatch")
def carry_over_is_the_same_everywhere(world: World, name: str) -> None:
    act = world.act(name).states("carry_over", 58000)
    rows = [{"label": "a", "ami": 400, "carry_over": 13000}, {"label": "b", "carry_over": 45000}]
    act.table(rows, [{"label": "Total des reliquats", "ami": "58 000 €"}])


@silent("carry_over_mismatch")
def carry_over_of_an_action_without_new_money_counts(world: World, name: str) -> None:
    act = world.act(name).states("carry_over", 58000)
    act.table([{"label": "a", "ami": 400, "carry_over": 13000}])
    act.table([{"label": "b", "carry_over": 45000}], funded=False)


def carried_over_of_the_year_before(world: World, name: str, stated: int) -> None:
    """An act for 2024, which and whose annex tell what was left of 2023."""
    act = world.act(name).states("carry_over", stated, "2023").table([{"ami": 400}])
    (action,) = (a for a in world.of(Action) if a.document_id == act.document_id)
    told = next(f for f in world.of(Funding) if f.action_id == action.action_id)
    left: dict[str, Any] = {"stage": "carry_over", "exercise": "2023", "amount_eur": Decimal(120)}
    world.add(told.model_copy(update=left | {"x0": told.x0 + 100}))


@fires("carry_over_mismatch")
def carry_over_of_the_year_before_differs(world: World, name: str) -> None:
    carried_over_of_the_year_before(world, name, 100)


@silent("carry_over_mismatch")
def carry_over_of_the_year_before_is_the_same(world: World, name: str) -> None:
    carried_over_of_the_year_before(world, name, 120)


def left_of(world: World, name: str, left: int) -> None:
    quote = f"Sur 155 000 € versés, 131 000 € ont été dépensés ; le reliquat est de {left} €."
    world.act(name).states("carry_over", left, quote=quote)


@fires("carry_over_mismatch")
def carry_over_is_not_what_was_left(world: World, name: str) -> None:
    left_of(world, name, 19000)


@silent("carry_over_mismatch")
def carry_over_is_what_was_left(world: World, name: str) -> None:
    left_of(world, name, 24000)


acts(
    "signed_before_deliberation",
    fires={"signed_before_the_deliberation": {"deliberation_on": date(2024, 5, 3)}},
    silent={"signed_on_the_day_of_the_deliberation": {"deliberation_on": date(2024, 5, 2)}},
)


def numbered_alike(world: World, name: str, **second: object) -> None:
    first: dict[str, object] = {"reference": "3", "label": "Captation", "ami": 10}
    world.act(name).table([first, first | {"label": "Prévention"} | second])


@fires("reference_twice")
def one_number_for_two_actions(world: World, name: str) -> None:
    numbered_alike(world, name)


@silent("reference_twice")
def one_number_in_two_axes(world: World, name: str) -> None:
    numbered_alike(world, name, section="Axe 2")


@silent("reference_twice")
def one_number_for_one_action_in_two_rows(world: World, name: str) -> None:
    numbered_alike(world, name, label="Captation")


tables(
    "ended_but_funded",
    fires={
        "ended_action_with_new_money": {"status": "done", "status_raw": "Terminée", "ami": 20000}
    },
    silent={
        "ended_action_without_new_money": {
            "status": "done",
            "status_raw": "Terminée",
            "ami_previous": 20000,
        }
    },
)


def reported(world: World, name: str, recalled: int) -> None:
    """A report, on the exercise of an act, that recalls a grant of 75 000 €."""
    world.act(f"{name}-acte", territory=name).table([{"key": "bail", "ami": 75000}])
    report = world.act(name, territory=name, kind="report")
    report.table([{"key": "bilan", "ami_previous": recalled, "spent": 60000}])
    world.lineages[f"{name}#bilan"] = world.lineages[f"{name}-acte#bail"]


@fires("previous_funding_mismatch")
def report_recalls_more_than_the_act_grants(world: World, name: str) -> None:
    reported(world, name, 76000)


@silent("previous_funding_mismatch")
def report_recalls_what_the_act_grants(world: World, name: str) -> None:
    reported(world, name, 75000)


@fires("previous_funding_mismatch", 80000)
@silent("previous_funding_mismatch", 50000)
def recalls_what_was_granted(world: World, name: str, amount: int) -> None:
    previous_act(world, name)
    world.act(name, "2024").table([{"key": "new", "ami_previous": amount}], funded=False)
    world.link(f"{name}-avant#old", f"{name}#new")


@silent("previous_funding_mismatch")
def recalls_a_sum_of_two_exercises(world: World, name: str) -> None:
    previous_act(world, name, ami_previous=30000)
    world.act(name, "2024").table([{"key": "new", "ami_previous": 80000}], funded=False)
    world.link(f"{name}-avant#old", f"{name}#new")


@silent("previous_funding_mismatch")
def earlier_act_states_no_sum(world: World, name: str) -> None:
    previous_act(world, name, ami=None)
    world.act(name, "2024").table([{"key": "new", "ami_previous": 50000}], funded=False)
    world.link(f"{name}-avant#old", f"{name}#new")


@silent("previous_funding_mismatch")
def earlier_act_states_what_others_pay(world: World, name: str) -> None:
    previous_act(world, name, ami=None, cofinancing=20000)
    world.act(name, "2024").table([{"key": "new", "ami_previous": 50000}], funded=False)
    world.link(f"{name}-avant#old", f"{name}#new")


@silent("previous_funding_mismatch")
def recalls_the_money_of_an_exercise_whose_act_is_not_there(world: World, name: str) -> None:
    previous_act(world, name)
    row = {"key": "new", "ami_previous": 80000, "recalls": "2024"}
    world.act(name, "2025").table([row], funded=False)
    world.link(f"{name}-avant#old", f"{name}#new")


@silent("previous_funding_mismatch")
def recalls_what_the_act_itself_replaces(world: World, name: str) -> None:
    previous_act(world, name)
    row = {"key": "new", "ami": 60000, "ami_previous": 40000, "recalls": "2024"}
    world.act(name, "2024").table([row])
    world.link(f"{name}-avant#old", f"{name}#new")


@fires("previous_funding_mismatch")
def article_recalls_another_grant(world: World, name: str) -> None:
    world.act(f"{name}-avant", "2023", territory=name).states("grant", 479000)
    world.act(name, "2024", territory=name).states("grant", 497000, "2023")


@silent("previous_funding_mismatch")
def article_recalls_the_grant_before_carry_over(world: World, name: str) -> None:
    act = world.act(f"{name}-avant", "2023", territory=name)
    act.states("grant", 795500).states("carry_over", 57000)
    world.act(name, "2024", territory=name).states("grant", 852500, "2023")


def changed_grant(world: World, name: str, ami: float | None) -> None:
    """An avenant that lowers the grant of its exercise, with a table where `ami` is given."""
    before = world.act(f"{name}-avant", territory=name).states("grant", 90000)
    before.table([{"key": "a", "ami": 50000}, {"key": "b", "ami": 40000}])
    quote = "La subvention est ramenée de 90 000 € à 70 000 €."
    act = world.act(name, territory=name, kind="avenant", signed_on=date(2024, 9, 2))
    act.states("grant", 70000, quote=quote)
    if ami is not None:
        act.table([{"key": "b", "ami": ami}])
        world.link(f"{name}-avant#b", f"{name}#b")


@silent("grant_change_not_applied")
def grant_announced_for_a_year_that_the_sentence_names(world: World, name: str) -> None:
    before = world.act(f"{name}-avant", "2023", territory=name).states("grant", 90000)
    before.table([{"key": "a", "ami": 90000}])
    quote = "L'enveloppe pour 2024 est ramenée de 90 000 € à 70 000 €."
    act = world.act(name, "2024", territory=name, kind="avenant")
    act.states("grant", 70000, quote=quote).table([{"key": "b", "ami": 70000}])


@fires("grant_change_not_applied")
def grant_lowered_without_a_table(world: World, name: str) -> None:
    changed_grant(world, name, None)


def set_right(world: World, name: str, ami: float | None) -> None:
    """An avenant that rectifies the grant of the act before it, told net of what was left over,
    with a table where `ami` is given."""
    before = world.act(f"{name}-avant", territory=name).states("grant", 90000)
    before.states("carry_over", 10000).table([{"key": "a", "ami": 100000}])
    act = world.act(name, territory=name, kind="avenant", signed_on=date(2024, 9, 2))
    act.article(
        "1", text="À l'article 2 de l'avenant n° 1, au lieu de « 90 000 € », lire « 92 000 € »."
    )
    if ami is not None:
        act.table([{"key": "a", "ami": ami}])
        world.link(f"{name}-avant#a", f"{name}#a")


@fires("grant_change_not_applied")
def grant_set_right_without_a_table(world: World, name: str) -> None:
    set_right(world, name, None)


@silent("grant_change_not_applied")
def grant_set_right_with_its_table(world: World, name: str) -> None:
    set_right(world, name, 102000)


@silent("grant_change_not_applied")
def grant_lowered_by_the_sum_of_an_action(world: World, name: str) -> None:
    changed_grant(world, name, 20000)


def changed_by(world: World, name: str, quote: str, *sums: float) -> Act:
    """An act without a grant, of which a sentence states `sums`."""
    act = world.act(name, "2024", territory=name).article("2", text=quote)
    for amount in sums:
        act.states("other", amount, quote=quote)
    return act


@fires("grant_sum_unsaid")
def grant_lowered_to_a_sum_unsaid(world: World, name: str) -> None:
    said = "La subvention initiale de 100 000 € est diminuée de 12 000 €."
    changed_by(world, name, said, 100000, 12000)


@fires("grant_sum_unsaid")
def grant_raised_to_a_sum_that_no_table_makes(world: World, name: str) -> None:
    said = "La contribution de 100 000 € prévue à l'article 4 est majorée de 15 000 €."
    changed_by(world, name, said, 100000, 15000).table([{"ami": 100000}])


@fires("grant_sum_unsaid")
def grant_of_which_only_payments_are_said(world: World, name: str) -> None:
    said = "L'État verse 60 000 € en mars et 30 000 € en octobre."
    changed_by(world, name, said, 60000, 30000)


@silent("grant_sum_unsaid")
def payments_of_a_grant_said(world: World, name: str) -> None:
    said = "L'État verse 60 000 € en mars et 30 000 € en octobre."
    changed_by(world, name, said, 60000, 30000).states("grant", 90000)


@silent("grant_sum_unsaid")
def grant_lowered_to_a_sum_said(world: World, name: str) -> None:
    said = "La subvention de 100 000 € est diminuée de 12 000 € et s'établit à 88 000 €."
    changed_by(world, name, said, 100000, 12000).states("grant", 88000, quote=said)


@silent("grant_sum_unsaid")
def contribution_of_another_raised(world: World, name: str) -> None:
    said = "La contribution du Département est augmentée de 5 000 €."
    changed_by(world, name, said, 5000)


@fires("share_mismatch")
def share_other_than_its_sums(world: World, name: str) -> None:
    said = "La participation de l'État représente 60 % de 240 000 €, soit 150 000 €."
    world.act(name).article("2", text=said)


@fires("share_mismatch")
def share_of_a_cost_told_behind(world: World, name: str) -> None:
    said = "La subvention est de 90 000 €, représentant 40 % du coût total de 200 000 €."
    world.act(name).article("2", text=said)


@fires("share_mismatch")
def share_told_last(world: World, name: str) -> None:
    said = "Elle s'élève à 240 000 € pour l'exercice 2023, sur un coût de 400 000 €, soit 65 %."
    world.act(name).article("2", text=said)


@silent("share_mismatch")
def share_rounded(world: World, name: str) -> None:
    said = (
        "Elle est de 96 500 €, représentant 48,25 % du budget de 200 000 €. L'État apporte"
        " 59 700 €, soit 60 % d'un coût de 99 500 €. L'acompte est de 50 %. La part de 33 %"
        " de 100 000 €, soit 33 333 €, est acquise. L'État verse 80 % des 96 500 €, soit 77 200 €."
    )
    world.act(name).article("2", text=said)


def corrected(world: World, name: str, text: str) -> Act:
    previous_act(world, name)
    return world.act(name, "2024", territory=name).article("3", text=text)


@fires("correction_not_applied")
def article_corrects_an_action_of_before(world: World, name: str) -> None:
    corrected(world, name, "La subvention de l'action AC 04 est de 48 000 € et non de 50 000 €.")


@fires("correction_not_applied")
def erratum_without_a_table(world: World, name: str) -> None:
    corrected(world, name, "Action n° 1 : au lieu de « 50 000 € », lire « 48 000,50 € ».")


@fires("correction_not_applied")
def article_raises_an_action_of_before(world: World, name: str) -> None:
    corrected(world, name, "Le montant de la fiche 4 est porté de 50 000 euros à 60 000 euros.")


@fires("correction_not_applied")
def article_raises_an_action_in_thousands(world: World, name: str) -> None:
    corrected(world, name, "Les crédits de l'action VB-3 sont portés de 50 k€ à 60 k€.")


@silent("correction_not_applied")
def correction_that_the_annex_states(world: World, name: str) -> None:
    text = "Le montant de la fiche 4 est porté de 50 000 € à 60 000 €."
    corrected(world, name, text).table([{"key": "new", "ami": 60000}])
    world.link(f"{name}-avant#old", f"{name}#new")


@silent("correction_not_applied")
def the_grant_of_the_act_is_raised(world: World, name: str) -> None:
    corrected(world, name, "La subvention de l'État est portée de 50 000 € à 60 000 €.")


@fires("correction_not_applied")
def one_of_two_actions_of_that_sum_is_corrected(world: World, name: str) -> None:
    previous_act(world, name, label="Étude", reference="4")
    same = [{"label": "Accueil", "reference": "3", "ami": 50000}]
    world.act(f"{name}-0", "2024", territory=name).table(same)
    text = "Pour l'action « Accueil », au lieu de 50 000 €, lire 48 000 €."
    world.act(name, "2024", territory=name).article("3", text=text)


def rewords(world: World, name: str, text: str) -> None:
    convention = world.act(f"{name}-convention", territory=name)
    convention.article("6", text="Le préavis est de deux mois, sauf urgence.")
    avenant = world.act(
        name, "2024", territory=name, kind="avenant", amends_document_id=f"{name}-convention"
    )
    avenant.article("2", text=text)


@fires("words_not_found")
def avenant_replaces_words_that_the_article_has_not(world: World, name: str) -> None:
    rewords(world, name, "À l'article 6, les mots « trois mois » sont remplacés par « six mois ».")


@fires("words_not_found")
def avenant_strikes_words_of_an_article_that_the_convention_has_not(
    world: World, name: str
) -> None:
    rewords(world, name, "À l'article 8, les mots « deux mois » sont supprimés.")


@silent("words_not_found")
def avenant_replaces_words_twice(world: World, name: str) -> None:
    rewords(
        world,
        name,
        "À l'article 6, les mots « deux\u00a0mois » sont remplacés par les mots « six mois »."
        " Au même article 6, les mots « six mois » sont remplacés par les mots « un an ».",
    )


@fires("convention_missing")
def avenant_alone(world: World, name: str) -> None:
    world.act(name, territory=name, kind="avenant", title="Avenant n° 1")


@silent("convention_missing")
def avenant_beside_its_convention(world: World, name: str) -> None:
    world.act(f"{name}-convention", territory=name)
    world.act(name, territory=name, kind="avenant", amends_document_id=f"{name}-convention")


@silent("convention_missing")
def avenant_handed_in_twice(world: World, name: str) -> None:
    world.act(f"{name}-first", territory=name, kind="avenant")
    world.act(name, territory=name, kind="avenant", copy_of=f"{name}-first")


@fires("avenant_missing")
def avenant_of_which_the_second_is_missing(world: World, name: str) -> None:
    world.act(f"{name}-convention", territory=name)
    for number, title in ((1, "Premier avenant"), (3, "AVENANT FINANCIER N° 3 À LA CONVENTION")):
        document_id = name if number == 3 else f"{name}-{number}"
        amended = f"{name}-convention"
        world.act(
            document_id, territory=name, kind="avenant", title=title, amends_document_id=amended
        )


@silent("avenant_missing")
def avenant_that_follows_the_one_before(world: World, name: str) -> None:
    world.act(f"{name}-convention", territory=name)
    for number in (1, 2):
        world.act(
            name if number == 2 else f"{name}-{number}",
            territory=name,
            kind="avenant",
            title=f"Avenant n°{number} à la convention 2023-2025",
            amends_document_id=f"{name}-convention",
        )


@silent("avenant_missing")
def avenant_of_a_year_before_the_second(world: World, name: str) -> None:
    amended = {"territory": name, "kind": "avenant", "amends_document_id": f"{name}-convention"}
    world.act(f"{name}-convention", territory=name)
    world.act(f"{name}-2023", "2023", title="Avenant 2023 à la convention", **amended)
    world.act(name, "2024", title="Avenant n° 2 à la convention", **amended)


@silent("avenant_missing")
def avenant_that_only_prolonged_before_the_second(world: World, name: str) -> None:
    amended = {"territory": name, "kind": "avenant", "amends_document_id": f"{name}-convention"}
    world.act(f"{name}-convention", territory=name)
    world.act(f"{name}-2024", None, title="Avenant de prorogation", **amended)
    world.act(name, "2025", title="Avenant n° 2 à la convention", **amended)


@fires("avenant_missing")
def two_avenants_before_the_third_and_one_is_there(world: World, name: str) -> None:
    amended = {"territory": name, "kind": "avenant", "amends_document_id": f"{name}-convention"}
    world.act(f"{name}-convention", territory=name)
    world.act(f"{name}-2023", "2023", title="Avenant 2023 à la convention", **amended)
    world.act(name, "2025", title="Avenant n° 3 à la convention", **amended)


@silent("avenant_missing")
def avenant_that_names_a_year(world: World, name: str) -> None:
    world.act(f"{name}-convention", territory=name)
    world.act(
        name,
        territory=name,
        kind="avenant",
        title="Avenant 2024 à la convention",
        amends_document_id=f"{name}-convention",
    )


@fires("article_missing")
def third_article_is_not_read(world: World, name: str) -> None:
    act = world.act(name)
    for number in ("0", "1", "2", "4", "R.1"):
        act.article(number, "", "")


@fires("article_missing")
def heading_is_not_read_on_a_scan(world: World, name: str) -> None:
    third_article_is_not_read(world, name)
    read_by_ocr(world, name, "programme", "Logement d'abord", page=2)


@fires("article_missing")
def first_sub_article_is_not_read(world: World, name: str) -> None:
    act = world.act(name)
    for number in ("1", "2", "2.2", "3"):
        act.article(number, "", "")


@fires("article_missing")
def second_roman_section_is_not_read(world: World, name: str) -> None:
    act = world.act(name)
    for number in ("I", "III"):
        act.article(number, "", "")


@silent("article_missing")
def every_article_is_read(world: World, name: str) -> None:
    act = world.act(name)
    read = ("0", "1", "2", "2.1", "2.1.1", "2.2", "2bis", "3", "3-1", "4", "5", "6", "7", "8", "9")
    for number in (*read, "10", "11", "R.2", "R.2.3", "R.S4"):
        act.article(number, "", "")


@silent("article_missing")
def sections_that_have_no_article_above(world: World, name: str) -> None:
    act = world.act(name)
    for number in ("1.1", "1.2", "2.1", "I", "II", "A", "B"):
        act.article(number, "", "")


@silent("article_missing")
def headings_that_were_counted(world: World, name: str) -> None:
    act = world.act(name)
    for number in ("1", "S3", "S5"):
        act.article(number, "", "")


@fires("article_missing")
def headings_without_any_number(world: World, name: str) -> None:
    act = world.act(name)
    for number in ("S1", "S2"):
        act.article(number, "", "")


tables(
    "sub_amounts_mismatch",
    fires={
        "comment_details_more_than_the_grant": {
            "ami": 110000,
            "comment": "Crédits répartis entre Les Compagnons (66 000 €) et CD (51 000 €)",
        },
        "comment_shares_out_less_than_the_grant": {
            "ami": 105000,
            "comment": "Répartis entre Les Compagnons (63 000 €) et le Département (40 000 €)",
        },
    },
    silent={
        "comment_shares_out_the_cofunding": {
            "ami": 105000,
            "cofinancing": 30000,
            "comment": "Cofinancements répartis entre la CAF (10 000 €) et la Ville (20 000 €)",
        },
        "comment_tells_a_part": {
            "ami": 110000,
            "comment": "Dont 60 000 € pour les référents et 45 000 € pour l'astreinte",
        },
        "comment_details_the_grant": {
            "ami": 55000,
            "comment": "Financement de 50 000 euros pour Marseille et 5000 euros pour Aix",
        },
        "comment_gives_a_price_each": {
            "ami": 10000,
            "comment": "Forfait de 8 000 € par logement, 4 000 € par studio",
        },
        "comment_details_a_larger_total": {
            "ami": 90000,
            "comment": "150 000 € au total, dont 100 000 € de l'AMI et 50 000 € de la Ville",
        },
    },
)


@fires("dangling_reference")
def sum_refers_to_an_article_without_one(world: World, name: str) -> None:
    quote = "un coût éligible de 980 000 €, tel que mentionné à l'article 1."
    act = world.act(name).article("1", "Objet", "Par la présente convention").article("2")
    act.states("eligible_cost", 980000, quote=quote)


@fires("dangling_reference")
def reference_to_an_article_that_is_not_there(world: World, name: str) -> None:
    text = "Un reversement est dû en application de l'article 9 de la présente convention."
    world.act(name).article("2", text=text)


@fires("dangling_reference")
def sum_left_to_an_article_without_one(world: World, name: str) -> None:
    text = "Elle complète le montant de la subvention tel que mentionné à l'article 1."
    world.act(name).article("1", "Objet", "La présente convention").article("2", text=text)


@silent("dangling_reference")
def sum_left_to_a_part_of_the_article(world: World, name: str) -> None:
    text = "Le montant mentionné à l'article 3 est versé en une fois."
    act = world.act(name).article("3", "Financement").article("3.1", text="Soit 40 000 €.")
    act.article("4", text=text)


@silent("dangling_reference")
def sum_left_to_an_annex_by_the_article(world: World, name: str) -> None:
    text = "La subvention fixée à l'article 3 est versée en une fois."
    world.act(name).article("3", text="Le montant figure à l'annexe 1.").article("4", text=text)


@silent("dangling_reference")
def sum_of_an_article_of_another_act(world: World, name: str) -> None:
    text = "Le montant fixé à l'article 1 de la convention initiale est porté à 10 000 €."
    world.act(name).article("1", text="Objet de l'avenant").article("2", text=text)


@silent("dangling_reference")
def sum_refers_to_the_article_that_states_it(world: World, name: str) -> None:
    quote = "un coût éligible de 980 000 €, tel que mentionné à l'article 1."
    act = world.act(name).article("1", "Objet", "Le coût éligible est de 980 000 €.").article("2")
    act.states("eligible_cost", 980000, quote=quote)


@silent("dangling_reference")
def conditions_of_payment_are_no_sum(world: World, name: str) -> None:
    quote = "1 129 540 €. Cette somme est versée dans les conditions prévues à l'article 4."
    act = world.act(name).article("2").article("4", "Versement", "En une fois.")
    act.states("grant", 1129540, quote=quote)


@silent("dangling_reference")
def articles_of_laws(world: World, name: str) -> None:
    text = "Au titre de l'article 10 de la loi du 12 avril 2000 et de l'article 59 du décret."
    world.act(name).article("2", text=text)


SHEETS = [
    {"reference": "FA 21", "label": "Mentorat pour les jeunes"},
    {"reference": "FA 22", "label": "Accompagner les sortants d'institution"},
]


@fires("reference_mismatch")
def article_sends_to_the_sheet_of_another_action(world: World, name: str) -> None:
    act = world.act(name).table(SHEETS)
    act.article("4", "L'action Mentorat des 18-25 ans", "Pour les détails, voir la fiche FA 22.")


@silent("reference_mismatch")
def article_sends_to_its_own_sheet(world: World, name: str) -> None:
    act = world.act(name).table(SHEETS)
    act.article("4", "L'action Mentorat des 18-25 ans", "Pour les détails, voir la fiche FA 21.")


@silent("reference_mismatch")
def article_on_no_action_in_particular(world: World, name: str) -> None:
    act = world.act(name).table(SHEETS)
    act.article("4", "Le mentorat et la suite", "Sur les sorties, voir la fiche FA 22.")


@silent("reference_mismatch")
def two_actions_are_called_so(world: World, name: str) -> None:
    rows = [*SHEETS, {"reference": "FA 23", "label": "Mentorat des familles"}]
    act = world.act(name).table(rows)
    act.article("4", "L'action Mentorat des 18-25 ans", "Voir la fiche FA 22.")


BUDGET = "La dotation est imputée sur le programme 177 « Hébergement », action n° 0177-12, {}."


@fires("budget_year_outside_period")
def charged_before_the_convention(world: World, name: str) -> None:
    world.act(name).article("4", text=BUDGET.format("pour l'exercice 2021"))


@fires("budget_year_outside_period")
def charged_before_the_avenant(world: World, name: str) -> None:
    act = world.act(name, "2024-2025", kind="avenant")
    act.article("3", text=BUDGET.format("au titre de l'exercice 2023"))


@fires("budget_year_outside_period")
def charged_on_the_credits_of_a_later_year(world: World, name: str) -> None:
    world.act(name).article("4", text=BUDGET.format("sur les crédits de l'année 2031"))


@silent("budget_year_outside_period")
def charged_within_the_period(world: World, name: str) -> None:
    world.act(name).article("4", text=BUDGET.format("pour l'exercice 2024"))


@silent("budget_year_outside_period")
def charged_on_two_years(world: World, name: str) -> None:
    world.act(name).article("4", text=BUDGET.format("pour les exercices 2024 et 2025"))


@silent("budget_year_outside_period")
def carry_over_is_charged_first(world: World, name: str) -> None:
    text = "Après imputation du reliquat de l'exercice 2022, le concours est de 90 000 €."
    world.act(name).article("4", text=text)


@silent("budget_year_outside_period")
def carry_over_of_the_year_before(world: World, name: str) -> None:
    text = "Un reliquat de 57 000 € a été constaté à la clôture de l'exercice 2022."
    world.act(name).article("4", text=text)


@fires("period_mismatch")
def duration_ends_after_the_title(world: World, name: str) -> None:
    text = "La durée de la convention est de trois ans, de 2023 à 2026."
    world.act(name).article("3", "DURÉE DE LA CONVENTION", text)


@fires("period_mismatch")
def years_covered_end_after_the_title(world: World, name: str) -> None:
    text = "La convention couvre les années 2023 à 2026."
    world.act(name).article("4", "Durée", text)


@silent("period_mismatch")
def duration_as_in_the_title(world: World, name: str) -> None:
    text = "Elle prend effet à sa signature pour 3 ans (2023- 2025), jusqu'au 31 décembre 2025."
    world.act(name).article("3", "Durée", text)


def lasts(world: World, name: str, years: str) -> None:
    text = f"Elle est conclue pour {years} ans, du 1er janvier 2023 au 31 décembre 2025."
    world.act(name).article("3", "Durée", text)


@fires("period_mismatch")
def duration_that_its_dates_belie(world: World, name: str) -> None:
    lasts(world, name, "une durée de deux")


@silent("period_mismatch")
def duration_that_its_dates_prove(world: World, name: str) -> None:
    lasts(world, name, "une durée de trois")


acts(
    "siret_invalid",
    fires={"siret_with_a_wrong_key": {"siret": "13001303000107"}},
    silent={"siret_with_the_right_key": {"siret": "13001303000106"}},
)


acts(
    "siret_mismatch",
    fires={"siret_of_somebody_else": {"siret": "13001303000106"}},
    silent={"no_siret": {}},
)


@fires("iban_invalid")
def iban_with_a_wrong_key(world: World, name: str) -> None:
    world.act(name, iban_valid=False, iban_masked="FR76 •••• 0033")


@fires("iban_invalid")
def iban_that_ocr_may_have_misread(world: World, name: str) -> None:
    world.act(name, iban_valid=False, iban_masked="FR** **** BIC")
    read_by_ocr(world, name, "iban_masked", "FR** **** BIC")


acts("iban_invalid", silent={"iban_with_the_right_key": {"iban_valid": True}})


acts(
    "rib_invalid",
    fires={"rib_with_a_wrong_key": {"rib_valid": False, "rib_masked": "**** **** 607"}},
    silent={"rib_with_the_right_key": {"rib_valid": True}},
)


acts(
    "missing_signature_date",
    fires={"signature_without_a_date": {"signed_on": None, "received_on": date(2023, 10, 16)}},
    silent={"call_is_not_signed": {"kind": "call", "signed_on": None}},
)


TWICE = {"key": "a", "label": "Bagagerie", "description": "Un local tenu par des bénévoles"}


@fires("funded_and_unfunded")
def paid_by_the_ami_among_the_unfunded(world: World, name: str) -> None:
    world.act(name).table([{"label": "a", "ami": 6000}], funded=False)


@silent("funded_and_unfunded")
def paid_by_others_among_the_unfunded(world: World, name: str) -> None:
    world.act(name).table([{"label": "a", "cofinancing": 6000, "ami_previous": 10}], funded=False)


@fires("funded_and_unfunded")
def one_action_in_both_annexes(world: World, name: str) -> None:
    act = world.act(name).table([TWICE | {"ami": 50000}])
    act.table([TWICE | {"key": "b"}], funded=False)


@silent("funded_and_unfunded")
def one_label_for_two_places(world: World, name: str) -> None:
    act = world.act(name).table([TWICE | {"ami": 50000}])
    act.table([TWICE | {"key": "b", "description": "Un local à Rochebel"}], funded=False)


tables(
    "text_truncated",
    fires={
        "objective_stops_after_en": {
            "label": "Aller-vers",
            "objective": "Intervenir auprès du public senior en",
        }
    },
    silent={
        "objective_ends_with_a_short_word": [
            {"label": "Ouvrir la zone A", "objective": "Aider 30 jeunes par an"},
            {"label": "b", "objective": "Reloger, puis s'assurer que chacun y est bien"},
            {"label": "Plan B", "indicators": "Nombre de ménages suivis ;"},
            {"label": "Veille de rue et accueil de jour. Accueillir et aller vers"},
        ]
    },
)


@fires("ami_missing")
def only_action_beside_a_column_that_nothing_explains(world: World, name: str) -> None:
    world.act(name).table([{"label": "Action", "other": "59 500 -"}], columns=["label", None])


@fires("ami_missing")
def grant_without_a_sum_of_the_ami(world: World, name: str) -> None:
    world.act(name).states("grant", 500).table(
        [{"label": "Étude", "cofinancing": 300}], funded=None
    )


@fires("ami_missing")
def grant_of_which_sums_are_only_asked_for(world: World, name: str) -> None:
    act = world.act(name, "2024").states("grant", 500)
    act.table([{"label": "Étude", "requested": 500, "ami_previous": 300}], funded=None)


@silent("ami_missing")
def grant_of_another_exercise(world: World, name: str) -> None:
    act = world.act(name, "2024").states("grant", 500, "2023")
    act.table([{"label": "Étude", "cofinancing": 300}], funded=False)


tables(
    "ami_missing",
    fires={
        "annex_of_the_ami_without_a_sum_of_it": [{"label": f"Action {i}"} for i in range(2)],
        "annex_of_the_ami_with_words_in_place_of_its_sums": [
            {"label": f"Action {i}", "ami": "SIAO"} for i in range(2)
        ],
    },
    silent={
        "only_action_of_an_annex_of_the_ami": {"label": "Action"},
        "annex_of_the_ami_with_one_sum_of_it": [
            {"label": "Action 1"},
            {"label": "Action 2", "ami": 10},
        ],
    },
)


@silent("ami_missing")
def annex_without_money_of_the_ami(world: World, name: str) -> None:
    world.act(name).table([{"label": f"Action {i}"} for i in range(2)], funded=False)


tables(
    "pilot_missing",
    fires={
        "cell_of_a_pilot_that_is_empty": [
            {"label": f"Action {p}", "pilot_raw": p} for p in ("CCAS", "SIAO", None)
        ]
    },
    silent={
        "table_of_which_few_actions_have_a_pilot": [
            {"label": f"Action {i}", "pilot_raw": p}
            for i, p in enumerate(("CCAS", None, None, None))
        ]
    },
)


def second_sum_in_the_cell(world: World, raw: str) -> None:
    *rest, paid = (s for s in world.records[Funding] if isinstance(s, Funding))
    world.records[Funding] = [*rest, paid.model_copy(update={"raw": raw})]
    more = {"raw": raw, "amount_eur": Decimal(3)}
    world.add(paid.model_copy(update=more))


@fires("sums_in_one_cell")
def two_sums_without_a_word(world: World, name: str) -> None:
    world.act(name).table([{"ami": 9}])
    second_sum_in_the_cell(world, "9 € 3 €")


@silent("sums_in_one_cell")
def two_sums_that_the_document_adds(world: World, name: str) -> None:
    world.act(name).table([{"ami": 9}])
    second_sum_in_the_cell(world, "9 € + 3 €")


@silent("sums_in_one_cell")
def two_sums_that_the_total_proves(world: World, name: str) -> None:
    world.act(name).table([{"ami": 12}], totals=[{"ami": 12}])
    second_sum_in_the_cell(world, "9 € 3 €")


@fires("sums_in_one_cell")
def two_sums_beside_a_column_that_its_total_proves(world: World, name: str) -> None:
    """What is planned is a column of the AMI's too, and its total is wrong."""
    world.act(name).table([{"ami": 12, "planned": 16}], totals=[{"ami": 12, "planned": 20}])
    second_sum_in_the_cell(world, "16 € ! Bailleurs : 3 €")


def _listed(world: World, name: str) -> None:
    world.records[AnnexTable] = [  # type: ignore[attr-defined]
        t.model_copy(update={"extractor": LISTED}) if t.document_id == name else t
        for t in world.of(AnnexTable)
    ]


def _told_by_an_article(world: World, name: str, funding: dict[str, int]) -> None:
    quote = "L'État finance 40 € du poste et le Département apporte 15 €."
    row = {"description": f"Un poste. {quote}", "ami": 40} | funding
    world.act(name).table([row, {"ami": 50}], columns=["label", "description"])
    _listed(world, name)


@fires("sum_left_in_text")
def a_partner_s_sum_in_the_article_of_an_action(world: World, name: str) -> None:
    _told_by_an_article(world, name, {})


@silent("sum_left_in_text")
def a_partner_s_sum_that_a_funding_holds(world: World, name: str) -> None:
    _told_by_an_article(world, name, {"cofinancing": 15})


tables(
    "status_twice",
    fires={
        "crossed_under_two_statuses": {"status": "unknown", "status_raw": "☒ En cours\n☒ Terminée"}
    },
    silent={
        "crossed_under_one_status_that_is_not_known": {
            "status": "unknown",
            "status_raw": "☒ Jaune\n☐ Vert",
        }
    },
)


tables(
    "status_unexplained",
    fires={
        "status_that_nothing_knows": {
            "status": "unknown",
            "status_raw": "5-Gel dans l'attente du bilan",
        },
        "status_that_the_colour_of_a_mark_tells": {"status": "unknown", "status_raw": "●"},
        "ticked_status_that_nothing_knows": {"status": "unknown", "status_raw": "☒ Jaune\n☐ Vert"},
    },
    silent={
        "statuses_that_say_nothing_or_are_told_otherwise": [
            *[
                {"status": "unknown", "status_raw": raw}
                for raw in (None, "–", "☐ En cours\n☐ Terminée", "☒ En cours\n☒ Terminée")
            ],
            {"status": "in_progress", "status_raw": "2-Action en cours"},
        ]
    },
)


@fires("status_vs_lineage")
def under_way_without_an_earlier_action(world: World, name: str) -> None:
    previous_act(world, name)
    row = {"key": "new", "status": "in_progress", "status_raw": "2-Action en cours", "ami": 10}
    world.act(name, "2024").table([row])


@fires("status_vs_lineage")
def to_be_launched_though_it_was(world: World, name: str) -> None:
    previous_act(world, name, status="in_progress", status_raw="En cours")
    row = {"key": "new", "status": "planned", "status_raw": "A lancer", "ami": 50000}
    world.act(name, "2024").table([row])
    world.link(f"{name}-avant#old", f"{name}#new")


@silent("status_vs_lineage")
def launch_put_off_by_a_year(world: World, name: str) -> None:
    previous_act(world, name, status="planned", status_raw="A lancer")
    row = {"key": "new", "status": "planned", "status_raw": "A lancer", "ami": 50000}
    world.act(name, "2024").table([row])
    world.link(f"{name}-avant#old", f"{name}#new")


@silent("status_vs_lineage")
def under_way_and_linked(world: World, name: str) -> None:
    previous_act(world, name)
    row = {"key": "new", "status": "in_progress", "status_raw": "En cours", "ami": 50000}
    world.act(name, "2024").table([row])
    world.link(f"{name}-avant#old", f"{name}#new")


@silent("status_vs_lineage")
def renewed_and_stated_again_by_a_following_act(world: World, name: str) -> None:
    previous_act(world, name)
    row = {"status": "renewed", "status_raw": "Reconduite", "ami": 50000}
    world.act(f"{name}-un", "2024", territory=name).table([{"key": "new", **row}])
    world.link(f"{name}-avant#old", f"{name}-un#new")
    world.act(name, "2024").table([{"key": "again", **row}])
    world.lineages[f"{name}#again"] = world.lineages[f"{name}-un#new"]


@silent("status_vs_lineage")
def under_way_at_the_end_of_the_year_as_a_report_says(world: World, name: str) -> None:
    previous_act(world, name)
    world.act(name, "2024").table([{"key": "new", "status": "planned", "status_raw": "Nouvelle"}])
    report = world.act(f"{name}-bilan", "2024", territory=name, kind="report")
    report.table([{"key": "new", "status": "in_progress", "status_raw": "En cours"}])


@silent("status_vs_lineage")
def renewed_in_the_first_known_exercise(world: World, name: str) -> None:
    row = {"status": "renewed", "status_raw": "Renouvellement pour année 3", "ami": 10}
    world.act(name, "2023").table([row])


@silent("status_vs_lineage")
def under_way_in_no_known_territory(world: World, name: str) -> None:
    previous_act(world, name)
    row = {"status": "in_progress", "status_raw": "En cours", "ami": 10}
    world.act(name, "2024").table([row])
    world.records[Action] = [
        a.model_copy(update={"territory_id": None}) if a.document_id.startswith(name) else a  # type: ignore[attr-defined]
        for a in world.of(Action)
    ]


@silent("status_vs_lineage")
def what_an_action_of_the_year_before_becomes(world: World, name: str) -> None:
    world.act(f"{name}-2022", "2022", territory=name).table([{"label": "Autre"}])
    act = world.act(name, "2024", territory=name)
    act.exercise = "2023"
    act.table([{"status": "renewed", "status_raw": "Maintenue", "ami": 10}])


@silent("status_vs_lineage")
def no_earlier_document_to_know_it(world: World, name: str) -> None:
    act = world.act(name, "2023").table([{"key": "old", "label": "Étude"}])
    act.exercise = "2024"
    act.table([{"key": "new", "status": "in_progress", "status_raw": "A POURSUIVRE"}])


@silent("status_vs_lineage")
def one_document_that_says_when_it_ends(world: World, name: str) -> None:
    ended = {"key": "old", "status": "done", "status_raw": "TERMINEE au 31/12/2024"}
    act = world.act(name, "2023").table([ended])
    act.exercise = "2024"
    going = {"key": "new", "status": "in_progress", "status_raw": "sera terminée en déc. 2024"}
    act.table([going])
    world.link(f"{name}#old", f"{name}#new")


@fires("ended_without_reason")
def action_vanishes(world: World, name: str) -> None:
    world.act(name, "2023", territory=name).table([{"label": "Étude"}])
    world.act(f"{name}-2024", "2024", territory=name).table([{"label": "Autre"}])


@silent("ended_without_reason")
def act_of_the_second_of_two_years_states_a_part_of_the_actions(world: World, name: str) -> None:
    world.act(name, "2023-2024", territory=name).table([{"label": "Étude"}, {"label": "Bail"}])
    world.act(f"{name}-2024", "2024", territory=name).table([{"label": "Autre"}])


@fires("ended_without_reason")
def continuation_in_doubt(world: World, name: str) -> None:
    world.act(name, "2023", territory=name).table([{"key": "old", "label": "Étude"}])
    row = {"key": "new", "label": "Enquête"}
    world.act(f"{name}-2024", "2024", territory=name).table([row])
    world.candidate(f"{name}#old", f"{name}-2024#new")


@silent("ended_without_reason")
def action_is_done(world: World, name: str) -> None:
    row = {"label": "Étude", "status": "done", "status_raw": "ACTION TERMINEE"}
    world.act(name, "2023", territory=name).table([row])
    world.act(f"{name}-2024", "2024", territory=name).table([{"label": "Autre"}])


@silent("ended_without_reason")
def acts_of_no_known_territory(world: World, name: str) -> None:
    action_vanishes(world, name)
    ours = {name, f"{name}-2024"}
    for model in (Document, Action):
        world.records[model] = [
            r.model_copy(update={"territory_id": None}) if r.document_id in ours else r  # type: ignore[attr-defined]
            for r in world.records[model]
        ]


tables(
    "pilot_spellings",
    fires={
        "pilot_with_two_spellings": [
            {"pilot_raw": "Ville – Marseille", "organisation": "Ville de Marseille"},
            {"pilot_raw": "Ville-Marseille", "organisation": "Ville de Marseille"},
        ]
    },
    silent={
        "two_pilots": [
            {"pilot_raw": "DDETS", "organisation": "DDETS"},
            {"pilot_raw": "ADIL", "organisation": "ADIL"},
        ]
    },
)


tables(
    "alias_unknown",
    fires={"pilot_that_nothing_knows": {"pilot_raw": "Association X"}},
    silent={"pilot_that_is_known": {"pilot_raw": "DDETS", "organisation": "DDETS"}},
)


@fires("column_unexplained")
def column_of_euros_without_a_field(world: World, name: str) -> None:
    world.act(name).table([{"label": "a", "other": "12 000 €"}], columns=["label", None])


@fires("column_unexplained")
def table_without_actions_is_one_finding(world: World, name: str) -> None:
    act = world.act(name).table([{"label": "a", "ami": 5}])
    act.table([{"other": "x"}, {"other": "12 000 €"}], columns=[None, None])
    _without_actions_of_table(world, name, 2)


@silent("column_unexplained")
def table_whose_words_an_action_of_another_says(world: World, name: str) -> None:
    told = "Dix ménages accompagnés chaque année"
    act = world.act(name).table([{"label": "a", "ami": 5, "indicators": told}])
    act.table([{"other": told}], columns=[None])
    _without_actions_of_table(world, name, 2)


@silent("column_unexplained")
def table_whose_sum_an_action_of_another_has(world: World, name: str) -> None:
    act = world.act(name).table([{"label": "a", "ami": 5}])
    act.table([{"other": "5"}], columns=[None])
    _without_actions_of_table(world, name, 2)
    paid = next(c for c in world.records[Cell] if c.table_id == f"{name}#2")
    place = {field: getattr(paid, field) for field in ("page", "x0", "top")}
    world.records[Funding] = [
        f.model_copy(update=place) if f.action_id.startswith(f"{name}#") else f
        for f in world.records[Funding]
    ]


def table_of_years(world: World, name: str, *stated: float) -> None:
    """A table of sums within an article, without actions, of which some are `stated`."""
    act = world.act(name).table([{"label": "a", "ami": 5}])
    act.table([{"other": "118 000 €"}, {"other": "124 000 €"}], columns=[None])
    _without_actions_of_table(world, name, 2)
    for amount in stated:
        act.states("grant", amount)


@fires("column_unexplained")
def table_of_which_one_sum_is_stated(world: World, name: str) -> None:
    table_of_years(world, name, 118000)


@silent("column_unexplained")
def table_whose_sums_are_stated(world: World, name: str) -> None:
    table_of_years(world, name, 118000, 124000)


def column_of_numbers(world: World, name: str) -> None:
    """A table with a column « N° 2023 » that no field explains."""
    row = {"label": "a", "ami": 5, "other": "3"}
    world.act(name).table([row], columns=["label", "ami", None])
    world.records[AnnexColumn] = [
        c.model_copy(update={"header": "N° 2023"})
        if c.field is None and c.table_id.startswith(f"{name}#") else c
        for c in world.records[AnnexColumn]
    ]  # fmt: skip


@fires("column_unexplained")
def numbers_that_link_nothing(world: World, name: str) -> None:
    column_of_numbers(world, name)


@silent("column_unexplained")
def numbers_of_the_year_before_that_link_actions(world: World, name: str) -> None:
    column_of_numbers(world, name)
    own = next(a for a in world.records[Action] if a.document_id == name)
    world.add(
        Mention(
            action_id=own.action_id,
            kind="comes_from",
            reference="3",
            quote="N° 2023 : 3",
            page=own.page,
        )
    )


@fires("column_unexplained")
def scanned_sums_under_a_misread_heading(world: World, name: str) -> None:
    row = {"label": "a", "other": "12 000,00", "confidence": 0.95}
    world.act(name).table([row], columns=["label", None])


@fires("column_unexplained")
def printed_sums_without_a_unit(world: World, name: str) -> None:
    world.act(name).table([{"label": "a", "other": "12 000,00"}], columns=["label", None])


@fires("column_unexplained")
def printed_cents_beside_sums(world: World, name: str) -> None:
    row = {"label": "a", "ami": 5, "other": "12 000,00"}
    world.act(name).table([row], columns=["label", "ami", None])


@fires("column_unexplained")
def figures_under_a_heading_in_euros_that_nothing_explains(world: World, name: str) -> None:
    row = {"label": "a", "ami": 5, "other": "Département : 9"}
    world.act(name).table([row], columns=["label", "ami", None])
    world.records[AnnexColumn] = [
        c.model_copy(update={"header": "Cofi nancements (en euros)"})
        if c.field is None and c.table_id.startswith(f"{name}#") else c
        for c in world.records[AnnexColumn]
    ]  # fmt: skip


@silent("column_unexplained")
def sums_of_a_form_around_a_budget(world: World, name: str) -> None:
    row = {"label": "Intitulé", "objective": "Bail", "other": "12 000 €"}
    world.act(name).table([row], columns=["label", "objective", None])
    world.records[AnnexColumn] = [
        c.model_copy(update={"header": None, "field": None})
        if c.table_id.startswith(f"{name}#") else c
        for c in world.records[AnnexColumn]
    ]  # fmt: skip


@fires("column_unexplained")
def sum_of_a_sheet_that_nothing_explains(world: World, name: str) -> None:
    _with_answers(world, name, '{"Enveloppe d\'amorçage": "42 000 €"}')


@silent("column_unexplained")
def charges_that_make_the_cost_of_an_action(world: World, name: str) -> None:
    _with_answers(world, name, '{"Salaires": "26 000 €", "Achats": "4 000 €"}')


def _with_answers(world: World, name: str, other: str) -> None:
    world.act(name).table([{"label": "a", "ami": 12000, "total_cost": 30000}])
    world.records[Action] = [  # type: ignore[attr-defined]
        a.model_copy(update={"other": other}) if a.document_id == name else a
        for a in world.of(Action)
    ]


tables("column_unexplained", silent={"every_column_has_a_field": {"label": "a", "ami": 12000}})


def _with_characters_lost(world: World, name: str) -> None:
    world.act(name).table([{"label": "a", "ami": 7000}])
    tables = world.records[AnnexTable]
    tables[-1] = tables[-1].model_copy(update={"characters_in_cells": 9})


@fires("characters_lost")
def table_of_which_a_character_is_in_no_cell(world: World, name: str) -> None:
    _with_characters_lost(world, name)


@silent("characters_lost")
def table_of_which_a_word_is_told_to_be_in_no_cell(world: World, name: str) -> None:
    _with_characters_lost(world, name)
    world.add(
        Finding(
            finding_id=f"table_missed-{name}",
            rule="table_missed",
            severity="warning",
            document_id=name,
            page=5,
            message="Page 5 : « x », dans un tableau, n'est d'aucune de ses cellules.",
        )
    )


tables("characters_lost", silent={"table_of_which_all_is_in_cells": {"label": "a", "ami": 7000}})


@fires("below_total")
def action_below_the_total(world: World, name: str) -> None:
    world.act(name).table(
        [
            {"label": "a", "ami": 7000},
            {"label": "b", "ami": 5000},
            {"label": "Total", "ami": "12 000 €", "total": True},
            {"label": "Acompte", "ami": 6000},
        ]
    )


tables(
    "below_total",
    silent={
        "total_above_what_it_adds_up": [
            {"label": "Total", "ami": "12 000 €", "total": True},
            {"label": "a", "ami": 7000},
            {"label": "b", "ami": 5000},
        ]
    },
)


@fires("row_without_action")
def sum_below_the_total(world: World, name: str) -> None:
    action_below_the_total(world, name)
    _without_actions_of(world, name, 4)


@fires("total_as_action", 750)
@silent("total_as_action", 800)
def an_action_amid_others_has_the_sums_of_those_above(world: World, name: str, amount: int) -> None:
    sums = [(7000, 500), (5000, 250), (12000, amount), (3000, 100)]
    rows = [{"label": str(n), "ami": n, "cofinancing": m} for n, m in sums]
    world.act(name).table(rows)


tables(
    "total_as_action",
    fires={
        "last_action_adds_up_the_others": [
            {"label": x, "ami": n} for x, n in (("a", 7000), ("b", 5000), ("c", 12000))
        ],
        "first_action_adds_up_the_others": [
            {"label": x, "ami": n} for x, n in (("a", 12000), ("b", 5000), ("c", 7000))
        ],
    },
    silent={
        "an_action_amid_others_adds_them_up": [
            {"label": x, "ami": n} for x, n in (("a", 7000), ("b", 12000), ("c", 5000))
        ],
        "a_total_counts_the_last_action_too": (
            [{"label": x, "ami": n} for x, n in (("a", 7000), ("b", 5000), ("c", 12000))],
            [{"label": "Total", "ami": "24 000 €"}],
        ),
        "last_action_has_other_cofunding": [
            *[{"label": "a", "ami": 7000, "cofinancing": 1000}, {"label": "b", "ami": 5000}],
            {"label": "c", "ami": 12000, "cofinancing": 500},
        ],
        "two_actions_of_one_sum": [{"label": "a", "ami": 7000}, {"label": "b", "ami": 7000}],
    },
)


def _unless_told(world: World, name: str, ami: int | str, told: int) -> None:
    """An action of which nothing tells the sum `ami` but one of `told` euros."""
    world.act(name).table([{"label": "a", "ami": ami, "cofinancing": told}])
    world.records[Funding] = [
        f for f in world.of(Funding) if not (f.funder == "AMI" and f.action_id.startswith(name))
    ]


@fires("sum_unread", 8000)
@silent("sum_unread", 12000)
def sum_of_an_action_that_no_funding_tells(world: World, name: str, amount: int) -> None:
    _unless_told(world, name, "12 000 €", amount)


@fires("no_actions")
def sums_in_a_table_that_holds_no_action(world: World, name: str) -> None:
    world.act(name).table([{"other": f"{n} 000 38 000"} for n in (70, 80, 90)], columns=[None])
    world.records[Action] = [a for a in world.of(Action) if a.document_id != name]  # type: ignore[attr-defined]
    world.lineages = {a: x for a, x in world.lineages.items() if not a.startswith(f"{name}#")}


def _totals(world: World, name: str, count: int) -> None:
    """An act without actions, of one table with two sums and `count` rows of totals."""
    totals = [{"other": "Coût total : 12 000 €"}] * count
    rows = [{"other": "mars : 5 000 €"}, {"other": "mai : 7 000 €"}]
    world.act(name).table(rows, totals, columns=[None])
    _without_actions_of_table(world, name, 1)


@fires("no_actions")
def totals_again_and_again_in_a_table_that_holds_no_action(world: World, name: str) -> None:
    _totals(world, name, 3)


@silent("no_actions")
def schedule_with_its_total(world: World, name: str) -> None:
    _totals(world, name, 1)


@fires("no_actions")
def sums_without_blanks_in_a_table_that_holds_no_action(world: World, name: str) -> None:
    world.act(name).table([{"other": f"CAF : {n}500 €"} for n in (7, 8, 9)], columns=[None])
    _without_actions_of_table(world, name, 1)


@fires("no_actions")
def thousands_in_a_table_that_holds_no_action(world: World, name: str) -> None:
    sums = [{"other": text} for text in ("91,5", "CAF : 80", "13")]
    world.act(name).table(sums, columns=[None])
    *others, table = world.records[AnnexTable]
    world.records[AnnexTable] = [*others, table.model_copy(update={"title": "Action AMI (en k€)"})]
    _without_actions_of_table(world, name, 1)


@silent("no_actions")
def small_numbers_in_a_table_that_holds_no_action(world: World, name: str) -> None:
    sums = [{"other": text} for text in ("91,5", "CAF : 80", "13")]
    world.act(name).table(sums, columns=[None])
    _without_actions_of_table(world, name, 1)


def _bare_numbers(world: World, name: str, columns: int) -> None:
    """An act that grants a sum, without actions, of one table of so many columns and three rows."""
    fields = ["description", "comment", "pilot", "objective"][:columns]
    rows = [dict.fromkeys(fields, "45.0")] * 3
    world.act(name).states("grant", 80000).table(rows, columns=fields)
    _without_actions_of_table(world, name, 1)


@fires("no_actions")
def bare_numbers_in_a_wide_table_of_an_act_that_grants(world: World, name: str) -> None:
    _bare_numbers(world, name, 4)


@silent("no_actions")
def bare_numbers_in_a_narrow_table_of_an_act_that_grants(world: World, name: str) -> None:
    _bare_numbers(world, name, 3)


@fires("no_actions")
def two_grants_in_a_table_that_holds_no_action(world: World, name: str) -> None:
    world.act(name).table([{"ami": 12000}, {"ami": 8000}])
    _without_actions_of_table(world, name, 1)


@fires("no_actions")
def rows_read_as_headings(world: World, name: str) -> None:
    heads = {"cofinancing": "Cofinancements Ville : 11 000"}
    act = world.act(name).table([{"label": "a", "ami": 15000}])
    act.table([], columns=["cofinancing"], heads=heads)


@fires("no_actions")
def a_row_of_an_annex_that_nothing_heads(world: World, name: str) -> None:
    act = world.act(name).table([{"label": "a", "ami": 15000}])
    act.table([{"other": "CAF : 30 500 €"}], columns=[None] * 6, heads={"": " "})
    _without_actions_of_table(world, name, 2)


@fires("no_actions")
def grants_of_no_action_in_an_annex_without_its_act(world: World, name: str) -> None:
    act = world.act(name, kind="report").table([{"label": "a"}, {"label": "b"}])
    act.table([{"ami": 12000}, {"ami": 8000}])
    _without_actions_of_table(world, name, 2)


@silent("no_actions")
def grants_of_a_document_without_actions(world: World, name: str) -> None:
    world.act(name, kind="report").table([{"ami": 12000}, {"ami": 8000}])
    _without_actions_of_table(world, name, 1)


@silent("no_actions")
def a_few_headless_columns_of_an_annex(world: World, name: str) -> None:
    act = world.act(name).table([{"label": "a", "ami": 15000}])
    act.table([{"other": "CAF : 30 500 €"}], columns=[None] * 3, heads={"": " "})
    _without_actions_of_table(world, name, 2)


def _statuses(world: World, name: str, *columns: str) -> None:
    """An act with an action, and a table that says in `columns` how actions go on."""
    act = world.act(name).table([{"label": "a", "ami": 15000}])
    rows = [dict.fromkeys(columns, said) for said in ("in_progress", "done")]
    act.table(rows, columns=columns)
    _without_actions_of_table(world, name, 2)


@fires("no_actions")
def a_table_of_statuses_that_names_no_action(world: World, name: str) -> None:
    _statuses(world, name, "indicators", "status")


@silent("no_actions")
def a_table_of_statuses_that_names_its_actions(world: World, name: str) -> None:
    _statuses(world, name, "reference", "status")


@silent("no_actions", 8000)
@fires("no_actions", 9000)
def table_of_stated_grants(world: World, name: str, second: int) -> None:
    """An act with an action, and an article that states two grants in a table."""
    act = world.act(name).table([{"label": "a", "ami": 15000}])
    act.table([{"ami": "12 000 €"}, {"ami": "8 000 €"}]).states("grant", 12000)
    act.states("grant", second, exercise="2025")
    _without_actions_of_table(world, name, 2)


@silent("no_actions")
def schedule_of_two_payments(world: World, name: str) -> None:
    world.act(name).table([{"other": "12 000 €"}, {"other": "8 000 €"}], columns=[None])
    _without_actions_of_table(world, name, 1)


@fires("no_actions")
def grants_outside_the_annexes_in_a_table_that_holds_no_action(world: World, name: str) -> None:
    act = world.act(name).table([{"label": "a", "ami": 15000}])
    act.table([{"ami": 12000}, {"ami": 8000}])
    _without_actions_of_table(world, name, 2)
    tables = world.records[AnnexTable]
    tables[-1] = tables[-1].model_copy(update={"annex": None})


@fires("no_actions")
def sums_in_a_scanned_table_that_holds_no_action(world: World, name: str) -> None:
    act = world.act(name).table([{"label": "a", "ami": 12000}])
    act.table([{"other": "24 520 euros", "confidence": 0.95}], columns=[None])
    _without_actions_of_table(world, name, 2)


@silent("no_actions")
def scanned_budget_of_the_action_of_a_sheet(world: World, name: str) -> None:
    act = world.act(name).table([{"label": "a", "total_cost": 36520}])
    rows: list[dict[str, object]] = [{"cofinancing": "12 000 €"}, {"other": "24 520 euros"}]
    act.table([row | SCANNED for row in rows], columns=["cofinancing", None])
    _without_actions_of_table(world, name, 2)
    own = f"{name}#1"
    (action,) = (a.action_id for a in world.of(Action) if getattr(a, "table_id", "") == own)
    *others, paid = world.records[Funding]
    world.records[Funding] = [*others, paid.model_copy(update={"action_id": action})]


@fires("no_actions")
def thousands_in_a_scanned_table_that_holds_no_action(world: World, name: str) -> None:
    act = world.act(name).table([{"label": "a", "ami": 12000}])
    act.table([{"other": "24,5", "confidence": 0.95}], columns=[None])
    _without_actions_of_table(world, name, 2)


@fires("no_actions")
def sums_in_a_table_of_an_annex_that_holds_no_action(world: World, name: str) -> None:
    act = world.act(name).table([{"label": "a", "ami": 12000}])
    act.table([{"other": "24 520 €"}, {"other": "Ville : 8 000 €"}], columns=[None])
    _without_actions_of_table(world, name, 2)


@fires("no_actions")
def the_state_in_a_budget_that_no_action_has(world: World, name: str) -> None:
    _with_a_budget(world, name, "État : 24 520 €")


@fires("no_actions")
def a_row_taken_for_a_part_of_the_head(world: World, name: str) -> None:
    label = "Intitulé de l'action Renforcer l'équipe mobile pour les réfugiés"
    heads = {"label": label, "ami": "Crédits AMI 36 000 €"}
    world.act(name).table([{"label": "a", "ami": 12000}], heads=heads)


@silent("no_actions")
def a_sum_in_a_heading(world: World, name: str) -> None:
    heads = {"label": "Intitulé de l'action", "ami": "Crédits AMI (enveloppe de 36 000 €)"}
    world.act(name).table([{"label": "a", "ami": 12000}], heads=heads)


@silent("no_actions")
def a_budget_of_others_that_no_action_has(world: World, name: str) -> None:
    _with_a_budget(world, name, "Ville : 24 520 €")


@silent("no_actions")
def one_sum_in_a_table_of_an_annex_that_holds_no_action(world: World, name: str) -> None:
    act = world.act(name).table([{"label": "a", "ami": 12000}])
    act.table([{"other": "24 520 €"}, {"other": "douze places"}], columns=[None])
    _without_actions_of_table(world, name, 2)


@silent("no_actions")
def sums_by_axis_of_the_actions_of_another_table(world: World, name: str) -> None:
    act = world.act(name).table([{"label": "a", "ami": 12000}, {"label": "b", "ami": 8000}])
    rows = [{"other": "12 000 €"}, {"other": "8 000 €"}]
    act.table(rows, [{"other": "20 000 €"}], columns=[None])
    _without_actions_of_table(world, name, 2)


@silent("no_actions", ("15 000 €", "5 000 €"))
@fires("no_actions", ("15 000 €", "4 000 €"))
def sums_by_pilot_without_a_total(world: World, name: str, sums: tuple[str, ...]) -> None:
    act = world.act(name).table([{"label": "a", "ami": 12000}, {"label": "b", "ami": 8000}])
    act.table([{"other": text} for text in sums], columns=[None])
    _without_actions_of_table(world, name, 2)


@silent("no_actions")
def sheet_that_states_the_sums_of_an_action_again(world: World, name: str) -> None:
    act = world.act(name).table([{"label": "a", "ami": 12000, "cofinancing": 8000}])
    act.table([{"other": "AMI : 12 000 €"}, {"other": "CAF : 8 000 €"}], columns=[None])
    _without_actions_of_table(world, name, 2)


@silent("no_actions")
def schedule_without_actions(world: World, name: str) -> None:
    world.act(name).table([{"other": f"mars {n}"} for n in (2031, 2032, 2033)], columns=[None])
    world.records[Action] = [a for a in world.of(Action) if a.document_id != name]  # type: ignore[attr-defined]
    world.lineages = {a: x for a, x in world.lineages.items() if not a.startswith(f"{name}#")}


@silent("no_actions")
def budget_to_which_the_state_gives_nothing(world: World, name: str) -> None:
    _with_a_budget(world, name, "État : 0 €")


def _with_a_budget(world: World, name: str, paid: str) -> None:
    """An act of one action, and outside its annexes a table of what is paid, without any."""
    act = world.act(name).table([{"label": "a", "ami": 12000}])
    act.table([{"other": paid}, {"other": "CAF : 8 000 €"}], columns=[None])
    tables = world.records[AnnexTable]
    *others, budget = tables
    world.records[AnnexTable] = [*others, budget.model_copy(update={"annex": None})]
    _without_actions_of_table(world, name, 2)


def _without_actions_of_table(world: World, name: str, table: int) -> None:
    actions = world.records[Action]
    world.records[Action] = [a for a in actions if getattr(a, "table_id", "") != f"{name}#{table}"]
    world.lineages = {
        a: x for a, x in world.lineages.items() if not a.startswith(f"{name}#A{table}")
    }


def _without_actions_of(world: World, name: str, row_index: int) -> None:
    world.records[Action] = [  # type: ignore[attr-defined]
        a for a in world.of(Action) if (a.document_id, a.row_index) != (name, row_index)
    ]
    kept = {a.action_id for a in world.of(Action)}
    world.lineages = {a: x for a, x in world.lineages.items() if a in kept}
    world.records[Funding] = [f for f in world.of(Funding) if f.action_id in kept]  # type: ignore[attr-defined]


@fires("act_without_actions")
def act_whose_annexes_are_another_file(world: World, name: str) -> None:
    world.act(name).article("1", "Objet", "L'annexe 1 énumère les actions.")


@silent("act_without_actions")
def act_with_a_table_without_actions(world: World, name: str) -> None:
    schedule_without_actions(world, name)


@fires("act_without_actions")
def avenants_that_only_put_off_a_term(world: World, name: str) -> None:
    world.act(name, kind="avenant").article("1", "Durée", "Le terme est reporté au 30 juin.")


@fires("act_without_actions")
def avenants_whose_annexes_are_another_file(world: World, name: str) -> None:
    world.act(name, kind="avenant").article("1", "Objet", "L'annexe 1 est remplacée.")


@fires("act_without_actions")
def avenants_that_grant_without_annex(world: World, name: str) -> None:
    world.act(name, kind="avenant").article("1", "Objet", "L'État verse.").states("grant", 10)


@silent("act_without_actions")
def call_without_actions(world: World, name: str) -> None:
    world.act(name, kind="call").article("1", "Objet", "L'appel s'adresse aux métropoles.")


ROADS = [{"label": "Doubler la route", "planned": 50_000}]


@fires("other_programme")
def act_of_another_programme(world: World, name: str) -> None:
    world.act(name, title="CONTRAT DE PLAN ÉTAT-RÉGION").article("1").table(ROADS)


@fires("other_programme")
def lease_of_a_flat(world: World, name: str) -> None:
    world.act(name, title="CONTRAT DE LOCATION").article("2", "Loyer", "Le loyer est de 750 €.")


@fires("other_programme")
def act_on_the_credits_of_another_programme(world: World, name: str) -> None:
    given = {"programme": "147", "programme_named": "text"}
    world.act(name, title="CONTRAT DE VILLE", **given).article("1").table(ROADS)


@silent("other_programme")
def act_that_names_its_programme(world: World, name: str) -> None:
    world.act(name, programme_named="text").article("1").table(ROADS)


@silent("other_programme")
def act_on_the_credits_of_the_programme(world: World, name: str) -> None:
    world.act(name, programme="177").article("1").table(ROADS)


@silent("other_programme")
def avenant_of_an_act_that_names_the_programme(world: World, name: str) -> None:
    world.act(f"{name}-c", territory=name, programme_named="title").article("1")
    act = world.act(name, kind="avenant", amends_document_id=f"{name}-c")
    act.article("1", "Objet", "Les actions de 2024.").table(ROADS)


tables("other_programme", silent={"annexes_alone": ROADS})


@fires("draft")
def act_whose_title_says_that_it_is_a_draft(world: World, name: str) -> None:
    world.act(name, title="PROJET DE CONVENTION PLURIANNUELLE 2026").article("1")


@fires("draft")
def act_with_a_watermark(world: World, name: str) -> None:
    world.act(name).article("1")
    world.add(Furniture(document_id=name, page=2, text="PROJET", x0=50, top=50, x1=90, bottom=60))


@silent("draft")
def act_on_projects(world: World, name: str) -> None:
    world.act(name, title="CONVENTION DE PROJET « LOGEMENT D'ABORD »").article("1")
    world.add(
        Furniture(
            document_id=name,
            page=2,
            text="Projet social de territoire",
            x0=50,
            top=50,
            x1=90,
            bottom=60,
        )
    )


@fires("exercise_funded_twice")
def avenant_of_the_year_that_its_convention_funds(world: World, name: str) -> None:
    world.act(f"{name}-c", territory=name).table([{"label": "Former", "ami": 1000}])
    act = world.act(name, territory=name, kind="avenant", amends_document_id=f"{name}-c")
    act.table([{"label": "Loger", "ami": 2000}])


@silent("exercise_funded_twice")
def avenant_of_the_year_after(world: World, name: str) -> None:
    world.act(f"{name}-c", territory=name).table([{"label": "Former", "ami": 1000}])
    act = world.act(name, "2025", territory=name, kind="avenant", amends_document_id=f"{name}-c")
    act.table([{"label": "Loger", "ami": 2000}])


def states_again(world: World, name: str, **money: int) -> None:
    """An avenant that states the two actions of its convention again, the first with `money`."""
    of_convention = [
        {"key": "a", "label": "Former", "ami": 1000, "cofinancing": 400},
        {"key": "b", "label": "Loger", "ami": 2000, "cofinancing": 600},
    ]
    world.act(f"{name}-c", territory=name).table(of_convention)
    act = world.act(name, territory=name, kind="avenant", amends_document_id=f"{name}-c")
    rows = [{"key": "a", "label": "Former", "ami": 1500} | money]
    act.table([*rows, {"key": "b", "label": "Loger", "ami": 2000}])
    for key in ("a", "b"):
        world.lineages[f"{name}#{key}"] = world.lineages[f"{name}-c#{key}"]


@fires("cofunding_not_restated")
def avenant_silent_on_cofunding(world: World, name: str) -> None:
    states_again(world, name)


@silent("cofunding_not_restated")
def avenant_that_tells_the_cofunding_of_one_action(world: World, name: str) -> None:
    states_again(world, name, cofinancing=400)


def for_two_years(world: World, name: str) -> None:
    """An act that grants a sum for 2024 and one for 2025, before another of 2025."""
    row = {"key": "a", "label": "Former", "ami": 1000}
    world.act(name, "2024-2025", territory=name).table([row])
    (first,) = (f for f in world.of(Funding) if f.action_id == f"{name}#a")
    world.records[Funding] = [f for f in world.of(Funding) if f is not first]
    for year in ("2024", "2025"):
        world.add(first.model_copy(update={"exercise": year}))


@fires("announced_left_out")
def second_year_left_out(world: World, name: str) -> None:
    for_two_years(world, name)
    act = world.act(f"{name}-2", "2025", territory=name, kind="avenant")
    act.table([{"label": "Loger", "ami": 2000}])


@silent("announced_left_out")
def second_year_stated_again(world: World, name: str) -> None:
    for_two_years(world, name)
    act = world.act(f"{name}-2", "2025", territory=name, kind="avenant")
    act.table([{"key": "b", "label": "Former", "ami": 2000}])
    world.link(f"{name}#a", f"{name}-2#b")


def two_for_two_years(world: World, name: str, **recalled: int) -> Act:
    """An act of 2025 that changes one of two sums that an act before announced for it."""
    world.act(name, "2024-2025", territory=name).table(
        [{"key": k, "label": label, "ami": 1000} for k, label in (("a", "Former"), ("c", "Loger"))]
    )
    first = [f for f in world.of(Funding) if f.action_id.startswith(f"{name}#")]
    world.records[Funding] = [f for f in world.of(Funding) if f not in first]
    for funding in first:
        for year in ("2024", "2025"):
            world.add(funding.model_copy(update={"exercise": year}))
    act = world.act(f"{name}-2", "2025", territory=name, kind="avenant")
    act.table([{"key": "b", "label": "Former", "ami": 2000, **recalled}])
    world.link(f"{name}#a", f"{name}-2#b")
    return act


@fires("announced_left_out")
def one_of_two_is_stated_again(world: World, name: str) -> None:
    two_for_two_years(world, name)


@silent("announced_left_out")
def one_of_two_is_amended(world: World, name: str) -> None:
    two_for_two_years(world, name, ami_previous=1000)
    for recalled in world.of(Funding):
        if recalled.stage == "previous" and recalled.action_id == f"{name}-2#b":
            world.records[Funding].remove(recalled)
            world.add(recalled.model_copy(update={"exercise": "2025"}))


@silent("announced_left_out")
def the_whole_is_stated(world: World, name: str) -> None:
    act = two_for_two_years(world, name)
    act.states("other", 3000, quote="l'enveloppe restant de 3 000 €")


@silent("announced_left_out")
def second_year_given_up(world: World, name: str) -> None:
    for_two_years(world, name)
    act = world.act(f"{name}-2", "2025", territory=name, kind="avenant")
    act.table([{"label": "Loger", "ami": 2000}])
    act.article("2", text="L'action « Former » est abandonnée.")


@fires("exercises_overlap")
def exercise_of_two_years_beside_its_first(world: World, name: str) -> None:
    world.act(f"{name}-c", territory=name).table([{"label": "Former", "ami": 1000}])
    act = world.act(name, "2024-2025", territory=name, kind="avenant")
    act.table([{"label": "Loger", "ami": 2000}])


@fires("exercises_overlap")
def period_of_a_convention_around_an_exercise(world: World, name: str) -> None:
    world.act(name, "2023-2027", territory=name).table([{"label": "Former", "ami": 1000}])
    act = world.act(f"{name}-a", "2024", territory=name, kind="avenant")
    act.table([{"label": "Loger", "ami": 200}])


@silent("exercises_overlap")
def exercise_of_two_years_after_the_first(world: World, name: str) -> None:
    world.act(f"{name}-c", "2023-2024", territory=name).table([{"label": "Former", "ami": 1000}])
    act = world.act(name, "2024-2025", territory=name, kind="avenant")
    act.table([{"label": "Loger", "ami": 2000}])


@fires("territory_spellings")
def beneficiary_under_two_names(world: World, name: str) -> None:
    world.act(f"a-{name}", territory=name, beneficiary="Valbrune Agglo")
    world.act(name, territory=name, beneficiary="Communauté urbaine Valbrune")


@silent("territory_spellings")
def beneficiary_in_capitals_once(world: World, name: str) -> None:
    world.act(f"{name}-a", territory=name, beneficiary="VALBRUNE AGGLO")
    world.act(name, territory=name, beneficiary="Valbrune-Agglo")


def _parties(world: World, name: str, **roles: Role) -> None:
    for organisation, role in roles.items():
        world.add(
            Signatory(
                document_id=name,
                role=role,
                organisation=organisation,
                representative=None,
                office=None,
            )
        )


@fires("state_absent")
def act_by_which_the_beneficiary_passes_credits_on(world: World, name: str) -> None:
    world.act(name).table(ROADS)
    _parties(world, name, Métropole="beneficiary", ADIL="partner")


@silent("state_absent")
def act_of_the_state_and_two_bodies(world: World, name: str) -> None:
    world.act(name).table(ROADS)
    _parties(world, name, État="state", Métropole="beneficiary", Département="partner")


@silent("state_absent")
def act_of_which_one_party_was_read(world: World, name: str) -> None:
    world.act(name).table(ROADS)
    _parties(world, name, Métropole="beneficiary")


def _with_actions(world: World, name: str, **changed: None) -> None:
    """The actions of a document, `changed`."""
    world.records[Action] = [  # type: ignore[attr-defined]
        a.model_copy(update=changed) if a.document_id == name else a for a in world.of(Action)
    ]


@fires("unplaced")
def annex_without_its_act(world: World, name: str) -> None:
    world.act(name).table([{"label": "Maraudes", "ami": 12000}])
    _with_actions(world, name, territory_id=None)


@fires("unplaced")
def sums_of_no_exercise(world: World, name: str) -> None:
    world.act(name).table([{"label": "Maraudes", "ami": 12000}])
    _with_actions(world, name, exercise=None)


tables("unplaced", silent={"act_of_a_known_territory": {"label": "Maraudes", "ami": 12000}})


def _signed_by(world: World, name: str, *organisations: str) -> None:
    roles: tuple[Role, ...] = ("beneficiary", "partner", "partner")
    for role, organisation in zip(roles, organisations, strict=False):
        world.add(Signatory(document_id=name, role=role, organisation=organisation))


@fires("several_territories")
def act_of_two_authorities(world: World, name: str) -> None:
    world.act(name).table([{"label": "Maraudes", "ami": 12000}])
    _signed_by(world, name, "Métropole de Bresles", "Communauté d'agglomération de Montclar")


@silent("several_territories")
def act_of_an_authority_with_its_department_and_its_centre(world: World, name: str) -> None:
    world.act(name).table([{"label": "Maraudes", "ami": 12000}])
    _signed_by(world, name, "Métropole de Bresles", "Département de l'Oise", "CCAS de Bresles")


@fires("row_without_action")
def sum_under_no_label(world: World, name: str) -> None:
    world.act(name).table([{"label": "Maraudes", "ami": 12000}, {"label": None, "ami": 8000}])
    _without_actions_of(world, name, 2)


@fires("row_without_action")
def sum_whose_label_is_merged_with_the_pilot(world: World, name: str) -> None:
    rows = [{"pilot": "CCAS", "label": label, "ami": 8000} for label in ("Maraudes", None)]
    world.act(name).table(rows)
    _without_actions_of(world, name, 2)
    *others, _label, grant = world.records[Cell]
    world.records[Cell] = [*others, grant]


@fires("row_without_action")
def sum_under_a_label_without_a_letter(world: World, name: str) -> None:
    world.act(name).table([{"label": "Maraudes", "ami": 12000}, {"label": "(2)", "ami": 8000}])
    _without_actions_of(world, name, 2)


@fires("row_without_action")
def sum_of_a_named_payer_under_no_label(world: World, name: str) -> None:
    world.act(name).table(
        [
            {"label": "Maraudes", "cofinancing": 1},
            {"label": None, "cofinancing": "Bresles : 5 000 €"},
        ]
    )
    _without_actions_of(world, name, 2)


@fires("row_without_action")
def words_under_no_label(world: World, name: str) -> None:
    rows = [{"label": "Maraudes", "description": "a"}, {"label": None, "description": "deux soirs"}]
    world.act(name).table(rows)
    _without_actions_of(world, name, 2)


tables(
    "row_without_action",
    silent={"words_of_an_action": {"label": "Maraudes", "description": "deux soirs"}},
)


@silent("row_without_action")
def mark_under_no_label(world: World, name: str) -> None:
    rows = [{"label": "Maraudes", "description": "a"}, {"label": None, "description": "–"}]
    world.act(name).table(rows)
    _without_actions_of(world, name, 2)


@silent("row_without_action")
def words_in_a_table_without_labels(world: World, name: str) -> None:
    world.act(name).table([{"pilot": "CCAS"}, {"pilot": "Ville"}])
    _without_actions_of(world, name, 2)


@silent("row_without_action")
def row_without_label_or_sum(world: World, name: str) -> None:
    world.act(name).table([{"label": "Maraudes", "ami": 12000}, {"label": None, "ami": 0}])
    _without_actions_of(world, name, 2)


def _next_page_under(world: World, name: str, page: int = 6, **heads: str) -> None:
    """An act whose table goes on, on `page`, in a table of its own under `heads` (by field)."""
    act = world.act(name).table([{"pilot": "CCAS", "label": "Bail", "objective": "Loger"}])
    act.table([dict.fromkeys(heads, "x")], heads=heads)
    world.records[AnnexTable] = [  # type: ignore[attr-defined]
        t.model_copy(update={"annex": "1", "page_first": page, "page_last": page})
        if t.table_id == f"{name}#2"
        else t
        for t in world.of(AnnexTable)
    ]


@fires("heads_change")
def next_page_sets_two_columns_as_one(world: World, name: str) -> None:
    _next_page_under(world, name, pilot="Pilot / label", label="Visées")


@fires("heads_change")
def next_page_takes_the_objective_for_the_label(world: World, name: str) -> None:
    _next_page_under(world, name, pilot="Qui", label="objective")


@silent("heads_change")
def next_page_reads_each_head_alike(world: World, name: str) -> None:
    _next_page_under(world, name, pilot="pilot", label="label")


@silent("heads_change")
def table_of_a_page_further_on_sets_two_columns_as_one(world: World, name: str) -> None:
    _next_page_under(world, name, page=7, pilot="Pilot / label", label="Visées")


@silent("heads_change")
def next_page_reads_a_status_as_a_comment(world: World, name: str) -> None:
    _next_page_under(world, name, label="label", comment="objective")


@fires("figure_doubtful")
def doubtful_figure_under_a_head_that_nothing_explains(world: World, name: str) -> None:
    row = {"label": "30 jeunes", "other": "20 OC", "confidence": 0.5}
    world.act(name).table([row], columns=["label", None])


@fires("figure_doubtful")
def sum_of_a_sheet_read_by_ocr_with_doubt(world: World, name: str) -> None:
    """It stands in a row below that of the label, in a column that no head explains."""
    world.act(name).table([{"label": "a", "ami": 12000, "confidence": 0.41}])
    world.records[AnnexColumn] = [
        c.model_copy(update={"header": None, "field": None})
        if c.table_id.startswith(f"{name}#") else c
        for c in world.records[AnnexColumn]
    ]  # fmt: skip
    world.records[Action] = [  # type: ignore[attr-defined]
        a.model_copy(update={"row_index": 2}) if a.document_id == name else a
        for a in world.of(Action)
    ]


tables(
    "figure_doubtful",
    fires={
        "sum_read_by_ocr_with_doubt": {"label": "a", "ami": 12000, "confidence": 0.41},
        "words_for_a_sum_read_by_ocr_with_doubt": {
            "label": "30 jeunes",
            "cofinancing": "S OOO",
            "confidence": 0.41,
        },
        "figure_of_a_cofunder_read_by_ocr_with_doubt": {
            "label": "30 jeunes",
            "cofinancing_source": "Oule : 19 5",
            "confidence": 0.5,
        },
        "sum_in_a_column_of_pilots": {"label": "30 jeunes", "pilot": "CCAS 94 000 €"},
        "sum_among_the_names_of_cofunders": {
            "label": "30 jeunes",
            "ami": 5000,
            "cofinancing_source": "Ville de 41 000 Bar",
        },
    },
    silent={
        "name_of_a_cofunder_read_by_ocr_with_doubt": {
            "label": "30 jeunes",
            "cofinancing_source": "Baillleurs",
            "confidence": 0.5,
        },
        "sums_of_cofunders_named_beside_them": {
            "label": "30 jeunes",
            "cofinancing": 41000,
            "cofinancing_source": "Ville : 41 000",
        },
        "year_in_a_column_of_pilots": {"label": "30 jeunes", "pilot": "CCAS depuis 2031"},
        "words_read_by_ocr_with_doubt": {
            "label": "30 jeunes",
            "objective": "A préciser",
            "confidence": 0.41,
        },
    },
)


tables(
    "rows_in_one",
    fires={
        "row_that_holds_two_in_most_columns": {
            "label": "Dénombrer les locataires assignés\nDénombrer les familles à l'hôtel",
            "pilot": "Communauté urbaine\nToits Partagés",
            "indicators": "Publications ; structures contributrices\nRéunions tenues",
        }
        | {"objective": "Observer"},
        "row_of_several_numbers": {"reference": "1\n2\n3", "label": "Dénombrer"},
        "pilot_below_the_title_of_an_axis": [
            {"label": label, "pilot": "Axe 1 – Accéder au logement et s'y maintenir\nCCAS\nDDETS"}
            for label in ("Captation", "Emploi")
        ],
        "label_that_holds_two_axes": {
            "label": "Axe 1 – Accéder au logement\nBail glissant\nAxe 2 – Observer\nObservatoire"
        },
    },
    silent={
        "action_of_two_pilots_told_in_two_paragraphs": {"label": "Maraude", "reference": "FA 20"}
        | {"pilot": "CCAS\nDDETS", "description": "Une équipe.\nUn lieu.", "indicators": "Baux"},
        "action_whose_label_names_its_axis_first": {
            "label": "Axe 1 – Accéder au logement\nBail glissant"
        },
        "number_with_the_one_of_before": {"reference": "FA 20\n(ex-FA 15)", "label": "Maraude"},
    },
)


@fires("label_doubtful")
def letters_without_sense_for_a_label(world: World, name: str) -> None:
    row = {"label": "At ete nt ec tattles asinote,", "confidence": 0.16}
    world.act(name).table([row])
    scanned(world, name, 5)


@fires("label_doubtful")
def pilot_with_a_word_that_nobody_knows(world: World, name: str) -> None:
    row = {"label": "Maraudes", "pilot": "Abeij Solidarité", "confidence": 0.5}
    world.act(name).table([row])
    scanned(world, name, 5)
    cells = world.records[Cell]
    cells[-2:] = [
        c.model_copy(update={"confidence": 0.93}) if c.header == "label" else c for c in cells[-2:]
    ]


@silent("label_doubtful")
def label_that_ocr_reads_well(world: World, name: str) -> None:
    world.act(name).table([{"label": "Maraudes", "confidence": 0.93}])
    scanned(world, name, 5)


@silent("label_doubtful")
def doubtful_objective_of_a_legible_label(world: World, name: str) -> None:
    world.act(name).table([{"label": "Maraudes", "objective": "Alter vers", "confidence": 0.41}])
    scanned(world, name, 5)
    cells = world.records[Cell]
    cells[-2:] = [
        c.model_copy(update={"confidence": 0.93}) if c.header == "label" else c for c in cells[-2:]
    ]


tables(
    "label_doubtful",
    silent={
        "label_of_a_digital_page_that_ends_in_a_figure": {"label": "Fonds de 12", "confidence": 0.5}
    },
)


@fires("figure_doubtful")
def sum_in_the_head_of_a_scanned_column(world: World, name: str) -> None:
    row = {"label": "30 jeunes", "ami": 12000, "confidence": 0.95}
    world.act(name).table([row], heads={"ami": "Subvention État 6 000 €"})


@silent("figure_doubtful")
def year_in_the_head_of_a_scanned_column(world: World, name: str) -> None:
    row = {"label": "30 jeunes", "ami": 12000, "confidence": 0.95}
    world.act(name).table([row], heads={"ami": "Subvention État 2031, en €"})


@silent("figure_doubtful")
def sum_in_the_head_of_a_digital_column(world: World, name: str) -> None:
    world.act(name).table([{"label": "30 jeunes", "ami": 1200}], heads={"ami": "AMI (max 5 000 €)"})


POST = {"label": "Recruter un chef de projet chargé d'animer la démarche Logement d'abord"}


tables(
    "coordinator_share",
    fires={
        "coordinator_paid_by_the_ami_alone": POST | {"ami": 40000, "cofinancing": 30000},
        "post_named_after_the_programme": {
            "label": "Poste de coordinatrice Logement d'abord",
            "ami": 35000,
            "cofinancing": 30000,
        },
        "post_of_coordination_of_the_plan": {"label": "Poste de coordination du plan départemental"}
        | {"ami": 28000, "cofinancing": 18000},
    },
    silent={
        "post_of_coordination_of_a_plan_of_others": {
            "label": "Poste de coordination du programme local de l'habitat"
        }
        | {"ami": 28000, "cofinancing": 18000},
        "coordinator_paid_half_and_half": POST | {"ami": 35000, "cofinancing": 35000},
        "coordinator_of_something_else": {
            "label": "Coordonner les maraudes",
            "description": "Un coordinateur établit le planning",
        }
        | {"ami": 40000, "cofinancing": 10000},
    },
)


@fires("duplicate_act")
def signed_scan_of_the_same_act(world: World, name: str) -> None:
    rows = [{"label": "Prévenir les expulsions"}, {"label": "Nuit de la solidarité"}]
    world.act(f"{name}-0", territory=name).table(rows)
    world.act(name, territory=name, ocr_page_count=9).table(rows)


@fires("duplicate_act")
def copy_with_another_sum(world: World, name: str) -> None:
    world.act(f"{name}-0", territory=name).table([{"label": "Former", "ami": 100}])
    world.act(name, territory=name, ocr_page_count=9).table([{"label": "Former", "ami": 1000}])


@silent("duplicate_act")
def next_avenant_with_the_same_actions(world: World, name: str) -> None:
    rows = [{"label": "Prévenir les expulsions"}, {"label": "Nuit de la solidarité"}]
    world.act(f"{name}-0", "2023", territory=name, kind="avenant").table(rows)
    world.act(name, "2024", territory=name, kind="avenant").table(rows)


@fires("actions_in_text")
def listed_sum_of_nobody(world: World, name: str) -> None:
    world.act(name).table([{"label": "Maraude : 12 000 €"}, {"label": "Étude : 3 000 €"}])
    _without_actions_of(world, name, 2)
    _listed(world, name)


@silent("actions_in_text")
def listed_actions_are_read(world: World, name: str) -> None:
    world.act(name).table([{"label": "Maraude", "ami": 12000}])
    _listed(world, name)


tables(
    "sum_in_words",
    fires={
        "word_in_place_of_a_sum": {"label": "Maraude", "ami": 12, "cofinancing": "cf. action 3"}
    },
    silent={"figure_in_doubt": {"label": "Maraude", "ami": 12, "cofinancing": "12 logements"}},
)


tables(
    "totals_sum",
    fires={
        "total_of_a_column_is_wrong": (
            [{"label": "a", "ami": 100}, {"label": "b", "ami": 200}],
            [{"label": "TOTAL", "ami": 310}],
        ),
        "total_below_what_is_known_of_the_rows": (
            [{"label": "a", "cofinancing": 463500}, {"label": "b", "cofinancing": "A préciser"}],
            [{"label": "TOTAUX", "cofinancing": 453500}],
        ),
        "total_of_accounts_is_wrong": budget(12384 + 28800 + 1000),
        "total_below_years_is_wrong": paid_below_years(22000),
        "total_without_the_ami_is_not_its_sums": of_all_payers("Total hors AMI", 300),
    },
    silent={
        "total_of_accounts_counts_no_details": budget(12384 + 28800),
        "years_are_no_part_of_a_total": paid_below_years(20000),
        "totals_are_right": (
            [{"label": "a", "total_cost": 150, "ami": 100, "cofinancing": 50}] * 2,
            [{"label": "TOTAL GENERAL", "total_cost": "300 €", "ami": "200 euros"}],
        ),
        "subtotals_and_general_total": (
            [
                {"label": "a", "ami": 100, "section": "Axe 1"},
                {"label": "b", "ami": 200, "section": "Axe 2"},
            ],
            [
                {"label": "Sous-total axe 1", "ami": 100, "section": "Axe 1"},
                {"label": "Sous-total axe 2", "ami": 200, "section": "Axe 2"},
                {"label": "Total", "ami": 300, "section": "Axe 2"},
            ],
        ),
        "total_above_what_is_known_of_the_rows": (
            [{"label": "a", "cofinancing": 400}, {"label": "b", "cofinancing": "A préciser"}],
            [{"label": "TOTAL", "cofinancing": 500}],
        ),
        "a_row_without_total_cost_keeps_columns_apart": (
            [
                {"label": "a", "total_cost": 150, "ami": 100, "cofinancing": 50},
                {"label": "b", "total_cost": None, "ami": 100, "cofinancing": None},
            ],
            [{"label": "TOTAL", "total_cost": 150, "ami": 200, "cofinancing": 50}],
        ),
        "part_of_a_total_and_carry_over": (
            [{"label": "a", "ami": 227500}, {"label": "b", "ami": 178000}],
            [
                {"label": "TOTAL", "ami": "405 500 €"},
                {"label": "dont report de N1", "ami": "35 000 €"},
                {"label": "dont nouvelles actions", "ami": "178 000 €"},
            ],
        ),
        "gross_carry_over_and_net": (
            [{"label": "a", "ami": 1000}],
            [
                {"label": "Montant total demandé (avant retrait du reliquat)", "ami": 1000},
                {"label": "Reliquat total", "ami": 300},
                {"label": "Montant net après déduction du reliquat", "ami": 700},
            ],
        ),
        "part_below_an_action": (
            [{"label": "Plateforme", "ami": 300}, {"label": "dont poste", "ami": 200}],
            [{"label": "TOTAL", "ami": 300}],
        ),
        "part_below_an_action_behind_its_pilot": (
            [
                {"pilot": "Ville", "label": label, "ami": n}
                for label, n in {"Plateforme": 300, "dont poste": 200}.items()
            ],
            [{"pilot": "TOTAL", "ami": 300}],
        ),
    },
)


@pytest.fixture(scope="module")
def found(tmp_path_factory: pytest.TempPathFactory) -> Findings:
    """The findings of every case, by document."""
    world = World()
    for name, (_, build) in (FIRES | SILENT).items():
        build(world, name)
    clean_act(world)
    database, _ = world.load(tmp_path_factory.mktemp("checks"))
    query = """
        SELECT
            document_id, rule, severity, message, expected, observed, finding_id, action_id
        FROM finding
    """
    findings: Findings = defaultdict(list)
    for document_id, *values in run_query(database, query).rows:
        findings[document_id].append(Found(*values))
    return findings


def clean_act(world: World) -> None:
    """A convention without a fault."""
    act = (
        world.act("clean", programme_named="text")
        .article("1", "Objet")
        .article("2", text=BUDGET.format("exercice 2024"))
    )
    act.states("grant", 120).states("eligible_cost", 200)
    rows = [
        {"label": "Former", "pilot_raw": "DDETS", "ami": 100, "cofinancing": 50, "total_cost": 150},
        {"label": "Loger", "pilot_raw": "DDETS", "ami": 20, "cofinancing": 30, "total_cost": 50},
    ]
    totals = [{"label": "TOTAL", "ami": 120, "cofinancing": 80, "total_cost": 200}]
    act.table([row | {"organisation": "DDETS"} for row in rows], totals)


@pytest.mark.parametrize("name", FIRES)
def test_check_fires(found: Findings, name: str) -> None:
    rule, _ = FIRES[name]
    assert [f.rule for f in found[name]].count(rule) == 1


@pytest.mark.parametrize("name", SILENT)
def test_check_stays_silent(found: Findings, name: str) -> None:
    rule, _ = SILENT[name]
    assert rule not in [f.rule for f in found[name]]


def test_article_missing_weighs_more_on_a_scan(found: Findings) -> None:
    missing = {
        name: next(f for f in found[name] if f.rule == "article_missing")
        for name in ("third_article_is_not_read", "heading_is_not_read_on_a_scan")
    }
    assert [f.severity for f in missing.values()] == ["info", "warning"]
    assert {f.expected for f in missing.values()} == {"article 3"}
    assert all(
        "article 3 n'est lu entre les articles 2 et 4" in f.message for f in missing.values()
    )


def test_clean_act_has_no_findings(found: Findings) -> None:
    assert found["clean"] == []


def test_every_check_has_both_cases() -> None:
    names = {path.stem for path in check_files()}
    assert names == {rule for rule, _ in FIRES.values()} == {rule for rule, _ in SILENT.values()}


def test_messages_read_as_french_sentences(found: Findings) -> None:
    for finding in itertools.chain.from_iterable(found.values()):
        assert finding.message[0].isupper() and finding.message.endswith(".")
        assert ".00" not in finding.message


def test_an_end_in_doubt_sends_to_the_review(found: Findings) -> None:
    (sure,) = [f for f in found["action_vanishes"] if f.rule == "ended_without_reason"]
    (doubt,) = [f for f in found["continuation_in_doubt"] if f.rule == "ended_without_reason"]
    assert "à examiner" in doubt.message and "à examiner" not in sure.message


def test_wrong_key_on_a_scan_is_a_doubt(found: Findings) -> None:
    names = ("iban_with_a_wrong_key", "iban_that_ocr_may_have_misread")
    printed, scanned = (f for name in names for f in found[name] if f.rule == "iban_invalid")
    assert (printed.severity, scanned.severity) == ("error", "warning")
    assert "OCR" in scanned.message and "OCR" not in printed.message


def test_sums_that_a_scan_leaves_in_cells_are_a_warning(found: Findings) -> None:
    severities = {
        name: {f.severity for f in found[name] if f.rule == "column_unexplained"}
        for name in (
            "scanned_sums_under_a_misread_heading",
            "printed_sums_without_a_unit",
            "printed_cents_beside_sums",
            "figures_under_a_heading_in_euros_that_nothing_explains",
        )
    }
    assert severities == {
        "scanned_sums_under_a_misread_heading": {"warning"},
        "printed_sums_without_a_unit": {"info"},
        "printed_cents_beside_sums": {"warning"},
        "figures_under_a_heading_in_euros_that_nothing_explains": {"warning"},
    }


def test_swapped_digits_explain_a_net_amount(found: Findings) -> None:
    (finding,) = [
        f for f in found["net_amount_with_swapped_digits"] if f.rule == "net_amount_mismatch"
    ]
    assert finding.message == (
        "Montant net 197 000 € + reliquat 219 000 € = 416 000 €, alors que les actions portées par"
        " le bénéficiaire totalisent 461 000 €. Deux chiffres intervertis expliqueraient l'écart."
    )
    assert (finding.expected, finding.observed) == ("461000", "416000")


def test_the_cell_of_a_scan_that_explains_a_total_is_named(found: Findings) -> None:
    (scanned,) = found["total_that_one_digit_of_a_scan_explains"]
    (printed,) = found["total_that_one_digit_of_print_would_explain"]
    told = (
        "Le total « financement AMI » écrit 58 000 € alors que les lignes du tableau totalisent"
        " 62 000 €."
    )
    assert scanned.message == (
        f"{told} Sur cette page numérisée, un seul chiffre mal lu l'expliquerait : ligne 2,"
        " « 9000 », où le total suppose 5 000 €."
    )
    assert scanned.action_id and scanned.action_id.endswith("-b")
    assert (printed.message, printed.action_id) == (told, None)


def test_an_avenant_that_only_changes_clauses_needs_no_annex(found: Findings) -> None:
    severities = {
        name: f.severity
        for name, findings in found.items()
        for f in findings
        if f.rule == "act_without_actions" and name.startswith("avenants_")
    }
    assert severities == {
        "avenants_that_only_put_off_a_term": "info",
        "avenants_whose_annexes_are_another_file": "warning",
        "avenants_that_grant_without_annex": "warning",
    }


def test_total_that_a_row_explains_is_only_information(found: Findings) -> None:
    severities = {f.rule: f.severity for f in found["totals_row_does_not_add_up_across"]}
    assert severities == {"row_sum": "warning", "totals_sum": "info"}


@pytest.mark.parametrize("path", check_files(), ids=lambda path: path.stem)
def test_header_says_what_and_how_grave(path: Path) -> None:
    comments, select = header(path)
    assert len(comments) == 3
    assert check_severity(path) in ("error", "warning", "info")
    assert select.startswith("WITH") and "final" in select


def test_a_value_that_is_unknown_costs_no_message(tmp_path: Path) -> None:
    world = World()
    for name, (_, build) in (FIRES | SILENT).items():
        build(world, name)
    unknown = Random(3)
    for model, records in world.records.items():
        optional = [name for name, field in model.model_fields.items() if field.default is None]
        for record in records:
            for name in optional:
                if unknown.random() < UNKNOWN and name != "status_raw":  # it explains the status
                    object.__setattr__(record, name, None)
    database, _ = world.load(tmp_path)
    titles = {path.stem: header(path)[0][0] for path in check_files()}
    findings = run_query(database, "SELECT rule, message FROM finding").rows
    assert {rule for rule, message in findings if message == titles.get(rule)} == set()


def test_finding_ids_do_not_depend_on_other_findings(found: Findings, tmp_path: Path) -> None:
    world = World()
    total_above_its_parts(world, "total_above_its_parts")
    database, _ = world.load(tmp_path)
    query = "SELECT finding_id FROM finding WHERE rule = 'row_sum'"
    ((alone,),) = run_query(database, query).rows
    assert alone in [f.finding_id for f in found["total_above_its_parts"]]
