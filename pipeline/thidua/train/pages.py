"""Training pages: text of corpora is typeset in many styles, spoilt like a scan and read by Tesseract.

    python -m thidua.train.pages --corpus ../shared/corpus --plans ../shared/plans/train --tessdata DIR --out DIR

Each page becomes OUT/page-NNNNNN.json with its true rows and the words (with confidence, 0..1) that each model read;
pages that exist are not made again. Page k depends on the texts, the options and k only. Every 20th page is held out:
it draws on documents of its own (chosen by a hash), never on those of the training pages. With --syllables some
passages are syllables in no order, rare ones nearly as often as common ones: what an engine makes of a word hardly
depends on its neighbours, and such a page tells more than ten of running text. (The pages below number 50,000 of
channel-eng-1 and channel-vie-1 drew from the 3,261 syllables of laws, which dictionaries/syllables.tsv then had.)

DIR of --tessdata holds vie.traineddata (Debian's tesseract-ocr-vie) and eng_full.traineddata (the full English model as
in the npm package @tesseract.js-data/eng 4.0.0: the one whose readings of Vietnamese pages are met in archives).
"""

from __future__ import annotations

import argparse
import csv
import io
import json
import lzma
import os
import re
import subprocess
import tempfile
import unicodedata
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import TypeVar
from zlib import crc32

import cv2
import numpy as np

from .degrade import PROFILES, Profile, ProfileName, degrade, vary
from .drills import headings, syllables
from .typeset import (
    QUOC_HIEU,
    TIEU_NGU,
    Image,
    Paragraph,
    Sheet,
    Style,
    html_to_pdf,
    pdf_to_images,
    pdf_to_rows,
    sheet_to_html,
)

FORMAT, VERSION = "thidua-page", 1
HELD_OUT_EVERY = 20

# How often a page draws on a corpus, by the start of its file name; the plans are few but most like what will be read.
SHARES = {"plans": 0.2, "harvest": 0.33, "tnt": 0.15, "legal": 0.14, "vbpl": 0.1, "luatvietnam": 0.05, "tthc": 0.03}
TOPIC = re.compile(
    "thi đua|khen thưởng|kế hoạch|đại hội|đảng|giáo dục|đào tạo|học sinh|phong trào|nhiệm vụ|chỉ đạo|tuyên truyền"
    "|ủy ban nhân dân|kỷ niệm|cán bộ|công chức|tập thể",
    re.IGNORECASE,
)
PRINTABLE = re.compile(r"[\w\s.,;:!?()\[\]/%&+\-–…“”\"'‘’=*°]+")
# Free fonts with all Vietnamese letters; the first four have the shapes of Times.
FONTS = {
    "Tinos": 0.62, "FreeSerif": 0.07, "Liberation Serif": 0.07, "Linux Libertine O": 0.04, "Noto Serif": 0.04,
    "Charis SIL": 0.04, "DejaVu Serif": 0.03, "Arimo": 0.04, "Noto Sans": 0.03, "DejaVu Sans": 0.02,
}  # fmt: skip
PROFILE_SHARES: dict[ProfileName, float] = {"clean": 0.12, "typical": 0.43, "poor": 0.25, "copy": 0.2}
Key = TypeVar("Key", bound=str)
MODELS = {"eng_full": 1, "vie": 2}  # model -> beside others it reads every n-th page


@dataclass(frozen=True)
class Library:
    """Texts to print. documents: paragraphs by corpus and document; the pools hold lines found in the documents."""

    documents: dict[str, list[list[str]]]
    capitals: list[str]  # "ỦY BAN NHÂN DÂN"
    codes: list[str]  # "12/KH-UBND"
    recipients: list[str]  # "- Như trên;"
    names: list[str]  # "Nguyễn Văn Hùng"
    counts: Counter[str]  # of lower-case words


def read_documents(path: Path) -> Iterator[list[str]]:
    """The documents of one text file (.txt or .txt.xz): paragraphs are lines, blank lines part documents."""
    with lzma.open(path, "rt", encoding="utf-8") if path.suffix == ".xz" else path.open(encoding="utf-8") as file:
        document: list[str] = []
        for line in file:
            text = " ".join(unicodedata.normalize("NFC", line).split())
            if PRINTABLE.fullmatch(text) and not (text.isascii() and text.count(" ") > 1):  # not foreign text
                document.append(text)
            elif not text and document and path.suffix == ".xz":
                yield document
                document = []
        if document:
            yield document


