"""Steps of page preparation, each with its inverse, on drawn pages."""

from __future__ import annotations

import cv2
import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from thidua.scan import clean
from thidua.scan.inks import separate
from thidua.scan.lying import turn_box
from thidua.scan.prepare import prepare
from thidua.scan.tables import find_tables
from thidua.types import Box


def text_page(width: int = 900, height: int = 700, size: float = 1.0) -> clean.Pixels:
    """White paper with 14 rows of letters (15 pixels high, without marks)."""
    page = np.full((height, width), 255, np.uint8)
    for row in range(14):
        cv2.putText(page, "xaxonnavursaxe " * 3, (40, 60 + 44 * row), cv2.FONT_HERSHEY_TRIPLEX, size, 0, 2)
    return page


def rgb(page: clean.Pixels) -> clean.Pixels:
    return np.repeat(page[..., None], 3, axis=2)


@pytest.mark.parametrize("angle", [-3.0, -1.0, 0.0, 0.6, 2.0])
def test_skew_is_measured_and_undone(angle: float) -> None:
    leaning = clean.rotate(text_page(), -angle)
    assert clean.skew_angle(clean.ink(leaning)) == pytest.approx(angle, abs=0.15)
    level = clean.rotate(leaning, angle)
    assert abs(clean.skew_angle(clean.ink(level))) <= 0.15


def test_a_clean_page_stays_as_it_is() -> None:
    page = text_page()
    prepared = prepare(rgb(page), 200)
    assert prepared.steps == ()
    assert np.array_equal(prepared.grey, page)


def test_shadow_is_taken_away() -> None:
    page = text_page()
    shadow = np.linspace(0.6, 1.0, page.shape[1])[None, :]
    dark = np.asarray(page * shadow, np.uint8)
    assert clean.is_uneven(dark)
    even = clean.even_background(dark)
    assert np.percentile(even[:, :100], 75) > 240
    assert np.percentile(even[:, -100:], 75) > 240


@given(st.floats(-4, 4), st.integers(100, 700), st.integers(100, 500), st.integers(5, 90), st.integers(5, 40))
def test_boxes_find_their_way_back(angle: float, x: int, y: int, w: int, h: int) -> None:
    leaning = clean.rotation(angle, 900, 700)
    corners = np.array([[a, b, 1] for a in (x, x + w) for b in (y, y + h)]).T
    xs, ys = leaning @ corners
    level = Box(round(xs.min()), round(ys.min()), round(xs.max()), round(ys.max()))
    prepared = PREPARED.__class__(**{**FIELDS, "to_page": np.linalg.inv(np.vstack([leaning, [0, 0, 1]]))[:2]})
    back = prepared.box_to_page(level)
    assert back.x0 <= x + 1
    assert back.y0 <= y + 1
    assert back.x1 >= x + w - 1
    assert back.y1 >= y + h - 1


PREPARED = prepare(rgb(np.full((50, 50), 255, np.uint8)), 200)
FIELDS = {name: getattr(PREPARED, name) for name in PREPARED.__slots__}


@given(st.integers(0, 3), st.integers(0, 80), st.integers(0, 40), st.integers(1, 19), st.integers(1, 9))
def test_turned_boxes_find_their_way_back(turns: int, x: int, y: int, w: int, h: int) -> None:
    page = np.zeros((50, 100), np.uint8)
    page[y : y + h, x : x + w] = 1
    turned = np.rot90(page, turns)
    ys, xs = np.nonzero(turned)
    box = Box(int(xs.min()), int(ys.min()), int(xs.max()) + 1, int(ys.max()) + 1)
    if turns:
        box = turn_box(box, turns, 100, 50)
    assert box == Box(x, y, min(x + w, 100), min(y + h, 50))


@pytest.mark.parametrize(("factor", "step", "height"), [(0.45, "small type", 18), (2.0, "large type", 20)])
def test_type_gets_a_good_size(factor: float, step: str, height: float) -> None:
    page = clean.resize(text_page(), factor)
    prepared = prepare(rgb(page), 200)
    assert step in prepared.steps
    assert clean.text_height(clean.ink(prepared.grey)) == pytest.approx(height, abs=1.5)
    assert prepared.box_to_page(Box(0, 0, prepared.grey.shape[1], prepared.grey.shape[0])).x1 == pytest.approx(
        page.shape[1], abs=2
    )


def test_a_red_seal_goes_and_black_print_under_it_stays() -> None:
    page = rgb(text_page())
    cv2.circle(page, (500, 400), 140, (220, 40, 60), 8)
    cv2.putText(page, "SEAL", (430, 330), cv2.FONT_HERSHEY_TRIPLEX, 1.5, (220, 40, 60), 4)
    cv2.putText(page, "print", (440, 420), cv2.FONT_HERSHEY_TRIPLEX, 1.2, (20, 20, 20), 3)
    inks = separate(page, 200)
    (seal,) = inks.seals
    assert seal.x0 <= 360
    assert seal.x1 >= 640
    # The ring's left side runs over white paper between two rows.
    assert inks.grey[385:390, 352:368].min() > 180
    black = np.all(page < 60, axis=2)
    assert (inks.grey[black] < 90).mean() > 0.95


def test_a_grey_page_has_no_seal() -> None:
    assert separate(rgb(text_page()), 200).seals == ()


def test_cells_of_a_ruled_table() -> None:
    page = text_page()
    page[200:500] = 255
    for y in (220, 300, 380, 460):
        cv2.line(page, (60, y), (800, y), 0, 2)
    for x in (60, 200, 800):
        cv2.line(page, (x, 220), (x, 460), 0, 2)
    (table,), rules = find_tables(clean.ink(page), 15)
    assert [(cell.row, cell.cell) for cell in table.cells] == [(r, c) for r in range(3) for c in range(2)]
    assert rules[300, 300]
    assert not rules[60:80].any()
