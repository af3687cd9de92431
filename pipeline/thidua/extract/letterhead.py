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

from . import agencies, codes, place_date
from .kind_names import match_kind
from .zones import opens_body

if TYPE_CHECKING:
    from ..types import Block
    from .document import View
    from .paragraphs import TextLine

Span = tuple[int, int]

_FORMULAS = ("cong hoa xa hoi chu nghia viet nam", "doc lap - tu do - hanh phuc", "dang cong san viet nam")
_FORMULA_PARTS = ("cong hoa xa hoi", "chu nghia viet nam")
_FUZZY = 84
# Between "Số:" and the symbol stands the number, printed or by hand: what is no number is kept as a reading only.
_NUMBER = re.compile(
    r"(?:^|(?<=[\s|_\-]))s[o0]\s?[:;.]{0,2}\s*(?P<number>[^\n]{0,14}?)\s*(?P<sep>[/\-])\s*"
    r"(?:(?P<year>(?:19|20)\d\d)\s*/\s*)?(?=[a-z])"
)
_PRINTED_NUMBER = re.compile(r"\d{1,6}(?: \d{1,3})?[a-zA-Z]?")
_SYMBOL = re.compile(
    r"[^\W\d_]+(?:&[^\W\d_]+)*\d{0,4}(?:\s?[-–/]\s?(?=[A-ZĐ])[^\W\d_]+(?:&[^\W\d_]+)*\d{0,4}|[-–]\d\d?\b)*"
)
_NO_BODY = re.compile(
    r"\W*(?:v/v|ve viec|ve |du thao|hoa toc|phu luc|cong bao|ban sao|kinh gui)"
    r"|\W*(?:(?:thuong )?khan|(?:toi |tuyet )?mat)\W*$"
)
_SUBJECT = re.compile(r"\W*(?:v/v\b|ve (?:viec )?)")
_UNFINISHED = re.compile(r"^\W*so\s*:?\s*\d*\W*$|\bngay\s*(?:\d{1,2}\s*)?(?:thang\s*(?:\d{1,2}\s*)?)?(?:nam\s*)?$")
_TIER = re.compile(r"(?:tinh|thanh pho|huyen|quan|thi xa|thi tran|xa|phuong|dac khu)\b")
_UNION = re.compile(r"\W*doan (?:tncs|thanh nien cong san) ho chi minh\W*")  # the Youth Union's title, at the right
_UNION_TITLE = re.compile(r"(?<=\w\w)\s+doan (?:tncs|thanh nien cong san) ho chi minh\W*$")
_MOST_PIECES = 3  # lines of one body's name
_TWO_BODIES = re.compile(
    r"(?:UBND|[ỦU][ỶY] BAN NHÂN DÂN|ỦY BAN NHÂN DÂN|UỶ BAN NHÂN DÂN|BỘ|SỞ|PHÒNG)\s.{3,50}?(?<!VĂN)(?<!-)\s"
    r"(?P<second>(?:SỞ|PHÒNG|TRƯỜNG|TỔNG CỤC|CỤC|CHI CỤC|BỆNH VIỆN|TRUNG TÂM|HỌC VIỆN|BAN QUẢN LÝ)\s)"
)
_STRAY = re.compile(r"[^\W\d_]{1,2}[.,:]?\s+")
_RULE = re.compile(r"[\W_]*")


@dataclass
class Letterhead:
    """What the letterhead says, as ranges of the text; bodies from the highest to the issuer, each in pieces."""

    bodies: list[list[Span]] = field(default_factory=list)
    number: Span | None = None
    readable: bool = False  # the number is digits, as far as the reader saw
    symbol: Span | None = None
    separator: str = "/"
    place: Span | None = None
    date: Span | None = None
    date_match: re.Match[str] | None = None
    year: str | None = None
    formula: bool = False  # quốc hiệu, tiêu ngữ or the Party's title is printed
    addressed: bool = False  # "Kính gửi" or "V/v": a letter, whatever its code looks like
    closed: bool = False  # the letterhead has ended
    subject: list[Span] = field(default_factory=list)  # trích yếu of a công văn, below its number


