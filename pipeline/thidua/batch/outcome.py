"""What became of one source in a batch: the value that workers send back."""

from __future__ import annotations

import resource
import sys
import time
import traceback
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

from ..errors import SourceError, ThiduaError

if TYPE_CHECKING:
    from ..restore import Lexicon


@dataclass(frozen=True, slots=True)
class Outcome:
    """record: the record as JSON, or None with the error; text: the restored text, into which its evidence points.

    seconds: wall clock; peak_memory: bytes, of the worker.
    """

    source: str
    record: str | None = None
    text: str = ""
    error: ThiduaError | None = None
    record_id: str = ""
    pages: int = 0
    seconds: float = 0.0
    peak_memory: int = 0


def convert_to_outcome(source: str, lexicon: Path | None = None) -> Outcome:
    """Convert one source; whatever goes wrong is in the outcome. lexicon: a file of the user's own words."""
    from ..convert import read, to_record  # heavy: loaded in workers, not where they are started

    start = time.monotonic()
    try:
        restored = read(source, lexicon=_lexicon(lexicon))
        record = to_record(source, restored)
    except ThiduaError as error:
        return Outcome(source, error=error, seconds=time.monotonic() - start, peak_memory=peak_memory())
    except Exception as error:  # a fault of the program must not cost the other sources
        return Outcome(source, error=_fault(source, error), seconds=time.monotonic() - start, peak_memory=peak_memory())
    return Outcome(
        source=source,
        record=record.to_json(),
        text=restored.text,
        record_id=record.record_id,
        pages=record.source.pages,
        seconds=time.monotonic() - start,
        peak_memory=peak_memory(),
    )


@cache
def _lexicon(path: Path | None) -> Lexicon | None:
    from ..restore import Lexicon

    return Lexicon.read(path) if path else None


def peak_memory() -> int:
    """Bytes that this process has had in memory at most."""
    used = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return used if sys.platform == "darwin" else used * 1024  # Linux counts in kilobytes


def _fault(source: str, error: Exception) -> SourceError:
    place = traceback.extract_tb(error.__traceback__)[-1]
    where = f"{place.filename}:{place.lineno}"
    return SourceError(
        f"{source}: the program failed with {type(error).__name__}: {error} ({where})",
        remedy="Report this together with the file; the other sources are not affected",
    )
