"""Quoted stretches of a text: names, slogans and themes, with marks of any shape, missing or doubled."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

# A closing mark behind a year is often read as a 7 ("2021-20257;").
_MARK = re.compile(r"(?<=20\d\d)7(?=[;.,)\s]|$)|[“”„‟\"]|(?<!\w)[‘'](?=\w)|(?<=\w)[’'](?!\w)|(?<=\w)’’|‘‘")
_LONGEST = 320  # characters between two marks
# Where a name without a closing mark ends at the latest.
_STOP = re.compile(r";|\.(?=\s|$)|,(?=\s*(?:“|\"|$))|,?\s+(?:giai đoạn|do|trên địa bàn|phong trào|cuộc vận động)\s")


@dataclass(frozen=True, slots=True)
class Quote:
    """[start, end) is the quoted text without marks and outer spaces; [outer_start, outer_end) takes in the marks.

    closed: a closing mark stands there; else the end is the best guess.
    """

    start: int
    end: int
    outer_start: int
    outer_end: int
    closed: bool


def find(text: str) -> Iterator[Quote]:
    """The quotes of one paragraph (one line), from left to right."""
    marks = list(_MARK.finditer(text))
    k = 0
    while k < len(marks):
        opening = marks[k]
        if not _opens(text, opening):
            k += 1
            continue
        closing = marks[k + 1] if k + 1 < len(marks) else None
        limit = min(len(text), opening.end() + _LONGEST)
        if closing is not None and closing.start() <= limit and not _opens_again(text, opening, closing):
            yield _quote(text, opening, closing.start(), closing.end(), closed=True)
            k += 2
            continue
        limit = min(limit, closing.start() if closing is not None else limit)
        stop = _STOP.search(text, opening.end(), limit)
        stop_at = stop.start() if stop else limit
        yield _quote(text, opening, stop_at, stop_at, closed=False)
        k += 1


def _opens(text: str, mark: re.Match[str]) -> bool:
    """A mark opens unless it clearly closes: "”" with a letter before it and none behind it."""
    if mark.group() == "7":
        return False
    if mark.group() in "“„‘‘":
        return True
    before = text[mark.start() - 1] if mark.start() else " "
    after = text[mark.end() : mark.end() + 1] or " "
    if mark.group() in "”’’":
        return before.isspace() and (after.isalnum())
    return not (before.isalnum() and not after.isalnum())


def _opens_again(text: str, opening: re.Match[str], mark: re.Match[str]) -> bool:
    """Whether the next mark is another opening one, so that the first was never closed."""
    if mark.group() in "“„‘" and opening.group() in '“„‘"':
        after = text[mark.end() : mark.end() + 1]
        return after.isalnum() or after.isspace()
    return False


def _quote(text: str, opening: re.Match[str], end: int, outer_end: int, *, closed: bool) -> Quote:
    start = opening.end()
    while start < end and (text[start].isspace() or text[start] in '“"”'):
        start += 1
    while end > start and (text[end - 1].isspace() or text[end - 1] in ",;.:"):
        end -= 1
    return Quote(start, end, opening.start(), outer_end, closed)
