"""The ledger of an output folder: what became of every source, with the records themselves, safe at every moment.

A run that is repeated finds there what need not be done again; all other files of the folder are written from it.
"""

from __future__ import annotations

import os
import sqlite3
import zlib
from collections.abc import Iterator
from pathlib import Path
from types import TracebackType
from typing import Self

from ..errors import UsageError
from .outcome import Outcome

FILE_NAME = "ledger.sqlite"
VERSION = 1

_TABLES = """
CREATE TABLE IF NOT EXISTS sources (
    path BLOB PRIMARY KEY,      -- as the file system spells it
    key TEXT NOT NULL,          -- of the file's state and the program that converted it
    seconds REAL NOT NULL,
    pages INTEGER NOT NULL,
    record_id TEXT NOT NULL,    -- '' where it failed
    record BLOB,                -- the record as JSON, deflated; NULL where it failed
    error TEXT, message TEXT, remedy TEXT
)
"""


class Ledger:
    """Opened by one run at a time. Every entry is on disk when `enter` returns."""

    def __init__(self, folder: Path) -> None:
        """Raises UsageError where another run has the folder, or where its ledger is of another version."""
        try:
            folder.mkdir(parents=True, exist_ok=True)
        except OSError as error:
            raise UsageError(f"{folder} cannot be made: {error.strerror}", remedy="Choose another --out") from error
        path = folder / FILE_NAME
        self._database = sqlite3.connect(path, timeout=0, isolation_level=None)
        try:
            self._database.execute("PRAGMA locking_mode = EXCLUSIVE")
            self._database.execute("BEGIN EXCLUSIVE")
            self._database.execute(_TABLES)
            (version,) = self._database.execute("PRAGMA user_version").fetchone()
            if version not in (0, VERSION):
                raise UsageError(f"{path} is of version {version}, not {VERSION}", remedy="Choose another --out")
            self._database.execute(f"PRAGMA user_version = {VERSION}")
            self._database.execute("COMMIT")
        except sqlite3.DatabaseError as error:
            self._database.close()
            if isinstance(error, sqlite3.OperationalError) and "locked" in str(error):
                raise UsageError(f"Another run writes to {folder}", remedy="Wait, or choose another --out") from error
            raise UsageError(f"{path} cannot be used as a ledger: {error}", remedy="Choose another --out") from error

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._database.close()

    def converted(self) -> dict[str, str]:
        """Path -> key of every source that has a record."""
        query = "SELECT path, key FROM sources WHERE record IS NOT NULL"
        return {os.fsdecode(path): key for path, key in self._database.execute(query)}

    def enter(self, outcome: Outcome, key: str) -> None:
        """Enter what became of a source, in place of what was known of it."""
        record = zlib.compress(outcome.record.encode(), 6) if outcome.record is not None else None
        error = outcome.error
        said = (type(error).__name__, error.message, error.remedy) if error else (None, None, None)
        self._database.execute(
            "INSERT OR REPLACE INTO sources VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)",
            (os.fsencode(outcome.source), key, outcome.seconds, outcome.pages, outcome.record_id, record, *said),
        )

    def records(self) -> Iterator[str]:
        """Every record as JSON, in the order of the paths."""
        query = "SELECT record FROM sources WHERE record IS NOT NULL ORDER BY path"
        for (record,) in self._database.execute(query):
            yield zlib.decompress(record).decode()
