"""Bodies that issue, owe or receive: where a printed name ends, its level, its canonical form."""

from __future__ import annotations

import re
import unicodedata
from functools import cache
from typing import cast

from ..folding import LOWER, UPPER, fold
from ..record import IssuerLevel
from ..resources import rows
from . import units

_LONGEST = 22  # words of one name

# A name ends before these words (folded, and printed in lower case): they say what the body does or when.
# Two syllables are told without diacritics, single ones only with them ("động" is no "đóng").
_STOP = re.compile(
    r"(?:ve viec|v/v|ban hanh|phe duyet|qu[yi] dinh|huong dan|trien khai|thuc hien|sua doi|bo sung|cong bo|cong nhan|"
    r"giai doan|nhiem ky|phat dong|to chuc|tiep tuc|thong nhat|chi dao|dieu chinh|yeu cau|chap thuan|thanh lap|"
    r"kien toan|tang cuong|day manh|chu tri|xay dung|keu goi|thong qua|nhiem vu|khen thuong|tuyen duong|"
    r"xem xet|quyet dinh|nghi quyet|ke hoach|chi thi|thong tu|cong van|nghi dinh|phoi hop|bao cao)(?!\w)"
)
# These are no part of a name in any case: "của Thủ tướng Chính phủ Về phê duyệt".
_STOP_ANY_CASE = re.compile(r"(?:ve|v/v|ban hanh|phe duyet|quy dinh|sua doi)(?!\w)")
_STOP_OPENINGS = frozenset(("về", "v/", "ba", "ph", "qu", "sử"))  # of these words, with their marks
_STOP_EXACT = re.compile(
    r"(?:về|năm|ngày|tháng|trong|tại|trên|đến|với|theo|nhằm|để|được|đã|đang|khi|cho|kèm|số|hoặc|làm|có|là|đóng|mới|ra|"
    r"giao|tặng|cùng|của\s+(?:kế hoạch|quyết định|nghị)|sẽ|phải|đối)(?!\w)"
)
_WORD = re.compile(r"[\w&./]+(?<![./])|[-–]")
_COMMITTEE = re.compile(r"ban\s+chi\s+dao\b")
_ABOUT = re.compile(r"\sve\s")
# The type "thành phố" alone does not tell a province from a district: the gazetteer does.
_CITY_COMMITTEE = re.compile(
    r"(?:ubnd|hdnd|uy ban nhan dan|hoi dong nhan dan|chu tich (?:ubnd|uy ban nhan dan))\s+"
    r"(?P<unit>(?:thanh pho|tp\.?)\s*\w.*)$"
)
_PLACE_TYPE = re.compile(r"tinh|pho|huyen|quan|xa|tran|phuong|khu|tp\.?")
_VOWEL = re.compile("[aeiouy]")
_ASIDE = re.compile(
    rf"\s*\([A-ZĐ][\w&,. -]{{0,11}}\)\s+(?=[{UPPER}][{LOWER}])"
)  # "Sở Giáo dục và Đào tạo (GD&ĐT) Hải Phòng"
_OTHERS = re.compile(r"(?:cac|nhung|mot so|van ban)\b")
_TWO_OFFICES = re.compile(r"bo truong,\s*chu nhiem")  # one person: "Bộ trưởng, Chủ nhiệm Văn phòng Chính phủ"
_CLAUSE_END = re.compile(r"[;.(“\"]")
_INNER_COMMA = re.compile(rf",\s*(?:[^\W\d_]+\s+){{0,4}}?[^\W\d_]+(?:\s+[^\W\d_]+){{0,3}}\s+và\s+[{UPPER}]")


@cache
def _heads() -> tuple[re.Pattern[str], re.Pattern[str]]:
    """Patterns of the words that open a name: several syllables folded, single ones exact ("Sở" is no "số")."""
    heads = sorted({row["head"] for row in rows("agency_levels.tsv") if row["head"]}, key=len, reverse=True)
    several = "|".join(fold(head).replace(" ", r"\s+") for head in heads if " " in head)
    single = "|".join(head for head in heads if " " not in head)
    return re.compile(rf"(?<!\w)(?:{several})(?!\w)"), re.compile(rf"(?<!\w)(?:{single})(?!\w)", re.IGNORECASE)


