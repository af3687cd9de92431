"""Formulas of plans in which only one word can stand: its neighbours say which, whatever the reader made of it.

`lần thóc VII` is `lần thứ VII`, since nothing else stands between "lần" and a numeral, `quý 111/2020` is
`quý III/2020`, since quarters are printed in roman numerals or as 1 to 4; a line that starts with `Nơi nhọn;` opens the
list of recipients, `Nơi nhận:`, and `Lưu: VI` ends it, `Lưu: VT` (Decree 30/2020/NĐ-CP, Annex I). A line with
`Căn o Chỉ thị` states a legal basis (căn cứ), `SỐ: 643/TT-BTC` the number; before `lập - Tự do` stands `Độc`; who is
reported to is followed by `(b/c)`, whatever looks like a c.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import NamedTuple

from rapidfuzz.distance import Levenshtein

from .detect import syllables, without_marks
from .protect import punctuated
from .romans import readings, roman_value

SURE = 0.98
_BASES = (  # kinds of documents that a legal basis names first
    *("Bộ luật", "Chỉ thị", "Chương trình", "Công văn", "Hiến pháp", "Hướng dẫn", "Kế hoạch", "Kết luận", "Luật"),
    *("Nghị định", "Nghị quyết", "Pháp lệnh", "Quyết định", "Thông báo", "Thông tư", "Văn bản", "Điều lệ", "Đề án"),
)
_QUARTER = re.compile(r"(?P<strokes>[IVHl1|!]{1,3})(?P<year>/(?:19|20)\d\d)?")
_QUARTERS = ("I", "II", "III", "IV")
_FOR_REPORT = re.compile(r"(\(?)b/[C€¢©](\)?[.,;:]*)")
_LIKE_QUARTER = {word: right for right in ("quý", "Quý") for word in (f"{right[:2]}{y}" for y in "yỳỷỹỵ")}
_LIKE_CAN = frozenset(("Cán", "Cân", "Cấn", "Cần", "Cẩn", "Cận", "Cắn", "Cằn", "Cặn"))
_REGISTRY = frozenset(("VI", "VỊ", "Vl", "VL", "V1", "V7"))  # what a reader makes of VT, văn thư


class Mended(NamedTuple):
    """The token at a place and what it is by its neighbours."""

    place: int
    text: str


def formula_words(forms: Sequence[str], printed: Sequence[str], openings: Sequence[int]) -> Iterator[Mended]:
    """The tokens that a formula mends.

    forms: the tokens as read; printed: as restored so far, "" for what is left out; openings: the first token of each
    line.

    >>> list(formula_words("lan thoc VII".split(), "lần thóc VII".split(), [0]))
    [Mended(place=1, text='thứ')]
    """
    starts = set(openings)
    for first, last in pairwise((*openings, len(printed))):
        yield from _opening_words(first, printed[first : min(first + 4, last)])
    for place in range(1, len(forms)):
        before, word = printed[place - 1], printed[place]
        if before == "Lưu:" and punctuated(word).core in _REGISTRY:
            yield Mended(place, "VT" + punctuated(word).closing)
        elif _FOR_REPORT.fullmatch(word):
            yield Mended(place, _FOR_REPORT.sub(r"\1b/c\2", word))
        elif before in ("quý", "Quý") and (quarter := _quarter(word)):
            yield Mended(place, quarter)
        elif before in _LIKE_QUARTER and "/" in word and (quarter := _quarter(word)):
            yield Mended(place - 1, _LIKE_QUARTER[before])
            yield Mended(place, quarter)
        elif place + 1 < len(forms) and before[-3:].lower() == "lần" and word.isalpha():
            ordinal = "THỨ" if word.isupper() else "Thứ" if word.istitle() else "thứ"
            if word != ordinal and _like_ordinal(forms[place]) and _is_numeral(printed[place + 1]):
                yield Mended(place, ordinal)
        elif (
            word == "lập"
            and tuple(printed[place + 2 : place + 4]) == ("Tự", "do")
            and place not in starts
            and before != "Độc"
            and _like(forms[place - 1], "doc", 2)
        ):
            yield Mended(place - 1, "Độc")


def _opening_words(first: int, words: Sequence[str]) -> Iterator[Mended]:
    """What is clear of a line's first words; first: the number of its first token."""
    if len(words) < 2:
        return
    if words[0] == "Nơi" and words[1] != "nhận:" and _is_recipients(words[1]):
        yield Mended(first + 1, "nhận:")
    elif words[0] == "SỐ:" and words[1][:1].isdigit():
        yield Mended(first, "Số:")
    elif words[1] != "cứ" and _is_basis(words):
        if words[0] != "Căn":
            yield Mended(first, "Căn")
        yield Mended(first + 1, "cứ")


def _is_basis(words: Sequence[str]) -> bool:
    """Whether a line opens with "Căn cứ" and a kind of document: its second word is no other that may stand there."""
    named = words[2:3] and (words[2] in _BASES or f"{words[2]} {' '.join(words[3:])}" in _BASES)
    second = punctuated(words[1]).core
    unclear = second == "cứ" or len(second) < 2 or second not in syllables()
    return bool(named) and (words[0] == "Căn" or (words[0] in _LIKE_CAN and unclear))


def _quarter(word: str) -> str | None:
    """The number of a quarter, with its year, that lost its serifs; None where it is sound, or no such number."""
    parts = punctuated(word)
    match = _QUARTER.fullmatch(parts.core)
    if match is None or match["strokes"] == "1" or roman_value(match["strokes"]):
        return None
    possible = [text for text in readings(match["strokes"]) if text in _QUARTERS]
    return f"{parts.opening}{possible[0]}{match['year'] or ''}{parts.closing}" if len(possible) == 1 else None


def _like_ordinal(form: str) -> bool:
    letters = without_marks(form)
    return (letters.startswith("th") or _like(letters, "thu", 1)) and len(letters) <= 5


def _like(form: str, word: str, most: int) -> bool:
    """Whether a form is a word, marks aside, but for so many letters at the most."""
    return Levenshtein.distance(without_marks(form), word, score_cutoff=most) <= most


def _is_numeral(word: str) -> bool:
    return roman_value(punctuated(word).core) is not None


def _is_recipients(word: str) -> bool:
    """Whether a word is "nhận:", as nearly as a reader may get it."""
    parts = punctuated(word)
    return _like(parts.core, "nhan", 1) and parts.core[:1] == "n" and parts.closing in (":", ";", ".", ",")
