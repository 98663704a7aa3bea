"""Reads of templates: the shipped ones from files, own ones from their tables."""

from __future__ import annotations

from functools import cache
from importlib.resources import files

import orjson
from sqlalchemy import select

from app import db
from app.inspections.models import Template, TemplateVersion
from app.inspections.rules_templates import TemplateItem, TemplateView
from app.refusals import NotFound
from app.web.words import lazy

_OWN = select(
    Template.id, Template.title, Template.source, Template.version, Template.retired_at, TemplateVersion.items
).join(
    TemplateVersion,
    (TemplateVersion.template_id == Template.id) & (TemplateVersion.version == Template.version),
)


@cache
def shipped_templates() -> tuple[TemplateView, ...]:
    """Those that come with the product, word for word from the documents that each names as its source."""
    content = orjson.loads(files("app.inspections").joinpath("data", "templates.json").read_bytes())
    return tuple(
        TemplateView(one["id"], one["title"], one["source"], 1, _items(one["items"]), shipped=True) for one in content
    )


def templates(*, retired: bool = False) -> list[TemplateView]:
    """Shipped ones first, then own ones; retired ones only when asked for."""
    statement = _OWN if retired else _OWN.where(Template.retired_at.is_(None))
    own = [_own(row) for row in db.rows(statement.order_by(Template.retired_at, Template.title, Template.id))]
    return [*shipped_templates(), *own]


def template_by_id(template_id: str) -> TemplateView:
    """One template in its present version; raises NotFound."""
    for each in shipped_templates():
        if each.id == template_id:
            return each
    found = db.row(_OWN.where(Template.id == template_id))
    if found is None:
        raise NotFound(lazy("There is no such template."))
    return _own(found)


def _own(row: db.AnyRow) -> TemplateView:
    return TemplateView(row.id, row.title, row.source, row.version, _items(row.items), retired_at=row.retired_at)


def _items(items: list[dict[str, str]]) -> tuple[TemplateItem, ...]:
    return tuple(TemplateItem(item["title"], item["content"]) for item in items)


def template_standing(template_id: str) -> bool:
    """Whether an own template has this id, retired or not."""
    return db.scalar(select(Template.id).where(Template.id == template_id)) is not None
