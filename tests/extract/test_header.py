import json
from dataclasses import replace
from pathlib import Path

import pytest

from plan_texts import PLAN, view
from thidua.extract import header
from thidua.extract.document import View
from thidua.extract.evidence import evidence
from thidua.types import Anchor, Restored, Transcript, TranscriptLine, Unsure, Word

CASES = json.loads((Path(__file__).parent / "cases" / "letterheads.json").read_text(encoding="utf-8"))


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["about"])
def test_letterheads(case: dict[str, object]) -> None:
    document = header.find(view(str(case["text"])))
    expected = case["document"]
    assert isinstance(expected, dict)
    assert {name: getattr(document, name) for name in expected} == expected


def test_every_field_has_evidence_that_says_it() -> None:
    document = header.find(view(PLAN))
    for name in ("kind", "number", "symbol", "code", "issued_on", "place", "issuer", "parent_issuer", "title"):
        proof = document.evidence[name]
        assert proof.text == PLAN[proof.start : proof.end]
        assert not proof.inferred
    assert document.evidence["code"].text == "57/KH-PGDĐT"
    assert document.evidence["issued_on"].text == "ngày 05 tháng 02 năm 2024"


_HEAD = PLAN[: PLAN.index("Phát động phong trào")]
_BASIS = (
    "Thực hiện Chỉ thị số 05-CT/TW ngày 15/5/2016 của Bộ Chính trị, Phòng ban hành Kế hoạch như sau:\n\nI. MỤC ĐÍCH\n"
)


@pytest.mark.parametrize(
    ("below_the_kind", "title"),
    [
        (
            "Thực hiện Kết luận số 01-KL/TW ngày 18/5/2021 của Bộ Chính trị\nvề tiếp tục Chỉ thị số 05-CT/TW\n\n",
            "Thực hiện Kết luận số 01-KL/TW ngày 18/5/2021 của Bộ Chính trị về tiếp tục Chỉ thị số 05-CT/TW",
        ),
        (
            "Triển khai Nghị quyết số 57-NQ/TW ngày 22/12/2024 của Bộ Chính trị về chuyển đổi số\n-----\n",
            "Triển khai Nghị quyết số 57-NQ/TW ngày 22/12/2024 của Bộ Chính trị về chuyển đổi số",
        ),
        ("thực hiện Nghị quyết số 57-NQ/TW\n", "thực hiện Nghị quyết số 57-NQ/TW"),
        ("", None),
        ("Thực hiện Kế hoạch số 12/KH-UBND ngày 15/01/2024 của Ủy ban nhân dân huyện về thi đua;\n", None),
        ("Căn cứ Kế hoạch số 12/KH-UBND ngày 15/01/2024 của Ủy ban nhân dân huyện về thi đua\n", None),
    ],
)
def test_a_subject_may_start_like_a_legal_basis(below_the_kind: str, title: str | None) -> None:
    assert header.find(view(_HEAD + below_the_kind + _BASIS)).title == title


def test_issuer_from_the_body_is_inferred() -> None:
    text = CASES[6]["text"]
    assert header.find(view(text)).evidence["issuer"].inferred


def _scanned(text: str, **words: Word) -> View:
    """A text as a reader gives it: a word for each token; some of them are replaced."""
    anchors, lines, offset = [], [], 0
    for line in text.split("\n"):
        lines.append(TranscriptLine(offset, offset + len(line), 1, "body"))
        start = offset
        for token in line.split(" "):
            if token:
                anchors.append(Anchor(start, start + len(token), 1, words.get(token.strip(",:"), Word(token))))
            start += len(token) + 1
        offset += len(line) + 1
    transcript = Transcript(text, tuple(lines), tuple(anchors), ())
    return View(Restored(source=text, text=text, transcript=transcript))


SCAN = PLAN.replace("Số: 57/KH-PGDĐT", "Số: 57 /KH-PGDĐT")


def test_a_handwritten_number_is_not_stated() -> None:
    document = header.find(_scanned(SCAN, **{"57": Word("57", handwritten=True)}))
    assert (document.number, document.code, document.symbol) == (None, None, "KH-PGDĐT")
    assert document.evidence["number"].text == "57"
    assert document.evidence["symbol"].text == "KH-PGDĐT"


@pytest.mark.parametrize(("token", "issued_on"), [("05", "2024-02"), ("02", "2024"), ("2024", None)])
def test_an_unsure_part_of_the_date_lowers_its_precision(token: str, issued_on: str | None) -> None:
    unsure = Word(token, confidence=0.3)
    assert header.find(_scanned(SCAN, **{token: unsure})).issued_on == issued_on


def test_a_sure_reading_is_stated() -> None:
    document = header.find(_scanned(SCAN))
    assert (document.code, document.issued_on) == ("57/KH-PGDĐT", "2024-02-05")


def test_misread_formulas_are_no_issuer() -> None:
    text = PLAN.replace("CỘNG HÒA XÃ HỘI CHỦ NGHĨA", "CỌNG HÒA XÃ HQI CHỦ NGHlA").replace("Độc lập", "Đôc lâp")
    document = header.find(view(text))
    assert (document.issuer, document.parent_issuer) == ("Phòng Giáo dục và Đào tạo", "UBND huyện Sông Trăng")


def test_unsure_restoration_counts_as_unsure_reading() -> None:
    at = SCAN.index("57 /KH")
    restored = replace(_scanned(SCAN).restored, unsure=(Unsure(at, at + 2, 0.2),))
    assert header.find(View(restored)).number is None


def test_a_low_posterior_inside_a_span_lowers_its_evidence() -> None:
    text = "Phòng Giáo dục và Đào tạo"
    shown = View(Restored(source=text, text=text, unsure=(Unsure(6, 10, 0.123456),)))
    assert evidence(shown, 0, len(text)).confidence == 0.1235
    assert evidence(shown, 11, len(text)).confidence == 1.0
