"""What `thidua convert` shows while it works and when it has ended."""

from __future__ import annotations

import time
from collections import Counter
from itertools import islice
from pathlib import Path
from types import TracebackType
from typing import Self

from rich.console import Console
from rich.markup import escape
from rich.progress import BarColumn, MofNCompleteColumn, TaskID, TextColumn, TimeElapsedColumn, TimeRemainingColumn
from rich.progress import Progress as RichProgress
from rich.table import Table

from . import export
from .batch import Outcome, Report
from .record import CampaignRecord

_COUNTED = ("directives", "sections", "awards", "findings")
SHOWN = 20  # records and failures in the summary; the files have all


class Progress:
    """A bar on standard error: documents, pages, pages a second, time left. Silent where it is no terminal."""

    def __init__(self) -> None:
        self._console = Console(stderr=True)
        self._bar = RichProgress(
            TextColumn("converting"),
            BarColumn(),
            MofNCompleteColumn(),
            TextColumn("documents, {task.fields[pages]} pages, {task.fields[rate]:.2f} pages/s,"),
            TextColumn("failed {task.fields[failed]},"),
            TimeElapsedColumn(),
            TextColumn("left"),
            TimeRemainingColumn(),
            console=self._console,
            disable=not self._console.is_terminal,
        )
        self._task: TaskID | None = None
        self._pages = self._failed = 0
        self._started = time.monotonic()

    def __enter__(self) -> Self:
        self._bar.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._bar.stop()

    def observe(self, total: int, outcome: Outcome | None) -> None:
        if self._task is None:
            self._task = self._bar.add_task("", total=total, pages=0, rate=0.0, failed=0)
        if outcome is None:
            return
        self._pages += outcome.pages
        if outcome.error is not None:
            self._failed += 1
        rate = self._pages / (time.monotonic() - self._started)
        self._bar.update(self._task, advance=1, pages=self._pages, rate=rate, failed=self._failed)


def print_summary(report: Report, folder: Path) -> None:
    """The run for a person: its first records, what failed, and the cost."""
    console = Console()
    if not console.is_terminal:
        console = Console(width=140)  # a log is not folded to 80 columns
    records = list(islice(export.read_records(folder / "records.jsonl"), SHOWN))
    if records:
        console.print(_records_table(records, of=report.records))
    for failure in report.failures[:SHOWN]:
        said = f"[red]failed[/red] {escape(failure.message)}. {escape(failure.remedy)}"
        console.print(said, highlight=False, soft_wrap=True)  # paths and commands stay whole, to be copied
    if len(report.failures) > SHOWN:
        console.print(f"and {len(report.failures) - SHOWN} failures more, all in {folder / 'report.json'}")
    if report.state == "stopped":
        console.print("[red]Stopped: more sources failed than --max-failures allows[/red]")
    already = f", {report.already_done} converted before" if report.already_done else ""
    ignored = f", {len(report.ignored)} other files ignored" if report.ignored else ""
    cost = (
        f": {report.pages} pages in {report.seconds:.1f} s ({report.pages_per_second:.2f} pages/s), "
        f"at most {report.peak_memory_mb:.0f} MB in a worker"
        if report.converted or report.failed
        else ""
    )
    console.print(
        f"{report.converted} of {report.sources} sources converted{already}, {report.failed} failed{ignored}{cost}",
        highlight=False,
    )
    kinds = Counter(Path(name).suffix for name in report.files)
    tables = [f"{count} tables as {kind}" for kind in (".csv", ".parquet", ".xlsx") if (count := kinds[kind])]
    written = ", ".join(["records.jsonl", "texts/", *tables, "report.json"])
    console.print(f"{report.records} records in {folder}: {written}", highlight=False)


def _records_table(records: list[CampaignRecord], *, of: int) -> Table:
    title = "Records" if of == len(records) else f"The first {len(records)} of {of} records"
    table = Table(title=title, title_justify="left", box=None, padding=(0, 2, 0, 0))
    for column in ("source", "pages", "document", "issued", "period", *_COUNTED, "needs review"):
        numeric = column in _COUNTED or column == "pages"
        table.add_column(column, justify="right" if numeric else "left", overflow="fold")
    for record in records:
        document, period = record.document, record.period
        table.add_row(
            escape(Path(record.source.path).name),
            f"{record.source.pages}",
            escape(document.code or document.symbol or document.kind or "-"),
            document.issued_on or "-",
            f"{period.start or '?'} to {period.end or '?'}" if period.start or period.end else "-",
            *(str(len(getattr(record, name))) for name in _COUNTED),
            f"{'yes' if record.needs_review else 'no'} ({record.confidence:.2f})",
        )
    return table
