"""A page image made ready for reading, and the way back from its pixels to those of the page."""

from __future__ import annotations

from dataclasses import dataclass

import cv2
import numpy as np
from numpy.typing import NDArray

from ..types import Box
from . import clean
from .clean import Components, Mask, Pixels
from .inks import separate
from .tables import Table, find_tables

_LEVEL = 0.35  # degrees: Tesseract copes with less, and turning costs thin marks
_STROKE = 5.0  # text heights: what is larger in both directions is no type
# Text heights in pixels. Smaller type is enlarged; of larger type the engine reads no more, and reads it more slowly.
_SMALL_TYPE, _ENLARGED = 11.0, 18.0
_LARGE_TYPE, _REDUCED = 26.0, 20.0


@dataclass(frozen=True, slots=True)
class Prepared:
    """grey: level, even, type of a good size; to_page: 2 x 3 matrix from its pixels to the page's.

    text is the height of its lower-case letters (0: no text), components are what is dark in it but no rule; tables and
    strokes (boxes of what is too large for type: signatures, black seals) are in its pixels too. seals and pen (where
    blue ink is) are in those of the page. steps names what was done.
    """

    grey: Pixels
    to_page: NDArray[np.float64]
    text: float
    components: Components
    tables: tuple[Table, ...]
    strokes: tuple[Box, ...]
    seals: tuple[Box, ...]
    pen: Mask | None
    steps: tuple[str, ...]

    def box_from_page(self, box: Box) -> Box:
        """The smallest box of the prepared image that holds a box of the page."""
        return _map_box(np.asarray(cv2.invertAffineTransform(self.to_page), np.float64), box)

    def box_to_page(self, box: Box) -> Box:
        """The smallest box of the page that holds a box of the prepared image."""
        return _map_box(self.to_page, box)


def _map_box(matrix: NDArray[np.float64], box: Box) -> Box:
    corners = np.array([[x, y, 1] for x in (box.x0, box.x1) for y in (box.y0, box.y1)], np.float64)
    xs, ys = matrix @ corners.T
    return Box(max(0, round(xs.min())), max(0, round(ys.min())), max(0, round(xs.max())), max(0, round(ys.max())))


def prepare(rgb: Pixels, dpi: int) -> Prepared:
    """Apply the steps that the page shows to be needed; a clean page comes back as it was."""
    steps = []
    inks = separate(rgb, dpi)
    grey = inks.grey
    if inks.seals or inks.pen is not None:
        steps.append("ink")
    if clean.is_uneven(grey):
        grey = clean.even_background(grey)
        steps.append("background")
    dark = clean.ink(grey)
    angle = clean.skew_angle(dark)
    matrix = np.eye(3)
    height, width = grey.shape
    if abs(angle) >= _LEVEL:
        grey = clean.rotate(grey, angle)
        matrix[:2] = clean.rotation(angle, width, height)
        dark = clean.ink(grey)
        steps.append("skew")
    text = clean.text_height(dark)
    if 0 < text < _SMALL_TYPE or text >= _LARGE_TYPE:
        good = _ENLARGED if text < _SMALL_TYPE else _REDUCED
        grey = clean.resize(grey, good / text)
        matrix = np.diag((good / text, good / text, 1.0)) @ matrix
        steps.append("small type" if text < _SMALL_TYPE else "large type")
        text, dark = good, clean.ink(grey)
    tables, rules = find_tables(dark, text) if text else ((), np.zeros_like(dark))
    if rules.any():
        # The grey edge of a rule goes with it.
        rules = cv2.dilate(rules.astype(np.uint8), np.ones((3, 3), np.uint8)) > 0
        grey, dark = np.where(rules, np.uint8(255), grey), dark & ~rules
        steps.append("rules")
    to_page = np.asarray(np.linalg.inv(matrix)[:2], np.float64)
    found = clean.components(dark)
    return Prepared(grey, to_page, text, found, tables, _large(found, text), inks.seals, inks.pen, tuple(steps))


def _large(found: Components, text: float) -> tuple[Box, ...]:
    x, y, w, h = found.boxes[(found.boxes[:, 2:] > _STROKE * text).all(axis=1)].T if text else np.empty((4, 0), int)
    return tuple(Box(int(a), int(b), int(a + c), int(b + d)) for a, b, c, d in zip(x, y, w, h, strict=True))
