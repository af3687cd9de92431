"""A page's image -> Page: prepared, read, arranged."""

from __future__ import annotations

import time
from collections.abc import Iterable, Sequence
from contextlib import suppress
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from ..errors import PageError
from ..types import Line, Note, Page, Word
from . import ocr
from .asterocr import Recogniser, find_recogniser, vote
from .clean import Pixels
from .dirt import set_dirt_apart
from .handwriting import mark_handwriting
from .layout import arrange
from .lying import Lying, lay, turn_box, turn_line
from .options import ReadOptions
from .prepare import Prepared
from .romans import count_romans
from .rows import word_box
from .second import combine, unsure_segments
from .sheet import longest_segments, make_sheet, split_segments
from .stamps import split_stamps
from .survey import quarter_turns
from .syllables import syllables
from .transcript import NOT_IN_TEXT

A4_INCHES = 8.27  # width of the paper that every plan is printed on
_LOWEST_DPI = 36  # less is no resolution of a page: files without one say 1
_SECOND_HEIGHT = 24.0  # text height in pixels of the second reading
_UPRIGHT = 0.25  # what a page that stands as it should has of Vietnamese at least (see _vietnamese)
_NO_TEXT = 0.05  # what any text has
_FEWEST_WORDS = 8  # too few words to judge by
_SAMPLE = 8  # segments that tell which way up a page lies


@dataclass(frozen=True, slots=True)
class Picture:
    """rgb: height x width x 3, 8 bits; dpi as declared, 0 where unknown."""

    rgb: Pixels
    dpi: int


def read_picture(picture: Picture, *, number: int, reason: str, options: ReadOptions) -> Page:
    """Read one page image. Raises PageError (deadline, noise, engine failure) and SetupError (no engine)."""
    height, width = picture.rgb.shape[:2]
    dpi = picture.dpi if picture.dpi >= _LOWEST_DPI else round(min(width, height) / A4_INCHES)
    deadline = time.monotonic() + options.page_timeout
    reader = _Reader(dpi, deadline, options.second_reading, find_recogniser(options.asterocr))
    lying = lay(picture.rgb, dpi, 0)
    turns = quarter_turns(lying.prepared.components, lying.segment, lying.prepared.text)
    if turns:
        # A table of numbers can look turned: the page is turned only where it reads better so.
        lying = reader.find_best(picture.rgb, lying, (2,) if turns == 2 else (1, 3))
    lines, notes = reader.read(lying)
    if turns is None and _looks_turned(lines):
        lying = reader.find_best(picture.rgb, lying, (2, 1, 3))
        if lying.turns:
            lines, notes = reader.read(lying)
    if lying.turns:
        reason = f"{reason}; the page lay turned by {lying.turns * 90} degrees"
        lines = tuple(turn_line(line, lying.turns, width, height) for line in lines)
        notes = tuple(replace(n, box=n.box and turn_box(n.box, lying.turns, width, height)) for n in notes)
    return Page(number, lines, "ocr", reason, width, height, dpi, (*notes, *_doubts(lines)))


def _doubts(lines: Sequence[Line]) -> tuple[Note, ...]:
    if not any(line.block not in NOT_IN_TEXT for line in lines):
        return (Note("page-empty", "no text was found on this page"),)
    if _looks_turned(lines):
        return (Note("page-unsure", "little of what was read on this page is Vietnamese", "warning"),)
    return ()


@dataclass(frozen=True, slots=True)
class _Reader:
    """Reads one page until its deadline, a time of `time.monotonic`."""

    dpi: int
    deadline: float
    second_reading: bool
    second_reader: Recogniser | None

    def read(self, lying: Lying) -> tuple[tuple[Line, ...], tuple[Note, ...]]:
        """Lines and notes of a page as it lies, boxes in the pixels of the page so turned."""
        prepared = lying.prepared
        words, stamped = split_stamps(count_romans(self._read_twice(lying), prepared), lying)
        height, width = prepared.grey.shape
        lines = mark_handwriting(arrange(words, width, height, prepared.tables), prepared)
        lines = (*lines, *stamped)
        lines = set_dirt_apart(lines, (*prepared.strokes, *map(prepared.box_from_page, prepared.seals)))
        lines = tuple(replace(line, words=tuple(_on_page(word, prepared) for word in line.words)) for line in lines)
        return lines, _notes(lines, prepared)

    def find_best(self, rgb: Pixels, lying: Lying, turns: Iterable[int]) -> Lying:
        """The page as it lies, or turned in the one of these ways in which the longest of its lines read far better."""
        best, best_share = lying, max(2 * self._sample(lying), _UPRIGHT)
        for quarters in turns:
            with suppress(PageError):
                other = lay(rgb, self.dpi, quarters)
                share = self._sample(other)
                if share > best_share:
                    best, best_share = other, share
        return best

    def _sample(self, lying: Lying) -> float:
        return _vietnamese(self._read_segments(lying.prepared, longest_segments(lying.segment, _SAMPLE)))

    def _read_twice(self, lying: Lying) -> list[Word]:
        prepared = lying.prepared
        words = self._read_segments(prepared, lying.segment)
        if self.second_reading:
            unsure = unsure_segments(words, prepared.components, lying.segment)
            scale = _SECOND_HEIGHT / prepared.text if prepared.text else 1.0
            words = combine(words, self._read_segments(prepared, unsure, scale=scale))
        return vote(words, prepared.grey, prepared.text, self.second_reader) if self.second_reader else words

    def _read_segments(self, prepared: Prepared, segment: NDArray[np.int32], *, scale: float = 1.0) -> list[Word]:
        words: list[Word] = []
        for portion in split_segments(prepared.components, segment, prepared.text, scale=scale):
            if len(words) >= _FEWEST_WORDS and _vietnamese(words) < _NO_TEXT:
                raise PageError("what stands on it is no text: noise, a pattern or a negative")
            left = self.deadline - time.monotonic()
            if left <= 0:
                raise PageError("the time for a page is over", remedy="Raise the deadline")
            sheet = make_sheet(prepared.grey, prepared.components, portion, prepared.text, scale=scale)
            lines = ocr.read_image(sheet.grey, dpi=self.dpi, timeout=left)
            words += sheet.to_page(word for line in lines for word in line)
        return words


def _on_page(word: Word, prepared: Prepared) -> Word:
    return replace(word, box=prepared.box_to_page(word_box(word)))


def _notes(lines: Sequence[Line], prepared: Prepared) -> tuple[Note, ...]:
    seals = [Note("seal", "a red seal", box=box) for box in prepared.seals]
    pens = [
        Note("handwritten", f"{word.text!r} looks written by hand", "warning", word.box)
        for line in lines
        for word in line.words
        if word.handwritten
    ]
    return (*seals, *pens)


def _words(lines: Iterable[Line]) -> list[Word]:
    return [word for line in lines for word in line.words]


def _vietnamese(words: Sequence[Word]) -> float:
    """How much of a reading is Vietnamese (0..1): its known syllables of two letters and more, by their confidence."""
    known = syllables()
    sure = (w.confidence for w in words if len(w.text) > 1 and w.text.strip(".,;:()").lower() in known)
    return sum(sure) / max(1, len(words))


def _looks_turned(lines: Sequence[Line]) -> bool:
    words = _words(lines)
    return len(words) >= _FEWEST_WORDS and _vietnamese(words) < _UPRIGHT
