import pytest

from plan_texts import PLAN, section, view
from thidua.extract import theme


def found(text: str) -> str | None:
    result = theme.find(view(text))
    return result[0] if result else None


def test_section_of_the_theme() -> None:
    text, proof = theme.find(view(PLAN)) or ("", None)
    assert text == "Kỷ cương, trách nhiệm, sáng tạo"
    assert proof is not None
    assert PLAN[proof.start : proof.end] == text


@pytest.mark.parametrize(
    ("paragraphs", "expected"),
    [
        (["1. Chủ đề thi đua", "“Đoàn kết, sáng tạo”."], "Đoàn kết, sáng tạo"),
        (
            ["Nội dung, chủ đề thi đua: Toàn ngành ra sức thi đua lập thành tích."],
            "Toàn ngành ra sức thi đua lập thành tích",
        ),
        (["Phát động phong trào thi đua với chủ đề “Về đích sớm” trong toàn huyện."], "Về đích sớm"),
        (["Hội thi mang chủ đề “Em yêu biển đảo” được tổ chức."], None),
        (["Thi đua thực hiện chủ đề năm của thành phố."], None),
    ],
)
def test_theme(paragraphs: list[str], expected: str | None) -> None:
    assert found(section("NỘI DUNG", *paragraphs)) == expected
