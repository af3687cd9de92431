"""How right a record is: its facts against those of a gold record, group by group."""

from __future__ import annotations

from dataclasses import dataclass

from .facts import READERS, Fact, Row, facts, same


@dataclass(frozen=True)
class FieldScore:
    """Facts of one group in one document."""

    right: int
    wrong: tuple[Fact, ...]
    missed: tuple[Fact, ...]

    @property
    def precision(self) -> float:
        return self.right / (self.right + len(self.wrong)) if self.right or self.wrong else 1.0

    @property
    def recall(self) -> float:
        return self.right / (self.right + len(self.missed)) if self.right or self.missed else 1.0

    @property
    def f1(self) -> float:
        total = self.precision + self.recall
        return 2 * self.precision * self.recall / total if total else 0.0


def score_facts(gold: list[Fact], found: list[Fact]) -> FieldScore:
    """One-to-one: each found fact answers for one gold fact."""
    left = list(found)
    missed = []
    for fact in gold:
        match = next((other for other in left if same(fact, other)), None)
        if match is None:
            missed.append(fact)
        else:
            left.remove(match)
    return FieldScore(len(gold) - len(missed), tuple(left), tuple(missed))


def score_record(gold: Row, record: Row) -> dict[str, FieldScore]:
    """The score of every group that the gold record speaks of."""
    scores = {}
    for group in READERS:
        expected = facts(gold, group)
        if group == "anniversaries" or expected is None:
            continue
        found = facts(record, "anniversaries" if group == "events" and "anniversaries" in gold else group)
        scores[group] = score_facts(expected, found or [])
    return scores
