"""All stages in one go, without DVC: a folder of PDFs becomes a database."""

import gc
from contextlib import suppress
from dataclasses import dataclass
from importlib import import_module
from pathlib import Path
from typing import Unpack

import pipeline
from pipeline.errors import FiliationError, check_folder
from pipeline.extract import ExtractReport, Reading, extract
from pipeline.status import Status, status
from pipeline.store import table_folders

DATABASE = "filiation.duckdb"
METRICS = "metrics.json"


@dataclass(frozen=True, slots=True)
class BuildReport:
    """What was read and what the database holds; None when no document could be read."""

    extracted: ExtractReport
    status: Status | None

    @property
    def exit_code(self) -> int:
        """0: every document was read; 2: some could not be read, all or in part, or hold no
        convention; 1: none."""
        state = self.status
        if state is None or not any(line.recognised for line in state.documents):
            return 1
        return 2 if self.extracted.unreadable or state.unrecognised or state.partial else 0


def build(
    raw: Path | str,
    out_dir: Path,
    reference_dir: Path | None = None,
    **reading: Unpack[Reading],
) -> BuildReport:
    """Read every PDF of `raw` and write `out_dir/filiation.duckdb` with all stages' files; see
    `extract`.

    Raises FiliationError when `raw` holds no PDF or there are no reference data, OSError when
    `out_dir` cannot be written.
    """
    reference_dir = reference_folder(reference_dir)
    extracted = extract(raw, out_dir / "extracted", **reading)
    return derive(extracted, out_dir, reference_dir, reading.get("jobs", 1))


def reference_folder(given: Path | None = None) -> Path:
    """`given`; else `data/reference` of the working folder, of the checkout, or the installed copy.

    Raises FiliationError where there is none.
    """
    if given is not None:
        check_folder(given, "celui des données de référence", "that of the reference data")
        return given
    home = Path(pipeline.__path__[0]).parent
    for folder in (Path("data/reference"), home / "data/reference", home / "filiation_reference"):
        if folder.is_dir():
            return folder
    raise FiliationError(
        "Pas de données de référence : donnez leur dossier avec --reference.",
        "No reference data: give their folder with --reference.",
    )


def prepare(out_dir: Path) -> None:
    """While documents are being read, import what `derive` uses, which costs seconds, and look at
    the files of `out_dir` that it will look at."""
    for name in ("pandas", "pipeline.link", "pipeline.load", "pipeline.normalize"):
        import_module(name)
    from pipeline.delta import is_sealed
    from pipeline.normalize import read_heads
    from pipeline.partition import hash_of

    with suppress(Exception):  # `derive` will say what is wrong
        read_heads(out_dir / "extracted")
        for stage in ("normalized", "linked"):
            for folder in table_folders(out_dir / stage):
                hash_of(folder.glob("*.parquet"))
        is_sealed(out_dir / DATABASE)
    gc.freeze()  # what stands here stays: it is not looked through for garbage


def derive(
    extracted: ExtractReport, out_dir: Path, reference_dir: Path, jobs: int = 1
) -> BuildReport:
    """The stages after `extract`, on `out_dir/extracted`; nothing when no document was read."""
    from pipeline.link import link
    from pipeline.load import load
    from pipeline.normalize import normalize

    if not extracted.documents:
        return BuildReport(extracted, None)
    normalized, linked = out_dir / "normalized", out_dir / "linked"
    normalize(out_dir / "extracted", reference_dir, normalized, jobs)
    link(normalized, reference_dir, linked, jobs)
    load(normalized, linked, out_dir / DATABASE, out_dir / METRICS)
    return BuildReport(extracted, status(out_dir / DATABASE))
