"""A worker is a process of its own that converts one source after the other: `python -m thidua.batch.worker FD`.

A process can be given up without harm to the others: when a source takes too long, or when a library crashes on it.
Parent and worker talk over a socket: the worker asks for work (None) or sends an Outcome, the parent answers with
what to convert.
"""

from __future__ import annotations

import contextlib
import os
import signal
import subprocess
import sys
import tempfile
import time
from multiprocessing.connection import Connection, Pipe
from pathlib import Path
from types import TracebackType
from typing import Self

from ..errors import SetupError, SourceError, SourceTimeout, ThiduaError
from .outcome import Outcome, convert_to_outcome

_ONE_THREAD = {"OMP_THREAD_LIMIT": "1", "OMP_NUM_THREADS": "1", "OPENBLAS_NUM_THREADS": "1"}


class Worker:
    """The parent's end of a worker process."""

    def __init__(self, *, timeout: float | None = None, lexicon: Path | None = None) -> None:
        """timeout: seconds that one source may take; lexicon: a file of the user's own words."""
        self.timeout = timeout
        self.lexicon = lexicon
        self.source: str | None = None
        self.given = 0
        self._deadline: float | None = None
        self.connection, theirs = Pipe()
        self._stderr = tempfile.TemporaryFile()  # noqa: SIM115 - closed with the worker
        package_root = str(Path(__file__).resolve().parents[2])
        paths = [package_root, *filter(None, [os.environ.get("PYTHONPATH")])]
        self._process = subprocess.Popen(
            [sys.executable, "-m", __name__, str(theirs.fileno())],
            pass_fds=[theirs.fileno()],
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=self._stderr,
            env={**os.environ, **_ONE_THREAD, "PYTHONPATH": os.pathsep.join(paths)},
            start_new_session=True,  # Ctrl-C reaches the parent only, and a worker ends together with its Tesseract
        )
        theirs.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def give(self, source: str) -> None:
        """Let the worker convert a source. Only after it has asked."""
        self.source = source
        self.given += 1
        self._deadline = None if self.timeout is None else time.monotonic() + self.timeout
        self.connection.send((source, self.lexicon))

    def seconds_left(self) -> float | None:
        """Seconds until the source in work is given up; None where there is no limit."""
        return None if self._deadline is None else max(0.0, self._deadline - time.monotonic())

    def receive(self) -> Outcome | None:
        """The outcome of the source in work, or None where the worker only asks for work. Blocks until one is there.

        A source that took too long, or that ended the process, has an outcome too; the worker is `dead` then.
        Raises SetupError where the worker ended before it had work.
        """
        if not self.connection.poll(self.seconds_left()):
            self.close()
            error = SourceTimeout(
                f"{self.source} took longer than {self.timeout:g} s", remedy="Convert it alone with a longer --timeout"
            )
            return self._lost(error)
        try:
            message = self.connection.recv()
        except (EOFError, OSError):
            return self._ended()
        self.source = self._deadline = None
        if isinstance(message, ThiduaError):
            raise message
        return message if isinstance(message, Outcome) else None

    @property
    def dead(self) -> bool:
        return self._process.poll() is not None

    def close(self) -> None:
        """End the process, and the programs that it has started, at once."""
        if self._process.returncode is None:
            with contextlib.suppress(ProcessLookupError):  # it may just have ended by itself
                os.killpg(self._process.pid, signal.SIGKILL)
            self._process.wait()
        self.connection.close()
        self._stderr.close()

    def _ended(self) -> Outcome:
        code = self._process.wait()
        self._stderr.seek(0)
        said = self._stderr.read().decode("utf-8", "replace").strip().splitlines()
        last = f" ({said[-1]})" if said else ""
        self.close()
        if self.source is None:
            raise SetupError(f"A worker process cannot start{last}", remedy="Install thidua again")
        how = f"by signal {signal.Signals(-code).name}" if code < 0 else f"with exit code {code}"
        error = SourceError(
            f"{self.source}: the worker process ended {how}{last}",
            remedy="Memory may have run out: convert it again with --workers 1",
        )
        return self._lost(error)

    def _lost(self, error: ThiduaError) -> Outcome:
        return Outcome(self.source or "", error=error, seconds=self.timeout or 0.0)


def main(descriptor: int) -> None:
    """The worker's own loop; ends when the parent hangs up."""
    with Connection(descriptor) as connection:
        connection.send(_prepared())
        while True:
            try:
                source, lexicon = connection.recv()
            except EOFError:
                return
            connection.send(convert_to_outcome(source, lexicon))


def _prepared() -> ThiduaError | None:
    """Load the program before a source's time starts to count."""
    try:
        from .. import convert  # noqa: F401
    except ThiduaError as error:
        return error
    return None


if __name__ == "__main__":
    main(int(sys.argv[1]))
