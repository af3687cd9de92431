"""Arithmetic of anniversaries: the years that a page counts, and the day that it says is recalled."""

from __future__ import annotations

import re
import unicodedata
from functools import cache

from ..record import CampaignRecord, Event, Finding
from ..resources import rows
from .findings import finding


def check(record: CampaignRecord) -> list[Finding]:
    """anniversary-years: "75 năm ... (11/6/1948 - 11/6/2024)" is 76. anniversary-date: another day is recalled."""
    found = []
    for k, event in enumerate(record.events):
        if event.kind != "anniversary" or event.from_ is None:
            continue
        found += _years(event, f"events[{k}]")
        found += _day(event, f"events[{k}]")
    return found


def years_between(first: str, last: str) -> int:
    """Whole years from one ISO date to another of the same or less precision.

    >>> years_between("1948-06-11", "2024-06-11")
    76
    """
    years = int(last[:4]) - int(first[:4])
    precise = min(len(first), len(last))
    return years - 1 if last[4:precise] < first[4:precise] else years


def _years(event: Event, path: str) -> list[Finding]:
    if event.years is None or event.from_ is None or event.to is None:
        return []
    given = years_between(event.from_, event.to)
    if given == event.years:
        return []
    would_be = int(event.to[:4]) - event.years
    message = (
        f'The page says {event.years} years ("{_flat(event.evidence.text)}"), but its dates give {given}; '
        f"{event.years} years would count from {would_be}"
    )
    refers_to = [f"{path}.years", f"{path}.from", f"{path}.to"]
    return [finding("anniversary-years", message, refers_to=refers_to, evidence=[event.evidence])]


def _day(event: Event, path: str) -> list[Finding]:
    known = _days().get(_fold(event.name).removeprefix("ngay "))
    if known is None or event.from_ is None or event.from_ == known[: len(event.from_)]:
        return []
    message = f'"{_flat(event.evidence.text)}" counts from {event.from_}; the day recalls {known}'
    return [finding("anniversary-date", message, refers_to=[f"{path}.from"], evidence=[event.evidence])]


@cache
def _days() -> dict[str, str]:
    """Name without "ngày" -> the ISO date that it recalls."""
    table = [(name, row["first"]) for row in rows("holidays.tsv") for name in row["name"].split("|")]
    return {_fold(name).removeprefix("ngay "): day for name, day in table if day}


def _fold(text: str) -> str:
    plain = unicodedata.normalize("NFD", text.lower().replace("đ", "d"))
    return " ".join(re.sub(r"[^\w\s]", " ", "".join(c for c in plain if not unicodedata.combining(c))).split())


def _flat(text: str) -> str:
    return " ".join(text.split())
