"""Lines of a document joined into paragraphs by layout, punctuation and numbering.

Hard-wrapped text (scans, e-mails) is joined; text that keeps one paragraph a line stays so. A paragraph may go on
behind a page break or behind a blank line that only the page break made.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from ..folding import LOWER
from ..types import Block
from .numbering import Marker, marker

_UNWRAPPED = 170  # characters: nobody prints so long a line on an A4 page
_FULL = 0.86  # share of the usual width from which a line counts as full (letters differ in width)
_SURELY_FULL = 0.95
_CAPITALS = 1.3  # capitals and bold type take more room a letter
_QUOTE = re.compile(r"[“”\"]")
_INDENT = 0.02  # share of the page's width that a first line is indented at least
_TERMINAL = re.compile(r"(?:[;:!?]|(?<!\b[A-ZĐ])(?<!\bTT)(?<!\bTP)(?<!\bVP)\.|\./\.|/\.)[”\"’)]*$")
_OPENING_LOWER = re.compile(rf"[(“\"'‘]?[{LOWER}]")
_CONTINUES = re.compile(rf"[(“\"'‘]?(?:[{LOWER}]|\d)|[,;.)”–-]")
_CUT_YEARS = re.compile(r"\b(?:19|20)\d\d\n[-–]\s?(?:19|20)\d\d\b")  # "giai đoạn 2026" + "- 2030"
_LONGEST_REST = 60  # characters of a heading's second line
_BARE_MARKER = re.compile(r"(?:[IVX]{1,6}|\d{1,2}(?:\.\d{1,2}){0,3}|[A-ZĐa-zđ])[.)]")  # a number on a line of its own
_HANGING = re.compile(
    r"(?:[,(“\-–/&]|\b(?:và|của|các|về|theo|với|cho|tại|số|ngày|tháng|năm|thứ|trên|trong|đến|từ|là))$"
)


@dataclass(frozen=True, slots=True)
class TextLine:
    """A printed line: half-open range without surrounding white space.

    gap: a blank line stands before it; indent: left edge as a share of the page's width, None in a text source.
    """

    start: int
    end: int
    page: int
    block: Block
    gap: bool
    indent: float | None
    page_number: bool


@dataclass(frozen=True, slots=True)
class Paragraph:
    """Half-open range of one paragraph, the page it starts on, its block, and its lines [first_line, last_line)."""

    start: int
    end: int
    page: int
    block: Block
    first_line: int
    last_line: int


def joined(text: str, lines: tuple[TextLine, ...]) -> tuple[Paragraph, ...]:
    """The paragraphs of a text, given its lines without page numbers."""
    judge = _Joiner(text, lines)
    paragraphs: list[Paragraph] = []
    for k, line in enumerate(lines):
        if k and judge.goes_on(k):
            last = paragraphs[-1]
            paragraphs[-1] = Paragraph(last.start, line.end, last.page, last.block, last.first_line, k + 1)
        else:
            paragraphs.append(Paragraph(line.start, line.end, line.page, line.block, k, k + 1))
    return tuple(paragraphs)


def usual_width(lengths: list[int]) -> int:
    """The length of a full line in characters: the 80th percentile; 0 where the text is not hard-wrapped."""
    if not lengths:
        return 0
    ordered = sorted(lengths)
    width = ordered[len(ordered) * 8 // 10]
    longest = ordered[len(ordered) * 98 // 100]
    return width if longest <= _UNWRAPPED and width >= 40 else 0


class _Joiner:
    """Decides line by line whether a paragraph goes on; the numbers seen so far tell a marker from a figure."""

    def __init__(self, text: str, lines: tuple[TextLine, ...]) -> None:
        self.text = text
        self.lines = lines
        self.width = usual_width([line.end - line.start for line in lines if line.block == "body"])
        self.seen: dict[str, int] = {}
        self.margin = self._margin()

    def _margin(self) -> float | None:
        edges = sorted(line.indent for line in self.lines if line.indent is not None and line.block == "body")
        return edges[len(edges) // 5] if edges else None

    def goes_on(self, k: int) -> bool:
        """Whether line k belongs to the paragraph of line k - 1."""
        before, line = self.lines[k - 1], self.lines[k]
        previous, current = self.text[before.start : before.end], self.text[line.start : line.end]
        found = marker(current[:40])
        continues = before.block == line.block and self._continues(before, line, previous, current, found)
        if found is not None and not continues:
            self.seen[found.style] = found.value
        return continues

    def _continues(self, before: TextLine, line: TextLine, previous: str, current: str, found: Marker | None) -> bool:
        if line.block != "table" and found is None and _BARE_MARKER.fullmatch(previous):
            return True
        if line.block == "table" or self.width == 0:
            cut = _cut_code(previous, current) or _CUT_YEARS.search(f"{previous}\n{current}") is not None
            return self.width == 0 and not line.gap and (cut or (found is None and _cut_heading(previous, current)))
        if _TERMINAL.search(previous) and not previous.endswith((".", ";")):
            return False
        full = len(previous) + 1 + len(current.split(maxsplit=1)[0])
        if previous.isupper():
            full = round(full * _CAPITALS)
        if full < _FULL * self.width and not _cut_code(previous, current):
            # A short line ends its paragraph, unless the next one plainly goes on in the middle of a sentence.
            return not line.gap and found is None and self._mid_sentence(previous, current)
        if found is not None and not self._figure(found, previous, current):
            return False
        if line.gap:
            return self._over_gap(line, previous, current, found, full)
        if previous.isupper() != current.isupper() and _has_letters(previous) and _has_letters(current):
            return not previous.isupper() and (_HANGING.search(previous) is not None or len(current) < 12)
        if _OPENING_LOWER.match(current):
            return True
        if self._indented(line) or previous.endswith(";"):
            return False
        if previous.endswith("."):
            return full >= _SURELY_FULL * self.width
        return True

    def _mid_sentence(self, previous: str, current: str) -> bool:
        if previous.endswith((".", ";")) or (previous.isupper() and not current.isupper()):
            return False
        return _OPENING_LOWER.match(current) is not None or (_HANGING.search(previous) is not None)

    def _over_gap(self, line: TextLine, previous: str, current: str, found: Marker | None, full: int) -> bool:
        """Whether a sentence goes on behind a blank line, as at the turn of a page."""
        if _TERMINAL.search(previous) or previous.isupper():
            return False
        if _CONTINUES.match(current):
            return True
        heading = marker(previous[:40])
        plain = heading is None or heading.style == "bullet"
        return plain and found is None and full >= self.width and not self._indented(line)

    def _figure(self, found: Marker, previous: str, current: str) -> bool:
        """Whether what looks like a marker is only a figure or dash inside a sentence that goes on."""
        if previous.endswith((".", ";")):
            return False
        if found.style == "bullet":
            rest = current[found.length :]
            mark = _QUOTE.search(current)
            if _opened(previous) and mark is not None and mark.group() != "“":
                return True  # a dash inside a quotation that runs over the line's end
            return rest[:1].islower() or (rest[:1].isdigit() and previous[-1:].isdigit())
        if found.style in ("arabic", "dotted", "roman", "upper", "article", "chapter", "part"):
            return found.value > 1 and self.seen.get(found.style, 0) + 1 != found.value
        return False

    def _indented(self, line: TextLine) -> bool:
        return self.margin is not None and line.indent is not None and line.indent - self.margin > _INDENT


def _opened(text: str) -> bool:
    """Whether the last quotation of a line is still open at its end."""
    return text.rfind("“") > max(text.rfind("”"), text.rfind('"')) or ("“" not in text and text.count('"') % 2 == 1)


def _has_letters(text: str) -> bool:
    return sum(map(str.isalpha, text)) >= 3


def _cut_heading(previous: str, current: str) -> bool:
    """`II. NỘI DUNG` + `KẾ HOẠCH`: a numbered heading in capitals that goes on in capitals."""
    if not (previous.isupper() and current.isupper()) or len(current) > _LONGEST_REST or _TERMINAL.search(previous):
        return False
    heading = marker(previous[:40])
    return heading is not None and heading.roman is not None


def _cut_code(previous: str, current: str) -> bool:
    """`1315/QĐ-` + `TTg`: a document code cut at its hyphen."""
    return re.search(r"\d[^\s]*/[^\s]*-$", previous) is not None and current[:1].isalpha()
