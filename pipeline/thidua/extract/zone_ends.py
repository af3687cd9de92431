"""Where a document's body ends: recipients or signature, appendices, a plan that is attached."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from ..folding import LOWER, UPPER
from .kind_names import NATION, match_kind
from .numbering import marker
from .paragraphs import TextLine

if TYPE_CHECKING:
    from .document import View

Span = tuple[int, int]

RECIPIENTS = re.compile(r"\W{0,3}noi ?(?:nh[a-z]{1,2}n|gui)\s*(?:[:;.,]|(?=\s(?:kt|tm|tl|tuq|q)\b)|$|-)", re.MULTILINE)
_APPENDIX = re.compile(
    r"phu luc(?:\s+(?:so\s*)?(?:\d{1,2}|[ivx]{1,5}))?\s*(?:[:.\-(]|$)|(?:bieu )?mau (?:bieu )?so\s*\d",
)
_SIGNED = re.compile(r"(?:tm|kt|tl|tuq|q)\s?\.\s?[a-z]|(?:t/m|t/l|k/t)\s?[.,]?\s+[a-z]")
_POSITION = re.compile(
    r"(?:pho\s+|q\.\s*)?(?:chu tich|bi thu|giam doc|tong giam doc|thu tuong|chanh (?:van phong|thanh tra)"
    r"|(?:chi cuc|truong|hieu|vien|cuc|bo|vu|thu) truong|truong (?:phong|ban|doan|khoa))\b"
)
_PERSON = re.compile(rf"[{UPPER}][{LOWER}]+(?: [{UPPER}][{LOWER}]+){{1,4}}")
_FILED = re.compile(r"\W*luu\b\s*:?")
_FILED_WITHIN = re.compile(r"[;.]\s*[-–]\s*luu\b\s*:")  # all recipients in one line
_ISSUED_WITH = re.compile(
    r"(?:^|\()\W*(?:ban hanh )?kem theo\s+(?:quyet dinh|cong van|thong bao|nghi quyet|to trinh)\b"
)
_PLANS = re.compile(r"\b(?:ke hoach|chuong trinh|de an|phong trao|thi dua)\b")
_LONGEST_SIGNED = 70  # characters of a line of the signature
_NEAR_TITLE = 8  # lines of the head of an attached plan


def line_folded(view: View, line: TextLine) -> str:
    return view.folded[line.start : line.end]


def closing_start(view: View) -> int:
    """Where the closing starts: recipients or signature, whichever is printed first; the text's end without either."""
    blocks = [line.start for line in view.lines if line.block in ("recipients", "signature")]
    if blocks:
        return blocks[0]
    found = [line for line in view.lines if RECIPIENTS.match(view.folded, line.start, line.end)]
    if found:
        first = view.line_index(found[0].start)
        return view.lines[_signature_above(view, first)].start
    return _unannounced_signature(view)


def _signature_above(view: View, first: int) -> int:
    """The first line of a signature printed directly above the recipients, else the recipients' own line."""
    lengths = [line.end - line.start for line in view.lines[max(0, first - 8) : first]]
    below = next((k for k, length in enumerate(reversed(lengths)) if length >= _LONGEST_SIGNED), len(lengths))
    for k in range(first - below, first):
        line = view.lines[k]
        text, folded = view.text[line.start : line.end], line_folded(view, line)
        if text.isupper() and (_SIGNED.match(folded) or _POSITION.match(folded)):
            return k
    return first


def _unannounced_signature(view: View) -> int:
    for k in range(len(view.lines) - 1, max(len(view.lines) // 2, len(view.lines) - 13), -1):
        line = view.lines[k]
        text, folded = view.text[line.start : line.end], line_folded(view, line)
        signed = _SIGNED.match(folded) is not None
        if len(text) < _LONGEST_SIGNED and (signed or (text.isupper() and _POSITION.match(folded))):
            return view.lines[_signature_above(view, k)].start
    return len(view.text)


def appendix_start(view: View, closing: int) -> int:
    """Where the closing ends: at an appendix, a document that is attached, or anything that is no name or office."""
    filed = False  # "Lưu: ..." is the last recipient: only the signature may stand below it
    shorts = 0
    for line in view.lines[view.line_index(closing) :]:
        text, folded = view.text[line.start : line.end], line_folded(view, line)
        if line.start <= closing or line.block in ("recipients", "signature"):
            filed = filed or (_FILED.match(folded) or _FILED_WITHIN.search(folded)) is not None
            continue
        if len(text) < 90 and _APPENDIX.match(folded):
            return line.start
        if RECIPIENTS.match(folded):  # below the signature
            filed = False
        if filed and (len(text) > 70 or match_kind(folded) or marker(text[:40]) or NATION.search(folded) or shorts > 9):
            return line.start
        shorts += filed
        filed = filed or _FILED.match(folded) is not None or _PERSON.fullmatch(text) is not None
    return len(view.text)


def attached(view: View, start: int) -> Span:
    """The text of a plan that is attached: below its kind, its subject and "(Ban hành kèm theo Quyết định số ...)"."""
    lines = view.lines[view.line_index(start) :]
    if start >= len(view.text) or not match_kind(line_folded(view, lines[0])):
        return (start, start)
    for k, line in enumerate(lines[1:_NEAR_TITLE], 1):
        if not _ISSUED_WITH.search(line_folded(view, line)):
            continue
        if not _PLANS.search(view.folded, start, line.start):
            break
        note = view.paragraph_at(line.start)
        first = next((below.start for below in lines[k + 1 :] if note is None or below.start >= note.end), line.end)
        appendix = (below.start for below in lines[k + 1 :] if _opens_appendix(view, below))
        return (first, next(appendix, len(view.text)))
    return (start, start)


def _opens_appendix(view: View, line: TextLine) -> bool:
    return line.end - line.start < 90 and _APPENDIX.match(line_folded(view, line)) is not None
