"""The spaCy pipeline: own tokenizer rules on a blank pipeline, and a ruler with the phrases of the dictionaries.

Tokens keep what belongs together in administrative text: document codes (480/KH-PGDĐT, 05-CT/TW), dates (09/12/2024),
abbreviations with "&" (GD&ĐT). `NORM` of a token is its folded form, so that phrases match in any case and with lost
diacritics; a span's label says how much: the ruler's spans are checked again where a field needs the exact letters.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from typing import TYPE_CHECKING

import spacy
from spacy.tokens import Doc
from spacy.util import registry

from ..folding import fold
from ..resources import rows

if TYPE_CHECKING:
    from spacy.language import Language
    from spacy.vocab import Vocab

PHRASES = "thidua_phrases"  # doc.spans key of the dictionary phrases

_TOKEN = re.compile(
    r"(?P<space>\s+)"
    r"|\d+[A-Za-zĐđ]?(?:/\d{4})?[/-][A-ZĐ][\w&.]*(?:[-/&][A-ZĐ][\w&.]*)*(?<![.&])"  # codes of both grammars
    r"|\d{1,2}[/.-]\d{1,2}[/.-]\d{4}"
    r"|\d+(?:[.,]\d+)*"
    r"|[^\W\d_]+(?:&[^\W\d_]+)*\d*"
    r"|\./\."
    r"|."
)


class Tokenizer:
    """A spaCy tokenizer for Vietnamese administrative text: syllables, codes, dates, numbers, punctuation."""

    def __init__(self, vocab: Vocab) -> None:
        self.vocab = vocab
        self._known: set[str] = set()

    def __call__(self, text: str) -> Doc:
        words: list[str] = []
        spaces: list[bool] = []
        for word, is_space in _split(text):
            if is_space and word.startswith(" ") and words and not spaces[-1]:
                spaces[-1] = True
                word = word[1:]
                if not word:
                    continue
            words.append(word)
            spaces.append(False)
        for word in set(words) - self._known:
            self.vocab[word].norm_ = fold(word)
            self._known.add(word)
        return Doc(self.vocab, words=words, spaces=spaces)

    # spaCy saves and loads pipelines through these; the rules are code, so there is nothing to keep.
    def to_bytes(self, **_: object) -> bytes:
        return b""

    def from_bytes(self, _data: bytes, **_kw: object) -> Tokenizer:
        return self

    def to_disk(self, _path: object, **_: object) -> None:
        return None

    def from_disk(self, _path: object, **_: object) -> Tokenizer:
        return self


def _split(text: str) -> Iterator[tuple[str, bool]]:
    for match in _TOKEN.finditer(text):
        yield match.group(), match.lastgroup == "space"


@registry.tokenizers("thidua_tokenizer.v1")
def create_tokenizer():  # type: ignore[no-untyped-def]
    """For `[nlp.tokenizer] @tokenizers = "thidua_tokenizer.v1"` in a spaCy config."""

    def build(nlp: Language) -> Tokenizer:
        return Tokenizer(nlp.vocab)

    return build


@cache
def build_nlp() -> Language:
    """The project's pipeline, built once: tokenizer and the dictionary phrases in doc.spans["thidua_phrases"]."""
    nlp = blank()
    ruler = nlp.add_pipe(
        "span_ruler",
        name=PHRASES,
        config={"spans_key": PHRASES, "phrase_matcher_attr": "NORM", "annotate_ents": False},
    )
    ruler.add_patterns([{"label": label, "pattern": phrase} for label, phrase in _phrases()])  # type: ignore[attr-defined]
    return nlp


def blank() -> Language:
    """A blank pipeline with the project's tokenizer; any length of text is allowed."""
    nlp = spacy.blank("xx")
    nlp.tokenizer = Tokenizer(nlp.vocab)
    nlp.max_length = 1 << 40  # the limit guards parsers; tokenizer and ruler are linear
    return nlp


def _phrases() -> list[tuple[str, str]]:
    """(label, phrase) of the dictionaries: kinds of documents, heads of bodies, positions, laws, movements."""
    found = {("KIND", row["name"]) for row in rows("document_kinds.tsv")}
    found |= {("BODY", row["head"]) for row in rows("agency_levels.tsv") if " " in row["head"]}
    found |= {("POSITION", row["position"]) for row in rows("positions.tsv")}
    found |= {("LAW", row["name"]) for row in rows("known_directives.tsv")}
    found |= {("MOVEMENT", row["name"]) for row in rows("known_movements.tsv")}
    return sorted(found)
