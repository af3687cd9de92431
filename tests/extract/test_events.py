import json
from pathlib import Path

import pytest

from plan_texts import PLAN, section, view
from thidua.extract import events

CASES = json.loads((Path(__file__).parent / "cases" / "events.json").read_text(encoding="utf-8"))


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["name"])
def test_events(case: dict) -> None:
    found = [event.model_dump(by_alias=True) for event in events.find(view(section("NỘI DUNG", case["text"])))]
    assert len(found) == len(case["expect"])
    for event, expected in zip(found, case["expect"], strict=True):
        assert {name: event[name] for name in expected} == expected


def test_the_title_speaks_first() -> None:
    (event,) = events.find(view(PLAN))
    assert (event.years, event.from_, event.to) == (70, "1954-05-07", "2024-05-07")
    assert PLAN[event.evidence.start : event.evidence.end].endswith("(07/5/1954 - 07/5/2024)")
