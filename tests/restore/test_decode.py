from __future__ import annotations

import math
from itertools import product
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from thidua.restore import decode as decoding
from thidua.restore.decode import LETTER_COSTS, Decoder, Weights, default_weights
from thidua.restore.language import LanguageModel
from thidua.restore.lattice import Arc, Candidate, Choice, Lattice
from thidua.restore.vocabulary import CLASSES, NUMBER
from tiny_language import tiny_model

NUMBER_ID = CLASSES.index(NUMBER)
EXACT = Weights(10_000, 1e9, 1.0, 1.0, 0.0, (0.0, 0.0, 0.0), -1000.0, 1.0, 0.0, 1.0)  # no beam, no capitals
WORDS = ["thi", "đua", "đại", "hội", "Đảng", "bảng", "quận", "12", "phong trào", "tranh,"]


@pytest.fixture(scope="module")
def model(tmp_path_factory: pytest.TempPathFactory) -> LanguageModel:
    return tiny_model(tmp_path_factory.mktemp("decode"))


def lattice(*slots: dict[str, float], merges: dict[tuple[int, int], dict[str, float]] | None = None) -> Lattice:
    spans = {(k, k + 1): slot for k, slot in enumerate(slots)} | (merges or {})
    arcs = [Arc(a, b, tuple(Candidate(t, s) for t, s in slot.items())) for (a, b), slot in spans.items()]
    return Lattice(len(slots), arcs)


def text(choices: list[Choice]) -> str:
    return " ".join(choice.text for choice in choices)


def paths(of: Lattice) -> list[tuple[list[tuple[Arc, Candidate]], float]]:
    """All paths with their channel scores."""

    def behind(position: int) -> list[list[tuple[Arc, Candidate]]]:
        if position == of.size:
            return [[]]
        return [
            [(arc, candidate), *rest]
            for arc in of.arcs
            if arc.start == position
            for candidate, rest in product(arc.candidates, behind(arc.end))
        ]

    return [(path, sum(c.score for _, c in path)) for path in behind(0)]


slots = st.dictionaries(st.sampled_from(WORDS), st.floats(-8, 0), min_size=1, max_size=3)


@given(st.lists(slots, min_size=1, max_size=4), st.booleans(), slots)
@settings(max_examples=60, deadline=None)
def test_best_path_and_posteriors_are_those_of_all_paths(
    model: LanguageModel, words: list[dict[str, float]], merged: bool, merge: dict[str, float]
) -> None:
    tried = lattice(*words, merges={(0, 2): merge} if merged and len(words) > 1 else {})
    weight: dict[tuple[int, int, str], float] = {}
    best: list[tuple[int, int]] = []
    best_score, total = -math.inf, 0.0
    for path, channel in paths(tried):
        spelt = model.vocabulary.encode(" ".join(c.text for _, c in path))
        score = channel + float(model.score(np.array([1, *spelt], np.uint16))[1:].sum())
        score -= sum(LETTER_COSTS[NUMBER_ID] * 2 for unit in spelt if unit == NUMBER_ID)  # "12" has two digits
        total += math.exp(score)
        for arc, candidate in path:
            key = (arc.start, arc.end, candidate.text)
            weight[key] = weight.get(key, 0.0) + math.exp(score)
        if score > best_score:
            best, best_score = [(arc.start, arc.end) for arc, _ in path], score
    for weighed in Decoder(model, EXACT).weigh(tried):
        for candidate, posterior in zip(weighed.arc.candidates, weighed.posteriors.tolist(), strict=True):
            expected = weight[weighed.arc.start, weighed.arc.end, candidate.text] / total
            assert posterior == pytest.approx(expected, abs=2e-3)
    choices = Decoder(model, EXACT).decode(tried)
    assert [(choice.start, choice.end) for choice in choices] == best
    for choice in choices:
        likeliest = max(share for key, share in weight.items() if key[:2] == (choice.start, choice.end))
        assert weight[choice.start, choice.end, choice.text] == pytest.approx(likeliest, rel=0.02)


def test_context_decides(model: LanguageModel) -> None:
    slots = [{"thi": -1.0, "thì": -0.5}, {"đưa": -0.5, "đua": -1.0}, {"yêu": 0.0}, {"nước": 0.0}]
    assert text(Decoder(model).decode(lattice(*slots))) == "thi đua yêu nước"


def test_readings_share_the_posterior(model: LanguageModel) -> None:
    (weighed,) = Decoder(model).weigh(lattice({"hội": 0.0, "thi": 0.0, "quận": -1.0, "bảng": -50.0}))
    assert weighed.posteriors.sum() == pytest.approx(1.0, abs=1e-3)
    assert [share > 0.01 for share in weighed.posteriors] == [True, True, True, False]


def test_capitals_follow_the_words_around(model: LanguageModel) -> None:
    either = {"đảng": 0.0, "Đảng": 0.0, "ĐẢNG": 0.0}
    decoder = Decoder(model)
    assert text(decoder.decode(lattice({"Đại": 0.0}, {"hội": 0.0}, either, {"bộ": 0.0}))) == "Đại hội Đảng bộ"
    assert text(decoder.decode(lattice({"TRUNG": 0.0}, {"ƯƠNG": 0.0}, either))) == "TRUNG ƯƠNG ĐẢNG"


