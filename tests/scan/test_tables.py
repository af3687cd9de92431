"""Ruled tables found on page images."""

from __future__ import annotations

import cv2
import numpy as np
import pytest

from thidua.scan.tables import find_tables

TEXT = 20.0


def _grid(rows: int, columns: int, *, step: int) -> np.ndarray:
    """A table of cells 300 x 100 pixels; its rules leave their row for the next every `step` pixels (0: never)."""
    dark = np.zeros((rows * 100 + 140, columns * 300 + 140), bool)
    across, down = np.arange(60, columns * 300 + 61), np.arange(60, rows * 100 + 61)
    for row in range(rows + 1):
        dark[60 + row * 100 + (across // step % 2 if step else 0), across] = True
    for column in range(columns + 1):
        dark[down, 60 + column * 300 + (down // step % 2 if step else 0)] = True
    return dark


@pytest.mark.parametrize("step", [0, 5, 40])
def test_cells_are_found_between_level_and_stepped_rules(step):
    dark = _grid(3, 4, step=step)
    (table,), rules = find_tables(dark, TEXT)
    assert [(cell.row, cell.cell) for cell in table.cells] == [(row, cell) for row in range(3) for cell in range(4)]
    beside = cv2.dilate(rules.astype(np.uint8), np.ones((3, 3), np.uint8)) > 0
    assert not (dark & ~beside).any()  # nothing of the grid is left to be read


def test_rows_of_letters_are_no_rules():
    rng = np.random.default_rng(1)
    dark = np.zeros((900, 1200), bool)
    for top in range(50, 850, 60):
        for left in range(50, 1150, 16):
            dark[top + rng.integers(0, 3) : top + 20, left : left + rng.integers(8, 15)] = True
    tables, rules = find_tables(dark, TEXT)
    assert tables == ()
    assert not rules.any()
