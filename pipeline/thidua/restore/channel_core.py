"""The tables of a channel model in memory, and the calls into the compiled core (channel.c) that search them."""

from __future__ import annotations

import ctypes
import math
from collections.abc import Sequence
from typing import cast

import numpy as np
import numpy.typing as npt

from ..errors import ArtefactError
from .core import library
from .packed import Arrays

FORMAT, VERSION = "thidua-channel", 2
STEPS = 16  # costs are stored in steps of 1 / 16 nat, 255 at most
REMEDY = "Install thidua again, or train the model with `python -m thidua.train.channel`"
NEVER = np.float32(-1e9)  # ln P of what cannot be, in the core too
MOST_LETTERS = 512  # printed letters that a model knows, in the core too
INVERSES = ("onset_reads", "rime_reads", "syllable_reads")

_P = ctypes.c_void_p
_Floats = npt.NDArray[np.float32]


class _Letters(ctypes.Structure):
    _fields_ = (
        ("letter_count", ctypes.c_int32),
        ("read_count", ctypes.c_int32),
        ("letters", _P),
        ("unseen", _P),
        ("reads", _P),
        ("read_letters", _P),
        ("read_logs", _P),
        ("alphabet", ctypes.c_float),
        ("identity", ctypes.c_float),
        ("other", ctypes.c_float),
    )


class _Strings(ctypes.Structure):
    _fields_ = (("count", ctypes.c_int32), ("starts", _P), ("points", _P), ("shared", _P), ("letters", _P))


class _Inverse(ctypes.Structure):
    _fields_ = (("reads", _Strings), ("entry_starts", _P), ("parts", _P), ("costs", _P))


class _Channel(ctypes.Structure):
    _fields_ = (
        ("letters", _Letters),
        ("rimes", _Strings),
        ("alone", _P),
        ("after_onset", _P),
        ("onset_reads", _Inverse),
        ("rime_reads", _Inverse),
        ("syllable_reads", _Inverse),
        ("onset_count", ctypes.c_int32),
        ("prints", _P),
        ("print_count", ctypes.c_int32),
        ("prior_logs", _P),
        ("frequencies", _P),
    )


def code_points(text: str) -> npt.NDArray[np.uint32]:
    return np.frombuffer(text.encode("utf-32-le"), np.uint32)


def pack_strings(strings: Sequence[str]) -> tuple[npt.NDArray[np.uint32], npt.NDArray[np.uint32]]:
    """Strings as (starts, points): string k is points[starts[k] : starts[k + 1]]."""
    starts = np.cumsum([0, *map(len, strings)]).astype(np.uint32)
    return starts, code_points("".join(strings)).copy()


def unpack_strings(starts: npt.NDArray[np.generic], points: npt.NDArray[np.generic]) -> list[str]:
    text = points.tobytes().decode("utf-32-le")
    return [text[a:b] for a, b in zip(starts[:-1].tolist(), starts[1:].tolist(), strict=True)]


Syllable = tuple[str, float, float]
"""A printed syllable, ln P(what was read | it), and that with ln of how often it is printed: its rank."""


class LettersCore:
    """The letter model (thidua.train.edits) in the compiled core."""

    def __init__(self, arrays: Arrays) -> None:
        """Arrays "letters", "unseen", "read_starts", "reads", "read_logs" and "letter_constants" of a model."""
        counts = len(arrays["letters"]), len(arrays["reads"])
        _require(_are_starts(arrays["read_starts"], *counts) and counts[0] <= MOST_LETTERS, "letters")
        _require(len(arrays["read_logs"]) == counts[1], "readings of letters")
        _require(len(arrays["unseen"]) == counts[0], "letters")
        letters = np.repeat(np.arange(counts[0], dtype=np.uint16), np.diff(arrays["read_starts"].astype(int)))
        by_read = np.argsort(arrays["reads"], kind="stable")
        self._arrays = {
            "letters": arrays["letters"],
            "unseen": arrays["unseen"],
            "reads": arrays["reads"][by_read],
            "read_letters": letters[by_read],
            "read_logs": arrays["read_logs"][by_read],
        }
        alphabet, identity, other = arrays["letter_constants"].tolist()
        self.struct = _Letters(
            *counts,
            alphabet=alphabet,
            identity=identity,
            other=other,
            **{name: _address(array) for name, array in self._arrays.items()},
        )

    def log_probability(self, form: str, text: str) -> float:
        """ln P(form | text) along the best alignment of letters; -1e9 where there is none, or one is over-long."""
        call = library().thidua_letters_log
        call.restype = ctypes.c_float
        a, b = code_points(form), code_points(text)
        return float(call(ctypes.byref(self.struct), _P(_address(a)), len(a), _P(_address(b)), len(b)))

    def log_probabilities(
        self, form: str, starts: npt.NDArray[np.uint32], points: npt.NDArray[np.uint32], *, least: float
    ) -> _Floats:
        """ln P(form | text) for each text of packed, sorted strings; -1e9 where it is below `least`."""
        texts, _kept = self.prepared(starts, points)
        logs, scratch = np.empty(texts.count, np.float32), np.empty(texts.count, np.int32)
        a = code_points(form)
        library().thidua_letters_logs(
            ctypes.byref(self.struct),
            _P(_address(a)),
            len(a),
            ctypes.byref(texts),
            ctypes.c_float(least),
            _P(_address(logs)),
            _P(_address(scratch)),
        )
        return logs

    def prepared(
        self, starts: npt.NDArray[np.generic], points: npt.NDArray[np.generic]
    ) -> tuple[_Strings, tuple[npt.NDArray[np.generic], ...]]:
        """Sorted strings that the core is to weigh, and what it must know of them, to be kept as long."""
        strings = _strings(starts, points)
        shared, letters = np.zeros(strings.count, np.uint8), np.zeros(len(points), np.uint16)
        strings.shared, strings.letters = _address(shared), _address(letters)
        library().thidua_prepare(
            ctypes.byref(self.struct), ctypes.byref(strings), _P(strings.shared), _P(strings.letters)
        )
        return strings, (shared, letters)


