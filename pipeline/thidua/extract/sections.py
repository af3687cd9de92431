"""The outline: numbering read as a grammar over the whole document, headings told from numbered sentences.

A numbered paragraph takes its place on a stack of numbering styles: a style that is open goes on at its level, a new
one opens a level below. Damaged markers have several readings; the one that continues the sequence wins. Only some
numbered paragraphs are headings: a short line without a sentence's end that has something below it ("1. Mục đích"), or
the words before a colon with the text in the same line ("2. Thời gian thực hiện: Từ tháng 10").
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from .folding import UPPER
from .numbering import Marker, Reading, int_to_roman, marker, roman_to_int
from .paragraphs import Paragraph
from .topics import is_topic

if TYPE_CHECKING:
    from .document import View

_RANK = {"part": 0, "chapter": 1, "article": 2, "upper": 1, "roman": 2, "arabic": 3, "letter": 5, "paren": 6}
# The greatest number with which a list may open: first items are lost or misread, but not many of them.
_LATEST_OPENING = {"upper": 1, "letter": 2, "paren": 2, "arabic": 4, "roman": 4}
_LONGEST_HEADING = 30  # words of a heading on its own line
_NEAR_BELOW = 40  # characters behind a worded number in which the paragraph with its heading must start
_LONGEST_RUN_IN = 26  # words before the colon of a heading with its text in one line
_LONG_RUN_IN = 9  # words before a colon that may as well be a sentence
_FEW = 3  # items of a list by whose majority the others are judged
_BARE_ROMAN = re.compile(rf"(?P<roman>[IVX]{{1,6}})\s+(?=[{UPPER}]{{2,}}\s+[{UPPER}]{{2,}})")
_LETTERS_SHARE = 0.6
_WORD = re.compile(r"[^\W\d_]{2}")
_SENTENCE_END = re.compile(r"[.;,…]$")
_LIST_END = re.compile(r"[;,]$")
_COLON = re.compile(r":(?=\s|$|[“\"])")
# A colon after these words opens a list inside a sentence ("... gồm: ", "... như sau: "), it does not end a heading.
_OPENS_LIST = re.compile(
    r"\b(?:như sau|sau đây|sau|bao gồm|gồm|là|cụ thể|như|rằng|các văn bản|nhằm|để|khẩu hiệu|tinh thần"
    r"|phương châm(?: thực hiện)?|(?:theo|với) chủ đề)$",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Section:
    """A heading of the outline with the stretch of text that it governs.

    number: as printed without the dot, None for a heading without number; parent: numbers from the top ("II.1");
    [start, end): the heading without its number; [body_start, body_end): the text below it, deeper sections included;
    run_in: heading and text stand in one line; parent_index: place of the parent in the outline; previous: number of
    the item before it in its list, be that a heading or a numbered sentence.
    """

    number: str | None
    heading: str
    level: int
    parent: str | None
    start: int
    end: int
    body_start: int
    body_end: int
    page: int
    run_in: bool
    parent_index: int | None = None
    marker_start: int = 0
    previous: str | None = None

    @property
    def path(self) -> str:
        """All numbers from the top: "II.1.a"; a dotted number already says those above it in its own list."""
        if self.number is None:
            return self.parent or ""
        return join_path(self.parent, self.number)


def join_path(parent: str | None, number: str) -> str:
    """`III.3` and `3.1` give `III.3.1`; `II` and `a` give `II.a`."""
    if parent is None:
        return number
    upper, _, last = number.rpartition(".")
    if upper and (parent == upper or parent.endswith("." + upper)):
        return f"{parent}.{last}"
    return f"{parent}.{number}"


@dataclass(frozen=True, slots=True)
class _Item:
    """A numbered paragraph at its place in the grammar."""

    reading: Reading
    level: int
    path: str
    parent: str | None
    paragraph: Paragraph
    text_start: int


def outline(view: View) -> tuple[Section, ...]:
    """The sections of the document's body, in order. Linear in the length of the text."""
    found: list[Section] = []
    for start, end in view.zones.texts:
        _add_sections(view, found, start, end)
    return tuple(found)


def _add_sections(view: View, found: list[Section], start: int, end: int) -> None:
    """Add the sections of one text, the body or an attached plan."""
    items = _items(view, [p for p in view.paragraphs_in(start, end) if p.block in ("body", "table")])
    open_sections: list[int] = []
    latest: list[str] = []  # number of the latest item of each level
    for item, heading in zip(items, _headings(view, items), strict=True):
        while open_sections and found[open_sections[-1]].level >= item.level:
            _close(found, open_sections.pop(), item.paragraph.start)
        previous = latest[item.level - 1] if len(latest) >= item.level else None
        latest[item.level - 1 :] = [item.reading.number]
        if heading is None:
            continue
        above = open_sections[-1] if open_sections else None
        found.append(replace(heading, parent_index=above, previous=previous))
        open_sections.append(len(found) - 1)
    for index in open_sections:
        _close(found, index, end)


