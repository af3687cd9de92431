"""The plain values that pass between the stages: page, transcript, edit, restored text, mention, evidence.

All are frozen. Offsets are half-open ranges of characters (code points of NFC text), boxes are pixels of the original
page image, confidences are 0..1, page numbers start at 1.
"""

from __future__ import annotations

from bisect import bisect_right
from dataclasses import dataclass, field
from functools import cached_property
from typing import Generic, Literal, TypeVar

TextFrom = Literal["ocr", "text-layer", "text"]
Block = Literal[
    "letterhead-left",  # issuing body, number
    "letterhead-right",  # quốc hiệu, tiêu ngữ, place and date
    "body",
    "table",
    "recipients",  # nơi nhận
    "signature",
    "margin",  # page number, running header or footer: kept as evidence, not in the text
    "stamp",  # the note of a digital signature ("Ký bởi ...", "Giờ ký ..."): kept as evidence, not in the text
]
Severity = Literal["info", "warning", "error"]


@dataclass(frozen=True, slots=True)
class Box:
    """A rectangle in pixels of the original page image: x0 <= x < x1 to the right, y0 <= y < y1 downwards."""

    x0: int
    y0: int
    x1: int
    y1: int

    def union(self, other: Box) -> Box:
        return Box(min(self.x0, other.x0), min(self.y0, other.y0), max(self.x1, other.x1), max(self.y1, other.y1))


@dataclass(frozen=True, slots=True)
class Alternative:
    """Another reading of a word that the OCR engine considered, with its probability by the engine (0..1)."""

    text: str
    probability: float


@dataclass(frozen=True, slots=True)
class Word:
    """A printed word: its reading, where it stands (None in a text source) and how sure the reader is (0..1).

    handwritten: the ink looks written by hand, so the reading must not be trusted as a fact.
    """

    text: str
    box: Box | None = None
    confidence: float = 1.0
    alternatives: tuple[Alternative, ...] = ()
    handwritten: bool = False


@dataclass(frozen=True, slots=True)
class Line:
    """A printed line. text is what stands in the transcript, words are in the order of the text.

    row: number of the table row on its page (table blocks only), cell: number of the cell in that row.
    """

    text: str
    words: tuple[Word, ...]
    block: Block = "body"
    row: int | None = None
    cell: int | None = None


@dataclass(frozen=True, slots=True)
class Note:
    """Something found while a page was read (a seal, handwriting, a page that cannot be read): becomes a finding."""

    code: str
    message: str
    severity: Severity = "info"
    box: Box | None = None


@dataclass(frozen=True, slots=True)
class Page:
    """One page as read. width, height in pixels of the original image (0 for text), dpi estimated or declared."""

    number: int
    lines: tuple[Line, ...]
    text_from: TextFrom
    reason: str  # why the text was taken from there, for the record's source
    width: int = 0
    height: int = 0
    dpi: int = 0
    notes: tuple[Note, ...] = ()


@dataclass(frozen=True, slots=True)
class TranscriptLine:
    """Half-open range of one line in the transcript's text, without its line break."""

    start: int
    end: int
    page: int
    block: Block


@dataclass(frozen=True, slots=True)
class Anchor:
    """Half-open range of one word in the transcript's text, with the word that stands there."""

    start: int
    end: int
    page: int
    word: Word


@dataclass(frozen=True)
class Transcript:
    """The text of one source before restoration; every character that is not white space lies in one anchor.

    Anchors and lines are sorted and do not overlap.
    """

    text: str
    lines: tuple[TranscriptLine, ...]
    anchors: tuple[Anchor, ...]
    pages: tuple[Page, ...]

    @cached_property
    def _anchor_starts(self) -> list[int]:
        return [a.start for a in self.anchors]

    @cached_property
    def _line_starts(self) -> list[int]:
        return [line.start for line in self.lines]

    def anchors_in(self, start: int, end: int) -> tuple[Anchor, ...]:
        """The anchors that share at least one character with [start, end)."""
        k = max(0, bisect_right(self._anchor_starts, start) - 1)
        found = []
        while k < len(self.anchors) and self.anchors[k].start < end:
            if self.anchors[k].end > start:
                found.append(self.anchors[k])
            k += 1
        return tuple(found)

    def line_at(self, offset: int) -> TranscriptLine | None:
        """The last line that starts at or before the offset; None in an empty transcript."""
        k = bisect_right(self._line_starts, offset) - 1
        return self.lines[k] if k >= 0 else None


@dataclass(frozen=True, slots=True)
class Edit:
    """One correction: source[start:end] == before becomes after. rule names the rule or model that decided."""

    start: int
    end: int
    before: str
    after: str
    rule: str
    confidence: float


@dataclass(frozen=True, slots=True)
class Unsure:
    """A stretch of the SOURCE that the restorer could not decide: kept or changed, but not to be trusted."""

    start: int
    end: int
    confidence: float


@dataclass(frozen=True)
class Restored:
    """Restored text with the edits that made it: replaying `edits` on `source` gives `text` (see trace.replay).

    Edits are sorted by start and do not overlap. The number of lines is that of the source.
    """

    source: str
    text: str
    edits: tuple[Edit, ...] = ()
    unsure: tuple[Unsure, ...] = ()
    transcript: Transcript | None = None


V = TypeVar("V")


@dataclass(frozen=True)
class Mention(Generic[V]):
    """A typed value found at [start, end) of the restored text."""

    label: str
    start: int
    end: int
    value: V
    confidence: float = 1.0
    inferred: bool = False
    parts: tuple[tuple[int, int], ...] = field(default=())  # ranges that carry the value when it is not contiguous
