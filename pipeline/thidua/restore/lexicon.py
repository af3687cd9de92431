"""A user's own words and phrases: names of places, schools and people that the trained models do not know.

A lexicon is a text file with one word or phrase a line, printed as it should come out ("Kpă Klơng", "Trường Mầm non
Hoa Sen"); empty lines and lines that start with `#` are skipped. It needs no training: where the tokens of a text look
like a phrase, its words join the candidates, and language model and context still have their say.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

from rapidfuzz import process
from rapidfuzz.distance import Levenshtein

from ..errors import UsageError
from .detect import without_marks
from .protect import punctuated

LIKE_LETTERS = str.maketrans("0136489$|&@¢", "ollobagslaac")  # digits and signs that readers write for letters
ALIKE = 0.6  # similarity (0..1) of a token's letters and a word's, without marks
ALIKE_IN_ALL = 0.75  # the same over a whole phrase


@dataclass(frozen=True)
class Lexicon:
    """Phrases as tuples of words, NFC, case as printed."""

    phrases: frozenset[tuple[str, ...]]

    @staticmethod
    def of(phrases: Iterable[str]) -> Lexicon:
        """A lexicon of printed words and phrases."""
        split = (tuple(unicodedata.normalize("NFC", phrase).split()) for phrase in phrases)
        return Lexicon(frozenset(words for words in split if words))

    @staticmethod
    def read(path: Path) -> Lexicon:
        """The lexicon in a UTF-8 text file. Raises UsageError where it cannot be read."""
        try:
            lines = path.read_text(encoding="utf-8-sig").splitlines()
        except (OSError, UnicodeDecodeError) as error:
            raise UsageError(
                f"The lexicon {path} cannot be read ({error})", remedy="Give a UTF-8 text file, one phrase a line"
            ) from error
        return Lexicon.of(line for line in lines if not line.startswith("#"))

    def matches(self, forms: Sequence[str]) -> Iterator[tuple[int, str]]:
        """(place, word as printed) for each token that looks like a word of a phrase that stands there as a whole.

        Where phrases overlap, the longest that starts first wins.
        """
        letters = [_letters(form) for form in forms]
        place = 0
        while place < len(forms):
            found = max(self._phrases_at(letters, place), key=len, default=())
            for offset, word in enumerate(found):
                yield place + offset, word
            place += max(1, len(found))

    def _phrases_at(self, letters: Sequence[str], place: int) -> Iterator[tuple[str, ...]]:
        for phrase in self._starting_like(letters[place]):
            there = letters[place : place + len(phrase)]
            if len(there) == len(phrase):
                words = [without_marks(word) for word in phrase]
                alike = [Levenshtein.normalized_similarity(a, b) for a, b in zip(there, words, strict=True)]
                size = sum(map(len, words))
                whole = sum(score * len(word) for score, word in zip(alike, words, strict=True)) / size
                if min(alike) >= ALIKE and whole >= ALIKE_IN_ALL:
                    yield phrase

    def _starting_like(self, letters: str) -> tuple[tuple[str, ...], ...]:
        known = self._starts.get(letters)
        if known is None:
            near = process.extract(
                letters, self._first_words, scorer=Levenshtein.normalized_similarity, score_cutoff=ALIKE, limit=None
            )
            known = tuple(phrase for word, _, _ in near for phrase in self._by_first_word[word]) if letters else ()
            self._starts[letters] = known
        return known

    @cached_property
    def _starts(self) -> dict[str, tuple[tuple[str, ...], ...]]:
        return {}

    @cached_property
    def _by_first_word(self) -> dict[str, list[tuple[str, ...]]]:
        found: dict[str, list[tuple[str, ...]]] = {}
        for phrase in sorted(self.phrases):
            found.setdefault(without_marks(phrase[0]), []).append(phrase)
        return found

    @cached_property
    def _first_words(self) -> list[str]:
        return list(self._by_first_word)


def _letters(form: str) -> str:
    return without_marks(punctuated(form).core).translate(LIKE_LETTERS)
