"""What the rescorer learns from: units by document, which syllables are taken for each other, first embeddings.

    python -m thidua.train.rescorer_data --corpus ../shared/corpus --out DIR

writes the corpora without the documents that `thidua.train.pages` holds out (chosen by a hash): a language model of
these meets the held-out pages as it meets any unknown text, and thidua.train.rescorer_weights needs such a one.
"""

from __future__ import annotations

import argparse
import lzma
from array import array
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby
from pathlib import Path
from zlib import crc32

import numpy as np
import numpy.typing as npt
from rapidfuzz.distance import Levenshtein
from rapidfuzz.process import cdist

from ..resources import table
from ..restore.vocabulary import CLASSES, PARAGRAPH, UNKNOWN_ID, Shape, pieces
from .corpus import SHORTEST_COPY
from .pages import HELD_OUT_EVERY, read_documents
from .pairs import skeleton

GAP = 16  # units between documents that say nothing, so that a window sees a border as it will at run time
PADDING = len(CLASSES)  # their id
FIRST_SYLLABLE = PADDING + 1
LEAST, LARGEST = 4, 12_000  # rarer syllables are unknown; size of the vocabulary
TABLE = 192  # confusable syllables drawn beforehand for each syllable
ELSEWHERE = 0.1  # share of draws from the whole vocabulary
ALIKE = 8.0  # how much likelier a syllable that differs in marks only is drawn

# The chance that a training passage comes from a source, by the start of its file name; plans: all others.
SHARES = {
    "harvest": 0.22, "tnt": 0.16, "vbpl": 0.2, "legal": 0.1, "luatvietnam": 0.05, "tthc": 0.02, "phapdien": 0.2,
    "plans": 0.05, "phrases": 0.04, "sentences": 0.12,
}  # fmt: skip
EVERY = {"phapdien": 2}  # only each n-th document of a source is read
NEAR, WIDE = (1, 2, 3), (4, 7, 11, 16, 22, 30, 40)  # distances at which units are counted together

Floats = npt.NDArray[np.float32]


@dataclass(frozen=True)
class Stream:
    """The documents of one source one after the other: units[i] is an id, shapes[i] its Shape; PADDING between."""

    units: npt.NDArray[np.uint16]
    shapes: npt.NDArray[np.uint8]


@dataclass(frozen=True)
class Confusions:
    """For each unit TABLE units drawn (with repetition) from those it is taken for, and the logarithm of the chance."""

    others: npt.NDArray[np.uint16]
    log_chance: Floats


@dataclass(frozen=True)
class Texts:
    """units: the vocabulary, with PADDING; streams: by source and whether held out; counts: of units in training."""

    units: tuple[str, ...]
    streams: dict[tuple[str, bool], Stream]
    counts: npt.NDArray[np.float64]


def is_held_out(name: str, number: int) -> bool:
    """Whether a document (its number in the file `name`) is kept for measuring, as in thidua.train.pages."""
    return crc32(f"{name} {number}".encode()) % HELD_OUT_EVERY == 0


def _documents(path: Path) -> Iterator[list[str]]:
    """The documents of a corpus or plan; of a table of phrases or sentences, those of one topic are a document."""
    if path.suffix != ".tsv":
        yield from read_documents(path)
        return
    for _, rows in groupby(table(path), key=lambda row: row["topic"]):
        yield [row["text"] for row in rows]


def read_texts(paths: Iterable[Path]) -> Texts:
    """All documents; a longer paragraph that was seen before is left out."""
    numbers = {unit: k for k, unit in enumerate((*CLASSES, "<padding>"))}
    streams: dict[tuple[str, bool], tuple[array[int], array[int]]] = {}
    of_token: dict[str, list[tuple[int, int]]] = {}
    seen: set[int] = set()
    for path in sorted(paths):
        source = next((name for name in SHARES if path.name.startswith(name)), "plans")
        for k, document in enumerate(_documents(path)):
            held_out = is_held_out(path.name, k)
            if k % EVERY.get(source, 1) and not held_out:
                continue
            units, shapes = streams.setdefault((source, held_out), (array("I"), array("B")))
            units.extend([PADDING] * GAP)
            shapes.extend([Shape.MARK] * GAP)
            for text in document:
                tokens = text.split()
                key = crc32(text.encode())
                if key in seen and len(tokens) >= SHORTEST_COPY:
                    continue
                seen.add(key)
                units.append(numbers[PARAGRAPH])
                shapes.append(Shape.MARK)
                for token in tokens:
                    if token not in of_token:
                        found = pieces(token)
                        of_token[token] = [(numbers.setdefault(p.unit, len(numbers)), p.shape) for p in found]
                    for unit, shape in of_token[token]:
                        units.append(unit)
                        shapes.append(shape)
    return _numbered(list(numbers), streams)


