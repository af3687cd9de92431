"""The tidy tables: which there are, their columns and the rows of a record, all derived from the record's classes.

`campaigns` has one row a document. Every list of parts in the record becomes a table of that name with one row a thing:
`record_id`, `item` (its place in the list, from 0, as in `findings.refers_to`), its own fields, and its evidence in the
columns `evidence_page`, `evidence_start` ... A list inside such a thing becomes a table named after both
(`goals_quantities`, `awards_quotas`) with `parent_item`. `evidence` has one row for each field of the document, the
period and the signature whose place is known.
"""

from __future__ import annotations

import json
import types
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from typing import Annotated, Literal, Union, get_args, get_origin

from pydantic import BaseModel

from ..record import CampaignRecord, Evidence, PageBox

CellType = Literal["text", "integer", "number", "boolean"]
Cell = str | int | float | bool | None
Row = dict[str, Cell]

CAMPAIGNS = "campaigns"
EVIDENCE = "evidence"
LIST_SEPARATOR = "; "

# Parts of the record whose fields need no prefix in `campaigns`: they are what the row is about.
_PLAIN_PARTS = frozenset({"source", "document"})
_SCALARS: dict[type, CellType] = {str: "text", int: "integer", float: "number", bool: "boolean"}


@dataclass(frozen=True, slots=True)
class Column:
    name: str
    type: CellType
    description: str = ""


@dataclass(frozen=True, slots=True)
class Table:
    name: str
    columns: tuple[Column, ...]


@dataclass(frozen=True, slots=True)
class _Shape:
    """What an annotation means for tables: one value, a nested part, a list of values or of parts, parts by name."""

    kind: Literal["scalar", "part", "scalars", "parts", "named"]
    scalar: CellType = "text"
    part: type[BaseModel] = BaseModel


@cache
def tables() -> tuple[Table, ...]:
    """Every table with its columns, in the order of the record's fields; `campaigns` first."""
    key = Column("record_id", "text", "the document: first 16 hex digits of the source's SHA-256")
    columns: dict[str, list[Column]] = {CAMPAIGNS: [key, *_record_columns()]}
    for owner, field, part in _lists(CampaignRecord):
        place = [Column("parent_item", "integer", f"the row of {owner} it belongs to")] if owner else []
        item = Column("item", "integer", "place in its list, from 0")
        columns[_table_name(owner, field)] = [key, *place, item, *_part_columns(part)]
    path = Column("field", "text", "path of the field in the record, e.g. 'document.code'")
    columns[EVIDENCE] = [key, path, *_part_columns(Evidence)]
    return tuple(Table(name, tuple(found)) for name, found in columns.items())


def rows(record: CampaignRecord) -> Iterator[tuple[str, Row]]:
    """Every row of a record as (table, row); a row has exactly the columns of its table."""
    key: Row = {"record_id": record.record_id}
    yield CAMPAIGNS, {**key, **_record_cells(record)}
    for owner, field, _ in _lists(CampaignRecord):
        name = _table_name(owner, field)
        if not owner:
            for k, part in enumerate(getattr(record, field)):
                yield name, {**key, "item": k, **_part_cells(part)}
            continue
        holder = getattr(record, owner)
        for parent, whole in enumerate(holder if isinstance(holder, list) else [holder]):
            for k, part in enumerate(getattr(whole, field)):
                yield name, {**key, "parent_item": parent, "item": k, **_part_cells(part)}
    for field, evidence in _named_evidence(record):
        yield EVIDENCE, {**key, "field": field, **_part_cells(evidence)}


def table_schema() -> str:
    """The tables and columns as JSON, in the words of Frictionless Table Schema."""
    names = {"text": "string"}
    resources = [
        {
            "name": table.name,
            "schema": {
                "fields": [
                    {"name": c.name, "type": names.get(c.type, c.type), "description": c.description}
                    for c in table.columns
                ]
            },
        }
        for table in tables()
    ]
    return json.dumps({"resources": resources}, ensure_ascii=False, indent=2)


def _table_name(owner: str, field: str) -> str:
    return f"{owner}_{field}" if owner else field


