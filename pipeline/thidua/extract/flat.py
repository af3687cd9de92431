"""A paragraph on one line, with the way back to the offsets of the document.

Patterns then need not know of line breaks, cut words, page numbers inside a paragraph or doubled spaces.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

from ..folding import fold

if TYPE_CHECKING:
    from .document import View

_EVEN = re.compile(r"\S+(?: \S+)*")  # words with single blanks between them
_SENTENCE = re.compile(r"(?:[^.;]|\.(?!\s|$))+[.;]?")
_CUT = re.compile(r"[^\s\-–]-$")


@dataclass(frozen=True)
class Flat:
    """text: the words of a stretch with one space between them; origins: (offset in text, offset in the document) of
    each run of words that stands the same in both, ascending."""

    text: str
    origins: tuple[tuple[int, int], ...]

    @cached_property
    def folded(self) -> str:
        return fold(self.text)

    @cached_property
    def _starts(self) -> list[int]:
        return [here for here, _ in self.origins]

    def part(self, start: int, end: int) -> Flat:
        """text[start:end] as a flat text of its own."""
        inside = [(here - start, there) for here, there in self.origins if start < here < end]
        return Flat(self.text[start:end], ((0, self._origin(start)), *inside))

    def span(self, start: int, end: int) -> tuple[int, int]:
        """The half-open range of the document that became text[start:end]."""
        return self._origin(start), self._origin(end - 1) + 1 if end > start else self._origin(start)

    def _origin(self, offset: int) -> int:
        if not self.origins:
            return 0
        here, there = self.origins[max(bisect_right(self._starts, offset) - 1, 0)]
        return there + offset - here


def sentences(flat: Flat) -> Iterator[tuple[int, int]]:
    """The half-open ranges of its sentences, or parts of them between semicolons, marks included."""
    return (match.span() for match in _SENTENCE.finditer(flat.text))


def flatten(view: View, start: int, end: int) -> Flat:
    """The flat text of [start, end), page numbers inside it left out; the wording is that of View.flat."""
    pieces: list[str] = []
    origins: list[tuple[int, int]] = []
    size = 0
    for k in range(view.line_index(start), len(view.lines)):
        line = view.lines[k]
        if line.start >= end:
            break
        first = True
        for match in _EVEN.finditer(view.text, max(line.start, start), min(line.end, end)):
            cut = first and pieces and _CUT.search(pieces[-1]) is not None and view.text[match.start()].isalnum()
            if pieces and not cut:
                pieces.append(" ")
                size += 1
            origins.append((size, match.start()))
            pieces.append(match.group())
            size += match.end() - match.start()
            first = False
    return Flat("".join(pieces), tuple(origins))


def body_flats(view: View) -> tuple[Flat, ...]:
    """The paragraphs of the body; one that is joined with the subject above it counts from the body's start."""
    start, end = view.zones.body
    first = view.paragraph_at(start)
    joined = first is not None and first.start < start < first.end
    opening = (flatten(view, start, min(first.end, end)),) if joined and first is not None else ()
    return (*opening, *(flat for text in view.zones.texts for flat in view.flats_in(*text)))
