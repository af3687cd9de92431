"""Noise and the way a page lies, told before anything is read."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
from PIL import Image

from thidua.errors import PageError
from thidua.scan import ocr, read_source
from thidua.scan.clean import Pixels
from thidua.scan.lying import lay
from thidua.scan.options import ReadOptions
from thidua.scan.picture import Picture, read_picture
from thidua.scan.sheet import longest_segments, split_segments
from thidua.scan.survey import quarter_turns

DATA = Path(__file__).parent / "data"


@pytest.fixture(scope="module")
def letter() -> Pixels:
    with Image.open(DATA / "letter.png") as image:
        return np.asarray(image.convert("RGB"))


@pytest.mark.parametrize(("turned", "told"), [(0, 0), (1, 1), (2, 2), (3, 1)])
def test_letters_tell_how_a_page_lies(letter: Pixels, turned: int, told: int) -> None:
    lying = lay(letter, 150, turned)
    assert quarter_turns(lying.prepared.components, lying.segment, lying.prepared.text) == told


def test_a_negative_is_read_as_its_positive(letter: Pixels) -> None:
    assert np.array_equal(lay(255 - letter, 150, 0).prepared.grey, lay(letter, 150, 0).prepared.grey)


def test_few_letters_say_nothing(letter: Pixels) -> None:
    few = letter.copy()
    few[250:] = 255
    lying = lay(few, 150, 0)
    assert quarter_turns(lying.prepared.components, lying.segment, lying.prepared.text) is None


@pytest.mark.parametrize("share", [0.05, 0.1, 0.3])
def test_noise_is_not_read(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, share: float) -> None:
    monkeypatch.setattr(ocr, "read_image", _fail)
    dots = np.random.default_rng(0).random((1000, 700)) < share
    Image.fromarray(np.where(dots, 0, 255).astype(np.uint8)).save(tmp_path / "noise.png", dpi=(200, 200))
    (page,) = read_source(tmp_path / "noise.png")
    assert page.lines == ()
    assert [note.code for note in page.notes] == ["page-unreadable"]
    assert page.notes[0].message == (
        "noise.png, page 1 cannot be read: noise or a pattern covers it. Scan this page again"
    )


def test_a_page_over_its_time_is_given_up(letter: Pixels) -> None:
    with pytest.raises(PageError, match=r"the time for a page is over\. Raise the deadline"):
        read_picture(Picture(letter, 150), number=1, reason="", options=ReadOptions(page_timeout=0.0))


def test_segments_in_portions(letter: Pixels) -> None:
    lying = lay(letter, 150, 0)
    found, text = lying.prepared.components, lying.prepared.text
    (whole,) = split_segments(found, lying.segment, text)
    assert np.array_equal(whole, lying.segment)
    portions = split_segments(found, lying.segment, text, scale=40.0)
    assert len(portions) > 1
    assert np.array_equal(sum((portion >= 0).astype(int) for portion in portions), (lying.segment >= 0).astype(int))
    for portion in portions:
        assert set(np.unique(portion)) == set(range(-1, portion.max() + 1))
    longest = longest_segments(lying.segment, 3)
    assert set(np.unique(longest)) == {-1, 0, 1, 2}
    sizes = np.bincount(lying.segment[lying.segment >= 0])
    assert sum(longest >= 0) == sum(sorted(sizes)[-3:])


def _fail(*_: object, **__: object) -> None:
    raise AssertionError("this must not be called")
