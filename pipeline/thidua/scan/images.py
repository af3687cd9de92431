"""Image files -> pages: multi-page TIFF, PNG, JPEG, WebP, BMP in any colour mode and depth."""

from __future__ import annotations

import itertools
import struct
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray
from PIL import Image, ImageFile, ImageOps

from ..errors import PageError, SourceUnreadable
from ..types import Note, Page
from .clean import Pixels
from .faults import reason, unreadable_page
from .options import ReadOptions
from .picture import Picture, read_picture
from .streams import is_damaged_jpeg

MOST_PIXELS = 200_000_000
_FAULTS = (
    OSError,
    ValueError,
    SyntaxError,
    TypeError,
    KeyError,
    MemoryError,
    EOFError,
    struct.error,
    Image.DecompressionBombError,
)
_DAMAGED = Note("page-damaged", "the image is damaged: part of it may be missing", "warning")


def read_image_file(path: Path, options: ReadOptions) -> Iterator[Page]:
    """The frames of an image file as pages. Raises SourceUnreadable at once where it is no image that can be opened."""
    try:
        with Image.open(path):
            return _pages(path, options)
    except _FAULTS as error:
        raise SourceUnreadable(f"{path} is a damaged image: {reason(error)}", remedy="Scan or copy it again") from None


def _pages(path: Path, options: ReadOptions) -> Iterator[Page]:
    with Image.open(path) as image:
        for index in itertools.count():
            try:
                image.seek(index)
            except EOFError:
                return
            except _FAULTS:
                # Where a frame stands is told by the one before it, so that none behind it can be found.
                lost = PageError("it and all behind it are damaged or missing", remedy="Scan them again")
                yield unreadable_page(path, index + 1, lost)
                return
            yield _read_frame(image, path, options)


def _read_frame(image: Image.Image, path: Path, options: ReadOptions) -> Page:
    number = image.tell() + 1
    try:
        if image.width * image.height > MOST_PIXELS:
            raise PageError(f"{image.width} x {image.height} pixels are too many")
        picture, damaged = _picture(image, path)
        page = read_picture(picture, number=number, reason="image file", options=options)
    except (*_FAULTS, PageError) as error:
        return unreadable_page(path, number, error)
    return replace(page, notes=(*page.notes, _DAMAGED)) if damaged else page


def _picture(image: Image.Image, path: Path) -> tuple[Picture, bool]:
    """The frame that the image stands at, and whether part of it is missing or was changed."""
    try:
        return frame_to_picture(image), image.format == "JPEG" and is_damaged_jpeg(path.read_bytes())
    except (OSError, SyntaxError):
        with Image.open(path) as again:
            again.seek(image.tell())
            part = frame_to_picture(_load_part(again))
        rgb = part.rgb.copy()
        # What is missing has one colour: the foot of the page, in a BMP its head.
        for corner, step in ((rgb[0, 0], 1), (rgb[-1, -1], -1)):
            decoded = np.flatnonzero((rgb != corner).any(axis=(1, 2))[::step])
            if not len(decoded):
                raise
            rgb[::step][: decoded[0]] = 255
        return Picture(rgb, part.dpi), True


def _load_part(image: Image.Image) -> Image.Image:
    """The image, decoded as far as its data go; one colour fills the rest."""
    before, ImageFile.LOAD_TRUNCATED_IMAGES = ImageFile.LOAD_TRUNCATED_IMAGES, True
    try:
        image.load()
    finally:
        ImageFile.LOAD_TRUNCATED_IMAGES = before
    return image


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
