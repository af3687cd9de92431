"""Tesseract: a grey image -> printed lines of words with boxes, confidences and the readings it considered."""

from __future__ import annotations

import os
import shlex
import tempfile
from functools import cache
from pathlib import Path

import cv2
import numpy as np
from numpy.typing import NDArray

from ..errors import PageError, SetupError
from ..types import Word
from .hocr import parse_hocr

LANGUAGE = "vie"
ONE_BLOCK = 6  # page segmentation mode: lines below each other
# Characters of the `vie` model that no administrative document prints; dropping them costs nothing elsewhere.
# The signs of comparison stay: without them "≥ 30 %" would be read as "30 %".
JUNK = "⁄ˆØøÏïÑñŠšÄäÖöÿŒ‹›~¬|§©®™¢£¥€{}^`«»„¿¡"
_LOST_DATA = f"{LANGUAGE}.traineddata"  # what Tesseract names when its data cannot be opened
_INSTALL = "Install it: apt-get install tesseract-ocr tesseract-ocr-vie"


def read_image(grey: NDArray[np.uint8], *, dpi: int, timeout: float, segmentation: int = ONE_BLOCK) -> list[list[Word]]:
    """Lines of words as the engine found them, boxes in pixels of `grey`.

    segmentation: Tesseract's page segmentation mode. Raises PageError after `timeout` seconds or where the engine
    fails, SetupError where it or its Vietnamese data is not installed.
    """
    import pytesseract  # not before a page is read: it brings pandas, which takes a second

    _require_engine()
    # One thread: Tesseract's own threads cost more than they give, and workers share the cores.
    os.environ.setdefault("OMP_THREAD_LIMIT", "1")
    blacklist = shlex.quote(f"tessedit_char_blacklist={JUNK}")
    config = f"--psm {segmentation} --dpi {dpi} -c lstm_choice_mode=2 -c {blacklist}"
    with tempfile.TemporaryDirectory(prefix="thidua-") as folder:
        image = Path(folder) / "page.pgm"
        if not cv2.imwrite(str(image), grey):
            raise PageError(
                "the page image cannot be written for Tesseract", remedy="Make room in the temporary folder"
            )
        try:
            hocr = pytesseract.image_to_pdf_or_hocr(
                str(image), lang=LANGUAGE, config=config, extension="hocr", timeout=timeout
            )
        except (pytesseract.TesseractNotFoundError, PermissionError):
            raise _not_installed() from None
        except OSError as error:
            raise PageError(f"Tesseract cannot be run: {error.strerror}") from error
        except pytesseract.TesseractError as error:
            if _LOST_DATA in error.message:
                raise _no_vietnamese() from None
            raise PageError(f"Tesseract failed: {error.message.strip()}") from error
        except RuntimeError:
            raise PageError(f"Tesseract was not done after {timeout:.0f} s", remedy="Raise the deadline") from None
    return parse_hocr(hocr)


@cache
def _require_engine() -> None:
    import pytesseract

    try:
        languages = pytesseract.get_languages()
    except pytesseract.TesseractNotFoundError:
        raise _not_installed() from None
    if LANGUAGE not in languages:
        raise _no_vietnamese()


def _not_installed() -> SetupError:
    return SetupError("Tesseract is not installed", remedy=_INSTALL)


def _no_vietnamese() -> SetupError:
    return SetupError("Tesseract has no Vietnamese data (vie)", remedy=_INSTALL)
