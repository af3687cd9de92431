"""Coloured ink: seals in red, pens in blue. Seals and signatures are taken off the page, and kept as evidence."""

from __future__ import annotations

from dataclasses import dataclass

import cv2
import numpy as np

from ..types import Box
from .clean import Mask, Pixels, components

MM_PER_INCH = 25.4
_SEAL = (18.0, 60.0)  # mm: official seals are 36 mm across, those of parties and unions up to 50
_STRONG, _WEAK = 35, 18  # how much brighter than the others an ink's own colour channel is: its core, its edges
_LEAST_SHARE = 2e-4  # of the page


@dataclass(frozen=True, slots=True)
class Inks:
    """grey: the page without seals and large pen strokes; seals: their boxes; pen: where blue ink was, None if none."""

    grey: Pixels
    seals: tuple[Box, ...] = ()
    pen: Mask | None = None


def separate(rgb: Pixels, dpi: int) -> Inks:
    """Split a page into print and coloured ink. Text printed in colour stays: only seals and tall strokes go."""
    grey = np.asarray(cv2.cvtColor(rgb, cv2.COLOR_RGB2GRAY), np.uint8)
    if not _is_coloured(rgb):
        return Inks(grey)
    red, green, blue = cv2.split(rgb)
    redness = np.asarray(cv2.subtract(red, cv2.max(green, blue)), np.uint8)
    blueness = cv2.subtract(blue, red)
    seals = _find_seals(redness > _STRONG, dpi)
    for seal in seals:
        part = np.s_[seal.y0 : seal.y1, seal.x0 : seal.x1]
        # In the light of its own colour an ink looks like paper, and black print below it stays black.
        grey[part] = cv2.add(red[part], redness[part] // 2)
    pen = np.asarray(blueness > _STRONG, np.bool_)
    if pen.mean() < _LEAST_SHARE / 10:
        return Inks(grey, seals)
    return Inks(_without_strokes(grey, pen, np.asarray(blueness > _WEAK, np.bool_), dpi), seals, pen)


def _is_coloured(rgb: Pixels) -> bool:
    sample = rgb[::3, ::3].astype(np.int16)
    spread = sample.max(axis=2) - sample.min(axis=2)
    return bool((spread > _STRONG).mean() > _LEAST_SHARE)


def _find_seals(red: Mask, dpi: int) -> tuple[Box, ...]:
    """Boxes of red areas of a seal's size; one cut off by the page's edge may be narrower."""
    millimetre = dpi / MM_PER_INCH
    scale = 2 / millimetre  # half a millimetre a pixel
    height, width = red.shape
    size = max(1, round(width * scale)), max(1, round(height * scale))
    small = cv2.resize(red.astype(np.uint8) * 255, size, interpolation=cv2.INTER_AREA)
    joined = cv2.morphologyEx((small > 25).astype(np.uint8), cv2.MORPH_CLOSE, np.ones((7, 7), np.uint8))
    seals = []
    for x, y, w, h in components(joined > 0).boxes:
        at_edge = x <= 2 or x + w >= small.shape[1] - 2
        across = (max(w, h) if at_edge else min(w, h)) / 2
        if _SEAL[0] <= across and max(w, h) / 2 <= _SEAL[1]:
            margin = round(millimetre)
            seals.append(
                Box(
                    max(0, round(x / scale) - margin),
                    max(0, round(y / scale) - margin),
                    min(width, round((x + w) / scale) + margin),
                    min(height, round((y + h) / scale) + margin),
                )
            )
    return tuple(seals)


def _without_strokes(grey: Pixels, pen: Mask, faint: Mask, dpi: int) -> Pixels:
    """White out blue strokes too tall for a line of type (signatures, initials); blue words and digits stay."""
    tallest = dpi / MM_PER_INCH * 8
    joined = cv2.dilate(pen.astype(np.uint8), np.ones((3, 3), np.uint8))
    found = components(joined > 0)
    tall = np.flatnonzero((found.boxes[:, 3] > tallest) | (found.boxes[:, 2] > 3 * tallest)) + 1
    if not len(tall):
        return grey
    strokes = cv2.dilate(np.isin(found.labels, tall).astype(np.uint8), np.ones((5, 5), np.uint8)) > 0
    return np.where(strokes & faint, np.uint8(255), grey)
