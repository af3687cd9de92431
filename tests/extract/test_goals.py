import pytest

from plan_texts import PLAN, section, view
from thidua.extract import goals
from thidua.extract.quantities import quantities


def test_kinds_sections_and_text() -> None:
    found = [(goal.kind, goal.section, goal.text) for goal in goals.find(view(PLAN))]
    assert found == [
        ("purpose", "I.1", "Tạo khí thế thi đua sôi nổi trong toàn ngành."),
        ("purpose", "I.1", "Góp phần hoàn thành nhiệm vụ năm học 2023-2024."),
        (
            "requirement",
            "I.2",
            "100% các đơn vị trường học hưởng ứng phong trào; ít nhất 02 mô hình mới được nhân rộng.",
        ),
    ]


@pytest.mark.parametrize(
    ("heading", "kind"),
    [
        ("MỤC ĐÍCH - YÊU CẦU", "purpose-requirement"),
        ("MỤC ĐÍCH, Ý NGHĨA", "purpose"),
        ("YÊU CẦU", "requirement"),
        ("MỤC TIÊU CHỦ YẾU", "target"),
        ("MỤC ĐICH, YÊU CAU", "purpose-requirement"),
        ("MỤC DỊCH, YEU CẢN", "purpose-requirement"),
    ],
)
def test_kind_follows_the_heading(heading: str, kind: str) -> None:
    (goal,) = goals.find(view(section(heading, "- Phấn đấu hoàn thành nhiệm vụ.")))
    assert goal.kind == kind


def test_labels_inside_a_section_divide_it() -> None:
    text = section("MỤC ĐÍCH, YÊU CẦU", "* Mục đích:", "- Nâng cao nhận thức.", "* Yêu cầu:", "- Bảo đảm thiết thực.")
    assert [(g.kind, g.text) for g in goals.find(view(text))] == [
        ("purpose", "Nâng cao nhận thức."),
        ("requirement", "Bảo đảm thiết thực."),
    ]


def test_a_line_that_leads_in_a_list_is_no_goal() -> None:
    text = section("MỤC TIÊU", "Phấn đấu đạt các chỉ tiêu sau:", "- 90% trường đạt chuẩn.", "- 05 mô hình mới.")
    assert [g.text for g in goals.find(view(text))] == ["90% trường đạt chuẩn.", "05 mô hình mới."]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Phấn đấu 98,5% hộ gia đình tham gia.", [(98.5, "%", "98,5% hộ gia đình")]),
        ("- 100% các đơn vị, cơ sở giáo dục triển khai.", [(100, "%", "100% các đơn vị, cơ sở giáo dục")]),
        ("Hỗ trợ hơn 20.000 hộ, 1.250 học sinh.", [(20000, "hộ", "20.000 hộ"), (1250, "học sinh", "1.250 học sinh")]),
        ("Có ít nhất 02 mô hình/đơn vị.", [(2, "mô hình", "02 mô hình")]),
        ("Năm 2025, ngày 15/10/2025, Điều 5 Nghị định 98/2023/NĐ-CP, kế hoạch 5 năm, lần thứ 3.", []),
        ("Giai đoạn 2021-2025 các đơn vị tự đánh giá.", []),
    ],
)
def test_quantities(text: str, expected: list[tuple[float, str, str]]) -> None:
    assert [(q.value, q.unit, q.text) for q in quantities(text)] == expected


def test_a_number_before_an_amount_is_the_items_own() -> None:
    text = section("CHỈ TIÊU", "1. 100% các trường đăng ký.", "2. 05 mô hình mới.", "- 1.500 đoàn viên tham gia.")
    assert [goal.text for goal in goals.find(view(text))] == [
        "100% các trường đăng ký.",
        "05 mô hình mới.",
        "1.500 đoàn viên tham gia.",
    ]


def test_years_over_two_lines_are_no_list() -> None:
    text = section("CHỈ TIÊU", "1. Trong giai đoạn 2026\n- 2030 có 10% cán bộ giỏi.", "2. 100% các trường đăng ký.")
    assert goals.find(view(text))[0].text == "Trong giai đoạn 2026 - 2030 có 10% cán bộ giỏi."


def test_titles_of_bullets_are_no_goals() -> None:
    text = section(
        "MỤC TIÊU",
        "- Mục tiêu của nhà trường",
        "+ 100% lớp học đăng ký.",
        "- Chỉ tiêu cụ thể",
        "Có 05 mô hình mới.",
        "- Giữ vững danh hiệu",
        "- Không có vi phạm",
    )
    assert [goal.text for goal in goals.find(view(text))] == [
        "100% lớp học đăng ký.",
        "Có 05 mô hình mới.",
        "Giữ vững danh hiệu",
        "Không có vi phạm",
    ]
