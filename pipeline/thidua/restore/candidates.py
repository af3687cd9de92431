"""Which printed texts a badly read token may come from, with ln P(token | text)."""

from __future__ import annotations

import math
import re
from collections.abc import Callable, Iterator
from itertools import product
from typing import NamedTuple

from ..types import Word
from .channel_core import ChannelCore, Syllable
from .lattice import Candidate
from .normalise import canonical_tone, without_ligatures
from .packed import Arrays

MOST_LEFT, MOST_RIGHT = 3, 4  # marks that may stand before and after a word
MARGIN = 14.0  # nats behind the likeliest reading: less likely ones are left out
ENOUGH = -4.0  # ln P: a piece explained less well is weighed letter by letter,
SHORT = 3  # and one of so many characters always: what is left of a word may be a word itself (`đi` of `dõi`)
WIDER = 2  # as many readings, and as far behind the likeliest, of a form that no text explains well: context must tell
APART = -7.0  # ln P: a piece explained less well may be words run together
HALF = -5.0  # ln P of each of two at least,
LEAST_OF_MANY = -2.0  # and of each of more, on average
NUMBER = -8.0  # ln of how often a number stands there, about
LONGEST = 40  # characters: no longer token is a word
ALONE = "yY"  # letters that are words
SHORTEST_SPLIT, LONGEST_WORD, LONGEST_CODE = 4, 9, 20  # characters of what is taken apart
SPLITS, WAYS, SPLIT_WIDTH = 6, 24, 5  # readings as several words: kept, weighed; readings tried for each word
RARER_MARKS, FEW = -2.0, 4  # marks so much less likely than the likeliest are tried with the few likeliest words only
UNKNOWN_MARKS = -4.0  # ln P, about, of marks never seen in training: they are kept
KEEP_LEAST = -40.0
LEAST_CONFIDENCE = 0.01
_MAY_BE_CODE = re.compile(r"/|\d\d|[^\W\d_a-z]-[^\W\d_a-z]")  # strokes, digits, capitals about a hyphen


class _Mark(NamedTuple):
    """Printed marks, ln P(marks read | them) and ln of how often they are printed at such a place."""

    printed: str
    score: float
    frequency: float


class Marks:
    """What marks before ("left") or after ("right") a word may have been printed, by what was read there."""

    def __init__(self, table: str) -> None:
        """table: lines of side, marks read, marks printed, ln P and ln frequency, with tabs between."""
        self._printed: dict[tuple[str, str], list[_Mark]] = {}
        for line in filter(None, table.split("\n")):
            side, read, printed, score, frequency = line.split("\t")
            self._printed.setdefault((side, read), []).append(_Mark(printed, float(score), float(frequency)))

    def before_and_after(self, left: str, right: str) -> Iterator[tuple[_Mark, _Mark]]:
        unknown = [_Mark(left, UNKNOWN_MARKS, UNKNOWN_MARKS)], [_Mark(right, UNKNOWN_MARKS, UNKNOWN_MARKS)]
        return product(
            self._printed.get(("left", left)) or unknown[0], self._printed.get(("right", right)) or unknown[1]
        )


