"""Training text: the corpora and plans as one stream of units with a weight and a shape each.

Sources are `*.txt.xz` (one paragraph a line, an empty line between documents), plain `*.txt` plans, the gazetteer and
tables of phrases and sentences.
A paragraph that was seen before is left out: laws are quoted in codes, codes in manuals, and copies would count as
evidence.
"""

from __future__ import annotations

import lzma
import unicodedata
from array import array
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import numpy as np
import numpy.typing as npt

from ..resources import table
from ..restore.vocabulary import CLASSES, PARAGRAPH, UNKNOWN_ID, Piece, Shape, pieces
from .administrative import other_level, unit_names

SHORTEST_COPY = 6  # tokens: a shorter paragraph (a heading, a place and date) may repeat


@dataclass(frozen=True)
class Source:
    """A file of training text, and how much one occurrence in it counts.

    varied: each paragraph about an administrative unit also counts, by half, as one about a unit of another level.
    """

    path: Path
    weight: float
    varied: bool = False


@dataclass(frozen=True)
class Corpus:
    """units[i] is the vocabulary's id at position i, shapes[i] its Shape, weights[i] how much it counts.

    Paragraphs are divided by PARAGRAPH_ID.
    """

    vocabulary: tuple[str, ...]
    units: npt.NDArray[np.uint16]
    shapes: npt.NDArray[np.uint8]
    weights: npt.NDArray[np.float32]


def paragraphs(path: Path) -> Iterator[str]:
    """The paragraphs of one source file, NFC, without empty ones; a table (*.tsv) gives one for each unit or text."""
    if path.suffix == ".tsv":
        yield from (unicodedata.normalize("NFC", text) for text in _written(path) or unit_names(path))
        return
    with lzma.open(path, "rt", encoding="utf-8") if path.suffix == ".xz" else path.open(encoding="utf-8") as file:
        for line in file:
            text = unicodedata.normalize("NFC", line).strip()
            if text:
                yield text


def _written(path: Path) -> list[str]:
    """The column `text` of a table; nothing of a table without it."""
    return [row["text"] for row in table(path) if "text" in row]


@cache
def _units_of_token(token: str) -> tuple[Piece, ...]:
    return tuple(pieces(token))


def _weighed(source: Source, seen: set[str]) -> Iterator[tuple[list[str], float]]:
    """The tokens of each paragraph that is not in `seen`, and its weight."""
    for number, text in enumerate(paragraphs(source.path)):
        tokens = text.split()
        if len(tokens) >= SHORTEST_COPY:
            if text in seen:
                continue
            seen.add(text)
        yield tokens, source.weight
        other = other_level(text, number) if source.varied else None
        if other is not None:
            yield other.split(), source.weight / 2


def read(sources: Iterable[Source], *, least_weight: float, largest: int) -> Corpus:
    """Read all sources. Syllables whose summed weight is under `least_weight` become UNKNOWN_ID; `largest` bounds the
    vocabulary's size (at most 65,536).
    """
    numbers: dict[str, int] = {unit: k for k, unit in enumerate(CLASSES)}
    stream, shapes, lengths, weighed = array("I"), array("B"), array("I"), array("f")
    seen: set[str] = set()
    for source in sources:
        for tokens, weight in _weighed(source, seen):
            start = len(stream)
            stream.append(numbers[PARAGRAPH])
            shapes.append(Shape.MARK)
            for token in tokens:
                for unit, shape, _ in _units_of_token(token):
                    stream.append(numbers.setdefault(unit, len(numbers)))
                    shapes.append(shape)
            lengths.append(len(stream) - start)
            weighed.append(weight)
    provisional = np.frombuffer(stream, np.uint32)
    weights = np.repeat(np.frombuffer(weighed, np.float32), np.frombuffer(lengths, np.uint32))
    counts = np.bincount(provisional, weights).astype(np.float64)
    vocabulary, renumbered = _renumbered(list(numbers), counts, least_weight, largest)
    return Corpus(vocabulary, renumbered[provisional], np.frombuffer(shapes, np.uint8), weights)


def _renumbered(
    units: list[str], counts: npt.NDArray[np.float64], least_weight: float, largest: int
) -> tuple[tuple[str, ...], npt.NDArray[np.uint16]]:
    """The vocabulary, most frequent syllables first behind the classes, and the map from provisional to final ids."""
    first = len(CLASSES)
    order = first + np.argsort(-counts[first:], kind="stable")
    kept = [int(k) for k in order[: largest - first] if counts[k] >= least_weight]
    renumbered = np.full(len(units), UNKNOWN_ID, np.uint16)
    renumbered[:first] = np.arange(first)
    renumbered[kept] = np.arange(first, first + len(kept))
    return CLASSES + tuple(units[k] for k in kept), renumbered
