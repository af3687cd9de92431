"""Scans made from the text of plans, with their truth: letterhead, bold, italic, capitals, a ruled table, a red seal.

A page is set by Decree 30/2020/NĐ-CP, sealed and signed, then spoilt by a profile of `thidua.train.degrade`. The same
text and profile give the same pixels.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from itertools import takewhile
from zlib import crc32

import cv2
import numpy as np
import pypdfium2 as pdfium

from thidua.train.degrade import PROFILES, ProfileName, degrade
from thidua.train.typeset import (
    QUOC_HIEU,
    TIEU_NGU,
    Image,
    Paragraph,
    Sheet,
    Table,
    html_to_pdf,
    pdf_to_images,
    sheet_to_html,
)

MM_PER_INCH = 25.4
BODY_WORDS = 560  # with letterhead, table and end about two pages
CELL_WORDS = (6, 30)
TABLE_ROWS = 5
SEAL_MM = 36.0
RED, BLUE = (205, 25, 45), (40, 60, 150)
SEAL_TEXT = "* CONG HOA XA HOI CHU NGHIA VIET NAM * UY BAN NHAN DAN"

_SECTION = re.compile(r"[IVX]+\. ?\D")
_HEADING = re.compile(r"\d+\. ")
_ISSUER_LINE = re.compile(r" (?=(?:TỈNH|THÀNH PHỐ|HUYỆN|QUẬN) )")
_SIGNATURE_LINE = re.compile(r" (?=(?:KT\.|PHÓ) )")
_SIGNATURE = re.compile(r"(?:TM|KT|TL|TUQ|Q)\. |(?:CHỦ TỊCH|GIÁM ĐỐC|TRƯỞNG PHÒNG|HIỆU TRƯỞNG)\b")
_DATE = re.compile(r"\d{1,2}/\d{1,2}/20\d\d|[Qq]uý [IV]+/20\d\d|năm 20\d\d")


def plan_to_sheet(text: str) -> Sheet:
    """The plan's letterhead and end, the start of its body, and a table of its items; text: a paragraph a line."""
    lines = [" ".join(line.split()) for line in unicodedata.normalize("NFC", text).split("\n") if line.strip()]
    kind = lines.index("KẾ HOẠCH")
    foot = next((k for k, line in enumerate(lines) if line.startswith("Nơi nhận:")), len(lines))
    head = [line for line in lines[:kind] if line not in (QUOC_HIEU, TIEU_NGU)]
    number = next((line for line in head if line.startswith("Số:")), "")
    place_and_date = next((line for line in head if ", ngày" in line), "")
    recipients = tuple(takewhile(lambda line: not _SIGNATURE.match(line), lines[foot + 1 :]))
    end = lines[foot + 1 + len(recipients) :]
    body = lines[kind + 2 : foot]
    start = tuple(_start(body))
    return Sheet(
        body=(*map(_paragraph, start), *_table(body[len(start) :], recipients)),
        issuer=tuple(
            part for line in head if line not in (number, place_and_date) for part in _ISSUER_LINE.split(line)
        ),
        number=number,
        motto=(QUOC_HIEU, TIEU_NGU),
        place_and_date=place_and_date,
        title=("KẾ HOẠCH", lines[kind + 1]),
        recipients=recipients,
        signature=tuple(part for line in end[:-1] for part in _SIGNATURE_LINE.split(line)),
        signer=end[-1] if end else "",
    )


def _start(body: list[str]) -> Iterator[str]:
    """The paragraphs from the first on that fill the room."""
    words = 0
    for line in body:
        words += len(line.split())
        if words > BODY_WORDS:
            return
        yield line


def _paragraph(text: str) -> Paragraph:
    heading = _SECTION.match(text) or (_HEADING.match(text) and len(text) < 80)
    return Paragraph(text, bold=bool(heading), italic=text.startswith(("Căn cứ", "Thực hiện", "Theo")))


def _table(body: list[str], recipients: tuple[str, ...]) -> Iterator[Table]:
    """Items of the body with a body that carries each out, and a date of the text."""
    dates = _DATE.findall(" ".join(body))
    whom = [line.strip("-; ") for line in recipients]
    items = [line for line in body if CELL_WORDS[0] <= len(line.split()) <= CELL_WORDS[1]][:TABLE_ROWS]
    if dates and whom and items:
        rows = ((str(k), item, whom[k % len(whom)], dates[k % len(dates)]) for k, item in enumerate(items, 1))
        yield Table((("STT", "Nội dung công việc", "Cơ quan thực hiện", "Thời gian"), *rows), (8, 50, 25, 17))


