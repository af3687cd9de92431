"""Letters without their marks: what headings are recognised by when OCR has lost some of them."""

from __future__ import annotations

import unicodedata


def fold(text: str) -> str:
    """Lower case without tone and vowel marks, đ as d; one character for each of the NFC text."""
    return "".join(unicodedata.normalize("NFD", character)[0].lower() for character in text).replace("đ", "d")
