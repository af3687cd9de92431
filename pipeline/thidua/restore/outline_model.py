"""How likely a damaged list number is each number it may have been, given all others of the text.

A text's numbers are a path: sections I, II, III, and items 1, 2, 3 below them. What a step costs was counted over
outlines of published plans and laws, what a reader makes of a numeral over generated pages
(`dictionaries/list_number_readings.tsv`). Forward-backward over the numbered lines gives posteriors (Rabiner 1989).
"""

from __future__ import annotations

import math
import re
from collections.abc import Iterable, Mapping, Sequence
from functools import cache
from typing import Literal, NamedTuple

from ..resources import rows
from .romans import HIGHEST, readings, roman, roman_value

Reader = Literal["eng", "vie"]
SECTION_STROKES = re.compile(r"[IVXLHTU1l|!\]\[iỊ]{1,6}")  # what readers make of numerals


class Number(NamedTuple):
    """A list number: of a section (II.) or of an item below it (2.); value 0: none."""

    section: bool
    value: int


NO_NUMBER = Number(False, 0)

_PRIOR = 10.0  # readings of a numeral that its strokes count for, beside those that were seen
_STROKES, _LOST_STROKE, _ADDED_STROKE, _LOST_ALL_BUT_ONE = 0.05, 0.02, 0.01, 0.003  # shares of such readings
MOST_SECTIONS = 20  # no plan has more

# ln P of a step, by whether the text has sections yet and whether items stand before.
_SECTION_NEXT = {(False, False): -1.5, (False, True): -3.5, (True, False): -1.2, (True, True): -1.7}
_SECTION_RESTART, _SECTION_AGAIN, _SECTION_BACK = -5.5, -6.5, -8.0
_ITEM_FIRST = {False: -0.8, True: -0.45}
_ITEM_NEXT, _ITEM_RESTART, _ITEM_BACK = -0.3, -3.0, -5.5
_SKIPPED, _SKIPPED_FIRST, _EACH_SKIPPED = -2.0, -4.0, -1.2

_BEAM, _FARTHEST = 32, 12.0  # states kept after a line; nats behind the likeliest
_BLOCK = 1000  # lines weighed at once: bounds the memory

_State = tuple[int, int]  # the last section and the last item below it


@cache
def _counts() -> dict[tuple[str, str], dict[int, int]]:
    """How often a reader gave some strokes for each numeral, by reader and strokes."""
    found: dict[tuple[str, str], dict[int, int]] = {}
    for row in rows("list_number_readings.tsv"):
        found.setdefault((row["reader"], row["read"]), {})[int(row["number"])] = int(row["count"])
    return found


@cache
def _totals(reader: Reader) -> dict[int, int]:
    """How many readings of each numeral were counted."""
    totals: dict[int, int] = {}
    for (by, _), numbers in _counts().items():
        for value, count in numbers.items():
            totals[value] = totals.get(value, 0) + count * (by == reader)
    return totals


@cache
def section_logs(strokes: str, reader: Reader) -> dict[int, float]:
    """ln P(strokes | numeral) for each numeral that a reader may have made them of."""
    seen = _counts().get((reader, strokes), {})
    alike = _alike(strokes)
    values = {value for value in alike if value <= MOST_SECTIONS} | {
        value for value, count in seen.items() if count > 1
    }
    totals = _totals(reader)
    return {
        value: math.log(
            (seen.get(value, 0) + _PRIOR * alike.get(value, 0.0)) / (totals.get(value, max(totals.values())) + _PRIOR)
        )
        for value in values
    }


