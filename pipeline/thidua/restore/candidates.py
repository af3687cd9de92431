"""Which printed texts a badly read token may come from, with ln P(token | text)."""

from __future__ import annotations

import math
from collections.abc import Iterator
from typing import NamedTuple

from .channel_core import ChannelCore
from .normalise import canonical_tone, without_ligatures
from .packed import Arrays

MOST_LEFT, MOST_RIGHT = 3, 4  # marks that may stand before and after a word
MARGIN = 12.0  # nats behind the best reading: less likely ones are left out
ENOUGH = -9.0  # ln P: a piece explained less well is weighed letter by letter
POOR = -5.0  # ln P: a piece explained less well may be two syllables run together
SHORTEST_SPLIT = 4  # letters
STRANGE_MARK = -4.0  # ln P, about, of marks never seen in training: they are kept
LIKELY_MARKS = -4.0  # ln P: less likely changes of marks are tried with the best words only
FEW = 3


class Reading(NamedTuple):
    """A printed text and ln P(form | text)."""

    text: str
    score: float


class Marks:
    """What marks before ("left") or after ("right") a word may have been printed, by what was read there."""

    def __init__(self, lines: list[list[str]]) -> None:
        self._printed: dict[tuple[str, str], list[Reading]] = {}
        for side, read, printed, score in lines:
            self._printed.setdefault((side, read), []).append(Reading(printed, float(score)))
        for readings in self._printed.values():
            readings.sort(key=lambda reading: -reading.score)

    def readings(self, side: str, read: str) -> list[Reading]:
        return self._printed.get((side, read)) or [Reading(read, STRANGE_MARK)]


class Generator:
    """Readings of forms by one channel model. One object is for one thread."""

    def __init__(self, arrays: Arrays) -> None:
        self._core = ChannelCore(arrays)
        self._marks = Marks([line.split("\t") for line in arrays["marks"].tobytes().decode().split("\n") if line])
        self._space_lost, self._space_read = arrays["space_logs"].tolist()

    def readings(self, form: str, k: int) -> list[Reading]:
        """The k likeliest texts of one token, best first, the form itself among them."""
        best: dict[str, float] = {}
        plain = without_ligatures(form)
        for first, last in _cuts(plain):
            syllables = self._syllables(plain[first:last], k)
            if syllables:
                self._with_marks(plain, first, last, syllables, best)
        return _likeliest(best, form, self.keep(form), k)

    def joined(self, forms: tuple[str, ...], k: int) -> list[Reading]:
        """The k likeliest texts of a printed token that was read as several."""
        penalty = self._space_read * (len(forms) - 1)
        whole = "".join(forms)
        return [Reading(text, score + penalty) for text, score in self.readings(whole, k) if text != whole]

    def keep(self, form: str) -> float:
        """ln P(form | form): that every letter was read right."""
        return max(self._core.letters.log_probability(form, form), -40.0)

    def _syllables(self, piece: str, k: int) -> list[tuple[str, float]]:
        found = self._core.syllables(piece, k, enough=ENOUGH)
        canonical = canonical_tone(piece)
        if canonical != piece:  # keep the tone placement that the source shows
            found = [(piece if text == canonical else text, score) for text, score in found]
        if len(piece) >= SHORTEST_SPLIT and (not found or found[0][1] < POOR):
            found = sorted([*found, *self._run_together(piece)], key=lambda reading: -reading[1])[:k]
        return found

    def _run_together(self, piece: str) -> Iterator[tuple[str, float]]:
        for cut in range(2, len(piece) - 1):
            for a, first in self._core.syllables(piece[:cut], 4, enough=-math.inf):
                for b, second in self._core.syllables(piece[cut:], 4, enough=-math.inf):
                    yield f"{a} {b}", first + second + self._space_lost

    def _with_marks(
        self, form: str, first: int, last: int, syllables: list[tuple[str, float]], best: dict[str, float]
    ) -> None:
        top = max(best.values(), default=-math.inf)
        for left, left_score in self._marks.readings("left", form[:first]):
            for right, right_score in self._marks.readings("right", form[last:]):
                edges = left_score + right_score
                for text, score in syllables if edges > LIKELY_MARKS else syllables[:FEW]:
                    total = edges + score
                    if total < top - MARGIN:
                        break
                    whole = left + text + right
                    if total > best.get(whole, -math.inf):
                        best[whole] = total
                        top = max(top, total)


def _cuts(form: str) -> Iterator[tuple[int, int]]:
    """Half-open ranges of a form that may be its word: marks at the ends may belong to the word or not."""
    firsts = [0]
    while firsts[-1] < min(len(form) - 1, MOST_LEFT) and not form[firsts[-1]].isalnum():
        firsts.append(firsts[-1] + 1)
    lasts = [len(form)]
    while lasts[-1] > max(1, len(form) - MOST_RIGHT) and not form[lasts[-1] - 1].isalnum():
        lasts.append(lasts[-1] - 1)
    return ((first, last) for first in firsts for last in lasts if first < last)


def _likeliest(best: dict[str, float], form: str, keep: float, k: int) -> list[Reading]:
    """The k best within MARGIN of the best; the form itself always, though it does not count for the margin."""
    lowest = max(best.values(), default=keep) - MARGIN
    best[form] = max(keep, best.get(form, keep))
    ordered = sorted(best.items(), key=lambda item: (-item[1], item[0]))
    return [Reading(text, score) for text, score in ordered if score >= lowest or text == form][:k]
