"""Directives that are cited without a code: laws by name, resolutions of congresses, bases that only have a title."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING

from ..folding import fold
from ..resources import rows
from . import dates
from .kind_names import kinds

if TYPE_CHECKING:
    from .document import View


@dataclass(frozen=True, slots=True)
class Uncoded:
    """A citation at [start, end). name: what is the same for all citations of one directive."""

    start: int
    end: int
    kind: str
    name: str
    issuer: str | None = None
    term: str | None = None
    year: int | None = None
    issued_on: str | None = None
    title: tuple[int, int] | None = None  # range of the name without the word for the kind


_ROMAN = r"[ivxl]{1,6}"
_CONGRESS = re.compile(
    rf"(?<!\w)nghi\s+quyet\s+(?P<body>dai\s+hoi\b(?:[^\S\n]*\n?[^\S\n]*(?!nghi\b|va\b|lan\b)[\w\-]+){{0,12}}?)\s+(?P<nth>lan\s+thu\s+)?"
    rf"(?P<term>{_ROMAN})\b(?P<of>\s+(?:cua\s+dang\b|dang\s+bo(?:\s+\w+){{1,5}}|dang\s+cong\s+san\s+viet\s+nam"
    r"|(?:cong\s+doan|doan|hoi)(?:\s+\w+){1,5}?(?=\s*[,.;)])))?"
)
_PLENUM = re.compile(
    rf"(?<!\w)nghi\s+quyet\s+(?:hoi\s+nghi\s+)?(?P<body>trung\s+uong\s+(?P<plenum>\d{{1,2}}|{_ROMAN}))"
    rf"\s*[,(]?\s*khoa\s+(?P<term>{_ROMAN})\b"
)
_LAW = re.compile(r"(?<!\w)(?P<kind>bo\s+luat|luat|phap\s+lenh|hien\s+phap)\s+(?=[^\W\d_])")
# Read with its marks: without them "Bảo vệ" would end before "về", "Đầu tư" before "từ", "Việt Nam" before "năm".
_LAW_END = re.compile(
    r"[;.:()+,“”\"\]\[]|\n\s*\n|\b(?:(?:năm|ngày|số)\s*:?\s*(?=\d)|(?:trên|được|theo|tại|đối|trong|nhằm|đến|quy\s+định"
    r"|có\s+hiệu|hiện\s+hành|liên\s+quan|đã|với|cho|của|là|để|ban\s+hành|thông\s+qua|gắn|vào|phải|không|thì|hoặc|bằng|khi"
    r"|sẽ|từ|do|thuộc|ước|về|và\s+(?:các|nghị|thông|luật|quyết|hướng|kế|văn|pháp|bộ))\b)",
    re.IGNORECASE,
)
_AMENDED = re.compile(
    r"sua\s+doi,?\s+bo\s+sung\s+(?:mot\s+so\s+dieu\s+)?(?:cua\s+)?(?:cac\s+|\d+\s+)?(?:bo\s+)?luat\s+"
)
_AND_LAW = re.compile(r"\s+va\s+(?:bo\s+)?luat\s+")
_YEARED = re.compile(r"\s+nam\s+(?P<year>(?:19|20)\d\d)\b")
_DATED = re.compile(r"\s*,?\s*(?=ngay\b)")
_NAME_ENDS = re.compile(r"(?=ngay|nam|so)|\W|$")  # a reader may glue what follows: "Chính phủngày 25 tháng 12"
_LONGEST_NAME, _LONGEST_AMENDING = 16, 40  # words
_BASIS = re.compile(r"(?:^|\n)[ \t\-–+*•]{0,8}can\s+cu\s+(?:vao\s+)?(?:cac\s+)?(?=[a-z])")
_NOT_LAW = re.compile(
    r"(?:\b(?:su|gia|co|phap|dinh|lam|an|ly|trat|quy|vi|dung|nganh|khoa|cu nhan|bo mon|chuyen nganh|dai hoc"
    r"|cong ty|van phong),?|(?<!moi )truong|[a-z] anh,)$"
)
_COMMON = re.compile(r"(?:cac|phap|su|moi|khac|nay|quoc\s+te|du\s+thao|(?:dieu|khoan|chuong|muc)\s+\d)\b")


def uncoded(view: View) -> Iterator[Uncoded]:
    """All citations without a code in body and appendices; those that carry a code after all are left to the caller."""
    start = view.zones.title[0] if view.zones.title else view.zones.body[0]
    yield from _congresses(view, start)
    yield from _laws(view, start)
    yield from _titled_bases(view)


def _congresses(view: View, start: int) -> Iterator[Uncoded]:
    for match in _CONGRESS.finditer(view.folded, start):
        term = match["term"].upper()
        if not match["nth"] and view.text[slice(*match.span("term"))] != term:
            continue  # a syllable, no numeral
        issuer = view.flat(match.start("body"), match.end())
        # The national congress of the Party goes by several names; the others by their own.
        national = bool(match["of"] and "cua" in match["of"]) or "toan quoc" in match["body"]
        name = f"dai hoi {term}" if national else f"{_plain(match['body'])} {term}"
        yield Uncoded(match.start(), match.end(), "Nghị quyết", name, issuer, term)
    for match in _PLENUM.finditer(view.folded, start):
        term = match["term"].upper()
        name = f"trung uong {match['plenum']} khoa {term}"
        yield Uncoded(match.start(), match.end(), "Nghị quyết", name, view.flat(match.start("body"), match.end()), term)


def _plain(folded: str) -> str:
    return " ".join(folded.split())


def _laws(view: View, start: int) -> Iterator[Uncoded]:
    behind = start
    for match in _LAW.finditer(view.folded, start):
        if match.start() < behind:
            continue  # inside the name of an amending law
        kind, name_start = _plain(match["kind"]), match.end()
        if kind != "hien phap" and not view.text[match.start()].isupper():
            continue
        if _NOT_LAW.search(view.folded[max(0, match.start() - 14) : match.start()].rstrip()):
            continue
        end = _law_end(view, name_start)
        name, name_end = _plain(view.folded[name_start:end]), end
        if kind == "hien phap":
            end = match.start() + len("hien phap")
            name = ""
        elif not _names(view, name_start, name):
            continue
        year = _YEARED.match(view.folded, end)
        issued_on = None
        if year:
            end = year.end()
        elif dated := _DATED.match(view.folded, end):
            date = next(dates.find(view.folded, dated.end(), dated.end() + 40), None)
            if date is not None and date.start == dated.end() and date.year_known and date.iso:
                issued_on, end = date.iso, date.end
        if _AMENDED.match(name + " "):
            behind = end
        yield Uncoded(
            match.start(),
            end,
            _law_kind(kind),
            f"{kind} {name}".strip(),
            None,
            None,
            int(year["year"]) if year else None,
            issued_on,
            (name_start, name_end) if name else None,
        )


def _names(view: View, start: int, name: str) -> bool:
    """Whether the words behind "Luật" name one: a known name, one in capitals, or what amends another law."""
    if not name:
        return False
    if _AMENDED.match(name + " "):
        return len(name.split()) <= _LONGEST_AMENDING
    if any(name in names for _, names in _law_names()):
        return True
    return view.text[start].isupper() and not _COMMON.match(name) and len(name.split()) <= _LONGEST_NAME


def _law_kind(folded: str) -> str:
    return {"bo luat": "Bộ luật", "luat": "Luật", "phap lenh": "Pháp lệnh", "hien phap": "Hiến pháp"}[folded]


def _law_end(view: View, start: int) -> int:
    """Where the name of a law ends: known names first, else the words up to the next clause."""
    for size, names in _law_names():
        candidate = _plain(view.folded[start : start + size + 4])
        if candidate[:size] in names and _NAME_ENDS.match(candidate, size):
            stop = _position_after(view.folded, start, size)
            # One syllable alone is too like others: "Luật Dược", but not "Luật được ...".
            if " " in candidate[:size] or view.text[start:stop].lower() == names[candidate[:size]]:
                return stop
    limit = min(len(view.folded), start + 160)
    amended = _AMENDED.match(view.folded, start)
    if amended:
        first = _law_end(view, amended.end())
        also = _AND_LAW.match(view.folded, first)
        return _law_end(view, also.end()) if also else first
    end = _LAW_END.search(view.text, start, limit)
    return start + len(view.folded[start : end.start() if end else limit].rstrip())


def _position_after(folded: str, start: int, size: int) -> int:
    """Offset behind `size` characters of the text with single spaces."""
    count, offset, gap = 0, start, False
    while offset < len(folded) and count < size:
        if folded[offset].isspace():
            count += not gap
            gap = True
        else:
            count += 1
            gap = False
        offset += 1
    return offset


@cache
def _law_names() -> list[tuple[int, dict[str, str]]]:
    """Known names of laws without the word for the kind, folded -> in lower case; by length, longest first."""
    by_length: dict[int, dict[str, str]] = {}
    for row in rows("law_names.tsv"):
        name = fold(row["name"])
        by_length.setdefault(len(name), {})[name] = row["name"].lower()
    return [(size, by_length[size]) for size in sorted(by_length, reverse=True)]


def _titled_bases(view: View) -> Iterator[Uncoded]:
    """ "Căn cứ kế hoạch thanh tra năm 2017 đã được phê duyệt": a basis that has a kind and a title, but no code."""
    start = view.zones.body[0]
    end = min(view.outline[0].marker_start if view.outline else start + 6000, view.zones.body[1])
    for match in _BASIS.finditer(view.folded, max(0, start - 1), end):
        kind = next((k for k in _basis_kinds() if view.folded.startswith(k, match.end())), None)
        if kind is None:
            continue
        stop = re.compile(r"[;.](?=\s|$)|\n\s*\n").search(view.folded, match.end(), end)
        finish = stop.start() if stop else end
        text = view.folded[match.end() : finish]
        if re.search(r"\d+\s?[/\-–]\s?(?:\d{4}\s?/\s?)?[a-z]{2}", text) or len(text) > 300:
            continue
        year = re.search(r"\bnam\s+((?:19|20)\d\d)\b", text)
        yield Uncoded(match.end(), finish, kinds()[kind][0], _plain(text), None, None, int(year[1]) if year else None)


@cache
def _basis_kinds() -> tuple[str, ...]:
    left_out = {"luat", "phap lenh", "hop dong", "lenh"}
    return tuple(sorted((k for k in kinds() if k not in left_out), key=len, reverse=True))
