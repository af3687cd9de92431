"""Batches: sources found, shards, the ledger, and that no source costs another. Workers run a stand-in for the flow."""

from __future__ import annotations

import json
import os
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from thidua import batch
from thidua.batch import engines
from thidua.batch.engines import local
from thidua.batch.ledger import Ledger
from thidua.batch.outcome import Outcome
from thidua.batch.sources import find_sources, in_shard
from thidua.batch.worker import Worker
from thidua.errors import SetupError, SourceLocked, SourceTimeout, UsageError

Write = Callable[..., list[str]]


@pytest.fixture
def fake_flow(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PYTHONPATH", str(root / "tests" / "fakes"))


@pytest.fixture
def write(tmp_path: Path) -> Write:
    def write(*texts: str) -> list[str]:
        folder = tmp_path / "in"
        folder.mkdir(exist_ok=True)
        paths = [folder / f"{k:02}.txt" for k in range(len(texts))]
        for path, text in zip(paths, texts, strict=True):
            if not path.exists() or path.read_text(encoding="utf-8") != text:  # an untouched file keeps its time
                path.write_text(text, encoding="utf-8")
        return [str(path) for path in paths]

    return write


def lines(folder: Path) -> list[dict[str, object]]:
    return [json.loads(line) for line in (folder / "records.jsonl").read_text(encoding="utf-8").splitlines()]


def titles(folder: Path) -> list[str]:
    return [record["document"]["title"] for record in lines(folder)]  # type: ignore[index]


@pytest.mark.usefixtures("fake_flow")
def test_no_source_costs_another(write: Write, tmp_path: Path) -> None:
    sources = write("một", "crash", "hang", "fault", "locked", "leave", "hai", "ba")
    asked = batch.Batch([*sources, str(tmp_path / "none.txt")], tmp_path / "out", workers=2, timeout=2)
    report = batch.run(asked)
    assert titles(tmp_path / "out") == ["một", "hai", "ba"]
    assert (report.state, report.sources, report.converted, report.failed) == ("finished", 9, 3, 6)
    said = {Path(failure.source).name: failure for failure in report.failures}
    assert "SIGSEGV" in said["01.txt"].message
    assert said["02.txt"].error == "SourceTimeout"
    assert "longer than 2 s" in said["02.txt"].message
    assert "ZeroDivisionError" in said["03.txt"].message
    assert said["04.txt"].error == "SourceLocked"
    assert "exit code 7 (the library gave up)" in said["05.txt"].message
    assert "does not exist" in said["none.txt"].message
    assert all(failure.message.count(failure.source) and failure.remedy for failure in report.failures)


@pytest.mark.usefixtures("fake_flow")
def test_what_is_done_is_not_done_again(write: Write, tmp_path: Path) -> None:
    sources, out = write("một", "locked", "hai"), tmp_path / "out"
    batch.run(batch.Batch(sources, out, workers=1))
    write("một", "mở rồi", "hai")
    again = batch.run(batch.Batch(sources, out, workers=1))
    assert (again.already_done, again.converted, again.failed, again.records) == (2, 1, 0, 3)
    assert titles(out) == ["một", "mở rồi", "hai"]
    write("một khác", "mở rồi", "hai")
    assert batch.run(batch.Batch(sources, out, workers=1)).converted == 1
    assert titles(out) == ["một khác", "mở rồi", "hai"]
    assert batch.run(batch.Batch(sources, out, workers=1, redo=True)).converted == 3


@pytest.mark.usefixtures("fake_flow")
def test_a_source_that_fails_later_loses_its_old_record(write: Write, tmp_path: Path) -> None:
    sources, out = write("một", "hai"), tmp_path / "out"
    batch.run(batch.Batch(sources, out, workers=1))
    write("locked", "hai")
    assert batch.run(batch.Batch(sources, out, workers=1, redo=True)).failed == 1
    assert titles(out) == ["hai"]


@pytest.mark.usefixtures("fake_flow")
def test_an_interrupted_run_keeps_what_was_done(write: Write, tmp_path: Path) -> None:
    sources, out = write("một", "hai", "ba"), tmp_path / "out"

    def interrupt(total: int, outcome: Outcome | None) -> None:
        if outcome is not None:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        batch.run(batch.Batch(sources, out, workers=1), observe=interrupt)
    assert titles(out) == ["một"]
    assert json.loads((out / "report.json").read_text())["state"] == "interrupted"
    assert batch.run(batch.Batch(sources, out, workers=1)).already_done == 1
    assert titles(out) == ["một", "hai", "ba"]


@pytest.mark.usefixtures("fake_flow")
def test_files_do_not_depend_on_the_order_of_work(write: Write, tmp_path: Path) -> None:
    sources = write("slow", "hai", "ba", "bốn")
    batch.run(batch.Batch(sources, tmp_path / "a", workers=3))
    batch.run(batch.Batch(sources[::-1], tmp_path / "b", workers=1))
    for name in ("records.jsonl", "campaigns.csv", "evidence.csv"):
        assert (tmp_path / "a" / name).read_bytes() == (tmp_path / "b" / name).read_bytes()


@pytest.mark.usefixtures("fake_flow")
def test_too_many_failures_stop_the_run(write: Write, tmp_path: Path) -> None:
    sources = write("locked", "locked", *["slow"] * 18)
    report = batch.run(batch.Batch(sources, tmp_path / "out", workers=1, max_failures=0.05))
    assert (report.state, report.failed) == ("stopped", 2)
    assert report.converted < 18


@pytest.mark.usefixtures("fake_flow")
def test_texts_are_written_exactly(write: Write, tmp_path: Path) -> None:
    sources = write("dòng một\n\nđòng hai \n")
    batch.run(batch.Batch(sources, tmp_path / "out", workers=1, formats=["jsonl"]))
    [record] = lines(tmp_path / "out")
    text = tmp_path / "out" / "texts" / f"{record['record_id']}.txt"
    assert text.read_bytes() == "dòng một\n\nđòng hai \n".encode()
    assert not (tmp_path / "out" / "campaigns.csv").exists()


@pytest.mark.usefixtures("fake_flow")
def test_missing_set_up_is_told_apart(write: Write, tmp_path: Path) -> None:
    report = batch.run(batch.Batch(write("no tesseract", "hai"), tmp_path / "out", workers=1))
    assert report.missing_setup
    assert titles(tmp_path / "out") == ["hai"]


@pytest.mark.usefixtures("fake_flow")
def test_workers_that_cannot_start_are_an_error_of_the_set_up(
    write: Write, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("THIDUA_FAKE", "broken")
    with pytest.raises(SetupError, match="language-1"):
        batch.run(batch.Batch(write("một"), tmp_path / "out", workers=1))


@pytest.mark.usefixtures("fake_flow")
def test_file_names_that_are_not_utf8(tmp_path: Path) -> None:
    source = os.fsdecode(os.fsencode(tmp_path) + b"/\xff.txt")
    Path(source).write_text("một", encoding="utf-8")
    report = batch.run(batch.Batch([source], tmp_path / "out", workers=1))
    assert report.converted == 1
    assert batch.run(batch.Batch([source], tmp_path / "out", workers=1)).already_done == 1


@pytest.mark.usefixtures("fake_flow")
def test_convert_many_gives_records_or_errors(write: Write) -> None:
    one, two, three = write("một", "locked", "hang")
    results = {result.source: result for result in batch.convert_many([one, two, three], workers=3, timeout=2)}
    assert results[one].record is not None
    assert results[one].record.document.title == "một"
    assert isinstance(results[two].error, SourceLocked)
    assert isinstance(results[three].error, SourceTimeout)


@pytest.mark.usefixtures("fake_flow")
def test_workers_are_replaced_in_time(write: Write, monkeypatch: pytest.MonkeyPatch) -> None:
    started = []
    monkeypatch.setattr(engines, "SOURCES_A_WORKER", 2)
    monkeypatch.setattr(engines, "Worker", lambda **options: started.append(1) or Worker(**options))
    sources = write(*map(str, range(5)))
    assert sorted(outcome.source for outcome in local(sources, workers=1)) == sources
    assert len(started) == 3


@pytest.mark.usefixtures("fake_flow")
def test_a_caller_may_stop_listening(write: Write) -> None:
    outcomes = local(write("một", *["hang"] * 3), workers=2)
    assert next(outcomes).record is not None
    outcomes.close()  # returns at once: the workers that hang are ended


@pytest.mark.slow
@pytest.mark.usefixtures("fake_flow")
def test_dask_gives_the_same(write: Write, tmp_path: Path) -> None:
    pytest.importorskip("distributed")
    sources = write("một", "crash", "hai")
    report = batch.run(batch.Batch(sources, tmp_path / "out", workers=1, engine="dask", timeout=60))
    assert (report.converted, report.failed) == (2, 1)
    assert titles(tmp_path / "out") == ["một", "hai"]


def test_sources_of_folders_globs_and_files(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("a.pdf", "b.TXT", "c.docx", ".hidden.txt", "deep/er/d.tiff", ".git/e.txt"):
        path = tmp_path / "in" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.touch()
    monkeypatch.chdir(tmp_path)
    found = find_sources(["in", "in/a.pdf", "./in/a.pdf", "in/*.docx", "in/c.docx", "nothing-*", "in/[!x].TXT"])
    assert found.files == ("in/a.pdf", "in/b.TXT", "in/deep/er/d.tiff", "in/c.docx")
    assert found.ignored == ()
    assert [name for name, _ in found.missing] == ["in/*.docx", "nothing-*"]
    assert find_sources(["in"]).ignored == ("in/c.docx",)


@pytest.mark.usefixtures("fake_flow")
def test_results_below_the_sources_are_no_sources(write: Write, tmp_path: Path) -> None:
    write("một", "hai")
    out = tmp_path / "in" / "out"
    for _ in range(2):
        report = batch.run(batch.Batch([str(tmp_path / "in")], out, workers=1))
    assert (report.sources, report.already_done, report.ignored) == (2, 2, [])


def test_an_output_that_is_a_file_is_a_wrong_call(tmp_path: Path) -> None:
    (tmp_path / "out").touch()
    with pytest.raises(UsageError, match="cannot be made"):
        Ledger(tmp_path / "out")


def test_a_file_whose_name_looks_like_a_glob(tmp_path: Path) -> None:
    path = tmp_path / "plan [1].txt"
    path.touch()
    assert find_sources([path]).files == (str(path),)


@given(st.lists(st.text(min_size=1), unique=True), st.integers(1, 9))
def test_shards_share_out_every_source_once(paths: list[str], count: int) -> None:
    paths = [path for path in paths if path.isprintable()]
    parts = [[p for p in paths if in_shard(p, (part, count))] for part in range(1, count + 1)]
    assert sorted(path for part in parts for path in part) == sorted(paths)


@pytest.mark.parametrize("text", ["0/2", "3/2", "1", "a/b", "1/2/3", "-1/2", ""])
def test_wrong_shards_are_refused(text: str) -> None:
    with pytest.raises(UsageError, match="--shard 2/8"):
        batch.parse_shard(text)


def test_one_run_at_a_time_has_a_folder(tmp_path: Path) -> None:
    with Ledger(tmp_path), pytest.raises(UsageError, match="Another run"):
        Ledger(tmp_path)


def test_a_file_that_is_no_ledger_is_left_alone(tmp_path: Path) -> None:
    (tmp_path / "ledger.sqlite").write_text("notes of a person, longer than the header of a database" * 40)
    with pytest.raises(UsageError, match="cannot be used as a ledger"):
        Ledger(tmp_path)
    assert (tmp_path / "ledger.sqlite").read_text().startswith("notes")


def test_nothing_to_convert_is_a_wrong_call(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="no source"):
        batch.run(batch.Batch([], tmp_path / "out"))
