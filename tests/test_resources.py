"""Dictionaries and models are found, and what is damaged is refused."""

from __future__ import annotations

from pathlib import Path

import pytest

from thidua import resources
from thidua.errors import ArtefactError


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    (tmp_path / "dictionaries").mkdir()
    (tmp_path / "models").mkdir()
    monkeypatch.setattr(resources, "_root", lambda: tmp_path)
    return tmp_path / "dictionaries"


def test_rows_skip_the_provenance_header(folder: Path) -> None:
    (folder / "kinds.tsv").write_text("# source: Decree 30/2020\ncode\tname\nKH\t Kế hoạch \n\nTB\n", encoding="utf-8")
    assert resources.rows("kinds.tsv") == [{"code": "KH", "name": "Kế hoạch"}, {"code": "TB", "name": ""}]


def test_a_row_with_too_many_cells_is_refused(folder: Path) -> None:
    (folder / "kinds.tsv").write_text("code\tname\nKH\tKế hoạch\tthừa\n", encoding="utf-8")
    with pytest.raises(ArtefactError, match="more cells"):
        resources.rows("kinds.tsv")


def test_unknown_formats_are_refused(folder: Path) -> None:
    (folder / "a.json").write_text('{"format": "x", "version": 2}', encoding="utf-8")
    assert resources.load_json("a.json", format_name="x", version=2)["version"] == 2
    with pytest.raises(ArtefactError, match="version 1"):
        resources.load_json("a.json", format_name="x", version=1)


@pytest.mark.usefixtures("folder")
def test_missing_files_are_told() -> None:
    with pytest.raises(ArtefactError, match="is missing"):
        resources.rows("none.tsv")
    with pytest.raises(ArtefactError, match="is missing"):
        resources.model_path("none")


@pytest.mark.parametrize(
    "path", sorted((Path(__file__).parent.parent / "dictionaries").glob("*.tsv")), ids=lambda p: p.name
)
def test_every_dictionary_has_a_provenance_header_and_rows(path: Path) -> None:
    lines = path.read_text(encoding="utf-8").splitlines()
    header = " ".join(line for line in lines if line.startswith("#")).lower()
    assert "source" in header
    assert resources.rows(path.name)