def build_library(paths: Iterable[Path], *, held_out: bool) -> Library:
    """The library of the documents that are held out, or of those that are not."""
    documents: dict[str, list[list[str]]] = {}
    for path in sorted(paths):
        source = next((name for name in SHARES if path.name.startswith(name)), "plans")
        for k, document in enumerate(read_documents(path)):
            if (crc32(f"{path.name} {k}".encode()) % HELD_OUT_EVERY == 0) == held_out:
                documents.setdefault(source, []).append(document)
    lines = [line for source in documents.values() for document in source for line in document]
    return Library(
        documents,
        capitals=sorted({line for line in lines if line.isupper() and 8 < len(line) < 60 and line.count(" ") > 1}),
        codes=sorted({code for line in lines for code in re.findall(r"\b\d+/[A-ZĐa-z&\-]+-[A-ZĐa-z&]+\b", line)}),
        recipients=sorted({line for line in lines if re.fullmatch(r"- .{5,50};", line)}),
        names=sorted({line for line in lines if re.fullmatch(r"([A-ZĐÂÁ]\w{1,5} ){2,3}[A-ZĐÂÁ]\w{1,5}", line)}),
        counts=Counter(word for line in lines for word in re.findall(r"[^\W\d_]+", line.lower())),
    )


@dataclass(frozen=True)
class Mixture:
    """What sheets are filled with. syllables, headings: share of passages that are nothing else; evenness: the exponent
    of a syllable's count, 0 where all are drawn alike.
    """

    syllables: float = 0.0
    evenness: float = 0.25
    headings: float = 0.0


def compose(library: Library, rng: np.random.Generator, mixture: Mixture = Mixture()) -> Sheet:
    """A sheet about as long as half a page, in a random style."""
    body: list[Paragraph] = []
    length, wanted = 0, int(rng.integers(700, 1500))
    while length < wanted:
        for text in _chosen(library, rng, mixture):
            body.append(_styled(text[:700], rng))
            length += len(text[:700])
    style = Style(
        font=_weighted(FONTS, rng),
        size=float(rng.choice([11, 12, 13, 13, 13.5, 14, 14, 14, 15])),
        height=float(rng.integers(140, 200)),
        leading=float(rng.choice([1.15, 1.25, 1.3, 1.4])),
        page_numbers=False,
    )
    if rng.random() > 0.35:
        return Sheet(tuple(body), style=style)
    place = f"{_pick(library.names, rng).rsplit(' ', 2)[-1]}, ngày {rng.integers(1, 32)} tháng {rng.integers(1, 13)}"
    code = _pick(library.codes, rng).split("/")[-1]
    with_foot = rng.random() < 0.4
    return Sheet(
        body=tuple(body[:2] if with_foot else body),
        issuer=(_pick(library.capitals, rng), _pick(library.capitals, rng)),
        number=f"Số: {rng.integers(1, 3000)}/{code}",
        motto=(QUOC_HIEU, TIEU_NGU),
        place_and_date=f"{place} năm {rng.integers(2012, 2027)}",
        title=(_pick(library.capitals, rng), *_passage(library, rng)[:1]),
        recipients=tuple(_pick(library.recipients, rng) for _ in range(4)) if with_foot else (),
        signature=(_pick(library.capitals, rng),) if with_foot else (),
        signer=_pick(library.names, rng) if with_foot else "",
        style=style,
    )


def _chosen(library: Library, rng: np.random.Generator, mixture: Mixture) -> list[str]:
    if mixture.headings > 0 and rng.random() < mixture.headings:
        return headings(library.capitals, _some_paragraphs(library, rng), rng)
    if mixture.syllables > 0 and rng.random() < mixture.syllables:
        return syllables(rng, mixture.evenness)
    return _passage(library, rng)


def _passage(library: Library, rng: np.random.Generator) -> list[str]:
    """Up to four paragraphs that follow each other; some passages are chosen for their rare words."""
    found = [_some_paragraphs(library, rng) for _ in range(8 if rng.random() < 0.2 else 1)]
    return max(found, key=lambda passage: _rarity(library, passage))


def _some_paragraphs(library: Library, rng: np.random.Generator) -> list[str]:
    for _ in range(20):
        source = library.documents[_weighted({s: SHARES[s] for s in library.documents}, rng)]
        document = source[int(rng.integers(len(source)))]
        start = int(rng.integers(len(document)))
        passage = [text for text in document[start : start + 4] if len(text) > 3]
        if passage and (rng.random() < 0.3 or TOPIC.search(" ".join(passage))):
            return passage
    return [QUOC_HIEU]


def _rarity(library: Library, passage: list[str]) -> float:
    words = re.findall(r"[^\W\d_]+", " ".join(passage).lower())
    return float(np.mean([1 / np.log2(2 + library.counts[word]) for word in words])) if words else 0.0


def _styled(text: str, rng: np.random.Generator) -> Paragraph:
    chance = rng.random()
    if chance < 0.08:
        return Paragraph(text[:140].upper(), bold=rng.random() < 0.6, align="center")
    italic = 0.08 <= chance < 0.28
    return Paragraph(text, bold=0.23 <= chance < 0.38, italic=italic, indent=float(rng.choice([0, 1.0, 1.27])))


