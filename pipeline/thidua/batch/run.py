"""A batch: sources -> records.jsonl, tables and report.json in one folder. Safe to run again, safe to interrupt."""

from __future__ import annotations

import hashlib
import json
import os
import time
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import asdict, dataclass, field
from datetime import UTC, datetime
from pathlib import Path

from .. import export
from ..errors import SetupError, UsageError
from ..record import CampaignRecord
from ..resources import program_version
from .engines import EngineName, Outcomes, dask, local
from .ledger import Ledger
from .outcome import Outcome, peak_memory
from .sources import find_sources, in_shard

RECORDS = "records.jsonl"
REPORT = "report.json"
TEXTS = "texts"  # <record_id>.txt: the restored text of each record, into which its evidence points


@dataclass(frozen=True, slots=True)
class Batch:
    """What a batch is asked for.

    sources: files, folders and globs. workers: processes; None for one a core. timeout: seconds a source may take.
    shard: (part, count), from 1. redo: convert again what has been converted. max_failures: the share of all sources
    (0..1) that may fail; the run stops as soon as more have. lexicon: a file of the user's own words and phrases.
    """

    sources: Sequence[str]
    out: Path
    workers: int | None = None
    engine: EngineName = "local"
    scheduler: str | None = None
    shard: tuple[int, int] = (1, 1)
    redo: bool = False
    timeout: float | None = None
    lexicon: Path | None = None
    max_failures: float = 1.0
    formats: Sequence[str] = ("jsonl", "csv")
    csv_profile: export.CsvProfile = "data"


@dataclass(frozen=True, slots=True)
class Failure:
    source: str
    error: str
    message: str
    remedy: str


@dataclass(slots=True)
class Report:
    """What a run did; report.json holds it. Counts of documents are of this run, `records` is all that the folder has.

    peak_memory_mb: of the largest worker; its Tesseract runs beside it. state: "finished", "interrupted" by the user,
    or "stopped" because too many sources failed.
    """

    program: str
    started: str
    state: str = "interrupted"
    sources: int = 0
    already_done: int = 0
    converted: int = 0
    failed: int = 0
    pages: int = 0
    seconds: float = 0.0
    pages_per_second: float = 0.0
    peak_memory_mb: float = 0.0
    records: int = 0
    needs_review: int = 0
    findings: dict[str, int] = field(default_factory=dict)
    failures: list[Failure] = field(default_factory=list)
    ignored: list[str] = field(default_factory=list)
    files: list[str] = field(default_factory=list)
    missing_setup: bool = False


Observer = Callable[[int, Outcome | None], None]  # (documents to do, outcome or None at the start)


def run(batch: Batch, *, observe: Observer = lambda total, outcome: None) -> Report:
    """Convert what is not yet converted and write all files of the folder.

    observe is called once before the work and after every source. On KeyboardInterrupt what was done is written, then
    it is raised again. Raises UsageError for a wrong call, SetupError where the set-up lacks something for all sources.
    """
    export.check_formats(batch.formats)
    started = time.monotonic()
    report = Report(program=f"thidua {program_version()}", started=datetime.now(UTC).isoformat(timespec="seconds"))
    tools = _tools(batch, report.program)
    found = find_sources(batch.sources, leave_out=batch.out)
    if not found.files and not found.missing:
        raise UsageError("There is no source to convert", remedy="Name files, folders or globs")
    sources = [path for path in found.files if in_shard(path, batch.shard)]
    missing = [(path, error) for path, error in found.missing if in_shard(path, batch.shard)]
    report.sources, report.ignored = len(sources) + len(missing), list(found.ignored)
    with Ledger(batch.out) as ledger:
        keys = {path: _key(path, tools) for path in sources}
        done = {} if batch.redo else ledger.converted()
        todo = [path for path in sources if not keys[path] or done.get(path) != keys[path]]
        report.already_done = len(sources) - len(todo)
        (batch.out / TEXTS).mkdir(exist_ok=True)
        observe(len(todo), None)
        outcomes = _outcomes(batch, todo)
        try:
            for path, error in missing:
                _count(report, Outcome(path, error=error), ledger, "")
            for outcome in outcomes:
                if outcome.record is not None:
                    text = batch.out / TEXTS / f"{outcome.record_id}.txt"
                    text.write_text(outcome.text, encoding="utf-8", newline="")
                _count(report, outcome, ledger, keys[outcome.source])
                observe(len(todo), outcome)
                if report.failed > batch.max_failures * report.sources:
                    report.state = "stopped"
                    break
            else:
                report.state = "finished"
        finally:
            outcomes.close()
            report.seconds = round(time.monotonic() - started, 3)
            report.pages_per_second = round(report.pages / report.seconds, 3) if report.seconds else 0.0
            _write(batch, ledger, report)
    return report


def _outcomes(batch: Batch, todo: Sequence[str]) -> Outcomes:
    workers = batch.workers or len(os.sched_getaffinity(0))
    if batch.engine == "dask":
        return dask(todo, workers=workers, timeout=batch.timeout, lexicon=batch.lexicon, scheduler=batch.scheduler)
    return local(todo, workers=workers, timeout=batch.timeout, lexicon=batch.lexicon)


def _tools(batch: Batch, program: str) -> str:
    """What all records depend on: the program and the user's words. Raises UsageError where these cannot be read."""
    if batch.lexicon is None:
        return program
    from ..restore import Lexicon  # heavy: only where it is needed

    words = repr(sorted(Lexicon.read(batch.lexicon).phrases))
    return f"{program} {hashlib.sha256(words.encode()).hexdigest()}"


def _key(path: str, tools: str) -> str:
    """What a record depends on: the file's state and the tools. "" where the file cannot be looked at."""
    try:
        state = Path(path).stat()
    except OSError:
        return ""
    return f"{state.st_size} {state.st_mtime_ns} {tools}"


def _count(report: Report, outcome: Outcome, ledger: Ledger, key: str) -> None:
    ledger.enter(outcome, key)
    report.pages += outcome.pages
    report.converted += outcome.error is None
    if (error := outcome.error) is not None:
        report.failed += 1
        report.failures.append(Failure(outcome.source, type(error).__name__, error.message, error.remedy))
        report.missing_setup |= isinstance(error, SetupError)
    report.peak_memory_mb = max(report.peak_memory_mb, round(max(outcome.peak_memory, peak_memory()) / 2**20, 1))


def _write(batch: Batch, ledger: Ledger, report: Report) -> None:
    """Write every file of the folder from the ledger; each takes the place of the old one only when it is whole."""
    findings: Counter[str] = Counter()

    def counted() -> Iterator[str]:
        for line in ledger.records():
            record = CampaignRecord.model_validate_json(line)
            report.records += 1
            report.needs_review += record.needs_review
            findings.update(finding.code for finding in record.findings)
            yield line + "\n"

    def records() -> Iterator[CampaignRecord]:
        return (CampaignRecord.model_validate_json(line) for line in ledger.records())

    part = batch.out / f".{RECORDS}.part"
    with part.open("w", encoding="utf-8", newline="\n") as file:
        file.writelines(counted())
    part.replace(batch.out / RECORDS)
    report.findings = dict(findings.most_common())
    tables = export.write_tables(records, batch.out, formats=batch.formats, csv_profile=batch.csv_profile)
    report.files = [RECORDS, f"{TEXTS}/", *(path.name for path in tables), REPORT]
    text = json.dumps(asdict(report), ensure_ascii=False, indent=2)
    (batch.out / REPORT).write_text(text + "\n", encoding="utf-8", errors="replace")
