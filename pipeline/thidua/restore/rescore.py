"""A second look at uncertain tokens: a small network weighs their readings by what stands around them, near and far.

The decoder sees three syllables back; the network sees a window of WINDOW units on both sides and what the passage is
about. For a token that the decoder is unsure of, both opinions are mixed. The network is a few matrices, applied to
uncertain tokens only.

    local   = glu(window of unit and shape embeddings)                         both sides, the token itself left out
    topic   = sums of topic embeddings over RADII units around, by the root of their number
    hidden  = local + glu(local, topic, shape of the token); hidden += glu(hidden)
    score   = (linear(hidden) + linear(topic)) . embedding of a reading + its bias
"""

from __future__ import annotations

from array import array
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache

import numpy as np
import numpy.typing as npt
from blis.py import gemm  # type: ignore[import-untyped]  # numpy's own starts threads for the smallest product

from ..resources import model_path
from .decode import Weighed
from .packed import Arrays, map_arrays
from .vocabulary import CLASSES, PARAGRAPH, PARAGRAPH_ID, UNKNOWN_ID, Shape, Vocabulary, pieces

FORMAT, VERSION = "thidua-rescorer", 1
MODEL = "rescorer-1"
WINDOW = 8
RADII = (24, 96)
SURE = 0.9  # posterior from which a token is left alone
LEAST = 1e-4  # posterior under which a reading is left alone
MOST = 16  # readings of one token
BATCH = 256  # tokens weighed at once: bounds the memory
REMEMBERED = 1 << 17  # distinct readings kept spelt; then all are spelt anew
TEMPERATURE = 4.0  # of the network's scores
DOUBT = 0.03  # what the network grants a reading that it finds impossible

_Floats = npt.NDArray[np.float32]
_FIRST_SYLLABLE = len(CLASSES)
_OPENERS = frozenset(CLASSES.index(unit) for unit in (PARAGRAPH, ".", ";", ":", "-", ")"))  # capitals are due
_MATRICES = ("local", "mixed", "deep", "outward", "topical")


@dataclass(frozen=True, slots=True)
class _Spelt:
    """A reading in the network's units; place: of its syllable among them, -1 where it has none or several."""

    units: array[int]
    shapes: bytes
    place: int


@dataclass(frozen=True, slots=True)
class Doubt:
    """An uncertain token: its number on the path, its place in the stream, its readings and their syllables."""

    number: int
    place: int
    rows: list[int]
    syllables: list[int]


@dataclass(frozen=True)
class Look:
    """Uncertain tokens (rows) and their readings (columns; beyond a token's own all is 0).

    before: posteriors by the decoder; opinion: shares that the network gives; known: whether it knows the syllable.
    """

    doubts: Sequence[Doubt]
    before: _Floats
    opinion: _Floats
    known: npt.NDArray[np.bool_]

    def features(self) -> _Floats:
        """(tokens, readings, 3): what is mixed by `Rescorer.weights`."""
        decoder = np.log(np.where(self.before > 0, self.before, 1.0))
        network = np.log(self.opinion + DOUBT)
        return np.stack((decoder, network, ~self.known), axis=-1).astype(np.float32)


