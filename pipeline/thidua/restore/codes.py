"""Document codes: number and symbol of a State or a Party document, with letters that a reader mistook.

State: NUMBER/KIND-ISSUER (`480/KH-PGDĐT`), with the year in laws and decrees (`30/2020/NĐ-CP`, `06/2022/QH15`); a
công văn has no kind (`988/UBND-NV`). Party: NUMBER-KIND/ISSUER (`05-CT/TW`). Sources: Decree 30/2020/NĐ-CP, Annex I
and III; Guideline 36-HD/VPTW. Older and joint documents part kind and issuer by a stroke or a dot
(`16/2006/TTLT/BTC-BNV`, `84/2004/QĐ.UB`). Digits and separators are kept as they stand, a long dash and a stroke read
as a letter aside (`46I2010IQH12`); only letters are mended, and only to a kind or an issuer that exists: `SGDDT`
becomes `SGDĐT`, never `SGĐĐT`.
"""

from __future__ import annotations

import re
from functools import cache
from itertools import chain, product

from rapidfuzz import process
from rapidfuzz.distance import Levenshtein

from ..resources import rows

_LETTERS = "A-Za-zĐđÐƯư"
_SEGMENT = rf"[{_LETTERS}&][{_LETTERS}0-9&.]*"
_SYMBOL = rf"(?:{_SEGMENT}|0[DBPb])(?:[-/]{_SEGMENT})*-?"
_STATE = re.compile(rf"(?P<number>(?:\d{{1,6}}[A-Za-z]?(?:/\d{{4}})?)?/)(?P<symbol>{_SYMBOL})")
_KIND = re.compile(rf"(?P<kind>[{_LETTERS}01]+)(?P<mark>[-/.]?)(?P<rest>.*)")
_LIKE_CP = re.compile(r"[GOEQ]P")
_PARTY = re.compile(rf"(?P<number>\d{{1,6}}-)(?P<kind>{_SEGMENT})/(?P<issuer>{_SEGMENT}(?:-{_SEGMENT})*-?)")
_BARE = re.compile(rf"(?P<kind>[{_LETTERS}]{{2,5}})(?P<mark>[-/])(?P<issuer>{_SEGMENT}(?:-{_SEGMENT})*)")
_COMPOUND = re.compile(r"[A-ZĐÐ&]{2,}(?:-[A-ZĐÐ&]{2,})+-?")  # BTC-BLĐTBXH, of a code cut by a line end
LONG_ISSUER = 5  # letters from which one wrong letter leaves an issuer recognisable
_MISREAD_D = "DBPbÐ"  # what stands where Đ was printed
_MISREAD_D_SHORT = "DbÐ"  # in a code of two letters B and P are too often themselves
_MISREAD_D_TWICE = tuple(map("".join, product("DBPb", repeat=2)))
_LETTER_FOR_STROKE = re.compile(r"(?<=\d)[Il|](?=\d{4}[Il|/]|[A-ZĐÐ]{2})")
_LIKE_TTG = ("TTq", "TTe", "TTE", "TTy", "TTEg", "TTyg", "TIg", "T1g", "Tlg", "TITg", "T1Tg", "TlTg")  # of the readers
_HYPHENS = str.maketrans("—–", "--")


@cache
def kinds() -> frozenset[str]:
    """Codes of the kinds of documents (`KH`, `QĐ`, `NĐ`)."""
    return frozenset(row["code"] for row in rows("document_kinds.tsv"))


@cache
def issuers() -> frozenset[str]:
    """Codes of issuing bodies and their units (`PGDĐT`, `UBND`), abbreviations of bodies included."""
    return frozenset(row["code"] for row in rows("issuer_codes.tsv")) | frozenset(
        row["abbreviation"] for row in rows("abbreviations.tsv")
    )


def misreadings(codes: frozenset[str]) -> dict[str, str]:
    """What a reader without the letter Đ makes of each code that has one; nothing that is a code or ambiguous."""
    found: dict[str, set[str]] = {}
    for code in codes:
        if "Đ" not in code:
            continue
        letters = _MISREAD_D if len(code) > 2 else _MISREAD_D_SHORT
        choices = [("Đ", *letters, "DP", "Db", "ĐĐ") if letter == "Đ" else (letter,) for letter in code]
        for reading in map("".join, product(*choices)):
            found.setdefault(reading, set()).add(code)
    return {reading: min(made) for reading, made in found.items() if len(made) == 1 and reading not in codes}


@cache
def _misread_kinds() -> dict[str, str]:
    # Kinds are a closed list, so that B and P may stand for Đ in two letters too (NB -> NĐ), and two for it (NDB).
    found = misreadings(kinds())
    for code in sorted(kinds()):
        for letter in (*_MISREAD_D, *_MISREAD_D_TWICE, "ĐĐ") if "Đ" in code else ():
            reading = code.replace("Đ", letter)
            if reading not in kinds():
                found.setdefault(reading, code)
    found |= {"CTi": "CTr", "TTi": "TTr"}  # programmes, submissions
    return {**found, **{head + letter: "QĐ" for head in ("0", "O", "Q0", "QO") for letter in "DBPb"}}


