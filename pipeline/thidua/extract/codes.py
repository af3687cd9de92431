"""Document codes: `480/KH-PGDĐT`, `30/2020/NĐ-CP`, `05-CT/TW`.

State grammar (Decree 30/2020/NĐ-CP, Annex I): NUMBER/KIND-ISSUER, with the year before the kind in laws, decrees and
circulars (NUMBER/YEAR/KIND-ISSUER), and ISSUER-UNIT without a kind for a công văn (988/UBND-NV).
Party grammar (Guideline 36-HD/VPTW): NUMBER-KIND/ISSUER. The order of "-" and "/" alone tells the two apart.

Good: 1516/QĐ-TTg, 2260/KH-UBND-NV, 06/2022/QH15, 45-NQ/TW. Bad: 11/6/2024 (a date), 3G/4G, 01 cá nhân/01 ban.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from typing import Literal

from ..folding import fold
from ..resources import rows

_GLUED = re.compile(r"(?<=[^\W\d_]{2})ngày$")  # "70-TB/TWngày 20/02"
Series = Literal["state", "party"]

_UP = "A-ZĐƯĂÂÊÔƠ"
_PART = rf"[{_UP}][^\W\d_]*(?:&[^\W\d_]+)*\d{{0,4}}"
_JOIN = r"(?:\s?[-–]\s?|[-–]\s*\n\s*)"
_STATE = re.compile(
    rf"(?<![\w/.,-])(?P<number>\d{{1,6}}[A-Za-z]?)\s?/\s?(?:(?P<year>(?:19|20)\d{{2}})\s?/\s?)?"
    rf"(?P<symbol>{_PART}(?:{_JOIN}{_PART}|/(?=[{_UP}]{{2}}){_PART}|-\d\d?\b)*)(?![^\W_])"
)
_PARTY = re.compile(
    rf"(?<![\w/.,-])(?P<number>\d{{1,6}}[A-Za-z]?)\s?[-–]\s?(?P<kind>{_PART})\s?/\s?(?P<issuer>{_PART}(?:{_JOIN}{_PART})*)"
    r"(?![^\W_])"
)
# A capitalised word behind a dash is prose, not a unit: "48/NQ-CP-Tập trung".
_PROSE = re.compile(rf"\s?[-–]\s*[{_UP}](?:[a-z]*[^\W\d_A-Za-zĐƯĂÂÊÔƠ][^\W\d_A-Z]*|[a-z]{{4,}})$")
_LAW = re.compile(r"(?:UBTV)?QH\d{1,2}")
_BLANK = re.compile(r"\s+")


@dataclass(frozen=True, slots=True)
class Code:
    """A document code at [start, end). number and year as printed; symbol is the code without them.

    kind_code: code of the kind inside the symbol, None for a công văn and for laws (QH15).
    """

    start: int
    end: int
    text: str
    number: str
    symbol: str
    kind_code: str | None
    year: int | None
    series: Series

    @property
    def key(self) -> str:
        """What is the same for all spellings of one code: case, leading zeros and diacritics of the symbol left out."""
        return f"{self.number.lstrip('0').lower()}/{self.year or ''}/{self.series[0]}/{fold(self.symbol)}"


@cache
def kind_names() -> dict[str, str]:
    """Kind code in lower case -> name: "kh" -> "Kế hoạch"."""
    names: dict[str, str] = {}
    for row in rows("document_kinds.tsv"):
        names.setdefault(row["code"].lower(), row["name"])
    return names


@cache
def _issuer_codes() -> frozenset[str]:
    return frozenset(row["code"] for row in rows("issuer_codes.tsv"))


def find(text: str, start: int = 0, end: int | None = None) -> Iterator[Code]:
    """All codes in text[start:end], in order, without overlap."""
    limit = len(text) if end is None else end
    party = {match.start(): match for match in _PARTY.finditer(text, start, limit)}
    position = start
    matches = sorted([*party.values(), *_STATE.finditer(text, start, limit)], key=re.Match.start)
    for match in matches:
        if match.start() < position:
            continue
        code = _party(match) if match.re is _PARTY else _state(text, match)
        if code is not None:
            yield code
            position = code.end


def parse(text: str) -> Code | None:
    """The code that the whole text is, None otherwise."""
    code = next(find(text), None)
    return code if code is not None and (code.start, code.end) == (0, len(text)) else None


def symbol_kind(symbol: str) -> str | None:
    """The code of the kind that a State symbol starts with: "KH-PGDĐT" -> "KH", "UBND-NV" -> None."""
    first = re.split(r"[-–/]", symbol)[0]
    known = fold(first) if first.lower() not in kind_names() else first.lower()
    for code in kind_names():
        if code == first.lower() or (len(first) > 1 and fold(code) == known):
            return _printed_kind(code)
    return None


@cache
def _printed_kind(lower: str) -> str:
    return next(row["code"] for row in rows("document_kinds.tsv") if row["code"].lower() == lower)


def _tidy(text: str) -> str:
    return _BLANK.sub("", text).replace("–", "-")


def _end(match: re.Match[str], last: str) -> int:
    """Where a code ends, given the name of its last group: before a word that was printed without its space."""
    glued = _GLUED.search(match[last])
    return match.start(last) + glued.start() if glued else match.end()


def _state(text: str, match: re.Match[str]) -> Code | None:
    end = _end(match, "symbol")
    while (tail := _PROSE.search(text, match.start("symbol"), end)) is not None:
        end = tail.start()
    symbol = _tidy(text[match.start("symbol") : end])
    plain = "-" not in symbol
    announced = fold(text[max(0, match.start() - 8) : match.start()]).rstrip(" :.").endswith("so")
    if plain and not (_LAW.fullmatch(symbol) or announced or (match["year"] and symbol in _issuer_codes())):
        return None
    if plain and announced and len(symbol) < 2:
        return None
    kind = symbol_kind(symbol)
    known = (
        kind is not None
        or symbol.split("-")[0] in _issuer_codes()
        or len(re.findall(f"[{_UP}]", symbol.split("-")[0])) > 1
    )
    if not (known or announced):
        return None
    year = int(match["year"]) if match["year"] else None
    head = f"{match['number']}/{match['year']}/" if year else f"{match['number']}/"
    return Code(match.start(), end, head + symbol, match["number"], symbol, kind, year, "state")


def _party(match: re.Match[str]) -> Code | None:
    kind = match["kind"]
    if kind.lower() not in kind_names() and not kind.isupper():
        return None
    end = _end(match, "issuer")
    symbol = f"{kind}/{_tidy(match.string[match.start('issuer') : end])}"
    return Code(match.start(), end, f"{match['number']}-{symbol}", match["number"], symbol, kind, None, "party")
