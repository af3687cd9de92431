"""Evidence: from a range of restored text to page, source characters, boxes and confidence."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ..record import Evidence, PageBox
from ..trace import boxes

if TYPE_CHECKING:
    from .document import View


def evidence(view: View, start: int, end: int, confidence: float = 1.0, inferred: bool = False) -> Evidence:
    """The evidence for restored [start, end), white space at both ends left out.

    confidence: that of the finding itself; the result is the weakest of it, the corrections inside the range, the
    stretches that the restorer left unsure, and the reading of the words that no correction touched.
    """
    start, end = _trimmed(view.text, start, end)
    source_start, source_end = view.offsets.to_source(start, end)
    source_end = max(source_start, source_end)
    return Evidence(
        page=view.page_at(start),
        start=start,
        end=end,
        raw=view.restored.source[source_start:source_end],
        text=view.text[start:end],
        boxes=[
            PageBox(page=page, x0=box.x0, y0=box.y0, x1=box.x1, y1=box.y1)
            for page, box in boxes(view.restored, source_start, source_end)
        ],
        confidence=weakest(view, start, end, confidence),
        inferred=inferred,
    )


def weakest(view: View, start: int, end: int, confidence: float = 1.0) -> float:
    """The lowest confidence that restored [start, end) rests on."""
    source_start, source_end = view.offsets.to_source(start, end)
    edits = view.offsets.edits_in(start, end)
    shares = [confidence, *(edit.confidence for edit in edits)]
    shares += [u.confidence for u in view.unsure_in(source_start, source_end)]
    if view.restored.transcript is not None:
        edited = [(edit.start, edit.end) for edit in edits]
        for anchor in view.restored.transcript.anchors_in(source_start, source_end):
            if not any(anchor.start < e and s < anchor.end for s, e in edited):
                shares.append(anchor.word.confidence)
    return round(min(1.0, max(0.0, min(shares))), 4)


def _trimmed(text: str, start: int, end: int) -> tuple[int, int]:
    while start < end and text[start].isspace():
        start += 1
    while end > start and text[end - 1].isspace():
        end -= 1
    return start, end
