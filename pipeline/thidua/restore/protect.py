"""What no model may spell anew: addresses, document codes, dates, numbers, marks; mended by rule where a rule is sure.

A language model would happily turn `05-CT/TW` into words. Such tokens get one reading, their own or the mended one.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

from .codes import is_nearly_known, repaired_code
from .dates import repaired_date, separated

_PUNCTUATED = re.compile(r"([(\[{<\"'“‘„«*•]*)(.*?)(\./\.|[.,;:!?)\]}>\"'”’»…]*)", re.DOTALL)
_ADDRESS = re.compile(
    r"[\w.+-]+@[\w-]+(?:\.[\w-]+)+|(?:https?://|www\.)\S+|[\w-]+(?:\.[\w-]+)*\.(?:vn|com|org|net|edu|gov|info)(?:/\S*)?",
    re.IGNORECASE,
)
_QUANTITY = re.compile(r"[+±<>≥≤~]?\d+(?:[.,:/x×–-]\d+)*[./-]?(?:%|‰|°C?|đ|m2|m3|km2?|ha|kg|h|g|tr)?")
_CLOCK = re.compile(r"\d{1,2}(?:h|g|giờ)\d{0,2}[’'°´`]?")
_MINUTES = re.compile(r"(\d{1,2}(?:h|g|giờ)\d{2})[°\"”´`]([.,;:)]*)")
_AMOUNT_OF_DONG = re.compile(r"\d{1,3}(?:\.\d{3})+d")  # 200.000đ, read by a model without that letter
_RATE = re.compile(r"(\d+(?:[.,]\d+)*%/)(?:n[^\W\d_]m|(th)[^\W\d_]{1,2}ng)")  # 5%/năm, read 5%/nim
_GENERATION = re.compile(r"\d+[GD](?:/\d+[GD])*")  # 4G, 3D
_REGARDING = re.compile(r"[Vv]/[Vv]")  # về việc, before the subject of a letter
_REGARDING_READ = re.compile(r"V[/⁄lI1i|]?[vw]|V[/⁄]")
_FOOTNOTED = re.compile(r"\[\d+\]")
_MARKS = re.compile(r"[-–—*+•·.,;:…/()\[\]“”\"'‘’=><%#_]+|\./\.")
# AB-12.3, of forms and vehicles; 1.014459.H13, of procedures; H5N1, of viruses
_LETTERED_NUMBER = re.compile(
    r"(?=.*\d)(?:[\dA-Z]{2,}(?:[-./][\dA-Z]+)+|\d[-.]\d+[-.][\dA-Z]+|(?:[B-DF-HJ-NP-TV-XZ]\d+){2,})"
)

DOUBTFUL = 0.4  # confidence in an unknown code that is one letter away from a known one, and in < and >
_COMPARED = "<>"  # readers have no ≤ and ≥, which documents print three times as often

_SIGNING = re.compile(r"(TM|KT|TL|TUQ)[,:;]")  # before the title of who signs stands a full stop (Decree 30/2020/NĐ-CP)
_NUMBERS = (_QUANTITY, _CLOCK, _GENERATION, _FOOTNOTED, _LETTERED_NUMBER)


@dataclass(frozen=True, slots=True)
class Fixed:
    """The only reading of a token. rule: why; sure: the confidence of the change, 1.0 where nothing changes."""

    text: str
    rule: str
    sure: float = 1.0


@dataclass(frozen=True, slots=True)
class Punctuated:
    """A token cut in the marks that open it, its core and the marks that close it."""

    opening: str
    core: str
    closing: str


@lru_cache(maxsize=1 << 16)
def punctuated(form: str) -> Punctuated:
    """`(05-CT/TW);` has the core `05-CT/TW`, `08/2009/TT-BTC./.` ends a document; marks alone have an empty core."""
    match = _PUNCTUATED.fullmatch(form)
    assert match is not None, "the pattern matches every string"
    return Punctuated(*match.groups())


@lru_cache(maxsize=1 << 16)
def fixed(form: str, *, mend: bool) -> Fixed | None:
    """The reading of a token that is an address, a code, a date, a number or marks; None for what may be a word.

    mend: whether letters may be repaired (text from a reader) or not (sound text).
    """
    if _MARKS.fullmatch(form):
        return Fixed(form, "protect.marks", DOUBTFUL if mend and form in _COMPARED else 1.0)
    if mend and (formula := _formula(form)):
        return formula
    parts = punctuated(form)
    core = parts.core
    if _ADDRESS.fullmatch(core):
        return Fixed(form, "protect.address")
    if not any(map(str.isdigit, core)) and not {"/", "-"} & set(core):
        return None
    if _REGARDING.fullmatch(core):
        return Fixed(form, "protect.word")
    code = repaired_code(core)
    if code is not None:
        text, known = code
        if not mend or text == core:
            return Fixed(form, "protect.code", DOUBTFUL if mend and not known and is_nearly_known(core) else 1.0)
        return Fixed(parts.opening + text + parts.closing, "code", 0.97 if known else 0.6)
    if any(pattern.fullmatch(core) for pattern in _NUMBERS):
        return Fixed(form, "protect.number", DOUBTFUL if mend and form[0] in _COMPARED else 1.0)
    if mend:
        date = repaired_date(core)
        if date is not None:
            return Fixed(parts.opening + date + parts.closing, "date", 0.97)
        apart = separated(core)
        if apart is not None:
            return Fixed(parts.opening + apart + parts.closing, "date.space", 0.97)
    return None


def _formula(form: str) -> Fixed | None:
    """What is printed in one way: before a signature or a subject, behind an amount or minutes, inside an address."""
    if signing := _SIGNING.fullmatch(form):
        return Fixed(signing[1] + ".", "signing", 0.97)
    parts = punctuated(form)
    if _AMOUNT_OF_DONG.fullmatch(parts.core):
        return Fixed(f"{parts.opening}{parts.core[:-1]}đ{parts.closing}", "formula", 0.97)
    if rate := _RATE.fullmatch(parts.core):
        return Fixed(f"{parts.opening}{rate[1]}{'tháng' if rate[2] else 'năm'}{parts.closing}", "formula", 0.97)
    if clock := _MINUTES.fullmatch(form):
        return Fixed(f"{clock[1]}’{clock[2]}", "formula", 0.8)
    if "(@" in form and _ADDRESS.fullmatch(punctuated(form.replace("(@", "@")).core):
        return Fixed(form.replace("(@", "@"), "formula", 0.95)
    return Fixed("V/v", "formula", 0.95) if form != "V/v" and _REGARDING_READ.fullmatch(form) else None


def is_plain_number(form: str) -> bool:
    """Whether a token is a run of one to three digits, marks around it aside: a reader writes `16` for `lỗ`, too."""
    core = punctuated(form).core.rstrip("-–.")  # 1.- opens a list in older documents
    return core.isdecimal() and len(core) <= 3
