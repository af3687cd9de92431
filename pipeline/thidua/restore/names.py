"""Proper names: what stands in one is known from the page alone, since any syllable may be in a name."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from .protect import punctuated


def in_names(printed: Sequence[str], openings: Sequence[int]) -> Iterator[int]:
    """The places of words that are part of a name: with a capital, beside another such word of the same line.

    printed: tokens of the restored text, "" for what is left out; openings: the first token of each line.

    >>> list(in_names("Ông Kpă Klơng, xã Ea Ô".split(), [0]))
    [0, 1, 2, 4, 5]
    """
    starts = set(openings)
    before = given = -1  # the last word with a capital, where a name may go on behind it; the last that was given
    for place, token in enumerate(printed):
        parts = punctuated(token)
        if place in starts or parts.opening:
            before = -1
        if not _has_capital(parts.core):
            before = -1
            continue
        if before >= 0:
            if before != given:
                yield before
            yield place
            given = place
        before = -1 if parts.closing else place


def _has_capital(core: str) -> bool:
    return core.isalpha() and core[0].isupper() and not core[1:].isupper()
