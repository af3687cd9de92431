import pytest

from plan_texts import PLAN, section, view
from thidua.extract import responsibilities
from thidua.extract.bodies import body_at


def units(*paragraphs: str) -> list[str]:
    return [r.unit for r in responsibilities.find(view(section("TỔ CHỨC THỰC HIỆN", *paragraphs)))]


def test_headings_with_and_without_a_call() -> None:
    found = responsibilities.find(view(PLAN))
    assert [(r.unit, r.text) for r in found] == [
        ("Các trường trực thuộc", "Xây dựng kế hoạch; báo cáo kết quả trước ngày 20/5/2024."),
        ("Công đoàn ngành", "Phối hợp vận động đoàn viên tham gia."),
    ]


@pytest.mark.parametrize(
    ("line", "unit"),
    [
        ("1. Sở Tài chính chủ trì, phối hợp với các sở bố trí kinh phí.", "Sở Tài chính"),
        ("2. Giao Sở Tư pháp theo dõi, đôn đốc.", "Sở Tư pháp"),
        ("- Phòng Nội vụ: Thẩm định hồ sơ.", "Phòng Nội vụ"),
        ("Các cơ quan, đơn vị căn cứ nhiệm vụ được giao xây dựng kế hoạch.", "Các cơ quan, đơn vị"),
        ("3. Hội đồng Thi đua - Khen thưởng huyện hướng dẫn, kiểm tra.", "Hội đồng Thi đua - Khen thưởng huyện"),
        ("3. Cơ quan Ủy ban Kiểm tra Huyện ủy tham mưu đưa vào chương trình.", "Cơ quan Ủy ban Kiểm tra Huyện ủy"),
        ("- Hiệu trưởng các trường chịu trách nhiệm triển khai.", "Hiệu trưởng các trường"),
    ],
)
def test_the_subject_of_a_sentence(line: str, unit: str) -> None:
    assert units(line) == [unit]


def test_list_below_a_unit_belongs_to_it() -> None:
    text = section(
        "TỔ CHỨC THỰC HIỆN",
        "Các trường căn cứ kế hoạch này:",
        "- Phát động thi đua;",
        "- Phòng ngừa bạo lực học đường.",
    )
    (found,) = responsibilities.find(view(text))
    assert found.unit == "Các trường"
    assert found.text.endswith("Phát động thi đua; Phòng ngừa bạo lực học đường.")


@pytest.mark.parametrize(
    "line",
    [
        "Trên đây là Kế hoạch, đề nghị các đơn vị thực hiện./.",
        "Báo cáo kết quả trước ngày 30/11.",
        "Ban hành kế hoạch.",
    ],
)
def test_no_body_is_named(line: str) -> None:
    assert units(line) == []


@pytest.mark.parametrize(
    ("text", "is_body"),
    [
        ("Sở Nội vụ", True),
        ("Đề nghị Ban Thường trực", True),
        ("Phòng, chống", False),
        ("Đoàn kết nội bộ", False),
        ("Bảo đảm kinh phí", False),
    ],
)
def test_bodies(text: str, is_body: bool) -> None:
    assert (body_at(text) is not None) is is_body


@pytest.mark.parametrize(
    ("heading", "unit"),
    [
        ("1. Sở Y tế chỉ đạo các bệnh viện thực hiện các nội dung sau:", "Sở Y tế"),
        ("1. Đề nghị Ủy ban nhân dân xã phối hợp", "Ủy ban nhân dân xã"),
        ("1. Cơ quan chủ trì", "Cơ quan chủ trì"),
        ("1. Đề nghị: Hội Nông dân tỉnh, Liên minh Hợp tác xã tỉnh", "Hội Nông dân tỉnh, Liên minh Hợp tác xã tỉnh"),
        ("1. Các Sở: Tài chính, Công Thương có nhiệm vụ:", "Các Sở: Tài chính, Công Thương"),
        ("1. Ban Chỉ đạo", "Ban Chỉ đạo"),
    ],
)
def test_a_heading_that_leads_in_the_duties(heading: str, unit: str) -> None:
    assert units(heading, "- Tổng hợp kết quả.") == [unit]


def test_what_the_issuer_demands_of_others_is_not_its_own_duty() -> None:
    assert units("Ủy ban nhân dân tỉnh yêu cầu các cơ quan, đơn vị nghiêm túc triển khai thực hiện./.") == []


def test_content_whose_parts_are_headed_by_bodies_gives_them_work() -> None:
    parts = ("1. Sở Y tế", "- Khám bệnh.", "2. Sở Tài chính", "- Bố trí kinh phí.", "3. Công an tỉnh", "- Giữ trật tự.")
    found = responsibilities.find(view(section("NHIỆM VỤ CỤ THỂ", *parts)))
    assert [r.unit for r in found] == ["Sở Y tế", "Sở Tài chính", "Công an tỉnh"]


def test_a_verb_behind_the_word_for_deed_does_not_end_the_name() -> None:
    line = "1. Các sở có liên quan tới việc thực hiện Kế hoạch có trách nhiệm báo cáo."
    assert units(line) == ["Các sở có liên quan tới việc thực hiện Kế hoạch"]


def test_the_closing_demand_is_nobodys_duty() -> None:
    demand = "Yêu cầu các bộ phận chuyên môn nghiêm túc triển khai thực hiện./."
    (found,) = responsibilities.find(view(section("TỔ CHỨC THỰC HIỆN", "1. Phòng Nội vụ: Tổng hợp.", demand)))
    assert found.text == "Tổng hợp."


def test_departments_of_a_hospital_and_who_gathers_others() -> None:
    lines = ("1. Các khoa, phòng: phổ biến Kế hoạch.", "2. Tổ trưởng chuyên môn tổ chức cho tổ viên đăng ký.")
    assert units(*lines) == ["Các khoa, phòng", "Tổ trưởng chuyên môn"]
