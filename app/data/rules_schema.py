"""JSON Schemas of a row: as the API answers it, and as a file holds it."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, date, datetime, tzinfo
from typing import Any

from app.data.rules_fields import DataSet, Field, Kind, Row
from app.web.words import _

Json = dict[str, Any]
Cell = str | int | float | None
DIALECT = "https://json-schema.org/draft/2020-12/schema"
LOCAL_INSTANT = r"^\d{4}-\d\d-\d\d \d\d:\d\d:\d\d$"
_TYPES: Mapping[Kind, Json] = {
    Kind.TEXT: {"type": "string"},
    Kind.CODE: {"type": "string"},
    Kind.CODES: {"type": "array", "items": {"type": "string"}},
    Kind.TEXTS: {"type": "array", "items": {"type": "string"}},
    Kind.INTEGER: {"type": "integer"},
    Kind.NUMBER: {"type": "number"},
    Kind.SHARES: {
        "type": "array",
        "items": {"type": "number", "minimum": 0, "maximum": 1},
        "minItems": 2,
        "maxItems": 2,
    },
    Kind.FLAG: {"type": "boolean"},
    Kind.DAY: {"type": "string", "format": "date"},
    Kind.INSTANT: {"type": "string", "format": "date-time"},
}
_CELLS: Mapping[Kind, Json] = {
    **{kind: {"type": "string"} for kind in (Kind.TEXT, Kind.CODE, Kind.CODES, Kind.TEXTS, Kind.SHARES)},
    Kind.INTEGER: {"type": "integer"},
    Kind.NUMBER: {"type": "number"},
    Kind.FLAG: {"type": "string"},
    Kind.DAY: {"type": "string", "format": "date"},
    Kind.INSTANT: {"type": "string", "pattern": LOCAL_INSTANT},
}


def row_schema(dataset: DataSet) -> Json:
    """A row of an answer of the API."""
    return {
        "type": "object",
        "description": str(dataset.meaning),
        "required": list(dataset.names),
        "additionalProperties": False,
        "properties": {each.name: _property(each) for each in dataset.fields},
    }


def cells_schema(dataset: DataSet) -> Json:
    """A row of a file, in the language of whoever took it: texts, numbers and null for an empty cell."""
    return {
        "$schema": DIALECT,
        "type": "array",
        "prefixItems": [_cell(each) for each in dataset.fields],
        "items": False,
        "minItems": len(dataset.fields),
    }


def as_json(dataset: DataSet, row: Row, *, people: bool) -> Json:
    """A row as the API answers it; names of people only where the key has that scope."""
    return {
        field.name: None if field.personal and not people else _plain(value)
        for field, value in zip(dataset.fields, row, strict=True)
    }


def as_cells(dataset: DataSet, row: Row, zone: tzinfo) -> list[Cell]:
    """A row as a file holds it: codes in words, days and instants at the site."""
    return [_written(field, value, zone) for field, value in zip(dataset.fields, row, strict=True)]


def _property(field: Field) -> Json:
    schema: Json = {"title": str(field.title), "description": _described(field), **_TYPES[field.kind]}
    if field.words is not None:
        known = list(field.words)
        schema |= {"items": {"type": "string", "enum": known}} if field.kind is Kind.CODES else {"enum": known}
    if field.empty:
        schema["type"] = [schema["type"], "null"]
        if "enum" in schema:
            schema["enum"] = [*schema["enum"], None]
    if field.details and field.words:
        schema["oneOf"] = [
            {"const": key, "title": str(word), "description": str(field.details[key])}
            for key, word in field.words.items()
        ]
    return schema | ({"x-rule": field.rule} if field.rule else {}) | ({"x-unit": str(field.unit)} if field.unit else {})


def _described(field: Field) -> str:
    if field.words is None:
        return str(field.meaning)
    return f"{field.meaning} {_('; ').join(f'{code}: {word}' for code, word in field.words.items())}"


def _cell(field: Field) -> Json:
    schema: Json = {"title": str(field.title), "description": str(field.meaning), **_CELLS[field.kind]}
    if field.words is not None and field.kind is Kind.CODE:
        schema["enum"] = [str(word) for word in field.words.values()]
    if field.kind is Kind.FLAG:
        schema["enum"] = [_("yes"), _("no")]
    if field.empty or field.kind in (Kind.TEXT, Kind.CODES, Kind.TEXTS):
        schema["type"] = [schema["type"], "null"]
        if "enum" in schema:
            schema["enum"] = [*schema["enum"], None]
    return schema


def _plain(value: Any) -> Any:
    if isinstance(value, datetime):
        return value.astimezone(UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z")
    return value.isoformat() if isinstance(value, date) else value


def _written(field: Field, value: Any, zone: tzinfo) -> Cell:
    if value is None or value == "":
        return None
    if field.kind is Kind.FLAG:
        return _("yes") if value else _("no")
    if isinstance(value, datetime):
        return value.astimezone(zone).strftime("%Y-%m-%d %H:%M:%S")
    if isinstance(value, date):
        return value.isoformat()
    words = field.words or {}
    if isinstance(value, list | tuple):
        return _(", ").join(str(words.get(each, each)) for each in value) or None
    return str(words.get(value, value)) if isinstance(value, str) else value
