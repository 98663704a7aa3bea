"""The daily log: board, list, photos, files, one window, and closing the day."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any
from zoneinfo import ZoneInfo

from flask import Blueprint, Response, current_app, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from app import clock
from app.checks.rules_review import REVIEWERS, may_judge
from app.db import atomically
from app.refusals import NotFound
from app.stats import rules_measures as measures
from app.stats import rules_outcomes as outcomes
from app.stats import rules_words as words
from app.stats.actions import close_day
from app.stats.forms import LogQuery, log_query
from app.stats.queries_log import history_of
from app.stats.queries_logpage import PHOTOS_A_PAGE, LogPage, exported_lines, log_page, window_by_id
from app.stats.rules_asked import day_in
from app.stats.rules_export import log_head, log_rows
from app.stats.rules_files import csv_bytes, workbook_bytes
from app.stats.rules_log import log_day
from app.web.audited import exported
from app.web.comfort import on_phone
from app.web.current import Role, person
from app.web.guards import guarded
from app.web.words import _, lazy

bp = Blueprint("log", __name__)

READERS = (
    Role.SUPERVISOR, Role.INSPECTOR, Role.STANDARDS, Role.LEADER, Role.AUDITOR, Role.MANAGER, Role.CREW_LEADER,
)  # fmt: skip
COUNTED = ("missed", "late", "short", "unable", "signatures", "findings", "extra")
CSV_TYPE = "text/csv; charset=utf-8"
XLSX_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@bp.get("/log")
@guarded(*READERS)
def show() -> ResponseReturnValue:
    query = _query()
    page = log_page(person(), query, clock.now(), _zone())
    return render_template("stats/log.html", **_context(page))


@bp.get("/log.csv")
@guarded(*READERS)
@exported("daily log", "daily")
def table() -> ResponseReturnValue:
    query, now = _query(), clock.now()
    lines = exported_lines(person(), query, now, _zone())
    return _file(csv_bytes(log_head(), log_rows(lines, now, _zone())), CSV_TYPE, f"log-{query.day}.csv")


@bp.get("/log.xlsx")
@guarded(*READERS)
@exported("daily log", "daily")
def workbook() -> ResponseReturnValue:
    query, now = _query(), clock.now()
    lines = exported_lines(person(), query, now, _zone())
    sheet = (_("Log of the day"), log_head(), log_rows(lines, now, _zone()))
    return _file(workbook_bytes([sheet], now), XLSX_TYPE, f"log-{query.day}.xlsx")


@bp.get("/log/windows/<int:occurrence_id>")
@guarded(*READERS)
def window(occurrence_id: int) -> ResponseReturnValue:
    line = window_by_id(person(), occurrence_id)
    if line is None:
        raise NotFound(lazy("There is no such task, or it belongs to another unit."))
    day = log_day(line.start_at, _zone())
    return render_template(
        "stats/window.html",
        line=line,
        day=day,
        history=history_of(occurrence_id),
        at=clock.now(),
        words=words,
        outcomes=outcomes,
    )


@bp.post("/log/closing")
@guarded(Role.SUPERVISOR)
def close() -> ResponseReturnValue:
    now, today = clock.now(), log_day(clock.now(), _zone())
    day = day_in(request.form.get("day", ""), today)
    atomically(lambda: close_day(day, request.form.get("remark", ""), person(), now, today))
    flash(_("The day is closed under your name."), "ok")
    return redirect(url_for(".show", day=day.isoformat()), 303)


def _query() -> LogQuery:
    return log_query(request.args, log_day(clock.now(), _zone()))


def _zone() -> ZoneInfo:
    zone: ZoneInfo = current_app.extensions["settings"].zone
    return zone


def _context(page: LogPage) -> dict[str, Any]:
    query, me = page.query, person()
    today = log_day(page.now, _zone())

    def link(**changed: str | int) -> str:
        return url_for(".show", **query.args(**changed))

    def judges(thing: Any, author_id: str) -> bool:
        return me.role in REVIEWERS and may_judge(
            me, author_id=author_id, implementer_id=thing.implementer_id, responsible_id=thing.responsible_id
        )

    whole = page.wall.whole if page.wall else 0
    return {
        "page": page,
        "query": query,
        "today": today,
        "link": link,
        "judges": judges,
        "days": {"before": query.day - timedelta(days=1), "after": query.day + timedelta(days=1)},
        "pages": -(-whole // PHOTOS_A_PAGE),
        "may_judge": me.role in REVIEWERS,
        "may_close": me.role is Role.SUPERVISOR and query.day <= today,
        "measures": measures,
        "outcomes": outcomes,
        "words": words,
        "faces": _faces(page, link),
        "phone": on_phone(),
        "back": request.full_path.rstrip("?"),
    }


def _faces(page: LogPage, link: Callable[..., str]) -> list[tuple[object, str, bool, int | None]]:
    """The tabs: the three ways to look always, the lists of what to look at when they hold something."""
    beside = {"unable": len(page.reports), "findings": len(page.findings), "extra": len(page.extra)}
    chosen = page.query.view
    faces: list[tuple[object, str, bool, int | None]] = []
    for view, word in words.VIEWS.items():
        count = None
        if view in COUNTED:
            count = len(page.of(view)) + beside.get(view, 0) if view not in ("findings", "extra") else beside[view]
        if view == chosen or (count != 0 and view != "board"):
            faces.append((word, link(view=view), view == chosen, count))
    return faces


def _file(body: bytes, media_type: str, name: str) -> Response:
    response = Response(body, content_type=media_type)
    response.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    response.headers["Cache-Control"] = "no-store"
    return response
