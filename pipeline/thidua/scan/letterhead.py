"""The letterhead: issuing body and number at the left, quốc hiệu, place and date at the right.

Sources: Decree 30/2020/NĐ-CP, annex I; Guideline 36-HD/VPTW for the Party.
"""

from __future__ import annotations

from collections.abc import Sequence

from rapidfuzz import fuzz

from ..folding import fold
from ..types import Block
from .rows import Row, Segment, join, line_height, word_box

_MOTTOES = ("cong hoa xa hoi chu nghia viet nam", "dang cong san viet nam", "doan tncs ho chi minh")
_ALIKE = 78.0  # of 100: what OCR leaves of the motto in thin or broken type
_DEEPEST = 10  # rows that a letterhead may have under the motto
_OFF_CENTRE = 0.09  # of the page's width: how far a line may stand from its column's centre

Blocks = dict[Block, list[Segment]]


def split_letterhead(rows: Sequence[Row], width: int) -> tuple[Blocks, list[Row]]:
    """The two columns of the letterhead and the rows that are none of it; empty columns where there is no motto."""
    blocks: Blocks = {"letterhead-left": [], "letterhead-right": []}
    starts = ((k, start) for k, row in enumerate(rows[:12]) if (start := _motto_start(join(row))) is not None)
    index, start = next(starts, (0, None))
    if start is None:
        return blocks, list(rows)
    segment = join(rows[index])
    motto = Segment(segment.words[start:])
    edge, centre = motto.box.x0, motto.centre
    taken = set()
    last_middle = segment.middle
    for k in range(index + _DEEPEST):
        if k >= len(rows):
            break
        left, right = _columns(rows[k], edge, width)
        if k == index:
            left, right = Segment(segment.words[:start]), motto
        elif not _fits(left, right, centre, edge, width):
            if k < index:
                continue
            break
        elif k > index and join(rows[k]).middle - last_middle > 0.09 * width:
            break
        taken.add(k)
        last_middle = join(rows[k]).middle
        if left.words:
            blocks["letterhead-left"].append(left)
        if right.words:
            blocks["letterhead-right"].append(right)
    return blocks, [row for k, row in enumerate(rows) if k not in taken]


def _motto_start(segment: Segment) -> int | None:
    """Index of the word at which the motto starts."""
    text = fold(segment.text)
    for motto in _MOTTOES:
        found = fuzz.partial_ratio_alignment(motto, text, score_cutoff=_ALIKE)
        if found is None or len(text) < 0.8 * len(motto):
            continue
        position = 0
        for index, word in enumerate(segment.words):
            if position + len(word.text) / 2 > found.dest_start:
                return index
            position += len(word.text) + 1
    return None


def _columns(row: Row, edge: int, width: int) -> tuple[Segment, Segment]:
    """The row cut at its widest gap near the left edge of the right column."""
    words = join(row).words
    best, best_gap = 0, 0.5 * line_height(words)
    for k in range(1, len(words)):
        left, right = word_box(words[k - 1]).x1, word_box(words[k]).x0
        if left < edge + 0.08 * width and right > edge - 0.12 * width and right - left > best_gap:
            best, best_gap = k, right - left
    if best:
        return Segment(words[:best]), Segment(words[best:])
    whole, empty = Segment(words), Segment(())
    return (empty, whole) if whole.centre > edge else (whole, empty)


def _fits(left: Segment, right: Segment, centre: float, edge: int, width: int) -> bool:
    """Whether both parts stand where the columns of the letterhead are."""
    if right.words and (abs(right.centre - centre) > _OFF_CENTRE * width or right.box.x0 < edge - 0.12 * width):
        return False
    return not left.words or left.box.x1 < edge + 0.02 * width
