"""Whether an image inside a PDF is whole: PDFium draws what it can of a damaged one and says nothing."""

from __future__ import annotations

import ctypes
import io

import pypdfium2 as pdfium
import pypdfium2.raw as pdfium_c
from PIL import Image

_SMALL = (64, 64)  # decoding to the smallest size costs least and meets every fault all the same


def is_damaged(image: pdfium.PdfImage) -> bool:
    """Whether the data of the image end too early or cannot be decoded; JPEG and deflated images are looked at."""
    kind = (image.get_filters() or [""])[-1]
    if kind == "DCTDecode":
        return not _opens(bytes(image.get_data(decode_simple=True)))
    return kind == "FlateDecode" and len(image.get_data(decode_simple=True)) < _expected_bytes(image)


def _opens(jpeg: bytes) -> bool:
    try:
        with Image.open(io.BytesIO(jpeg)) as image:
            image.draft(None, _SMALL)
            image.load()
    except (OSError, ValueError, SyntaxError):
        return False
    return True


def _expected_bytes(image: pdfium.PdfImage) -> int:
    """Bytes of the undamaged image, each of its rows filled up to whole bytes; 0 where its depth is not told."""
    data = pdfium_c.FPDF_IMAGEOBJ_METADATA()
    if not pdfium_c.FPDFImageObj_GetImageMetadata(image.raw, image.page.raw, ctypes.byref(data)):
        return 0
    return int((data.width * data.bits_per_pixel + 7) // 8 * data.height)
