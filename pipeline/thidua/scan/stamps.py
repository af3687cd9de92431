"""The frame that a clerk stamps on an incoming document ("CÔNG VĂN ĐẾN, Số: ..., Ngày: ..."): it is no text of it.

Source: Decree 30/2020/NĐ-CP, annex IV (the stamp "ĐẾN" and its place, under the number at the left).
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

import cv2
import numpy as np

from ..folding import fold
from ..types import Box, Line, Word
from .clean import Mask, Pixels, components, ink
from .lying import Lying
from .rows import join, line_height, segments_to_rows, word_box, words_to_segments

_LOWEST = 0.5  # of the page's height: the stamp stands in the upper half
_WIDTH, _HEIGHT = (0.08, 0.5), (0.02, 0.2)  # of the page's
_FILLED = 0.4  # a frame with its text covers less of its box
_LETTER = 0.025  # of the page's width: no letter is so high


@dataclass(frozen=True, slots=True)
class _Frame:
    """The place of a frame on the page (left, top), and which pixels right of and below it are the frame's."""

    x: int
    y: int
    inner: Mask


def split_stamps(words: Iterable[Word], lying: Lying) -> tuple[list[Word], list[Line]]:
    """(the words outside of incoming stamps, what stands in such stamps as lines of the block `stamp`)."""
    words = list(words)
    prepared = lying.prepared
    signs = [prepared.box_to_page(word_box(word)) for word in words if _is_sign(word)]
    signs = [sign for sign in signs if sign.y1 < _LOWEST * lying.rgb.shape[0]]
    frames = [frame for frame in _frames(lying.rgb) if any(_inside(sign, frame) for sign in signs)] if signs else []
    inside = [any(_inside(prepared.box_to_page(word_box(word)), frame) for frame in frames) for word in words]
    stamped = [word for word, i in zip(words, inside, strict=True) if i]
    rows = segments_to_rows(words_to_segments(stamped, line_height(stamped)))
    lines = [Line(line.text, line.words, "stamp") for line in map(join, rows)]
    return [word for word, i in zip(words, inside, strict=True) if not i], lines


def _is_sign(word: Word) -> bool:
    letters = "".join(c for c in word.text if c.isalpha())
    return letters.isupper() and fold(letters).endswith("den")


def _frames(rgb: Pixels) -> list[_Frame]:
    """Frames in the upper half of the page, level or not: what is dark around little."""
    height, width = rgb.shape[:2]
    grey = np.asarray(cv2.cvtColor(rgb[: round(_LOWEST * height)], cv2.COLOR_RGB2GRAY), np.uint8)
    # Rules that broke in the stamp or the scan are joined.
    found = components(cv2.dilate(ink(grey).astype(np.uint8), np.ones((3, 3), np.uint8)) > 0)
    w, h = found.boxes[:, 2], found.boxes[:, 3]
    fits = (w >= _WIDTH[0] * width) & (w <= _WIDTH[1] * width) & (h >= _HEIGHT[0] * height) & (h <= _HEIGHT[1] * height)
    frames = []
    for number in np.flatnonzero(fits & (found.areas < _FILLED * w * h)):
        x, y, w_, h_ = (int(side) for side in found.boxes[number])
        own = (found.labels[y : y + h_, x : x + w_] == number + 1).astype(np.uint8)
        outline = max(cv2.findContours(own, cv2.RETR_EXTERNAL, cv2.CHAIN_APPROX_SIMPLE)[0], key=cv2.contourArea)
        hull = cv2.convexHull(outline)
        # The outline of a frame that is open somewhere runs along both its sides and holds nothing.
        closed = cv2.contourArea(outline) > 0.5 * cv2.contourArea(hull)
        inner = cv2.drawContours(np.zeros_like(own), [outline if closed else hull], -1, 1, cv2.FILLED)
        # Letters that touch the frame from outside are no part of it.
        side = max(3, round(_LETTER * width))
        inner = cv2.morphologyEx(inner, cv2.MORPH_OPEN, np.ones((side, side), np.uint8), borderValue=0)
        frames.append(_Frame(x, y, np.asarray(inner > 0, np.bool_)))
    return frames


def _inside(box: Box, frame: _Frame) -> bool:
    """Whether the middle of the box lies in the frame."""
    x, y = (box.x0 + box.x1) // 2 - frame.x, (box.y0 + box.y1) // 2 - frame.y
    height, width = frame.inner.shape
    return 0 <= x < width and 0 <= y < height and bool(frame.inner[y, x])
