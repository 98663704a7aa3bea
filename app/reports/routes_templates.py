"""The Word templates of forms: take the form's own one, send in another, go back."""

from __future__ import annotations

from flask import Blueprint, Response, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from app import clock
from app.db import atomically
from app.refusals import NotFound
from app.reports.actions_templates import drop_template, replace_template
from app.reports.queries_sheets import NOT_THERE
from app.reports.queries_templates import template_body, templates_in_use
from app.reports.routes import READERS, WORD_TYPE
from app.reports.rules_forms import LAYOUTS, Form, form_named
from app.reports.rules_templates import MOST_BYTES
from app.reports.sheets_word_own import own_template
from app.web.current import Role, person
from app.web.guards import guarded
from app.web.words import _

bp = Blueprint("form_templates", __name__, url_prefix="/reports/templates")


@bp.get("")
@guarded(*READERS)
def index() -> ResponseReturnValue:
    return render_template(
        "reports/templates.html",
        forms=LAYOUTS,
        used=templates_in_use(),
        may_replace=person().role is Role.STANDARDS,
    )


@bp.get("/<form>.docx")
@guarded(*READERS)
def download(form: str) -> ResponseReturnValue:
    """The template in use, to start from."""
    chosen = _form(form)
    response = Response(template_body(chosen) or own_template(chosen), content_type=WORD_TYPE)
    response.headers["Content-Disposition"] = f'attachment; filename="template-{chosen}.docx"'
    response.headers["Cache-Control"] = "no-store"
    return response


@bp.post("/<form>")
@guarded(Role.STANDARDS)
def replace(form: str) -> ResponseReturnValue:
    chosen, sent, me, now = _form(form), request.files.get("template"), person(), clock.now()
    body = sent.stream.read(MOST_BYTES + 1) if sent else b""
    name = (sent.filename or "") if sent else ""
    if sent:
        sent.close()
    atomically(lambda: replace_template(chosen, name, body, me, now))
    flash(_("The template is in use from now on."), "ok")
    return redirect(url_for(".index"), 303)


@bp.post("/<form>/remove")
@guarded(Role.STANDARDS)
def remove(form: str) -> ResponseReturnValue:
    chosen, me, now = _form(form), person(), clock.now()
    atomically(lambda: drop_template(chosen, me, now))
    flash(_("The form's own template is in use again."), "ok")
    return redirect(url_for(".index"), 303)


def _form(name: str) -> Form:
    chosen = form_named(name)
    if chosen is None:
        raise NotFound(NOT_THERE)
    return chosen
