"""The API for other programs as an OpenAPI 3.1 document, made from the declaration of the fields."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from app.data.rules_fields import DataSet
from app.data.rules_schema import DIALECT, cells_schema, row_schema
from app.data.rules_sets import EXPORTED, SETS
from app.web.words import _

Json = dict[str, Any]
PATH = "/api/data/v1"
PROBLEM: Json = {
    "type": "object",
    "required": ["type", "title", "status", "detail"],
    "properties": {
        "type": {"type": "string"},
        "title": {"type": "string"},
        "status": {"type": "integer"},
        "detail": {"type": "string"},
        "fields": {"type": "object", "additionalProperties": {"type": "string"}},
        "scope": {"type": "string"},
    },
}


def document(parameters: Mapping[str, tuple[str, ...]], most: int, most_days: int) -> Json:
    """`parameters` are those of each kind of rows; the words are in the language of whoever asks."""
    return {
        "openapi": "3.1.0",
        "jsonSchemaDialect": DIALECT,
        "info": {
            "title": _("Dabiao: data for other programs"),
            "version": "1",
            "description": _("Read only. It changes only by adding: new fields, new parameters, new kinds of rows."),
        },
        "security": [{"key": []}],
        "paths": {f"{PATH}/{each.name}": {"get": _get(each, parameters[each.name], most)} for each in SETS.values()},
        "components": {
            "securitySchemes": {"key": {"type": "http", "scheme": "bearer"}},
            "parameters": _parameters(most, most_days),
            "schemas": {
                "Problem": PROBLEM,
                **{each.name: row_schema(each) for each in SETS.values()},
                **{f"{name}_file": cells_schema(SETS[name]) for name in EXPORTED},
            },
        },
    }


def _get(dataset: DataSet, named: tuple[str, ...], most: int) -> Json:
    return {
        "operationId": dataset.name,
        "summary": str(dataset.title),
        "description": f"{dataset.meaning} {_('Scope: %(scope)s.', scope=dataset.scope)}",
        "parameters": [{"$ref": f"#/components/parameters/{name}"} for name in (*named, "limit", "cursor")],
        "responses": {
            "200": {
                "description": _("A page of rows"),
                "content": {"application/json": {"schema": _page(dataset, most)}},
            },
            **{status: _problem(words) for status, words in _told().items()},
        },
    }


def _page(dataset: DataSet, most: int) -> Json:
    return {
        "type": "object",
        "required": ["set", "rows", "cursor", "next"],
        "additionalProperties": False,
        "properties": {
            "set": {"const": dataset.name},
            "rows": {"type": "array", "maxItems": most, "items": {"$ref": f"#/components/schemas/{dataset.name}"}},
            "cursor": {"type": ["string", "null"], "description": _("Where the next page begins; null at the end.")},
            "next": {"type": ["string", "null"], "description": _("Address of the next page; null at the end.")},
        },
    }


def _told() -> dict[str, str]:
    return {
        "304": _("Nothing has changed since the ETag that was sent"),
        "400": _("The cursor belongs to another question or was changed"),
        "401": _("No key, or none that counts"),
        "403": _("The key lacks the scope, or does not reach the unit"),
        "422": _("Parameters that do not hold, each with a sentence"),
        "429": _("Too many questions; Retry-After says when to go on"),
        "503": _("Busy; try again"),
    }


def _problem(words: str) -> Json:
    return {
        "description": words,
        "content": {"application/problem+json": {"schema": {"$ref": "#/components/schemas/Problem"}}},
    }


def _parameters(most: int, most_days: int) -> Json:
    words = {
        "from": _("First day at the site; %(n)d days at most.", n=most_days),
        "to": _("Last day at the site; it counts."),
        "unit": _("Key of the executing unit; all units below it count too."),
        "standard": _("Number of the standard without its year."),
        "point": _("Number of the point as on its label."),
        "received_from": _("Only what the server received (findings: what was found) since this instant."),
        "month": _("Month at the site, such as 2026-11; this one when left out."),
        "by": _(
            "What a row stands for: unit, point, standard or person; of measures also all, which is the usual one."
        ),
        "limit": _("Rows a page, %(most)d at most.", most=most),
        "cursor": _("From the page before; only with the same parameters."),
    }
    return {
        name: {"name": name, "in": "query", "description": said, "schema": _kind(name, most)}
        for name, said in words.items()
    }


def _kind(name: str, most: int) -> Json:
    if name in ("from", "to"):
        return {"type": "string", "format": "date"}
    if name == "received_from":
        return {"type": "string", "format": "date-time"}
    return {"type": "integer", "minimum": 1, "maximum": most} if name == "limit" else {"type": "string"}
