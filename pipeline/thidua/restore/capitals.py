"""Contexts of the model of capitals, as the core (decode.c) numbers them: last shape * GAPS + the widest gap since."""

from __future__ import annotations

from .vocabulary import CLASSES, PARAGRAPH

SHAPES = 4  # shapes of a syllable: vocabulary.Shape without MARK
GAPS = 5  # nothing; a comma, number or class; a dash or stroke; the end of a sentence or a bracket; of a paragraph
STEPS = 16  # costs are stored in steps of 1 / 16 nat
START = 4 * GAPS + 4  # no syllable yet: the first of a text

_GAPS = {PARAGRAPH: 4, ";": 3, ".": 3, ":": 3, "(": 3, '"': 3, "-": 2, "/": 2}
GAP_OF_CLASS = tuple(_GAPS.get(unit, 1) for unit in CLASSES)
