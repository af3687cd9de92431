"""Events that a plan is held for: anniversaries ("76 năm Ngày ... (11/6/1948 - 11/6/2024)"), congresses, holidays.

A congress that is only the issuer of a resolution ("Nghị quyết Đại hội XIII") is no event of the plan.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from ..folding import fold
from ..record import Event
from .evidence import evidence
from .flat import Flat, body_flats, flatten

if TYPE_CHECKING:
    from .document import View

_DAY = r"\d{1,2}\s?[/.\-]\s?\d{1,2}\s?[/.\-]\s?\d{4}|\d{1,2}\s?[/.\-]\s?\d{4}|\d{4}"
_RANGE = rf"\(\s*(?:tu\s+)?(?:ngay\s+)?(?P<from>{_DAY})\s*(?:-|den(?:\s+ngay)?)\s*(?P<to>{_DAY})\s*\)"
_NAME = r"(?P<name>[a-z](?:(?!ky niem|ki niem)[^().;:“”\"]){3,200}?)"
_DATED = re.compile(rf"(?<![\d/])(?<!thang )(?P<years>\d{{1,4}})\s+nam\s+{_NAME}\s*{_RANGE}")
# Without one of these words "5 năm phát triển ... (2021 - 2025)" is a period, no anniversary.
_RECALLS = re.compile(
    r"\b(?:ky niem|ki niem|ngay|thanh lap|truyen thong|giai phong|chien thang|cach mang|quoc khanh|sinh|mat|hy sinh"
    r"|ra doi|keu goi|khoi nghia|thang loi|quan he)\b"
)
_CELEBRATED = re.compile(
    r"(?:ky niem|ki niem|chao mung|mung)\s+(?:lan thu\s+)?(?P<years>\d{1,4})\s*(?:nam\s+)?"
    r"(?P<name>(?:ngay|quoc khanh|thanh lap|cach mang|chien thang|giai phong|truyen thong)\b[^().;:,\[“”\"]{3,120}?)"
    r"(?=[().;:,\[“”\"]|$|\s+\d|\s+(?:va|tien toi|gan voi|chao mung|huong toi|nhan dip|nam \d{4}|trong"
    r"|nhu sau|theo|cu the)\b)"
)
_CONGRESS = re.compile(
    r"(?P<name>dai hoi\s+(?:(?!nghi quyet|tien toi|chao mung|huong toi|gan voi|dai hoi|cac cap)[^.;:()“”\"])"
    r"{0,70}?\s*lan\s+thu\s+(?P<ordinal>[ivxl]{1,6}|\d{1,2})\b(?:\s+cua\s+dang(?!\s+bo)\b)?)"
    r"(?:\s*,?\s*(?:\(?\s*)nhiem ky\s+(?P<term>\d{4}\s*-\s*\d{4}))?"
)
_PARTY_BODY = re.compile(
    r"(?P<name>dang bo\s+[^.;:,()“”\"]{2,40}?\s+lan\s+thu\s+(?P<ordinal>[ivxl]{1,6}|\d{1,2})\b)"
    r"(?:\s*,?\s*nhiem ky\s+(?P<term>\d{4}\s*-\s*\d{4}))?"
)
_ALL_LEVELS = re.compile(r"(?P<name>dai hoi\s+(?:dai bieu\s+)?(?:dang bo\s+|dang\s+)?(?:cac cap|cac cap cua dang))")
_HOLIDAYS = re.compile(
    r"(?P<name>(?:cac\s+)?ngay\s+(?:le|ky niem)\s+lon\s*(?:(?:cua|trong)\s+[^.;:()“”\"]{3,60}?)?)"
    r"(?=\s*(?:vao|trong)\s+nam|\s+nam\s+\d|[.;:)]|$)"
)
# "Đại hội Đảng các cấp, Đảng bộ thành phố lần thứ XVII": the second congress is named by its Party body alone.
_JOINED = re.compile(r"dai hoi[^.;:]{3,50},\s*(?:dai hoi\s+)?$")
_ISSUES = re.compile(
    r"(?:nghi quyet|van kien|chu truong|tinh than|ket qua|quy dinh|ket luan)\s+(?:cua\s+)?(?:tai\s+)?$"
)


class _Occasion(NamedTuple):
    start: int
    end: int
    event: Event


def find(view: View) -> list[Event]:
    """The events in the order of their first mention; repeated mentions are one row."""
    found: dict[tuple[object, ...], _Occasion] = {}
    for occasion in sorted([*_anniversaries(view), *_congresses(view), *_holidays(view)], key=lambda o: o.start):
        found.setdefault(_identity(occasion.event), occasion)
    events = [occasion.event for occasion in found.values()]
    dated = {(event.years, _squeezed(event.name)) for event in events if event.from_}
    return [
        event
        for k, event in enumerate(events)
        if event.from_ or ((event.years, _squeezed(event.name)) not in dated and not _shortened(event, events[:k]))
    ]


def _identity(event: Event) -> tuple[object, ...]:
    if event.kind == "anniversary" and event.from_:
        return ("anniversary", event.years, event.from_, event.to)
    if event.kind == "congress":
        return ("congress", _body_words(event.name), event.ordinal)
    return (event.kind, event.years, _words(event.name))


def _shortened(event: Event, before: list[Event]) -> bool:
    """Whether the holidays were named more fully before ("các ngày lễ lớn của đất nước" + ", thành phố")."""
    return event.kind == "holiday" and any(
        other.kind == "holiday" and _words(other.name).startswith(_words(event.name)) for other in before
    )


def _squeezed(name: str) -> str:
    """The letters alone: OCR and converters lose blanks."""
    return _words(name).replace(" ", "")


def _words(name: str) -> str:
    return " ".join(re.findall(r"\w+", fold(name)))


def _body_words(name: str) -> str:
    """What tells one congress from another: the words without the usual fillers."""
    plain = re.sub(r"\b(?:dai hoi|dai bieu|lan thu|cua dang|dang bo|[ivxl]+|\d+)\b", " ", fold(name))
    return _words(plain)


def _flats(view: View) -> list[Flat]:
    title = [flatten(view, *view.zones.title)] if view.zones.title else []
    return [*title, *body_flats(view)]


def _anniversaries(view: View) -> list[_Occasion]:
    found: list[_Occasion] = []
    for flat in _flats(view):
        taken: list[tuple[int, int]] = []
        for match in _DATED.finditer(flat.folded):
            first, last = _iso(match["from"]), _iso(match["to"])
            recalls = _RECALLS.search(flat.folded, max(0, match.start() - 40), match.end("name"))
            if first is None or last is None or recalls is None:
                continue
            taken.append(match.span())
            found.append(_anniversary(view, flat, match, first, last))
        for match in _CELEBRATED.finditer(flat.folded):
            if not _overlaps(match, taken):
                found.append(_anniversary(view, flat, match, None, None))
    return found


def _overlaps(match: re.Match[str], taken: list[tuple[int, int]]) -> bool:
    return any(match.start() < end and start < match.end() for start, end in taken)


def _anniversary(view: View, flat: Flat, match: re.Match[str], first: str | None, last: str | None) -> _Occasion:
    start, end = flat.span(match.start("years"), match.end())
    event = Event.model_validate(
        {
            "name": flat.text[slice(*match.span("name"))].strip(),
            "kind": "anniversary",
            "years": int(match["years"]),
            "from": first,
            "to": last,
            "evidence": evidence(view, start, end),
        }
    )
    return _Occasion(start, end, event)


def _congresses(view: View) -> list[_Occasion]:
    found: list[_Occasion] = []
    for flat in _flats(view):
        taken: list[tuple[int, int]] = []
        for pattern in (_CONGRESS, _PARTY_BODY, _ALL_LEVELS):
            for match in pattern.finditer(flat.folded):
                if _overlaps(match, taken):
                    continue
                taken.append(match.span())
                before = flat.folded[max(0, match.start() - 70) : match.start()]
                if _ISSUES.search(before) or (pattern is _PARTY_BODY and not _JOINED.search(before)):
                    continue
                found.append(_congress(view, flat, match))
    return found


def _congress(view: View, flat: Flat, match: re.Match[str]) -> _Occasion:
    groups = match.groupdict()
    ordinal = flat.text[slice(*match.span("ordinal"))] if groups.get("ordinal") else None
    term = flat.text[slice(*match.span("term"))] if groups.get("term") else None
    start, end = flat.span(*match.span("name"))
    event = Event(
        name=flat.text[slice(*match.span("name"))],
        kind="congress",
        ordinal=ordinal,
        term=re.sub(r"\s*[-–]\s*", " - ", term) if term else None,
        evidence=evidence(view, start, end),
    )
    return _Occasion(start, end, event)


def _holidays(view: View) -> list[_Occasion]:
    found = []
    for flat in _flats(view):
        for match in _HOLIDAYS.finditer(flat.folded):
            start, end = flat.span(*match.span("name"))
            name = flat.text[slice(*match.span("name"))].strip()
            found.append(_Occasion(start, end, Event(name=name, kind="holiday", evidence=evidence(view, start, end))))
    return found


def _iso(printed: str) -> str | None:
    """`11/6/1948` -> `1948-06-11`, `6/1948` -> `1948-06`; None where no such day exists in any year."""
    parts = [int(part) for part in re.findall(r"\d+", printed)]
    year, month, day = parts[-1], parts[-2] if len(parts) > 1 else 0, parts[-3] if len(parts) > 2 else 0
    if not 1 <= year <= 2999 or month > 12 or day > 31:
        return None
    return f"{year:04d}" + (f"-{month:02d}" if month else "") + (f"-{day:02d}" if day else "")
