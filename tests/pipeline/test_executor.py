import os
import signal
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

distributed = pytest.importorskip("distributed")


def test_workers_of_dask_write_what_local_processes_write_though_one_is_killed(tmp_path):
    for number in range(4):
        typeset.pdf(tmp_path / f"raw/acte-{number}.pdf", pages=number + 1)
    typeset.pdf(tmp_path / "raw/crashes.pdf")
    extract(tmp_path / "raw", tmp_path / "here", reader=readers.hostile)
    paths = os.pathsep.join(sys.path)
    killed: list[int] = []
    with ExitStack() as stack:
        cluster = stack.enter_context(
            distributed.LocalCluster(
                n_workers=0, protocol="tcp", host="127.0.0.1", dashboard_address=None
            )
        )
        workers = [
            subprocess.Popen(
                [
                    *(sys.executable, "-m", "distributed.cli.dask_worker"),
                    *(cluster.scheduler_address, "--no-nanny", "--nthreads=1", "--no-dashboard"),
                ],
                env={**os.environ, "PYTHONPATH": paths},
                stderr=subprocess.DEVNULL,
            )
            for _ in range(2)
        ]
        for worker in workers:
            stack.callback(worker.wait)
            stack.callback(worker.kill)
        with distributed.Client(cluster) as client:
            client.wait_for_workers(2, timeout=60)

        def kill_one(done: int, total: int, filename: str) -> None:
            if filename and not killed:
                killed.append(workers[0].pid)
                os.kill(workers[0].pid, signal.SIGKILL)

        extract(
            tmp_path / "raw",
            tmp_path / "there",
            reader=readers.hostile,
            scheduler=cluster.scheduler_address,
            progress=kill_one,
        )
    assert killed
    assert content(tmp_path / "here") == content(tmp_path / "there")


def content(folder: Path) -> dict[str, bytes]:
    return {p.name: p.read_bytes() for p in folder.iterdir()}


def test_a_scheduler_that_does_not_answer_is_an_error(tmp_path):
    typeset.pdf(tmp_path / "raw/a.pdf")
    with (
        dask.config.set({"distributed.comm.timeouts.connect": "1s"}),
        pytest.raises(FiliationError, match="ne répond pas"),
    ):
        extract(tmp_path / "raw", tmp_path / "out", scheduler="tcp://127.0.0.1:9")
