"""Records -> files. The tables are derived from the record's classes; each format has a file of its own."""

from __future__ import annotations

import importlib.util
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path

from ..errors import SetupError, UsageError
from ..record import CampaignRecord
from .csv import CsvProfile, write_csv
from .frames import frames
from .jsonl import read_records, write_records
from .parquet import write_parquet
from .tables import rows, table_schema, tables
from .xlsx import write_xlsx

__all__ = ["FORMATS", "CsvProfile", "check_formats", "frames", "read_records", "rows", "table_schema", "tables"]
__all__ += ["write_records", "write_tables"]

FORMATS = ("jsonl", "csv", "parquet", "xlsx")
_NEEDS = {"parquet": "pyarrow", "xlsx": "openpyxl"}  # each is an extra named as the format


def check_formats(formats: Sequence[str]) -> None:
    """Raises UsageError where a format is not known, SetupError where its package is not installed."""
    for name in formats:
        if name not in FORMATS:
            raise UsageError(f"There is no format {name!r}", remedy=f"Choose among {', '.join(FORMATS)}")
        if name in _NEEDS and importlib.util.find_spec(_NEEDS[name]) is None:
            raise SetupError(f"Format {name} needs {_NEEDS[name]}", remedy=f"pip install 'thidua[{name}]'")


def write_tables(
    records: Callable[[], Iterable[CampaignRecord]],
    folder: Path,
    *,
    formats: Sequence[str] = ("csv",),
    csv_profile: CsvProfile = "data",
) -> list[Path]:
    """Write the tables of the records in every format but jsonl; `records` is called once a format.

    Returns the files. Raises UsageError for an unknown format, SetupError where a format's package is missing.
    """
    check_formats(formats)
    files: list[Path] = []
    if "csv" in formats:
        files += write_csv(records(), folder, profile=csv_profile)
    if "parquet" in formats:
        files += write_parquet(records(), folder)
    if "xlsx" in formats:
        files += write_xlsx(records(), folder)
    return files
