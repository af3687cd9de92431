import json
from pathlib import Path

import pytest

from plan_texts import PLAN, view
from thidua.extract import directives, header, known
from thidua.folding import fold
from thidua.resources import rows

CASES = json.loads((Path(__file__).parent / "cases" / "directives.json").read_text(encoding="utf-8"))
HEAD = "KẾ HOẠCH\n\nTổ chức thi đua\n\n"


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["about"])
def test_cases(case: dict[str, object]) -> None:
    found = directives.find(view(HEAD + str(case["text"])))
    expected = case["directives"]
    assert isinstance(expected, list)
    assert [{name: getattr(item, name) for name in row} for item, row in zip(found, expected, strict=False)] == expected
    assert len(found) == len(expected)


def test_the_plan_does_not_cite_itself() -> None:
    text = PLAN + "\nPHỤ LỤC\n(Kèm theo Kế hoạch số 57/KH-PGDĐT ngày 05/02/2024 của Phòng Giáo dục và Đào tạo)\n"
    shown = view(text)
    assert [d.code for d in directives.find(shown, header.find(shown))] == ["12/KH-UBND"]


def test_a_law_in_another_directives_subject_is_cited_only() -> None:
    text = (
        HEAD
        + "Căn cứ Nghị định số 1/2024/NĐ-CP của Chính phủ quy định chi tiết Luật Phòng thủ dân sự;\n\nI. NỘI DUNG\n"
    )
    assert [(d.kind, d.role) for d in directives.find(view(text))] == [("Nghị định", "basis"), ("Luật", "cited")]


@pytest.mark.parametrize(
    ("name", "clues", "code"),
    [
        ("luat thi dua, khen thuong", {"year": 2022}, "06/2022/QH15"),
        ("luat thi dua, khen thuong", {"issued_on": "2003-11-26"}, "15/2003/QH11"),
        ("luat thi dua, khen thuong", {"cited_on": "2025-01-01"}, "06/2022/QH15"),
        ("luat thi dua, khen thuong", {"cited_on": "2023-05-05"}, None),  # both were adopted, one in force, one to come
        ("luat thi dua, khen thuong", {}, None),
        ("luat thi dua, khen thuong", {"year": 2013}, None),
        ("luat khong co", {"year": 2022}, None),
    ],
)
def test_identity(name: str, clues: dict[str, object], code: str | None) -> None:
    assert known.identity(name, **clues) == code  # type: ignore[arg-type]


def test_known_directives_are_rows_that_hold() -> None:
    table = rows("known_directives.tsv")
    names = {(row["kind"], fold(row["name"])) for row in rows("law_names.tsv")}
    for row in table:
        assert (row["kind"], fold(row["name"].removeprefix(row["kind"]).strip())) in names
        assert row["name"].startswith(row["kind"])
        assert row["issued_on"] <= row["valid_from"]
        assert not row["valid_to"] or row["valid_from"] < row["valid_to"]
    assert table
