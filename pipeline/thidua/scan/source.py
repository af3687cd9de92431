"""path -> pages, whatever kind of file it is. The kind is told from the first bytes, never from the name."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from ..errors import SourceMissing, SourceUnreadable
from ..types import Page
from . import images, pdf, textfile
from .options import DEFAULT, ReadOptions

SIGNATURE_BYTES = 1024
_SIGNATURES = (
    (b"\x89PNG\r\n\x1a\n", "image/png"),
    (b"\xff\xd8\xff", "image/jpeg"),
    (b"II*\x00", "image/tiff"),
    (b"MM\x00*", "image/tiff"),
    (b"II+\x00", "image/tiff"),
    (b"MM\x00+", "image/tiff"),
    (b"BM", "image/bmp"),
)


def media_type(path: str | Path) -> str:
    """The media type of a source: application/pdf, image/..., text/plain.

    Raises SourceMissing where it cannot be opened, SourceUnreadable where it is empty or of no known kind.
    """
    path = Path(path)
    head = _head(path)
    # The PDF header may stand anywhere in the first 1024 bytes (ISO 32000-1, annex H.3.4.1).
    if b"%PDF-" in head:
        return "application/pdf"
    for signature, kind in _SIGNATURES:
        if head.startswith(signature):
            return kind
    if head[:4] == b"RIFF" and head[8:12] == b"WEBP":
        return "image/webp"
    if textfile.looks_like_text(head):
        return "text/plain"
    raise SourceUnreadable(
        f"{path} is neither a PDF, an image (TIFF, PNG, JPEG, WebP, BMP) nor a text",
        remedy="Convert it to one of these first",
    )


def read_source(path: str | Path, *, options: ReadOptions = DEFAULT) -> Iterator[Page]:
    """The pages of a source, read one at a time as they are asked for; page numbers start at 1.

    A page that cannot be read comes as a page without lines and with a note `page-unreadable`. Raises SourceMissing,
    SourceUnreadable, SourceLocked, and SetupError where Tesseract or its `vie` data is not installed.
    """
    path = Path(path)
    kind = media_type(path)
    if kind == "application/pdf":
        return pdf.read_pdf(path, options)
    if kind == "text/plain":
        return iter((textfile.read_text_file(path),))
    return images.read_image_file(path, options)


def _head(path: Path) -> bytes:
    try:
        with path.open("rb") as file:
            head = file.read(SIGNATURE_BYTES)
    except FileNotFoundError:
        raise SourceMissing(f"{path} does not exist", remedy="Check the path") from None
    except IsADirectoryError:
        raise SourceMissing(f"{path} is a folder", remedy="Name its files, or convert the folder") from None
    except OSError as error:
        raise SourceMissing(f"{path} cannot be opened: {error.strerror}", remedy="Check its permissions") from error
    if not head:
        raise SourceUnreadable(f"{path} is empty", remedy="Copy or scan it again")
    return head