def _headings(view: View, items: list[_Item]) -> list[Section | None]:
    """The section that each item opens, if any. The items of one list are judged alike: among numbered sentences a long
    one with a colon is a sentence too.
    """
    found: list[Section | None] = []
    headed: set[tuple[str | None, int]] = set()  # lists in which a heading on a line of its own has been seen
    lists: dict[tuple[str | None, int], list[int]] = {}
    for k, item in enumerate(items):
        key = (item.parent, item.level)
        heading = _heading(view, item, items[k + 1] if k + 1 < len(items) else None, key in headed)
        if heading is not None and not heading.run_in:
            headed.add(key)
        lists.setdefault(key, []).append(k)
        found.append(heading)
    for members in lists.values():
        sentences = sum(found[k] is None for k in members)
        if len(members) < _FEW or 2 * sentences <= len(members):
            continue
        for k in members:
            heading = found[k]
            if heading is not None and heading.run_in and len(heading.heading.split()) >= _LONG_RUN_IN:
                found[k] = None
    return found


def _close(found: list[Section], index: int, end: int) -> None:
    found[index] = replace(found[index], body_end=max(end, found[index].body_start))


def _items(view: View, paragraphs: list[Paragraph]) -> list[_Item]:
    """The numbered paragraphs with their levels; bullets have no place in the grammar."""
    stack: list[tuple[Reading, str]] = []  # open readings with their paths, level 1 first
    items: list[_Item] = []
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
        items.append(_Item(reading, depth + 1, path, parent, paragraph, paragraph.start + found.length))
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


def _heading(view: View, item: _Item, following: _Item | None, headed: bool) -> Section | None:
    """The section that a numbered paragraph opens; None where it is a numbered sentence or a plain list item.

    headed: other items of the list are headings, so that a full stop behind a short one does not tell.
    """
    start, end = item.text_start, item.paragraph.end
    if start >= end:
        return _heading_below(view, item)
    run_in = _run_in_end(view, start, end)
    if run_in is not None:
        return _section(view, item, start, run_in, body_start=_after_colon(view, run_in), run_in=True)
    text = view.flat(start, end)
    heading = text.rstrip(": ")
    if "\t" in view.text[start:end]:
        return None  # the row of a table
    if sum(map(str.isalpha, heading)) < _LETTERS_SHARE * len(heading.replace(" ", "")) or not _WORD.search(heading):
        return None
    words = len(heading.split())
    if words > _LONGEST_HEADING or not heading or (heading[:1].islower() and item.level > 1):
        return None
    capital = heading.isupper()
    if _SENTENCE_END.search(heading) and not (capital or _titled(heading, words, item, headed)):
        return None
    if not (capital or text.endswith(":") or is_topic(heading)) and not _has_body(view, item, following):
        return None
    return _section(view, item, start, end, body_start=end, run_in=False)


def _titled(heading: str, words: int, item: _Item, headed: bool) -> bool:
    """A heading that is closed by a full stop: only a short one, or one of a worded number ("Điều 1. ...")."""
    if _LIST_END.search(heading):
        return False
    if item.reading.style in ("part", "chapter", "article") or (item.reading.style == "roman" and words <= 14):
        return True
    return headed and words <= 20 and re.search(r"[.;]\s", heading) is None


def _has_body(view: View, item: _Item, following: _Item | None) -> bool:
    """Whether something that is not the next item of the same or a higher list stands below the paragraph."""
    last = item.paragraph.last_line
    end = view.zones.text_end(item.paragraph.start)
    if last >= len(view.lines) or view.lines[last].start >= end:
        return item.level == 1 or end == len(view.text)  # the text breaks off
    return following is None or view.lines[last].start != following.paragraph.start or following.level > item.level


def _run_in_end(view: View, start: int, end: int) -> int | None:
    """Where the heading before a colon ends, with text after the colon in the same paragraph."""
    match = _COLON.search(view.text, start, end)
    if match is None or not view.text[match.end() : end].strip():
        return None
    heading = view.text[start : match.start()].strip()
    if not heading or len(heading.split()) > _LONGEST_RUN_IN or _OPENS_LIST.search(heading):
        return None
    if re.search(r"[.?!]\s+\w|[“\"]", heading) and not re.search(r"\b(?:VP|TP|TT|UBND)\.", heading):
        return None
    return match.start() if view.text[start : start + 1].isupper() else None


def _after_colon(view: View, heading_end: int) -> int:
    offset = heading_end + 1
    while offset < len(view.text) and view.text[offset].isspace():
        offset += 1
    return offset


def _heading_below(view: View, item: _Item) -> Section | None:
    """`Phần thứ ba` on a line of its own: the heading is the next paragraph, where that looks like one."""
    if item.reading.style not in ("part", "chapter", "article"):
        return None
    end = view.zones.text_end(item.paragraph.start)
    below = view.paragraphs_in(item.paragraph.end, min(end, item.paragraph.end + _NEAR_BELOW))
    if not below:
        return None
    start, end = below[0].start, below[0].end
    heading = view.flat(start, end)
    plain = len(heading.split()) <= _LONGEST_HEADING and not _SENTENCE_END.search(heading)
    if not plain or marker(view.text[start : min(end, start + 48)]) is not None:
        return None
    return _section(view, item, start, end, body_start=end, run_in=False)


def _section(view: View, item: _Item, start: int, end: int, *, body_start: int, run_in: bool) -> Section:
    while end > start and (view.text[end - 1].isspace() or view.text[end - 1] in ":"):
        end -= 1
    return Section(
        number=item.reading.number,
        heading=view.flat(start, end),
        level=item.level,
        parent=item.parent,
        start=start,
        end=end,
        body_start=body_start,
        body_end=body_start,
        page=view.page_at(start),
        run_in=run_in,
        marker_start=item.paragraph.start,
    )
