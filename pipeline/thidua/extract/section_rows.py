"""The outline as rows of the record."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ..record import Section
from .evidence import evidence

if TYPE_CHECKING:
    from .document import View


def find(view: View) -> list[Section]:
    """The sections in the order of the text."""
    return [
        Section(
            number=section.number,
            heading=section.heading,
            level=section.level,
            parent=section.parent,
            page=section.page,
            previous=section.previous,
            evidence=evidence(view, section.marker_start, section.end),
        )
        for section in view.outline
        if section.heading
    ]
