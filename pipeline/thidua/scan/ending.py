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
_ABOVE = 5  # rows of a signature that may stand above the word "Nơi nhận"

Blocks = dict[Block, list[Segment]]


def split_ending(rows: Sequence[Row], width: int) -> tuple[list[Row], Blocks]:
    """(rows of the body, the two blocks); empty blocks where no "Nơi nhận" stands on the page."""
    blocks: Blocks = {"recipients": [], "signature": []}
    anchors = ((k, s) for k, row in enumerate(rows) for s in row if _is_anchor(s, width))
    first, anchor = next(anchors, (len(rows), None))
    if anchor is None:
        return list(rows), blocks
    edge = anchor.box.x0 + _RIGHT * width
    highest = max(0, first - _ABOVE)
    while first > highest and all(s.box.x0 > edge and _is_title(s.text) for s in rows[first - 1]):
        first -= 1
    for row in rows[first:]:
        for segment in row:
            blocks["signature" if segment.box.x0 > edge else "recipients"].append(segment)
    return list(rows[:first]), blocks


def _is_anchor(segment: Segment, width: int) -> bool:
    start = fold(segment.text).lstrip(" -_.,'")[: len(_RECIPIENTS) + 1]
    return segment.box.x0 < 0.4 * width and fuzz.ratio(_RECIPIENTS, start) >= _ALIKE


def _is_title(text: str) -> bool:
    """A signer's authority and title are in capitals."""
    letters = [c for c in text if c.isalpha()]
    return len(letters) > 2 and sum(c.isupper() for c in letters) > 0.8 * len(letters)
