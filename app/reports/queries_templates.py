"""Reads of Word templates of forms."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import func, select

from app import db
from app.accounts.models import Person
from app.reports.models import FormTemplate
from app.reports.rules_forms import Form

_NEWEST = select(func.max(FormTemplate.id)).group_by(FormTemplate.form)


@dataclass(frozen=True)
class OwnTemplate:
    """A template of the organisation that is in use."""

    form: Form
    name: str
    sha256: str
    by: str
    at: datetime


def templates_in_use() -> dict[Form, OwnTemplate]:
    """Form -> the organisation's own template, where there is one."""
    columns = (FormTemplate.form, FormTemplate.name, FormTemplate.sha256, Person.name, FormTemplate.at)
    statement = select(*columns).join(Person, Person.id == FormTemplate.by_id)
    found = db.rows(statement.where(FormTemplate.id.in_(_NEWEST), FormTemplate.body.is_not(None)))
    return {Form(row[0]): OwnTemplate(Form(row[0]), *row[1:]) for row in found}


def template_body(form: Form) -> bytes | None:
    """The bytes of the organisation's template of a form, None when it has none."""
    newest = select(FormTemplate.body).where(FormTemplate.form == form).order_by(FormTemplate.id.desc()).limit(1)
    found = db.scalar(newest)
    return bytes(found) if found is not None else None
