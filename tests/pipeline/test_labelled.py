from pathlib import Path

import pytest

from pipeline.errors import FiliationError
from pipeline.labelled import ACTION_COLUMNS, read_labelled, read_pairs

GOLDEN = Path(__file__).parents[1] / "golden"
PAIRS = GOLDEN / "action_pairs.csv"
HOLDOUTS = [GOLDEN / f"{split}_actions.csv" for split in ("holdout", "strangers", "newcomers")]


def test_the_labelled_pairs_cover_what_they_should() -> None:
    rows = read_pairs(PAIRS)
    assert len(rows) >= 300
    assert {r["kind"] for r in rows} == {"same", "near_miss", "unrelated"}
    groups = {r["group"]: {x["split"] for x in rows if x["group"] == r["group"]} for r in rows}
    assert all(len(splits) == 1 for splits in groups.values())


def test_a_missing_column_is_named(tmp_path: Path) -> None:
    path = tmp_path / "pairs.csv"
    path.write_text("group,split\n")
    with pytest.raises(FiliationError, match="verdict"):
        read_pairs(path)


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
    learnt = read_labelled(GOLDEN / "learning_actions.csv", [])
    said = {(a.label, a.objective, a.description) for a in learnt.actions}
    for path in HOLDOUTS:
        held_out = read_labelled(path, []).actions
        assert not said & {(a.label, a.objective, a.description) for a in held_out}
        assert not {a.territory_id for a in learnt.actions} & {a.territory_id for a in held_out}
