"""Readings of Vietnamese text, sound or read by a Vietnamese model: other letters for its words, nothing else.

Marks, numbers, codes, numerals and foreign words have no reading but themselves: what this reader mistakes are tone and
vowel marks (`tố` for `tổ`), and capitals of the letters that look the same in both sizes (`SÚC` for `súc`).
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator
from dataclasses import replace

from ..types import Word
from .detect import abbreviations, syllables, without_marks
from .lattice import Candidate
from .marks import CLOSING, closed, vie_mark, without_specks
from .normalise import with_d
from .protect import fixed, punctuated
from .readings import GLUED, LONGEST, Reading, Readings, as_is, list_number, spaced
from .romans import readings as roman_readings

K = 64  # readings asked of the channel, which gives each word with many marks: most are left out here
WRONG_SIZE = -7.0  # ln P that a word whose first letter is alike in both sizes is read with the wrong one
CAPITALS = -5.0  # ln P that a word of letters all alike in both sizes is read in capitals
MISREAD_STROKE = -3.0  # ln P that a numeral is read with a wrong stroke: XHI for XIII
NO_WORD = -4.0  # ln P that letters were printed that are neither word nor numeral
MARK_FOR_SPACE = -8.0  # ln P that a mark is read where two words have a space between them: và.hoạt
STRAY_MARK = -7.0  # ln P that a mark is read before a word where none was printed: .trên
SPECKLED = 0.9  # confidence that marks which nobody prints do not belong to a word
SURE_OF_D = 0.98  # confidence that an eth, in text that was read, was printed Đ

_ALIKE_IN_SIZE = frozenset("cksuvxopzw")  # letters, marks aside
_VOWELS = frozenset("aeiouy")
_RUN_TOGETHER = re.compile(r"([^\W\d_]{2,})[-.,:]([^\W\d_]{2,})")
_STRAY = re.compile(r"[-.][^\W\d_]{2,}.*")
_I_OR_Y = re.compile(r"(?:[^aeiouy]+|qu)[iy]")


class VieReadings(Readings):
    """Readings of tokens of text that a Vietnamese model read, or that was typed."""

    def of_word(self, word: Word) -> Reading:
        """The reading of a word inside a line that Tesseract read, with its confidence and its other readings."""
        found = self.of(word.text, opens_line=False)
        return self._chosen(word.text, self._channel.with_alternatives(word, K)) if found.of_channel else found

    def joined(self, first: str, second: str, of_first: Reading, of_second: Reading) -> tuple[Candidate, ...]:
        return closed(of_first.candidates) if second == CLOSING else ()

    def _made(self, form: str, *, opens_line: bool) -> Reading:
        if (printed := with_d(form)) != form:
            rest = self.of(printed, opens_line=opens_line)
            rule = "normalise.lookalike" if rest.rule else ""
            return replace(rest, rule=rule, sure=SURE_OF_D, of_channel=False)
        if opens_line:
            if number := list_number(form):
                return number
            if glued := GLUED.fullmatch(form):
                return spaced(glued["number"], self.of(glued["rest"], opens_line=False))
        if mark := vie_mark(form, opens_line=opens_line):
            return Reading((Candidate(mark.text, 0.0),), mark.rule, mark.sure)
        if (bare := without_specks(form).replace("⁄", "/")) != form:
            rest = self.of(bare, opens_line=opens_line)
            return replace(rest, rule="specks" if rest.rule else "", sure=SPECKLED, of_channel=False)
        if not opens_line and _STRAY.fullmatch(form):
            words = self.of(form[1:], opens_line=False).candidates
            return Reading((as_is(form), *(Candidate(word.text, word.score + STRAY_MARK) for word in words)))
        return self._chosen(form, self._channel.candidates(form, K))

    def _chosen(self, form: str, candidates: Iterable[Candidate]) -> Reading:
        parts = punctuated(form)
        if run_together := _RUN_TOGETHER.fullmatch(parts.core):
            words = run_together.groups()
            if syllables().issuperset(word.lower() for word in words):
                apart = Candidate(parts.opening + " ".join(words) + parts.closing, MARK_FOR_SPACE)
                return Reading((as_is(form), apart))
        numerals = roman_readings(parts.core)
        consonant = len(parts.core) == 1 and not _VOWELS.issuperset(without_marks(parts.core))  # of a list: điểm q
        if (
            len(form) > LONGEST
            or not parts.core.isalpha()
            or parts.core in numerals
            or consonant
            or fixed(form, mend=False)
        ):
            return Reading((as_is(form),), "protect.word")
        if numerals and len(parts.core) > 1 and parts.core not in abbreviations():
            texts = (parts.opening + numeral + parts.closing for numeral in numerals)
            kept = Candidate(form, 0.0 if parts.core.lower() in syllables() else NO_WORD)
            return Reading((kept, *(Candidate(text, MISREAD_STROKE) for text in texts)))
        best = {form: as_is(form)}
        alike = set(_resized(parts.core))
        for candidate in candidates:
            other = punctuated(candidate.text)
            if candidate.text == form:
                best[form] = candidate
            elif (
                other.opening == parts.opening
                and (other.closing == parts.closing or (parts.closing, other.closing) == (".", ","))
                and other.core.isalpha()
                and (_size(other.core) == _size(parts.core) or other.core in alike)
                and not _same_sound(other.core, parts.core)
            ):
                best[candidate.text] = candidate
        wrong_size = best[form].score + (CAPITALS if parts.core[1:].isupper() else WRONG_SIZE)
        for word in alike:
            text = parts.opening + word + parts.closing
            if text not in best or best[text].score < wrong_size:
                best[text] = Candidate(text, wrong_size)
        return Reading(tuple(best.values()), of_channel=True)


def _same_sound(word: str, other: str) -> bool:
    """Whether two words differ only in i and y for the same vowel: `kĩ` and `kỹ` are both printed, neither misread."""
    written = {unicodedata.normalize("NFD", w.lower()).replace("y", "i") for w in (word, other)}
    return word != other and len(written) == 1 and _I_OR_Y.fullmatch(without_marks(word)) is not None


def _size(word: str) -> tuple[bool, bool]:
    return word[:1].isupper(), word[1:].isupper()


def _resized(word: str) -> Iterator[str]:
    """The word in the other sizes that look the same."""
    letters = without_marks(word)
    if letters[:1] not in _ALIKE_IN_SIZE or word.lower() not in syllables():
        return
    if word[1:].isupper() or (len(word) == 1 and word.isupper()):
        if _ALIKE_IN_SIZE.issuperset(letters):
            yield word.lower()
            yield word[0] + word[1:].lower()
    else:
        yield word[0].swapcase() + word[1:]
