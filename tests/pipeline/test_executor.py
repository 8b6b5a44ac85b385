import json
import os
import subprocess
import sys
from contextlib import ExitStack
from pathlib import Path

import dask
import pytest
import readers
import typeset

from pipeline.errors import FiliationError
from pipeline.extract import extract
from pipeline.normalize import normalize
from pipeline.worker import Limits

REFERENCE = Path(__file__).parents[2] / "data/reference"
distributed = pytest.importorskip("distributed")


@pytest.fixture(scope="module")
def scheduler():
    """Address of a scheduler with two ordinary workers, each in processes of its own."""
    with ExitStack() as stack:
        cluster = stack.enter_context(
            distributed.LocalCluster(
                n_workers=0, protocol="tcp", host="127.0.0.1", dashboard_address=None
            )
        )
        command = (sys.executable, "-m", "distributed.cli.dask_worker", cluster.scheduler_address)
        for _ in range(2):
            worker = subprocess.Popen(
                [*command, "--nthreads=1", "--no-dashboard"],
                env={**os.environ, "PYTHONPATH": os.pathsep.join(sys.path)},
                stderr=subprocess.DEVNULL,
            )
            stack.callback(worker.wait)
            stack.callback(worker.terminate)
        with distributed.Client(cluster) as client:
            client.wait_for_workers(2, timeout=60)
        yield cluster.scheduler_address


def test_workers_of_dask_write_what_local_processes_write_though_one_is_lost(tmp_path, scheduler):
    raw = tmp_path / "raw"
    for number in range(4):
        typeset.pdf(raw / f"acte-{number}.pdf", pages=number + 1)
    for name in ("crashes", "refuses", "loses-its-machine-once"):
        typeset.pdf(raw / f"{name}.pdf")

    extract(raw, tmp_path / "there", reader=readers.hostile, scheduler=scheduler)
    assert reads(raw / "loses-its-machine-once.pdf") == 2
    extract(raw, tmp_path / "here", reader=readers.hostile)

    assert content(tmp_path / "there") == content(tmp_path / "here")


def test_pdfs_and_results_at_urls_give_the_same_tables_though_a_range_of_pages_is_lost(
    tmp_path, scheduler
):
    raw = tmp_path / "raw"
    typeset.pdf(raw / "2031/court.pdf")
    typeset.pdf(raw / "long.PDF", pages=8)
    (raw / "vide.pdf").touch()
    (tmp_path / "shared").mkdir()

    extract(
        raw.as_uri(),
        tmp_path / "there/extracted",
        limits=Limits(pages_at_once=3),
        reader=readers.LosesMachineOnce(tmp_path / "lost"),
        scheduler=scheduler,
        scratch=(tmp_path / "shared").as_uri(),
    )
    assert (tmp_path / "lost").exists()
    assert list((tmp_path / "shared").iterdir()) == []
    extract(raw, tmp_path / "here/extracted")
    for out in (tmp_path / "there", tmp_path / "here"):
        normalize(out / "extracted", REFERENCE, out / "normalized")

    for stage in ("extracted", "normalized"):
        there, here = (content(tmp_path / run / stage) for run in ("there", "here"))
        assert there == here
        assert len(here) > 2


def test_a_document_that_every_machine_is_lost_with_is_given_up_and_named(tmp_path, scheduler):
    typeset.pdf(tmp_path / "raw/loses-its-machine.pdf")
    typeset.pdf(tmp_path / "raw/sound.pdf")

    report = extract(
        tmp_path / "raw", tmp_path / "out", reader=readers.hostile, scheduler=scheduler
    )

    assert report.read == ("sound",)
    (refused,) = json.loads((tmp_path / "out/unreadable.json").read_text())
    assert refused["document_id"] == "loses-its-machine"
    assert "(2 essais)" in refused["reason"]


def reads(pdf: Path) -> int:
    return len(pdf.with_suffix(".reads").read_text().splitlines())


def content(folder: Path) -> dict[str, bytes]:
    return {str(p.relative_to(folder)): p.read_bytes() for p in folder.rglob("*") if p.is_file()}


def test_a_scheduler_that_does_not_answer_is_an_error(tmp_path):
    typeset.pdf(tmp_path / "raw/a.pdf")
    with (
        dask.config.set({"distributed.comm.timeouts.connect": "1s"}),
        pytest.raises(FiliationError, match="ne répond pas"),
    ):
        extract(tmp_path / "raw", tmp_path / "out", scheduler="tcp://127.0.0.1:9")
