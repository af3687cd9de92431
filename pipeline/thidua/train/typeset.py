"""Typesets Vietnamese administrative documents: a Sheet of text becomes PDF pages, page images and their true rows.

The layout follows Decree 30/2020/NĐ-CP, appendix I: letterhead in two columns (issuing body left, quốc hiệu and tiêu
ngữ right), centred title, bold headings, justified body, recipients left beside the signature right.
"""

from __future__ import annotations

import html
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

import numpy as np
import pypdfium2
import weasyprint
from numpy.typing import NDArray

Image = NDArray[np.uint8]  # rows x columns x 3, red green blue

QUOC_HIEU = "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM"
TIEU_NGU = "Độc lập - Tự do - Hạnh phúc"


@dataclass(frozen=True, slots=True)
class Paragraph:
    """One paragraph of the body. align: "justify", "left" or "center"; indent: first line's indent in cm."""

    text: str
    bold: bool = False
    italic: bool = False
    align: str = "justify"
    indent: float = 1.27


@dataclass(frozen=True, slots=True)
class Table:
    """A ruled table, the first row bold. widths: of the columns, in per cent of the text's width."""

    rows: tuple[tuple[str, ...], ...]
    widths: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Style:
    """How a sheet is set: font family, size in points, page width and height in mm, line height in sizes."""

    font: str = "Tinos"
    size: float = 14.0
    width: float = 210.0
    height: float = 297.0
    leading: float = 1.3
    page_numbers: bool = True


@dataclass(frozen=True, slots=True)
class Sheet:
    """A document to typeset; an empty part is left out. Lines of the letterhead and the signature are centred."""

    body: tuple[Paragraph | Table, ...]
    issuer: tuple[str, ...] = ()  # "ỦY BAN NHÂN DÂN", "TỈNH ĐẮK LẮK": the last line is bold
    number: str = ""  # "Số: 12/KH-UBND"
    motto: tuple[str, ...] = ()  # quốc hiệu, tiêu ngữ
    place_and_date: str = ""  # "Đắk Lắk, ngày 18 tháng 11 năm 2025"
    title: tuple[str, ...] = ()  # "KẾ HOẠCH", then the subject
    recipients: tuple[str, ...] = ()  # without the heading "Nơi nhận:"
    signature: tuple[str, ...] = ()  # "TM. ỦY BAN NHÂN DÂN", ...
    signer: str = ""
    style: Style = field(default_factory=Style)


def sheet_to_html(sheet: Sheet) -> str:
    """The sheet as a page of HTML for `html_to_pdf`."""
    style = sheet.style
    number = f"@top-center{{content:counter(page);font:{style.size - 1}pt '{style.font}'}}"
    counter = number if style.page_numbers else ""
    css = (
        f"@page{{size:{style.width}mm {style.height}mm;margin:20mm 18mm 18mm 28mm;{counter}}}"
        "@page:first{@top-center{content:none}}"
        f"body{{font:{style.size}pt/{style.leading} '{style.font}';margin:0}} p{{margin:3pt 0}}"
        f"table{{width:100%;border-collapse:collapse}} td{{vertical-align:top;padding:0;text-align:center}}"
        f".ruled{{margin:6pt 0}} .ruled td{{border:0.6pt solid black;padding:2pt 4pt;font-size:{style.size - 1}pt}}"
        f".head{{font-size:{style.size - 1}pt;line-height:1.15}} .head p{{margin:1pt 0}}"
        f".to{{text-align:left;font-size:{max(style.size - 3, 9)}pt;line-height:1.1}} .to p{{margin:0}}"
    )
    return f"<html lang=vi><style>{css}</style><body>{_head(sheet)}{_body(sheet)}{_foot(sheet)}</body></html>"


def html_to_pdf(page: str) -> bytes:
    return bytes(weasyprint.HTML(string=page).write_pdf())


def pdf_to_images(pdf: bytes, dpi: int) -> Iterator[Image]:
    """Each page as a colour image."""
    document = pypdfium2.PdfDocument(pdf)
    try:
        for page in document:
            yield np.ascontiguousarray(page.render(scale=dpi / 72).to_numpy()[..., 2::-1])
    finally:
        document.close()


def pdf_to_rows(pdf: bytes) -> Iterator[list[tuple[str, ...]]]:
    """For each page the printed rows from top to bottom, NFC; a row as its runs (columns, fonts) from left to right."""
    document = pypdfium2.PdfDocument(pdf)
    try:
        for page in document:
            yield _page_rows(page.get_textpage())
    finally:
        document.close()


def _page_rows(text_page: pypdfium2.PdfTextPage) -> list[tuple[str, ...]]:
    """The runs of text of each row: runs whose middles differ by less than 4 points share a row."""
    runs = []
    for k in range(text_page.count_rects()):
        left, bottom, right, top = text_page.get_rect(k)
        text = unicodedata.normalize("NFC", " ".join(text_page.get_text_bounded(left, bottom, right, top).split()))
        if text:
            runs.append(((bottom + top) / 2, left, text))
    rows: list[tuple[float, list[tuple[float, str]]]] = []
    for middle, left, text in sorted(runs, key=lambda run: -run[0]):
        if rows and rows[-1][0] - middle < 4:
            rows[-1][1].append((left, text))
        else:
            rows.append((middle, [(left, text)]))
    return [tuple(text for _, text in sorted(row)) for _, row in rows]


def _head(sheet: Sheet) -> str:
    left = _lines(sheet.issuer[:-1]) + _lines(sheet.issuer[-1:], "b") + _lines([sheet.number])
    right = _lines(sheet.motto, "b") + _lines([sheet.place_and_date], "i")
    columns = f'<table class=head><tr><td style="width:42%">{left}<td>{right}</table>' if left + right else ""
    return columns + "".join(f'<p style="text-align:center"><b>{_escape(line)}</b></p>' for line in sheet.title)


def _body(sheet: Sheet) -> str:
    return "".join(_table(part) if isinstance(part, Table) else _paragraph(part) for part in sheet.body)


def _paragraph(paragraph: Paragraph) -> str:
    css = f"text-align:{paragraph.align};text-indent:{paragraph.indent}cm"
    css += ";font-weight:bold" * paragraph.bold + ";font-style:italic" * paragraph.italic
    return f'<p style="{css}">{_escape(paragraph.text)}</p>'


def _table(table: Table) -> str:
    columns = "".join(f'<col style="width:{width}%">' for width in table.widths)
    rows = []
    for number, row in enumerate(table.rows):
        tag = "span" if number else "b"
        rows.append("<tr>" + "".join(f"<td><{tag}>{_escape(cell)}</{tag}></td>" for cell in row))
    return f"<table class=ruled>{columns}{''.join(rows)}</table>"


def _foot(sheet: Sheet) -> str:
    if not sheet.recipients and not sheet.signature:
        return ""
    to = f"<p><b><i>Nơi nhận:</i></b></p>{_lines(sheet.recipients)}" if sheet.recipients else ""
    signature = _lines(sheet.signature, "b") + "<p><br><br></p>" + _lines([sheet.signer], "b")
    return f'<table style="margin-top:8pt"><tr><td class=to style="width:50%">{to}<td>{signature}</table>'


def _lines(lines: Sequence[str], tag: str = "span") -> str:
    return "".join(f"<p><{tag}>{_escape(line)}</{tag}></p>" for line in lines if line)


def _escape(text: str) -> str:
    return html.escape(unicodedata.normalize("NFC", text))
