"""Train the language model: an interpolated modified Kneser-Ney n-gram model over syllables, pruned and packed.

Chen & Goodman, An Empirical Study of Smoothing Techniques (1998), with weighted counts: an n-gram seen c times with
summed weight w is discounted by D(c) * w / c, so a domain text may count several times without upsetting the discounts.
Lower orders count distinct left neighbours. Pruning drops the n-grams that the model misses least (weighted difference,
Seymore & Rosenfeld 1996) and keeps every prefix and suffix of a kept one.
"""

from __future__ import annotations

import argparse
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path

import numpy as np
import numpy.typing as npt

from ..resources import dictionary_path
from ..restore.language import FORMAT, SAMPLING, VERSION
from ..restore.packed import write_arrays
from .capitals import costs
from .corpus import Source, read

LEAST_WEIGHT = 2.0  # a rarer syllable is unknown
THRESHOLDS = [2.0, 6.0, 6.0, 6.0]  # nats over the training text that an n-gram of order 2, 3, ... must be worth

Ints = npt.NDArray[np.int64]
Floats = npt.NDArray[np.float64]


@dataclass
class Level:
    """The n-grams of one order, sorted by (prefix, word). Index i means row i everywhere.

    prefix, suffix: rows in the level below of the n-gram without its last and its first word.
    """

    word: npt.NDArray[np.uint16]
    prefix: Ints
    suffix: Ints
    count: Ints  # occurrences
    weight: Floats  # summed weight of the occurrences
    logp: Floats  # ln p(word | prefix), interpolated
    backoff: Floats  # ln of the factor for words unseen after this n-gram


def count(units: npt.NDArray[np.uint16], weights: npt.NDArray[np.float32], size: int, order: int) -> list[Level]:
    """All n-grams of a stream up to `order`, counted; probabilities are still empty. `size`: of the vocabulary."""
    levels: list[Level] = []
    rows = units.astype(np.int64)  # row of the n-gram that ends at each position
    for n in range(1, order + 1):
        if n == 1:
            keys, number = np.arange(size, dtype=np.int64), size
        else:
            keys, inverse = np.unique(rows[:-1] << 16 | units[n - 1 :], return_inverse=True)
            number = len(keys)
            suffix = np.zeros(number, np.int64)
            suffix[inverse] = rows[1:]
            rows = inverse.astype(np.int64)
        levels.append(
            Level(
                word=(keys & 0xFFFF).astype(np.uint16),
                prefix=keys >> 16,
                suffix=suffix if n > 1 else np.zeros(number, np.int64),
                count=np.bincount(rows, minlength=number),
                weight=_sums(rows, weights[n - 1 :], number),
                logp=np.zeros(number),
                backoff=np.zeros(number),
            )
        )
    return levels


def _sums(rows: Ints, values: npt.NDArray[np.floating], size: int) -> Floats:
    """The sum of the values of each row."""
    return np.bincount(rows, values, minlength=size).astype(np.float64)


def _discounts(counts: Ints) -> Floats:
    """D(0), D(1), D(2), D(3 and more) of modified Kneser-Ney from the counts of counts."""
    n1, n2, n3, n4 = (max(1, int((counts == k).sum())) for k in (1, 2, 3, 4))
    y = n1 / (n1 + 2 * n2)
    return np.clip([0.0, 1 - 2 * y * n2 / n1, 2 - 3 * y * n3 / n2, 3 - 4 * y * n4 / n3], 0.0, [0, 0.95, 1.9, 2.9])


def estimate(levels: list[Level]) -> None:
    """Fill in logp and backoff of every level."""
    lower = np.full(1, 1.0 / len(levels[0].word))  # the uniform distribution under the unigrams
    for n, level in enumerate(levels):
        if n + 1 < len(levels):
            above = levels[n + 1]
            counts = np.bincount(above.suffix, minlength=len(level.word))
            weights = _sums(above.suffix, above.weight / above.count, len(level.word))
        else:
            counts, weights = level.count, level.weight
        taken = _discounts(counts)[np.minimum(counts, 3)] * weights / np.maximum(counts, 1)
        contexts = len(levels[n - 1].word) if n else 1
        total, free = _sums(level.prefix, weights, contexts), _sums(level.prefix, taken, contexts)
        with np.errstate(divide="ignore", invalid="ignore"):
            share = np.where(total > 0, free / total, 1.0)
            own = np.where(total[level.prefix] > 0, (weights - taken) / total[level.prefix], 0.0)
        p = own + share[level.prefix] * lower[level.suffix]
        level.logp = np.log(p)
        if n:
            levels[n - 1].backoff = np.log(share)
        lower = p


