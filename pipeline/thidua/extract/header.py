"""The header of a document: kind, number, date, place, issuer, subject, with the evidence of each.

A number, day or month whose reading is not sure (handwriting) is left out; its evidence stays, with the reading.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from ..record import Document, Evidence, IssuerLevel
from . import agencies, codes, dates
from .evidence import evidence, weakest
from .kind_names import kinds, match_kind
from .letterhead import Letterhead, Span, read

if TYPE_CHECKING:
    from .document import View

# Under these confidences a number, a part of a date is not stated: it may be written by hand.
NUMBER_SURE = 0.8
DATE_SURE = 0.7

_NEVER_ADDRESSED = ("CT", "QĐ", "NQ", "TC", "TT", "NĐ")  # in a letter these are the first letters of an office
_INCOMPLETE = re.compile(r"(?:uy ban nhan dan|ubnd|hoi dong nhan dan)$")
_OWN_SENTENCE = re.compile(
    r"\b(?:ban hanh|xay dung|lap|trien khai|to chuc|phat dong|de ra|dieu chinh)\s+"
    r"(?:thuc hien\s+|trien khai\s+|va to chuc\s+)?"
    r"(?:ke hoach|phong trao|dot thi dua|chuong trinh|quyet dinh|huong dan)\b"
    r"|\bchi thi\s+(?=(?:thu truong|chu tich|giam doc|cac)\b)"
)


def find(view: View) -> Document:
    """The `document` part of the record; what is not printed stays None.

    A number, day or month whose reading is not sure (handwriting) is left out: its evidence stays, with the reading.
    """
    header = read(view)
    document = Document()
    proofs: dict[str, Evidence] = {}
    _set_number(view, header, document, proofs)
    _set_date(view, header, document, proofs)
    if header.place is not None:
        document.place = agencies.titled(view.flat(*header.place))
        proofs["place"] = evidence(view, *header.place)
    _set_kind(view, header, document, proofs)
    _set_issuer(view, header, document, proofs)
    if view.zones.title is not None:
        document.title = view.flat(*view.zones.title)
        proofs["title"] = evidence(view, *view.zones.title)
    elif header.subject and view.zones.kind is None:
        document.title = " ".join(view.flat(*span) for span in header.subject)
        proofs["title"] = evidence(view, header.subject[0][0], header.subject[-1][1])
    document.evidence = proofs
    return document


def _set_number(view: View, header: Letterhead, document: Document, proofs: dict[str, Evidence]) -> None:
    if header.symbol is None:
        return
    document.symbol = re.sub(r"\s+", "", view.text[slice(*header.symbol)]).replace("–", "-")
    proofs["symbol"] = evidence(view, *header.symbol)
    if header.number is None:
        return
    proofs["number"] = evidence(view, *header.number)
    if not header.readable or not sure(view, *header.number, NUMBER_SURE):
        return
    document.number = re.sub(r"\s+", "", view.text[slice(*header.number)])
    year = f"{header.year}/" if header.year else ""
    document.code = f"{document.number}{header.separator}{year}{document.symbol}"
    proofs["code"] = evidence(view, header.number[0], header.symbol[1])


def sure(view: View, start: int, end: int, least: float) -> bool:
    """Whether the characters are printed, and read with at least the confidence given."""
    transcript = view.restored.transcript
    if transcript is not None:
        anchors = transcript.anchors_in(*view.offsets.to_source(start, end))
        if any(anchor.word.handwritten for anchor in anchors):
            return False
    return weakest(view, start, end) >= least


def _set_date(view: View, header: Letterhead, document: Document, proofs: dict[str, Evidence]) -> None:
    match = header.date_match
    if match is None or header.date is None:
        return
    proofs["issued_on"] = evidence(view, *header.date)
    if not sure(view, *match.span("year"), DATE_SURE):
        return
    document.issued_on = match["year"]
    month = _figure(view, match, "month", 12)
    if month is not None:
        document.issued_on = f"{match['year']}-{month:02d}"
        day = _figure(view, match, "day", 31)
        exact = dates.exact(int(match["year"]), month, day) if day is not None else None
        document.issued_on = exact or document.issued_on


def _figure(view: View, match: re.Match[str], part: str, most: int) -> int | None:
    """A day or month of one or two digits; None where it is left blank, no figure, too great, or not surely read."""
    figure = match[part].strip(" .…_\n")
    if re.fullmatch(r"[il|]\d|\d[il|]", figure):
        figure = re.sub(r"[il|]", "1", figure)
    if not re.fullmatch(r"\d{1,2}", figure) or not 1 <= int(figure) <= most:
        return None
    return int(figure) if sure(view, *match.span(part), DATE_SURE) else None


def _set_kind(view: View, header: Letterhead, document: Document, proofs: dict[str, Evidence]) -> None:
    symbol_kind = _symbol_kind(document.symbol, header.separator)
    if view.zones.kind is not None:
        name = match_kind(view.folded[slice(*view.zones.kind)])
        document.kind, code = kinds()[name] if name else (view.flat(*view.zones.kind).capitalize(), "")
        document.kind_code = (
            symbol_kind if symbol_kind and codes.kind_names().get(symbol_kind.lower()) == document.kind else code
        )
        document.kind_code = document.kind_code or None
        proofs["kind"] = evidence(view, *view.zones.kind)
    elif symbol_kind and header.symbol is not None and not (header.addressed and symbol_kind in _NEVER_ADDRESSED):
        document.kind = codes.kind_names()[symbol_kind.lower()]
        document.kind_code = symbol_kind
        proofs["kind"] = evidence(view, *header.symbol, inferred=True)
    elif header.symbol is not None and document.symbol and "-" in document.symbol and header.separator == "/":
        document.kind = "Công văn"
        proofs["kind"] = evidence(view, *header.symbol, inferred=True)


def _symbol_kind(symbol: str | None, separator: str) -> str | None:
    if symbol is None:
        return None
    first = re.split(r"[-/]", symbol)[0]
    if separator == "-":
        return first if first.lower() in codes.kind_names() else None
    return codes.symbol_kind(symbol)


def _set_issuer(view: View, header: Letterhead, document: Document, proofs: dict[str, Evidence]) -> None:
    names = [
        (agencies.titled(" ".join(view.flat(*s) for s in body), view.text), (body[0][0], body[-1][1]))
        for body in header.bodies
    ]
    own = _from_body(view)
    if names:
        document.issuer, span = names[-1]
        proofs["issuer"] = evidence(view, *span)
        if len(names) > 1:
            document.parent_issuer, parent = names[-2]
            proofs["parent_issuer"] = evidence(view, *parent)
        elif _INCOMPLETE.search(view.folded[slice(*span)]):
            full = _authority(view, span) or own
            if full is not None and full[0].lower().startswith(document.issuer.lower()):
                document.issuer = full[0]
                proofs["issuer"] = evidence(view, *full[1], inferred=full is own)
    elif own is not None:
        document.issuer = own[0]
        proofs["issuer"] = evidence(view, *own[1], inferred=True)
    document.issuer_canonical = agencies.canonical(document.issuer)
    document.parent_issuer_canonical = agencies.canonical(document.parent_issuer)
    document.issuer_level = _level(document.issuer, document.parent_issuer, document.issued_on)


def _level(issuer: str | None, parent: str | None, on: str | None) -> IssuerLevel | None:
    """The issuer's level by its name; an office that any body may have ("Văn phòng", "Phòng ...") has its parent's."""
    own = agencies.level(issuer, on) if issuer else None
    above = agencies.level(parent, on) if parent else None
    if own is None and above == "province":
        return "department"  # an office of a provincial committee
    if own is None or (own == "department" and above in ("district", "commune")):
        return above or own
    if own == "district" and above in ("commune", "department", "ministry", "unit"):
        return above
    return own


def _authority(view: View, span: Span) -> tuple[str, Span] | None:
    """The line in capitals above the bases that repeats the body in full: "ỦY BAN NHÂN DÂN TỈNH LẠNG SƠN"."""
    name = view.folded[slice(*span)]
    for line in view.lines[:40]:
        text, folded = view.text[line.start : line.end], view.folded[line.start : line.end]
        if line.start > span[1] and text.isupper() and folded.startswith(name + " ") and len(text) < 80:
            return agencies.titled(view.flat(line.start, line.end), view.text), (line.start, line.end)
    return None


def _from_body(view: View) -> tuple[str, Span] | None:
    """The issuer by the plan's own sentence: "Phòng Giáo dục và Đào tạo ban hành Kế hoạch ..."."""
    first = min(view.outline[0].marker_start if view.outline else view.zones.body[1], view.zones.body[1])
    for paragraph in view.paragraphs_in(view.zones.body[0], min(first, view.zones.body[0] + 8000)):
        for match in _OWN_SENTENCE.finditer(view.folded, paragraph.start, paragraph.end):
            start = _clause_start(view, paragraph.start, match.start())
            if start is None:
                continue
            end = agencies.extent(view.text, view.folded, start, match.start())
            if end > start and not view.text[end : match.start()].strip(" ,\n"):
                name = view.flat(start, end)
                return name[:1].upper() + name[1:], (start, end)
    return None


def _clause_start(view: View, start: int, verb: int) -> int | None:
    """Where the body's name before a verb starts: a clause that opens with the head of a body."""
    best = None
    for head in agencies.find_starts(view.text, view.folded, start, verb):
        before = view.text[start:head].rstrip()
        if not before or before[-1] in ";.,:" or re.search(r"\b(?:nay|Nay)$", before):
            best = head if best is None or before[-1:] in ";." else best
    return best
