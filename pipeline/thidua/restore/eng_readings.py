"""Readings of text that a model without Vietnamese letters read: the channel's candidates and those of typed rules."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import replace
from functools import cache
from heapq import nlargest
from itertools import chain, product

from rapidfuzz import process
from rapidfuzz.distance import Levenshtein

from .codes import may_lack_d, misreadings
from .detect import (
    FOREIGN,
    FOREIGN_MARKS,
    MISREAD,
    MIXED,
    UNMARKED,
    WRONG_MARKS,
    abbreviations,
    without_marks,
    word_class,
)
from .language import LanguageModel
from .lattice import Candidate
from .marks import CLOSING, closed, eng_mark
from .protect import DOUBTFUL, fixed, is_plain_number, punctuated
from .readings import GLUED, LONGEST, SPACE, SURE_OF_DOT, Reading, Readings, as_is, list_number, spaced
from .romans import readings as roman_readings
from .romans import roman_value

POOR = -4.0  # ln P: a token that no reading explains better may be a piece of one
PARTED_NUMERAL = -4.0  # ln P that one roman numeral is read as two: X VI
MISREAD_LETTER = -3.0  # ln P of a mistaken stroke in a roman numeral, of a wrong letter in an abbreviation
SPELT_MIXED = -12.0  # ln P that letters mixed with digits or signs, or marks that no syllable has, were printed
AMPERSAND = -3.5  # ln P that "&" was printed where it was read
MISREAD_D = -1.0  # ln P that Đ is read as the letter that stands there: it is always read as another
UNLIKE = -5.0  # ln P below which the engine does not make one abbreviation of another
LONG_ABBREVIATION = 4  # letters from which one wrong letter leaves an abbreviation recognisable
COMPOUND_WAYS = {2: 20, 3: 8, 4: 4}  # readings of a piece of a compound, by how many pieces it has,
MOST_COMPOUNDS = 60  # and of the whole
SPELT_FOREIGN = -4.0  # ln P that a word was printed that is no syllable,
SPELT_KNOWN = -1.0  # one that the language model knows: clip, vector

_ALIKE = str.maketrans("lIoO", "1100")
_LIKE_D = frozenset("DP")  # Đ is read as these: PH is rather ĐH
_VOWELS = frozenset("AEIOUY")
_CONSONANTS = frozenset("BCDĐFGHJKLMNPQRSTVWXZ")
_BULLET = "-"  # at the start of a line rather that than dirt
_LEVEL = re.compile(r"[1-9]\d{0,2}[A-ZĐ]\d?|[A-ZĐ][127]|A\d")
_STRAIGHT = str.maketrans("“”", '""')
_DIRTY = re.compile(r"[.‘'][^\W\d_]{2,}.*")  # nothing is printed before a word there: .nham
_NOTED = re.compile(r"(?P<word>.*[^\W_])(?P<note>\[\d{1,2}\][.,;:]?)")  # tinh[1], with a footnote
# s6"19-CT/TU: số 19-CT/TU; 86:2004/KH-SYT: Số: 2004/KH-SYT
_NUMBERED = re.compile(r"(?P<so>[sS]|[58$§](?=6:))[6ốôoé05](?P<marks>[^\w\s]{1,2})(?P<code>\d.+)")
_RULED = re.compile(r"[|¦]*\d+(?:[.,]\d+)*%?[|¦]+|[|¦]+\d+(?:[.,]\d+)*%?")  # 50|, beside the rule of a table: or a 1
_NUMBER_OF_CODE = re.compile(r"\d+/")  # what follows is a code, whatever its parts
_SPOKEN_FOR = re.compile(r"\[|……|\.\.")  # in readings of forms that have them only
_DOUBLED = re.compile(r"(?P<number>\d+(?:\.\d+)*\.)\.")  # 2.1..
_JOINT = re.compile(r"([-–/]|\.{2,3}|…|[”\"]?[.,;:]?“|[”\"][,;]\"|[).,;:]\(|\((?=[^\W\d_])|[).,;:](?=[^\W\d_]))")


class EngReadings(Readings):
    """Readings of tokens that a model without Vietnamese letters read."""

    def joined(self, first: str, second: str, of_first: Reading, of_second: Reading) -> tuple[Candidate, ...]:
        if second == CLOSING:
            return closed(of_first.candidates)
        if first[-1] in "IVX" and not of_first.rule and _one_numeral(first, punctuated(second).core):
            return (Candidate(first + second, PARTED_NUMERAL),)
        if of_first.candidates[0].score >= POOR and of_second.candidates[0].score >= POOR:
            return ()
        if of_first.rule or of_first.number or of_second.rule or of_second.number:
            return ()
        return self._channel.joined((first, second))

    def _made(self, form: str, *, opens_line: bool) -> Reading:
        if opens_line and (number := _list_number(form)):
            return number
        if len(form) > LONGEST:
            return Reading((as_is(form),), "protect.long")
        plain = is_plain_number(form)
        rule = None if plain else eng_mark(form) or fixed(form, mend=True)
        marks = rule is not None and rule.rule == "protect.marks" and not (opens_line and form == _BULLET)
        speck = self._channel.speck(form) if marks else None
        if speck is not None:
            return Reading((as_is(form), Candidate("", speck)))
        if rule is not None:
            doubtful = rule.rule.endswith("code") and may_lack_d(punctuated(rule.text).core)
            return Reading((Candidate(rule.text, 0.0),), rule.rule, min(rule.sure, DOUBTFUL) if doubtful else rule.sure)
        if numbered := _numbered_code(form):
            return numbered
        if _is_level(punctuated(form).core):
            return self._number(form)
        glued = GLUED.fullmatch(form) if opens_line else None
        if glued:
            return spaced(glued["number"], self._made(glued["rest"], opens_line=False))
        if not opens_line and _DIRTY.fullmatch(form):
            return self.of(form[1:], opens_line=False)
        if noted := _NOTED.fullmatch(form):
            word = self._made(noted["word"], opens_line=False)
            text = noted["note"]
            return replace(word, candidates=tuple(Candidate(c.text + text, c.score) for c in word.candidates))
        if _RULED.fullmatch(form):
            return Reading((as_is(form),), "protect.number", DOUBTFUL)
        return self._number(form) if plain or _is_number(form) else self._word(form)

    def _number(self, form: str) -> Reading:
        found = _plausible(self._channel.candidates(form), form)
        words = (c for c in found if not any(map(str.isdigit, c.text)) and not roman_value(punctuated(c.text).core))
        return Reading((as_is(form), *words), number=True)

    def _word(self, form: str) -> Reading:
        candidates = _plausible(self._channel.candidates(form), form)
        if '"' in form:  # straight quotation marks are read as such: none was printed curved
            candidates = [Candidate(c.text.translate(_STRAIGHT), c.score) for c in candidates]
        elif form[0] == "“":  # nor is a curved one that opens read for a straight one
            candidates = [c for c in candidates if not c.text.startswith('"')]
        best = {candidate.text: candidate for candidate in candidates}
        best[form] = _weighed(form)
        for candidate in (*_numerals(form), *self._abbreviations(form), *self._compounds(form)):
            if candidate.text not in best or candidate.score > best[candidate.text].score:
                best[candidate.text] = candidate
        speck = self._channel.speck(form)
        if speck is not None:
            best[""] = Candidate("", speck)
        return Reading(tuple(sorted(best.values(), key=lambda candidate: -candidate.score)))

    def _compounds(self, form: str) -> Iterator[Candidate]:
        """Readings of words that marks join without a space (`PCVP-Nguyén`), piece by piece."""
        parts = punctuated(form)
        pieces = _JOINT.split(parts.core)
        if not 3 <= len(pieces) <= 7 or not all(pieces[::2]) or _NUMBER_OF_CODE.match(parts.core):
            return
        most = COMPOUND_WAYS[len(pieces) // 2 + 1]
        ways = [
            (as_is(piece),) if is_plain_number(piece) else self.of(piece, opens_line=False).candidates[:most]
            for piece in pieces[::2]
        ]
        for way in nlargest(MOST_COMPOUNDS, product(*ways), key=_joint_score):
            text = "".join(chain.from_iterable(zip((c.text for c in way), (*pieces[1::2], ""), strict=True)))
            yield Candidate(parts.opening + text + parts.closing, _joint_score(way))

    def _abbreviations(self, form: str) -> Iterator[Candidate]:
        """Abbreviations that the form may be: by the strokes (`10T`), with another letter for Đ, with one wrong."""
        parts = punctuated(form)
        core = parts.core
        if core in abbreviations():
            return
        for printed in _by_strokes().get(_strokes(core), ()):
            yield Candidate(parts.opening + printed + parts.closing, MISREAD_LETTER)
        exact = _misread_abbreviations().get(core)
        if exact:
            yield Candidate(parts.opening + exact + parts.closing, MISREAD_D)
        elif core.isupper() and len(core) >= LONG_ABBREVIATION:
            near = process.extract(core, _long_abbreviations(), scorer=Levenshtein.distance, score_cutoff=1, limit=4)
            for printed, _, _ in near:
                only_one = len(near) == 1 and len(printed) > LONG_ABBREVIATION
                if only_one or self._channel.log_probability(core, printed) >= UNLIKE:
                    yield Candidate(parts.opening + printed + parts.closing, 2 * MISREAD_LETTER)


def _list_number(form: str) -> Reading | None:
    """The reading of a list number, also of one whose full stop was doubled: `2.1..`"""
    if doubled := _DOUBLED.fullmatch(form):
        return Reading((Candidate(doubled["number"], 0.0),), "outline", SURE_OF_DOT)
    return list_number(form)


def _one_numeral(first: str, second: str) -> bool:
    """Whether two roman numerals are one together: X VI."""
    return all(map(roman_value, (first, second, first + second)))


def _numbered_code(form: str) -> Reading | None:
    """The reading of a code that is glued to the word for number, whatever that was read as."""
    match = _NUMBERED.fullmatch(form)
    code = fixed(match["code"], mend=True) if match else None
    if match is None or code is None or not code.rule.endswith("code"):
        return None
    word = ("số" if match["so"] == "s" else "Số") + (":" if ":" in match["marks"] else "")
    return Reading((Candidate(f"{word} {code.text}", 0.0),), "space", min(SPACE, code.sure))


def _joint_score(way: Iterable[Candidate]) -> float:
    return sum(candidate.score for candidate in way)


def _plausible(candidates: Iterable[Candidate], form: str) -> list[Candidate]:
    """The readings that bring no brackets or dots that nothing in the form speaks for, and no other abbreviation."""
    read = punctuated(form).core
    abbreviation = _is_abbreviation(read)
    return [
        candidate
        for candidate in candidates
        if (candidate.text.isalpha() or _has_marks_of(form, candidate.text))
        and not (abbreviation and _is_other_abbreviation(read, candidate))
    ]


def _has_marks_of(form: str, text: str) -> bool:
    """Whether something in the form speaks for the brackets, dots and quotation marks of a reading."""
    if ("“" in text or "”" in text) and form.isalnum():
        return False
    return all(mark in form for mark in _SPOKEN_FOR.findall(text))


def _is_other_abbreviation(read: str, candidate: Candidate) -> bool:
    """Whether a reading is an abbreviation that the engine does not make that of which is read."""
    if candidate.score >= UNLIKE or not candidate.text.isupper():
        return False
    printed = punctuated(candidate.text).core
    return read != printed and _is_abbreviation(printed)


def _is_number(form: str) -> bool:
    """Whether a token has several digits and no letters."""
    return sum(map(str.isdigit, form)) > 1 and not any(map(str.isalpha, form))


def _is_level(core: str) -> bool:
    """Whether a word of digits and a capital is printed so: a class (9A, 6A1), a level (B1), a road (610B).

    A reader makes `S6` of `Số` and `1V` of `IV`, but puts no digit before a capital, nor these behind one.
    """
    return _LEVEL.fullmatch(core) is not None and not roman_readings(core) and _strokes(core) not in _by_strokes()


def _is_abbreviation(core: str) -> bool:
    """Whether a word is capitals that no syllable is spelt with: without a vowel."""
    return len(core) > 1 and core.isalpha() and core.isupper() and not _VOWELS & set(without_marks(core).upper())


def _is_known(core: str) -> bool:
    """Whether the language model knows a word that is no syllable; not what may be left of one (`th`)."""
    return len(core) > 2 and not _VOWELS.isdisjoint(core.upper()) and core in LanguageModel.load().vocabulary.ids


def _weighed(form: str) -> Candidate:
    """The form itself, with what its spelling costs: nobody prints letters mixed with digits, or signs for words."""
    kind = word_class(form)
    core = punctuated(form).core
    if core in _CONSONANTS or _LEVEL.fullmatch(core):
        return Candidate(form, 0.0)  # vitamin C
    if kind == 0 and core not in abbreviations():
        return Candidate(form, AMPERSAND if form.strip(",.;:") == "&" else SPELT_MIXED)
    if kind in (MIXED, WRONG_MARKS, FOREIGN_MARKS, MISREAD):
        return Candidate(form, SPELT_MIXED)
    if _is_abbreviation(core) and (len(core) > 2 or _LIKE_D.isdisjoint(core)):
        return Candidate(form, 0.0)
    if kind == FOREIGN and _is_known(core.lower()):
        return Candidate(form, SPELT_KNOWN)
    return Candidate(form, SPELT_FOREIGN if kind in (UNMARKED, FOREIGN) else 0.0)


@cache
def _long_abbreviations() -> list[str]:
    return sorted(known for known in abbreviations() if len(known) >= LONG_ABBREVIATION)


def _strokes(word: str) -> str:
    """A word by the strokes of its letters: `IoT`, `10T` and `loT` are one."""
    return word.translate(_ALIKE)


@cache
def _by_strokes() -> dict[str, list[str]]:
    """Abbreviations whose letters look like digits or small letters."""
    found: dict[str, list[str]] = {}
    for known in sorted(abbreviations(), reverse=True):  # IoT before IOT
        if _strokes(known) != known:
            found.setdefault(_strokes(known), []).append(known)
    return found


@cache
def _misread_abbreviations() -> dict[str, str]:
    return misreadings(abbreviations())


def _numerals(form: str) -> tuple[Candidate, ...]:
    parts = punctuated(form)
    return tuple(
        Candidate(parts.opening + text + parts.closing, 0.0 if text == parts.core else MISREAD_LETTER)
        for text in roman_readings(parts.core)
    )
