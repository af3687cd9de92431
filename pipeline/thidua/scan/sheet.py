"""The printed segments of a page, found by their letters, and a sheet that shows them one below the other.

Tesseract is good at reading a line and weak at finding it between columns, table rules, seals and dirt. On the sheet
each segment stands alone: no neighbour's marks, no second column, nothing that is no type.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

import cv2
import numpy as np
from numpy.typing import NDArray

from ..types import Box, Word
from .clean import Components, Pixels
from .rows import word_box

_LETTER = (0.7, 3.2)  # heights of letters, in text heights: `a` to a capital with two marks
_WIDEST = 14.0  # text heights: letters that touch each other make long components
_GAP = 1.9  # text heights between two words of a segment
_SHORT, _INDENT = 3.5, 7.0  # text heights: the most that a list's number takes, and what lies between it and its text
_SHEET_GAP = 0.8  # text heights between the two on the sheet: a usual space, wider ones mislead Tesseract
_SPECK, _LARGE_SPECK = 0.008, 0.02  # square text heights; the dot of a full stop has 0.03 and more
_DIRTY = 0.25  # specks for a letter: on a page with more of them the large ones are dirt, else broken pieces of type
_REACH = 1.6  # text heights from a mark or a full stop to its letter
_ACROSS = 0.4  # what stands beside a letter (a dash before the text) may be further off
_TALLEST = 30_000  # pixels of a sheet: Tesseract takes images of 32,767 at most


@dataclass(frozen=True, slots=True)
class Strip:
    """One segment: where it stands on the page, and the top left corner of its copy on the sheet (unscaled)."""

    box: Box
    x: int
    y: int

    def to_page(self, box: Box) -> Box:
        """A box of the unscaled sheet in pixels of the page, kept inside the segment."""
        dx, dy = self.box.x0 - self.x, self.box.y0 - self.y
        left = min(max(box.x0 + dx, self.box.x0), self.box.x1 - 1)
        top = min(max(box.y0 + dy, self.box.y0), self.box.y1 - 1)
        right, bottom = min(box.x1 + dx, self.box.x1), min(box.y1 + dy, self.box.y1)
        return Box(left, top, max(right, left + 1), max(bottom, top + 1))


@dataclass(frozen=True, slots=True)
class Sheet:
    """rows: the strips that stand side by side, top to bottom; tops: the height at which each row starts, unscaled."""

    grey: Pixels
    rows: tuple[tuple[Strip, ...], ...]
    tops: tuple[int, ...]
    scale: float

    def to_page(self, words: Iterable[Word]) -> list[Word]:
        """Words read on the sheet with their boxes in pixels of the page."""
        return [replace(word, box=self._box(word_box(word))) for word in words]

    def _box(self, box: Box) -> Box:
        x0, y0, x1, y1 = (round(side / self.scale) for side in (box.x0, box.y0, box.x1, box.y1))
        row = self.rows[max(0, bisect_right(self.tops, (y0 + y1) / 2) - 1)]
        middle = (x0 + x1) / 2
        strip = min(row, key=lambda s: max(s.x - middle, middle - (s.x + s.box.x1 - s.box.x0), 0))
        return strip.to_page(Box(x0, y0, x1, y1))


def find_segments(found: Components, text: float) -> NDArray[np.int32]:
    """The number of the segment (from 0) of each component, -1 for what is no part of one."""
    x, _, w, h = found.boxes.T
    letters = np.flatnonzero((h >= _LETTER[0] * text) & (h <= _LETTER[1] * text) & (w <= _WIDEST * text))
    segment = np.full(len(x), -1, np.int32)
    chains = _chain(found.boxes, letters[np.argsort(x[letters], kind="stable")], text)
    # What is nowhere as high as a letter is a row of marks over its letters.
    lines = [chain for chain in chains if h[chain].max() >= text]
    for number, chain in enumerate(lines):
        segment[chain] = number
    letters = letters[segment[letters] >= 0]
    near = (segment < 0) & (h < _LETTER[1] * text) & (w <= _WIDEST * text)
    rest = np.flatnonzero(near & (found.areas > _largest_speck(found, len(letters), text)))
    if len(rest) and len(letters):
        feet = np.concatenate([_feet(found.boxes, chain) for chain in lines])
        letters = np.concatenate([np.asarray(chain, np.intp) for chain in lines])
        nearest = _nearest(found.boxes, rest, letters, feet, text)
        segment[rest] = np.where(nearest >= 0, segment[letters[nearest]], -1)
    return segment


def _largest_speck(found: Components, letters: int, text: float) -> float:
    """Area in pixels: what is no larger is dirt."""
    large = _LARGE_SPECK * text * text
    specks = np.count_nonzero((found.areas > 1) & (found.areas < large))
    return max(1.0, large) if specks > _DIRTY * letters else speck_area(text)


def speck_area(text: float) -> float:
    """Area in pixels that no mark or dot of clean print falls under. text: height of its letters in pixels."""
    return max(1.0, _SPECK * text * text)


def _chain(boxes: NDArray[np.int32], order: NDArray[np.intp], text: float) -> list[list[int]]:
    """Letters that stand beside each other, left to right."""
    chains: list[list[int]] = []
    ends: list[tuple[int, int, int]] = []  # right, top, bottom of each chain's end
    active: list[int] = []
    for k in order:
        x, y, w, h = (int(v) for v in boxes[k])
        best, best_right = -1, -1
        for chain in active:
            right, top, bottom = ends[chain]
            shared = min(bottom, y + h) - max(top, y)
            if x - right < _GAP * text and shared > 0.5 * min(bottom - top, h) and right > best_right:
                best, best_right = chain, right
        if best < 0:
            best = len(chains)
            chains.append([])
            ends.append((0, 0, 0))
            active.append(best)
            active = [c for c in active if x - ends[c][0] < _GAP * text or c == best]
        chains[best].append(int(k))
        ends[best] = (max(x + w, best_right), y, y + h)
    return chains


def _feet(boxes: NDArray[np.int32], chain: list[int]) -> NDArray[np.float64]:
    """The height of the baseline at each letter of a segment: the median foot of the letters around it."""
    bottoms = (boxes[chain, 1] + boxes[chain, 3]).astype(np.float64)
    reach = 4
    padded = np.pad(bottoms, reach, mode="reflect" if len(chain) > reach else "edge")
    return np.asarray(np.median(np.lib.stride_tricks.sliding_window_view(padded, 2 * reach + 1), axis=1), np.float64)


def _nearest(
    boxes: NDArray[np.int32],
    rest: NDArray[np.intp],
    letters: NDArray[np.intp],
    feet: NDArray[np.float64],
    text: float,
) -> NDArray[np.intp]:
    """For each small component the index of its letter, -1 where none is near.

    Over a letter there is room for two marks, under the baseline only for a dot or a comma: what hangs under a line
    counts as twice as far from it.
    """
    result = np.full(len(rest), -1, np.intp)
    left, top = boxes[letters, 0], boxes[letters, 1]
    right = left + boxes[letters, 2]
    for place, k in enumerate(rest):
        x, y, w, h = boxes[k]
        middle = y + h / 2
        across = np.maximum(np.maximum(left - (x + w), x - right), 0)
        distance = _ACROSS * across + np.maximum(top - middle, 0) + 2 * np.maximum(middle - feet, 0)
        best = int(np.argmin(distance))
        if distance[best] < _REACH * text:
            result[place] = best
    return result


def split_segments(
    found: Components, segment: NDArray[np.int32], text: float, *, scale: float = 1.0
) -> list[NDArray[np.int32]]:
    """The segments in portions that each fit on one sheet, numbered anew in each; one portion on nearly every page."""
    count = int(segment.max(initial=-1)) + 1
    part = segment >= 0
    top, foot = np.full(count, np.iinfo(np.int32).max), np.zeros(count, np.int64)
    np.minimum.at(top, segment[part], found.boxes[part, 1])
    np.maximum.at(foot, segment[part], found.boxes[part, 1] + found.boxes[part, 3])
    sheet = (np.cumsum((foot - top + _pad(text)) * scale) / _TALLEST).astype(np.int64)
    return [pick_segments(segment, sheet == number) for number in np.unique(sheet)]


def longest_segments(segment: NDArray[np.int32], most: int) -> NDArray[np.int32]:
    """The segments of the most components, numbered anew."""
    sizes = np.bincount(segment[segment >= 0])
    picked = np.zeros(len(sizes), np.bool_)
    picked[np.argsort(-sizes, kind="stable")[:most]] = True
    return pick_segments(segment, picked)


def pick_segments(segment: NDArray[np.int32], picked: NDArray[np.bool_]) -> NDArray[np.int32]:
    """The picked segments numbered anew from 0, -1 for all others."""
    numbers = np.where(picked, np.cumsum(picked) - 1, -1)
    return np.append(numbers, -1).astype(np.int32)[segment]


def _pad(text: float) -> int:
    """Pixels between the rows of a sheet."""
    return max(4, round(0.9 * text))


def make_sheet(
    grey: Pixels, found: Components, segment: NDArray[np.int32], text: float, *, scale: float = 1.0
) -> Sheet:
    """Draw the segments, each with only its own components: those of one height side by side, the others below."""
    numbers = np.concatenate(([-1], segment)).astype(np.int32)
    owner = numbers[found.labels]
    boxes = [_union(found.boxes[segment == number]) for number in range(int(segment.max(initial=-1)) + 1)]
    rows = _rows(boxes, text)
    pad, gap = _pad(text), round(_SHEET_GAP * text)
    width = max((sum(boxes[n].x1 - boxes[n].x0 + gap for n in row) for row in rows), default=1) + 2 * pad
    heights = [max(boxes[n].y1 for n in row) - min(boxes[n].y0 for n in row) for row in rows]
    sheet: Pixels = np.full((sum(heights) + pad * (len(rows) + 2), width), 255, np.uint8)
    strips: list[tuple[Strip, ...]] = []
    tops = []
    y = pad
    for row, height in zip(rows, heights, strict=True):
        top = min(boxes[n].y0 for n in row)
        x = pad
        placed = []
        for number in row:
            box = boxes[number]
            strip = Strip(box, x, y + box.y0 - top)
            _draw(sheet, strip, grey, owner, number)
            placed.append(strip)
            x += box.x1 - box.x0 + gap
        strips.append(tuple(placed))
        tops.append(y - pad // 2)
        y += height + pad
    if scale != 1.0:
        sheet = np.asarray(cv2.resize(sheet, None, fx=scale, fy=scale, interpolation=cv2.INTER_CUBIC), np.uint8)
    return Sheet(sheet, tuple(strips), tuple(tops), scale)


def _rows(boxes: Sequence[Box], text: float) -> list[list[int]]:
    """Numbers of the boxes row by row: each in a row of its own, but a list's number before its text."""
    order = sorted(range(len(boxes)), key=lambda n: boxes[n].y0 + boxes[n].y1)
    short = [n for n in order if boxes[n].x1 - boxes[n].x0 < _SHORT * text]
    owner: dict[int, int] = {}
    for number in short:
        box = boxes[number]
        texts = [n for n in order if n not in short and _follows(box, boxes[n], text)]
        if texts:
            owner.setdefault(min(texts, key=lambda n: boxes[n].x0), number)
    taken = set(owner.values())
    return [[owner[n], n] if n in owner else [n] for n in order if n not in taken]


def _follows(number: Box, line: Box, text: float) -> bool:
    level = abs(number.y0 + number.y1 - line.y0 - line.y1) < 1.4 * text
    return level and 0 <= line.x0 - number.x1 < _INDENT * text and line.x1 - line.x0 > 3 * _SHORT * text


def _draw(sheet: Pixels, strip: Strip, grey: Pixels, owner: NDArray[np.int32], number: int) -> None:
    box = strip.box
    part = np.s_[box.y0 : box.y1, box.x0 : box.x1]
    # A ring of one pixel keeps the grey edges of the letters.
    own = cv2.dilate((owner[part] == number).astype(np.uint8), np.ones((3, 3), np.uint8)) > 0
    target = sheet[strip.y : strip.y + box.y1 - box.y0, strip.x : strip.x + box.x1 - box.x0]
    np.copyto(target, grey[part], where=own)


def _union(boxes: NDArray[np.int32]) -> Box:
    x0, y0 = boxes[:, :2].min(axis=0)
    x1, y1 = (boxes[:, :2] + boxes[:, 2:]).max(axis=0)
    return Box(int(x0), int(y0), int(x1), int(y1))
