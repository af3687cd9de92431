"""The time a plan runs: start, end, phases.

The plan's own words are looked for where they belong: in the section on time, then in a paragraph that opens with
"Thời gian:", then in the title ("giai đoạn 2021 - 2025"). An end that is only an event has no date.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from ..record import Evidence, Period, Phase
from . import dates
from .evidence import evidence

if TYPE_CHECKING:
    from .document import View
    from .sections import Section

_TIME_HEADING = re.compile(r"\bthoi (?:gian|ky|han|diem)\b|\bgiai doan\b|\btien do\b|\blo trinh\b")
_LABEL = re.compile(
    r"(?:^|\n)[^\w\n]{0,8}thoi gian(?:(?: \w+){0,6}\s*:"
    r"|(?: \w+){0,4}?(?= (?:duoc )?(?:bat dau |tinh )?(?:ke )?tu (?:ngay|thang|khi)\b))"
)
_FROM = re.compile(
    r"\b(?:ke tu|tu)\s+(?P<what>khi|ngay|thang|nam|qui|quy|thoi diem|nay|\d)",
)
_ISSUE = re.compile(
    r"(?:khi|ngay|thoi diem)\s+(?:ke hoach\s+(?:nay\s+)?)?(?:duoc\s+)?(?:co\s+)?(?:ban hanh|ky|phat dong)|nay\b"
)
_TO = re.compile(
    r"\b(?:(?:cho )?den|toi)\s+|(?<=\d)\s*-\s*(?=(?:thang\s+|nam\s+)?\d)|(?:,|\bva)\s*ket thuc\s+(?:vao\s+)?"
)
_WHOLE = re.compile(r"(?:het|cuoi|ket thuc)\s+(?:ngay\s+|nam\s+hoc\s+)?")
_EVENT = re.compile(
    r"(?:khi|dip|luc|truoc khi|sau khi|ngay)?\s*(?:to chuc|ket thuc|tong ket|be mac|hoan thanh|dai hoi|dien ra)\b"
)
_BARE_YEAR = re.compile(r"(?:nam\s+)?(?P<year>(?:19|20)\d\d)(?![\d/])")
_YEARLESS = re.compile(
    r"(?:het\s+)?(?:ngay\s*)?(?P<day>\d{1,2})\s*(?:/|thang)\s*(?P<month>\d{1,2})(?![\d/]|\s*(?:nam|/)\s*\d)"
)
_SCHOOL = re.compile(r"nam hoc\s+(?P<from>(?:19|20)\d\d)\s*[-/]\s*(?P<to>(?:19|20)\d\d)")
_DAYS = re.compile(  # "từ 10 - 11/8/2019", "từ ngày 17 đến ngày 20 tháng 11 năm 2025"
    r"(?:ke\s+)?tu\s+(?:ngay\s+)?(?P<from>\d{1,2})\s*(?:-|den(?:\s+ngay)?|den\s+het\s+ngay)\s*(?P<to>\d{1,2})"
    r"\s*(?:/|thang)\s*(?P<month>\d{1,2})\s*(?:/|nam)\s*(?P<year>(?:19|20)\d\d)"
)
_HOUR = re.compile(r"\d{1,2}\s*(?:gio|h)\s*(?:\d{2})?\s*(?:phut)?\s*,?\s*")
_STAGE = re.compile(r"giai doan\s+(?:\d+\s+nam\s*)?[(]?(?P<from>(?:19|20)\d\d)\s*-\s*(?P<to>(?:19|20)\d\d)")
_STOP = re.compile(r"[.;](?=\s|$)|\n\s*\n")
_DATED_ITEM = re.compile(r"\n\W*(?:\w{1,2}[.)/]\s*)?(?P<time>(?:tu|quy|thang|truoc|ngay|den|nam)\b)")
_MANY = 3  # headings or labels on time, each of a part of the plan
# Characters from the first phase to the last; further apart, start and end have each their own words.
_LONGEST_TEXT = 500
_PHASE = re.compile(
    r"(?P<name>(?:giai doan|dot|buoc|dot thi dua)\s+(?:thu\s+)?(?:nhat|hai|ba|tu|[ivx]{1,4}|\d))\b"
    r"\s*[^:;\n]{0,80}?\s*[:(]"
)


@dataclass(frozen=True, slots=True)
class _Found:
    start: str | None
    end: str | None
    end_event: str | None
    span: tuple[int, int]
    start_inferred: bool = False
    end_inferred: bool = False
    end_span: tuple[int, int] | None = None  # where the end stands, if not in `span`


def find(view: View, issued_on: str | None = None) -> Period:
    """The `period` part of the record. issued_on: the document's date, the start of "từ khi ban hành"."""
    found = _in_sections(view, issued_on) or _in_title(view)
    phases = _phases(view, issued_on) or _stages(view)
    if found is None:
        return Period(phases=phases if len(phases) > 1 else [])
    found = _over_phases(found, phases)
    proofs: dict[str, Evidence] = {"text": evidence(view, *found.span)}
    if found.start:
        proofs["start"] = evidence(view, *found.span, inferred=found.start_inferred)
    if found.end:
        proofs["end"] = evidence(view, *(found.end_span or found.span), inferred=found.end_inferred)
    if found.end_event:
        proofs["end_event"] = evidence(view, *found.span)
    return Period(
        start=found.start,
        end=found.end,
        end_event=found.end_event,
        text=view.flat(*found.span),
        phases=phases,
        evidence=proofs,
    )


