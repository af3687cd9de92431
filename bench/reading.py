"""Reading quality: words wrong of thidua's reading, alone and restored, beside bare Tesseract on the same images.

    python bench/reading.py [--print TEXTS] [--made FOLDER ...] [--real SCANS --truth TRUTHS]

TEXTS holds plans as text (*.txt, a paragraph a line): pages are made of them as `printed.py` tells, in every profile.
A FOLDER of made pages holds STEM.scan.pdf (images only) with STEM.gt.txt (the printed rows); TRUTHS holds STEM.PAGE.txt
for pages of SCANS. Words are compared in reading order, without page numbers, hòa and hoà counted equal.
Bare Tesseract gets the image at its own resolution. Times are CPU seconds a page of one process and its Tesseract,
without what is loaded once.
"""

from __future__ import annotations

import argparse
import os
import re
import resource
import subprocess
import tempfile
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path

import cv2
import numpy as np
import pypdfium2 as pdfium
from PIL import Image
from rapidfuzz.distance import Levenshtein

from thidua.restore import restore_text
from thidua.restore.normalise import canonical_tone
from thidua.scan import ReadOptions, transcribe
from thidua.scan.images import frame_to_picture
from thidua.scan.pdf import POINTS_PER_INCH, page_image
from thidua.scan.picture import Picture, read_picture
from thidua.types import Page


@dataclass
class Score:
    """Wrong words of each way of reading, words of the truth, and CPU seconds."""

    words: int = 0
    pages: int = 0
    wrong: dict[str, int] = field(default_factory=dict)
    seconds: dict[str, float] = field(default_factory=dict)

    def add(self, other: Score) -> None:
        self.words += other.words
        self.pages += other.pages
        for key, value in other.wrong.items():
            self.wrong[key] = self.wrong.get(key, 0) + value
        for key, seconds in other.seconds.items():
            self.seconds[key] = self.seconds.get(key, 0.0) + seconds

    def row(self, name: str) -> str:
        shares = " | ".join(f"{self.wrong[key] / self.words:.2%}" for key in ("bare", "read", "restored"))
        times = " | ".join(f"{self.seconds[key] / self.pages:.2f}" for key in ("bare", "read"))
        return f"| {name} | {self.pages} | {self.words} | {shares} | {times} |"


def cpu_seconds() -> float:
    usages = (resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN))
    return sum(usage.ru_utime + usage.ru_stime for usage in usages)


def without_page_number(text: str) -> str:
    """The text of one page without a number that stands alone in its first or last line."""
    lines = [line for line in text.split("\n") if line.strip("\f ")]
    for end in (0, -1):
        if lines and re.fullmatch(r"\s*\d{1,3}\s*", lines[end]):
            del lines[end]
    return "\n".join(lines)


def tokens(text: str) -> list[str]:
    """Words; one that is broken at its hyphen or slash at a line's end ("12/KH-", "UBND") is one word."""
    joined = re.sub(r"(?<=\w[-/])\n(?=\w)", "", text)
    return [canonical_tone(token) for token in joined.split()]


def wrong_words(truth: str, text: str) -> int:
    return int(Levenshtein.distance(tokens(truth), tokens(text)))


def bare_tesseract(picture: Picture) -> str:
    with tempfile.TemporaryDirectory() as folder:
        image = Path(folder) / "page.png"
        cv2.imwrite(str(image), np.ascontiguousarray(picture.rgb[..., ::-1]), [cv2.IMWRITE_PNG_COMPRESSION, 1])
        command = ["tesseract", str(image), "-", "-l", "vie", "--psm", "3"]
        return subprocess.run(command, capture_output=True, check=True).stdout.decode("utf-8")


