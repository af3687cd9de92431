"""The whole restoration: what is restored, what must not change, and what holds for any text."""

from __future__ import annotations

import json
import random
import re
import time
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from thidua.errors import UsageError
from thidua.restore import Lexicon, restore_text
from thidua.trace import replay
from thidua.types import Restored

FOLDER = Path(__file__).parent / "cases"


def cases(name: str) -> list[dict[str, str]]:
    found: list[dict[str, str]] = json.loads((FOLDER / f"{name}.json").read_text(encoding="utf-8"))
    return found


def check(restored: Restored) -> None:
    """What holds for every restoration."""
    assert replay(restored.source, restored.edits) == restored.text
    assert restored.text.count("\n") == restored.source.count("\n")
    for edit in restored.edits:
        assert edit.before != edit.after
        assert 0 <= edit.confidence <= 1
        assert edit.rule
    for stretch in restored.unsure:
        assert 0 <= stretch.start < stretch.end <= len(restored.source)


@pytest.mark.parametrize("case", cases("in_the_wild") + cases("synthetic"), ids=lambda case: case["source"][:40])
def test_restored(case: dict[str, str]) -> None:
    restored = restore_text(case["source"])
    check(restored)
    assert restored.text == case["printed"]


@pytest.mark.parametrize(
    "case",
    [pytest.param(case, marks=pytest.mark.xfail(reason=case["why"])) for case in cases("known_failures")],
    ids=lambda case: case["source"][:40],
)
def test_known_failure(case: dict[str, str]) -> None:
    assert restore_text(case["source"]).text == case["printed"]


@pytest.mark.parametrize("text", json.loads((FOLDER / "must_not_change.json").read_text(encoding="utf-8")))
def test_must_not_change(text: str) -> None:
    restored = restore_text(text)
    assert restored.text == text
    assert restored.edits == ()


@pytest.mark.parametrize("case", cases("in_the_wild") + cases("synthetic"), ids=lambda case: case["source"][:40])
def test_twice_changes_nothing_more(case: dict[str, str]) -> None:
    once = restore_text(case["source"]).text
    assert restore_text(once).text == once


@pytest.mark.parametrize("case", cases("in_the_wild"), ids=lambda case: case["source"][:40])
def test_damaged_lines_in_a_sound_document(case: dict[str, str]) -> None:
    sound = "Ủy ban nhân dân tỉnh ban hành Kế hoạch tổ chức phong trào thi đua trong toàn tỉnh như sau:\n" * 4
    restored = restore_text(f"{sound}\n{case['source']}\n\n{sound}")
    assert restored.text.startswith(sound)
    assert restored.text.endswith(sound)
    assert all(len(sound) < edit.start < len(sound) + len(case["source"]) + 2 for edit in restored.edits)


@settings(max_examples=40, deadline=None)
@given(st.integers(0, 99_999), st.integers(1, 28), st.integers(1, 12), st.integers(1990, 2030), st.integers(0, 10**7))
def test_numbers_keep_their_digits(number: int, day: int, month: int, year: int, amount: int) -> None:
    source = (
        f"Thuc hién Ké hoach s6 {number}/KH-UBND ngay {day:02}/{month}/{year} cua Uy ban nhan dan tinh,\n"
        f"ngay {day} thang {month} nam {year}, kinh phi {amount:,} dong cho {number} don vi nam {year}-{year + 1}."
    )
    restored = restore_text(source)
    assert re.findall(r"\d+", restored.text) == re.findall(r"\d+", source.replace("s6", ""))


@settings(max_examples=60, deadline=None)
@given(st.text(max_size=120))
def test_any_text(text: str) -> None:
    restored = restore_text(text)
    check(restored)
    assert restore_text(restored.text).text == restored.text


DAMAGED = [
    "Ké",
    "hoach",
    "Pai",
    "hoi",
    "18",
    "16n",
    "&",
    "¢",
    "~",
    "I1.",
    "|.",
    "s6",
    "05-CT/TW",
    "QD-TTg",
    "ngay16",
    "Đảng",
    "ﬁ",
    "tién",
    "tié\u200bn",
]