def _alike(strokes: str) -> dict[int, float]:
    """Numerals that the strokes look like, with the share of such readings."""
    shares: dict[int, float] = {}
    for text in readings(strokes):
        value = roman_value(text) or 0
        shares[value] = _STROKES
        if value < HIGHEST and roman(value + 1) == text + "I":
            shares.setdefault(value + 1, _LOST_STROKE)
        if value > 1 and roman(value - 1) + "I" == text != strokes:  # no reader makes a sound III of II
            shares.setdefault(value - 1, _ADDED_STROKE)
    if not shares:  # a stroke too many: III1
        fewer = {text for k in range(len(strokes)) for text in readings(strokes[:k] + strokes[k + 1 :])}
        shares = dict.fromkeys((roman_value(text) or 0 for text in fewer), _ADDED_STROKE)
    if strokes == "1":
        for value in range(2, MOST_SECTIONS + 1):
            shares.setdefault(value, _LOST_ALL_BUT_ONE)
    return shares


def _moved(state: _State, number: Number) -> tuple[_State, float]:
    """Where a number leads, and ln P of that step."""
    section, item = state
    value = number.value
    if not value:
        return state, 0.0
    if number.section:
        if value == section + 1:
            log = _SECTION_NEXT[section > 0, item > 0]
        elif value == 1:
            log = _SECTION_RESTART
        else:
            log = _SECTION_AGAIN if value == section else _SECTION_BACK
            if value > section:
                log = (_SKIPPED if section else _SKIPPED_FIRST) + _EACH_SKIPPED * (value - section)
        return (value, 0), log
    if value == item + 1:
        log = _ITEM_NEXT if item else _ITEM_FIRST[section > 0]
    elif value == 1:
        log = _ITEM_RESTART
    else:
        log = _SKIPPED + _EACH_SKIPPED * min(value - item, 6) if value > item else _ITEM_BACK
    return (section, value), log


class _Arc(NamedTuple):
    start: _State
    number: Number
    end: _State
    log: float


def posteriors(lines: Sequence[Mapping[Number, float]]) -> list[dict[Number, float]]:
    """For each line the posteriors (0..1) of the numbers that it may start with.

    lines: for each, ln P(what was read | number) of these.
    """
    found: list[dict[Number, float]] = []
    forward: dict[_State, float] = {(0, 0): 0.0}
    for first in range(0, len(lines), _BLOCK):
        shares, forward = _block(lines[first : first + _BLOCK], forward)
        found += shares
    return found


def _block(
    lines: Sequence[Mapping[Number, float]], forward: dict[_State, float]
) -> tuple[list[dict[Number, float]], dict[_State, float]]:
    """The posteriors of some lines, and ln P of the states behind them; forward: of those before."""
    passed: list[tuple[dict[_State, float], list[_Arc]]] = []
    for numbers in lines:
        arcs = [_arc(state, number, log) for state in forward for number, log in numbers.items()]
        passed.append((forward, arcs))
        forward = _likeliest(_summed((arc.end, forward[arc.start] + arc.log) for arc in arcs))
    total = _sum_of_logs(list(forward.values()))
    backward = dict.fromkeys(forward, 0.0)
    found: list[dict[Number, float]] = []
    for before, arcs in reversed(passed):
        kept = [(arc, arc.log + backward[arc.end]) for arc in arcs if arc.end in backward]
        shares: dict[Number, float] = {}
        for arc, log in kept:
            shares[arc.number] = shares.get(arc.number, 0.0) + math.exp(before[arc.start] + log - total)
        found.append(shares)
        backward = _summed((arc.start, log) for arc, log in kept)
    return found[::-1], forward


def _arc(state: _State, number: Number, log: float) -> _Arc:
    end, step = _moved(state, number)
    return _Arc(state, number, end, step + log)


def _summed(logs: Iterable[tuple[_State, float]]) -> dict[_State, float]:
    by_state: dict[_State, list[float]] = {}
    for state, log in logs:
        by_state.setdefault(state, []).append(log)
    return {state: _sum_of_logs(found) for state, found in by_state.items()}


def _sum_of_logs(logs: Sequence[float]) -> float:
    highest = max(logs)
    return highest + math.log(sum(math.exp(log - highest) for log in logs))


def _likeliest(logs: dict[_State, float]) -> dict[_State, float]:
    least = max(logs.values()) - _FARTHEST
    best = sorted(logs.items(), key=lambda item: -item[1])[:_BEAM]
    return {state: log for state, log in best if log >= least}
