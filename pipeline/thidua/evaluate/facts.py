"""Gold records and extracted records as comparable facts, group by group.

A gold record is JSON in the names of the campaign record, or a subset of it, with these spellings understood as well:
`anniversaries` for `events`, `for` for `recipients` of an award, `starts` and `ends` for the first and last words of a
quoted text, plain strings for recipients, sections and codes of findings. A group that a gold record does not name is
not scored; an empty one is (whatever is found there is wrong).
"""

from __future__ import annotations

import unicodedata
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import TypeAlias

from rapidfuzz import fuzz

Json: TypeAlias = "dict[str, Json] | list[Json] | str | int | float | bool | None"
Row = dict[str, "Json"]

HEADER = ["kind", "kind_code", "number", "symbol", "code", "issued_on", "place", "issuer", "parent_issuer", "title"]
SIGNATURE = ["authority", "position", "signer_position", "signer"]
SIMILAR = 92.0  # texts of a restored twin differ from the gold text by a wrong syllable or two


@dataclass(frozen=True)
class Fact:
    """key must agree exactly; of texts any pair must be alike; starts and ends must be how a text begins and closes."""

    key: tuple[str, ...]
    texts: tuple[str, ...] = ()
    starts: str = ""
    ends: str = ""


def plain(text: Json) -> str:
    """Lower case, spaces collapsed, quotation marks and dashes unified, closing punctuation dropped."""
    joined = " ".join(unicodedata.normalize("NFC", str(text or "")).casefold().split())
    for mark in "“”\"‘’'":
        joined = joined.replace(mark, "")
    return joined.replace("–", "-").replace(" - ", "-").strip(" .;:,-+*")


def same(gold: Fact, found: Fact) -> bool:
    if gold.key != found.key:
        return False
    if gold.starts or gold.ends:
        return any(
            fuzz.ratio(gold.starts, text[: len(gold.starts)]) >= SIMILAR
            and fuzz.ratio(gold.ends, text[-len(gold.ends) :] if gold.ends else "") >= SIMILAR
            for text in found.texts
        )
    if not gold.texts:
        return True
    return any(fuzz.ratio(a, b) >= SIMILAR for a in gold.texts for b in found.texts)


def facts(record: Row, group: str) -> list[Fact] | None:
    """The facts of one group, None where the record does not speak of it."""
    return READERS[group](record)


def _rows(record: Row, *names: str) -> list[Row] | None:
    for name in names:
        value = record.get(name)
        if isinstance(value, list):
            return [row if isinstance(row, dict) else {"text": row} for row in value]
    return None


def _list(value: Json) -> list[Json]:
    return value if isinstance(value, list) else []


def _fields(record: Row, part: str, names: Iterable[str]) -> list[Fact] | None:
    value = record.get(part)
    if not isinstance(value, dict):
        return None
    return [Fact((name,), (plain(value[name]),)) for name in names if value.get(name) is not None]


def _quoted(row: Row, *key: str) -> Fact:
    if "starts" in row:
        return Fact(key, (), plain(row["starts"]), plain(row.get("ends")))
    return Fact(key, (plain(row.get("text")),))


def _directives(record: Row) -> list[Fact] | None:
    rows = _rows(record, "directives")
    if rows is None:
        return None
    found = []
    for row in rows:
        kind = str(row.get("kind") or "")
        if row.get("code"):
            found.append(Fact((str(row["code"]).casefold(),)))
            continue
        about = plain(row.get("title") or row.get("about"))
        names = {plain(row.get("issuer")), about, plain(f"{kind} {about}"), plain(about.removeprefix(kind.casefold()))}
        found.append(Fact(("", kind.casefold()), tuple(sorted(names - {"", plain(kind)}))))
    return found


def _coded(record: Row) -> list[Fact] | None:
    rows = _rows(record, "directives")
    if rows is None:
        return None
    return [
        Fact((str(row["code"]).casefold(), str(row.get("issued_on") or ""), str(row.get("role") or "")))
        for row in rows
        if row.get("code")
    ]


def _events(record: Row) -> list[Fact] | None:
    rows = _rows(record, "anniversaries")
    if rows is not None:
        return [_anniversary(row) for row in rows]
    rows = _rows(record, "events")
    if rows is None:
        return None
    dated = [row for row in rows if row.get("from")]
    named = [row for row in rows if not row.get("from")]
    return [*map(_anniversary, dated), *(Fact((str(row.get("kind")),), (plain(row.get("name")),)) for row in named)]


