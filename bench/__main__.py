"""All tables of docs/quality.md: restoration, reading, records, speed.

    python -m bench [--shared DIR] [--only NAME...] > docs/quality.md

--shared: where the measuring material lies (default: ../shared beside the repository). It is no part of the project.
"""

from __future__ import annotations

import argparse
import subprocess
import sys
from datetime import UTC, datetime
from pathlib import Path

HEAD = """# Quality

Printed by `python -m bench`; each table stands below its date and the command that makes it alone. Nothing was trained
on what is measured here. `../shared` is measuring material beside the repository and no part of it: published plans
with their correct text, what OCR engines made of their pages, and gold records. Rates are in per cent of the words
(WER) or characters (CER) of the correct text; F1 is the mean over the documents whose gold record speaks of a group.
"""

BENCH = Path(__file__).resolve().parent


def tables(shared: Path) -> dict[str, list[str]]:
    """Name -> the program and arguments that print it."""
    plans, seeds, garbled = shared / "plans", shared / "seeds", shared / "plans" / "garbled"
    q12 = str(seeds / "q12.gold.json")
    first_pages = ["--pages-of", str(garbled / "*.gt.txt")]
    twins = ["records.py", "--gold", str(plans / "gold"), q12, *first_pages, "--texts"]
    return {
        "restoration": [
            *("restoration.py", "--pairs", str(garbled), "--clean", str(plans / "eval")),
            *("--seed", str(seeds / "q12.raw.txt"), str(seeds / "q12.gold.txt")),
        ],
        "restoration of everyday plans": [
            *("restoration.py", "--pairs", str(BENCH / "everyday"), "--engines", "eng_full"),
        ],
        "reading": ["reading.py", "--print", str(plans / "eval"), "--made", str(garbled)],
        "headers of scans": ["headers.py", str(shared / "scans"), "--facts", str(shared / "scans"), "--errors"],
        "records of clean texts": [
            *(
                "records.py",
                "--gold",
                str(plans / "gold"),
                q12,
                "--texts",
                str(plans / "eval"),
                str(seeds / "q12.gold.txt"),
            )
        ],
        "records of own gold": ["records.py", "--gold", str(BENCH / "gold"), "--texts", str(plans / "train")],
        "records of damaged texts": [
            *twins,
            str(garbled / "*.eng_full.txt"),
            str(seeds / "q12.raw.txt"),
            "--restore",
        ],
        "records of scans": [*twins, str(garbled / "*.scan.pdf"), str(BENCH.parent / "data" / "raw" / "q12.pdf")],
        "speed": [
            "speed.py",
            "--texts",
            str(garbled / "*.eng_full.txt"),
            "--scans",
            str(BENCH.parent / "data" / "raw"),
        ],
    }


def _expanded(arguments: list[str]) -> list[str]:
    """The arguments with each pattern in the place of the files that it stands for."""
    paths: list[str] = []
    for word in arguments:
        paths += sorted(map(str, Path(word).parent.glob(Path(word).name))) if "*" in word else [word]
    return paths


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--shared", type=Path, default=BENCH.parent.parent / "shared")
    parser.add_argument("--only", nargs="+", metavar="NAME", help="only tables whose name has one of these words")
    options = parser.parse_args()
    if not options.shared.is_dir():
        print(f"{options.shared} is not there: name the measuring material with --shared", file=sys.stderr)
        return 2
    failed: list[str] = []
    print(HEAD)
    for name, command in tables(options.shared).items():
        if options.only and not any(word in name for word in options.only):
            continue
        shown = " ".join(command).replace(f"{options.shared}/", "../shared/").replace(f"{BENCH.parent}/", "")
        print(f"\n## {name.capitalize()} ({datetime.now(UTC):%Y-%m-%d})\n\n```\n$ python bench/{shown}\n", flush=True)
        if subprocess.run([sys.executable, str(BENCH / command[0]), *_expanded(command[1:])], check=False).returncode:
            failed.append(name)
        print("```", flush=True)
    if failed:
        print(f"\nfailed: {', '.join(failed)}", file=sys.stderr)
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