def _numbered(names: list[str], streams: dict[tuple[str, bool], tuple[array[int], array[int]]]) -> Texts:
    counts = np.zeros(len(names))
    for units, _ in streams.values():
        counts += np.bincount(np.frombuffer(units, np.uint32), minlength=len(names))
    order = FIRST_SYLLABLE + np.argsort(-counts[FIRST_SYLLABLE:], kind="stable")
    kept = [int(k) for k in order[: LARGEST - FIRST_SYLLABLE] if counts[k] >= LEAST]
    renumbered = np.full(len(names), UNKNOWN_ID, np.uint16)
    renumbered[:FIRST_SYLLABLE] = np.arange(FIRST_SYLLABLE)
    renumbered[kept] = np.arange(FIRST_SYLLABLE, FIRST_SYLLABLE + len(kept))
    numbered = {
        key: Stream(renumbered[np.frombuffer(units, np.uint32)], np.frombuffer(shapes, np.uint8))
        for key, (units, shapes) in streams.items()
    }
    vocabulary = (*names[:FIRST_SYLLABLE], *(names[k] for k in kept))
    trained = sum(
        (np.bincount(s.units, minlength=len(vocabulary)) for (_, held_out), s in numbered.items() if not held_out),
        start=np.zeros(len(vocabulary), np.int64),
    )
    return Texts(vocabulary, numbered, trained.astype(np.float64))


def draw_confusions(texts: Texts, rng: np.random.Generator) -> Confusions:
    """Draw for each syllable others with the same letters under the marks or one letter apart, frequent ones more."""
    size = len(texts.units)
    skeletons = [skeleton(unit) for unit in texts.units[FIRST_SYLLABLE:]]
    distinct = sorted(set(skeletons))
    number = {name: k for k, name in enumerate(distinct)}
    of_skeleton: list[list[int]] = [[] for _ in distinct]
    for k, name in enumerate(skeletons):
        of_skeleton[number[name]].append(FIRST_SYLLABLE + k)
    near = cdist(distinct, distinct, scorer=Levenshtein.distance, score_cutoff=1, dtype=np.uint8) <= 1
    popularity = np.where(np.arange(size) >= FIRST_SYLLABLE, (texts.counts + 1.0) ** 0.6, 0.0)
    others = np.zeros((size, TABLE), np.uint16)
    log_chance = np.zeros((size, TABLE), np.float32)
    for k, name in enumerate(skeletons, start=FIRST_SYLLABLE):
        local = np.zeros(size)
        for other in np.flatnonzero(near[number[name]]):
            local[of_skeleton[other]] = popularity[of_skeleton[other]] * (ALIKE if other == number[name] else 1.0)
        local[k] = 0.0
        chance = ELSEWHERE * popularity / popularity.sum()
        if local.any():
            chance += (1 - ELSEWHERE) * local / local.sum()
        chance[k] = 0.0
        chance /= chance.sum()
        others[k] = np.searchsorted(np.cumsum(chance), rng.random(TABLE) * 0.999999)
        log_chance[k] = np.log(chance[others[k]])
    return Confusions(others, log_chance)


def first_embeddings(texts: Texts, distances: Sequence[int], width: int, rng: np.random.Generator) -> Floats:
    """Units that keep the same company at these distances lie close: positive PMI, factored (Levy & Goldberg 2014).

    Shape (units, width), standard deviation 1. The factors are found by random projection (Halko et al. 2011).
    """
    size = len(texts.units)
    together = np.zeros(size * size, np.float32)
    for (source, held_out), stream in texts.streams.items():
        if not held_out:
            share = SHARES[source] / len(stream.units)
            ids = stream.units.astype(np.int64)
            for distance in distances:
                pairs = np.bincount(ids[:-distance] * size + ids[distance:], minlength=size * size)
                together += (share * 1e6 * pairs).astype(np.float32)
    table = together.reshape(size, size)
    table += table.T.copy()
    table[PADDING] = 0
    table[:, PADDING] = 0
    rows = table.sum(axis=1)
    smoothed = rows**0.75 * (rows.sum() / (rows**0.75).sum())
    with np.errstate(divide="ignore", invalid="ignore"):
        table = np.log(table * (table.sum() / rows[:, None]) / smoothed[None])
    table = np.maximum(np.nan_to_num(table, nan=0.0, posinf=0.0, neginf=0.0), 0.0)
    basis = table @ rng.standard_normal((size, width + 8)).astype(np.float32)
    for _ in range(3):
        basis = table @ (table.T @ np.linalg.qr(basis)[0])
    basis = np.linalg.qr(basis)[0]
    left, values, _ = np.linalg.svd(basis.T @ table, full_matrices=False)
    found = (basis @ left * np.sqrt(values))[:, :width]
    return np.asarray(found / found.std(), np.float32)


def without_held_out(path: Path) -> Iterator[str]:
    """The lines of a corpus without its held-out documents."""
    for k, document in enumerate(read_documents(path)):
        if not is_held_out(path.name, k):
            yield from document
            yield ""


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m thidua.train.rescorer_data", description=__doc__)
    parser.add_argument("--corpus", type=Path, required=True, help="folder of *.txt.xz")
    parser.add_argument("--out", type=Path, required=True, help="folder for the corpora without the held-out documents")
    arguments = parser.parse_args()
    arguments.out.mkdir(parents=True, exist_ok=True)
    for path in sorted(arguments.corpus.glob("*.txt.xz")):
        with lzma.open(arguments.out / path.name, "wt", encoding="utf-8", preset=1) as file:
            file.writelines(f"{line}\n" for line in without_held_out(path))


if __name__ == "__main__":
    main()
