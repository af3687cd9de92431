"""The plan's own theme (chủ đề thi đua): the text of a section or label of that name, else what "với chủ đề" quotes."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from ..folding import fold
from ..record import Evidence
from . import quotes
from .evidence import evidence
from .flat import Flat, body_flats
from .topics import heading_topics

if TYPE_CHECKING:
    from .document import View

_LABEL = re.compile(
    r"(?:ten goi va\s+|noi dung,\s*|noi dung va\s+|ten\s+)?chu de(?:\s+(?:cua\s+)?(?:phong trao|dot)?\s*thi dua)?"
    r"[^:.“\"]{0,30}[:;]\s*"
)
_LAUNCHES = re.compile(
    r"(?:phong trao|dot)\s+thi dua[^.;“\"]{0,80}\b(?:voi|mang|lay)\s+(?:ten\s+)?chu de\s*(?:la\s*)?:?\s*$"
)
_OF_WORKS = re.compile(r"\b(?:tac pham|bai viet|bai thi|bai du thi|sang tac|sinh hoat|thao luan|tham luan)\b")
_LONGEST = 600


def find(view: View) -> tuple[str, Evidence] | None:
    """The theme as printed, without quotation marks, and its evidence; None where the plan has none."""
    for item, flat in zip(view.items, view.item_flats, strict=True):
        if item.section is not None and _heads_theme(view.outline[item.section].heading):
            return _quoted_or_whole(view, flat, 0)
        label = _LABEL.match(flat.folded)
        if label is not None:
            return _quoted_or_whole(view, flat, label.end())
    for flat in body_flats(view):
        for quote in quotes.find(flat.text):
            if _LAUNCHES.search(flat.folded, max(0, quote.outer_start - 160), quote.outer_start):
                return _result(view, flat, quote.start, quote.end)
    return None


def _heads_theme(heading: str) -> bool:
    return heading_topics(heading) == {"theme"} and _OF_WORKS.search(fold(heading)) is None


def is_label(folded: str) -> bool:
    """Whether a paragraph states the theme ("Nội dung, chủ đề thi đua: ...")."""
    return _LABEL.match(folded) is not None


def _quoted_or_whole(view: View, flat: Flat, start: int) -> tuple[str, Evidence] | None:
    for quote in quotes.find(flat.text[start:]):
        return _result(view, flat, start + quote.start, start + quote.end)
    if not start < len(flat.text) <= start + _LONGEST:
        return None
    return _result(view, flat, start, len(flat.text))


def _result(view: View, flat: Flat, start: int, end: int) -> tuple[str, Evidence] | None:
    while end > start and flat.text[end - 1] in " .;:,":
        end -= 1
    return (flat.text[start:end], evidence(view, *flat.span(start, end))) if end > start else None
