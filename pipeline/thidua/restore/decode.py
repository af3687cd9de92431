"""Lattice -> choices: the readings that language model and channel together find best, each with its posterior."""

from __future__ import annotations

import ctypes
import re
from array import array
from bisect import bisect_left
from collections.abc import Callable, Iterator, Sequence
from functools import cache
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from .core import library
from .language import LanguageModel
from .lattice import Arc, Candidate, Choice, Lattice
from .vocabulary import CLASSES, CODE, DATE, NUMBER, ROMAN, UNKNOWN, UNKNOWN_ID, YEAR, pieces

BLOCK = 4096  # tokens that are searched at once: bounds the memory of one call
OVERLAP = 32  # tokens of context on either side of a block
POOLED = 400_000  # readings kept for the next call


# -ln P of one character where the language model knows the class only: about one of ten digits, one of twenty letters.
LETTER_COSTS = {
    CLASSES.index(unit): cost
    for unit, cost in ((UNKNOWN, 3.0), (CODE, 3.0), (NUMBER, 2.3), (DATE, 1.5), (YEAR, 1.0), (ROMAN, 1.0))
}


STRANGE_COST = 10.0  # -ln P of a character that plans hardly print
_STRANGE = re.compile(r"[^\w\s,;.:()\"“”„«»–—…\-/%+&]|[_ﬀ-ﬆ]|(?<!\w)&|&(?!\w)")


class Weights(ctypes.Structure):
    """How the decoder weighs its parts; log scores are natural. See the fields of Options in search.h."""

    _fields_ = (
        ("beam", ctypes.c_uint32),
        ("threshold", ctypes.c_float),
        ("language", ctypes.c_float),
        ("marks", ctypes.c_float),
        ("cases", ctypes.c_float),
        ("paragraph", ctypes.c_float * 3),
        ("omitted", ctypes.c_float),
        ("temperature", ctypes.c_float),
        ("memory", ctypes.c_float),
        ("specks", ctypes.c_float),
        ("ordinary", ctypes.c_float),
        ("noise", ctypes.c_float),
        ("noisy", ctypes.c_float),
    )


class _Lattice(ctypes.Structure):
    _fields_ = (
        ("size", ctypes.c_uint32),
        ("arcs", ctypes.c_uint32),
        ("places", ctypes.c_uint32),
        ("breaks", ctypes.c_char_p),
        ("arc_first", ctypes.c_void_p),
        ("arc_span", ctypes.c_char_p),
        ("arc_set", ctypes.c_void_p),
        ("arc_place", ctypes.c_void_p),
    )


class _Readings(ctypes.Structure):
    _fields_ = (
        ("sets", ctypes.c_uint32),
        ("readings", ctypes.c_uint32),
        ("texts", ctypes.c_uint32),
        ("units", ctypes.c_uint32),
        ("set_start", ctypes.c_void_p),
        ("score", ctypes.c_void_p),
        ("text", ctypes.c_void_p),
        ("unit_start", ctypes.c_void_p),
        ("unit", ctypes.c_void_p),
        ("shape", ctypes.c_void_p),
    )


def default_weights() -> Weights:
    """The weights in use, measured by bench/restoration.py."""
    return Weights(24, 7.0, 0.8, 0.7, 0.4, (0.0, 0.0, 0.0), -3.5, 1.0, 0.03, 0.001, 100.0, 0.7, 0.7)


class _Pool:
    """Candidates as flat arrays for the core; each distinct tuple of them, and each distinct text, is stored once."""

    def __init__(self, model: LanguageModel) -> None:
        self._ids = model.vocabulary.ids
        self._known: dict[int, tuple[int, tuple[Candidate, ...]]] = {}  # the tuple is kept so that its id stays its own
        self._numbers: dict[str, int] = {}
        self._costs: list[float] = []
        self.set_start, self.unit_start = array("I", [0]), array("I", [0])
        self.score, self.text, self.unit, self.shape = array("f"), array("I"), array("H"), bytearray()

    def add(self, candidates: tuple[Candidate, ...]) -> int:
        """The number of this set of readings."""
        known = self._known.get(id(candidates))
        if known is None:
            known = self._known[id(candidates)] = (len(self.set_start) - 1, candidates)
            for text, score in candidates:
                number = self._numbers.get(text)
                if number is None:
                    number = self._spell(text)
                self.text.append(number)
                self.score.append(score - self._costs[number])
            self.set_start.append(len(self.score))
        return known[0]

    def _spell(self, text: str) -> int:
        """The number of a text that is new."""
        units = pieces(text)
        ids = [self._ids.get(piece.unit, UNKNOWN_ID) for piece in units]
        cost = STRANGE_COST * len(_STRANGE.findall(text))
        cost += sum(LETTER_COSTS[u] * piece.length for u, piece in zip(ids, units, strict=True) if u in LETTER_COSTS)
        self._costs.append(cost)
        self.unit.extend(ids)
        self.shape.extend(piece.shape for piece in units)
        self.unit_start.append(len(self.unit))
        number = self._numbers[text] = len(self._numbers)
        return number

    def struct(self) -> _Readings:
        """The arrays for the core; valid until the next `add`."""
        addresses = {
            name: getattr(self, name).buffer_info()[0] for name in ("set_start", "score", "text", "unit_start", "unit")
        }
        self._shape = (ctypes.c_char * max(1, len(self.shape))).from_buffer_copy(bytes(self.shape) or b"\0")
        return _Readings(
            sets=len(self.set_start) - 1,
            readings=len(self.score),
            texts=len(self._numbers),
            units=len(self.unit),
            shape=ctypes.addressof(self._shape),
            **addresses,
        )


