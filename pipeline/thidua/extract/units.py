"""Provinces and districts with the days on which they existed (see dictionaries/admin_units.tsv)."""

from __future__ import annotations

import re
from functools import cache
from typing import Literal, NamedTuple, cast

from ..folding import fold
from ..resources import rows

Tier = Literal["province", "district"]


class Unit(NamedTuple):
    """A unit and the half-open range of days [valid_from, valid_to) on which it existed; "" is unbounded."""

    name: str
    tier: Tier
    parent: str
    valid_from: str
    valid_to: str


def find(name: str, on: str | None = None) -> tuple[Unit, ...]:
    """The units of a name with its type ("thành phố Vinh", "TP. Huế") that existed on a day (ISO; None: on any day).

    >>> [[unit.tier for unit in find("TP. Huế", day)] for day in ("2020-05-01", "2025-09-01")]
    [['district'], ['province']]
    """
    folded = " ".join(fold(name).split())
    folded = re.sub(r"^tp\.?\s*", "thanh pho ", folded)
    units = _units().get(folded, ())
    if on is None:
        return units
    return tuple(u for u in units if u.valid_from <= on and (not u.valid_to or on < u.valid_to))


def tier(name: str, on: str | None = None) -> Tier | None:
    """The tier of a unit on a day; None where no unit, or units of both tiers, had the name."""
    tiers = {unit.tier for unit in find(name, on)}
    return tiers.pop() if len(tiers) == 1 else None


@cache
def _units() -> dict[str, tuple[Unit, ...]]:
    table: dict[str, tuple[Unit, ...]] = {}
    for row in rows("admin_units.tsv"):
        unit = Unit(row["name"], cast(Tier, row["tier"]), row["parent"], row["valid_from"], row["valid_to"])
        table[fold(unit.name)] = (*table.get(fold(unit.name), ()), unit)
    return table
