"""What may have been printed in place of a token: candidates for the decoder, or the one reading of a typed rule."""

from __future__ import annotations

import re
from abc import ABC, abstractmethod
from dataclasses import dataclass

from .channel import Channel
from .lattice import Candidate
from .outline_numbers import may_be_list_number
from .protect import punctuated

REMEMBERED = 1 << 17  # distinct tokens kept; then all are worked out anew
LONGEST = 48  # characters: longer tokens are no words
LEXICON = 14.0  # nats by which a word of the user's lexicon leads the other readings
SPACE = 0.95  # confidence that a space was lost behind a list number
GLUED = re.compile(r"(?P<number>[-+*•]|[IVX]{1,4}[.-]|[A-E]\.|[Vv]/[Vv]|\d{1,2}\.)\.?(?P<rest>[^\W\d_]{2}.*)")
"""A list number, bullet or "về việc" that lost the space behind it: V.TO, 1..Muc, -Luu, V/vphat."""

_MISDOTTED = re.compile(r"(\d{1,2}):(\d)(?:[.:](\d))?([.)-])")  # 2:1.
SURE_OF_DOT = 0.9  # confidence that a list number has full stops, and one behind it


@dataclass(frozen=True, slots=True)
class Reading:
    """The candidates of a token, best first, and the rule that made them ("" where the channel did).

    sure: the confidence of the rule. number: whether the token is a run of a few digits. of_channel: whether all
    candidates are words that the channel weighed, so that what an OCR engine says of the token can be weighed in.
    """

    candidates: tuple[Candidate, ...]
    rule: str = ""
    sure: float = 1.0
    number: bool = False
    of_channel: bool = False


class Readings(ABC):
    """The readings of tokens that one reader made; each distinct token is worked out once."""

    def __init__(self, channel: Channel) -> None:
        self._channel = channel
        self._inside: dict[str, Reading] = {}
        self._opening: dict[str, Reading] = {}

    def of(self, form: str, *, opens_line: bool) -> Reading:
        """The reading of a token; opens_line: whether it is the first of its line, where list numbers stand."""
        known = self._opening if opens_line else self._inside
        reading = known.get(form)
        if reading is None:
            if len(known) >= REMEMBERED:
                known.clear()
            reading = known[form] = self._made(form, opens_line=opens_line)
        return reading

    @abstractmethod
    def joined(self, first: str, second: str, of_first: Reading, of_second: Reading) -> tuple[Candidate, ...]:
        """Candidates for two neighbours on a line that may be one printed token; none where both are well explained.

        of_first, of_second: their readings apart.
        """

    @abstractmethod
    def _made(self, form: str, *, opens_line: bool) -> Reading: ...


def list_number(form: str) -> Reading | None:
    """The reading of a list number, full stops for colons (`2:1.`); None where the first token of a line is none."""
    if may_be_list_number(form):
        return Reading((as_is(form),), "protect.list")
    match = _MISDOTTED.fullmatch(form)
    if match is None:
        return None
    number = ".".join(filter(None, match.groups()[:3]))
    return Reading((Candidate(number + match[4], 0.0),), "outline", SURE_OF_DOT)


def as_is(form: str) -> Candidate:
    """The form read as it stands."""
    return Candidate(form, 0.0)


def spaced(number: str, rest: Reading) -> Reading:
    """The reading of a token that lost the space between a list number and the word behind it.

    Items of a list start with a capital: a dash before a small letter may be dirt (`-của` in the middle of a sentence).
    """
    candidates = tuple(Candidate(f"{number} {c.text}", c.score) for c in rest.candidates)
    if number == "-" and not rest.rule and rest.candidates[0].text[:1].islower():
        candidates += rest.candidates
    return Reading(candidates, "space" if rest.rule else "", min(rest.sure, SPACE))


def with_word(reading: Reading, form: str, word: str) -> Reading:
    """The reading of a token that looks like a word of the user's lexicon: the word joins the candidates, and leads."""
    if reading.rule:
        return reading
    parts = punctuated(form)
    text = parts.opening + word + parts.closing
    others = tuple(candidate for candidate in reading.candidates if candidate.text != text)
    lead = max((candidate.score for candidate in reading.candidates), default=0.0) + LEXICON
    return Reading((Candidate(text, lead), *others))
