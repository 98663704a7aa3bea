"""Signing in through a house outside, and the page where administrators see who came and decide who that is."""

import json
import secrets as random
from pathlib import Path
from typing import Any

from flask import Blueprint, current_app, flash, redirect, render_template, request, session
from flask.blueprints import BlueprintSetupState
from flask.typing import ResponseReturnValue

from app import clock
from app.accounts.actions import Door, admit
from app.accounts.actions_factor import begin_setup
from app.accounts.actions_limits import draw
from app.accounts.queries import credentials
from app.accounts.queries_factor import factor_of
from app.accounts.rules_factor import must_prove
from app.accounts.rules_limits import entrance_buckets
from app.config import Settings, WrongSettings
from app.db import atomically
from app.entrances.actions import arrive, link, unlink
from app.entrances.actions_talk import Returned, Talk
from app.entrances.queries import newest
from app.entrances.rules import houses_of
from app.entrances.rules_oidc import Doubtful
from app.refusals import Forbidden, Invalid, NotFound
from app.web.current import Role, person
from app.web.devices import remember, team_phone
from app.web.entering import begin, hold
from app.web.guards import guarded, public
from app.web.paths import own_path
from app.web.words import _, lazy

bp = Blueprint("entrances", __name__, url_prefix="/entrances")
PATIENCE_S = 600


@bp.record_once
def read_houses(state: BlueprintSetupState) -> None:
    """The declaration of the operator; a mistake in it stops the start."""
    found = read_declaration(state.app.extensions["settings"].sign_in_file)
    state.app.extensions["houses"] = found
    state.app.jinja_env.globals["sign_in_houses"] = [talk.house for talk in found.values()]


def read_declaration(path: Path) -> dict[str, Talk]:
    """Raises WrongSettings."""
    if not path.exists():
        return {}
    if path.stat().st_mode & 0o077:
        raise WrongSettings(f"DABIAO_SIGN_IN={path}: holds secrets and must be readable by its owner only (chmod 600)")
    try:
        return {house.id: Talk(house) for house in houses_of(json.loads(path.read_text("utf-8")))}
    except ValueError as why:
        raise WrongSettings(f"DABIAO_SIGN_IN={path}: {why}") from why


@bp.get("/<house_id>/start")
@public
def start(house_id: str) -> ResponseReturnValue:
    talk = _talk(house_id)
    kept = {name: random.token_urlsafe(32) for name in ("state", "nonce", "verifier")}
    wanted = own_path(request.args.get("next"))[:500]
    try:
        door = talk.door(_back(house_id), kept)
    except Doubtful as why:
        raise _doubtful(str(why)) from why
    session["entrance"] = {**kept, "house": house_id, "at": int(clock.now().timestamp()), "next": wanted}
    return redirect(door, 303)


@bp.get("/<house_id>/back")
@public
def back(house_id: str) -> ResponseReturnValue:
    talk, kept = _talk(house_id), _kept(house_id)
    atomically(lambda: draw(entrance_buckets(request.remote_addr or ""), clock.now()))
    code = request.args.get("code") or request.args.get("authCode") or ""
    if request.args.get("error") or not code or len(code) > 2000:
        raise Forbidden(lazy("The house has not let you in. Start again, or sign in with account and password."))
    if not talk.issuer_holds(request.args.get("iss")):
        raise _doubtful("iss")
    try:
        returned = Returned(code, _back(house_id), kept["nonce"], kept["verifier"])
        claims = talk.claims(returned, int(clock.now().timestamp()))
    except Doubtful as why:
        raise _doubtful(str(why)) from why
    found = atomically(lambda: arrive(talk.house, claims))
    if found is None:
        sentence = lazy(
            "%(house)s knows you, but no unit here is meant for you yet. An administrator sees that you came.",
            house=talk.house.label,
        )
        raise Forbidden(sentence, problem="entrance")
    return _enter(found, kept["next"])


@bp.get("")
@guarded(Role.ADMIN, Role.AUDITOR)
def index() -> ResponseReturnValue:
    return _page({})


@bp.post("/<int:identity_id>/link")
@guarded(Role.ADMIN)
def join(identity_id: int) -> ResponseReturnValue:
    me, typed = person(), request.form.get("account", "")[:60]
    try:
        account = atomically(lambda: link(identity_id, typed, me))
    except Invalid as refusal:
        return _page(refusal.fields), 422
    flash(_("Linked to %(name)s.", name=account.name), "ok")
    return redirect("/entrances", 303)


@bp.post("/<int:identity_id>/unlink")
@guarded(Role.ADMIN)
def part(identity_id: int) -> ResponseReturnValue:
    me = person()
    atomically(lambda: unlink(identity_id, me))
    flash(_("The link has ended; all sessions of the account have ended."), "ok")
    return redirect("/entrances", 303)


def _enter(person_id: str, wanted: str) -> ResponseReturnValue:
    """The house has said who it is; a second factor of ours is asked for all the same."""
    account, settings = credentials(person_id), _settings()
    if account is None or not account.active or account.has_ended(clock.now()):
        raise Forbidden(lazy("This account has been disabled. Ask your administrator."))
    factor = factor_of(person_id)
    if factor and factor.confirmed:
        hold(person_id, wanted)
        return redirect("/login/second", 303)
    if account.role in must_prove(settings.second_factor):
        hold(person_id, wanted)
        atomically(lambda: begin_setup(person_id, settings.keys))
        return redirect("/login/second/setup", 303)
    door = Door(request.user_agent.string, request.remote_addr or "", team=team_phone() is not None)
    begin(atomically(lambda: admit(person_id, door, {})))
    answer = redirect(wanted, 303)
    remember(answer, person_id)
    return answer


def _kept(house_id: str) -> dict[str, Any]:
    """What this browser was given at the start; it works once, for the house and the state it was made for."""
    kept = session.pop("entrance", None)
    now, given = clock.now().timestamp(), request.args.get("state", "")
    if (
        not isinstance(kept, dict)
        or kept.get("house") != house_id
        or not 0 <= now - kept.get("at", 0) <= PATIENCE_S
        or not random.compare_digest(kept["state"].encode(), given.encode("utf-8", "replace"))
    ):
        raise Forbidden(
            lazy("This sign-in was begun elsewhere or too long ago. Please start again."), problem="entrance"
        )
    return kept


def _doubtful(why: str) -> Forbidden:
    current_app.logger.warning("sign-in through a house refused: %s", why)
    return Forbidden(lazy("What the house said about you does not hold. Tell your administrator."), problem="entrance")


def _talk(house_id: str) -> Talk:
    found: Talk | None = current_app.extensions["houses"].get(house_id)
    if found is None:
        raise NotFound(lazy("There is no such way in."))
    return found


def _back(house_id: str) -> str:
    return f"{_settings().base_url}/entrances/{house_id}/back"


def _page(errors: Any) -> str:
    houses = [talk.house for talk in current_app.extensions["houses"].values()]
    labels = {house.id: house.label for house in houses}
    return render_template("entrances/index.html", houses=houses, labels=labels, known=newest(), errors=errors)


def _settings() -> Settings:
    settings: Settings = current_app.extensions["settings"]
    return settings
