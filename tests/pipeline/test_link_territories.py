"""What must hold of the links of whole territories, whatever their texts."""

from collections import Counter
from dataclasses import replace
from pathlib import Path

import pytest

from normalizers.statuses import load_statuses
from pipeline.judgements import Decisions, shown_label
from pipeline.kinds import Verdict
from pipeline.knowledge import read_knowledge
from pipeline.labelled import Labelled, read_labelled
from pipeline.linking import Links, link_actions
from pipeline.models import Judgement

ROOT = Path(__file__).parents[2]
REFERENCE = ROOT / "data" / "reference"
GOLDEN = ROOT / "tests" / "golden"
KNOWLEDGE = read_knowledge(REFERENCE)
TERRITORIES = [
    (name, territory)
    for name in ("holdout", "strangers", "newcomers")
    for territory in sorted(
        {a.territory_id or "" for a in read_labelled(GOLDEN / f"{name}_actions.csv", []).actions}
    )
]


def territory_of(name: str, territory: str) -> Labelled:
    known = read_labelled(GOLDEN / f"{name}_actions.csv", load_statuses(REFERENCE / "statuses.csv"))
    known.actions = [a for a in known.actions if a.territory_id == territory]
    return known


def decided(known: Labelled, *judgements: Judgement) -> Links:
    decisions = Decisions(known.actions, judgements, [])
    assert not decisions.findings
    return link_actions(known.actions, known.funding, known.pilots, [], decisions, KNOWLEDGE)


def lineage_rows(found: Links) -> set[tuple[str, str, bool]]:
    return {(x.action_id, x.lineage_id, x.main) for x in found.lineages}


@pytest.mark.parametrize(("name", "territory"), TERRITORIES)
def test_later_years_change_nothing_of_earlier_ones(name: str, territory: str) -> None:
    known = territory_of(name, territory)
    every = decided(known)
    exercises = sorted({a.exercise or "" for a in known.actions})
    for last in exercises[:-1]:
        earlier = replace(known, actions=[a for a in known.actions if (a.exercise or "") <= last])
        kept = {a.action_id for a in earlier.actions}
        found = decided(earlier)
        assert lineage_rows(found) == {x for x in lineage_rows(every) if x[0] in kept}
        assert {str(x) for x in found.links} == {
            str(x) for x in every.links if x.target_action_id in kept
        }


@pytest.mark.parametrize(("name", "territory"), TERRITORIES)
def test_a_judgement_changes_just_what_it_should(name: str, territory: str) -> None:
    known = territory_of(name, territory)
    before = decided(known)
    by_id = {a.action_id: a for a in known.actions}
    names = Counter((a.exercise, shown_label(a)) for a in known.actions)
    one = next(
        x
        for x in before.links
        if x.relation == "continues"
        and all(
            names[by_id[i].exercise, shown_label(by_id[i])] == 1
            for i in (x.source_action_id, x.target_action_id)
        )
    )
    source, target = by_id[one.source_action_id], by_id[one.target_action_id]

    def judged(verdict: Verdict) -> Links:
        return decided(
            known,
            Judgement(
                left_territory=territory,
                left_exercise=source.exercise or "",
                left_label=shown_label(source),
                right_territory=territory,
                right_exercise=target.exercise or "",
                right_label=shown_label(target),
                judgement=verdict,
            ),
        )

    def pairs(found: Links) -> set[tuple[str, str]]:
        return {(x.source_action_id, x.target_action_id) for x in found.links}

    pair = (source.action_id, target.action_id)
    yes, no = judged("positive"), judged("negative")
    assert pairs(yes) == pairs(before)
    assert pair not in pairs(no)
    changed = pairs(before) ^ pairs(no)
    assert all((by_id[b].exercise or "") >= (target.exercise or "") for _, b in changed)
    assert lineage_rows(yes) == lineage_rows(before)
    scores = {(x.source_action_id, x.target_action_id): x.score for x in before.links}
    kept = {(x.source_action_id, x.target_action_id): x.score for x in yes.links}
    assert {p for p in scores if abs(scores[p] - kept[p]) > 0.25} <= {pair}
    touched = {action_id for link in changed for action_id in link}
    names_touched = {x[1] for x in lineage_rows(before) | lineage_rows(no) if x[0] in touched}
    moved = lineage_rows(before) ^ lineage_rows(no)
    assert {x[1] for x in moved} <= names_touched
