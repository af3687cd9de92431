"""The record is the contract: its names, its closed lists and what it refuses."""

from __future__ import annotations

import json

import pytest
from pydantic import ValidationError

from thidua.record import CampaignRecord, Document, Event, Evidence, Source

NAMES = {
    "": "schema_version record_id source document theme period goals tasks directives movements events dates"
    " participants awards responsibilities recipients appendices signature sections findings corrections"
    " confidence needs_review",
    "Source": "path sha256 media_type pages text_from language",
    "Document": "kind kind_code number symbol code issued_on place issuer parent_issuer issuer_level title evidence",
    "Period": "start end end_event text phases evidence",
    "Phase": "name start end evidence",
    "Goal": "kind text section quantities evidence",
    "Quantity": "value unit text",
    "Task": "text section evidence",
    "Directive": "kind code number symbol issued_on year issuer about term role series mentions known_as evidence",
    "Movement": "name kind launched_by start_year end_year evidence",
    "Event": "name kind years from to ordinal term evidence",
    "DateMention": "date text role evidence",
    "Participant": "kind text evidence",
    "Award": "level level_text authority form title recipients quantity quotas condition by_proposal evidence",
    "Responsibility": "unit text evidence",
    "Recipient": "text evidence",
    "Appendix": "number title page evidence",
    "Signature": "authority position signer_position signer evidence",
    "Section": "number heading level parent page evidence",
    "Finding": "code severity message refers_to",
    "Evidence": "page start end raw text boxes confidence inferred",
}


def a_source() -> Source:
    return Source(path="a.txt", sha256="0" * 64, media_type="text/plain", pages=1, text_from="text")


def a_record(**parts: object) -> CampaignRecord:
    return CampaignRecord.model_validate({"record_id": "0123456789abcdef", "source": a_source(), **parts})


@pytest.mark.parametrize(("part", "names"), NAMES.items())
def test_schema_keeps_the_contracts_names(part: str, names: str) -> None:
    schema = CampaignRecord.model_json_schema(by_alias=True)
    properties = (schema["$defs"][part] if part else schema)["properties"]
    assert set(names.split()) <= properties.keys()


@pytest.mark.parametrize("date", ["2024", "2024-02", "2024-02-21"])
def test_dates_keep_the_printed_precision(date: str) -> None:
    assert Document(issued_on=date).issued_on == date


@pytest.mark.parametrize("date", ["21/02/2024", "2024-2-1", "", "năm 2024"])
def test_other_dates_are_refused(date: str) -> None:
    with pytest.raises(ValidationError):
        Document(issued_on=date)


def test_unknown_names_and_values_are_refused() -> None:
    with pytest.raises(ValidationError):
        a_record(them="x")
    with pytest.raises(ValidationError):
        a_record(record_id="480")
    with pytest.raises(ValidationError):
        a_record(findings=[{"code": "x", "severity": "fatal", "message": "m"}])


def test_json_round_trip_with_the_contracts_names() -> None:
    evidence = Evidence(page=1, start=0, end=3, raw="30/", text="30/")
    event = Event(name="Ngày Giải phóng miền Nam", kind="anniversary", from_="1975-04-30", evidence=evidence)
    record = a_record(events=[event])
    written = json.loads(record.to_json())
    assert written["events"][0]["from"] == "1975-04-30"
    assert "from_" not in written["events"][0]
    assert CampaignRecord.model_validate(written) == record
