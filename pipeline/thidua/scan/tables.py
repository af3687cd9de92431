"""Ruled tables: their lines in the image, their cells, and the words in each cell."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import cv2
import numpy as np
from numpy.typing import NDArray

from ..types import Box, Word
from .clean import Mask, components
from .rows import word_box

_LEAST_RULE = 3.5  # text heights: no letter has a straight stroke so long
_LEAST_CELL = 0.9  # text heights


@dataclass(frozen=True, slots=True)
class Cell:
    """row and cell count from 0 in the table, top to bottom and left to right; row_top is the top of the whole row."""

    box: Box
    row: int
    cell: int
    row_top: int


@dataclass(frozen=True, slots=True)
class Table:
    box: Box
    cells: tuple[Cell, ...]


def find_tables(dark: Mask, text: float) -> tuple[tuple[Table, ...], Mask]:
    """(tables top to bottom, where rules are: those of the tables, and level ones anywhere, such as underlines).

    text: height of the lower-case letters in pixels.
    """
    page = dark.astype(np.uint8)
    length = max(20, round(_LEAST_RULE * text))
    level = _opened(page, 1, round(1.3 * length)) & ~_opened(page, max(2, round(0.35 * text)), length)
    upright = _opened(page, length, 1)
    ruled = level | upright | _jagged(page, 1, 2 * length) | _jagged(page, 2 * length, 1)
    gap = max(3, round(0.4 * text))
    rules = cv2.dilate(ruled.astype(np.uint8), np.ones((gap, gap), np.uint8)) > 0
    tables = []
    kept = level.copy()
    grids = components(rules)
    for label, (x, y, w, h) in enumerate(grids.boxes, 1):
        if w < 12 * text or h < 3 * text:
            continue
        part = np.s_[y : y + h, x : x + w]
        grid = grids.labels[part] == label
        cells = _cells(grid, int(x), int(y), text)
        if len(cells) >= 2:
            tables.append(Table(Box(int(x), int(y), int(x + w), int(y + h)), cells))
            kept[part] |= grid & ruled[part]
    tables.sort(key=lambda table: table.box.y0)
    return tuple(tables), kept


def _jagged(page: NDArray[np.uint8], height: int, width: int) -> Mask:
    """Long rules that run in steps: a black and white scan that was turned level leaves no row of theirs whole."""
    wide = cv2.dilate(page, np.ones((3, 1) if height == 1 else (1, 3), np.uint8))
    return _opened(np.asarray(wide, np.uint8), height, width) & (page > 0)


def _opened(page: NDArray[np.uint8], height: int, width: int) -> Mask:
    return np.asarray(cv2.morphologyEx(page, cv2.MORPH_OPEN, np.ones((height, width), np.uint8)) > 0, np.bool_)


def _cells(grid: Mask, left: int, top: int, text: float) -> tuple[Cell, ...]:
    """The areas that rules enclose on all sides, numbered in reading order."""
    height, width = grid.shape
    boxes = []
    for x, y, w, h in components(~grid).boxes:
        open_side = x == 0 or y == 0 or x + w == width or y + h == height
        if not open_side and h >= _LEAST_CELL * text and w >= _LEAST_CELL * text:
            boxes.append(Box(left + int(x), top + int(y), left + int(x + w), top + int(y + h)))
    rows: list[list[Box]] = []
    for box in sorted(boxes, key=lambda b: (b.y0, b.x0)):
        if rows and box.y0 - rows[-1][0].y0 < text:
            rows[-1].append(box)
        else:
            rows.append([box])
    return tuple(
        Cell(box, number, place, row[0].y0)
        for number, row in enumerate(rows)
        for place, box in enumerate(sorted(row, key=lambda b: b.x0))
    )


def scale_table(table: Table, factor: int) -> Table:
    """The table in pixels `factor` times as small."""

    def scaled(box: Box) -> Box:
        return Box(box.x0 * factor, box.y0 * factor, box.x1 * factor, box.y1 * factor)

    cells = tuple(Cell(scaled(c.box), c.row, c.cell, c.row_top * factor) for c in table.cells)
    return Table(scaled(table.box), cells)


def words_by_cell(words: Iterable[Word], tables: Sequence[Table]) -> tuple[list[Word], dict[Cell, list[Word]]]:
    """(words outside of all cells, the words of each cell) by the middle of the word."""
    outside: list[Word] = []
    inside: dict[Cell, list[Word]] = {}
    for word in words:
        box = word_box(word)
        x, y = (box.x0 + box.x1) / 2, (box.y0 + box.y1) / 2
        cell = next((c for t in tables if _holds(t.box, x, y) for c in t.cells if _holds(c.box, x, y)), None)
        if cell is None:
            outside.append(word)
        else:
            inside.setdefault(cell, []).append(word)
    return outside, inside


def _holds(box: Box, x: float, y: float) -> bool:
    return box.x0 <= x < box.x1 and box.y0 <= y < box.y1
