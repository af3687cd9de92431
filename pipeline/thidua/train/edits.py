"""How single letters are read: P(what is read | letter printed), learned from aligned tokens.

Each printed letter becomes 0 to 3 read ones (`ư` -> `ir`, `m` -> `rn`, `I` -> nothing). A finer model is built on top
of this one (see thidua.train.channel); this one covers what was never seen.
"""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Mapping
from functools import cache

import numpy as np

from ..restore.packed import Arrays

LONGEST = 3  # letters that one printed letter may become
_ALPHABET = math.log(80)  # about how many different letters a reading can have
_IDENTITY, _OTHER = math.log(0.9), math.log(0.1)  # a letter never seen is read as itself, or as something else
_DISCOUNT = 0.6  # taken from each reading seen, for the unseen ones
_LEAST = 0.1  # what is left of a damped count at least
_FLOOR = 0.5  # pseudo-counts for the unseen readings besides


def _packed(read: str) -> int:
    """A reading of up to three letters as one number, 21 bits each."""
    key = 0
    for letter in read:
        key = key << 21 | ord(letter)
    return key


def _unseen(read: str) -> float:
    """Natural logarithm of the share of a reading among all unseen ones: another single letter is the usual case."""
    return -_ALPHABET * (1 + abs(len(read) - 1))


class LetterModel:
    """P(reading | letter) for one letter; `log_probability` multiplies it along the best alignment of two strings."""

    def __init__(self, counts: Mapping[str, Mapping[str, float]]) -> None:
        self._logs = {
            letter: {
                read: math.log(max(n - _DISCOUNT, _LEAST) / (sum(reads.values()) + _FLOOR)) for read, n in reads.items()
            }
            for letter, reads in counts.items()
        }
        self._unseen = {
            letter: math.log((_FLOOR + _DISCOUNT * len(reads)) / (sum(reads.values()) + _FLOOR))
            for letter, reads in counts.items()
        }
        self._cached = cache(self._align)

    def letter(self, letter: str, read: str) -> float:
        """Natural logarithm of P(read | letter); a letter never seen is read as itself, mostly."""
        logs = self._logs.get(letter)
        if logs is None:
            return _IDENTITY if letter == read else _OTHER + _unseen(read)
        seen = logs.get(read)
        return seen if seen is not None else self._unseen[letter] + _unseen(read)

    def arrays(self) -> Arrays:
        """The model as arrays for thidua.restore.channel_core."""
        letters = sorted(self._logs)
        reads = [sorted((_packed(read), log) for read, log in self._logs[letter].items()) for letter in letters]
        flat = [entry for entries in reads for entry in entries]
        return {
            "letters": np.array([ord(letter) for letter in letters], np.uint32),
            "unseen": np.array([self._unseen[letter] for letter in letters], np.float32),
            "read_starts": np.cumsum([0, *map(len, reads)]).astype(np.uint32),
            "reads": np.array([key for key, _ in flat], np.uint64),
            "read_logs": np.array([log for _, log in flat], np.float32),
            "letter_constants": np.array([_ALPHABET, _IDENTITY, _OTHER], np.float32),
        }

    def log_probability(self, form: str, text: str) -> float:
        """Natural logarithm of P(form | text) along the best alignment; -inf where there is none."""
        return self._cached(form, text)[0]

    def alignment(self, form: str, text: str) -> tuple[str, ...]:
        """What each letter of the text became, in order: their concatenation is the form."""
        return self._cached(form, text)[1]

    def _align(self, form: str, text: str) -> tuple[float, tuple[str, ...]]:
        reached: dict[int, tuple[float, tuple[str, ...]]] = {0: (0.0, ())}
        for position, letter in enumerate(text):
            left = len(text) - position - 1
            following: dict[int, tuple[float, tuple[str, ...]]] = {}
            for start, (score, path) in reached.items():
                for end in range(max(start, len(form) - left * LONGEST), min(start + LONGEST, len(form)) + 1):
                    read = form[start:end]
                    total = score + self.letter(letter, read)
                    if end not in following or total > following[end][0]:
                        following[end] = (total, (*path, read))
            reached = following
        return reached.get(len(form), (-math.inf, ()))


def _floats() -> dict[str, float]:
    return defaultdict(float)


def learn_letters(pairs: Mapping[tuple[str, str], float], *, rounds: int = 4) -> LetterModel:
    """The letter model of (form, text) pairs with their counts, by Viterbi expectation-maximisation from identity."""
    counts: dict[str, dict[str, float]] = defaultdict(_floats)
    for (_, text), n in pairs.items():
        for letter in text:
            counts[letter][letter] += n
    model = LetterModel({letter: {letter: sum(reads.values())} for letter, reads in counts.items()})
    for _ in range(rounds):
        counts = defaultdict(_floats)
        for (form, text), n in pairs.items():
            for letter, read in zip(text, model.alignment(form, text), strict=False):
                counts[letter][read] += n
        model = LetterModel({letter: dict(reads) for letter, reads in counts.items()})
    return model
