"""The field readers on any text: no exception, and every piece of evidence is the text at its offsets."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from hypothesis import given
from hypothesis import strategies as st

from plan_texts import PLAN, view
from thidua.extract import awards, events, goals, header, movements, participants, responsibilities, tasks, theme
from thidua.extract.document import View
from thidua.record import Evidence

LINES = [line for line in PLAN.split("\n") if line]
SHUFFLED = st.permutations(LINES).map("\n".join) | st.permutations(LINES).map("\n\n".join)
RANDOM = st.lists(st.sampled_from(LINES) | st.text(max_size=40), max_size=40).map("\n".join)


def proofs(seen: View) -> Iterator[Evidence]:
    yield from (award.evidence for award in awards.find(seen, header.find(seen)))
    for module in (events, goals, movements, participants, responsibilities, tasks):
        for item in module.find(seen):
            yield item.evidence
    own_theme = theme.find(seen)
    if own_theme is not None:
        yield own_theme[1]


@given(SHUFFLED | RANDOM)
def test_evidence_of_any_text(text: str) -> None:
    for proof in proofs(view(text)):
        assert 0 <= proof.start <= proof.end <= len(text)
        assert text[proof.start : proof.end] == proof.text == proof.raw


def test_names_stand_in_their_evidence() -> None:
    seen = view(PLAN)
    for movement in movements.find(seen):
        assert movement.name in " ".join(movement.evidence.text.split())
    for unit in responsibilities.find(seen):
        assert unit.unit in " ".join(unit.evidence.text.split())
    for goal in goals.find(seen):
        assert goal.text == " ".join(goal.evidence.text.split())


@pytest.mark.parametrize("mark", ["“", '"', "“”", "(", "- ", "1. ", "I. ", "Nơi nhận:\n", "100%", "./."])
def test_a_text_of_one_kind_of_mark(mark: str) -> None:
    assert list(proofs(view(mark * 2000))) is not None


def test_long_texts_take_linear_time() -> None:
    # Some 200 pages; a quadratic reader would not end within the time that CI gives the whole suite.
    body = PLAN.split("Nơi nhận:")[0]
    assert sum(1 for _ in proofs(view(body * 250))) > 500