def starts(text: str, folded: str, offset: int = 0) -> bool:
    """Whether the name of a body starts at the offset of a text and its folded form."""
    several, single = _heads()
    return several.match(folded, offset) is not None or single.match(text, offset) is not None


def find_starts(text: str, folded: str, start: int, end: int) -> list[int]:
    """Where names of bodies may start in [start, end), in order."""
    several, single = _heads()
    found = {match.start() for match in several.finditer(folded, start, end)}
    return sorted(found | {match.start() for match in single.finditer(text, start, end)})


def extent(text: str, folded: str, start: int, limit: int) -> int:
    """Where the name of a body that starts at `start` ends, at most at `limit`; `start` where no name stands there.

    Commas inside a name ("Sở Văn hóa, Thể thao và Du lịch") are told from those between bodies by the "và" that closes
    the list and by the next word, which must not open another body.
    """
    position = end = start
    for _ in range(_LONGEST):
        match = _WORD.match(text, position)
        if match is None or match.end() > limit:
            break
        if end > start and _ends_before(text, folded, start, match.start()):
            break
        if match.group() not in ("-", "–"):
            end = match.end()
        position = _next_word(text, folded, match.end(), limit)
        if position < 0:
            break
    return _committee_end(folded, start, end, limit) if _COMMITTEE.match(folded, start) else end


def _committee_end(folded: str, start: int, end: int, limit: int) -> int:
    """A steering committee is named after its subject: "Ban Chỉ đạo Trung ương về Phát triển khoa học, ... về ...".

    The last "về" of the clause opens the directive's subject, those before it belong to the name.
    """
    clause = _CLAUSE_END.search(folded, end, limit)
    about = [match.start() for match in _ABOUT.finditer(folded, end, clause.start() if clause else limit)]
    if len(about) > 1 or (about and folded[end : end + 1] == ","):
        return about[-1]
    return end


def _runs_on(text: str, start: int, offset: int) -> bool:
    """Whether a word is no proper name by its case: in lower case, or in a text that is all capitals."""
    return text[offset].islower() or text[start:offset].isupper()


def _ends_before(text: str, folded: str, start: int, offset: int) -> bool:
    if _STOP_ANY_CASE.match(folded, offset) and text[offset : offset + 2].lower() in _STOP_OPENINGS:
        return True
    if _runs_on(text, start, offset) and (_STOP.match(folded, offset) or _STOP_EXACT.match(text, offset)):
        return True
    if folded.startswith(("va ", "va\n"), offset):
        after = offset + 3
        return (
            starts(text, folded, after)
            or _OTHERS.match(folded, after) is not None
            or _STOP.match(folded, after) is not None
            or _kind_names().match(folded, after) is not None
        )
    return False


@cache
def _kind_names() -> re.Pattern[str]:
    names = {fold(row["name"]) for row in rows("document_kinds.tsv")}
    return re.compile(r"(?:cac )?(?:" + "|".join(sorted(names, key=len, reverse=True)) + r")(?!\w)")


def _next_word(text: str, folded: str, offset: int, limit: int) -> int:
    """Where the next word of the name starts; -1 where punctuation ends the name."""
    if aside := _ASIDE.match(text, offset, limit):
        return aside.end()
    if offset < limit and text[offset] == ",":
        following = offset + 1
        while following < limit and text[following].isspace():
            following += 1
        if _TWO_OFFICES.match(folded[max(0, offset - 9) : following + 10]):
            return following
        if starts(text, folded, following) or not _INNER_COMMA.match(text, offset, min(limit, offset + 60)):
            return -1
        return following
    following = offset
    while following < limit and text[following].isspace():
        following += 1
    return following


