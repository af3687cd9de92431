"""The checks on records: each family with what it must report and what it must leave alone."""

from __future__ import annotations

import pytest

from thidua import check
from thidua.check import outline
from thidua.check.anniversaries import years_between
from thidua.record import CampaignRecord, Finding
from thidua.types import Restored


def place(text: str = "x") -> dict[str, object]:
    return {"page": 1, "start": 0, "end": len(text), "raw": text, "text": text}


def record(**parts: object) -> CampaignRecord:
    complete = {"kind": "Kế hoạch", "issuer": "Sở Nội vụ", "code": "1/KH-SNV", "title": "Thi đua"}
    document = {**complete, "issued_on": "2024-02-05", **parts.pop("document", {})}  # type: ignore[dict-item]
    source = {"path": "", "sha256": "0" * 64, "media_type": "text/plain", "pages": 1, "text_from": "text"}
    return CampaignRecord.model_validate({"record_id": "0" * 16, "source": source, "document": document, **parts})


def findings(text: str | None = None, **parts: object) -> list[Finding]:
    return check.run(record(**parts), Restored(source=text, text=text) if text is not None else None)


def codes(text: str | None = None, **parts: object) -> list[str]:
    return [finding.code for finding in findings(text, **parts)]


def anniversary(years: int, first: str, last: str, name: str = "Ngày truyền thống") -> dict[str, object]:
    proof = place(f"{years} năm {name}")
    return {"kind": "anniversary", "name": name, "years": years, "from": first, "to": last, "evidence": proof}


def directive(code: str | None, kind: str = "Kế hoạch", text: str | None = None, **more: object) -> dict[str, object]:
    proof = place(text or f"{kind} số {code}")
    return {"kind": kind, "code": code, "role": "cited", "series": "state", "evidence": proof, **more}


def test_nothing_to_report() -> None:
    assert findings("Kế hoạch năm 2024./.\n\nNơi nhận:\n- Lưu: VT.") == []


@pytest.mark.parametrize(
    ("years", "first", "last", "reported"),
    [
        (75, "1948-06-11", "2024-06-11", True),
        (49, "1978-04-30", "2024-04-30", True),
        (76, "1948-06-11", "2024-06-11", False),
        (35, "1956", "1991", False),
        (34, "1956", "1991", True),
        (95, "1931-03", "2026-03", False),
        (94, "1931-03-26", "2026-02-03", False),
    ],
)
def test_years_of_anniversaries(years: int, first: str, last: str, reported: bool) -> None:
    assert ("anniversary-years" in codes(events=[anniversary(years, first, last)])) is reported


def test_the_message_says_what_the_page_says_and_what_would_agree() -> None:
    (finding,) = findings(events=[anniversary(49, "1978-04-30", "2024-04-30")])
    assert "49 years" in finding.message
    assert "give 46" in finding.message
    assert "1975" in finding.message
    assert finding.refers_to == ["events[0].years", "events[0].from", "events[0].to"]
    assert finding.evidence[0].text.startswith("49 năm")


def test_the_day_that_is_recalled() -> None:
    name = "Ngày Giải phóng miền Nam, thống nhất đất nước"
    assert codes(events=[anniversary(46, "1978-04-30", "2024-04-30", name)]) == ["anniversary-date"]
    assert codes(events=[anniversary(49, "1975-04-30", "2024-04-30", name)]) == []
    branch = "thành lập Đoàn TNCS Hồ Chí Minh Đại học Sông Trăng"
    assert codes(events=[anniversary(25, "1995-10-16", "2020-10-16", branch)]) == []


def test_years_between_counts_whole_years() -> None:
    assert years_between("1954-05-07", "2024-05-06") == 69


def test_directive_after_the_plan() -> None:
    assert codes(directives=[directive("57/KH-UBND", issued_on="2024-12-22")]) == ["directive-after-plan"]
    assert codes(directives=[directive("57/KH-UBND", issued_on="2024-02-05")]) == []
    assert codes(directives=[directive("57/KH-UBND", issued_on="2024")]) == []


@pytest.mark.parametrize(
    ("text", "code", "reported"),
    [
        ("Công văn số 7886/HD-BNV", "7886/HD-BNV", True),
        ("Hướng dẫn số 7886/HD-BNV", "7886/HD-BNV", False),
        ("Công văn số 988/UBND-NV", "988/UBND-NV", False),
        ("Kế hoạch số 05-CT/TW", "05-CT/TW", True),
        ("Quy định số 178-QĐ/TW", "178-QĐ/TW", False),
        ("7886/HD-BNV", "7886/HD-BNV", False),
    ],
)
def test_kind_against_code(text: str, code: str, reported: bool) -> None:
    assert ("directive-kind" in codes(directives=[directive(code, text=text)])) is reported


