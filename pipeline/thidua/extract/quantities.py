"""Counted things in a text: `100% các đơn vị`, `20.000 hộ`, `ít nhất 02 mô hình`.

Vietnamese numbers have a point (or a space) between thousands and a comma before decimals. Dates, periods of years,
ordinal numbers and document codes are no quantities; a bare number counts only before a unit of
dictionaries/quantity_units.tsv.
"""

from __future__ import annotations

import re
from functools import cache

from ..folding import fold
from ..record import Quantity
from ..resources import rows
from .cues import Cues

_NUMBER = r"(?<![\w/.,-])\d{1,3}(?:[. ]\d{3})+(?![\d/])|(?<![\w/.,-])\d+(?:,\d+)?(?![\d/])"
_PERCENT = re.compile(rf"(?P<number>{_NUMBER})\s?(?:%|phần trăm\b)(?P<what>[^;.:()]{{0,120}})")
_LONGEST_WHAT = 14  # syllables of the phrase that says of what a percentage is


@cache
def _verbs() -> Cues[bool]:
    return Cues((row["verb"], True) for row in rows("responsibility_verbs.tsv"))


@cache
def _counted() -> re.Pattern[str]:
    units = sorted((fold(row["unit"]) for row in rows("quantity_units.tsv")), key=len, reverse=True)
    return re.compile(rf"(?P<number>{_NUMBER})\s+(?P<unit>(?:{'|'.join(map(re.escape, units))})(?!\w))")


def number_value(printed: str) -> float:
    """`20.000` -> 20000, `98,5` -> 98.5.

    >>> number_value("1.250")
    1250.0
    """
    return float(printed.replace(".", "").replace(" ", "").replace(",", "."))


def _whose(text: str) -> str:
    """Of what a percentage is: the words up to the verb ("các đơn vị, cơ sở giáo dục" + "triển khai ...")."""
    verb = next(_verbs().find(fold(text)), None)
    return " ".join(text[: verb.start if verb else None].split()[:_LONGEST_WHAT]).rstrip(" ,")


def quantities(text: str) -> list[Quantity]:
    """The quantities of one flat text, in order."""
    found: list[tuple[int, Quantity]] = []
    for match in _PERCENT.finditer(text):
        what = _whose(match["what"])
        printed = f"{text[match.start() : match.start('what')]} {what}".strip()
        found.append((match.start(), Quantity(value=number_value(match["number"]), unit="%", text=printed)))
    folded = fold(text)
    for match in _counted().finditer(folded):
        before = folded[max(0, match.start() - 12) : match.start()]
        if re.search(r"(?:lan thu|so|dieu|khoan|muc|nam|thang|ngay|quy|khoa|phan)\s*$", before):
            continue
        unit = text[match.start("unit") : match.end("unit")]
        printed = text[match.start() : match.end()]
        found.append((match.start(), Quantity(value=number_value(match["number"]), unit=unit, text=printed)))
    return [quantity for _, quantity in sorted(found, key=lambda pair: pair[0])]
