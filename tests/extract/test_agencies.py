import pytest

from thidua.extract import agencies
from thidua.folding import fold


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("Ủy ban nhân dân Quận 12 về việc phát động", "Ủy ban nhân dân Quận 12"),
        ("Ủy\nban nhân dân quận về phát động", "Ủy\nban nhân dân quận"),
        ("Sở Văn hóa, Thể thao và Du lịch hướng dẫn", "Sở Văn hóa, Thể thao và Du lịch"),
        ("Sở Nội vụ, Sở Tài chính", "Sở Nội vụ"),
        ("Bộ Lao động thương binh và xã hội về", "Bộ Lao động thương binh và xã hội"),
        ("Bộ Lao động - Thương binh và Xã hội hướng dẫn", "Bộ Lao động - Thương binh và Xã hội"),
        ("Thủ tướng Chính phủ ban hành Kế hoạch", "Thủ tướng Chính phủ"),
        ("Chính phủ và Chương trình hành động số 10", "Chính phủ"),
        ("Chính phủ; Bộ Nội vụ", "Chính phủ"),
    ],
)
def test_extent(text: str, name: str) -> None:
    assert text[: agencies.extent(text, fold(text), 0, len(text))] == name


@pytest.mark.parametrize(
    ("name", "level"),
    [
        ("Thủ tướng Chính phủ", "central"),
        ("Bộ Giáo dục và Đào tạo", "ministry"),
        ("Cục Quản lý Dược", "ministry"),
        ("Ủy ban nhân dân tỉnh Đắk Lắk", "province"),
        ("UBND Thành phố Hồ Chí Minh", "province"),
        ("UBND thành phố Huế", "province"),
        ("Ủy ban nhân dân thành phố Vinh", "district"),
        ("UBND huyện An Lão", "district"),
        ("Ủy ban nhân dân Quận 12", "district"),
        ("Sở Y tế", "department"),
        ("Phòng Giáo dục và Đào tạo", "district"),
        ("Ủy ban nhân dân xã Hòa Xuân", "commune"),
        ("Trường Tiểu học Kim Đồng", "unit"),
        ("Ban Thường vụ Tỉnh ủy", "party"),
        ("Đảng ủy xã Lũng Cú", "party"),
        ("Công đoàn Giáo dục", "union"),
        ("Liên đoàn Lao động tỉnh", "union"),
        ("Hội đồng", None),
    ],
)
def test_level(name: str, level: str | None) -> None:
    assert agencies.level(name) == level


@pytest.mark.parametrize(
    ("printed", "name"),
    [
        ("ỦY BAN NHÂN DÂN TỈNH ĐẮK LẮK", "Ủy ban nhân dân tỉnh Đắk Lắk"),
        ("UỶ BAN NHÂN DÂN TỈNH BẮC NINH", "Uỷ ban nhân dân tỉnh Bắc Ninh"),
        ("SỞ VĂN HÓA VÀ THỂ THAO", "Sở Văn hóa và Thể thao"),
        ("UBND HUYỆN AN LÃO", "UBND huyện An Lão"),
        ("TRƯỜNG MG PHƯỚC LÝ", "Trường MG Phước Lý"),
        ("PHÒNG GD&ĐT CẦN GIUỘC", "Phòng GD&ĐT Cần Giuộc"),
        ("Sở Y tế", "Sở Y tế"),
    ],
)
def test_titled(printed: str, name: str) -> None:
    assert agencies.titled(printed) == name


def test_words_printed_small_elsewhere_are_no_names() -> None:
    name = "TIỂU BAN VẬN ĐỘNG, BÌNH YÊN XÃ HÒA THUẬN"
    assert agencies.titled(name) == "Tiểu ban Vận Động, Bình Yên xã Hòa Thuận"
    text = "vận động nhân dân giữ bình yên, hòa thuận; thôn Bình Yên"
    assert agencies.titled(name, text) == "Tiểu ban Vận động, Bình Yên xã Hòa Thuận"


@pytest.mark.parametrize(
    ("printed", "expected"),
    [
        ("UBND huyện An Lão", "Ủy ban nhân dân huyện An Lão"),
        ("Uỷ ban nhân dân tỉnh", "Ủy ban nhân dân tỉnh"),
        ("Sở GD&ĐT", "Sở Giáo dục và Đào tạo"),
        ("Bộ Chính trị", "Bộ Chính trị"),
        (None, None),
    ],
)
def test_one_form_of_a_name(printed: str | None, expected: str | None) -> None:
    assert agencies.canonical(printed) == expected
