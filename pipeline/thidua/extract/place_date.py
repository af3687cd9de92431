"""Place and date of issue as a letterhead prints them: "Hải Phòng, ngày 16 tháng 12 năm 2024"."""

from __future__ import annotations

import re

Span = tuple[int, int]

# Reads folded text; day and month are what stands in their places, maybe by hand, maybe nothing.
PLACE_DATE = re.compile(
    r"(?P<place>[a-z][a-z .'\-]{1,40}?)?[\s,.;]*(?<![a-z])ngay(?P<day>[^,;:]{0,9}?)\s*"
    r"thang(?P<month>[^,;:]{0,7}?)\s*nam\s*(?P<year>(?:19|20)\d\d)"
)
_WORD = re.compile(r"(?:TP\.?|[^\W\d_]\w*\.?|-)", re.UNICODE)
_TIER = re.compile(r"(?:thành phố|tỉnh|huyện|quận|xã|phường|thị xã)\s+", re.IGNORECASE)
_LONGEST = 6  # words


def place(text: str, match: re.Match[str]) -> Span | None:
    """The range of the words that stand where the place should; None where there are none."""
    if not match["place"] or not match["place"].strip():
        return None
    start, end = match.span("place")
    # In a line of both columns the place is what stands behind the last wide gap.
    start = end - len(re.split(r"\s{3,}|\t", text[start:end])[-1])
    while start < end and not text[start].isalpha():
        start += 1
    start += _capitals(text[start:end])
    return start, start + len(text[start:end].rstrip(" ,.;"))


def _capitals(text: str) -> int:
    """Length of the words in capitals before a place that is not: the left column in a merged line."""
    words = list(re.finditer(r"\S+", text))
    if not words or words[-1].group().isupper():
        return 0
    mixed = next((w for w in words if not w.group().isupper() or w.group().startswith("TP")), words[-1])
    return mixed.start()


def is_place(text: str) -> bool:
    """Whether words may name a place: few, each with a capital ("Hải Phòng", "TP. Hồ Chí Minh", "thành phố Huế")."""
    tier = _TIER.match(text)
    words = text[tier.end() if tier else 0 :].split()
    return 0 < len(words) <= _LONGEST and all(_WORD.fullmatch(word) and not word[0].islower() for word in words)
