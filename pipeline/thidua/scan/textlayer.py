"""The text layer of a PDF page: its words with boxes, and whether they can be trusted.

Scanners add layers made by OCR for another language ("KE HOACH", "I)()C LAP"), signing programs add layers that hold
only their own note, publishers add watermarks. Such a layer is told from an exact one by how much of it is Vietnamese.
"""

from __future__ import annotations

import ctypes
import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass

import pypdfium2 as pdfium
import pypdfium2.raw as pdfium_c

from ..types import Box, Word
from .syllables import syllable_share

LAYER_DPI = 144  # pixels of a page that has no image of its own
_POINTS_PER_INCH = 72
_FULL_IMAGE = 0.5  # share of the page under one image from which on the page counts as scanned
_NOTE_CHARACTERS = 250  # a page's own text is longer than the note of a signature or a watermark
_EXACT_SHARE = 0.9
_EXACT_SHARE_WITHOUT_IMAGE = 0.6  # no image to read instead: names and foreign words are no reason to doubt
_JUNK = re.compile(r"[\x00-\x08\x0b\x0e-\x1f\ufffd\ue000-\uf8ff]")


@dataclass(frozen=True, slots=True)
class Verdict:
    """use: whether the layer is the page's text; reason: why, for the record."""

    use: bool
    reason: str


def judge(words: Sequence[Word], image_share: float) -> Verdict:
    """Decide by the words of the layer and the share of the page (0..1) that its largest image covers."""
    text = " ".join(word.text for word in words)
    scanned = image_share >= _FULL_IMAGE
    if not text:
        return Verdict(False, "no text layer")
    if scanned and len(text) < _NOTE_CHARACTERS:
        return Verdict(False, "the text layer is only a signature note or watermark")
    junk = len(_JUNK.findall(text)) / len(text)
    share = syllable_share(text)
    if junk > 0.01:
        return Verdict(False, f"the text layer is garbled: {junk:.0%} of its characters are no text")
    if share >= (_EXACT_SHARE if scanned else _EXACT_SHARE_WITHOUT_IMAGE):
        return Verdict(True, f"exact text layer: {share:.0%} of its words are Vietnamese")
    if not scanned and not re.search(r"[^\W\d_]{2}", text):
        return Verdict(True, "text layer without words")
    return Verdict(False, f"the text layer is garbled: {share:.0%} of its words are Vietnamese")


def layer_words(textpage: pdfium.PdfTextPage, page: pdfium.PdfPage) -> list[Word]:
    """The words of the layer in the order of the PDF; boxes in pixels at LAYER_DPI, as high as the font's line."""
    count = textpage.count_chars()
    if count <= 0:
        return []
    get_unicode, raw = pdfium_c.FPDFText_GetUnicode, textpage.raw
    # PDFium writes the hyphen at the end of a line as U+0002.
    characters = [chr(get_unicode(raw, index)).replace("\x02", "-") for index in range(count)]
    words = []
    corner = page.get_cropbox()[0], page.get_cropbox()[3]
    start = None
    for index, character in enumerate([*characters, " "]):
        if character.isspace() or character in "\ufffe\x00":
            if start is not None:
                text = unicodedata.normalize("NFC", "".join(characters[start:index]))
                words.append(Word(text, _box(textpage, corner, start, index - 1)))
            start = None
        elif start is None:
            start = index
    return words


def _box(textpage: pdfium.PdfTextPage, corner: tuple[float, float], first: int, last: int) -> Box:
    left, bottom, right, top = _loose_box(textpage, first)
    if last > first:
        left2, bottom2, right2, top2 = _loose_box(textpage, last)
        left, bottom, right, top = min(left, left2), min(bottom, bottom2), max(right, right2), max(top, top2)
    scale = LAYER_DPI / _POINTS_PER_INCH
    crop_left, crop_top = corner
    x0, y0 = (left - crop_left) * scale, (crop_top - top) * scale
    return Box(round(x0), round(y0), round((right - crop_left) * scale), round((crop_top - bottom) * scale))


def _loose_box(textpage: pdfium.PdfTextPage, index: int) -> tuple[float, float, float, float]:
    rect = pdfium_c.FS_RECTF()
    pdfium_c.FPDFText_GetLooseCharBox(textpage.raw, index, ctypes.byref(rect))
    return rect.left, rect.bottom, rect.right, rect.top
