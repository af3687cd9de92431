"""All tables of docs/quality.md: restoration, reading, records, speed.

    python -m bench [--shared DIR] [--only NAME...]

--shared: where the measuring material lies (default: ../shared beside the repository). It is no part of the project.
"""

from __future__ import annotations

import argparse
import subprocess
import sys
from datetime import UTC, datetime
from pathlib import Path

BENCH = Path(__file__).resolve().parent


def tables(shared: Path) -> dict[str, list[str]]:
    """Name -> the program and arguments that print it."""
    plans, seeds = shared / "plans", shared / "seeds"
    gold = [str(BENCH / "gold"), str(plans / "gold"), str(seeds / "q12.gold.json")]
    clean = [str(plans / "train"), str(plans / "eval"), str(seeds / "q12.gold.txt")]
    damaged = [str(plans / "garbled"), str(seeds / "q12.raw.txt")]
    return {
        "restoration": [
            *("restoration.py", "--pairs", str(plans / "garbled"), "--clean", str(plans / "eval")),
            *("--seed", str(seeds / "q12.raw.txt"), str(seeds / "q12.gold.txt")),
        ],
        "reading": ["reading.py", "--shared", str(shared)],
        "records of clean texts": ["records.py", "--gold", *gold, "--texts", *clean],
        "records of damaged texts": ["records.py", "--gold", *gold[1:], "--texts", *damaged, "--restore"],
        "speed": ["speed.py", "--texts", str(seeds), "--scans", str(BENCH.parent / "data" / "raw")],
    }


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--shared", type=Path, default=BENCH.parent.parent / "shared")
    parser.add_argument("--only", nargs="+", metavar="NAME", help="only tables whose name has one of these words")
    options = parser.parse_args()
    if not options.shared.is_dir():
        print(f"{options.shared} is not there: name the measuring material with --shared", file=sys.stderr)
        return 2
    failed = []
    for name, command in tables(options.shared).items():
        if options.only and not any(word in name for word in options.only):
            continue
        print(f"\n## {name} ({datetime.now(UTC):%Y-%m-%d})\n\n$ python bench/{' '.join(command)}\n", flush=True)
        if subprocess.run([sys.executable, str(BENCH / command[0]), *command[1:]], check=False).returncode:
            failed.append(name)
    if failed:
        print(f"\nfailed: {', '.join(failed)}", file=sys.stderr)
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
