import pytest
from hypothesis import given
from hypothesis import strategies as st

from plan_texts import PLAN, view
from thidua.folding import fold


def paragraphs(text: str) -> list[str]:
    shown = view(text)
    return [shown.flat(p.start, p.end) for p in shown.paragraphs]


WRAPPED = """\
- Phát động phong trào thi đua yêu nước đến toàn thể công chức, viên chức,
người lao động và học sinh trong toàn ngành, nhằm tuyên truyền sâu rộng tư
tưởng về thi đua ái quốc theo các chỉ thị, nghị quyết còn hiệu lực của Ban

Thường vụ Thành ủy về công tác thi đua trong các cơ quan, đơn vị trường học;

- Tổ chức kỷ niệm ngày truyền thống của toàn ngành giáo dục trên địa bàn (30/4/1975 -
2
30/4/2025) và chào mừng Đại hội Đảng bộ Quận lần thứ VII, nhiệm kỳ 2025 -
2030;
III. ĐỐI TƯỢNG, TIÊU CHÍ THI ĐUA VÀ HÌNH THỨC KHEN
THƯỞNG
1. Đối tượng
Các đơn vị trường học trên địa bàn thành phố, cán bộ, giáo viên và nhân viên ở
các cơ sở giáo dục."""


def test_wrapped_lines_are_joined() -> None:
    found = paragraphs(WRAPPED)
    assert [p[:24] for p in found] == [
        "- Phát động phong trào t",
        "- Tổ chức kỷ niệm ngày t",
        "III. ĐỐI TƯỢNG, TIÊU CHÍ",
        "1. Đối tượng",
        "Các đơn vị trường học tr",
    ]
    assert found[1].endswith(
        "(30/4/1975 - 30/4/2025) và chào mừng Đại hội Đảng bộ Quận lần thứ VII, nhiệm kỳ 2025 - 2030;"
    )
    assert found[2].endswith("KHEN THƯỞNG")


def test_one_paragraph_a_line_stays_so() -> None:
    long = "Một câu rất dài của kế hoạch thi đua. " * 8
    assert len(paragraphs(f"{long}\nHai dòng\n{long}\n{long}")) == 4


@pytest.mark.parametrize(
    ("text", "flat"),
    [
        ("Quyết định số 5/QĐ-\nTTg", "Quyết định số 5/QĐ-TTg"),
        ("nhiệm kỳ 2025 -\n2030", "nhiệm kỳ 2025 - 2030"),
        ("thi  đua\n\n yêu nước", "thi đua yêu nước"),
    ],
)
def test_flat(text: str, flat: str) -> None:
    assert view(text).flat(0, len(text)) == flat


def test_form_feeds_turn_pages() -> None:
    shown = view("Trang một\n\fTrang hai\n")
    assert [shown.page_at(shown.text.index(word)) for word in ("một", "hai")] == [1, 2]


@given(st.text(max_size=200))
def test_folding_keeps_offsets(text: str) -> None:
    assert len(fold(text)) == len(text)


@given(st.lists(st.sampled_from(PLAN.split("\n")), max_size=40))
def test_paragraphs_and_lines_cover_the_text(lines: list[str]) -> None:
    shown = view("\n".join(lines))
    covered = [
        character for p in shown.paragraphs for character in shown.text[p.start : p.end] if not character.isspace()
    ]
    printed = [c for line in shown.lines for c in shown.text[line.start : line.end] if not c.isspace()]
    assert len(covered) >= len(printed)
    starts = [p.start for p in shown.paragraphs]
    assert starts == sorted(starts)
    for before, after in zip(shown.paragraphs, shown.paragraphs[1:], strict=False):
        assert before.end <= after.start


@pytest.mark.parametrize("marks", ["“”", '“"', '""'])
def test_a_dash_inside_an_open_quotation_is_no_bullet(marks: str) -> None:
    lines = [
        "1. Thực hiện tốt các phong trào thi đua yêu nước với phương châm “Phát hiện - Bồi dưỡng",
        "- Tổng kết - Nhân rộng” các điển hình tiên tiến trong toàn ngành giáo dục của huyện ta.",
        "- Tổ chức các hoạt động chào mừng những ngày lễ lớn của đất nước trong cả năm học này.",
    ]
    lines = [line.replace("“", marks[0]).replace("”", marks[1]) for line in lines]
    shown = view("\n".join(lines))
    assert [shown.text[p.start : p.end] for p in shown.paragraphs] == ["\n".join(lines[:2]), lines[2]]
