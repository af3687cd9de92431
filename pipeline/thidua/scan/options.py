"""What a caller may choose about reading."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class ReadOptions:
    """How sources are read.

    page_timeout: seconds that one page may take before it is given up; the other pages are kept.
    second_reading: read lines of low confidence a second time, another way.
    asterocr: have the recogniser of the extra `asterocr` vote on unsure words (None: where it is installed).
    """

    page_timeout: float = 120.0
    second_reading: bool = True
    asterocr: bool | None = None


DEFAULT = ReadOptions()
