"""How a printed token is built: marks, then a syllable as onset and rime, then marks."""

from __future__ import annotations

import re
from typing import NamedTuple

from ..resources import rows
from ..restore.normalise import canonical_tone

_EDGES = re.compile(r"([\W_]*)(.*?)([\W_]*)", re.DOTALL)
_ONSET = re.compile(r"ngh|ng|nh|gh|gi(?=\w)(?![cmnpt]|ng|nh|ch)|kh|ph|qu|th|tr|ch|[bcdđghklmnprstvx]|")


class Parts(NamedTuple):
    """A token as left marks + onset + rime + right marks. What is no syllable stands in `rime` alone."""

    left: str
    onset: str
    rime: str
    right: str
    syllable: bool


class Spelling:
    """Takes tokens apart with a list of syllables (lower case, canonical tone placement)."""

    def __init__(self, syllables: frozenset[str]) -> None:
        self.syllables = syllables

    @classmethod
    def load(cls) -> Spelling:
        """With the syllables of dictionaries/syllables.tsv."""
        return cls(frozenset(canonical_tone(row["syllable"]) for row in rows("syllables.tsv")))

    def parts(self, token: str) -> Parts:
        """The parts of a token; their concatenation is the token. Its tones must be at their canonical places.

        "(thành;" -> ("(", "th", "ành", ";"); a syllable is lower case, Title or UPPER throughout: "tHi" is none.
        """
        match = _EDGES.fullmatch(token)
        assert match is not None  # matches every string
        left, core, right = match.groups()
        if core.lower() in self.syllables and (core.islower() or core.isupper() or core.istitle()):
            onset = onset_of(core)
            return Parts(left, onset, core[len(onset) :], right, True)
        return Parts(left, "", core, right, False)


def onset_of(syllable: str) -> str:
    """The consonants that a syllable starts with: "Nghệ" -> "Ngh", "gì" -> "g", "giá" -> "gi", "ủy" -> ""."""
    match = _ONSET.match(syllable.lower())
    assert match is not None  # the last branch is empty
    onset = match.group()
    return syllable[: len(onset)] if len(onset) < len(syllable) else ""
