"""Fit how much the rescorer's opinion counts beside the decoder's, on held-out pages that an OCR engine has read.

    python -m thidua.train.rescorer_weights --pages DIR --language DIR/model.bin --model models/rescorer-1

--pages: pages of running text that thidua.train.pages wrote (mere syllables have no context); --language: a language
model that has not seen the held-out documents (trained on what thidua.train.rescorer_data writes): one that has is
surer of itself than it will be at run time.
The weights maximise the likelihood of the true readings of uncertain tokens; they are written into the model.
"""

from __future__ import annotations

import argparse
import json
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

import numpy as np
import numpy.typing as npt

from ..restore.channel import Channel
from ..restore.decode import Decoder, Weighed
from ..restore.language import LanguageModel
from ..restore.lattice import Arc, Lattice
from ..restore.normalise import canonical_tone
from ..restore.packed import map_arrays, write_arrays
from ..restore.rescore import FORMAT, VERSION, Rescorer
from .pairs import align_rows, align_tokens

Floats = npt.NDArray[np.float64]
SURE_ENOUGH = 0.98  # posterior from which a token teaches nothing; above that of the rescorer: more to learn from
PRIOR = (0.9, 0.6, 0.0)  # where the weights are drawn to: held-out pages are closer to the training text than new plans
RIDGE = 0.3  # how much, for each token


def truths(rows: Sequence[Sequence[str]], lines: Sequence[Sequence[str]]) -> list[list[str | None]]:
    """For each token of each line read, the token printed; None where it has no counterpart of its own."""
    found: list[list[str | None]] = [[None] * len(line) for line in lines]
    for row, number in align_rows(rows, [" ".join(line) for line in lines]):
        tokens = row.split()
        for printed, read in align_tokens(tokens, lines[number]):
            if printed.stop - printed.start == 1 and read.stop - read.start == 1:
                found[number][read.start] = tokens[printed.start]
    return found


def lattice_of(lines: Iterable[Sequence[str]], channel: Channel) -> Lattice:
    """The lattice of the lines of a page."""
    forms = [(form, number == 0) for line in lines for number, form in enumerate(line)]
    arcs = [Arc(place, place + 1, channel.candidates(form)) for place, (form, _) in enumerate(forms)]
    return Lattice(len(forms), arcs, bytes(first for _, first in forms))


def samples(pages: Path, decoder: Decoder, rescorer: Rescorer) -> Iterator[tuple[Floats, int]]:
    """For each uncertain token whose true reading competes: (readings, 3) features and the number of the true one."""
    channel = Channel.load("eng")
    for path in sorted(pages.glob("page-*.json")):
        page = json.loads(path.read_text(encoding="utf-8"))
        if not page["held_out"] or "eng_full" not in page["read"]:
            continue
        lines = [[word for word, _ in line] for line in page["read"]["eng_full"]]
        truth = [text for line in truths(page["rows"], lines) for text in line]
        lattice = lattice_of(lines, channel)
        best = [weighed for weighed in decoder.weigh(lattice) if weighed.best is not None]
        for look in rescorer.looks(best, lattice.breaks, sure=SURE_ENOUGH):
            for doubt, features in zip(look.doubts, look.features(), strict=True):
                right = _right(best[doubt.number], doubt.rows, truth)
                if right is not None:
                    yield features[: len(doubt.rows)].astype(np.float64), right


def _right(weighed: Weighed, rows: Sequence[int], truth: Sequence[str | None]) -> int | None:
    arc = weighed.arc
    printed = truth[arc.start] if arc.end == arc.start + 1 else None
    if printed is None:
        return None
    texts = [canonical_tone(arc.candidates[row].text) for row in rows]
    return texts.index(canonical_tone(printed)) if canonical_tone(printed) in texts else None


def fit(found: Sequence[tuple[Floats, int]], rounds: int = 30) -> Floats:
    """The weights of greatest likelihood (a conditional logit, by Newton's method), drawn to PRIOR."""
    start = np.array(PRIOR)
    weights = start
    for _ in range(rounds):
        slope, curve = RIDGE * len(found) * (weights - start), RIDGE * len(found) * np.eye(3)
        for features, right in found:
            scores = features @ weights
            shares = np.exp(scores - scores.max())
            shares /= shares.sum()
            mean = shares @ features
            slope = slope + mean - features[right]
            curve = curve + (features * shares[:, None]).T @ features - np.outer(mean, mean)
        weights = weights - np.linalg.solve(curve, slope)
    return weights


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m thidua.train.rescorer_weights", description=__doc__)
    parser.add_argument("--pages", type=Path, required=True, help="folder of page-*.json")
    parser.add_argument("--language", type=Path, required=True, help="model.bin of a model without held-out documents")
    parser.add_argument("--model", type=Path, required=True, help="model folder, such as models/rescorer-1")
    arguments = parser.parse_args()
    path = arguments.model / "model.bin"
    arrays = map_arrays(path, format_name=FORMAT, version=VERSION, remedy="Train it with thidua.train.rescorer")
    found = list(samples(arguments.pages, Decoder(LanguageModel(arguments.language)), Rescorer(arrays)))
    weights = fit(found)
    print(f"{len(found)} uncertain tokens; weights {np.round(weights, 3).tolist()}")  # noqa: T201
    copied = {name: array.copy() for name, array in arrays.items()}
    write_arrays(path, copied | {"weights": weights.astype(np.float32)}, format_name=FORMAT, version=VERSION)


if __name__ == "__main__":
    main()
