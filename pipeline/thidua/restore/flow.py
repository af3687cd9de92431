"""The restoration of one text: detect, protect, decode, mend the outline; every change an edit with its confidence."""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence
from itertools import groupby

from ..trace import OffsetMap, compose, replay
from ..types import Edit, Restored, Transcript, Unsure, Word
from .decisions import Decision, Hints, Line, eng_decisions, opening_token, vie_decisions
from .detect import Profile, is_misread, line_profiles, readers_share
from .formulas import SURE, formula_words
from .lexicon import Lexicon
from .names import in_names
from .normalise import lookalike_edits
from .outline_model import Reader
from .outline_numbers import is_misread_number, opening, repaired_numbers
from .tokens import Token, tokens

UNSURE = 0.5  # confidence under which a token is marked: kept or changed, but not to be trusted
NAME_DOUBT = 2.0  # how much more often a changed word of a name is wrong than its posterior says, at the most
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
    forms = [middle[start:end] for start, end in found]
    hints = Hints(dict(lexicon.matches(forms)) if lexicon else {}, _read_words(transcript, found, forms, cleaned))
    edits: list[Edit] = []
    unsure: list[Unsure] = []
    for decision in _decisions(forms, _lines(middle, found), hints, read=_was_read(transcript)):
        start, end = _range(middle, found, decision)
        before, confidence = middle[start:end], decision.confidence
        if decision.text != before:
            edits.append(Edit(start, end, before, decision.text, decision.rule, confidence))
        if confidence < UNSURE:
            unsure.append(Unsure(start, end, confidence))
    return _restored(source, cleaned, edits, unsure, transcript)


def _restored(
    source: str,
    cleaned: tuple[Edit, ...],
    edits: Sequence[Edit],
    unsure: Sequence[Unsure],
    transcript: Transcript | None,
) -> Restored:
    """cleaned: edits on the source; edits, unsure: on the text that they make."""
    if not cleaned:
        return Restored(source, replay(source, edits), tuple(edits), tuple(unsure), transcript)
    to_source = OffsetMap(cleaned).to_source
    there = tuple(Unsure(*to_source(stretch.start, stretch.end), stretch.confidence) for stretch in unsure)
    joined = compose(cleaned, edits, source)
    return Restored(source, replay(source, joined), joined, there, transcript)


def _was_read(transcript: Transcript | None) -> bool:
    return transcript is not None and any(page.text_from == "ocr" for page in transcript.pages)


def _read_words(
    transcript: Transcript | None, found: Sequence[Token], forms: Sequence[str], cleaned: Sequence[Edit]
) -> dict[int, Word]:
    """For each token that is exactly one word that an OCR engine read: that word, with its confidence.

    found: the tokens (forms) of the transcript's text with the edits `cleaned` made.
    """
    if transcript is None or not _was_read(transcript):
        return {}
    read = {page.number for page in transcript.pages if page.text_from == "ocr"}
    words = {(anchor.start, anchor.end): anchor.word for anchor in transcript.anchors if anchor.page in read}
    to_source = OffsetMap(cleaned).to_source
    places = [to_source(*token) for token in found] if cleaned else found
    known = ((k, words.get((start, end))) for k, (start, end) in enumerate(places))
    return {k: word for k, word in known if word is not None and word.text == forms[k]}


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


def _decisions(forms: Sequence[str], lines: Sequence[Line], hints: Hints, *, read: bool) -> list[Decision]:
    """Decisions for the tokens of all damaged lines, in order.

    read: whether the text is known to come from an image; else Vietnamese text has to show it by its mistakes.
    """
    profiles = line_profiles([forms[line.first : line.last] for line in lines])
    eng: list[Decision] = []
    vie: list[Decision] = []
    sound: list[Line] = []
    for profile, pairs in groupby(zip(profiles, lines, strict=True), key=lambda pair: pair[0]):
        stretch = [line for _, line in pairs]
        if profile == "eng":
            eng += eng_decisions(forms, stretch, hints)
        elif profile == "vie":
            sound += stretch
            vie += vie_decisions(forms, stretch, hints)
    made = _vietnamese_only(forms, lines, profiles, eng)
    certain = sum(_is_certain_correction(decision, forms[decision.first]) for decision in vie)
    certain += _misread_numbers(forms, sound)
    reader: Reader = "eng" if len(made) >= len(vie) else "vie"
    if read or is_misread(certain, len(vie)):
        share = readers_share(certain, len(vie))
        vie = [_scaled(decision, share) if decision.text != forms[decision.first] else decision for decision in vie]
        made = sorted(made + vie, key=lambda decision: decision.first)
    if not made:
        return []
    return _with_outline(forms, lines, _with_doubtful_names(forms, lines, _with_formulas(forms, lines, made)), reader)