def _over_phases(found: _Found, phases: list[Phase]) -> _Found:
    """The time of the plan where its words are those of one of several phases: from the first start to the last end."""
    spans = [(phase.evidence.start, phase.evidence.end) for phase in phases]
    if len(phases) < 2 or not any(start <= found.span[0] < end for start, end in spans):
        return found
    starts, ends = [p.start for p in phases if p.start], [p.end for p in phases if p.end]
    together = min(start for start, _ in spans), max(end for _, end in spans)
    apart = together[1] - together[0] > _LONGEST_TEXT
    return replace(
        found,
        start=min(starts, default=None),
        end=max(ends, default=None) if len(ends) == len(phases) else None,
        end_event=None,
        span=spans[0] if apart else together,
        end_span=spans[-1] if apart else None,
        start_inferred=found.start_inferred or any(phase.evidence.inferred for phase in phases),
        end_inferred=found.end_inferred or any(phase.evidence.inferred for phase in phases),
    )


def _in_sections(view: View, issued_on: str | None) -> _Found | None:
    timed = [section for section in view.outline if _TIME_HEADING.search(view.folded, section.start, section.end)]
    candidates = [
        (section.body_start if section.run_in else section.start, section.body_end)
        for section in timed
        if not _one_of_many(section, timed)
    ]
    # A heading on time with little text is the plan's own; long ones list the deadlines of many tasks.
    for start, end in sorted(candidates, key=lambda span: span[1] - span[0]):
        found = ranged(view, start, min(end, start + 1200), issued_on)
        if found is not None and not _first_step(view, found, end):
            return found
    labels = [m for m in _LABEL.finditer(view.folded, 0, view.zones.body[1]) if m.start() >= view.zones.body[0]]
    for label in labels if len(labels) < _MANY else ():
        if _within_task(view, label.start()):
            continue
        paragraph = view.paragraph_at(label.end())
        if paragraph is not None and (found := ranged(view, label.end(), paragraph.end, issued_on)) is not None:
            return found
    return None


def _first_step(view: View, found: _Found, end: int) -> bool:
    """Whether a time is only the first of several steps: two items or more behind it open with later dates."""
    if found.end is None:
        return False
    later = 0
    for item in _DATED_ITEM.finditer(view.folded, found.span[1], end):
        opens = item.start("time")
        date = next(dates.find(view.folded, opens, min(end, opens + 60)), None)
        if date is not None and date.iso is not None and date.year_known and date.iso > found.end:
            later += 1
    return later > 1


def _one_of_many(section: Section, timed: list[Section]) -> bool:
    """Whether a heading is the time of one task among several: the parts beside its own have such a heading too."""
    beside = {other.parent for other in timed if other.level == section.level}
    return section.level > 1 and len(beside) >= _MANY


def _within_task(view: View, offset: int) -> bool:
    """Whether a label "Thời gian:" belongs to one of many tasks, deep in the outline."""
    section = view.section_at(offset)
    return section is not None and section.level > 1


def ranged(view: View, start: int, end: int, issued_on: str | None) -> _Found | None:
    """The first "từ ... đến ..." in [start, end), or a lone end ("đến hết năm 2025"), or a stage of years."""
    for match in _FROM.finditer(view.folded, start, end):
        paragraph = view.paragraph_at(match.start())
        within = min(end, paragraph.end) if paragraph else end
        stop = _STOP.search(view.folded, match.end(), within)
        limit = stop.start() if stop else within
        if days := _DAYS.match(view.folded, match.start(), limit):
            first = dates.exact(int(days["year"]), int(days["month"]), int(days["from"]))
            last = dates.exact(int(days["year"]), int(days["month"]), int(days["to"]))
            if first and last:
                return _Found(first, last, None, days.span())
        begins = match.start("what")
        opened = next(dates.find(view.folded, begins, limit), None)  # "tháng 3-2012" is no range
        behind = opened.end if opened is not None and opened.start == begins else match.end()
        to = _TO.search(view.folded, behind, min(limit, behind + 120))
        first, inferred = _point(view, begins, to.start() if to else min(limit, begins + 60), issued_on, opening=True)
        if to is None:
            if first is None or inferred:
                continue
            if _FROM.search(view.folded, match.end(), end):
                return None  # a timetable: "Từ ngày 04/02: ... Từ ngày 05/02: ..."
            return _Found(first, None, None, (match.start(), _end_of_date(view, begins, limit)))
        last, event, finish = _end_point(view, to.end(), limit)
        guessed = False
        if last is None and event is None and issued_on is not None:
            last, finish = _next_day(view, to.end(), limit, issued_on)
            guessed = last is not None
        if first is None and last is not None:
            first = _share_year(view, begins, to.start(), last)
        if first is None and last is None and event is None:
            continue
        return _Found(first, last, event, (match.start(), finish), inferred or (guessed and first is not None), guessed)
    for pattern in (_STAGE, _SCHOOL):
        if years := pattern.search(view.folded, start, end):
            return _Found(years["from"], years["to"], None, years.span())
    return None


