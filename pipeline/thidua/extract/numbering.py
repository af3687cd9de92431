"""List markers at the start of a paragraph: roman, arabic, letters, bullets, "Phần", "Chương", "Mục", "Điều".

A damaged marker has several readings ("11." may be 11 or II, "L" may be I or 1): all are given, likeliest first, and
the outline's order decides (see sections).
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache
from typing import Literal, NamedTuple

from ..folding import UPPER

Style = Literal["part", "chapter", "article", "upper", "roman", "arabic", "dotted", "letter", "paren", "bullet"]


class Reading(NamedTuple):
    """One way to read a marker: its style, its place in the sequence (from 1) and the number without its dot."""

    style: Style
    value: int
    number: str


@dataclass(frozen=True, slots=True)
class Marker:
    """A list marker: its readings and its length in characters, white space after it included."""

    readings: tuple[Reading, ...]
    length: int

    @property
    def style(self) -> Style:
        return self.readings[0].style

    @property
    def value(self) -> int:
        return self.readings[0].value

    @property
    def roman(self) -> int | None:
        """The value as a roman numeral, None where the marker is plainly something else."""
        if self.style not in ("roman", "upper"):
            return None
        return next((reading.value for reading in self.readings if reading.style == "roman"), None)


_WORD_MARKERS: dict[str, Style] = {"phần": "part", "chương": "chapter", "điều": "article", "mục": "chapter"}
_ORDINALS = {"nhất": 1, "hai": 2, "ba": 3, "tư": 4, "năm": 5, "sáu": 6, "bảy": 7, "tám": 8}
_LETTERS = "abcdđeghiklmnopqrstuvxy"

_WORDED = re.compile(
    r"(?P<word>phần|chương|điều|mục)\s+(?:thứ\s+(?P<ordinal>nhất|hai|ba|tư|năm|sáu|bảy|tám)|(?P<number>\d{1,3}|[IVXL]{1,7}|[A-H](?![^\W\d_])))"
    rf"(?:\s*[.:\-–]\s*|\s+(?=[{UPPER}])|\s*$)",
    re.IGNORECASE,
)
_ROMAN = re.compile(
    r"(?P<roman>[IVXLl1|H]{1,7}|[IVX][ivx]{1,4}(?=\.))\s?(?:[.)]|\s?[-–:/](?=\s))\s*(?=[^\W\d_]|[“\"(])"
)
_AMOUNT = r"\d{1,3}(?:[.,]\d+)*(?:\s?%|\s+[^\W\d_])"  # "1. 100% các đơn vị", "2. 05 mô hình"
_DOTTED = re.compile(
    rf"(?P<dotted>\d{{1,2}}(?:\.\d{{1,2}}){{1,3}})(?:(?:[.)]\s*|\s+)(?=[^\W\d_]|[“\"(])|[.)]\s+(?={_AMOUNT}))"
)
_ARABIC = re.compile(
    r"(?P<arabic>\d{1,2})(?:(?:\s?[.)]\s*|\s?/\s+|\s?[-–:]\s+)(?=[^\W\d_]|[“\"(])"
    rf"|\s?[.)]\s+(?={_AMOUNT}))"
)
_LETTER = re.compile(r"(?P<letter>[a-zđ])\s?(?:\)\s*|\.\s+)(?=[^\W_])")
_UPPER = re.compile(r"(?P<upper>[A-ZĐ])\s?(?:[.)]|/(?=\s))\s*(?=[^\W\d_])")
_PAREN = re.compile(r"\((?P<paren>\d{1,2}|[a-zđ])\)\s*(?=[^\W_])")
_BULLET = re.compile(r"[-–—+*•·●▪►✓]\s*(?=[^\W_]|[“\"(])|o\s+(?=[^\W\d_])")
_ROMAN_VALUE = {"I": 1, "V": 5, "X": 10, "L": 50}


def roman_to_int(roman: str) -> int | None:
    """The value of a well-formed roman numeral up to 89; None for anything else ("IIX", "")."""
    if not re.fullmatch(r"(?:XL|L?X{0,3})(?:IX|IV|V?I{0,3})", roman) or not roman:
        return None
    total = 0
    for letter, following in zip(roman, [*roman[1:], ""], strict=True):
        value = _ROMAN_VALUE[letter]
        total += -value if following and value < _ROMAN_VALUE[following] else value
    return total


def int_to_roman(value: int) -> str:
    """1 <= value < 50 as a roman numeral."""
    out = ""
    for number, letters in ((40, "XL"), (10, "X"), (9, "IX"), (5, "V"), (4, "IV"), (1, "I")):
        out += letters * (value // number)
        value %= number
    return out


def _reading(style: Style, value: int, number: str) -> tuple[Reading, ...]:
    return (Reading(style, value, number),)


def _roman_readings(text: str) -> tuple[Reading, ...]:
    if text[1:].islower() and not set(text) & set("l"):
        text = text.upper()  # "Ii.": a heading in capitals that was turned into a sentence
    found: list[Reading] = []
    value = roman_to_int(text)
    if value is not None and not set(text) & set("l1|H"):
        found.append(Reading("roman", value, text))
    if text.isdigit():
        found.append(Reading("arabic", int(text), text))
    mended = re.sub("[l1|]", "I", text).replace("H", "II")
    value = roman_to_int(mended)
    if value is not None and mended != text:
        found.append(Reading("roman", value, mended))
    if text == "L":
        found = [Reading("roman", 1, "I"), Reading("arabic", 1, "1")]
    elif text in ("I", "l", "|"):
        found.append(Reading("arabic", 1, "1"))
    elif text == "H":
        found.append(Reading("upper", _LETTERS.index("h") + 1, "H"))
    return tuple(found)


@lru_cache(maxsize=4096)
def marker(text: str) -> Marker | None:
    """The marker that a paragraph (or line) starts with, None where it starts without one.

    >>> marker("IV. TỔ CHỨC THỰC HIỆN").readings[0].value
    4
    >>> marker("11/6/2024), gắn với") is None
    True
    """
    found: tuple[tuple[Reading, ...], int] | None = None
    if match := _WORDED.match(text):
        found = _worded_readings(match), match.end()
    elif match := _DOTTED.match(text):
        number = match["dotted"]
        found = _reading("dotted", int(number.rpartition(".")[2]), number), match.end()
    elif (match := _ROMAN.match(text)) and (readings := _roman_readings(match["roman"])):
        found = readings, match.end()
    elif match := _ARABIC.match(text):
        found = _reading("arabic", int(match["arabic"]), match["arabic"]), match.end()
    elif match := _LETTER.match(text):
        found = _letter_readings(match["letter"], "letter"), match.end()
    elif match := _PAREN.match(text):
        paren = match["paren"]
        value = int(paren) if paren.isdigit() else _LETTERS.find(paren) + 1
        found = _reading("paren", value, paren), match.end()
    elif match := _UPPER.match(text):
        found = _letter_readings(match["upper"], "upper"), match.end()
    elif match := _BULLET.match(text):
        found = _reading("bullet", 0, match.group().strip()), match.end()
    return Marker(*found) if found and found[0] else None


def _worded_readings(match: re.Match[str]) -> tuple[Reading, ...]:
    style = _WORD_MARKERS[match["word"].lower()]
    number = match["ordinal"] or match["number"]
    value = _ORDINALS.get(number.lower()) or (int(number) if number.isdigit() else roman_to_int(number.upper()))
    value = value or (ord(number.upper()) - ord("A") + 1 if len(number) == 1 else None)  # Phần A, B
    printed = " ".join(match.group().rstrip(" .:-–\n").split())
    return _reading(style, value, printed) if value else ()


def _letter_readings(letter: str, style: Style) -> tuple[Reading, ...]:
    place = _LETTERS.find(letter.lower()) + 1
    return _reading(style, place, letter) if place else ()
