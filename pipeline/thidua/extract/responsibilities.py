"""Who has to do what: the bodies that the part on carrying out the plan (Tổ chức thực hiện) gives work to.

A body stands as a heading above its duties ("4. Sở Nội vụ"), before a colon, or as the subject of a sentence ("Sở Tài
chính chủ trì, phối hợp ..."). Calls and orders before the name ("Đề nghị", "Giao") are no part of it.
"""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING

from ..record import Responsibility
from ..resources import rows
from .bodies import body_at
from .cues import Cues
from .evidence import evidence
from .flat import Flat, flatten
from .items import Item

if TYPE_CHECKING:
    from .document import View

_CLOSES = re.compile(r"tren day la\b|trong qua trinh\b|can cu ke hoach\b|nhan duoc ke hoach\b|ke hoach nay\b|luu y\b")
_ENDED = re.compile(r"[a-zà-ỹ]{2}\.\s")  # a sentence; not TP. or an initial
# The issuer's last words: "Ủy ban nhân dân tỉnh yêu cầu các cơ quan ... nghiêm túc thực hiện".
_DEMANDS = re.compile(r"\b(?:yeu cau|de nghi)\s+(?:cac|thu truong|giam doc|chu tich|nguoi dung dau|toan the)\b")
_LEADS_IN = re.compile(  # "Sở Y tế chỉ đạo các đơn vị thực hiện các nội dung sau", "Ủy ban nhân dân xã phối hợp"
    r"\s(?:chủ trì|phối hợp|chỉ đạo|tổ chức|thực hiện|triển khai|hướng dẫn)\b(?:.*\bsau(?: đây)?)?$"
)
_DUTY = re.compile(r"\b(?:co trach nhiem|chiu trach nhiem|co nhiem vu|phai)\b")
_LONGEST_UNIT = 45  # words


@cache
def _verbs() -> Cues[bool]:
    return Cues((row["verb"], True) for row in rows("responsibility_verbs.tsv"))


def find(view: View) -> list[Responsibility]:
    """The responsible bodies in the order of the text, each with all that the plan asks of it."""
    return _Reader(view).read()


class _Reader:
    def __init__(self, view: View) -> None:
        self.view = view
        self.found: list[tuple[str, list[str], tuple[int, int]]] = []  # unit, its duties, where it is named
        self.owner: dict[int, int] = {}  # section -> the unit that its heading names

    def read(self) -> list[Responsibility]:
        following = 0
        last: tuple[int | None, Item | None] = (
            None,
            None,
        )  # unit of the list that is open, and the item that opened it
        for item, flat in zip(self.view.items, self.view.item_flats, strict=True):
            while following < len(self.view.outline) and self.view.outline[following].marker_start < item.end:
                self._heading(following)
                following += 1
            if item.section is None or "responsibilities" not in self.view.topics[item.section]:
                continue
            last = self._item(item, flat, last)
        for index in range(following, len(self.view.outline)):
            self._heading(index)
        return [
            Responsibility(unit=unit, text=" ".join(duties), evidence=evidence(self.view, *span))
            for unit, duties, span in self.found
        ]

    def _heading(self, index: int) -> None:
        section = self.view.outline[index]
        above = section.parent_index
        if above is None or "responsibilities" not in self.view.topics[index]:
            return
        heading = flatten(self.view, section.start, section.end)
        unit = _unit(heading, whole=True)
        if unit is not None:
            self.owner[index] = len(self.found)
            self.found.append((heading.text[slice(*unit)], [], heading.span(*unit)))
        elif above in self.owner:
            self.owner[index] = self.owner[above]

    def _item(self, item: Item, flat: Flat, last: tuple[int | None, Item | None]) -> tuple[int | None, Item | None]:
        """Give the item to the unit that it names, else to that of its heading or of the list it stands in."""
        if item.section in self.owner:
            self.found[self.owner[item.section]][1].append(flat.text)
            return None, None
        unit = None if _CLOSES.match(flat.folded) else _unit(flat, whole=False)
        number, opener = last
        below = number is not None and opener is not None and opener.section == item.section and _below(item, opener)
        if unit is not None and not (below and item.style == "bullet" and ":" not in flat.text[: unit[1] + 2]):
            start = unit[1] + (2 if flat.text[unit[1] : unit[1] + 1] == ":" else 0)
            self.found.append((flat.text[slice(*unit)], [flat.text[start:].strip()], flat.span(*unit)))
            return len(self.found) - 1, item
        if below and number is not None:
            self.found[number][1].append(flat.text)
            return last
        return None, None


def _below(item: Item, opener: Item) -> bool:
    return item.depth > opener.depth or item.style == "bullet" != opener.style


def _unit(flat: Flat, *, whole: bool) -> tuple[int, int] | None:
    """The range of a body's name at the start of a flat text; whole: the text is a heading and nothing but the name."""
    named = body_at(flat.text)
    if named is None:
        return None
    start = named[0]
    duty = (_DUTY.search(flat.folded, named[1]) or _LEADS_IN.search(flat.text, named[1] + 1)) if whole else None
    end = (duty.start() if duty else len(flat.text)) if whole else name_end(flat, named[1])
    if end is None:
        return None
    while end > start and not (flat.text[end - 1].isalnum() or flat.text[end - 1] == ")"):
        end -= 1
    words = flat.text[start:end].split()
    return (start, end) if 0 < len(words) <= _LONGEST_UNIT else None


def _in_name(flat: Flat, position: int, verb: int) -> bool:
    """Whether a verb is part of a body's name: "Ủy ban Kiểm tra", or of its duty: "về việc kiểm tra"."""
    of_name = flat.text[verb].isupper() and not flat.text[position:verb].isupper()
    return (of_name and flat.text[position:verb].strip() != "") or flat.folded.endswith(" viec ", 0, verb)


def name_end(flat: Flat, position: int) -> int | None:
    """Where the name of a body that opens a flat text ends: before a colon, or before the first verb.

    None where neither comes, or where the body demands something of others.
    """
    verbs = _verbs().find(flat.folded, position)
    verb = next((cue for cue in verbs if not _in_name(flat, position, cue.start)), None)
    colon = flat.text.find(":", position)
    ends = [end for end in (verb.start if verb else -1, colon) if end >= 0]
    if not ends or _DEMANDS.search(flat.folded, position, min(ends)) or _ENDED.search(flat.text, position, min(ends)):
        return None
    return min(ends)
