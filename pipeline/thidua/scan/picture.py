"""A page's image -> Page: prepared, read, arranged."""

from __future__ import annotations

from dataclasses import dataclass

import cv2
import numpy as np
from numpy.typing import NDArray

from ..types import Page
from . import ocr
from .layout import arrange
from .options import ReadOptions

Pixels = NDArray[np.uint8]


@dataclass(frozen=True, slots=True)
class Picture:
    """rgb: height x width x 3, 8 bits; dpi as declared, 0 where unknown."""

    rgb: Pixels
    dpi: int


def read_picture(picture: Picture, *, number: int, reason: str, options: ReadOptions) -> Page:
    """Read one page image. Raises PageError (deadline, engine failure) and SetupError (no engine)."""
    grey = np.asarray(cv2.cvtColor(picture.rgb, cv2.COLOR_RGB2GRAY), np.uint8)
    height, width = grey.shape
    lines = ocr.read_image(grey, dpi=picture.dpi or 200, timeout=options.page_timeout)
    arranged = arrange((word for line in lines for word in line), width, height)
    return Page(number, arranged, "ocr", reason, width, height, picture.dpi)
