"""hOCR, as Tesseract writes it with lstm_choice_mode=2 -> lines of words with the readings of each character."""

from __future__ import annotations

import re
import unicodedata
from xml.etree import ElementTree

from ..types import Alternative, Box, Word

_BOX = re.compile(r"bbox (-?\d+) (-?\d+) (-?\d+) (-?\d+)")
_CONFIDENCE = re.compile(r"x_wconf (\d+)")
_CHOICE = re.compile(r"x_confs ([\d.]+)")
MOST_ALTERNATIVES = 6
LEAST_PROBABILITY = 0.02


def parse_hocr(hocr: bytes) -> list[list[Word]]:
    """Printed lines of words; lines and words without text are left out."""
    lines = []
    for element in ElementTree.fromstring(hocr).iter():
        if element.get("class") in {"ocr_line", "ocr_header", "ocr_textfloat", "ocr_caption"}:
            words = [word for child in element if (word := _word(child)) is not None]
            if words:
                lines.append(words)
    return lines


def _word(element: ElementTree.Element) -> Word | None:
    title = element.get("title", "")
    text = "".join(_normal(element.text).split())
    box, confidence = _BOX.search(title), _CONFIDENCE.search(title)
    if not text or box is None or confidence is None:
        return None
    x0, y0, x1, y1 = map(int, box.groups())
    readings = [_choices(child) for child in element]
    return Word(text, Box(x0, y0, x1, y1), int(confidence[1]) / 100, _alternatives(text, readings))


def _normal(text: str | None) -> str:
    # The `vie` model knows no en dash and reads an em dash for it; documents print the former.
    return unicodedata.normalize("NFC", text or "").replace("—", "–")


def _choices(element: ElementTree.Element) -> list[tuple[str, float]]:
    """The readings of one character, as (text, weight)."""
    choices = []
    for child in element:
        match = _CHOICE.search(child.get("title", ""))
        choices.append((_normal(child.text), float(match[1]) if match else 0.0))
    return choices


def _alternatives(text: str, readings: list[list[tuple[str, float]]]) -> tuple[Alternative, ...]:
    """Other readings of a word, most probable first: one or two of its characters read otherwise.

    The engine's lists are only used where their first readings spell the word; a list may be missing or belong to the
    space before it.
    """
    readings = [choices for choices in readings if choices and choices[0][0].strip()]
    if "".join(choices[0][0] for choices in readings) != text:
        return ()
    shares = [_shares(choices) for choices in readings]
    found: dict[str, float] = {}
    best = 1.0
    for share in shares:
        best *= share[0][1]
    single = [
        (position, other, probability / max(share[0][1], LEAST_PROBABILITY))
        for position, share in enumerate(shares)
        for other, probability in share[1:]
        if probability > 0
    ]
    for k, (position, other, odds) in enumerate(single):
        found[_spell(shares, {position: other})] = best * odds
        for position2, other2, odds2 in single[k + 1 :]:
            if position2 != position:
                found[_spell(shares, {position: other, position2: other2})] = best * odds * odds2
    found.pop(text, None)
    ranked = sorted(found.items(), key=lambda item: -item[1])[:MOST_ALTERNATIVES]
    return tuple(Alternative(other, probability) for other, probability in ranked if probability >= LEAST_PROBABILITY)


def _shares(choices: list[tuple[str, float]]) -> list[tuple[str, float]]:
    total = sum(weight for _, weight in choices)
    if not total:
        return [(choices[0][0], 1.0)]
    return [(text, weight / total) for text, weight in choices]


def _spell(shares: list[list[tuple[str, float]]], changed: dict[int, str]) -> str:
    return unicodedata.normalize("NFC", "".join(changed.get(k, share[0][0]) for k, share in enumerate(shares)).strip())
