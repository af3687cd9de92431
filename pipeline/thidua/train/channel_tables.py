"""The levels of the channel model: letters -> marks, onsets and rimes -> syllables, each the prior of the next."""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping
from functools import cache

from ..restore.normalise import canonical_tone
from .edits import LetterModel
from .spelling import Parts, Spelling

DISCOUNT = 0.6
LEAST_COUNT = 0.05  # what is left of a damped count at least


class Table:
    """P(read | printed) of one kind of part: counts, discounted, over a prior."""

    def __init__(self, counts: Mapping[str, Mapping[str, float]], strength: float) -> None:
        self.counts = {printed: dict(reads) for printed, reads in counts.items()}
        self._totals = {printed: sum(reads.values()) for printed, reads in counts.items()}
        self._strength = strength

    def direct(self, read: str, printed: str) -> float:
        """The share of P(read | printed) that its own count gives."""
        seen = self.counts.get(printed, {}).get(read, 0)
        return max(seen - DISCOUNT, LEAST_COUNT) / (self._totals[printed] + self._strength) if seen else 0.0

    def prior_weight(self, printed: str) -> float:
        """How much of the probability the prior gets (1 where the part was never seen)."""
        reads = self.counts.get(printed)
        if not reads:
            return 1.0
        return (self._strength + DISCOUNT * len(reads)) / (self._totals[printed] + self._strength)

    def probability(self, read: str, printed: str, prior: float) -> float:
        """P(read | printed), where `prior` is P(read | printed) one level down."""
        return self.direct(read, printed) + self.prior_weight(printed) * prior


class ChannelTables:
    """All levels of the channel, for scoring a form against a text and for writing the model."""

    def __init__(self, letters: LetterModel, tables: Mapping[str, Table], spelling: Spelling) -> None:
        self.letters, self.tables, self.spelling = letters, tables, spelling
        self.part_probability = cache(self._part_probability)

    def _part_probability(self, kind: str, read: str, printed: str) -> float:
        if not printed and kind in ("left", "right"):  # nothing was printed: the table says how often marks appear
            prior = 1.0 if not read else math.exp(-6.0 - 3.0 * len(read))
        else:
            prior = math.exp(self.letters.log_probability(read, printed))
        table = self.tables.get(kind)
        return table.probability(read, printed, prior) if table else prior

    def core_probability(self, read: str, parts: Parts) -> float:
        """P(read | onset + rime), without marks."""
        if not parts.syllable:
            return self.part_probability("word", read, parts.rime)
        prior = max(
            self.part_probability("onset", read[:k], parts.onset) * self.part_probability("rime", read[k:], parts.rime)
            for k in range(min(len(read), 5) + 1)
        )
        table = self.tables.get("syllable")
        return table.probability(read, parts.onset + parts.rime, prior) if table else prior

    def splits(self, form: str, parts: Parts) -> Iterator[tuple[float, tuple[str, str, str, str]]]:
        """The ways to share a form among the four parts, with their probabilities up to the level of parts."""
        for first in _ends(0, len(form), parts.left, 2):
            left = self.part_probability("left", form[:first], parts.left)
            for last in _starts(first, len(form), parts.right, 3):
                edges = left * self.part_probability("right", form[last:], parts.right)
                if not parts.syllable:
                    yield edges * self.part_probability("word", form[first:last], parts.rime), (
                        form[:first], "", form[first:last], form[last:]
                    )  # fmt: skip
                    continue
                for middle in range(first, min(last, first + 5) + 1):
                    onset = self.part_probability("onset", form[first:middle], parts.onset)
                    rime = self.part_probability("rime", form[middle:last], parts.rime)
                    yield edges * onset * rime, (form[:first], form[first:middle], form[middle:last], form[last:])

    def log_probability(self, form: str, text: str) -> float:
        """Natural logarithm of P(form | text) along the best split, all levels used."""
        parts = self.spelling.parts(canonical_tone(text))
        best = 0.0
        for first in _ends(0, len(form), parts.left, 2):
            left = self.part_probability("left", form[:first], parts.left)
            for last in _starts(first, len(form), parts.right, 3):
                edges = left * self.part_probability("right", form[last:], parts.right)
                best = max(best, edges * self.core_probability(form[first:last], parts))
        return math.log(best) if best > 0 else -math.inf


def _ends(start: int, end: int, printed: str, spare: int) -> range:
    return range(start, min(end, start + len(printed) + spare) + 1)


def _starts(start: int, end: int, printed: str, spare: int) -> range:
    return range(max(start, end - len(printed) - spare), end + 1)
