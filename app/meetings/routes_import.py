"""Bookings from a file: Excel or iCalendar, first tried, then taken; the workbook to fill in."""

from flask import Blueprint, Response, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from app.meetings.actions import BOOKERS
from app.meetings.actions_import import Brought, bring
from app.meetings.forms_excel import read_excel, template
from app.meetings.forms_ical import read_ical
from app.meetings.queries import rooms_of
from app.meetings.routes import call_now
from app.meetings.rules_import import MOST_BYTES
from app.refusals import Invalid, TooLarge
from app.web.guards import guarded
from app.web.words import _, lazy, ngettext

bp = Blueprint("meeting_import", __name__, url_prefix="/meetings/import")
EXCEL = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@bp.get("")
@guarded(*BOOKERS)
def page() -> ResponseReturnValue:
    return _page(None)


@bp.get("/template.xlsx")
@guarded(*BOOKERS)
def workbook() -> ResponseReturnValue:
    names = [room.name for room in rooms_of(call_now().who).values()]
    kept = {"Content-Disposition": "attachment; filename=bookings.xlsx"}
    return Response(template(names), 200, kept, mimetype=EXCEL)


@bp.post("")
@guarded(*BOOKERS)
def take() -> ResponseReturnValue:
    call, sent = call_now(), request.files.get("file")
    body = b""
    if sent:
        body = sent.read(MOST_BYTES + 1)
        sent.close()
    only_try = request.form.get("deed") != "take"
    if not body:
        return _page(None, lazy("Choose a file.")), 422
    try:
        reading = read_excel(body, call.zone) if body[:2] == b"PK" else read_ical(body, call.zone, call.now)
    except (Invalid, TooLarge) as refused:
        return _page(None, refused.sentence), refused.status
    brought = bring(reading, request.form.get("room", "")[:40], call, only_try=only_try)
    if only_try or brought.troubles:
        return _page(brought), 422 if brought.troubles else 200
    flash(ngettext("%(num)d booking taken over.", "%(num)d bookings taken over.", brought.counts.total()), "ok")
    return redirect(url_for("meetings.index"), 303)


def _page(brought: Brought | None, refusal: object = "") -> str:
    words = {"new": _("new"), "moved": _("moved"), "cancelled": _("cancelled"), "same": _("unchanged")}
    return render_template(
        "meetings/import.html", brought=brought, refusal=refusal, words=words, rooms=rooms_of(call_now().who)
    )
