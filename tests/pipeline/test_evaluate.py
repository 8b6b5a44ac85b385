from pathlib import Path

from pipeline.evaluate import evaluate

ROOT = Path(__file__).parents[2]
PAIRS = ROOT / "tests" / "golden" / "action_pairs.csv"
GOLDEN = ROOT / "tests" / "golden"
SPLITS = ("holdout", "strangers", "newcomers")
HOLDOUTS = [GOLDEN / f"{split}_actions.csv" for split in SPLITS]


def test_the_matcher_is_ahead_of_the_plain_methods() -> None:
    result = evaluate(PAIRS, ROOT / "data" / "reference")
    f1 = {(s.method, s.split): s.f1 for s in result.scores}
    precision = {(s.method, s.split): s.precision for s in result.scores}
    for plain in ("token_set_ratio", "tf-idf cosinus"):
        assert f1["filiation", "test"] > f1[plain, "test"]
        assert precision["filiation", "test"] > precision[plain, "test"]
    assert all(s.method in result.as_text() for s in result.scores)


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
