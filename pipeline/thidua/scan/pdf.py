"""PDF -> pages, with pypdfium2: an exact text layer is used as it is, everything else is read from the page's image."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pypdfium2 as pdfium
import pypdfium2.raw as pdfium_c

from ..errors import PageError, SourceLocked, SourceUnreadable
from ..types import Note, Page
from .layout import arrange
from .options import ReadOptions
from .picture import Picture, read_picture
from .textlayer import LAYER_DPI, judge, layer_words

POINTS_PER_INCH = 72
USUAL_DPI, HIGHEST_DPI = 200, 300  # without an image the first will do; over the second nothing is gained
LOWEST_DPI = 100  # a scan with less is enlarged by what its type needs, not here
MOST_PIXELS = 40_000_000
_FORMS_DEPTH = 3


def read_pdf(path: Path, options: ReadOptions) -> Iterator[Page]:
    """The pages of a PDF, one in memory at a time. Raises SourceLocked or SourceUnreadable at once."""
    try:
        document = pdfium.PdfDocument(path)
    except pdfium.PdfiumError as error:
        if "password" in str(error).lower():
            raise SourceLocked(f"{path} needs a password", remedy="Save it without one first") from None
        raise SourceUnreadable(f"{path} is a damaged PDF: {error}", remedy="Export or scan it again") from None
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


def unreadable_page(path: Path, number: int, error: Exception) -> Page:
    """A page without lines that says why."""
    message = f"{path.name}, page {number} cannot be read: {error}. Scan this page again"
    note = Note("page-unreadable", message, "error")
    return Page(number=number, lines=(), text_from="ocr", reason="the page cannot be read", notes=(note,))


def _read_page(document: pdfium.PdfDocument, index: int, options: ReadOptions) -> Page:
    page = document[index]
    try:
        textpage = page.get_textpage()
        try:
            image_share, image_dpi = _page_images(page)
            layer = layer_words(textpage, page)
        finally:
            textpage.close()
        verdict = judge(layer, image_share)
        if verdict.use:
            width, height = (round(side * LAYER_DPI / POINTS_PER_INCH) for side in page.get_size())
            lines = arrange(layer, width, height)
            return Page(index + 1, lines, "text-layer", verdict.reason, width, height, LAYER_DPI)
        picture = _render(page, image_dpi)
    finally:
        page.close()
    return read_picture(picture, number=index + 1, reason=verdict.reason, options=options)


def _page_images(page: pdfium.PdfPage) -> tuple[float, float]:
    """(share of the page that its largest image covers, the dpi of that image); zeros without images."""
    width, height = page.get_size()
    share = dpi = 0.0
    for image in page.get_objects(filter=[pdfium_c.FPDF_PAGEOBJ_IMAGE], max_depth=_FORMS_DEPTH):
        left, bottom, right, top = image.get_bounds()
        covered = max(0.0, min(right, width) - max(left, 0)) * max(0.0, min(top, height) - max(bottom, 0))
        if covered / (width * height) > share:
            share = covered / (width * height)
            dpi = max(image.get_px_size()) * POINTS_PER_INCH / max(right - left, top - bottom)
    return share, dpi


def _render(page: pdfium.PdfPage, image_dpi: float) -> Picture:
    dpi = min(max(image_dpi or USUAL_DPI, LOWEST_DPI), HIGHEST_DPI)
    width, height = page.get_size()
    pixels = width * height * (dpi / POINTS_PER_INCH) ** 2
    if pixels > MOST_PIXELS:
        dpi *= (MOST_PIXELS / pixels) ** 0.5
    bitmap = page.render(scale=dpi / POINTS_PER_INCH, rev_byteorder=True)
    pixels_rgb = np.ascontiguousarray(bitmap.to_numpy()[..., :3])
    bitmap.close()
    return Picture(pixels_rgb, round(dpi))
