import json
from pathlib import Path

import pytest

from plan_texts import PLAN, view
from thidua.extract.numbered import join_path
from thidua.extract.numbering import int_to_roman, marker, roman_to_int

CASES = json.loads((Path(__file__).parent / "cases" / "outlines.json").read_text(encoding="utf-8"))


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["about"])
def test_outlines(case: dict[str, list[object]]) -> None:
    text = "KẾ HOẠCH\n\nTổ chức thi đua\n\n" + "\n\n".join(map(str, case["lines"])) + "\n"
    found = [[section.number, section.path, section.level] for section in view(text).outline]
    assert found == case["sections"]


def test_bodies_hold_what_stands_below_a_heading() -> None:
    shown = view(PLAN)
    for section in shown.outline:
        assert section.start < section.end <= section.body_start <= section.body_end
        if section.parent_index is not None:
            parent = shown.outline[section.parent_index]
            assert parent.body_start <= section.start
            assert section.body_end <= parent.body_end
    time = next(s for s in shown.outline if s.heading == "Thời gian")
    assert time.run_in
    assert shown.flat(time.body_start, time.body_end) == "Từ tháng 02/2024 đến hết tháng 5/2024."


def test_section_at() -> None:
    shown = view(PLAN)
    section = shown.section_at(PLAN.index("vườn cây"))
    assert section is not None
    assert section.path == "II.2"
    assert shown.section_at(0) is None


@pytest.mark.parametrize("value", range(1, 50))
def test_romans(value: int) -> None:
    assert roman_to_int(int_to_roman(value)) == value


@pytest.mark.parametrize("text", ["IIX", "VV", "", "ABC", "IIII"])
def test_no_roman(text: str) -> None:
    assert roman_to_int(text) is None


@pytest.mark.parametrize(
    "text", ["11/6/2024), gắn", "2024 là năm", "05 cá nhân", "V/V HỖ TRỢ", "kinh tế", "3.500 người"]
)
def test_no_marker(text: str) -> None:
    assert marker(text) is None


@pytest.mark.parametrize(
    ("parent", "number", "path"),
    [(None, "I", "I"), ("III.3", "3.1", "III.3.1"), ("II", "a", "II.a"), ("3", "3.1", "3.1")],
)
def test_paths(parent: str | None, number: str, path: str) -> None:
    assert join_path(parent, number) == path


@pytest.mark.xfail(strict=True, reason="a heading whose number the reader lost is not numbered by its neighbours")
def test_a_lost_number_is_inferred() -> None:
    lines = ["I. Mục đích", "- Một.", "Đối tượng thanh tra:", "- Hai.", "III. Nội dung", "- Ba."]
    shown = view("KẾ HOẠCH\n\nTổ chức thi đua\n\n" + "\n\n".join(lines) + "\n")
    assert [section.number for section in shown.outline] == ["I", "II", "III"]


def test_the_item_before_is_told_whether_it_is_a_heading_or_not() -> None:
    text = (
        "KẾ HOẠCH\n\nTổ chức thi đua\n\nI. NỘI DUNG\n\n1. Thời gian: Tháng 5.\n\n2. Các đơn vị thực hiện.\n\n"
        "3. Địa điểm: Hội trường.\n\n5. Kinh phí: Ngân sách huyện.\n\nII. TỔ CHỨC THỰC HIỆN\n\n1. Sở Nội vụ: Chủ trì.\n"
    )
    found = [(section.number, section.previous) for section in view(text).outline]
    assert found == [("I", None), ("1", None), ("3", "2"), ("5", "3"), ("II", "I"), ("1", None)]
