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

from ..folding import fold
from .numbered import NumberedParagraph, join_path, numbered
from .numbering import marker
from .topics import is_topic

if TYPE_CHECKING:
    from .document import View

_LONGEST_HEADING = 30  # words of a heading on its own line
_NEAR_BELOW = 40  # characters behind a worded number in which the paragraph with its heading must start
_LONGEST_RUN_IN = 26  # words before the colon of a heading with its text in one line
_LONG_RUN_IN = 9  # words before a colon that may as well be a sentence
_FEW = 3  # items of a list by whose majority the others are judged
_LETTERS_SHARE = 0.6
# What an article of a decision orders in one sentence: "Điều 1. Ban hành kèm theo Quyết định này Kế hoạch ...".
_ORDERS = re.compile(
    r"^(?:ban hanh|phe duyet|thanh lap|cong nhan|cong bo|tang|giao|quyet dinh nay)\b|\bchiu trach nhiem\b"
)
_LONGEST_TITLE = 14  # words of an article's title that is closed by a full stop
_TIME = re.compile(r"(?:giai doan|nam(?: hoc)?|dot|quy)\s+[\divx]")  # figures are what such a heading says
_WORD = re.compile(r"[^\W\d_]{2}")
_SENTENCE_END = re.compile(r"[.;,…]$")
_LIST_END = re.compile(r"[;,]$")
_COLON = re.compile(r":(?=\s|$|[“\"])")
# A colon after these words lists the names of the bodies that are meant.
_NAMES_FOLLOW = re.compile(
    r"\bcác\s+(?:bộ|sở|ban|ngành|phòng|xã|phường|huyện|trường|đơn vị)\s*$|^(?:đề nghị|giao|đối với)\s*$",
    re.IGNORECASE,
)
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


def outline(view: View) -> tuple[Section, ...]:
    """The sections of the document's body, in order. Linear in the length of the text."""
    found: list[Section] = []
    for start, end in view.zones.texts:
        _add_sections(view, found, start, end)
    return tuple(found)


def _add_sections(view: View, found: list[Section], start: int, end: int) -> None:
    """Add the sections of one text, the body or an attached plan."""
    items = numbered(view, [p for p in view.paragraphs_in(start, end) if p.block in ("body", "table")])
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


def _headings(view: View, items: list[NumberedParagraph]) -> list[Section | None]:
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


def _heading(view: View, item: NumberedParagraph, following: NumberedParagraph | None, headed: bool) -> Section | None:
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
    if not _WORD.search(heading) or not (_TIME.match(fold(heading)) or _lettered(heading)):
        return None
    words = len(heading.split())
    if words > _LONGEST_HEADING or not heading or (heading[:1].islower() and item.level > 1):
        return None
    capital = heading.isupper()
    if _SENTENCE_END.search(heading) and not (
        capital or _titled(heading, words, item, headed or _numbers_below(item, following))
    ):
        return None
    if not (capital or text.endswith(":") or is_topic(heading)) and not _has_body(view, item, following):
        return None
    return _section(view, item, start, end, body_start=end, run_in=False)


def _lettered(heading: str) -> bool:
    return sum(map(str.isalpha, heading)) >= _LETTERS_SHARE * len(heading.replace(" ", ""))


def _numbers_below(item: NumberedParagraph, following: NumberedParagraph | None) -> bool:
    """Whether the next number says that it stands below this one: "1.1" behind "1"."""
    return following is not None and following.reading.number.startswith(item.reading.number + ".")


def _titled(heading: str, words: int, item: NumberedParagraph, headed: bool) -> bool:
    """A heading that is closed by a full stop: only a short one, or one of a worded number ("Điều 1. ...")."""
    if _LIST_END.search(heading) or (item.reading.style == "article" and _ORDERS.search(fold(heading))):
        return False
    if item.reading.style == "article":
        return words <= _LONGEST_TITLE
    if item.reading.style in ("part", "chapter") or (item.reading.style == "roman" and words <= 14):
        return True
    return headed and words <= 20 and re.search(r"[.;]\s", heading) is None


def _has_body(view: View, item: NumberedParagraph, following: NumberedParagraph | None) -> bool:
    """Whether something that is not the next item of the same or a higher list stands below the paragraph."""
    last = item.paragraph.last_line
    end = view.zones.text_end(item.paragraph.start)
    if last >= len(view.lines) or view.lines[last].start >= end:
        return item.level == 1 or end == len(view.text)  # the text breaks off
    return following is None or view.lines[last].start != following.paragraph.start or following.level > item.level


def _run_in_end(view: View, start: int, end: int) -> int | None:
    """Where the heading before a colon ends, with text after the colon in the same paragraph."""
    match = _COLON.search(view.text, start, end)
    if match is not None and _NAMES_FOLLOW.search(view.text[start : match.start()]):
        match = _COLON.search(view.text, match.end(), end)  # "Các Bộ: Nội vụ, Tài chính có nhiệm vụ: ..."
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


def _heading_below(view: View, item: NumberedParagraph) -> Section | None:
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


def _section(view: View, item: NumberedParagraph, start: int, end: int, *, body_start: int, run_in: bool) -> Section:
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
