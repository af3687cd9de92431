"""The numbered paragraphs of a text, each at its level: numbering read as a grammar.

A stack holds the numbering styles that are open: a style that is open goes on at its level, a new one opens a level
below. Damaged markers have several readings; the one that continues the sequence wins.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from ..folding import UPPER
from .numbering import Marker, Reading, int_to_roman, marker, roman_to_int
from .paragraphs import Paragraph

if TYPE_CHECKING:
    from .document import View

_RANK = {"part": 0, "chapter": 1, "article": 2, "upper": 1, "roman": 2, "arabic": 3, "letter": 5, "paren": 6}
# The greatest number with which a list may open: first items are lost or misread, but not many of them.
_LATEST_OPENING = {"upper": 1, "letter": 2, "paren": 2, "arabic": 4, "roman": 4}
_BARE_ROMAN = re.compile(rf"(?P<roman>[IVX]{{1,6}})\s+(?=[{UPPER}]{{2,}}\s+[{UPPER}]{{2,}})")


def join_path(parent: str | None, number: str) -> str:
    """`III.3` and `3.1` give `III.3.1`; `II` and `a` give `II.a`."""
    if parent is None:
        return number
    upper, _, last = number.rpartition(".")
    if upper and (parent == upper or parent.endswith("." + upper)):
        return f"{parent}.{last}"
    return f"{parent}.{number}"


@dataclass(frozen=True, slots=True)
class NumberedParagraph:
    """A numbered paragraph at its place in the grammar."""

    reading: Reading
    level: int
    path: str
    parent: str | None
    paragraph: Paragraph
    text_start: int


def numbered(view: View, paragraphs: list[Paragraph]) -> list[NumberedParagraph]:
    """The numbered paragraphs with their levels; bullets have no place in the grammar."""
    stack: list[tuple[Reading, str]] = []  # open readings with their paths, level 1 first
    items: list[NumberedParagraph] = []
    for paragraph, found in _markers(view, paragraphs):
        reading = _choose(found, stack)
        depth = _depth(reading, stack)
        opens = depth == len(stack) or stack[depth][0].style != reading.style
        if opens and reading.value > _LATEST_OPENING.get(reading.style, reading.value):
            continue  # a list does not start with "S." or "12.": noise, or a figure in a table
        del stack[depth:]
        parent = stack[-1][1] if stack else None
        path = join_path(parent, reading.number)
        stack.append((reading, path))
        items.append(NumberedParagraph(reading, depth + 1, path, parent, paragraph, paragraph.start + found.length))
    return items


def _markers(view: View, paragraphs: list[Paragraph]) -> list[tuple[Paragraph, Marker]]:
    """The numbered paragraphs with their markers; romans that a reader damaged are mended by those around them."""
    found: list[tuple[Paragraph, Marker]] = []
    last = 0  # the latest roman
    for paragraph in paragraphs:
        text = view.text[paragraph.start : min(paragraph.end, paragraph.start + 48)]
        read = marker(text) or (_without_dot(text, last + 1) if view.damaged else None)
        if read is not None and read.style != "bullet":
            found.append((paragraph, read))
            last = read.roman or last
    if view.damaged:
        romans = [k for k, (_, read) in enumerate(found) if read.roman is not None]
        for before, here, after in zip(romans, romans[1:], romans[2:], strict=False):
            value = (found[before][1].roman or 0) + 1
            if found[here][1].roman != value and found[after][1].roman == value + 1:
                mended = Reading("roman", value, int_to_roman(value))
                found[here] = (found[here][0], Marker((mended,), found[here][1].length))
    return found


def _without_dot(text: str, value: int) -> Marker | None:
    """The next roman of the sequence before a heading in capitals, its dot lost: "II MỤC TIÊU"."""
    match = _BARE_ROMAN.match(text)
    if match is None or roman_to_int(match["roman"]) != value:
        return None
    return Marker((Reading("roman", value, match["roman"]),), match.end())


def _choose(found: Marker, stack: list[tuple[Reading, str]]) -> Reading:
    """The reading that continues a list that is open, else one that opens a list that is not, else the likeliest."""
    if len(found.readings) == 1:
        return found.readings[0]
    for reading in found.readings:
        if any(_continues(reading, before) for before, _ in stack):
            return reading
    running = {before.style for before, _ in stack}
    opening = [r for r in found.readings if r.value == 1]
    return next((r for r in opening if r.style not in running), (opening or found.readings)[0])


def _continues(reading: Reading, before: Reading) -> bool:
    return reading.style == before.style and reading.value == before.value + 1


def _depth(reading: Reading, stack: list[tuple[Reading, str]]) -> int:
    """How many open levels stay above the reading."""
    if reading.style == "dotted":
        upper = reading.number.rpartition(".")[0]
        for depth in range(len(stack), 0, -1):
            before = stack[depth - 1][0]
            if before.number == upper:
                return depth
            if before.style == "dotted" and before.number.rpartition(".")[0] == upper:
                return depth - 1
        dots = reading.number.count(".")
        while stack and stack[-1][0].style == "dotted" and stack[-1][0].number.count(".") >= dots:
            stack.pop()
        return len(stack)
    for depth in range(len(stack) - 1, -1, -1):
        if stack[depth][0].style == reading.style:
            return depth
    # A style of higher rank than all that is open ("II." after a stray "1.") goes back to the top.
    rank = _RANK.get(reading.style, 4)
    depth = len(stack)
    while depth and _RANK.get(stack[depth - 1][0].style, 4) > rank:
        depth -= 1
    return depth
