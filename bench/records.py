"""How right the records are: precision, recall and F1 per group against gold records.

    python bench/records.py --gold GOLD... --texts FOLDER... [--restore] [--pages-of FOLDER...] [--errors] [--json FILE]

GOLD: gold records (files or folders of *.json); the source that one names is looked for in the folders of --texts by
its name without suffixes, so that a folder of twins (`<name>.eng_full.txt`, `<name>.scan.pdf`) can stand for the clean
texts. --restore restores a text before it is read (for garbled twins; scans are always converted whole).
--pages-of names clean texts of the same pages where a twin has only the first pages of its document: a gold fact that
the clean pages do not yield either is then not expected of the twin.
F1 of a group is the mean over the documents whose gold record speaks of it; for findings only recall is meaningful,
since a gold record lists what a reader noticed.
"""

from __future__ import annotations

import argparse
import json
import sys
import time
from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path

from thidua.evaluate.facts import READERS, Row
from thidua.evaluate.fields import FieldScore, score_record


def sources(gold: list[Path], texts: list[Path]) -> Iterator[tuple[Path, Path, Row]]:
    """(gold file, its source, gold record); a gold record whose source is in no folder is left out, with a note."""
    files = _files(texts)
    records = [file for path in gold for file in (sorted(path.glob("*.json")) if path.is_dir() else [path])]
    for path in records:
        record = json.loads(path.read_text(encoding="utf-8"))
        match = _source(path, record, files)
        if match is None:
            print(f"no source for {path.name}", file=sys.stderr)
            continue
        yield path, match, record


def _files(folders: list[Path]) -> list[Path]:
    return [file for folder in folders for file in sorted(folder.iterdir() if folder.is_dir() else [folder])]


def _source(path: Path, record: Row, files: list[Path]) -> Path | None:
    names = {Path(str(record["source"])).name.split(".")[0], path.name.split(".")[0]}
    return next((file for file in files if file.name.split(".")[0] in names and file.suffix != ".json"), None)


def read(source: Path, *, restored: bool) -> Row:
    from thidua import convert, extract, restore

    if source.suffix != ".txt":
        record = convert(source)
    else:
        text = source.read_text(encoding="utf-8")
        record = extract(restore(text) if restored else text)
    return json.loads(record.to_json())  # type: ignore[no-any-return]


def table(rows: dict[str, list[FieldScore]]) -> str:
    lines = [f"{'group':<18}{'docs':>5}{'precision':>11}{'recall':>8}{'F1':>8}"]
    means = []
    for group, scores in rows.items():
        f1 = sum(s.f1 for s in scores) / len(scores)
        if group != "findings":
            means.append(f1)
        precision = sum(s.precision for s in scores) / len(scores)
        recall = sum(s.recall for s in scores) / len(scores)
        lines.append(f"{group:<18}{len(scores):>5}{precision:>11.3f}{recall:>8.3f}{f1:>8.3f}")
    lines.append(f"{'mean over groups':<18}{'':>5}{'':>11}{'':>8}{sum(means) / max(1, len(means)):>8.3f}")
    return "\n".join(lines)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--gold", nargs="+", type=Path, required=True)
    parser.add_argument("--texts", nargs="+", type=Path, required=True)
    parser.add_argument("--restore", action="store_true", help="restore a text before it is read")
    parser.add_argument("--pages-of", nargs="+", type=Path, default=[], help="clean texts of the same pages")
    parser.add_argument("--errors", action="store_true", help="print what is wrong and missed")
    parser.add_argument("--groups", nargs="+", default=list(READERS), help="only these groups")
    parser.add_argument("--json", type=Path, help="write the figures to this file as well")
    options = parser.parse_args()
    rows: dict[str, list[FieldScore]] = defaultdict(list)
    started = time.process_time()
    for path, source, gold in sources(options.gold, options.texts):
        clean = _source(path, gold, _files(options.pages_of))
        reference = read(clean, restored=False) if clean else None
        for group, result in score_record(gold, read(source, restored=options.restore), reference).items():
            if group not in options.groups:
                continue
            rows[group].append(result)
            for mark, some in (("+", result.wrong), ("-", result.missed)) if options.errors else ():
                for fact in some:
                    print(
                        f"{path.name.split('.')[0][:22]:<23}{group:<18}{mark} {' | '.join(fact.key + fact.texts)}"
                        f"{' ' + fact.starts + ' ... ' + fact.ends if fact.starts else ''}"
                    )
    ordered = {group: rows[group] for group in READERS if group in rows}
    print(table(ordered))
    print(f"{time.process_time() - started:.1f} s of CPU")
    if options.json:
        figures = {g: {"documents": len(s), "f1": sum(x.f1 for x in s) / len(s)} for g, s in ordered.items()}
        options.json.write_text(json.dumps(figures, indent=1) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
