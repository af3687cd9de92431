"""The only reader of dictionaries/ and models/: in a checkout or an editable install they lie at the repository root,
in an installed wheel inside the package.
"""

from __future__ import annotations

import csv
import json
from functools import cache
from pathlib import Path

from .errors import ArtefactError

_PACKAGE = Path(__file__).resolve().parent


@cache
def _root() -> Path:
    for root in (_PACKAGE, _PACKAGE.parent.parent):
        if (root / "dictionaries").is_dir() and (root / "models").is_dir():
            return root
    raise ArtefactError(
        f"The folders dictionaries/ and models/ are not beside {_PACKAGE}",
        remedy="Install thidua again, from a complete checkout or wheel",
    )


def dictionary_path(name: str) -> Path:
    """The file dictionaries/<name>. Raises ArtefactError where it is missing."""
    return _existing(_root() / "dictionaries" / name)


def model_path(name: str) -> Path:
    """The folder or file models/<name>. Raises ArtefactError where it is missing."""
    return _existing(_root() / "models" / name)


def rows(name: str) -> list[dict[str, str]]:
    """The rows of dictionaries/<name>, as `table` reads them. Raises ArtefactError where the file is missing, too."""
    return table(dictionary_path(name))


def table(path: Path) -> list[dict[str, str]]:
    """The rows of a TSV file: lines that start with '#' are the provenance header, then column names.

    Cells are stripped, a missing cell is "". Raises ArtefactError where a row is too long.
    """
    with path.open(encoding="utf-8", newline="") as file:
        lines = (line for line in file if not line.startswith("#") and line.strip())
        reader = csv.DictReader(lines, delimiter="\t", quoting=csv.QUOTE_NONE, restkey="\t", restval="")
        found = []
        for row in reader:
            if "\t" in row:
                raise ArtefactError(f"A row of {path} has more cells than columns: {row}", remedy="Mend the row")
            found.append({column: (cell or "").strip() for column, cell in row.items()})
        return found


def load_json(name: str, *, format_name: str, version: int) -> dict[str, object]:
    """dictionaries/<name> as JSON that starts with {"format": ..., "version": ...}; refuses what it does not know."""
    path = dictionary_path(name)
    content = json.loads(path.read_text(encoding="utf-8"))
    if content.get("format") != format_name or content.get("version") != version:
        raise ArtefactError(
            f"{path} is not {format_name} version {version}", remedy="Install thidua and its dictionaries together"
        )
    return dict(content)


def program_version() -> str:
    """The version of the installed distribution."""
    from importlib.metadata import version  # takes a twentieth of the start-up, and few ask

    return version("thidua")


def _existing(path: Path) -> Path:
    if not path.exists():
        raise ArtefactError(f"{path} is missing", remedy="Install thidua again, from a complete checkout or wheel")
    return path
