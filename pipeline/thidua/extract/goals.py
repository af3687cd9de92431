"""Goals: the purposes, requirements and targets of a plan, one for each item of the sections that state them."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Literal

from ..folding import fold
from ..record import Goal
from .evidence import evidence
from .flat import Flat, flatten
from .items import Item
from .quantities import quantities
from .topics import NOTHING, Topics, heading_topics

if TYPE_CHECKING:
    from .document import View

Kind = Literal["purpose", "requirement", "purpose-requirement", "target"]

_LEAD_IN = re.compile(r"(?:nhu sau|sau day|cu the|gom|bao gom|sau|la)?\s*:$")
_LONGEST_TITLE = 14  # words of a bullet that is the title of the bullets below it
_LONGEST_LABEL = 60  # characters of a paragraph that only names the topic ("* Yêu cầu:")


def find(view: View) -> list[Goal]:
    """The goals in the order of the text. A line that only leads in a list below it is none."""
    found: list[Goal] = []
    label: tuple[int | None, Topics] = (None, NOTHING)  # a labelled list inside a section
    items = view.items
    for k, (item, flat) in enumerate(zip(items, view.item_flats, strict=True)):
        if item.section is None:
            continue
        text = flat.text
        named = label_topics(text)
        if named & {"purpose", "requirement", "target"}:
            label = (item.section, named)
            continue
        topics = label[1] if label[0] == item.section else view.topics[item.section]
        kind = _kind(topics)
        if kind is None or leads_in(text, item, items[k + 1] if k + 1 < len(items) else None):
            continue
        whole, span = stated(view, item, flat)
        found.append(
            Goal(
                kind=kind,
                text=whole.text,
                section=view.outline[item.section].path or None,
                quantities=quantities(whole.text),
                evidence=evidence(view, *span),
            )
        )
    return found


def stated(view: View, item: Item, flat: Flat) -> tuple[Flat, tuple[int, int]]:
    """The wording of an item and its range: with the words before the colon where these are part of what it says.

    `2. Đẩy mạnh các phong trào: ...` is one statement, `2. Yêu cầu: ...` a heading with its text.
    """
    if item.style == "run-in" and item.section is not None:
        heading = view.outline[item.section]
        if not heading_topics(heading.heading):
            return flatten(view, heading.start, item.end), (heading.start, item.end)
    return flat, (item.start, item.end)


def label_topics(text: str) -> Topics:
    """The topics of a paragraph that is only a label: `* Yêu cầu:`."""
    if len(text) > _LONGEST_LABEL or not (text.endswith(":") or text.isupper()):
        return NOTHING
    return heading_topics(text)


def leads_in(text: str, item: Item, following: Item | None) -> bool:
    """Whether a paragraph only announces what is below it: "... như sau:", "- Nội dung kiểm tra" above "+ ..."."""
    if following is None:
        return False
    deeper = following.section == item.section and following.depth > item.depth
    if item.style == "bullet" and len(text.split()) <= _LONGEST_TITLE and text[-1].isalnum():
        return deeper or (following.style == "" and bool(heading_topics(text)))
    return _LEAD_IN.search(fold(text)) is not None and (deeper or following.section != item.section)


def _kind(topics: Topics) -> Kind | None:
    if "purpose" in topics:
        return "purpose-requirement" if "requirement" in topics else "purpose"
    if "requirement" in topics:
        return "requirement"
    return "target" if "target" in topics else None
