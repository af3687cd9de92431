"""Header fields of scans against facts read by eye: right, null, wrong but unsure, wrong and confident.

    python bench/headers.py RESULTS --facts FOLDER [--errors]

RESULTS: a records.jsonl, or a folder of scans to convert. A facts file STEM.facts.json holds `document` with the
record's names; only the fields that it names are compared. Beside a number of null, `number_note` {"handwritten": true,
"reads": "12"} says that it is written by hand, as `issued_on_note` {"handwritten": ["day"]} does of parts of the date:
leaving these out is right, and so is reading them. Texts are compared without regard to case and to where the tone mark
stands (hòa, hoà).
"""

from __future__ import annotations

import argparse
import json
import sys
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

from thidua.convert import convert
from thidua.errors import ThiduaError
from thidua.restore.normalise import canonical_tone

FIELDS = ("kind", "number", "symbol", "issued_on", "place", "issuer", "title")
OUTCOMES = ("right", "null", "wrong, unsure", "wrong, confident")
SURE = 0.7  # evidence under it says that the value is doubtful

Json = dict[str, "Json"] | list["Json"] | str | int | float | bool | None
Row = dict[str, Json]


def records(results: Path, stems: set[str]) -> Iterator[tuple[str, Row]]:
    """(stem of the source, `document` of its record)."""
    if results.is_dir():
        for path in sorted(p for p in results.iterdir() if p.stem in stems and p.suffix != ".json"):
            try:
                yield path.stem, convert(path).document.model_dump(mode="json")
            except ThiduaError as error:
                print(f"{path.name}: {error}", file=sys.stderr)
                yield path.stem, {}
        return
    for line in results.read_text("utf-8").splitlines():
        record = json.loads(line)
        yield Path(record["source"]["path"]).stem, record["document"]


def accepted(facts: Row, field: str) -> set[str | None]:
    """The readings of a field that are right, ready to compare."""
    values = {plain(facts[field])}
    note = facts.get(f"{field}_note")
    written = note.get("handwritten") if isinstance(note, dict) else None
    if field == "number" and isinstance(note, dict) and written:
        values |= {plain(note.get("reads"))}
    if field == "issued_on" and isinstance(written, list):
        date = str(facts[field])
        # What is left out takes all smaller parts with it.
        values |= {date[:7]} if written == ["day"] else {None} if "year" in written else {date[:4], date[:7]}
    return values


def plain(value: Json) -> str | None:
    if value is None:
        return None
    return " ".join(canonical_tone(word) for word in str(value).casefold().split()).replace("–", "-")


def outcome(facts: Row, document: Row, field: str) -> str:
    found = document.get(field)
    if plain(found) in accepted(facts, field):
        return "right"
    if found is None:
        return "null"
    evidence = document.get("evidence")
    proof = evidence.get(field) if isinstance(evidence, dict) else None
    sure = not isinstance(proof, dict) or float(str(proof["confidence"])) >= SURE
    return "wrong, confident" if sure else "wrong, unsure"


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("results", type=Path)
    parser.add_argument("--facts", type=Path, required=True)
    parser.add_argument("--errors", action="store_true", help="list every field that is not right")
    options = parser.parse_args()
    facts = {
        path.name.removesuffix(".facts.json"): json.loads(path.read_text("utf-8"))["document"]
        for path in sorted(options.facts.glob("*.facts.json"))
    }
    counts = {field: Counter[str]() for field in FIELDS}
    for stem, document in records(options.results, set(facts)):
        for field in FIELDS:
            if field in facts.get(stem, {}):
                result = outcome(facts[stem], document, field)
                counts[field][result] += 1
                if options.errors and result != "right":
                    print(f"{stem}: {field} {result}: {document.get(field)!r} for {facts[stem][field]!r}")
    print("| field | fields | " + " | ".join(OUTCOMES) + " |")
    print("| --- |" + " --- |" * (1 + len(OUTCOMES)))
    for name, counted in (*counts.items(), ("all", sum(counts.values(), Counter[str]()))):
        shares = " | ".join(str(counted[result]) for result in OUTCOMES)
        print(f"| {name} | {counted.total()} | {shares} |")
    return 0


if __name__ == "__main__":
    sys.exit(main())