class Rescorer:
    """The network and how its opinion is mixed with the decoder's. One object is for one thread."""

    def __init__(self, arrays: Arrays) -> None:
        """arrays: of the model file, see thidua.train.rescorer."""
        self._vocabulary = Vocabulary(arrays["vocabulary"].tobytes().decode().split("\n"))
        size = len(self._vocabulary)
        self._units, self._topics, self._readings = (
            arrays[name].reshape(size, -1) for name in ("units", "topics", "readings")
        )
        self._bias = arrays["bias"].astype(np.float32)
        self._shapes, self._own_shape = (
            arrays[name].astype(np.float32).reshape(len(Shape), -1) for name in ("shapes", "own_shape")
        )
        self._layers = {
            name: (_matrix(arrays[name], len(arrays[f"{name}.bias"])), arrays[f"{name}.bias"].astype(np.float32))
            for name in _MATRICES
        }
        self.weights = arrays["weights"].astype(np.float32)
        self._known: dict[str, _Spelt] = {}

    @staticmethod
    @cache
    def load() -> Rescorer:
        """The rescorer of the installation. Raises ArtefactError where it is missing or not understood."""
        remedy = "Install thidua again, or train the model with `python -m thidua.train.rescorer`"
        return Rescorer(map_arrays(model_path(MODEL) / "model.bin", format_name=FORMAT, version=VERSION, remedy=remedy))

    def rescored(self, path: Sequence[Weighed], breaks: bytes) -> list[Weighed]:
        """The arcs of a best path with the posteriors of uncertain tokens weighed anew.

        path: arcs on the best path, in order; breaks: as in Lattice. Only readings of one syllable compete; they share
        the posterior that they had together. Names are left to the decoder.
        """
        changed = list(path)
        for look in self.looks(path, breaks):
            scores = look.features() @ self.weights
            shares = _shares(scores, look.before > 0) * look.before.sum(axis=1, keepdims=True)
            for doubt, share in zip(look.doubts, shares, strict=True):
                before = path[doubt.number]
                after = before.posteriors.copy()
                after[doubt.rows] = share[: len(doubt.rows)]
                changed[doubt.number] = Weighed(before.arc, after, doubt.rows[int(share.argmax())])
        return changed

    def looks(self, path: Sequence[Weighed], breaks: bytes, *, sure: float = SURE) -> Iterator[Look]:
        """What decoder and network say of the uncertain tokens of a best path, some tokens at a time."""
        units, shapes, doubts = self._stream(path, breaks, sure)
        for first in range(0, len(doubts), BATCH):
            some = doubts[first : first + BATCH]
            contexts = self._contexts(units, shapes, np.array([doubt.place for doubt in some]))
            width = max(len(doubt.rows) for doubt in some)
            syllables = np.zeros((len(some), width), np.intp)
            before = np.zeros((len(some), width), np.float32)
            for k, doubt in enumerate(some):
                syllables[k, : len(doubt.rows)] = doubt.syllables
                before[k, : len(doubt.rows)] = path[doubt.number].posteriors[doubt.rows]
            known = syllables != UNKNOWN_ID
            embeddings = self._readings[syllables].astype(np.float32)
            scores = np.einsum("nkd,nd->nk", embeddings, contexts) + self._bias[syllables]
            yield Look(some, before, _shares(scores / TEMPERATURE, known), known)

    def _stream(
        self, path: Sequence[Weighed], breaks: bytes, sure: float
    ) -> tuple[npt.NDArray[np.uint16], npt.NDArray[np.uint8], list[Doubt]]:
        """The best path in the network's units, and the tokens that are worth a second look."""
        units, shapes, doubts = array("H"), bytearray(), []
        if len(self._known) > REMEMBERED:
            self._known.clear()
        before = "."
        for number, weighed in enumerate(path):
            candidates, best = weighed.arc.candidates, weighed.best or 0
            text = candidates[best].text
            gap = breaks[weighed.arc.start] if breaks else 0
            if gap == 2 or (gap and before[-1:] in ".;:"):
                units.append(PARAGRAPH_ID)
                shapes.append(Shape.MARK)
            before = text
            spelt = self._known.get(text) or self._spell(text)
            if spelt.place >= 0 and weighed.posteriors[best] < sure and not _is_name(spelt, units):
                rows = [k for k in np.argsort(-weighed.posteriors)[:MOST].tolist() if weighed.posteriors[k] >= LEAST]
                readings = [(k, self._known.get(candidates[k].text) or self._spell(candidates[k].text)) for k in rows]
                single = [(k, reading.units[reading.place]) for k, reading in readings if reading.place >= 0]
                if len(single) > 1:
                    place = len(units) + spelt.place
                    doubts.append(Doubt(number, place, [k for k, _ in single], [s for _, s in single]))
            units += spelt.units
            shapes += spelt.shapes
        return np.frombuffer(units, np.uint16), np.frombuffer(bytes(shapes), np.uint8), doubts

    def _spell(self, text: str) -> _Spelt:
        found = pieces(text)
        ids = array("H", [self._vocabulary.ids.get(piece.unit, UNKNOWN_ID) for piece in found])
        syllables = [k for k, unit in enumerate(ids) if unit >= _FIRST_SYLLABLE or unit == UNKNOWN_ID]
        only = syllables[0] if len(syllables) == 1 else -1
        spelt = self._known[text] = _Spelt(ids, bytes(piece.shape for piece in found), only)
        return spelt

    def _contexts(
        self, units: npt.NDArray[np.uint16], shapes: npt.NDArray[np.uint8], places: npt.NDArray[np.int64]
    ) -> _Floats:
        """What the network expects at each place: (places, width of a reading's embedding)."""
        low, high = max(0, int(places[0]) - RADII[-1]), int(places[-1]) + RADII[-1] + 1
        units, shapes, places = units[low:high], shapes[low:high], places - low
        topics = self._topics[units].astype(np.float32)
        sums = np.concatenate((np.zeros((1, topics.shape[1]), np.float32), np.cumsum(topics, axis=0)))
        around = []
        for radius in RADII:
            start, end = np.maximum(places - radius, 0), np.minimum(places + radius + 1, len(units))
            around.append((sums[end] - sums[start] - topics[places]) / np.sqrt(end - start, dtype=np.float32)[:, None])
        topic = np.concatenate(around, axis=1)
        embedded = self._units[units].astype(np.float32) + self._shapes[shapes]
        padded = np.pad(embedded, ((WINDOW, WINDOW), (0, 0)))
        offsets = np.array([*range(WINDOW), *range(WINDOW + 1, 2 * WINDOW + 1)])
        window = padded[places[:, None] + offsets].reshape(len(places), -1)
        local = _gated(self._linear("local", window))
        whole = np.concatenate((local, topic, self._own_shape[shapes[places]]), axis=1)
        hidden = local + _gated(self._linear("mixed", whole))
        hidden = hidden + _gated(self._linear("deep", hidden))
        return self._linear("outward", hidden) + self._linear("topical", topic)

    def _linear(self, name: str, values: _Floats) -> _Floats:
        matrix, bias = self._layers[name]
        return np.asarray(gemm(values, matrix) + bias, np.float32)


