"""Image files -> pages: multi-page TIFF, PNG, JPEG, WebP, BMP in any colour mode and depth."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray
from PIL import Image, ImageOps

from ..errors import PageError, SourceUnreadable
from ..types import Page
from .clean import Pixels
from .faults import reason, unreadable_page
from .options import ReadOptions
from .picture import Picture, read_picture

MOST_PIXELS = 200_000_000
_FAULTS = (OSError, ValueError, SyntaxError, MemoryError, EOFError, Image.DecompressionBombError)


def read_image_file(path: Path, options: ReadOptions) -> Iterator[Page]:
    """The frames of an image file as pages. Raises SourceUnreadable at once where it is no image that can be opened."""
    try:
        with Image.open(path) as image:
            frames = getattr(image, "n_frames", 1)
    except _FAULTS as error:
        raise SourceUnreadable(f"{path} is a damaged image: {reason(error)}", remedy="Scan or copy it again") from None
    return _pages(path, frames, options)


def _pages(path: Path, frames: int, options: ReadOptions) -> Iterator[Page]:
    with Image.open(path) as image:
        for index in range(frames):
            try:
                image.seek(index)
                if image.width * image.height > MOST_PIXELS:
                    raise PageError(f"{image.width} x {image.height} pixels are too many")
                picture = frame_to_picture(image)
                yield read_picture(picture, number=index + 1, reason="image file", options=options)
            except (*_FAULTS, PageError) as error:
                yield unreadable_page(path, index + 1, error)


def frame_to_picture(image: Image.Image) -> Picture:
    """8-bit RGB pixels upright (EXIF orientation applied), transparency on white, with the declared dpi (0 if none)."""
    dpi = image.info.get("dpi", (0, 0))[0]
    upright = ImageOps.exif_transpose(image) or image
    if upright.mode.startswith("I") or upright.mode == "F":
        grey = _deep_to_eight_bit(np.asarray(upright))
        return Picture(np.repeat(grey[..., None], 3, axis=2), round(float(dpi)))
    if upright.mode in {"RGBA", "LA", "PA"} or "transparency" in upright.info:
        rgba = upright.convert("RGBA")
        paper = Image.new("RGBA", rgba.size, "white")
        upright = Image.alpha_composite(paper, rgba)
    return Picture(np.ascontiguousarray(np.asarray(upright.convert("RGB"))), round(float(dpi)))


def _deep_to_eight_bit(values: NDArray[Any]) -> Pixels:
    """16-bit, 32-bit or float grey values to 0..255, by the range that their type or content shows."""
    highest = float(values.max(initial=1.0))
    top = 65535.0 if highest > 255 else 255.0 if highest > 1 else 1.0
    scaled: Pixels = np.clip(values * (255.0 / max(top, highest)), 0, 255).astype(np.uint8)
    return scaled
