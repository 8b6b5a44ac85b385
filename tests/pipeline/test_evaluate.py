from pathlib import Path

import numpy as np
import pytest

from pipeline.errors import FiliationError
from pipeline.evaluate import (
    ACTION_COLUMNS,
    best_threshold,
    calibration,
    evaluate,
    read_labelled,
    read_pairs,
)

ROOT = Path(__file__).parents[2]
PAIRS = ROOT / "tests" / "golden" / "action_pairs.csv"
GOLDEN = ROOT / "tests" / "golden"
SPLITS = ("holdout", "strangers", "newcomers")
HOLDOUTS = [GOLDEN / f"{split}_actions.csv" for split in SPLITS]


def test_the_labelled_pairs_cover_what_they_should() -> None:
    rows = read_pairs(PAIRS)
    assert len(rows) >= 300
    assert {r["kind"] for r in rows} == {"same", "near_miss", "unrelated"}
    groups = {r["group"]: {x["split"] for x in rows if x["group"] == r["group"]} for r in rows}
    assert all(len(splits) == 1 for splits in groups.values())


def test_the_matcher_is_ahead_of_the_plain_methods() -> None:
    result = evaluate(PAIRS, ROOT / "data" / "reference")
    f1 = {(s.method, s.split): s.f1 for s in result.scores}
    precision = {(s.method, s.split): s.precision for s in result.scores}
    for plain in ("token_set_ratio", "tf-idf cosinus"):
        assert f1["filiation", "test"] > f1[plain, "test"]
        assert precision["filiation", "test"] > precision[plain, "test"]
    assert all(s.method in result.as_text() for s in result.scores)


def test_best_threshold_parts_true_from_false() -> None:
    values, truth = np.array([0.1, 0.4, 0.6, 0.9]), np.array([False, False, True, True])
    assert best_threshold(values, truth) == 0.6


def test_calibration_counts_every_pair_once() -> None:
    bins = calibration(np.array([0.0, 0.5, 1.0, 0.97]), np.array([False, True, True, False]))
    assert sum(b.pairs for b in bins) == 4
    assert bins[-1].true_share == 0.5


def test_a_missing_column_is_named(tmp_path: Path) -> None:
    path = tmp_path / "pairs.csv"
    path.write_text("group,split\n")
    with pytest.raises(FiliationError, match="verdict"):
        read_pairs(path)


def test_whole_territories_are_linked_as_real_ones() -> None:
    result = evaluate(PAIRS, ROOT / "data" / "reference", HOLDOUTS)
    for split in SPLITS:
        ours, *plain = [s for s in result.scores if s.split == split]
        assert ours.precision >= 0.99
        assert ours.f1 >= 0.95
        assert len(plain) == 2
        assert all(ours.f1 > s.f1 for s in plain)
        assert sum(b.pairs for b in result.calibration[split]) == ours.pairs


def test_themes_and_categories_are_seldom_wrong() -> None:
    result = evaluate(PAIRS, ROOT / "data" / "reference", kinds_csv=GOLDEN / "action_kinds.csv")
    assert {(k.what, k.split) for k in result.kinds} == {
        (what, split) for what in ("theme", "expense_category") for split in ("train", "test")
    }
    for one in result.kinds:
        assert one.precision >= 0.95
        assert one.coverage >= 0.65
    assert "expense_category" in result.as_text()


def test_origins_are_links_and_doubts_are_neither(tmp_path: Path) -> None:
    path = tmp_path / "actions.csv"
    path.write_text(
        ",".join(ACTION_COLUMNS)
        + "\nX,2023,a,,true,CCAS,,Douches mobiles,,,,,"
        + "\nX,2024,b,a,true,CCAS / Ville,FA 1,Douches mobiles,,,,Reconduction,5000"
        + "\nX,2024,c,a?,false,,,Bagagerie,,,,,\n"
    )
    found = read_labelled(path, [])
    assert found.links == {("X/a", "X/b")}
    assert found.open == {("X/a", "X/c")}
    assert [p.organisation_id for p in found.pilots if p.action_id == "X/b"] == ["ccas", "ville"]
    assert [f.amount_eur for f in found.funding] == [5000]


def test_an_unknown_origin_is_named(tmp_path: Path) -> None:
    path = tmp_path / "actions.csv"
    path.write_text(",".join(ACTION_COLUMNS) + "\nX,2024,b,zz,true,,,Douches,,,,,\n")
    with pytest.raises(FiliationError, match="X, zz"):
        read_labelled(path, [])


def test_what_is_held_out_is_not_learnt_from() -> None:
    learnt = read_labelled(ROOT / "tests" / "golden" / "learning_actions.csv", [])
    said = {(a.label, a.objective, a.description) for a in learnt.actions}
    for path in HOLDOUTS:
        held_out = read_labelled(path, []).actions
        assert not said & {(a.label, a.objective, a.description) for a in held_out}
        assert not {a.territory_id for a in learnt.actions} & {a.territory_id for a in held_out}
