"""Make, copy, change and retire own templates; every change is a new version."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import insert, update

from app.audit.actions import note
from app.db import run
from app.inspections.models import Template, TemplateVersion
from app.inspections.queries_templates import template_standing
from app.inspections.rules_templates import TemplateItem, TemplateView, template_faults
from app.refusals import Conflict, Forbidden, Invalid
from app.web.current import CurrentPerson
from app.web.words import lazy

SHIPPED = lazy("This template came with the product. Copy it and change the copy.")


def add_template(
    template_id: str, title: str, items: Sequence[TemplateItem], source: str, who: CurrentPerson, now: datetime
) -> str:
    """Keep a new one under the id that the page made; the same again changes nothing."""
    if template_standing(template_id):
        return template_id
    _check(title, items)
    row = {
        "id": template_id,
        "title": title,
        "source": source[:200],
        "version": 1,
        "made_by_id": who.id,
        "made_at": now,
    }
    run(insert(Template).values(row))
    _version(template_id, 1, title, items, who, now)
    return template_id


def copy_template(template: TemplateView, new_id: str, title: str, who: CurrentPerson, now: datetime) -> str:
    """An own one with the same items, which says where they come from."""
    return add_template(new_id, title, template.items, template.source, who, now)


def change_template(
    template: TemplateView, base: int, title: str, items: Sequence[TemplateItem], who: CurrentPerson, now: datetime
) -> None:
    """Keep a new version, unless somebody else made one since `base`; running inspections keep theirs."""
    _own(template)
    if (title, tuple(items)) == (template.title, template.items):
        return
    _check(title, items)
    here = (Template.id == template.id, Template.version == base, Template.retired_at.is_(None))
    if run(update(Template).where(*here).values(version=base + 1, title=title)).rowcount != 1:
        raise Conflict(lazy("Somebody else changed this template meanwhile. Open it again and look."))
    _version(template.id, base + 1, title, items, who, now)


def retire_template(template: TemplateView, who: CurrentPerson, now: datetime) -> None:
    """It is offered no longer; inspections that use it go on."""
    _own(template)
    run(update(Template).where(Template.id == template.id, Template.retired_at.is_(None)).values(retired_at=now))
    about = f"inspection {template.id}"
    note("setting.changed", by_id=who.id, by_name=who.name, about=about, data={"retired": True})


def _own(template: TemplateView) -> None:
    if template.shipped:
        raise Forbidden(SHIPPED)


def _check(title: str, items: Sequence[TemplateItem]) -> None:
    if found := template_faults(title, items):
        raise Invalid(lazy("The template has not been kept."), fields=found)


def _version(
    template_id: str, version: int, title: str, items: Sequence[TemplateItem], who: CurrentPerson, now: datetime
) -> None:
    plain: list[Any] = [{"title": item.title, "content": item.content} for item in items]
    values = {"version": version, "title": title, "items": plain, "by_id": who.id, "at": now}
    run(insert(TemplateVersion).values(template_id=template_id, **values))
    about = f"inspection {template_id}"
    note("setting.changed", by_id=who.id, by_name=who.name, about=about, data={"version": version})
