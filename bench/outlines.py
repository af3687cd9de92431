"""Are list numbers restored? Section numbers of real outlines, replaced by what readers made of such numbers.

    python bench/outlines.py --texts FOLDER... --pairs PAIRS [--reader eng|vie] [--rounds N] [--lost SHARE]

FOLDER: correct texts (*.txt) whose lines start with their numbers. PAIRS: as thidua.train.pairs writes them, of other
pages than dictionaries/list_number_readings.tsv was counted over: each number is read as one of its kind was there, so
the mixture of good and poor pages is that of the pairs. --lost: share of lines that the reader loses.
right: as printed, mended or not; wrong: mended to another number; left: not mended; false: made of no section's number.
"""

from __future__ import annotations

import argparse
import random
import re
from collections import Counter, defaultdict
from collections.abc import Iterator
from pathlib import Path

from thidua.restore.outline_model import Reader
from thidua.restore.outline_numbers import LEAST, Opening, opening, repaired_numbers
from thidua.train.list_numbers import READERS
from thidua.train.pairs import read_pairs

NUMBER = re.compile(r"[IVX]+\.|\d{1,2}\.|[a-zđ]\)|[A-H]\.")
SECTION = re.compile(r"[IVX]+\.")
ROW = 14  # words of a row: longer paragraphs are broken
SEEN = 3  # readings of a number from which they are drawn; else it is read well
Readings = dict[str, Counter[str]]


def readings(pairs: Path, reader: Reader) -> Readings:
    found: Readings = defaultdict(Counter)
    for pair in read_pairs(pairs):
        if READERS[pair.model] == reader and NUMBER.fullmatch(pair.text):
            found[pair.text][pair.form] += 1
    return found


def rows(text: str) -> Iterator[list[str]]:
    for line in text.split("\n"):
        words = line.split()
        for start in range(0, len(words), ROW):
            yield words[start : start + ROW]


def read_rows(text: str, made: Readings, lost: float, rng: random.Random) -> Iterator[tuple[str, list[str]]]:
    """(the first token as printed, the row as read) of each row that is not lost."""
    for words in rows(text):
        if rng.random() < lost:
            continue
        known = made.get(words[0], Counter())
        form = rng.choices([*known], [*known.values()])[0] if known.total() >= SEEN else words[0]
        yield (words[0] if form else ""), [*form.split(), *words[1:]]


def score(text: str, made: Readings, reader: Reader, lost: float, rng: random.Random) -> Counter[str]:
    read = list(read_rows(text, made, lost, rng))
    openings: list[Opening | None] = [opening(row) for _, row in read]
    mended = {line: number for line, number, sure in repaired_numbers(openings, reader) if sure >= LEAST}
    found: Counter[str] = Counter()
    for line, (printed, row) in enumerate(read):
        number = mended.get(line, row[0] if row else "")
        if SECTION.fullmatch(printed):
            found["right" if number == printed else "wrong" if line in mended else "left"] += 1
        elif line in mended and SECTION.fullmatch(number):
            found["false"] += 1
    return found


def main() -> None:
    parser = argparse.ArgumentParser(description="Section numbers of outlines: restored, left, wrong")
    parser.add_argument("--texts", type=Path, nargs="+", required=True)
    parser.add_argument("--pairs", type=Path, required=True)
    parser.add_argument("--reader", choices=("eng", "vie"), default="eng")
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--lost", type=float, default=0.0)
    arguments = parser.parse_args()
    made = readings(arguments.pairs, arguments.reader)
    rng = random.Random(7)
    total: Counter[str] = Counter()
    for path in sorted(path for folder in arguments.texts for path in folder.glob("*.txt")):
        text = path.read_text(encoding="utf-8")
        for _ in range(arguments.rounds):
            total += score(text, made, arguments.reader, arguments.lost, rng)
    sections = total["right"] + total["wrong"] + total["left"]
    print(f"{sections} section numbers: " + ", ".join(f"{k} {100 * n / sections:.1f} %" for k, n in total.items()))


if __name__ == "__main__":
    main()
