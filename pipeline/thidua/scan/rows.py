"""Geometry: words -> segments -> rows. All boxes are upright (deskewed) pixels; nothing here knows what a text says."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property, reduce
from statistics import median

from ..types import Box, Word

_SAME_ROW = 0.5  # share of the lower of two boxes that lies beside the other
SEGMENT_GAP = 1.6  # in line heights: justified text stays under it, columns stand further apart


def word_box(word: Word) -> Box:
    """The box of a printed word. Raises ValueError for a word of a text source, which has none."""
    if word.box is None:
        raise ValueError(f"the word {word.text!r} has no box")
    return word.box


@dataclass(frozen=True)
class Segment:
    """Words side by side without a wide gap, left to right."""

    words: tuple[Word, ...]

    @cached_property
    def box(self) -> Box:
        return reduce(Box.union, (word_box(word) for word in self.words))

    @cached_property
    def text(self) -> str:
        return " ".join(word.text for word in self.words)

    @property
    def centre(self) -> float:
        return (self.box.x0 + self.box.x1) / 2

    @property
    def middle(self) -> float:
        """Height of the line's middle, by its median word: a stray tall box must not move it."""
        return median((word_box(w).y0 + word_box(w).y1) / 2 for w in self.words)


Row = tuple[Segment, ...]  # the segments of one printed line, left to right


def line_height(words: Iterable[Word]) -> float:
    """Median height of the words in pixels; 1 where there are none."""
    return median([word_box(w).y1 - word_box(w).y0 for w in words if len(w.text) > 1] or [1])


def words_to_segments(words: Iterable[Word], height: float, gap: float = SEGMENT_GAP) -> list[Segment]:
    """Join words that stand beside each other with less than `gap` line heights between them."""
    chains: list[_Chain] = []
    active: list[_Chain] = []  # those that the next word can still follow
    for word in sorted(words, key=lambda w: word_box(w).x0):
        box = word_box(word)
        reach = box.x0 - gap * height
        active = [chain for chain in active if chain.right > reach]
        level = top, bottom = box.y0, box.y1
        near = (chain for chain in active if chain.band[0] < bottom and chain.band[1] > top)
        fitting = [chain for chain in near if _beside(chain.band, level)]
        if fitting:
            max(fitting, key=lambda chain: chain.right).append(word, height)
        else:
            chains.append(_Chain(word, height))
            active.append(chains[-1])
    return [Segment(tuple(chain.words)) for chain in chains]


class _Chain:
    """Words side by side with what the next one is compared with: the right edge and the band of the chain's end."""

    __slots__ = ("band", "right", "words")

    def __init__(self, word: Word, height: float) -> None:
        self.words: list[Word] = []
        self.append(word, height)

    def append(self, word: Word, height: float) -> None:
        self.words.append(word)
        self.right = word_box(word).x1
        self.band = _band(self.words, height)


def segments_to_rows(segments: Iterable[Segment]) -> list[Row]:
    """Group segments that stand at the same height, top to bottom."""
    rows: list[list[Segment]] = []
    for segment in sorted(segments, key=lambda s: s.middle):
        for row in reversed(rows[-3:]):
            if all(_level(segment, other) for other in row):
                row.append(segment)
                break
        else:
            rows.append([segment])
    rows.sort(key=lambda row: median(s.middle for s in row))
    return [tuple(sorted(row, key=lambda s: s.box.x0)) for row in rows]


def join(segments: Sequence[Segment]) -> Segment:
    """One segment of several, left to right."""
    return Segment(tuple(word for segment in segments for word in segment.words))


def _level(one: Segment, other: Segment) -> bool:
    if one.box.x0 < other.box.x1 - 2 and other.box.x0 < one.box.x1 - 2:
        return False
    return _beside((one.box.y0, one.box.y1), (other.box.y0, other.box.y1)) and (
        abs(one.middle - other.middle) < 0.5 * min(one.box.y1 - one.box.y0, other.box.y1 - other.box.y0)
    )


def _band(chain: Sequence[Word], height: float) -> tuple[int, int]:
    """Top and bottom of the chain's end: of its last word that is no mere dot or dash."""
    for word in reversed(chain[-4:]):
        box = word_box(word)
        if box.y1 - box.y0 >= 0.5 * height:
            return box.y0, box.y1
    box = word_box(chain[-1])
    return box.y0, box.y1


def _beside(one: tuple[int, int], other: tuple[int, int]) -> bool:
    shared = min(one[1], other[1]) - max(one[0], other[0])
    return shared >= _SAME_ROW * max(1, min(one[1] - one[0], other[1] - other[0]))
