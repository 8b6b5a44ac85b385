"""The stage."""

from pathlib import Path

from pipeline.link import link
from pipeline.models import Action, CandidatePair, Finding, Lineage, Link, Territory
from pipeline.store import read_records, write_records
from tests.pipeline.linked_actions import BOTH, REFERENCE, VALMORE, linked


def test_the_stage_writes_its_tables(tmp_path: Path) -> None:
    write_records(BOTH, Action, tmp_path / "in")
    write_records([VALMORE], Territory, tmp_path / "in")
    report = link(tmp_path / "in", REFERENCE, tmp_path / "out")
    assert report.computed == ("in", "jugements")
    here = linked(BOTH)
    assert len(read_records(Link, tmp_path / "out")) == len(here.links) == 4
    assert len(read_records(Lineage, tmp_path / "out")) == len(here.lineages) == len(BOTH)
    assert len(read_records(CandidatePair, tmp_path / "out")) == len(here.candidates)
    assert read_records(Finding, tmp_path / "out") == []
