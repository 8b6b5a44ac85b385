import numpy as np

from pipeline.scores import best_threshold, calibration


def test_best_threshold_parts_true_from_false() -> None:
    values, truth = np.array([0.1, 0.4, 0.6, 0.9]), np.array([False, False, True, True])
    assert best_threshold(values, truth) == 0.6


def test_calibration_counts_every_pair_once() -> None:
    bins = calibration(np.array([0.0, 0.5, 1.0, 0.97]), np.array([False, True, True, False]))
    assert sum(b.pairs for b in bins) == 4
    assert bins[-1].true_share == 0.5
