"""The standards section replaces the Word template of a form, or goes back to the form's own. Never commits."""

from __future__ import annotations

import hashlib
from datetime import datetime

from sqlalchemy import insert

from app import db
from app.audit.actions import note
from app.refusals import Invalid
from app.reports.models import FormTemplate
from app.reports.queries_templates import templates_in_use
from app.reports.rules_forms import Form
from app.reports.sheets_word import check_template
from app.web.current import CurrentPerson
from app.web.words import lazy

NO_SHA256 = ""


def replace_template(form: Form, name: str, body: bytes, who: CurrentPerson, at: datetime) -> bool:
    """Use this template from now on; False when it is in use already. Raises Invalid or TooLarge for an unfit one."""
    if not body:
        sentence = lazy("Choose a Word file.")
        raise Invalid(sentence, fields={"template": sentence})
    digest = hashlib.sha256(body).hexdigest()
    used = templates_in_use().get(form)
    if used and used.sha256 == digest:
        return False
    check_template(form, body)
    _insert(form, name[-120:], digest, body, who, at)
    return True


def drop_template(form: Form, who: CurrentPerson, at: datetime) -> bool:
    """Back to the form's own template; False when none other is in use."""
    if form not in templates_in_use():
        return False
    _insert(form, "", NO_SHA256, None, who, at)
    return True


def _insert(form: Form, name: str, digest: str, body: bytes | None, who: CurrentPerson, at: datetime) -> None:
    row = {"form": str(form), "name": name, "sha256": digest, "body": body, "by_id": who.id, "at": at}
    db.run(insert(FormTemplate), row)
    note("setting.changed", by_id=who.id, by_name=who.name, about=f"form {form}", data={"sha256": digest or "own"})
