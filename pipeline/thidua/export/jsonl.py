"""records.jsonl: one record a line, UTF-8, the contract's names. What all other files are made from."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path

from ..record import CampaignRecord


def read_records(path: Path) -> Iterator[CampaignRecord]:
    """The records of a file, one at a time."""
    with path.open("rb") as file:
        for line in file:
            if line.strip():
                yield CampaignRecord.model_validate_json(line)


def write_records(records: Iterable[CampaignRecord], path: Path) -> None:
    with path.open("w", encoding="utf-8", newline="\n") as file:
        file.writelines(record.to_json() + "\n" for record in records)
