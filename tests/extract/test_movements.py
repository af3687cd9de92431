import json
from pathlib import Path

import pytest

from plan_texts import PLAN, section, view
from thidua.extract import movements

CASES = json.loads((Path(__file__).parent / "cases" / "movements.json").read_text(encoding="utf-8"))


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["name"])
def test_names_and_kinds(case: dict) -> None:
    found = movements.find(view(section("NỘI DUNG", case["text"])))
    assert [[movement.name, movement.kind] for movement in found] == case["expect"]


def test_launcher_and_years() -> None:
    text = section(
        "NỘI DUNG",
        "* Các phong trào thi đua do Trung ương phát động:",
        "(1) Phong trào thi đua “Cả nước chung sức xây dựng nông thôn mới” giai đoạn 2021-2025;",
        "* Các phong trào thi đua của thành phố phát động:",
        "(1) Phong trào thi đua “Phố phường xanh”;",
        "Ngoài ra còn phong trào “Ngày chủ nhật xanh” do Thành đoàn phát động.",
    )
    found = movements.find(view(text))
    assert [(m.launched_by, m.start_year, m.end_year) for m in found] == [
        ("Trung ương", 2021, 2025),
        ("thành phố", None, None),
        ("Thành đoàn", None, None),
    ]


def test_the_movement_of_the_title_is_the_plan_itself() -> None:
    text = section("NỘI DUNG", "Phong trào thi đua “Đổi mới sáng tạo” gồm hai đợt.")
    assert (
        movements.find(view(text.replace("Tổ chức thi đua", "Phát động phong trào thi đua “Đổi mới sáng tạo”"))) == []
    )


def test_evidence_is_the_name() -> None:
    for movement in movements.find(view(PLAN)):
        assert PLAN[movement.evidence.start : movement.evidence.end] == movement.name
