"""The restoration of one text: detect, protect, decode, mend the outline; every change an edit with its confidence."""

from __future__ import annotations

import unicodedata
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from itertools import groupby

from ..trace import OffsetMap, compose, replay
from ..types import Edit, Restored, Transcript, Unsure
from .channel import Channel
from .decode import decode
from .detect import line_profiles
from .lattice import Arc, Choice, Lattice
from .normalise import lookalike_edits
from .outline_numbers import opening, repaired_numbers
from .readings import EngReadings, Reading
from .tokens import tokens

UNSURE = 0.5  # posterior under which a token is marked: kept or changed, but not to be trusted
NUMBER_TO_WORD = 0.99  # posterior that it takes to read digits as a word
OUTLINE = 0.95  # confidence of a list number mended by the order


@dataclass(frozen=True, slots=True)
class _Line:
    """A line that has tokens: [first, last) in the tokens of the text; number: its place among all lines."""

    number: int
    first: int
    last: int


@dataclass(frozen=True, slots=True)
class _Decision:
    """What text[start:end] is read as, changed or not, by which rule or model, and how sure that is."""

    start: int
    end: int
    after: str
    rule: str
    confidence: float


def restore_text(text: str, *, transcript: Transcript | None = None) -> Restored:
    """The text as it was printed, with the edits that lead there and the stretches that stay unsure.

    text: any string; it is taken in NFC. transcript: given where the text comes from pages; its text is restored then.
    Text that is not Vietnamese comes back as it is. The result has the lines of the source.
    """
    source = transcript.text if transcript else unicodedata.normalize("NFC", text)
    cleaned = tuple(lookalike_edits(source))
    middle = replay(source, cleaned)
    found = tokens(middle)
    forms = [middle[start:end] for start, end in found]
    lines = _lines(middle, [start for start, _ in found])
    profiles = line_profiles([forms[line.first : line.last] for line in lines])

    decisions: list[_Decision] = []
    for profile, pairs in groupby(zip(profiles, lines, strict=True), key=lambda pair: pair[0]):
        if profile == "eng":
            for choice, rule in _eng_choices(forms, [line for _, line in pairs]):
                start, end = found[choice.start].start, found[choice.end - 1].end
                decisions.append(_Decision(start, end, choice.text, rule, choice.posterior))

    read = tuple(
        Edit(d.start, d.end, middle[d.start : d.end], d.after, d.rule, d.confidence)
        for d in decisions
        if middle[d.start : d.end] != d.after
    )
    edits = compose(cleaned, read, source)
    damaged = {line.number for profile, line in zip(profiles, lines, strict=True) if profile == "eng"}
    edits = compose(edits, _outline_edits(replay(source, edits), damaged), source)
    to_source = OffsetMap(cleaned).to_source
    unsure = tuple(Unsure(*to_source(d.start, d.end), d.confidence) for d in decisions if d.confidence < UNSURE)
    return Restored(source, replay(source, edits), edits, unsure, transcript)


def _lines(text: str, starts: Sequence[int]) -> list[_Line]:
    """The lines that have tokens, given where all tokens start."""
    lines: list[_Line] = []
    first = last = 0
    end = -1
    for number, line in enumerate(text.split("\n")):
        end += len(line) + 1
        while last < len(starts) and starts[last] < end:
            last += 1
        if last > first:
            lines.append(_Line(number, first, last))
        first = last
    return lines


@cache
def _eng_readings() -> EngReadings:
    return EngReadings(Channel.load("eng"))


def _eng_choices(forms: Sequence[str], lines: Sequence[_Line]) -> Iterator[tuple[Choice, str]]:
    """The choices for the tokens of successive lines, with the rule or model that made each."""
    first, last = lines[0].first, lines[-1].last
    breaks = bytearray(last - first)
    readings: list[Reading] = []
    arcs: list[Arc] = []
    source = _eng_readings()
    before = lines[0].number - 1
    for line in lines:
        breaks[line.first - first] = 2 if line.number > before + 1 else 1
        before = line.number
        for place in range(line.first, line.last):
            reading = source.of(forms[place], opens_line=place == line.first)
            readings.append(reading)
            arcs.append(Arc(place - first, place - first + 1, reading.candidates))
            joined = source.joined(forms[place], forms[place + 1]) if place + 1 < line.last else ()
            if joined:
                arcs.append(Arc(place - first, place - first + 2, joined))
    for choice in decode(Lattice(last - first, arcs, bytes(breaks))):
        start, end = first + choice.start, first + choice.end
        reading = readings[choice.start]
        if reading.rule:
            yield Choice(start, end, choice.text, reading.sure), reading.rule
        elif reading.number and choice.posterior < NUMBER_TO_WORD and choice.text != forms[start]:
            yield Choice(start, end, forms[start], 1 - choice.posterior), "protect.number"
        else:
            yield Choice(start, end, choice.text, choice.posterior, choice.others), "model.eng"


def _outline_edits(text: str, damaged: Collection[int]) -> list[Edit]:
    """The list numbers that the order of the outline mends, on the lines whose numbers are in `damaged`."""
    lines = text.split("\n")
    starts, position = [], 0
    for line in lines:
        starts.append(position + len(line) - len(line.lstrip()))
        position += len(line) + 1
    edits = []
    for number, printed in repaired_numbers([opening(line) for line in lines]):
        if number in damaged:
            form = lines[number].split(None, 1)[0]
            edits.append(Edit(starts[number], starts[number] + len(form), form, printed, "outline", OUTLINE))
    return edits
