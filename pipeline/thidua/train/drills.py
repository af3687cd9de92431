"""Passages for training pages that are no running text: syllables in no order, and headings with their numbers."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache

import numpy as np
from numpy.typing import NDArray

from ..resources import rows
from ..restore.romans import roman

MOST_SECTIONS, MOST_ITEMS = 12, 20
_NUMBERED = re.compile(r"(?:[IVX]+|\d{1,2}|[a-zđ])[.)/-]\s*")


@cache
def _evened(evenness: float) -> tuple[list[str], NDArray[np.float64]]:
    """All syllables, and how often each is drawn: rare ones nearly as often as common ones."""
    counts = {row["syllable"]: int(row["count"]) for row in rows("syllables.tsv")}
    weights = np.array(list(counts.values())) ** evenness
    return list(counts), weights / weights.sum()


def syllables(rng: np.random.Generator, evenness: float) -> list[str]:
    """A paragraph of syllables in no order."""
    known, weights = _evened(evenness)
    chosen = [known[k] for k in rng.choice(len(known), size=50, p=weights)]
    stops = rng.random(len(chosen))
    marked = [
        word + ("," if stop < 0.1 else ";" if stop < 0.13 else "") for word, stop in zip(chosen, stops, strict=True)
    ]
    return [" ".join(marked).capitalize()]


def headings(capitals: Sequence[str], lines: Sequence[str], rng: np.random.Generator) -> list[str]:
    """Numbered headings, each of a section or of an item, that no order binds.

    capitals: headings in capitals; lines: others. Their own numbers are left out.
    """
    found = []
    for _ in range(8):
        if rng.random() < 0.75:
            pool = capitals if rng.random() < 0.6 else lines
            number = f"{roman(int(rng.integers(1, MOST_SECTIONS + 1)))}."
        else:
            pool, number = lines, f"{rng.integers(1, MOST_ITEMS + 1)}."
        text = _NUMBERED.sub("", pool[int(rng.integers(len(pool)))].lstrip("-(+ "), count=1).strip()
        found.append(f"{number} {text[:1].upper()}{text[1:70]}")
    return found
