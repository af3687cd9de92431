"""Citations: every place where a document names a directive, with what stands around the code or name there."""

from __future__ import annotations

import re
from bisect import bisect_right
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING

from ..folding import fold
from . import agencies, codes, dates
from .kind_names import kinds
from .uncoded import uncoded

if TYPE_CHECKING:
    from .document import View

_KIND_WINDOW = 90  # characters before a code in which its kind may stand
_LONGEST_SUBJECT = 500
_TERM = re.compile(r"[\s,]*\(?khoa\s+(?P<term>[ivxl]+)\b\)?")
_DATED = re.compile(r"[\s,(]*(?:ban hanh\s+|ky\s+)?(?=ngay\b|ngay\d|\d{1,2}[/.\-]\d)")
_OF = re.compile(r"[\s,)]*\b(?:cua|do)\s+")
_RENAMED = re.compile(r"\s*\((?:nay|sau nay) la\b[^()]{0,100}\)")
_BARE = re.compile(r"\s+")
_FORM = re.compile(r"\b(?:mau|bieu|phieu|phu luc)(?:\s+so)?\s*:?\s*$")  # numbers of forms look like codes
_AT = re.compile(r"\s+tai\s*$")
_SUBJECT = re.compile(
    r"[\s,)]*(?P<cue>v/v|ve\s+viec|ve|ban hanh|phe duyet|quy dinh|huong dan|sua doi|bo sung|trien khai|cong bo"
    r"|phat dong|thuc hien|dieu chinh|thong qua|thanh lap|kien toan|to chuc|giao)\b"
)
_SUBJECT_END = re.compile(
    r";|\n\s*\n|\.(?=\s|$)|\(sau day|,\s*(?=(?:uy ban nhan dan|ubnd|so|phong|truong|bo)\s[^;.,]{2,80}?"
    r"\b(?:ban hanh|xay dung|lap|phat dong|trien khai)\b)|[,;]?\s+va\s+(?=(?:{kinds})\s+(?:[^\W\d]+\s+){{0,4}}so\b)"
    r"|,\s*(?=(?:{kinds})\s+(?:[^\W\d]+\s+){{0,4}}so\b)"
)


@dataclass(frozen=True, slots=True)
class Citation:
    """One place where a directive is cited: [start, end) runs from the kind to the issuer; subject is a range."""

    start: int
    end: int
    kind: str
    code: codes.Code | None
    issued_on: str | None
    issuer: str | None
    subject: tuple[int, int] | None
    term: str | None
    name: str | None = None  # identity of a directive without a code
    year: int | None = None
    confidence: float = 1.0
    guessed: bool = False  # no word says the kind: it is taken for a công văn

    @property
    def key(self) -> str:
        return self.code.key if self.code else f"{fold(self.kind)}:{self.name}"


def citations(view: View) -> list[Citation]:
    """Every citation in the body and the appendices, coded or not, in the order of the text."""
    start = view.zones.title[0] if view.zones.title else view.zones.body[0]
    end = len(view.text)
    closing, appendix = view.zones.closing[0], view.zones.appendices[0]
    found: list[Citation] = []
    before: Citation | None = None
    for code in codes.find(view.text, start, end):
        if closing <= code.start < appendix:
            continue
        if _FORM.search(view.folded, max(0, code.start - 20), code.start):
            continue
        citation = _coded(view, code, before)
        if "-" not in code.symbol and "/" not in code.symbol and citation.guessed:
            continue  # "số 03/HNMT": neither a kind nor a hyphen makes it a directive
        found.append(citation)
        before = citation
    taken = [(c.start, c.code.end if c.code else c.end) for c in found]
    found += [
        Citation(u.start, u.end, u.kind, None, u.issued_on, u.issuer, u.title, u.term, name=u.name, year=u.year)
        for u in uncoded(view)
        if not any(s < u.end and u.start < e for s, e in _near(taken, u.start))
    ]
    return sorted(found, key=lambda c: c.start)


def _near(taken: list[tuple[int, int]], offset: int) -> list[tuple[int, int]]:
    k = bisect_right(taken, (offset, 1 << 60))
    return taken[max(0, k - 2) : k + 2]


def _coded(view: View, code: codes.Code, before: Citation | None) -> Citation:
    start, kind, guessed = _kind_before(view, code, before)
    paragraph = view.paragraph_at(code.start)
    limit = min(paragraph.end if paragraph else len(view.text), code.end + _LONGEST_SUBJECT)
    position, term, issued_on, issuer = code.end, None, None, None
    for _ in range(2):  # date and issuer come in either order
        if (match := _TERM.match(view.folded, position, limit)) and term is None:
            term, position = match["term"].upper(), match.end()
        if issued_on is None and (dated := _date_at(view, position, limit)) is not None:
            issued_on, position = dated
        if issuer is None and (named := _issuer_at(view, position, limit)) is not None:
            issuer, position = named
        if (renamed := _RENAMED.match(view.folded, position, limit)) is not None:
            position = renamed.end()
    if issuer is None:
        issuer = _issuer_before(view, start)
    subject = _subject_at(view, position, limit)
    if kind in ("Luật", "Bộ luật", "Pháp lệnh"):
        subject = _law_name(view, start, code.start) or subject
    if issuer is not None and term is None and (match := re.search(r"khoa ([ivxl]+)$", fold(issuer))):
        term = match[1].upper()
    return Citation(start, position, kind, code, issued_on, issuer, subject, term, guessed=guessed)


