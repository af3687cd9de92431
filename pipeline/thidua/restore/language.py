"""The language model: which syllables follow which, and how they are printed (capitals).

The file model.bin (see packed.py) has the arrays "vocabulary", "cases" and, for n from 1 to the order of the model,
those of the n-grams (`Level` in language.h): "word.n", "logp.n", "backoff.n", "fan.n", "fan_sample.n", two code books.
"""

from __future__ import annotations

import ctypes
from functools import cache
from pathlib import Path

import numpy as np
import numpy.typing as npt

from ..resources import model_path
from .core import library
from .packed import map_arrays
from .vocabulary import Vocabulary

FORMAT, VERSION = "thidua-language", 1
MODEL = "language-1"
MAX_ORDER = 5
SAMPLING = 16  # rows between two samples of a fan: see language.h
REMEDY = "Install thidua again, or train the model with `python -m thidua.train.language`"

_Bytes = npt.NDArray[np.uint8]


class _Level(ctypes.Structure):
    _fields_ = (
        ("size", ctypes.c_uint32),
        ("fan_words", ctypes.c_uint32),
        ("word", ctypes.c_void_p),
        ("logp", ctypes.c_void_p),
        ("backoff", ctypes.c_void_p),
        ("fan", ctypes.c_void_p),
        ("fan_sample", ctypes.c_void_p),
        ("logp_book", ctypes.c_void_p),
        ("backoff_book", ctypes.c_void_p),
    )


class _Language(ctypes.Structure):
    _fields_ = (
        ("order", ctypes.c_uint32),
        ("words", ctypes.c_uint32),
        ("level", _Level * MAX_ORDER),
        ("cases", ctypes.c_void_p),
    )


class LanguageModel:
    """An n-gram model over the units of `vocabulary`. Get the trained one from `LanguageModel.load()`."""

    def __init__(self, path: Path) -> None:
        """Map the model file at `path`. Raises ArtefactError where it is damaged or of an unknown format."""
        self._arrays = map_arrays(path, format_name=FORMAT, version=VERSION, remedy=REMEDY)
        self.order = order = sum(name.startswith("logp.") for name in self._arrays)
        self.vocabulary = Vocabulary(bytes(self._arrays["vocabulary"]).decode().split("\n"))
        self._struct = _Language(order=order, words=len(self.vocabulary), cases=self._address("cases"))
        for n in range(order):
            names = [field for field, _ in _Level._fields_[2:]]
            addresses = {field: self._address(f"{field}.{n + 1}") for field in names}
            fan = self._arrays.get(f"fan.{n + 1}", ())
            self._struct.level[n] = _Level(len(self._arrays[f"logp.{n + 1}"]), len(fan), **addresses)

    @staticmethod
    @cache
    def load() -> LanguageModel:
        """The language model of the installation. Raises ArtefactError where it is missing or not understood."""
        return LanguageModel(model_path(MODEL) / "model.bin")

    def _address(self, name: str) -> int | None:
        array = self._arrays.get(name)
        return None if array is None else array.ctypes.data

    @property
    def pointer(self) -> ctypes.c_void_p:
        """The model for the C core; valid as long as this object lives."""
        return ctypes.cast(ctypes.byref(self._struct), ctypes.c_void_p)

    def id(self, syllable: str) -> int:
        """The id of a unit of text in lower case and canonical tone placement, 0 for an unknown one."""
        return self.vocabulary.ids.get(syllable, 0)

    def score(self, units: npt.NDArray[np.uint16]) -> npt.NDArray[np.float32]:
        """ln P of every unit after those before it, in a stream that starts with no context."""
        units = np.ascontiguousarray(units, np.uint16)
        scores = np.zeros(len(units), np.float32)
        library().thidua_language_score(
            self.pointer, units.ctypes.data_as(ctypes.c_void_p), len(units), scores.ctypes.data_as(ctypes.c_void_p)
        )
        return scores
