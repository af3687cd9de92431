"""One record for a person at a terminal: what the plan says, and on which page."""

from __future__ import annotations

from collections import defaultdict

from rich.console import Console
from rich.markup import escape
from rich.table import Table

from .export import rows
from .export.tables import Row
from .record import CampaignRecord

_LISTS = (
    *("sections", "directives", "goals", "tasks", "movements", "events", "dates", "participants", "awards"),
    *("responsibilities", "recipients", "appendices", "findings"),
)
_HIDDEN = ("record_id", "item", "page", "level", "evidence_")
_IMPLIED = {"code": ("number", "symbol"), "issued_on": ("year",)}  # what a shown value says already
_COLOURS = {"error": "red", "warning": "yellow", "info": "cyan"}


def print_record(record: CampaignRecord) -> None:
    """The header of the record, then every list that is not empty."""
    found: dict[str, list[Row]] = defaultdict(list)
    for name, row in rows(record):
        found[name].append(row)
    console = Console()
    console.print(_head(record))
    for name in _LISTS:
        if found[name]:
            console.print(_list(name, found[name]))
    if record.corrections:
        console.print(f"{len(record.corrections)} corrections; `thidua read --explain` lists them", highlight=False)


def _head(record: CampaignRecord) -> Table:
    document, period, signature = record.document, record.period, record.signature
    table = Table(show_header=False, box=None, padding=(0, 2, 0, 0))
    table.add_column(style="bold")
    table.add_column(overflow="fold")
    shown = {
        "Source": f"{record.source.path} ({record.source.pages} pages, {record.source.text_from})",
        "Document": _joined(document.kind, document.code or document.symbol),
        "Title": document.title,
        "Issued": _joined(document.issued_on, document.place),
        "Issuer": _joined(document.issuer, document.parent_issuer, document.issuer_level),
        "Theme": record.theme,
        "Period": _joined(period.start, period.end, period.end_event, period.text),
        "Signed": _joined(signature.authority, signature.position, signature.signer_position, signature.signer),
        "Confidence": f"{record.confidence:.2f}{', needs review' if record.needs_review else ''}",
    }
    for name, text in shown.items():
        if text:
            table.add_row(name, escape(text))
    return table


def _list(name: str, found: list[Row]) -> Table:
    table = Table(title=f"{name.capitalize()} ({len(found)})", title_justify="left", show_header=False, box=None)
    table.add_column(justify="right", style="dim")
    table.add_column(overflow="fold")
    for row in found:
        page = row.get("evidence_page") or row.get("page")
        implied = {name for known, names in _IMPLIED.items() if row.get(known) for name in names}
        shown = {
            c: v for c, v in row.items() if v not in (None, "", False) and not (c in implied or c.startswith(_HIDDEN))
        }
        said = [value if isinstance(value, str) else f"{column} {value}" for column, value in shown.items()]
        style = _COLOURS.get(str(row.get("severity")), "")
        table.add_row(f"p. {page}" if page else "", escape(_joined(*said)), style=style)
    return table


def _joined(*parts: str | None) -> str:
    return " · ".join(part for part in parts if part)
