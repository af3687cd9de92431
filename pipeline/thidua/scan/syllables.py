"""How Vietnamese a text is: the share of its words that are Vietnamese syllables."""

from __future__ import annotations

import re
import unicodedata
from functools import cache

from .. import resources

_WORD = re.compile(r"[^\W\d_]{2,}")
_ASCII_WEIGHT = 0.25  # syllables without any mark are met in every language


@cache
def syllables() -> frozenset[str]:
    """The known syllables, lower case NFC."""
    return frozenset(row["syllable"] for row in resources.rows("syllables.tsv"))


def syllable_share(text: str) -> float:
    """Share (0..1) of the words of two letters or more that are Vietnamese syllables; 0 without such words.

    Words without a mark count less, on both sides: a text that lost its marks must not pass for Vietnamese.
    """
    known = syllables()
    right = total = 0.0
    for word in _WORD.findall(unicodedata.normalize("NFC", text[:20_000])):
        weight = _ASCII_WEIGHT if word.isascii() else 1.0
        total += weight
        right += weight * (word.lower() in known)
    return right / total if total else 0.0
