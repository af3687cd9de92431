"""What readers make of the numbers of sections: counts over generated pages, for `restore/outline_model.py`.

    python -m thidua.train.pages --corpus CORPUS --plans PLANS --tessdata TESSDATA --out PAGES --first 60000 \\
        --pages 520 --headings 1
    python -m thidua.train.pairs --pages PAGES --out PAIRS
    python -m thidua.train.list_numbers --pairs PAIRS --out dictionaries/list_number_readings.tsv
"""

from __future__ import annotations

import argparse
import re
from collections import Counter
from collections.abc import Iterable
from datetime import date
from pathlib import Path

from ..restore.outline_model import SECTION_STROKES
from ..restore.romans import roman_value
from .pairs import Pair, read_pairs

READERS = {"eng_full": "eng", "vie": "vie"}
HEADER = """# What readers make of the numerals of sections, without the full stop behind them.
# Source: counted over typeset pages of headings (thidua.train.pages --headings), see thidua.train.list_numbers.
# Licence: facts (counts). Date: {date}
reader\tnumber\tread\tcount
"""
_PRINTED = re.compile(r"([IVX]+)\.")


def counts(pairs: Iterable[Pair]) -> Counter[tuple[str, int, str]]:
    """How often a reader gave some strokes for the numeral of a section: by reader, value and strokes."""
    found: Counter[tuple[str, int, str]] = Counter()
    for pair in pairs:
        match = _PRINTED.fullmatch(pair.text)
        value = roman_value(match[1]) if match else None
        strokes = SECTION_STROKES.fullmatch(pair.form.rstrip(".,:;"))
        if value and strokes and not pair.held_out:
            found[READERS[pair.model], value, strokes.group()] += 1
    return found


def main() -> None:
    parser = argparse.ArgumentParser(description="What readers make of the numbers of sections")
    parser.add_argument("--pairs", type=Path, required=True, help="as thidua.train.pairs writes them")
    parser.add_argument("--out", type=Path, required=True)
    arguments = parser.parse_args()
    found = counts(read_pairs(arguments.pairs))
    lines = [f"{reader}\t{value}\t{read}\t{n}" for (reader, value, read), n in sorted(found.items(), key=_order)]
    header = HEADER.format(date=date.today().isoformat())
    arguments.out.write_text(header + "\n".join(lines) + "\n", encoding="utf-8")


def _order(item: tuple[tuple[str, int, str], int]) -> tuple[str, int, int, str]:
    (reader, value, read), n = item
    return reader, value, -n, read


if __name__ == "__main__":
    main()
