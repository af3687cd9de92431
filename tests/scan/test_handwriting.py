"""Pen and print told apart by the strokes in a number's place."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from thidua.scan.clean import Components
from thidua.scan.handwriting import mark_handwriting
from thidua.scan.prepare import Prepared, prepare
from thidua.types import Block, Box, Line, Word

TEXT, CAPITAL, FOOT, PITCH = 18, 26, 100, 20
EMPTY = prepare(np.full((60, 60, 3), 255, np.uint8), 200)


def letters(text: str, strokes: dict[int, tuple[int, int]]) -> list[tuple[int, int, int, int]]:
    """A box for each letter; strokes: how much higher, and how much lower, the letters at these places are."""
    boxes = []
    for place, character in enumerate(text):
        if character.isalnum():
            up, down = strokes.get(place, (0, 0))
            height = CAPITAL if character.isupper() or character.isdigit() else TEXT
            boxes.append((PITCH * place + 4, FOOT - height - up, 12, height + up + down))
    return boxes


def marked(text: str, *, confidence: float, strokes: dict[int, tuple[int, int]], block: Block) -> list[str]:
    """The parts of the line that are taken for handwriting."""
    words, position = [], 0
    for part in text.split():
        start = text.index(part, position)
        position = start + len(part)
        words.append(Word(part, Box(PITCH * start, FOOT - 40, PITCH * position, FOOT + 12), confidence))
    boxes = np.array(letters(text, strokes), np.int32)
    found = Components(np.zeros((200, 2000), np.int32), boxes, boxes[:, 2] * boxes[:, 3] // 3)
    prepared: Prepared = replace(EMPTY, text=float(TEXT), components=found)
    (line,) = mark_handwriting([Line(text, tuple(words), block)], prepared)
    assert line.text == text
    return [word.text for word in line.words if word.handwritten]


PEN = {4: (6, 0), 5: (0, 5)}
SLIGHT = {4: (2, 0), 5: (0, 3)}


@pytest.mark.parametrize(
    ("text", "confidence", "strokes", "block", "expected"),
    [
        ("Số: 63 /QĐ-TTg", 0.95, {}, "letterhead-left", []),
        ("Số: 63 /QĐ-TTg", 0.47, {}, "letterhead-left", []),  # bold print, read unsurely: as even as print only is
        ("Số: 63 /QĐ-TTg", 0.3, {}, "letterhead-left", ["63"]),
        ("Số: 63 /QĐ-TTg", 0.95, PEN, "letterhead-left", ["63"]),
        ("Số: 63 /QĐ-TTg", 0.6, SLIGHT, "letterhead-left", ["63"]),
        ("Số: 63 /QĐ-TTg", 0.95, SLIGHT, "letterhead-left", []),
        ("Số: 6 /QĐ-TTg", 0.6, {}, "letterhead-left", ["6"]),  # one digit is too little to tell
        ("Số: G3 /QĐ-TTg", 0.9, {}, "letterhead-left", ["G3"]),
        ("Sở Y tế - Chủ tịch", 0.9, {3: (4, 4)}, "body", []),
        ("SỞ Y TẾ - CÔNG ĐOÀN", 0.9, {}, "letterhead-left", []),
        ("Số: Ô /BB-STP", 0.4, {4: (8, 0)}, "letterhead-left", ["Ô"]),
        ("BNN, ngày Ô tháng 10 năm", 0.4, {10: (8, 0)}, "letterhead-right", ["Ô", "10"]),
    ],
)
def test_pen_and_print(
    text: str, confidence: float, strokes: dict[int, tuple[int, int]], block: Block, expected: list[str]
) -> None:
    assert marked(text, confidence=confidence, strokes=strokes, block=block) == expected
