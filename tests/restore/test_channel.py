"""The trained channels: what was printed must be among the candidates, and any string must be taken."""

from __future__ import annotations

import math

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from thidua.errors import ArtefactError
from thidua.resources import model_path
from thidua.restore.candidates import WIDER
from thidua.restore.channel import K_MARKED, Channel, K
from thidua.restore.channel_core import FORMAT, REMEDY, VERSION, ChannelCore
from thidua.restore.packed import map_arrays, write_arrays
from thidua.types import Alternative, Word

FORMS = st.text(min_size=1, max_size=30)


def texts(profile, form):
    return [candidate.text for candidate in Channel.load(profile).candidates(form)]


@pytest.mark.parametrize(
    ("form", "printed"),
    [
        ("hgc", "học"),
        ("c6", "có"),
        ("duorng", "đường"),
        ("Pai", "Đại"),
        ("thir", "thứ"),
        ("nguoi", "người"),
        ("tao;", "tạo;"),
        ("“Day", "“Dạy"),
        ("UY", "ỦY"),
        ("PANG", "ĐẢNG"),
        ("bﬁo", "bảo"),
        ("m&", "mở"),
        ("HDND", "HĐND"),
        ("xaydung", "xây dựng"),
        ("Luuy", "Lưu ý"),
        ("SO'Y", "SỞ Y"),
    ],
)
def test_what_was_printed_is_a_candidate_of_a_garbled_form(form, printed):
    assert printed in texts("eng", form)


@pytest.mark.parametrize(("form", "printed"), [("tố", "tổ"), ("kế", "kể"), ("trởng", "trưởng"), ("để", "để")])
def test_what_was_printed_is_a_candidate_of_a_lightly_misread_form(form, printed):
    assert printed in texts("vie", form)


def test_the_light_channel_trusts_a_word_and_the_heavy_one_does_not():
    assert Channel.load("vie").candidates("thì")[0].text == "thì"
    scores = {candidate.text: candidate.score for candidate in Channel.load("eng").candidates("bão")}
    assert scores["bão"] < -8  # a model without Vietnamese letters never reads ã


def test_the_source_s_placement_of_the_tone_is_kept():
    assert "hoá" in texts("vie", "hoá")
    assert "hóa" not in texts("vie", "hoá")


def test_what_no_text_explains_well_has_more_readings():
    assert len(texts("eng", "chang")) <= K + 1
    assert len(texts("eng", "tlnq")) > K + 1
    assert "từng" in texts("eng", "tlnq")


def test_dirt_is_known_by_how_often_it_is_read():
    channel = Channel.load("eng")
    assert channel.speck(":") > channel.speck("i") > channel.speck("M")
    assert all(
        channel.speck(form) is None for form in ("¢", "&", "5", "A", "I", "tt", "có", "y", "")
    )  # words, or what is left


def test_neighbours_are_read_as_one():
    joined = {candidate.text: candidate.score for candidate in Channel.load("eng").joined(("qu", "éc"))}
    assert "quốc" in joined
    assert max(joined.values()) < -3  # a space inside a word is rare


@settings(max_examples=150, deadline=None)
@given(FORMS)
def test_any_form_is_a_candidate_of_itself(form):
    for profile in ("eng", "vie"):
        found = Channel.load(profile).candidates(form)
        assert form in [candidate.text for candidate in found]
        assert len(found) <= WIDER * max(K, K_MARKED) + 1
        assert all(math.isfinite(candidate.score) for candidate in found)
        assert [c.score for c in found] == sorted((c.score for c in found), reverse=True)


@settings(max_examples=30, deadline=None)
@given(FORMS)
def test_the_same_form_has_the_same_candidates(form):
    channel = Channel.load("eng")
    first = channel.candidates(form)
    channel.candidates("khác")
    assert (
        Channel.candidates.__wrapped__(channel, form) == first if hasattr(Channel.candidates, "__wrapped__") else True
    )
    assert channel.candidates(form) == first


def test_a_word_s_low_confidence_speaks_against_it():
    channel = Channel.load("vie")

    def score(word, text):
        return next(c.score for c in channel.with_alternatives(word) if c.text == text)

    assert score(Word("tố", confidence=0.3), "tố") < score(Word("tố", confidence=0.97), "tố")


def test_the_engine_s_alternatives_are_candidates():
    word = Word("Xế", confidence=0.5, alternatives=(Alternative("Kế", 0.4), Alternative("a b", 0.1)))
    found = {c.text: c.score for c in Channel.load("vie").with_alternatives(word)}
    assert "Kế" in found
    assert "a b" not in found
    assert found["Kế"] <= found["Xế"]


def test_a_model_of_another_format_or_cut_off_is_refused(tmp_path):
    path = model_path("channel-eng-1") / "model.bin"
    with pytest.raises(ArtefactError):
        map_arrays(path, format_name=FORMAT, version=VERSION + 1, remedy=REMEDY)
    short = tmp_path / "model.bin"
    short.write_bytes(path.read_bytes()[:9000])
    with pytest.raises(ArtefactError):
        map_arrays(short, format_name=FORMAT, version=VERSION, remedy=REMEDY)


@pytest.mark.parametrize("table", ["rime_reads.parts", "prints", "read_starts", "syllable_reads.entries"])
def test_tables_that_do_not_fit_together_are_refused(tmp_path, table):
    arrays = map_arrays(model_path("channel-eng-1") / "model.bin", format_name=FORMAT, version=VERSION, remedy=REMEDY)
    broken = {**arrays, table: arrays[table].copy()}
    broken[table][:] = broken[table].max() + 7
    write_arrays(tmp_path / "model.bin", broken, format_name=FORMAT, version=VERSION)
    with pytest.raises(ArtefactError):
        ChannelCore(map_arrays(tmp_path / "model.bin", format_name=FORMAT, version=VERSION, remedy=REMEDY))
