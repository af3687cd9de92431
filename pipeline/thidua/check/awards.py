"""Awards against the law: a form or title at a level that does not give it."""

from __future__ import annotations

from functools import cache

from ..record import Award, CampaignRecord, Finding
from ..resources import rows
from .findings import finding


def check(record: CampaignRecord) -> list[Finding]:
    """award-authority: by the law in force on the day of issue another level decides."""
    day = record.document.issued_on
    found = []
    for k, award in enumerate(record.awards):
        levels = _levels(award, day)
        if award.authority is None or award.level is None or not levels or award.level in levels:
            continue
        named = f"{award.form or award.title} by {award.authority}"
        message = f"{named}: by the law it is decided at the level of {' or '.join(sorted(levels))}"
        refers_to = [f"awards[{k}].authority", f"awards[{k}].level"]
        found.append(finding("award-authority", message, refers_to=refers_to, evidence=[award.evidence]))
    return found


def _levels(award: Award, day: str | None) -> frozenset[str]:
    if day is None:
        return frozenset()
    levels: set[str] = set()
    for name, row in _rows():
        if (
            name in (award.form, award.title)
            and row["valid_from"] <= day
            and (not row["valid_to"] or day <= row["valid_to"])
        ):
            levels |= set(filter(None, row["decided_at"].split("|")))
    return frozenset(levels)


@cache
def _rows() -> tuple[tuple[str, dict[str, str]], ...]:
    forms = [(row["form"], row) for row in rows("award_forms.tsv")]
    return (*forms, *((row["title"], row) for row in rows("award_titles.tsv")))
