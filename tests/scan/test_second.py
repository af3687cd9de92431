"""Two readings of the same segments, combined word by word."""

from __future__ import annotations

from dataclasses import replace

from thidua.scan.second import combine, is_unsure
from thidua.types import Alternative, Box, Word


def word(text: str, x0: int, x1: int, confidence: float, y0: int = 0) -> Word:
    return Word(text, Box(x0, y0, x1, y0 + 30), confidence)


def texts(words: list[Word]) -> list[str]:
    return [w.text for w in words]


def test_the_better_reading_of_an_unsure_word_wins_and_the_other_stays_possible() -> None:
    (best,) = combine([word("tồ", 0, 40, 0.3)], [word("tổ", 2, 39, 0.8)])
    assert best.text == "tổ"
    assert best.box == Box(0, 0, 40, 30)
    assert [a.text for a in best.alternatives] == ["tồ"]
    (best,) = combine([word("tổ", 0, 40, 0.45)], [word("tồ", 2, 39, 0.1)])
    assert best.text == "tổ"


def test_a_sure_word_stays() -> None:
    assert texts(combine([word("chức", 0, 60, 0.6)], [word("chúc", 0, 60, 0.99)])) == ["chức"]


def test_a_word_that_is_two_is_parted_where_both_are_surer() -> None:
    first = [word("-Vp,", 0, 70, 0.0), word("UBND", 80, 140, 0.9)]
    second = [word("-", 0, 10, 0.9), word("VP.", 20, 70, 0.9), word("UBND", 80, 140, 0.9)]
    assert texts(combine(first, second)) == ["-", "VP.", "UBND"]
    unsure = [word("-", 0, 10, 0.0), word("V", 20, 40, 0.9), word("P.", 45, 70, 0.9)]
    assert texts(combine([word("-VP.", 0, 70, 0.1)], unsure)) == ["-VP."]


def test_what_only_the_second_reading_found_is_added_where_it_is_sure() -> None:
    first = [word("thành", 0, 60, 0.9, y0=40)]
    assert texts(combine(first, [word("vụ;", 0, 40, 0.7), word("thành", 0, 60, 0.9, y0=40)])) == ["thành", "vụ;"]
    assert texts(combine(first, [word("~ỏ", 0, 40, 0.3)])) == ["thành"]


def test_a_figure_that_could_be_another_is_read_again() -> None:
    year = word("2035;", 0, 60, 0.84)
    assert not is_unsure(replace(year, alternatives=(Alternative("2025;", 0.1),)))
    doubtful = replace(year, alternatives=(Alternative("2025;", 0.4),))
    assert is_unsure(doubtful)
    assert not is_unsure(replace(doubtful, text="chức", alternatives=(Alternative("chúc", 0.4),)))
    (best,) = combine([doubtful], [word("2025;", 0, 60, 0.95)])
    assert best.text == "2025;"
    assert best.confidence < 0.7  # two readings have it differently
    (same,) = combine([doubtful], [word("2035;", 0, 60, 0.95)])
    assert (same.text, same.confidence) == ("2035;", 0.95)
