"""How right a text is: word and character error rates, and what kind of error each wrong word is.

A word is a run of characters that are not white space. Both placements of the tone mark (hoá, hóa) count as the same.
"""

from __future__ import annotations

import unicodedata
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from itertools import groupby

from rapidfuzz.distance import Levenshtein

from ..restore.normalise import canonical_tone

TONES = frozenset("\u0300\u0301\u0303\u0309\u0323")


@dataclass
class TextScore:
    """Errors of some texts. kinds: how many wrong words of each kind; examples: (words before, truth, made)."""

    words: int = 0
    wrong_words: int = 0
    characters: int = 0
    wrong_characters: int = 0
    kinds: Counter[str] = field(default_factory=Counter)
    examples: list[tuple[str, str, str]] = field(default_factory=list)

    @property
    def wer(self) -> float:
        """Word error rate in per cent."""
        return 100 * self.wrong_words / max(1, self.words)

    @property
    def cer(self) -> float:
        """Character error rate in per cent; runs of white space count as one character."""
        return 100 * self.wrong_characters / max(1, self.characters)

    def add(self, other: TextScore) -> None:
        self.words += other.words
        self.wrong_words += other.wrong_words
        self.characters += other.characters
        self.wrong_characters += other.wrong_characters
        self.kinds += other.kinds
        self.examples += other.examples


def words(text: str) -> list[str]:
    return canonical_tone(unicodedata.normalize("NFC", text)).split()


def score_text(truth_text: str, made_text: str) -> TextScore:
    """Errors of a text, aligned with its truth as a whole (line breaks count as white space)."""
    truth, made = words(truth_text), words(made_text)
    found = TextScore(
        words=len(truth),
        wrong_words=Levenshtein.distance(truth, made),
        characters=sum(map(len, truth)) + len(truth),
        wrong_characters=Levenshtein.distance(" ".join(truth), " ".join(made)),
    )
    # Operations that follow each other are one stretch: a split word is one replaced and one inserted.
    for equal, group in groupby(Levenshtein.opcodes(truth, made), key=lambda op: op.tag == "equal"):
        if equal:
            continue
        stretch = list(group)
        said = truth[stretch[0].src_start : stretch[-1].src_end]
        got = made[stretch[0].dest_start : stretch[-1].dest_end]
        found.kinds.update(kinds(said, got))
        before = " ".join(truth[max(0, stretch[0].src_start - 3) : stretch[0].src_start])
        found.examples.append((before, " ".join(said), " ".join(got)))
    return found


def kinds(truth: Sequence[str], made: Sequence[str]) -> list[str]:
    """What kind of error each word of a replaced stretch is."""
    if "".join(truth) == "".join(made):
        return ["split or merge"] * max(len(truth), len(made))
    common = min(len(truth), len(made))
    rest = ["missing"] * (len(truth) - common) + ["extra"] * (len(made) - common)
    return [kind(t, m) for t, m in zip(truth, made, strict=False)] + rest


def kind(truth: str, made: str) -> str:
    """The slightest description of what differs between a true word and the one made of it."""
    tests: list[tuple[str, Callable[[str], str]]] = [
        ("case", str.lower),
        ("punctuation", lambda w: "".join(c for c in w if c.isalnum()).lower()),
        ("tone", lambda w: _letters(w, keep_marks=True)),
        ("vowel mark", lambda w: _letters(w, keep_marks=False)),
        ("đ", lambda w: _letters(w, keep_marks=False).replace("đ", "d")),
    ]
    if [c for c in truth if c.isdigit()] != [c for c in made if c.isdigit()]:
        return "digit"
    return next((name for name, reduced in tests if reduced(truth) == reduced(made)), "letter")


def _letters(word: str, *, keep_marks: bool) -> str:
    decomposed = unicodedata.normalize("NFD", word.lower())
    marks = (c for c in decomposed if c.isalnum() or (unicodedata.combining(c) and keep_marks and c not in TONES))
    return "".join(marks)
