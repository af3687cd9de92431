"""Names that are printed in two ways, or otherwise than the movement is known."""

from __future__ import annotations

import re
import unicodedata
from functools import cache

from rapidfuzz import fuzz
from rapidfuzz.distance import Levenshtein

from ..record import CampaignRecord, Finding
from ..resources import rows
from .findings import Page, finding

_QUOTED = re.compile(r"“([^“”]{12,200})”")
_LIKE = 90.0  # similarity from which two names are one name with a slip
_COMPARED = 80  # quoted names that are compared with each other


def check(record: CampaignRecord, page: Page | None) -> list[Finding]:
    """name-spelling: one quoted name with a slip; name-known-as: a well-known movement under another wording."""
    found = _known(record)
    if page is not None and not page.restored.edits and page.restored.transcript is None:
        found += _pairs(page)  # in a text that was read or mended, a slip may be the reader's
    return found


def _known(record: CampaignRecord) -> list[Finding]:
    found = []
    for k, movement in enumerate(record.movements):
        printed = words(movement.name)
        best = max(_names(), key=lambda known: fuzz.ratio(words(known), printed), default=None)
        if best is None or _plain(words(best)) == _plain(printed) or fuzz.ratio(words(best), printed) < _LIKE:
            continue
        message = f'The page prints "{movement.name}"; the movement is known as "{best}"'
        found.append(
            finding(
                "name-known-as",
                message,
                severity="info",
                refers_to=[f"movements[{k}].name"],
                evidence=[movement.evidence],
            )
        )
    return found


def _pairs(page: Page) -> list[Finding]:
    spelled: dict[str, re.Match[str]] = {}
    for match in _QUOTED.finditer(page.text):
        spelled.setdefault(words(match[1]), match)
    names = list(spelled.items())[:_COMPARED]
    found = []
    for k, (first, here) in enumerate(names):
        for second, there in names[k + 1 :]:
            if fuzz.ratio(first, second) >= _LIKE and _slip(_plain(first).split(), _plain(second).split()):
                message = f'One name in two spellings: "{_flat(here[1])}" and "{_flat(there[1])}"'
                evidence = [page.evidence(*match.span(1)) for match in (here, there)]
                found.append(finding("name-spelling", message, severity="info", evidence=evidence))
    return found


def words(name: str) -> str:
    """The words of a name in lower case without punctuation."""
    return " ".join(re.findall(r"\w+", unicodedata.normalize("NFC", name).lower()))


def _slip(first: list[str], second: list[str]) -> bool:
    """Whether one name lacks a word of the other, or has one word with one wrong letter; other words, other names."""
    if len(first) != len(second):
        if abs(len(first) - len(second)) > 1:
            return False
        short, long = sorted((first, second), key=len)
        rest = iter(long)
        return all(word in rest for word in short)
    different = [(a, b) for a, b in zip(first, second, strict=True) if a != b]
    return len(different) == 1 and Levenshtein.distance(*different[0]) == 1


def _plain(folded: str) -> str:
    """Without diacritics and with i for y: the two placements of the tone mark (hoá, hóa) and sĩ, sỹ are no slips."""
    parts = unicodedata.normalize("NFD", folded.replace("đ", "d").replace("y", "i").replace("ỹ", "ĩ").replace("ý", "í"))
    return "".join(character for character in parts if not unicodedata.combining(character))


def _flat(text: str) -> str:
    return " ".join(text.split())


@cache
def _names() -> tuple[str, ...]:
    return tuple(row["name"] for row in rows("known_movements.tsv"))
