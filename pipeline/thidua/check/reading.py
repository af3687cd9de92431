"""What was found while the pages were read (a seal, handwriting, a page that cannot be read) as findings."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from ..record import Evidence, Finding, PageBox
from ..types import Note, Page


def check(pages: Iterable[Page], others: Sequence[Finding]) -> list[Finding]:
    """The notes of the pages; the evidence is a place on the page, not in the text.

    others: findings on fields. A note that one of them says already, about the same place, is left out.
    """
    notes = [_finding(page.number, note) for page in pages for note in page.notes]
    return [note for note in notes if not any(_says(other, note) for other in others)]


def _finding(page: int, note: Note) -> Finding:
    box = note.box
    boxes = [PageBox(page=page, x0=box.x0, y0=box.y0, x1=box.x1, y1=box.y1)] if box else []
    place = Evidence(page=page, start=0, end=0, raw="", text="", boxes=boxes)
    message = f"Page {page}: {note.message}"
    return Finding(code=note.code, severity=note.severity, message=message, evidence=[place])


def _says(other: Finding, note: Finding) -> bool:
    return other.code == note.code and any(_overlap(a, b) for a in _boxes(other) for b in _boxes(note))


def _boxes(finding: Finding) -> list[PageBox]:
    return [box for evidence in finding.evidence for box in evidence.boxes]


def _overlap(a: PageBox, b: PageBox) -> bool:
    return a.page == b.page and a.x0 < b.x1 and b.x0 < a.x1 and a.y0 < b.y1 and b.y0 < a.y1
