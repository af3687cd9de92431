"""Dates as administrative text prints them, and the role that the words around them give.

`ngày 14 tháng 4 năm 2025`, `09/12/2024`, `tháng 10/2025`, `Quý IV/2025`, `trước ngày 30/11` (the year is the plan's
own, then marked inferred), `hết năm 2025` (the last day of it). Values are ISO 8601 with the printed precision.
"""

from __future__ import annotations

import calendar
import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

_QUARTER = {"i": 1, "ii": 2, "iii": 3, "iv": 4, "1": 1, "2": 2, "3": 3, "4": 4}
_YEAR = r"(?P<{0}>(?:1[89]|20)\d\d)(?!\d|/[a-zđ]|-[a-z])"

# All patterns read folded text (see folding); a printed form is one alternative.
_DATE = re.compile(
    r"(?<![\d/.\-])(?:ngay\s*)?(?P<d1>\d{1,2})\s*(?P<sep>[/.\-])\s*(?P<m1>\d{1,2})\s*(?P=sep)\s*"
    + _YEAR.format("y1")
    + r"|ngay\s*(?P<d2>\d{1,2})\s*thang\s*(?P<m2>\d{1,2})\s*(?:nam\s*|[/.\-]\s*)"
    + _YEAR.format("y2")
    + r"|(?<!ngay )(?<![a-z])thang\s*(?P<m3>\d{1,2})\s*(?:nam\s+|[/.\-]\s*)"
    + _YEAR.format("y3")
    + r"|(?<![a-z])qu[iy]\s*(?P<q4>iv|iii|ii|i|[1-4])\s*(?:nam\s+|[/.\-]\s*)?"
    + _YEAR.format("y4")
    + r"|ngay\s*(?P<d5>\d{1,2})\s*(?:/|\s*thang\s*)(?P<m5>\d{1,2})(?![\d/]|\s*(?:nam|/)\s*\d)"
    # "từ 01/11 đến 10/11/2023": without "ngày" only where the range's end is a whole date; alone it is a fraction.
    + r"|(?<=\btu )(?P<d7>\d{1,2})/(?P<m7>\d{1,2})"
    + r"(?=\s*(?:-|(?:den|toi)(?:\s+het)?(?:\s+ngay)?)\s*\d{1,2}/\d{1,2}/(?:19|20)\d\d)"
    + r"|(?P<full>het|cuoi|ket thuc)\s+(?P<w6>nam)\s+"
    + _YEAR.format("y6")
)
# "10 - 11/8/2019", "17 đến ngày 20 tháng 11 năm 2025": two days of one month.
_DAYS = re.compile(
    r"(?:ngay\s*|(?<=\btu )|(?<=: )|(?<=\())(?P<from>\d{1,2})\s*(?:-|den(?:\s+het)?(?:\s+ngay)?)\s*(?P<to>\d{1,2})\s*"
    r"(?:/|thang)\s*(?P<month>\d{1,2})\s*(?:/|nam)\s*" + _YEAR.format("year")
)


_TO = re.compile(r"\s*(?:-|(?:den|toi)(?:\s+het)?\b)\s*")


@dataclass(frozen=True, slots=True)
class PrintedDate:
    """A date at [start, end) of the text. iso: None where the printed date does not exist (30/2/2024).

    year_known is False where only day and month are printed: iso is then `--MM-DD`.
    """

    start: int
    end: int
    iso: str | None
    year_known: bool = True


def find(folded: str, start: int = 0, end: int | None = None) -> Iterator[PrintedDate]:
    """All dates in folded text[start:end], in order; a range of days in one month gives two."""
    limit = len(folded) if end is None else end
    ranges = (days for match in _DAYS.finditer(folded, start, limit) if (days := _two_days(match)))
    following = next(ranges, None)
    for match in _DATE.finditer(folded, start, limit):
        if following and match.start() >= following[0].start:
            yield from following
            behind, following = following[0].end, next(ranges, None)
            if match.start() < behind:
                continue
        iso = _iso(match)
        yearless = (match["d5"] or match["d7"]) is not None
        shared = _shared_year(folded, match.end(), limit, iso) if iso and yearless else None
        yield PrintedDate(match.start(), match.end(), shared or iso, not yearless or shared is not None)
    if following:
        yield from following


def _shared_year(folded: str, start: int, limit: int, yearless: str) -> str | None:
    """The date of a day whose year is printed at the range's end only: "ngày 15/01 - 24/01/2026"."""
    to = _TO.match(folded, start, limit)
    last = _DATE.match(folded, to.end(), limit) if to else None
    iso = _iso(last) if last and (last["d1"] or last["d2"]) else None
    if iso is None:
        return None
    year = int(iso[:4]) - (iso[4:] < yearless[1:])  # "từ ngày 15/12 đến 15/01/2027" runs over the turn of the year
    return exact(year, int(yearless[2:4]), int(yearless[5:7]))


def _two_days(match: re.Match[str]) -> tuple[PrintedDate, PrintedDate] | None:
    year, month = int(match["year"]), int(match["month"])
    first, last = exact(year, month, int(match["from"])), exact(year, month, int(match["to"]))
    if first is None or last is None or first >= last:
        return None
    return PrintedDate(match.start(), match.end(), first), PrintedDate(match.start("to"), match.end(), last)


def _iso(match: re.Match[str]) -> str | None:
    for k in "12":
        if match[f"d{k}"]:
            return exact(int(match[f"y{k}"]), int(match[f"m{k}"]), int(match[f"d{k}"]))
    if match["m3"]:
        month = int(match["m3"])
        return f"{match['y3']}-{month:02d}" if 1 <= month <= 12 else None
    if match["q4"]:
        return f"{match['y4']}-{_QUARTER[match['q4']] * 3:02d}"
    if match["d5"] or match["d7"]:
        day, month = int(match["d5"] or match["d7"]), int(match["m5"] or match["m7"])
        return f"--{month:02d}-{day:02d}" if exact(2024, month, day) else None
    return match["y6"]


def exact(year: int, month: int, day: int) -> str | None:
    """The ISO date, None where the calendar has no such day.

    >>> exact(2024, 2, 29), exact(2023, 2, 29)
    ('2024-02-29', None)
    """
    if not (1 <= month <= 12 and 1 <= day <= calendar.monthrange(year, month)[1]):
        return None
    return f"{year:04d}-{month:02d}-{day:02d}"


@cache
def last_day(iso: str) -> str:
    """The last day of a year, month or day: `2025` -> `2025-12-31`, `2026-03` -> `2026-03-31`."""
    if len(iso) == 4:
        return f"{iso}-12-31"
    if len(iso) == 7:
        year, month = int(iso[:4]), int(iso[5:])
        return f"{iso}-{calendar.monthrange(year, month)[1]:02d}"
    return iso
