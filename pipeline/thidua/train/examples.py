"""The example scans of data/raw: the correct text of a plan is laid out by Decree 30/2020, printed and scanned badly.

    python -m thidua.train.examples TEXT... --out data/raw [--profile typical] [--seed 1]

TEXT is the text of a plan, a printed line a line, blank lines between paragraphs; its letterhead may stand in
merged lines ("UBND HUYỆN AN LÃO CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM"). Each becomes OUT/<name>.pdf, images only.
"""

from __future__ import annotations

import argparse
import re
import unicodedata
from collections.abc import Iterable, Iterator
from pathlib import Path

import numpy as np
import PIL.Image

from .degrade import PROFILES, degrade
from .typeset import QUOC_HIEU, TIEU_NGU, Paragraph, Sheet, Style, html_to_pdf, pdf_to_images, sheet_to_html

FULL_LINE = 60  # characters: a line at least so long that ends without a stop goes on in the next
JPEG_QUALITY = 45

_SECTION = re.compile(r"[IVX]+\. ?\D")
_HEADING = re.compile(r"\d+\. ")
_MARK = re.compile(r"([IVX]+\.|\d+\.|\(\d+\)|[a-zđ]\)|[-+*]) ?\S")
_STOP = re.compile(r"[.;:!?”\"]$")
_NUMBER = re.compile(r"Số: ?\d* ?/\S+")


def text_to_sheet(text: str) -> Sheet:
    """The parts of a plan's plain text, for the typesetter."""
    lines = [" ".join(line.split()) for line in unicodedata.normalize("NFC", text).split("\n")]
    kind = lines.index("KẾ HOẠCH")
    subject_end = lines.index("", kind + 2)
    foot = next((k for k, line in enumerate(lines) if line.startswith("Nơi nhận:")), len(lines))
    issuer, number, place_and_date = _letterhead(lines[:kind])
    signature = lines[foot].removeprefix("Nơi nhận:").strip() if foot < len(lines) else ""
    return Sheet(
        body=tuple(map(_paragraph, _paragraphs(lines[subject_end:foot]))),
        issuer=issuer,
        number=number,
        motto=(QUOC_HIEU, TIEU_NGU) if issuer else (),
        place_and_date=place_and_date,
        title=("KẾ HOẠCH", " ".join(filter(None, lines[kind + 1 : subject_end]))),
        recipients=tuple(line for line in lines[foot + 1 :] if line),
        signature=(signature,) if signature else (),
        style=Style(size=14),
    )


def _letterhead(lines: Iterable[str]) -> tuple[tuple[str, ...], str, str]:
    """(issuer's lines, number, place and date): what stands left of the motto, and the line below it in two."""
    issuer, number, place_and_date = [], "", ""
    for line in filter(None, lines):
        if line.startswith("Số:"):
            code = _NUMBER.match(line)
            number = code.group() if code else ""
            place_and_date = line[len(number) :].strip()
        else:
            issuer.append(line.removesuffix(QUOC_HIEU).removesuffix(TIEU_NGU).strip())
    return tuple(filter(None, issuer)), number, place_and_date


def _paragraphs(lines: Iterable[str]) -> Iterator[str]:
    """Lines joined to paragraphs, over page breaks too; lines that are page numbers are left out."""
    paragraph = last = ""
    blank = False
    for line in lines:
        if not line or line.isdecimal():
            blank = True
            continue
        stopped = bool(_STOP.search(last))
        marked = _MARK.match(line) and (blank or stopped)  # else a dash that happens to open a line
        parted = blank and (stopped or len(last) < FULL_LINE)
        if paragraph and (marked or parted or _SECTION.match(last)):
            yield paragraph
            paragraph = ""
        paragraph = f"{paragraph} {line}".strip()
        last, blank = line, False
    if paragraph:
        yield paragraph


def _paragraph(text: str) -> Paragraph:
    heading = _SECTION.match(text) or (_HEADING.match(text) and len(text) < FULL_LINE)
    return Paragraph(text, bold=bool(heading))


def make_example(text: str, path: Path, *, profile: str, seed: int) -> int:
    """Write one scan; returns its number of pages."""
    chosen, rng = PROFILES[profile], np.random.default_rng(seed)  # type: ignore[index]
    pdf = html_to_pdf(sheet_to_html(text_to_sheet(text)))
    pages = [PIL.Image.fromarray(degrade(image, chosen, rng)).convert("L") for image in pdf_to_images(pdf, chosen.dpi)]
    pages[0].save(path, save_all=True, append_images=pages[1:], resolution=chosen.dpi, quality=JPEG_QUALITY)
    return len(pages)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("texts", metavar="TEXT", nargs="+", type=Path)
    parser.add_argument("--out", type=Path, required=True)
    parser.add_argument("--profile", choices=list(PROFILES), default="typical")
    parser.add_argument("--seed", type=int, default=1)
    options = parser.parse_args()
    options.out.mkdir(parents=True, exist_ok=True)
    for path in options.texts:
        target = options.out / f"{path.name.split('.')[0]}.pdf"
        make_example(path.read_text(encoding="utf-8"), target, profile=options.profile, seed=options.seed)


if __name__ == "__main__":
    main()
