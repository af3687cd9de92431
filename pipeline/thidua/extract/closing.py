"""The end of a document: recipients (nơi nhận) at the left, signature at the right.

Readers give the two columns one after the other, or merged line by line ("Nơi nhận: KT. TRƯỞNG PHÒNG"). What is
printed in capitals and names an authority or a position belongs to the signature; the rest are recipients.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass, field
from functools import cache
from itertools import pairwise
from typing import TYPE_CHECKING

from ..folding import LOWER, UPPER, fold
from ..record import Evidence, Recipient, Signature
from ..resources import rows
from .evidence import evidence
from .zone_ends import RECIPIENTS

if TYPE_CHECKING:
    from .document import View
    from .paragraphs import TextLine

Span = tuple[int, int]

_GAP = re.compile(r"(?<=\S)(?:\t| {4,})(?=\s*\S)")  # between the columns of a text that keeps the page's layout
_WORD = re.compile(r"[^\W\d_]{3,}")
_ITEM = re.compile(r"[-–—+*•_]\s*")
_AUTHORITY = re.compile(r"(?P<authority>TM|KT|TL|TUQ|T/M|T/L|K/T|Q)(?:\s?[.,]\s?|(?<=/[MLT])\s+)(?=\w)")
_BODY_HEAD = re.compile(r"\b(?:tm|t/m)\s?[.,]?\s*$|\bban $")  # the words behind it name a body, no position
_NAME = re.compile(rf"(?:[{UPPER}][^\W\d_]*)(?:[ .]+[{UPPER}][^\W\d_]*){{1,4}}$")
_PERSON = re.compile(rf"[{UPPER}][{LOWER}]+(?:[ .]+[{UPPER}][{LOWER}]+){{1,4}}$")  # behind an office in capitals
_TITLE_PREFIX = re.compile(
    r"(?:(?:PGS|GS|TS|ThS|Ths|BS|BSCK|CK|CKI|CKII|DS|KS|CN|NGƯT|NGND|Ông|Bà|Đại tá|Thượng tá|Trung tá|Thiếu tướng)"
    r"[.\s]*(?:I{1,2}[.\s]+)?)+\s*",
    re.UNICODE,
)
_SIGNED_MARK = re.compile(r"\(?\s*(?:da ky|ky ten|ky,? ?(?:ghi ro ho ten|dong dau)|signed)\b.*")
_APPROVAL = re.compile(r"\W*(?:phe duyet|xac nhan|duyet|y kien)\b")
_NOTE = re.compile(r"(?:ky boi|gio ky|thoi gian ky|nguoi ky|email|co quan)\s*:")


@dataclass
class _Closing:
    """Pieces of text by the column they belong to."""

    recipients: list[Span] = field(default_factory=list)
    signature: list[Span] = field(default_factory=list)


@cache
def _position_names() -> dict[str, tuple[str, ...]]:
    """Folded position -> the positions in capitals that fold to it ("THỨ TRƯỞNG", "THỦ TRƯỞNG")."""
    names: dict[str, tuple[str, ...]] = {}
    for row in rows("positions.tsv"):
        key = fold(row["position"])
        names[key] = (*names.get(key, ()), row["position"].upper())
    return names


def _position_name(printed: str) -> str:
    """A position as it must be spelt: the letters of a misread one are known, those of a known one stay."""
    known = _position_names()[" ".join(fold(printed).split())]
    return printed if _spelling(printed) in map(_spelling, known) else known[0]


def _spelling(text: str) -> list[tuple[list[str], list[str]]]:
    """Letters and marks of each word in capitals, wherever the tone mark stands: "ỦY" and "UỶ" are spelt alike."""
    words = (unicodedata.normalize("NFD", word) for word in text.upper().split())
    return [
        ([c for c in word if not unicodedata.combining(c)], sorted(filter(unicodedata.combining, word)))
        for word in words
    ]


@cache
def _positions() -> re.Pattern[str]:
    """Positions in capitals, folded: the longest first."""
    names = sorted((fold(row["position"]) for row in rows("positions.tsv")), key=len, reverse=True)
    return re.compile(r"(?<!\w)(?:" + "|".join(re.escape(name) for name in names) + r")(?!\w)")


def recipients(view: View) -> list[Recipient]:
    """The recipients as printed, without bullets and closing punctuation."""
    found: list[Recipient] = []
    for k, (start, end) in enumerate(_items(view, _split(view).recipients)):
        text = view.flat(start, end)
        misread_label = k == 0 and len(text.split()) <= 3 and view.text[end : end + 1] == ":"
        if text and not misread_label:
            found.append(Recipient(text=text, evidence=evidence(view, start, end)))
    return found


def signature(view: View) -> Signature:
    """Authority, position and name of the signer; what is not printed stays None."""
    pieces = _split(view).signature
    result = Signature()
    proofs: dict[str, Evidence] = {}
    positions: list[tuple[str, Span]] = []
    for start, end in pieces:
        text, folded = view.text[start:end], view.folded[start:end]
        if _NOTE.search(folded) or _SIGNED_MARK.match(folded):
            continue
        if result.signer is not None or _APPROVAL.match(folded):
            break  # what follows is another body's signature
        named = _PERSON.search(text)
        if text.isupper() or _AUTHORITY.match(text):
            positions += _roles(view, result, proofs, (start, end))
        elif named is not None and text[: named.start()].isupper() and _positions().search(folded, 0, named.start()):
            # Office and name in one line; a name may start with a capital alone ("Y Bluin Niê").
            positions += _roles(view, result, proofs, (start, start + named.start()))
            _set_signer(view, result, proofs, (start + named.start(), end))
        else:
            _set_signer(view, result, proofs, (start, end))
    if positions:
        result.position, span = positions[0]
        proofs["position"] = evidence(view, *span)
    if len(positions) > 1 and result.authority in ("KT.", "TL.", "TUQ.", "Q."):
        result.signer_position, span = positions[1]
        proofs["signer_position"] = evidence(view, *span)
    if result.signer is None and positions:
        _name_in_capitals(view, result, proofs, pieces)
    result.evidence = proofs
    return result


def _roles(view: View, result: Signature, proofs: dict[str, Evidence], span: Span) -> list[tuple[str, Span]]:
    """Authority and positions in one piece of capitals: "TM. ỦY BAN NHÂN DÂN KT. CHỦ TỊCH PHÓ CHỦ TỊCH"."""
    start, end = span
    text = view.text[start:end]
    marks = list(_AUTHORITY.finditer(text))
    for mark in marks:
        authority = mark["authority"].replace("/", "") + "."
        # KT., TL., TUQ. say in whose place one signs: they outrank TM., which only names the collective.
        if result.authority in (None, "TM."):
            result.authority = authority
            proofs["authority"] = evidence(view, start + mark.start(), start + mark.end())
    found: list[tuple[str, Span]] = []
    for match in _positions().finditer(view.folded, start, end):
        if _BODY_HEAD.search(view.folded, start, match.start()):
            continue  # "TM. BAN THƯỜNG TRỰC", "TM. THƯỜNG TRỰC HỘI ĐỒNG": the body that one signs for
        piece = (match.start(), _position_end(view, match.end(), end))
        name = _position_name(view.flat(*match.span()))
        found.append((name + view.text[match.end() : piece[1]], piece))
    return found


def _position_end(view: View, start: int, end: int) -> int:
    """A position takes the name of its office with it ("GIÁM ĐỐC SỞ Y TẾ"), up to the next authority or position."""
    following = [match.start() for match in _positions().finditer(view.folded, start, end)]
    marks = [start + mark.start() for mark in _AUTHORITY.finditer(view.text[start:end])]
    stop = min([*following, *marks, end])
    while stop > start and not view.text[stop - 1].isalnum():
        stop -= 1
    return max(stop, start)


def _set_signer(view: View, result: Signature, proofs: dict[str, Evidence], span: Span) -> None:
    start, end = span
    prefix = _TITLE_PREFIX.match(view.text, start, end)
    name_start = prefix.end() if prefix else start
    text = view.text[name_start:end].rstrip(" .,;")
    if _NAME.fullmatch(text) and len(text) <= 40:
        result.signer = view.flat(name_start, name_start + len(text))
        proofs["signer"] = evidence(view, name_start, name_start + len(text))


def _name_in_capitals(view: View, result: Signature, proofs: dict[str, Evidence], pieces: list[Span]) -> None:
    """A name printed in capitals below the position: the last piece, if it names no office."""
    start, end = pieces[-1]
    text = view.text[start:end]
    words = text.split()
    named = 2 <= len(words) <= 5 and text.isupper() and all(word.isalpha() for word in words)
    office = _AUTHORITY.match(text) or _positions().search(view.folded, start, end) or start == pieces[0][0]
    if named and not office:
        result.signer = view.flat(start, end)
        proofs["signer"] = evidence(view, start, end)


def _split(view: View) -> _Closing:
    """The closing's lines, each given to a column; merged lines are cut."""
    closing = _Closing()
    labelled = False
    lines = view.lines[_first_line(view) :]
    end = view.zones.closing[1]
    for line in lines:
        if line.start >= end:
            break
        labelled = _take(view, closing, line, labelled)
    return closing


