"""Normalisation that needs no context: Unicode form, tone placement, look-alike letters, invisible characters.

Vietnamese writes the tone of an open syllable in `oa`, `oe`, `uy` on the first vowel (`hóa`, `ủy`) or on the second
(`hoá`, `uỷ`); both are in use and mean the same. The project's canonical form is the first, inside models and
dictionaries only: the printed placement of a source is kept.
"""

from __future__ import annotations

import re
import unicodedata
from functools import cache

from ..types import Edit

_TONES = "\u0300\u0301\u0303\u0309\u0323"  # huyền, sắc, ngã, hỏi, nặng

# Invisible characters that stand inside words of copied or badly read text, and letters of other alphabets that look
# like Vietnamese ones. The replacements are what a reader sees.
_LOOKALIKES = {
    "\u00ad": "",  # soft hyphen
    "\u200b": "",  # zero width space
    "\u200c": "",
    "\u200d": "",
    "\u2060": "",
    "\ufeff": "",  # byte order mark
    "\u00d0": "Đ",  # Icelandic eth, common in older Vietnamese documents
    "\u00f0": "đ",
    "\u0189": "Đ",  # African d
    "\u0256": "đ",
}
_LOOKALIKE = re.compile("(?P<twice>(?<=Đ)\u00d0|\u00d0(?=Đ))|[" + "".join(_LOOKALIKES) + "]")
_LIGATURES = {"ﬀ": "ff", "ﬁ": "fi", "ﬂ": "fl", "ﬃ": "ffi", "ﬄ": "ffl", "ﬅ": "st", "ﬆ": "st"}
_LIGATURE = re.compile("[" + "".join(_LIGATURES) + "]")


def _with_tones(letters: str) -> str:
    """Every letter with each of the five tone marks, composed: 40 letters for `aA` and so on."""
    return "".join(unicodedata.normalize("NFC", letter + tone) for letter in letters for tone in _TONES)


def _placement_pattern() -> re.Pattern[str]:
    o_tone, u_tone, a_tone, e_tone, y_tone = (_with_tones(v + v.upper()) for v in "ouaey")
    final = "(?:ng|NG|nh|NH|ch|CH|[nmcptiyouNMCPTIYOU])"
    open_syllable = f"(?:[oO][{a_tone}{e_tone}]|(?<![qQ])[uU][{y_tone}])(?!\\w)"  # hoá, khoẻ, uỷ
    closed_syllable = f"(?:[{o_tone}][aAeEăĂ]|[{u_tone}][yY])(?={final}(?!\\w))"  # tòan, hùynh
    initial = f"(?<=[qQ])[{u_tone}][aAăĂâÂeEêÊiIyYơƠ]|(?<=[gG])[{_with_tones('iI')}][aAoOuU]"  # qúy, gìa
    return re.compile(f"{open_syllable}|{closed_syllable}|{initial}")


_PLACEMENT = _placement_pattern()
_ETH = str.maketrans("Ðð", "Đđ")


@cache
def _moved(pair: str) -> str:
    first, second = unicodedata.normalize("NFD", pair[0]), unicodedata.normalize("NFD", pair[1])
    tone = next(mark for mark in first + second if mark in _TONES)
    first, second = first.replace(tone, ""), second.replace(tone, "")
    on_first = any(mark in _TONES for mark in unicodedata.normalize("NFD", pair[1]))
    return unicodedata.normalize("NFC", first + tone + second if on_first else first + second + tone)


def canonical_tone(text: str) -> str:
    """The same text with every tone mark at its canonical place; length and case stay.

    >>> canonical_tone("hoá, uỷ ban, qúy, HOÀNG, tòan")
    'hóa, ủy ban, quý, HOÀNG, toàn'

    The text must be NFC. Letters that are no Vietnamese syllable are left alone.
    """
    return _PLACEMENT.sub(lambda match: _moved(match.group()), text)


def without_ligatures(text: str) -> str:
    """Typographic ligatures written as letters: `ﬁ` -> `fi`."""
    return _LIGATURE.sub(lambda match: _LIGATURES[match.group()], text)


def with_d(text: str) -> str:
    """Icelandic eth written as Đ, which it looks like and which no reader of Vietnamese takes for another letter."""
    return text.translate(_ETH)


def lookalike_edits(text: str) -> list[Edit]:
    """Edits that write look-alike letters of other alphabets as the Vietnamese ones and drop invisible characters.

    An eth beside a Đ is one letter that an OCR engine gave twice (`QĐÐ`); people type the one or the other.
    The text must be NFC; edits are sorted and disjoint.
    """
    return [
        Edit(m.start(), m.end(), m.group(), "" if m["twice"] else _LOOKALIKES[m.group()], "normalise.lookalike", 1.0)
        for m in _LOOKALIKE.finditer(text)
    ]
