"""The letterhead: issuing bodies, number and symbol, place and date.

Decree 30/2020/NĐ-CP sets it in two columns: bodies and number at the left, quốc hiệu, tiêu ngữ, place and date at the
right. Readers give the columns one after the other or merged line by line; both are understood here: what is known of
the right column is cut out, the rest belongs to the left.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from rapidfuzz import fuzz

from . import agencies
from .zones import match_kind

if TYPE_CHECKING:
    from .document import View

Span = tuple[int, int]


_FORMULAS = ("cong hoa xa hoi chu nghia viet nam", "doc lap - tu do - hanh phuc", "dang cong san viet nam")
_FORMULA_PARTS = ("cong hoa xa hoi", "chu nghia viet nam")
_FUZZY = 84
_NUMBER = re.compile(
    r"(?:^|(?<=[\s|_\-]))s[o0]\s?[:;.]{0,2}\s*(?P<number>\d[\d ]{0,6}[a-z]?)?(?P<dots>[\s.…_]*)"
    r"(?P<sep>[/\-])\s*(?:(?P<year>(?:19|20)\d\d)\s*/\s*)?(?=[a-z])"
)
_SYMBOL = re.compile(
    r"[^\W\d_]+(?:&[^\W\d_]+)*\d{0,2}(?:\s?[-–/]\s?(?=[A-ZĐ])[^\W\d_]+(?:&[^\W\d_]+)*\d{0,2}|[-–]\d\d?\b)*"
)
_PLACE_DATE = re.compile(
    r"(?P<place>[a-z][a-z .'\-]{1,40}?)?[\s,.;]*ngay\s*(?P<day>\d{1,2}|[.…_ ]*)\s*"
    r"thang\s*(?P<month>\d{1,2}|[.…_ ]*)\s*nam\s*(?P<year>(?:19|20)\d\d)"
)
_NO_BODY = re.compile(
    r"\W*(?:v/v|ve viec|ve |du thao|hoa toc|phu luc|cong bao|ban sao|kinh gui)"
    r"|\W*(?:(?:thuong )?khan|(?:toi |tuyet )?mat)\W*$"
)
_SUBJECT = re.compile(r"\W*(?:v/v\b|ve (?:viec )?)")
_RULE = re.compile(r"[\W_]*")


@dataclass
class Letterhead:
    """What the letterhead says, as ranges of the text; bodies from the highest to the issuer, each in pieces."""

    bodies: list[list[Span]] = field(default_factory=list)
    number: Span | None = None
    symbol: Span | None = None
    separator: str = "/"
    place: Span | None = None
    date: Span | None = None
    date_match: re.Match[str] | None = None
    year: str | None = None
    closed: bool = False  # the letterhead has ended
    subject: list[Span] = field(default_factory=list)  # trích yếu of a công văn, below its number


def read(view: View) -> Letterhead:
    """The letterhead of a document; its parts are None or empty where they are not printed."""
    header = Letterhead()
    end = view.zones.kind[0] if view.zones.kind else view.zones.body[0]
    lines = [line for line in view.lines[:40] if line.start < end]
    left_known = any(line.block == "letterhead-left" for line in lines)
    fresh = True
    for line in lines:
        pieces = _left_pieces(view, header, (line.start, line.end))
        for piece in pieces:
            if left_known and line.block != "letterhead-left":
                continue
            fresh = _add_body(view, header, piece, fresh)
    return header


def _left_pieces(view: View, header: Letterhead, span: Span) -> list[Span]:
    """What stays of a line when quốc hiệu, tiêu ngữ, number, place and date are taken out (and noted)."""
    pieces = [span]
    for piece in _without_formulas(view, span):
        start, end = piece
        if header.number is None and header.symbol is None and (match := _NUMBER.search(view.folded, start, end)):
            symbol = _SYMBOL.match(view.text, match.end(), end)
            if symbol is not None:
                _note_number(header, match, symbol)
                pieces = [(start, match.start())]
                piece = (symbol.end(), end)
                start, end = piece
                if (dated := _PLACE_DATE.search(view.folded, start, end)) and header.date is None:
                    _note_date(view, header, dated)
                return pieces
        if header.date is None and (dated := _PLACE_DATE.search(view.folded, start, end)):
            _note_date(view, header, dated)
            return [(start, dated.start())]
    return _without_formulas(view, span)


def _note_number(header: Letterhead, match: re.Match[str], symbol: re.Match[str]) -> None:
    if match["number"] and match["number"].strip():
        start = match.start("number")
        header.number = (start, start + len(match["number"].rstrip()))
    header.symbol = symbol.span()
    header.separator = match["sep"]
    header.year = match["year"]


def _note_date(view: View, header: Letterhead, match: re.Match[str]) -> None:
    header.date_match = match
    header.date = (view.folded.index("ngay", match.start()), match.end())
    if match["place"] and match["place"].strip():
        start, end = match.span("place")
        # In a line of both columns the place is what stands behind the last wide gap.
        tail = re.split(r"\s{3,}|\t", view.text[start:end])[-1]
        start = end - len(tail)
        while start < end and not view.text[start].isalpha():
            start += 1
        header.place = (start, start + len(view.text[start:end].rstrip(" ,.;")))


def _without_formulas(view: View, span: Span) -> list[Span]:
    """The pieces of a line that are neither quốc hiệu nor tiêu ngữ, misread letters allowed for."""
    start, end = span
    folded = view.folded[start:end]
    for formula in (*_FORMULAS, *_FORMULA_PARTS):
        if len(folded) < len(formula) * 0.8:
            continue
        found = fuzz.partial_ratio_alignment(formula, folded, score_cutoff=_FUZZY)
        if found is None:
            continue
        cut_start, cut_end = _whole_words(folded, found.dest_start, found.dest_end)
        pieces = [(start, start + cut_start), (start + cut_end, end)]
        return [p for piece in pieces for p in _without_formulas(view, piece) if view.text[p[0] : p[1]].strip()]
    return [span]


def _whole_words(text: str, start: int, end: int) -> Span:
    while start > 0 and not text[start - 1].isspace():
        start -= 1
    while end < len(text) and not text[end].isspace():
        end += 1
    return start, end


def _add_body(view: View, header: Letterhead, piece: Span, fresh: bool) -> bool:
    """Take a piece of the left column as a body or as the rest of the one before; returns whether bodies may go on."""
    start, end = piece
    while start < end and not (view.text[start].isalnum()):
        start += 1
    while end > start and not (view.text[end - 1].isalnum() or view.text[end - 1] in ".)"):
        end -= 1
    text, folded = view.text[start:end], view.folded[start:end]
    if header.symbol is not None and text:
        if header.closed or folded.startswith("kinh gui"):
            header.closed = True
        elif header.subject or _SUBJECT.match(folded):
            header.subject.append((start, end))
        return False
    if _RULE.fullmatch(text) or _NO_BODY.match(folded) or len(text) > 90:
        return fresh and not (header.bodies and _NO_BODY.match(folded))
    if not fresh or match_kind(folded):
        return False
    opens = agencies.starts(folded) and not _continues_name(view, header, text)
    if not text.isupper() and not opens:
        return True
    if header.bodies and not opens:
        header.bodies[-1].append((start, end))
    else:
        header.bodies.append([(start, end)])
    return True


def _continues_name(view: View, header: Letterhead, text: str) -> bool:
    """Whether a line goes on with the name above it: that name hangs ("HỘI ĐỒNG THI ĐUA -") or the line has no head."""
    if not header.bodies:
        return False
    last = view.folded[slice(*header.bodies[-1][-1])].rstrip()
    return last.endswith(("-", " va", ",", " cua", " ve")) or last in ("ban chap hanh", "ban chap hanh trung uong")
