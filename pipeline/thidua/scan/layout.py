"""Reading order from boxes: letterhead left, letterhead right, body and tables, recipients, signature.

Source: Decree 30/2020/NĐ-CP, annex I (the places of a document's parts).
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace

from ..types import Block, Line, Word
from .ending import split_ending
from .letterhead import split_letterhead
from .margins import split_margins
from .marks import join_marks
from .rows import Row, Segment, join, line_height, segments_to_rows, words_to_segments
from .tables import Cell, Table, words_by_cell


def arrange(words: Iterable[Word], width: int, height: int, tables: Sequence[Table] = ()) -> tuple[Line, ...]:
    """Lines in reading order. Words need upright boxes, in the pixels that width, height and tables are in.

    Every word comes out in exactly one line.
    """
    words = list(words)
    outside, inside = words_by_cell(words, tables)
    rows = segments_to_rows(words_to_segments(outside, line_height(words)))
    margins, rows = split_margins(rows, width, height)
    letterhead, rows = split_letterhead(rows, width)
    body, ending = split_ending(rows, width)
    lines = [to_line(segment, "margin") for segment in margins]
    for block, segments in letterhead.items():
        lines += [to_line(segment, block) for segment in segments]
    lines += _body_lines(body, inside, line_height(words))
    for block, segments in ending.items():
        lines += [to_line(segment, block) for segment in segments]
    return tuple(lines)


def to_line(segment: Segment, block: Block) -> Line:
    words = join_marks(segment.words)
    return Line(" ".join(word.text for word in words), words, block)


def _body_lines(rows: Sequence[Row], cells: Mapping[Cell, Sequence[Word]], height: float) -> list[Line]:
    """The lines of the body from top to bottom, with the tables' lines cell by cell where the table stands."""
    placed = [((join(row).middle, 0, 0), [to_line(join(row), "body")]) for row in rows]
    for cell, words in cells.items():
        cell_rows = segments_to_rows(words_to_segments(words, height))
        lines = [replace(to_line(join(row), "table"), row=cell.row, cell=cell.cell) for row in cell_rows]
        placed.append(((cell.row_top, cell.row, cell.cell), lines))
    placed.sort(key=lambda item: item[0])
    return [line for _, lines in placed for line in lines]
