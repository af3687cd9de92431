"""A folder of results against a folder of truth.

Results are an output folder of `convert` (records.jsonl, texts/) or a folder of texts. Truth is a folder of correct
texts (*.txt) and gold records (*.json). A document is known by its file's name up to the first dot, so `a.scan.pdf`
belongs to `a.gt.txt` and `a.gold.json`; a shorter name that the document's begins with will do as well.
"""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

from ..errors import SourceMissing, UsageError
from .facts import READERS, Json, Row
from .fields import FieldScore, score_record
from .texts import TextScore, score_text


@dataclass
class Evaluation:
    """texts: score of each document's text; fields: scores of each group, one a document; alone: without any truth."""

    texts: dict[str, TextScore] = field(default_factory=dict)
    fields: dict[str, list[FieldScore]] = field(default_factory=lambda: defaultdict(list))
    alone: list[str] = field(default_factory=list)

    def all_texts(self) -> TextScore:
        total = TextScore()
        for score in self.texts.values():
            total.add(score)
        return total


@dataclass(frozen=True)
class _Result:
    name: str
    text: str | None
    record: Row | None


def evaluate(results: Path, truth: Path) -> Evaluation:
    """Score every document of the results that has a truth.

    Raises SourceMissing where a folder is not there, UsageError where no result has a truth.
    """
    for folder in (results, truth):
        if not folder.is_dir():
            raise SourceMissing(f"{folder} is not a folder", remedy="Name a folder")
    texts = {path.name.split(".")[0]: path for path in sorted(truth.glob("*.txt"))}
    golds = {path.name.split(".")[0]: path for path in sorted(truth.glob("*.json"))}
    evaluation = Evaluation()
    for result in _results(results):
        text, gold = _truth_of(result.name, texts), _truth_of(result.name, golds)
        if text is None and gold is None:
            evaluation.alone.append(result.name)
        if text is not None and result.text is not None:
            evaluation.texts[result.name] = score_text(text.read_text(encoding="utf-8"), result.text)
        if gold is not None and result.record is not None:
            for group, score in score_record(_row(gold.read_text(encoding="utf-8")), result.record).items():
                evaluation.fields[group].append(score)
    if not evaluation.texts and not evaluation.fields:
        remedy = "Give a document and its truth the same name up to the first dot"
        raise UsageError(f"Nothing in {results} has a truth in {truth}", remedy=remedy)
    return evaluation


def figures(evaluation: Evaluation) -> dict[str, object]:
    """The figures as plain values: rates in per cent, scores 0..1."""
    total = evaluation.all_texts()
    return {
        "texts": {
            name: {"words": score.words, "wer": round(score.wer, 3), "cer": round(score.cer, 3)}
            for name, score in {**evaluation.texts, "all": total}.items()
        },
        "kinds": dict(total.kinds.most_common()),
        "fields": {group: _means(scores) for group, scores in _ordered(evaluation)},
        "mean_f1": round(_mean_f1(evaluation), 4),
        "without_truth": evaluation.alone,
    }


def report_text(evaluation: Evaluation) -> str:
    """The figures as tables for a person."""
    lines = []
    if evaluation.texts:
        lines.append(f"{'text':<44}{'words':>8}{'WER %':>8}{'CER %':>8}")
        total = evaluation.all_texts()
        for name, score in [*evaluation.texts.items(), ("all", total)]:
            lines.append(f"{name[:43]:<44}{score.words:>8}{score.wer:>8.2f}{score.cer:>8.2f}")
        lines += ["", "wrong words by kind: " + ", ".join(f"{kind} {n}" for kind, n in total.kinds.most_common()), ""]
    if evaluation.fields:
        lines.append(f"{'group':<18}{'documents':>10}{'precision':>11}{'recall':>8}{'F1':>8}")
        for group, scores in _ordered(evaluation):
            mean = _means(scores)
            lines.append(
                f"{group:<18}{len(scores):>10}{mean['precision']:>11.3f}{mean['recall']:>8.3f}{mean['f1']:>8.3f}"
            )
        lines.append(f"{'mean over groups':<37}{'':>10}{_mean_f1(evaluation):>8.3f}")
    if evaluation.alone:
        lines.append(f"without a truth: {', '.join(evaluation.alone)}")
    return "\n".join(lines)


def _results(folder: Path) -> Iterator[_Result]:
    records = folder / "records.jsonl"
    if not records.exists():
        for path in sorted(folder.glob("*.txt")):
            yield _Result(path.name, path.read_text(encoding="utf-8"), None)
        return
    with records.open(encoding="utf-8") as file:
        for record in map(_row, file):
            source, text = record["source"], folder / "texts" / f"{record['record_id']}.txt"
            name = Path(str(source["path"])).name if isinstance(source, dict) else ""
            made = text.read_text(encoding="utf-8") if text.exists() else None
            yield _Result(name, made, record)


def _row(text: str) -> Row:
    value: Json = json.loads(text)
    return value if isinstance(value, dict) else {}


def _truth_of(file_name: str, files: dict[str, Path]) -> Path | None:
    name = file_name.split(".")[0]
    if name in files:
        return files[name]
    shorter = [known for known in files if name.startswith(f"{known}_")]
    return files[max(shorter, key=len)] if shorter else None


def _ordered(evaluation: Evaluation) -> Iterable[tuple[str, list[FieldScore]]]:
    return ((group, evaluation.fields[group]) for group in READERS if group in evaluation.fields)


def _means(scores: list[FieldScore]) -> dict[str, float]:
    """F1 of a group is the mean over the documents whose gold record speaks of it."""
    count = len(scores)
    return {
        "documents": count,
        "precision": round(sum(s.precision for s in scores) / count, 4),
        "recall": round(sum(s.recall for s in scores) / count, 4),
        "f1": round(sum(s.f1 for s in scores) / count, 4),
    }


def _mean_f1(evaluation: Evaluation) -> float:
    """Mean over the groups; a gold record lists only the findings that its reader noticed, so they are left out."""
    means = [_means(scores)["f1"] for group, scores in _ordered(evaluation) if group != "findings"]
    return sum(means) / len(means) if means else 0.0
