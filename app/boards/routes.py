"""Dashboards: each role's own page of figures, with what it can act on today first."""

from typing import Any
from zoneinfo import ZoneInfo

from flask import Blueprint, current_app, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from app import clock
from app.boards import rules_months
from app.boards.forms import BoardQuery, board_query
from app.boards.queries_boards import board_page
from app.boards.queries_crew import crew_board
from app.boards.queries_own import own_board
from app.boards.queries_views import start_of
from app.boards.rules import BOARD_READERS, Board, board_for, points_text
from app.boards.rules_words import TITLES
from app.days import next_month, previous_month
from app.feedback.rules_ratings import TOPIC_WORDS
from app.stats import rules_measures as measures
from app.stats import rules_outcomes as outcomes
from app.stats import rules_trend
from app.stats import rules_words as words
from app.web.current import person
from app.web.guards import guarded

bp = Blueprint("boards", __name__, url_prefix="/figures")


@bp.get("")
@guarded(*BOARD_READERS)
def start() -> ResponseReturnValue:
    """The door to the figures: the view that the person begins with, else the own dashboard."""
    return redirect(start_of(person().id) or url_for(".show"), 303)


@bp.get("/board")
@guarded(*BOARD_READERS)
def show() -> ResponseReturnValue:
    me, query, now = person(), board_query(request.args, clock.today(_zone())), clock.now()
    board = board_for(me)
    if board is Board.OWN:
        own = own_board(me, query.first, now, _zone())
        return render_template("boards/own.html", page=own, **_context(query, board))
    if board is Board.CREW:
        return render_template(
            "boards/crew.html", page=crew_board(me, query.first, now, _zone()), **_context(query, board)
        )
    page = board_page(me, query, now, _zone())
    return render_template("boards/board.html", page=page, topics=TOPIC_WORDS, **_context(query, board))


def _zone() -> ZoneInfo:
    zone: ZoneInfo = current_app.extensions["settings"].zone
    return zone


def _context(query: BoardQuery, board: Board) -> dict[str, Any]:
    today = clock.today(_zone())

    def opened(**wanted: Any) -> str:
        """The windows behind a figure of this page."""
        where = "board_records.behind" if board in (Board.OWN, Board.CREW) or "shift" in wanted else "month.behind"
        given = {"month": f"{query.first:%Y-%m}", "unit": query.unit, **wanted}
        return url_for(where, **{name: value for name, value in given.items() if value not in ("", None)})

    return {
        "query": query,
        "opened": opened,
        "link": lambda **changed: url_for(".show", **query.args(**changed)),
        "before": previous_month(query.first),
        "after": next_month(query.first),
        "is_running": next_month(query.first) > today,
        "today_on": today,
        "title": TITLES[board],
        "points_text": points_text,
        "measures": measures,
        "outcomes": outcomes,
        "words": words,
        "trend": rules_trend,
        "months": rules_months,
    }
