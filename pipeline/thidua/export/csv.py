"""One CSV file a table, in two profiles.

data: for programs. UTF-8, comma, empty for null, `true`/`false`, cells exactly as in the record (RFC 4180).
excel: for a person with a spreadsheet under Vietnamese regional settings, which read decimal commas and so semicolons
    between cells. UTF-8 with byte order mark; a text that a spreadsheet would run as a formula gets an apostrophe in
    front. Under other settings, or to keep texts like `1.2` from turning into dates, write xlsx instead.
"""

from __future__ import annotations

import csv
from collections.abc import Iterable
from contextlib import ExitStack
from pathlib import Path
from typing import Literal

from ..record import CampaignRecord
from .tables import Cell, rows, tables

CsvProfile = Literal["data", "excel"]

_FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")  # full-width ones too


def write_csv(records: Iterable[CampaignRecord], folder: Path, *, profile: CsvProfile = "data") -> list[Path]:
    """Write every table to folder/<table>.csv, header included where there is no row. Returns the files."""
    cell_to_text = _excel_text if profile == "excel" else _data_text
    encoding, delimiter = ("utf-8-sig", ";") if profile == "excel" else ("utf-8", ",")
    paths = {table.name: folder / f"{table.name}.csv" for table in tables()}
    with ExitStack() as stack:
        writers = {}
        for table in tables():
            file = stack.enter_context(paths[table.name].open("w", encoding=encoding, newline=""))
            writers[table.name] = csv.writer(file, delimiter=delimiter)
            writers[table.name].writerow(column.name for column in table.columns)
        for record in records:
            for name, row in rows(record):
                writers[name].writerow([cell_to_text(cell) for cell in row.values()])
    return list(paths.values())


def _data_text(cell: Cell) -> str:
    if cell is None:
        return ""
    if isinstance(cell, bool):
        return "true" if cell else "false"
    return str(cell)


def _excel_text(cell: Cell) -> str:
    text = _data_text(cell)
    if isinstance(cell, float):
        return text.replace(".", ",")
    if isinstance(cell, str) and text.lstrip(" \u00a0").startswith(_FORMULA_STARTS):
        return "'" + text
    return text
