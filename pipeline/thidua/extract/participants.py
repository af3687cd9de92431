"""Who takes part: the collectives and individuals that the sections on participants (Đối tượng) name.

A paragraph that says of itself which it is ("- Tập thể: ...") is taken whole; another is divided where the list goes
over from bodies to persons ("Các sở, ban, ngành ..., tổ chức" | "cá nhân và các tầng lớp Nhân dân ...").
"""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING, cast

from ..folding import fold
from ..record import Participant, Participation
from ..resources import rows
from .cues import Cues
from .evidence import evidence
from .flat import Flat
from .goals import leads_in

if TYPE_CHECKING:
    from .document import View

_LABEL = re.compile(
    r"(?:doi voi\s+|ve\s+)?(?:(?:cac\s+)?(?P<collective>tap the)|(?:cac\s+)?(?P<individual>ca nhan))\s*[:\-]\s*"
)
_NAMED = re.compile(r"(?:doi voi\s+)?(?:cac\s+)?(?:(?P<collective>tap the)|(?P<individual>ca nhan))\s*:?")
_PART = re.compile(r"\s*(?:[,;]|\bva\b|\bcung\b)\s*")
_JOINT = re.compile(r"[\s,;]+(?:va|cung)$")
_FILLER = re.compile(r"(?:la|gom|bao gom|tat ca|toan bo|cac|nhung|moi|doi ngu|doi voi|va|toan the)\s+")
# A sentence that lays down a rule names nobody who takes part.
_RULES = re.compile(
    r"\b(?:phai|khong duoc|khong tra|co trach nhiem|co quyen|duoc ap dung|can cu vao|chiu trach nhiem)\b"
)
_CLOSING = " .;:,-+*"


@cache
def _heads() -> Cues[Participation]:
    return Cues((row["head"], cast(Participation, row["kind"])) for row in rows("participants.tsv"))


def find(view: View) -> list[Participant]:
    """The participants in the order of the text."""
    found: list[Participant] = []
    items = view.items
    for k, (item, flat) in enumerate(zip(items, view.item_flats, strict=True)):
        if item.section is None or "participants" not in view.topics[item.section]:
            continue
        if len(view.topics[item.section]) > 1:
            continue
        if leads_in(flat.text, item, items[k + 1] if k + 1 < len(items) else None):
            continue
        heading = view.outline[item.section].heading
        for kind, start, end in _divided(flat, _kind_of_label(heading)):
            text = flat.text[start:end].strip(_CLOSING)
            if text:
                start = flat.text.index(text, start)
                span = flat.span(start, start + len(text))
                found.append(Participant(kind=kind, text=text, evidence=evidence(view, *span)))
    return found


def _kind_of_label(heading: str) -> Participation | None:
    match = _NAMED.fullmatch(fold(heading))
    return None if match is None else "collective" if match["collective"] else "individual"


def _divided(flat: Flat, kind: Participation | None) -> list[tuple[Participation, int, int]]:
    """(kind, start, end) of the parts of one paragraph; `kind`: what a heading above says of it."""
    size = len(flat.text)
    if kind is not None:
        return [(kind, 0, size)]
    label = _LABEL.match(flat.folded)
    if label is not None:
        return [("collective" if label["collective"] else "individual", label.end(), size)]
    if _RULES.search(flat.folded):
        return []
    first: Participation | None = None
    for start, end in _parts(flat.folded):
        head = _head(flat, start, end)
        if first is None:
            if head is None:
                return []
            first = head
        elif first == "collective" and head == "individual":
            cut = start
            while cut and not flat.text[cut - 1].isalnum():
                cut -= 1
            if joint := _JOINT.search(flat.folded, 0, cut):
                cut = joint.start()
            return [("collective", 0, cut), ("individual", start, size)]
        if first == "individual":
            break  # bodies after persons only say where these work
    return [] if first is None else [(first, 0, size)]


def _parts(folded: str) -> list[tuple[int, int]]:
    starts = [0, *(match.end() for match in _PART.finditer(folded))]
    ends = [*(match.start() for match in _PART.finditer(folded)), len(folded)]
    return list(zip(starts, ends, strict=True))


def _head(flat: Flat, start: int, end: int) -> Participation | None:
    """What the first words of a part say; None where they are no head of a list ("thuộc tỉnh")."""
    while filler := _FILLER.match(flat.folded, start, end):
        start = filler.end()
    cue = _heads().at(flat.text, flat.folded, start, end)
    return cue.value if cue is not None else None
