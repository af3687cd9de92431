"""The directives against each other and against the plan: dates, kinds and spellings of codes."""

from __future__ import annotations

import re
from functools import cache
from itertools import combinations

from rapidfuzz import fuzz

from ..record import CampaignRecord, Directive, Evidence, Finding
from ..resources import rows
from .dates import printed_dates
from .findings import finding

_STATE = re.compile(r"\d+[^/]*/(?:\d{4}/)?(?P<kind>[^\W\d_]+)-")
_PARTY = re.compile(r"\d+[^/-]*-(?P<kind>[^\W\d_]+)/")
_PARTY_BODY = re.compile(r"^\d+[a-z]?/(?P<kind>[^\W\d_]+)\s?-\s?(?P<body>TW|TU|HU|QU|ĐU|BTVTU)$")
_UP_TO_DATE = re.compile(
    r"(?P<cited>.*?\w)[\s,(]*(?:ngày\s*)?\d{1,2}\s?(?:[/.\-]\s?\d{1,2}\s?[/.\-]|tháng)", re.IGNORECASE
)
_WITH_YEAR = re.compile(r"/(?:19|20)\d\d/")
# Party regulations carry the letters of decisions, and joint documents those of their parts.
_ALSO = {"QĐ": {"Quy định", "Quyết định", "Quy chế"}, "QC": {"Quy chế", "Quy chế phối hợp", "Quy chế làm việc"}}


def check(record: CampaignRecord) -> list[Finding]:
    """directive-after-plan, directive-kind, directive-date, dates-contradict, code-spelling."""
    found = []
    for k, directive in enumerate(record.directives):
        path = f"directives[{k}]"
        found += _after_plan(directive, path, record.document.issued_on)
        found += _kind(directive, path)
        found += _known_date(directive, path)
        found += _contradicting(directive, path)
        found += _party_code(directive, path)
    return found + _spellings(record.directives)


def _after_plan(directive: Directive, path: str, issued_on: str | None) -> list[Finding]:
    if directive.issued_on is None or issued_on is None:
        return []
    precise = min(len(directive.issued_on), len(issued_on))
    if directive.issued_on[:precise] <= issued_on[:precise]:
        return []
    message = f"{_named(directive)} is dated {directive.issued_on}, after the document itself ({issued_on})"
    refers_to = [f"{path}.issued_on", "document.issued_on"]
    return [finding("directive-after-plan", message, refers_to=refers_to, evidence=[directive.evidence])]


def _kind(directive: Directive, path: str) -> list[Finding]:
    """A code's own letters against the word before it, at each place where it is cited."""
    names = _kinds_of_code(directive.code or "")
    if not names:
        return []
    found = []
    for place in _places(directive):
        word = _kind_word(place.text)
        if word is not None and not any(word.startswith(name.lower()) for name in names):
            letters = " or ".join(sorted(names))
            message = f'"{_flat(place.text)}": the word says {word}, the letters of {directive.code} say {letters}'
            found.append(finding("directive-kind", message, refers_to=[f"{path}.kind"], evidence=[place]))
    return found


def _known_date(directive: Directive, path: str) -> list[Finding]:
    """Only codes with a year in them are unique; those of the Party start again with each term."""
    if directive.code is None or directive.issued_on is None or not _WITH_YEAR.search(directive.code):
        return []
    known = _known_dates().get((directive.kind, directive.code.casefold()))
    if known is None or known.startswith(directive.issued_on) or directive.issued_on.startswith(known):
        return []
    message = f"{_named(directive)} is dated {directive.issued_on} here; it was issued on {known}"
    return [finding("directive-date", message, refers_to=[f"{path}.issued_on"], evidence=[directive.evidence])]


def _contradicting(directive: Directive, path: str) -> list[Finding]:
    if directive.code is None:
        return []
    dated: dict[str, Evidence] = {}
    for place in _places(directive):
        date = _date_behind(place.text, directive.code) if "\t" not in place.text else None  # another cell
        if date is not None:
            dated.setdefault(date, place)
    if len(dated) < 2:
        return []
    message = f"{_named(directive)} is cited with different dates: {', '.join(sorted(dated))}"
    return [finding("dates-contradict", message, refers_to=[f"{path}.issued_on"], evidence=list(dated.values()))]


