"""Where a batch runs: on processes of this machine, or on a Dask cluster. Both give outcomes as they are ready."""

from __future__ import annotations

import importlib
from collections import deque
from collections.abc import Generator, Iterable
from multiprocessing.connection import wait
from pathlib import Path
from typing import Literal

from ..errors import SetupError, SourceError
from .outcome import Outcome
from .worker import Worker

EngineName = Literal["local", "dask"]

Outcomes = Generator[Outcome, None, None]

SOURCES_A_WORKER = 1000  # then it is replaced: what libraries keep in memory does not grow with the archive
CHUNK = 8  # sources that go to a machine of a cluster at a time


def local(
    sources: Iterable[str], *, workers: int, timeout: float | None = None, lexicon: Path | None = None
) -> Outcomes:
    """Outcomes in the order in which they are ready, from so many worker processes.

    timeout: seconds for one source; lexicon: a file of the user's own words. A worker that is lost with its source is
    replaced.
    """
    waiting = deque(sources)
    team: list[Worker] = []
    try:
        while waiting or any(worker.source is not None for worker in team):
            while len(team) < min(workers, len(waiting) + sum(worker.source is not None for worker in team)):
                team.append(Worker(timeout=timeout, lexicon=lexicon))
            for worker in _next_ready(team):
                outcome = worker.receive()
                if worker.dead:
                    team.remove(worker)
                elif waiting and worker.given < SOURCES_A_WORKER:
                    worker.give(waiting.popleft())
                else:
                    team.remove(worker)
                    worker.close()
                if outcome is not None:
                    yield outcome
    finally:
        for worker in team:
            worker.close()


def _next_ready(team: list[Worker]) -> list[Worker]:
    """The workers that have said something or whose time is up; waits until there is one."""
    limits = [left for worker in team if (left := worker.seconds_left()) is not None]
    said = wait([worker.connection for worker in team], timeout=min(limits, default=None))
    return [worker for worker in team if worker.connection in said or worker.seconds_left() == 0]


def dask(
    sources: Iterable[str],
    *,
    workers: int,
    timeout: float | None = None,
    lexicon: Path | None = None,
    scheduler: str | None = None,
) -> Outcomes:
    """The same on a Dask cluster whose machines see the same files; without a scheduler, on one of this machine.

    Raises SetupError where the package is missing or the scheduler does not answer.
    """
    try:
        distributed = importlib.import_module("distributed")
    except ImportError as error:
        raise SetupError("The engine dask needs distributed", remedy="pip install 'thidua[dask]'") from error
    here = {"n_workers": workers, "threads_per_worker": 1, "dashboard_address": None}
    try:
        client = distributed.Client(scheduler or distributed.LocalCluster(**here))
    except OSError as error:
        raise SetupError(f"No Dask scheduler answers at {scheduler}", remedy="Check --scheduler") from error
    with client:
        files = list(sources)
        chunks = [files[k : k + CHUNK] for k in range(0, len(files), CHUNK)]
        # A chunk runs like a small batch on one machine, so time limits and crashes count the same there.
        futures = {client.submit(_convert_there, chunk, timeout, lexicon, pure=False): chunk for chunk in chunks}
        for future in distributed.as_completed(list(futures)):
            chunk = futures.pop(future)
            trouble = future.exception()
            if trouble is None:
                yield from future.result()
                continue
            for source in chunk:
                lost = SourceError(f"{source}: the cluster lost it: {trouble}", remedy="Convert it again")
                yield Outcome(source, error=lost)


def _convert_there(sources: list[str], timeout: float | None, lexicon: Path | None) -> list[Outcome]:
    return list(local(sources, workers=1, timeout=timeout, lexicon=lexicon))
