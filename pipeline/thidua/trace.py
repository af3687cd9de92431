"""Offsets: replaying edits, and the way back from restored text to the source and its boxes."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from functools import cached_property

from .types import Box, Edit, Restored


def replay(source: str, edits: Iterable[Edit]) -> str:
    """Apply sorted, non-overlapping edits to the source they were recorded on.

    Raises ValueError where an edit does not fit: overlapping, out of range, or `before` not what the source says.
    """
    out: list[str] = []
    position = 0
    for edit in edits:
        if edit.start < position or edit.end < edit.start or source[edit.start : edit.end] != edit.before:
            raise ValueError(f"edit does not fit its source: {edit}")
        out += (source[position : edit.start], edit.after)
        position = edit.end
    out.append(source[position:])
    return "".join(out)


@dataclass(frozen=True)
class OffsetMap:
    """Maps ranges of a restored text back to the source it was made from.

    Inside an edit characters have no counterpart of their own: a range that touches an edit maps to the whole of it.
    """

    edits: Sequence[Edit]

    @cached_property
    def _restored_starts(self) -> list[int]:
        starts, shift = [], 0
        for edit in self.edits:
            starts.append(edit.start + shift)
            shift += len(edit.after) - (edit.end - edit.start)
        return starts

    def to_source(self, start: int, end: int) -> tuple[int, int]:
        """The half-open range of the source that became restored [start, end)."""
        if end <= start:
            point = self._point(start, opening=True)
            return point, point
        return self._point(start, opening=True), self._point(end, opening=False)

    def _point(self, offset: int, *, opening: bool) -> int:
        starts = self._restored_starts
        # An end at the very start of an edit belongs to what stands before it.
        k = bisect_right(starts, offset if opening else offset - 1) - 1
        if k < 0:
            return offset
        edit, at = self.edits[k], starts[k]
        inside = offset - at < len(edit.after) if opening else offset - at <= len(edit.after)
        if inside:
            return edit.start if opening else edit.end
        return edit.end + offset - at - len(edit.after)

    def edits_in(self, start: int, end: int) -> list[Edit]:
        """The edits that made any character of restored [start, end)."""
        starts = self._restored_starts
        k = max(0, bisect_right(starts, start) - 1)
        found = []
        while k < len(starts) and starts[k] < end:
            if starts[k] + len(self.edits[k].after) > start:
                found.append(self.edits[k])
            k += 1
        return found


def boxes(restored: Restored, start: int, end: int) -> list[tuple[int, Box]]:
    """(page, box) a printed line for source range [start, end): the boxes of the words on one line are joined."""
    if restored.transcript is None:
        return []
    joined: dict[tuple[int, int], tuple[int, Box]] = {}
    for anchor in restored.transcript.anchors_in(start, end):
        if anchor.word.box is None:
            continue
        line = restored.transcript.line_at(anchor.start)
        key = (anchor.page, line.start if line else 0)
        _, known = joined.get(key, (anchor.page, anchor.word.box))
        joined[key] = (anchor.page, known.union(anchor.word.box))
    return list(joined.values())


def compose(first: Sequence[Edit], second: Sequence[Edit], source: str) -> tuple[Edit, ...]:
    """One list of edits on `source` for two passes: `second` was recorded on the text that `first` made.

    Edits that overlap in the text between the passes become one, with the later rule and the lower confidence.
    """
    middle = replay(source, first)
    merged: list[Edit] = []
    shift = 0  # middle offset minus source offset, left of the cluster
    for start, end, made, changed in _clusters(first, second):
        s_start = start - shift
        shift += sum(len(e.after) - (e.end - e.start) for e in made)
        s_end = end - shift
        local = [replace(e, start=e.start - start, end=e.end - start) for e in changed]
        edit = Edit(
            start=s_start,
            end=s_end,
            before=source[s_start:s_end],
            after=replay(middle[start:end], local),
            rule=(changed or made)[-1].rule,
            confidence=min(e.confidence for e in (*made, *changed)),
        )
        if edit.before != edit.after:
            merged.append(edit)
    return tuple(merged)


Cluster = tuple[int, int, list[Edit], list[Edit]]


def _clusters(first: Sequence[Edit], second: Sequence[Edit]) -> list[Cluster]:
    """Groups of edits that touch each other in the middle text: (start, end, first-pass edits, second-pass edits)."""
    spans: list[tuple[int, int, int, Edit]] = []
    shift = 0
    for edit in first:
        at = edit.start + shift
        spans.append((at, at + len(edit.after), 0, edit))
        shift += len(edit.after) - (edit.end - edit.start)
    spans += [(e.start, e.end, 1, e) for e in second]
    spans.sort(key=lambda span: span[:3])
    clusters: list[Cluster] = []
    for start, end, which, edit in spans:
        # An empty stretch (a pure insertion or deletion) joins its neighbour, since their order would be lost.
        if clusters and (start < clusters[-1][1] or (start == clusters[-1][1] and start in (end, clusters[-1][0]))):
            c_start, c_end, made, changed = clusters[-1]
            clusters[-1] = (c_start, max(c_end, end), made, changed)
        else:
            clusters.append((start, end, [], []))
        clusters[-1][2 + which].append(edit)  # type: ignore[union-attr]
    return clusters
