"""Text files -> one page with the lines of the file. UTF-8, UTF-16, and the Vietnamese encodings before Unicode."""

from __future__ import annotations

import codecs
import unicodedata
from pathlib import Path

from ..errors import SourceMissing, SourceUnreadable
from ..types import Line, Page, Word
from .legacy import decode_legacy, repair_legacy

_BOMS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),  # before UTF-16: its mark starts with the other's
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_CONTROLS = frozenset(range(32)) - frozenset(b"\t\n\r\f\v\x1a\x1b\x00")


def looks_like_text(head: bytes) -> bool:
    """Whether the first bytes of a file can be a text: a byte order mark, UTF-16 by its zeros, or no control bytes."""
    if any(head.startswith(mark) for mark, _ in _BOMS) or _utf16_without_mark(head):
        return True
    return b"\x00" not in head and sum(byte in _CONTROLS for byte in head) <= len(head) // 100


def read_text_file(path: Path) -> Page:
    """One page whose lines are exactly the file's (NFC, LF). Raises SourceMissing or SourceUnreadable."""
    try:
        content = path.read_bytes()
    except OSError as error:
        raise SourceMissing(f"{path} cannot be read: {error.strerror}", remedy="Check its permissions") from error
    text, encoding = decode(content)
    if not text.strip():
        raise SourceUnreadable(f"{path} holds no text", remedy="Copy or scan it again")
    return text_to_page(text, reason=f"text file, {encoding}")


def decode(content: bytes) -> tuple[str, str]:
    """(text in NFC with LF line ends, name of the encoding). Never fails: the last resort is Windows-1252."""
    text, encoding = _decode(content)
    repaired = repair_legacy(text)
    if repaired is not None:
        text, encoding = repaired[0], f"{repaired[1]} in {encoding}"
    text = text.removeprefix("\ufeff").replace("\r\n", "\n").replace("\r", "\n")
    return unicodedata.normalize("NFC", text), encoding


def _decode(content: bytes) -> tuple[str, str]:
    for mark, encoding in _BOMS:
        if content.startswith(mark):
            return content.decode(encoding, errors="replace"), encoding.removesuffix("-sig")
    guessed = _utf16_without_mark(content[:1024])
    if guessed:
        return content.decode(guessed, errors="replace"), guessed
    try:
        return content.decode("utf-8"), "utf-8"
    except UnicodeDecodeError:
        return decode_legacy(content)


def _utf16_without_mark(head: bytes) -> str | None:
    """UTF-16 without its mark: ASCII letters and Vietnamese text have a zero in every second byte or nearly so."""
    pairs = len(head) // 2
    if pairs < 2:
        return None
    even, odd = head[0 : 2 * pairs : 2].count(0), head[1 : 2 * pairs : 2].count(0)
    if odd > 0.5 * pairs and even < 0.05 * pairs:
        return "utf-16-le"
    if even > 0.5 * pairs and odd < 0.05 * pairs:
        return "utf-16-be"
    return None


def text_to_page(text: str, *, reason: str, number: int = 1) -> Page:
    """A page without boxes whose lines are those of the text."""
    lines = tuple(Line(line, tuple(Word(word) for word in line.split())) for line in text.split("\n"))
    return Page(number=number, lines=lines, text_from="text", reason=reason)
