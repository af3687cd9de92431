"""Awards in the making: one row for each level with form or title, filled from all the places that speak of it."""

from __future__ import annotations

import re
from collections.abc import Set
from dataclasses import dataclass, field
from functools import cache
from typing import TYPE_CHECKING, cast

from ..folding import LOWER, UPPER, fold
from ..record import Award, AwardLevel, Document, Participation, Quota
from ..resources import rows
from .award_terms import LEVELS, Giver, Naming, holders
from .evidence import evidence
from .flat import Flat

if TYPE_CHECKING:
    from .document import View

_QUANTITY = re.compile(r"(?<![\d/])(?P<count>\d{1,4})\s+(?:chiec\s+|suat\s+|tam\s+)?$")
_CITY = re.compile(r"\bthanh pho\s+(?P<name>[a-z]+(?: [a-z]+){0,2})")
_CITY_NAMED = re.compile(rf"(?:[Tt]hành phố|TP\.?)\s+(?P<name>[{UPPER}][{LOWER}]+(?: [{UPPER}][{LOWER}]+)*)")
_PROVINCE = re.compile(r"\btinh\s+[a-z]")
_OF_PROVINCE = re.compile(r"\b(?:ubnd|uy ban nhan dan)\s+tinh\b")

# Where a committee of the Party or an organisation stands; the smallest place in its name counts.
_PLACES: tuple[tuple[AwardLevel, re.Pattern[str]], ...] = (
    ("commune", re.compile(r"(?<!thi )(?<!hop tac )\bxa\b(?! hoi| vien)|\bphuong\b|\bthi tran\b|\bdac khu\b")),
    ("district", re.compile(r"\bhuyen\b|\bquan\b(?! su| doi| khu| chung)|\bthi (?:xa|uy|doan)\b")),
    ("province", re.compile(r"\btinh\b|\bthanh (?:pho|uy|doan)\b")),
    ("ministry", re.compile(r"\btrung uong\b|\btong lien doan\b")),
)
_PARTY = re.compile(r"\b\w+ uy\b(?! ban)")
_ORGANISATION = re.compile(r"\b(?:hoi|doan|cong doan|mttq|mat tran)\b")

Key = tuple[AwardLevel | None, str | None, str | None]  # level, form, title


def _body(giver: str) -> str:
    """Which of the bodies of one level gives an award: the committee, the Party, or an organisation of the people."""
    folded = fold(giver)
    return "organisation" if _ORGANISATION.search(folded) else "party" if _PARTY.search(folded) else "state"


def _level_of(document: Document) -> AwardLevel | None:
    """At which level the issuer gives awards; None where its name does not tell."""
    if document.issuer_level == "central":
        return "government"
    if document.issuer_level not in (None, "party", "union"):
        return cast(AwardLevel, document.issuer_level)
    names = [fold(name) for name in (document.issuer, document.parent_issuer) if name]
    return next((place for name in names for place, words in _PLACES if words.search(name)), None)


def _default(naming: Naming, heading: AwardLevel | None) -> AwardLevel | None:
    """The level of an award without a known giver: its own, if only one level has it, else a heading's.

    "Hình thức: Bằng khen của Chủ tịch UBND tỉnh; Giấy khen." leaves the last to the units; somebody's "tặng Giấy khen"
    may be of any level.
    """
    own = naming.honour.level
    if own != "unit":
        return own or heading
    return heading or (None if naming.given and naming.honour.form else own)


@dataclass
class Draft:
    """An award in the making; [start, end) is where the document names it first."""

    key: Key
    start: int
    end: int
    level_text: str | None = None
    authority: str | None = None
    recipients: set[Participation] = field(default_factory=set)
    quantity: int | None = None
    quotas: list[Quota] = field(default_factory=list)
    condition: list[str] = field(default_factory=list)
    proposed: bool = False

    def repeats(self, naming: Naming) -> bool:
        """Whether a naming without a giver is this award once more: the same form, or its family ("Huân chương")."""
        _, form, title = self.key
        if naming.honour.title is not None:
            return title == naming.honour.title
        return form is not None and naming.honour.form is not None and form.startswith(naming.honour.form)


@cache
def _central_cities() -> tuple[str, ...]:
    return tuple(fold(row["name"]) for row in rows("central_cities.tsv"))


