"""Pages -> one text in which every printed character is anchored to a word."""

from __future__ import annotations

from collections.abc import Iterable

from ..types import Anchor, Line, Page, Transcript, TranscriptLine

NOT_IN_TEXT = frozenset({"margin", "stamp"})


def transcribe(pages: Iterable[Page]) -> Transcript:
    """Join the lines of the pages, one printed line a line; margins and stamps stay in `pages` only.

    Raises ValueError where the words of a line are not its text: a reader's fault, never the source's.
    """
    kept: list[Page] = []
    texts: list[str] = []
    lines: list[TranscriptLine] = []
    anchors: list[Anchor] = []
    offset = 0
    for page in pages:
        kept.append(page)
        for line in page.lines:
            if line.block in NOT_IN_TEXT:
                continue
            anchors += _anchors(line, offset, page.number)
            lines.append(TranscriptLine(offset, offset + len(line.text), page.number, line.block))
            texts.append(line.text)
            offset += len(line.text) + 1
    return Transcript("\n".join(texts), tuple(lines), tuple(anchors), tuple(kept))


def _anchors(line: Line, offset: int, page: int) -> Iterable[Anchor]:
    position = 0
    for word in line.words:
        start = line.text.find(word.text, position)
        if start < 0 or line.text[position:start].strip() or not word.text.strip():
            raise ValueError(f"word {word.text!r} is not in its line at {position}: {line.text!r}")
        position = start + len(word.text)
        yield Anchor(offset + start, offset + position, page, word)
    if line.text[position:].strip():
        raise ValueError(f"text without a word in line {line.text!r}")
