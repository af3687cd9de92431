"""Numbers, days and months filled in by hand: told from print by their strokes, not by what they seem to say.

Printed digits share one height and one baseline with the capitals or digits beside them, and the engine is sure of
them. A pen's digits do not, and it is not; a blue pen shows at once.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from ..folding import fold
from ..types import Box, Line, Word
from .clean import Mask
from .prepare import Prepared
from .rows import word_box
from .syllables import syllables

# (where the slot starts, where it ends) in folded text. A space may be missing on both sides of what a pen wrote.
_NUMBER_SLOT = r"\bs[o0]\s?(?:[:.;]|(?=\W))\s*(?P<slot>\S{1,9}?|\S{1,5} \S{1,4}?)\s?(?=[-/|]\s?[a-z])"
_SLOTS = (
    ("number", re.compile(_NUMBER_SLOT)),
    ("day", re.compile(r"\bng.y ?(?P<slot>\S{1,4}(?: \S{1,2})?) ?(?=th.ng\b)")),
    ("month", re.compile(r"\bth.ng ?(?P<slot>\S{1,3}(?: \S{1,2})?) ?(?=n.m\b)")),
)
_DIGITS = re.compile(r"[\dlIO]+(?:/\d{4})?")  # a law's number has its year; 1 and 0 are misread in print as well
_CAPITAL = (1.15, 2.2)  # heights of capitals and digits, in text heights
_SPREAD = 0.13  # of a capital's height: how far print may stray from its height and baseline
_EXACT = 0.04  # how far it does where the type is clear: no two digits of a pen are so even
_SURE = {"letterhead-left": 0.70, "letterhead-right": 0.70}
_SURE_ELSEWHERE = 0.8  # in the body strokes that stray are forgiven where the engine is surer than this
_SURE_EXACT = 0.4  # for digits that are even as print only is
_HANDWRITTEN = 0.3  # the most that a reading of handwriting is trusted
_BLUE = 0.12  # share of a box that blue ink covers
_PLAIN = frozenset("ABCDĐEGHIKLMNOPRSTUVXY0123456789")  # one height and one baseline: no marks, no tails as of Q


@dataclass(frozen=True, slots=True)
class Slot:
    """A stretch of a line's text, and its box."""

    kind: str
    start: int
    end: int
    box: Box


def mark_handwriting(lines: Sequence[Line], prepared: Prepared) -> tuple[Line, ...]:
    """The lines with `handwritten` set on the words that fill a slot by hand; such a word may be part of a token."""
    return tuple(_mark_line(line, prepared) for line in lines)


def _mark_line(line: Line, prepared: Prepared) -> Line:
    folded = fold(line.text)
    for kind, pattern in _SLOTS:
        for match in pattern.finditer(folded):
            slot = _slot(line, kind, *match.span("slot"))
            if slot is not None and not _is_name(line.text, match, slot) and _by_hand(line, slot, prepared):
                line = _split(line, slot)
    if prepared.pen is not None:
        line = replace(line, words=tuple(_blue(word, prepared, prepared.pen) for word in line.words))
    return line


def _is_name(text: str, match: re.Match[str], slot: Slot) -> bool:
    """Whether words stand in the place of a number: "Sở Y tế - ..."."""
    words = text[slot.start : slot.end].lower().split()
    before = text[match.start() : slot.start].strip()
    return slot.kind == "number" and before.isalpha() and all(word in syllables() for word in words)


def _slot(line: Line, kind: str, start: int, end: int) -> Slot | None:
    """The box of text[start:end]: words as they are, parts of words in proportion to their letters."""
    boxes = []
    for word, at in _placed(line):
        first, last = max(start, at), min(end, at + len(word.text))
        if first < last:
            boxes.append(_part(word, first - at, last - at))
    if not boxes:
        return None
    box = boxes[0]
    for other in boxes[1:]:
        box = box.union(other)
    return Slot(kind, start, end, box)


def _placed(line: Line) -> Iterable[tuple[Word, int]]:
    position = 0
    for word in line.words:
        position = line.text.index(word.text, position)
        yield word, position
        position += len(word.text)


def _part(word: Word, first: int, last: int) -> Box:
    box = word_box(word)
    widths = np.cumsum([0.0, *(_width(character) for character in word.text)])
    scale = (box.x1 - box.x0) / widths[-1]
    return Box(
        round(box.x0 + scale * widths[first]), box.y0, max(round(box.x0 + scale * widths[last]), box.x0 + 1), box.y1
    )


def _width(character: str) -> float:
    """Rough width of a letter in a book face, in ems."""
    if character in ".,:;|!'`iIlíìị/-()":
        return 0.3
    return 0.68 if character.isupper() else 0.5


