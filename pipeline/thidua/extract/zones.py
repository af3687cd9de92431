"""The parts of a document by Decree 30/2020/NĐ-CP: letterhead, kind and subject, body, closing, appendices."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from ..folding import fold
from .kind_names import AUTHORITY_LINE, NATION, kind_names, kinds, match_kind
from .numbering import marker
from .paragraphs import TextLine
from .zone_ends import appendix_start, attached, closing_start, line_folded

if TYPE_CHECKING:
    from .document import View

Span = tuple[int, int]

_HEAD_LINES = 60
_LONGEST_TITLE = 900  # characters
_CODE = r"(?:\bso\s*:?\s*\d|\d+\s?[/-]\s?[a-z])"
_OPENING = re.compile(
    r"can cu\b|xet (?:de nghi|nhu cau)|theo de nghi|kinh gui|do hau qua|vao (?:luc|hoi)\b|hom nay,"
    rf"|(?:de )?(?:tiep tuc )?(?:thuc hien|trien khai|thi hanh)\b[^\n]{{0,60}}{_CODE}"
    r"|thuc hien (?:cong van|chi thi|nghi quyet|ke hoach|quyet dinh|su chi dao|huong dan|thong bao)\b"
    r"|(?:de|nham)\s+(?:tiep tuc|kip thoi|thuc hien|trien khai|phat huy|cu the|chao mung|to chuc|nang cao|dam bao"
    r"|bao dam|chu dong|thiet thuc|co co so)\b"
)
# May open a subject, as well as a basis.
_SUBJECT = re.compile(r"(?:tiep tuc )?(?:trien khai|thuc hien|thi hanh|to chuc)\b")
_SYMBOL_ALONE = re.compile(r"-\s*[a-z]{1,6}\s?[/-]\s?[a-z-]+")  # below "Số:", its number left blank: "- KH/ĐTN"
_ANNOUNCED = re.compile(r"(?P<kind>[a-z ]{5,20}?) ve (?=[a-z])")
_RULED_OFF = re.compile(r"[-–—_=*.]{4,}|[\W_]+$")  # the rule below a subject, what follows it maybe in the same line
_ISSUES = re.compile(
    r"(?:ban hanh|xay dung|lap|trien khai|to chuc)\s+(?:thuc hien\s+)?ke hoach\b.{0,400}\b(?:sau|cu the)\b[^a-z]*$"
)
_ORDERS = (
    "quyet dinh",
    "nghi quyet",
    "thong tu",
    "nghi dinh",
)  # they name who decides below the title
_FIRST_BASIS = re.compile(r"\W*(?:can cu|thuc hien|trien khai|theo|xet|thi hanh|tiep tuc|nham|de)\b")


@dataclass(frozen=True, slots=True)
class Zones:
    """Half-open ranges. kind and title are None where they are not printed; head ends where the body starts.

    attached: the text of a plan that the document issues ("Ban hành kèm theo Quyết định ..."), empty without one.
    """

    kind: Span | None
    title: Span | None
    head: Span
    body: Span
    closing: Span
    appendices: Span
    attached: Span = (0, 0)

    @property
    def texts(self) -> tuple[Span, ...]:
        """The ranges that say what is planned: the body and the plan that is attached to it."""
        return (self.body, self.attached) if self.attached[0] < self.attached[1] else (self.body,)

    def text_end(self, offset: int) -> int:
        """Where the text that holds the offset ends: the body's end, or that of the attached plan."""
        return self.attached[1] if self.attached[0] <= offset < self.attached[1] else self.body[1]


def zones(view: View) -> Zones:
    """Cut a document into its parts; any text has all of them, some empty."""
    size = len(view.text)
    closing_limit = closing_start(view)
    kind_line, kind = _find_kind(view, closing_limit)
    title, body_start = _find_title(view, kind_line, kind, closing_limit)
    body_end = max(body_start, closing_limit)
    appendix = appendix_start(view, body_end)
    return Zones(
        kind=kind,
        title=title,
        head=(0, body_start),
        body=(body_start, body_end),
        closing=(body_end, appendix),
        appendices=(appendix, size),
        attached=attached(view, appendix),
    )


def _find_kind(view: View, limit: int) -> tuple[int | None, Span | None]:
    """(line, range) of the printed kind: a line of its own, else at the start of a line in capitals."""
    head = [line for line in view.lines[:_HEAD_LINES] if line.start < limit]
    for k, line in enumerate(head):
        listed = marker(view.text[line.start : line.end][:40])
        if listed is not None and k > 3 and not _SYMBOL_ALONE.fullmatch(line_folded(view, line)):
            break
        if opens_body(view, line.start, line.end):
            head = head[:k]
            break
        text = view.text[line.start : line.end]
        if line.end - line.start <= 40 and text[:1].isupper() and match_kind(line_folded(view, line)):
            return k, (line.start, line.end)
    for k, line in enumerate(head):
        text, folded = view.text[line.start : line.end], line_folded(view, line)
        if view.damaged and (stamped := _behind_stamp(text, folded)) is not None:
            return k, (line.start + stamped, line.end)
        for name in kind_names():
            rest = text[len(name) :]
            if folded.startswith(name + " ") and text[: len(name)].isupper() and not NATION.search(folded) and rest:
                return k, (line.start, line.start + len(name))
    return _announced_kind(view)


def _announced_kind(view: View) -> tuple[int | None, Span | None]:
    """The kind that opens a text without a letterhead: "Chỉ thị về tổ chức phong trào thi đua năm 2010"."""
    if not view.lines or any(NATION.search(line_folded(view, line)) for line in view.lines[:12]):
        return None, None
    first = view.lines[0]
    match = _ANNOUNCED.match(view.folded, first.start, first.end)
    name = next((name for name in kind_names() if match and match["kind"] == name), None)
    if name is None or not view.text[first.start].isupper() or view.text[first.end - 1] in ".;:,":
        return None, None
    return 0, (first.start, first.start + len(name))


