"""Looking up words and lines of a transcript by offset."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from thidua.types import Anchor, Box, Transcript, TranscriptLine, Word

TEXTS = st.lists(st.lists(st.text("abđ", min_size=1, max_size=4), max_size=4).map(" ".join), max_size=5)


def transcript(lines: list[str]) -> Transcript:
    text, rows, anchors, offset = "\n".join(lines), [], [], 0
    for line in lines:
        rows.append(TranscriptLine(offset, offset + len(line), 1, "body"))
        start = offset
        for word in line.split():
            start = text.index(word, start)
            anchors.append(Anchor(start, start + len(word), 1, Word(word)))
            start += len(word)
        offset += len(line) + 1
    return Transcript(text, tuple(rows), tuple(anchors), ())


@given(TEXTS, st.data())
def test_anchors_in_a_range_are_those_that_share_a_character(lines: list[str], data: st.DataObject) -> None:
    made = transcript(lines)
    start = data.draw(st.integers(0, len(made.text)))
    end = data.draw(st.integers(start + 1, len(made.text) + 1))
    expected = [a for a in made.anchors if set(range(a.start, a.end)) & set(range(start, end))]
    assert list(made.anchors_in(start, end)) == expected


@given(TEXTS)
def test_the_line_of_an_offset(lines: list[str]) -> None:
    made = transcript(lines)
    for line in made.lines:
        for offset in range(line.start, line.end):
            assert made.line_at(offset) == line


def test_an_empty_transcript_has_no_line() -> None:
    assert Transcript("", (), (), ()).line_at(0) is None


def test_a_union_holds_both_boxes() -> None:
    assert Box(1, 5, 3, 9).union(Box(2, 4, 8, 6)) == Box(1, 4, 8, 9)
