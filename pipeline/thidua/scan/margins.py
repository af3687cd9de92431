"""Page numbers: alone in the first or last row of a page.

Source: Decree 30/2020/NĐ-CP, annex I (top centre, from page 2); practice also has them at the foot.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from .rows import Row, Segment, join

_NUMBER = re.compile(r"[-–—\[(]?\s*(?:trang\s*)?(\d{1,3})(?:\s*/\s*\d{1,3})?\s*[-–—\])]?", re.IGNORECASE)
_TOP, _BOTTOM = 0.12, 0.88  # shares of the page's height


def split_margins(rows: Sequence[Row], width: int, height: int) -> tuple[list[Segment], list[Row]]:
    """(page numbers, the other rows)."""
    margins: list[Segment] = []
    rest = list(rows)
    for index, highest, lowest in ((0, 0.0, _TOP), (-1, _BOTTOM, 1.0)):
        if len(rest) > 1:
            segment = join(rest[index])
            if (
                highest <= segment.middle / height <= lowest
                and _NUMBER.fullmatch(segment.text)
                and segment.box.x0 > 0.3 * width
            ):
                margins.append(segment)
                del rest[index]
    return margins, rest