def _behind_stamp(text: str, folded: str) -> int | None:
    """Where the kind stands behind the remains of a stamp: "ĐẾN Giờ... QUYẾT ĐỊNH"."""
    words = folded.split()
    for size in (2, 3):
        name = " ".join(words[-size:])
        start = len(folded) - len(name)
        if (
            len(words) > size
            and len(text) < 45
            and folded.endswith(name)
            and name in kinds()
            and text[start:].isupper()
        ):
            return None if text[:start].isupper() else start
    return None


def _find_title(view: View, kind_line: int | None, kind: Span | None, limit: int) -> tuple[Span | None, int]:
    """(range of the subject, offset where the body starts)."""
    if kind_line is None or kind is None:
        return None, _body_start_without_kind(view, limit)
    lines = [line for line in view.lines[kind_line : kind_line + _HEAD_LINES] if line.start < limit]
    rest = (kind[1], lines[0].end)
    taken: list[Span] = [rest] if view.text[slice(*rest)].strip() else []
    for line in lines[1:]:
        if not taken and view.damaged and _scribble(view.text[line.start : line.end]):
            continue  # remains of a stamp between kind and subject
        if not _in_title(view, line, taken, kind):
            break
        taken.append((line.start, line.end))
    if not taken:
        following = lines[1].start if len(lines) > 1 else lines[0].end
        return None, following
    start, end = taken[0][0], taken[-1][1]
    while view.text[start].isspace():
        start += 1
    after = [line.start for line in lines if line.start >= end]
    return (start, end), after[0] if after else min(end, limit)


def _scribble(text: str) -> bool:
    """Whether a line is no wording: fewer than half of its characters are letters."""
    return sum(map(str.isalpha, text)) < len(text.replace(" ", "")) / 2


def _in_title(view: View, line: TextLine, taken: list[Span], kind: Span) -> bool:
    text, folded = view.text[line.start : line.end], line_folded(view, line)
    if folded.startswith("kinh gui"):
        return False
    if not taken:
        opens = opens_body(view, line.start, line.end) and not _subject_like_basis(view, line)
        return marker(text[:40]) is None and not opens and not NATION.search(folded)
    title = view.text[taken[0][0] : taken[-1][1]]
    last = view.text[slice(*taken[-1])].strip()
    if len(title) + len(text) > _LONGEST_TITLE or _RULED_OFF.match(text):
        return False
    open_quote = title.count("“") > title.count("”")
    if text[:1].islower() and not re.search(r"[.;:]$", last):
        return True
    found = marker(text[:40])
    if found is not None and found.style == "paren" and f"({found.value - 1})" in title:
        return True  # a subject that counts: "... về (1) úng ngập; / (2) ùn tắc"
    if found is not None and found.style != "bullet":
        return False
    if title.isupper() != text.isupper() and any(map(str.isalpha, text)) and not open_quote:
        return title.isupper() is False and text.isupper() is False
    if title.isupper():
        ordered = match_kind(fold(view.text[slice(*kind)])) in _ORDERS
        return not (AUTHORITY_LINE.match(folded) and (line.gap or ordered))
    closed = re.search(r"[.:]$", text) or (text.endswith(";") and _FIRST_BASIS.match(folded))
    return not (opens_body(view, line.start, line.end) or closed or len(text) > 250) or open_quote


def _subject_like_basis(view: View, line: TextLine) -> bool:
    """Whether a line that starts like a legal basis is the subject: "Thực hiện Nghị quyết số 57-NQ/TW ...".

    A subject may start with a small letter; no mark ends it, and a rule or the legal basis follows.
    """
    if not _SUBJECT.match(view.folded, line.start):
        return False
    if view.text[line.start].islower():
        return True
    last = line
    for following in view.lines[view.line_index(line.start) + 1 :]:
        if not view.text[following.start].islower():
            break
        last = following
    else:
        return False
    if view.text[last.end - 1] in ".,:;" or _ISSUES.search(view.folded[line.start : last.end]):
        return False
    ruled = _RULED_OFF.match(view.text[following.start : following.end]) is not None
    return ruled or opens_body(view, following.start, following.end)


def opens_body(view: View, start: int, end: int) -> bool:
    """Whether a line opens the body: a legal basis, an occasion, or the issuer's sentence ("... ban hành Kế hoạch")."""
    paragraph = view.paragraph_at(start)
    whole = view.folded[start : paragraph.end if paragraph else end]
    if view.text[start:end].isupper():
        return False
    opening = whole.startswith("kinh gui") or (len(whole) > 60 and _OPENING.match(whole) is not None)
    return opening or _ISSUES.search(view.folded[start:end]) is not None


def _body_start_without_kind(view: View, limit: int) -> int:
    for line in view.lines[:_HEAD_LINES]:
        if line.start >= limit:
            break
        text = view.text[line.start : line.end]
        if opens_body(view, line.start, line.end) or marker(text[:40]) is not None or len(text) > 200:
            return line.start
    # Nothing looks like a letterhead: the whole text is body.
    lettered = any(NATION.search(line_folded(view, line)) for line in view.lines[:12])
    if lettered and len(view.lines) > 4:
        last = max(k for k, line in enumerate(view.lines[:12]) if NATION.search(line_folded(view, line)))
        return view.lines[min(last + 1, len(view.lines) - 1)].start
    return view.lines[0].start if view.lines else 0