def _anniversary(row: Row) -> Fact:
    return Fact(("anniversary", str(row.get("years")), str(row.get("from")), str(row.get("to"))))


def _only_anniversaries(record: Row) -> list[Fact] | None:
    """Of a full record only its dated anniversaries, since some gold records list no other events."""
    return [fact for fact in _events(record) or [] if fact.key[0] == "anniversary" and len(fact.key) > 1]


def _dates(record: Row) -> list[Fact] | None:
    rows = _rows(record, "dates")
    if rows is None:
        return None
    return list(dict.fromkeys(Fact((str(row["date"]), str(row.get("role")))) for row in rows if row.get("date")))


def _awards(record: Row) -> list[Fact] | None:
    rows = _rows(record, "awards")
    if rows is None:
        return None
    return [_award(row) for row in rows]


def _award(row: Row) -> Fact:
    return Fact((str(row.get("level")), plain(row.get("form") or row.get("title"))))


def _award_details(record: Row) -> list[Fact] | None:
    rows = _rows(record, "awards")
    if rows is None:
        return None
    found = []
    for row in rows:
        key = _award(row).key
        if row.get("authority"):
            found.append(Fact((*key, "authority"), (plain(row["authority"]),)))
        for who in _list(row.get("for", row.get("recipients"))):
            found.append(Fact((*key, "recipients", str(who))))
        if row.get("quantity") is not None:
            found.append(Fact((*key, "quantity", str(row["quantity"]))))
        for quota in _list(row.get("quotas")):
            if isinstance(quota, dict):
                count = quota.get("max", quota.get("quantity"))
                for who in _list(quota.get("for", quota.get("recipients"))):
                    found.append(Fact((*key, "quota", str(count), str(who)), (plain(quota.get("unit")),)))
    return found


def _sections(record: Row) -> list[Fact] | None:
    rows = _rows(record, "sections")
    if rows is None:
        return None
    found = []
    for row in rows:
        if "heading" not in row:
            found.append(Fact((), (plain(row["text"]),)))
            continue
        number = str(row.get("number") or "")
        mark = ")" if number.isalpha() and number.islower() else "."
        found.append(Fact((), (plain(f"{number}{mark} {row['heading']}" if number else row["heading"]),)))
    return found


def _texts(*names: str, field: str = "text") -> Callable[[Row], list[Fact] | None]:
    def read(record: Row) -> list[Fact] | None:
        rows = _rows(record, *names)
        return None if rows is None else [Fact((), (plain(row.get(field)),)) for row in rows]

    return read


def _kinds(name: str) -> Callable[[Row], list[Fact] | None]:
    def read(record: Row) -> list[Fact] | None:
        rows = _rows(record, name)
        return None if rows is None else [_quoted(row, str(row.get("kind", ""))) for row in rows]

    return read


def _findings(record: Row) -> list[Fact] | None:
    rows = _rows(record, "findings")
    return None if rows is None else [Fact((str(row.get("code", row.get("text"))),)) for row in rows]


def _theme(record: Row) -> list[Fact] | None:
    if "theme" not in record:
        return None
    return [Fact((), (plain(record["theme"]),))] if record["theme"] else []


def _period(record: Row) -> list[Fact] | None:
    value = record.get("period")
    if not isinstance(value, dict):
        return None
    return [Fact((name, str(value[name]))) for name in ("start", "end") if value.get(name)]


READERS: dict[str, Callable[[Row], list[Fact] | None]] = {
    "header": lambda record: _fields(record, "document", HEADER),
    "theme": _theme,
    "period": _period,
    "directives": _directives,
    "coded directives": _coded,
    "goals": _kinds("goals"),
    "tasks": _kinds("tasks"),
    "movements": _texts("movements", field="name"),
    "events": _events,
    "anniversaries": _only_anniversaries,
    "dates": _dates,
    "participants": _kinds("participants"),
    "awards": _awards,
    "award details": _award_details,
    "responsibilities": _texts("responsibilities", field="unit"),
    "recipients": _texts("recipients"),
    "signature": lambda record: _fields(record, "signature", SIGNATURE),
    "sections": _sections,
    "findings": _findings,
}
