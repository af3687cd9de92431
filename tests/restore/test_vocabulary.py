from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from thidua.restore.vocabulary import CLASSES, Shape, Vocabulary, pieces, shape

UNITS = [
    ("Ngày 21/02/2024, Đại hội XIII;", ["ngày", "<date>", ",", "đại", "hội", "<roman>", ";"]),
    ("“Dạy tốt, học tốt”", ['"', "dạy", "tốt", ",", "học", "tốt", '"']),
    ("480/KH-PGDĐT năm 2024", ["<code>", "năm", "<year>"]),
    ("QĐ-TTg", ["qđ", "-", "ttg"]),
    ("GD&ĐT; 100% đơn vị", ["gd&đt", ";", "<num>", "đơn", "vị"]),
    ("hoá Uỷ ban", ["hóa", "ủy", "ban"]),
    ("2021 - 2025", ["<year>", "-", "<year>"]),
    ("2021-2025 v.v...", ["<date>", "v", ".", "v", "."]),
    ("th6ng", ["<code>"]),
    ("", []),
    ("§ €", []),
]


@pytest.mark.parametrize(("text", "units"), UNITS)
def test_units_of_a_text(text: str, units: list[str]) -> None:
    assert [piece.unit for piece in pieces(text)] == units


@pytest.mark.parametrize(
    ("word", "expected"),
    [("đại", Shape.LOWER), ("Đại", Shape.TITLE), ("ĐẠI", Shape.UPPER), ("TTg", Shape.UPPER), ("Ý", Shape.SINGLE)],
)
def test_shape(word: str, expected: Shape) -> None:
    assert shape(word) == expected


@given(st.text())
def test_any_text_has_units(text: str) -> None:
    assert all(piece.unit and piece.length for piece in pieces(text))


def test_a_vocabulary_starts_with_the_classes() -> None:
    with pytest.raises(ValueError, match="starts with the classes"):
        Vocabulary(["thi", "đua"])
    vocabulary = Vocabulary([*CLASSES, "thi", "đua"])
    assert vocabulary.encode("Thi đua xyz") == (len(CLASSES), len(CLASSES) + 1, 0)