def measure(pictures: Iterable[tuple[Picture, Picture]], truth: str) -> Score:
    """pictures: of each page as the reading gets it, and as bare Tesseract does."""
    pages: list[Page] = []
    bare: list[str] = []
    score = Score()
    times = {"bare": 0.0, "read": 0.0}
    for number, (picture, whole) in enumerate(pictures, 1):
        start = cpu_seconds()
        bare.append(without_page_number(bare_tesseract(whole)))
        middle = cpu_seconds()
        pages.append(read_picture(picture, number=number, reason="bench", options=ReadOptions()))
        times["bare"] += middle - start
        times["read"] += cpu_seconds() - middle
    transcript = transcribe(pages)
    restored = restore_text(transcript.text, transcript=transcript).text
    texts = {"bare": "\n".join(bare), "read": transcript.text, "restored": restored}
    wrong = {key: wrong_words(truth, text) for key, text in texts.items()}
    score.add(Score(len(tokens(truth)), len(pages), wrong, times))
    return score


def pictures_of(path: Path, only: int | None = None) -> Iterator[tuple[Picture, Picture]]:
    if path.suffix != ".pdf":
        with Image.open(path) as image:
            picture = frame_to_picture(image)
        yield picture, picture
        return
    document = pdfium.PdfDocument(path)
    for index in range(len(document)):
        if only in (None, index + 1):
            picture, scan_dpi = page_image(document[index])
            yield picture, whole_image(document[index], scan_dpi) if scan_dpi > picture.dpi else picture


def whole_image(page: pdfium.PdfPage, dpi: int) -> Picture:
    pixels = page.render(scale=dpi / POINTS_PER_INCH, rev_byteorder=True).to_numpy()
    return Picture(np.ascontiguousarray(pixels[..., :3]), dpi)


def measure_printed(texts: Sequence[Path]) -> None:
    import printed  # these two only here: they need WeasyPrint
    from thidua.train.degrade import PROFILES

    total = Score()
    for profile in PROFILES:
        score = Score()
        for path in texts:
            sheet = printed.plan_to_sheet(path.read_text("utf-8"))
            images = printed.scans(path.stem, sheet, profile)
            pictures = (Picture(image, PROFILES[profile].dpi) for image in images)
            score.add(measure(((picture, picture) for picture in pictures), printed.sheet_to_truth(sheet)))
        print(score.row(f"printed, {profile}"), flush=True)
        total.add(score)
    print(total.row("all printed"))


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--print", type=Path, metavar="TEXTS")
    parser.add_argument("--made", type=Path, nargs="*", default=[])
    parser.add_argument("--real", type=Path)
    parser.add_argument("--truth", type=Path)
    arguments = parser.parse_args()
    os.environ.setdefault("OMP_THREAD_LIMIT", "1")
    cv2.setNumThreads(1)
    page = np.full((200, 900, 3), 255, np.uint8)
    cv2.putText(page, "phong trao thi dua yeu nuoc", (40, 100), cv2.FONT_HERSHEY_TRIPLEX, 1, (0, 0, 0), 2)
    read_picture(Picture(page, 200), number=1, reason="so that all is loaded", options=ReadOptions())
    print("| pages | number | words | bare Tesseract | read | restored | s/page bare | s/page read |")
    print("| --- | --- | --- | --- | --- | --- | --- | --- |")
    if arguments.print:
        measure_printed(sorted(arguments.print.glob("*.txt")))
    total = Score()
    for folder in arguments.made:
        score = Score()
        for source in sorted(folder.glob("*.scan.pdf")):
            truth = source.with_name(source.name.replace(".scan.pdf", ".gt.txt"))
            # The rows of made pages hold their page numbers, each alone in its row; nothing else stands so there.
            rows = [row for row in truth.read_text("utf-8").split("\n") if not row.strip().isdigit()]
            score.add(measure(pictures_of(source), "\n".join(rows)))
        print(score.row(folder.name), flush=True)
        total.add(score)
    if arguments.made:
        print(total.row("all made"))
    if arguments.real and arguments.truth:
        real = Score()
        for truth in sorted(arguments.truth.glob("*.txt")):
            stem, number = truth.stem.rsplit(".", 1)
            source = next(path for path in arguments.real.iterdir() if path.stem == stem)
            score = measure(pictures_of(source, only=int(number)), truth.read_text("utf-8"))
            print(score.row(f"{stem} p. {number}"), flush=True)
            real.add(score)
        print(real.row("all real"))


if __name__ == "__main__":
    main()
