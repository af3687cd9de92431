"""Dates: days that do not exist, a period that contradicts itself, its phases or the date of issue."""

from __future__ import annotations

import calendar
import re

from ..record import CampaignRecord, Finding
from .findings import Page, finding

_SLASHED = re.compile(r"(?<![\d/.\-])(\d{1,2})\s?[/.\-]\s?(\d{1,2})\s?[/.\-]\s?((?:19|20)\d\d)(?![\d/])")
_WORDED = re.compile(r"ngày\s*(\d{1,2})\s*tháng\s*(\d{1,2})\s*năm\s*((?:19|20)\d\d)", re.IGNORECASE)
_FIVE_YEARS = re.compile(
    r"(?<!\d)0?5\s+năm\s*\(?\s*(?:giai\s+đoạn\s*)?\(?\s*((?:19|20)\d\d)\s*[-–]\s*((?:19|20)\d\d)", re.IGNORECASE
)


def check(record: CampaignRecord, page: Page | None) -> list[Finding]:
    """date-impossible, period-order, period-before-issue, period-phases, plan-period-disagreement."""
    found = [*_period(record), *_phases(record)]
    if page is not None:
        found += [*_impossible(page), *_five_years(page)]
    return found


def printed_dates(text: str) -> list[str]:
    """The full dates of a text as ISO dates, whether they exist or not, in the order of the text."""
    matches = sorted([*_SLASHED.finditer(text), *_WORDED.finditer(text)], key=lambda match: match.start())
    return [f"{match[3]}-{int(match[2]):02d}-{int(match[1]):02d}" for match in matches]


def exists(day: int, month: int, year: int) -> bool:
    return 1 <= month <= 12 and 1 <= day <= calendar.monthrange(year, month)[1]


def _impossible(page: Page) -> list[Finding]:
    found = []
    for pattern in (_SLASHED, _WORDED):
        for match in pattern.finditer(page.text):
            if not exists(int(match[1]), int(match[2]), int(match[3])):
                message = f'"{" ".join(match.group().split())}" is no day of the calendar'
                found.append(finding("date-impossible", message, evidence=[page.evidence(*match.span())]))
    return found


def _period(record: CampaignRecord) -> list[Finding]:
    period, issued_on = record.period, record.document.issued_on
    places = [period.evidence[name] for name in ("start", "end") if name in period.evidence]
    found = []
    if period.start and period.end and period.end[: len(period.start)] < period.start[: len(period.end)]:
        message = f"The period ends ({period.end}) before it starts ({period.start})"
        found.append(finding("period-order", message, refers_to=["period.start", "period.end"], evidence=places))
    if (
        period.start
        and issued_on
        and len(period.start) <= len(issued_on)
        and period.start < issued_on[: len(period.start)]
    ):
        message = f"The period starts ({period.start}) before the document is issued ({issued_on})"
        refers_to = ["period.start", "document.issued_on"]
        found.append(finding("period-before-issue", message, severity="info", refers_to=refers_to, evidence=places))
    return found


def _phases(record: CampaignRecord) -> list[Finding]:
    start, end = record.period.start, record.period.end
    found = []
    for k, phase in enumerate(record.period.phases):
        early = phase.start and start and phase.start[: len(start)] < start[: len(phase.start)]
        late = phase.end and end and phase.end[: len(end)] > end[: len(phase.end)]
        if early or late:
            message = f'"{phase.name}" ({phase.start} - {phase.end}) lies outside the period ({start} - {end})'
            refers_to = [f"period.phases[{k}]", "period.start", "period.end"]
            found.append(finding("period-phases", message, refers_to=refers_to, evidence=[phase.evidence]))
    return found


def _five_years(page: Page) -> list[Finding]:
    """One five-year plan printed with two spans of years (2021 - 2025 and 2020 - 2025)."""
    spans = {(match[1], match[2]): match for match in reversed(list(_FIVE_YEARS.finditer(page.text)))}
    by_end: dict[str, list[tuple[str, str]]] = {}
    for first, last in spans:
        by_end.setdefault(last, []).append((first, last))
    found = []
    for same_end in by_end.values():
        if len(same_end) > 1:
            printed = " and ".join(f"{first} - {last}" for first, last in sorted(same_end))
            message = f"One plan of five years is printed with different years: {printed}"
            places = [page.evidence(*spans[key].span()) for key in sorted(same_end)]
            found.append(finding("plan-period-disagreement", message, evidence=places))
    return found
