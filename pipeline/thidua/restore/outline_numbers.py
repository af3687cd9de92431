"""List numbers that a reader damaged, mended by the order of the outline: `I11.` after `II.` is `III.`, `|.` is `I.`.

Vietnamese plans number their sections I, II, III, then 1, 2, 3, then a, b, c, d, đ, e, g ... (no f, j, w, z). Only the
first token of a line is looked at. The sections are the cheapest way (dynamic programming) to read the headings as a
sequence: a mistaken stroke, a stroke too few, a heading that is none and a number that is skipped all have their cost,
so that a number that the source prints well stays unless all the others speak against it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import NamedTuple

from .detect import bare_syllables
from .romans import HIGHEST, readings, roman, roman_value

LETTERS = "abcdđeghiklmnopqrstuvxy"
_ROMAN_SHAPE = re.compile(r"([IVXLHTU1l|!\]\[i]{1,6})([.,:)/–-]?)")  # Party documents print I-, II-
_PART_SHAPE = re.compile(r"[A-H][.)/-]")  # A., B., the parts above I., II.
_ONE_SHAPE = re.compile(r"[LlI|!i]|[lI|!i][.,]")
_ARABIC = re.compile(r"(\d{1,2})[.)/]")
_DATED = re.compile(r"N[AĂ]M (?:19|20)\d\d")  # 11 NĂM 2025: the number is a month
_WRONG_MARK = re.compile(r"(\d{1,2})[,:;-]")
_LETTER_SHAPE = re.compile(r"([a-zđ¢€©éèàáâ&@£äø¡íì])(\)|(?<![liíì])[./])")  # l. may be 1.
_LIKE_LETTER = {"c": "¢€©", "e": "éè€&©", "a": "àáâ@&ä", "g": "ø", "i": "¡íì", "đ": "d"}  # who prints đ knows d
_TYPED = frozenset("IVXl1i")  # what people print for strokes: l. for 1., Il. for II.
_SIGNING = "TL."  # thừa lệnh, before the title of who signs

SURE, LIKELY = 0.95, 0.9  # confidence: the strokes allow the number that the order asks for; a stroke is missing

# Costs of the reading of a heading, and of a step from one section to the next.
_STROKE, _LOST_STROKE, _ADDED_STROKE = 1.0, 2.5, 2.5
_NO_SECTION = {"sound": 5.0, "damaged": 4.0, "digits": 0.8}
_NO_CAPITALS = -2.5  # a heading in small letters is less surely one
_SUBDIVISION = -2.0  # digits with the next arabic number after them
_FOLLOWED_BY_ONE = 2.5  # digits with an arabic 1 after them: a section with its own list
# All but one stroke lost before a heading in capitals: 1. for III.; behind items the 1 is hardly one of theirs.
_LOST_NUMBER, _LOST_AMID_ITEMS = 2.2, 0.7
_MOST_LOST = 13  # plans have at most a dozen sections
_SKIPPED, _RESTART, _BACKWARDS = 2.0, 2.0, 4.0


@dataclass(frozen=True, slots=True)
class Opening:
    """How a line starts: its first token and what follows on the line.

    capitals: whether the rest of the line is a heading in capitals; titled: whether it starts with a capital letter.
    """

    form: str
    capitals: bool
    titled: bool


class Mended(NamedTuple):
    """The list number at the start of a line (counted from 0) as it was printed, and how sure that is."""

    line: int
    number: str
    confidence: float


@dataclass(frozen=True, slots=True)
class _Heading:
    """A line that may start a section. costs: for each number that its strokes allow, what it costs to read it so."""

    line: int
    costs: dict[int, float]
    no_section: float


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
    form, _, rest = tokens[0].partition(" ")
    if not any(shape.fullmatch(form) for shape in (_ROMAN_SHAPE, _PART_SHAPE, _ONE_SHAPE, _WRONG_MARK)):
        return Opening(form, capitals=False, titled=False)  # nobody asks
    heading = " ".join((rest, *tokens[1:])).lstrip(" \"'“(")
    letters = [c for c in heading if c.isalpha()]
    capitals = len(letters) > 3 and sum(map(str.isupper, letters)) > 0.8 * len(letters) and not _DATED.match(heading)
    return Opening(form, capitals, heading[:1].isupper())


def repaired_numbers(openings: Sequence[Opening | None]) -> Iterator[Mended]:
    """The list numbers that are mended, in order.

    >>> lines = ["I. MỤC ĐÍCH", "1. Mục đích", "II. NỘI DUNG", "I11. TỔ CHỨC"]
    >>> list(repaired_numbers([opening(line.split()) for line in lines]))
    [Mended(line=3, number='III.', confidence=0.95)]
    """
    next_items = _next_items(openings)
    sections = _numbered_sections(openings, next_items)
    dotted = any(
        start and start.form == f"{roman(sections[line])}." for line, start in enumerate(openings) if line in sections
    )
    item, letter = 0, ""  # the last arabic number and the last letter
    for line, start in enumerate(openings):
        if start is None:
            continue
        if line in sections:
            item, letter = 0, ""
            yield from _mended_section(line, start, sections[line], dotted=dotted)
        elif match := _ARABIC.fullmatch(start.form):
            item, letter = int(match[1]), ""
        elif _ONE_SHAPE.fullmatch(start.form) and start.titled and item != 1 and next_items[line] == 2:
            item, letter = 1, ""
            yield Mended(line, "1.", SURE)
        elif (
            (match := _WRONG_MARK.fullmatch(start.form))
            and start.titled
            and _fits(int(match[1]), item, next_items[line])
        ):
            item, letter = int(match[1]), ""
            yield Mended(line, f"{item}.", LIKELY)
        elif match := _LETTER_SHAPE.fullmatch(start.form):
            printed = _letter(match[1], letter)
            letter = printed or letter
            if printed and printed != match[1]:
                yield Mended(line, printed + match[2], SURE)


def is_misread_number(form: str, mended: Mended) -> bool:
    """Whether a mended list number is one that nobody types: `HI.` for `III.`, in capitals that are no numeral."""
    match = _ROMAN_SHAPE.fullmatch(form)
    return match is not None and mended.confidence >= LIKELY and not _TYPED.issuperset(match[1])


def _mended_section(line: int, start: Opening, value: int, *, dotted: bool) -> Iterator[Mended]:
    """dotted: whether a full stop stands behind the numbers of other sections."""
    match = _ROMAN_SHAPE.fullmatch(start.form)
    if match and match[1] != roman(value):
        mark = "." if match[2] in ("", ",") else match[2]
        yield Mended(line, roman(value) + mark, SURE if roman(value) in readings(match[1]) else LIKELY)
    elif match and not match[2] and dotted and start.capitals:
        yield Mended(line, f"{roman(value)}.", LIKELY)


def _fits(number: int, before: int, after: int | None) -> bool:
    """Whether a number continues a list; before, after: the numbers of the items around it, 0 or None for none."""
    return number == before + 1 > 1 or (number + 1 == after and before < number)


def _numbered_sections(openings: Sequence[Opening | None], next_items: Sequence[int | None]) -> dict[int, int]:
    """line -> number of the section that starts there; each part (A., B.) counts its sections anew."""
    parts = _parts(openings)
    sections: dict[int, int] = {}
    items = _items_before(openings)
    for first, last in pairwise([-1, *parts, len(openings)]):
        lines = range(first + 1, last)
        headings = (_heading(line, openings[line], items[line], next_items[line]) for line in lines)
        found = _sections([heading for heading in headings if heading])
        opened = next((line for line in lines if openings[line]), None)
        if first >= 0 and opened is not None and 1 not in found.values() and 2 in found.values():
            start = openings[opened]
            if start and (match := _ROMAN_SHAPE.fullmatch(start.form)) and "I" in readings(match[1]):
                found[opened] = 1  # directly below the part, a second section after it: I. read as 1.
        sections |= found
    return sections


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


def _items_before(openings: Sequence[Opening | None]) -> list[int]:
    """For each line the last arabic list number before it, 0 where a sound section number stands between."""
    found: list[int] = []
    item = 0
    for start in openings:
        found.append(item)
        if start and (match := _ARABIC.fullmatch(start.form)) and not start.capitals:
            item = int(match[1])
        elif start and start.capitals and (sound := _ROMAN_SHAPE.fullmatch(start.form)) and roman_value(sound[1]):
            item = 0
    return found


def _heading(line: int, start: Opening | None, item: int, next_item: int | None) -> _Heading | None:
    """The heading on a line, None where it can be none. item, next_item: the arabic numbers before and after it."""
    match = _ROMAN_SHAPE.fullmatch(start.form) if start else None
    if start is None or match is None or not _is_section_number(start.form):
        return None
    strokes, mark = match.groups()
    printed = roman_value(strokes) if mark else None
    state = "sound" if printed else "digits" if strokes.isdecimal() else "damaged"
    # 11/ Nội dung: no item of a list, but behind a tenth
    strokes_only = state == "digits" and len(strokes) > 1 and mark == "/" and item != int(strokes) - 1
    if not start.capitals and (
        not start.titled or not mark or (state == "digits" and not strokes_only) or (not printed and len(strokes) < 2)
    ):
        return None
    costs = {}
    for text in readings(strokes):
        value = roman_value(text)
        assert value is not None, "readings are numerals"
        costs[value] = 0.0 if value == printed else _STROKE
        if value < HIGHEST and roman(value + 1) == text + "I" and (start.capitals or printed):
            costs.setdefault(value + 1, _LOST_STROKE)
        if value > 1 and roman(value - 1) + "I" == text and not printed and strokes.isalpha():
            costs.setdefault(value - 1, _ADDED_STROKE)  # II. read as IH. or IIL
    mixed = state == "damaged" and strokes.isalnum() and not strokes.isalpha() and item != 10  # I1.: a numeral, or 11.
    no_section = _NO_SECTION["damaged" if strokes_only else state]
    if not (start.capitals or mixed or strokes_only):
        no_section += _NO_CAPITALS
    if state == "digits":
        no_section += _FOLLOWED_BY_ONE if next_item == 1 else _SUBDIVISION if next_item == int(strokes) + 1 else 0.0
        if strokes == "1":
            lost = _LOST_AMID_ITEMS if item > 0 else _LOST_NUMBER
            costs |= {value: lost for value in range(2, _MOST_LOST) if value not in costs}
    return _Heading(line, costs, no_section)


def _sections(headings: Sequence[_Heading]) -> dict[int, int]:
    """line -> number of the section that starts there, for the cheapest sequence."""
    best: dict[int, tuple[float, _Path | None]] = {0: (0.0, None)}  # by the last section's number
    for heading in headings:
        after = {last: (cost + heading.no_section, path) for last, (cost, path) in best.items()}
        for value, reading in heading.costs.items():
            cost, path = min(
                ((cost + _step(last, value), path) for last, (cost, path) in best.items()), key=lambda way: way[0]
            )
            if value not in after or cost + reading < after[value][0]:
                after[value] = (cost + reading, _Path(heading.line, value, path))
        best = after
    _, path = min(best.values(), key=lambda way: way[0])
    found: dict[int, int] = {}
    while path is not None:
        found[path.line] = path.value
        path = path.before
    return found


class _Path(NamedTuple):
    line: int
    value: int
    before: _Path | None


def _step(last: int, value: int) -> float:
    if value == last + 1:
        return 0.0
    if value == 1:
        return _RESTART
    return _SKIPPED if value > last else _BACKWARDS


def _next_items(openings: Sequence[Opening | None]) -> list[int | None]:
    """For each line the next arabic list number after it, None where a heading in capitals comes first."""
    found: list[int | None] = []
    following: int | None = None
    for start in reversed(openings):
        found.append(following)
        if start and (match := _ARABIC.fullmatch(start.form)):
            following = int(match[1])
        elif start and start.capitals:
            following = None
    return found[::-1]


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
