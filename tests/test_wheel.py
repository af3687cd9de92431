"""The wheel works by itself: built, installed into a clean environment outside the tree, and used from there."""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
import sysconfig
import venv
from pathlib import Path

import pytest

pytestmark = pytest.mark.xdist_group("wheel")

NEEDED = ("pipeline", "dictionaries", "models", "pyproject.toml", "hatch_build.py", "README.md", "LICENSE")


def run(*command: str | Path, folder: Path) -> str:
    done = subprocess.run([str(part) for part in command], cwd=folder, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout


@pytest.fixture(scope="module")
def installed(root: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A virtual environment with the wheel in it; what the wheel needs is borrowed from the one that tests run in."""
    pytest.importorskip("hatchling")
    folder = tmp_path_factory.mktemp("wheel")
    copy = folder / "tree"  # the build compiles: not in the tree whose library other tests have loaded
    copy.mkdir()
    for name in NEEDED:
        if (root / name).is_dir():
            shutil.copytree(root / name, copy / name, ignore=shutil.ignore_patterns("__pycache__", "*.so"))
        else:
            shutil.copy2(root / name, copy / name)
    pip = (sys.executable, "-m", "pip", "--disable-pip-version-check", "-q")
    run(*pip, "wheel", "--no-deps", "--no-build-isolation", "--wheel-dir", folder, copy, folder=folder)
    environment = folder / "env"
    venv.create(environment, with_pip=False)
    python = environment / "bin" / "python"
    [wheel] = folder.glob("thidua-*.whl")
    run(*pip, "--python", python, "install", "--no-deps", "--no-index", wheel, folder=folder)
    site = Path(run(python, "-c", "import sysconfig; print(sysconfig.get_path('purelib'))", folder=folder).strip())
    (site / "borrowed.pth").write_text(sysconfig.get_path("purelib") + "\n")
    shutil.rmtree(copy)
    return environment / "bin"


@pytest.mark.slow
def test_an_installed_wheel_converts(installed: Path, root: Path, tmp_path: Path) -> None:
    where = run(installed / "python", "-c", "import thidua; print(thidua.__file__)", folder=tmp_path)
    assert Path(where.strip()).is_relative_to(installed.parent)
    shutil.copy(root / "data" / "raw" / "q12.txt", tmp_path / "plan.txt")
    run(installed / "thidua", "convert", "plan.txt", "--out", "out", folder=tmp_path)
    [line] = (tmp_path / "out" / "records.jsonl").read_text(encoding="utf-8").splitlines()
    assert "988/UBND-NV" in {directive["code"] for directive in json.loads(line)["directives"]}


@pytest.mark.slow
def test_an_installed_wheel_has_its_metadata(installed: Path, tmp_path: Path) -> None:
    assert run(installed / "thidua", "--version", folder=tmp_path).startswith("thidua ")
    code = "from importlib.metadata import files; print([str(f) for f in files('thidua')])"
    listed = run(installed / "python", "-c", code, folder=tmp_path)
    assert all(name in listed for name in ("py.typed", "_core.so", "LICENSE", "models/", "dictionaries/README.md"))
