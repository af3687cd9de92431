"""Measures a channel on pairs of held-out documents and writes its card."""

from __future__ import annotations

import hashlib
from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path

from ..restore.candidates import Generator
from ..restore.normalise import canonical_tone
from .pairs import Pair

WIDTHS = (1, 5, 20, 40)
GAP = 20  # page numbers
# Options beside the defaults that runs of pages were made with, by the number of their first page.
_EVENED = "--models eng_full --syllables 0.5"
RUN_OPTIONS = {
    10_000: _EVENED,
    20_000: "--models vie --syllables 0.3",
    30_000: _EVENED,
    40_000: _EVENED,
    50_000: "--models eng_full --syllables 0.8 --evenness 0",
}


@dataclass(frozen=True, slots=True)
class Recall:
    """Of how many tokens the printed text is among the 1, 5, 20, 40 candidates chosen (shares, 0..1)."""

    tokens: int
    shares: tuple[float, ...]


def recall_by_profile(generator: Generator, pairs: Iterable[Pair]) -> dict[str, Recall]:
    """The recall of candidates over one-word tokens without digits, by the pages' profile and for "all".

    Both placements of a tone mark count as the same text.
    """
    counts: dict[str, Counter[tuple[str, str]]] = defaultdict(Counter)
    for pair in pairs:
        if pair.form and pair.text and " " not in pair.form + pair.text and not any(map(str.isdigit, pair.text)):
            counts[pair.profile][pair.form, canonical_tone(pair.text)] += 1
    counts["all"] = sum(counts.values(), Counter())
    return {profile: _recall(generator, of_profile) for profile, of_profile in counts.items()}


def _recall(generator: Generator, counts: Mapping[tuple[str, str], int]) -> Recall:
    hits = Counter[int]()
    for (form, text), n in counts.items():
        for width in WIDTHS:
            hits[width] += n * (text in {canonical_tone(reading.text) for reading in generator.readings(form, width)})
    total = sum(counts.values())
    return Recall(total, tuple(hits[width] / max(total, 1) for width in WIDTHS))


def write_card(
    folder: Path, model: str, learned: Collection[Pair], held_out: Collection[Pair], recalls: Mapping[str, Recall]
) -> None:
    """Write card.md beside model.bin. learned, held_out: the pairs that made the model and those that measured it."""
    weights = (folder / "model.bin").read_bytes()
    rows = "\n".join(
        f"| {profile} | {recall.tokens:,} | " + " | ".join(f"{share:.2%}" for share in recall.shares) + " |"
        for profile, recall in sorted(recalls.items())
    )
    mix = Counter({pair.page: pair.profile for pair in learned}.values())
    (folder / "card.md").write_text(
        f"""# {folder.name}

What: P(form read | text printed) of Tesseract's `{model}` model on Vietnamese administrative pages, and the candidate
texts of a badly read token. Three levels, each the prior of the next: letters, onsets and rimes, syllables; marks at
the ends of a token apart. Read by `thidua.restore.channel`.

- Data: {len(learned):,} aligned pairs from {sum(mix.values()):,} generated pages ({_listed(mix)});
  measured on {len(held_out):,} pairs from {len({pair.page for pair in held_out}):,} pages of other documents.
- Texts: corpora of Vietnamese legal and administrative documents and 38 plans and rulings on emulation and awards,
  typeset in ten free fonts, spoilt like scans (`thidua.train.pages`). Such texts are outside copyright (Law on
  Intellectual Property of Vietnam, article 15). The plans kept for evaluation were not used.
- File: model.bin, {len(weights):,} bytes, SHA-256 `{hashlib.sha256(weights).hexdigest()}`
- Commands:

```
{_page_commands({pair.page for pair in [*learned, *held_out]})}
python -m thidua.train.pairs --pages PAGES --out pairs.tsv.xz
python -m thidua.train.channel --pairs pairs.tsv.xz --model {model} --out {folder}
```

Share of held-out tokens whose printed text is among the chosen candidates (no context; tokens without digits):

| pages | tokens | {" | ".join(f"of {width}" for width in WIDTHS)} |
| --- | --- | {" | ".join("---" for _ in WIDTHS)} |
{rows}

Limits: learned from generated pages; handwriting, stamps and fonts unlike Times, Arial or Noto are not covered.
""",
        encoding="utf-8",
    )


def _page_commands(pages: Collection[int]) -> str:
    """The commands that make these pages, one for each run of numbers; a run may lack a few that gave no pairs."""
    runs: list[list[int]] = []
    for page in sorted(pages):
        if runs and page - runs[-1][-1] <= GAP:
            runs[-1].append(page)
        else:
            runs.append([page])
    command = "python -m thidua.train.pages --corpus CORPUS --plans PLANS --tessdata TESSDATA --out PAGES"
    made = (f"--first {run[0]} --pages {run[-1] - run[0] + 1} {RUN_OPTIONS.get(run[0], '')}".rstrip() for run in runs)
    return "\n".join(f"{command} {numbers}" for numbers in made)


def _listed(mix: Mapping[str, int]) -> str:
    return ", ".join(f"{count:,} {profile}" for profile, count in sorted(mix.items()))
