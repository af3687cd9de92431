"""Folding: lower case without diacritics, one character for one, so that offsets stay what they are."""

from __future__ import annotations

import unicodedata

_LATIN = (*range(0x41, 0x250), *range(0x1E00, 0x1F00))


def _base(code: int) -> int:
    letter = unicodedata.normalize("NFD", chr(code))[0].lower()
    return ord({"đ": "d", "ð": "d", "ɖ": "d"}.get(letter, letter)) if len(letter) == 1 else code


_FOLD = {code: _base(code) for code in _LATIN if chr(code).isalpha()} | {ord("–"): ord("-"), ord("—"): ord("-")}


# The letters as contents of a regular expression's class: a range such as à-ỹ would mix capitals and small letters.
LOWER = "".join(chr(code) for code in _LATIN if chr(code).islower())
UPPER = "".join(chr(code) for code in _LATIN if chr(code).isupper())


def fold(text: str) -> str:
    """NFC text in lower case without Vietnamese diacritics, dashes as hyphens; the length never changes.

    >>> fold("Ủy ban nhân dân TỈNH Đắk Lắk – 2025")
    'uy ban nhan dan tinh dak lak - 2025'
    """
    return text.translate(_FOLD)
