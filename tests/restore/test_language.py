from __future__ import annotations

import json
from pathlib import Path

import numpy as np
import pytest

from thidua.errors import ArtefactError
from thidua.restore.language import LanguageModel
from thidua.restore.packed import HEADER
from tiny_language import tiny_model


@pytest.fixture(scope="module")
def model(tmp_path_factory: pytest.TempPathFactory) -> LanguageModel:
    return tiny_model(tmp_path_factory.mktemp("language"))


@pytest.mark.parametrize("history", ["", "phong", "phong trào", "phong trào thi", "tranh phong", "bức 12 lạ"])
def test_probabilities_of_all_words_sum_to_one(model: LanguageModel, history: str) -> None:
    before = model.vocabulary.encode(history)
    scores = [model.score(np.array([*before, word], np.uint16))[-1] for word in range(len(model.vocabulary))]
    assert np.exp(scores).sum() == pytest.approx(1.0, abs=0.02)  # the probabilities are rounded to 256 values


def test_pruned_model_still_sums_to_one(tmp_path: Path) -> None:
    pruned = tiny_model(tmp_path, thresholds=(0.5, 1.0, 1.0))
    before = pruned.vocabulary.encode("thi đua")
    scores = [pruned.score(np.array([*before, word], np.uint16))[-1] for word in range(len(pruned.vocabulary))]
    assert np.exp(scores).sum() == pytest.approx(1.0, abs=0.02)


def test_seen_words_are_likelier(model: LanguageModel) -> None:
    likely, unlikely = (np.array(model.vocabulary.encode(text), np.uint16) for text in ("thi đua", "thi bảng"))
    assert model.score(likely).sum() > model.score(unlikely).sum()


def test_words_outside_the_vocabulary_count_as_unknown(model: LanguageModel) -> None:
    outside, unknown = model.score(np.array([60000], np.uint16)), model.score(np.array([0], np.uint16))
    assert outside == unknown
    assert model.id("chưatừngthấy") == 0
    assert model.id("đua") == model.vocabulary.ids["đua"]


@pytest.mark.parametrize("damage", ["version", "format", "cut", "empty", "text"])
def test_damaged_files_are_refused(model: LanguageModel, tmp_path: Path, damage: str) -> None:
    good = tmp_path / "good"
    good.mkdir()
    tiny_model(good)
    content = (good / "model.bin").read_bytes()
    header = json.loads(content[:HEADER])
    if damage in header:
        header[damage] = "2"
        content = json.dumps(header).encode().ljust(HEADER) + content[HEADER:]
    path = tmp_path / "model.bin"
    path.write_bytes({"cut": content[: HEADER + 100], "empty": b"", "text": b"not a model"}.get(damage, content))
    with pytest.raises(ArtefactError):
        LanguageModel(path)


def test_missing_file_is_refused(tmp_path: Path) -> None:
    with pytest.raises(ArtefactError, match="cannot be read"):
        LanguageModel(tmp_path / "none.bin")
