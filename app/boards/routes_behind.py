"""The records behind the figures that only dashboards have."""

from collections.abc import Callable
from zoneinfo import ZoneInfo

from flask import Blueprint, current_app, render_template, request, url_for
from flask.typing import ResponseReturnValue

from app import clock
from app.boards.forms import BehindQuery, behind_query
from app.boards.queries_behind import found_at_step, of_shift, own_clauses, said_on_topic
from app.boards.rules import BOARD_READERS
from app.boards.rules_words import VOICES
from app.feedback.rules_ratings import FACE_ICONS, FACE_WORDS, TOPIC_WORDS
from app.stats import rules_outcomes as outcomes
from app.stats import rules_words as words
from app.stats.queries_monthpage import RECORDS_A_PAGE, records
from app.stats.rules_asked import record_query
from app.stats.rules_definitions import definition
from app.web.current import BUREAU_WIDE, Role, person
from app.web.guards import guarded
from app.web.words import _

bp = Blueprint("board_records", __name__, url_prefix="/figures")
DESK = (Role.SUPERVISOR, Role.MANAGER, *(role for role in BUREAU_WIDE if role is not Role.ADMIN))


@bp.get("/records")
@guarded(*BOARD_READERS)
def behind() -> ResponseReturnValue:
    """Windows of a figure: of a shift for the office, of the own crew or the own hands for the others."""
    me, query, shift = person(), record_query(request.args, clock.today(_zone())), request.args.get("shift", "")[:40]
    alone = request.args.get("alone") == "1"
    mine = own_clauses(me, query.helper, alone=alone)
    page = records(me, query, clock.now(), _zone(), [*mine, *of_shift(shift)])

    def link(**changed: str | int) -> str:
        return url_for(".behind", shift=shift or None, alone=1 if alone else None, **query.args(**changed))

    return render_template(
        "boards/records.html",
        page=page,
        query=query,
        pages=max(1, -(-page.whole // RECORDS_A_PAGE)),
        link=link,
        outcomes=outcomes,
        words=words,
        definition=definition(query.measure),
        may_open_all=not (me.is_hands and me.role is not Role.CREW_LEADER),
    )


@bp.get("/found")
@guarded(*DESK)
def found() -> ResponseReturnValue:
    """Findings of a step."""
    query = behind_query(request.args, clock.today(_zone()))
    page = found_at_step(person(), query, clock.now(), _zone())
    title = _("Found at step %(step)s of %(standard)s", step=query.step, standard=query.standard)
    return render_template("boards/behind.html", page=page, query=query, title=title, link=_link(".found", query))


@bp.get("/said")
@guarded(*DESK)
def said() -> ResponseReturnValue:
    """Ratings or complaints on a topic."""
    query = behind_query(request.args, clock.today(_zone()))
    page = said_on_topic(person(), query, clock.now(), _zone())
    title = f"{VOICES[query.kind]} · {TOPIC_WORDS.get(query.topic, _('No topic chosen'))}"  # type: ignore[call-overload]
    return render_template(
        "boards/behind.html", page=page, query=query, title=title, link=_link(".said", query), faces=FACE_WORDS,
        icons=FACE_ICONS,
    )  # fmt: skip


def _link(endpoint: str, query: BehindQuery) -> Callable[..., str]:
    return lambda **changed: url_for(endpoint, **query.args(**changed))


def _zone() -> ZoneInfo:
    zone: ZoneInfo = current_app.extensions["settings"].zone
    return zone
