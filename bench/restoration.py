"""How well is damaged text restored? Word and character error rates, kinds of error, calibration, speed.

    python bench/restoration.py --pairs DIR [--engines eng_full,vie] [--seed RAW TRUTH]... [--clean DIR] [--errors N]

--pairs: a folder with <stem>.gt.txt (truth, rows as printed) and <stem>.<engine>.txt (what an OCR engine made of it),
--clean: a folder of correct texts (*.txt), which must come back as they are. --errors N shows N errors of each set.

A word is a run of characters that are not white space. Both placements of the tone mark (hoá, hóa) count as the same.
"""

from __future__ import annotations

import argparse
import resource
import time
import unicodedata
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

from rapidfuzz.distance import Levenshtein

from thidua.evaluate.texts import TextScore, score_text, words
from thidua.restore import restore_text
from thidua.types import Restored


@dataclass(frozen=True)
class Pair:
    """A damaged text and its truth."""

    name: str
    source: str
    truth: str


def calibration(results: Iterable[tuple[Pair, Restored]], bins: int = 10) -> list[tuple[float, float, int]]:
    """Reliability of the edits' confidence: (mean confidence, share that is right, number) a bin that is not empty.

    An edit is right where its words, aligned with the truth, are equal to it.
    """
    table: dict[int, list[tuple[float, bool]]] = defaultdict(list)
    for pair, restored in results:
        truth, made = words(pair.truth), words(restored.text)
        right = [False] * len(made)
        for op in Levenshtein.opcodes(truth, made):
            if op.tag == "equal":
                right[op.dest_start : op.dest_end] = [True] * (op.dest_end - op.dest_start)
        for confidence, first, last in _edited_words(restored):
            table[min(bins - 1, int(confidence * bins))].append((confidence, all(right[first:last])))
    return [
        (sum(c for c, _ in rows) / len(rows), sum(ok for _, ok in rows) / len(rows), len(rows))
        for _, rows in sorted(table.items())
    ]


def _edited_words(restored: Restored) -> Iterable[tuple[float, int, int]]:
    """(confidence, first word, end) of every edit, in words of the restored text."""
    position = seen = 0
    text, shift = restored.text, 0
    for edit in restored.edits:
        start = edit.start + shift
        shift += len(edit.after) - len(edit.before)
        seen += len(text[position:start].split())
        if start and not text[start - 1].isspace() and text[position:start].split():
            seen -= 1  # the edit begins inside a word
        position = start
        count = len(text[start : start + len(edit.after)].split())
        if count:
            yield edit.confidence, seen, seen + count


def expected_calibration_error(table: Sequence[tuple[float, float, int]]) -> float:
    total = sum(n for _, _, n in table)
    return sum(abs(confidence - right) * n for confidence, right, n in table) / max(1, total)


def pairs_in(folder: Path, engine: str) -> list[Pair]:
    found = []
    for truth in sorted(folder.glob("*.gt.txt")):
        source = truth.with_name(truth.name.replace(".gt.txt", f".{engine}.txt"))
        if source.exists():
            found.append(Pair(truth.name.split(".")[0], source.read_text("utf-8"), truth.read_text("utf-8")))
    return found


def report(name: str, pairs: Sequence[Pair], errors: int) -> None:
    """Restore a set of texts and print what came out."""
    started, total, raw, results = time.process_time(), TextScore(), TextScore(), []
    for pair in pairs:
        results.append((pair, restore_text(pair.source)))
    seconds = time.process_time() - started
    examples: list[tuple[str, str, str, str]] = []
    for pair, restored in results:
        found = score_text(pair.truth, restored.text)
        total.add(found)
        raw.add(score_text(pair.truth, pair.source))
        examples += [(pair.name, *example) for example in found.examples]
        if len(pairs) > 1:
            print(f"    {pair.name:40.40} {found.wer:6.2f} {found.cer:6.2f}  of {found.words}")
    rates = f"WER {total.wer:.2f} % ({total.wrong_words} of {total.words}), CER {total.cer:.2f} %"
    print(f"{name}: {rates}; unrestored WER {raw.wer:.2f} %")
    print(f"    {', '.join(f'{k} {n}' for k, n in total.kinds.most_common())}")
    memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(f"    {total.words / seconds:,.0f} words/s; {memory:.0f} MB at most")
    table = calibration(results)
    print(f"    expected calibration error {expected_calibration_error(table):.3f}:", end=" ")
    print("; ".join(f"{confidence:.2f} {right:.2f} ({n})" for confidence, right, n in table))
    for example in examples[:errors]:
        print("      {}: ... {} [{}] -> [{}]".format(*example))


def report_clean(folder: Path) -> None:
    """Correct text must stay: how many words and numbers are changed."""
    changed = numbers = total = 0
    for path in sorted(folder.glob("*.txt")):
        text = unicodedata.normalize("NFC", path.read_text("utf-8"))
        restored = restore_text(text)
        total += len(text.split())
        for edit in restored.edits:
            changed += max(1, len(edit.before.split()))
            numbers += [c for c in edit.before if c.isdigit()] != [c for c in edit.after if c.isdigit()]
            print(f"      {path.stem[:20]}: {edit.before!r} -> {edit.after!r} ({edit.rule}, {edit.confidence:.2f})")
    print(f"clean: {changed} of {total} words changed ({100 * changed / max(1, total):.3f} %), {numbers} numbers")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--pairs", type=Path)
    parser.add_argument("--engines", default="eng_full,vie")
    parser.add_argument("--seed", type=Path, nargs=2, action="append", default=[], metavar=("RAW", "TRUTH"))
    parser.add_argument("--clean", type=Path)
    parser.add_argument("--errors", type=int, default=0)
    arguments = parser.parse_args()
    for engine in arguments.engines.split(",") if arguments.pairs else ():
        report(engine, pairs_in(arguments.pairs, engine), arguments.errors)
    for raw, truth in arguments.seed:
        report(raw.stem, [Pair(raw.stem, raw.read_text("utf-8"), truth.read_text("utf-8"))], arguments.errors)
    if arguments.clean:
        report_clean(arguments.clean)


if __name__ == "__main__":
    main()
