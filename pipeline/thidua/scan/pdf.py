"""PDF -> pages, with pypdfium2: an exact text layer is used as it is, everything else is read from the page's image."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path

import numpy as np
import pypdfium2 as pdfium
import pypdfium2.raw as pdfium_c

from ..errors import PageError, SourceLocked, SourceUnreadable
from ..types import Box, Note, Page, Word
from .clean import ink
from .faults import reason, unreadable_page
from .layout import arrange
from .options import ReadOptions
from .picture import Picture, read_picture
from .rows import line_height
from .streams import is_damaged
from .tables import Table, find_tables, scale_table
from .textlayer import LAYER_DPI, judge, layer_words

POINTS_PER_INCH = 72
USUAL_DPI, HIGHEST_DPI = 200, 250  # without an image the first will do; over the second nothing is gained
LOWEST_DPI = 100  # a scan with less is enlarged by what its type needs, not here
MOST_PIXELS = 40_000_000
_SCANNED = 0.8  # share of the page that the image of a scan fills at least
_FORMS_DEPTH = 3
_RULES_DPI = 72  # enough to see the rules of a table
_FEWEST_RULES = 4


def read_pdf(path: Path, options: ReadOptions) -> Iterator[Page]:
    """The pages of a PDF, one in memory at a time. Raises SourceLocked or SourceUnreadable at once."""
    try:
        document = pdfium.PdfDocument(path)
    except pdfium.PdfiumError as error:
        if "password" in str(error).lower():
            raise SourceLocked(f"{path} needs a password", remedy="Save it without one first") from None
        raise SourceUnreadable(f"{path} is a damaged PDF: {reason(error)}", remedy="Export or scan it again") from None
    if not len(document):
        document.close()
        raise SourceUnreadable(f"{path} is a PDF without pages", remedy="Export or scan it again")
    return _pages(document, path, options)


def _pages(document: pdfium.PdfDocument, path: Path, options: ReadOptions) -> Iterator[Page]:
    try:
        for index in range(len(document)):
            try:
                yield _read_page(document, index, options)
            except (pdfium.PdfiumError, PageError, MemoryError) as error:
                yield unreadable_page(path, index + 1, error)
    finally:
        document.close()


def _read_page(document: pdfium.PdfDocument, index: int, options: ReadOptions) -> Page:
    page = document[index]
    try:
        textpage = page.get_textpage()
        try:
            image_share, _ = _largest_image(page)
            layer = layer_words(textpage, page)
        finally:
            textpage.close()
        verdict = judge(layer, image_share)
        if verdict.use:
            width, height = (round(side * LAYER_DPI / POINTS_PER_INCH) for side in page.get_size())
            lines = arrange(layer, width, height, _ruled_tables(page, layer))
            return Page(index + 1, lines, "text-layer", verdict.reason, width, height, LAYER_DPI)
        damaged = _has_damaged_image(page)
        picture, scan_dpi = page_image(page)
    finally:
        page.close()
    read = read_picture(picture, number=index + 1, reason=verdict.reason, options=options)
    if damaged:
        note = Note("page-damaged", "an image on this page is damaged: part of it may be missing", "warning")
        read = replace(read, notes=(*read.notes, note))
    return _at_resolution(read, scan_dpi) if scan_dpi else read


def _at_resolution(page: Page, dpi: int) -> Page:
    """The page with its boxes in pixels of the scan itself, where it was read at another resolution."""
    scale = dpi / page.dpi
    if scale == 1:
        return page

    def scaled(box: Box | None) -> Box | None:
        return box and Box(*(round(side * scale) for side in (box.x0, box.y0, box.x1, box.y1)))

    lines = tuple(
        replace(line, words=tuple(replace(word, box=scaled(word.box)) for word in line.words)) for line in page.lines
    )
    notes = tuple(replace(note, box=scaled(note.box)) for note in page.notes)
    size = (round(page.width * scale), round(page.height * scale))
    return replace(page, lines=lines, notes=notes, width=size[0], height=size[1], dpi=dpi)


def _largest_image(page: pdfium.PdfPage) -> tuple[float, float]:
    """(share of the page that its largest image covers, the dpi of that image); zeros without images."""
    width, height = page.get_size()
    share = dpi = 0.0
    if not _holds(page, pdfium_c.FPDF_PAGEOBJ_IMAGE, pdfium_c.FPDF_PAGEOBJ_FORM):
        return share, dpi
    for image in page.get_objects(filter=[pdfium_c.FPDF_PAGEOBJ_IMAGE], max_depth=_FORMS_DEPTH):
        left, bottom, right, top = image.get_bounds()
        covered = max(0.0, min(right, width) - max(left, 0)) * max(0.0, min(top, height) - max(bottom, 0))
        if covered / (width * height) > share:
            share = covered / (width * height)
            dpi = max(image.get_px_size()) * POINTS_PER_INCH / max(right - left, top - bottom)
    return share, dpi


def _has_damaged_image(page: pdfium.PdfPage) -> bool:
    return any(
        is_damaged(image)
        for image in page.get_objects(filter=[pdfium_c.FPDF_PAGEOBJ_IMAGE], max_depth=_FORMS_DEPTH)
        if isinstance(image, pdfium.PdfImage)
    )


def _holds(page: pdfium.PdfPage, *kinds: int) -> int:
    """How many objects of these kinds the page itself holds, those inside of forms not counted."""
    count, get, kind = pdfium_c.FPDFPage_CountObjects(page), pdfium_c.FPDFPage_GetObject, pdfium_c.FPDFPageObj_GetType
    return sum(kind(get(page, k)) in kinds for k in range(count))


def page_image(page: pdfium.PdfPage) -> tuple[Picture, int]:
    """The page as an image at a resolution that loses nothing, and the dpi of the scan that fills the page (else 0)."""
    share, image_dpi = _largest_image(page)
    dpi = min(max(image_dpi or USUAL_DPI, LOWEST_DPI), HIGHEST_DPI)
    width, height = page.get_size()
    pixels = width * height * (dpi / POINTS_PER_INCH) ** 2
    if pixels > MOST_PIXELS:
        dpi *= (MOST_PIXELS / pixels) ** 0.5
    bitmap = page.render(scale=dpi / POINTS_PER_INCH, rev_byteorder=True)
    pixels_rgb = np.ascontiguousarray(bitmap.to_numpy()[..., :3])
    bitmap.close()
    return Picture(pixels_rgb, round(dpi)), round(image_dpi) if share > _SCANNED else 0


def _ruled_tables(page: pdfium.PdfPage, words: Sequence[Word]) -> tuple[Table, ...]:
    """The ruled tables of a page with an exact text layer, in its pixels (LAYER_DPI)."""
    if not words or _holds(page, pdfium_c.FPDF_PAGEOBJ_PATH) < _FEWEST_RULES:
        return ()
    bitmap = page.render(scale=_RULES_DPI / POINTS_PER_INCH, grayscale=True)
    dark = ink(np.asarray(bitmap.to_numpy(), np.uint8).reshape(bitmap.height, bitmap.width))
    bitmap.close()
    scale = LAYER_DPI // _RULES_DPI
    # A font's line is about 2.5 times as high as its lower-case letters.
    tables, _ = find_tables(dark, line_height(words) / 2.5 / scale)
    return tuple(scale_table(table, scale) for table in tables)
