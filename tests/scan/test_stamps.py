"""The frame stamped on an incoming document is set apart from the text beside it."""

from __future__ import annotations

import cv2
import numpy as np
import pytest

from thidua.scan.clean import Pixels
from thidua.scan.lying import Lying
from thidua.scan.prepare import prepare
from thidua.scan.stamps import split_stamps
from thidua.types import Box, Word

WORDS = [
    Word("CÔNG", Box(80, 210, 140, 230)),
    Word("VĂN", Box(150, 210, 190, 230)),
    Word("ĐẾN", Box(200, 210, 250, 230)),
    Word("Số:...", Box(80, 250, 150, 270)),
    Word("12", Box(160, 245, 200, 270)),
    Word("KẾ", Box(480, 250, 520, 270)),
    Word("HOẠCH", Box(530, 250, 620, 270)),
    Word("đến", Box(400, 900, 440, 920)),
]


def lying(frame: float | None) -> Lying:
    """A page with a stamp's frame that leans by so many degrees."""
    page: Pixels = np.full((1200, 900, 3), 255, np.uint8)
    if frame is not None:
        corners = cv2.boxPoints(((170, 240), (230, 90), frame))
        cv2.polylines(page, [corners.astype(np.int32)], isClosed=True, color=(0, 0, 0), thickness=2)
    return Lying(0, page, prepare(np.full_like(page, 255), 100), np.zeros(0, np.int32))


@pytest.mark.parametrize("lean", [0.0, -3.0, 5.0])
def test_a_stamp_is_set_apart(lean: float) -> None:
    words, lines = split_stamps(WORDS, lying(lean))
    assert [word.text for word in words] == ["KẾ", "HOẠCH", "đến"]
    assert [(line.text, line.block) for line in lines] == [("CÔNG VĂN ĐẾN", "stamp"), ("Số:... 12", "stamp")]


def test_no_frame_no_stamp() -> None:
    assert split_stamps(WORDS, lying(None)) == (WORDS, [])


def test_a_frame_without_the_word_stays() -> None:
    others = [word for word in WORDS if word.text != "ĐẾN"]
    assert split_stamps(others, lying(0.0)) == (others, [])
