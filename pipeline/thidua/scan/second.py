"""A second reading, at another size, of the segments that the engine was unsure of, combined word by word."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import numpy as np
from numpy.typing import NDArray

from ..types import Alternative, Box, Word
from .clean import Components
from .hocr import MOST_ALTERNATIVES
from .rows import word_box
from .sheet import pick_segments
from .syllables import syllables

UNSURE = 0.5  # words under it are read again
_RIVAL = 0.2  # probability of another reading from which a figure is in doubt
_DISPUTED = 0.69  # confidence of a figure that two readings have differently: less than numbers and dates must have
_MOST = 0.5  # share of a page's segments: where more are unsure, another size does not help
_KNOWN = 0.25  # what being a Vietnamese syllable is worth, in confidence
_SAME_PLACE = 0.6  # share of the longer of two words that both cover


def is_unsure(word: Word) -> bool:
    """Whether a word is worth a second reading: little confidence, or a figure that could as well be another."""
    if word.confidence < UNSURE:
        return True
    return bool(_figures(word)) and any(alternative.probability >= _RIVAL for alternative in word.alternatives)


def unsure_segments(words: Sequence[Word], found: Components, segment: NDArray[np.int32]) -> NDArray[np.int32]:
    """The segments numbered anew from 0 that hold an unsure word, -1 for all others; all -1 where they are too many."""
    x, y, w, h = found.boxes.T
    middle_x, middle_y = x + w / 2, y + h / 2
    picked = np.zeros(int(segment.max(initial=-1)) + 1, np.bool_)
    for word in words:
        if is_unsure(word) and any(character.isalnum() for character in word.text):
            box = word_box(word)
            inside = (middle_x >= box.x0) & (middle_x < box.x1) & (middle_y >= box.y0) & (middle_y < box.y1)
            picked[segment[inside & (segment >= 0)]] = True
    if picked.sum() > _MOST * len(picked):
        picked[:] = False
    return pick_segments(segment, picked)


def combine(first: Sequence[Word], second: Sequence[Word]) -> list[Word]:
    """The words of the first reading, each unsure one replaced by the second's at its place where that is better.

    The reading that lost stays as an alternative, so that context can still choose it. What only the second reading
    found is added: the engine may overlook a short line beside a longer one.
    """
    words: list[Word] = []
    for word in first:
        words += _read_again(word, second) if is_unsure(word) else (word,)
    boxes = [word_box(word) for word in first]
    overlooked = (w for w in second if w.confidence >= UNSURE and not any(_covers(b, word_box(w)) for b in boxes))
    return [*words, *overlooked]


def _read_again(word: Word, second: Sequence[Word]) -> Sequence[Word]:
    box = word_box(word)
    inside = [other for other in second if _covers(box, word_box(other))]
    if len(inside) > 1 and min(map(_credit, inside)) > _credit(word):
        return inside
    for other in inside:
        twin = word_box(other)
        if min(box.x1, twin.x1) - max(box.x0, twin.x0) >= _SAME_PLACE * max(box.x1 - box.x0, twin.x1 - twin.x0):
            return (better(word, other),)
    return (word,)


def _covers(box: Box, other: Box) -> bool:
    """Whether the middle of the other box lies in the box."""
    return box.x0 <= (other.x0 + other.x1) / 2 < box.x1 and box.y0 <= (other.y0 + other.y1) / 2 < box.y1


def better(word: Word, twin: Word) -> Word:
    """The better of two readings of one place, with the box of `word` and the other reading as an alternative."""
    if twin.text == word.text:
        # Two readings at two sizes that agree are surer than one.
        return replace(word, confidence=max(word.confidence, twin.confidence))
    winner, loser = (twin, word) if _credit(twin) > _credit(word) else (word, twin)
    share = loser.confidence / max(winner.confidence + loser.confidence, 1e-6)
    known = {alternative.text: alternative for alternative in (*winner.alternatives, *loser.alternatives)}
    known[loser.text] = Alternative(loser.text, max(share, 0.05))
    known.pop(winner.text, None)
    ranked = sorted(known.values(), key=lambda alternative: -alternative.probability)
    agreed = _figures(winner) == _figures(loser)
    confidence = winner.confidence if agreed else min(winner.confidence, _DISPUTED)
    return replace(winner, box=word.box, confidence=confidence, alternatives=tuple(ranked[:MOST_ALTERNATIVES]))


def _figures(word: Word) -> list[str]:
    return [character for character in word.text if character.isdigit()]


def _credit(word: Word) -> float:
    letters = word.text.strip(".,;:()“”\"'-").lower()
    return word.confidence + (_KNOWN if letters in syllables() or letters.isdigit() else 0.0)
