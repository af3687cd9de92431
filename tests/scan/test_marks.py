from __future__ import annotations

import pytest

from thidua.scan.marks import join_marks
from thidua.types import Alternative, Box, Word


def line(*texts: str, gap: int = 6) -> list[Word]:
    words, x = [], 10
    for text in texts:
        words.append(Word(text, Box(x, 10, x + 12 * len(text), 36), 0.9, (Alternative(text + "x", 0.1),)))
        x += 12 * len(text) + gap
    return words


@pytest.mark.parametrize(
    ("read", "expected"),
    [
        (["học", "tốt”", ",", "phong"], ["học", "tốt”,", "phong"]),
        (['tốt"', ";"], ['tốt";']),
        (["tốt", ",", "phong"], ["tốt", ",", "phong"]),  # seen only behind quotation marks
        (["“", ",", "phong"], ["“", ",", "phong"]),
        ([",", "tốt”"], [",", "tốt”"]),
        (["tốt”", "..."], ["tốt”", "..."]),
    ],
)
def test_a_mark_goes_with_the_quotation_mark_before_it(read: list[str], expected: list[str]) -> None:
    words = join_marks(line(*read))
    assert [word.text for word in words] == expected
    assert words[-1].box is not None
    assert words[-1].box.x1 == line(*read)[-1].box.x1  # type: ignore[union-attr]


def test_readings_and_wide_gaps() -> None:
    (word,) = join_marks(line("tốt”", ","))
    assert [other.text for other in word.alternatives] == ["tốt”x,"]
    assert len(join_marks(line("tốt”", ",", gap=40))) == 2
