"""List numbers that a reader damaged, mended by the order of the outline: `I11.` after `II.` is `III.`, `|.` is `I.`.

Vietnamese plans number their sections I, II, III, then 1, 2, 3, then a, b, c, d, đ, e, g ... (no f, j, w, z). Only the
first token of a line is looked at. What a section's or an item's number was, all numbers of the text decide together
(`outline_model.py`): one that the source prints well stays unless all the others speak against it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import NamedTuple

from .detect import bare_syllables
from .outline_model import NO_NUMBER, SECTION_STROKES, Number, Reader, posteriors, section_logs
from .romans import roman, roman_value

LETTERS = "abcdđeghiklmnopqrstuvxy"
_ROMAN_SHAPE = re.compile(rf"({SECTION_STROKES.pattern})([.,:)/–-]?)")  # Party documents print I-, II-
_PART_SHAPE = re.compile(r"[A-G][.)/:-]")  # A., B., the parts above I., II.; also Phần A.
_ONES = re.compile(r"1{1,2}(?!\w)")  # 1., 11.: of a section or an item
_ONE_SHAPE = re.compile(r"[LlI|!i]|[lI|!i][.,]")
_ARABIC = re.compile(r"(\d{1,2})[.)/-]")
_DATED = re.compile(r"N[AĂ]M (?:19|20)\d\d")  # 11 NĂM 2025: the number is a month
_WRONG_MARK = re.compile(r"(\d{1,2})[,:;]")
_LETTER_SHAPE = re.compile(r"([a-zđ¢€©éèàáâ&@£äø¡íì])(\)|(?<![liíì])[./])")  # l. may be 1.
_LIKE_LETTER = {"c": "¢€©", "e": "éè€&©", "a": "àáâ@&ä", "g": "ø", "i": "¡íì", "đ": "d"}  # who prints đ knows d
_TYPED = frozenset("IVXl1i")  # what people print for strokes: l. for 1., Il. for II.
_SIGNING = "TL."  # thừa lệnh, before the title of who signs

SURE = 0.97  # highest confidence of a number that the order tells
LIKELY = 0.9  # confidence of the full stop behind a number, and of a letter
LEAST = 0.75  # posterior that it takes to mend a number

# ln P of how the rest of a heading is printed, by whether it is a section's: counted over plans and laws.
_CAPITALS = {True: -0.6, False: -4.5}
_ITEM_CAPITALS = -1.0  # where other items' numbers, which can be no section's, have it, too
_TITLED = {True: -0.9, False: -0.1}
_SMALL = {True: -6.0, False: -4.0}
_NO_MARK, _COMMA = -3.0, -4.0  # ln P that nothing, a comma was read for the full stop behind a numeral,
_DOT_IN_L = -1.0  # that it is part of the L that was read: VL for VI.
_ONE_AS_STROKE, _OTHER_MARK = -5.0, -4.5  # that 1 was read as another stroke, the full stop behind it as another mark
# ln P of a line that starts with no list number but with a numeral, digits, a stroke; how much less in capitals
_NO_NUMERAL, _NO_DIGITS, _NO_STROKE, _NO_NUMBER_IN_CAPITALS = -9.0, -5.0, -6.0, -6.0


@dataclass(frozen=True, slots=True)
class Opening:
    """How a line starts: its first token and what follows on the line.

    capitals: whether the rest of the line is a heading in capitals; titled: whether it starts with a capital letter.
    """

    form: str
    capitals: bool
    titled: bool


class Mended(NamedTuple):
    """The list number at the start of a line (counted from 0): as it was printed, or as it stands; how sure that is."""

    line: int
    number: str
    confidence: float


def may_be_list_number(form: str) -> bool:
    """Whether the first token of a line looks like a list number, sound or damaged, so that no model may spell it."""
    return _is_section_number(form) or _LETTER_SHAPE.fullmatch(form) is not None


def _is_section_number(form: str) -> bool:
    """Whether a form may be a roman numeral: strokes, but no word in capitals (`TU`, `HI`) without a mark behind it."""
    word = form.isalpha() and roman_value(form) is None and form.lower() in bare_syllables()
    return form != _SIGNING and not word and _ROMAN_SHAPE.fullmatch(form) is not None


def opening(tokens: Sequence[str]) -> Opening | None:
    """The opening of a line, given its tokens as printed; None where there are none, or the first is deleted ("")."""
    if not tokens or not tokens[0]:
        return None
    if tokens[0].lower() == "phần" and len(tokens) > 1 and _PART_SHAPE.fullmatch(tokens[1]):
        return Opening(tokens[1], capitals=True, titled=True)
    form, _, rest = tokens[0].partition(" ")
    if not any(shape.fullmatch(form) for shape in (_ROMAN_SHAPE, _PART_SHAPE, _ARABIC, _ONE_SHAPE, _WRONG_MARK)):
        return Opening(form, capitals=False, titled=False)  # nobody asks
    heading = " ".join((rest, *tokens[1:])).lstrip(" \"'“(")
    letters = [c for c in heading if c.isalpha()]
    capitals = len(letters) > 3 and sum(map(str.isupper, letters)) > 0.8 * len(letters) and not _DATED.match(heading)
    return Opening(form, capitals, heading[:1].isupper())


def repaired_numbers(openings: Sequence[Opening | None], reader: Reader = "eng") -> Iterator[Mended]:
    """The list numbers that are mended, and those that are doubtful but stay, in order.

    >>> lines = ["I. MỤC ĐÍCH", "1. Mục đích", "II. NỘI DUNG", "I11. TỔ CHỨC"]
    >>> [(line, number) for line, number, _ in repaired_numbers([opening(line.split()) for line in lines])]
    [(3, 'III.')]
    """
    numbers: dict[int, tuple[Number, float]] = {}
    for first, last in pairwise([-1, *_parts(openings), len(openings)]):  # each part counts its sections anew
        numbers |= _numbers(openings, range(first + 1, last), reader)
    dotted = any(
        number.section and (start := openings[line]) and start.form == f"{roman(number.value)}."
        for line, (number, _) in numbers.items()
    )
    letter = ""  # the last one
    for line, start in enumerate(openings):
        if start is None:
            continue
        number, sure = numbers.get(line, (NO_NUMBER, 0.0))
        if number.value:
            letter = ""
            mended = _as_printed(start, number, dotted=dotted)
            if mended != start.form:
                yield Mended(line, mended, min(sure, SURE)) if sure >= LEAST else Mended(line, start.form, 1 - sure)
        elif match := _LETTER_SHAPE.fullmatch(start.form):
            printed = _letter(match[1], letter)
            letter = printed or letter
            if printed and printed != match[1]:
                yield Mended(line, printed + match[2], LIKELY)


def is_misread_number(form: str, mended: Mended) -> bool:
    """Whether a mended list number is one that nobody types: `HI.` for `III.`, in capitals that are no numeral."""
    match = _ROMAN_SHAPE.fullmatch(form)
    return match is not None and mended.number != form and not _TYPED.issuperset(match[1])


def _numbers(
    openings: Sequence[Opening | None], lines: Sequence[int], reader: Reader
) -> dict[int, tuple[Number, float]]:
    """For each line that may be numbered its likeliest number and the posterior of that."""
    starts = {line: start for line in lines if (start := openings[line])}
    headings = [start.form for start in starts.values() if start.capitals]
    roman_too = any(_is_section_number(form) and not _ONES.match(form) for form in headings)
    item_capitals = not roman_too or any(_ARABIC.fullmatch(f) and not _ROMAN_SHAPE.fullmatch(f) for f in headings)
    found = {line: _readings(start, reader, item_capitals=item_capitals) for line, start in starts.items()}
    numbered = {line: numbers for line, numbers in found.items() if numbers}
    shares = posteriors(list(numbered.values()))
    return {line: max(share.items(), key=lambda pair: pair[1]) for line, share in zip(numbered, shares, strict=True)}


def _readings(start: Opening, reader: Reader, *, item_capitals: bool) -> dict[Number, float]:
    """What the number of a line may be, with ln P of the line's start; empty where it is none for sure.

    item_capitals: whether items of the text have headings in capitals.
    """
    look = _CAPITALS if start.capitals else _TITLED if start.titled else _SMALL
    item = _ITEM_CAPITALS if start.capitals and item_capitals else look[False]
    numbers = {Number(True, value): log + look[True] for value, log in _section_logs(start, reader).items()}
    none = _NO_NUMERAL
    if match := _ARABIC.fullmatch(start.form):
        numbers[Number(False, int(match[1]))] = item
        none = _NO_DIGITS
    elif (match := _WRONG_MARK.fullmatch(start.form)) and start.titled:
        numbers[Number(False, int(match[1]))] = item + _OTHER_MARK
        none = _NO_DIGITS
    elif _ONE_SHAPE.fullmatch(start.form) and start.titled and not start.capitals:
        numbers[Number(False, 1)] = item + _ONE_AS_STROKE
        none = _NO_STROKE
    elif match := _ROMAN_SHAPE.fullmatch(start.form):
        strokes, mark = match.groups()
        sound = roman_value(strokes) is not None
        if mark in ("", ",") and (sound or strokes.isdecimal()):
            none = _NO_DIGITS
    if numbers:
        numbers[NO_NUMBER] = none + (_NO_NUMBER_IN_CAPITALS if start.capitals else 0.0)
    return numbers


def _section_logs(start: Opening, reader: Reader) -> dict[int, float]:
    match = _ROMAN_SHAPE.fullmatch(start.form)
    if match is None or not _is_section_number(start.form):
        return {}
    strokes, mark = match.groups()
    if not start.capitals and (not start.titled or (not mark and len(strokes) < 2)):
        return {}
    lost = 0.0 if mark else _DOT_IN_L if strokes[-1] == "L" else _NO_MARK
    return {value: log + (_COMMA if mark == "," else lost) for value, log in section_logs(strokes, reader).items()}


def _as_printed(start: Opening, number: Number, *, dotted: bool) -> str:
    """A number as it was printed; dotted: whether a full stop stands behind the numbers of other sections."""
    if not number.section:
        match = _ARABIC.fullmatch(start.form)
        return start.form if match and int(match[1]) == number.value else f"{number.value}."
    match = _ROMAN_SHAPE.fullmatch(start.form)
    assert match is not None, "only such forms are sections"
    strokes, mark = match.groups()
    if strokes == roman(number.value) and not (dotted and mark in ("", ",", ":")):
        return start.form
    return roman(number.value) + ("." if mark in ("", ",") or (dotted and mark == ":") else mark)


def _parts(openings: Sequence[Opening | None]) -> list[int]:
    """The lines that start the parts A, B, ... of a plan, in order; none where A does not stand first."""
    lines: list[int] = []
    for line, start in enumerate(openings):
        if (
            start
            and start.capitals
            and start.form[:1] == chr(ord("A") + len(lines))
            and _PART_SHAPE.fullmatch(start.form)
        ):
            lines.append(line)
    return lines


def _letter(form: str, before: str) -> str | None:
    """The letter that a form stands for after the letter `before` ("" at the start of a list)."""
    expected = LETTERS[LETTERS.index(before) + 1] if before and before != LETTERS[-1] else "a"
    if form == expected:
        return form
    if form in _LIKE_LETTER.get(expected, "") and not (form == "d" and before != "d"):
        return expected
    if form == "¢":
        return "c"
    return form if form in LETTERS else None
