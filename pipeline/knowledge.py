"""What people decided once for all territories on how actions look alike."""

from collections.abc import Mapping
from dataclasses import dataclass, fields
from pathlib import Path

import numpy as np

from normalizers.lexicon import Lexicon
from normalizers.links.matching import SharedWeights
from normalizers.links.similarity import FEATURES, Pairs
from normalizers.links.spaces import Floats
from normalizers.reference import MalformedError, read_rows
from normalizers.terms import acronym_table
from pipeline.errors import reference_explained

Acronyms = Mapping[str, tuple[str, ...]]


@dataclass(frozen=True)
class Knowledge:
    """What people decided once for all territories: acronyms, concepts, the weight of evidence."""

    acronyms: Acronyms
    concepts: Lexicon
    bias: float
    weights: tuple[float, ...]
    shared: SharedWeights

    def logits(self, pairs: Pairs) -> Floats:
        """Log-odds of each pair before its rivals are heard."""
        return np.asarray(pairs.features @ np.array(self.weights) + self.bias)


def read_lexicon(path: Path, entry_column: str) -> Lexicon:
    """The lexicon of a CSV with `entry_column`, `terms` (separated by ';') and others."""
    return Lexicon(read_rows(path, (entry_column, "terms")), entry_column)


@reference_explained()
def read_knowledge(reference_dir: Path) -> Knowledge:
    """Acronyms, concepts and weights of `reference_dir`."""
    acronyms = read_rows(reference_dir / "acronyms.csv", ("acronym", "expansion"))
    path = reference_dir / "link_weights.csv"
    weights = {}
    for line, row in enumerate(read_rows(path, ("feature", "weight")), 2):
        try:
            weights[row["feature"]] = float(row["weight"])
        except ValueError as error:
            raise MalformedError(path, line, "poids illisible", "weight is no number") from error
    shared = [f.name for f in fields(SharedWeights)]
    known = {*FEATURES, "bias", *(f"partage_{s}" for s in shared)}
    if odd := ", ".join(sorted(weights.keys() ^ known)):
        raise MalformedError(
            path, None, f"critère absent ou inconnu : {odd}", f"sign missing or unknown: {odd}"
        )
    return Knowledge(
        acronyms=acronym_table((r["acronym"], r["expansion"]) for r in acronyms),
        concepts=read_lexicon(reference_dir / "concepts.csv", "concept"),
        bias=weights["bias"],
        weights=tuple(weights[f] for f in FEATURES),
        shared=SharedWeights(**{s: weights[f"partage_{s}"] for s in shared}),
    )
