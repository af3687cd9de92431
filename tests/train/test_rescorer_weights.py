from __future__ import annotations

import numpy as np
import pytest

from thidua.train.rescorer_weights import PRIOR, fit, truths


def test_the_weights_that_made_the_choices_are_found() -> None:
    rng = np.random.default_rng(1)
    wanted = np.array([0.9, 0.6, -0.4])
    found = []
    for _ in range(4000):
        features = rng.normal(0, 1.5, (4, 3))
        shares = np.exp(features @ wanted)
        found.append((features, int(rng.choice(4, p=shares / shares.sum()))))
    assert fit(found) == pytest.approx(wanted, abs=0.3)


def test_samples_that_say_nothing_leave_the_prior() -> None:
    features = np.log(np.array([[0.5, 1, 1], [0.5, 1, 1]]))
    assert fit([(features, 0), (features, 1)]) == pytest.approx(PRIOR, abs=0.05)


def test_each_token_read_finds_what_was_printed() -> None:
    rows = [["Độc lập - Tự do"], ["Quận 12, ngày 21"]]
    lines = [["Doc", "lap", "-", "Tu", "do"], ["Quan", "12,", "ngay21"]]
    assert truths(rows, lines) == [["Độc", "lập", "-", "Tự", "do"], ["Quận", "12,", None]]
