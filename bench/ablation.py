"""What is each part of the restoration worth? Word error rates with everything, and with one part changed at a time.

    python bench/ablation.py --set NAME DIR ENGINE [--set ...]

--set: a name for the column and a folder with <stem>.gt.txt (truth) and <stem>.<ENGINE>.txt (as read), as for
bench/restoration.py. Prints two tables in Markdown: word error rates by part, and what a threshold on the confidence of
the edits would leave. Parts are taken away from outside, by putting others in their place: the library has no switches.
"""

from __future__ import annotations

import argparse
from collections.abc import Callable, Mapping, Sequence
from contextlib import ExitStack
from dataclasses import replace
from pathlib import Path
from unittest.mock import patch

import numpy as np

from restoration import Pair, calibration, pairs_in
from thidua.evaluate.texts import TextScore, score_text
from thidua.resources import model_path
from thidua.restore import channel, decisions, decode, eng_readings, flow, rescore, restore_text, vie_readings
from thidua.restore.candidates import Around, Generator, Marks
from thidua.restore.channel import Channel
from thidua.restore.decode import Weighed, Weights, default_weights
from thidua.restore.eng_readings import EngReadings
from thidua.restore.language import MODEL, LanguageModel
from thidua.restore.lattice import Candidate
from thidua.restore.packed import Arrays, map_arrays
from thidua.trace import replay
from thidua.types import Restored

Change = Callable[[ExitStack], None]  # puts other parts in their place until the stack is closed
THRESHOLDS = (0.0, 0.5, 0.7, 0.9, 0.95)


def _nothing(_: ExitStack) -> None:
    """Everything as it is."""


def _without_tables(*names: str) -> Change:
    """A channel without what it remembers of whole syllables or rimes: their letters are weighed one by one."""

    def change(stack: ExitStack) -> None:
        def without(path: Path, *, format_name: str, version: int, remedy: str) -> Arrays:
            arrays = dict(map_arrays(path, format_name=format_name, version=version, remedy=remedy))
            for name in names:
                for part, values in (("starts", [0]), ("points", []), ("entries", [0]), ("parts", []), ("costs", [])):
                    key = f"{name}.{part}"
                    arrays[key] = np.array(values, arrays[key].dtype)
            return arrays

        stack.enter_context(patch("thidua.restore.channel.map_arrays", without))

    return change


def _no_rules(stack: ExitStack) -> None:
    """Neither codes, dates, numerals and abbreviations nor formulas and the order of the outline."""
    for module in (eng_readings, vie_readings, decisions):
        stack.enter_context(patch.object(module, "fixed", lambda form, mend: None))
    for name in ("_with_formulas", "_with_outline"):
        stack.enter_context(patch.object(flow, name, lambda forms, lines, made, *_: list(made)))
    stack.enter_context(patch.object(eng_readings, "_numerals", lambda form: ()))
    stack.enter_context(patch.object(EngReadings, "_abbreviations", lambda self, form: ()))


def _no_other_marks(stack: ExitStack) -> None:
    """Punctuation as read."""

    def as_read(marks: Marks, left: str, right: str) -> list[Around]:
        known = pairs(marks, left, right)
        return [around for around in known if (around.before, around.after) == (left, right)] or known[:1]

    pairs = Marks.pairs
    stack.enter_context(patch.object(Marks, "pairs", as_read))


def _no_splits(stack: ExitStack) -> None:
    """Every token is one word."""
    stack.enter_context(patch.object(Generator, "_run_together", lambda self, piece: []))
    stack.enter_context(patch.object(EngReadings, "joined", lambda self, first, second, *apart: ()))


def _no_rescorer(stack: ExitStack) -> None:
    def unchanged(_: object, path: Sequence[Weighed], breaks: bytes) -> list[Weighed]:
        return list(path)

    stack.enter_context(patch.object(rescore.Rescorer, "rescored", unchanged))


def _candidates(most: int) -> Change:
    def change(stack: ExitStack) -> None:
        found = Channel.candidates

        def fewer(self: Channel, form: str, k: int = most) -> tuple[Candidate, ...]:
            return found(self, form, most)

        stack.enter_context(patch.multiple(channel, K_SHORT=0, K_MARKED=0))
        stack.enter_context(patch.object(Channel, "candidates", fewer))

    return change


