from collections.abc import Sequence

import numpy as np
import pytest

from normalizers.links.habits import Habits, dotted_number
from normalizers.links.similarity import FEATURES, Pairs

SIZE = 10
LEFT, RIGHT = np.divmod(np.arange(SIZE * SIZE), SIZE)
PAIRS = Pairs(LEFT, RIGHT, np.zeros((SIZE * SIZE, len(FEATURES))))
NONE: list[str | None] = [None] * SIZE


def learnt(
    before: Sequence[str | None], after: Sequence[str | None], sure: Sequence[tuple[int, int]]
) -> np.ndarray:
    sources, targets = (np.array(side, dtype=np.int64) for side in zip(*sure, strict=True))
    return Habits(PAIRS, before, after)(sources, targets).reshape(SIZE, SIZE)


@pytest.mark.parametrize(
    ("written", "key"), [("FA 13 Bis", "13bis"), ("Action n° 2.6", "2.6"), (None, ""), ("X", "")]
)
def test_dotted_number(written: str | None, key: str) -> None:
    assert dotted_number(written) == key


def test_kept_numbers_count_with_or_without_their_axis() -> None:
    before = [str(k) for k in range(SIZE)]
    after = [f"{k % 3 + 1}.{k}" for k in range(SIZE)]
    worth = learnt(before, after, [(k, k) for k in range(5)])
    assert worth[7, 7] > 0 > worth[7, 8]


def test_numbers_given_anew_mean_nothing() -> None:
    before = [str(k) for k in range(SIZE)]
    worth = learnt(before, before, [(0, 4), (1, 0), (2, 3), (3, 1), (4, 2)])
    assert worth[7, 7] == worth[7, 8] == 0


def test_a_place_between_sure_neighbours_counts_a_little() -> None:
    sure = [(k, k) for k in range(SIZE) if k != 5]
    worth = learnt(NONE, NONE, sure)
    assert 0 < worth[5, 5] <= 1
    assert worth[5, 2] < 0


def test_few_sure_pairs_teach_nothing() -> None:
    assert not learnt(NONE, NONE, [(0, 0), (1, 1)]).any()
