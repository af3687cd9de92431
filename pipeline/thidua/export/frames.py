"""The tables as pandas data frames, for analysts and for formats that pandas feeds."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING

from ..record import CampaignRecord
from .tables import Row, Table, rows, tables

if TYPE_CHECKING:
    from pandas import DataFrame

# Types that hold a missing value without changing the others (a year stays an integer).
_DTYPES = {"text": "string", "integer": "Int64", "number": "Float64", "boolean": "boolean"}


def frames(records: Iterable[CampaignRecord]) -> dict[str, DataFrame]:
    """Every table of the records by its name, columns typed as in `tables()`, missing cells as NA."""
    found: dict[str, list[Row]] = {table.name: [] for table in tables()}
    for record in records:
        for name, row in rows(record):
            found[name].append(row)
    return {table.name: frame(table, found[table.name]) for table in tables()}


def frame(table: Table, rows: Sequence[Row]) -> DataFrame:
    """Rows of one table as a data frame."""
    from pandas import DataFrame, Series  # loaded only where frames are asked for: it takes half a second

    columns = {
        column.name: Series([row[column.name] for row in rows], dtype=_DTYPES[column.type]) for column in table.columns
    }
    return DataFrame(columns)
