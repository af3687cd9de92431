"""Marks that a reader makes of bullets, borders and dirt, alone or stuck to a word.

How often which was printed was counted over generated pages read by both models, and over documents as they are typed:
no word starts with an apostrophe, `~` is a dash, and one document of two hundred sets the closing `./.` apart.
"""

from __future__ import annotations

import re

from .lattice import Candidate
from .protect import Fixed

PARTED = 2.0  # ln of how much more often a space is read before "./." than printed there
CLOSING = "./."

_SPECKS = re.compile(r"[~_|`'‘’^¬\\]+")
_VIE_SPECKS = re.compile(r"[-~_|`'‘’^¬¡‹›„]{0,2}[_|`'‘’^¬¡‹›„]")
_SPECKED_DASH = re.compile(r"[-–][~_|`'‘’^]")
_DIRTY_DASH = re.compile(r"[-–][|`'‘’^]")
_DIRT_AT_START = ".,:;'`‘’_~^¬"
_BULLET = re.compile(r"_*~-?|—-|-~")
_DASH = re.compile(r"[—~]+-?")
_STUCK_BEFORE = re.compile(r"^[_`^~|¡‹¬']+(?=[^\W_])")
_STUCK_BEHIND = re.compile(r"(?<=[^\W_])([.,;:)”]*)[_`^~|‹¬]$")


def eng_mark(form: str) -> Fixed | None:
    """What a mark that stands alone is: a model without Vietnamese letters prints `—` for a dash, and specks."""
    if form == "—":
        return Fixed("–", "marks", 0.97)
    if _SPECKED_DASH.fullmatch(form):
        return Fixed(form[0], "specks", 0.9)
    return Fixed("", "specks", 0.9) if _SPECKS.fullmatch(form) else None


def vie_mark(form: str, *, opens_line: bool) -> Fixed | None:
    """What a mark that stands alone is in text of the Vietnamese model, which reads `~` for a dash, `_` for dirt."""
    if opens_line and _BULLET.fullmatch(form):
        return Fixed("-", "marks", 0.9)
    if _DASH.fullmatch(form):
        return Fixed("–", "marks", 0.9)
    if _DIRTY_DASH.fullmatch(form):
        return Fixed(form[0], "specks", 0.9)
    return Fixed("", "specks", 0.9) if _VIE_SPECKS.fullmatch(form) else None


def without_specks(form: str) -> str:
    """A word without the marks stuck to it that nobody prints.

    >>> without_specks("'Thủ"), without_specks("VPCP;_"), without_specks("'tăng tốc'")
    ('Thủ', 'VPCP;', "'tăng tốc'")
    """
    if "'" in form[1:]:
        return form
    return _STUCK_BEHIND.sub(r"\1", _STUCK_BEFORE.sub("", form, count=1))


def closed(candidates: tuple[Candidate, ...]) -> tuple[Candidate, ...]:
    """The readings of the last word of a document, with the closing "./." that was read apart from it."""
    return tuple(Candidate(c.text + CLOSING, c.score + PARTED) for c in candidates)


def may_be_dirt(text: str) -> bool:
    """Whether a token, or what it was decided to be, is nothing or marks that open no line: not a bullet, no word."""
    return not text.strip(_DIRT_AT_START)
