"""Whether words name a body or person that may be given work: "Sở Nội vụ", "Các đơn vị", "Hiệu trưởng các trường"."""

from __future__ import annotations

import re
from functools import cache

from ..resources import rows
from .cues import Cues

_CALL = re.compile(
    r"(?:de nghi|kinh de nghi|giao(?: cho)?|yeu cau|phan cong|doi voi|trach nhiem cua|nhiem vu cua)\s+(?=\S)"
)
_FILLER = re.compile(r"(?:tat ca(?: cac)?|toan the|moi|nhung|cac|dong chi|thu truong cac|giam doc cac|chu tich cac)\s+")
_NEAR = 40  # characters in which a dictionary's words must lie


@cache
def _heads() -> Cues[bool]:
    return Cues((row["head"], row["body"] == "yes") for row in rows("responsible_heads.tsv"))


def body_at(folded: str) -> tuple[int, int] | None:
    """(start of the name, end of its first words) where a text starts with a body's name, calls and orders left out.

    >>> body_at("de nghi so noi vu chu tri")
    (8, 10)
    >>> body_at("bao cao ket qua") is None
    True
    """
    start = 0
    while call := _CALL.match(folded, start):
        start = call.end()
    head = start
    while True:
        cue = next(_heads().find(folded, head, min(len(folded), head + _NEAR)), None)
        if cue is not None and cue.start == head:
            return (start, cue.end) if cue.value else None
        filler = _FILLER.match(folded, head)
        if filler is None:
            return None
        head = filler.end()
