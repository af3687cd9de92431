"""Words of a dictionary found in folded text: whole words, case and diacritics ignored, the longest wins."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Generic, TypeVar

from rapidfuzz import fuzz, process

from ..folding import fold

V = TypeVar("V")
_SHORT = 6  # characters of words that mean something else with other diacritics


@dataclass(frozen=True, slots=True)
class Cue(Generic[V]):
    """A dictionary's words at [start, end) and what the dictionary says of them."""

    start: int
    end: int
    value: V


class Cues(Generic[V]):
    """A table of printed words -> value, searched as one pattern.

    Spaces match any white space (a line break may stand there), a comma may have lost or gained a space.
    """

    def __init__(self, table: Iterable[tuple[str, V]]) -> None:
        rows = list(table)
        self._values = {_key(words): value for words, value in rows}
        self._printed = {" ".join(words.lower().split()) for words, _ in rows}
        longest_first = sorted(self._values, key=lambda words: (-len(words), words))
        self._pattern = re.compile(rf"(?<!\w)(?:{'|'.join(map(_loose, longest_first))})(?!\w)")

    def find(self, folded: str, start: int = 0, end: int | None = None) -> Iterator[Cue[V]]:
        """All cues of folded text in [start, end), from left to right, none inside another."""
        for match in self._pattern.finditer(folded, start, len(folded) if end is None else end):
            yield Cue(match.start(), match.end(), self._values[_key(match.group())])

    def at(self, text: str, folded: str, start: int, end: int) -> Cue[V] | None:
        """The cue that starts at `start`; short words must agree in their diacritics too ("báo" is not "bảo")."""
        cue = next(self.find(folded, start, end), None)
        if cue is None or cue.start != start:
            return None
        printed = " ".join(text[cue.start : cue.end].lower().split())
        return cue if len(printed) > _SHORT or printed in self._printed else None

    def nearest(self, folded: str, cutoff: float) -> V | None:
        """The value of the words that a whole damaged text is most like (similarity 0..100), None below the cutoff."""
        best = process.extractOne(_key(folded), self._values.keys(), scorer=fuzz.ratio, score_cutoff=cutoff)
        return self._values[best[0]] if best else None

    def last(self, folded: str, start: int, end: int) -> Cue[V] | None:
        """The cue of [start, end) that is nearest to its end."""
        return max(self.find(folded, start, end), key=lambda cue: cue.start, default=None)


def _loose(words: str) -> str:
    return re.escape(words).replace(r",\ ", r"\s*,\s*").replace(r"\ ", r"\s+")


def _key(words: str) -> str:
    return re.sub(r"\s*,\s*", ", ", " ".join(fold(words).split()))
