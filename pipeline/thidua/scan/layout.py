"""Reading order from boxes: letterhead left, letterhead right, body and tables, recipients, signature.

Source: Decree 30/2020/NĐ-CP, annex I (the places of a document's parts).
"""

from __future__ import annotations

from collections.abc import Iterable

from ..types import Block, Line, Word
from .ending import split_ending
from .letterhead import split_letterhead
from .margins import split_margins
from .rows import Segment, join, line_height, segments_to_rows, words_to_segments


def arrange(words: Iterable[Word], width: int, height: int) -> tuple[Line, ...]:
    """Lines in reading order. Words need upright boxes; width and height of the page in pixels.

    Every word comes out in exactly one line.
    """
    words = list(words)
    rows = segments_to_rows(words_to_segments(words, line_height(words)))
    margins, rows = split_margins(rows, width, height)
    letterhead, rows = split_letterhead(rows, width)
    body, ending = split_ending(rows, width)
    lines = [to_line(segment, "margin") for segment in margins]
    for block, segments in letterhead.items():
        lines += [to_line(segment, block) for segment in segments]
    lines += [to_line(join(row), "body") for row in body]
    for block, segments in ending.items():
        lines += [to_line(segment, block) for segment in segments]
    return tuple(lines)


def to_line(segment: Segment, block: Block) -> Line:
    return Line(segment.text, segment.words, block)
