"""Figures that tell how good a method is, and their tables in plain text."""

from itertools import pairwise

import numpy as np

from pipeline.extracted import Model
from pipeline.language import said

BINS = (0.0, 0.05, 0.2, 0.4, 0.6, 0.8, 0.95, 1.0)


class Score(Model):
    """Precision, recall and F1 of one method on one split; `threshold` is what it links from."""

    method: str
    split: str
    threshold: float
    pairs: int
    precision: float
    recall: float
    f1: float


class Bin(Model):
    """Pairs that were given a probability in [low, high): how many, and how many were true."""

    low: float
    high: float
    pairs: int
    mean_probability: float
    true_share: float


class KindScore(Model):
    """How well 'theme' or 'expense_category' is told: share of answers that are right, share of
    the actions that have one which are told rightly."""

    what: str
    split: str
    actions: int
    precision: float
    coverage: float


class Evaluation(Model):
    """All that `filiation evaluate` says; `calibration` by split."""

    scores: list[Score]
    kinds: list[KindScore]
    calibration: dict[str, list[Bin]]
    mistakes: list[str]

    def as_text(self) -> str:
        """The report as plain text tables."""
        lines = [
            said(
                "méthode            jeu       seuil  paires  précision  rappel  F1",
                "method             split     from   pairs   precision  recall  F1",
            )
        ]
        lines += [
            f"{s.method:<18} {s.split:<9} {s.threshold:<6.2f} {s.pairs:<7} {s.precision:<10.3f} "
            f"{s.recall:<7.3f} {s.f1:.3f}"
            for s in self.scores
        ]
        for split, bins in self.calibration.items():
            lines += [
                "",
                said(
                    f"probabilité   paires  moyenne  part de vraies ({split})",
                    f"probability   pairs   mean     share of true ones ({split})",
                ),
            ]
            lines += [
                f"{b.low:.2f} – {b.high:.2f}   {b.pairs:<7} {b.mean_probability:<8.3f} "
                f"{b.true_share:.3f}"
                for b in bins
            ]
        if self.kinds:
            lines += [
                "",
                said(
                    "classement         jeu       actions  précision  couverture",
                    "classification     split     actions  precision  coverage",
                ),
            ]
        lines += [
            f"{k.what:<18} {k.split:<9} {k.actions:<8} {k.precision:<10.3f} {k.coverage:.3f}"
            for k in self.kinds
        ]
        return "\n".join([*lines, "", *self.mistakes]).rstrip() + "\n"


def best_threshold(values: np.ndarray, truth: np.ndarray) -> float:
    """The value from which calling pairs true gives the best F1."""
    return float(max(np.unique(values), key=lambda t: _prf(truth, values >= t)[2]))


def scored(method: str, split: str, threshold: float, truth: np.ndarray, said: np.ndarray) -> Score:
    """How well what is `said` of each pair meets the `truth`."""
    precision, recall, f1 = _prf(truth, said)
    return Score(
        method=method,
        split=split,
        threshold=threshold,
        pairs=len(truth),
        precision=precision,
        recall=recall,
        f1=f1,
    )


def calibration(probability: np.ndarray, truth: np.ndarray) -> list[Bin]:
    """For each band of probability: how many pairs, their mean probability, the share of true."""
    bins = []
    for low, high in pairwise(BINS):
        inside = (probability >= low) & ((probability < high) | (high == BINS[-1]))
        if inside.any():
            bins.append(
                Bin(
                    low=low,
                    high=high,
                    pairs=int(inside.sum()),
                    mean_probability=float(probability[inside].mean()),
                    true_share=float(truth[inside].mean()),
                )
            )
    return bins


def _prf(truth: np.ndarray, said: np.ndarray) -> tuple[float, float, float]:
    right = float((truth & said).sum())
    precision = right / said.sum() if said.any() else 0.0
    recall = right / truth.sum() if truth.any() else 0.0
    total = precision + recall
    return float(precision), float(recall), float(2 * precision * recall / total if total else 0.0)
