"""The command line: arguments in, exit codes out. The only code, with its two cli_ companions, that prints.

Exit codes: 0 all converted; 1 some sources failed; 2 wrong call; 3 the set-up lacks something; 130 interrupted.
"""

from __future__ import annotations

import argparse
import atexit
import gc
import io
import json
import os
import signal
import sys
from collections.abc import Callable, Sequence
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING

from .errors import SetupError, ThiduaError, UsageError

if TYPE_CHECKING:
    from .restore import Lexicon

INTERRUPTED = 130
COLLECT_EVERY = 500_000  # new objects; the usual 700 cost a tenth of the time, and what is made here has no cycles


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command; returns the exit code. argparse itself leaves with 2 where the call is wrong."""
    gc.set_threshold(COLLECT_EVERY)
    atexit.register(gc.freeze)  # nor is what is left at the end worth a look: it goes with the process
    os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")  # its threads spin from the import of numpy on, for no use
    signal.signal(signal.SIGTERM, _interrupt)  # a batch that is asked to end writes down what was done, as on Ctrl-C
    options = _parser().parse_args(arguments)
    if isinstance(sys.stdout, io.TextIOWrapper):
        sys.stdout.reconfigure(encoding="utf-8", errors="replace")  # whatever the locale: the texts are Vietnamese
    try:
        code = options.run(options)
        sys.stdout.flush()
    except ThiduaError as error:
        print(f"thidua: {error}", file=sys.stderr)
        return error.exit_code
    except KeyboardInterrupt:
        print("thidua: interrupted; what was done is kept", file=sys.stderr)
        return INTERRUPTED
    except BrokenPipeError:
        # The reader of our output (`| head`) has gone: nothing more to say, and nothing to complain about.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 0
    except OSError as error:
        print(f"thidua: {error}. Check that there is space and that the folder may be written to", file=sys.stderr)
        return 1
    return int(code)


def _interrupt(signum: int, frame: object) -> None:
    raise KeyboardInterrupt


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="thidua",
        description="Scanned Vietnamese emulation plans become restored text and structured, traceable records.",
    )
    parser.add_argument("--version", action=_Version, nargs=0, help="show the program's version and leave")
    commands = parser.add_subparsers(required=True, metavar="COMMAND")
    _add_convert(commands.add_parser("convert", help="sources -> records.jsonl, tables and report.json in a folder"))

    read = commands.add_parser("read", help="the restored text of one source")
    read.add_argument("source", metavar="SOURCE")
    read.add_argument("--raw", action="store_true", help="the text before restoration")
    read.add_argument("--explain", action="store_true", help="the edits of the restoration as JSON")
    read.set_defaults(run=_read)

    restore = commands.add_parser("restore", help="damaged text -> restored text, line by line the same")
    restore.add_argument("file", metavar="FILE", nargs="?", default="-", help="a text file; - is standard input")
    restore.add_argument("--explain", action="store_true", help="the edits as JSON")
    restore.set_defaults(run=_restore)

    show = commands.add_parser("show", help="the record of one source, for a person")
    show.add_argument("source", metavar="SOURCE")
    show.set_defaults(run=_show)

    evaluate = commands.add_parser("evaluate", help="results against truth: CER, WER by kind of error, field scores")
    evaluate.add_argument("results", metavar="RESULTS", type=Path, help="output folder of convert, or texts")
    evaluate.add_argument("--truth", metavar="DIR", type=Path, required=True, help="correct texts and gold records")
    evaluate.add_argument("--json", action="store_true", help="the figures as JSON")
    evaluate.set_defaults(run=_evaluate)

    for command in (read, restore, show):
        _add_lexicon(command)

    schema = commands.add_parser("schema", help="the JSON Schema of the record")
    schema.add_argument("--tables", action="store_true", help="the schema of the tables instead")
    schema.set_defaults(run=_schema)
    return parser


def _add_convert(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("sources", metavar="SOURCE", nargs="+", help="files, folders (recursive), globs")
    parser.add_argument("--out", metavar="DIR", type=Path, required=True, help="where records, tables and report go")
    parser.add_argument("--workers", metavar="N", type=_at_least_one, help="processes (default: one a core)")
    parser.add_argument("--engine", choices=["local", "dask"], default="local")
    parser.add_argument("--scheduler", metavar="ADDRESS", help="of a running Dask cluster")
    parser.add_argument("--shard", metavar="I/N", default="1/1", help="only the I-th of N parts of the sources")
    parser.add_argument("--redo", action="store_true", help="convert again what has been converted")
    parser.add_argument("--timeout", metavar="S", type=_positive, help="seconds that one source may take")
    parser.add_argument("--max-failures", metavar="SHARE", type=_share, default=1.0, help="stop when more fail (0..1)")
    parser.add_argument("--format", default="jsonl,csv", help="any of jsonl,csv,parquet,xlsx (default: jsonl,csv)")
    parser.add_argument("--csv-profile", choices=["data", "excel"], default="data")
    _add_lexicon(parser)
    parser.set_defaults(run=_convert)


def _add_lexicon(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--lexicon", metavar="FILE", type=Path, help="your own words and phrases, one a line")


class _Version(argparse.Action):
    def __call__(self, parser: argparse.ArgumentParser, *rest: object) -> None:
        from .resources import program_version

        print(f"thidua {program_version()}")
        parser.exit()


def _number(text: str, accept: Callable[[float], bool], wanted: str) -> float:
    try:
        value = float(text)
    except ValueError:
        value = float("nan")
    if not accept(value):
        raise argparse.ArgumentTypeError(f"{text!r} is not {wanted}")
    return value


def _at_least_one(text: str) -> int:
    return int(_number(text, lambda n: n >= 1 and n.is_integer(), "a whole number of at least 1"))


def _positive(text: str) -> float:
    return _number(text, lambda n: 0 < n < float("inf"), "a number of seconds above 0")


def _share(text: str) -> float:
    return _number(text, lambda n: 0 <= n <= 1, "a share between 0 and 1")


def _convert(options: argparse.Namespace) -> int:
    from . import batch
    from .cli_progress import Progress, print_summary

    asked = batch.Batch(
        sources=options.sources,
        out=options.out,
        workers=options.workers,
        engine=options.engine,
        scheduler=options.scheduler,
        shard=batch.parse_shard(options.shard),
        redo=options.redo,
        timeout=options.timeout,
        lexicon=options.lexicon,
        max_failures=options.max_failures,
        formats=[name.strip() for name in options.format.split(",") if name.strip()],
        csv_profile=options.csv_profile,
    )
    with Progress() as progress:
        report = batch.run(asked, observe=progress.observe)
    print_summary(report, options.out)
    if report.missing_setup:
        return SetupError.exit_code
    return 1 if report.failed else 0


def _read(options: argparse.Namespace) -> int:
    from .convert import read, read_raw

    if options.raw:
        _write_text(read_raw(options.source).text)
        return 0
    restored = read(options.source, lexicon=_lexicon(options))
    if options.explain:
        print(json.dumps([asdict(edit) for edit in restored.edits], ensure_ascii=False, indent=1))
    else:
        _write_text(restored.text)
    return 0


def _restore(options: argparse.Namespace) -> int:
    from .restore import restore_text
    from .scan.textfile import decode

    try:
        content = sys.stdin.buffer.read() if options.file == "-" else Path(options.file).read_bytes()
    except OSError as error:
        raise UsageError(f"{options.file} cannot be read: {error.strerror}", remedy="Check the path") from error
    restored = restore_text(decode(content)[0], lexicon=_lexicon(options))
    if options.explain:
        print(json.dumps([asdict(edit) for edit in restored.edits], ensure_ascii=False, indent=1))
    else:
        sys.stdout.write(restored.text)
    return 0


def _lexicon(options: argparse.Namespace) -> Lexicon | None:
    from .restore import Lexicon

    return Lexicon.read(options.lexicon) if options.lexicon else None


def _show(options: argparse.Namespace) -> int:
    from .cli_show import print_record
    from .convert import convert

    print_record(convert(options.source, lexicon=_lexicon(options)))
    return 0


def _evaluate(options: argparse.Namespace) -> int:
    from .evaluate import evaluate, figures, report_text

    evaluation = evaluate(options.results, options.truth)
    print(json.dumps(figures(evaluation), indent=1) if options.json else report_text(evaluation))
    return 0


def _schema(options: argparse.Namespace) -> int:
    from .export import table_schema
    from .record import CampaignRecord

    schema = CampaignRecord.model_json_schema(by_alias=True, mode="serialization")
    print(table_schema() if options.tables else json.dumps(schema, ensure_ascii=False, indent=2))
    return 0


def _write_text(text: str) -> None:
    """Text as whole lines, so that the next prompt or file starts on a line of its own."""
    sys.stdout.write(text if text.endswith("\n") or not text else text + "\n")
