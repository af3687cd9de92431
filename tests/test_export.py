"""Tables and files made from records."""

from __future__ import annotations

import csv
import json
from pathlib import Path

import pandas as pd
import pytest

from samples import full_record
from thidua import export
from thidua.errors import SetupError, UsageError
from thidua.export.csv import write_csv
from thidua.export.parquet import write_parquet
from thidua.export.xlsx import write_xlsx

CONTRACT = (
    "campaigns goals tasks directives movements events dates participants awards responsibilities recipients sections"
    " findings corrections"
)


def read(path: Path, **options: str) -> list[dict[str, str]]:
    encoding = options.pop("encoding", "utf-8")
    with path.open(encoding=encoding, newline="") as file:
        return list(csv.DictReader(file, delimiter=options.get("delimiter", ",")))


def test_the_contracts_tables_are_there_and_keyed() -> None:
    tables = {table.name: [column.name for column in table.columns] for table in export.tables()}
    assert set(CONTRACT.split()) <= tables.keys()
    assert all(columns[0] == "record_id" for columns in tables.values())
    assert all(len(columns) == len(set(columns)) for columns in tables.values())


def test_rows_have_exactly_the_columns_of_their_table() -> None:
    columns = {table.name: [column.name for column in table.columns] for table in export.tables()}
    seen = set()
    for name, row in export.rows(full_record()):
        assert list(row) == columns[name]
        seen.add(name)
    assert {"campaigns", "goals", "goals_quantities", "awards_quotas", "period_phases", "evidence"} <= seen


def test_every_value_of_the_record_is_in_a_table() -> None:
    cells = {str(cell) for _, row in export.rows(full_record()) for cell in row.values()}
    assert {
        "05/KH-PGDĐT",
        "Đoàn kết",
        "Đợt 1",
        "100%",
        "1975-04-30",
        "Chỉ thị 05",
        "03 tập thể",
        "no text layer",
    } <= cells


def test_nested_rows_point_to_their_parent() -> None:
    row = next(row for name, row in export.rows(full_record()) if name == "goals_quantities")
    assert (row["parent_item"], row["item"], row["value"]) == (0, 0, 100.0)


def test_csv_for_programs_is_exact(tmp_path: Path) -> None:
    write_csv([full_record()], tmp_path)
    assert not (tmp_path / "goals.csv").read_bytes().startswith(b"\xef\xbb\xbf")
    goals = read(tmp_path / "goals.csv")
    assert [goal["text"] for goal in goals] == ["- 100% đơn vị\ntham gia", "=1+2"]
    assert goals[0]["evidence_confidence"] == "0.97"
    [campaign] = read(tmp_path / "campaigns.csv")
    assert campaign["title"] == 'Phát động phong trào "Dạy tốt, học tốt"; năm 2025'
    assert (campaign["number"], campaign["symbol"], campaign["needs_review"]) == ("05", "", "false")
    [award] = read(tmp_path / "awards.csv")
    assert award["recipients"] == "collective; individual"
    assert read(tmp_path / "tasks.csv") == []


def test_csv_for_spreadsheets_is_safe_and_local(tmp_path: Path) -> None:
    write_csv([full_record()], tmp_path, profile="excel")
    assert (tmp_path / "goals.csv").read_bytes().startswith(b"\xef\xbb\xbf")
    goals = read(tmp_path / "goals.csv", encoding="utf-8-sig", delimiter=";")
    assert [goal["text"] for goal in goals] == ["'- 100% đơn vị\ntham gia", "'=1+2"]
    assert goals[0]["evidence_confidence"] == "0,97"


@pytest.mark.parametrize("text", ["=cmd()", "+1", "-1", "@x", "\t=1", "\r=1", " =1", "＝1"])
def test_no_cell_starts_a_formula(tmp_path: Path, text: str) -> None:
    record = full_record()
    record.goals[0].text = text
    write_csv([record], tmp_path, profile="excel")
    assert read(tmp_path / "goals.csv", encoding="utf-8-sig", delimiter=";")[0]["text"].startswith("'")


def test_parquet_keeps_types(tmp_path: Path) -> None:
    pq = pytest.importorskip("pyarrow.parquet")
    write_parquet([full_record(), full_record("f" * 16)], tmp_path)
    goals = pq.read_table(tmp_path / "goals.parquet").to_pylist()
    assert [goal["record_id"] for goal in goals] == ["0123456789abcdef"] * 2 + ["f" * 16] * 2
    assert goals[0]["evidence_confidence"] == 0.97
    assert pq.read_table(tmp_path / "tasks.parquet").num_rows == 0
    assert {table.name for table in export.tables()} == {path.stem for path in tmp_path.glob("*.parquet")}


def test_frames_hold_what_the_tables_hold() -> None:
    record = full_record()
    found = export.frames([record])
    assert list(found) == [table.name for table in export.tables()]
    for name, row in export.rows(record):
        frame = found[name]
        matches = [
            all(cell == want or (want is None and cell is pd.NA) for cell, want in zip(line, row.values(), strict=True))
            for line in frame.itertuples(index=False)
        ]
        assert any(matches), (name, row)
    assert found["events"]["years"].dtype == "Int64"


def test_xlsx_keeps_texts_as_texts(tmp_path: Path) -> None:
    openpyxl = pytest.importorskip("openpyxl")
    record = full_record()
    record.goals[0].text = "1.2\x07"
    write_xlsx([record], tmp_path)
    sheet = openpyxl.load_workbook(tmp_path / "records.xlsx")["goals"]
    names = [cell.value for cell in sheet[1]]
    texts = [sheet.cell(row, names.index("text") + 1) for row in (2, 3)]
    assert [(cell.value, cell.data_type) for cell in texts] == [("1.2", "s"), ("=1+2", "s")]


def test_jsonl_round_trip(tmp_path: Path) -> None:
    records = [full_record(), full_record("f" * 16)]
    export.write_records(records, tmp_path / "r.jsonl")
    assert list(export.read_records(tmp_path / "r.jsonl")) == records


def test_unknown_formats_and_missing_packages_are_told_before_work(monkeypatch: pytest.MonkeyPatch) -> None:
    with pytest.raises(UsageError, match="docx"):
        export.check_formats(["csv", "docx"])
    monkeypatch.setattr("importlib.util.find_spec", lambda name: None)
    with pytest.raises(SetupError, match=r"thidua\[xlsx\]"):
        export.check_formats(["xlsx"])


def test_table_schema_names_every_column() -> None:
    schema = json.loads(export.table_schema())
    assert [r["name"] for r in schema["resources"]] == [table.name for table in export.tables()]
