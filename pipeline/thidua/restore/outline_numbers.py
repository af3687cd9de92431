"""List numbers that a reader damaged, mended by the order of the outline: `I11.` after `II.` is `III.`, `|.` is `I.`.

Vietnamese plans number their sections I, II, III, then 1, 2, 3, then a, b, c, d, đ, e, g ... (no f, j, w, z). Only the
first token of a line is looked at, and only a form whose strokes allow the number that the order asks for is changed: a
number that the source prints well stays, even where the plan itself miscounts. One exception: `II.` a second time, with
no `III.` after it, has lost a stroke (readers often do that).
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from .romans import readings, roman, roman_value

LETTERS = "abcdđeghiklmnopqrstuvxy"
_ROMAN_SHAPE = re.compile(r"([IVXLHTU1l|!\]\[i]{1,6})([.,:)]?)")
_ONE_SHAPE = re.compile(r"[LlI|!i]|[lI|!i][.,]")
_ARABIC = re.compile(r"(\d{1,2})[.)]")
_LETTER_SHAPE = re.compile(r"([a-zđ¢€éèàáâ&@£äø])\)")
_LIKE_LETTER = {"c": "¢€", "e": "éè€&", "a": "àáâ@&ä", "g": "ø", "đ": "d", "d": "đ"}
BY_ORDER, BY_GAP = 0.95, 0.85  # confidence: the strokes allow the number that the order asks for; a stroke is missing


@dataclass(frozen=True, slots=True)
class Opening:
    """How a line starts: its first token and what follows on the line.

    capitals: whether the rest of the line is a heading in capitals; titled: whether it starts with a capital letter.
    """

    form: str
    capitals: bool
    titled: bool


@dataclass(frozen=True, slots=True)
class _Ahead:
    """Of the lines after a line: can the next section in capitals be the second, which numbers come next."""

    section_two: bool
    item: int | None  # None where a section starts first
    section: int | None  # the next section whose number is printed well


def may_be_list_number(form: str) -> bool:
    """Whether the first token of a line looks like a list number, sound or damaged, so that no model may spell it."""
    return bool(_ROMAN_SHAPE.fullmatch(form) or _LETTER_SHAPE.fullmatch(form))


def opening(tokens: Sequence[str]) -> Opening | None:
    """The opening of a line, given its tokens as printed; None where there are none, or the first is deleted ("")."""
    if not tokens or not tokens[0]:
        return None
    form, _, rest = tokens[0].partition(" ")
    if not (_ROMAN_SHAPE.fullmatch(form) or _ONE_SHAPE.fullmatch(form)):
        return Opening(form, capitals=False, titled=False)  # nobody asks
    heading = " ".join((rest, *tokens[1:])).lstrip(" \"'“(")
    letters = [c for c in heading if c.isalpha()]
    capitals = len(letters) > 3 and sum(map(str.isupper, letters)) > 0.8 * len(letters)
    return Opening(form, capitals, heading[:1].isupper())


def repaired_numbers(openings: Sequence[Opening | None]) -> Iterator[tuple[int, str, float]]:
    """(line, list number as printed, confidence) for each line whose list number is mended.

    >>> lines = ["I. MỤC ĐÍCH", "1. Mục đích", "II. NỘI DUNG", "I11. TỔ CHỨC"]
    >>> list(repaired_numbers([opening(line.split()) for line in lines]))
    [(3, 'III.', 0.95)]
    """
    section = item = 0  # the last roman and the last arabic number
    letter = ""
    for line, (start, ahead) in enumerate(zip(openings, _ahead(openings), strict=True)):
        if start is None:
            continue
        value = _section(start, section, item, ahead)
        if value is not None:
            section, item, letter = value, 0, ""
            if start.form != roman(value) + ".":
                yield from _mended_section(line, start, value)
            continue
        if match := _ARABIC.fullmatch(start.form):
            item, letter = int(match[1]), ""
        elif _ONE_SHAPE.fullmatch(start.form) and start.titled and item != 1 and ahead.item == 2:
            item, letter = 1, ""
            yield line, "1.", BY_ORDER
        elif match := _LETTER_SHAPE.fullmatch(start.form):
            printed = _letter(match[1], letter)
            letter = printed or letter
            if printed and printed != match[1]:
                yield line, printed + ")", BY_ORDER


def _mended_section(line: int, start: Opening, value: int) -> Iterator[tuple[int, str, float]]:
    match = _ROMAN_SHAPE.fullmatch(start.form)
    assert match is not None
    mark = "." if match[2] in ("", ",") else match[2]
    printed = roman_value(match[1])
    if printed != value:
        yield line, roman(value) + mark, BY_ORDER if printed is None else BY_GAP


def _section(start: Opening, section: int, item: int, ahead: _Ahead) -> int | None:
    """The number of the section that starts here, None where none does."""
    match = _ROMAN_SHAPE.fullmatch(start.form)
    if match is None:
        return None
    strokes, mark = match.groups()
    printed = roman_value(strokes)
    if printed is not None and mark and (printed == section + 1 or printed > 1 or start.capitals):
        return printed + 1 if _lost_stroke(start, printed, section, ahead) else printed
    possible = {roman_value(text) for text in readings(strokes)}
    if strokes.isdecimal():
        # "1." and "11." are sound numbers: only a heading in capitals, at its place in the order, can be a section.
        if not start.capitals or int(strokes) == item + 1 != 1:
            return None
        if int(strokes) == 1 and not ahead.section_two:
            return None
    elif not (start.capitals or (start.titled and mark and len(strokes) > 1)):
        return None
    return section + 1 if section + 1 in possible else None


def _lost_stroke(start: Opening, printed: int, section: int, ahead: _Ahead) -> bool:
    """Whether the number is that of the section before, and the next one tells that it should be one more."""
    if printed != section or not roman(printed + 1).startswith(roman(printed)):
        return False
    return ahead.section == printed + 2 or (printed > 1 and start.capitals and ahead.section in (None, 1))


def _ahead(openings: Sequence[Opening | None]) -> list[_Ahead]:
    """What follows after each line."""
    found = []
    ahead = _Ahead(section_two=False, item=None, section=None)
    for start in reversed(openings):
        found.append(ahead)
        if start is None:
            continue
        if match := _ARABIC.fullmatch(start.form):
            ahead = replace(ahead, item=int(match[1]))
        elif match := _ROMAN_SHAPE.fullmatch(start.form):
            printed = roman_value(match[1]) if match[2] else None
            if start.capitals:
                ahead = _Ahead("II" in readings(match[1]), None, printed)
            elif printed and start.titled:
                ahead = replace(ahead, section=printed)
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
