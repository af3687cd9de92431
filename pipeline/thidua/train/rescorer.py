"""Train the rescorer: a small network that tells a syllable from those it is taken for by what stands around it.

    python -m thidua.train.rescorer --corpus ../shared/corpus --plans ../shared/plans/train --out models/rescorer-1

Every syllable of a passage is a target; the network sees all but the target itself. It chooses between the target and
syllables drawn from those that look alike, corrected for how they were drawn (sampled softmax, Jean et al. 2015). Some
of the context is replaced by such syllables too, since at run time the neighbours may be wrong. Embeddings start from
PMI, biases from counts, so that a short training is enough. How the network is mixed with the decoder is fitted
afterwards, see thidua.train.rescorer_weights. Needs torch; the program itself does not.
"""

from __future__ import annotations

import argparse
import math
from pathlib import Path

import numpy as np
import numpy.typing as npt
import torch  # type: ignore[import-not-found]
from torch.nn.functional import cross_entropy, dropout, glu, linear, pad  # type: ignore[import-not-found]

from ..resources import dictionary_path
from ..restore.packed import write_arrays
from ..restore.rescore import FORMAT, RADII, VERSION, WINDOW
from ..restore.vocabulary import Shape
from .language import WRITTEN_WEIGHTS
from .rescorer_data import (
    FIRST_SYLLABLE,
    NEAR,
    PADDING,
    SHARES,
    TABLE,
    WIDE,
    Confusions,
    Texts,
    draw_confusions,
    first_embeddings,
    read_texts,
)

UNIT, TOPIC, HIDDEN, READING, OWN_SHAPE = 96, 64, 192, 128, 16  # widths
PASSAGES, LENGTH = 8, 384  # of one step
RIVALS = 11  # syllables that a target is told from
NOISE = 0.05  # at most this share of a passage's context is replaced
CLEAN = 0.2  # share of passages without noise
RATE, WARM_UP, DECAY, DROPPED = 2e-3, 200, 0.01, 0.1
START_WEIGHTS = (1.0, 0.5, 0.0)  # decoder, network, unknown syllable: until they are fitted

Parameters = dict[str, torch.Tensor]
Ids = npt.NDArray[np.int64]


def first_parameters(texts: Texts, rng: np.random.Generator) -> Parameters:
    """The network before training; names as in the model file."""
    near, wide = first_embeddings(texts, NEAR, 128, rng), first_embeddings(texts, WIDE, TOPIC, rng)
    unit_share = READING * 5 // 8
    topics = TOPIC * len(RADII)
    shares = (texts.counts + 0.5) / (texts.counts + 0.5).sum()
    values: dict[str, npt.NDArray[np.floating]] = {
        "units": near[:, :UNIT] * 0.3,
        "topics": wide * 0.5,
        "readings": np.concatenate((near[:, :unit_share], wide[:, : READING - unit_share]), axis=1) * 0.2,
        "bias": np.log(shares),
        "shapes": rng.normal(0, 0.05, (len(Shape), UNIT)),
        "own_shape": rng.normal(0, 1.0, (len(Shape), OWN_SHAPE)),
    }
    sizes = {
        "local": (2 * WINDOW * UNIT, 2 * HIDDEN),
        "mixed": (HIDDEN + topics + OWN_SHAPE, 2 * HIDDEN),
        "deep": (HIDDEN, 2 * HIDDEN),
        "outward": (HIDDEN, READING),
        "topical": (topics, READING),
    }
    for name, (width, height) in sizes.items():
        scale = width**-0.5 * (0.5 if name == "outward" else 1.0)
        values[name] = rng.uniform(-scale, scale, (height, width))
        values[f"{name}.bias"] = np.zeros(height)
    return {name: torch.tensor(value, dtype=torch.float32, requires_grad=True) for name, value in values.items()}


