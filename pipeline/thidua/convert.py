"""The whole flow for one source: file -> pages -> transcript -> restored text -> record -> findings."""

from __future__ import annotations

import hashlib
import os
from collections.abc import Iterable
from pathlib import Path

from . import check
from .errors import SourceMissing
from .extract import as_restored
from .extract import extract as extract_record
from .record import CampaignRecord, PageSource, Source
from .resources import program_version
from .restore import Lexicon, restore_text
from .scan import ReadOptions, media_type, read_source, transcribe
from .types import Page, Restored, TextFrom, Transcript


def convert(path: str | Path, *, lexicon: Lexicon | None = None, options: ReadOptions | None = None) -> CampaignRecord:
    """One source as a record. lexicon: the user's own words and phrases, for the restoration.

    Raises SourceMissing, SourceUnreadable or SourceLocked where the source itself cannot be read, SetupError where a
    program or data file is missing. A page that cannot be read is a finding on the record.
    """
    return to_record(path, read(path, lexicon=lexicon, options=options))


def read(path: str | Path, *, lexicon: Lexicon | None = None, options: ReadOptions | None = None) -> Restored:
    """The restored text of one source, with its transcript and every edit. Raises as `convert` does."""
    transcript = read_raw(path, options=options)
    return restore_text(transcript.text, transcript=transcript, lexicon=lexicon)


def read_raw(path: str | Path, *, options: ReadOptions | None = None) -> Transcript:
    """The text of one source before restoration, every character anchored to a word. Raises as `convert` does."""
    return transcribe(read_source(path, options=options or ReadOptions()))


def to_record(path: str | Path, restored: Restored) -> CampaignRecord:
    """The record of a source that has been read."""
    return extract(restored, source=_source(path, restored))


def extract(text: str | Restored, *, source: Source | None = None) -> CampaignRecord:
    """The record of a text, with the findings of the checks. Never fails on any text."""
    record = extract_record(text, source=source)
    record.findings = [*record.findings, *check.run(record, as_restored(text))]
    return record


def _source(path: str | Path, restored: Restored) -> Source:
    pages = restored.transcript.pages if restored.transcript else ()
    models = {edit.rule for edit in restored.edits if edit.rule.startswith("model.")}
    return Source(
        path=_printable(path),
        sha256=_sha256(path),
        media_type=media_type(path),
        pages=len(pages),
        text_from=_main_origin(pages),
        page_sources=[_page_source(page) for page in pages],
        restored_by=", ".join(sorted(models)),
        program=f"thidua {program_version()}",
    )


def _page_source(page: Page) -> PageSource:
    return PageSource(
        page=page.number,
        text_from=page.text_from,
        reason=page.reason,
        width=page.width,
        height=page.height,
        dpi=page.dpi,
    )


def _main_origin(pages: Iterable[Page]) -> TextFrom:
    """Where most of the pages' text comes from; OCR where as many come from there, as it is the less certain."""
    origins = [page.text_from for page in pages]
    return max(("ocr", "text-layer", "text"), key=origins.count)


def _sha256(path: str | Path) -> str:
    try:
        with Path(path).open("rb") as file:
            return hashlib.file_digest(file, "sha256").hexdigest()
    except OSError as error:
        raise SourceMissing(f"{path} cannot be opened: {error.strerror}", remedy="Check its permissions") from error


def _printable(path: str | Path) -> str:
    """A path as text that every format can hold: bytes of a file name that are not UTF-8 become U+FFFD."""
    return os.fsencode(path).decode("utf-8", errors="replace")
