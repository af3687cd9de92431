"""From printed text to the units that the language model counts: syllables, classes and a few punctuation marks.

A syllable is a run of letters, in lower case, NFC, with the tone mark at its canonical place; abbreviations, foreign
words and `GD&ĐT` count as syllables too. What the model must not spell out becomes a class. Capitals are kept apart, as
a shape.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from enum import IntEnum
from functools import cached_property, lru_cache
from typing import NamedTuple

from .normalise import canonical_tone

UNKNOWN, PARAGRAPH, NUMBER, YEAR, DATE, CODE, ROMAN = "<unk>", "<p>", "<num>", "<year>", "<date>", "<code>", "<roman>"
MARKS = (",", ";", ".", ":", "(", ")", '"', "-", "/")
CLASSES = (UNKNOWN, PARAGRAPH, NUMBER, YEAR, DATE, CODE, ROMAN, *MARKS)  # the first ids of every vocabulary
UNKNOWN_ID, PARAGRAPH_ID = 0, 1

_SAME_MARK = {"“": '"', "”": '"', "„": '"', "«": '"', "»": '"', "–": "-", "—": "-", "…": "."}
_TOKEN = re.compile(r"\S+")
_CORE = re.compile(r"[^\W_](?:\S*[^\W_])?")  # from the first to the last letter or digit
_PIECE = re.compile(r"[^\W\d_]+(?:&[^\W\d_]+)*|[^\w\s]")
_WORD_AND_MARKS = re.compile(r"([^\w\s]*)([^\W\d_]+)([^\w\s]*)")
_DIGIT = re.compile(r"\d")
_YEAR = re.compile(r"(?:19|20)\d\d")
_DATE = re.compile(r"\d{1,2}[/.-]\d{1,2}(?:[/.-]\d{4})?|\d{1,2}/(?:19|20)\d\d|\d{4}[-–]\d{4}")
_NUMBER = re.compile(r"\d+(?:[.,]\d+)*")
_ROMAN = re.compile(r"X{0,3}(?:IX|IV|V?I{0,3})")


class Shape(IntEnum):
    """How a syllable is printed. MARK stands for what has no case: classes and punctuation."""

    LOWER = 0
    TITLE = 1
    UPPER = 2  # also mixed case, as in "TTg"
    SINGLE = 3  # one capital letter: title and upper case at once
    MARK = 4


def shape(word: str) -> Shape:
    """The shape of a run of letters: "đại" LOWER, "Đại" TITLE, "ĐẠI" and "TTg" UPPER, "Ý" SINGLE."""
    if word.islower():
        return Shape.LOWER
    if len(word) == 1:
        return Shape.SINGLE
    return Shape.TITLE if word[0].isupper() and word[1:].islower() else Shape.UPPER


def _with_digits(core: str) -> str:
    if _YEAR.fullmatch(core):
        return YEAR
    if _NUMBER.fullmatch(core):
        return NUMBER
    return DATE if _DATE.fullmatch(core) else CODE


class Piece(NamedTuple):
    """A unit of a text: the syllable, class or mark; how it is printed; how many characters it stands for."""

    unit: str
    shape: Shape
    length: int


def pieces(text: str) -> list[Piece]:
    """The units of a printed text, in order. The text must be NFC.

    >>> [piece.unit for piece in pieces("Ngày 21/02/2024, Đại hội XIII;")]
    ['ngày', '<date>', ',', 'đại', 'hội', '<roman>', ';']

    White space and marks outside MARKS are left out; a run of one mark counts once.
    """
    units: list[Piece] = []
    for token in _TOKEN.findall(text):
        simple = _WORD_AND_MARKS.fullmatch(token)
        if simple:  # nearly always
            before, word, after = simple.groups()
            _append_marks(units, before)
            units.append(_word(word))
            _append_marks(units, after)
            continue
        core = _CORE.search(token)
        if core and _DIGIT.search(core.group()):
            _append_marks(units, token[: core.start()])
            units.append(Piece(_with_digits(core.group()), Shape.MARK, len(core.group())))
            _append_marks(units, token[core.end() :])
            continue
        for piece in _PIECE.findall(token):
            if not piece[0].isalpha():
                _append_marks(units, piece)
            else:
                units.append(_word(piece))
    return units


@lru_cache(maxsize=1 << 16)
def _word(word: str) -> Piece:
    if _ROMAN.fullmatch(word):
        return Piece(ROMAN, Shape.MARK, len(word))
    return Piece(canonical_tone(word.lower()), shape(word), len(word))


def _append_marks(units: list[Piece], text: str) -> None:
    for character in text:
        mark = _SAME_MARK.get(character, character)
        if mark in MARKS and not (units and units[-1].unit == mark):
            units.append(Piece(mark, Shape.MARK, 1))


class Vocabulary:
    """Units numbered from 0: the classes first, then the syllables, most frequent first. At most 65,536 of them."""

    def __init__(self, units: Sequence[str]) -> None:
        if tuple(units[: len(CLASSES)]) != CLASSES or len(units) > 1 << 16:
            raise ValueError("a vocabulary starts with the classes and has at most 65,536 units")
        self.units = tuple(units)

    @cached_property
    def ids(self) -> dict[str, int]:
        return {unit: number for number, unit in enumerate(self.units)}

    def __len__(self) -> int:
        return len(self.units)

    def encode(self, text: str) -> tuple[int, ...]:
        """The ids of a text's units; UNKNOWN_ID for a syllable outside the vocabulary."""
        ids = self.ids
        return tuple(ids.get(piece.unit, UNKNOWN_ID) for piece in pieces(text))
