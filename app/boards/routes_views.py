"""Saved views: list, save, rename, make the start, delete."""

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from app import clock
from app.boards.actions import delete_view, rename_view, save_view, start_with
from app.boards.queries_views import views_of
from app.boards.rules import BOARD_READERS
from app.boards.rules_views import LONGEST_NAME, LONGEST_PATH, MOST_VIEWS
from app.db import atomically
from app.web.current import person
from app.web.guards import guarded
from app.web.words import _

bp = Blueprint("views", __name__, url_prefix="/figures/views")


@bp.get("")
@guarded(*BOARD_READERS)
def index() -> ResponseReturnValue:
    path = request.args.get("path", "")[:LONGEST_PATH]
    return render_template(
        "boards/views.html", views=views_of(person().id), path=path, most=MOST_VIEWS, longest=LONGEST_NAME
    )


@bp.post("")
@guarded(*BOARD_READERS)
def save() -> ResponseReturnValue:
    me, form, now = person(), request.form, clock.now()
    atomically(lambda: save_view(me.id, form.get("name", ""), form.get("path", ""), now))
    return _back(_("The view is saved."))


@bp.post("/<int:view_id>/name")
@guarded(*BOARD_READERS)
def rename(view_id: int) -> ResponseReturnValue:
    me, name = person(), request.form.get("name", "")
    atomically(lambda: rename_view(me.id, view_id, name))
    return _back(_("The view has its new name."))


@bp.post("/<int:view_id>/start")
@guarded(*BOARD_READERS)
def start(view_id: int) -> ResponseReturnValue:
    me, wanted = person(), request.form.get("wanted", "1") == "1"
    atomically(lambda: start_with(me.id, view_id, wanted=wanted))
    return _back(_("Your figures begin with this view.") if wanted else _("Your figures begin with your dashboard."))


@bp.post("/<int:view_id>/removal")
@guarded(*BOARD_READERS)
def remove(view_id: int) -> ResponseReturnValue:
    me = person()
    atomically(lambda: delete_view(me.id, view_id))
    return _back(_("The view is gone."))


def _back(sentence: str) -> ResponseReturnValue:
    flash(sentence, "ok")
    return redirect(url_for(".index"), 303)
