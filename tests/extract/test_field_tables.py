"""The dictionaries of the fields: closed lists hold their values, dates exist, no row contradicts another."""

from __future__ import annotations

from datetime import date

import pytest

from thidua.folding import fold
from thidua.resources import rows


@pytest.mark.parametrize(
    ("table", "key"),
    [
        ("section_topics.tsv", "cue"),
        ("movement_cues.tsv", "cue"),
        ("known_movements.tsv", "name"),
        ("participants.tsv", "head"),
        ("responsible_heads.tsv", "head"),
        ("responsibility_verbs.tsv", "verb"),
        ("quantity_units.tsv", "unit"),
        ("holidays.tsv", "name"),
    ],
)
def test_words_mean_one_thing(table: str, key: str) -> None:
    meanings: dict[str, set[tuple[str, ...]]] = {}
    for row in rows(table):
        assert row[key] == " ".join(row[key].split())
        meanings.setdefault(fold(row[key]), set()).add(tuple(row.values())[1:] if key == "name" else _meaning(row, key))
    assert {words: found for words, found in meanings.items() if len(found) > 1} == {}


def _meaning(row: dict[str, str], key: str) -> tuple[str, ...]:
    return tuple(value for name, value in row.items() if name != key)


def test_closed_lists() -> None:
    topics = {row["topic"] for row in rows("section_topics.tsv")}
    assert topics <= {
        *("purpose", "requirement", "target", "task", "theme", "participants", "period"),
        *("awards", "criteria", "procedure", "responsibilities", "funding", "other"),
    }
    assert {row["kind"] for row in rows("participants.tsv")} == {"collective", "individual"}
    assert {row["body"] for row in rows("responsible_heads.tsv")} == {"yes", "no"}
    assert {row["group"] for row in rows("movement_cues.tsv")} == {"movement", "slogan", "theme", "other"}
    kinds = {"phong trào thi đua", "cuộc vận động", "phong trào"}
    assert {row["kind"] for row in rows("known_movements.tsv")} <= kinds
    assert {row["kind"] for row in rows("movement_cues.tsv") if row["group"] == "movement"} <= kinds


def test_days_exist() -> None:
    for row in rows("holidays.tsv"):
        month, day = map(int, row["day"].split("-"))
        assert date(2024, month, day)
        if row["first"]:
            assert date.fromisoformat(row["first"])
    for row in rows("known_movements.tsv"):
        start, end = row["start_year"], row["end_year"]
        assert not (start and end) or int(start) <= int(end)
