"""Scores of texts and records against their truth."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from samples import full_record
from thidua import evaluate
from thidua.errors import SourceMissing, UsageError
from thidua.evaluate.texts import kind


@pytest.mark.parametrize(
    ("truth", "made", "expected"),
    [
        ("thưởng", "thướng", "tone"),
        ("thưởng", "thuỏng", "vowel mark"),
        ("đua", "dua", "đ"),
        ("Đảng", "bảng", "letter"),
        ("Quận", "quận", "case"),
        ("năm;", "năm:", "punctuation"),
        ("2024", "2025", "digit"),
        ("năm", "n3m", "digit"),
    ],
)
def test_kinds_of_error(truth: str, made: str, expected: str) -> None:
    assert kind(truth, made) == expected


def test_rates_count_words_and_characters() -> None:
    score = evaluate.score_text("phong trào thi đua\nyêu nước", "phong trào thi dua yêu nước")
    assert (score.words, score.wrong_words) == (6, 1)
    assert score.wer == pytest.approx(100 / 6)
    assert score.cer == pytest.approx(100 * 1 / 28)
    assert score.kinds == {"đ": 1}
    assert score.examples == [("phong trào thi", "đua", "dua")]


def test_both_placements_of_a_tone_are_right() -> None:
    assert evaluate.score_text("Ủy ban, hóa đơn", "Uỷ ban, hoá đơn").wrong_words == 0


def test_split_missing_and_extra_words() -> None:
    assert evaluate.score_text("thi đua", "thiđua").kinds == {"split or merge": 2}
    assert evaluate.score_text("thi đua yêu nước", "thi đua").kinds == {"missing": 2}
    assert evaluate.score_text("thi đua", "thi đua ,").kinds == {"extra": 1}


def test_fields_are_scored_one_to_one() -> None:
    record = json.loads(full_record().to_json())
    gold = {
        "directives": [{"kind": "Chỉ thị", "code": "05-CT/TW"}, {"kind": "Chỉ thị", "code": "34-CT/TW"}],
        "goals": [],
    }
    scores = evaluate.score_record(gold, record)
    assert (scores["directives"].precision, scores["directives"].recall) == (1.0, 0.5)
    assert scores["goals"].precision == 0.0  # an empty group says that there is none
    assert "movements" not in scores  # a group that is not named is not scored


@pytest.fixture
def folders(tmp_path: Path) -> tuple[Path, Path]:
    results, truth = tmp_path / "out", tmp_path / "truth"
    (results / "texts").mkdir(parents=True)
    truth.mkdir()
    record = full_record(path="/archive/a.scan.pdf")
    other = full_record("f" * 16, path="b.pdf")
    (results / "records.jsonl").write_text(f"{record.to_json()}\n{other.to_json()}\n", encoding="utf-8")
    (results / "texts" / f"{record.record_id}.txt").write_text("thi đua yêu nuớc", encoding="utf-8")
    (truth / "a.gt.txt").write_text("thi đua yêu nước", encoding="utf-8")
    (truth / "a.gold.json").write_text('{"document": {"code": "05/KH-PGDĐT"}}', encoding="utf-8")
    return results, truth


def test_results_meet_their_truth_by_name(folders: tuple[Path, Path]) -> None:
    evaluation = evaluate.evaluate(*folders)
    assert list(evaluation.texts) == ["a.scan.pdf"]
    assert evaluation.texts["a.scan.pdf"].wrong_words == 1
    assert evaluation.alone == ["b.pdf"]
    values = evaluate.figures(evaluation)
    assert values["texts"]["all"]["wer"] == 25.0  # type: ignore[index]
    assert 0 < values["fields"]["header"]["recall"] <= 1  # type: ignore[index]
    assert "a.scan.pdf" in evaluate.report_text(evaluation)


def test_a_folder_of_texts_is_a_result_too(folders: tuple[Path, Path], tmp_path: Path) -> None:
    texts = tmp_path / "read"
    texts.mkdir()
    (texts / "a.txt").write_text("thi đua yêu nước", encoding="utf-8")
    assert evaluate.evaluate(texts, folders[1]).all_texts().wer == 0


def test_results_without_any_truth_are_a_wrong_call(folders: tuple[Path, Path], tmp_path: Path) -> None:
    empty = tmp_path / "empty"
    empty.mkdir()
    with pytest.raises(UsageError, match="same name"):
        evaluate.evaluate(folders[0], empty)
    with pytest.raises(SourceMissing):
        evaluate.evaluate(tmp_path / "none", empty)
