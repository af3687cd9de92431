"""The lattice between channel and decoder: for each stretch of tokens, what may have been printed there.

A token is a maximal run of characters that are not white space. An arc spans one token (a reading of several syllables
is a split) or two or three neighbours (a merge). A protected token has one arc with one candidate: itself.
What is made for every token is a named tuple, in half the time of a frozen dataclass.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

MAX_SPAN = 3  # tokens that one arc may join


class Candidate(NamedTuple):
    """A reading: what would be printed in place of the token(s), and how likely such text comes out as what is there.

    text: case and punctuation included ("tạo;", "Nơi nhận").
    score: natural logarithm of P(form | text) by the channel, comparable between all candidates of one stretch.
    """

    text: str
    score: float


class Arc(NamedTuple):
    """The readings of tokens [start, end), best first; never empty."""

    start: int
    end: int
    candidates: tuple[Candidate, ...]


@dataclass(frozen=True, slots=True)
class Lattice:
    """Readings of a text of `size` tokens (0 <= start < end <= size for each arc, end - start <= MAX_SPAN).

    Each token has an arc of its own (start, start + 1). breaks[i]: 0 where token i follows its neighbour on the same
    line, 1 where a line starts with it, 2 where an empty line precedes it.
    """

    size: int
    arcs: Sequence[Arc]
    breaks: bytes = field(default=b"")


class Choice(NamedTuple):
    """What the decoder chose for tokens [start, end).

    posterior: probability (0..1, calibrated) that exactly this text was printed there.
    """

    start: int
    end: int
    text: str
    posterior: float
