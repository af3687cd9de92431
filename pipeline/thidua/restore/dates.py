"""Dates: letters that stand for digits in a numeric date, and a word that swallowed the space before its number.

Digits are never changed, and no date is completed: `l5/5/2016` becomes `15/5/2016`, `ngay16` becomes `ngày 16`.
"""

from __future__ import annotations

import re

from .detect import without_marks

_DIGIT_LIKE = str.maketrans("OolI|SB", "0011158")
_NUMERIC = re.compile(r"([\dOolI|]{1,2})([/.-])([\dOolI|]{1,2})\2([12][\dOolISB]{3})")
_GLUED = re.compile(r"([^\W\d_]{2,6}?)(\d{1,4})")
_YEAR = re.compile(r"(?:19|20)\d\d")
_BEFORE_NUMBER = {
    "ngay": "ngày",
    "thang": "tháng",
    "nam": "năm",
    "dieu": "điều",
    "khoan": "khoản",
    "quy": "quý",
    "tuan": "tuần",
}


def repaired_date(form: str) -> str | None:
    """A numeric date with digits only, where the form is one and has letters in it; else None.

    form: a token without the punctuation around it. Day 1..31 and month 1..12 must come out.
    """
    match = _NUMERIC.fullmatch(form)
    if match is None:
        return None
    day, mark, month, year = match.groups()
    day, month, year = (part.translate(_DIGIT_LIKE) for part in (day, month, year))
    mended = f"{day}{mark}{month}{mark}{year}"
    possible = 1 <= int(day) <= 31 and 1 <= int(month) <= 12 and year[:2] in ("19", "20")
    return mended if possible and mended != form else None


def separated(form: str) -> str | None:
    """`ngay16` -> `ngày 16`: the words that stand before a number, with a space; None where the form is no such thing.

    The form may carry marks on its vowels or none; a capital stays.
    """
    match = _GLUED.fullmatch(form)
    if match is None:
        return None
    word = _BEFORE_NUMBER.get(without_marks(match[1]))
    if word is None or (word == "năm" and not _YEAR.fullmatch(match[2])):  # "Việt Nam1", with a footnote
        return None
    return f"{word.capitalize() if match[1][0].isupper() else word} {match[2]}"