def _lists(model: type[BaseModel]) -> Iterator[tuple[str, str, type[BaseModel]]]:
    """(owner, field, part) of each list of parts: in the record itself (owner ""), then one level down."""
    below: list[tuple[str, str, type[BaseModel]]] = []
    for name, shape in _fields(model):
        if shape.kind == "parts":
            yield "", name, shape.part
        if shape.kind in ("part", "parts") and shape.part is not Evidence:
            below += [(name, field, inner.part) for field, inner in _fields(shape.part) if inner.kind == "parts"]
    yield from below


@cache
def _fields(model: type[BaseModel]) -> tuple[tuple[str, _Shape], ...]:
    return tuple((name, _shape(field.annotation)) for name, field in model.model_fields.items())


def _shape(annotation: object) -> _Shape:
    origin, arguments = get_origin(annotation), get_args(annotation)
    if origin is Annotated:
        return _shape(arguments[0])
    if origin in (Union, types.UnionType):
        return _shape(next(a for a in arguments if a is not type(None)))
    if origin is Literal:
        return _Shape("scalar", _SCALARS[type(arguments[0])])
    if origin is list:
        inner = _shape(arguments[0])
        # Boxes stay one cell of JSON: they are read by programs, together with their evidence.
        whole = inner.kind != "part" or inner.part is PageBox
        return _Shape("scalars") if whole else _Shape("parts", part=inner.part)
    if origin is dict:
        return _Shape("named", part=_shape(arguments[1]).part)
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        return _Shape("part", part=annotation)
    if isinstance(annotation, type) and annotation in _SCALARS:
        return _Shape("scalar", _SCALARS[annotation])
    raise TypeError(f"the tables have no column type for {annotation}")


def _record_columns() -> list[Column]:
    columns: list[Column] = []
    for name, shape in _fields(CampaignRecord):
        if shape.kind == "scalar" and name != "record_id":
            columns.append(Column(name, shape.scalar, CampaignRecord.model_fields[name].description or ""))
        elif shape.kind == "part" and shape.part is not Evidence:
            columns += _prefixed(_prefix(name), _part_columns(shape.part))
    return columns


def _record_cells(record: CampaignRecord) -> Row:
    cells: Row = {}
    for name, shape in _fields(CampaignRecord):
        value = getattr(record, name)
        if shape.kind == "scalar" and name != "record_id":
            cells[name] = value
        elif shape.kind == "part" and shape.part is not Evidence:
            cells |= {_prefix(name) + column: cell for column, cell in _part_cells(value).items()}
    return cells


def _prefix(part: str) -> str:
    return "" if part in _PLAIN_PARTS else f"{part}_"


def _part_columns(part: type[BaseModel]) -> list[Column]:
    columns, nested = [], []
    for name, shape in _fields(part):
        field = part.model_fields[name]
        if shape.kind in ("scalar", "scalars"):
            columns.append(Column(field.serialization_alias or name, shape.scalar, field.description or ""))
        elif shape.kind == "part":
            nested += _prefixed(f"{name}_", _part_columns(shape.part))
    return columns + nested


def _prefixed(prefix: str, columns: list[Column]) -> list[Column]:
    return [Column(prefix + column.name, column.type, column.description) for column in columns]


def _part_cells(part: BaseModel) -> Row:
    cells: Row = {}
    nested: Row = {}
    for name, shape in _fields(type(part)):
        value = getattr(part, name)
        if shape.kind in ("scalar", "scalars"):
            cells[type(part).model_fields[name].serialization_alias or name] = _cell(value)
        elif shape.kind == "part":
            nested |= {f"{name}_{column}": cell for column, cell in _part_cells(value).items()}
    return cells | nested


def _cell(value: object) -> Cell:
    if isinstance(value, list):
        if not value:
            return None
        if isinstance(value[0], BaseModel):
            return json.dumps([v.model_dump() for v in value], separators=(",", ":"))
        return LIST_SEPARATOR.join(map(str, value))
    if value is None or isinstance(value, str | int | float | bool):
        return value
    raise TypeError(f"no cell for {type(value)}")


def _named_evidence(record: CampaignRecord) -> Iterator[tuple[str, Evidence]]:
    for name, shape in _fields(CampaignRecord):
        value = getattr(record, name)
        if shape.kind == "part" and shape.part is Evidence and value is not None:
            yield name.removesuffix("_evidence"), value
        elif shape.kind == "part" and isinstance(value, BaseModel):
            for field in (field for field, inner in _fields(shape.part) if inner.kind == "named"):
                yield from ((f"{name}.{key}", evidence) for key, evidence in getattr(value, field).items())
