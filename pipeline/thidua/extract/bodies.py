"""Whether words name a body or person that may be given work: "Sở Nội vụ", "Các đơn vị", "Hiệu trưởng các trường"."""

from __future__ import annotations

import re
from functools import cache

from ..folding import fold
from ..resources import rows
from .cues import Cues

_CALL = re.compile(
    r"(?:đề nghị|kính đề nghị|giao(?: cho)?|yêu cầu|phân công|đối với|trách nhiệm của|nhiệm vụ của)\s*:?\s+(?=\S)",
    re.IGNORECASE,
)
_FILLER = re.compile(r"(?:tat ca(?: cac)?|toan the|moi|nhung|cac|dong chi|thu truong cac|giam doc cac|chu tich cac)\s+")
_NEAR = 40  # characters in which a dictionary's words must lie


@cache
def _heads() -> Cues[bool]:
    return Cues((row["head"], row["body"] == "yes") for row in rows("responsible_heads.tsv"))


def body_at(text: str) -> tuple[int, int] | None:
    """(start of the name, end of its first words) where a text starts with a body's name, calls and orders left out.

    >>> body_at("Đề nghị Sở Nội vụ chủ trì")
    (8, 10)
    >>> body_at("Báo cáo kết quả") is None
    True
    """
    folded = fold(text)
    start = 0
    while call := _CALL.match(text, start):
        start = call.end()
    head = start
    while True:
        cue = _heads().at(text, folded, head, min(len(folded), head + _NEAR))
        if cue is not None:
            return (start, cue.end) if cue.value else None
        filler = _FILLER.match(folded, head)
        if filler is None:
            return None
        head = filler.end()