def prune(levels: list[Level], thresholds: list[float]) -> list[Level]:
    """The model without the n-grams whose loss costs less than thresholds[n - 2] nats over the whole training text."""
    keep = [np.ones(len(levels[0].word), bool)]
    for n, level in enumerate(levels[1:], 1):
        below = levels[n - 1]
        loss = level.weight * (level.logp - below.backoff[level.prefix] - below.logp[level.suffix])
        keep.append(loss > thresholds[n - 1])
    for n in range(len(levels) - 1, 1, -1):
        kept = levels[n]
        keep[n - 1][kept.prefix[keep[n]]] = True
        keep[n - 1][kept.suffix[keep[n]]] = True
    pruned: list[Level] = []
    moved = np.zeros(1, np.int64)
    for level, kept_rows in zip(levels, keep, strict=True):
        pruned.append(
            Level(
                word=level.word[kept_rows],
                prefix=moved[level.prefix[kept_rows]],
                suffix=moved[level.suffix[kept_rows]],
                count=level.count[kept_rows],
                weight=level.weight[kept_rows],
                logp=level.logp[kept_rows],
                backoff=np.zeros(int(kept_rows.sum())),
            )
        )
        moved = np.cumsum(kept_rows) - 1
    for below, level in pairwise(pruned):
        used = _sums(level.prefix, np.exp(level.logp), len(below.word))
        spared = _sums(level.prefix, np.exp(below.logp[level.suffix]), len(below.word))
        below.backoff = np.log(np.maximum(1 - used, 1e-9)) - np.log(np.maximum(1 - spared, 1e-9))
    return pruned


def _quantised(values: Floats) -> tuple[npt.NDArray[np.uint8], npt.NDArray[np.float32]]:
    """256 bins with as many values each, every value replaced by the mean of its bin: (bin of each value, means)."""
    sample = np.sort(values)
    edges = np.unique(sample[np.linspace(0, len(sample) - 1, 257).astype(int)][1:-1])
    bins = np.searchsorted(edges, values, side="right").astype(np.uint8)
    filled = np.maximum(np.bincount(bins, minlength=256), 1)
    return bins, (np.bincount(bins, values, minlength=256) / filled).astype(np.float32)


def _fan(children: Ints) -> tuple[npt.NDArray[np.uint64], npt.NDArray[np.uint32]]:
    """Numbers of children as bits: a row as many zeros, then a one; and the places of every SAMPLING-th row's one."""
    ones = np.cumsum(children) + np.arange(len(children))
    bits = np.zeros((int(ones[-1]) + 64) // 64 * 64, np.uint8)
    bits[ones] = 1
    return np.packbits(bits, bitorder="little").view(np.uint64), ones[::SAMPLING].astype(np.uint32)


def packed(
    vocabulary: tuple[str, ...], levels: list[Level], cases: npt.NDArray[np.uint8]
) -> dict[str, npt.NDArray[np.generic]]:
    """The arrays of the model file."""
    arrays: dict[str, npt.NDArray[np.generic]] = {
        "vocabulary": np.frombuffer("\n".join(vocabulary).encode(), np.uint8),
        "cases": cases.reshape(-1),
    }
    for n, level in enumerate(levels, 1):
        arrays[f"logp.{n}"], arrays[f"logp_book.{n}"] = _quantised(level.logp)
        if n > 1:
            arrays[f"word.{n}"] = level.word
        if n < len(levels):
            arrays[f"backoff.{n}"], arrays[f"backoff_book.{n}"] = _quantised(level.backoff)
            fan = _fan(np.bincount(levels[n].prefix, minlength=len(level.word)))
            arrays[f"fan.{n}"], arrays[f"fan_sample.{n}"] = fan
    return arrays


# How much one occurrence counts: the nearer to campaign plans, the more. Others count once.
WEIGHTS = {"harvest": 8.0, "tnt_official": 4.0}
PLANS_WEIGHT = 12.0
WRITTEN_WEIGHTS = {"phrases.tsv": 6.0, "sentences.tsv": 3.0}
VARIED = ("harvest", "tnt_official")


def sources(corpus: Path, plans: Path, units: Path, written: Path) -> list[Source]:
    """Training text in a fixed order, the text nearest to campaign plans first.

    written: folder of phrases and sentences in own words about what laws lack and plans of schools, wards, hospitals
    and offices of each field are full of.
    """
    names = {path.name.removesuffix(".txt.xz"): path for path in corpus.glob("*.txt.xz")}
    order = sorted(names, key=lambda name: (-WEIGHTS.get(name, 1.0), name))
    return [
        *(Source(path, PLANS_WEIGHT, varied=True) for path in sorted(plans.glob("*.txt"))),
        *(Source(written / name, weight) for name, weight in WRITTEN_WEIGHTS.items()),
        *(Source(names[name], WEIGHTS.get(name, 1.0), varied=name in VARIED) for name in order),
        Source(units, 1.0),
    ]


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m thidua.train.language", description=__doc__)
    parser.add_argument("--corpus", type=Path, required=True, help="folder of *.txt.xz")
    parser.add_argument("--plans", type=Path, required=True, help="folder of *.txt")
    parser.add_argument("--units", type=Path, required=True, help="gazetteer of administrative units (TSV)")
    parser.add_argument(
        "--written", type=Path, default=dictionary_path(""), help="folder of phrases.tsv, sentences.tsv"
    )
    parser.add_argument("--out", type=Path, required=True, help="model folder, such as models/language-1")
    parser.add_argument("--order", type=int, default=5)
    arguments = parser.parse_args()
    training = sources(arguments.corpus, arguments.plans, arguments.units, arguments.written)
    text = read(training, least_weight=LEAST_WEIGHT, largest=1 << 16)
    levels = count(text.units, text.weights, len(text.vocabulary), arguments.order)
    estimate(levels)
    pruned = prune(levels, THRESHOLDS)
    arguments.out.mkdir(parents=True, exist_ok=True)
    arrays = packed(text.vocabulary, pruned, costs(text))
    write_arrays(arguments.out / "model.bin", arrays, format_name=FORMAT, version=VERSION)


if __name__ == "__main__":
    main()
