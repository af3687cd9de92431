"""Who read a line: sound Vietnamese and other languages are never taken for damaged text."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from thidua.restore.detect import Profile, line_profiles

SOUND = [
    "Căn cứ Luật Tổ chức chính quyền địa phương ngày 19 tháng 6 năm 2015;",
    "Ủy ban nhân dân tỉnh ban hành Kế hoạch như sau:",
    "1. Phát động các phong trào thi đua thường xuyên, theo chuyên đề.",
]
GARBLED = [
    "Can cir Luat T6 chirc chinh quyén dia phuong ngay 19 thang 6 nam 2015;",
    "Uy ban nhan dan tinh ban hanh Ké hoach nhu sau:",
    "1. Phat dong cac phong trao thi dua thuong xuyén, theo chuyén dé.",
]
ENGLISH = [
    "The quick brown fox jumps over the lazy dog while the committee reviews the annual report.",
    "This agreement shall be governed by the laws of the country where the work was performed.",
]


def labels(*lines: str) -> list[Profile]:
    return line_profiles([line.split() for line in lines])


@pytest.mark.parametrize(("lines", "profile"), [(SOUND, "vie"), (GARBLED, "eng"), (ENGLISH, "other")])
def test_whole_text(lines: list[str], profile: Profile) -> None:
    assert labels(*lines) == [profile] * len(lines)


@pytest.mark.parametrize(
    ("line", "profile"),
    [
        ("Kế hoạch", "vie"),
        ("Ké hoach", "eng"),
        ("Hello World", "other"),
        ("12345", "other"),
        ("UBND", "other"),
        ("", "other"),
    ],
)
def test_short_text(line: str, profile: Profile) -> None:
    assert labels(line) == [profile]


def test_mixed_document() -> None:
    assert labels(*SOUND, *GARBLED, *SOUND, *ENGLISH, *SOUND) == (
        ["vie"] * 3 + ["eng"] * 3 + ["vie"] * 3 + ["other"] * 2 + ["vie"] * 3
    )


@pytest.mark.parametrize(
    "line",
    [
        "324 cas so véi cing k), tir vong 1 cas (giam 01 cas so vdi cing ky)'.",
        "- Slf')t xudt hgyét c6 168 cas méc, tr vong 0 cas, so vdi thang trude giam",
    ],
)
def test_a_line_with_foreign_words_is_damaged_like_its_neighbours(line: str) -> None:
    assert labels(*GARBLED, line, line, *GARBLED) == ["eng"] * 8


def test_a_misread_signature_at_the_end_is_no_other_language() -> None:
    assert labels(*GARBLED, "GIAM POC", "(Baky)", "BSCKII. Lé Hoang Phtic") == ["eng"] * 6
    assert labels(*GARBLED, *ENGLISH) == ["eng"] * 3 + ["other"] * 2


@pytest.mark.parametrize(
    "line",
    [
        "Le comité a décidé de la date de la réunion et de la liste des membres",
        "Non è possibile aprire il file di dati: la cartella non esiste",
        "Se ha producido un error al leer la configuración del sistema",
    ],
)
def test_another_language_is_told_from_damage_in_one_line(line: str) -> None:
    assert labels(line) == ["other"]


def test_a_foreign_line_in_sound_text_is_not_damaged() -> None:
    assert "eng" not in labels(*SOUND, "Facebook, Microsoft Teams, Google Classroom, Zoom Meeting", *SOUND)


def test_a_line_of_numbers_follows_its_surroundings() -> None:
    assert labels(*GARBLED, "12/2024 - 15%", *GARBLED) == ["eng"] * 7


@given(st.lists(st.lists(st.text(min_size=1, max_size=8), max_size=6), max_size=8))
def test_one_label_a_line(lines: list[list[str]]) -> None:
    assert len(line_profiles(lines)) == len(lines)
