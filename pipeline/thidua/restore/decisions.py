"""What the tokens of a stretch of lines are read as: readings to a lattice, the decoder's choices to decisions."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from typing import NamedTuple

from ..types import Word
from .channel import Channel
from .decode import decode
from .eng_readings import EngReadings
from .lattice import Arc, Choice, Lattice
from .marks import may_be_dirt
from .protect import fixed, punctuated
from .readings import Reading, Readings, with_word
from .rescore import Rescorer
from .vie_readings import VieReadings

NUMBER_TO_WORD = 0.85  # posterior that it takes to read digits as a word
MARK_CHANGE = 0.9  # posterior that it takes to read another mark behind a word than the reader saw
SPECK, SPECK_LETTER = 0.8, 0.97  # posterior that it takes to leave out a mark, a letter
LONE_MARK, LONE_LETTER = 0.88, 0.8  # highest confidence that it was dirt: it may be all that was read of a word
SURE_OF_WORD = 0.9  # confidence of an OCR engine from which its reading of a code, date or number stands
LONGEST_QUOTATION = 12  # words between single quotation marks
VIE_CHANGE = 0.8  # posterior that it takes to change a word of Vietnamese text that was read from an image,
VIE_MARK = 0.95  # to change nothing but a mark behind it


_PARTING = frozenset(".,;:")


@dataclass(frozen=True, slots=True)
class Line:
    """A line that has tokens: [first, last) in the tokens of the text; number: its place among all lines."""

    number: int
    first: int
    last: int


def opening_token(forms: Sequence[str], line: Line) -> int:
    """The number of the token that a line starts with, dirt passed over; its first where there is nothing else."""
    return next((k for k in range(line.first, line.last) if not may_be_dirt(forms[k])), line.first)


class Decision(NamedTuple):
    """What tokens [first, last) are read as, changed or not, by which rule or model, and how sure that is (0..1)."""

    first: int
    last: int
    text: str
    rule: str
    confidence: float


@dataclass(frozen=True, slots=True)
class Hints:
    """What is known about some tokens (by their number) beside their form.

    lexicon: the word of the user's lexicon that they look like. read: the word that an OCR engine read there, with its
    confidence and other readings.
    """

    lexicon: Mapping[int, str]
    read: Mapping[int, Word]


@cache
def _eng_readings() -> EngReadings:
    return EngReadings(Channel.load("eng"))


@cache
def _vie_readings() -> VieReadings:
    return VieReadings(Channel.load("vie"))


def eng_decisions(forms: Sequence[str], lines: Sequence[Line], hints: Hints) -> Iterator[Decision]:
    """Decisions for the tokens of successive lines that a model without Vietnamese letters read."""
    for start, choice, reading in _choices(forms, lines, hints, _eng_readings()):
        form, text, confidence, rule = _read(forms, start, choice), choice.text, choice.posterior, "model.eng"
        if reading.rule:
            rule, confidence = reading.rule, reading.sure
        elif reading.number and text != form and confidence < NUMBER_TO_WORD:
            text, rule, confidence = form, "protect.number", 1 - confidence
        elif not text:
            rule, letter = "specks", form.isalpha()
            if confidence < (SPECK_LETTER if letter else SPECK):
                text, confidence = form, 1 - confidence
            else:
                confidence = min(confidence, LONE_LETTER if letter else LONE_MARK)
        elif confidence < MARK_CHANGE:
            text = _with_mark_of(form, text)
        yield Decision(start, start + choice.end - choice.start, text, rule, confidence)


def _read(forms: Sequence[str], start: int, choice: Choice) -> str:
    """What was read where a choice stands, its first token being number `start`."""
    size = choice.end - choice.start
    return forms[start] if size == 1 else " ".join(forms[start : start + size])  # nearly always one: no list for it


def _with_mark_of(form: str, text: str) -> str:
    """The text, closed by the mark that the reader saw where both are one of the marks that part sentences."""
    seen, printed = form[-1:], text[-1:]
    return text[:-1] + seen if seen in _PARTING and printed in _PARTING and len(text) > 1 else text


def vie_decisions(forms: Sequence[str], lines: Sequence[Line], hints: Hints) -> Iterator[Decision]:
    """Decisions for the tokens of successive lines of Vietnamese text, as if it had been read from an image."""
    for start, choice, reading in _choices(forms, lines, hints, _vie_readings()):
        form, text, confidence, rule = _read(forms, start, choice), choice.text, choice.posterior, "model.vie"
        if reading.rule:
            rule, confidence = reading.rule, reading.sure
            mended = fixed(form, mend=True) if rule == "protect.word" else None
            word = hints.read.get(start)
            if mended and (mended.text == form or _may_be_mended(form, mended.text, word)):
                text, rule, confidence = mended.text, mended.rule, mended.sure
        elif text != form and confidence < (VIE_MARK if punctuated(text).core == punctuated(form).core else VIE_CHANGE):
            text, confidence = form, 1 - confidence
        if form[0] == "'" != text[:1] and any("'" in later[1:] for later in forms[start : start + LONGEST_QUOTATION]):
            text = "'" + text
        yield Decision(start, start + choice.end - choice.start, text, rule, confidence)


def _may_be_mended(form: str, text: str, word: Word | None) -> bool:
    """Whether a rule may change a token: not where the reader was sure.

    A reader that has the letter Đ takes it for another once in 200 times: where none was read, one is put into
    document numbers only, and not beside another.
    """
    more = text.count("Đ") > form.count("Đ") and ("Đ" in form or not any(map(str.isdigit, form)))
    return not more and (word is None or word.confidence < SURE_OF_WORD)


def _choices(
    forms: Sequence[str], lines: Sequence[Line], hints: Hints, readings: Readings
) -> Iterator[tuple[int, Choice, Reading]]:
    """The choices for all tokens of the lines: the number of the first token in the text, the choice, its reading."""
    first, last = lines[0].first, lines[-1].last
    breaks = bytearray(last - first)
    found: list[Reading] = []
    arcs: list[Arc] = []
    before = lines[0].number - 1
    for line in lines:
        breaks[line.first - first] = 2 if line.number > before + 1 else 1
        before = line.number
        opening = opening_token(forms, line)
        for place in range(line.first, line.last):
            word = hints.read.get(place) if place > line.first else None
            if word is not None and isinstance(readings, VieReadings):
                reading = readings.of_word(word)
            else:
                reading = readings.of(forms[place], opens_line=place in (line.first, opening))
            if place in hints.lexicon:
                reading = with_word(reading, forms[place], hints.lexicon[place])
            arcs.append(Arc(place - first, place - first + 1, reading.candidates))
            joined = readings.joined(forms[place - 1], forms[place], found[-1], reading) if place > line.first else ()
            if joined:
                arcs.append(Arc(place - first - 1, place - first + 1, joined))
            found.append(reading)
    second = Rescorer.load().rescored if isinstance(readings, EngReadings) else None
    for choice in decode(Lattice(last - first, arcs, bytes(breaks)), second):
        yield first + choice.start, choice, found[choice.start]
