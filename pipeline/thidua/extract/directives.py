"""Directives that a document rests on or cites: decrees, plans, Party directives, laws, congress resolutions.

A first citation is full ("Kế hoạch số 1575/KH-SGDĐT ngày 09/12/2024 của Sở Giáo dục và Đào tạo về ..."), later ones
only kind and number: all citations of one code are one directive with several mentions. Laws and congress resolutions
have no number and are told by their names.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Literal

from ..folding import fold
from ..record import Directive, Document
from . import agencies, codes, known
from .citations import Citation, citations
from .evidence import evidence

if TYPE_CHECKING:
    from .document import View

_BASIS = re.compile(r"[\s\-+*]*(?:can cu|thuc hien|trien khai|theo|xet|tiep tuc thuc hien|thi hanh)\b")
_ISSUING = re.compile(r"\b(?:nhu sau|cu the|sau day|noi dung sau)\W*$")


def find(view: View, document: Document | None = None) -> list[Directive]:
    """The directives of a document in the order of their first mention.

    document: the document's own header; what cites its own code is no directive.
    """
    return merged(view, citations(view), document)


def merged(view: View, cited: list[Citation], document: Document | None = None) -> list[Directive]:
    """One directive for all citations of one code or name; role is "basis" where one stands in the block of bases."""
    own = codes.parse(document.code) if document is not None and document.code else None
    groups: dict[str, list[Citation]] = {}
    for citation in cited:
        if own is None or citation.key != own.key:
            groups.setdefault(_group(citation, groups), []).append(citation)
    cited_on = (document.issued_on if document is not None else None) or ""
    return [_directive(view, group, cited, cited_on) for group in groups.values()]


def _group(citation: Citation, groups: dict[str, list[Citation]]) -> str:
    """The group a citation joins: laws of one name and different days are different laws."""
    if citation.code is not None or citation.issued_on is None:
        return citation.key
    first = groups.get(citation.key)
    if first is None or citation.issued_on in (None, next((c.issued_on for c in first if c.issued_on), None)):
        return citation.key
    return f"{citation.key}@{citation.issued_on}"


def basis_end(view: View) -> int:
    """Where the block of legal bases ends: at the first section, else behind the paragraphs that open with a basis."""
    if view.outline and view.outline[0].marker_start < view.zones.body[1]:
        return view.outline[0].marker_start
    end = view.zones.body[0]
    for paragraph in view.paragraphs_in(*view.zones.body):
        text = view.folded[paragraph.start : paragraph.end]
        if view.text[paragraph.start : paragraph.end].isupper():
            continue  # who decides: "BỘ TRƯỞNG BỘ XÂY DỰNG"
        if not _BASIS.match(text) and not _ISSUING.search(text):
            break
        end = paragraph.end
    return end


def _directive(view: View, group: list[Citation], cited: list[Citation], cited_on: str) -> Directive:
    # The title prints a directive in capitals: what the body says of it is easier to read.
    body = [citation for citation in group if citation.start >= view.zones.body[0]]
    first, group = (body or group)[0], sorted(group, key=lambda c: c.start < view.zones.body[0])
    issuers = [c.issuer for c in group if c.issuer]
    # One body goes by several forms ("Đại hội lần thứ XIII của Đảng"): without a code the fullest says most.
    issuer = (issuers[0] if first.code else max(issuers, key=len)) if issuers else None
    dated = next((c for c in group if c.issued_on), first)
    about = next((c.subject for c in group if c.subject), None)
    code = first.code
    term = next((c.term for c in group if c.term), None)
    proofs = [evidence(view, c.start, c.end, c.confidence) for c in group]
    year = code.year if code else next((c.year for c in group if c.year), None)
    if year is None and dated.issued_on:
        year = int(dated.issued_on[:4])
    return Directive(
        kind=first.kind,
        code=code.text if code else None,
        number=code.number if code else None,
        symbol=code.symbol if code else None,
        issued_on=dated.issued_on,
        year=year,
        issuer=issuer,
        issuer_canonical=agencies.canonical(issuer),
        about=view.flat(*about).strip(" “”\"'") or None if about else None,
        term=term,
        role=_role(view, group, cited),
        series=code.series if code else ("party" if first.issuer and _is_party(first.issuer) else "state"),
        mentions=len(group),
        known_as=None
        if code
        else known.identity(first.name or "", issued_on=dated.issued_on, year=year, cited_on=cited_on),
        evidence=proofs[0],
        other_evidence=proofs[1:],
    )


def _role(view: View, group: list[Citation], cited: list[Citation]) -> Literal["basis", "cited"]:
    """A basis stands in the block before the first section; a name without a code that is only part of another
    directive's subject or of the plan's own title there is cited.
    """
    end = basis_end(view)
    for citation in group:
        if citation.start >= end:
            break
        if citation.start < view.zones.body[0]:
            continue
        if citation.code is not None:
            return "basis"
        nested = any(c.subject and c.subject[0] <= citation.start < c.subject[1] for c in cited)
        if not nested and _introduced(view, citation.start):
            return "basis"
    return "cited"


def _introduced(view: View, offset: int) -> bool:
    """Whether a citation without code is named as a basis: after "Căn cứ", "Thực hiện", ";" or "," alone."""
    before = view.folded[max(0, offset - 40) : offset].rstrip(" \n-–")
    return (
        re.search(r"(?:\b(?:can cu|thuc hien|trien khai|thi hanh|theo|cac)(?: vao| cac)?|[;,]|^)$", before) is not None
    )


def _is_party(issuer: str) -> bool:
    return (
        re.search(
            r"\b(?:dai hoi|dang|tinh uy|thanh uy|huyen uy|quan uy|trung uong|bo chinh tri|ban bi thu)\b", fold(issuer)
        )
        is not None
    )