def _law_name(view: View, start: int, code_start: int) -> tuple[int, int] | None:
    """The name of a law stands between its kind and its number: "Luật Dược số 105/2016/QH13"."""
    match = re.compile(r"(?:bo\s+luat|luat|phap\s+lenh)\s+(?P<name>.+?)\s+so\W*$", re.DOTALL).match(
        view.folded[start:code_start]
    )
    return (start + match.start("name"), start + match.end("name")) if match else None


def _kind_before(view: View, code: codes.Code, before: Citation | None) -> tuple[int, str, bool]:
    """(where the citation starts, name of its kind, whether guessed): the printed kind, else what the code says."""
    window = max(0, code.start - _KIND_WINDOW)
    if before is not None:
        window = max(window, before.code.end if before.code else before.end)
    printed = view.phrases("KIND")
    k = bisect_right(printed, (code.start, 0)) - 1
    while k >= 0 and printed[k][0] >= window:
        kind_start, kind_end = printed[k]
        if kind_end <= code.start and _links(view.folded[kind_end : code.start]):
            return kind_start, kinds()[" ".join(view.folded[kind_start:kind_end].split())][0], False
        k -= 1
    own = codes.kind_names().get((code.kind_code or "").lower())
    start = _number_word(view, code.start)
    if own is not None:
        return start, own, False
    if re.fullmatch(r"(?:UBTV)?QH\d{1,2}", code.symbol):
        return start, "Nghị quyết" if code.symbol.startswith("UBTV") else "Luật", False
    if (
        before is not None
        and before.code is not None
        and re.fullmatch(r"[\s,;và]*(?:so\s*:?\s*)?", view.folded[before.end : code.start])
    ):
        return start, before.kind, before.guessed
    return start, "Công văn", True


def _links(between: str) -> bool:
    """Whether the words between a kind and a code leave them one citation: "hành động số", ": số", "Dược số"."""
    if not between.strip(" :\n"):
        return True
    announced = re.search(r"\bso\s*[:.]?\s*$", between) is not None
    words = len(between.split())
    return words <= (9 if announced else 4) and not re.search(r"[;.()]|\b(?:ngay|cua|ve|tai|theo)\b", between)


def _number_word(view: View, offset: int) -> int:
    match = re.search(r"\bso\s*[:.]?\s*$", view.folded[max(0, offset - 8) : offset])
    return max(0, offset - 8) + match.start() if match else offset


def _date_at(view: View, position: int, limit: int) -> tuple[str | None, int] | None:
    match = _DATED.match(view.folded, position, limit)
    if match is None:
        return None
    date = next(dates.find(view.folded, match.end(), min(limit, match.end() + 40)), None)
    if date is None or date.start != match.end() or not date.year_known:
        return None
    return date.iso, date.end


def _issuer_at(view: View, position: int, limit: int) -> tuple[str, int] | None:
    match = _OF.match(view.folded, position, limit) or _BARE.match(view.folded, position, limit)
    if match is None or not agencies.starts(view.text, view.folded, match.end()):
        return None
    if "cua" not in match.group() and "do" not in match.group() and not view.text[match.end()].isupper():
        return None
    end = agencies.extent(view.text, view.folded, match.end(), limit)
    if end == match.end():
        return None
    return re.sub(r" \([^()]*\)", "", view.flat(match.end(), end)), end


def _issuer_before(view: View, start: int) -> str | None:
    """The body in "Bộ Tư pháp tại Công văn số ...": its name ends where "tại" stands."""
    at = _AT.search(view.folded, max(0, start - 12), start)
    if at is None:
        return None
    for head in reversed(agencies.find_starts(view.text, view.folded, max(0, at.start() - 80), at.start())):
        if view.text[head].isupper() and agencies.extent(view.text, view.folded, head, at.start()) == at.start():
            before = view.folded[max(0, head - 6) : head].rstrip()
            if not before or before[-1] in ",;(" or before.endswith(("cua", "va")):
                return view.flat(head, at.start())
    return None


def _subject_at(view: View, position: int, limit: int) -> tuple[int, int] | None:
    match = _SUBJECT.match(view.folded, position, limit)
    if match is None:
        return None
    start = match.end() if match["cue"].startswith("v") else match.start("cue")
    end = _subject_end().search(view.folded, start, limit)
    return start, end.start() if end else limit


@cache
def _subject_end() -> re.Pattern[str]:
    names = "|".join(sorted(kinds(), key=len, reverse=True))
    return re.compile(_SUBJECT_END.pattern.replace("{kinds}", names).replace("{{", "{").replace("}}", "}"))
