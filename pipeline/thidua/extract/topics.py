"""What the sections of a plan are about: the topics that the words of a heading name, and what deeper sections inherit.

Topics are those of dictionaries/section_topics.tsv. A section whose own heading says nothing about the topic belongs to
the topic of the section above it, unless that names several that exclude each other ("Đối tượng, nội dung thi đua").
"""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING

from ..folding import fold
from ..resources import rows
from .bodies import body_at
from .cues import Cues

if TYPE_CHECKING:
    from .document import View

Topics = frozenset[str]
NOTHING: Topics = frozenset()
_ARTICLE = re.compile(r"điều\b", re.IGNORECASE)  # articles of laws and decisions order, they do not plan
_PART = re.compile(r"\w[^,;:/–-]*\w")
_DAMAGED_FROM = 6  # characters of a heading that may be recognised although letters are wrong
_LIKE = 84.0
_FEW = 3  # parts headed by bodies, from which a section on content gives work to them
_LABEL = 9  # words of a heading that is hardly a sentence
_OPENING = re.compile(r"(?:(?:ve|viec|cac|mot so|nhung|cong tac|doi voi|to chuc|phat dong)\s+)*")
_JOINS = re.compile(r"\W*(?:va|cac|\W)*\W*")
_GOALS = frozenset({"purpose", "requirement", "target"})
_AWARDS = frozenset({"awards", "criteria", "procedure"})
_TASKS, _DUTIES = frozenset({"task"}), frozenset({"responsibilities"})
_WORK = frozenset({"task", "period", "responsibilities"})
_BOTH = re.compile(r"thi dua\s*(?:,|-|va)\s*khen thuong")
_COUNCIL = re.compile(r"\b(?:ban|hoi dong|phong|vu|to)\s+thi dua\s*(?:,|-|va)?\s*khen thuong")  # no section on awards
# Topics that live in one section without excluding each other.
_COMPATIBLE = (_GOALS, _AWARDS)


@cache
def _cues() -> Cues[str]:
    return Cues((row["cue"], row["topic"]) for row in rows("section_topics.tsv"))


@cache
def heading_topics(heading: str) -> Topics:
    """The topics that a heading names.

    >>> sorted(heading_topics("MỤC ĐÍCH - YÊU CẦU"))
    ['purpose', 'requirement']
    >>> sorted(heading_topics("Đối tượng khen thưởng"))
    ['awards']
    """
    folded = _COUNCIL.sub("", fold(heading))
    cues = list(_cues().find(folded))
    if len(folded.split()) > _LABEL and not heading.isupper():  # a sentence is about what it opens with
        cues = [cue for cue in cues if cue.value == "other" or _OPENING.fullmatch(folded, 0, cue.start)]
    if len(cues) > 1 and cues[0].value == "other" and not _JOINS.fullmatch(folded, cues[0].end, cues[1].start):
        return frozenset({"other"})  # "Tình hình thực hiện nhiệm vụ năm 2025"
    topics = frozenset(cue.value for cue in cues) | _damaged(folded, [(cue.start, cue.end) for cue in cues])
    if "participants" in topics and "khen thuong" in folded and "thi dua" not in _BOTH.sub("", folded):
        # "Đối tượng, tiêu chuẩn khen thưởng" is about those who are commended.
        topics = topics - {"participants"} | {"awards"}
    return topics - {"other"} or topics


def is_topic(text: str) -> bool:
    """Whether a text is nothing but the name of a topic: "Yêu cầu" is, "Yêu cầu các đơn vị" is not."""
    folded = fold(text)
    return any(cue.end - cue.start == len(folded) for cue in _cues().find(folded))


def _damaged(folded: str, known: list[tuple[int, int]]) -> Topics:
    """The topics of parts of a heading in which letters are wrong ("YÊU CẢN")."""
    found = set()
    for part in _PART.finditer(folded):
        if len(part.group()) < _DAMAGED_FROM or any(start < part.end() and part.start() < end for start, end in known):
            continue
        near = _cues().nearest(part.group(), _LIKE)
        if near is not None:
            found.add(near)
    return frozenset(found)


def is_work(topics: Topics) -> bool:
    """Whether a section says what is to be done, maybe when and by whom: "Nội dung, tiến độ, phân công trách nhiệm"."""
    return "task" in topics and topics <= _WORK


def section_topics(view: View) -> tuple[Topics, ...]:
    """The topics of each section of the outline, inherited ones included."""
    assigned = _assigned(view)
    found: list[Topics] = []
    for section in view.outline:
        above = found[section.parent_index] if section.parent_index is not None else NOTHING
        if section.parent_index in assigned and is_work(above):
            above |= _DUTIES
        found.append(NOTHING if _ARTICLE.match(section.number or "") else _resolved(section.heading, above))
    return tuple(found)


def _assigned(view: View) -> set[int]:
    """The sections whose parts are mostly headed by bodies: "Nhiệm vụ cụ thể: 1. Sở Y tế, 2. Sở Tài chính, ..."."""
    parts: dict[int, list[bool]] = {}
    for section in view.outline:
        if section.parent_index is not None:
            parts.setdefault(section.parent_index, []).append(body_at(section.heading) is not None)
    return {index for index, named in parts.items() if sum(named) >= _FEW and 2 * sum(named) > len(named)}


def _resolved(heading: str, above: Topics) -> Topics:
    if "responsibilities" in above and body_at(heading) is not None:
        return _DUTIES if is_work(above) else above  # "Ban Thi đua - Khen thưởng" is a body, not a section on awards
    own = heading_topics(heading)
    if own:
        return own - ({"other", "theme"} if "task" in own else {"other"})  # a theme is quoted, wherever it stands
    if is_work(above) or above == _TASKS | {"target"}:  # "Nội dung và chỉ tiêu": the parts say what is to be done
        return _TASKS
    return above if _one_subject(above) else NOTHING


def _one_subject(topics: Topics) -> bool:
    return len(topics) == 1 or any(topics <= group for group in _COMPATIBLE)
