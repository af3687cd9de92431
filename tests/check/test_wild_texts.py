"""No text and no record makes a check fail, and the evidence of a finding replays to the text."""

from hypothesis import given
from hypothesis import strategies as st

from plan_texts import PLAN
from samples import full_record
from thidua import check
from thidua.types import Restored

PIECES = st.lists(
    st.sampled_from([*PLAN.split("\n"), "./.", "31/02/2024", "5 năm (2020 - 2025)", "(1)", "03 nội dung: (1) a (2) b"])
    | st.text(max_size=30),
    max_size=60,
)


@given(PIECES)
def test_any_text(pieces: list[str]) -> None:
    text = "\n".join(pieces)
    for finding in check.run(full_record(), Restored(source=text, text=text)):
        assert finding.code
        assert finding.message
        for proof in finding.evidence:
            if not proof.boxes and proof.end <= len(text) and finding.code in {"date-impossible", "quantity-list"}:
                assert text[proof.start : proof.end] == proof.text == proof.raw
