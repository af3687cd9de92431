"""The vote of a second reader on unsure words, with a made-up recogniser."""

from __future__ import annotations

import sys

import numpy as np
import pytest

from thidua.errors import SetupError
from thidua.scan import asterocr
from thidua.scan.clean import Pixels
from thidua.types import Box, Word

PAGE = np.full((100, 2500), 255, np.uint8)
TEXT = 20.0


def ask(word: Word, reading: str, confidence: float) -> tuple[Word, list[tuple[int, ...]]]:
    """The word after the vote, and the sizes of the crops that were shown."""
    shown: list[tuple[int, ...]] = []

    def recognise(crop: Pixels) -> tuple[str, float]:
        shown.append(crop.shape)
        return reading, confidence

    (voted,) = asterocr.vote([word], PAGE, TEXT, recognise)
    return voted, shown


def word(text: str, confidence: float, width: int = 60) -> Word:
    return Word(text, Box(50, 40, 50 + width, 70), confidence)


@pytest.mark.parametrize(
    ("first", "confidence", "second", "sure", "winner"),
    [
        ("l6", 0.85, "16", 0.95, "16"),
        ("16", 0.85, "l6", 0.95, "16"),
        ("tố", 0.40, "tổ", 0.99, "tổ"),
        ("tố", 0.80, "tổ", 0.50, "tố"),
        ("Hà", 0.30, "", 0.0, "Hà"),
        ("Giang", 0.30, "Gi ang", 0.9, "Giang"),
    ],
)
def test_the_better_reading_wins_and_the_other_stays_possible(
    first: str, confidence: float, second: str, sure: float, winner: str
) -> None:
    voted, shown = ask(word(first, confidence), second, sure)
    assert voted.text == winner
    assert voted.box == Box(50, 40, 110, 70)
    assert shown == [(30 + 2 * 7, 60 + 2 * 5)]
    joined = second.replace(" ", "")
    if joined and joined != first:
        assert {a.text for a in voted.alternatives} == {first, joined} - {winner}


def test_a_vote_makes_nothing_sure() -> None:
    for first in ("63", "6B"):
        voted, _ = ask(word(first, 0.3), "63", 1.0)
        assert voted.text == "63"
        assert voted.confidence < 0.7


@pytest.mark.parametrize("kept", [word("tổ", 0.95), word("–", 0.2), word("dài", 0.2, width=2000)])
def test_sure_words_marks_and_what_is_too_wide_are_not_asked_about(kept: Word) -> None:
    assert ask(kept, "x", 1.0) == (kept, [])


def test_best_path_of_the_network() -> None:
    steps = np.full((6, 4), -9.0, np.float32)
    for step, index in enumerate((1, 1, 0, 1, 3, 2)):
        steps[step, index] = 0.0
    steps[5] = np.log([0.1, 0.1, 0.7, 0.1])
    text, confidence = asterocr._decode(steps, {1: "b", 2: "ổ", 3: "ộ"}, 0)
    assert text == "bbộổ"
    assert confidence == pytest.approx(0.7, abs=0.01)


def test_it_is_asked_for_only_where_it_is_installed(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "asterocr.vocab", None)  # as if it were not
    asterocr._load.cache_clear()
    assert asterocr.find_recogniser(None) is None
    assert asterocr.find_recogniser(False) is None
    with pytest.raises(SetupError, match=r"thidua\[asterocr\]"):
        asterocr.find_recogniser(True)
