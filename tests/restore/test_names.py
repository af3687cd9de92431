"""Which words are part of a proper name."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from thidua.restore.names import in_names


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("do ông Nguyễn Văn An, Chủ tịch", "Nguyễn Văn An,"),
        ("tỉnh Đắk Lắk và xã Ea Ô; Ủy ban nhân dân", "Đắk Lắk Ea Ô;"),
        ("Phong trào thi đua của Đảng bộ", ""),
        ("KẾ HOẠCH PHÁT ĐỘNG", ""),
        ("(Hà Nội) Huế, Vinh", "(Hà Nội)"),
        ("", ""),
    ],
)
def test_names(text: str, names: str) -> None:
    tokens = text.split()
    assert [tokens[place] for place in in_names(tokens, [0])] == names.split()


def test_a_name_ends_with_its_line() -> None:
    assert list(in_names(["Hà", "Nội", "Ủy", "ban"], [0, 2])) == [0, 1]


@given(st.lists(st.sampled_from(["", "An", "An,", "(An", "an", "AN", "12", "Ô"]), max_size=12))
def test_places_in_order_and_never_alone(tokens: list[str]) -> None:
    places = list(in_names(tokens, [0]))
    assert places == sorted(set(places))
    assert all({place - 1, place + 1} & set(places) for place in places)
