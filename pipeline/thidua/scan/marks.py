"""Commas and full stops that the engine sets apart from the quotation mark before them."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import replace

from ..types import Word
from .rows import word_box

_MARK = re.compile(r"[,;:.)]{1,2}")
_QUOTED = re.compile(r".*[\w.!?…][”\"]")
_CLOSE = 0.5  # of the word's height: a wider gap is meant


def join_marks(words: Iterable[Word]) -> tuple[Word, ...]:
    """The words of one line, a lone mark close behind a closing quotation mark made one word with it."""
    joined: list[Word] = []
    for word in words:
        if joined and _MARK.fullmatch(word.text) and _QUOTED.fullmatch(joined[-1].text) and _near(joined[-1], word):
            joined[-1] = _one(joined[-1], word)
        else:
            joined.append(word)
    return tuple(joined)


def _near(word: Word, mark: Word) -> bool:
    left, right = word_box(word), word_box(mark)
    return right.x0 - left.x1 < _CLOSE * (left.y1 - left.y0)


def _one(word: Word, mark: Word) -> Word:
    return replace(
        word,
        text=word.text + mark.text,
        box=word_box(word).union(word_box(mark)),
        confidence=min(word.confidence, mark.confidence),
        alternatives=tuple(replace(other, text=other.text + mark.text) for other in word.alternatives),
    )
