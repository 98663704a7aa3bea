"""The page of badges: who has one, print and take back; and whether this phone is a team's."""

from flask import Blueprint, Response, current_app, flash, redirect, render_template, request, session
from flask.blueprints import BlueprintSetupState
from flask.typing import ResponseReturnValue
from flask_login import logout_user

from app import clock
from app.accounts.actions import end_session, note
from app.accounts.actions_badges import end_badge, keep_badges, print_badges
from app.accounts.queries_badges import badges_of
from app.accounts.queries_people import PEOPLE_A_PAGE, Account, Filters, account_within, accounts
from app.accounts.rules import reach_of
from app.accounts.rules_badges import BADGE_WORDS, CARRIERS, CODE_LIFE, ISSUERS, MOST_CARDS, Reason, may_issue
from app.db import atomically
from app.organisations.queries import units
from app.refusals import Forbidden, Invalid
from app.web.current import person
from app.web.devices import end_team_phone, make_team_phone, team_phone
from app.web.guards import guarded
from app.web.numbers import page_number
from app.web.words import _, lazy

bp = Blueprint("badges", __name__)
MOST_NAME = 30


@bp.record_once
def give_words(state: BlueprintSetupState) -> None:
    """Every page says on a team phone who is signed in."""
    state.app.jinja_env.globals.update(team_phone=team_phone, badge_words=BADGE_WORDS)


@bp.get("/badges")
@guarded(*ISSUERS)
def index() -> ResponseReturnValue:
    return _page()


@bp.post("/badges/cards.pdf")
@guarded(*ISSUERS)
def cards() -> ResponseReturnValue:
    me, settings = person(), current_app.extensions["settings"]
    try:
        printed = print_badges(_chosen(request.form.getlist("person")), settings.base_url, settings.zone)
    except Invalid as refusal:
        return _page(refusal.fields), 422
    atomically(lambda: keep_badges(printed, me.id))
    name = f"badges-{len(printed.badges)}.pdf"
    headers = {"Content-Disposition": f'attachment; filename="{name}"', "Cache-Control": "no-store"}
    return Response(printed.pdf, mimetype="application/pdf", headers=headers)


@bp.post("/badges/<person_id>/revoke")
@guarded(*ISSUERS)
def revoke(person_id: str) -> ResponseReturnValue:
    account, me = _issuable(person_id), person()
    reason = Reason.LOST if request.form.get("reason") == "lost" else Reason.TAKEN_BACK
    if atomically(lambda: end_badge(account.id, reason, me.id)):
        flash(_("The badge of %(name)s no longer counts; what it opened has ended.", name=account.name), "ok")
    else:
        flash(_("%(name)s has no badge that counts.", name=account.name), "ok")
    return redirect("/badges", 303)


@bp.post("/team-phone")
@guarded(*ISSUERS)
def set_team_phone() -> ResponseReturnValue:
    me = person()
    name = " ".join(request.form.get("name", "").split()) or me.org_name
    if len(name) > MOST_NAME or not name.isprintable():
        return _page({"name": lazy("A name of at most %(n)d characters is needed.", n=MOST_NAME)}), 422
    atomically(lambda: note(me.id, "team_phone_set", me.id, name=name))
    atomically(lambda: end_session(me.session_id))
    logout_user()
    session.clear()
    answer = redirect("/login", 303)
    make_team_phone(answer, name)
    return answer


@bp.post("/team-phone/end")
@guarded(*ISSUERS)
def unset_team_phone() -> ResponseReturnValue:
    me = person()
    atomically(lambda: note(me.id, "team_phone_ended", me.id, name=team_phone()))
    flash(_("This phone is no longer a team phone."), "ok")
    answer = redirect("/badges", 303)
    end_team_phone(answer)
    return answer


def _chosen(ids: list[str]) -> list[Account]:
    """Raises NotFound for somebody out of reach, Forbidden for a role that this person prints no badge for."""
    wanted = list(dict.fromkeys(ids))
    if not 0 < len(wanted) <= MOST_CARDS:
        sentence = lazy("Tick 1 to %(n)d people who need a badge.", n=MOST_CARDS)
        raise Invalid(sentence, fields={"person": sentence})
    return [_issuable(person_id) for person_id in wanted]


def _issuable(person_id: str) -> Account:
    account = account_within(reach_of(person()), person_id)
    if not may_issue(person(), account.as_target()):
        raise Forbidden(lazy("You can print and take back badges of your own workers and drivers only."))
    return account


def _page(errors: dict[str, object] | None = None) -> str:
    me, now = person(), clock.now()
    number = page_number(request.args.get("page", ""))
    filters = Filters(request.args.get("q", "")[:60], request.args.get("unit", ""), page=number, roles=CARRIERS)
    found, total = accounts(reach_of(me), filters)
    badges = badges_of(account.id for account in found)
    return render_template(
        "accounts/badges.html",
        people=[account for account in found if may_issue(me, account.as_target())],
        badges=badges,
        states={person_id: badge.state_at(now) for person_id, badge in badges.items()},
        filters=filters,
        total=total,
        pages=max(-(-total // PEOPLE_A_PAGE), 1),
        units=units(),
        hours=int(CODE_LIFE.total_seconds() // 3600),
        errors=errors or {},
    )
