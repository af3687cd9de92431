import json
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from plan_texts import PLAN, view
from thidua.extract import assemble, dates
from thidua.folding import fold

CASES = json.loads((Path(__file__).parent / "cases" / "dates.json").read_text(encoding="utf-8"))


@pytest.mark.parametrize("case", CASES["read"], ids=lambda case: case["text"])
def test_read(case: dict[str, str | None]) -> None:
    text = f"trước {case['text']} của"
    (found,) = dates.find(fold(text))
    assert text[found.start : found.end] == case["text"]
    assert found.iso == case["iso"]


@pytest.mark.parametrize("text", CASES["none"])
def test_no_date(text: str) -> None:
    assert list(dates.find(fold(text))) == []


@given(st.dates(min_value=date(1930, 1, 1), max_value=date(2099, 12, 31)))
def test_every_day_is_read_in_each_printed_form(day: date) -> None:
    iso = str(day)
    year, month, number = iso.split("-")
    for form in (
        f"ngày {number} tháng {month} năm {year}",
        f"{int(number)}/{int(month)}/{year}",
        f"{number}-{month}-{year}",
    ):
        assert [found.iso for found in dates.find(fold(form))] == [iso]


@pytest.mark.parametrize(
    ("iso", "last"), [("2025", "2025-12-31"), ("2024-02", "2024-02-29"), ("2025-06-05", "2025-06-05")]
)
def test_last_day(iso: str, last: str) -> None:
    assert dates.last_day(iso) == last


def test_roles_in_a_plan() -> None:
    record = assemble.extract(PLAN)
    roles = {(item.date, item.role) for item in record.dates}
    assert roles == {
        ("2024-02-05", "issued"),
        ("2024-01-15", "cited"),
        ("1954-05-07", "anniversary"),
        ("2024-05-07", "anniversary"),
        ("2024-02", "start"),
        ("2024-05-31", "end"),
        ("2024-05-20", "report"),
    }
    (report,) = [item for item in record.dates if item.role == "report"]
    assert (report.text, report.unit) == ("trước ngày 20/5/2024", "Các trường trực thuộc")


def test_a_day_without_a_year_is_the_next_one_and_inferred() -> None:
    text = PLAN.replace("trước ngày 20/5/2024", "trước ngày 15/01")
    (report,) = [item for item in assemble.extract(text).dates if item.role == "report"]
    assert report.date == "2025-01-15"
    assert report.evidence.inferred


def test_no_year_is_invented_without_a_date_of_issue() -> None:
    text = "KẾ HOẠCH\n\nThi đua\n\nI. NỘI DUNG\n\n- Báo cáo kết quả trước ngày 30/11.\n"
    assert assemble.extract(text).dates == []
    assert view(text).outline


@pytest.mark.parametrize(
    "text",
    ["từ 10 – 11/8/2019", "ngày 10-11/8/2019", "từ ngày 10 đến ngày 11 tháng 8 năm 2019", "(10 - 11/8/2019)"],
)
def test_two_days_of_one_month(text: str) -> None:
    assert [date.iso for date in dates.find(fold(text))] == ["2019-08-10", "2019-08-11"]


@pytest.mark.parametrize("text", ["từ tháng 10 đến 31/12/2020", "ngày 20 - 11/8/2019", "khóa 10 - 11/8/2019"])
def test_a_figure_before_a_date_is_no_day(text: str) -> None:
    assert len(list(dates.find(fold(text)))) == 1


@pytest.mark.parametrize(
    ("sentence", "roles"),
    [
        ("Chào mừng Đại hội Đảng toàn quốc, từ ngày 15/01/2026 đến hết ngày 15/02/2026.", ["other", "deadline"]),
        ("Chào mừng 80 năm ngày Quốc khánh, từ ngày 20/8/2025.", ["other"]),
        ("Tổ chức lễ phát động vào ngày 20/5/2025.", ["other"]),
        ("Quyết định thành lập Ban Tổ chức ngày 20/5/2025.", ["other"]),
        ("Kỷ niệm 50 năm Ngày giải phóng miền Nam (30/4/1975 - 30/4/2025).", ["anniversary", "anniversary"]),
        ("Chào mừng ngày 20/11/2025.", ["anniversary"]),
        ("Kỷ niệm Ngày sinh Chủ tịch Hồ Chí Minh 19/5/1890.", ["anniversary"]),
    ],
)
def test_only_what_is_commemorated_is_an_anniversary(sentence: str, roles: list[str]) -> None:
    text = f"KẾ HOẠCH\n\nThi đua\n\nI. NỘI DUNG\n\n- {sentence}\n\n- Tuyên truyền sâu rộng.\n"
    assert [item.role for item in assemble.extract(text).dates] == roles


def test_the_dates_of_two_phases_open_and_close_the_period() -> None:
    time = "- Đợt 1: Từ ngày 25/10/2022 đến ngày 05/11/2022.\n\n- Đợt 2: Từ ngày 07/11/2022 đến ngày 19/11/2022."
    text = f"KẾ HOẠCH\n\nThi đua\n\nI. THỜI GIAN\n\n{time}\n\nII. NỘI DUNG\n\n- Tuyên truyền.\n"
    assert [item.role for item in assemble.extract(text).dates] == ["start", "end", "start", "end"]


@pytest.mark.parametrize(
    ("text", "days"),
    [
        ("từ ngày 15/01 - 24/01/2026", ["2026-01-15", "2026-01-24"]),
        ("từ ngày 15/12 đến hết ngày 15/01/2027", ["2026-12-15", "2027-01-15"]),
        ("ngày 05/9 và ngày 20/11/2025", ["--09-05", "2025-11-20"]),
        ("từ 01/11 đến 10/11/2023", ["2023-11-01", "2023-11-10"]),
        ("từ 2/3 đại biểu đến dự", []),
    ],
)
def test_a_year_printed_once_for_a_range(text: str, days: list[str]) -> None:
    assert [found.iso for found in dates.find(fold(text))] == days


def test_roles_and_units_of_the_work() -> None:
    plan = (
        "KẾ HOẠCH\n\nThi đua\n\nI. THỜI GIAN\n\n- Đợt 1: Từ ngày 15/3/2024 đến ngày 07/5/2024.\n\n"
        "- Đợt 2: Từ ngày 08/5/2024 đến ngày 30/11/2024.\n\nII. TỔ CHỨC THỰC HIỆN\n\n"
        "1. Các sở, ban, ngành báo cáo kết quả trước ngày 05/12/2024; mở chuyên mục trong đợt, từ ngày 01/4/2024.\n"
    )
    found = {(item.date, item.role, item.unit) for item in assemble.extract(plan).dates}
    assert found == {
        ("2024-03-15", "start", None),
        ("2024-05-07", "end", None),
        ("2024-05-08", "start", None),
        ("2024-11-30", "end", None),
        ("2024-12-05", "report", "Các sở, ban, ngành"),
        ("2024-04-01", "other", None),
    }
