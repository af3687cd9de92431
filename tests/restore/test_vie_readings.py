"""Text that a Vietnamese model read from a page: what is mended besides its letters, and what stays."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from thidua.restore import restore_text
from thidua.restore.decisions import Hints, Line, vie_decisions
from thidua.restore.marks import eng_mark, vie_mark, without_specks
from thidua.types import Alternative, Anchor, Page, Transcript, TranscriptLine, Word

FOLDER = Path(__file__).parent / "cases"
CASES = json.loads((FOLDER / "read_by_vietnamese.json").read_text(encoding="utf-8"))
TYPED = json.loads((FOLDER / "typed.json").read_text(encoding="utf-8"))


def as_read(text: str) -> Transcript:
    """A transcript as if an OCR engine had read the text, unsure of every word."""
    anchors, lines, start = [], [], 0
    for line in text.split("\n"):
        lines.append(TranscriptLine(start, start + len(line), 1, "body"))
        for word in line.split():
            place = text.index(word, anchors[-1].end if anchors else 0)
            anchors.append(Anchor(place, place + len(word), 1, Word(word, confidence=0.8)))
        start += len(line) + 1
    return Transcript(text, tuple(lines), tuple(anchors), (Page(1, (), "ocr", "test"),))


@pytest.mark.parametrize(("read", "printed"), CASES["restored"])
def test_restored(read: str, printed: str) -> None:
    assert restore_text(read, transcript=as_read(read)).text == printed


@pytest.mark.parametrize("text", CASES["kept"])
def test_kept(text: str) -> None:
    assert restore_text(text, transcript=as_read(text)).text == text


@pytest.mark.parametrize("text", [printed for _, printed in CASES["restored"]])
def test_twice_changes_nothing_more(text: str) -> None:
    assert restore_text(text, transcript=as_read(text)).text == text


@pytest.mark.parametrize(("form", "inside", "opening"), TYPED["marks_read_by_vietnamese"])
def test_mark_that_stands_alone(form: str, inside: str | None, opening: str | None) -> None:
    for opens_line, printed in ((False, inside), (True, opening)):
        found = vie_mark(form, opens_line=opens_line)
        assert (found.text if found else None) == printed


@pytest.mark.parametrize(("form", "word"), TYPED["marks_stuck"])
def test_marks_stuck_to_a_word(form: str, word: str) -> None:
    assert without_specks(form) == word


def test_no_reading_with_an_icelandic_letter_is_taken() -> None:
    word = Word("TĐ.", confidence=0.6, alternatives=(Alternative("TÐ.", 0.9),))
    line = ["Lưu:", "VT,", "TĐ."]
    decided = list(vie_decisions(line, [Line(0, 0, 3)], Hints({}, {2: word})))
    assert decided[2].text == "TĐ."
    (decision,) = vie_decisions(["QÐ-TTg"], [Line(0, 0, 1)], Hints({}, {}))
    assert (decision.text, decision.rule) == ("QĐ-TTg", "normalise.lookalike")
    line = ["Ban", "Chấp", "hành", "Ðáng", "bộ", "tỉnh"]  # a damaged word has its readings all the same
    assert list(vie_decisions(line, [Line(0, 0, 6)], Hints({}, {})))[3].text == "Đảng"


def test_model_without_vietnamese_letters_prints_a_dash_for_a_dash() -> None:
    found = eng_mark("—")
    assert found is not None
    assert found.text == "–"


def test_confidence_of_words_counts_beside_a_letter_read_twice() -> None:
    text = "số 15/QĐÐ-UBND ngày 12 tháng 3 về đẩy manh phong trào"
    sure = as_read(text)
    sure = Transcript(
        sure.text,
        sure.lines,
        tuple(Anchor(a.start, a.end, a.page, Word(a.word.text, confidence=0.99)) for a in sure.anchors),
        sure.pages,
    )
    of_word = {edit.before: edit.confidence for edit in restore_text(text, transcript=as_read(text)).edits}
    of_sure = {edit.before: edit.confidence for edit in restore_text(text, transcript=sure).edits}
    assert of_word["manh"] > of_sure.get("manh", 0.0)


def test_section_numbers_that_nobody_types_show_that_the_text_was_read() -> None:
    body = "Tổ chức phát động phong trào thi đua trong toàn trường, phấn đấu hoàn thành các chỉ tiêu của năm học."
    headings = ["I. Mục đích", "HI. Yêu cầu", "IH. Nội dung", "IV. Khen thưởng"]
    restored = restore_text("\n".join(f"{heading}\n{body}" for heading in headings))
    assert [line.split()[0] for line in restored.text.split("\n")[::2]] == ["I.", "II.", "III.", "IV."]
    typed = "\n".join(f"{heading}\n{body}" for heading in ("I. Mục đích", "Il. Yêu cầu", "IV. Khen thưởng"))
    assert restore_text(typed).text == typed
