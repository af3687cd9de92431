"""Random values for property tests."""

from __future__ import annotations

from hypothesis import strategies as st

from thidua.types import Edit

LETTERS = st.text(alphabet="ab ưđ\n1.", max_size=40)
SHORT = st.text(alphabet="xyế \n", max_size=4)


@st.composite
def edits_on(draw: st.DrawFn, source: str) -> tuple[Edit, ...]:
    """Sorted, non-overlapping edits on the source, insertions, deletions and edits that touch included."""
    cuts = sorted(draw(st.lists(st.integers(0, len(source)), max_size=8)))
    edits = []
    for start, end in zip(cuts[::2], cuts[1::2], strict=False):
        if draw(st.booleans()):
            end = start
        after = draw(SHORT.filter(lambda text, before=source[start:end]: text != before))
        edits.append(Edit(start, end, source[start:end], after, draw(st.sampled_from("pq")), draw(st.floats(0, 1))))
    return tuple(edits)


@st.composite
def edited(draw: st.DrawFn) -> tuple[str, tuple[Edit, ...]]:
    """A source with edits on it."""
    source = draw(LETTERS)
    return source, draw(edits_on(source))
