"""The channel: for a badly read token, the candidates that the language model chooses from.

Candidates carry no ids: the decoder spells each distinct text once for itself.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import cache
from typing import Literal

import numpy as np

from ..resources import model_path
from ..types import Word
from .candidates import SHORT, Generator
from .channel_core import FORMAT, REMEDY, VERSION
from .language import LanguageModel
from .lattice import Candidate
from .packed import map_arrays

Profile = Literal["eng", "vie"]
REMEMBERED = 1 << 17  # distinct tokens whose candidates are kept; then all are found anew
K = 24
K_SHORT = 64  # forms of one to three characters say less
K_MARKED = 96  # and have as many readings with other marks


def two_words_frequency(language: LanguageModel) -> Callable[[str], float]:
    """ln of how often two words stand side by side ("nơi nhận"), by a language model."""

    def frequency(text: str) -> float:
        return float(language.score(np.array(language.vocabulary.encode(text), np.uint16)).sum())

    return frequency


class Channel:
    """P(form | text) of one OCR engine. Get a trained one from `Channel.load("eng")`; one object is for one thread."""

    def __init__(self, generator: Generator) -> None:
        self._generator = generator
        self._candidates: dict[tuple[tuple[str, ...], int], tuple[Candidate, ...]] = {}

    @staticmethod
    @cache
    def load(profile: Profile) -> Channel:
        """The channel of a profile: "eng" made by Tesseract's English model, "vie" by its Vietnamese one.

        Raises ArtefactError where the model is missing or not understood.
        """
        path = model_path(f"channel-{profile}-1") / "model.bin"
        arrays = map_arrays(path, format_name=FORMAT, version=VERSION, remedy=REMEDY)
        language = LanguageModel.load()
        return Channel(Generator(arrays, two_words_frequency(language)))

    def candidates(self, form: str, k: int = K) -> tuple[Candidate, ...]:
        """Up to k readings of a token, best first; the form itself is one.

        More (K_SHORT, K_MARKED) of one to three characters; twice as many of a token that no text explains well.
        """
        least = 0 if len(form) > SHORT else K_SHORT if form.isalnum() else K_MARKED
        return self._of((form,), max(k, least))

    def joined(self, forms: tuple[str, ...], k: int = K) -> tuple[Candidate, ...]:
        """Readings of two or three neighbouring tokens as one printed token, best first; may be empty."""
        return self._of(forms, k)

    def with_alternatives(self, word: Word, k: int = K) -> tuple[Candidate, ...]:
        """Readings of a word with the engine's confidence and alternatives weighed in, best first."""
        return tuple(self._generator.of_word(word, k))

    def speck(self, form: str) -> float | None:
        """ln P(form | nothing was printed there); None where it hardly ever comes of dirt."""
        return self._generator.specks.get(form)

    def log_probability(self, form: str, text: str) -> float:
        """ln P(form | text) letter by letter, however rare the text is."""
        return self._generator.letters.log_probability(form, text)

    def _of(self, forms: tuple[str, ...], k: int) -> tuple[Candidate, ...]:
        found = self._candidates.get((forms, k))
        if found is None:
            if len(self._candidates) >= REMEMBERED:
                self._candidates.clear()
            readings = self._generator.readings(forms[0], k) if len(forms) == 1 else self._generator.joined(forms, k)
            found = self._candidates[forms, k] = tuple(readings)
        return found
