"""Which printed texts a badly read token may come from, with ln P(token | text)."""

from __future__ import annotations

import math
import re
from collections.abc import Callable, Iterator
from functools import lru_cache
from itertools import product
from typing import NamedTuple

from ..types import Word
from .channel_core import ChannelCore, Syllable
from .lattice import Candidate
from .normalise import canonical_tone, with_d, without_ligatures
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
REMEMBERED = 1 << 15  # marks about words, pieces and parts of them that are not looked into again
LEAST_CONFIDENCE = 0.01
_MAY_BE_CODE = re.compile(r"/|\d\d|[^\W\d_a-z]-[^\W\d_a-z]")  # strokes, digits, capitals about a hyphen


class Around(NamedTuple):
    """Marks printed about a word, ln P(marks read | them), and that with ln of how often they are printed there."""

    before: str
    after: str
    score: float
    rank: float


class Marks:
    """What marks may have been printed before ("left") and after ("right") a word, by what was read there."""

    def __init__(self, table: str) -> None:
        """table: lines of side, marks read, marks printed, ln P and ln frequency, with tabs between."""
        self._printed: dict[tuple[str, str], list[tuple[str, float, float]]] = {}
        self.around = lru_cache(REMEMBERED)(self.pairs)
        for line in filter(None, table.split("\n")):
            side, read, printed, score, frequency = line.split("\t")
            self._printed.setdefault((side, read), []).append((printed, float(score), float(frequency)))

    def pairs(self, left: str, right: str) -> list[Around]:
        """What may have been printed on both sides, likeliest first; no more than is ever asked for."""
        pairs = product(self._of("left", left), self._of("right", right))
        around = [
            Around(before, after, log + other, log + frequency + other + often)
            for (before, log, frequency), (after, other, often) in pairs
        ]
        around.sort(key=lambda pair: -pair.rank)
        return [pair for pair in around if pair.rank >= around[0].rank - MARGIN * WIDER]

    def _of(self, side: str, read: str) -> list[tuple[str, float, float]]:
        return self._printed.get((side, read)) or [(read, UNKNOWN_MARKS, UNKNOWN_MARKS)]


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
        self._good = lru_cache(REMEMBERED)(self._good_words)
        self._split = lru_cache(REMEMBERED)(self._run_together)
        self._confidence_logs: list[float] = arrays["confidence_logs"].tolist()

    def readings(self, form: str, k: int) -> list[Candidate]:
        """The k likeliest texts of one token by best score (WIDER times k where none is likely), and the form itself.

        What is likely depends on how often a text is printed, too, but the scores are ln P(form | text) alone.
        """
        if len(form) > LONGEST:
            return [Candidate(form, KEEP_LEAST)]
        keep = Candidate(form, max(self._core.letters.log_probability(form, form), KEEP_LEAST))
        plain = without_ligatures(form)
        found = self._offers(plain, k, MARGIN)
        if all(score < ENOUGH for text, score in found.items() if text != form):
            found = self._offers(plain, k * WIDER, MARGIN * WIDER)
        found[form] = max(keep.score, found.get(form, keep.score))
        return _by_score(found)

    def _offers(self, plain: str, k: int, margin: float) -> dict[str, float]:
        """The k texts of highest rank, within `margin` nats of the best, with ln P(form | text)."""
        offers: list[tuple[float, str, str, str, float]] = []
        enough, top = ENOUGH, -math.inf
        for first, last in _cuts(plain):
            words = self._syllables(plain[first:last], k, margin, math.inf if last - first <= SHORT else enough)
            if any(log > ENOUGH for _, log, _ in words):
                enough = -math.inf
            around = self._marks.around(plain[:first], plain[last:])
            few = around[0].rank + RARER_MARKS
            top = max(top, around[0].rank + max((rank for _, _, rank in words), default=-math.inf))
            for before, after, marks, likely in around:
                least = top - margin - likely
                for word, log, rank in words if likely > few else words[:FEW]:
                    if rank >= least:
                        offers.append((likely + rank, word, before, after, marks + log))
        offers.sort(reverse=True)
        found: dict[str, float] = {}
        for rank, word, before, after, score in offers:
            text = before + word + after
            if text in found:
                found[text] = max(score, found[text])
            elif len(found) < k and rank >= top - margin:
                found[text] = score
        return found

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
            text, probability = with_d(other.text), other.probability
            if text != word.text and probability > 0 and not any(map(str.isspace, text)):
                ratio = math.log(probability) - math.log(max(word.confidence, LEAST_CONFIDENCE))
                found[text] = max(found[word.text] + min(ratio, 0.0), found.get(text, -math.inf))
        return _by_score(found)

    def _syllables(self, piece: str, k: int, margin: float, enough: float) -> list[Syllable]:
        found = self._core.syllables(piece, k, margin=margin, enough=enough)
        canonical = canonical_tone(piece)
        if canonical != piece:  # keep the tone placement that the source shows
            found = [(piece if text == canonical else text, log, rank) for text, log, rank in found]
        if len(piece) >= SHORTEST_SPLIT and all(log < APART for _, log, _ in found):
            found += self._split(piece)
        return found

    def _good_words(self, half: str) -> list[Syllable]:
        """Words that a part of a piece was read well from."""
        if half.isdecimal() and len(half) > 1:  # 15.thdng
            return [(half, 0.0, NUMBER)]
        if len(half) < 2 and half not in ALONE:
            return []
        return [found for found in self._core.syllables(half, SPLIT_WIDTH, enough=-math.inf) if found[1] > HALF]

    def _run_together(self, piece: str) -> list[Syllable]:
        """Words whose spaces were lost or taken for marks, likeliest first; no more than two of what may be a code."""
        only_two = _MAY_BE_CODE.search(piece) is not None
        if only_two and len(piece) > LONGEST_CODE:
            return []
        ways: list[list[Syllable]] = [[("", 0.0, 0.0)]]  # by the end of the last word
        for end in range(1, len(piece) + 1):
            found: list[Syllable] = []
            for start in range(0 if only_two else max(0, end - LONGEST_WORD), end):
                first, last = start == 0, end == len(piece)
                whole, inner = first and last, not (first or last)
                if ways[start] and not whole and not (only_two and inner):
                    found += self._one_more(ways[start], piece[start:end])
            ways.append(sorted(found, key=_against)[:WAYS])
        weighed = [(text, log, log + self._frequency(text)) for text, log, _ in ways[-1]]
        return [way for way in sorted(weighed, key=_against)[:SPLITS] if self._well_read(way)]

    def _well_read(self, way: Syllable) -> bool:
        """Whether more than two words were each read well enough: what is hardly legible may be any words."""
        text, log, _ = way
        spaces = text.count(" ")
        return spaces < 2 or log - spaces * self._space_lost > LEAST_OF_MANY * (spaces + 1)

    def _one_more(self, ways: list[Syllable], piece: str) -> Iterator[Syllable]:
        """The ways with one word more: what was read as `piece`, a mark for the space before it perhaps included."""
        if not ways[0][0]:
            yield from self._good(piece)
            return
        marked = len(piece) > 1 and not piece[0].isalnum()
        space = self._space_marked if marked else self._space_lost
        for (text, log, rank), (word, other, more) in product(ways, self._good(piece[marked:])):
            yield f"{text} {word}", log + space + other, rank + space + more


def _against(syllable: Syllable) -> tuple[float, str]:
    return -syllable[2], syllable[0]


def _cuts(form: str) -> Iterator[tuple[int, int]]:
    """Half-open ranges of a form that may be its word, shortest first: marks at the ends may belong to it or not."""
    firsts = [0]
    while firsts[-1] < min(len(form) - 1, MOST_LEFT) and not form[firsts[-1]].isalnum():
        firsts.append(firsts[-1] + 1)
    lasts = [len(form)]
    while lasts[-1] > max(1, len(form) - MOST_RIGHT) and not form[lasts[-1] - 1].isalnum():
        lasts.append(lasts[-1] - 1)
    return ((first, last) for first in reversed(firsts) for last in reversed(lasts) if first < last)


def _by_score(found: dict[str, float]) -> list[Candidate]:
    return [Candidate(text, -cost) for cost, text in sorted((-score, text) for text, score in found.items())]