class ChannelCore:
    """A channel model in the compiled core. One object is for one thread: it keeps scratch memory."""

    def __init__(self, arrays: Arrays, *, most: int = 96) -> None:
        """most: how many syllables one call may return. Raises ArtefactError where the arrays do not fit together."""
        try:
            self._build(arrays, most)
        except (KeyError, ValueError) as error:
            raise ArtefactError(f"The channel model lacks a table ({error})", remedy=REMEDY) from error

    def _build(self, arrays: Arrays, most: int) -> None:
        self._arrays = arrays
        self.letters = LettersCore(arrays)
        self._most = most
        onsets = unpack_strings(arrays["onsets.starts"], arrays["onsets.points"])
        rimes = unpack_strings(arrays["rimes.starts"], arrays["rimes.points"])
        table = np.asarray(arrays["prints"], np.int16).reshape(len(onsets), len(rimes))
        print_count = len(arrays["prior_logs"])
        _require(table.size == 0 or int(cast(int, table.max())) < print_count, "syllables")
        self._frequencies = np.asarray(arrays["frequencies"], np.float32)
        _require(len(self._frequencies) == print_count, "frequencies")
        rimes_strings, self._prepared = self.letters.prepared(arrays["rimes.starts"], arrays["rimes.points"])
        ranks = np.append(np.asarray(arrays["prior_logs"], np.float32) + self._frequencies, NEVER)  # -1 is the last
        best = ranks[table].max(axis=0, initial=NEVER)  # of a rime, whatever the onset: it may have been lost
        with_onset = np.array([bool(onset) for onset in onsets])
        self._alone, self._after_onset = (
            np.where((table[rows] >= 0).any(axis=0), best, NEVER) for rows in (~with_onset, with_onset)
        )
        counts = dict(zip(INVERSES, (len(onsets), len(rimes), print_count), strict=True))
        self._struct = _Channel(
            letters=self.letters.struct,
            rimes=rimes_strings,
            alone=_address(self._alone),
            after_onset=_address(self._after_onset),
            onset_count=len(onsets),
            prints=_address(arrays["prints"]),
            print_count=print_count,
            prior_logs=_address(arrays["prior_logs"]),
            frequencies=_address(arrays["frequencies"]),
            **{name: _inverse(arrays, name, counts[name]) for name in INVERSES},
        )
        self.prints = [""] * print_count
        for onset, rime in np.argwhere(table != -1).tolist():
            self.prints[int(table[onset, rime])] = onsets[onset] + rimes[rime]
        self._best = np.full(print_count, NEVER)
        self._rime_logs = np.empty(len(rimes), np.float32)
        self._rimes = np.empty(len(rimes), np.int32)
        self._found = np.empty(most, np.int32)
        self._logs = np.empty(most, np.float32)
        self._fixed = tuple(
            _P(_address(a)) for a in (self._best, self._rime_logs, self._rimes, self._found, self._logs)
        )
        self._call = library().thidua_channel_syllables

    def syllables(self, piece: str, k: int, *, margin: float = math.inf, enough: float) -> list[Syllable]:
        """The k printed syllables that most likely became `piece`, by rank.

        Of those further than `margin` nats behind the likeliest any may be missing. Single letters are weighed only
        where no remembered reading explains the piece as well as `enough` (ln P).
        """
        points = piece.encode("utf-32-le")
        count = self._call(
            ctypes.byref(self._struct),
            points,
            len(points) // 4,
            min(k, self._most),
            ctypes.c_float(margin),
            ctypes.c_float(enough),
            *self._fixed,
        )
        found, logs = self._found[:count], self._logs[:count]
        ranks = logs + self._frequencies[found]
        return list(zip(map(self.prints.__getitem__, found.tolist()), logs.tolist(), ranks.tolist(), strict=True))


def _strings(starts: npt.NDArray[np.generic], points: npt.NDArray[np.generic]) -> _Strings:
    _require(_are_starts(starts, len(starts) - 1, len(points)), "strings")
    return _Strings(count=len(starts) - 1, starts=_address(starts), points=_address(points))


def _inverse(arrays: Arrays, name: str, part_count: int) -> _Inverse:
    reads = _strings(arrays[f"{name}.starts"], arrays[f"{name}.points"])
    parts, costs = arrays[f"{name}.parts"], arrays[f"{name}.costs"]
    _require(_are_starts(arrays[f"{name}.entries"], reads.count, len(parts)) and len(parts) == len(costs), name)
    _require(len(parts) == 0 or int(cast(int, parts.max())) < part_count, name)
    return _Inverse(
        reads=reads, entry_starts=_address(arrays[f"{name}.entries"]), parts=_address(parts), costs=_address(costs)
    )


def _are_starts(starts: npt.NDArray[np.generic], count: int, end: int) -> bool:
    values = starts.astype(np.int64)
    return len(values) == count + 1 and values[0] == 0 and values[-1] == end and bool((np.diff(values) >= 0).all())


def _require(holds: bool, what: str) -> None:
    if not holds:
        raise ArtefactError(f"The tables of a channel model do not fit together: {what}", remedy=REMEDY)


def _address(array: npt.NDArray[np.generic]) -> int:
    return array.ctypes.data