@cache
def _misread_issuers() -> dict[str, str]:
    return {**misreadings(issuers()), "PU": "ĐU", "BU": "ĐU", **dict.fromkeys(_LIKE_TTG, "TTg")}


@cache
def repaired_kind(kind: str) -> str | None:
    """The kind that was printed, None where the letters are no kind and cannot be mended to one."""
    if kind in kinds():
        return kind
    plain = kind.replace("II", "H").rstrip("1")  # KII-UBND, TT1-BTC
    return _misread_kinds().get(kind) or (plain if plain in kinds() else None)


@cache
def repaired_issuer(issuer: str) -> str | None:
    """The issuer (one segment between hyphens) that was printed, None where it is not known.

    A compound of known parts is known too (`SGDĐT` = S + GDĐT, `BCĐPCTT` = BCĐ + PCTT).
    """
    known = _known_issuer(issuer)
    if known:
        return known
    for cut in range(1, len(issuer) - 1):
        head, tail = issuer[:cut], issuer[cut:]
        first = head if head in ("S", "P", "B", "T", "C", "V", "H") else _known_issuer(head) if cut > 1 else None
        second = _known_issuer(tail) if len(tail) > 2 else None
        if first and second:
            return first + second
    return None


def _known_issuer(issuer: str) -> str | None:
    if issuer in issuers() or re.fullmatch(r"(?:QH|UBTVQH)\d{1,2}", issuer):
        return issuer
    return _misread_issuers().get(issuer)


def repaired_code(form: str) -> tuple[str, bool] | None:
    """The code as printed and whether every part of it is known; None where the form is no code.

    form: a token without the punctuation around it. A code that a space or a line end cut in two is read by its parts:
    `/KH-PGDDT`, `27/NQ-`, `ND-CP`.

    >>> repaired_code("1516/QD-TTg")
    ('1516/QĐ-TTg', True)
    >>> repaired_code("24/7") is None
    True
    """
    form = form.translate(_HYPHENS)
    with_strokes = _LETTER_FOR_STROKE.sub("/", form)
    if with_strokes != form:
        code = repaired_code(with_strokes)
        return code if code and code[1] else None
    if match := _PARTY.fullmatch(form):
        kind, (issuer, known) = repaired_kind(match["kind"]), _repaired_segments(match["issuer"])
        if kind or known:
            return f"{match['number']}{kind or match['kind']}/{issuer}", bool(kind) and known
    if match := _STATE.fullmatch(form):
        return _state_code(match["number"], match["symbol"])
    if match := _BARE.fullmatch(form):
        kind, (issuer, known) = repaired_kind(match["kind"]), _repaired_segments(match["issuer"])
        if kind and known:
            return f"{kind}{match['mark']}{issuer}", True
    if _COMPOUND.fullmatch(form):
        issuer, known = _repaired_segments(form)
        if known or sum(repaired_issuer(part) is not None for part in form.split("-") if part) > 1:
            return issuer, known
    return None


def _state_code(number: str, symbol: str) -> tuple[str, bool] | None:
    if symbol in issuers():
        return number + symbol, True  # decrees before 1998: 36/CP
    parts = _KIND.fullmatch(symbol)
    kind = repaired_kind(parts["kind"]) if parts else None
    if kind == "NĐ" and parts and _LIKE_CP.fullmatch(parts["rest"]):
        return f"{number}NĐ-CP", True  # no other body issues decrees
    if parts and kind:
        issuer, known = _repaired_segments(parts["rest"]) if parts["rest"] else ("", True)
        return number + kind + parts["mark"] + issuer, known
    issuer, known = _repaired_segments(symbol)
    if known or re.match(r"\d+/\d{4}/|\d+[A-Za-z]?/[^-]{2,}-", number + symbol):
        return number + issuer, known
    return None


def is_nearly_known(form: str) -> bool:
    """Whether the issuer of a code is unknown and one letter away from a long one that is known: `TT-BTTTTI`.

    Such a code stays as it was read, for it may well be right; but nobody should rely on it.
    """
    last = re.split(r"[-/]", form)[-1]
    return len(last) >= LONG_ISSUER and not repaired_issuer(last) and bool(_near_issuers(last))


def may_lack_d(code: str) -> bool:
    """Whether a part of a code is unknown and has a D: where the reader has no Đ, two of three such stand for Đ."""
    _, known = repaired_code(code) or (code, True)
    parts = () if known else re.split(r"[-/]", code)
    return any("D" in part and not (repaired_kind(part) or repaired_issuer(part)) for part in parts)


@cache
def _near_issuers(issuer: str) -> tuple[str, ...]:
    long = sorted(known for known in issuers() if len(known) >= LONG_ISSUER)
    found = process.extract(issuer, long, scorer=Levenshtein.distance, score_cutoff=1, limit=2)
    return tuple(known for known, _, _ in found)


def _repaired_segments(text: str) -> tuple[str, bool]:
    """Issuers joined by hyphens or strokes: each mended where it can be, and whether all are known."""
    pieces = re.split("([-/])", text)
    mended = [repaired_issuer(piece) if piece else "" for piece in pieces[::2]]
    printed = [issuer or piece for issuer, piece in zip(mended, pieces[::2], strict=True)]
    joined = "".join(chain.from_iterable(zip(printed, (*pieces[1::2], ""), strict=True)))
    return joined, None not in mended
