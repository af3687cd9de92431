"""Offsets: replaying edits, the way back to the source, and two passes as one."""

from __future__ import annotations

import itertools

import pytest
from hypothesis import given
from hypothesis import strategies as st

from strategies import edited, edits_on
from thidua import trace
from thidua.types import Anchor, Box, Edit, Restored, Transcript, TranscriptLine, Word

Edited = tuple[str, tuple[Edit, ...]]


def test_replay_applies_edits_in_order() -> None:
    edits = [Edit(0, 2, "Ké", "Kế", "r", 1), Edit(3, 7, "hoach", "hoạch", "r", 1)]
    with pytest.raises(ValueError, match="does not fit"):
        trace.replay("Ké hoach", edits)  # the second range is one short
    assert trace.replay("Ké hoach", [edits[0], Edit(3, 8, "hoach", "hoạch", "r", 1)]) == "Kế hoạch"


@pytest.mark.parametrize(
    "edits",
    [
        pytest.param([Edit(0, 1, "b", "x", "r", 1)], id="before is not what the source says"),
        pytest.param([Edit(1, 3, "bc", "x", "r", 1), Edit(2, 3, "c", "y", "r", 1)], id="overlap"),
        pytest.param([Edit(2, 3, "c", "x", "r", 1), Edit(0, 1, "a", "y", "r", 1)], id="order"),
        pytest.param([Edit(2, 1, "", "x", "r", 1)], id="end before start"),
        pytest.param([Edit(2, 9, "cdefg", "x", "r", 1)], id="past the end"),
    ],
)
def test_replay_refuses_edits_that_do_not_fit(edits: list[Edit]) -> None:
    with pytest.raises(ValueError, match="does not fit"):
        trace.replay("abc", edits)


@given(edited())
def test_text_outside_edits_is_kept_and_found_again(case: Edited) -> None:
    source, edits = case
    text = trace.replay(source, edits)
    offsets = trace.OffsetMap(edits)
    touched = {k for e in edits for k in range(e.start, e.end)}
    shift, kept = 0, {}
    bounds = [*edits, Edit(len(source), len(source), "", "", "", 1)]
    position = 0
    for edit in bounds:
        for k in range(position, edit.start):
            kept[k + shift] = k
        position = edit.end
        shift += len(edit.after) - (edit.end - edit.start)
    assert set(kept.values()) == set(range(len(source))) - touched
    for at, k in kept.items():
        assert text[at] == source[k]
        assert offsets.to_source(at, at + 1) == (k, k + 1)


@given(edited(), st.data())
def test_a_restored_range_covers_the_edits_that_made_it(case: Edited, data: st.DataObject) -> None:
    source, edits = case
    text = trace.replay(source, edits)
    start = data.draw(st.integers(0, len(text)))
    end = data.draw(st.integers(start, len(text)))
    offsets = trace.OffsetMap(edits)
    s, e = offsets.to_source(start, end)
    assert 0 <= s <= e <= len(source)
    for edit in offsets.edits_in(start, end):
        if start < end:
            assert s <= edit.start
            assert edit.end <= e
    # Replaying what lies inside the source range makes at least the asked range.
    inside = [e_ for e_ in edits if s <= e_.start and e_.end <= e]
    local = [Edit(x.start - s, x.end - s, x.before, x.after, x.rule, x.confidence) for x in inside]
    assert text[start:end] in trace.replay(source[s:e], local)


@given(edited())
def test_the_whole_text_comes_from_the_whole_source(case: Edited) -> None:
    source, edits = case
    text = trace.replay(source, edits)
    if text and not (edits and (edits[0].start == 0 or edits[-1].end == len(source))):
        assert trace.OffsetMap(edits).to_source(0, len(text)) == (0, len(source))


@given(edited())
def test_edits_in_finds_each_edit_by_its_own_characters(case: Edited) -> None:
    _, edits = case
    offsets = trace.OffsetMap(edits)
    shift = 0
    for edit in edits:
        at = edit.start + shift
        if edit.after:
            assert edit in offsets.edits_in(at, at + len(edit.after))
        shift += len(edit.after) - (edit.end - edit.start)


@given(edited(), st.data())
def test_two_passes_compose_to_one(case: Edited, data: st.DataObject) -> None:
    source, first = case
    middle = trace.replay(source, first)
    second = data.draw(edits_on(middle))
    both = trace.compose(first, second, source)
    assert trace.replay(source, both) == trace.replay(middle, second)
    assert all(edit.before != edit.after for edit in both)
    assert all(a.end <= b.start for a, b in itertools.pairwise(both))


@given(edited())
def test_composing_with_nothing_changes_nothing(case: Edited) -> None:
    source, edits = case
    text = trace.replay(source, edits)
    assert trace.replay(source, trace.compose(edits, (), source)) == text
    assert trace.replay(source, trace.compose((), edits, source)) == text


def test_compose_keeps_the_later_rule_and_the_lower_confidence() -> None:
    first = [Edit(0, 2, "lo", "1o", "a", 0.9)]
    second = [Edit(0, 2, "1o", "lớ", "b", 0.6)]
    assert trace.compose(first, second, "lon") == (Edit(0, 2, "lo", "lớ", "b", 0.6),)


def _transcript() -> Transcript:
    words = [Word("Kế", Box(10, 10, 30, 20)), Word("hoạch", Box(34, 9, 80, 21)), Word("số", Box(10, 30, 25, 40))]
    anchors = (Anchor(0, 2, 1, words[0]), Anchor(3, 8, 1, words[1]), Anchor(9, 11, 1, words[2]))
    return Transcript("Kế hoạch\nsố", (TranscriptLine(0, 8, 1, "body"), TranscriptLine(9, 11, 1, "body")), anchors, ())


def test_boxes_join_words_of_one_line_only() -> None:
    restored = Restored("Kế hoạch\nsố", "Kế hoạch\nsố", transcript=_transcript())
    assert trace.boxes(restored, 0, 11) == [(1, Box(10, 9, 80, 21)), (1, Box(10, 30, 25, 40))]
    assert trace.boxes(restored, 4, 5) == [(1, Box(34, 9, 80, 21))]
    assert trace.boxes(restored, 2, 3) == []  # the blank between two words
    assert trace.boxes(Restored("a", "a"), 0, 1) == []
