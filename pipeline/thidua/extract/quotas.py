"""How many may be put forward for an award: `Ban Chỉ đạo của tỉnh: Không quá 05 cá nhân`, `01 cá nhân/01 ban`."""

from __future__ import annotations

import re

from ..record import Participation, Quota
from .flat import Flat, sentences

_COLLECTIVES = (
    *("tap the", "don vi", "ho gia dinh", "gia dinh", "ho", "to chuc co so dang", "to chuc dang", "to chuc", "chi bo"),
    *("dang bo", "chi doan", "chi hoi", "co quan", "dia phuong", "doanh nghiep", "hop tac xa", "huyen", "xa", "phuong"),
    *("thi tran", "thon", "ap", "to dan pho", "khu pho", "khu dan cu", "xom", "lop", "truong"),
    *("to chuyen mon", "to", "khoa", "phong"),
)
_PERSONS = (
    *("ca nhan", "can bo", "dang vien", "doan vien", "hoi vien", "hoc sinh", "sinh vien", "giao vien", "nong dan"),
    *("cong nhan", "nguoi"),
)
_AMOUNT = re.compile(
    rf"(?<![\d/])(?P<count>\d{{1,4}})\s+(?P<who>truong hop|{'|'.join((*_COLLECTIVES, *_PERSONS))})\b"
    r"(?P<either>\s*\((?:tap the|ca nhan)[^)]*\))?(?:\s*/\s*(?:0?1\s+)?(?P<per>[a-z]+))?"
)
_BODY = "(?:huyen|xa|phuong|thi tran|thi xa|thanh pho|dac khu|so|phong|ban|nganh|doan the|truong|khoa)"
_EACH = re.compile(rf"\bmoi\s+(?P<per>{_BODY}(?:, {_BODY})*|[a-z]+(?: vi| quan| toc)?)\b")
_FOR = re.compile(r"^(?:đối với|riêng|dành cho|mỗi)\s+", re.IGNORECASE)
_WHEN = re.compile(r"\s*khi\s", re.IGNORECASE)


def quotas(flat: Flat, heading: str | None = None) -> list[Quota]:
    """The quotas of one list item; `heading`: the words before the colon when they stand in a heading of their own.

    Each clause may say for whom its numbers are; one that does not goes on with the last.
    """
    found: list[Quota] = []
    unit, before = heading, 0  # before: where the words behind the last numbers start
    for start, end in sentences(flat):
        amounts = list(_AMOUNT.finditer(flat.folded, start, end))
        if not amounts:
            continue
        each = _EACH.search(flat.folded, start, amounts[0].start())
        printed, first = _unit(flat, before, amounts[0].start(), each)
        unit, before = printed or unit, end
        text = flat.text[first : amounts[-1].end()].strip()
        for amount in amounts:
            per = amount.span("per") if amount["per"] else each.span("per") if each else None
            found.append(
                Quota(
                    unit=unit,
                    quantity=int(amount["count"]),
                    recipients=_recipients(amount),
                    per=flat.text[slice(*per)] if per else None,
                    text=text,
                )
            )
    return found


def _unit(flat: Flat, start: int, amount: int, each: re.Match[str] | None) -> tuple[str | None, int]:
    """(for whom, where the words on the number start); amount: where the first number behind `start` stands."""
    colon = flat.text.find(":", start, amount)
    if colon >= 0:
        printed, start = flat.text[start:colon], colon + 1
    elif each is not None:
        printed = flat.text[start : each.start()]
        start = each.start()
        if not printed.strip(" ,;-") or _WHEN.match(printed):
            printed = flat.text[slice(*each.span("per"))]
    else:
        printed = ""
    printed = _FOR.sub("", printed.strip(), count=1)
    return printed.strip(" ,;-") or None, start


def _recipients(amount: re.Match[str]) -> list[Participation]:
    who, either = amount["who"], amount["either"] or ""
    found: list[Participation] = []
    if who in _COLLECTIVES or "tap the" in either:
        found.append("collective")
    if who in _PERSONS or "ca nhan" in either:
        found.append("individual")
    return found
