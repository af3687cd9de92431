"""Training pages: typeset, spoilt, and their true rows."""

from __future__ import annotations

import numpy as np
import pytest

weasyprint = pytest.importorskip("weasyprint", exc_type=(ImportError, OSError))  # OSError: no pango

from thidua.train.degrade import PROFILES, degrade, vary  # noqa: E402
from thidua.train.pages import build_library, compose  # noqa: E402
from thidua.train.typeset import (  # noqa: E402
    QUOC_HIEU,
    TIEU_NGU,
    Paragraph,
    Sheet,
    Style,
    Table,
    html_to_pdf,
    pdf_to_images,
    pdf_to_rows,
    sheet_to_html,
)

SHEET = Sheet(
    body=(Paragraph("I. MỤC ĐÍCH", bold=True), Paragraph("Thi đua “Dạy tốt” & học tốt <100%>.", italic=True)),
    issuer=("ỦY BAN NHÂN DÂN", "TỈNH ĐẮK LẮK"),
    number="Số: 12/KH-UBND",
    motto=(QUOC_HIEU, TIEU_NGU),
    place_and_date="Đắk Lắk, ngày 18 tháng 11 năm 2025",
    title=("KẾ HOẠCH",),
    recipients=("- Như trên;",),
    signature=("TM. ỦY BAN NHÂN DÂN", "CHỦ TỊCH"),
    signer="Nguyễn Văn A",
    style=Style(height=150),
)


@pytest.fixture(scope="module")
def pdf():
    return html_to_pdf(sheet_to_html(SHEET))


def test_rows_hold_every_printed_word_in_its_column(pdf):
    rows = next(pdf_to_rows(pdf))
    assert rows[0] == ("ỦY BAN NHÂN DÂN", QUOC_HIEU)
    assert ("Thi đua “Dạy tốt” & học tốt <100%>.",) in rows
    runs = {run for row in rows for run in row}
    assert {"Nơi nhận:", "- Như trên;", "Nguyễn Văn A", "Số: 12/KH-UBND"} <= runs


def test_a_table_is_printed_row_by_row_between_rules():
    table = Table((("STT", "Nội dung"), ("1", "Tổ chức phát động")), widths=(20, 80))
    pdf = html_to_pdf(sheet_to_html(Sheet(body=(table,), style=Style(height=60))))
    assert next(pdf_to_rows(pdf)) == [("STT", "Nội dung"), ("1", "Tổ chức phát động")]
    dark = next(pdf_to_images(pdf, 100)).mean(axis=2) < 128
    assert (dark.sum(axis=1) > 0.7 * dark.shape[1]).sum() >= 3  # level rules: over, between and under the rows


def test_pages_have_the_size_of_their_resolution(pdf):
    image = next(pdf_to_images(pdf, 100))
    assert image.shape == (round(150 / 25.4 * 100) + 0, round(210 / 25.4 * 100) + 0, 3)
    assert image.min() < 60 < 250 < image.max()


@pytest.mark.parametrize("name", PROFILES)
def test_the_same_seed_spoils_the_same_way(name):
    page = np.full((60, 80, 3), 255, np.uint8)
    page[20:30, 10:70] = 0
    once, again = (degrade(page, PROFILES[name], np.random.default_rng(3)) for _ in range(2))
    assert once.shape == page.shape
    assert (once == again).all()
    assert (once == page).all() == (name == "clean")


def test_variants_of_a_profile_keep_what_it_leaves_out():
    varied = vary(PROFILES["copy"], np.random.default_rng(1))
    assert varied.light == 1
    assert varied.jpeg == 0
    assert varied.threshold > 0


def test_a_page_depends_on_its_number_and_the_texts_only(tmp_path):
    (tmp_path / "plan.txt").write_text("ỦY BAN NHÂN DÂN TỈNH\n- Như trên;\n" + "Thi đua yêu nước năm 2024.\n" * 9)
    library = build_library([tmp_path / "plan.txt"], held_out=False)
    if not library.documents:  # the hash may have held the only document out
        library = build_library([tmp_path / "plan.txt"], held_out=True)
    library.names.append("Nguyễn Văn An")
    library.codes.append("12/KH-UBND")
    sheets = [compose(library, np.random.default_rng(k)) for k in (5, 5, 6)]
    assert sheets[0] == sheets[1] != sheets[2]