class Weighed(NamedTuple):
    """One arc with the posteriors of its readings; best: the likeliest, None where the best path takes other arcs."""

    arc: Arc
    posteriors: npt.NDArray[np.float32]
    best: int | None


SecondLook = Callable[[Sequence[Weighed], bytes], Sequence[Weighed]]  # the arcs of the best path, the breaks -> anew


class Decoder:
    """Decodes lattices with one language model. Not to be shared between threads."""

    def __init__(self, model: LanguageModel | None = None, weights: Weights | None = None) -> None:
        self._model = model or LanguageModel.load()
        self._weights = weights or default_weights()
        self._pool = _Pool(self._model)

    def decode(self, lattice: Lattice, second: SecondLook | None = None) -> list[Choice]:
        """The best path: choices that cover all tokens in order, without overlap. second: weighs the path anew."""
        path = [weighed for weighed in self.weigh(lattice) if weighed.best is not None]
        return [_choice(weighed) for weighed in (second(path, lattice.breaks) if second else path)]

    def weigh(self, lattice: Lattice) -> Iterator[Weighed]:
        """Every arc with its posteriors, block by block, in the order of first tokens."""
        arcs = sorted(lattice.arcs, key=lambda arc: arc.start)
        starts = [arc.start for arc in arcs]
        position = 0
        while position < lattice.size:
            end = min(position + BLOCK, lattice.size)
            low, high = max(0, position - OVERLAP), min(lattice.size, end + OVERLAP)
            first, last = bisect_left(starts, low), bisect_left(starts, high)
            # No arc may lead over the seam between two blocks: what it joins is decided on one side.
            inside = [
                a
                for a in arcs[first:last]
                if a.end <= high and not (a.start < position < a.end or a.start < end < a.end)
            ]
            for weighed in self._searched(inside, low, high, lattice.breaks):
                if position <= weighed.arc.start < end:
                    yield weighed
            position = end

    def _searched(self, arcs: Sequence[Arc], low: int, high: int, breaks: bytes) -> list[Weighed]:
        if len(self._pool.score) > POOLED:
            self._pool = _Pool(self._model)
        sets = array("I", [self._pool.add(arc.candidates) for arc in arcs])
        first = np.searchsorted([arc.start for arc in arcs], np.arange(low, high + 1)).astype(np.uint32)
        sizes = [len(arc.candidates) for arc in arcs]
        ends = np.cumsum(sizes, dtype=np.uint32)
        places = (ends - np.array(sizes, np.uint32)).astype(np.uint32)
        posteriors = np.zeros(sum(sizes), np.float32)
        chosen = np.zeros(sum(sizes), np.uint8)
        readings = self._pool.struct()
        lattice = _Lattice(
            size=high - low,
            arcs=len(arcs),
            places=len(posteriors),
            breaks=breaks[low:high].ljust(high - low, b"\0"),
            arc_first=first.ctypes.data,
            arc_span=bytes([arc.end - arc.start for arc in arcs]),
            arc_set=sets.buffer_info()[0],
            arc_place=places.ctypes.data,
        )
        failed = library().thidua_decode(
            self._model.pointer,
            ctypes.byref(readings),
            ctypes.byref(self._weights),
            ctypes.byref(lattice),
            posteriors.ctypes.data_as(ctypes.c_void_p),
            chosen.ctypes.data_as(ctypes.c_void_p),
        )
        if failed:
            raise MemoryError("the decoder's beam") if failed == 2 else ValueError("a token has no arc of its own")
        on_path = np.flatnonzero(chosen)
        whose = np.searchsorted(ends, on_path, side="right")
        best = dict(zip(whose.tolist(), (on_path - places[whose]).tolist(), strict=True))
        return [
            Weighed(arc, posteriors[end - size : end], best.get(k))
            for k, (arc, size, end) in enumerate(zip(arcs, sizes, ends.tolist(), strict=True))
        ]


def _choice(weighed: Weighed) -> Choice:
    arc, best = weighed.arc, weighed.best
    assert best is not None
    posterior = min(1.0, float(weighed.posteriors[best]))
    return Choice(arc.start, arc.end, arc.candidates[best].text, posterior)


@cache
def _decoder() -> Decoder:
    return Decoder()


def decode(lattice: Lattice, second: SecondLook | None = None) -> list[Choice]:
    """The best readings of a lattice by the installed language model, with calibrated posteriors."""
    return _decoder().decode(lattice, second)
