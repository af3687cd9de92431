"""Train the model of capitals: how a syllable is printed after the shape of the one before and what stands between."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from ..restore.capitals import GAP_OF_CLASS, GAPS, SHAPES, START, STEPS
from ..restore.vocabulary import CLASSES
from .corpus import Corpus

PRIOR = 2.0  # occurrences that the coarser distribution counts as much as


def contexts(corpus: Corpus) -> tuple[npt.NDArray[np.int64], npt.NDArray[np.int64]]:
    """Positions of all syllables in the stream, and the context of each: last shape * GAPS + gap since."""
    gaps = np.zeros(len(corpus.vocabulary), np.uint8)
    gaps[: len(CLASSES)] = GAP_OF_CLASS
    positions = np.flatnonzero(corpus.shapes < SHAPES)
    between = np.maximum.reduceat(gaps[corpus.units], positions).astype(np.int64)
    previous = np.concatenate([[START], corpus.shapes[positions[:-1]].astype(np.int64) * GAPS + between[:-1]])
    return positions, previous


def costs(corpus: Corpus) -> npt.NDArray[np.uint8]:
    """-ln P(shape | syllable, context) in steps of 1 / STEPS, as an array [syllable, context, shape]."""
    positions, context = contexts(corpus)
    words, shapes = corpus.units[positions].astype(np.int64), corpus.shapes[positions].astype(np.int64)
    size = len(corpus.vocabulary)
    cells = (words * (START + 1) + context) * SHAPES + shapes
    seen = np.bincount(cells, corpus.weights[positions], minlength=size * (START + 1) * SHAPES)
    fine = seen.astype(np.float64).reshape(size, (START + 1) // GAPS, GAPS, SHAPES)
    by_context = fine.sum(axis=0, keepdims=True) + 0.01
    by_context /= by_context.sum(axis=-1, keepdims=True)
    by_shape = fine.sum(axis=2, keepdims=True)  # of the syllable after a shape, whatever stands between
    coarse = _smoothed(by_shape, by_context)
    steps: npt.NDArray[np.uint8] = np.minimum(255, np.rint(-np.log(_smoothed(fine, coarse)) * STEPS)).astype(np.uint8)
    return steps


def _smoothed(counts: npt.NDArray[np.float64], prior: npt.NDArray[np.float64]) -> npt.NDArray[np.float64]:
    smoothed: npt.NDArray[np.float64] = (counts + PRIOR * prior) / (counts.sum(axis=-1, keepdims=True) + PRIOR)
    return smoothed