def test_kind_of_a_later_mention() -> None:
    cited = directive("12/HD-BNV", "Hướng dẫn", other_evidence=[place("Công văn số 12/HD-BNV")])
    assert codes(directives=[cited]) == ["directive-kind"]


def test_one_directive_with_two_dates() -> None:
    first = "Kế hoạch số 12/KH-UBND ngày 15/01/2024"
    again = [place("Kế hoạch số 12/KH-UBND ngày 16 tháng 01 năm 2024")]
    assert codes(directives=[directive("12/KH-UBND", text=first, other_evidence=again)]) == ["dates-contradict"]
    same = [place("Kế hoạch số 12/KH-UBND ngày 15 tháng 01 năm 2024")]
    assert codes(directives=[directive("12/KH-UBND", text=first, other_evidence=same)]) == []


def test_two_spellings_of_one_code() -> None:
    pair = [directive("12/KH-UBND", issued_on="2024-01-15"), directive("12/KH-UBMD", issued_on="2024-01-15")]
    assert codes(directives=pair) == ["code-spelling"]
    other = [directive("12/KH-UBND", issued_on="2024-01-15"), directive("12/KH-UBND-NV", issued_on="2023-01-15")]
    assert codes(directives=other) == []


def test_a_party_code_in_the_states_order() -> None:
    assert codes(directives=[directive("27/NQ-TW", "Nghị quyết")]) == ["code-spelling"]
    assert codes(directives=[directive("27-NQ/TW", "Nghị quyết", series="party")]) == []


@pytest.mark.parametrize(
    ("text", "reported"),
    [
        ("trước ngày 31/4/2024", True),
        ("ngày 29 tháng 02 năm 2023", True),
        ("ngày 29/02/2024", False),
        ("tỷ lệ 3/45/2024", True),
        ("số 31/4/2024/QĐ", False),
    ],
)
def test_days_that_do_not_exist(text: str, reported: bool) -> None:
    assert ("date-impossible" in codes(text)) is reported


def test_period_against_itself_and_the_issue() -> None:
    assert codes(period={"start": "2024-06", "end": "2024-05-31"}) == ["period-order"]
    assert codes(period={"start": "2023-10", "end": "2024-05"}) == ["period-before-issue"]
    assert codes(period={"start": "2024-02", "end": "2024-05-31"}) == []


def test_phases_outside_the_period() -> None:
    phase = {"name": "Đợt 2", "start": "2024-06-01", "end": "2025-01-31", "evidence": place()}
    assert codes(period={"start": "2024-03", "end": "2024-12-31", "phases": [phase]}) == ["period-phases"]
    assert codes(period={"start": "2024-03", "end": "2025-01-31", "phases": [phase]}) == []


def test_one_five_year_plan_with_two_spans() -> None:
    assert codes("kế hoạch 5 năm (2021 - 2025) và kế hoạch 05 năm (2020 - 2025)") == ["plan-period-disagreement"]
    assert codes("kế hoạch 5 năm (2016 - 2020) và 5 năm (2021 - 2025)") == []


def sections(*numbers: str, level: int = 1) -> list[dict[str, object]]:
    return [{"number": n, "heading": f"Phần {n}", "level": level, "page": 1, "evidence": place(n)} for n in numbers]


@pytest.mark.parametrize(
    ("numbers", "expected"),
    [
        (["I", "II", "III", "IV"], []),
        (["I", "II", "IV"], ["section-missing"]),
        (["I", "II", "IV", "IV"], ["section-missing", "section-repeated"]),
        (["1", "2", "3"], []),
        (["I", "1", "2"], []),
    ],
)
def test_section_numbers(numbers: list[str], expected: list[str]) -> None:
    assert codes(sections=sections(*numbers)) == expected
    assert codes(sections=sections(*numbers, level=2)) == []


@pytest.mark.parametrize(
    ("previous", "number", "expected"),
    [
        ("3", "5", ["section-missing"]),
        ("4", "5", []),
        (None, "5", []),
        ("IV", "5", []),
        ("d", "e", []),
    ],
)
def test_numbers_left_out_below_the_top(previous: str | None, number: str, expected: list[str]) -> None:
    section = {**sections(number, level=2)[0], "parent": "III", "previous": previous}
    assert codes(sections=[section]) == expected


def test_ordinals() -> None:
    assert [outline.ordinal(n) for n in ("IX", "14", "đ", "a1", "")] == [
        ("roman", 9),
        ("arabic", 14),
        ("letter", 5),
        None,
        None,
    ]


def test_required_fields() -> None:
    missing = {"kind": None, "issuer": None, "code": None, "issued_on": None, "title": None}
    assert codes(document=missing) == ["required-missing"] * 5
    blank = findings(document={"code": None, "symbol": "KH-SNV"})
    assert [finding.message for finding in blank] == ["The number before KH-SNV is blank"]


