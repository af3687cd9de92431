"""What is said about a page that cannot be read."""

from __future__ import annotations

from pathlib import Path

from ..errors import PageError
from ..types import Note, Page


def unreadable_page(path: Path, number: int, error: Exception) -> Page:
    """A page without lines that says why, and what to do."""
    remedy = (isinstance(error, PageError) and error.remedy) or "Scan this page again"
    message = f"{path.name}, page {number} cannot be read: {reason(error)}. {remedy}"
    note = Note("page-unreadable", message, "error")
    return Page(number=number, lines=(), text_from="ocr", reason="the page cannot be read", notes=(note,))


def reason(error: Exception) -> str:
    """What an error says, as the end of a sentence without its full stop."""
    said = error.message if isinstance(error, PageError) else str(error)
    return said.strip().rstrip(".") or type(error).__name__
