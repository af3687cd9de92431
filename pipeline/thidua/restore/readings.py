"""What may have been printed in place of a token: the channel's candidates, or the one reading of a typed rule."""

from __future__ import annotations

from dataclasses import dataclass

from .channel import Channel
from .lattice import Candidate
from .outline_numbers import may_be_list_number
from .protect import fixed, is_plain_number, punctuated
from .romans import readings as roman_readings

REMEMBERED = 1 << 17  # distinct tokens kept; then all are worked out anew

POOR = -4.0  # ln P: a token that no reading explains better may be a piece of one
_MISREAD_STROKE = -4.0  # ln P of a mistaken stroke in a roman numeral


@dataclass(frozen=True, slots=True)
class Reading:
    """The candidates of a token, best first, and the rule that made them ("" where the channel did).

    sure: the confidence of the rule. number: whether the token is a run of a few digits.
    """

    candidates: tuple[Candidate, ...]
    rule: str = ""
    sure: float = 1.0
    number: bool = False


class EngReadings:
    """Readings of tokens that a model without Vietnamese letters read; each distinct token is worked out once."""

    def __init__(self, channel: Channel) -> None:
        self._channel = channel
        self._inside: dict[str, Reading] = {}
        self._opening: dict[str, Reading] = {}
        self._pairs: dict[tuple[str, str], tuple[Candidate, ...]] = {}

    def of(self, form: str, *, opens_line: bool) -> Reading:
        """The reading of a token; opens_line: whether it is the first of its line, where list numbers stand."""
        known = self._opening if opens_line else self._inside
        reading = known.get(form)
        if reading is None:
            if len(known) >= REMEMBERED:
                known.clear()
            reading = known[form] = self._made(form, opens_line=opens_line)
        return reading

    def joined(self, first: str, second: str) -> tuple[Candidate, ...]:
        """Candidates for two neighbours on a line that may be one printed token; none where both are well explained."""
        known = self._pairs.get((first, second))
        if known is None:
            if len(self._pairs) >= REMEMBERED:
                self._pairs.clear()
            apart = self.of(first, opens_line=False), self.of(second, opens_line=False)
            doubtful = any(reading.candidates[0].score < POOR for reading in apart)
            fixed_one = any(reading.rule or reading.number for reading in apart)
            known = self._channel.joined((first, second)) if doubtful and not fixed_one else ()
            self._pairs[first, second] = known
        return known

    def _made(self, form: str, *, opens_line: bool) -> Reading:
        if opens_line and may_be_list_number(form):
            return Reading((_as_is(form),), "protect.list")
        number = is_plain_number(form)
        rule = None if number else fixed(form, mend=True)
        if rule is not None:
            return Reading((Candidate(rule.text, (), 0.0),), rule.rule, rule.sure)
        candidates = self._channel.candidates(form)
        if number:
            words = (c for c in candidates if not any(map(str.isdigit, c.text)))
            return Reading((_as_is(form), *words), number=True)
        numerals = _numerals(form)
        if numerals:
            known = {candidate.text for candidate in candidates}
            more = (numeral for numeral in numerals if numeral.text not in known)
            candidates = tuple(sorted((*candidates, *more), key=lambda candidate: -candidate.score))
        return Reading(candidates or (_as_is(form),))


def _as_is(form: str) -> Candidate:
    return Candidate(form, (), 0.0)


def _numerals(form: str) -> tuple[Candidate, ...]:
    parts = punctuated(form)
    return tuple(
        Candidate(parts.opening + text + parts.closing, (), 0.0 if text == parts.core else _MISREAD_STROKE)
        for text in roman_readings(parts.core)
    )
