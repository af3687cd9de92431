"""Well-known directives: which act a name without a number means, by the time of the citation."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

from ..folding import fold
from ..resources import rows


@dataclass(frozen=True, slots=True)
class Known:
    """A row of dictionaries/known_directives.tsv; the name alone means it on the days [valid_from, valid_to)."""

    code: str
    issued_on: str
    valid_from: str
    valid_to: str


def identity(name: str, *, issued_on: str | None = None, year: int | None = None, cited_on: str = "") -> str | None:
    """The code of the act that a citation without a code means; None where the dictionary does not tell for sure.

    name: folded, with the word for its kind. A day or year of adoption must agree with the act; where neither is
    printed, the act must be the only one of its name that was adopted and not yet replaced on the day of the citation.

    >>> identity("luat thi dua, khen thuong", year=2022)
    '06/2022/QH15'
    >>> identity("luat thi dua, khen thuong", cited_on="2015-03-02")
    '15/2003/QH11'
    """
    acts = _acts().get(name, ())
    if issued_on is not None:
        acts = tuple(act for act in acts if act.issued_on.startswith(issued_on))
    elif year is not None:
        acts = tuple(act for act in acts if act.issued_on.startswith(str(year)))
    elif cited_on:
        acts = tuple(act for act in acts if act.issued_on <= cited_on and (not act.valid_to or cited_on < act.valid_to))
    return acts[0].code if len(acts) == 1 else None


@cache
def _acts() -> dict[str, tuple[Known, ...]]:
    found: dict[str, tuple[Known, ...]] = {}
    for row in rows("known_directives.tsv"):
        act = Known(row["code"], row["issued_on"], row["valid_from"], row["valid_to"])
        found[fold(row["name"])] = (*found.get(fold(row["name"]), ()), act)
    return found
