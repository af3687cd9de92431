from __future__ import annotations

import math

from thidua.train.channel import speck_logs
from thidua.train.pairs import Pair


def pair(form: str, text: str) -> Pair:
    return Pair(1, False, "poor", "eng_full", 0.9, form, text)


def test_specks_are_what_is_often_read_where_nothing_was_printed() -> None:
    dirt = [pair(":", "")] * 6 + [pair("i", "")] * 3 + [pair("~", "")] * 2  # the last too rarely
    words = (
        [pair("¢", "")] * 5 + [pair("&", "")] * 5 + [pair("12", "")] * 5 + [pair("thi", "")] * 5 + [pair("A", "")] * 5
    )
    printed = [pair(":", ":")] * 4 + [pair("a", "a")] * 97 + [pair("a", "")] * 3
    logs = speck_logs(dirt + words + printed)
    total = len(dirt + words + printed)
    assert logs == {":": math.log(6 / total), "i": math.log(3 / total)}