def _weights(**changed: float) -> Change:
    def change(stack: ExitStack) -> None:
        def weights() -> Weights:
            made = default_weights()
            for name, value in changed.items():
                setattr(made, name, value)
            return made

        stack.enter_context(patch.object(decode, "default_weights", weights))

    return change


def _order(order: int) -> Change:
    def change(stack: ExitStack) -> None:
        model = LanguageModel(model_path(MODEL) / "model.bin")
        model._struct.order = model.order = order
        stack.enter_context(patch.object(LanguageModel, "load", lambda: model))

    return change


PARTS: Mapping[str, Change] = {
    "everything": _nothing,
    "channel without readings of whole syllables": _without_tables("syllable_reads"),
    "nor of rimes: letter by letter behind the onset": _without_tables("syllable_reads", "rime_reads"),
    "no typed rules": _no_rules,
    "no second pass with the document's own words": _weights(memory=0.0),
    "the second pass not fitted to how noisy the text is": _weights(noisy=0.0),
    "nor to how speckled it is": _weights(noisy=0.0, ordinary=1e9),
    "no rescorer": _no_rescorer,
    "punctuation as read": _no_other_marks,
    "no splits and merges": _no_splits,
    **{f"at most {k} candidates": _candidates(k) for k in (8, 16, 20, 40)},
    **{f"beam of {beam}": _weights(beam=beam) for beam in (4, 8, 12, 48)},
    **{f"language model of order {order}": _order(order) for order in (2, 3, 4, 5)},
}


def _forget() -> None:
    """Empty what was worked out with other parts."""
    for cached in (decisions._eng_readings, decisions._vie_readings, decode._decoder, Channel.load):
        cached.cache_clear()


def restored(pairs: Sequence[Pair], change: Change) -> list[tuple[Pair, Restored]]:
    with ExitStack() as stack:
        change(stack)
        _forget()
        results = [(pair, restore_text(pair.source)) for pair in pairs]
    _forget()
    return results


def word_error_rate(results: Sequence[tuple[Pair, Restored]]) -> float:
    total = TextScore()
    for pair, made in results:
        total.add(score_text(pair.truth, made.text))
    return total.wer


def kept(result: Restored, threshold: float) -> Restored:
    """The text with the edits that are at least so sure."""
    edits = tuple(edit for edit in result.edits if edit.confidence >= threshold)
    return replace(result, text=replay(result.source, edits), edits=edits)


def share_right(results: Sequence[tuple[Pair, Restored]]) -> float:
    rows = calibration(results)
    return 100 * sum(right * count for _, right, count in rows) / max(1, sum(count for *_, count in rows))


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--set", nargs=3, action="append", required=True, metavar=("NAME", "DIR", "ENGINE"))
    sets = {name: pairs_in(Path(folder), engine) for name, folder, engine in parser.parse_args().set}
    print(f"| WER, % | {' | '.join(sets)} |")
    print(f"| --- |{' --- |' * len(sets)}")
    whole: dict[str, list[tuple[Pair, Restored]]] = {}
    for part, change in PARTS.items():
        results = {name: restored(pairs, change) for name, pairs in sets.items()}
        whole = whole or results
        print(f"| {part} | {' | '.join(f'{word_error_rate(made):.2f}' for made in results.values())} |", flush=True)
    print(f"\n| edits kept from | {' | '.join(sets)} |")
    print(f"| --- |{' --- |' * len(sets)}")
    for threshold in THRESHOLDS:
        cells = []
        for edited in whole.values():
            some = [(pair, kept(result, threshold)) for pair, result in edited]
            share = sum(len(made.edits) for _, made in some) / max(1, sum(len(made.edits) for _, made in edited))
            cells.append(
                f"{share_right(some):.2f} % right, {100 * share:.1f} % left, WER {word_error_rate(some):.2f} %"
            )
        print(f"| {threshold} | {' | '.join(cells)} |")


if __name__ == "__main__":
    main()