def sheet_to_truth(sheet: Sheet) -> str:
    """The printed words in reading order: left before right, tables row by row."""
    body = [part.text if isinstance(part, Paragraph) else "\n".join(map(" ".join, part.rows)) for part in sheet.body]
    head = [*sheet.issuer, sheet.number, *sheet.motto, sheet.place_and_date, *sheet.title]
    foot = [*(("Nơi nhận:", *sheet.recipients) if sheet.recipients else ()), *sheet.signature, sheet.signer]
    return "\n".join(filter(None, (*head, *body, *foot)))


def scans(name: str, sheet: Sheet, profile: ProfileName) -> Iterator[Image]:
    """The pages of a sheet as they come from the scanner."""
    chosen = PROFILES[profile]
    rng = np.random.default_rng(crc32(f"{name} {profile}".encode()))
    pdf = html_to_pdf(sheet_to_html(sheet))
    for number, page in enumerate(pdf_to_images(pdf, chosen.dpi)):
        place = _place(pdf, number, sheet.signer, chosen.dpi)
        yield degrade(_sealed(page, place, chosen.dpi, rng) if place else page, chosen, rng)


def _place(pdf: bytes, page: int, words: str, dpi: int) -> tuple[float, float] | None:
    """Where the last occurrence of these words starts on a page (pixels from the left and from the top)."""
    document = pdfium.PdfDocument(pdf)
    text, found, place = document[page].get_textpage(), None, None
    searcher = text.search(words) if words else None
    while searcher is not None and (found := searcher.get_next()) is not None:
        left, _, _, top = text.get_charbox(found[0])
        place = left / 72 * dpi, (document[page].get_height() - top) / 72 * dpi
    document.close()
    return place


def _sealed(page: Image, name: tuple[float, float], dpi: int, rng: np.random.Generator) -> Image:
    """A blue signature over the signer's name, and the seal over the left part of both."""
    millimetre = dpi / MM_PER_INCH
    x, y = name[0], name[1] - 9 * millimetre
    pen: Image = np.full_like(page, 255)
    steps = np.cumsum(rng.normal((2.2, 0), (2.5, 5.0), (16, 2)), axis=0) * (1, 0.4) * millimetre
    cv2.polylines(
        pen, [np.asarray(steps + np.array((x, y)), np.int32)], False, BLUE, max(1, round(0.6 * millimetre)), cv2.LINE_AA
    )
    seal = _seal(millimetre)
    left, top = round(x - 4 * millimetre - len(seal) / 2), round(y - len(seal) / 2)
    under = page[top : top + len(seal), left : left + len(seal)]
    # Ink lets what is printed below it shine through: the darker of both is seen.
    np.minimum(under, seal[: under.shape[0]], out=under)
    return np.minimum(page, pen)


def _seal(millimetre: float) -> Image:
    """A round seal with rings, a star and letters around it; millimetre in pixels."""
    size = round((SEAL_MM + 2) * millimetre)
    seal: Image = np.full((size, size, 3), 255, np.uint8)
    middle = (size // 2, size // 2)
    for across, width in ((SEAL_MM, 0.9), (SEAL_MM - 3, 0.3), (SEAL_MM - 13, 0.3)):
        cv2.circle(seal, middle, round(across / 2 * millimetre), RED, max(1, round(width * millimetre)), cv2.LINE_AA)
    points = [(np.sin(k * 0.8 * np.pi), -np.cos(k * 0.8 * np.pi)) for k in range(5)]
    cv2.fillPoly(seal, [np.asarray(np.array(points) * 6 * millimetre + middle, np.int32)], RED, cv2.LINE_AA)
    foot = (round(middle[0] - millimetre), round(middle[1] - 12.5 * millimetre))
    for k, letter in enumerate(SEAL_TEXT):
        upright = np.full((size, size), 255, np.uint8)
        cv2.putText(
            upright, letter, foot, cv2.FONT_HERSHEY_SIMPLEX, 0.13 * millimetre, 0, max(1, round(millimetre / 3))
        )
        turn = cv2.getRotationMatrix2D(middle, -360 * k / len(SEAL_TEXT), 1)
        seal[cv2.warpAffine(upright, turn, (size, size), borderValue=255) < 128] = RED
    return seal
