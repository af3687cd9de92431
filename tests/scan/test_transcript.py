"""Every printed character of a transcript lies in exactly one anchor."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from thidua.scan import transcribe
from thidua.types import Line, Page, Word

WORDS = st.text(alphabet="abđế1./-", min_size=1, max_size=6)
BLOCKS = st.sampled_from(["body", "table", "signature", "margin", "stamp"])


@st.composite
def lines(draw: st.DrawFn) -> Line:
    words = draw(st.lists(WORDS, max_size=6))
    gaps = [draw(st.sampled_from(["", " ", "\t "])) for _ in words]
    text = "".join(gap + word for gap, word in zip(gaps, words, strict=True))
    return Line(text, tuple(Word(word) for word in words), draw(BLOCKS))


@given(st.lists(st.lists(lines(), max_size=5), max_size=3))
def test_anchors_cover_the_text(pages: list[list[Line]]) -> None:
    transcript = transcribe(Page(n, tuple(content), "ocr", "") for n, content in enumerate(pages, 1))
    covered = set()
    for anchor in transcript.anchors:
        assert transcript.text[anchor.start : anchor.end] == anchor.word.text
        span = set(range(anchor.start, anchor.end))
        assert not covered & span
        covered |= span
    assert covered == {k for k, character in enumerate(transcript.text) if not character.isspace()}
    kept = [line.text for content in pages for line in content if line.block not in {"margin", "stamp"}]
    assert [transcript.text[line.start : line.end] for line in transcript.lines] == kept
    assert transcript.text == "\n".join(kept)


def test_words_that_are_not_their_line_are_refused() -> None:
    page = Page(1, (Line("một hai", (Word("một"),)),), "ocr", "")
    with pytest.raises(ValueError, match="without a word"):
        transcribe([page])