def _date_behind(text: str, code: str) -> str | None:
    """The date that follows the code directly; another one further on may belong to something else."""
    before = _UP_TO_DATE.match(_flat(text))
    if before is None or re.sub(r"\W", "", before["cited"])[-3:] != re.sub(r"\W", "", code)[-3:]:
        return None
    return next(iter(printed_dates(_flat(text)[before.end("cited") :])), None)


def _party_code(directive: Directive, path: str) -> list[Finding]:
    match = _PARTY_BODY.match(directive.code or "")
    if match is None:
        return []
    number = (directive.code or "").partition("/")[0]
    message = f"{directive.code} is in the State's order; a Party document is {number}-{match['kind']}/{match['body']}"
    return [
        finding("code-spelling", message, severity="info", refers_to=[f"{path}.code"], evidence=[directive.evidence])
    ]


def _spellings(directives: list[Directive]) -> list[Finding]:
    """Two codes of the same number and day, or of the same letters, that differ in a stroke."""
    found = []
    coded = [(k, directive) for k, directive in enumerate(directives) if directive.code]
    by_number: dict[str, list[tuple[int, Directive]]] = {}
    for k, directive in coded:
        by_number.setdefault(re.split(r"[/-]", directive.code or "")[0].lstrip("0"), []).append((k, directive))
    for group in by_number.values():
        for (i, first), (k, second) in combinations(group[:20], 2):
            if _same_document(first, second):
                message = f"{first.code} and {second.code} look like two spellings of one code"
                refers_to = [f"directives[{i}].code", f"directives[{k}].code"]
                found.append(
                    finding("code-spelling", message, refers_to=refers_to, evidence=[first.evidence, second.evidence])
                )
    return found


def _same_document(first: Directive, second: Directive) -> bool:
    letters = [re.sub(r"[\W_]", "", directive.code or "").casefold() for directive in (first, second)]
    if letters[0] == letters[1]:
        return True
    if first.issued_on is None or first.issued_on != second.issued_on:
        return False
    return first.kind == second.kind and fuzz.ratio(*letters) >= 75


def _places(directive: Directive) -> list[Evidence]:
    return [directive.evidence, *directive.other_evidence]


def _named(directive: Directive) -> str:
    return f"{directive.kind} {directive.code or directive.about or ''}".strip()


def _flat(text: str) -> str:
    return " ".join(text.split())


def _kinds_of_code(code: str) -> frozenset[str]:
    match = _STATE.match(code) or _PARTY.match(code)
    return _kind_names().get(match["kind"], frozenset()) if match else frozenset()


def _kind_word(text: str) -> str | None:
    """The kind that a citation opens with, in lower case; None where it opens with something else."""
    flat = _flat(text).lower()
    return next((name for name in _all_kinds() if re.match(rf"{name} (?:số\s?:?\s?)?\d", flat)), None)


@cache
def _kind_names() -> dict[str, frozenset[str]]:
    table: dict[str, set[str]] = {}
    for row in rows("document_kinds.tsv"):
        if row["code"]:
            table.setdefault(row["code"], set()).add(row["name"])
    return {code: frozenset(names | _ALSO.get(code, set())) for code, names in table.items()}


@cache
def _all_kinds() -> tuple[str, ...]:
    names = {row["name"].lower() for row in rows("document_kinds.tsv")} | {"công văn"}
    return tuple(sorted(names, key=len, reverse=True))


@cache
def _known_dates() -> dict[tuple[str, str], str]:
    """(kind, code) -> day of issue: laws and resolutions of one term are numbered apart."""
    table = rows("known_directives.tsv")
    return {(row["kind"], row["code"].casefold()): row["issued_on"] for row in table if row["issued_on"]}