def _first_line(view: View) -> int:
    start = view.zones.closing[0]
    k = view.line_index(start)
    return k if view.lines and view.lines[k].start >= start else k + 1


def _take(view: View, closing: _Closing, line: TextLine, labelled: bool) -> bool:
    """Give one line to its column or columns; returns whether "Nơi nhận" has been seen."""
    start, end = line.start, line.end
    if line.block == "signature":
        closing.signature.append((start, end))
        return labelled
    label = RECIPIENTS.match(view.folded, start, end)
    if label is not None:
        labelled, start = True, label.end()
    cut = _signature_start(view, start, end)
    left, right = (start, cut), (cut, end)
    if line.block == "recipients":
        left, right = (start, end), (end, end)
    elif (cut == end and labelled is False) or (cut == end and not _is_item(view, closing, start, end)):
        left, right = (end, end), (start, end)
    if view.text[slice(*left)].strip():
        closing.recipients.append(_strip(view, left))
    if view.text[slice(*right)].strip():
        closing.signature.append(_strip(view, right))
    return labelled


def _strip(view: View, span: Span) -> Span:
    start, end = span
    while start < end and view.text[start].isspace():
        start += 1
    while end > start and view.text[end - 1].isspace():
        end -= 1
    return start, end


def _signature_start(view: View, start: int, end: int) -> int:
    """Where the right column starts in a line that may hold both; its end where it holds none."""
    text = view.text[start:end]
    gap = _GAP.search(text)
    if gap is not None:
        return start + gap.start()
    mark = next((m.start() for m in _AUTHORITY.finditer(text) if _is_office(text[m.start() :])), None)
    if mark is not None:
        return start + mark
    for match in _positions().finditer(view.folded, start, end):
        rest = view.text[match.start() : end]
        named = _PERSON.search(rest)
        office = rest[: named.start()] if named and not rest.isupper() else rest
        if office.isupper() and len(office.split()) >= 2 and match.start() > start:
            return match.start()
    wide = re.search(rf"[;.,]\s+(?=(?:[{UPPER}][^\W\d_]*)(?:\s[{UPPER}][^\W\d_]*){{2,3}}$)", text)
    if wide is not None and _ITEM.match(text) and fold(text).startswith(("- luu", "luu")):
        return start + wide.end()
    return end


