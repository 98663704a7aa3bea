"""The bulletin of a month: its page, the records behind it, and the same as PDF and picture."""

from __future__ import annotations

import re
import uuid
from collections.abc import Callable
from datetime import date
from functools import wraps
from typing import Any, ParamSpec
from uuid import UUID
from zoneinfo import ZoneInfo

from flask import Blueprint, Response, current_app, make_response, render_template, request, url_for
from flask.typing import ResponseReturnValue

from app import clock
from app.papers import rules_texts as texts
from app.papers import rules_words as words
from app.papers.forms import month_asked, page_in
from app.papers.queries_behind import MISSED, STEP, Wanted, behind
from app.papers.queries_reach import about, choices, usual
from app.papers.queries_shown import Shown, head_of, shown, shown_by_id
from app.papers.rules import Key, before_of, total
from app.papers.sheets import bulletin_pdf
from app.photos.imaging_pages import page_png
from app.refusals import NotFound
from app.stats import rules_outcomes
from app.stats import rules_words as stats_words
from app.stats.queries_behind import windows_behind
from app.stats.queries_monthpage import RECORDS_A_PAGE
from app.web.audited import exported
from app.web.current import BUREAU_WIDE, CurrentPerson, Role, person
from app.web.guards import guarded
from app.web.languages import speaking
from app.web.words import _

bp = Blueprint("papers", __name__, url_prefix="/reports/bulletin")

READERS = (Role.SUPERVISOR, Role.INSPECTOR, Role.STANDARDS, Role.LEADER, Role.AUDITOR)
DRAFTERS = (Role.SUPERVISOR, Role.STANDARDS)
ISSUERS = (Role.STANDARDS, Role.LEADER)
OF_WINDOWS = frozenset(Key) - {Key.IN_TIME, Key.SPOT, Key.SATISFIED}
PICTURE_DPI = 150
NOT_PLAIN = re.compile(r"[^A-Za-z0-9._-]+")
PDF_TYPE, PNG_TYPE = "application/pdf", "image/png"
P = ParamSpec("P")


def pictured(view: Callable[P, Any]) -> Callable[P, Any]:
    """A view that answers with a PDF gives its first page as a picture: the mark of the export is drawn in it."""

    @wraps(view)
    def drawn(*args: P.args, **kwargs: P.kwargs) -> Any:
        answer = make_response(view(*args, **kwargs))
        if answer.mimetype == PDF_TYPE:
            answer.set_data(page_png(answer.get_data(), PICTURE_DPI))
            answer.mimetype = PNG_TYPE
        return answer

    return drawn


@bp.get("")
@guarded(*READERS)
def index() -> ResponseReturnValue:
    month, unit = month_asked(request.args.get("month", ""), clock.today(zone_of_site())), asked_unit()
    return _page(shown(month, unit, person(), clock.now(), zone_of_site()))


@bp.get("/<uuid:bulletin_id>")
@guarded(*READERS)
def show(bulletin_id: UUID) -> ResponseReturnValue:
    return _page(shown_by_id(str(bulletin_id), person(), clock.now(), zone_of_site()))


@bp.get("/records")
@guarded(*READERS)
def behind_figure() -> ResponseReturnValue:
    args, now, zone = request.args, clock.now(), zone_of_site()
    month, figure = month_asked(args.get("month", ""), clock.today(zone)), args.get("figure", "")
    if figure not in {*Key, STEP, MISSED}:
        raise NotFound(_("There is no such figure."))
    whom = about(asked_unit(), person())
    if figure == MISSED or figure in OF_WINDOWS:
        return _windows(whom.reader, month, figure)
    wanted = Wanted(figure, (args.get("edition", "")[:26], args.get("step", "")[:8]), page_in(args))
    return render_template(
        "papers/behind.html", found=behind(whom, wanted, month, now, zone), link=_another_page(), month=month,
        word=None if figure == STEP else words.KEYS[Key(figure)], unit=asked_unit(), is_step=figure == STEP,
    )  # fmt: skip


@bp.get("/<paper_name>.pdf")
@guarded(*READERS)
@exported("bulletin", "daily")
def paper(paper_name: str) -> ResponseReturnValue:
    """One A4 page."""
    found = shown_by_id(paper_name, person(), clock.now(), zone_of_site())
    return _file(_pdf(found), PDF_TYPE, f"bulletin-{_name(found)}.pdf")


@bp.get("/<paper_name>.png")
@guarded(*READERS)
@pictured
@exported("bulletin", "daily")
def picture(paper_name: str) -> ResponseReturnValue:
    """The same page as a picture to forward, with the mark in it."""
    found = shown_by_id(paper_name, person(), clock.now(), zone_of_site())
    return _file(_pdf(found), PDF_TYPE, f"bulletin-{_name(found)}.png")


def zone_of_site() -> ZoneInfo:
    zone: ZoneInfo = current_app.extensions["settings"].zone
    return zone


def asked_unit() -> str:
    """The unit of the address or form; whoever names none has the site, or the own unit."""
    return request.values.get("unit", "")[:40] or usual(person())


def _pdf(found: Shown) -> bytes:
    with speaking("zh_Hans_CN"):
        return bulletin_pdf(found.body, head_of(found, zone_of_site()))


def _name(found: Shown) -> str:
    return f"{found.named.first:%Y-%m}-{found.named.unit_id or 'site'}"


def _file(body: bytes, media_type: str, name: str) -> Response:
    response = Response(body, content_type=media_type)
    response.headers["Content-Disposition"] = f'attachment; filename="{NOT_PLAIN.sub("-", name)}"'
    response.headers["Cache-Control"] = "no-store"
    return response


def _windows(reader: CurrentPerson, month: date, figure: str) -> str:
    number = page_in(request.args)
    missed = {"outcome": MISSED, "point": request.args.get("point", "")[:60]}
    wanted = missed if figure == MISSED else {"measure": figure}
    page = windows_behind(reader, month, wanted, number, clock.now(), zone_of_site())
    return render_template(
        "papers/windows.html", page=page, query={}, number=number, pages=max(1, -(-page.whole // RECORDS_A_PAGE)),
        link=_another_page(), outcomes=rules_outcomes,
        words=stats_words, what=_("Missed") if figure == MISSED else words.KEYS[Key(figure)], unit=asked_unit(),
        month=month,
    )  # fmt: skip


def _another_page() -> Callable[[int], str]:
    """The address of the list with another page."""
    given: dict[str, Any] = {name: text for name, text in request.args.items() if name != "page"}
    return lambda wanted: url_for(".behind_figure", **{**given, "page": wanted})


def _page(found: Shown) -> str:
    me, today, named = person(), clock.today(zone_of_site()), found.named
    over = today >= before_of(named.first, -named.months)
    ready = over and found.issued is None and not found.body.is_empty
    drafter = found.draft is not None and found.draft.by_id == me.id
    return render_template(
        "papers/show.html", found=found, body=found.body, units=choices(me), bureau_wide=me.role in BUREAU_WIDE,
        words=words, texts=texts, whole=total(found.body.ranking), today=today, new_id=uuid.uuid4,
        before=f"{before_of(named.first, 1):%Y-%m}", ym=f"{named.first:%Y-%m}",
        after=f"{before_of(named.first, -1):%Y-%m}" if before_of(named.first, -1) <= today else "",
        may_put_up=ready and me.role in DRAFTERS, is_over=over, drafter=drafter,
        may_issue=ready and me.role in ISSUERS and found.draft is not None and not drafter,
    )  # fmt: skip
