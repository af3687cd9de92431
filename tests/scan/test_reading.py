"""A page image becomes lines: with recorded Tesseract output, and with Tesseract itself where it is installed."""

from __future__ import annotations

import gzip
import shutil
from pathlib import Path

import numpy as np
import pytesseract
import pytest
from PIL import Image

from thidua.resources import rows
from thidua.scan import ocr, read_source
from thidua.scan.hocr import parse_hocr
from thidua.types import Page

DATA = Path(__file__).parent / "data"
HOCR = gzip.decompress((DATA / "letter.hocr.gz").read_bytes())

LINES = [
    ("letterhead-left", "UBND XÃ HÒA BÌNH"),
    ("letterhead-left", "Số: 17/KH-TH2"),
    ("letterhead-right", "Độc lập - Tự do - Hạnh phúc"),
    ("letterhead-right", "Hòa Bình, ngày 05 tháng 9 năm 2025"),
    ("body", "KẾ HOẠCH"),
    ("table", "Lớp học sạch đẹp, an toàn cho học sinh"),
    ("table", "60"),
    ("recipients", "- Các tổ chuyên môn;"),
    ("signature", "HIỆU TRƯỞNG"),
    ("signature", "Lê Thị Hồng"),
]


@pytest.fixture
def recorded(monkeypatch: pytest.MonkeyPatch) -> Page:
    monkeypatch.setattr(ocr, "_require_engine", lambda: None)
    monkeypatch.setattr(pytesseract, "image_to_pdf_or_hocr", lambda *_, **__: HOCR)
    (page,) = read_source(DATA / "letter.png")
    return page


def check(page: Page) -> None:
    found = [(line.block, line.text) for line in page.lines]
    positions = [found.index(line) for line in LINES]
    assert positions == sorted(positions)
    assert not [word for line in page.lines for word in line.words if word.handwritten]


def test_recorded_page(recorded: Page) -> None:
    check(recorded)
    assert recorded.text_from == "ocr"
    assert recorded.dpi == 150


def test_boxes_lie_on_the_ink(recorded: Page) -> None:
    """A word's box on the page holds dark pixels, and all boxes together nearly all of them."""
    with Image.open(DATA / "letter.png") as image:
        dark = ~np.asarray(image.convert("1"))
    left = dark.copy()
    for line in recorded.lines:
        for word in line.words:
            assert word.box is not None
            part = np.s_[word.box.y0 : word.box.y1, word.box.x0 : word.box.x1]
            assert dark[part].any(), word
            left[max(0, word.box.y0 - 3) : word.box.y1 + 3, max(0, word.box.x0 - 3) : word.box.x1 + 3] = False
    rules = dark[:, 300:301]  # the table's rules belong to no word
    assert rules.any()
    assert left.sum() < 0.35 * dark.sum()


def test_what_documents_print_may_be_read() -> None:
    printed = "".join(row["syllable"] for row in rows("syllables.tsv"))
    signs = "<>=%/&+-–()[]\"'“”‘’…°*:;.,"  # "≥ 30 %" is read as "> 30 %", and must not become "30 %"
    assert not set(ocr.JUNK) & set(printed + printed.upper() + signs)


def test_alternatives_differ_from_the_reading() -> None:
    words = [word for line in parse_hocr(HOCR) for word in line]
    assert any(word.alternatives for word in words)
    for word in words:
        texts = [alternative.text for alternative in word.alternatives]
        assert word.text not in texts
        assert len(texts) == len(set(texts))
        assert all(0 < alternative.probability <= 1 for alternative in word.alternatives)
        assert 0 <= word.confidence <= 1


@pytest.mark.slow
@pytest.mark.skipif(shutil.which("tesseract") is None, reason="Tesseract is not installed")
@pytest.mark.parametrize("turns", [0, 1, 2, 3])
def test_real_engine(tmp_path: Path, turns: int) -> None:
    with Image.open(DATA / "letter.png") as image:
        image.convert("L").rotate(90 * turns, expand=True).save(tmp_path / "letter.png", dpi=(150, 150))
    (page,) = read_source(tmp_path / "letter.png")
    check(page)
    title = next(line for line in page.lines if line.text == "KẾ HOẠCH").words[0].box
    assert title is not None
    # The title stands in the upper third of the upright page.
    third = (title.y1 / page.height, title.x1 / page.width, 1 - title.y0 / page.height, 1 - title.x0 / page.width)
    assert third[turns] < 1 / 3
