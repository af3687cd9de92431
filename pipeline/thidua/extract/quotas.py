"""How many may be put forward for an award: `Ban Chỉ đạo của tỉnh: Không quá 05 cá nhân`, `01 cá nhân/01 ban`."""

from __future__ import annotations

import re

from ..record import Participation, Quota
from .flat import Flat

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
_EACH = re.compile(r"\bmoi\s+(?P<per>(?:xa, phuong(?:, (?:thi tran|dac khu))?|[a-z]+(?: vi| quan| toc)?))\b")
_FOR = re.compile(r"(?:đối với|riêng|dành cho)\s+", re.IGNORECASE)


def quotas(flat: Flat, heading: str | None = None) -> list[Quota]:
    """The quotas of one list item; `heading`: the words before the colon when they stand in a heading of their own."""
    amounts = list(_AMOUNT.finditer(flat.folded))
    if not amounts:
        return []
    each = _EACH.search(flat.folded, 0, amounts[0].start())
    unit, start = _unit(flat, amounts[0].start(), each, heading)
    text = flat.text[start : amounts[-1].end()].strip()
    found = []
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


def _unit(flat: Flat, amount: int, each: re.Match[str] | None, heading: str | None) -> tuple[str | None, int]:
    """(for whom, where the words on the number start)."""
    colon = flat.text.find(":", 0, amount)
    if colon >= 0:
        printed, start = flat.text[:colon], colon + 1
    elif each is not None and each.start() > 0:
        printed, start = flat.text[: each.start()], each.start()
    else:
        printed, start = heading or "", 0
    link = _FOR.match(printed)
    return (printed[link.end() if link else 0 :].strip(" ,;-") or None), start


def _recipients(amount: re.Match[str]) -> list[Participation]:
    who, either = amount["who"], amount["either"] or ""
    found: list[Participation] = []
    if who in _COLLECTIVES or "tap the" in either:
        found.append("collective")
    if who in _PERSONS or "ca nhan" in either:
        found.append("individual")
    return found
