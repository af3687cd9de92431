"""A page's image -> Page: prepared, read, arranged."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np

from ..errors import PageError
from ..types import Box, Line, Note, Page, Word
from . import ocr
from .clean import Pixels
from .dirt import set_dirt_apart
from .handwriting import mark_handwriting
from .layout import arrange
from .options import ReadOptions
from .prepare import Prepared, prepare
from .romans import count_romans
from .rows import word_box
from .second import combine, unsure_segments
from .sheet import find_segments, make_sheet
from .syllables import syllables
from .transcript import NOT_IN_TEXT

A4_INCHES = 8.27  # width of the paper that every plan is printed on
_LOWEST_DPI = 36  # less is no resolution of a page: files without one say 1
_TALLEST = 32_000  # pixels: Tesseract takes images of 32,767 at most
_SECOND_HEIGHT = 24.0  # text height in pixels of the second reading
_UPRIGHT = 0.5  # a page that stands as it should has at least this share of syllables among its words
_FEWEST_WORDS = 8  # too few words to judge by


@dataclass(frozen=True, slots=True)
class Picture:
    """rgb: height x width x 3, 8 bits; dpi as declared, 0 where unknown."""

    rgb: Pixels
    dpi: int


def read_picture(picture: Picture, *, number: int, reason: str, options: ReadOptions) -> Page:
    """Read one page image. Raises PageError (deadline, engine failure) and SetupError (no engine)."""
    height, width = picture.rgb.shape[:2]
    dpi = picture.dpi if picture.dpi >= _LOWEST_DPI else round(min(width, height) / A4_INCHES)
    lines, notes = _read(picture.rgb, dpi, options)
    turns = 0
    if _looks_turned(lines):
        readings = [(t, *_read(np.ascontiguousarray(np.rot90(picture.rgb, t)), dpi, options)) for t in (2, 1, 3)]
        best = max(readings, key=lambda reading: _credit(reading[1]))
        if _credit(best[1]) > 2 * _credit(lines):
            turns, lines, notes = best
            lines = tuple(_turn_line(line, turns, width, height) for line in lines)
            notes = tuple(replace(n, box=_turn(n.box, turns, width, height) if n.box else None) for n in notes)
            reason = f"{reason}; the page lay turned by {turns * 90} degrees"
    return Page(number, lines, "ocr", reason, width, height, dpi, (*notes, *_doubts(lines)))


def _doubts(lines: Sequence[Line]) -> tuple[Note, ...]:
    if not any(line.block not in NOT_IN_TEXT for line in lines):
        return (Note("page-empty", "no text was found on this page"),)
    if _looks_turned(lines):
        return (Note("page-unsure", "little of what was read on this page is Vietnamese", "warning"),)
    return ()


def _read(rgb: Pixels, dpi: int, options: ReadOptions) -> tuple[tuple[Line, ...], tuple[Note, ...]]:
    """Lines and notes of an image as it stands, boxes in its pixels."""
    prepared = prepare(rgb, dpi)
    words = count_romans(_read_sheet(prepared, dpi, options), prepared)
    height, width = prepared.grey.shape
    lines = mark_handwriting(arrange(words, width, height, prepared.tables), prepared)
    lines = set_dirt_apart(lines, (*prepared.strokes, *map(prepared.box_from_page, prepared.seals)))
    lines = tuple(replace(line, words=tuple(_on_page(word, prepared) for word in line.words)) for line in lines)
    return lines, _notes(lines, prepared)


def _read_sheet(prepared: Prepared, dpi: int, options: ReadOptions) -> list[Word]:
    if not prepared.text:
        return []
    segment = find_segments(prepared.components, prepared.text)
    sheet = make_sheet(prepared.grey, prepared.components, segment, prepared.text)
    if sheet.grey.shape[0] > _TALLEST:
        raise PageError("what stands on it is too much for text: noise, a pattern or a negative")
    lines = ocr.read_image(sheet.grey, dpi=dpi, timeout=options.page_timeout)
    words = sheet.to_page(word for line in lines for word in line)
    if not options.second_reading:
        return words
    unsure = unsure_segments(words, prepared.components, segment)
    if unsure.max(initial=-1) < 0:
        return words
    scale = _SECOND_HEIGHT / prepared.text
    sheet = make_sheet(prepared.grey, prepared.components, unsure, prepared.text, scale=scale)
    lines = ocr.read_image(sheet.grey, dpi=dpi, timeout=options.page_timeout)
    return combine(words, sheet.to_page(word for line in lines for word in line))


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


def _credit(lines: Sequence[Line]) -> float:
    """How much of a reading is Vietnamese: its known syllables of two letters and more, by their confidence."""
    known = syllables()
    return sum(
        word.confidence
        for line in lines
        for word in line.words
        if len(word.text) > 1 and word.text.strip(".,;:()").lower() in known
    )


def _looks_turned(lines: Sequence[Line]) -> bool:
    words = sum(len(line.words) for line in lines)
    return words >= _FEWEST_WORDS and _credit(lines) < _UPRIGHT * 0.5 * words


def _turn_line(line: Line, turns: int, width: int, height: int) -> Line:
    return replace(line, words=tuple(replace(w, box=_turn(word_box(w), turns, width, height)) for w in line.words))


def _turn(box: Box, turns: int, width: int, height: int) -> Box:
    """A box of the image turned left by `turns` quarters, in pixels of the image (width x height) before that."""
    if turns == 2:
        return Box(width - box.x1, height - box.y1, width - box.x0, height - box.y0)
    if turns == 1:
        return Box(width - box.y1, box.x0, width - box.y0, box.x1)
    return Box(box.y0, height - box.x1, box.y1, height - box.x0)
