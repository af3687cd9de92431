"""Tokens: the maximal runs of characters that are not white space, punctuation included."""

from __future__ import annotations

import re
from typing import NamedTuple

_TOKEN = re.compile(r"\S+")


class Token(NamedTuple):
    """Half-open range of one token in the text it was found in."""

    start: int
    end: int


def tokens(text: str) -> list[Token]:
    """All tokens of a text, in order: `"Số: 12/KH"` has the tokens `"Số:"` and `"12/KH"`."""
    return [Token(*match.span()) for match in _TOKEN.finditer(text)]
