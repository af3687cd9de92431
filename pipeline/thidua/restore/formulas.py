"""Formulas of plans in which only one word can stand: its neighbours say which, whatever the reader made of it.

`lần thóc VII` is `lần thứ VII`, since nothing else stands between "lần" and a numeral; a line that starts with
`Nơi nhọn;` opens the list of recipients, `Nơi nhận:`, and `Lưu: VI` ends it, `Lưu: VT` (Decree 30/2020/NĐ-CP, Annex I).
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from rapidfuzz.distance import Levenshtein

from .detect import without_marks
from .protect import punctuated
from .romans import roman_value

SURE = 0.98
_REGISTRY = frozenset(("VI", "VỊ", "Vl", "VL", "V1", "V7"))  # what a reader makes of VT, văn thư


class Mended(NamedTuple):
    """The token at a place and what it is by its neighbours."""

    place: int
    text: str


def formula_words(forms: Sequence[str], printed: Sequence[str], openings: Sequence[int]) -> Iterator[Mended]:
    """The tokens that a formula mends, in order.

    forms: the tokens as read; printed: as restored so far, "" for what is left out; openings: the first token of each
    line.

    >>> list(formula_words("lan thoc VII".split(), "lần thóc VII".split(), [0]))
    [Mended(place=1, text='thứ')]
    """
    starts = set(openings)
    for place in range(1, len(forms)):
        before, word = printed[place - 1], printed[place]
        if before == "Nơi" and word != "nhận:" and place - 1 in starts and place not in starts and _is_recipients(word):
            yield Mended(place, "nhận:")
        elif before == "Lưu:" and punctuated(word).core in _REGISTRY:
            yield Mended(place, "VT" + punctuated(word).closing)
        elif place + 1 < len(forms) and before[-3:].lower() == "lần" and word.isalpha():
            ordinal = "THỨ" if word.isupper() else "Thứ" if word.istitle() else "thứ"
            if word != ordinal and _like_ordinal(forms[place]) and _is_numeral(printed[place + 1]):
                yield Mended(place, ordinal)


def _like_ordinal(form: str) -> bool:
    letters = without_marks(form)
    alike = letters.startswith("th") or Levenshtein.distance(letters, "thu", score_cutoff=1) <= 1
    return alike and len(letters) <= 5


def _is_numeral(word: str) -> bool:
    return roman_value(punctuated(word).core) is not None


def _is_recipients(word: str) -> bool:
    """Whether a word is "nhận:", as nearly as a reader may get it."""
    parts = punctuated(word)
    alike = Levenshtein.distance(without_marks(parts.core), "nhan", score_cutoff=1) <= 1
    return alike and parts.core[:1] == "n" and parts.closing in (":", ";", ".", ",")