def test_handwriting_is_told_from_blanks() -> None:
    written = {"code": None, "symbol": "KH-SNV", "evidence": {"number": place("4?0")}}
    assert codes(document=written) == ["handwritten"]
    day = {"issued_on": "2024", "evidence": {"issued_on": place("ngày 1 tháng 12 năm 2024")}}
    assert codes(document=day) == ["handwritten"]
    scrawl = {"issued_on": "2017-10", "evidence": {"issued_on": place("ngày (O_ tháng 10 năm 2017")}}
    assert codes(document=scrawl) == ["handwritten"]
    empty = {"issued_on": "2024-12", "evidence": {"issued_on": place("ngày    tháng 12 năm 2024")}}
    assert codes(document=empty) == ["required-missing"]


def test_low_confidence() -> None:
    doubtful = {"evidence": {"issuer": {**place("Sở Nội vụ"), "confidence": 0.4}}}
    assert codes(document=doubtful) == ["low-confidence"]


def test_districts_ended() -> None:
    district = {"issuer": "UBND huyện Sông Trăng", "issuer_level": "district"}
    assert codes(document={**district, "issued_on": "2025-07-01"}) == ["issuer-abolished"]
    assert codes(document={**district, "issued_on": "2025-06-30"}) == []


@pytest.mark.parametrize(
    ("form", "level", "reported"),
    [("Bằng khen", "district", True), ("Bằng khen", "province", False), ("Giấy khen", "government", True)],
)
def test_awards_against_the_law(form: str, level: str, reported: bool) -> None:
    award = {"form": form, "level": level, "authority": "Chủ tịch", "evidence": place(form)}
    assert ("award-authority" in codes(awards=[award])) is reported


def test_an_award_without_a_giver_is_not_judged() -> None:
    assert codes(awards=[{"form": "Bằng khen", "level": "district", "evidence": place()}]) == []


def movement(name: str) -> dict[str, object]:
    return {"name": name, "kind": "phong trào thi đua", "evidence": place(name)}


@pytest.mark.parametrize(
    ("name", "reported"),
    [
        ("Vì người nghèo - không để ai bỏ lại phía sau", True),
        ("Vì người nghèo – Không để ai bị bỏ lại phía sau", False),
        ("dạy tốt, học tốt", False),
        ("Thành phố Sông Trăng xanh", False),
    ],
)
def test_movements_under_another_wording(name: str, reported: bool) -> None:
    assert ("name-known-as" in codes(movements=[movement(name)])) is reported


@pytest.mark.parametrize(
    ("first", "second", "reported"),
    [
        ("Chung sức xây dựng đô thị xanh", "Chung sức xây dựng đô thị sạch", False),
        ("Người dân thành phố không xả rác ra đường", "Người dân thành phố không xả rác ra đường phố", True),
        ("Xây dựng đời sống văn hóa mới", "Xây dựng đời sống văn hoá mới", False),
        ("Giỏi việc trường, đảm việc nhà", "GIỎI VIỆC TRƯỜNG - ĐẢM VIỆC NHÀ", False),
    ],
)
def test_one_name_in_two_spellings(first: str, second: str, reported: bool) -> None:
    assert ("name-spelling" in codes(f"phong trào “{first}” và phong trào “{second}”")) is reported


@pytest.mark.parametrize(
    ("text", "reported"),
    [
        ("làm tốt 4 khâu trong thi đua: “Phát hiện - Bồi dưỡng - Tổng kết - Nhân rộng”.", False),
        ("làm tốt 4 khâu trong thi đua: “Phát hiện - Bồi dưỡng - Nhân rộng”.", True),
        ("gồm 03 nội dung: (1) dạy tốt; (2) học tốt.", True),
        ("gồm hai nhiệm vụ: (1) dạy tốt; (2) học tốt.", False),
        ("trong năm nội dung: “Đoàn kết - Sáng tạo”", False),
    ],
)
def test_numbers_against_lists(text: str, reported: bool) -> None:
    assert ("quantity-list" in codes(text)) is reported


def test_text_behind_the_end_mark() -> None:
    text = "thực hiện./.\n\nLưu ý gửi báo cáo đúng hạn.\n\nNơi nhận:\n- Lưu: VT."
    (finding,) = findings(text)
    assert finding.code == "text-after-end"
    assert finding.evidence[0].text == "Lưu ý gửi báo cáo đúng hạn"
    assert codes("thực hiện./.\n\nNơi nhận:\n- Lưu: VT.") == []
    assert codes("thực hiện./. Nơi nhận: KT. TRƯỞNG PHÒNG") == []
