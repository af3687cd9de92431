"""Candidates from a channel small enough to see through."""

from __future__ import annotations

import numpy as np
import pytest

from thidua.restore.candidates import Generator
from thidua.train.channel import learn_channel
from thidua.train.channel_arrays import channel_arrays
from thidua.train.spelling import Spelling

SYLLABLES = frozenset({"thi", "thì", "đua", "đưa", "tổ", "to", "chức", "nơi", "nhận", "hoa"})
COUNTS = {
    ("thi", "thi"): 60,
    ("thi", "thì"): 40,
    ("dua", "đua"): 50,
    ("dua", "đưa"): 10,
    ("dwa", "đưa"): 10,
    ("t6", "tổ"): 50,
    ("to", "to"): 20,
    ("chirc", "chức"): 30,
    ("chtrc,", "chức,"): 20,
    ("Noi", "Nơi"): 30,
    ("nhgn:", "nhận:"): 20,
    ("HDND", "HĐND"): 5,
    ("“thi", "“thi"): 10,
    ("hoa.", "hoa,"): 3,
    ("hoa,", "hoa,"): 30,
}


@pytest.fixture(scope="module")
def generator():
    tables = learn_channel(COUNTS, Spelling(SYLLABLES, frozenset({"hđnd"})))
    arrays = channel_arrays(tables, lambda form: -3.0, np.array([-6.0, -7.0, -7.0], np.float32))
    arrays["confidence_logs"] = arrays["frequencies"][:1] * 0
    arrays["specks"] = np.frombuffer(b":\t-7.0", np.uint8)
    return Generator(arrays, lambda text: -6.0)


def scores(generator, form):
    return dict(generator.readings(form, 20))


def test_what_was_seen_ranks_by_how_often_it_was(generator):
    found = scores(generator, "dua")
    assert found["đua"] > found["đưa"] > -3


def test_what_was_never_seen_is_composed_of_seen_parts(generator):
    found = scores(generator, "đc6")  # nothing like it
    assert "đc6" in found
    assert "tổ" in scores(generator, "T6".lower())
    assert "TỔ" not in scores(generator, "chirc")


def test_marks_stay_with_their_word_and_may_be_misread(generator):
    found = scores(generator, "chirc,")
    assert found["chức,"] > -1.5
    assert scores(generator, "hoa.")["hoa,"] > -6
    assert "“thì" in scores(generator, "“thi")


def test_words_that_are_no_syllables_are_found(generator):
    assert "HĐND" in scores(generator, "HDND")


def test_two_words_run_together_come_apart(generator):
    assert "Nơi nhận" in scores(generator, "Noinhgn")


def test_more_words_than_two_come_apart_where_they_are_well_read(generator):
    assert "Nơi nhận nhận" in scores(generator, "Noinhgnnhgn")
    assert not any(" " in text for text in scores(generator, "Noi/nhgn/nhgn"))  # as a code has it


def test_a_mark_between_two_words_may_have_been_a_space(generator):
    assert "thi đua" in scores(generator, "thi-dua")


def test_a_long_token_is_kept(generator):
    assert list(scores(generator, "x" * 5000)) == ["x" * 5000]