@pytest.mark.parametrize(("omitted", "expected"), [(-1000.0, "của Đảng, Đại hội"), (-0.1, "của Đảng Đại hội")])
def test_a_comma_is_not_put_in_only_because_it_is_usual(model: LanguageModel, omitted: float, expected: str) -> None:
    slots = [{"của": 0.0}, {"Đảng": 0.0, "Đảng,": -1.5}, {"Đại": 0.0}, {"hội": 0.0}]
    weights = default_weights()
    weights.omitted = omitted
    assert text(Decoder(model, weights).decode(lattice(*slots))) == expected


@pytest.mark.parametrize("printed", ["đua.", "đua…", "Đua."])
def test_a_word_is_no_evidence_for_itself_printed_otherwise(model: LanguageModel, printed: str) -> None:
    readings = {printed: -0.5} | {other: -4.0 for other in ("đua.", "đua…", "Đua.") if other != printed}
    decoder = Decoder(model, weights(memory=0.9))
    (weighed,) = (w for w in decoder.weigh(lattice({"thi": 0.0}, readings)) if w.arc.start == 1)
    assert np.log(weighed.posteriors[1:] / weighed.posteriors[0]) == pytest.approx([-3.5, -3.5], abs=1e-3)


def weights(**fields: float) -> Weights:
    made = Weights.from_buffer_copy(EXACT)
    made.memory = 0.01  # there is a second pass
    for name, value in fields.items():
        setattr(made, name, value)
    return made


def posterior_of_first(model: LanguageModel, how: Weights, of: Lattice, text: str) -> float:
    arc, posteriors, _ = next(w for w in Decoder(model, how).weigh(of) if w.arc.start == 0)
    return float(posteriors[[candidate.text for candidate in arc.candidates].index(text)])


def test_a_mark_is_dirt_where_there_is_more_of_it(model: LanguageModel) -> None:
    how = weights(specks=0.01, ordinary=10.0)
    doubtful = {":": 0.0, "": -9.0}
    dirty, clean = [{"": 0.0, "thi": -9.0}] * 5, [{"đua": 0.0, "thi": -9.0}] * 5
    in_dirt, alone = (
        posterior_of_first(model, how, lattice(doubtful, {"thi": 0.0}, *tail), "") for tail in (dirty, clean)
    )
    assert in_dirt > 5 * alone


def test_the_noisier_a_text_the_less_its_letters_say(model: LanguageModel) -> None:
    how = weights(specks=0.01, ordinary=10.0, noise=0.7, noisy=1.0)

    def trusted(noise: float) -> float:
        """The posterior of what the channel likes and the language model does not."""
        read = lattice({"đua": -noise, "đại": -noise - 0.2}, {"hội": -noise, "thi": -noise - 0.2})
        return posterior_of_first(model, how, read, "đua")

    assert trusted(0.0) == pytest.approx(trusted(0.3))
    assert trusted(0.3) > 1.2 * trusted(1.0)


def test_merges_and_splits(model: LanguageModel) -> None:
    slots = [{"qu": -3.0}, {"ận": -3.0}, {"thiđua": -9.0, "thi đua": -2.0}]
    choices = Decoder(model).decode(lattice(*slots, merges={(0, 2): {"quận": -1.0}}))
    assert [(c.start, c.end, c.text) for c in choices] == [(0, 2, "quận"), (2, 3, "thi đua")]


def test_empty_text(model: LanguageModel) -> None:
    assert Decoder(model).decode(Lattice(0, [])) == []


def test_a_token_without_an_arc_is_an_error(model: LanguageModel) -> None:
    with pytest.raises(ValueError, match="no arc"):
        Decoder(model).decode(Lattice(2, [Arc(0, 1, (Candidate("thi", 0.0),))]))


def test_blocks_join_without_loss(model: LanguageModel, monkeypatch: pytest.MonkeyPatch) -> None:
    slot = {"thi": -1.0, "thì": -0.9}
    tried = lattice(*[slot, {"đua": 0.0}] * 60, merges={(k, k + 2): {"thi đua": -9.0} for k in range(0, 118, 2)})
    whole = Decoder(model).decode(tried)
    monkeypatch.setattr(decoding, "BLOCK", 7)
    monkeypatch.setattr(decoding, "OVERLAP", 6)
    parts = Decoder(model).decode(tried)
    assert text(parts) == text(whole) == " ".join(["thi đua"] * 60)
    assert [c.end for c in parts[:-1]] == [c.start for c in parts[1:]]


def test_the_pool_of_readings_is_emptied_when_full(model: LanguageModel, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(decoding, "POOLED", 10)
    decoder = Decoder(model)
    for _ in range(5):
        choices = decoder.decode(lattice(*[{"thi": 0.0, "thì": -0.1}, {"đua": 0.0, "đưa": 0.0}] * 4))
        assert text(choices) == " ".join(["thi đua"] * 4)


def test_posteriors_are_the_same_again(tmp_path: Path, model: LanguageModel) -> None:
    tried = lattice({"thi": -1.0, "thì": -0.9}, {"đua": -0.3, "đưa": -0.2}, {"quận": 0.0, "quân": 0.0})
    assert Decoder(model).decode(tried) == Decoder(model).decode(tried)
