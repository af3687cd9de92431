"""The words of awards: forms and titles by the law's taxonomy, levels, and those who give them.

Facts come from dictionaries/award_forms.tsv, award_titles.tsv, award_levels.tsv and award_authorities.tsv.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from typing import cast

from ..folding import UPPER
from ..record import AwardLevel, Participation
from ..resources import rows
from . import agencies
from .cues import Cues
from .flat import Flat

_LIKE = 84.0  # similarity of a damaged heading with the words of a level
# From the highest to the lowest, in the order of who submits to whom.
LEVELS: tuple[AwardLevel, ...] = (
    "state",
    "government",
    "ministry",
    "province",
    "department",
    "district",
    "commune",
    "unit",
)
# Other members of the list that a giver's name goes on with.
_LIST_ON = re.compile(
    r"(?:,?\s+(?:và\s+)?(?:các\s+)?(?:cơ quan|đơn vị|địa phương|xã|phường|thị trấn|đặc khu|huyện|quận|thị xã|thành phố"
    r"|tổ chức|doanh nghiệp|ban|ngành|đoàn thể|trường học|trường)(?!\w))+"
)
_OF = re.compile(r"\s*(?:,|–|-|:)?\s*(?:của|do|từ)\s+(?:các\s+)?", re.IGNORECASE)
_NEXT_GIVER = re.compile(r"\s*(?:;|,|\bvà\b|\bhoặc\b)\s*(?:của\s+)?(?:các\s+)?", re.IGNORECASE)
_TRAILING = re.compile(r"(?:[\s,]|\s(?:và|hoặc))+$")
_STANDING = re.compile(r"\b(?:ban (?:chap hanh|thuong vu|bi thu|thuong truc)|doan chu tich)\s+$")  # acts for a body
_CAPITAL = re.compile(rf"\s+[{UPPER}]")
_ACTS = re.compile(
    r"\s(?:trinh|de nghi|de xuat|xem xet|xet|tang|khen|tuyen duong|quyet dinh|cong nhan|trao|cho|ban hanh"
    r"|lua chon|chon|tong hop|bao cao|binh xet|binh chon|suy ton|phoi hop|thong nhat"
    r"|(?:va|kem)(?: theo)? (?:tien|muc) thuong)\b"
)
_GIVES = re.compile(r"\b(?:tang|khen thuong|quyet dinh|xet|cap|trao|cong nhan|ban hanh)\b")
_WITH = re.compile(r"\bkem theo\s+(?:mot\s+)?$")  # "tiền thưởng kèm theo Giấy khen": an award spoken of elsewhere
_MORE = re.compile(r";\s*danh hieu\W*")  # "A công nhận danh hiệu “B” cho ...; danh hiệu “C” cho ...": one verb for both
_EARLIER = re.compile(
    r"(?:\bda\b|\btung\b|\d+\s+lan\b|lien tuc|lan thu\s+\S+)\s*(?:duoc\s+)?"
    r"(?:tang\s*(?:thuong)?|nhan|dat|cong nhan)?\s*(?:danh hieu)?\W*$"
)


@dataclass(frozen=True, slots=True)
class Honour:
    """A form or title of the law: level is None where the giver decides it."""

    form: str | None
    title: str | None
    level: AwardLevel | None
    recipients: tuple[Participation, ...]


@dataclass(frozen=True, slots=True)
class Giver:
    """Who gives an award, as printed at [start, end) of a flat paragraph."""

    text: str
    level: AwardLevel
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Naming:
    """An award named at [start, end) of a flat paragraph, with those who are said to give it.

    level: printed behind the form ("Bằng khen cấp tỉnh"). given: whether somebody is said to give it, known or not.
    """

    honour: Honour
    start: int
    end: int
    givers: tuple[Giver, ...]
    level: AwardLevel | None = None
    given: bool = False


@cache
def _honours() -> Cues[Honour]:
    table = [(row["pattern"], Honour(row["form"], None, *_level_and_who(row))) for row in rows("award_forms.tsv")]
    table += [(row["pattern"], Honour(None, row["title"], *_level_and_who(row))) for row in rows("award_titles.tsv")]
    return Cues((words, honour) for patterns, honour in table for words in patterns.split("|"))


def _level_and_who(row: dict[str, str]) -> tuple[AwardLevel | None, tuple[Participation, ...]]:
    who = tuple(cast(Participation, name) for name in row["recipients"].split("|") if name)
    return cast(AwardLevel, row["level"]) if row["level"] else None, who


@cache
def _givers() -> Cues[AwardLevel]:
    table = [(row["pattern"], cast(AwardLevel, row["level"])) for row in rows("award_authorities.tsv")]
    return Cues((words, level) for patterns, level in table for words in patterns.split("|"))


@cache
def _levels() -> Cues[AwardLevel]:
    table = [(row["pattern"], cast(AwardLevel, row["level"])) for row in rows("award_levels.tsv")]
    return Cues((words, level) for patterns, level in table for words in patterns.split("|"))


def level_named(folded: str) -> AwardLevel | None:
    """The level that a heading names: `Cấp Nhà nước`, `Khen thưởng cấp tỉnh`."""
    return next((cue.value for cue in _levels().find(folded)), None) or _levels().nearest(folded, _LIKE)


def namings(flat: Flat) -> list[Naming]:
    """The awards that a paragraph names; one that somebody must have received before ("đã được tặng ...") is none."""
    found = []
    for cue in _honours().find(flat.folded):
        before = max(0, cue.start - 60)
        if _EARLIER.search(flat.folded, before, cue.start) or _WITH.search(flat.folded, before, cue.start):
            continue
        printed = next(_levels().find(flat.folded, cue.end, cue.end + 24), None)
        if printed is not None and not flat.folded[cue.end : printed.start].strip():
            found.append(Naming(cue.value, cue.start, printed.end, (), printed.value))
            continue
        by = _after(flat, cue.end) or _before(flat, cue.start)
        given = _GIVES.search(flat.folded, _clause(flat, cue.start), cue.start) is not None
        found.append(Naming(cue.value, cue.start, cue.end, by, given=given))
    return found


def _clause(flat: Flat, position: int) -> int:
    """Where the clause around a position starts: behind the last full stop, colon or semicolon."""
    return max(flat.text.rfind(mark, 0, position) for mark in ".:;") + 1


def givers(flat: Flat, start: int = 0, end: int | None = None) -> Iterator[Giver]:
    """All bodies and persons of [start, end) that may give awards."""
    position = start
    for cue in _givers().find(flat.folded, start, end):
        if cue.start >= position and not _common_word(flat, cue.start, cue.end):
            giver = _giver(flat, cue.start, cue.end, cue.value)
            position = giver.end
            yield giver


def _common_word(flat: Flat, start: int, end: int) -> bool:
    """ "sở" and "trường" name a body only before a proper name; in "cơ sở" and "nhà trường" they are common words."""
    if flat.folded[start:end] not in ("so", "truong"):
        return False
    if flat.text[start:end].lower() not in ("sở", "trường"):
        return True  # "hồ sơ"
    return flat.folded[max(0, start - 3) : start] in ("co ", "nha") or _CAPITAL.match(flat.text, end) is None


def _giver(flat: Flat, start: int, end: int, level: AwardLevel) -> Giver:
    """The giver with the rest of its printed name ("UBND các xã" + ", phường", "UBND tỉnh" + " Đắk Lắk")."""
    verb = _ACTS.search(flat.folded, end)
    if standing := _STANDING.search(flat.folded, 0, start):
        start = standing.start()
    end = max(end, agencies.extent(flat.text, flat.folded, start, verb.start() if verb else len(flat.text)))
    more = _LIST_ON.match(flat.text, end)
    if more is not None:
        end = more.end()
    text = _TRAILING.sub("", flat.text[start:end])
    return Giver(text, level, start, start + len(text))


def _after(flat: Flat, position: int) -> tuple[Giver, ...]:
    """`Giấy khen` + ` của Thủ trưởng các cơ quan, đơn vị; Chủ tịch UBND các xã, phường`."""
    link = _OF.match(flat.text, position)
    if link is None:
        return ()
    found: list[Giver] = []
    position = link.end()
    while True:
        giver = next(givers(flat, position), None)
        if giver is None or flat.folded[position : giver.start].strip() not in ("", "cac", "dong chi"):
            return tuple(found)
        found.append(giver)
        link = _NEXT_GIVER.match(flat.text, giver.end)
        if link is None:
            return tuple(found)
        position = link.end()


def _before(flat: Flat, position: int) -> tuple[Giver, ...]:
    """`Chủ tịch UBND thành phố tặng` + `Bằng khen`: the nearest giver before it, with a verb of giving between."""
    sentence = max(flat.text.rfind(mark, 0, position) for mark in (".", ":")) + 1
    found = list(givers(flat, max(sentence, position - 120), position))
    if not found or _GIVES.search(flat.folded, found[-1].end, position) is None:
        return ()
    clause = max(found[-1].end, flat.text.rfind(";", 0, position))
    if _GIVES.search(flat.folded, found[-1].end, clause) and not _MORE.fullmatch(flat.folded, clause, position):
        return ()  # "A tặng Bằng khen cho ...; tặng Cờ thi đua": who gives what follows is not said
    last = [found[-1]]
    for giver in reversed(found[:-1]):
        if _NEXT_GIVER.fullmatch(flat.text, giver.end, last[0].start) is None:
            break
        last.insert(0, giver)
    return tuple(last)


@cache
def holders(title: str) -> frozenset[Participation]:
    """Who may hold a title by the law: a person, a collective, or both."""
    found = {row["title"]: _level_and_who(row)[1] for row in rows("award_titles.tsv")}
    return frozenset(found[title])
