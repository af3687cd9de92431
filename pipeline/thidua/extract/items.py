"""The list items and plain paragraphs of the body, each with the section it belongs to."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from .numbering import marker

if TYPE_CHECKING:
    from .document import View

_FOOTNOTE = re.compile(r"\[\d{1,2}\]")
# The last words of a plan belong to no section.
_CLOSING = re.compile(
    r"tren\s+day\s+la\b|trong\s+qua\s+trinh\s+(?:to\s+chuc\s+)?(?:trien\s+khai|thuc\s+hien)\b"
    r"|(?:[^.;:]{4,60}\b)?(?:yeu\s+cau|de\s+nghi)\s+(?:cac|thu\s+truong|giam\s+doc)\b[^;:]*\./\.$"
)
# "-" above "+" above "*" is the usual order of bullets; other marks stand beside "-".
_BULLET_DEPTH = {"+": 1, "o": 1, "*": 0}


@dataclass(frozen=True, slots=True)
class Item:
    """A paragraph without its number or bullet: half-open range of the text.

    section: place in the outline, None before the first section and for the closing sentence; style: style of its mark,
    "" without one, "run-in" for the text behind a heading in one line; depth: how deep its mark stands below the
    section (0 a plain paragraph).
    """

    start: int
    end: int
    section: int | None
    style: str
    depth: int


def items(view: View) -> tuple[Item, ...]:
    """The items of the body in order; headings on their own line are none. Linear in the length of the text."""
    found: list[Item] = []
    outline = view.outline
    following, open_sections = 0, list[int]()
    for paragraph in (p for start, end in view.zones.texts for p in view.paragraphs_in(start, end)):
        while following < len(outline) and outline[following].marker_start <= paragraph.start:
            open_sections.append(following)
            following += 1
        while open_sections and not outline[open_sections[-1]].marker_start <= paragraph.start < max(
            outline[open_sections[-1]].body_end, outline[open_sections[-1]].end
        ):
            open_sections.pop()
        section = open_sections[-1] if open_sections else None
        item = _item(view, paragraph.start, paragraph.end, section)
        if item is not None:
            found.append(item)
    return tuple(found)


def _item(view: View, start: int, end: int, section: int | None) -> Item | None:
    if section is not None and view.outline[section].marker_start == start:
        heading = view.outline[section]
        return (
            Item(heading.body_start, end, section, "run-in", 0) if heading.run_in and heading.body_start < end else None
        )
    if section is not None and view.outline[section].start == start:
        return None  # the heading below its number ("Phần thứ ba")
    if _FOOTNOTE.match(view.text, start, end):
        return None
    found = marker(view.text[start : min(end, start + 48)])
    if found is None:
        return Item(start, end, None if _CLOSING.match(view.folded, start, end) else section, "", 0)
    style = found.style
    depth = 1 + _BULLET_DEPTH.get(view.text[start], 0) if style == "bullet" else 1
    text_start = min(start + found.length, end)
    return Item(text_start, end, section, style, depth) if text_start < end else None
