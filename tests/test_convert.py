"""The whole flow on the example sources: two plans, each as garbled text and as a bad scan."""

from __future__ import annotations

import hashlib
import subprocess
import sys
from functools import cache
from pathlib import Path

import pytest

import thidua
from thidua import trace
from thidua.errors import SourceMissing
from thidua.record import CampaignRecord
from thidua.types import Restored

pytestmark = pytest.mark.xdist_group("examples")  # one process reads the scans, once

EXAMPLES = Path(__file__).resolve().parent.parent / "data" / "raw"
AN_LAO_DIRECTIVES = {
    ("1575/KH-SGDĐT", "2024-12-09"),
    ("207/KH-UBND", "2024-10-11"),
    ("45-NQ/TW", "2019-01-24"),
    ("1516/QĐ-TTg", "2023-12-02"),
}
QUAN_12_DIRECTIVES = {
    ("988/UBND-NV", "2024-02-21"),
    ("05-CT/TW", "2016-05-15"),
    ("34-CT/TW", "2014-04-07"),
    ("25-CT/TU", "2014-08-12"),
    ("2260/KH-UBND-NV", "2023-04-13"),
}

text_and_scan = pytest.mark.parametrize("suffix", ["txt", pytest.param("pdf", marks=pytest.mark.slow)])


@cache
def restored(name: str) -> Restored:
    return thidua.read(EXAMPLES / name)


@cache
def record(name: str) -> CampaignRecord:
    return thidua.convert(EXAMPLES / name) if name.endswith(".txt") else thidua.extract(restored(name))


def coded(found: CampaignRecord) -> set[tuple[str, str | None]]:
    return {(d.code, d.issued_on) for d in found.directives if d.code}


def top_sections(found: CampaignRecord) -> list[str | None]:
    return [section.number for section in found.sections if section.level == 1]


@text_and_scan
def test_the_an_lao_plan(suffix: str) -> None:
    found = record(f"anlao.{suffix}")
    document, period = found.document, found.period
    assert (document.kind, document.code) == ("Kế hoạch", "480/KH-PGDĐT")
    assert (document.issued_on, document.place) == ("2024-12-16", "An Lão")
    assert coded(found) == AN_LAO_DIRECTIVES
    assert top_sections(found) == ["I", "II", "III", "IV", "V"]
    assert period.end == "2025-12-31"
    assert {"state", "province", "department", "district", "commune"} >= {award.level for award in found.awards}
    assert {"state", "province"} <= {award.level for award in found.awards}


@text_and_scan
def test_the_quan_12_plan(suffix: str) -> None:
    found = record(f"q12.{suffix}")
    assert coded(found) == QUAN_12_DIRECTIVES
    assert top_sections(found) == ["I", "II", "III"]
    assert found.document.code is None
    assert "anniversary-years" in {finding.code for finding in found.findings}


@text_and_scan
@pytest.mark.parametrize("name", ["anlao", "q12"])
def test_evidence_points_to_the_source(name: str, suffix: str) -> None:
    read, found = restored(f"{name}.{suffix}"), record(f"{name}.{suffix}")
    assert trace.replay(read.source, read.edits) == read.text
    to_source = trace.OffsetMap(read.edits).to_source
    items = [*found.directives, *found.goals, *found.awards, *found.movements, *found.recipients, *found.sections]
    places = [item.evidence for item in items] + list(found.document.evidence.values())
    assert len(places) > 20
    for place in places:
        assert read.text[place.start : place.end] == place.text
        start, end = to_source(place.start, place.end)
        assert read.source[start:end] == place.raw
        if suffix == "pdf" and not place.inferred:
            assert place.boxes


def test_the_models_that_changed_the_text_are_named() -> None:
    assert record("q12.txt").source.restored_by == "model.eng"


@text_and_scan
def test_corrections_are_the_edits(suffix: str) -> None:
    corrections = record(f"q12.{suffix}").corrections
    assert [(c.start, c.end, c.after) for c in corrections] == [
        (edit.start, edit.end, edit.after) for edit in restored(f"q12.{suffix}").edits
    ]


def test_the_source_is_described() -> None:
    path = EXAMPLES / "q12.txt"
    found = record("q12.txt")
    digest = hashlib.sha256(path.read_bytes()).hexdigest()
    assert (found.record_id, found.source.sha256) == (digest[:16], digest)
    assert (found.source.path, found.source.media_type, found.source.text_from) == (str(path), "text/plain", "text")
    assert found.source.page_sources[0].reason
    assert found.source.program.startswith("thidua ")


def test_a_record_does_not_change_from_run_to_run() -> None:
    assert thidua.convert(EXAMPLES / "q12.txt") == record("q12.txt")


def test_a_missing_source() -> None:
    with pytest.raises(SourceMissing, match="nothing"):
        thidua.convert("nothing.pdf")


@pytest.mark.parametrize("text", ["", " \n", "\x00\x01", "Hello, world.", "KẾ HOẠCH", "1. 2. 3.", "ﬁ" * 999])
def test_any_text_has_a_record(text: str) -> None:
    found = thidua.extract(text)
    assert found.document.code is None
    assert thidua.extract(thidua.restore(text)).directives == []


def test_verbs_stay_verbs_whatever_is_imported() -> None:
    code = (
        "import thidua.restore.normalise, thidua.extract, thidua.convert, thidua\n"
        "from thidua import CampaignRecord, convert, convert_many, extract, read, restore\n"
        "assert all(map(callable, (convert, convert_many, extract, read, restore)))\n"
        "assert restore('thi đua').text == 'thi đua'\n"
        "assert not hasattr(thidua, 'nonsense')\n"
    )
    subprocess.run([sys.executable, "-c", code], check=True)