def _point(view: View, start: int, limit: int, issued_on: str | None, *, opening: bool) -> tuple[str | None, bool]:
    """(date, whether inferred) of a point in time."""
    if opening and _ISSUE.match(view.folded, start):
        return issued_on, True
    date = next(dates.find(view.folded, start, limit), None)
    if date is not None and date.iso and date.year_known:
        return date.iso, False
    if (school := _SCHOOL.match(view.folded, start, limit)) is not None:
        return school["from"], False
    year = _BARE_YEAR.match(view.folded, start, limit)
    return (year["year"], False) if year else (None, False)


def _end_point(view: View, start: int, limit: int) -> tuple[str | None, str | None, int]:
    """(date, event, end offset) of what stands behind "đến"."""
    if hour := _HOUR.match(view.folded, start, limit):
        start = hour.end()
    whole = _WHOLE.match(view.folded, start, limit)
    date = next(dates.find(view.folded, start, min(limit, start + 60)), None)
    if date is not None and date.iso and date.year_known and date.start <= (whole.end() if whole else start) + 4:
        return (dates.last_day(date.iso) if whole else date.iso), None, date.end
    year = _BARE_YEAR.match(view.folded, whole.end() if whole else start, limit)
    if year is not None:
        return (dates.last_day(year["year"]) if whole else year["year"]), None, year.end()
    if _EVENT.match(view.folded, start, limit):
        return None, view.flat(start, limit).rstrip(" .,;"), limit
    return None, None, limit


def _share_year(view: View, start: int, limit: int, last: str) -> str | None:
    """ "từ ngày 05/9 đến ngày 20/11/2025" the start: the year is printed once."""
    day = _YEARLESS.match(view.folded, start, limit)
    if day is not None:
        first = dates.exact(int(last[:4]), int(day["month"]), int(day["day"]))
        # "từ 15/12 đến 15/01/2027" runs over the turn of the year.
        return first if first is None or first <= dates.last_day(last) else _on(int(last[:4]) - 1, day)
    month = re.match(r"thang\s*(\d{1,2})", view.folded[start:limit])
    if month and 1 <= int(month[1]) <= 12:
        return f"{last[:4]}-{int(month[1]):02d}"
    return None


def _next_day(view: View, start: int, limit: int, issued_on: str) -> tuple[str | None, int]:
    """(date, end offset) of a day without its year: the next one after the plan's own date."""
    day = _YEARLESS.match(view.folded, start, limit)
    if day is None:
        return None, limit
    year = int(issued_on[:4])
    iso = _on(year, day)
    if iso is not None and iso[: len(issued_on)] < issued_on:
        iso = _on(year + 1, day)
    return iso, day.end()


def _on(year: int, day: re.Match[str]) -> str | None:
    return dates.exact(year, int(day["month"]), int(day["day"]))


def _end_of_date(view: View, start: int, limit: int) -> int:
    date = next(dates.find(view.folded, start, limit), None)
    return date.end if date else limit


def _in_title(view: View) -> _Found | None:
    if view.zones.title is None:
        return None
    for pattern in (_STAGE, _SCHOOL):
        if match := pattern.search(view.folded, *view.zones.title):
            return _Found(match["from"], match["to"], None, match.span())
    return None


def _phases(view: View, issued_on: str | None) -> list[Phase]:
    """Numbered stages with a time of their own: "Giai đoạn 1 (từ tháng 10/2024 đến ...)", "Đợt 2: từ ..."."""
    found: list[Phase] = []
    for match in _PHASE.finditer(view.folded, *view.zones.body):
        line_end = view.folded.find("\n\n", match.end())
        limit = min(line_end if line_end > 0 else view.zones.body[1], match.end() + 300)
        span = ranged(view, match.end(), limit, issued_on)
        if span is None or (span.start is None and span.end is None):
            continue
        if span.span[0] - match.end() > 60 or any(p.name == view.flat(*match.span("name")) for p in found):
            continue
        found.append(
            Phase(
                name=view.flat(*match.span("name")),
                start=span.start,
                end=span.end,
                evidence=evidence(view, match.start(), span.span[1], inferred=span.start_inferred or span.end_inferred),
            )
        )
    return found


def _stages(view: View) -> list[Phase]:
    """Parts of one section that are headed by years: "1. Giai đoạn 2025 - 2030", "2. Giai đoạn 2031 - 2035"."""
    headed: dict[str | None, list[Phase]] = {}
    for section in view.outline:
        if years := _STAGE.match(view.folded, section.start, section.end):
            proof = evidence(view, section.start, section.end)
            phase = Phase(name=section.heading, start=years["from"], end=years["to"], evidence=proof)
            headed.setdefault(section.parent, []).append(phase)
    return next((phases for phases in headed.values() if len(phases) > 1), [])
