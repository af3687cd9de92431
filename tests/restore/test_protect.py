"""Tokens that no model may spell anew."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from thidua.restore.protect import fixed, punctuated

KEPT = [
    "2024",
    "2024;",
    "100%",
    "21/02/2024",
    "(30/4/1975",
    "2021-2025",
    "20.000",
    "19h00’",
    "5G",
    "3G/4G:",
    "-",
    "+",
    "./.",
    "“",
    "*",
    "05-CT/TW",
    "(480/KH-PGDĐT),",
    "vanthu@haiphong.gov.vn",
    "https://thiduakhenthuongvn.org.vn/tin-tuc;",
    "dichvucong.gov.vn",
    "59A-123.45",
]
MENDED = [
    ("1516/QD-TTg,", "1516/QĐ-TTg,"),
    ("ngay16", "ngày 16"),
    ("(l5/5/2016)", "(15/5/2016)"),
    ("0,6%/nam.", "0,6%/năm."),
    ("5%/thdng", "5%/tháng"),
]
FREE = ["s6", "t6t", "16n", "1ap", "d6i", "“Phat", "Dang.", "KH", "XVII", "&", "tinh[1],", "¢6"]


@pytest.mark.parametrize("form", KEPT)
def test_kept_as_it_is(form: str) -> None:
    for mend in (True, False):
        rule = fixed(form, mend=mend)
        assert rule is not None
        assert rule.text == form


@pytest.mark.parametrize(("form", "printed"), MENDED)
def test_mended_only_in_text_that_was_read(form: str, printed: str) -> None:
    rule = fixed(form, mend=True)
    assert rule is not None
    assert rule.text == printed
    sound = fixed(form, mend=False)
    assert sound is None or sound.text == form


@pytest.mark.parametrize("form", FREE)
def test_words_are_left_to_the_models(form: str) -> None:
    assert fixed(form, mend=True) is None


@given(st.text(max_size=20).filter(str.strip))
def test_parts_join_to_the_token(form: str) -> None:
    parts = punctuated(form)
    assert parts.opening + parts.core + parts.closing == form


@given(st.text(alphabet="0123456789/.,-:%KHQDTtgUBNĐCPWnayOl() ", min_size=1, max_size=16))
def test_no_digit_is_changed(form: str) -> None:
    rule = fixed(form, mend=True)
    if rule is not None and rule.rule != "date":
        assert re.findall(r"\d", rule.text) == re.findall(r"\d", form)