def contexts(p: Parameters, unit_ids: Ids, shape_ids: Ids, where: Ids, *, dropped: float) -> torch.Tensor:
    """What the network expects at the (flat) places `where` of passages (passages x length): places x READING."""
    units, shapes, places = map(torch.from_numpy, (unit_ids, shape_ids, where))
    length = units.shape[1]
    row, column = places // length, places % length
    padding = (units == PADDING).unsqueeze(-1)
    embedded = torch.where(padding, 0.0, p["units"][units] + p["shapes"][shapes])
    padded = pad(dropout(embedded, dropped), (0, 0, WINDOW, WINDOW)).flatten(0, 1).to(torch.bfloat16)
    offsets = torch.tensor([*range(WINDOW), *range(WINDOW + 1, 2 * WINDOW + 1)])
    start = row * (length + 2 * WINDOW) + column
    window = padded[(start[:, None] + offsets).flatten()].reshape(len(places), -1)

    topics = torch.where(padding, 0.0, p["topics"][units])
    sums = pad(torch.cumsum(topics, 1), (0, 0, 1, 0)).flatten(0, 1)
    own = topics.flatten(0, 1)[places]
    around = []
    for radius in RADII:
        low, high = (column - radius).clamp(min=0), (column + radius + 1).clamp(max=length)
        first = row * (length + 1)
        around.append((sums[first + high] - sums[first + low] - own) / (high - low).sqrt().unsqueeze(-1))
    topic = torch.cat(around, -1).to(torch.bfloat16)
    own_shape = p["own_shape"][shapes.flatten()[places]].to(torch.bfloat16)
    with torch.autocast("cpu", torch.bfloat16):
        local = glu(linear(window, p["local"], p["local.bias"]))
        hidden = local + glu(linear(torch.cat((local, topic, own_shape), -1), p["mixed"], p["mixed.bias"]))
        hidden = hidden + glu(linear(dropout(hidden, dropped), p["deep"], p["deep.bias"]))
        expected = linear(hidden, p["outward"], p["outward.bias"]) + linear(topic, p["topical"], p["topical.bias"])
    return expected.float()


class Course:
    """Draws passages and computes the loss over them."""

    def __init__(self, texts: Texts, confusions: Confusions, rng: np.random.Generator) -> None:
        self._streams = {key: stream for key, stream in texts.streams.items() if len(stream.units) > LENGTH}
        self._others, self._chances, self._rng = confusions.others, confusions.log_chance + math.log(RIVALS), rng

    def passages(self, *, held_out: bool, source: str | None = None) -> tuple[Ids, Ids]:
        """Units and shapes, PASSAGES x LENGTH."""
        sources = [s for s in SHARES if (s, held_out) in self._streams and source in (None, s)]
        shares = np.array([SHARES[s] for s in sources])
        drawn = [self._streams[s, held_out] for s in self._rng.choice(sources, PASSAGES, p=shares / shares.sum())]
        starts = [int(self._rng.integers(0, len(stream.units) - LENGTH)) for stream in drawn]
        cut = [(s.units[k : k + LENGTH], s.shapes[k : k + LENGTH]) for s, k in zip(drawn, starts, strict=True)]
        return np.array([u for u, _ in cut], np.int64), np.array([s for _, s in cut], np.int64)

    def loss(self, p: Parameters, units: Ids, shapes: Ids, *, dropped: float) -> tuple[torch.Tensor, float]:
        """Mean cross-entropy over all syllables of the passages, and how often the target beats all rivals."""
        rates = self._rng.random((PASSAGES, 1)) * NOISE * (self._rng.random((PASSAGES, 1)) > CLEAN)
        replaced = (self._rng.random(units.shape) < rates) & (units >= FIRST_SYLLABLE)
        noisy = units.copy()
        noisy[replaced] = self._others[units[replaced], self._rng.integers(0, TABLE, int(replaced.sum()))]
        places = np.flatnonzero(units.ravel() >= FIRST_SYLLABLE)
        targets = units.ravel()[places][:, None]
        draws = self._rng.integers(0, TABLE, (len(places), RIVALS))
        rivals = self._others[targets, draws].astype(np.int64)
        expected = contexts(p, noisy, shapes, places, dropped=dropped)
        readings = torch.from_numpy(np.concatenate((targets, rivals), axis=1))
        scores = (p["readings"][readings] * expected.unsqueeze(1)).sum(-1) + p["bias"][readings]
        corrected = torch.cat((scores[:, :1], scores[:, 1:] - torch.from_numpy(self._chances[targets, draws])), 1)
        right = (scores[:, 0] > scores[:, 1:].amax(1)).float().mean()
        return cross_entropy(corrected, torch.zeros(len(places), dtype=torch.long)), float(right)


