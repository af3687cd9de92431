"""A second reader: asterocr, where its extra is installed, votes on the words that Tesseract was not sure of.

It is a recogniser of lines (a network with CTC decoding) that was trained on other pages, so it errs elsewhere: in the
cells of tables it knows `16` from `l6`, for example. A vote never makes a number or a date sure.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from functools import cache
from importlib import import_module, resources
from unicodedata import normalize

import cv2
import numpy as np
from numpy.typing import NDArray

from ..errors import SetupError
from ..types import Word
from .clean import Pixels
from .rows import word_box
from .second import better

Recogniser = Callable[
    [Pixels], tuple[str, float]
]  # crop of a word -> its text and the confidence of its worst character

_ASKED = 0.9  # words of less confidence are voted on
_TRUST = 0.8  # what its confidence is worth beside Tesseract's
_MOST = 0.69  # confidence of what it reads: less than numbers and dates must have
_ACROSS, _DOWN = 0.25, 0.35  # text heights of paper around a word
_HEIGHT, _WIDEST = 32, 1020  # pixels of the image that the network takes


def find_recogniser(wanted: bool | None) -> Recogniser | None:
    """asterocr; None where it is not wanted, or not installed and not asked for (wanted is None).

    Raises SetupError where it is wanted and not installed.
    """
    if wanted is False:
        return None
    try:
        return _load()
    except ImportError:
        if wanted:
            raise SetupError("asterocr is not installed", remedy="Install it: pip install 'thidua[asterocr]'") from None
        return None


def vote(words: Sequence[Word], grey: Pixels, text: float, recognise: Recogniser) -> list[Word]:
    """The words, each unsure one replaced by what `recognise` reads in its place where that is better.

    grey: the page that the words' boxes are measured on; text: height of its lower-case letters. The reading that lost
    stays as an alternative.
    """
    return [_voted(word, grey, text, recognise) if _is_asked(word) else word for word in words]


def _is_asked(word: Word) -> bool:
    return word.confidence < _ASKED and any(character.isalnum() for character in word.text)


def _voted(word: Word, grey: Pixels, text: float, recognise: Recogniser) -> Word:
    box, across, down = word_box(word), round(_ACROSS * text), round(_DOWN * text)
    crop = grey[max(0, box.y0 - down) : box.y1 + down, max(0, box.x0 - across) : box.x1 + across]
    if crop.shape[1] * _HEIGHT > _WIDEST * crop.shape[0]:
        return word
    reading, confidence = recognise(crop)
    reading = "".join(normalize("NFC", reading).split())
    if reading in ("", word.text):
        return word
    voted = better(word, replace(word, text=reading, confidence=_TRUST * confidence, alternatives=()))
    return voted if voted.text == word.text else replace(voted, confidence=min(voted.confidence, _MOST))


@cache
def _load() -> Recogniser:
    runtime, vocabulary = import_module("onnxruntime"), import_module("asterocr.vocab").default_vocab
    options = runtime.SessionOptions()
    options.intra_op_num_threads = options.inter_op_num_threads = 1  # workers share the cores
    weights = resources.files("asterocr") / "assets" / "asternet.onnx"
    session = runtime.InferenceSession(str(weights), options, providers=["CPUExecutionProvider"])
    (source,) = session.get_inputs()

    def recognise(crop: Pixels) -> tuple[str, float]:
        width = max(_HEIGHT, crop.shape[1] * _HEIGHT // crop.shape[0]) + 3 & ~3
        way = cv2.INTER_AREA if crop.shape[0] > _HEIGHT else cv2.INTER_LINEAR
        values = np.asarray(cv2.resize(crop, (width, _HEIGHT), interpolation=way), np.float32) / 127.5 - 1
        steps = np.squeeze(session.run(None, {source.name: np.repeat(values[None, None], 3, axis=1)})[0])
        return _decode(steps, vocabulary.idx2char, vocabulary.blank_idx)

    return recognise


def _decode(steps: NDArray[np.float32], characters: dict[int, str], blank: int) -> tuple[str, float]:
    """The best path of a CTC output (steps x characters, logarithms), and the probability of its worst character."""
    shares = np.exp(steps - steps.max(axis=1, keepdims=True))
    shares /= shares.sum(axis=1, keepdims=True)
    best = shares.argmax(axis=1)
    starts = np.flatnonzero((best != blank) & (best != np.concatenate(([blank], best[:-1]))))
    text = "".join(characters.get(int(index), "") for index in best[starts])
    return text, float(shares[starts, best[starts]].min(initial=1.0))
