"""Record -> findings: what contradicts itself, what is missing, what should be looked at. Nothing is changed.

One file a family of checks; each takes the record (and, for checks on the wording, the restored text) and returns
findings that name what the page says.
"""

from __future__ import annotations

from ..record import CampaignRecord, Finding
from ..types import Restored
from . import anniversaries, awards, dates, directives, names, outline, reading, required, wording
from .findings import Page

__all__ = ["run"]


def run(record: CampaignRecord, restored: Restored | None = None) -> list[Finding]:
    """The findings on a record.

    restored: the text that it was read from; without it the checks on wording and the notes of the reader are left out.
    """
    page = Page(restored) if restored is not None else None
    found = [
        *required.check(record),
        *outline.check(record),
        *directives.check(record),
        *dates.check(record, page),
        *anniversaries.check(record),
        *awards.check(record),
        *names.check(record, page),
        *(wording.check(page) if page is not None else ()),
    ]
    transcript = restored.transcript if restored is not None else None
    return [*(reading.check(transcript.pages, found) if transcript is not None else ()), *found]
