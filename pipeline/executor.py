"""Where documents are read: by this machine, or by the workers of a Dask scheduler."""

import multiprocessing
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import BrokenExecutor, Executor, Future, ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from itertools import pairwise
from pathlib import Path
from queue import SimpleQueue
from tempfile import TemporaryDirectory

from pipeline import remote
from pipeline.errors import FiliationError
from pipeline.worker import Limits, Long, Reader, Refusal, Task, end_readers, read_one, read_pdf

TRIES = 2  # of a unit of work whose machine was lost
AHEAD = 2  # units of work sent for each thread of a scheduler's workers

Answer = Refusal | Long | None


@dataclass(frozen=True, slots=True)
class Pool:
    """Where units of work are sent, what a future raises whose machines were lost, and how many
    units to send before one comes back."""

    executor: Executor
    lost: type[Exception]
    room: Callable[[], int]


@dataclass(slots=True)
class _Parted:
    """A long document, its ranges, how many of them are not back, and those refused, by their first
    page."""

    task: Task
    ranges: tuple[Task, ...]
    left: int
    refused: dict[int, Refusal] = field(default_factory=dict)


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
    worker threads of `scheduler` ("tcp://host:8786"); outcomes come as they finish. A task is taken
    from `tasks` when there is room for it.

    A long document is read in ranges of its pages, each a unit of work like a short document; the
    first range that is refused costs the document. The workers must see files under the same paths
    or URLs; a result in `shared` is left there.
    What a lost worker was reading is read by another, once. Raises FiliationError when Dask is not
    installed or the scheduler does not answer, OSError when the disk is full. Processes left are
    ended with the generator.
    """
    plan = _Plan(tasks, limits)
    sent: dict[Future[Answer], Task] = {}
    done: SimpleQueue[Future[Answer]] = SimpleQueue()
    with local(jobs) if scheduler is None else dask(scheduler) as pool:
        while True:
            room = max(1, pool.room())
            while len(sent) < room and (task := plan.next()):
                future = pool.executor.submit(attempt, task, limits, reader)
                sent[future] = task
                future.add_done_callback(done.put)
            if not sent:
                return
            future = done.get()
            task = sent.pop(future)
            try:
                answer = future.result()
            except pool.lost:
                answer = given_up(limits)
            outcome = plan.settle(task, answer)
            if outcome is not None:
                yield outcome


class _Plan:
    """What is still to be read, in order: the ranges of a long document come before others."""

    def __init__(self, tasks: Iterable[Task], limits: Limits) -> None:
        self._tasks = iter(tasks)
        self._ranges: deque[Task] = deque()
        self._at_once = limits.pages_at_once
        self._parted: dict[str, _Parted] = {}

    def next(self) -> Task | None:
        """What to read now; None where all is sent."""
        return self._ranges.popleft() if self._ranges else next(self._tasks, None)

    def settle(self, task: Task, answer: Answer) -> Outcome | None:
        """Take note of what came of `task`; the outcome, when its document is finished."""
        if isinstance(answer, Long):
            ranges = tuple(_ranges(task, answer.pages, self._at_once))
            self._parted[task.document_id] = _Parted(task, ranges, len(ranges))
            self._ranges.extendleft(reversed(ranges))
            return None
        if task.pages is None:
            _remove(task.parts)
            return Outcome(task, answer)
        document = self._parted[task.document_id]
        document.left -= 1
        if answer is not None:
            document.refused[task.pages.start] = _of_pages(answer, task.pages)
            document.left -= self._forget_behind(task.document_id, task.pages)
        return None if document.left else self._parted_is_read(document)

    def _forget_behind(self, document_id: str, pages: range) -> int:
        """Read no range of a document behind `pages`, which were refused; how many there were."""
        behind = [
            task
            for task in self._ranges
            if task.document_id == document_id and task.pages and task.pages.start > pages.start
        ]
        for task in behind:
            self._ranges.remove(task)
        return len(behind)

    def _parted_is_read(self, document: _Parted) -> Outcome | None:
        task = document.task
        del self._parted[task.document_id]
        parts = tuple(part.result for part in document.ranges)
        if document.refused:
            _remove(parts)
            return Outcome(task, document.refused[min(document.refused)])
        result = task.result.with_name(f"{task.result.name}.whole")
        self._ranges.appendleft(replace(task, parts=parts, result=result))
        return None


def _ranges(task: Task, pages: int, at_once: int) -> Iterator[Task]:
    """`task` in ranges of at most `at_once` pages, about as many in each."""
    count = -(-pages // at_once)
    borders = [1 + pages * i // count for i in range(count + 1)]
    for first, end in pairwise(borders):
        result = task.result.with_name(f"{task.result.name}.{first}")
        yield replace(task, pages=range(first, end), result=result)


def _of_pages(refusal: Refusal, pages: range) -> Refusal:
    first, last = pages.start, pages.stop - 1
    return Refusal(
        reason=f"Pages {first} à {last} : {refusal.reason}",
        advice=refusal.advice,
        english=f"Pages {first} to {last}: {refusal.english}",
    )


def _remove(files: Iterable[Path]) -> None:
    for file in files:
        file.unlink(missing_ok=True)


@contextmanager
def local(jobs: int) -> Iterator[Pool]:
    """Threads that each wait for one process."""
    executor = ThreadPoolExecutor(max(1, jobs))
    try:
        yield Pool(executor, BrokenExecutor, lambda: jobs)
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
            yield Pool(executor, KilledWorker, lambda: AHEAD * sum(client.nthreads().values()))
        finally:
            executor.shutdown(wait=False)


def attempt(task: Task, limits: Limits, reader: Reader) -> Answer:
    """`read_one` where the files are at hand, unless as many tries as are allowed did not come
    back."""
    try:
        if _count_try(task) > TRIES:
            return given_up(limits)
        multiprocessing.current_process().daemon = False  # as Dask makes it; it has to start one
        if not (task.url or task.shared):
            return read_one(task, limits, reader)
        with TemporaryDirectory(prefix="filiation-") as folder:
            near = _brought(task, Path(folder))
            answer = read_one(near, limits, reader)
            if answer is None and task.shared:
                remote.send(near.result, task.address)
            return answer
    except FiliationError as error:
        return Refusal(
            reason=error.french, advice="Puis recommencez.", english=f"{error.english} Try again."
        )


def _count_try(task: Task) -> int:
    """Tries are counted beside the result: no worker outlives the one that it was lost with."""
    if task.shared:
        return remote.count_try(f"{task.address}.try")
    tries = task.result.with_name(f"{task.result.name}.tries")
    try:
        with tries.open("ab", buffering=0) as file:
            file.write(b".")
            return file.tell()
    except OSError as error:  # a full disk
        raise OSError(error.errno, error.strerror, str(tries)) from error


def _brought(task: Task, folder: Path) -> Task:
    """`task` with its files in `folder`, as far as they are elsewhere."""
    if task.url:
        task = replace(task, path=remote.fetch(task.url, folder / task.path.name))
    if task.shared:
        parts = tuple(
            remote.fetch(f"{task.shared}/{part.name}", folder / part.name) for part in task.parts
        )
        task = replace(task, parts=parts, result=folder / task.result.name)
    return task


def given_up(limits: Limits) -> Refusal:
    return Refusal(
        reason=f"Les machines qui lisaient ce document se sont arrêtées ({TRIES} essais).",
        advice="Lisez-le seul, avec moins de mémoire permise que n'en a la machine "
        f"(--limit memory_mb=N ; ici {limits.memory_mb}).",
        english=f"The machines that read this document stopped ({TRIES} tries). Read it alone, "
        "with less memory allowed than the machine has "
        f"(--limit memory_mb=N; here {limits.memory_mb}).",
    )
