import json
from pathlib import Path

import pytest

from plan_texts import PLAN, section, view
from thidua.extract import award_terms, awards, header
from thidua.record import Award
from thidua.resources import rows


def awards_of(text: str) -> list[Award]:
    seen = view(text)
    return awards.find(seen, header.find(seen))


CASES = json.loads((Path(__file__).parent / "cases" / "awards.json").read_text(encoding="utf-8"))


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["name"])
def test_awards(case: dict) -> None:
    found = [a.model_dump() for a in awards_of(section(case["heading"], *case["paragraphs"]))]
    assert len(found) == len(case["expect"])
    for award, expected in zip(found, case["expect"], strict=True):
        quotas = [[q["unit"], q["quantity"], *q["recipients"]] for q in award["quotas"]]
        assert {name: quotas if name == "quotas" else award[name] for name in expected} == expected


def test_what_is_above_the_issuer_is_a_proposal() -> None:
    found = {award.level: award for award in awards_of(PLAN)}
    assert found["province"].by_proposal is True
    assert found["district"].by_proposal is False
    assert found["district"].level_text == "Cấp huyện"


def test_another_body_of_the_issuers_level_is_proposed_to() -> None:
    head = "HỘI LHPN HUYỆN HẢI BÌNH\nBCH HỘI LHPN XÃ HẢI AN\nCỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM\n\n"
    lines = ("- Đề nghị Chủ tịch UBND xã tặng Giấy khen.", "- Đề nghị Hội LHPN huyện tặng Giấy khen.")
    found = awards_of(head + section("KHEN THƯỞNG", *lines, "- Hội LHPN xã tặng Giấy khen."))
    assert [(a.level, a.by_proposal) for a in found] == [("commune", True), ("district", True), ("commune", False)]


def test_thanh_pho_below_a_province_is_a_district() -> None:
    text = section("KHEN THƯỞNG", "- Chủ tịch UBND thành phố tặng Giấy khen.")
    nation = "\nCỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM\n\n"
    assert [a.level for a in awards_of(text)] == ["province"]
    assert [a.level for a in awards_of("UBND THÀNH PHỐ BẮC SÔNG" + nation + text)] == ["district"]
    assert [a.level for a in awards_of("UBND TỈNH HÀ SƠN" + nation + text)] == ["district"]
    assert [a.level for a in awards_of("UBND THÀNH PHỐ HẢI PHÒNG" + nation + text)] == ["province"]
    named = awards_of(text + "Trình Chủ tịch UBND tỉnh khen thưởng.")
    assert named[0].level == "district"


@pytest.mark.parametrize("table", ["award_forms.tsv", "award_titles.tsv", "award_authorities.tsv", "award_levels.tsv"])
def test_rows_name_levels_of_the_record(table: str) -> None:
    for row in rows(table):
        assert row["level"] in {"", *award_terms.LEVELS}
        assert set(filter(None, row.get("decided_at", "").split("|"))) <= set(award_terms.LEVELS)
        assert set(filter(None, row.get("recipients", "").split("|"))) <= {"collective", "individual"}
        assert all(pattern == pattern.strip() for pattern in row["pattern"].split("|"))


def test_roads_and_growth_commend_nobody() -> None:
    line = "- Tăng cường xây dựng các tuyến đường; đề xuất Ủy ban nhân dân tỉnh đầu tư hạ tầng cho tập thể người dân."
    assert awards_of(section("TỔ CHỨC THỰC HIỆN", line)) == []
