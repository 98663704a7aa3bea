"""Boards in lobbies: the screen that everybody sees, and the page where the office opens and closes them."""

from zoneinfo import ZoneInfo

from flask import Blueprint, current_app, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from app import clock
from app.days import begins
from app.db import atomically
from app.lobby.actions import close_board, open_board
from app.lobby.queries import House, house_behind, houses, lines_of
from app.lobby.rules import TURN_S, turn_of
from app.refusals import NotFound
from app.web.current import Role, person
from app.web.guards import guarded, public
from app.web.words import _, lazy

bp = Blueprint("lobby", __name__, url_prefix="/lobby")


@bp.get("")
@guarded(Role.ADMIN, Role.AUDITOR)
def index() -> ResponseReturnValue:
    return render_template("lobby/index.html", houses=houses(), may_change=person().role is Role.ADMIN)


@bp.post("/<building_id>/open")
@guarded(Role.ADMIN)
def open_one(building_id: str) -> ResponseReturnValue:
    me = person()
    atomically(lambda: open_board(building_id, me.id))
    flash(_("The board is open. Enter its address on the screen once."), "ok")
    return redirect(url_for(".index"), 303)


@bp.post("/<building_id>/close")
@guarded(Role.ADMIN)
def close_one(building_id: str) -> ResponseReturnValue:
    me = person()
    atomically(lambda: close_board(building_id, me.id))
    flash(_("The board is closed. Its address leads nowhere any more."), "ok")
    return redirect(url_for(".index"), 303)


@bp.get("/<board_key>")
@public
def screen(board_key: str) -> ResponseReturnValue:
    return render_template("lobby/screen.html", **_shown(_house(board_key)))


@bp.get("/<board_key>/turn")
@public
def turn(board_key: str) -> ResponseReturnValue:
    return render_template("lobby/_turn.html", **_shown(_house(board_key)))


def _house(key: str) -> House:
    house = house_behind(key)
    if house is None:
        raise NotFound(lazy("This board was closed. The office can open it again."))
    return house


def _shown(house: House) -> dict[str, object]:
    now, zone = clock.now(), _zone()
    lines = lines_of(house.id, begins(clock.today(zone), zone), now)
    return {
        "house": house,
        "turn": turn_of(lines, request.args.get("turn", 1, int)),
        "done": sum(line.done_today for line in lines),
        "at": now,
        "seconds": TURN_S,
    }


def _zone() -> ZoneInfo:
    zone: ZoneInfo = current_app.extensions["settings"].zone
    return zone
