"""What does the rescorer add to the decoder? Tokens that it mends or spoils, and how well its posteriors hold.

    python bench/rescoring.py --pairs DIR [--engine eng_full] [--words]

--pairs: a folder with <stem>.gt.txt (truth, rows as printed) and <stem>.<engine>.txt (what the OCR engine made of it).
Only tokens with a counterpart in the truth count. --words shows the tokens that changed.
"""

from __future__ import annotations

import argparse
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from thidua.restore.channel import Channel
from thidua.restore.decode import Decoder, Weighed
from thidua.restore.normalise import canonical_tone
from thidua.restore.rescore import SURE, Rescorer
from thidua.train.rescorer_weights import lattice_of, truths

BINS = np.array([0.0, 0.3, 0.5, 0.7, 0.8, 0.9, 0.95, 0.98, 1.01])


@dataclass(frozen=True)
class Case:
    """One token of one text: what was printed, what decoder and rescorer chose, with their posteriors."""

    stem: str
    printed: str
    before: str
    after: str
    sure_before: float
    sure_after: float

    @property
    def mended(self) -> bool:
        return self.after == self.printed != self.before

    @property
    def spoilt(self) -> bool:
        return self.before == self.printed != self.after


def cases(folder: Path, engine: str) -> Iterator[Case]:
    """Every token of the texts of a folder that has a counterpart in the truth."""
    decoder, channel, rescorer = Decoder(), Channel.load("eng"), Rescorer.load()
    for truth in sorted(folder.glob("*.gt.txt")):
        stem = truth.name.removesuffix(".gt.txt")
        rows = [[row] for row in truth.read_text(encoding="utf-8").split("\n") if row.strip()]
        text = truth.with_name(f"{stem}.{engine}.txt").read_text(encoding="utf-8")
        lines = [line.split() for line in text.split("\n") if line.strip()]
        printed = [token for line in truths(rows, lines) for token in line]
        lattice = lattice_of(lines, channel)
        path = [weighed for weighed in decoder.weigh(lattice) if weighed.best is not None]
        for one, two in zip(path, rescorer.rescored(path, lattice.breaks), strict=True):
            wanted = printed[one.arc.start] if one.arc.end == one.arc.start + 1 else None
            if wanted is not None:
                yield Case(stem, canonical_tone(wanted), *_chosen(one, two))


def _chosen(one: Weighed, two: Weighed) -> tuple[str, str, float, float]:
    texts = [canonical_tone(weighed.arc.candidates[weighed.best or 0].text) for weighed in (one, two)]
    sures = [float(weighed.posteriors[weighed.best or 0]) for weighed in (one, two)]
    return texts[0], texts[1], sures[0], sures[1]


def calibration_error(sure: np.ndarray, right: np.ndarray) -> float:
    """Expected calibration error: the gap between posterior and accuracy, averaged over bins by their size."""
    bins = np.digitize(sure, BINS)
    gaps = [abs(sure[bins == k].mean() - right[bins == k].mean()) * (bins == k).mean() for k in np.unique(bins)]
    return float(sum(gaps))


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--pairs", type=Path, required=True)
    parser.add_argument("--engine", default="eng_full")
    parser.add_argument("--words", action="store_true")
    arguments = parser.parse_args()
    found = list(cases(arguments.pairs, arguments.engine))
    unsure = [case for case in found if case.sure_before < SURE]
    mended, spoilt = (sum(getattr(case, kind) for case in unsure) for kind in ("mended", "spoilt"))
    wrong = sum(case.before != case.printed for case in unsure)
    print(f"{len(found)} tokens, {len(unsure)} uncertain, {wrong} of them wrong: {mended} mended, {spoilt} spoilt")
    for name, sures, texts in (
        ("decoder", [c.sure_before for c in unsure], [c.before == c.printed for c in unsure]),
        ("rescorer", [c.sure_after for c in unsure], [c.after == c.printed for c in unsure]),
    ):
        print(f"calibration error of the {name} on them: {calibration_error(np.array(sures), np.array(texts)):.3f}")
    for case in unsure if arguments.words else ():
        if case.before != case.after:
            sign = "+" if case.mended else "-" if case.spoilt else " "
            print(f"{sign} {case.stem}: {case.printed} | {case.before} {case.sure_before:.2f}", end="")
            print(f" -> {case.after} {case.sure_after:.2f}")


if __name__ == "__main__":
    main()
