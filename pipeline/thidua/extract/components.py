"""The project's finders as spaCy components, offered to any pipeline through entry points.

    nlp = spacy.blank("xx")
    nlp.add_pipe("thidua_directives")
    doc = nlp("Thực hiện Chỉ thị số 05-CT/TW ngày 15/5/2016 của Bộ Chính trị")
    doc.spans["thidua_directives"]      # one span, labelled DIRECTIVE, with the code as its id

A component writes spans only (overlap is allowed); typed values are the business of `thidua.extract`.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import TYPE_CHECKING, NamedTuple

from spacy.language import Language
from spacy.tokens import Doc, Span, SpanGroup

from ..folding import fold
from ..types import Restored
from . import agencies, citations, date_mentions, dates, events, header, movements, period
from .document import View

if TYPE_CHECKING:
    from ..record import Evidence


class Found(NamedTuple):
    """Half-open range of characters, what stands there, and what identifies it ("" where nothing does)."""

    start: int
    end: int
    label: str
    identity: str


Finder = Callable[[View], Iterable[Found]]


class FieldSpans:
    """A component that runs one finder over a document and keeps its spans under its own name."""

    def __init__(self, name: str, finder: Finder) -> None:
        self.name = name
        self.finder = finder

    def __call__(self, doc: Doc) -> Doc:
        spans: list[Span] = []
        for found in self.finder(View(Restored(source=doc.text, text=doc.text))):
            span = doc.char_span(
                found.start, found.end, label=found.label, span_id=found.identity, alignment_mode="expand"
            )
            if span is not None:
                spans.append(span)
        doc.spans[self.name] = SpanGroup(doc, name=self.name, spans=spans)
        return doc


def _at(proof: Evidence, label: str, identity: str = "") -> Found:
    return Found(proof.start, proof.end, label, identity)


def _directives(view: View) -> Iterable[Found]:
    for citation in citations.citations(view):
        identity = citation.code.text if citation.code else ""
        yield Found(citation.start, citation.end, "DIRECTIVE", identity)


def _dates(view: View) -> Iterable[Found]:
    for printed in dates.find(view.folded):
        if printed.iso is not None:
            yield Found(printed.start, printed.end, "DATE", printed.iso)


def _agencies(view: View) -> Iterable[Found]:
    """Names of bodies; a name inside a name is not found apart."""
    position = 0
    for start in agencies.find_starts(view.text, view.folded, 0, len(view.text)):
        if start < position or not view.text[start].isupper():
            continue
        paragraph = view.paragraph_at(start)
        end = agencies.extent(view.text, view.folded, start, paragraph.end if paragraph else len(view.text))
        if end > start:
            yield Found(start, end, "AGENCY", agencies.level(view.flat(start, end)) or "")
            position = end


def _sections(view: View) -> Iterable[Found]:
    for section in view.outline:
        yield Found(section.marker_start, section.end, "SECTION", section.path)


def _movements(view: View) -> Iterable[Found]:
    for movement in movements.find(view):
        yield _at(movement.evidence, "MOVEMENT", fold(movement.name))


def _events(view: View) -> Iterable[Found]:
    for event in events.find(view):
        yield _at(event.evidence, event.kind.upper())


def _roles(view: View) -> Iterable[Found]:
    document = header.find(view)
    plan_period = period.find(view, document.issued_on)
    for item in date_mentions.find(view, document, plan_period, citations.citations(view)):
        yield _at(item.evidence, item.role.upper(), item.date)


@Language.factory("thidua_directives")
def create_directives(nlp: Language, name: str) -> FieldSpans:
    """Cited directives: label DIRECTIVE, id the document code."""
    return FieldSpans(name, _directives)


@Language.factory("thidua_dates")
def create_dates(nlp: Language, name: str) -> FieldSpans:
    """Printed dates: label DATE, id the ISO date (`--MM-DD` where no year is printed)."""
    return FieldSpans(name, _dates)


@Language.factory("thidua_date_roles")
def create_date_roles(nlp: Language, name: str) -> FieldSpans:
    """Dates of a whole document: label by role (ISSUED, CITED, START, END, DEADLINE, REPORT, ...), id the date."""
    return FieldSpans(name, _roles)


@Language.factory("thidua_agencies")
def create_agencies(nlp: Language, name: str) -> FieldSpans:
    """Names of public bodies: label AGENCY, id their level where the name tells it."""
    return FieldSpans(name, _agencies)


@Language.factory("thidua_sections")
def create_sections(nlp: Language, name: str) -> FieldSpans:
    """Headings of the outline: label SECTION, id the numbers from the top ("II.1.a")."""
    return FieldSpans(name, _sections)


@Language.factory("thidua_movements")
def create_movements(nlp: Language, name: str) -> FieldSpans:
    """Named emulation movements: label MOVEMENT, id the folded name."""
    return FieldSpans(name, _movements)


@Language.factory("thidua_events")
def create_events(nlp: Language, name: str) -> FieldSpans:
    """Anniversaries, congresses, holidays: label by kind."""
    return FieldSpans(name, _events)
