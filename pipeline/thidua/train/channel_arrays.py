"""The channel's tables turned round and packed: from what was read to what may have been printed."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable, Mapping, Sequence

import numpy as np
import numpy.typing as npt

from ..restore.channel_core import STEPS, LettersCore, pack_strings
from ..restore.packed import Arrays
from .channel_tables import ChannelTables

_Logs = npt.NDArray[np.float64]
LONGEST = {"onset": 5, "rime": 12}  # letters of a remembered reading
BRANCHES = 40  # parts that one reading may come from
MARGIN = 11.0  # nats behind the best of them
FARTHEST = 15.9  # nats: costs are stored in one byte
MARK_MARGIN = 1e-6  # P(read | printed) of marks below which a pair is not kept


def channel_arrays(
    tables: ChannelTables, frequency: Callable[[str], float], space_logs: npt.NDArray[np.float32]
) -> Arrays:
    """All arrays of a model file.

    frequency: ln of how often a printed syllable or word occurs. space_logs: see thidua.train.channel.space_logs.
    """
    prints = sorted(tables.spelling.forms)
    cut = [tables.spelling.parts(form)[1:3] for form in prints]
    onsets, rimes = sorted({onset for onset, _ in cut}), sorted({rime for _, rime in cut})
    number_of_onset, number_of_rime = _numbers(onsets), _numbers(rimes)
    table = np.full((len(onsets), len(rimes)), -1, np.int16)
    for k, (onset, rime) in enumerate(cut):
        table[number_of_onset[onset], number_of_rime[rime]] = k
    letters = tables.letters.arrays()
    core = LettersCore(letters)
    arrays: Arrays = {**letters, "prints": table.ravel(), "space_logs": space_logs}
    arrays["onsets.starts"], arrays["onsets.points"] = pack_strings(onsets)
    arrays["rimes.starts"], arrays["rimes.points"] = pack_strings(rimes)
    logs = np.array([frequency(form) for form in prints])
    arrays["frequencies"] = logs.astype(np.float32)
    numbers = np.array([(number_of_onset[onset], number_of_rime[rime]) for onset, rime in cut]).T
    for kind, printed, number in zip(("onset", "rime"), (onsets, rimes), numbers, strict=True):
        sums = np.log(np.bincount(number, np.exp(logs), len(printed)))
        arrays.update(_inverse(f"{kind}_reads", _part_readings(tables, core, kind, printed, sums)))
    arrays.update(_inverse("syllable_reads", _syllable_readings(tables, _numbers(prints))))
    weights = [tables.tables["syllable"].prior_weight(form) for form in prints]
    arrays["prior_logs"] = np.log(np.array(weights)).astype(np.float32)
    marks = "\n".join(_mark_lines(tables))
    arrays["marks"] = np.frombuffer(marks.encode(), np.uint8)
    return arrays


def _numbers(items: Sequence[str]) -> dict[str, int]:
    return {item: k for k, item in enumerate(items)}


def _part_readings(
    tables: ChannelTables, core: LettersCore, kind: str, printed: Sequence[str], frequencies: _Logs
) -> dict[str, list[tuple[float, int]]]:
    """For each reading seen of onsets or rimes: (ln P(reading | part), part), likeliest first, frequency counted."""
    table = tables.tables[kind]
    starts, points = pack_strings(printed)
    weights = np.array([table.prior_weight(part) for part in printed])
    known = {read for reads in table.counts.values() for read in reads if len(read) <= LONGEST[kind]} | set(printed)
    number = _numbers(printed)
    direct: dict[str, list[tuple[int, float]]] = {read: [] for read in known}
    for part, reads in table.counts.items():
        for read in reads:
            if part in number and read in direct:
                direct[read].append((number[part], table.direct(read, part)))
    found = {}
    for read in known:
        shares = weights * np.exp(core.log_probabilities(read, starts, points, least=-FARTHEST - 4).astype(float))
        for part_number, share in direct[read]:
            shares[part_number] += share
        if shares.max() > 0:
            found[read] = _likeliest(shares, frequencies)
    return found


def _likeliest(shares: _Logs, frequencies: _Logs) -> list[tuple[float, int]]:
    with np.errstate(divide="ignore"):
        logs = np.log(shares)
    ranks = np.where(logs >= -FARTHEST, logs + frequencies, -np.inf)
    order = np.argsort(-ranks, kind="stable")[:BRANCHES]
    lowest = ranks[order[0]] - MARGIN
    return [(float(logs[k]), int(k)) for k in order if np.isfinite(ranks[k]) and ranks[k] >= lowest]


def _syllable_readings(tables: ChannelTables, number: Mapping[str, int]) -> dict[str, list[tuple[float, int]]]:
    table = tables.tables["syllable"]
    found: dict[str, list[tuple[float, int]]] = {}
    for printed, reads in table.counts.items():
        for read in reads:
            if printed in number and read:
                found.setdefault(read, []).append((math.log(table.direct(read, printed)), number[printed]))
    return {read: sorted(entries, reverse=True) for read, entries in found.items()}


def _inverse(name: str, readings: Mapping[str, Sequence[tuple[float, int]]]) -> Arrays:
    ordered = sorted(readings)  # Python compares strings by code points, as the core does
    entries = [entry for read in ordered for entry in readings[read]]
    costs = np.clip(np.rint([-log * STEPS for log, _ in entries]), 0, 255)
    starts, points = pack_strings(ordered)
    return {
        f"{name}.starts": starts,
        f"{name}.points": points,
        f"{name}.entries": np.cumsum([0, *(len(readings[read]) for read in ordered)]).astype(np.uint32),
        f"{name}.parts": np.array([k for _, k in entries], np.uint16),
        f"{name}.costs": costs.astype(np.uint8),
    }


def _mark_lines(tables: ChannelTables) -> Iterable[str]:
    """Lines "side, read, printed, ln P, ln frequency of the printed marks" for the marks before and after words."""
    for side in ("left", "right"):
        counts = tables.tables[side].counts
        total = sum(map(sum, (reads.values() for reads in counts.values())))
        for printed, reads in sorted(counts.items()):
            frequency = math.log(sum(reads.values()) / total)
            for read in sorted(reads):
                share = tables.part_probability(side, read, printed)
                if share > MARK_MARGIN:
                    yield f"{side}\t{read}\t{printed}\t{math.log(share):.3f}\t{frequency:.3f}"
