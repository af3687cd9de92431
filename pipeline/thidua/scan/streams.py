"""Whether the data of an image are whole: PDFium and Pillow draw what they can of damaged ones and say nothing."""

from __future__ import annotations

import ctypes
import io
import re
import zlib

import numpy as np
import pypdfium2 as pdfium
import pypdfium2.raw as pdfium_c
from PIL import Image

_SMALL = (64, 64)  # decoding to the smallest size costs least and meets every fault all the same
_JPEG_SCAN, _JPEG_END = b"\xff\xda", b"\xff\xd9"
# Markers that never stand between the scans of a JPEG (ITU-T T.81, table B.1): bytes changed by chance make them.
_ALIEN_MARKER = re.compile(rb"\xff[\x01-\xc3\xc5-\xcb\xcd-\xcf\xd8\xde\xdf\xf0-\xfd]")
_END_OF_FAX = bytes([*[0] * 11, 1]) * 2  # in bits: two ends of line without a line between (ITU-T T.4, T.6)


def is_damaged(image: pdfium.PdfImage) -> bool:
    """Whether the data of an image of a PDF end too early or were changed. JBIG2 and raw data tell nothing."""
    filters = image.get_filters() or [""]
    match filters[-1]:
        case "DCTDecode":
            return is_damaged_jpeg(bytes(image.get_data(decode_simple=True)))
        case "JPXDecode":
            return not _opens(bytes(image.get_data(decode_simple=True)))
        case "CCITTFaxDecode":
            return not _ends_as_fax(bytes(image.get_data(decode_simple=True)))
        case "FlateDecode":
            expected = _expected_bytes(image)
            if len(image.get_data(decode_simple=True)) < expected:
                return True
            return len(filters) == 1 and _is_changed(bytes(image.get_data()), expected)
    return False


def is_damaged_jpeg(content: bytes) -> bool:
    """Whether a JPEG ends too early or holds bytes that no JPEG has."""
    start = content.find(_JPEG_SCAN)
    end = content.find(_JPEG_END, start)  # cameras write further images behind it
    return _ALIEN_MARKER.search(content, start, end if end > 0 else len(content)) is not None or not _opens(content)


def _opens(content: bytes) -> bool:
    try:
        with Image.open(io.BytesIO(content)) as image:
            image.draft(None, _SMALL)
            image.load()
    except (OSError, ValueError, SyntaxError):
        return False
    return True


def _ends_as_fax(content: bytes) -> bool:
    # Some programs write something behind the end.
    return _END_OF_FAX in np.unpackbits(np.frombuffer(content, np.uint8)).tobytes()


def _is_changed(deflated: bytes, expected: int) -> bool:
    """Whether deflated data contradict themselves or their checksum, or go on where the image is full."""
    decoder = zlib.decompressobj()
    try:
        content = decoder.decompress(deflated)
    except zlib.error:
        return True
    return not decoder.eof and 0 < expected < len(content)


def _expected_bytes(image: pdfium.PdfImage) -> int:
    """Bytes of the undamaged image, each of its rows filled up to whole bytes; 0 where its depth is not told."""
    data = pdfium_c.FPDF_IMAGEOBJ_METADATA()
    if not pdfium_c.FPDFImageObj_GetImageMetadata(image.raw, image.page.raw, ctypes.byref(data)):
        return 0
    return int((data.width * data.bits_per_pixel + 7) // 8 * data.height)
