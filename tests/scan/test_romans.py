"""Numerals by their strokes: (read, shapes on the page, result). W: wide, N: narrow, M: letters that touch."""

from __future__ import annotations

import numpy as np
import pytest

from thidua.scan.clean import Components
from thidua.scan.prepare import Prepared
from thidua.scan.romans import count_romans
from thidua.types import Box, Word

HEIGHT = 26
WIDTHS = {"W": 26, "N": 10, "M": 40}

CASES = [
    ("XI", "WNNN", "XIII"),
    ("XII", "WNNN", "XIII"),
    ("HI.", "NNN", "III."),
    ("II.", "NNN", "III."),
    ("H.", "NN", "II."),
    ("XH", "WNN", "XII"),
    ("XVH", "WWNN", "XVII"),
    ("X1", "WN", "XI"),
    ("IL.", "NN", "II."),
    ("(XIII)", "WNNN", "(XIII)"),
]
MUST_NOT_CHANGE = [
    ("11", "NN"),  # a number
    ("VỊ", "WN"),  # ĐƠN VỊ
    ("H.", "W"),  # an initial
    ("TH", "WW"),
    ("VT", "M"),
    ("XI", "M"),  # letters that touch
    ("XI", "NNN"),  # an X broken in two
    ("VI", "WNNNN"),  # VIIII is no numeral
    ("XI", "WNN W"),  # a letter of the next word
    ("in", "NN"),
]


def page(shapes: str) -> Prepared:
    x, boxes = 100, []
    for shape in shapes:
        if shape != " ":
            boxes.append((x, 50, WIDTHS[shape], HEIGHT))
            x += WIDTHS[shape]
        x += 3 if shape != " " else HEIGHT
    boxes.append((x, 50 + HEIGHT - 4, 4, 4))  # a full stop
    found = Components(np.zeros((1, 1), np.int32), np.array(boxes, np.int32), np.ones(len(boxes), np.int32))
    grey = np.full((120, x + 100), 255, np.uint8)
    return Prepared(grey, np.eye(2, 3), 19.0, found, (), (), (), None, ())


def counted(text: str, shapes: str) -> Word:
    word = Word(text, Box(90, 40, 90 + 400, 90), 0.54)
    return count_romans([word], page(shapes))[0]


@pytest.mark.parametrize(("read", "shapes", "expected"), CASES)
def test_strokes_decide(read: str, shapes: str, expected: str) -> None:
    word = counted(read, shapes)
    assert word.text == expected
    assert word.confidence == 0.95
    assert [other.text for other in word.alternatives] == ([read] if read != expected else [])


@pytest.mark.parametrize(("read", "shapes"), MUST_NOT_CHANGE)
def test_what_is_no_plain_numeral_stays(read: str, shapes: str) -> None:
    assert counted(read, shapes) == Word(read, Box(90, 40, 490, 90), 0.54)