def _pick(items: list[str], rng: np.random.Generator) -> str:
    return items[int(rng.integers(len(items)))]


def _weighted(shares: dict[Key, float], rng: np.random.Generator) -> Key:
    weights = np.array(list(shares.values()))
    return list(shares)[int(rng.choice(len(weights), p=weights / weights.sum()))]


def make_page(k: int, library: Library, tessdata: Path, models: Sequence[str], mixture: Mixture) -> dict[str, object]:
    """Page number k as written to its file."""
    rng = np.random.default_rng(k)
    sheet = compose(library, rng, mixture)
    name = _weighted(PROFILE_SHARES, rng)
    profile: Profile = vary(PROFILES[name], rng)
    pdf = html_to_pdf(sheet_to_html(sheet))
    image = degrade(next(pdf_to_images(pdf, profile.dpi)), profile, rng)
    return {
        "format": FORMAT,
        "version": VERSION,
        "page": k,
        "held_out": k % HELD_OUT_EVERY == 0,
        "profile": name,
        "dpi": profile.dpi,
        "style": asdict(sheet.style),
        "rows": next(pdf_to_rows(pdf)),
        "read": {
            m: read_words(image, profile.dpi, m, tessdata) for m in models if len(models) == 1 or k % MODELS[m] == 0
        },
    }


def read_words(image: Image, dpi: int, model: str, tessdata: Path) -> list[list[tuple[str, float]]]:
    """The lines that Tesseract's model reads from the image, each as its words with their confidence (0..1)."""
    with tempfile.NamedTemporaryFile(suffix=".png") as file:
        file.write(cv2.imencode(".png", cv2.cvtColor(image, cv2.COLOR_RGB2BGR))[1].tobytes())
        file.flush()
        options = f"-l {model} --psm 3 --dpi {dpi} --tessdata-dir".split()
        run = subprocess.run(
            ["tesseract", file.name, "-", *options, str(tessdata), "tsv"],
            capture_output=True,
            check=True,
            env={**os.environ, "OMP_THREAD_LIMIT": "1"},
        )
    lines: dict[tuple[str, str, str], list[tuple[str, float]]] = {}
    for row in csv.DictReader(io.StringIO(run.stdout.decode()), delimiter="\t", quoting=csv.QUOTE_NONE):
        if row["level"] == "5" and row["text"].strip():
            key = row["block_num"], row["par_num"], row["line_num"]
            word = unicodedata.normalize("NFC", row["text"].strip())
            lines.setdefault(key, []).append((word, round(float(row["conf"]) / 100, 3)))
    return list(lines.values())


def main() -> None:
    parser = argparse.ArgumentParser(description="Training pages: typeset, spoilt, read by Tesseract")
    parser.add_argument("--corpus", type=Path, required=True, help="folder of *.txt.xz")
    parser.add_argument("--plans", type=Path, required=True, help="folder of *.txt, one document each")
    parser.add_argument("--tessdata", type=Path, required=True, help="folder with eng_full and vie .traineddata")
    parser.add_argument("--out", type=Path, required=True)
    parser.add_argument("--first", type=int, default=0, help="number of the first page")
    parser.add_argument("--pages", type=int, default=1200, help="how many pages")
    parser.add_argument("--models", nargs="+", choices=MODELS, default=list(MODELS), help="which models read the pages")
    parser.add_argument("--syllables", type=float, default=0.0, help="share of passages that are syllables in no order")
    parser.add_argument(
        "--evenness", type=float, default=0.25, help="exponent of a syllable's count: 0 draws all alike"
    )
    parser.add_argument("--headings", type=float, default=0.0, help="share of passages that are numbered headings")
    arguments = parser.parse_args()
    arguments.out.mkdir(parents=True, exist_ok=True)
    corpora = [path for path in arguments.corpus.glob("*.txt.xz") if any(path.name.startswith(s) for s in SHARES)]
    paths = [*corpora, *arguments.plans.glob("*.txt")]
    libraries = {held_out: build_library(paths, held_out=held_out) for held_out in (False, True)}
    mixture = Mixture(arguments.syllables, arguments.evenness, arguments.headings)
    for k in range(arguments.first, arguments.first + arguments.pages):
        target = arguments.out / f"page-{k:06d}.json"
        if not target.exists():
            page = make_page(k, libraries[k % HELD_OUT_EVERY == 0], arguments.tessdata, arguments.models, mixture)
            partial = target.with_suffix(".part")
            partial.write_text(json.dumps(page, ensure_ascii=False), encoding="utf-8")
            partial.rename(target)


if __name__ == "__main__":
    main()
