"""A person's messages: the list, the count of the bell, opening one, marking all as read."""

from flask import Blueprint, flash, jsonify, redirect, render_template, request
from flask.typing import ResponseReturnValue

from app import clock
from app.db import atomically
from app.messages.queries import MESSAGES_A_PAGE, message_of, messages_of, unread
from app.messages.rules_access import KEEPERS, may_watch
from app.messages.writes import mark_read
from app.web.current import person
from app.web.guards import guarded
from app.web.paths import own_path
from app.web.words import _, ngettext

bp = Blueprint("messages", __name__, url_prefix="/messages")


@bp.get("")
@guarded()
def index() -> ResponseReturnValue:
    me, wanted = person(), request.args.get("page", "")
    page = min(int(wanted), 10_000) if wanted.isdecimal() and wanted.isascii() and len(wanted) < 6 else 1
    only = request.args.get("unread") == "1"
    shown, total = messages_of(me.id, max(1, page), unread_only=only)
    return render_template(
        "messages/index.html",
        shown=shown,
        total=total,
        page=max(1, page),
        pages=max(1, -(-total // MESSAGES_A_PAGE)),
        only=only,
        waiting=unread(me.id),
        may_watch=may_watch(me),
        keeps=me.role in KEEPERS,
    )


@bp.get("/count")
@guarded()
def count() -> ResponseReturnValue:
    waiting = unread(person().id)
    return jsonify(unread=waiting, words=ngettext("%(num)d unread message", "%(num)d unread messages", waiting))


@bp.post("/<int:message_id>/open")
@guarded()
def open_one(message_id: int) -> ResponseReturnValue:
    me, now = person(), clock.now()
    message = message_of(me.id, message_id)
    atomically(lambda: mark_read(me.id, now, message.id))
    return redirect(own_path(message.link, "/messages"), 303)


@bp.post("/read")
@guarded()
def read_all() -> ResponseReturnValue:
    me, now = person(), clock.now()
    atomically(lambda: mark_read(me.id, now))
    flash(_("All messages are marked as read."), "ok")
    return redirect("/messages", 303)
