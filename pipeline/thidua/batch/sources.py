"""What the caller named -> the list of sources: files as they are, folders with all below them, globs."""

from __future__ import annotations

import glob
import hashlib
import os
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from ..errors import SourceMissing, UsageError

# Inside folders and globs files are chosen by name; a file that is named itself is always tried.
SUFFIXES = frozenset({".pdf", ".tif", ".tiff", ".png", ".jpg", ".jpeg", ".webp", ".bmp", ".txt"})


@dataclass(frozen=True, slots=True)
class Found:
    """files: each source once, in order; ignored: other files beside them; missing: names that stand for nothing."""

    files: tuple[str, ...]
    ignored: tuple[str, ...]
    missing: tuple[tuple[str, SourceMissing], ...]


def find_sources(named: Iterable[str | Path], *, leave_out: Path | None = None) -> Found:
    """The sources that paths, folders and globs stand for. A link to a folder is not followed, so no loop can arise.

    leave_out: a folder in which nothing is looked for, since a batch writes there.
    """
    files: dict[str, None] = {}
    ignored: dict[str, None] = {}
    missing: list[tuple[str, SourceMissing]] = []
    for name in map(str, named):
        if Path(name).is_dir():
            candidates = list(_below(name, leave_out and leave_out.resolve()))
        elif not os.path.lexists(name) and glob.has_magic(name):
            matches = sorted(glob.glob(name, recursive=True))  # noqa: PTH207 - absolute patterns too
            candidates = [path for path in matches if Path(path).is_file()]
        else:
            files[name] = None
            continue
        chosen = [path for path in candidates if Path(path).suffix.lower() in SUFFIXES]
        if not chosen:
            remedy = f"Known kinds are {' '.join(sorted(SUFFIXES))}"
            missing.append((name, SourceMissing(f"There is no source at {name}", remedy=remedy)))
        files |= dict.fromkeys(chosen)
        ignored |= dict.fromkeys(candidates)
    return Found(_once(files), tuple(path for path in ignored if path not in files), tuple(missing))


def parse_shard(text: str) -> tuple[int, int]:
    """ "2/8" -> (2, 8): the second of eight parts. Raises UsageError."""
    part, slash, count = text.partition("/")
    if slash and part.isdecimal() and count.isdecimal() and 1 <= int(part) <= int(count):
        return int(part), int(count)
    raise UsageError(f"There is no shard {text!r}", remedy="Write I/N with 1 <= I <= N, e.g. --shard 2/8")


def in_shard(path: str, shard: tuple[int, int]) -> bool:
    """Whether a source belongs to shard (part, count): by its path, so that files that come later move no other one."""
    digest = hashlib.sha256(os.fsencode(path)).digest()
    return int.from_bytes(digest[:8], "big") % shard[1] == shard[0] - 1


def _below(folder: str, leave_out: Path | None) -> Iterator[str]:
    for root, folders, names in os.walk(folder):
        if leave_out and Path(root).resolve() == leave_out:
            folders.clear()
            continue
        folders[:] = sorted(name for name in folders if not name.startswith("."))
        yield from (str(Path(root, name)) for name in sorted(names) if not name.startswith("."))


def _once(files: Iterable[str]) -> tuple[str, ...]:
    """Each file once, however it was named."""
    kept: dict[str, str] = {}
    for path in files:
        kept.setdefault(str(Path(path).resolve()), path)
    return tuple(kept.values())
