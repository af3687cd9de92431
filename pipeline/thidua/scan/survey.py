"""What a page shows before it is read: type or noise, and which way up it lies. Told from its letters' boxes alone."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

import numpy as np
from numpy.typing import NDArray

from .clean import Components
from .sheet import find_segments, speck_area

_CROWDED = 0.8  # components in a square of one text height: pages of close print have a third of that
_LETTER = 0.7  # text heights: what is lower is a mark, a dot or a dash
_LINE = 8  # letters beside each other from which on they are a line
_FEWEST = 40  # letters, or letters and marks that stand out of their lines: too few to judge by
_SIDEWAYS = 3.0  # how many times as many letters stand in lines when the page is turned by a quarter
_RISE = 0.25  # text heights by which a capital, an ascender or a marked letter rises over the others
_MARK = 1.2  # text heights from a line in which its marks stand
_UPSIDE_DOWN = 0.87  # what rises against what hangs: 1.3 and more on upright pages, 0.76 and less on turned ones


def is_noise(found: Components, text: float) -> bool:
    """Whether more stands on the page than print can be: a pattern, or noise. text: height of its letters in pixels."""
    size = np.count_nonzero(found.areas > speck_area(text))
    return bool(size > _CROWDED * found.labels.size / (text * text))


def quarter_turns(found: Components, segment: NDArray[np.int32], text: float) -> int | None:
    """By how many quarters the page is to be turned: 0, 2, or 1 where it lies on one of its sides.

    Letters stand beside each other in lines, and in Vietnamese more rises over a line (marks, ascenders) than hangs
    under it. None where too few letters say so. segment: the segment of each component, -1 for none.
    """
    lines, share = _lines(found, segment, text)
    if share < 1 / _SIDEWAYS:
        turned = replace(found, boxes=found.boxes[:, [1, 0, 3, 2]])
        lines_turned, share_turned = _lines(turned, find_segments(turned, text), text)
        if sum(map(len, lines_turned)) >= _FEWEST and share_turned > _SIDEWAYS * share:
            return 1
    rising, hanging = np.sum([(0, 0), *_outstanding(found, lines, text)], axis=0)
    if rising + hanging < _FEWEST:
        return None
    balance = rising / max(hanging, 1)
    return 2 if balance < _UPSIDE_DOWN else 0 if balance > 1 / _UPSIDE_DOWN else None


def _lines(found: Components, segment: NDArray[np.int32], text: float) -> tuple[list[NDArray[np.int32]], float]:
    """The boxes of the letters of each line, and the share of all letters that stand in lines."""
    letters = (segment >= 0) & (found.boxes[:, 3] >= _LETTER * text)
    order = np.argsort(segment[letters], kind="stable")
    boxes, starts = found.boxes[letters][order], np.flatnonzero(np.diff(segment[letters][order])) + 1
    lines = [line for line in np.split(boxes, starts) if len(line) >= _LINE]
    return lines, sum(map(len, lines)) / max(1, len(boxes))


def _outstanding(found: Components, lines: list[NDArray[np.int32]], text: float) -> Iterator[tuple[int, int]]:
    """For each line how many letters and marks rise over its lower-case letters, and how many hang under them."""
    x, y, w, h = found.boxes.T
    small = (h < _LETTER * text) & (w < 2 * text) & (found.areas > speck_area(text))
    mark_x, mark_y = (x + w / 2)[small], (y + h / 2)[small]
    for line in lines:
        left, right = line[:, 0].min(), (line[:, 0] + line[:, 2]).max()
        tops, feet = line[:, 1], line[:, 1] + line[:, 3]
        top, foot = float(np.median(tops)), float(np.median(feet))
        marks = mark_y[(mark_x >= left) & (mark_x < right)]
        rising = np.sum(tops < top - _RISE * text) + np.sum((marks < top) & (marks > top - _MARK * text))
        hanging = np.sum(feet > foot + _RISE * text) + np.sum((marks > foot) & (marks < foot + _MARK * text))
        yield int(rising), int(hanging)
