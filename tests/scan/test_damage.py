"""Damaged images: what can be read is read, and the damage is told."""

from __future__ import annotations

import random
from pathlib import Path

import numpy as np
import pypdfium2 as pdfium
import pytest
from PIL import Image

from thidua.scan import ocr, read_source
from thidua.types import Page, Word


@pytest.fixture(autouse=True)
def without_engine(monkeypatch: pytest.MonkeyPatch) -> None:
    def nothing(*_: object, **__: object) -> list[list[Word]]:
        return []

    monkeypatch.setattr(ocr, "read_image", nothing)
    # Other packages of the development set-up (WeasyPrint) tell Pillow to accept cut images, for the whole process.
    monkeypatch.setattr("PIL.ImageFile.LOAD_TRUNCATED_IMAGES", False)


def paper(mode: str = "L") -> Image.Image:
    shades = np.random.default_rng(0).integers(240, 256, (400, 300), dtype=np.uint8)
    if mode == "1":
        shades[::7, ::11] = 0
    return Image.fromarray(shades).convert(mode)


def codes(pages: list[Page]) -> list[set[str]]:
    return [{note.code for note in page.notes} - {"page-empty"} for page in pages]


@pytest.mark.parametrize("name", ["page.png", "page.jpg", "page.bmp"])
def test_a_cut_image_is_read_as_far_as_it_goes(tmp_path: Path, name: str) -> None:
    path = tmp_path / name
    paper().save(path)
    path.write_bytes(path.read_bytes()[: path.stat().st_size // 2])
    (page,) = read_source(path)
    assert codes([page]) == [{"page-damaged"}]
    assert (page.width, page.height) == (300, 400)


def test_a_changed_jpeg_is_told(tmp_path: Path) -> None:
    path = tmp_path / "page.jpg"
    paper().save(path, quality=95)
    content = path.read_bytes()
    assert codes(list(read_source(path))) == [set()]
    middle = len(content) // 2
    path.write_bytes(content[:middle] + random.Random(1).randbytes(1500) + content[middle + 1500 :])
    assert codes(list(read_source(path))) == [{"page-damaged"}]
    path.write_bytes(content + content)  # as of cameras that write a second image behind the first
    assert codes(list(read_source(path))) == [set()]


@pytest.mark.filterwarnings("ignore:Corrupt EXIF")
@pytest.mark.parametrize("compression", ["group4", "tiff_deflate", "jpeg"])
def test_a_cut_fax_keeps_its_first_pages(tmp_path: Path, compression: str) -> None:
    path = tmp_path / "fax.tif"
    frames = [paper("1" if compression == "group4" else "L")] * 4
    frames[0].save(path, compression=compression, save_all=True, append_images=frames[1:])
    assert codes(list(read_source(path))) == [set()] * 4
    path.write_bytes(path.read_bytes()[: round(path.stat().st_size * 0.6)])
    pages = list(read_source(path))
    assert codes(pages)[0] == set()
    assert codes(pages)[-1] == {"page-unreadable"}
    assert "fax.tif, page" in pages[-1].notes[0].message


def pdf_of(path: Path, mode: str) -> tuple[int, int]:
    """Write a PDF of one image; the range of its data in the file."""
    if mode == "deflated":
        document = pdfium.PdfDocument.new()
        image = pdfium.PdfImage.new(document)
        image.set_bitmap(pdfium.PdfBitmap.from_pil(paper()))
        image.set_matrix(pdfium.PdfMatrix().scale(300, 400))
        page = document.new_page(300, 400)
        page.insert_obj(image)
        page.gen_content()
        document.save(path)
        document.close()
    else:
        paper(mode).save(path)
    content = path.read_bytes()
    start = content.index(b"stream", content.index(b"/Image")) + 8
    return start, content.index(b"endstream", start) - 2


@pytest.mark.parametrize("mode", ["L", "1", "deflated"])
@pytest.mark.parametrize("kept", [1.0, 0.6, 0.02])
def test_a_damaged_image_in_a_pdf_is_told(tmp_path: Path, mode: str, kept: float) -> None:
    path = tmp_path / "page.pdf"
    start, end = pdf_of(path, mode)
    content = path.read_bytes()
    cut = start + round(kept * (end - start))
    path.write_bytes(content[:cut] + bytes(end - cut) + content[end:])
    assert codes(list(read_source(path))) == [set() if kept == 1.0 else {"page-damaged"}]
