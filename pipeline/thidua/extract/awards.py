"""Awards that a plan promises: level, who gives them, form or title, for whom, how many, on what condition.

They are read from the sections on commendation: named awards in headings, lists and sentences; levels and bodies that
are headings of their own; quotas and conditions under them. A plan without such a section may still propose somebody to
a higher body ("đề nghị UBND quận khen thưởng ..."): that is one award by proposal. Nothing is filled in from the law:
an authority or recipients that the text does not name stay empty.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from ..folding import fold
from ..record import Award, AwardLevel, Document, Participation
from .award_drafts import Draft, Drafts
from .award_terms import Giver, Naming, givers, level_named, namings
from .flat import Flat, flatten, sentences
from .items import Item
from .quotas import quotas
from .topics import Topics

if TYPE_CHECKING:
    from .document import View

_PROPOSES = re.compile(r"\b(?:de nghi|trinh|de xuat|gioi thieu)\b")
_OWN_POWER = re.compile(r"\btheo tham quyen\b|\bthuoc tham quyen\b")
# Read with its marks: without them "hạ tầng", "tăng cường", "tuyến đường" would commend.
_COMMENDS = re.compile(r"\b(?:khen thưởng|tuyên dương|biểu dương|tặng|khen)\b", re.IGNORECASE)
# Behind "cho", "đối với", or a number: elsewhere these words say who gives or where somebody works.
_TO = r"(?:\b(?:cho|doi voi)\s+(?:cac\s+|nhung\s+|\d+\s+)?|(?:[,;]|\bva)\s+\d+\s+)"
_BODIES = r"(?:to chuc (?:co so )?dang|chi bo|dang bo|chi doan|chi doi|lien doi|don vi|lop|to)\b"
_PERSONS = r"(?:dang vien|doan vien|hoi vien|hoc sinh|sinh vien|giao vien|nha giao|can bo)\b"
_COLLECTIVE = re.compile(rf"\btap the\b|\bho gia dinh\b|{_TO}{_BODIES}")
_INDIVIDUAL = re.compile(rf"\bca nhan\b|(?:{_TO}|\bto chuc dang, ){_PERSONS}")
_WORTHY = re.compile(
    r"\b(?:cho|doi voi)\s+(?:cac\s+|nhung\s+)?(?:tap the|ca nhan)(?:\s*(?:,|va|hoac)\s*(?:tap the|ca nhan))*\s+"
)
_COUNTS = re.compile(r"(?<![\d/.,])\d{1,4}(?=\s+(?!(?:dong|trieu|nghin|nam|thang|ngay|diem|lan)\b)[a-z])")
_ALIKE = re.compile(r"(?:[^\w.;]|\b(?:va|hoac|danh hieu)\b)*")  # between awards for the same people: “A” và “B” cho
_AMONG = re.compile(r"\b(?:gom|bao gom|trong do)\b")  # "05 tập thể, gồm 02 sở và 03 xã": counted already
_NUMBER = re.compile(r"[,;]\s*(?:so luong|muc thuong|tien thuong)\b")
_SHORTEST_CONDITION = 4  # words
_ADDRESSES = re.compile(r"\s*(?:len\s+|cac\s+|dong chi\s+|cap tren\s*\(?)?")


@dataclass
class _Context:
    """What the headings above an item say: awards that they name, else a level or givers without a form."""

    drafts: list[Draft] = field(default_factory=list)
    level: AwardLevel | None = None
    givers: tuple[Giver, ...] = ()
    heading: str = ""
    span: tuple[int, int] = (0, 0)
    proposes: bool = False
    texts: list[str] = field(default_factory=list)
    named: bool = False  # some award was named by form under this heading


def find(view: View, issued_by: Document) -> list[Award]:
    """The awards in the order of the text, one row for each level with form or title.

    issued_by: who issues the document: awards of a higher level are only proposed.
    """
    return _Reader(view, issued_by).read()


class _Reader:
    """Walks the sections on awards once and collects the drafts."""

    def __init__(self, view: View, issued_by: Document) -> None:
        self.view = view
        self.drafts = Drafts(view, issued_by)
        self.contexts: dict[int, _Context] = {}
        self.general: set[Participation] = set()  # for whom awards are, where the text says it of all of them
        self.below: dict[int, list[tuple[Item, Flat]]] = {}
        for item, flat in zip(view.items, view.item_flats, strict=True):
            if item.section is not None:
                self.below.setdefault(item.section, []).append((item, flat))

    def read(self) -> list[Award]:
        for index, topics in enumerate(self.view.topics):
            if topics & {"awards", "criteria"}:
                self._section(index, topics)
        for context in self.contexts.values():
            self._without_form(context)
        for index, topics in enumerate(self.view.topics):
            if topics & {"awards", "criteria", "procedure"}:
                for _, flat in self.below.get(index, []):
                    self._submitted(flat)
        if not self.drafts.rows:
            self._proposals()
        return self.drafts.awards(self.general)

    def _section(self, index: int, topics: Topics) -> None:
        section = self.view.outline[index]
        above = self.contexts.get(section.parent_index) if section.parent_index is not None else None
        heading = flatten(self.view, section.start, section.end)
        context = self._context(heading, above, topics)
        self.contexts[index] = context
        for draft in context.drafts:
            draft.recipients |= _recipients(heading.folded)
        unit = None if namings(heading) else heading.text
        for item, flat in self.below.get(index, []):
            self._item(flat, context, unit if item.style == "run-in" else None, topics)

    def _context(self, heading: Flat, above: _Context | None, topics: Topics) -> _Context:
        proposes = _PROPOSES.search(heading.folded) is not None or (above is not None and above.proposes)
        named = namings(heading)
        if named:
            drafts = [draft for naming in named for draft in self._named(heading, naming, None, proposes)]
            return _Context(drafts, proposes=proposes, named=True)
        if above is not None and above.drafts:
            return above
        level = level_named(heading.folded) if "awards" in topics else None
        found = tuple(givers(heading)) if level is None and "awards" in topics else ()
        if level is None and not (found and heading.folded[: found[0].start].strip() in ("", "doi voi", "giao")):
            return _Context(proposes=proposes)
        span = heading.span(0, len(heading.text))
        return _Context([], level, found, heading.text, span, proposes)

    def _item(self, flat: Flat, context: _Context, heading: str | None, topics: Topics) -> None:
        named = namings(flat) if "awards" in topics else []
        for naming in named:
            context.named = True
            said = _sentence_at(flat, naming.start)
            proposes = context.proposes or _PROPOSES.search(said) is not None
            for draft in self._named(flat, naming, context, proposes):
                draft.recipients |= _recipients(said)
                self._amounts(flat, naming, draft)
                draft.condition += _condition(flat, naming, named)
        if named and not context.drafts:
            return
        amounts = quotas(flat, heading) if "awards" in topics else []
        for draft in context.drafts:
            draft.quotas += amounts
            draft.recipients |= {who for amount in amounts for who in amount.recipients}
            if not amounts:
                draft.condition.append(flat.text)
                draft.recipients |= _recipients(flat.folded) | _recipients(fold(heading or ""))
        context.texts.append(flat.text)
        if not context.drafts and not context.givers and context.level is None:
            self.general |= _recipients(flat.folded)

    def _amounts(self, flat: Flat, naming: Naming, draft: Draft) -> None:
        """`tặng Bằng khen cho 20 tập thể và 30 cá nhân`: the numbers up to the next sentence or award."""
        following = [_own_words(flat, naming, other) for other in namings(flat) if other.start > naming.start]
        end = min([*following, next(e for s, e in sentences(flat) if naming.start < e)])
        among = _AMONG.search(flat.folded, naming.end, end)
        part = flat.part(naming.end, among.start() if among else end)
        found = quotas(part)
        if len(found) == 1 and draft.quantity is None and len(_COUNTS.findall(part.folded)) == 1:
            draft.quantity = found[0].quantity
        else:
            draft.quotas += [quota.model_copy(update={"unit": quota.per}) for quota in found]

    def _named(self, flat: Flat, naming: Naming, context: _Context | None, proposes: bool) -> list[Draft]:
        level = context.level if context else None
        found = self.drafts.named(flat, naming, level, context.heading if context and level else None)
        for draft in found:
            draft.proposed = draft.proposed or (proposes and self.drafts.only_proposed(draft))
        return found

    def _without_form(self, context: _Context) -> None:
        """A level, or bodies, with a heading of their own and no award by name below it."""
        folded = fold(" ".join(context.texts))
        proposed = (context.proposes or _PROPOSES.search(folded) is not None) and not _OWN_POWER.search(folded)
        if context.named or (context.level is None and not context.givers):
            return
        higher = [draft for draft in self.drafts.rows if draft.key[0] in ("state", "government")]
        if context.level in ("state", "government") and higher:
            for draft in higher:
                draft.level_text = context.heading
                draft.proposed = draft.proposed or proposed
            return
        if context.givers and not any(_COMMENDS.search(text) for text in context.texts):
            return
        for giver in context.givers or (None,):
            level = self.drafts.level(giver) or context.level
            if level is not None:
                draft = self.drafts.blank(level, giver, context.heading, context.span)
                draft.recipients |= _recipients(folded)
                draft.condition += context.texts
                draft.proposed = draft.proposed or (proposed and self.drafts.above_issuer(level))

    def _submitted(self, flat: Flat) -> None:
        """Files that go to a higher body make its awards awards by proposal."""
        for start, end in sentences(flat):
            verb = _PROPOSES.search(flat.folded, start, end)
            if verb is None or _COMMENDS.search(flat.text, verb.end(), end) is None:
                continue
            levels = {self.drafts.level(giver) for giver in givers(flat, verb.end(), end)}
            for draft in self.drafts.rows:
                if draft.key[0] in levels and self.drafts.above_issuer(draft.key[0]):
                    draft.proposed = True

    def _proposals(self) -> None:
        """A plan without a section on awards: sentences that propose somebody to a named body."""
        for flat in self.view.item_flats:
            for start, end in sentences(flat) if _PROPOSES.search(flat.folded) else ():
                for verb in _PROPOSES.finditer(flat.folded, start, end):
                    giver = next(givers(flat, verb.end(), end), None)
                    if giver is not None and _ADDRESSES.fullmatch(flat.folded, verb.end(), giver.start):
                        self._propose(flat, giver, verb.start(), end)

    def _propose(self, flat: Flat, giver: Giver, start: int, end: int) -> None:
        commends = _COMMENDS.search(flat.text, giver.end, min(end, giver.end + 60))
        level = self.drafts.level(giver)
        if commends is None or level is None:
            return
        named = [naming for naming in namings(flat) if giver.end <= naming.start < end]
        drafts = [d for naming in named for d in self.drafts.named(flat, naming, level, None)]
        for draft in drafts or [self.drafts.blank(level, giver, None, flat.span(start, end))]:
            draft.authority = draft.authority or giver.text
            draft.recipients |= _recipients(flat.folded[commends.start() : end])
            draft.proposed = True


def _own_words(flat: Flat, naming: Naming, following: Naming) -> int:
    """Where the words on an award end before the next one.

    "tặng Cờ thi đua, 06 tập thể đề nghị tặng Bằng khen": how many stands before the verb of the next award.
    """
    verb = _PROPOSES.search(flat.folded, naming.end, following.start)
    comma = flat.text.rfind(",", naming.end, verb.start()) if verb else -1
    if verb is None or comma < 0 or flat.folded[comma : verb.start()].rstrip().endswith(" va"):
        return following.start
    return comma


def _condition(flat: Flat, naming: Naming, named: list[Naming]) -> list[str]:
    """What makes somebody worthy of an award: "cho tập thể, cá nhân có thành tích xuất sắc".

    It ends before the part of the paragraph that names another award or says how many; a word or two ("tiêu biểu.")
    is no condition.
    """
    last, following = naming.end, len(flat.text)
    for other in named:
        if other.start > naming.start:
            if _ALIKE.fullmatch(flat.folded, last, other.start) is None:
                following = other.start
                break
            last = other.end
    worthy = _WORTHY.search(flat.folded, last, following)
    if worthy is None or "." in flat.text[last : worthy.start()]:
        return []
    end = following
    if following < len(flat.text):
        end = max(worthy.end(), *(flat.text.rfind(mark, worthy.end(), following) for mark in ".;"))
    number = _NUMBER.search(flat.folded, worthy.end(), end)
    text = flat.text[worthy.end() : number.start() if number else end].strip(" ,;")
    return [text] if len(text.split()) >= _SHORTEST_CONDITION else []


def _recipients(folded: str) -> set[Participation]:
    found: set[Participation] = set()
    if _COLLECTIVE.search(folded):
        found.add("collective")
    if _INDIVIDUAL.search(folded):
        found.add("individual")
    return found


def _sentence_at(flat: Flat, position: int) -> str:
    """The folded sentence (or part between semicolons) around a position."""
    return next((flat.folded[start:end] for start, end in sentences(flat) if start <= position < end), "")
