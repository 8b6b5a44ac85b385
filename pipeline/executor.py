"""Where documents are read: by this machine, or by the workers of a Dask scheduler."""

import multiprocessing
from collections.abc import Iterable, Iterator
from concurrent.futures import BrokenExecutor, Executor, ThreadPoolExecutor, as_completed
from contextlib import contextmanager
from dataclasses import dataclass

from pipeline.errors import FiliationError
from pipeline.worker import Limits, Reader, Refusal, Task, end_readers, read_one, read_pdf

TRIES = 2  # of a document whose machine was lost

Pool = tuple[Executor, type[Exception]]  # and what a future raises whose machines were lost


@dataclass(frozen=True, slots=True)
class Outcome:
    """A finished task; `refusal` is None when the document was read into `task.result`."""

    task: Task
    refusal: Refusal | None


def read_all(
    tasks: Iterable[Task],
    jobs: int,
    limits: Limits,
    reader: Reader = read_pdf,
    scheduler: str | None = None,
) -> Iterator[Outcome]:
    """Read each task in a process of its own, at most `jobs` at a time, or as many as there are
    worker threads of `scheduler` ("tcp://host:8786"); outcomes come as they finish.

    The workers must see files under the same paths. What a lost worker was reading is read by
    another, once. Raises FiliationError when Dask is not installed or the scheduler does not
    answer, OSError when the disk is full. Processes left are ended with the generator.
    """
    with local(jobs) if scheduler is None else dask(scheduler) as (executor, Lost):
        futures = {executor.submit(attempt, task, limits, reader): task for task in tasks}
        for future in as_completed(futures):
            task = futures.pop(future)
            try:
                yield Outcome(task, future.result())
            except Lost:
                yield Outcome(task, given_up(limits))


@contextmanager
def local(jobs: int) -> Iterator[Pool]:
    """Threads that each wait for one process."""
    executor = ThreadPoolExecutor(max(1, jobs))
    try:
        yield executor, BrokenExecutor
    finally:
        executor.shutdown(wait=False, cancel_futures=True)
        end_readers()
        executor.shutdown()


@contextmanager
def dask(scheduler: str) -> Iterator[Pool]:
    """The workers of a scheduler; raises FiliationError when there is none."""
    try:
        from distributed import Client, KilledWorker
    except ImportError as error:
        raise FiliationError(
            "Dask manque : pip install 'filiation[dask]'.",
            "Dask is missing: pip install 'filiation[dask]'.",
        ) from error
    try:
        client = Client(scheduler)
    except (OSError, ValueError) as error:
        raise FiliationError(
            f"Le planificateur Dask {scheduler} ne répond pas : vérifiez son adresse.",
            f"The Dask scheduler {scheduler} does not answer: check its address.",
        ) from error
    with client:
        executor = client.get_executor(pure=False)
        try:
            yield executor, KilledWorker
        finally:
            executor.shutdown(wait=False)


def attempt(task: Task, limits: Limits, reader: Reader) -> Refusal | None:
    """`read_one`, unless as many tries as are allowed did not come back.

    Tries are counted beside the result: no worker outlives the one that it was lost with.
    """
    tries = task.result.with_name(f"{task.result.name}.tries")
    try:
        with tries.open("ab", buffering=0) as file:
            file.write(b".")
            if file.tell() > TRIES:
                return given_up(limits)
    except OSError as error:  # a full disk
        raise OSError(error.errno, error.strerror, str(tries)) from error
    multiprocessing.current_process().daemon = False  # as Dask makes it; it has to start one
    return read_one(task, limits, reader)


def given_up(limits: Limits) -> Refusal:
    return Refusal(
        reason=f"Les machines qui lisaient ce document se sont arrêtées ({TRIES} essais).",
        advice="Lisez-le seul, avec moins de mémoire permise que n'en a la machine "
        f"(--limit memory_mb=N ; ici {limits.memory_mb}).",
        english=f"The machines that read this document stopped ({TRIES} tries). Read it alone, "
        "with less memory allowed than the machine has "
        f"(--limit memory_mb=N; here {limits.memory_mb}).",
    )
