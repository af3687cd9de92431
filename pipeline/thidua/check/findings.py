"""How a check reports: findings with evidence taken over from the record, or found in the text."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Literal

from ..record import Evidence, Finding, PageBox
from ..trace import OffsetMap, boxes
from ..types import Restored

Severity = Literal["info", "warning", "error"]


def finding(
    code: str,
    message: str,
    *,
    severity: Severity = "warning",
    refers_to: Sequence[str] = (),
    evidence: Sequence[Evidence] = (),
) -> Finding:
    return Finding(code=code, severity=severity, message=message, refers_to=list(refers_to), evidence=list(evidence))


@dataclass(frozen=True)
class Page:
    """The restored text that the checks on wording read, with the way to its evidence."""

    restored: Restored

    @property
    def text(self) -> str:
        return self.restored.text

    def evidence(self, start: int, end: int) -> Evidence:
        """The evidence for restored [start, end)."""
        source_start, source_end = self._offsets.to_source(start, end)
        source_end = max(source_start, source_end)
        return Evidence(
            page=self._page_at(source_start, start),
            start=start,
            end=end,
            raw=self.restored.source[source_start:source_end],
            text=self.text[start:end],
            boxes=[
                PageBox(page=page, x0=box.x0, y0=box.y0, x1=box.x1, y1=box.y1)
                for page, box in boxes(self.restored, source_start, source_end)
            ],
            confidence=min((edit.confidence for edit in self._offsets.edits_in(start, end)), default=1.0),
        )

    @cached_property
    def _offsets(self) -> OffsetMap:
        return OffsetMap(self.restored.edits)

    @cached_property
    def _breaks(self) -> list[int]:
        return [offset for offset, character in enumerate(self.text) if character == "\f"]

    def _page_at(self, source_offset: int, offset: int) -> int:
        line = self.restored.transcript.line_at(source_offset) if self.restored.transcript else None
        return line.page if line else 1 + bisect_right(self._breaks, offset)
