"""Roman numerals counted on the page: `I` is one narrow letter, `V` and `X` are wide ones, and none touches another.

Tesseract loses strokes of numerals (`XIII` as `XI`, `III` as `HI`), and no dictionary can tell: `lần thứ XI` and
`lần thứ XIII` both exist. How many letters stand there is plain in the image, so the count of strokes decides.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import replace

import numpy as np
from numpy.typing import NDArray

from ..types import Alternative, Word
from .prepare import Prepared
from .rows import word_box

# What numerals are read as. A digit 1 only beside V or X: "11" is a number. Ị is left out: "ĐƠN VỊ".
_READ_AS = re.compile(r"(?P<open>[(\"“]?)(?P<body>(?=.*[VX])[VXIHLTl1|\[\]]+|[IHLT|\[\]]+)(?P<close>[.,;:)\"”]*)")
_NUMERAL = re.compile(r"X{0,3}(?:IX|IV|V?I{0,3})")
_TALL = (1.15, 1.8)  # heights of capitals, in heights of lower-case letters
_NARROW, _WIDE = (0.2, 0.62), (0.75, 1.25)  # width over height of I; of V and X
_LEVEL = 0.12  # of the height: how far tops and feet of one numeral may stray
_CLOSE = 0.45  # of the height: the widest gap inside a numeral
_SURE = 0.95


def count_romans(words: Iterable[Word], prepared: Prepared) -> list[Word]:
    """The words, boxes in pixels of the prepared image, with numerals as the strokes of the page have them.

    A word whose strokes do not make a plain numeral stays as it was read.
    """
    return [_counted(word, prepared) for word in words]


def _counted(word: Word, prepared: Prepared) -> Word:
    match = _READ_AS.fullmatch(word.text)
    if match is None:
        return word
    wide_letters = [letter for letter in match["body"] if letter in "VX"]
    numeral = _numeral(_letters(word, prepared), wide_letters)
    if numeral is None:
        return word
    text = match["open"] + numeral + match["close"]
    others = () if text == word.text else (Alternative(word.text, 1 - _SURE),)
    return replace(word, text=text, confidence=max(word.confidence, _SURE), alternatives=others)


def _letters(word: Word, prepared: Prepared) -> NDArray[np.int32]:
    """Boxes (x, y, width, height) of the capitals inside the word's box, from left to right."""
    box, boxes = word_box(word), prepared.components.boxes
    middle_x, middle_y = boxes[:, 0] + boxes[:, 2] / 2, boxes[:, 1] + boxes[:, 3] / 2
    inside = (middle_x >= box.x0) & (middle_x < box.x1) & (middle_y >= box.y0) & (middle_y < box.y1)
    capital = (boxes[:, 3] >= _TALL[0] * prepared.text) & (boxes[:, 3] <= _TALL[1] * prepared.text)
    found = boxes[inside & capital]
    return np.asarray(found[np.argsort(found[:, 0])])


def _numeral(letters: NDArray[np.int32], wide_letters: list[str]) -> str | None:
    """The numeral that these letters make; V and X, alike in width, are as they were read. None where in doubt."""
    if len(letters) < 2 or not _in_line(letters):
        return None
    wide = iter(wide_letters)
    numeral = ""
    for shape in letters[:, 2] / letters[:, 3]:
        if _NARROW[0] <= shape <= _NARROW[1]:
            numeral += "I"
        elif _WIDE[0] <= shape <= _WIDE[1]:
            numeral += next(wide, "?")
        else:
            return None
    return numeral if next(wide, None) is None and _NUMERAL.fullmatch(numeral) else None


def _in_line(letters: NDArray[np.int32]) -> bool:
    """Whether letters share one height and one baseline and follow closely."""
    x, y, width, height = letters.T
    size = float(np.median(height))
    gaps = x[1:] - (x + width)[:-1]
    return bool(
        np.ptp(y) <= _LEVEL * size + 1 and np.ptp(y + height) <= _LEVEL * size + 1 and gaps.max() <= _CLOSE * size
    )
