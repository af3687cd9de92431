"""Tone placement, look-alike letters, tokens."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from thidua.restore.normalise import canonical_tone, lookalike_edits
from thidua.restore.tokens import tokens
from thidua.trace import replay

PLACEMENTS = [
    ("hoá", "hóa"),
    ("khoẻ", "khỏe"),
    ("uỷ", "ủy"),
    ("Uỷ", "Ủy"),
    ("THUỶ", "THỦY"),
    ("qúy", "quý"),
    ("qủa", "quả"),
    ("gìa", "già"),
    ("gíup", "giúp"),
    ("tòan", "toàn"),
    ("ngòai", "ngoài"),
    ("xóay", "xoáy"),
    ("hùynh", "huỳnh"),
    ("goá", "góa"),
]
SOUND = [
    "hóa",
    "toàn",
    "quý",
    "quả",
    "của",
    "mùa",
    "già",
    "giúp",
    "thuở",
    "huỳnh",
    "khuỷu",
    "được",
    "HOÀNG",
    "ủy ban",
    "hòa",
    "",
]


@pytest.mark.parametrize(("printed", "canonical"), PLACEMENTS)
def test_tone_moves_to_its_canonical_place(printed: str, canonical: str) -> None:
    assert canonical_tone(printed) == canonical


@pytest.mark.parametrize("text", SOUND)
def test_canonical_placement_stays(text: str) -> None:
    assert canonical_tone(text) == text


@given(st.text(alphabet="hoaáàảoóuủyỷqgìiênm AĐ", max_size=20))
def test_canonical_tone_is_idempotent_and_keeps_letters(text: str) -> None:
    once = canonical_tone(text)
    assert canonical_tone(once) == once
    assert len(once) == len(text)

    def letters(value: str) -> str:
        decomposed = unicodedata.normalize("NFD", value)
        return "".join(c for c in decomposed if c not in "\u0300\u0301\u0303\u0309\u0323")

    assert letters(once) == letters(text)


def test_lookalikes_are_edits() -> None:
    text = "Quyết \u00d0ịnh số\u200b 5"
    assert replay(text, lookalike_edits(text)) == "Quyết Định số 5"


@given(st.text(max_size=60))
def test_tokens_cover_what_is_not_white_space(text: str) -> None:
    found = tokens(text)
    assert [text[start:end] for start, end in found] == text.split()
