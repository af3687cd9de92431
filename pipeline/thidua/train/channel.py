"""The channel model: how printed Vietnamese comes out of an OCR engine, learned from aligned pairs.

    python -m thidua.train.channel --pairs pairs.tsv.xz --model eng_full --out models/channel-eng-1

P(form | text) has three levels, each the prior of the next (absolute discounting, as in Kneser-Ney): single letters
(thidua.train.edits) -> marks, onsets and rimes (`ương` -> `uong`, `wong`) -> whole syllables (`thứ` -> `thir`). So what
is common is remembered and what is rare is composed.
"""

from __future__ import annotations

import argparse
import math
import unicodedata
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Mapping
from pathlib import Path

import numpy as np
import numpy.typing as npt

from ..restore.candidates import Generator
from ..restore.channel import two_words_frequency
from ..restore.channel_core import FORMAT, VERSION
from ..restore.language import LanguageModel
from ..restore.normalise import canonical_tone, without_ligatures
from ..restore.packed import write_arrays
from ..restore.vocabulary import UNKNOWN_ID
from .channel_arrays import channel_arrays
from .channel_card import recall_by_profile, write_card
from .channel_tables import ChannelTables, Table
from .edits import learn_letters
from .pairs import Pair, read_pairs
from .spelling import Spelling

DISCOUNT = 0.6
STRENGTH = {
    "left": 2.0,
    "onset": 12.0,
    "rime": 25.0,
    "right": 2.0,
    "syllable": 25.0,
}  # weight of the prior, in observations
DAMPING_PARTS, DAMPING_LETTERS = 0.5, 0.75
ROUNDS = 3
BINS = 20
LEAST_SPECKS, SPECK_SHARE, LONGEST_SPECK = 3, 0.05, 3  # seen, of all readings of the form, characters
NAMING = "ABCDIVX"  # classes, groups, viruses and chapters: no dirt
UNKNOWN = -16.0  # ln of how often a syllable occurs that the language model does not know
TITLE, UPPER = -2.0, -2.5  # ln of how much rarer than in lower case a syllable is, about


def token_counts(pairs: Iterable[Pair]) -> Counter[tuple[str, str]]:
    """How often each (form, text) of one token each occurs; tones at their canonical places."""
    return Counter(
        (without_ligatures(pair.form), canonical_tone(pair.text))
        for pair in pairs
        if pair.form and pair.text and " " not in pair.form + pair.text
    )


def space_logs(pairs: Iterable[Pair]) -> npt.NDArray[np.float32]:
    """ln P(a printed space is lost), ln P(it is read as a mark), ln P(a token is read with a space inside)."""
    lost = marked = inside = total = 1
    for pair in pairs:
        total += 1
        if pair.text.count(" ") == 1 and pair.form and " " not in pair.form:
            if any(not c.isalnum() for c in pair.form[1:-1]):
                marked += 1
            else:
                lost += 1
        inside += pair.text != "" and " " not in pair.text and pair.form.count(" ") == 1
    return np.log(np.array([lost, marked, inside]) / total).astype(np.float32)


def confidence_logs(pairs: Iterable[Pair]) -> npt.NDArray[np.float32]:
    """How much the engine's confidence in a word (BINS equal steps from 0 to 1) speaks for the word as read.

    ln of P(this confidence | read right) / P(this confidence | misread); it never falls as confidence grows.
    """
    right, wrong = np.full(BINS, 0.5), np.full(BINS, 0.5)
    for pair in pairs:
        if pair.form and pair.text:
            (right if pair.form == pair.text else wrong)[min(int(pair.confidence * BINS), BINS - 1)] += 1
    logs = np.log(right / right.sum()) - np.log(wrong / wrong.sum())
    return np.maximum.accumulate(logs).astype(np.float32)


def speck_logs(pairs: Iterable[Pair]) -> dict[str, float]:
    """ln P(a mark or letter is read where nothing was printed), for those that often are.

    Left out is what also stands for a word that was not read: `¢` for `có`, `&` for `và`.
    """
    specks, all_forms = Counter[str](), Counter[str]()
    for pair in pairs:
        all_forms[pair.form] += 1
        specks[pair.form] += pair.text == ""
    total = all_forms.total()
    return {
        form: math.log(n / total)
        for form, n in sorted(specks.items())
        if _may_be_dirt(form) and n >= LEAST_SPECKS and n >= SPECK_SHARE * all_forms[form]
    }


