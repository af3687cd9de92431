import json
from pathlib import Path

import pytest

from plan_texts import view
from thidua.extract import period

CASES = json.loads((Path(__file__).parent / "cases" / "periods.json").read_text(encoding="utf-8"))
PLAN = (
    "KẾ HOẠCH\n\nTổ chức thi đua{title}\n\nI. NỘI DUNG\n\n1. Thời gian thực hiện: {time}\n\n2. Nội dung\n\n- Thi đua.\n"
)


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["time"])
def test_section_on_time(case: dict[str, str | None]) -> None:
    found = period.find(view(PLAN.format(title="", time=case["time"])), "2024-12-16")
    assert (found.start, found.end, found.end_event) == (case["start"], case["end"], case["event"])


def test_the_day_of_issue_is_inferred() -> None:
    found = period.find(view(PLAN.format(title="", time="Từ khi ban hành đến hết năm 2025.")), "2024-12-16")
    assert found.evidence["start"].inferred
    assert not found.evidence["end"].inferred


def test_a_stage_in_the_title() -> None:
    found = period.find(view(PLAN.format(title=" giai đoạn 2026 - 2030", time="Theo quy định.")))
    assert (found.start, found.end) == ("2026", "2030")


def test_the_time_of_one_task_is_not_the_plans() -> None:
    text = "KẾ HOẠCH\n\nThi đua\n\nI. NỘI DUNG\n\n1. Hội nghị\n\nThời gian: từ ngày 01/3/2024 đến ngày 02/3/2024.\n"
    assert period.find(view(text)).text is None


def test_the_first_of_several_steps_is_not_the_plans_time() -> None:
    lines = ("1. Từ tháng 8/2022 đến tháng 9/2022: phát động.", "2. Quý III/2024: sơ kết.", "3. Trước ngày 31/10/2025.")
    steps = "".join(f"\n\n{line}" for line in lines)
    text = "KẾ HOẠCH\n\nThi đua giai đoạn 2022 - 2025\n\nI. NỘI DUNG\n\n- Thi đua.\n\nII. THỜI GIAN THỰC HIỆN" + steps
    found = period.find(view(text))
    assert (found.start, found.end) == ("2022", "2025")


def test_phases() -> None:
    time = (
        "Từ tháng 01/2024 đến tháng 12/2025.\n\n"
        "- Giai đoạn 1 (từ tháng 01/2024 đến tháng 12/2024);\n\n"
        "- Giai đoạn 2: từ tháng 01/2025 đến hết tháng 12/2025."
    )
    found = period.find(view(PLAN.format(title="", time=time)))
    assert [(p.name, p.start, p.end) for p in found.phases] == [
        ("Giai đoạn 1", "2024-01", "2024-12"),
        ("Giai đoạn 2", "2025-01", "2025-12-31"),
    ]


def test_a_plan_in_phases_runs_from_the_first_start_to_the_last_end() -> None:
    time = "\n\n- Đợt 1: Từ ngày 25/10/2022 đến ngày 05/11/2022.\n\n- Đợt 2: Từ 07/11 đến 19/11."
    found = period.find(view(PLAN.format(title="", time=time)), "2022-10-20")
    assert (found.start, found.end) == ("2022-10-25", "2022-11-19")
    assert [(p.start, p.end) for p in found.phases] == [("2022-10-25", "2022-11-05"), ("2022-11-07", "2022-11-19")]
    assert found.evidence["end"].inferred  # its year is not printed
    assert (found.text or "")[:5] + (found.text or "")[-5:] == "Đợt 119/11"


def test_no_year_of_a_period_is_invented_without_a_date_of_issue() -> None:
    assert period.find(view(PLAN.format(title="", time="Từ 25/10 đến 05/11."))).end is None


def test_times_of_many_tasks_are_not_the_plans() -> None:
    parts = "".join(
        f"{roman}. PHẦN VIỆC {roman}\n\n1. Nội dung\n\n- Thi đua.\n\n2. Thời gian thực hiện: Từ tháng {k}/2025.\n\n"
        for k, roman in enumerate(("I", "II", "III"), 1)
    )
    assert period.find(view("KẾ HOẠCH\n\nThi đua\n\n" + parts)).text is None


def test_phases_far_apart_have_each_their_own_words() -> None:
    between = "\n\n- Giám sát việc thực hiện các nội dung thi đua tại cơ sở." * 12
    first, last = "Đợt 1: Từ ngày 25/10/2022 đến ngày 05/11/2022", "Đợt 2: Từ ngày 07/11/2022 đến ngày 19/11/2022"
    time = f"\n\n- {first}.{between}\n\n- {last}."
    found = period.find(view(PLAN.format(title="", time=time)), "2022-10-20")
    assert (found.start, found.end) == ("2022-10-25", "2022-11-19")
    assert found.text == found.evidence["start"].text == first
    assert found.evidence["end"].text == last


def test_stages_of_years_are_the_phases() -> None:
    text = (
        "KẾ HOẠCH\n\nThi đua\n\nI. LỘ TRÌNH THỰC HIỆN\n\n1. Giai đoạn 2025 - 2030\n\n- Xây dựng nền tảng.\n\n"
        "2. Giai đoạn 2031 - 2035\n\n- Nhân rộng.\n"
    )
    found = period.find(view(text))
    assert (found.start, found.end) == ("2025", "2035")
    assert [(p.name, p.start, p.end) for p in found.phases] == [
        ("Giai đoạn 2025 - 2030", "2025", "2030"),
        ("Giai đoạn 2031 - 2035", "2031", "2035"),
    ]