def _is_certain_correction(decision: Decision, form: str) -> bool:
    """Whether other letters were printed for sure; a lost space says nothing, as people type so."""
    return (
        decision.text != form
        and decision.rule == "model.vie"
        and decision.confidence >= CERTAIN
        and " " not in decision.text
    )


def _misread_numbers(forms: Sequence[str], lines: Sequence[Line]) -> int:
    """How many section numbers no typist printed so."""
    openings = [opening(forms[line.first : line.last]) for line in lines]
    mended = repaired_numbers(openings, "vie")
    return sum(is_misread_number(forms[lines[number.line].first], number) for number in mended)


def _scaled(decision: Decision, share: float) -> Decision:
    """The decision, as sure as it can be where a slip may also be printed so."""
    return decision._replace(confidence=decision.confidence * share) if decision.rule == "model.vie" else decision


def _vietnamese_only(
    forms: Sequence[str], lines: Sequence[Line], profiles: Sequence[Profile], decisions: Sequence[Decision]
) -> list[Decision]:
    """Without the decisions on lines that are no Vietnamese even so.

    Random characters and foreign words come through unchanged, and restored text is not restored again.
    """
    if not decisions:
        return []
    printed = {decision.first: decision.text for decision in decisions}
    outcome = line_profiles([[printed.get(k, forms[k]) for k in range(line.first, line.last)] for line in lines])
    failed: set[int] = set()
    for line, was, now in zip(lines, profiles, outcome, strict=True):
        if was == now == "eng":
            failed.update(range(line.first, line.last))
    return [decision for decision in decisions if decision.first not in failed]


def _as_printed(forms: Sequence[str], decisions: Sequence[Decision]) -> list[str]:
    """The tokens of the restored text at the places of the tokens read; "" for what is left out or joined."""
    printed = [*forms]
    for decision in decisions:
        printed[decision.first : decision.last] = [decision.text, *[""] * (decision.last - decision.first - 1)]
    return printed


def _with_formulas(forms: Sequence[str], lines: Sequence[Line], decisions: Sequence[Decision]) -> list[Decision]:
    """The decisions, with the words that are clear from a formula."""
    place = {decision.first: k for k, decision in enumerate(decisions)}
    mended = list(decisions)
    for token, text in formula_words(forms, _as_printed(forms, decisions), [line.first for line in lines]):
        decided = place.get(token)
        if decided is not None:
            mended[decided] = decisions[decided]._replace(text=text, rule="formula", confidence=SURE)
    return mended


def _with_doubtful_names(forms: Sequence[str], lines: Sequence[Line], decisions: Sequence[Decision]) -> list[Decision]:
    """The decisions, with less confidence in changed words of names: the language model expects common words there."""
    names = set(in_names(_as_printed(forms, decisions), [line.first for line in lines]))
    return [
        decision._replace(confidence=max(0.0, 1 - NAME_DOUBT * (1 - decision.confidence)))
        if decision.first in names and decision.rule.startswith("model.") and decision.text != forms[decision.first]
        else decision
        for decision in decisions
    ]


def _with_outline(
    forms: Sequence[str], lines: Sequence[Line], decisions: Sequence[Decision], reader: Reader
) -> list[Decision]:
    """The decisions, with the list numbers that the order of the outline mends. Dirt before a number is passed over."""
    place = {decision.first: k for k, decision in enumerate(decisions)}
    printed = _as_printed(forms, decisions)
    mended = list(decisions)
    firsts = [opening_token(printed, line) for line in lines]
    openings = [opening(printed[first : line.last]) for first, line in zip(firsts, lines, strict=True)]
    for line, number, confidence in repaired_numbers(openings, reader):
        start = openings[line]
        decided = place.get(firsts[line])
        if decided is not None and start is not None:
            whole = number + decisions[decided].text[len(start.form) :]
            mended[decided] = decisions[decided]._replace(text=whole, rule="outline", confidence=confidence)
    return mended


def _range(text: str, found: Sequence[Token], decision: Decision) -> tuple[int, int]:
    """The characters that a decision is about; with specks goes the space behind them."""
    start, end = found[decision.first].start, found[decision.last - 1].end
    if not decision.text and decision.last < len(found):
        behind = found[decision.last].start
        if "\n" not in text[end:behind]:
            end = behind
    return start, end