def _city_is_district(head: str, view: View) -> bool:
    """Whether "thành phố" is a city of a province: by the letterhead, a province's committee, or the cities named."""
    city = _CITY.search(head)
    if city is not None and city["name"].startswith(_central_cities()):
        return False
    if city is not None or _PROVINCE.search(head) is not None or _OF_PROVINCE.search(view.folded) is not None:
        return True
    named = [fold(match["name"]) for match in _CITY_NAMED.finditer(view.text)]
    return bool(named) and not any(name.startswith(_central_cities()) for name in named)


class Drafts:
    """The drafts of one document in the order of their first mention."""

    def __init__(self, view: View, issued_by: Document) -> None:
        self.view = view
        self.rows: list[Draft] = []
        kind = view.zones.kind
        self._city_is_district = _city_is_district(view.folded[: kind[0] if kind else view.zones.head[1]], view)
        self._issuer = _level_of(issued_by)
        self._issuing_body = _body(issued_by.issuer) if issued_by.issuer else None

    def level(self, giver: Giver | None) -> AwardLevel | None:
        """The level of what a giver gives; "thành phố" is a district where the letterhead puts it below a province."""
        if giver is None:
            return None
        city = giver.level == "province" and "thành phố" in giver.text.lower() and self._city_is_district
        return "district" if city else giver.level

    def above_issuer(self, level: AwardLevel | None) -> bool:
        """Whether the issuer can only propose for the level; true where issuer or level is unknown."""
        if level is None or self._issuer is None:
            return True
        return LEVELS.index(level) < LEVELS.index(self._issuer)

    def only_proposed(self, draft: Draft) -> bool:
        """Whether the issuer can only propose for an award: a higher level gives it, or another body of its own."""
        if self.above_issuer(draft.key[0]):
            return True
        if draft.key[0] != self._issuer or draft.authority is None:
            return False
        return _body(draft.authority) != self._issuing_body

    def named(self, flat: Flat, naming: Naming, level: AwardLevel | None, level_text: str | None) -> list[Draft]:
        """The drafts of one naming, one for each giver; level and level_text: those of a heading above it.

        A bare repetition without giver and level belongs to the drafts that are there.
        """
        honour = naming.honour
        if not naming.givers and level is None and naming.level is None:
            repeated = [draft for draft in self.rows if draft.repeats(naming)]
            if repeated:
                return repeated
        found = []
        for k, giver in enumerate(naming.givers or (None,)):
            start, end = (naming.start, naming.end) if k == 0 else (naming.end, naming.end)
            if giver is not None:
                start, end = (min(start, giver.start), max(end, giver.end)) if k == 0 else (giver.start, giver.end)
            at = self.level(giver) or naming.level or _default(naming, level)
            draft = self._row((at, honour.form, honour.title), flat.span(start, end), giver)
            draft.level_text = draft.level_text or level_text or flat.text[start:end]
            draft.authority = draft.authority or (giver.text if giver else None)
            count = _QUANTITY.search(flat.folded, max(0, naming.start - 16), naming.start)
            draft.quantity = draft.quantity or (int(count["count"]) if count else None)
            found.append(draft)
        return found

    def blank(self, level: AwardLevel, giver: Giver | None, level_text: str | None, span: tuple[int, int]) -> Draft:
        """The draft of a level or body that commends without naming a form."""
        draft = self._row((level, None, None), span, giver)
        draft.level_text = draft.level_text or level_text
        draft.authority = draft.authority or (giver.text if giver else None)
        return draft

    def _row(self, key: Key, span: tuple[int, int], giver: Giver | None) -> Draft:
        """The draft of a key, a new one where another body of that level gives it."""
        for draft in self.rows:
            if draft.key != key:
                continue
            if giver is None or draft.authority is None or _body(draft.authority) == _body(giver.text):
                return draft
        self.rows.append(Draft(key, *span))
        return self.rows[-1]

    def awards(self, general: set[Participation]) -> list[Award]:
        """The finished rows; general: for whom all awards are, where a draft does not say it itself."""
        return [self._award(draft, general) for draft in sorted(self.rows, key=lambda draft: draft.start)]

    def _award(self, draft: Draft, general: set[Participation]) -> Award:
        level, form, title = draft.key
        who: Set[Participation] = draft.recipients or general
        if title is not None:
            who = who & holders(title) or holders(title)
        return Award(
            level=level,
            level_text=draft.level_text,
            authority=draft.authority,
            form=form,
            title=title,
            recipients=sorted(who),
            quantity=draft.quantity,
            quotas=draft.quotas,
            condition=" ".join(draft.condition) or None,
            by_proposal=draft.proposed,
            evidence=evidence(self.view, draft.start, draft.end),
        )
