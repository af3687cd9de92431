"""The dates of a document with their roles: issued, cited, start, end, deadline, report, anniversary, other."""

from __future__ import annotations

import re
from bisect import bisect_right
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from ..record import DateMention, Document, Period
from . import dates
from .bodies import body_at
from .citations import Citation
from .evidence import evidence
from .flat import flatten
from .responsibilities import name_end

if TYPE_CHECKING:
    from .document import View

Role = Literal["issued", "cited", "start", "end", "deadline", "anniversary", "report", "other"]

_LEAD = re.compile(
    r"(?:(?:ke\s+)?tu|(?:cho\s+)?(?:den|toi)(?:\s+(?:het|cuoi))?|truoc|sau|het|cuoi|dau|trong|vao|khoang"
    r"|cham\s+nhat(?:\s+la)?)\s+$"
)
_WHOLE = re.compile(r"\b(?:het|cuoi)\s+$")
_REPORT = re.compile(r"\b(?:bao cao|tong hop ket qua|gui ket qua)\b")
_DEADLINE = re.compile(
    r"\b(?:truoc|cham nhat|muon nhat|han cuoi|thoi han|hoan thanh|xong|gui (?:ve|ho so)|nop"
    r"|den (?:het|ngay)|trong|het)\b"
)
# The date of what is commemorated stands in brackets behind it, or follows it at once; "từ ngày" opens a time.
_OCCASION = re.compile(
    r"\b(?:ky niem|ngay (?:sinh|truyen thong|le)|thanh lap|giai phong|quoc khanh|dai le|chao mung(?!.*\bdai hoi))\b"
)
_COMMEMORATED = re.compile(
    r"\b(?:(?:ky niem|ngay (?:sinh|thanh lap|truyen thong)|giai phong|quoc khanh)\b[^,;.():]{0,60}"
    r"|(?:le|chao mung)\s*)$"
)
_OPENS = re.compile(r"\b(?:ke\s+)?tu\s+(?:ngay\s+)?$")
_FROM_TO = re.compile(r"\b(?P<opens>tu)\b|\b(?:den|toi|het)\b|\d\s*-\s*$")
_SENTENCE = re.compile(r"[.;](?=\s)|\n\s*\n")
_WINDOW = 160  # characters before a date in which its role is looked for


@dataclass(frozen=True, slots=True)
class _Context:
    """What is known of the document when the role of a date is judged."""

    cited: list[tuple[int, int]]
    periods: list[tuple[int, int]]  # the plan's own and its phases
    issued_on: str | None


def find(view: View, document: Document, period: Period, citations: list[Citation]) -> list[DateMention]:
    """Every date once for each role, in the order of the text."""
    proof = period.evidence.get("text")
    context = _Context(
        cited=[(c.start, c.end) for c in citations],
        periods=[(e.start, e.end) for e in (proof, *(phase.evidence for phase in period.phases)) if e is not None],
        issued_on=document.issued_on,
    )
    found: list[DateMention] = []
    issued = document.evidence.get("issued_on")
    if document.issued_on and issued:
        found.append(
            DateMention(
                date=document.issued_on, text=view.flat(issued.start, issued.end), role="issued", evidence=issued
            )
        )
    known = {(item.date, item.role) for item in found}
    for printed in dates.find(view.folded, view.zones.body[0]):
        if view.zones.closing[0] <= printed.start < view.zones.closing[1]:
            continue
        item = _mention(view, printed, context)
        if item is not None and (item.date, item.role) not in known:
            known.add((item.date, item.role))
            found.append(item)
    return found


def _mention(view: View, printed: dates.PrintedDate, context: _Context) -> DateMention | None:
    if printed.iso is None:
        return None
    lead = _LEAD.search(view.folded, max(0, printed.start - 30), printed.start)
    start = lead.start() if lead else printed.start
    role = _role(view, printed, context)
    iso, inferred = _completed(printed, context.issued_on)
    if iso is None:
        return None
    if _WHOLE.search(view.folded, max(0, printed.start - 12), printed.start) or view.folded.startswith(
        ("het", "cuoi"), printed.start
    ):
        iso = dates.last_day(iso)
    unit = _unit(view, printed.start) if role in ("deadline", "report") else None
    if role in ("cited", "anniversary"):
        start = printed.start
    return DateMention(
        date=iso,
        text=view.flat(start, printed.end),
        role=role,
        unit=unit,
        evidence=evidence(view, start, printed.end, inferred=inferred),
    )


def _completed(printed: dates.PrintedDate, issued_on: str | None) -> tuple[str | None, bool]:
    """(date, whether a part of it is inferred): a day without a year is the next one after the plan's own date."""
    if printed.year_known or printed.iso is None:
        return printed.iso, False
    if issued_on is None:
        return None, True
    year = int(issued_on[:4])
    month, day = int(printed.iso[2:4]), int(printed.iso[5:7])
    iso = dates.exact(year, month, day)
    if iso is not None and iso[: len(issued_on)] < issued_on:
        iso = dates.exact(year + 1, month, day)
    return iso, True


def _role(view: View, printed: dates.PrintedDate, context: _Context) -> Role:
    k = bisect_right(context.cited, (printed.start, 1 << 60)) - 1
    if any(start <= printed.start < end for start, end in context.cited[max(0, k - 1) : k + 1]):
        return "cited"
    within = next((span for span in context.periods if span[0] <= printed.start < span[1]), None)
    if within is not None:
        cue = next(reversed(list(_FROM_TO.finditer(view.folded, within[0], printed.start))), None)
        return "end" if cue is not None and cue["opens"] is None else "start"
    before = _sentence_before(view, printed.start)
    near = before[-60:]
    bracketed = re.search(r"[(-]\s*$", before) is not None and _OCCASION.search(before) is not None
    if _OPENS.search(before):
        return "other"
    if bracketed or (_LEAD.search(before) is None and _COMMEMORATED.search(before)):
        return "anniversary"
    if _DEADLINE.search(near):
        return "report" if _REPORT.search(before) else "deadline"
    if _REPORT.search(near):
        return "report"
    return "other"


def _sentence_before(view: View, offset: int) -> str:
    start = max(0, offset - _WINDOW)
    window = view.folded[start:offset]
    ends = [match.end() for match in _SENTENCE.finditer(window)]
    return window[ends[-1] :] if ends else window


def _unit(view: View, offset: int) -> str | None:
    """Who owes what is due on a date: the body that opens the paragraph, else the one that the section is headed by."""
    paragraph = view.paragraph_at(offset)
    if paragraph is not None:
        start = paragraph.start
        while start < offset and not view.text[start].isalpha():
            start += 1
        found = body_at(view.text[start:offset])
        if found is not None:
            flat = flatten(view, start, offset)
            end = name_end(flat, found[1])
            return flat.text[found[0] : end].rstrip(" ,") if end is not None else None
    section = view.section_at(offset)
    while section is not None:
        found = body_at(section.heading)
        if found is not None:
            return section.heading[found[0] :]
        section = view.outline[section.parent_index] if section.parent_index is not None else None
    return None
