import random
import time
import unicodedata
from hashlib import sha256
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from plan_texts import PLAN
from strategies import edits_on
from thidua.extract import extract
from thidua.record import CampaignRecord, Evidence
from thidua.trace import OffsetMap, replay
from thidua.types import Edit, Restored

SHARED = Path(__file__).resolve().parents[3] / "shared" / "plans"
TEXTS = sorted(SHARED.glob("*/*.txt"))


def proofs(record: CampaignRecord) -> list[Evidence]:
    """Every evidence anywhere in a record."""
    found: list[Evidence] = []

    def visit(value: object) -> None:
        if isinstance(value, Evidence):
            found.append(value)
        elif isinstance(value, dict):
            for inner in value.values():
                visit(inner)
        elif isinstance(value, list):
            for inner in value:
                visit(inner)
        elif hasattr(type(value), "model_fields"):
            for name in type(value).model_fields:
                visit(getattr(value, name))

    visit(record)
    return found


def assert_traceable(restored: Restored, record: CampaignRecord) -> None:
    offsets = OffsetMap(restored.edits)
    for proof in proofs(record):
        assert restored.text[proof.start : proof.end] == proof.text
        start, end = offsets.to_source(proof.start, proof.end)
        assert restored.source[start : max(start, end)] == proof.raw
    assert len(record.corrections) == len(restored.edits)


def test_a_whole_plan() -> None:
    record = extract(PLAN)
    assert record.record_id == sha256(PLAN.encode()).hexdigest()[:16]
    assert record.source.path == ""
    assert record.document.code == "57/KH-PGDĐT"
    assert [section.number for section in record.sections if section.level == 1] == ["I", "II", "III", "IV", "V"]
    assert (record.period.start, record.period.end) == ("2024-02", "2024-05-31")
    assert record.signature.signer == "Nguyễn Văn Bình"
    assert record.confidence == 1.0
    assert not record.needs_review
    assert_traceable(Restored(PLAN, PLAN), record)


def test_the_same_text_gives_the_same_record() -> None:
    assert extract(PLAN).to_json() == extract(PLAN).to_json()


def test_low_confidence_of_a_required_field_asks_for_review() -> None:
    at = PLAN.index("05 tháng 02")
    edit = Edit(at, at + 2, PLAN[at : at + 2], "05 ", "test", 0.5)
    source = PLAN
    restored = Restored(source, replay(source, [edit]), (edit,))
    record = extract(restored)
    assert record.confidence == 0.5
    assert record.needs_review


@settings(max_examples=60, deadline=None)
@given(st.text(max_size=400))
def test_any_text_gives_a_record(text: str) -> None:
    extract(text)


@settings(max_examples=40, deadline=None)
@given(st.lists(st.sampled_from(PLAN.split("\n")), max_size=60))
def test_shuffled_plans_are_traceable(lines: list[str]) -> None:
    text = "\n".join(lines)
    assert_traceable(Restored(text, text), extract(text))


@settings(max_examples=40, deadline=None)
@given(st.data())
def test_evidence_replays_to_the_source(data: st.DataObject) -> None:
    edits = data.draw(edits_on(PLAN))
    restored = Restored(PLAN, replay(PLAN, edits), edits)
    assert_traceable(restored, extract(restored))


@pytest.mark.parametrize("text", ["", " ", "\n\n", "\f", "…", "12", "Nơi nhận:", "KẾ HOẠCH", "I.", "\x00\ud800"])
def test_next_to_nothing(text: str) -> None:
    record = extract(text)
    assert record.document.code is None
    assert record.directives == []


def test_a_novel_gives_no_header() -> None:
    text = "Buổi sáng hôm ấy, trời se lạnh. Anh bước ra khỏi nhà, nhìn dòng sông lặng lẽ trôi.\n\n" * 20
    record = extract(text)
    document = record.document
    assert (document.kind, document.code, document.issued_on, document.issuer, document.title) == (None,) * 5
    assert record.needs_review
    assert record.sections == []


def test_long_texts_take_linear_time() -> None:
    body = PLAN[PLAN.index("I. MỤC ĐÍCH") : PLAN.index("Trên đây là")]
    times = []
    for copies in (20, 80):
        text = PLAN.replace(body, body * copies)
        started = time.process_time()
        extract(text)
        times.append(time.process_time() - started)
    assert times[1] < times[0] * 10


@pytest.mark.skipif(not TEXTS, reason="the shared plans are not here")
def test_shared_plans_are_traceable() -> None:
    sample = random.Random(0).sample(TEXTS, min(12, len(TEXTS)))
    for path in sample:
        text = path.read_text(encoding="utf-8").replace("\r\n", "\n")
        record = extract(text)
        plain = unicodedata.normalize("NFC", text)
        assert_traceable(Restored(plain, plain), record)


@pytest.mark.parametrize(
    "unit", ["\n", " ", "12/KH-UBND, ", "Nghị quyết đại hội ", "từ ngày 1 ", "I. A\n", "“phong trào "]
)
def test_repetition_takes_linear_time(unit: str) -> None:
    started = time.process_time()
    extract(unit * (30_000 // len(unit)))
    assert time.process_time() - started < 5


def test_a_plan_that_a_decision_issues() -> None:
    attached = PLAN.split("KẾ HOẠCH", 1)[1].split("\n\n", 1)[1]
    plan = attached[attached.index("I. ") : attached.index("Nơi nhận")]
    text = (
        "UBND TỈNH SÔNG TRĂNG\nCỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM\nĐộc lập - Tự do - Hạnh phúc\n"
        "Số: 36/QĐ-UBND\nSông Trăng, ngày 08 tháng 01 năm 2024\n\nQUYẾT ĐỊNH\n"
        "Ban hành Kế hoạch phát động thi đua năm 2024\n\nCHỦ TỊCH ỦY BAN NHÂN DÂN TỈNH\n\n"
        "Căn cứ Luật Thi đua, khen thưởng;\n\nQUYẾT ĐỊNH:\n\n"
        "Điều 1. Ban hành kèm theo Quyết định này Kế hoạch phát động thi đua năm 2024.\n\n"
        "Nơi nhận:\n- Như Điều 1;\n- Lưu: VT.\nKT. CHỦ TỊCH\nPHÓ CHỦ TỊCH\nTrần Văn An\n\n"
        "KẾ HOẠCH\nPHÁT ĐỘNG THI ĐUA NĂM 2024\n(Ban hành kèm theo Quyết định số 36/QĐ-UBND\n"
        f"ngày 08 tháng 01 năm 2024)\n\n{plan}\nPHỤ LỤC I\nDANH SÁCH CÁC ĐƠN VỊ\n\nI. CÁC HUYỆN\n- Một huyện.\n"
    )
    record, alone = extract(text), extract(PLAN)
    assert [(s.number, s.heading) for s in record.sections] == [(s.number, s.heading) for s in alone.sections]
    assert [goal.text for goal in record.goals] == [goal.text for goal in alone.goals]
    assert [task.text for task in record.tasks] == [task.text for task in alone.tasks]
    assert [duty.text for duty in record.responsibilities] == [duty.text for duty in alone.responsibilities]
    assert [r.text for r in record.recipients] == ["Như Điều 1", "Lưu: VT"]
    assert (record.signature.authority, record.signature.signer) == ("KT.", "Trần Văn An")
    assert record.document.code == "36/QĐ-UBND"
    assert [row.number for row in record.appendices] == ["I"]
