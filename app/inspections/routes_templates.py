"""Templates of items: read by those who inspect, made and changed by inspectors and the standards section."""

from collections.abc import Mapping
from uuid import uuid4

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from app import clock
from app.db import atomically
from app.inspections.actions_templates import add_template, change_template, copy_template, retire_template
from app.inspections.forms import parse_items
from app.inspections.queries_templates import template_by_id, templates
from app.inspections.routes_shown import NO_ERRORS, tried
from app.inspections.rules import MAKERS, PLANNERS
from app.inspections.rules_templates import TemplateItem, TemplateView
from app.web.current import person
from app.web.guards import guarded
from app.web.made import made_id
from app.web.numbers import whole_number
from app.web.words import _

bp = Blueprint("inspection_templates", __name__, url_prefix="/inspections/templates")


@bp.get("")
@guarded(*PLANNERS)
def index() -> ResponseReturnValue:
    may_make = person().role in MAKERS
    return render_template("inspections/templates.html", templates=templates(retired=may_make), may_make=may_make)


@bp.get("/new")
@guarded(*MAKERS)
def new() -> ResponseReturnValue:
    return _page(TemplateView(str(uuid4()), "", "", 0, ()), new=True)


@bp.post("")
@guarded(*MAKERS)
def add() -> ResponseReturnValue:
    who, now, title, items = person(), clock.now(), _title(), parse_items(request.form)
    template_id, source = made_id(request.form), request.form.get("source", "").strip()
    errors = tried(lambda: add_template(template_id, title, items, source, who, now))
    if errors:
        return _page(TemplateView(template_id, title, source, 0, tuple(items)), errors, new=True), 422
    return _done(template_id)


@bp.get("/<template_id>")
@guarded(*PLANNERS)
def show(template_id: str) -> ResponseReturnValue:
    return _page(template_by_id(template_id))


@bp.post("/<template_id>")
@guarded(*MAKERS)
def change(template_id: str) -> ResponseReturnValue:
    template, who, now = template_by_id(template_id), person(), clock.now()
    title, items = _title(), parse_items(request.form)
    base = whole_number(request.form.get("version", ""))
    errors = tried(lambda: change_template(template, base, title, items, who, now))
    if errors:
        return _page(_typed(template, title, items), errors), 422
    return _done(template_id)


@bp.post("/<template_id>/copy")
@guarded(*MAKERS)
def copy(template_id: str) -> ResponseReturnValue:
    template, who, now, new_id = template_by_id(template_id), person(), clock.now(), made_id(request.form)
    title = _("Copy of %(title)s", title=template.title)[:80]
    return _done(atomically(lambda: copy_template(template, new_id, title, who, now)))


@bp.post("/<template_id>/retire")
@guarded(*MAKERS)
def retire(template_id: str) -> ResponseReturnValue:
    template, who, now = template_by_id(template_id), person(), clock.now()
    atomically(lambda: retire_template(template, who, now))
    flash(_("Retired. Inspections that use it go on."), "ok")
    return redirect(url_for(".index"), 303)


def _title() -> str:
    return request.form.get("title", "").strip()


def _typed(template: TemplateView, title: str, items: list[TemplateItem]) -> TemplateView:
    return TemplateView(template.id, title, template.source, template.version, tuple(items))


def _page(template: TemplateView, errors: Mapping[str, object] = NO_ERRORS, *, new: bool = False) -> str:
    may_change = person().role in MAKERS and not template.shipped and template.retired_at is None
    context = {"template": template, "errors": errors, "new": new, "may_make": person().role in MAKERS}
    return render_template("inspections/template.html", **context, may_change=may_change, new_id=uuid4)


def _done(template_id: str) -> ResponseReturnValue:
    flash(_("Kept."), "ok")
    return redirect(url_for(".show", template_id=template_id), 303)
