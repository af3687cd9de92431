"""Text files keep their own lines, whatever their encoding."""

from __future__ import annotations

from pathlib import Path

import pytest

from thidua.errors import SourceUnreadable
from thidua.scan import read_source, transcribe
from thidua.scan.legacy import convert

PLAN = "  KẾ HOẠCH\n\nPhát động phong trào thi đua yêu nước\tnăm 2025\nCộng hòa xã hội chủ nghĩa Việt Nam \n"
TCVN3 = "Céng hßa x· héi chñ nghÜa ViÖt Nam, phong trµo thi ®ua yªu n­íc"
VNI = "Coäng hoøa xaõ hoäi chuû nghóa Vieät Nam, phong traøo thi ñua yeâu nöôùc"
READ = "Cộng hòa xã hội chủ nghĩa Việt Nam, phong trào thi đua yêu nước"


def text_of(path: Path) -> str:
    return transcribe(read_source(path)).text


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "utf-32"])
def test_unicode_encodings(tmp_path: Path, encoding: str) -> None:
    path = tmp_path / "plan.txt"
    path.write_bytes(PLAN.encode(encoding))
    assert text_of(path) == PLAN


def test_line_ends_and_decomposed_letters(tmp_path: Path) -> None:
    path = tmp_path / "plan.txt"
    path.write_bytes("một\r\nha\u0323i\rba".encode())
    assert text_of(path) == "một\nhại\nba"


@pytest.mark.parametrize("legacy", [TCVN3, VNI])
def test_encodings_before_unicode(tmp_path: Path, legacy: str) -> None:
    path = tmp_path / "plan.txt"
    path.write_bytes(legacy.encode("latin-1"))
    assert text_of(path) == READ
    path.write_text(legacy, encoding="utf-8")
    assert text_of(path) == READ


@pytest.mark.parametrize(
    "text",
    [
        "The café opened in São Paulo.",
        "phat dong phong trao thi dua yéu nwéc thue hién thing loi",  # OCR that lost its marks is no encoding
        "Kế hoạch này do Björn Åkesson gửi",
    ],
)
def test_what_is_no_legacy_encoding_stays(tmp_path: Path, text: str) -> None:
    path = tmp_path / "plan.txt"
    path.write_text(text, encoding="utf-8")
    assert text_of(path) == text


def test_convert_takes_the_longest_code() -> None:
    assert convert("nöôùc", "VNI") == "nước"


def test_a_text_of_blanks_is_unreadable(tmp_path: Path) -> None:
    path = tmp_path / "plan.txt"
    path.write_text(" \n\n")
    with pytest.raises(SourceUnreadable, match="holds no text"):
        text_of(path)
