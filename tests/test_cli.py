"""The command line: what is printed, which files are written, exit codes, and messages for bad input."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import PIL.Image
import PIL.ImageDraw
import pytest

from thidua import cli
from thidua.record import CampaignRecord

PLAN = """ỦY BAN NHÂN DÂN CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM
HUYỆN TÂN HÒA Độc lập - Tự do - Hạnh phúc
Số: 15/KH-UBND Tân Hòa, ngày 05 tháng 3 năm 2024

KẾ HOẠCH
Phát động phong trào thi đua yêu nước năm 2024

Căn cứ Chỉ thị số 18/CT-TTg ngày 19/5/2023 của Thủ tướng Chính phủ;

I. MỤC ĐÍCH, YÊU CẦU
1. Mục đích
- Động viên cán bộ, công chức, viên chức hoàn thành nhiệm vụ được giao.
"""


@pytest.fixture
def plan(tmp_path: Path) -> Path:
    path = tmp_path / "plan.txt"
    path.write_text(PLAN, encoding="utf-8")
    return path


@pytest.fixture
def broken(tmp_path: Path) -> dict[str, Path]:
    """Files that cannot be converted, by what is wrong with them."""
    contents = {"empty.pdf": b"", "note.pdf": b"not a PDF at all \x00\x01\x02\x03", "cut.pdf": b"%PDF-1.7\n1 0 obj\n<<"}
    for name, content in contents.items():
        (tmp_path / name).write_bytes(content)
    return {name: tmp_path / name for name in [*contents, "missing.pdf"]}


def page_image(folder: Path) -> Path:
    """A page with print on it, so that it has to be read."""
    path, page = folder / "page.png", PIL.Image.new("L", (600, 800), 255)
    pen = PIL.ImageDraw.Draw(page)
    for row in range(40, 760, 30):
        pen.text((50, row), "thi dua yeu nuoc nam 2024", fill=0, font_size=24)
    page.save(path)
    return path


def run(*arguments: object) -> int:
    return cli.main([str(argument) for argument in arguments])


def test_convert_writes_everything_and_ends_with_a_summary(
    plan: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    out = tmp_path / "out"
    assert run("convert", plan, "--out", out, "--workers", 1) == 0
    [line] = (out / "records.jsonl").read_text(encoding="utf-8").splitlines()
    record = CampaignRecord.model_validate_json(line)
    assert record.document.code == "15/KH-UBND"
    assert record.document.issued_on == "2024-03-05"
    text = (out / "texts" / f"{record.record_id}.txt").read_text(encoding="utf-8")
    places = [*record.document.evidence.values(), *(d.evidence for d in record.directives)]
    assert places
    assert all(text[place.start : place.end] == place.text for place in places)
    report = json.loads((out / "report.json").read_text(encoding="utf-8"))
    assert (report["converted"], report["pages"]) == (1, 1)
    summary = capsys.readouterr().out
    assert "15/KH-UBND" in summary
    assert "1 of 1 sources converted" in summary
    assert "MB" in summary


def test_bad_sources_are_named_and_cost_no_other(
    plan: Path, broken: dict[str, Path], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    out = tmp_path / "out"
    assert run("convert", *broken.values(), plan, "--out", out, "--workers", 1) == 1
    assert len((out / "records.jsonl").read_text(encoding="utf-8").splitlines()) == 1
    failures = json.loads((out / "report.json").read_text(encoding="utf-8"))["failures"]
    assert {Path(failure["source"]).name for failure in failures} == set(broken)
    assert all(failure["source"] in failure["message"] and failure["remedy"] for failure in failures)
    said = capsys.readouterr()
    assert all(name in said.out.replace("\n", "") for name in broken)


@pytest.mark.parametrize("command", ["read", "show"])
@pytest.mark.parametrize("name", ["empty.pdf", "note.pdf", "cut.pdf", "missing.pdf"])
def test_one_bad_source(command: str, name: str, broken: dict[str, Path], capsys: pytest.CaptureFixture[str]) -> None:
    assert run(command, broken[name]) == 1
    said = capsys.readouterr().err
    assert name in said
    assert said.count("\n") == 1


def test_a_password_is_told(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = tmp_path / "locked.pdf"
    path.write_bytes(_locked_pdf())
    assert run("read", path) == 1
    assert "password" in capsys.readouterr().err


@pytest.mark.parametrize(
    "arguments",
    [
        ["convert"],
        ["convert", "a.txt"],
        ["convert", "a.txt", "--out", "o", "--workers", "0"],
        ["convert", "a.txt", "--out", "o", "--workers", "2.5"],
        ["convert", "a.txt", "--out", "o", "--timeout", "-1"],
        ["convert", "a.txt", "--out", "o", "--max-failures", "2"],
        ["convert", "a.txt", "--out", "o", "--engine", "spark"],
        ["convert", "a.txt", "--out", "o", "--format", "docx"],
        ["convert", "a.txt", "--out", "o", "--shard", "3/2"],
        ["restore", "no-such-file.txt"],
        ["evaluate", "results"],
        ["frobnicate"],
        [],
    ],
)
def test_wrong_calls(
    arguments: list[str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    try:
        code = cli.main(arguments)
    except SystemExit as left:
        code = int(str(left.code))
    assert code == 2
    assert capsys.readouterr().err
    assert not (tmp_path / "o").exists()


def run_apart(*arguments: object, **environment: str) -> subprocess.CompletedProcess[str]:
    """The command in a process of its own, which has not yet looked for Tesseract."""
    command = [sys.executable, "-m", "thidua", *map(str, arguments)]
    return subprocess.run(command, env={**os.environ, **environment}, capture_output=True, text=True, check=False)


def test_missing_tesseract_is_told_and_texts_are_converted(plan: Path, tmp_path: Path) -> None:
    image = page_image(tmp_path)
    told = run_apart("read", image, PATH=str(tmp_path))
    assert told.returncode == 3
    assert "apt-get install tesseract-ocr" in told.stderr
    told = run_apart("convert", image, plan, "--out", tmp_path / "out", "--workers", 1, PATH=str(tmp_path))
    assert told.returncode == 3
    assert "apt-get install tesseract-ocr" in told.stdout
    assert len((tmp_path / "out" / "records.jsonl").read_text(encoding="utf-8").splitlines()) == 1


def test_missing_vietnamese_data_is_told(tmp_path: Path) -> None:
    told = run_apart("read", page_image(tmp_path), TESSDATA_PREFIX=str(tmp_path))
    assert told.returncode == 3
    assert "tesseract-ocr-vie" in told.stderr


def test_read_gives_the_text(plan: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run("read", plan) == 0
    assert capsys.readouterr().out == PLAN
    assert run("read", plan, "--raw") == 0
    assert capsys.readouterr().out == PLAN


def test_read_and_restore_explain_their_edits(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    damaged = tmp_path / "damaged.txt"
    damaged.write_text("Thuc hién Ké hoach s6 207/KH-UBND ngay 11/10/2024 ctia Uy ban nhan dan huyén;\n", "utf-8")
    for command in ("read", "restore"):
        assert run(command, damaged, "--explain") == 0
        edits = json.loads(capsys.readouterr().out)
        assert edits
        assert all(set(edit) == {"start", "end", "before", "after", "rule", "confidence"} for edit in edits)
        source = damaged.read_text(encoding="utf-8")
        assert all(source[edit["start"] : edit["end"]] == edit["before"] for edit in edits)


def test_restore_keeps_the_lines(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    source = "Ké hoach s6 207/KH-UBND\n\n  ngay 11/10/2024 ctia Uy ban nhan dan huyén;"
    path = tmp_path / "a.txt"
    path.write_text(source, encoding="utf-8")
    assert run("restore", path) == 0
    restored = capsys.readouterr().out
    assert restored.count("\n") == source.count("\n")
    assert "207/KH-UBND" in restored
    assert "của Ủy ban nhân dân huyện" in restored


def test_restore_reads_standard_input() -> None:
    command = [sys.executable, "-m", "thidua", "restore"]
    done = subprocess.run(command, input="thi dua yêu nước\n".encode(), capture_output=True, check=True)
    assert done.stdout.decode().startswith("thi ")


def test_own_words_are_used_by_every_command(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    damaged, words = tmp_path / "a.txt", tmp_path / "words.txt"
    damaged.write_text("Thuc hién Ké hoach cua truong Mam non Kpa Klong nam 2024 va nhiém vu dugc giao\n", "utf-8")
    words.write_text("Kpă Klơng\n", encoding="utf-8")
    assert run("read", damaged) == 0
    assert "Kpă Klơng" not in capsys.readouterr().out
    for command in ("read", "restore"):
        assert run(command, damaged, "--lexicon", words) == 0
        assert "Kpă Klơng" in capsys.readouterr().out
    out = tmp_path / "out"
    assert run("convert", damaged, "--out", out, "--workers", 1) == 0
    assert run("convert", damaged, "--out", out, "--workers", 1, "--lexicon", words) == 0  # other words: done again
    [text] = (out / "texts").iterdir()
    assert "Kpă Klơng" in text.read_text(encoding="utf-8")
    assert run("restore", damaged, "--lexicon", tmp_path / "none.txt") == 2


def test_show_prints_the_record(plan: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run("show", plan) == 0
    shown = capsys.readouterr().out
    assert "15/KH-UBND" in shown
    assert "18/CT-TTg" in shown
    assert "MỤC ĐÍCH, YÊU CẦU" in shown


def test_schema_is_that_of_the_record(capsys: pytest.CaptureFixture[str]) -> None:
    assert run("schema") == 0
    schema = json.loads(capsys.readouterr().out)
    assert {"record_id", "document", "directives"} <= schema["properties"].keys()
    assert "from" in schema["$defs"]["Event"]["properties"]
    assert run("schema", "--tables") == 0
    assert json.loads(capsys.readouterr().out)["resources"][0]["name"] == "campaigns"


def test_help_and_version_need_no_heavy_library() -> None:
    code = "import sys, thidua.cli\ntry: thidua.cli.main(['--help'])\nexcept SystemExit: print(list(sys.modules))"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert "COMMAND" in done.stdout
    assert not any(f"'{name}'" in done.stdout for name in ("numpy", "spacy", "cv2", "pandas", "pydantic"))


def test_interruption_keeps_what_was_done(root: Path, tmp_path: Path) -> None:
    folder = tmp_path / "in"
    folder.mkdir()
    for k in range(40):
        (folder / f"{k:02}.txt").write_text(f"slow {k}", encoding="utf-8")
    out = tmp_path / "out"
    environment = {**os.environ, "PYTHONPATH": str(root / "tests" / "fakes")}
    command = [sys.executable, "-m", "thidua", "convert", str(folder), "--out", str(out), "--workers", "1"]
    process = subprocess.Popen(command, env=environment, stdout=subprocess.PIPE, stderr=subprocess.PIPE)
    deadline = time.monotonic() + 60
    while not list((out / "texts").glob("*")) and time.monotonic() < deadline:
        time.sleep(0.05)
    process.send_signal(signal.SIGINT)
    _, said = process.communicate(timeout=60)
    assert process.returncode == 130
    assert b"what was done is kept" in said
    done = len((out / "records.jsonl").read_text(encoding="utf-8").splitlines())
    assert 1 <= done < 40
    assert json.loads((out / "report.json").read_text(encoding="utf-8"))["state"] == "interrupted"


def _locked_pdf() -> bytes:
    """A PDF that asks for a password: its encryption dictionary fits no empty one."""
    objects = [
        b"<< /Type /Catalog /Pages 2 0 R >>",
        b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
        b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 200 200] >>",
        b"<< /Filter /Standard /V 1 /R 2 /O <" + b"11" * 32 + b"> /U <" + b"22" * 32 + b"> /P -4 >>",
    ]
    out, places = b"%PDF-1.4\n", []
    for number, body in enumerate(objects, start=1):
        places.append(len(out))
        out += b"%d 0 obj\n%s\nendobj\n" % (number, body)
    table = b"".join(b"%010d 00000 n \n" % place for place in places)
    tail = b"trailer << /Size 5 /Root 1 0 R /Encrypt 4 0 R /ID [<00> <00>] >>"
    return out + b"xref\n0 5\n0000000000 65535 f \n" + table + tail + b"\nstartxref\n%d\n%%%%EOF" % len(out)