@settings(max_examples=40, deadline=None)
@given(st.lists(st.sampled_from([*DAMAGED, "\n"])))
def test_shuffled_damage(words: list[str]) -> None:
    restored = restore_text(" ".join(words))
    check(restored)
    assert restore_text(restored.text).text == restored.text


def test_random_strings() -> None:
    chosen = random.Random(30)
    letters = [chr(c) for c in range(32, 127)] + list("àáảãạăâđêôơưĐ\n\t¢£€©™ﬁ\u200b\u0301\u00d0\u0000\u2028\U0001f600")
    for _ in range(1_500):
        check(restore_text("".join(chosen.choices(letters, k=chosen.randint(0, 12)))))


@pytest.mark.parametrize(
    "unit", ["a", "a1&", "1/", ".", "(", "I", "ab-", "a@", "a.", "Ké hoach ", "Kế hoạch ", "\n", "~ "]
)
def test_one_endless_line_takes_linear_time(unit: str) -> None:
    def seconds(size: int) -> float:
        text = unit * (size // len(unit))
        start = time.process_time()
        check(restore_text(text))
        return time.process_time() - start

    seconds(10_000)
    assert seconds(200_000) < 40 * max(seconds(20_000), 0.05)


@pytest.mark.parametrize(
    ("source", "names"),
    [
        ("KT. TRUONG PHONG\nPHO TRUONG PHONG\n\nTran Thi Diéu Thuy", {"Thuy"}),
        ("Thuc hién Ké hoach cua Uy ban nhan dan tinh Quang Ninh vé phong trao thi dua", set()),
    ],
)
def test_names_that_only_the_page_knows_are_unsure(source: str, names: set[str]) -> None:
    restored = restore_text(source)
    check(restored)
    assert {restored.source[stretch.start : stretch.end] for stretch in restored.unsure} >= names
    assert bool(restored.unsure) == bool(names)


def test_dirt_before_a_list_number_is_passed_over() -> None:
    lines = ("a) Phat huy tinh than", "b) Thwc hién tét nhiém vu", ". ©) Trién khai ké hoach thi dua cua don vi")
    restored = restore_text("\n".join(lines)).text.split("\n")
    assert [line.lstrip(". ").split(" ")[0] for line in restored] == ["a)", "b)", "c)"]


def test_a_section_number_is_mended_or_marked() -> None:
    lines = ("1. Muc dich ctia dot thi dua", "Tao khi thé thi dua s6i ndi trong don vi", "IL. Noi dung thi dua")
    restored = restore_text("\n".join(lines))
    assert restored.text.split("\n")[2].startswith("II.")
    assert restored.text.startswith("I.") or any(stretch.start == 0 for stretch in restored.unsure)


def test_lexicon_teaches_a_name() -> None:
    source = "Thuc hién Ké hoach phat dong phong trao thi dua tai xa Kpang Krdng va truong Tiéu hoc Kpang Krdng"
    lexicon = Lexicon.of(["Kpăng Krông"])
    restored = restore_text(source, lexicon=lexicon)
    check(restored)
    assert restored.text.count("Kpăng Krông") == 2
    assert "Kpăng Krông" not in restore_text(source).text


def test_lexicon_leaves_sound_text_alone() -> None:
    text = "Ủy ban nhân dân xã An Lạc tổ chức phong trào thi đua."
    assert restore_text(text, lexicon=Lexicon.of(["An Lão"])).text == text


def test_lexicon_file(tmp_path: Path) -> None:
    path = tmp_path / "words.txt"
    path.write_text("# names\nAn Lão\n\nKpă Klơng\n", encoding="utf-8")
    assert Lexicon.read(path) == Lexicon.of(["Kpă Klơng", "An Lão"])
    with pytest.raises(UsageError, match=r"missing\.txt"):
        Lexicon.read(tmp_path / "missing.txt")
