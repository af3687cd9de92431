"""The kinds of administrative documents and how a printed line is recognised as one."""

from __future__ import annotations

import re
from functools import cache

from rapidfuzz import fuzz, process

from ..folding import fold
from ..resources import rows

NATION = re.compile(r"cong hoa xa hoi|doc lap\W+tu do|dang cong san viet nam")
AUTHORITY_LINE = re.compile(
    r"(?:thu tuong|chu tich|giam doc|tong giam doc|uy ban nhan dan|hoi dong|quoc hoi|chinh phu"
    r"|ban (?:chap hanh|thuong vu)"
    r"|(?:bo|hieu|cuc|thu|vien) truong|truong (?:ban|phong))\b"
)


@cache
def kinds() -> dict[str, tuple[str, str]]:
    """Folded name -> (name, code) of the kinds of documents; the code is "" where the kind has none."""
    table: dict[str, tuple[str, str]] = {}
    for row in rows("document_kinds.tsv"):
        table.setdefault(fold(row["name"]), (row["name"], row["code"]))
    return table


@cache
def kind_names() -> tuple[str, ...]:
    return tuple(kinds())


def match_kind(folded_line: str) -> str | None:
    """The folded kind name that a whole line is, letters spaced out or one letter misread included."""
    plain = re.sub(r"[^a-z ]", "", folded_line).strip()
    plain = re.sub(r"\s+", " ", plain)
    if plain in kinds():
        return plain
    if re.fullmatch(r"(?:[a-z] ?){4,}", plain) and len(plain) > 4:
        squeezed = plain.replace(" ", "")
        for name in kind_names():
            if name.replace(" ", "") == squeezed:
                return name
    if 6 <= len(plain) <= 24 and not AUTHORITY_LINE.match(plain):
        best = process.extractOne(plain, kind_names(), scorer=fuzz.ratio, score_cutoff=86)
        if best is not None and len(best[0]) >= 7:
            return str(best[0])
    return None
