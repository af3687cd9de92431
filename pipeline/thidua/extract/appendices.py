"""Appendices: the headings "PHỤ LỤC", "Phụ lục 2", "Mẫu số 1" behind the body, with number, title and page."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from ..record import Appendix
from .evidence import evidence
from .kind_names import NATION

if TYPE_CHECKING:
    from .document import View

_HEADING = re.compile(
    r"(?:phu luc|phu bieu|(?:bieu )?mau(?: bieu)?)(?:\s+(?:so\s*:?\s*)?"
    r"(?P<number>\d{1,2}(?:[a-z]|/[a-z]{2,6})?|[ivx]{1,5}|[a-d])\b)?\s*[:.\-–]?\s*(?P<rest>.*)"
)
# Below the number may stand what it is attached to, or the blank letterhead of a form ("(1)..., ngày ...").
_NO_TITLE = re.compile(rf"^\W*\(?(?:ban hanh )?kem theo\b|\.{{3}}|…|-{{3}}|{NATION.pattern}")
_LONGEST_TITLE = 200  # characters
_REFERRING = re.compile(r"(?:kem theo|dinh kem|cua|theo|nay|ban hanh)\b")


def find(view: View) -> list[Appendix]:
    """The appendices in the order of the text; a mention of one inside a sentence is none."""
    found: list[Appendix] = []
    lines = view.lines[view.line_index(view.zones.appendices[0]) :] if view.lines else ()
    for k, line in enumerate(lines):
        if line.start < view.zones.appendices[0]:
            continue
        match = _HEADING.fullmatch(view.folded, line.start, line.end)
        if match is None or line.end - line.start > 120 or not view.text[line.start].isupper():
            continue
        if _REFERRING.match(match["rest"]) and not view.text[line.start : line.end].isupper():
            continue
        number = view.text[slice(*match.span("number"))] if match["number"] else None
        title = view.flat(*match.span("rest")) or None
        if title is None and k + 1 < len(lines):
            following = lines[k + 1]
            below = view.folded[following.start : following.end]
            if len(below) < _LONGEST_TITLE and _NO_TITLE.search(below) is None:
                title = view.flat(following.start, following.end)
        found.append(
            Appendix(number=number, title=title, page=line.page, evidence=evidence(view, line.start, line.end))
        )
    return found
