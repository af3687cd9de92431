"""How fast and how large: start-up, restoration, extraction, the whole flow.

    python bench/speed.py --texts FILE... [--scans DIR] [--pages N]

Seconds are CPU time of one process (its children, so Tesseract, included): what else the machine does changes it
little. --texts: damaged texts for restoration and extraction; --scans: sources for the whole flow.
"""

from __future__ import annotations

import argparse
import os
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Sequence
from pathlib import Path

LONG = 200_000  # words: a long text, so that start-up counts as little as it does in an archive


def cpu_seconds() -> float:
    """CPU seconds of this process and of the children that have ended."""
    times = os.times()
    return times.user + times.system + times.children_user + times.children_system


def measured(work: Callable[[], object]) -> float:
    before = cpu_seconds()
    work()
    return cpu_seconds() - before


def child(code: str, *arguments: str) -> tuple[float, float]:
    """(CPU seconds, peak megabytes) of a fresh process that runs the code."""
    reader = "import resource, sys\n" + code + "\nprint(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024)"
    before = cpu_seconds()
    done = subprocess.run([sys.executable, "-c", reader, *arguments], capture_output=True, text=True, check=True)
    return cpu_seconds() - before, float(done.stdout.split()[-1])


def row(what: str, *figures: str) -> None:
    print(f"{what:<46}{'  '.join(figures)}")


def start_up() -> None:
    for what, code in {
        "import thidua": "import thidua",
        "thidua --help": "import thidua.cli\ntry: thidua.cli.main(['--help'])\nexcept SystemExit: pass",
        "first restoration (models loaded)": "import thidua; thidua.restore('Ké hoach s6 207/KH-UBND')",
        "first record (everything loaded)": "import thidua; thidua.extract('KẾ HOẠCH')",
    }.items():
        seconds, megabytes = child(code)
        row(what, f"{seconds:6.2f} s", f"{megabytes:6.0f} MB")


COMMAND = "import thidua.cli; thidua.cli.main(['restore', sys.argv[1]])"
CALL = "import thidua; thidua.restore(open(sys.argv[1], encoding='utf-8').read())"


def texts(paths: Sequence[Path]) -> None:
    found = [path.read_text(encoding="utf-8") for path in paths]
    words = sum(len(text.split()) for text in found)
    times = max(1, round(LONG / words))
    for what, code, text in (
        ("thidua restore, start-up included", COMMAND, "\n\n".join(found * times)),
        ("the same by the library", CALL, "\n\n".join(found * times)),
        ("thidua restore, each text but once", COMMAND, "\n\n".join(found)),
    ):
        with tempfile.NamedTemporaryFile("w", encoding="utf-8", suffix=".txt") as file:
            file.write(text)
            file.flush()
            seconds, megabytes = child(code, file.name)
        length = len(text.split())
        row(what, f"{length / seconds:8,.0f} words/s", f"{megabytes:6.0f} MB", f"({length:,} words)")

    import thidua

    restored = [thidua.restore(text) for text in found]
    thidua.extract(restored[0])
    seconds = measured(lambda: [thidua.extract(text) for text in restored])
    row("restored text to record", f"{len(found) / seconds:8.1f} texts/s", f"({words / len(found):.0f} words each)")


def scans(folder: Path, pages: int) -> None:
    import thidua
    from thidua.scan import media_type

    done = 0
    started = time.monotonic(), cpu_seconds()
    for path in sorted(folder.iterdir()):
        if path.suffix.lower() not in (".pdf", ".png", ".jpg", ".tif") or done >= pages:
            continue
        before = cpu_seconds()
        record = thidua.convert(path)
        seconds = cpu_seconds() - before
        done += record.source.pages
        what = f"{path.name[:28]} ({media_type(path).split('/')[1]}, {record.source.text_from})"
        row(what, f"{seconds / max(1, record.source.pages):6.2f} s a page", f"{record.source.pages:3} pages")
    cpu = cpu_seconds() - started[1]
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    row("all sources, one core", f"{cpu / max(1, done):6.2f} s a page", f"{done:3} pages", f"{peak:.0f} MB at most")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--texts", type=Path, nargs="+")
    parser.add_argument("--scans", type=Path)
    parser.add_argument("--pages", type=int, default=30, help="stop after about so many pages")
    options = parser.parse_args()
    os.environ["OMP_THREAD_LIMIT"] = "1"
    start_up()
    if options.texts:
        texts(options.texts)
    if options.scans:
        scans(options.scans, options.pages)


if __name__ == "__main__":
    main()
