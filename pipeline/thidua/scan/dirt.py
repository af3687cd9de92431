"""What was read where nothing is printed: specks, seals, initials and signatures. It is set apart, not thrown away."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import replace

from ..types import Box, Line, Word
from .rows import word_box
from .syllables import syllables

_DOUBTFUL = 0.5
_SURE = 0.7
_SURE_OVER = 0.85  # what is read over a seal or signature, and is no syllable, must be read surely
_SIGNS = "_~`'|.,:;“”\"^°·[]{}<>=\\"  # what dirt is read as
_DASH = re.compile(r"[-–—+*~][-_.]?|_")  # a list's sign, whatever it was read as
_END = re.compile(r"\./\.?$")  # the last characters of a document's text (Decree 30/2020/NĐ-CP, annex I)
_OUTLINE = re.compile(r"[IVXLC]+\.?|\d+[.)]?|[a-zđ][.)]")


def set_dirt_apart(lines: Iterable[Line], strokes: Sequence[Box]) -> tuple[Line, ...]:
    """The lines without dirt, and the dirt as lines of the blocks `stamp` (over a seal or signature) and `margin`.

    strokes: where seals and signatures are, in the pixels of the words' boxes.
    """
    kept: list[Line] = []
    apart: list[Line] = []
    for line in lines:
        if line.block in {"margin", "stamp", "table"}:
            kept.append(line)
            continue
        over = [any(_within(word_box(word), stroke) for stroke in strokes) for word in line.words]
        keep = _printed(line, over)
        if all(keep):
            kept.append(line)
            continue
        printed = tuple(word for word, k in zip(line.words, keep, strict=True) if k)
        dirt = tuple(word for word, k in zip(line.words, keep, strict=True) if not k)
        if printed:
            kept.append(replace(line, text=" ".join(word.text for word in printed), words=printed))
        apart.append(Line(" ".join(word.text for word in dirt), dirt, "stamp" if any(over) else "margin"))
    return (*kept, *apart)


def _printed(line: Line, over: Sequence[bool]) -> list[bool]:
    """For each word whether it is print. over: whether a seal or signature lies over it."""
    words = line.words
    if any(word.handwritten for word in words):
        return [True] * len(words)
    if line.block == "signature" and not _is_signature(words):
        return [False] * len(words)
    doubtful = [_is_doubtful(word, over=o) for word, o in zip(words, over, strict=True)]
    if sum(doubtful) > 0.5 * len(words):
        # A syllable alone among dirt is dirt itself, a sure word of some length is not.
        sure = any(w.confidence > _SURE and len(w.text) > 1 and _has_letters(w) for w in words)
        return [sure and not d and _has_letters(w) for w, d in zip(words, doubtful, strict=True)]
    first, last = _printed_range(words, doubtful)
    return [first <= k < last and not (over[k] and doubtful[k]) for k in range(len(words))]


def _is_signature(words: Sequence[Word]) -> bool:
    """Whether a line of the signature's block is a title or a name: between them seals and pens leave short scraps."""
    letters = [re.sub(r"[\W\d_]+", "", word.text) for word in words]
    if sum(len(text) > 1 for text in letters) > 1:
        return True
    return any(len(text) > 2 and word.confidence > _SURE for text, word in zip(letters, words, strict=True))


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
        if _END.search(words[k].text) and all(word.confidence < 0.8 or len(word.text) < 3 for word in words[k + 1 :]):
            return first, k + 1
    return first, last


def _is_doubtful(word: Word, *, over: bool) -> bool:
    """Whether the word is no reading of print: low confidence, and nothing that a document would say."""
    letters = re.sub(r"[\W_]+", "", word.text)
    if not letters:
        return not word.text.strip(_SIGNS) or (word.confidence < 0.8 and word.text not in "-–—+*./.")
    known = letters.lower() in syllables() or len(letters) > 4 or _OUTLINE.fullmatch(word.text) is not None
    if over:
        known = len(letters) > 1 and letters.lower() in syllables()
    return word.confidence < (_SURE_OVER if over else _DOUBTFUL) and not known


def _has_letters(word: Word) -> bool:
    return any(c.isalnum() for c in word.text)


def _within(box: Box, stroke: Box) -> bool:
    """Whether the middle of the box lies in the stroke's."""
    x, y = (box.x0 + box.x1) / 2, (box.y0 + box.y1) / 2
    return stroke.x0 <= x < stroke.x1 and stroke.y0 <= y < stroke.y1
