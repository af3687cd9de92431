"""A page's image -> Page: prepared, read, arranged."""

from __future__ import annotations

from dataclasses import dataclass, replace

from ..types import Line, Note, Page, Word
from . import ocr
from .clean import Pixels
from .dirt import set_dirt_apart
from .handwriting import mark_handwriting
from .layout import arrange
from .options import ReadOptions
from .prepare import Prepared, prepare
from .rows import word_box
from .sheet import find_segments, make_sheet

A4_INCHES = 8.27  # width of the paper that every plan is printed on


@dataclass(frozen=True, slots=True)
class Picture:
    """rgb: height x width x 3, 8 bits; dpi as declared, 0 where unknown."""

    rgb: Pixels
    dpi: int


def read_picture(picture: Picture, *, number: int, reason: str, options: ReadOptions) -> Page:
    """Read one page image. Raises PageError (deadline, engine failure) and SetupError (no engine)."""
    height, width = picture.rgb.shape[:2]
    dpi = picture.dpi or round(min(width, height) / A4_INCHES)
    prepared = prepare(picture.rgb, dpi)
    words = _read_sheet(prepared, dpi, options)
    level_height, level_width = prepared.grey.shape
    arranged = arrange(words, level_width, level_height, prepared.tables)
    lines = _to_page(mark_handwriting(arranged, prepared), prepared)
    lines = set_dirt_apart(lines, prepared.seals)
    return Page(number, lines, "ocr", reason, width, height, dpi, _notes(lines, prepared))


def _notes(lines: tuple[Line, ...], prepared: Prepared) -> tuple[Note, ...]:
    seals = [Note("seal", "a red seal", box=box) for box in prepared.seals]
    pens = [
        Note("handwritten", f"{word.text!r} looks written by hand", "warning", word.box)
        for line in lines
        for word in line.words
        if word.handwritten
    ]
    return (*seals, *pens)


def _read_sheet(prepared: Prepared, dpi: int, options: ReadOptions) -> list[Word]:
    if not prepared.text:
        return []
    segment = find_segments(prepared.components, prepared.text)
    sheet = make_sheet(prepared.grey, prepared.components, segment, prepared.text)
    lines = ocr.read_image(sheet.grey, dpi=dpi, timeout=options.page_timeout, segmentation=ocr.ONE_BLOCK)
    return sheet.to_page(word for line in lines for word in line)


def _to_page(lines: tuple[Line, ...], prepared: Prepared) -> tuple[Line, ...]:
    """The lines with their words' boxes in pixels of the page."""
    return tuple(
        replace(line, words=tuple(replace(w, box=prepared.box_to_page(word_box(w))) for w in line.words))
        for line in lines
    )
