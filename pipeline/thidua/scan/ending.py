"""The end of a document: recipients ("Nơi nhận") at the left, signature at the right.

Source: Decree 30/2020/NĐ-CP, annex I.
"""

from __future__ import annotations

from collections.abc import Sequence

from rapidfuzz import fuzz

from ..folding import fold
from ..types import Block
from .rows import Row, Segment

_RECIPIENTS, _ALIKE = "noi nhan", 80.0
_RIGHT = 0.2  # of the page's width: the signature starts at least so far right of the recipients
_HIGHEST = 0.35  # of the page's width: how far above the word "Nơi nhận" a signature may start
_SHORT = 0.42  # of the page's width: lines of the body are longer

Blocks = dict[Block, list[Segment]]


def split_ending(rows: Sequence[Row], width: int) -> tuple[list[Row], Blocks]:
    """(rows of the body, the two blocks); empty blocks where no "Nơi nhận" stands on the page."""
    blocks: Blocks = {"recipients": [], "signature": []}
    anchors = ((k, s) for k, row in enumerate(rows) for s in row if _is_anchor(s, width))
    index, anchor = next(anchors, (len(rows), None))
    if anchor is None:
        return list(rows), blocks
    edge = anchor.box.x0 + _RIGHT * width
    first, titles = _signature_start(rows, index, edge, width)
    above = [segment for row in rows[first:index] for segment in row]
    if len(titles) > 1:
        # Who signs side by side is read one after the other.
        above.sort(key=lambda s: min(range(len(titles)), key=lambda k: abs(titles[k].centre - s.centre)))
    blocks["signature"] += above
    for row in rows[index:]:
        for segment in row:
            blocks["signature" if segment.box.x0 > edge else "recipients"].append(segment)
    return list(rows[:first]), blocks


def _signature_start(rows: Sequence[Row], index: int, edge: float, width: int) -> tuple[int, Row]:
    """Where a signature over row `index` starts, and its titles: at the right, or two side by side.

    Between titles and names stand only short rows: what seals and pens leave.
    """
    first: int = index
    titles: Row = ()
    for k in range(index - 1, -1, -1):
        row = rows[k]
        far = rows[index][0].middle - row[0].middle > _HIGHEST * width
        if far or any(s.box.x1 - s.box.x0 > _SHORT * width for s in row):
            break
        side_by_side = len(row) == 2 and row[0].centre < 0.5 * width < row[1].centre
        if all(_is_title(s.text) for s in row) and (side_by_side or row[0].box.x0 > edge):
            first, titles = k, row
    return first, titles


def _is_anchor(segment: Segment, width: int) -> bool:
    start = fold(segment.text).lstrip(" -_.,'")[: len(_RECIPIENTS) + 1]
    return segment.box.x0 < 0.4 * width and fuzz.ratio(_RECIPIENTS, start) >= _ALIKE


def _is_title(text: str) -> bool:
    """A signer's authority and title are in capitals."""
    letters = [c for c in text if c.isalpha()]
    return len(letters) > 2 and sum(c.isupper() for c in letters) > 0.8 * len(letters)
