"""Aligned pairs: which tokens of a training page became which tokens of its reading.

    python -m thidua.train.pairs --pages DIR --out pairs.tsv.xz

Writes one line a pair: page, held out (0 or 1), profile, model, confidence (0..1, the weakest word), form (read),
text (printed). A form or a text of several tokens has spaces: "Nơi nhận" read as "Noinhgn" was merged, "quốc" read as
"qu éc" was split; an empty one was lost or came from nowhere.
"""

from __future__ import annotations

import argparse
import json
import lzma
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from rapidfuzz import fuzz, process
from rapidfuzz.distance import Levenshtein

ROW_SIMILARITY = 55.0  # of 100; rows less alike than this do not belong together
SHAPES = ((1, 1), (1, 2), (2, 1), (1, 3), (3, 1), (2, 2), (1, 0), (0, 1))  # tokens of the text : tokens of the reading
LOOK_ALIKE = str.maketrans("đ6013w|!", "doolsuii")


@dataclass(frozen=True, slots=True)
class Pair:
    """One line of the pairs' file."""

    page: int
    held_out: bool
    profile: str
    model: str
    confidence: float
    form: str
    text: str


def skeleton(text: str) -> str:
    """Lower-case base letters, look-alikes made equal: what tells words apart in any reading."""
    marks_off = "".join(c for c in unicodedata.normalize("NFD", text.lower()) if not unicodedata.combining(c))
    return marks_off.translate(LOOK_ALIKE)


def align_rows(rows: Sequence[Sequence[str]], lines: Sequence[str]) -> Iterator[tuple[str, int]]:
    """Pairs (row of the truth, number of the line as read): each line with the row or column most like it.

    rows: each as its runs from left to right; a line may hold a whole row or one run. Lines like none are left out.
    """
    texts = list(dict.fromkeys([" ".join(row) for row in rows] + [run for row in rows for run in row]))
    skeletons = [skeleton(text) for text in texts]
    for number, line in enumerate(lines):
        found = process.extractOne(skeleton(line), skeletons, scorer=fuzz.ratio, score_cutoff=ROW_SIMILARITY)
        if found:
            yield texts[found[2]], number


def align_tokens(text: Sequence[str], read: Sequence[str]) -> list[tuple[slice, slice]]:
    """The cheapest monotone pairing of groups of tokens, by edits between their skeletons.

    Returns half-open ranges of `text` and `read` that cover both; one of a pair may be empty.
    """
    plain_text, plain_read = [skeleton(token) for token in text], [skeleton(token) for token in read]
    best = {(0, 0): (0.0, (0, 0))}
    for i in range(len(text) + 1):
        for j in range(len(read) + 1):
            if i or j:
                best[i, j] = min(
                    (best[i - a, j - b][0] + _cost(plain_text[i - a : i], plain_read[j - b : j]), (a, b))
                    for a, b in SHAPES
                    if a <= i and b <= j
                )
    path = []
    i, j = len(text), len(read)
    while i or j:
        a, b = best[i, j][1]
        path.append((slice(i - a, i), slice(j - b, j)))
        i, j = i - a, j - b
    return path[::-1]


def _cost(text: Sequence[str], read: Sequence[str]) -> float:
    """Edits between the groups and, for each token more than one, a bit: one to one is the rule."""
    return Levenshtein.distance("".join(text), "".join(read)) + 0.7 * (len(text) + len(read) - 2)


def page_pairs(page: dict[str, object]) -> Iterator[Pair]:
    """The pairs of one page as written by thidua.train.pages."""
    rows, read = page["rows"], page["read"]
    assert isinstance(rows, list)
    assert isinstance(read, dict)
    for model, lines in read.items():
        plain = [" ".join(word for word, _ in line) for line in lines]
        for row, number in align_rows(rows, plain):
            words = [word for word, _ in lines[number]]
            tokens = row.split()
            for in_text, in_read in align_tokens(tokens, words):
                group = lines[number][in_read]
                text, form = " ".join(tokens[in_text]), " ".join(words[in_read])
                if _plausible(text, form):
                    confidence = min((confidence for _, confidence in group), default=0.0)
                    number_of_page = int(str(page["page"]))
                    yield Pair(
                        number_of_page, bool(page["held_out"]), str(page["profile"]), str(model), confidence, form, text
                    )


def _plausible(text: str, form: str) -> bool:
    """Whether the one can have become the other: a long pair that shares no letter was aligned wrongly."""
    longest = max(len(text), len(form))
    return longest < 4 or Levenshtein.distance(skeleton(text), skeleton(form)) <= 0.75 * longest


def write_pairs(pairs: Iterator[Pair], path: Path) -> int:
    """Writes the pairs' file (.tsv.xz) and returns how many there were."""
    count = 0
    with lzma.open(path, "wt", encoding="utf-8", preset=1) as file:
        for pair in pairs:
            cells = (pair.page, int(pair.held_out), pair.profile, pair.model, pair.confidence, pair.form, pair.text)
            file.write("\t".join(map(str, cells)) + "\n")
            count += 1
    return count


def read_pairs(path: Path) -> Iterator[Pair]:
    """The pairs of a file that `write_pairs` wrote."""
    with lzma.open(path, "rt", encoding="utf-8", newline="\n") as file:
        for line in file:
            page, held_out, profile, model, confidence, form, text = line.rstrip("\n").split("\t")
            yield Pair(int(page), held_out == "1", profile, model, float(confidence), form, text)


def main() -> None:
    parser = argparse.ArgumentParser(description="Aligned pairs of printed and read tokens")
    parser.add_argument("--pages", type=Path, required=True, help="folder that thidua.train.pages wrote")
    parser.add_argument("--out", type=Path, required=True, help="file to write, .tsv.xz")
    arguments = parser.parse_args()
    pages = (json.loads(path.read_text(encoding="utf-8")) for path in sorted(arguments.pages.glob("page-*.json")))
    write_pairs((pair for page in pages for pair in page_pairs(page)), arguments.out)


if __name__ == "__main__":
    main()
