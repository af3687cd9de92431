import pytest

from plan_texts import PLAN, section, view
from thidua.extract import participants


def found(text: str) -> list[tuple[str, str]]:
    return [(participant.kind, participant.text) for participant in participants.find(view(text))]


def test_labelled() -> None:
    assert found(PLAN) == [
        ("collective", "Các trường mầm non, tiểu học trên địa bàn huyện"),
        ("individual", "Cán bộ, giáo viên, nhân viên trong ngành"),
    ]


def test_labels_as_headings() -> None:
    text = section("ĐỐI TƯỢNG THI ĐUA", "a) Tập thể: Các sở, ban, ngành.", "b) Cá nhân: Cán bộ; người dân.")
    assert found(text) == [("collective", "Các sở, ban, ngành"), ("individual", "Cán bộ; người dân")]


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        (
            "Các sở, ban, ngành, các đơn vị và doanh nghiệp, cá nhân và các tầng lớp Nhân dân.",
            [
                ("collective", "Các sở, ban, ngành, các đơn vị và doanh nghiệp"),
                ("individual", "cá nhân và các tầng lớp Nhân dân"),
            ],
        ),
        (
            "Cán bộ, giáo viên thuộc các trường, đơn vị trong huyện.",
            [("individual", "Cán bộ, giáo viên thuộc các trường, đơn vị trong huyện")],
        ),
        (
            "Các tổ chức và cá nhân liên quan.",
            [("collective", "Các tổ chức"), ("individual", "cá nhân liên quan")],
        ),
        ("Tất cả các cơ quan, đơn vị.", [("collective", "Tất cả các cơ quan, đơn vị")]),
        ("Theo quy định hiện hành.", []),
    ],
)
def test_divided(line: str, expected: list[tuple[str, str]]) -> None:
    assert found(section("ĐỐI TƯỢNG", line)) == expected


def test_those_who_are_commended_are_no_participants() -> None:
    assert found(section("ĐỐI TƯỢNG KHEN THƯỞNG", "- Tập thể: Các trường.")) == []
