"""Preparing a page image: pure functions on 8-bit grey pixels, each applied only where the page shows the need.

Lengths depend on the type, so they are given in shares of the text's own height, never in fixed pixels.
"""

from __future__ import annotations

from dataclasses import dataclass

import cv2
import numpy as np
from numpy.typing import NDArray

Pixels = NDArray[np.uint8]
Mask = NDArray[np.bool_]

_FEWEST_LETTERS = 12
_LARGEST_SKEW = 5.0  # degrees
_SKEW_WIDTH = 800  # pixels: the page is scaled to this width for measuring its skew


@dataclass(frozen=True, slots=True)
class Components:
    """Connected dark areas of a page. boxes: n x 4 (x, y, width, height), areas: n, labels: image of 1..n, 0 paper."""

    labels: NDArray[np.int32]
    boxes: NDArray[np.int32]
    areas: NDArray[np.int32]


def ink(grey: Pixels) -> Mask:
    """Where the page is dark: a global threshold (Otsu), since the background is even by now."""
    threshold, _ = cv2.threshold(grey, 0, 255, cv2.THRESH_BINARY + cv2.THRESH_OTSU)
    return grey <= min(threshold, 190)


def components(dark: Mask) -> Components:
    _, labels, stats, _ = cv2.connectedComponentsWithStats(dark.astype(np.uint8), connectivity=8)
    return Components(
        np.asarray(labels, np.int32), np.asarray(stats[1:, :4], np.int32), np.asarray(stats[1:, 4], np.int32)
    )


def text_height(dark: Mask) -> float:
    """Height in pixels of the lower-case letters without marks, 0 where the page shows no text.

    Letters make the most frequent heights among components of the shape of letters.
    """
    # Half the resolution is enough for large type, at a quarter of the cost.
    shrink = 2 if dark.shape[1] > 2000 else 1
    boxes = components(dark[::shrink, ::shrink]).boxes * shrink
    widths, heights = boxes[:, 2], boxes[:, 3]
    letters = heights[(heights >= 5) & (heights <= 150) & (widths >= 2) & (widths <= 3 * heights)]
    if len(letters) < _FEWEST_LETTERS:
        return 0.0
    letters = letters[letters >= 0.5 * np.median(letters)]
    smooth = np.convolve(np.bincount(letters, minlength=152), (0.5, 1, 0.5) if shrink == 1 else (1, 1, 1), "same")
    # Capitals and digits make a peak of their own, higher up: in tables it is the larger one.
    return float(np.flatnonzero(smooth >= 0.5 * smooth.max())[0] + 1)


def even_background(grey: Pixels) -> Pixels:
    """Divide by the paper's own brightness, so that shadows and grey paper become white."""
    size = max(1, grey.shape[1] // 8), max(1, grey.shape[0] // 8)
    small = cv2.resize(grey, size, interpolation=cv2.INTER_AREA)
    paper = cv2.medianBlur(cv2.dilate(small, np.ones((5, 5), np.uint8)), 11)
    paper = cv2.resize(paper, (grey.shape[1], grey.shape[0]), interpolation=cv2.INTER_LINEAR)
    even = cv2.divide(grey, np.maximum(paper, 1), scale=250)
    return np.asarray(even, np.uint8)


def is_uneven(grey: Pixels) -> bool:
    """Whether the paper is anything but evenly white."""
    small = cv2.resize(grey, (64, 64), interpolation=cv2.INTER_AREA)
    paper = np.asarray(cv2.dilate(small, np.ones((9, 9), np.uint8)))
    return bool(np.percentile(paper, 5) < 243)


def skew_angle(dark: Mask) -> float:
    """Degrees by which the lines fall to the right (positive: clockwise), by the sharpest row profile."""
    width = dark.shape[1]
    scale = min(1.0, _SKEW_WIDTH / width)
    size = max(1, round(width * scale)), max(1, round(dark.shape[0] * scale))
    small = cv2.resize(dark.astype(np.uint8) * 255, size, interpolation=cv2.INTER_AREA)
    ys, xs = np.nonzero(small > 60)
    if len(ys) < 200:
        return 0.0
    if len(ys) > 60_000:
        step = len(ys) // 60_000 + 1
        ys, xs = ys[::step], xs[::step]

    def sharpness(angle: float) -> float:
        rows = np.round(ys - xs * np.tan(np.radians(angle))).astype(np.int64)
        counts = np.bincount(rows - rows.min()).astype(np.float64)
        return float(((counts[1:] - counts[:-1]) ** 2).sum())

    best = max(np.arange(-_LARGEST_SKEW, _LARGEST_SKEW + 0.01, 0.25), key=sharpness)
    return float(max(np.arange(best - 0.25, best + 0.26, 0.05), key=sharpness))


def rotate(grey: Pixels, angle: float) -> Pixels:
    """Turn the page so that lines that fall by `angle` degrees become level; the size stays, corners become white."""
    height, width = grey.shape
    turned = cv2.warpAffine(
        grey, rotation(angle, width, height), (width, height), flags=cv2.INTER_CUBIC, borderValue=255
    )
    return np.asarray(turned, np.uint8)


def rotation(angle: float, width: int, height: int) -> NDArray[np.float64]:
    """The 2 x 3 matrix of `rotate`: pixels of the page to pixels of the level page."""
    return np.asarray(cv2.getRotationMatrix2D((width / 2, height / 2), angle, 1.0), np.float64)


def resize(grey: Pixels, factor: float) -> Pixels:
    way = cv2.INTER_CUBIC if factor > 1 else cv2.INTER_AREA
    return np.asarray(cv2.resize(grey, None, fx=factor, fy=factor, interpolation=way), np.uint8)
