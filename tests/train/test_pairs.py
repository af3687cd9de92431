"""Alignment of what was read with what was printed."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from thidua.train.pairs import Pair, align_rows, align_tokens, page_pairs, read_pairs, skeleton, write_pairs

TOKENS = st.lists(st.text(alphabet="aăbcđeê6,. ".replace(" ", ""), min_size=1, max_size=5), max_size=7)


def groups(text, read):
    text, read = text.split(), read.split()
    return [(" ".join(text[a]), " ".join(read[b])) for a, b in align_tokens(text, read)]


@pytest.mark.parametrize(
    ("text", "read", "expected"),
    [
        ("thi đua yêu nước", "thi dua yéu nwéc", [("thi", "thi"), ("đua", "dua"), ("yêu", "yéu"), ("nước", "nwéc")]),
        ("Nơi nhận: Lưu", "Noinhgn: Luu", [("Nơi nhận:", "Noinhgn:"), ("Lưu", "Luu")]),
        ("toàn quốc lần", "toan qu éc lan", [("toàn", "toan"), ("quốc", "qu éc"), ("lần", "lan")]),
        ("a) Mục đích", "a) Muc dich |", [("a)", "a)"), ("Mục", "Muc"), ("đích", "dich"), ("", "|")]),
        ("số 12 ngày", "12 ngay", [("số", ""), ("12", "12"), ("ngày", "ngay")]),
    ],
)
def test_tokens_are_paired_across_splits_merges_and_losses(text, read, expected):
    assert groups(text, read) == expected


@given(TOKENS, TOKENS)
def test_pairs_cover_both_sides_in_order(text, read):
    pairs = align_tokens(text, read)
    assert [token for a, _ in pairs for token in text[a]] == text
    assert [token for _, b in pairs for token in read[b]] == read


def test_a_line_finds_its_row_or_its_column():
    rows = [("ỦY BAN NHÂN DÂN", "CỘNG HÒA XÃ HỘI"), ("Số: 12/KH-UBND", "Hà Nội, ngày 1 tháng 2")]
    lines = ["UY BAN NHAN DAN", "S6: 12/KH-UBND Ha Noi, ngay 1 thang 2", "CONG HOA XA HOI", "%%%"]
    found = {number: text for text, number in align_rows(rows, lines)}
    assert found == {0: "ỦY BAN NHÂN DÂN", 1: "Số: 12/KH-UBND Hà Nội, ngày 1 tháng 2", 2: "CỘNG HÒA XÃ HỘI"}


def test_look_alikes_share_a_skeleton():
    assert skeleton("Đường") == skeleton("duong")
    assert skeleton("c6") == skeleton("có")


def test_a_page_gives_pairs_with_the_weakest_confidence():
    page = {
        "page": 40, "held_out": True, "profile": "poor", "rows": [["toàn quốc"]],
        "read": {"eng_full": [[("toan", 0.9), ("qu", 0.8), ("éc", 0.2)]]},
    }  # fmt: skip
    assert list(page_pairs(page)) == [
        Pair(40, True, "poor", "eng_full", 0.9, "toan", "toàn"),
        Pair(40, True, "poor", "eng_full", 0.2, "qu éc", "quốc"),
    ]


def test_the_file_of_pairs_gives_back_what_was_written(tmp_path):
    pairs = [Pair(1, False, "clean", "vie", 0.5, "", "mất"), Pair(2, True, "copy", "eng_full", 1.0, "qu éc", "quốc")]
    assert write_pairs(iter(pairs), tmp_path / "pairs.tsv.xz") == 2
    assert list(read_pairs(tmp_path / "pairs.tsv.xz")) == pairs
