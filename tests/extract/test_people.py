import json
from pathlib import Path

import pytest

from plan_texts import view
from thidua.extract import appendices, closing

CASES = json.loads((Path(__file__).parent / "cases" / "closings.json").read_text(encoding="utf-8"))
BODY = "KẾ HOẠCH\n\nTổ chức thi đua\n\nI. NỘI DUNG\n\n- Các đơn vị tổ chức thực hiện nghiêm túc Kế hoạch này./.\n\n"


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["about"])
def test_closings(case: dict[str, object]) -> None:
    shown = view(BODY + str(case["text"]))
    signed = closing.signature(shown)
    assert [r.text for r in closing.recipients(shown)] == case["recipients"]
    assert [signed.authority, signed.position, signed.signer_position, signed.signer] == case["signature"]


def test_evidence_of_the_signature() -> None:
    text = BODY + str(CASES[0]["text"])
    proofs = closing.signature(view(text)).evidence
    assert {name: text[p.start : p.end] for name, p in proofs.items()} == {
        "authority": "KT.",
        "position": "CHỦ TỊCH",
        "signer_position": "PHÓ CHỦ TỊCH",
        "signer": "Trần Văn An",
    }


def test_appendices_have_number_and_title() -> None:
    text = (
        BODY + "Nơi nhận:\n- Lưu: VT.\n\nPhụ lục 1\nDANH SÁCH ĐƠN VỊ\n1. Trường A\n\nPHỤ LỤC II: BIỂU MẪU\nTên đơn vị\n"
    )
    found = appendices.find(view(text))
    assert [(a.number, a.title) for a in found] == [("1", "DANH SÁCH ĐƠN VỊ"), ("II", "BIỂU MẪU")]


def test_a_mention_of_an_appendix_is_none() -> None:
    assert appendices.find(view(BODY + "Nơi nhận:\n- Như phụ lục 1;\n- Lưu: VT.\n")) == []


def test_forms_have_their_number_and_no_blank_letterhead_for_a_title() -> None:
    text = (
        BODY
        + "Nơi nhận:\n- Lưu: VT.\n\nMẪU SỐ 01/HNCT\n(1)..., ngày ... tháng ...\n\nPHỤ LỤC II\nDanh sách các đơn vị\n"
    )
    assert [(row.number, row.title) for row in appendices.find(view(text))] == [
        ("01/HNCT", None),
        ("II", "Danh sách các đơn vị"),
    ]