def _is_office(text: str) -> bool:
    """Whether an authority and what follows name an office: "TM. BAN THƯỜNG VỤ"; "TM, CT, HC;" are recipients."""
    line = text.split("\n")[0]
    return line.isupper() and _WORD.search(line) is not None


def _is_item(view: View, closing: _Closing, start: int, end: int) -> bool:
    """Whether a line of the left column: a bullet, or the rest of the item above it."""
    text = view.text[start:end].strip()
    if _ITEM.match(text) or not text:
        return True
    if closing.signature and not text[:1].islower():
        return False
    if text.isupper() and len(text) > 6:
        return False
    if not closing.recipients:
        return bool(text)
    last = view.text[slice(*closing.recipients[-1])].rstrip()
    if view.folded[slice(*closing.recipients[-1])].lstrip("-– ").startswith("luu") and last.endswith((".", ")")):
        return text.endswith(";")
    return not (_NAME.fullmatch(text) and last.endswith((".", ";")) and not text.endswith((";", ",")))


def _items(view: View, pieces: list[Span]) -> list[Span]:
    """Recipients: a bullet or the end of the item before opens one, other lines go on with it."""
    bulleted = any(_ITEM.match(view.text, *piece) for piece in pieces)
    items: list[Span] = []
    for start, end in pieces:
        bullet = _ITEM.match(view.text, start, end)
        inner = bullet.end() if bullet else start
        ended = bool(items) and view.text[slice(*items[-1])].rstrip().endswith((";", "."))
        if items and not bullet and (bulleted or not ended):
            items[-1] = (items[-1][0], end)
        else:
            items.append((inner, end))
    return [part for start, end in items for part in _parts(view, start, end)]


def _parts(view: View, start: int, end: int) -> list[Span]:
    """Several recipients in one line ("- Như trên; - Lưu: VT."), and none of the closing punctuation."""
    cuts = [start, *(start + m.end() for m in re.finditer(r"[;.]\s*[-–]\s+", view.text[start:end])), end]
    found: list[Span] = []
    for first, last in pairwise(cuts):
        piece = view.text[first:last]
        kept = re.sub(r"[\s;.,:\-–/]+$", "", piece)
        if kept.strip():
            found.append((first, first + len(kept)))
    return found
