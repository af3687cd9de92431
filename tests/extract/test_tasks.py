from plan_texts import PLAN, section, view
from thidua.extract import tasks


def test_items_of_the_sections_on_content() -> None:
    assert [(task.section, task.text[:24]) for task in tasks.find(view(PLAN))] == [
        ("II.2", "Đẩy mạnh phong trào thi "),
        ("II.2", "Tổ chức kỷ niệm 70 năm C"),
    ]


def test_who_when_and_lead_in_lines_are_no_tasks() -> None:
    text = section(
        "NHIỆM VỤ, GIẢI PHÁP",
        "Các đơn vị tập trung thực hiện như sau:",
        "- Rà soát đội ngũ.",
        "Đơn vị chủ trì: Sở Nội vụ.",
        "Thời gian thực hiện: Thường xuyên.",
        "- Tập huấn nghiệp vụ.",
    )
    assert [task.text for task in tasks.find(view(text))] == ["Rà soát đội ngũ.", "Tập huấn nghiệp vụ."]


def test_a_heading_of_several_subjects_leaves_the_tasks_to_its_parts() -> None:
    text = section("ĐỐI TƯỢNG, NỘI DUNG THI ĐUA", "1. Đối tượng: Các trường.", "2. Nội dung", "- Dạy tốt.")
    assert [task.text for task in tasks.find(view(text))] == ["Dạy tốt."]


def test_content_with_times_and_duties_in_one_heading() -> None:
    text = section(
        "NỘI DUNG, TIẾN ĐỘ, PHÂN CÔNG TRÁCH NHIỆM",
        "1. Công tác tuyên truyền",
        "- Tổ chức hội nghị.",
        "Đơn vị chủ trì: Phòng Văn hóa.",
        "2. Phòng Nội vụ",
        "- Tổng hợp kết quả.",
    )
    assert [task.text for task in tasks.find(view(text))] == ["Tổ chức hội nghị."]


def test_who_takes_part_is_no_task() -> None:
    text = section("NHIỆM VỤ", "1. Tuyên truyền", "- Tổ chức hội nghị.", "2. Cơ quan chủ trì, phối hợp", "- Bộ Nội vụ.")
    assert [task.text for task in tasks.find(view(text))] == ["Tổ chức hội nghị."]


def test_a_heading_above_who_and_when_only_is_the_task() -> None:
    text = section(
        "NỘI DUNG",
        "1. Tổ chức kiểm tra việc thi hành",
        "- Cơ quan thực hiện: Sở Nội vụ.",
        "2. Tuyên truyền trong toàn ngành",
        "- Phát sóng chuyên mục.",
        "- Thời gian thực hiện: Năm 2026.",
        "3. Nội dung khác",
        "- Thời gian thực hiện: Năm 2026.",
    )
    assert [task.text for task in tasks.find(view(text))] == [
        "Tổ chức kiểm tra việc thi hành",
        "Phát sóng chuyên mục.",
    ]


def test_parts_of_content_and_targets_are_tasks() -> None:
    text = section("NỘI DUNG THI ĐUA VÀ CHỈ TIÊU CHỦ YẾU", "1. Đối với công tác quản lý", "- Chuyển đổi số.")
    assert [task.text for task in tasks.find(view(text))] == ["Chuyển đổi số."]


def test_content_below_a_heading_that_names_the_theme_too() -> None:
    text = section("CHỦ ĐỀ VÀ NỘI DUNG THI ĐUA", "Chủ đề: “Vượt nắng, thắng mưa”.", "- Thi đua trong trường học.")
    assert [task.text for task in tasks.find(view(text))] == ["Thi đua trong trường học."]