def level(name: str, on: str | None = None) -> IssuerLevel | None:
    """The level of a body by its name on a day (ISO; None: on any day); None where the name does not tell.

    >>> level("UBND huyện An Lão"), level("Sở Y tế"), level("Ban Thường vụ Tỉnh ủy")
    ('district', 'department', 'party')
    """
    folded = fold(" ".join(name.split()))
    if committee := _CITY_COMMITTEE.match(folded):
        tier = units.tier(committee["unit"], on) or units.tier(committee["unit"])
        if tier is not None:
            return tier
    for row in _levels():
        if re.search(row[0], folded):
            return cast(IssuerLevel, row[1])
    return None


@cache
def _levels() -> list[tuple[str, str]]:
    return [(row["pattern"], row["level"]) for row in rows("agency_levels.tsv") if row["pattern"]]


def titled(name: str, text: str = "") -> str:
    """A name printed in capitals in its official case: "SỞ Y TẾ KIÊN GIANG" -> "Sở Y tế Kiên Giang".

    Words that the dictionaries know as part of a body's name take their case from there; two words that the text (the
    whole document) prints in small letters elsewhere, and never with two capitals, are a common noun of which only the
    first has one; all others are taken for proper names. A name that is not all capitals is left alone.
    """
    if not name.isupper():
        return name
    words = name.split()
    out: list[str] = []
    k = 0
    while k < len(words):
        for size in range(min(8, len(words) - k), 0, -1):
            phrase = " ".join(words[k : k + size])
            bare = phrase.rstrip(",;")
            known = _cased().get(fold(bare))
            if known is not None and (size > 1 or known.lower() == bare.lower()):
                out.append((_spelt(bare, known) if size > 1 else known) + phrase[len(bare) :])
                k += size
                break
        else:
            size = 2 if k + 1 < len(words) and _common(words[k : k + 2], words[k - 1] if k else "", text) else 1
            out.append(" ".join(words[k : k + 2]).capitalize() if size == 2 else _proper(words[k]))
            k += size
    text = " ".join(out)
    return text[:1].upper() + text[1:]


def _spelt(printed: str, known: str) -> str:
    """A known phrase with the printed place of the tone marks ("Uỷ"); other differences are misread letters."""
    if sorted(unicodedata.normalize("NFD", printed.lower())) != sorted(unicodedata.normalize("NFD", known.lower())):
        return known
    return "".join(c if k.isupper() else c.lower() for c, k in zip(printed, known, strict=True))


def _common(words: list[str], before: str, text: str) -> bool:
    """Whether two words in capitals are a common noun: printed in small letters elsewhere, never as a name."""
    pair = " ".join(words).lower().rstrip(",;")
    if _PLACE_TYPE.fullmatch(fold(before)) or not all(word.isalpha() for word in pair.split()):
        return False
    if re.search(rf"(?<!\w){pair}(?!\w)", text) is None:
        return False
    return re.search(rf"(?<!\w){' '.join(word.capitalize() for word in pair.split())}(?!\w)", text) is None


def _proper(word: str) -> str:
    """A word that no dictionary knows: abbreviations stay, all else is taken for part of a proper name."""
    bare = word.strip(".,()")
    if bare in _abbreviations() or "&" in bare or (bare.isupper() and not _VOWEL.search(fold(bare))):
        return word
    return "-".join(part[:1] + part[1:].lower() for part in word.split("-"))


def canonical(name: str | None) -> str | None:
    """One form of a body's name for what is printed in several: abbreviations written out, spaces single.

    >>> canonical("UBND huyện An Lão")
    'Ủy ban nhân dân huyện An Lão'
    >>> canonical("Sở GD&ĐT")
    'Sở Giáo dục và Đào tạo'
    """
    if not name:
        return None
    words = (_abbreviations().get(word, word) for word in name.split())
    return " ".join(words).replace("Uỷ ban", "Ủy ban")  # both placements of the tone are in use for this one word


@cache
def _cased() -> dict[str, str]:
    """Folded phrase -> the phrase in its official case."""
    return {fold(row["phrase"]): row["phrase"] for row in rows("agency_words.tsv")}


@cache
def _abbreviations() -> dict[str, str]:
    """Abbreviation -> what it stands for."""
    return {row["abbreviation"]: row["expansion"] for row in rows("abbreviations.tsv")}
