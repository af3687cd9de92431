"""The restoration of one text: detect, protect, decode, mend the outline; every change an edit with its confidence."""

from __future__ import annotations

import unicodedata
from collections.abc import Collection, Iterable, Mapping, Sequence
from itertools import groupby

from ..trace import OffsetMap, compose, replay
from ..types import Edit, Restored, Transcript, Unsure
from .decisions import Decision, Line, eng_decisions, vie_decisions
from .detect import Profile, is_misread, line_profiles
from .lexicon import Lexicon
from .normalise import lookalike_edits
from .outline_numbers import opening, repaired_numbers
from .tokens import Token, tokens

UNSURE = 0.5  # confidence under which a token is marked: kept or changed, but not to be trusted
CERTAIN = 0.99  # confidence of a correction that tells that Vietnamese text was read from an image


def restore_text(text: str, *, transcript: Transcript | None = None, lexicon: Lexicon | None = None) -> Restored:
    """The text as it was printed, with the edits that lead there and the stretches that stay unsure.

    text: any string; it is taken in NFC. transcript: given where the text comes from pages; its text is restored then.
    lexicon: the user's own words and phrases.
    Sound Vietnamese and other languages come back as they are. The result has the lines of the source.
    """
    source = transcript.text if transcript else unicodedata.normalize("NFC", text)
    cleaned = tuple(lookalike_edits(source))
    middle = replay(source, cleaned)
    if not unicodedata.is_normalized("NFC", middle):  # a mark came next to another letter
        cleaned, middle = (), source
    found = tokens(middle)
    lines = _lines(middle, found)
    forms = [middle[start:end] for start, end in found]
    words = dict(lexicon.matches(forms)) if lexicon else {}
    decisions, damaged = _decisions(forms, lines, words, read=_was_read(transcript))
    places = [(*_range(middle, found, decision), decision) for decision in decisions]
    edits = compose(cleaned, _edits(middle, places), source)
    edits = compose(edits, _outline_edits(replay(source, edits), damaged), source)
    to_source = OffsetMap(cleaned).to_source
    unsure = tuple(Unsure(*to_source(start, end), d.confidence) for start, end, d in places if d.confidence < UNSURE)
    return Restored(source, replay(source, edits), edits, unsure, transcript)


def _was_read(transcript: Transcript | None) -> bool:
    return transcript is not None and any(page.text_from == "ocr" for page in transcript.pages)


def _lines(text: str, found: Sequence[Token]) -> list[Line]:
    """The lines that have tokens."""
    lines: list[Line] = []
    first = last = 0
    end = -1
    for number, line in enumerate(text.split("\n")):
        end += len(line) + 1
        while last < len(found) and found[last].start < end:
            last += 1
        if last > first:
            lines.append(Line(number, first, last))
        first = last
    return lines


def _decisions(
    forms: Sequence[str], lines: Sequence[Line], words: Mapping[int, str], *, read: bool
) -> tuple[list[Decision], set[int]]:
    """Decisions for the tokens of all damaged lines, in order, and the numbers of these lines.

    words: for some tokens, the word of the user's lexicon that they look like.
    read: whether the text is known to come from an image; else Vietnamese text has to show it by its mistakes.
    """
    profiles = line_profiles([forms[line.first : line.last] for line in lines])
    eng: list[Decision] = []
    vie: list[Decision] = []
    for profile, pairs in groupby(zip(profiles, lines, strict=True), key=lambda pair: pair[0]):
        stretch = [line for _, line in pairs]
        if profile == "eng":
            eng += eng_decisions(forms, stretch, words)
        elif profile == "vie":
            vie += vie_decisions(forms, stretch, words)
    eng, profiles = _vietnamese_only(forms, lines, profiles, eng)
    certain = sum(d.confidence >= CERTAIN and d.rule == "model.vie" and d.text != forms[d.first] for d in vie)
    damaged_profiles = {"eng"}
    if read or is_misread(certain, len(vie)):
        damaged_profiles.add("vie")
        eng = sorted(eng + vie, key=lambda d: d.first)
    return eng, {line.number for profile, line in zip(profiles, lines, strict=True) if profile in damaged_profiles}


def _vietnamese_only(
    forms: Sequence[str], lines: Sequence[Line], profiles: Sequence[Profile], decisions: Sequence[Decision]
) -> tuple[list[Decision], list[Profile]]:
    """Without the decisions on lines that are no Vietnamese even so; such lines belong to no reader.

    Random characters and foreign words come through unchanged, and restored text is not restored again.
    """
    printed = {decision.first: decision.text for decision in decisions}
    outcome = line_profiles([[printed.get(k, forms[k]) for k in range(line.first, line.last)] for line in lines])
    kept: list[Profile] = ["other" if new == was == "eng" else was for new, was in zip(outcome, profiles, strict=True)]
    places = {
        k for line, profile in zip(lines, kept, strict=True) if profile == "eng" for k in range(line.first, line.last)
    }
    return [decision for decision in decisions if decision.first in places], kept


def _range(text: str, found: Sequence[Token], decision: Decision) -> tuple[int, int]:
    """The characters that a decision is about; with specks goes the space behind them."""
    start, end = found[decision.first].start, found[decision.last - 1].end
    if not decision.text and decision.last < len(found):
        behind = found[decision.last].start
        if "\n" not in text[end:behind]:
            end = behind
    return start, end


def _edits(text: str, places: Iterable[tuple[int, int, Decision]]) -> list[Edit]:
    return [
        Edit(start, end, text[start:end], decision.text, decision.rule, decision.confidence)
        for start, end, decision in places
        if text[start:end] != decision.text
    ]


def _outline_edits(text: str, damaged: Collection[int]) -> list[Edit]:
    """The list numbers that the order of the outline mends, on the lines whose numbers are in `damaged`."""
    if not damaged:
        return []
    lines = text.split("\n")
    starts, position = [], 0
    for line in lines:
        starts.append(position + len(line) - len(line.lstrip()))
        position += len(line) + 1
    edits = []
    for number, printed, sure in repaired_numbers([opening(line) for line in lines]):
        if number in damaged:
            form = lines[number].split(None, 1)[0]
            edits.append(Edit(starts[number], starts[number] + len(form), form, printed, "outline", sure))
    return edits
