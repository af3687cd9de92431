"""What readers make of numerals, counted over pairs; headings to learn it from."""

from __future__ import annotations

import numpy as np

from thidua.restore.outline_numbers import opening
from thidua.train.drills import headings
from thidua.train.list_numbers import counts
from thidua.train.pairs import Pair


def pair(form: str, text: str, *, held_out: bool = False) -> Pair:
    return Pair(1, held_out, "typical", "eng_full", 0.9, form, text)


def test_strokes_are_counted_by_numeral() -> None:
    found = counts([pair("I1.", "II."), pair("I1", "II."), pair("L.", "I."), pair("1.", "1."), pair("Noi", "II.")])
    assert found == {("eng", 2, "I1"): 2, ("eng", 1, "L"): 1}
    assert not counts([pair("I1.", "II.", held_out=True)])


def test_headings_have_one_number_each() -> None:
    lines = headings(
        ["I. MỤC ĐÍCH, YÊU CẦU", "TỔ CHỨC THỰC HIỆN"], ["a) Phát động thi đua", "- Sơ kết"], np.random.default_rng(1)
    )
    for line in lines:
        number, rest = line.split(" ", 1)
        assert number.endswith(".")
        assert not rest.startswith(("I.", "a)", "-"))
        assert opening(line.split()) is not None
