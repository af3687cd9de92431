"""Reading order from boxes alone."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from thidua.scan.dirt import set_dirt_apart
from thidua.scan.layout import arrange
from thidua.types import Box, Line, Word

WIDTH, HEIGHT = 1650, 2340


def printed(text: str, x: int, y: int, *, confidence: float = 0.95) -> list[Word]:
    """The words of a line: 14 pixels a letter, 30 high, 10 between words."""
    words = []
    for part in text.split():
        words.append(Word(part, Box(x, y, x + 14 * len(part), y + 30), confidence))
        x += 14 * len(part) + 10
    return words


def page(*rows: tuple[str, int, int]) -> list[tuple[str, str]]:
    words = [word for text, x, y in rows for word in printed(text, x, y)]
    return [(line.block, line.text) for line in arrange(words, WIDTH, HEIGHT)]


def test_letterhead_and_ending() -> None:
    lines = page(
        ("UBND HUYỆN AN LÃO", 250, 150),
        ("CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", 800, 152),
        ("Độc lập - Tự do - Hạnh phúc", 850, 200),
        ("PHÒNG GIÁO DỤC", 270, 198),
        ("Số: 12/KH-PGDĐT", 280, 270),
        ("An Lão, ngày 16 tháng 12 năm 2024", 820, 272),
        ("KẾ HOẠCH", 790, 360),
        ("Phát động phong trào thi đua", 250, 430),
        ("TRƯỞNG PHÒNG", 1100, 1240),
        ("Nơi nhận:", 250, 1300),
        ("- Lưu: VT.", 250, 1340),
        ("Nguyễn Văn A", 1110, 1500),
        ("2", 820, 60),
    )
    assert lines == [
        ("margin", "2"),
        ("letterhead-left", "UBND HUYỆN AN LÃO"),
        ("letterhead-left", "PHÒNG GIÁO DỤC"),
        ("letterhead-left", "Số: 12/KH-PGDĐT"),
        ("letterhead-right", "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM"),
        ("letterhead-right", "Độc lập - Tự do - Hạnh phúc"),
        ("letterhead-right", "An Lão, ngày 16 tháng 12 năm 2024"),
        ("body", "KẾ HOẠCH"),
        ("body", "Phát động phong trào thi đua"),
        ("recipients", "Nơi nhận:"),
        ("recipients", "- Lưu: VT."),
        ("signature", "TRƯỞNG PHÒNG"),
        ("signature", "Nguyễn Văn A"),
    ]


BODY = ("Kết thúc tháng hành động các đơn vị báo cáo kết quả thực hiện về Công đoàn ngành", 250, 900)


def test_two_who_sign_side_by_side() -> None:
    lines = page(
        BODY,
        ("CHỦ TỊCH", 420, 1000),
        ("GIÁM ĐỐC", 1100, 1002),
        ("Lê Thị B", 1090, 1250),
        ("Hà Văn A", 415, 1254),
        ("Nơi nhận:", 250, 1350),
        ("- Lưu: VT.", 250, 1390),
    )
    assert lines[1:] == [
        ("recipients", "Nơi nhận:"),
        ("recipients", "- Lưu: VT."),
        ("signature", "CHỦ TỊCH"),
        ("signature", "Hà Văn A"),
        ("signature", "GIÁM ĐỐC"),
        ("signature", "Lê Thị B"),
    ]


def test_a_signature_that_stands_above_the_recipients() -> None:
    lines = page(
        BODY,
        ("thực hiện.", 250, 940),
        ("KT. CHỦ TỊCH", 1080, 1000),
        ("PHÓ CHỦ TỊCH", 1080, 1040),
        ("Lê Thị B", 1090, 1250),
        ("Nơi nhận:", 250, 1350),
    )
    assert lines[1:] == [
        ("body", "thực hiện."),
        ("recipients", "Nơi nhận:"),
        ("signature", "KT. CHỦ TỊCH"),
        ("signature", "PHÓ CHỦ TỊCH"),
        ("signature", "Lê Thị B"),
    ]


def test_a_heading_of_the_body_is_no_signature() -> None:
    lines = page(("PHẦN KẾT", 800, 700), BODY, ("Nơi nhận:", 250, 950))
    assert lines[:2] == [("body", "PHẦN KẾT"), ("body", BODY[0])]


def test_columns_that_ocr_merged_are_cut() -> None:
    lines = page(("SỞ Y TẾ", 250, 150), ("CỘNG HOÀ XÃ HỌI CHU NGHIA VIỆT NAM", 390, 150), ("Văn bản", 250, 600))
    assert lines[:2] == [("letterhead-left", "SỞ Y TẾ"), ("letterhead-right", "CỘNG HOÀ XÃ HỌI CHU NGHIA VIỆT NAM")]


def test_a_number_in_the_text_is_no_page_number() -> None:
    assert ("body", "12") in page(("Tổng số", 250, 500), ("12", 820, 900), ("cá nhân", 250, 1300))


@given(
    st.lists(
        st.tuples(
            st.sampled_from(["Nơi nhận:", "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", "a", "12", "- bc", "TM."]),
            st.integers(0, WIDTH - 700),
            st.integers(0, HEIGHT - 40),
        ),
        max_size=12,
    )
)
def test_no_word_is_lost_or_doubled(rows: list[tuple[str, int, int]]) -> None:
    words = [word for text, x, y in rows for word in printed(text, x, y)]
    found = [word for line in arrange(words, WIDTH, HEIGHT) for word in line.words]
    assert sorted(map(repr, found)) == sorted(map(repr, words))


def test_dirt_is_set_apart_and_print_is_kept() -> None:
    def line(*readings: tuple[str, float]) -> Line:
        words = tuple(Word(text, Box(10 * k, 0, 10 * k + 9, 9), sure) for k, (text, sure) in enumerate(readings))
        return Line(" ".join(word.text for word in words), words)

    lines = set_dirt_apart(
        [
            line(("_.", 0.2), ("thi", 0.9), ("đua", 0.4)),
            line(("-", 0.3), ("Lưu:", 0.9)),
            line(("ngày./.", 0.9), ("/mứ_Z", 0.1)),
            line(("Giang./.", 0.9), ("“ý", 0.5), ("Z", 0.85)),
            line(("`^", 0.1), ("ÿ", 0.2)),
            line(("Riềng).", 0.3)),
        ],
        [],
    )
    assert [(one.block, one.text) for one in lines] == [
        ("body", "thi đua"),
        ("body", "- Lưu:"),
        ("body", "ngày./."),
        ("body", "Giang./."),
        ("body", "Riềng)."),
        ("margin", "_."),
        ("margin", "/mứ_Z"),
        ("margin", "“ý Z"),
        ("margin", "`^ ÿ"),
    ]
