"""Roman numerals as they are printed in ordinals, terms and section numbers, and what a reader makes of their strokes.

`XVII` is read as `XVH` or `XVIL`, `III` as `I11`, `II` as `H`, `I` as `|`. Numerals up to 39 (XXXIX) are considered: no
congress, term or section of a plan goes beyond.
"""

from __future__ import annotations

import re
from functools import lru_cache
from itertools import product

HIGHEST = 39
_SHAPE = re.compile(r"[IVXLHTUYN1l|!\]\[iíìÍÌÏ]{1,8}")
_STROKES: dict[str, tuple[str, ...]] = {
    "I": ("I",),
    "V": ("V",),
    "X": ("X",),
    "L": ("I",),
    "H": ("II",),
    "N": ("II", "IV"),
    "U": ("II",),
    "T": ("I",),
    "Y": ("V",),
}
_RARE, _SIGN = frozenset("NUY"), frozenset("XV")  # letters that are strokes only beside a sign of a numeral: not in NL
_STROKE = ("I",)  # 1 l | ! ] [ i and their like


def roman(value: int) -> str:
    """The numeral for 1..39. Raises ValueError for others.

    >>> roman(17)
    'XVII'
    """
    if not 1 <= value <= HIGHEST:
        raise ValueError(f"no numeral of a section or a congress: {value}")
    units = ("", "I", "II", "III", "IV", "V", "VI", "VII", "VIII", "IX")
    return "X" * (value // 10) + units[value % 10]


_VALUES = {roman(value): value for value in range(1, HIGHEST + 1)}


def roman_value(text: str) -> int | None:
    """The value of a well-formed numeral in capitals up to 39, else None."""
    return _VALUES.get(text)


@lru_cache(maxsize=4096)
def readings(form: str) -> tuple[str, ...]:
    """The well-formed numerals that a form without punctuation may stand for, the form itself first where it is one.

    >>> readings("XVH"), readings("I11"), readings("XIV"), readings("nam")
    (('XVII',), ('III',), ('XIV',), ())
    """
    if not _SHAPE.fullmatch(form) or (not _RARE.isdisjoint(form) and _SIGN.isdisjoint(form)):
        return ()
    found = {form: None} if form in _VALUES else {}
    for parts in product(*(_STROKES.get(letter, _STROKE) for letter in form)):
        text = "".join(parts)
        if text in _VALUES:
            found.setdefault(text)
    return tuple(found)
