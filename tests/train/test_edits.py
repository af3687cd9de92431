"""The letter model, in Python and in the compiled core."""

from __future__ import annotations

import math

from hypothesis import given
from hypothesis import strategies as st

from thidua.restore.channel_core import LettersCore, pack_strings
from thidua.train.edits import learn_letters

PAIRS = {("tu", "tư"): 30, ("tw", "tư"): 20, ("tir", "từ"): 9, ("tr", "từ"): 2, ("m", "rn"): 1, ("nga", "nga"): 40}
WORDS = st.text(alphabet="tuwirngamưừ;", max_size=8)
MODEL = learn_letters(PAIRS)
CORE = LettersCore(MODEL.arrays())


def test_letters_are_learned_from_whole_words():
    assert MODEL.letter("ư", "u") > MODEL.letter("ư", "w") > MODEL.letter("ư", "a")
    assert MODEL.alignment("tir", "từ") == ("t", "ir")


def test_shares_of_a_letter_s_readings_stay_under_one():
    for letter in "tưừ":
        assert sum(math.exp(MODEL.letter(letter, read)) for read in ("t", "u", "w", "ir", "r", "")) <= 1


@given(WORDS, WORDS)
def test_the_core_finds_the_same_best_alignment(form, text):
    expected = MODEL.log_probability(form, text)
    found = CORE.log_probability(form, text)
    assert found == -1e9 if expected == -math.inf else math.isclose(found, expected, abs_tol=1e-3)


@given(WORDS, st.lists(WORDS, min_size=1, max_size=6, unique=True))
def test_a_table_of_texts_is_scored_like_its_texts(form, texts):
    texts = sorted(texts)
    logs = CORE.log_probabilities(form, *pack_strings(texts), least=-500)
    for text, log in zip(texts, logs.tolist(), strict=True):
        assert math.isclose(log, CORE.log_probability(form, text), abs_tol=1e-3)