def _may_be_dirt(form: str) -> bool:
    kinds = {unicodedata.category(c) for c in form}
    marks = not kinds & {"Sc", "So"} and not any(c.isalnum() or c in "&@%§" for c in form)
    letter = len(form) == 1 and form.isalpha() and form not in NAMING
    return 0 < len(form) <= LONGEST_SPECK and (marks or letter)


def frequency_of(language: LanguageModel) -> Callable[[str], float]:
    """ln of how often a printed syllable occurs: by the language model, capitals rarer by a fixed share."""

    def frequency(form: str) -> float:
        unit = language.id(form.lower())
        score = float(language.score(np.array([unit], np.uint16))[0]) if unit != UNKNOWN_ID else UNKNOWN
        return score + (0.0 if form.islower() else UPPER if form.isupper() and len(form) > 1 else TITLE)

    return frequency


def learn_channel(counts: Mapping[tuple[str, str], int], spelling: Spelling) -> ChannelTables:
    """All tables from (form, text) counts: letters first, then parts by Viterbi EM and syllables, then letters anew.

    As in Kneser-Ney, a level learns less from what the level above it remembers: counts are damped on their way down.
    """
    letters = learn_letters(counts)
    model = ChannelTables(letters, {}, spelling)
    for _ in range(ROUNDS):
        tables = _count_parts(model, counts)
        model = ChannelTables(letters, tables, spelling)
    of_letters: dict[tuple[str, str], float] = defaultdict(float)
    for table in tables.values():
        for printed, reads in table.counts.items():
            for read, n in reads.items():
                of_letters[read, printed] += n**DAMPING_LETTERS
    return ChannelTables(learn_letters(of_letters), tables, spelling)


def _floats() -> dict[str, float]:
    return defaultdict(float)


def _count_parts(model: ChannelTables, counts: Mapping[tuple[str, str], int]) -> dict[str, Table]:
    found: dict[str, dict[str, dict[str, float]]] = {kind: defaultdict(_floats) for kind in (*STRENGTH, "word")}
    composed: dict[tuple[str, str, str, str], int] = defaultdict(int)
    for (form, text), n in counts.items():
        parts = model.spelling.parts(text)
        probability, reads = max(model.splits(form, parts), default=(0.0, ("", "", "", "")))
        if probability <= 0:
            continue
        found["left"][parts.left][reads[0]] += n
        found["right"][parts.right][reads[3]] += n
        if parts.syllable:
            found["syllable"][parts.onset + parts.rime][reads[1] + reads[2]] += n
            composed[parts.onset, parts.rime, reads[1], reads[2]] += n
        else:
            found["word"][parts.rime][reads[2]] += n
    for (onset, rime, onset_read, rime_read), n in composed.items():
        found["onset"][onset][onset_read] += n**DAMPING_PARTS
        found["rime"][rime][rime_read] += n**DAMPING_PARTS
    return {kind: Table(tables, STRENGTH.get(kind, 2.0)) for kind, tables in found.items()}


def main() -> None:
    parser = argparse.ArgumentParser(description="The channel model, from aligned pairs")
    parser.add_argument("--pairs", type=Path, required=True, help="file that thidua.train.pairs wrote")
    parser.add_argument("--model", required=True, help="OCR model whose readings are learned: eng_full or vie")
    parser.add_argument("--out", type=Path, required=True, help="folder of the model, models/channel-...")
    arguments = parser.parse_args()
    arguments.out.mkdir(parents=True, exist_ok=True)
    all_pairs = [pair for pair in read_pairs(arguments.pairs) if pair.model == arguments.model]
    pairs, held_out = ([pair for pair in all_pairs if pair.held_out == which] for which in (False, True))
    language = LanguageModel.load()
    tables = learn_channel(token_counts(pairs), Spelling.load(language.vocabulary.units))
    arrays = channel_arrays(tables, frequency_of(language), space_logs(pairs))
    arrays["confidence_logs"] = confidence_logs(pairs)
    specks = "\n".join(f"{form}\t{log:.3f}" for form, log in speck_logs(pairs).items())
    arrays["specks"] = np.frombuffer(specks.encode(), np.uint8)
    write_arrays(arguments.out / "model.bin", arrays, format_name=FORMAT, version=VERSION)
    generator = Generator(arrays, two_words_frequency(language))
    write_card(arguments.out, arguments.model, pairs, held_out, recall_by_profile(generator, held_out))


if __name__ == "__main__":
    main()
