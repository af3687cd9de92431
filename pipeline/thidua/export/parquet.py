"""One Parquet file a table, with the column types of the tables. Needs the extra `parquet`."""

from __future__ import annotations

from collections.abc import Iterable
from contextlib import ExitStack
from pathlib import Path

from ..record import CampaignRecord
from .frames import frame
from .tables import Row, Table, rows, tables

ROWS_AT_ONCE = 20_000  # bounds memory: a row group is written when a table has that many rows waiting


def write_parquet(records: Iterable[CampaignRecord], folder: Path) -> list[Path]:
    """Write every table to folder/<table>.parquet. Returns the files."""
    import pyarrow as pa  # an extra: loaded only where it is asked for
    import pyarrow.parquet as pq

    types = {"text": pa.string(), "integer": pa.int64(), "number": pa.float64(), "boolean": pa.bool_()}
    schemas = {
        table.name: pa.schema([pa.field(column.name, types[column.type]) for column in table.columns])
        for table in tables()
    }
    paths = {table.name: folder / f"{table.name}.parquet" for table in tables()}
    by_name = {table.name: table for table in tables()}
    with ExitStack() as stack:
        writers = {name: stack.enter_context(pq.ParquetWriter(paths[name], schemas[name])) for name in schemas}
        waiting: dict[str, list[Row]] = {name: [] for name in schemas}

        def write(table: Table) -> None:
            typed = frame(table, waiting[table.name])
            chunk = pa.Table.from_pandas(typed, schema=schemas[table.name], preserve_index=False)
            writers[table.name].write_table(chunk)
            waiting[table.name] = []

        for record in records:
            for name, row in rows(record):
                waiting[name].append(row)
                if len(waiting[name]) >= ROWS_AT_ONCE:
                    write(by_name[name])
        for table in tables():
            write(table)
    return list(paths.values())
