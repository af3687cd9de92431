from __future__ import annotations

import lzma
from pathlib import Path

import pytest

from thidua.restore.vocabulary import CLASSES, PARAGRAPH_ID, UNKNOWN_ID
from thidua.train.administrative import other_level, unit_names
from thidua.train.corpus import SHORTEST_COPY, Source, read

LONG = " ".join(["thi đua"] * SHORTEST_COPY)


def units_of(
    folder: Path, text: str, *, weight: float = 1.0, varied: bool = False, least_weight: float = 0.0
) -> list[str]:
    path = folder / "text.txt.xz"
    path.write_bytes(lzma.compress(text.encode()))
    corpus = read([Source(path, 1.0)], least_weight=least_weight, largest=100)
    return [corpus.vocabulary[unit] for unit in corpus.units]


def test_paragraphs_are_divided_and_copies_left_out(tmp_path: Path) -> None:
    assert units_of(tmp_path, f"KẾ HOẠCH\n{LONG}\n\n{LONG}\nKẾ HOẠCH\n").count(CLASSES[PARAGRAPH_ID]) == 3


def test_rare_syllables_are_unknown(tmp_path: Path) -> None:
    units = units_of(tmp_path, "thi đua thi đua lạ", least_weight=2.0)
    assert units == [CLASSES[PARAGRAPH_ID], "thi", "đua", "thi", "đua", CLASSES[UNKNOWN_ID]]


def test_each_phrase_of_a_table_is_a_paragraph(tmp_path: Path) -> None:
    path = tmp_path / "phrases.tsv"
    path.write_text("# own words\ntopic\ttext\nschool\tkéo co\nschool\tcô Lan\n", encoding="utf-8")
    corpus = read([Source(path, 12.0)], least_weight=0.0, largest=100)
    units = [corpus.vocabulary[unit] for unit in corpus.units]
    assert units == [CLASSES[PARAGRAPH_ID], "kéo", "co", CLASSES[PARAGRAPH_ID], "cô", "lan"]
    assert set(corpus.weights.tolist()) == {12.0}


def test_varied_sources_speak_of_other_levels_too(tmp_path: Path) -> None:
    path = tmp_path / "plan.txt"
    path.write_text("Đảng bộ xã vững mạnh\n", encoding="utf-8")
    corpus = read([Source(path, 4.0, varied=True)], least_weight=0.0, largest=100)
    weights = dict(zip((corpus.vocabulary[unit] for unit in corpus.units), corpus.weights.tolist(), strict=True))
    assert weights["quận"] == 2.0
    assert [corpus.vocabulary[unit] for unit in corpus.units].count("đảng") == 2


@pytest.mark.parametrize(
    ("text", "number", "expected"),
    [
        ("Ủy ban nhân dân Xã Lương Minh", 1, "Ủy ban nhân dân Huyện Lương Minh"),
        ("UBND TỈNH NGHỆ AN", 0, "UBND THÀNH PHỐ NGHỆ AN"),
        ("kinh tế - xã hội, hợp tác xã, xã viên", 0, None),
        ("thi đua yêu nước", 2, None),
    ],
)
def test_other_level(text: str, number: int, expected: str | None) -> None:
    assert other_level(text, number) == expected


def test_unit_names(tmp_path: Path) -> None:
    gazetteer = tmp_path / "units.tsv"
    rows = "# source\nera\ttier\tname_with_type\tparent\nx\tcommune\tXã Thọ Sơn\tHuyện Triệu Sơn, Tỉnh Thanh Hóa\n"
    gazetteer.write_text(rows + "x\tprovince\tTỉnh Hà Giang\t\n" * 3, encoding="utf-8")
    names = ["xã Thọ Sơn, huyện Triệu Sơn, tỉnh Thanh Hóa", "tỉnh Hà Giang", "tỉnh Hà Giang.", "tỉnh Hà Giang."]
    assert list(unit_names(gazetteer)) == names
