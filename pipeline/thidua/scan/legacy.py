"""Vietnamese text in encodings from before Unicode: TCVN3 (ABC fonts) and VNI, as bytes or pasted as Latin letters.

The tables are rows of dictionaries/ocr_legacy_encodings.tsv. An encoding is only believed where its result reads as
Vietnamese and the text as it stands does not.
"""

from __future__ import annotations

import re
import unicodedata
from functools import cache

from .. import resources
from .syllables import syllable_share

ENOUGH = 0.85  # share of Vietnamese syllables that shows the right encoding
_BYTE_ENCODINGS = ("cp1258", "cp1252")


def decode_legacy(content: bytes) -> tuple[str, str]:
    """(text, encoding) for bytes that are not UTF-8: the reading with most Vietnamese syllables."""
    readings = [(content.decode(encoding, errors="replace"), encoding) for encoding in _BYTE_ENCODINGS]
    latin = readings[-1][0]
    readings += [(convert(latin, name), name) for name in _tables()]
    return max(readings, key=lambda reading: syllable_share(unicodedata.normalize("NFC", reading[0])))


def repair_legacy(text: str) -> tuple[str, str] | None:
    """(text, encoding) where Unicode text is really TCVN3 or VNI codes pasted as Latin letters, else None."""
    if text.isascii() or syllable_share(text) >= ENOUGH:
        return None
    found = max(((convert(text, name), name) for name in _tables()), key=lambda reading: syllable_share(reading[0]))
    return found if syllable_share(found[0]) >= ENOUGH else None


def convert(text: str, encoding: str) -> str:
    """Replace the codes of `encoding`, the longest first."""
    table, pattern = _tables()[encoding]
    return pattern.sub(lambda match: table[match.group()], text)


@cache
def _tables() -> dict[str, tuple[dict[str, str], re.Pattern[str]]]:
    tables: dict[str, dict[str, str]] = {}
    for row in resources.rows("ocr_legacy_encodings.tsv"):
        code = "".join(chr(int(point, 16)) for point in row["code_points"].split())
        tables.setdefault(row["encoding"], {})[code] = row["text"]
    return {
        name: (table, re.compile("|".join(map(re.escape, sorted(table, key=len, reverse=True)))))
        for name, table in tables.items()
    }
