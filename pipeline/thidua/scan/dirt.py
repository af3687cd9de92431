"""What was read where nothing is printed: specks, seals, initials and signatures. It is set apart, not thrown away."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import replace

from ..types import Block, Box, Line, Word
from .rows import word_box
from .syllables import syllables

_DOUBTFUL = 0.5
_SURE = 0.7
_SIGNS = "_~`'|.,:;“”\"^°·[]{}<>=\\"  # what dirt is read as
_DASH = re.compile(r"[-–—+*~_.]{1,3}")  # a list's sign, whatever it was read as
_END = re.compile(r"\./\.?$")  # the last characters of a document's text (Decree 30/2020/NĐ-CP, annex I)
_OUTLINE = re.compile(r"[IVXLC]+\.?|\d+[.)]?|[a-zđ][.)]")


def set_dirt_apart(lines: Iterable[Line], seals: Sequence[Box]) -> tuple[Line, ...]:
    """The lines without dirt, and the dirt as lines of the blocks `stamp` (under a seal) and `margin` behind them."""
    kept: list[Line] = []
    apart: list[Line] = []
    for line in lines:
        if line.block in {"margin", "stamp", "table"}:
            kept.append(line)
            continue
        clean, dirt = _split(line)
        if clean:
            kept.append(line if not dirt else replace(line, text=" ".join(w.text for w in clean), words=clean))
        if dirt:
            block: Block = "stamp" if any(_touch(word_box(word), seal) for word in dirt for seal in seals) else "margin"
            apart.append(Line(" ".join(w.text for w in dirt), dirt, block))
    return (*kept, *apart)


def _split(line: Line) -> tuple[tuple[Word, ...], tuple[Word, ...]]:
    """(words that are print, words that are dirt)"""
    words = line.words
    if any(word.handwritten for word in words):
        return words, ()
    doubtful = [_is_doubtful(word) for word in words]
    if sum(doubtful) > 0.5 * len(words):
        # A syllable alone among dirt is dirt itself, a sure word of some length is not.
        sure = any(w.confidence > _SURE and len(w.text) > 1 and _has_letters(w) for w in words)
        keep = [sure and not d and _has_letters(w) for w, d in zip(words, doubtful, strict=True)]
    else:
        first, last = _printed_range(words, doubtful)
        keep = [first <= k < last for k in range(len(words))]
    printed = tuple(word for word, kept in zip(words, keep, strict=True) if kept)
    return printed, tuple(word for word, kept in zip(words, keep, strict=True) if not kept)


def _printed_range(words: Sequence[Word], doubtful: Sequence[bool]) -> tuple[int, int]:
    """Half-open range of the words between the dirt at the line's ends."""
    first, last = 0, len(words)
    while (
        first < last and doubtful[first] and not _has_letters(words[first]) and not _DASH.fullmatch(words[first].text)
    ):
        first += 1
    while last > first and doubtful[last - 1] and not _has_letters(words[last - 1]):
        last -= 1
    for k in range(first, last - 1):
        # Behind the end of the text only a pen goes on.
        if _END.search(words[k].text) and all(word.confidence < 0.8 for word in words[k + 1 : last]):
            return first, k + 1
    return first, last


def _is_doubtful(word: Word) -> bool:
    """Whether the word is no reading of print: low confidence, and nothing that a document would say."""
    letters = re.sub(r"[\W_]+", "", word.text)
    if not letters:
        return not word.text.strip(_SIGNS) or (word.confidence < 0.8 and word.text not in "-–—+*./.")
    known = letters.lower() in syllables() or len(letters) > 4 or _OUTLINE.fullmatch(word.text) is not None
    return word.confidence < _DOUBTFUL and not known


def _has_letters(word: Word) -> bool:
    return any(c.isalnum() for c in word.text)


def _touch(one: Box, other: Box) -> bool:
    return one.x0 < other.x1 and other.x0 < one.x1 and one.y0 < other.y1 and other.y0 < one.y1
