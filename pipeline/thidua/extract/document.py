"""The view of one restored document that all fields share: lines, paragraphs, zones, outline, tokens, pages.

Everything is computed once, when first asked for. Offsets are half-open ranges of the restored text.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

from ..folding import fold
from ..trace import OffsetMap
from ..types import Block, Restored, Unsure
from .paragraphs import Paragraph, TextLine, joined

if TYPE_CHECKING:
    from spacy.tokens import Doc

    from .flat import Flat
    from .items import Item
    from .sections import Section
    from .topics import Topics
    from .zones import Zones

_HYPHEN_BREAK = re.compile(r"(?<=[^\s\-–])-[^\S\n]*\n\s*(?=\w)")
_BREAKS = str.maketrans("\n\r\t\f\v", "     ")
_SPACES = re.compile(r"\s+")
_PAGE_NUMBER = re.compile(r"\s*[-–—]?\s*(?:trang\s*)?\d{1,3}\s*(?:[-–—]|/\s*\d{1,3})?\s*", re.IGNORECASE)


@dataclass(frozen=True)
class View:
    """A restored document with everything that is derived from its layout."""

    restored: Restored

    @property
    def text(self) -> str:
        return self.restored.text

    @cached_property
    def folded(self) -> str:
        """The text in lower case without diacritics; same length, same offsets."""
        return fold(self.text)

    @cached_property
    def offsets(self) -> OffsetMap:
        return OffsetMap(self.restored.edits)

    @cached_property
    def damaged(self) -> bool:
        """Whether a reader may have damaged the text: it was read from images, or restored."""
        transcript = self.restored.transcript
        return bool(self.restored.edits) or (
            transcript is not None and any(page.text_from == "ocr" for page in transcript.pages)
        )

    @cached_property
    def lines(self) -> tuple[TextLine, ...]:
        """The lines that are not blank, trimmed; page numbers that stand alone are left out (see page_numbers)."""
        return tuple(line for line in self._all_lines if not line.page_number)

    @cached_property
    def page_numbers(self) -> tuple[TextLine, ...]:
        return tuple(line for line in self._all_lines if line.page_number)

    @cached_property
    def paragraphs(self) -> tuple[Paragraph, ...]:
        return joined(self.text, self.lines)

    @cached_property
    def zones(self) -> Zones:
        """Letterhead, title, body, closing (recipients and signature) and appendices."""
        from .zones import zones

        return zones(self)

    @cached_property
    def outline(self) -> tuple[Section, ...]:
        """The sections in the order of the text."""
        from .sections import outline

        return outline(self)

    @cached_property
    def flats(self) -> tuple[Flat, ...]:
        """The paragraphs on one line each, in the order of `paragraphs`."""
        from .flat import flatten

        return tuple(flatten(self, paragraph.start, paragraph.end) for paragraph in self.paragraphs)

    def flats_in(self, start: int, end: int) -> tuple[Flat, ...]:
        """The paragraphs that start within [start, end), on one line each."""
        first = bisect_right(self._paragraph_starts, start - 1)
        return self.flats[first : bisect_right(self._paragraph_starts, end - 1)]

    @cached_property
    def items(self) -> tuple[Item, ...]:
        """The list items and plain paragraphs of the body, each with the section it belongs to."""
        from .items import items

        return items(self)

    @cached_property
    def item_flats(self) -> tuple[Flat, ...]:
        """The items on one line each, in the order of `items`."""
        from .flat import flatten

        return tuple(flatten(self, item.start, item.end) for item in self.items)

    @cached_property
    def topics(self) -> tuple[Topics, ...]:
        """What each section of the outline is about."""
        from .topics import section_topics

        return section_topics(self)

    @cached_property
    def doc(self) -> Doc:
        """The tokens of the text with the spans that the dictionaries find; same offsets, line breaks as spaces."""
        from .nlp import build_nlp

        return build_nlp()(self.text.translate(_BREAKS))

    def phrases(self, label: str) -> list[tuple[int, int]]:
        """The ranges of the dictionary phrases with one label, in order; those that start together longest last."""
        return self._phrases.get(label, [])

    @cached_property
    def _phrases(self) -> dict[str, list[tuple[int, int]]]:
        from .nlp import PHRASES

        found: dict[str, list[tuple[int, int]]] = {}
        for span in self.doc.spans[PHRASES]:
            found.setdefault(span.label_, []).append((span.start_char, span.end_char))
        for ranges in found.values():
            ranges.sort()
        return found

    def flat(self, start: int, end: int) -> str:
        """The printed wording of [start, end) on one line.

        Line breaks become one space, a hyphen at a line's end joins what it cut ("QĐ-" "TTg"), page numbers go.
        """
        pieces, position = [], start
        k = bisect_right(self._page_number_starts, start)
        for line in self.page_numbers[k:]:
            if line.start >= end:
                break
            pieces.append(self.text[position : line.start])
            position = min(line.end, end)
        pieces.append(self.text[position:end])
        return _SPACES.sub(" ", _HYPHEN_BREAK.sub("-", "".join(pieces))).strip()

    def page_at(self, offset: int) -> int:
        """The number of the page that the character at the offset stands on."""
        k = bisect_right(self._line_starts, offset) - 1
        return self._all_lines[max(k, 0)].page if self._all_lines else 1

    def block_at(self, offset: int) -> Block:
        """The layout block that the character at the offset stands in; "body" where the source does not tell."""
        k = bisect_right(self._line_starts, offset) - 1
        return self._all_lines[max(k, 0)].block if self._all_lines else "body"

    def line_index(self, offset: int) -> int:
        """The place in `lines` of the last line that starts at or before the offset (0 before the first)."""
        return max(bisect_right(self._kept_starts, offset) - 1, 0)

    def paragraph_at(self, offset: int) -> Paragraph | None:
        """The last paragraph that starts at or before the offset."""
        k = bisect_right(self._paragraph_starts, offset) - 1
        return self.paragraphs[k] if k >= 0 else None

    def section_at(self, offset: int) -> Section | None:
        """The deepest section whose heading or body holds the offset."""
        k = bisect_right(self._section_starts, offset) - 1
        while k >= 0 and self.outline[k].body_end <= offset:
            parent = self.outline[k].parent_index
            k = -1 if parent is None else parent
        return self.outline[k] if k >= 0 else None

    def paragraphs_in(self, start: int, end: int) -> tuple[Paragraph, ...]:
        """The paragraphs that start within [start, end)."""
        first = bisect_right(self._paragraph_starts, start - 1)
        return self.paragraphs[first : bisect_right(self._paragraph_starts, end - 1)]

    def unsure_in(self, start: int, end: int) -> list[Unsure]:
        """The stretches of source [start, end) that the restorer left unsure."""
        unsure = self.restored.unsure
        k = max(bisect_right(self._unsure_starts, start) - 1, 0)
        found = []
        while k < len(unsure) and unsure[k].start < end:
            if unsure[k].end > start:
                found.append(unsure[k])
            k += 1
        return found

    @cached_property
    def _unsure_starts(self) -> list[int]:
        return [unsure.start for unsure in self.restored.unsure]

    @cached_property
    def _line_starts(self) -> list[int]:
        return [line.start for line in self._all_lines]

    @cached_property
    def _kept_starts(self) -> list[int]:
        return [line.start for line in self.lines]

    @cached_property
    def _page_number_starts(self) -> list[int]:
        return [line.start for line in self.page_numbers]

    @cached_property
    def _paragraph_starts(self) -> list[int]:
        return [paragraph.start for paragraph in self.paragraphs]

    @cached_property
    def _section_starts(self) -> list[int]:
        return [section.start for section in self.outline]

    @cached_property
    def _all_lines(self) -> tuple[TextLine, ...]:
        transcript = self.restored.transcript
        found: list[TextLine] = []
        page, gap, offset, source_offset = 1, False, 0, 0
        source_lines = self.restored.source.split("\n")
        for number, raw in enumerate(self.text.split("\n")):
            source_raw = source_lines[number] if number < len(source_lines) else ""
            page += raw.count("\f")
            stripped = raw.strip()
            if stripped:
                start = offset + len(raw) - len(raw.lstrip())
                block: Block = "body"
                indent = None
                if transcript is not None:
                    lead = len(source_raw) - len(source_raw.lstrip())
                    printed = transcript.line_at(source_offset + lead)
                    if printed is not None:
                        page, block = printed.page, printed.block
                    indent = self._indent(source_offset + lead)
                alone = block in ("body", "margin") and _PAGE_NUMBER.fullmatch(stripped) is not None
                found.append(TextLine(start, start + len(stripped), page, block, gap, indent, alone))
            gap = not stripped
            offset += len(raw) + 1
            source_offset += len(source_raw) + 1
        return tuple(found)

    def _indent(self, source_offset: int) -> float | None:
        """Left edge of the word at the source offset as a share of the page's width; None without a box."""
        transcript = self.restored.transcript
        anchors = transcript.anchors_in(source_offset, source_offset + 1) if transcript else ()
        if not anchors or anchors[0].word.box is None:
            return None
        width = self._page_widths.get(anchors[0].page, 0)
        return anchors[0].word.box.x0 / width if width else None

    @cached_property
    def _page_widths(self) -> dict[int, int]:
        transcript = self.restored.transcript
        return {page.number: page.width for page in transcript.pages} if transcript else {}
