"""Readings of Vietnamese text, sound or read by a Vietnamese model: other letters for its words, nothing else.

Marks, numbers, codes, numerals and foreign words have no reading but themselves: what this reader mistakes are tone and
vowel marks (`tố` for `tổ`), and capitals of the letters that look the same in both sizes (`SÚC` for `súc`).
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from ..types import Word
from .channel import Channel
from .detect import abbreviations, without_marks
from .lattice import Candidate
from .outline_numbers import may_be_list_number
from .protect import fixed, punctuated
from .readings import GLUED, LONGEST, REMEMBERED, Reading, as_is, spaced
from .romans import readings as roman_readings

CANDIDATES = 8
WRONG_SIZE = -7.0  # ln P that a word of letters alike in both sizes is read in the wrong one
MISREAD_STROKE = -3.0  # ln P that a numeral is read with a wrong stroke: XHI for XIII
NO_WORD = -4.0  # ln P that letters were printed that are neither word nor numeral
_ALIKE_IN_SIZE = frozenset("cksuvxopzw")  # letters, marks aside


class VieReadings:
    """Readings of tokens; each distinct token is worked out once."""

    def __init__(self, channel: Channel) -> None:
        self._channel = channel
        self._known: dict[str, Reading] = {}

    def of(self, form: str, *, opens_line: bool) -> Reading:
        """The reading of a token; opens_line: whether it is the first of its line, where list numbers stand."""
        if opens_line:
            if may_be_list_number(form):
                return Reading((as_is(form),), "protect.list")
            if form == "~":
                return Reading((Candidate("-", 0.0),), "marks", 0.9)  # a bullet: nothing else is printed like it
            if glued := GLUED.fullmatch(form):
                rest = self.of(glued["rest"], opens_line=False)
                return spaced(glued["number"], rest)
        reading = self._known.get(form)
        if reading is None:
            if len(self._known) >= REMEMBERED:
                self._known.clear()
            reading = self._known[form] = self._made(form)
        return reading

    def of_word(self, word: Word) -> Reading:
        """The reading of a word inside a line that Tesseract read, with its confidence and its other readings."""
        return self._chosen(word.text, self._channel.with_alternatives(word))

    def joined(self, first: str, second: str) -> tuple[Candidate, ...]:
        """None: this reader keeps words apart."""
        return ()

    def _made(self, form: str) -> Reading:
        return self._chosen(form, self._channel.candidates(form))

    def _chosen(self, form: str, candidates: Iterable[Candidate]) -> Reading:
        parts = punctuated(form)
        numerals = roman_readings(parts.core)
        if len(form) > LONGEST or not parts.core.isalpha() or parts.core in numerals or fixed(form, mend=False):
            return Reading((as_is(form),), "protect.word")
        if numerals and len(parts.core) > 1 and parts.core not in abbreviations():
            texts = (parts.opening + numeral + parts.closing for numeral in numerals)
            return Reading((Candidate(form, NO_WORD), *(Candidate(text, MISREAD_STROKE) for text in texts)))
        best = {form: as_is(form)}
        for candidate in candidates:
            other = punctuated(candidate.text)
            if candidate.text == form:
                best[form] = candidate
            elif (
                (other.opening, other.closing) == (parts.opening, parts.closing)
                and other.core.isalpha()
                and _size(other.core) == _size(parts.core)
            ):
                best[candidate.text] = candidate
        for word in _resized(parts.core):
            text = parts.opening + word + parts.closing
            best.setdefault(text, Candidate(text, best[form].score + WRONG_SIZE))
        return Reading(tuple(best.values())[:CANDIDATES])


def _size(word: str) -> tuple[bool, bool]:
    return word[:1].isupper(), word[1:].isupper()


def _resized(word: str) -> Iterator[str]:
    """The word in the other sizes that look the same."""
    letters = without_marks(word)
    if letters[:1] not in _ALIKE_IN_SIZE:
        return
    if word[1:].isupper() or (len(word) == 1 and word.isupper()):
        if _ALIKE_IN_SIZE.issuperset(letters):
            yield word.lower()
            yield word[0] + word[1:].lower()
    else:
        yield word[0].swapcase() + word[1:]
