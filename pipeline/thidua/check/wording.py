"""What the page says against what it then lists, and what stands behind its end."""

from __future__ import annotations

import re

from ..record import Finding
from .findings import Page, finding

# "năm" (five) is left out: it is nearly always a year.
_NUMBERS = {"hai": 2, "ba": 3, "bốn": 4, "sáu": 6, "bảy": 7, "tám": 8, "chín": 9, "mười": 10}
_ANNOUNCED = re.compile(
    rf"(?<![\d/,.])(?P<count>0?\d|1\d|{'|'.join(_NUMBERS)})\s+(?:khâu|nội dung|tiêu chí|nhiệm vụ|giải pháp|nhóm"
    r"|mục tiêu|bước|phong trào|điểm|nguyên tắc|yêu cầu)\b[^:.;\n“\"]{0,60}:\s*(?=[“\"(])",
    re.IGNORECASE,
)
_DASHED = re.compile(r"[“\"](?P<list>[^”\"]{5,300})[”\"]")
_NUMBERED = re.compile(r"\((\d{1,2})\)")
_END = re.compile(r"\.\s?/\s?\.(?=\s|$)|(?<=\w)\./(?=\s)")
_CLOSING = re.compile(r"^\W*nơi\s+(?:nhận|gửi)\b", re.IGNORECASE | re.MULTILINE)


def check(page: Page) -> list[Finding]:
    """quantity-list: "4 khâu: “A - B - C”". text-after-end: a paragraph behind "./." and before "Nơi nhận"."""
    return [*_lists(page), *_after_end(page)]


def _lists(page: Page) -> list[Finding]:
    found = []
    for match in _ANNOUNCED.finditer(page.text):
        said = match["count"].lower()
        count = _NUMBERS.get(said) or int(said)
        listed, end = _listed(page.text, match.end())
        if listed is not None and listed > 1 and listed != count:
            message = f'"{" ".join(match.group().split())}" announces {count}, the list has {listed}'
            evidence = [page.evidence(match.start(), end)]
            found.append(finding("quantity-list", message, severity="info", evidence=evidence))
    return found


def _listed(text: str, start: int) -> tuple[int | None, int]:
    """(how many things the list at the offset has, where it ends); None where it is no list."""
    dashed = _DASHED.match(text, start)
    if dashed is not None:
        parts = re.split(r"\s[-–]\s|;", " ".join(dashed["list"].split()))
        return len(parts), dashed.end()
    expected, end = 1, start
    for number in _NUMBERED.finditer(text, start, start + 6000):
        if int(number[1]) != expected:
            break
        expected, end = expected + 1, number.end()
    return (expected - 1, end) if expected > 1 else (None, start)


def _after_end(page: Page) -> list[Finding]:
    end = _END.search(page.text)
    closing = _CLOSING.search(page.text, end.end()) if end else None
    if end is None or closing is None:
        return []
    between = page.text[end.end() : closing.start()]
    rest = between.strip(" \n\f\t.-_")
    if len(rest) < 12:
        return []
    start = end.end() + between.index(rest[0])
    message = f'Text stands behind the end mark "./.": "{" ".join(rest.split())[:120]}"'
    evidence = [page.evidence(start, start + len(rest))]
    return [finding("text-after-end", message, severity="info", evidence=evidence)]
