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


def score_record(gold: Row, record: Row, clean: Row | None = None) -> dict[str, FieldScore]:
    """The score of every group that the gold record speaks of.

    clean: the record of a correct text of the same pages, where the record is of only some pages of its document: a
    gold fact that those pages do not yield either is then not expected.
    """
    scores = {}
    kept = facts_on_pages(gold, clean) if clean is not None else {}
    for group in READERS:
        expected = kept[group] if group in kept else facts(gold, group)
        if group == "anniversaries" or expected is None:
            continue
        found = facts(record, "anniversaries" if group == "events" and "anniversaries" in gold else group) or []
        scores[group] = score_facts(expected, [fact for fact in found if _judged(gold, group, fact)])
    return scores


def facts_on_pages(gold: Row, clean: Row) -> dict[str, list[Fact]]:
    """The gold facts of each group that a clean text of the same pages yields."""
    kept = {}
    for group in READERS:
        expected, found = facts(gold, group), facts(clean, group) or []
        if expected is not None:
            kept[group] = [fact for fact in expected if any(same(fact, other) for other in found)]
    return kept


def _judged(gold: Row, group: str, fact: Fact) -> bool:
    """Of header and signature only the fields that the gold record names (a null counts as named)."""
    part = gold.get({"header": "document"}.get(group, group))
    return not isinstance(part, dict) or fact.key[0] in part
