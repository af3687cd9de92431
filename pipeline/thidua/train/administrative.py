"""Training text about administrative units: names from the gazetteer, and sentences said of units of another level.

What a plan says of a commune ("Đại hội Đảng bộ xã") another says of a district or a city. Local documents in the
corpora are mostly from after 1 July 2025, when districts ended; scanned archives are full of districts.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

from ..resources import table

_AFTER = ("", ".", ";", ":")
_HIGHER = ("quận", "huyện", "thành phố", "thị xã")
_LEVEL = re.compile(
    r"\b(?:thị xã|thị trấn|đặc khu|phường|huyện|quận|(?<!hợp tác )xã(?! hội\b| viên\b| luận\b| giao\b)|tỉnh)\b", re.I
)
_TYPE = re.compile(r"\b(?:Xã|Phường|Thị trấn|Thị xã|Huyện|Quận|Thành phố|Tỉnh|Đặc khu)(?= )")


def other_level(text: str, number: int) -> str | None:
    """The same text about a unit of another level, a different one for each number; None where it names no unit.

    >>> other_level("Đảng bộ xã, KINH TẾ - XÃ HỘI", 0)
    'Đảng bộ quận, KINH TẾ - XÃ HỘI'
    """

    def replaced(match: re.Match[str]) -> str:
        said = match.group()
        other = _HIGHER[number % len(_HIGHER)] if said.lower() != "tỉnh" else "thành phố"
        return other.upper() if said.isupper() else other.capitalize() if said[0].isupper() else other

    changed, count = _LEVEL.subn(replaced, text)
    return changed if count and changed != text else None


def unit_names(path: Path) -> Iterator[str]:
    """The units of a gazetteer (TSV: era, tier, name_with_type, parent) as in running text.

    "Xã Thọ Sơn" of "Huyện Triệu Sơn, Tỉnh Thanh Hóa" gives "xã Thọ Sơn, huyện Triệu Sơn, tỉnh Thanh Hóa", every other
    unit only "xã Thọ Sơn" with a mark in turn, lest a comma be expected behind every name.
    """
    for number, row in enumerate(table(path)):
        name, parent = row["name_with_type"], row["parent"]
        text = f"{name}, {parent}" if parent and number % 2 == 0 else name + _AFTER[number // 2 % len(_AFTER)]
        yield _TYPE.sub(lambda match: match.group().lower(), text)
