import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from thidua.extract import codes

CASES = json.loads((Path(__file__).parent / "cases" / "codes.json").read_text(encoding="utf-8"))


@pytest.mark.parametrize("case", CASES["read"], ids=lambda case: case["code"])
def test_read(case: dict[str, str]) -> None:
    (code,) = codes.find(case["text"])
    assert (code.text, code.kind_code, code.series) == (case["code"], case["kind"], case["series"])
    assert code.year == case.get("year")


@pytest.mark.parametrize("text", CASES["none"])
def test_no_code(text: str) -> None:
    assert list(codes.find(text)) == []


def test_one_key_for_all_spellings_of_a_code() -> None:
    keys = {code.key for code in map(codes.parse, ("19/CT-TTg", "019/CT-TTG", "19/CT-TTG")) if code}
    assert len(keys) == 1


def test_order_of_the_signs_tells_the_series() -> None:
    state, party = codes.parse("45/NQ-TW"), codes.parse("45-NQ/TW")
    assert state is not None
    assert party is not None
    assert (state.series, party.series) == ("state", "party")
    assert state.key != party.key


@given(st.text(alphabet="0123456789/-–KHUBNDĐQTTg \n.,số", max_size=60))
def test_codes_lie_in_the_text_in_order(text: str) -> None:
    position = 0
    for code in codes.find(text):
        assert position <= code.start < code.end <= len(text)
        assert code.text.startswith(code.number)
        position = code.end
