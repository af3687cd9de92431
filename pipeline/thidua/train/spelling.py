"""How a printed token is built: marks, then a syllable as onset and rime, then marks."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable
from functools import cached_property
from typing import NamedTuple

from ..resources import rows
from ..restore.normalise import canonical_tone

_EDGES = re.compile(r"([\W_]*)(.*?)([\W_]*)", re.DOTALL)
_UNTONED = re.compile(r"[a-zđăâêôơư&]{1,8}")
_ONE_VOWEL = re.compile(r"[b-df-hj-np-tv-xzđ]{0,3}[^b-df-hj-np-tv-xzđ&]{1,3}[b-df-hj-np-tv-xz]{0,2}")
_COMMON = 500  # occurrences: two such syllables written as one are a slip, not a word
_ONSET = re.compile(r"ngh|ng|nh|gh|gi(?=\w)(?![cmnpt]|ng|nh|ch)|kh|ph|qu|th|tr|ch|[bcdđghklmnprstvx]|")


class Parts(NamedTuple):
    """A token as left marks + onset + rime + right marks. What is no syllable stands in `rime` alone."""

    left: str
    onset: str
    rime: str
    right: str
    syllable: bool


class Spelling:
    """Takes tokens apart, given the syllables and other words (lower case, canonical tone placement) that are printed.

    words: abbreviations and names that are no syllables ("hđnd", "krông"); they count as rimes without an onset.
    """

    def __init__(self, syllables: frozenset[str], words: frozenset[str] = frozenset()) -> None:
        self.syllables, self.words = syllables, words

    @classmethod
    def load(cls, units: Iterable[str]) -> Spelling:
        """Of a vocabulary's units: those with the onset and rime of a syllable in dictionaries/syllables.tsv, and words
        with letters that only Vietnamese has.
        """
        counts = {canonical_tone(row["syllable"]): int(row["count"]) for row in rows("syllables.tsv")}
        rimes = {syllable[len(onset_of(syllable)) :] for syllable in counts}
        letters = frozenset("".join(counts) + "fjwz&")
        units = [unit for unit in units if letters.issuperset(unit)]
        syllables = {unit for unit in units if unit[len(onset_of(unit)) :] in rimes} | set(counts)
        common = {syllable for syllable, count in counts.items() if count >= _COMMON}
        words = {unit for unit in units if _is_word(unit) and not _run_together(unit, common)} - syllables
        return cls(frozenset(syllables), frozenset(words))

    @cached_property
    def forms(self) -> frozenset[str]:
        """Every syllable and word in lower case, with a capital and in capitals."""
        return frozenset(
            form for word in self.syllables | self.words for form in (word, word.capitalize(), word.upper())
        )

    def parts(self, token: str) -> Parts:
        """The parts of a token; their concatenation is the token. Its tones must be at their canonical places.

        "(thành;" -> ("(", "th", "ành", ";"); a syllable is lower case, Title or UPPER throughout: "tHi" is none.
        """
        match = _EDGES.fullmatch(token)
        assert match is not None  # matches every string
        left, core, right = match.groups()
        if core in self.forms:
            onset = "" if core.lower() in self.words else onset_of(core)
            return Parts(left, onset, core[len(onset) :], right, True)
        return Parts(left, "", core, right, False)


def onset_of(syllable: str) -> str:
    """The consonants that a syllable starts with: "Nghệ" -> "Ngh", "gì" -> "g", "giá" -> "gi", "ủy" -> ""."""
    match = _ONSET.match(syllable.lower())
    assert match is not None  # the last branch is empty
    onset = match.group()
    return syllable[: len(onset)] if len(onset) < len(syllable) else ""


def _is_word(unit: str) -> bool:
    """Whether a unit that is no syllable is a word of Vietnamese texts: "hđnd", "lênin", "krông", "đắk"."""
    return not unit.isascii() and bool(_UNTONED.fullmatch(unit) or _ONE_VOWEL.fullmatch(unit))


def _run_together(word: str, syllables: Collection[str]) -> bool:
    return any(word[:k] in syllables and word[k:] in syllables for k in range(1, len(word)))
