"""How a page lies: turned upright before it is read, and the way back for what was read."""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from ..errors import PageError
from ..types import Box, Line
from .clean import Pixels
from .prepare import Prepared, prepare
from .rows import word_box
from .sheet import find_segments
from .survey import is_noise

_DARK = 100  # of 255: more than half of a page of print is lighter, even in shadow
_STEP = 8  # pixels: a sample is enough


@dataclass(frozen=True, slots=True)
class Lying:
    """A page turned left by `turns` quarters, and prepared, with the segment of each of its components (-1: none)."""

    turns: int
    rgb: Pixels
    prepared: Prepared
    segment: NDArray[np.int32]


def lay(rgb: Pixels, dpi: int, turns: int) -> Lying:
    """The page turned left by so many quarters. Raises PageError for noise."""
    turned = np.ascontiguousarray(np.rot90(rgb, turns))
    if np.median(rgb[::_STEP, ::_STEP]) < _DARK:
        turned = 255 - turned  # a negative, as of microfilm
    prepared = prepare(turned, dpi)
    found, text = prepared.components, prepared.text
    if text and is_noise(found, text):
        raise PageError("noise or a pattern covers it")
    segment = find_segments(found, text) if text else np.full(len(found.areas), -1, np.int32)
    return Lying(turns, turned, prepared, segment)


def turn_line(line: Line, turns: int, width: int, height: int) -> Line:
    """The line with its boxes turned back, as `turn_box` does."""
    return replace(line, words=tuple(replace(w, box=turn_box(word_box(w), turns, width, height)) for w in line.words))


def turn_box(box: Box, turns: int, width: int, height: int) -> Box:
    """A box of the image turned left by `turns` quarters, in pixels of the image (width x height) before that."""
    match turns:
        case 1:
            return Box(width - box.y1, box.x0, width - box.y0, box.x1)
        case 2:
            return Box(width - box.x1, height - box.y1, width - box.x0, height - box.y0)
        case 3:
            return Box(box.y0, height - box.x1, box.y1, height - box.x0)
    return box
