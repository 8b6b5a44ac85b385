"""Where documents are read: processes of this machine, or the workers of a Dask scheduler."""

from collections.abc import Iterable, Iterator
from concurrent.futures import as_completed

from pipeline.errors import FiliationError
from pipeline.worker import Limits, Outcome, Reader, Refusal, Task, read_all, read_one, read_pdf


def read_anywhere(
    tasks: Iterable[Task],
    jobs: int,
    limits: Limits,
    reader: Reader = read_pdf,
    scheduler: str | None = None,
) -> Iterator[Outcome]:
    """`read_all` on this machine, or by the workers of `scheduler` ("tcp://host:8786").

    The workers must see the PDFs and the results under the same paths. What a lost worker was
    reading is read by another, as often as the scheduler's `allowed-failures` permits. Raises
    FiliationError when Dask is not installed or the scheduler does not answer.
    """
    if scheduler is None:
        yield from read_all(tasks, jobs, limits, reader)
        return
    try:
        from distributed import Client, KilledWorker
    except ImportError as error:
        raise FiliationError("Dask manque : pip install 'filiation[dask]'.") from error
    try:
        client = Client(scheduler)
    except OSError as error:
        raise FiliationError(f"Le planificateur Dask {scheduler} ne répond pas.") from error
    with client, client.get_executor(pure=False) as executor:
        futures = {executor.submit(read_one, task, limits, reader): task for task in tasks}
        for future in as_completed(futures):
            try:
                refusal = future.result()
            except KilledWorker as error:
                refusal = Refusal(
                    reason=f"Chaque machine qui a lu ce document s'est arrêtée ({error.allowed_failures + 1} essais).",
                    advice="Lisez-le seul, avec plus de mémoire (--limit memory_mb=N).",
                )
            yield Outcome(futures[future], refusal)