def read(view: View) -> Letterhead:
    """The letterhead of a document; its parts are None or empty where they are not printed."""
    header = Letterhead()
    end = view.zones.kind[0] if view.zones.kind else view.zones.body[0]
    lines = _number_joined(view, [line for line in view.lines[:40] if line.start < end])
    left_known = any(block == "letterhead-left" for _, block in lines)
    fresh, last = True, -1
    for k, ((start, stop), block) in enumerate(lines):
        if opens_body(view, start, stop):
            break
        for piece in _left_pieces(view, header, (start, stop)):
            if left_known and block != "letterhead-left":
                continue
            # Behind a line of the right column only the rest of a name goes on: "TỈNH ĐẮK LẮK".
            if k > last + 1 and header.bodies and not _goes_on(view, piece):
                continue
            fresh, last = _add_body(view, header, piece, fresh), k
    if not (header.formula or header.symbol or header.date):
        header.bodies = []  # lines in capitals alone are no letterhead
    return header


def _goes_on(view: View, piece: Span) -> bool:
    text, folded = view.text[slice(*piece)].lstrip(" \t-|"), view.folded[slice(*piece)].lstrip(" \t-|")
    return _TIER.match(folded) is not None or agencies.starts(text, folded) or _NO_BODY.match(folded) is not None


def _number_joined(view: View, lines: list[TextLine]) -> list[tuple[Span, Block]]:
    """The lines' ranges; "Số:" and "ngày" at the end of a line go with what stands on the next."""
    found: list[tuple[Span, Block]] = []
    for line in lines:
        if found and _UNFINISHED.search(view.folded[slice(*found[-1][0])]):
            found[-1] = ((found[-1][0][0], line.end), found[-1][1])
        else:
            found.append(((line.start, line.end), line.block))
    return found


def _left_pieces(view: View, header: Letterhead, span: Span) -> list[Span]:
    """What stays of a line when quốc hiệu, tiêu ngữ, number, place and date are taken out (and noted)."""
    left: list[Span] = []
    pieces = _without_formulas(view, span)
    header.formula = header.formula or pieces != [span]
    for start, end in pieces:
        number = _number(view, start, end) if header.symbol is None else None
        if number is not None:
            match, symbol = number
            _note_number(view, header, match, symbol)
            left.append((start, match.start()))
            start = symbol.end()
        dated = place_date.PLACE_DATE.search(view.folded, start, end) if header.date is None else None
        if dated is not None and _note_date(view, header, dated, start):
            left += [] if number else [(start, dated.start())]
        elif number is None:
            left.append((start, end))
    return [(start, end) for start, end in left if view.text[start:end].strip()]


def _number(view: View, start: int, end: int) -> tuple[re.Match[str], re.Match[str]] | None:
    """(number, symbol) of a line "Số: 480/KH-PGDĐT"; before it may only stand what is printed in capitals."""
    match = _NUMBER.search(view.folded, start, end)
    while match is not None:
        if view.text[match.start() + 1] in "ơởờớỡợƠỞỜỚỠỢ":
            return None
        before = view.text[start : match.start()].rstrip(" -_|\t")
        if before and not (before.isupper() or view.text[match.start() - 1] == "\t"):
            return None
        # "Số: KH/ĐHĐN": the number is left blank, the kind stands in its place.
        blank = view.text[slice(*match.span("number"))].lower() in codes.kind_names()
        begins = match.start("number") if blank else match.end()
        symbol = _SYMBOL.match(view.text, begins, end)
        if symbol is not None and is_symbol(symbol.group(), match["sep"]):
            return match, symbol
        match = _widened(view, match, end)
    return None


def _widened(view: View, match: re.Match[str], end: int) -> re.Match[str] | None:
    """The same line with a later sign taken for the one before the symbol: "Số: 2/42 /KH-SYT"."""
    limit = min(end, match.start() + 22)
    for sign in re.finditer(r"[/\-]\s*(?=[a-z])", view.folded[match.end() : limit]):
        again = re.compile(_NUMBER.pattern.replace("{0,14}?", "{0,18}")).match(
            view.folded, match.start(), match.end() + sign.end() + 1
        )
        if again is not None and again.end() > match.end():
            return again
    return None


