"""The numbering of the sections: numbers that are missing or stand twice."""

from __future__ import annotations

import re
from itertools import pairwise

from ..record import CampaignRecord, Finding, Section
from .findings import finding

_LETTERS = "abcdđeghiklmnopqrstuvxy"
_ROMAN = {"I": 1, "V": 5, "X": 10, "L": 50}


def check(record: CampaignRecord) -> list[Finding]:
    """section-missing: I, II, IV. section-repeated: IV, IV.

    Below the top, list items that are no headings take up numbers: there the number printed before counts, and only in
    text that was not read from images, where a number may be misread.
    """
    siblings: dict[str | None, list[tuple[int, Section]]] = {}
    for k, section in enumerate(record.sections):
        if section.number is not None and section.level == 1:
            siblings.setdefault(section.parent, []).append((k, section))
    found = []
    for group in siblings.values():
        for (_, before), (k, section) in pairwise(group):
            found += _step(before, section, k)
    if record.source.text_from != "ocr":
        for k, section in enumerate(record.sections):
            found += _gap(section, k) if section.level > 1 else []
    return found


def _gap(section: Section, k: int) -> list[Finding]:
    """A number is left out between a section and the item printed before it: 3, 5."""
    first, second = ordinal(section.previous or ""), ordinal(section.number or "")
    if first is None or second is None or first[0] != second[0] or second[1] <= first[1] + 1:
        return []
    if first[0] == "letter":
        return []  # "đ" may be left out
    message = f'Section {section.parent}: {section.number} ("{section.heading}") follows {section.previous}'
    return [finding("section-missing", message, refers_to=[f"sections[{k}].number"], evidence=[section.evidence])]


def _step(before: Section, section: Section, k: int) -> list[Finding]:
    first, second = ordinal(before.number or ""), ordinal(section.number or "")
    if first is None or second is None or first[0] != second[0]:
        return []
    refers_to = [f"sections[{k}].number"]
    evidence = [before.evidence, section.evidence]
    if second[1] == first[1]:
        message = f'Section number {section.number} stands twice: "{before.heading}" and "{section.heading}"'
        return [finding("section-repeated", message, refers_to=refers_to, evidence=evidence)]
    if second[1] > first[1] + 1:
        message = f'Section {section.number} ("{section.heading}") follows {before.number} ("{before.heading}")'
        return [finding("section-missing", message, refers_to=refers_to, evidence=evidence)]
    return []


def ordinal(number: str) -> tuple[str, int] | None:
    """(style, place) of a section number: `IV` -> ("roman", 4), `3` -> ("arabic", 3), `đ` -> ("letter", 5)."""
    if re.fullmatch(r"[IVXL]+", number):
        values = [_ROMAN[letter] for letter in number]
        return "roman", sum(-v if v < max(values[i:]) else v for i, v in enumerate(values))
    if number.isdigit():
        return "arabic", int(number)
    if len(number) == 1 and number in _LETTERS:
        return "letter", _LETTERS.index(number) + 1
    return None
