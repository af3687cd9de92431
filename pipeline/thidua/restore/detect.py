"""Whether a text is damaged at all, and by which reader: a label for each of its lines.

The full `eng` model of Tesseract prints no letter that only Vietnamese has (ă ơ ư đ ạ ... : none in 38,000 words of
pages made to see), while three of five words of Vietnamese have one: a line or two decide. A hidden Markov model over
the lines joins what the words of each line say with the habit of neighbours to be alike, so that a damaged page in a
sound document is found, and a short line follows its surroundings.
"""

from __future__ import annotations

import math
import re
import unicodedata
from collections.abc import Sequence
from functools import cache, lru_cache
from typing import Literal

from ..resources import rows

Profile = Literal["eng", "vie", "other"]
"""eng: read by a model without Vietnamese letters, or typed without marks. vie: Vietnamese, sound or read by a
Vietnamese model. other: another language, or no language."""

_STATES = ("vie", "eng", "plain", "accented", "noise")  # of the hidden Markov model
_PROFILES: tuple[Profile, ...] = ("vie", "eng", "other", "other", "other")
_FIRST = (0.0, 0.0, -1.0, -1.0, -2.0)  # ln P of the first line's state, but for a constant
_CLASSES = (
    "vietnamese_letter",
    "plain_syllable",  # a syllable without marks
    "marked_syllable",
    "wrong_marks",  # no syllable, but one with other marks: nghiép
    "foreign_marks",  # comité
    "mixed",  # letters with digits or signs
    "unmarked",  # no syllable, but one with marks: nghiep
    "foreign",
    "misread",  # ctia, tir, c6: of no language, but what the eng model makes of common syllables
)
WRONG_MARKS, FOREIGN_MARKS, MIXED, UNMARKED, FOREIGN, MISREAD = range(4, 10)  # numbers of word classes
_ONLY_VIETNAMESE = re.compile(
    "[ăơưđạảắằẳẵặấầẩẫậẹẻẽếềểễệỉịĩọỏốồổỗộớờởỡợụủũứừửữựỳỷỹỵĂƠƯĐẠẢẮẰẲẴẶẤẦẨẪẬẸẺẼẾỀỂỄỆỈỊĨỌỎỐỒỔỖỘỚỜỞỠỢỤỦŨỨỪỬỮỰỲỶỸỴ]"
)
_EDGES = " .,;:!?()[]{}<>\"'“”‘’„«»-–—/\\*+…|_=~`^"
READER_SLIPS, TYPIST_SLIPS = 0.003, 0.00025  # certain corrections a word, counted over read and over typed documents
PRINTED_SLIPS = 0.0001  # corrections a word of sound documents outside the training text, were they taken for read ones
_SWITCH = math.log(0.01)  # a line is read by another reader than the line before
_STAY = math.log(0.98)
_SILENT = (0.0,) * len(_STATES)  # what a line without words says of each state


@cache
def syllables() -> frozenset[str]:
    """The Vietnamese syllables, lower case, NFC."""
    return frozenset(row["syllable"] for row in rows("syllables.tsv"))


@cache
def _misreadings() -> frozenset[str]:
    return frozenset(row["form"] for row in rows("misreadings.tsv"))


@cache
def bare_syllables() -> frozenset[str]:
    """The Vietnamese syllables without any mark: `đường` -> `duong`."""
    return frozenset(map(without_marks, syllables()))


@cache
def abbreviations() -> frozenset[str]:
    """Known abbreviations of bodies, offices and subjects (`UBND`, `THCS`)."""
    return frozenset(row["abbreviation"] for row in rows("abbreviations.tsv"))


@cache
def _log_likelihoods() -> tuple[tuple[float, ...], ...]:
    """For each word class (0 says nothing) the log probability in each of _STATES."""
    table = {row["profile"]: row for row in rows("reader_profiles.tsv")}
    known = (tuple(math.log(float(table[state][name])) for state in _STATES) for name in _CLASSES)
    return ((0.0,) * len(_STATES), *known)


def without_marks(text: str) -> str:
    """Lower case, without tone and vowel marks, đ as d."""
    decomposed = unicodedata.normalize("NFD", text.lower()).replace("đ", "d")
    return "".join(c for c in decomposed if not unicodedata.combining(c))


def has_vietnamese_letter(form: str) -> bool:
    """Whether a letter stands in the form that of all languages in Latin letters only Vietnamese has."""
    return _ONLY_VIETNAMESE.search(form) is not None


@lru_cache(maxsize=1 << 17)
def word_class(form: str) -> int:
    """What kind of word a token is: 0 says nothing (no letters, a known abbreviation), else 1 + index into _CLASSES."""
    core = form.strip(_EDGES)
    if not core or core in abbreviations() or not any(map(str.isalpha, core)):
        return 0
    if has_vietnamese_letter(core):
        return 1
    word = core.lower()
    if word in syllables():
        return 2 if word.isascii() else 3
    if word in _misreadings() and not core.isupper():
        return MISREAD
    if not word.isalpha():
        return 0 if core.isupper() and any(map(str.isdigit, core)) else MIXED  # a document code says nothing
    if word.isascii():
        return UNMARKED if word in bare_syllables() else FOREIGN
    return WRONG_MARKS if without_marks(word) in bare_syllables() else FOREIGN_MARKS


def is_misread(corrections: int, words: int) -> bool:
    """Whether Vietnamese text was read from an image rather than typed, by the corrections that a model is certain of.

    Two Poisson rates are weighed against each other: what a reader gets wrong, and the slips of who typed the text.
    """
    gain = corrections * math.log(READER_SLIPS / TYPIST_SLIPS) - words * (READER_SLIPS - TYPIST_SLIPS)
    return corrections > 1 and gain > 0


def readers_share(corrections: int, words: int) -> float:
    """Share of the slips in Vietnamese text read from an image that are the reader's: the others are printed so."""
    rate = max(corrections / max(1, words), READER_SLIPS)
    return rate / (rate + PRINTED_SLIPS)


def line_profiles(lines: Sequence[Sequence[str]]) -> list[Profile]:
    """The reader of each line, given its tokens; the most likely sequence (Viterbi).

    What follows the text is taken for what most of it is: lines at its end that differ pay for the way back too, so the
    few misread words of a signature are not another language. A text without words is "other".
    """
    likelihoods = _log_likelihoods()
    said: list[tuple[float, ...]] = []  # by each line, of each state
    for tokens in lines:
        seen = (likelihoods[kind] for kind in map(word_class, tokens) if kind)
        said.append(tuple(map(sum, zip(*seen, strict=True))) or _SILENT)
    scores = list(_FIRST)
    back: list[list[int]] = []
    for gains in said:
        leader = max(range(len(scores)), key=scores.__getitem__)
        changed = scores[leader] + _SWITCH
        stayed = [score + _STAY for score in scores]
        back.append([state if stay >= changed else leader for state, stay in enumerate(stayed)])
        scores = [max(stay, changed) + gain for stay, gain in zip(stayed, gains, strict=True)]
    if not any(word_class(token) for tokens in lines for token in tokens):
        return ["other"] * len(lines)
    whole = [sum(gains) for gains in zip(*said, strict=True)]
    home = max(range(len(whole)), key=whole.__getitem__)
    state = max(range(len(scores)), key=lambda state: scores[state] + (0.0 if state == home else _SWITCH))
    labels: list[Profile] = []
    for pointers in reversed(back):
        labels.append(_PROFILES[state])
        state = pointers[state]
    return labels[::-1]