def _by_hand(line: Line, slot: Slot, prepared: Prepared) -> bool:
    words = [w for w, at in _placed(line) if at < slot.end and at + len(w.text) > slot.start]
    confidence = min(word.confidence for word in words)
    digits = _DIGITS.fullmatch(line.text[slot.start : slot.end]) is not None
    strokes = _strokes(line, slot, prepared)
    if digits and confidence >= _SURE_EXACT and strokes.count == slot.end - slot.start > 1 and strokes.even(_EXACT, 1):
        return False
    sure = confidence >= _SURE.get(line.block, _SURE_ELSEWHERE)
    printed = strokes.even(_SPREAD, 2)
    if line.block in _SURE:
        return not (digits and sure and printed)
    return not printed and not (digits and sure)


@dataclass(frozen=True, slots=True)
class _Strokes:
    """How what stands in a slot differs from the capitals and digits beside it, in pixels.

    count: its characters; capital: height of those beside it (0: too few to compare with); height: the largest
    difference in height; spread: between its highest and its lowest foot; foot: of its feet from the others'.
    """

    count: int
    capital: float = 0.0
    height: float = 0.0
    spread: float = 0.0
    foot: float = 0.0

    def even(self, share: float, lean: float) -> bool:
        """Whether it shares height and baseline with the others up to a share of their height.

        lean: how many times as far the page's lean may take its baseline from theirs.
        """
        allowed = share * self.capital + 1
        fits = self.height <= allowed and self.spread <= allowed and self.foot <= lean * allowed
        return self.capital > 0 and fits


def _strokes(line: Line, slot: Slot, prepared: Prepared) -> _Strokes:
    boxes = prepared.components.boxes
    x, y, w, h = boxes.T
    row = min(word_box(word).y0 for word in line.words), max(word_box(word).y1 for word in line.words)
    level = (y + h > row[0]) & (y < row[1]) & (h >= 0.5 * prepared.text)
    middle = x + w / 2
    inside = level & (middle >= slot.box.x0) & (middle < slot.box.x1)
    capital = (h >= _CAPITAL[0] * prepared.text) & (h <= _CAPITAL[1] * prepared.text)
    near = np.abs(middle - (slot.box.x0 + slot.box.x1) / 2) < 16 * prepared.text
    beside = level & near & ~inside & capital & _upright_print(line, slot)(middle)
    count = int(inside.sum())
    if not count or beside.sum() < 2:
        return _Strokes(count)
    height, feet = float(np.median(h[beside])), (y + h)[inside]
    foot = float(np.median((y + h)[beside]))
    strays = float(np.abs(h[inside] - height).max()), float(np.ptp(feet)), abs(float(np.median(feet)) - foot)
    return _Strokes(count, height, *strays)


def _upright_print(line: Line, slot: Slot) -> Callable[[NDArray[np.float64]], NDArray[np.bool_]]:
    """Which x stand on capitals or digits of the line outside of the slot: the print to compare with."""
    spans = []
    for word, at in _placed(line):
        for k, character in enumerate(word.text):
            if not slot.start <= at + k < slot.end and character in _PLAIN:
                part = _part(word, k, k + 1)
                spans.append((part.x0 - 2, part.x1 + 2))

    def stands(middle: NDArray[np.float64]) -> NDArray[np.bool_]:
        result = np.zeros(len(middle), np.bool_)
        for left, right in spans:
            result |= (middle >= left) & (middle < right)
        return result

    return stands


def _split(line: Line, slot: Slot) -> Line:
    """Mark the slot's characters as words of their own; the line's text stays."""
    words: list[Word] = []
    for word, at in _placed(line):
        cuts = sorted({0, len(word.text), *(k - at for k in (slot.start, slot.end) if 0 < k - at < len(word.text))})
        for first, last in pairwise(cuts):
            whole = last - first == len(word.text)
            part = word if whole else Word(word.text[first:last], _part(word, first, last), word.confidence)
            if slot.start <= at + first and at + last <= slot.end:
                part = replace(part, handwritten=True, confidence=min(part.confidence, _HANDWRITTEN))
            words.append(part)
    return replace(line, words=tuple(words))


def _blue(word: Word, prepared: Prepared, pen: Mask) -> Word:
    box = prepared.box_to_page(word_box(word))
    part = pen[box.y0 : box.y1, box.x0 : box.x1]
    if not part.size or part.mean() < _BLUE or not any(c.isdigit() for c in word.text):
        return word
    return replace(word, handwritten=True, confidence=min(word.confidence, _HANDWRITTEN))