def is_symbol(symbol: str, separator: str) -> bool:
    """Whether what follows the number is a symbol: a known kind, or capitals as bodies and units are written."""
    first = re.split(r"[-–/]", symbol)[0].strip()
    if separator == "-":
        return first.lower() in codes.kind_names()
    return codes.symbol_kind(symbol) is not None or len(re.findall(r"[A-ZĐ]", first)) >= 2


def _note_number(view: View, header: Letterhead, match: re.Match[str], symbol: re.Match[str]) -> None:
    start, end = match.start("number"), min(match.end("number"), symbol.start())
    while start < end and view.text[end - 1] in " .…_":
        end -= 1
    if start < end:
        header.number = (start, end)
        header.readable = _PRINTED_NUMBER.fullmatch(view.text, start, end) is not None
    header.symbol = symbol.span()
    header.separator = match["sep"]
    header.year = match["year"]


def _note_date(view: View, header: Letterhead, match: re.Match[str], line_start: int) -> bool:
    """Note place and date; False where the words before the date are no place (a date inside a sentence)."""
    place = place_date.place(view.text, match)
    if place is None and view.text[line_start : match.start()].strip(" ,.;-"):
        return False
    if place is not None and not place_date.is_place(view.text[slice(*place)]):
        return False
    header.place = place
    header.date_match = match
    header.date = (view.folded.index("ngay", match.start()), match.end())
    return True


def _without_formulas(view: View, span: Span) -> list[Span]:
    """The pieces of a line that are neither quốc hiệu nor tiêu ngữ, misread letters allowed for."""
    start, end = span
    folded = view.folded[start:end]
    if (title := _UNION_TITLE.search(folded)) and not folded[: title.start()].endswith(("bch", "ban chap hanh")):
        return _without_formulas(view, (start, start + title.start()))
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
    if header.symbol is not None:
        _add_subject(header, (start, end), folded)
        return False
    if header.date is not None or _UNION.fullmatch(folded):
        return fresh
    if _RULE.fullmatch(text) or _NO_BODY.match(folded) or len(text) > 90:
        return fresh and not (header.bodies and _NO_BODY.match(folded))
    if not fresh or match_kind(folded):
        return False
    stray = _STRAY.match(text)
    if stray and not agencies.starts(text, folded) and agencies.starts(text[stray.end() :], folded[stray.end() :]):
        start += stray.end()  # a mark that a reader took for a letter: "I. TRƯỜNG ĐẠI HỌC"
        text, folded = view.text[start:end], view.folded[start:end]
    opens = agencies.starts(text, folded) and not _continues_name(view, header, text)
    if not text.isupper() and not opens:
        return True
    if header.bodies and not opens:
        header.bodies[-1].append((start, end))
        return len(header.bodies[-1]) < _MOST_PIECES
    cut = _second_body(text, start)
    header.bodies.append([(start, cut or end)])
    if cut:
        header.bodies.append([(cut, end)])
    return True


def _second_body(text: str, start: int) -> int | None:
    """Where a second body starts that is printed in the line of the first: "BỘ TÀI CHÍNH CỤC THUẾ"."""
    match = _TWO_BODIES.match(text)
    return start + match.start("second") if match else None


def _add_subject(header: Letterhead, span: Span, folded: str) -> None:
    if header.closed or folded.startswith("kinh gui"):
        header.closed = header.addressed = True
    elif header.subject or _SUBJECT.match(folded):
        header.addressed = header.addressed or folded.startswith("v/v")
        header.subject.append(span)


def _continues_name(view: View, header: Letterhead, text: str) -> bool:
    """Whether a line goes on with the name above it: that name hangs ("HỘI ĐỒNG THI ĐUA -") or the line has no head."""
    if not header.bodies:
        return False
    last = view.folded[slice(*header.bodies[-1][-1])].rstrip()
    return last.endswith(("-", " va", ",", " cua", " ve")) or last == "ban chap hanh"
