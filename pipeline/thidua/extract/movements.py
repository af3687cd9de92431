"""Emulation movements and campaigns that a plan names: quoted names behind "phong trào (thi đua)" or "cuộc vận động".

A slogan, a motto, a theme or a programme in quotation marks is no movement: the words before the mark decide (see
dictionaries/movement_cues.tsv). Nation-wide movements are known by name where the marks are missing. The plan's own
movement, named in its title, is not listed.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING, Literal, cast

from rapidfuzz import fuzz

from ..folding import fold
from ..record import Movement
from ..resources import rows
from . import quotes
from .cues import Cues
from .evidence import evidence
from .flat import Flat, body_flats

if TYPE_CHECKING:
    from .document import View

Kind = Literal["phong trào thi đua", "cuộc vận động", "phong trào"]

_NEAR = 70  # characters between the cue and the mark
_BREAKS_CUE = re.compile(
    r"[,;.!?)]|\bla\b|\bvoi\b|\bnham\b|\bgan voi\b|\btrong do\b|…|khang dinh|neu ro|chi ro|can dan|noi rang"
)
_JOINS = re.compile(
    r"(?:\s+(?:giai doan|nam hoc|nam)\s+(?:19|20)\d\d(?:\s*-\s*(?:19|20)\d\d)?)?[\s,;:]*"
    r"(?:(?:va|hoac|voi|cung|nhu)\b[\s,;:]*)?"
)
_PERIOD = re.compile(
    r"\W{0,3}\s*(?:nam hoc|giai doan|tu nam|nam)\s+(?P<start>(?:19|20)\d\d)"
    r"(?:\s*(?:-|den(?: nam)?)\s*(?P<end>(?:19|20)\d\d))?"
)
_IN_NAME = re.compile(r"giai doan\s+(?P<start>(?:19|20)\d\d)\s*-\s*(?P<end>(?:19|20)\d\d)")
_LAUNCHED_AFTER = re.compile(r"[^.;“\"]{0,60}?\bdo\s+(?P<who>[^.;,“\"()]{2,60}?)\s+phat dong")
_LAUNCHED_BEFORE = re.compile(
    r"(?:phong trao|cuoc van dong)[^.;:“\"]{0,40}\b(?:do|cua)\s+(?P<who>[^.;:,“\"()]{2,60}?)\s+phat dong"
)
_HEADS_LIST = re.compile(r"^\W*cac\s+(?:phong trao|cuoc van dong)[^“\"]{0,80}phat dong\s*;$")  # the colon misread
_SAME_NAME = 92.0
_COMPARED = 150


@dataclass(frozen=True, slots=True)
class _Named:
    start: int
    end: int
    outer_end: int
    kind: Kind


@cache
def _cues() -> Cues[tuple[str, str]]:
    return Cues((row["cue"], (row["group"], row["kind"])) for row in rows("movement_cues.tsv"))


@cache
def _known() -> Cues[str]:
    return Cues((row["name"], row["kind"]) for row in rows("known_movements.tsv"))


def find(view: View) -> list[Movement]:
    """The movements in the order of their first mention; one row a name."""
    own = _key(view.flat(*view.zones.title)) if view.zones.title else ""
    found: list[Movement] = []
    names: list[str] = []
    launcher: str | None = None
    for flat in body_flats(view):
        if flat.text.endswith((":", ";")) and (flat.text.endswith(":") or _HEADS_LIST.search(flat.folded)):
            launcher = _launcher_of_list(flat)
        for named in _in_paragraph(flat):
            key = _key(flat.text[named.start : named.end])
            if len(key) < 5 or key in own or _known_name(key, names):
                continue
            names.append(key)
            found.append(_movement(view, flat, named, launcher))
    return found


def _in_paragraph(flat: Flat) -> list[_Named]:
    found: list[_Named] = []
    covered = 0
    before: tuple[str, str] | None = None  # what the quote before was
    for quote in quotes.find(flat.text):
        found += _unquoted(flat, covered, quote.outer_start)
        before = _meaning(flat, covered, quote.outer_start, before)
        covered = quote.outer_end
        if before is not None and before[0] == "movement" and quote.end > quote.start:
            found.append(_Named(quote.start, quote.end, quote.outer_end, cast(Kind, before[1])))
    return found + _unquoted(flat, covered, len(flat.text))


def _meaning(flat: Flat, start: int, end: int, before: tuple[str, str] | None) -> tuple[str, str] | None:
    """(group, kind) of the quote that opens at `end`; `before` is that of the quote that closed at `start`."""
    if before is not None and _JOINS.fullmatch(flat.folded, start, end):
        return before
    cue = _cues().last(flat.folded, start, end)
    if cue is None or end - cue.end > _NEAR or _BREAKS_CUE.search(flat.folded, cue.end, end):
        return None
    return cue.value


def _unquoted(flat: Flat, start: int, end: int) -> list[_Named]:
    """Well-known movements without marks, directly behind their cue."""
    found = []
    for known in _known().find(flat.folded, start, end):
        cue = _cues().last(flat.folded, max(start, known.start - 40), known.start)
        if cue is not None and cue.value[0] == "movement" and not flat.folded[cue.end : known.start].strip(" :\"'“"):
            found.append(_Named(known.start, known.end, known.end, cast(Kind, cue.value[1])))
    return found


def _movement(view: View, flat: Flat, named: _Named, launcher: str | None) -> Movement:
    name = flat.text[named.start : named.end]
    period = _PERIOD.match(flat.folded, named.outer_end) or _IN_NAME.search(fold(name))
    said = _LAUNCHED_AFTER.match(flat.folded, named.outer_end)
    return Movement(
        name=name,
        kind=named.kind,
        launched_by=flat.text[slice(*said.span("who"))] if said and not _unusable(said["who"]) else launcher,
        start_year=int(period["start"]) if period else None,
        end_year=int(period["end"]) if period and period["end"] else None,
        evidence=evidence(view, *flat.span(named.start, named.end)),
    )


def _launcher_of_list(flat: Flat) -> str | None:
    """Who launched the movements listed below a line like "* Các phong trào thi đua do Trung ương phát động:"."""
    match = _LAUNCHED_BEFORE.search(flat.folded)
    return flat.text[slice(*match.span("who"))] if match and not _unusable(match["who"]) else None


def _unusable(folded_who: str) -> bool:
    return len(folded_who.split()) > 9 or "phong trao" in folded_who


def _key(name: str) -> str:
    return " ".join(re.findall(r"\w+", fold(name)))


def _known_name(key: str, names: list[str]) -> bool:
    """A name met before, a letter or two apart; only the latest are compared, so that long texts stay linear."""
    return any(fuzz.ratio(key, other) >= _SAME_NAME for other in names[-_COMPARED:])
