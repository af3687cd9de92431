from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from thidua.errors import ArtefactError
from thidua.restore import rescore as rescoring
from thidua.restore.decode import Weighed
from thidua.restore.lattice import Arc, Candidate
from thidua.restore.packed import Arrays, map_arrays, write_arrays
from thidua.restore.rescore import RADII, SURE, WINDOW, Rescorer
from thidua.restore.vocabulary import CLASSES, Shape

WORDS = ["thi", "đua", "đại", "hội", "đảng", "bằng", "quận", "quan"]
TEXTS = ["thi", "đua;", "Đại hội", "Đảng", "bằng,", "12", "QUẬN", "quan", "xyzzy", "“thi", "-", ""]


def tiny_arrays(seed: int = 1) -> Arrays:
    """A network of random numbers over WORDS."""
    rng = np.random.default_rng(seed)
    units, wide, hidden, reading, own = 6, 4, 5, 7, 3
    names = (*CLASSES, *WORDS)
    topics = wide * len(RADII)
    shapes = {
        "units": (len(names), units),
        "topics": (len(names), wide),
        "readings": (len(names), reading),
        "bias": (len(names), 1),
        "shapes": (len(Shape), units),
        "own_shape": (len(Shape), own),
        "local": (2 * WINDOW * units, 2 * hidden),
        "mixed": (hidden + topics + own, 2 * hidden),
        "deep": (hidden, 2 * hidden),
        "outward": (hidden, reading),
        "topical": (topics, reading),
    }
    arrays: Arrays = {name: rng.normal(0, 0.3, shape).astype(np.float16).ravel() for name, shape in shapes.items()}
    for name in ("local", "mixed", "deep", "outward", "topical"):
        arrays[f"{name}.bias"] = rng.normal(0, 0.3, shapes[name][1]).astype(np.float16)
    arrays["vocabulary"] = np.frombuffer("\n".join(names).encode(), np.uint8)
    arrays["weights"] = np.array([1.0, 0.7, -0.5], np.float32)
    return arrays


def token(place: int, readings: dict[str, float]) -> Weighed:
    candidates = tuple(Candidate(text, 0.0) for text in readings)
    posteriors = np.array(list(readings.values()), np.float32)
    return Weighed(Arc(place, place + 1, candidates), posteriors, int(posteriors.argmax()))


def chosen(weighed: Weighed) -> str:
    assert weighed.best is not None
    return weighed.arc.candidates[weighed.best].text


readings = st.dictionaries(st.sampled_from(TEXTS), st.floats(0.001, 1.0), min_size=1, max_size=6)
weighed_paths = st.lists(readings, max_size=40).map(
    lambda found: [
        token(k, {text: share / sum(one.values()) for text, share in one.items()}) for k, one in enumerate(found)
    ]
)


@given(weighed_paths, st.data())
@settings(max_examples=60, deadline=None)
def test_posteriors_are_shared_out_anew_among_words_only(path: list[Weighed], data: st.DataObject) -> None:
    breaks = bytes(data.draw(st.lists(st.integers(0, 2), min_size=len(path), max_size=len(path))))
    after = Rescorer(tiny_arrays()).rescored(path, breaks)
    assert [w.arc for w in after] == [w.arc for w in path]
    for old, new in zip(path, after, strict=True):
        assert new.best is not None
        assert old.best is not None
        assert new.posteriors.sum() == pytest.approx(old.posteriors.sum(), abs=1e-4)
        assert (new.posteriors >= 0).all()
        if old.posteriors[old.best] >= SURE:
            assert new is old
        for k, candidate in enumerate(old.arc.candidates):
            if candidate.text in ("12", "-", "", "Đại hội"):  # none or several syllables: none of its business
                assert new.posteriors[k] == old.posteriors[k]


def test_the_given_posteriors_stay_as_they_were() -> None:
    path = [token(0, {"thi": 0.6, "đua": 0.4})]
    Rescorer(tiny_arrays()).rescored(path, b"\0")
    assert path[0].posteriors.tolist() == pytest.approx([0.6, 0.4])


def test_tokens_weighed_in_small_lots_come_out_the_same(monkeypatch: pytest.MonkeyPatch) -> None:
    rng = np.random.default_rng(3)
    path = []
    for k in range(300):
        texts = rng.choice(TEXTS, 3, replace=False)
        path.append(token(k, dict(zip(texts.tolist(), (0.5, 0.3, 0.2), strict=True))))
    whole = Rescorer(tiny_arrays()).rescored(path, bytes(300))
    monkeypatch.setattr(rescoring, "BATCH", 7)
    parts = Rescorer(tiny_arrays()).rescored(path, bytes(300))
    for one, two in zip(whole, parts, strict=True):
        np.testing.assert_allclose(one.posteriors, two.posteriors, atol=1e-4)


def test_what_stands_far_away_does_not_count() -> None:
    far = [token(k, {"thi": 1.0}) for k in range(RADII[-1] + 1)]
    other = [token(0, {"quan": 1.0}), *far[1:]]
    doubt = token(len(far), {"đua;": 0.6, "bằng,": 0.4})
    model = Rescorer(tiny_arrays())
    one, two = (model.rescored([*before, doubt], bytes(len(far) + 1))[-1] for before in (far, other))
    np.testing.assert_allclose(one.posteriors, two.posteriors, atol=1e-5)
    near = [*far[:-1], token(len(far) - 1, {"quan": 1.0})]
    assert not np.allclose(model.rescored([*near, doubt], bytes(len(far) + 1))[-1].posteriors, one.posteriors)


def test_a_file_of_another_kind_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "model.bin"
    write_arrays(path, tiny_arrays(), format_name="thidua-channel", version=1)
    with pytest.raises(ArtefactError):
        map_arrays(path, format_name=rescoring.FORMAT, version=rescoring.VERSION, remedy="")


# The decoder leans the wrong way; what stands around tells. {} marks the doubtful token.
IN_THE_WILD = [
    ("phát động phong trào {} đua yêu nước trong toàn ngành", {"thì": 0.55, "thi": 0.45}, "thi"),
    ("nâng cao chất lượng dạy và {} trong nhà trường", {"hộc": 0.5, "học": 0.5}, "học"),
    ("tặng {} khen cho các tập thể, cá nhân có thành tích", {"bảng": 0.6, "bằng": 0.4}, "bằng"),
    ("người bệnh được khám và điều {} tại bệnh viện", {"trí": 0.6, "trị": 0.4}, "trị"),
    ("mưa lớn gây ngập úng, sạt {} đất", {"lỡ": 0.6, "lở": 0.4}, "lở"),
]


@pytest.mark.parametrize(("sentence", "doubtful", "printed"), IN_THE_WILD)
def test_the_installed_model_knows_what_belongs_together(
    sentence: str, doubtful: dict[str, float], printed: str
) -> None:
    tokens = sentence.split()
    path = [token(k, doubtful if text == "{}" else {text: 1.0}) for k, text in enumerate(tokens)]
    after = Rescorer.load().rescored(path, bytes(len(path)))
    assert chosen(after[tokens.index("{}")]) == printed


def test_names_are_left_to_the_decoder() -> None:
    doubt = {"Quận": 0.6, "Quan": 0.4}
    model = Rescorer(tiny_arrays())
    path = [token(0, doubt), token(1, {"thi": 1.0}), token(2, doubt)]
    after = model.rescored(path, b"\1\0\0")
    assert after[0] is not path[0]  # a sentence opens here
    assert after[2] is path[2]
