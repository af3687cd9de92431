"""Restored text -> campaign record: every field module reads the one view, this file strings them together."""

from __future__ import annotations

import hashlib
import unicodedata

from ..record import CampaignRecord, Correction, Document, Source
from ..resources import program_version
from ..types import Restored
from . import (
    appendices,
    awards,
    citations,
    closing,
    date_mentions,
    directives,
    events,
    goals,
    header,
    movements,
    participants,
    period,
    responsibilities,
    section_rows,
    tasks,
    theme,
)
from .document import View

REQUIRED = ("kind", "number", "issued_on", "issuer", "title")
REVIEW_BELOW = 0.8  # confidence of the record under which a person should look at it


def extract(text: str | Restored, *, source: Source | None = None) -> CampaignRecord:
    """The campaign record of one document, without the findings of the checks.

    text: restored text, or plain text that needs no restoration (it is brought to NFC). source: where it comes from;
    for plain text the record is named by the SHA-256 of its UTF-8 bytes and the path is empty. Any text gives a record:
    what is not there stays None or empty.
    """
    restored = as_restored(text)
    source = source or _text_source(text if isinstance(text, str) else restored.source, restored)
    view = View(restored)
    document = header.find(view)
    cited = citations.citations(view)
    plan_period = period.find(view, document.issued_on)
    own_theme = theme.find(view)
    record = CampaignRecord(
        record_id=source.sha256[:16],
        source=source,
        document=document,
        theme=own_theme[0] if own_theme else None,
        theme_evidence=own_theme[1] if own_theme else None,
        period=plan_period,
        goals=goals.find(view),
        tasks=tasks.find(view),
        directives=directives.merged(view, cited, document),
        movements=movements.find(view),
        events=events.find(view),
        dates=date_mentions.find(view, document, plan_period, cited),
        participants=participants.find(view),
        awards=awards.find(view, document),
        responsibilities=responsibilities.find(view),
        recipients=closing.recipients(view),
        appendices=appendices.find(view),
        signature=closing.signature(view),
        sections=section_rows.find(view),
    )
    record.corrections = corrections(view)
    record.confidence = confidence(document)
    record.needs_review = record.confidence < REVIEW_BELOW or document.kind is None or document.title is None
    return record


def corrections(view: View) -> list[Correction]:
    """Every edit of the restoration, with the page it stands on."""
    found: list[Correction] = []
    shift = 0
    for edit in view.restored.edits:
        found.append(
            Correction(
                page=view.page_at(edit.start + shift),
                start=edit.start,
                end=edit.end,
                before=edit.before,
                after=edit.after,
                rule=edit.rule,
                confidence=round(edit.confidence, 4),
            )
        )
        shift += len(edit.after) - (edit.end - edit.start)
    return found


def confidence(document: Document) -> float:
    """The weakest of the required fields that are printed; 0 where none is."""
    shares = [document.evidence[name].confidence for name in REQUIRED if name in document.evidence]
    return min(shares, default=0.0)


def as_restored(text: str | Restored) -> Restored:
    """Plain text, in NFC and with plain line ends, as restored text without edits: what a record's offsets mean."""
    if isinstance(text, Restored):
        return text
    plain = unicodedata.normalize("NFC", text).replace("\r\n", "\n").replace("\r", "\n")
    return Restored(source=plain, text=plain)


def _text_source(text: str, restored: Restored) -> Source:
    pages = len(restored.transcript.pages) if restored.transcript else restored.text.count("\f") + 1
    return Source(
        path="",
        sha256=hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest(),
        media_type="text/plain",
        pages=max(1, pages),
        text_from="text",
        program=f"thidua {program_version()}",
    )