def train(texts: Texts, steps: int, seed: int = 1) -> Parameters:
    """The trained network. One thread, about 0.15 s a step."""
    torch.set_num_threads(1)
    torch.manual_seed(seed)
    rng = np.random.default_rng(seed)
    course = Course(texts, draw_confusions(texts, rng), rng)
    p = first_parameters(texts, rng)
    optimiser = torch.optim.AdamW(list(p.values()), lr=RATE, weight_decay=DECAY, betas=(0.9, 0.98), fused=True)
    for step in range(steps):
        optimiser.param_groups[0]["lr"] = RATE * min(1.0, (step + 1) / WARM_UP) * (1 - step / steps)
        loss, right = course.loss(p, *course.passages(held_out=False), dropped=DROPPED)
        optimiser.zero_grad(set_to_none=True)
        loss.backward()
        torch.nn.utils.clip_grad_norm_(list(p.values()), 1.0)
        optimiser.step()
        if (step + 1) % 250 == 0:
            print(f"step {step + 1}: loss {float(loss.detach()):.3f}, right {right:.3f}", flush=True)  # noqa: T201
    return p


def held_out_figures(p: Parameters, texts: Texts, source: str, batches: int = 8) -> tuple[float, float]:
    """Loss and share of right choices on held-out documents of a source."""
    rng = np.random.default_rng(5)
    course = Course(texts, draw_confusions(texts, rng), rng)
    with torch.no_grad():
        found = [course.loss(p, *course.passages(held_out=True, source=source), dropped=0.0) for _ in range(batches)]
    return sum(float(loss) for loss, _ in found) / batches, sum(right for _, right in found) / batches


def model_arrays(p: Parameters, units: tuple[str, ...]) -> dict[str, npt.NDArray[np.generic]]:
    """The arrays of the model file, half precision, padding left out."""
    kept = [k for k in range(len(units)) if k != PADDING]
    arrays: dict[str, npt.NDArray[np.generic]] = {
        "vocabulary": np.frombuffer("\n".join(units[k] for k in kept).encode(), np.uint8)
    }
    for name, tensor in p.items():
        values = tensor.detach().numpy()
        by_unit = name in ("units", "topics", "readings", "bias")
        by_column = f"{name}.bias" in p
        chosen = values[kept] if by_unit else values.T if by_column else values
        arrays[name] = np.ascontiguousarray(chosen).astype(np.float16).ravel()
    return arrays | {"weights": np.array(START_WEIGHTS, np.float32)}


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m thidua.train.rescorer", description=__doc__)
    parser.add_argument("--corpus", type=Path, required=True, help="folder of *.txt.xz")
    parser.add_argument("--plans", type=Path, required=True, help="folder of *.txt")
    parser.add_argument(
        "--written", type=Path, default=dictionary_path(""), help="folder of phrases.tsv, sentences.tsv"
    )
    parser.add_argument("--out", type=Path, required=True, help="model folder, such as models/rescorer-1")
    parser.add_argument("--steps", type=int, default=6000)
    arguments = parser.parse_args()
    written = [arguments.written / name for name in WRITTEN_WEIGHTS]
    texts = read_texts([*arguments.corpus.glob("*.txt.xz"), *arguments.plans.glob("*.txt"), *written])
    p = train(texts, arguments.steps)
    for source in ("harvest", "tnt", "vbpl", "sentences"):
        loss, right = held_out_figures(p, texts, source)
        print(f"held out, {source}: loss {loss:.3f}, right {right:.4f}", flush=True)  # noqa: T201
    arguments.out.mkdir(parents=True, exist_ok=True)
    write_arrays(arguments.out / "model.bin", model_arrays(p, texts.units), format_name=FORMAT, version=VERSION)


if __name__ == "__main__":
    main()