def _is_name(spelt: _Spelt, before: array[int]) -> bool:
    """Whether a capital stands within a sentence: names are left to the decoder, which knows the places."""
    if spelt.shapes[spelt.place] not in (Shape.TITLE, Shape.SINGLE):
        return False
    last = spelt.units[spelt.place - 1] if spelt.place else before[-1] if before else PARAGRAPH_ID
    return last not in _OPENERS


def _matrix(values: npt.NDArray[np.generic], columns: int) -> _Floats:
    return values.astype(np.float32).reshape(-1, columns)


def _gated(values: _Floats) -> _Floats:
    """A gated linear unit: the first half of the columns, each let through by the second half (Dauphin et al. 2017)."""
    half = values.shape[1] // 2
    return np.asarray(values[:, :half] / (1 + np.exp(-np.clip(values[:, half:], -30, 30))), np.float32)


def _shares(scores: _Floats, real: npt.NDArray[np.bool_]) -> _Floats:
    """The softmax of each row over its real columns; 0 elsewhere."""
    highest = np.max(scores, axis=1, keepdims=True, where=real, initial=-1e9)
    powers = np.where(real, np.exp(np.minimum(scores - highest, 0.0)), 0.0)
    return np.asarray(powers / np.maximum(powers.sum(axis=1, keepdims=True), 1e-30), np.float32)