class Generator:
    """Readings of forms by one channel model. One object is for one thread."""

    def __init__(self, arrays: Arrays, frequency: Callable[[str], float]) -> None:
        """frequency: ln of how often two words stand side by side, given as "nơi nhận"."""
        self._core = ChannelCore(arrays)
        self.letters = self._core.letters
        self._frequency = frequency
        self._marks = Marks(arrays["marks"].tobytes().decode())
        self._space_lost, self._space_marked, self._space_read = arrays["space_logs"].tolist()
        specks = filter(None, arrays["specks"].tobytes().decode().split("\n"))
        self.specks = {form: float(log) for form, log in (line.split("\t") for line in specks)}
        """ln P(a form was read where nothing was printed), for marks and letters that often are."""
        self._confidence_logs: list[float] = arrays["confidence_logs"].tolist()

    def readings(self, form: str, k: int) -> list[Candidate]:
        """The k likeliest texts of one token by best score (WIDER times k where none is likely), and the form itself.

        What is likely depends on how often a text is printed, too, but the scores are ln P(form | text) alone.
        """
        if len(form) > LONGEST:
            return [Candidate(form, KEEP_LEAST)]
        keep = Candidate(form, max(self._core.letters.log_probability(form, form), KEEP_LEAST))
        plain = without_ligatures(form)
        ranked = self._ranked(plain, k)
        if all(score < ENOUGH for _, text, score in ranked.values() if text != form):
            return _likeliest(self._ranked(plain, k * WIDER), keep, k * WIDER, MARGIN * WIDER)
        return _likeliest(ranked, keep, k, MARGIN)

    def _ranked(self, plain: str, k: int) -> dict[str, tuple[float, str, float]]:
        """Texts that may have become a form: (minus rank, text, ln P(form | text)) by text."""
        ranked: dict[str, tuple[float, str, float]] = {}
        enough = ENOUGH
        for first, last in _cuts(plain):
            syllables = self._syllables(plain[first:last], k, enough=math.inf if last - first <= SHORT else enough)
            if any(syllable.score > ENOUGH for syllable in syllables):
                enough = -math.inf
            both = list(self._marks.before_and_after(plain[:first], plain[last:]))
            likeliest = max(sum(left[1:]) + sum(right[1:]) for left, right in both)
            for left, right in both:
                before, after = left.printed, right.printed
                marks = left.score + right.score
                rank = marks + left.frequency + right.frequency
                for word, log, frequency in syllables if rank > likeliest + RARER_MARKS else syllables[:FEW]:
                    text, score = before + word + after, marks + log
                    known = ranked.get(text)
                    if known is None or score > known[2]:
                        ranked[text] = (-rank - log - frequency, text, score)
        return ranked

    def joined(self, forms: tuple[str, ...], k: int) -> list[Candidate]:
        """The k likeliest texts of a printed token that was read as several."""
        penalty = self._space_read * (len(forms) - 1)
        whole = "".join(forms)
        return [Candidate(text, score + penalty) for text, score in self.readings(whole, k) if text != whole]

    def of_word(self, word: Word, k: int) -> list[Candidate]:
        """Readings of a word whose engine says how sure it is and what else it considered.

        A low confidence speaks against the word as read; an alternative is as much less likely than the word as read as
        the engine takes it to be, or as the channel says.
        """
        bins = self._confidence_logs
        found = dict(self.readings(word.text, k))
        found[word.text] += bins[min(int(word.confidence * len(bins)), len(bins) - 1)]
        for other in word.alternatives:
            text, probability = other.text, other.probability
            if text != word.text and probability > 0 and not any(map(str.isspace, text)):
                ratio = math.log(probability) - math.log(max(word.confidence, LEAST_CONFIDENCE))
                found[text] = max(found[word.text] + min(ratio, 0.0), found.get(text, -math.inf))
        return _by_score(found)

    def _syllables(self, piece: str, k: int, *, enough: float) -> list[Syllable]:
        found = self._core.syllables(piece, k, enough=enough)
        canonical = canonical_tone(piece)
        if canonical != piece:  # keep the tone placement that the source shows
            found = [s._replace(text=piece) if s.text == canonical else s for s in found]
        if len(piece) >= SHORTEST_SPLIT and all(syllable.score < APART for syllable in found):
            found += self._run_together(piece)
        return found

    def _good(self, half: str) -> list[Syllable]:
        if half.isdecimal() and len(half) > 1:  # 15.thdng
            return [Syllable(half, 0.0, NUMBER)]
        if len(half) < 2 and half not in ALONE:
            return []
        found = self._core.syllables(half, SPLIT_WIDTH, enough=-math.inf)
        return [syllable for syllable in found if syllable.score > HALF]

    def _run_together(self, piece: str) -> list[Syllable]:
        """Words whose spaces were lost or taken for marks, likeliest first; no more than two of what may be a code."""
        only_two = _MAY_BE_CODE.search(piece) is not None
        if only_two and len(piece) > LONGEST_CODE:
            return []
        ways: list[list[Syllable]] = [[Syllable("", 0.0, 0.0)]]  # by the end of the last word
        for end in range(1, len(piece) + 1):
            found: list[Syllable] = []
            for start in range(0 if only_two else max(0, end - LONGEST_WORD), end):
                first, last = start == 0, end == len(piece)
                whole, inner = first and last, not (first or last)
                if ways[start] and not whole and not (only_two and inner):
                    found += self._one_more(ways[start], piece[start:end])
            ways.append(sorted(found, key=_rank)[:WAYS])
        weighed = [way._replace(frequency=self._frequency(way.text)) for way in ways[-1]]
        return [way for way in sorted(weighed, key=_rank)[:SPLITS] if self._well_read(way)]

    def _well_read(self, way: Syllable) -> bool:
        """Whether more than two words were each read well enough: what is hardly legible may be any words."""
        spaces = way.text.count(" ")
        return spaces < 2 or way.score - spaces * self._space_lost > LEAST_OF_MANY * (spaces + 1)

    def _one_more(self, ways: list[Syllable], piece: str) -> Iterator[Syllable]:
        """The ways with one word more: what was read as `piece`, a mark for the space before it perhaps included."""
        if not ways[0].text:
            yield from self._good(piece)
            return
        marked = len(piece) > 1 and not piece[0].isalnum()
        space = self._space_marked if marked else self._space_lost
        for way, word in product(ways, self._good(piece[marked:])):
            yield Syllable(f"{way.text} {word.text}", way.score + space + word.score, way.frequency + word.frequency)


def _rank(syllable: Syllable) -> tuple[float, str]:
    return -syllable.score - syllable.frequency, syllable.text


def _cuts(form: str) -> Iterator[tuple[int, int]]:
    """Half-open ranges of a form that may be its word, shortest first: marks at the ends may belong to it or not."""
    firsts = [0]
    while firsts[-1] < min(len(form) - 1, MOST_LEFT) and not form[firsts[-1]].isalnum():
        firsts.append(firsts[-1] + 1)
    lasts = [len(form)]
    while lasts[-1] > max(1, len(form) - MOST_RIGHT) and not form[lasts[-1] - 1].isalnum():
        lasts.append(lasts[-1] - 1)
    return ((first, last) for first in reversed(firsts) for last in reversed(lasts) if first < last)


def _likeliest(ranked: dict[str, tuple[float, str, float]], keep: Candidate, k: int, margin: float) -> list[Candidate]:
    """The k of highest rank within `margin` nats of the best, and the form itself, by score."""
    best = sorted(ranked.values())[:k]
    found = {text: score for against, text, score in best if against <= best[0][0] + margin}
    found[keep.text] = max(keep.score, found.get(keep.text, keep.score))
    return _by_score(found)


def _by_score(found: dict[str, float]) -> list[Candidate]:
    return [Candidate(text, -cost) for cost, text in sorted((-score, text) for text, score in found.items())]
