"""Imports run one way: types, errors <- trace, record, resources, folding <- the stages (never each other) <- convert,
batch, train <- cli."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

PACKAGE = Path(__file__).resolve().parent.parent / "pipeline" / "thidua"
GROUND = {"types", "errors"}
FLOOR = {"trace", "record", "resources", "folding"}
STAGES = {"scan", "restore", "extract", "check", "export"}
FLOW = {"convert", "batch", "train", "evaluate"}
TOP = {"", "cli", "cli_progress", "cli_show", "__main__"}  # "" is thidua/__init__.py, which offers the verbs

ALLOWED: dict[str, set[str]] = {
    **dict.fromkeys(GROUND, GROUND),
    **dict.fromkeys(FLOOR, GROUND | FLOOR),
    **{stage: GROUND | FLOOR | {stage} for stage in STAGES},
    "convert": GROUND | FLOOR | STAGES,
    "batch": GROUND | FLOOR | STAGES | {"convert", "batch"},
    "train": GROUND | FLOOR | STAGES | {"convert", "train"},
    "evaluate": GROUND | FLOOR | STAGES | {"evaluate"},
    **dict.fromkeys(TOP, GROUND | FLOOR | STAGES | FLOW | TOP),
}


def unit_of(module: str) -> str:
    """The first name below the package: "thidua.scan.ocr" -> "scan", "thidua" -> ""."""
    return [*module.split("."), ""][1]


def imports(path: Path) -> Iterator[tuple[int, str]]:
    """(line, absolute module) of every import of the package by itself, lazy ones included."""
    own = ("thidua", *path.relative_to(PACKAGE).with_suffix("").parts)
    folder = own[:-1]
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            found = [alias.name for alias in node.names]
        elif isinstance(node, ast.ImportFrom):
            start = folder[: len(folder) - node.level + 1] if node.level else ()
            module = ".".join([*start, *([node.module] if node.module else [])])
            # `from .. import trace`: the names may be modules.
            found = [f"{module}.{alias.name}" for alias in node.names] if module == "thidua" else [module]
        else:
            continue
        yield from ((node.lineno, name) for name in found if name.split(".")[0] == "thidua")


FILES = sorted(PACKAGE.rglob("*.py"))


@pytest.mark.parametrize("path", FILES, ids=lambda p: str(p.relative_to(PACKAGE)))
def test_imports_run_one_way(path: Path) -> None:
    relative = path.relative_to(PACKAGE)
    unit = relative.parts[0].removesuffix(".py")
    unit = "" if unit == "__init__" else unit
    known = {p.name.removesuffix(".py") for p in PACKAGE.iterdir()}
    wrong = [
        f"line {line} imports {name}"
        for line, name in imports(path)
        if unit_of(name) in known and unit_of(name) not in ALLOWED[unit]
    ]
    assert not wrong


def test_every_unit_has_a_place() -> None:
    units = {p.relative_to(PACKAGE).parts[0].removesuffix(".py") for p in FILES} - {"__init__"}
    assert units <= ALLOWED.keys()


def test_relative_imports_are_resolved(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    file = tmp_path / "extract" / "dates.py"
    file.parent.mkdir()
    file.write_text(
        "from ..scan.ocr import x\nfrom . import y\nfrom .. import trace\nimport thidua.restore\nimport re\n"
    )
    monkeypatch.setitem(globals(), "PACKAGE", tmp_path)
    names = [unit_of(name) for _, name in imports(file)]
    assert names == ["scan", "extract", "trace", "restore"]
