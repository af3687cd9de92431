"""Archives: many sources, several processes or machines; one bad source never costs another."""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from ..errors import ThiduaError
from ..record import CampaignRecord
from .engines import local
from .outcome import Outcome
from .run import Batch, Report, run
from .sources import find_sources, parse_shard

__all__ = ["Batch", "Outcome", "Report", "Result", "convert_many", "parse_shard", "run"]


@dataclass(frozen=True, slots=True)
class Result:
    """One source of many: its record, or the error that says why there is none."""

    source: str
    record: CampaignRecord | None = None
    error: ThiduaError | None = None


def convert_many(
    paths: Iterable[str | Path],
    *,
    workers: int | None = None,
    timeout: float | None = None,
    lexicon: Path | None = None,
) -> Iterator[Result]:
    """Convert files, folders and globs on worker processes (None: one a core); results come as they are ready.

    timeout: seconds that one source may take; lexicon: a file of the user's own words and phrases.
    An error of one source is its result and costs no other.
    """
    found = find_sources(paths)
    for path, error in found.missing:
        yield Result(path, error=error)
    workers = workers or len(os.sched_getaffinity(0))
    for outcome in local(found.files, workers=workers, timeout=timeout, lexicon=lexicon):
        record = None if outcome.record is None else CampaignRecord.model_validate_json(outcome.record)
        yield Result(outcome.source, record, outcome.error)
