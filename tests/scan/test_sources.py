"""What kinds of source there are, and what is said about those that cannot be read."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytesseract
import pytest
from PIL import Image

from thidua.errors import SetupError, SourceLocked, SourceMissing, SourceUnreadable
from thidua.scan import media_type, ocr, read_source, transcribe
from thidua.scan.images import frame_to_picture
from thidua.scan.options import DEFAULT
from thidua.scan.picture import Picture, read_picture

DATA = Path(__file__).parent / "data"


@pytest.mark.parametrize(
    ("content", "error", "words"),
    [
        (None, SourceMissing, "does not exist"),
        (b"", SourceUnreadable, "is empty"),
        (b"\x7fELF\x02\x01\x01\x00\x00\x00\x08\x04", SourceUnreadable, "neither a PDF"),
        (b"%PDF-1.7\nnothing behind it", SourceUnreadable, "damaged PDF"),
        (b"\x89PNG\r\n\x1a\nnothing behind it", SourceUnreadable, "damaged image"),
    ],
)
def test_bad_sources_are_named(tmp_path: Path, content: bytes | None, error: type[Exception], words: str) -> None:
    path = tmp_path / "source.pdf"
    if content is not None:
        path.write_bytes(content)
    with pytest.raises(error, match=words) as raised:
        read_source(path)
    assert str(path) in str(raised.value)
    assert ".." not in str(raised.value)


def test_a_folder_is_no_source(tmp_path: Path) -> None:
    with pytest.raises(SourceMissing, match="is a folder"):
        read_source(tmp_path)


def test_a_password_is_asked_for() -> None:
    with pytest.raises(SourceLocked, match="password"):
        read_source(DATA / "locked.pdf")


def test_exact_layer_is_used_without_an_engine(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(ocr, "read_image", _fail)
    (page,) = read_source(DATA / "letter.pdf")
    assert page.text_from == "text-layer"
    assert "exact text layer" in page.reason
    blocks = {line.text: line.block for line in page.lines}
    assert blocks["Số: 17/KH-TH2"] == "letterhead-left"
    assert blocks["Hòa Bình, ngày 05 tháng 9 năm 2025"] == "letterhead-right"
    assert blocks["- Lưu: VT."] == "recipients"
    assert blocks["Lê Thị Hồng"] == "signature"
    cells = [(line.row, line.cell, line.text) for line in page.lines if line.block == "table"]
    assert cells[3:6] == [(1, 0, "1"), (1, 1, "Lớp học sạch đẹp, an toàn cho học sinh"), (1, 2, "40")]
    for line in page.lines:
        for word in line.words:
            assert word.box is not None
            assert 0 <= word.box.x0 < word.box.x1 <= page.width
            assert 0 <= word.box.y0 < word.box.y1 <= page.height


@pytest.mark.parametrize(
    ("mode", "value"), [("1", 1), ("L", 255), ("P", 255), ("RGB", (255,) * 3), ("CMYK", (0,) * 4), ("I;16", 65535)]
)
def test_colour_modes_become_white_paper(mode: str, value: int | tuple[int, ...]) -> None:
    image = Image.new("L", (8, 6), 255).convert("P") if mode == "P" else Image.new(mode, (8, 6), value)
    picture = frame_to_picture(image)
    assert picture.rgb.shape == (6, 8, 3)
    assert picture.rgb.dtype == np.uint8
    assert picture.rgb.min() == 255


def test_transparency_is_white() -> None:
    assert frame_to_picture(Image.new("RGBA", (4, 4), (0, 0, 0, 0))).rgb.min() == 255


@pytest.mark.parametrize("name", ["page.png", "page.tif", "page.jpg", "page.webp", "page.bmp"])
def test_a_blank_image_is_a_page_without_lines(tmp_path: Path, name: str) -> None:
    Image.new("RGB", (300, 400), "white").save(tmp_path / name)
    (page,) = read_source(tmp_path / name)
    assert (page.width, page.height, page.lines) == (300, 400, ())


@pytest.mark.parametrize("size", [(1, 1), (40, 8000), (8000, 40)])
@pytest.mark.parametrize("colour", ["white", "black"])
def test_odd_pages_are_pages(tmp_path: Path, size: tuple[int, int], colour: str) -> None:
    Image.new("L", size, colour).save(tmp_path / "page.png")
    assert [page.lines for page in read_source(tmp_path / "page.png")] == [()]


def test_one_bad_frame_never_costs_another(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    frames = [Image.new("L", (60, 60), "white") for _ in range(3)]
    frames[0].save(tmp_path / "fax.tif", save_all=True, append_images=frames[1:])
    monkeypatch.setattr("thidua.scan.images.frame_to_picture", _fail_on_second(frame_to_picture))
    pages = list(read_source(tmp_path / "fax.tif"))
    assert [page.number for page in pages] == [1, 2, 3]
    assert [note.code for page in pages for note in page.notes] == ["page-empty", "page-unreadable", "page-empty"]
    assert "fax.tif, page 2" in pages[1].notes[0].message


def test_a_resolution_of_one_is_none() -> None:
    page = read_picture(Picture(np.full((400, 300, 3), 255, np.uint8), 1), number=1, reason="", options=DEFAULT)
    assert page.dpi == round(300 / 8.27)


def test_a_missing_engine_says_what_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    def not_found() -> list[str]:
        raise pytesseract.TesseractNotFoundError

    for languages, words in ((not_found, "not installed"), (lambda: ["eng"], "no Vietnamese data")):
        ocr._require_engine.cache_clear()
        monkeypatch.setattr(pytesseract, "get_languages", languages)
        with pytest.raises(SetupError, match=words) as raised:
            list(read_source(DATA / "letter.png"))
        assert "apt-get install tesseract-ocr tesseract-ocr-vie" in str(raised.value)
    ocr._require_engine.cache_clear()


@pytest.mark.parametrize(
    ("error", "words"),
    [
        (pytesseract.TesseractNotFoundError(), "not installed"),
        (PermissionError(13, "Permission denied"), "not installed"),
        (pytesseract.TesseractError(1, "Error opening data file /usr/share/vie.traineddata"), "no Vietnamese data"),
    ],
)
@pytest.mark.parametrize("name", ["letter.png", "scan.pdf"])
def test_an_engine_that_vanishes_stops_the_run(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, error: Exception, words: str, name: str
) -> None:
    def fail(*_: object, **__: object) -> bytes:
        raise error

    with Image.open(DATA / "letter.png") as image:
        image.save(tmp_path / name)
    monkeypatch.setattr(ocr, "_require_engine", lambda: None)
    monkeypatch.setattr(pytesseract, "image_to_pdf_or_hocr", fail)
    with pytest.raises(SetupError, match=words):
        list(read_source(tmp_path / name))


def test_media_types() -> None:
    assert media_type(DATA / "letter.pdf") == "application/pdf"
    assert media_type(DATA / "letter.png") == "image/png"
    assert media_type(DATA / "README.md") == "text/plain"


def test_the_transcript_of_a_pdf_names_its_pages() -> None:
    transcript = transcribe(read_source(DATA / "letter.pdf"))
    assert {line.page for line in transcript.lines} == {1}


def _fail(*_: object, **__: object) -> None:
    raise AssertionError("this must not be called")


def _fail_on_second(real: Callable[[Image.Image], object]) -> Callable[[Image.Image], object]:
    calls: list[int] = []

    def frame(image: Image.Image) -> object:
        calls.append(1)
        if len(calls) == 2:
            raise OSError("broken data stream")
        return real(image)

    return frame
