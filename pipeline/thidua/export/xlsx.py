"""One workbook with a sheet a table, for a person with a spreadsheet. Needs the extra `xlsx`."""

from __future__ import annotations

import re
from collections.abc import Iterable
from pathlib import Path

from ..errors import ThiduaError
from ..record import CampaignRecord
from .tables import Cell, rows, tables

FILE_NAME = "records.xlsx"
MAX_ROWS = 1_048_576  # of a sheet, header included (ECMA-376)
MAX_TEXT = 32_767  # characters of a cell
_FORBIDDEN = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")  # not allowed in XML 1.0


def write_xlsx(records: Iterable[CampaignRecord], folder: Path) -> list[Path]:
    """Write folder/records.xlsx. Texts stay texts: nothing runs as a formula or turns into a date.

    A text longer than a cell can hold is cut; csv and parquet keep it whole. Raises ThiduaError where a table has more
    rows than a sheet can hold.
    """
    from openpyxl import Workbook  # an extra: loaded only where it is asked for
    from openpyxl.cell import WriteOnlyCell

    book = Workbook(write_only=True)
    sheets, used = {}, {}
    for table in tables():
        sheets[table.name] = book.create_sheet(table.name)
        sheets[table.name].freeze_panes = "A2"
        sheets[table.name].append([column.name for column in table.columns])
        used[table.name] = 1

    def sheet_cell(name: str, cell: Cell) -> object:
        if not isinstance(cell, str):
            return cell
        made = WriteOnlyCell(sheets[name], value=_FORBIDDEN.sub("", cell)[:MAX_TEXT])
        made.data_type = "s"
        return made

    for record in records:
        for name, row in rows(record):
            used[name] += 1
            if used[name] > MAX_ROWS:
                raise ThiduaError(f"Table {name} has more than {MAX_ROWS - 1} rows", remedy="Write csv or parquet")
            sheets[name].append([sheet_cell(name, cell) for cell in row.values()])
    path = folder / FILE_NAME
    book.save(path)
    return [path]
