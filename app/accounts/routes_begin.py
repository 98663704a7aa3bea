"""Where a sign-in comes from, and whether the password is enough."""

from flask import current_app, redirect, request
from flask.typing import ResponseReturnValue

from app.accounts.actions import Door
from app.accounts.actions_factor import begin_setup
from app.accounts.queries import Credentials
from app.accounts.queries_factor import factor_of
from app.accounts.rules_factor import must_prove
from app.db import atomically
from app.web.devices import team_phone
from app.web.entering import hold


def door(*, by_badge: bool = False) -> Door:
    """Where this request comes from; with the preset of level 2 a sign-in at a desk ends when nobody touches it."""
    ends_idle = team_phone() is not None or (bool(current_app.extensions["settings"].preset) and not by_badge)
    return Door(request.user_agent.string, request.remote_addr or "", team=ends_idle)


def second_asked(account: Credentials) -> bool:
    """Whether this account has a second factor or has to have one."""
    factor = factor_of(account.id)
    return (factor is not None and factor.confirmed) or must_set_up(account.role)


def must_set_up(role: str) -> bool:
    """Whether the house wants a second factor of this role."""
    return role in must_prove(current_app.extensions["settings"].second_factor)


def to_second(account: Credentials, wanted: str) -> ResponseReturnValue:
    """The first factor was right: on to the second, or to setting one up."""
    hold(account.id, wanted)
    factor = factor_of(account.id)
    if factor is None or not factor.confirmed:
        keys = current_app.extensions["settings"].keys
        atomically(lambda: begin_setup(account.id, keys))
        return redirect("/login/second/setup", 303)
    return redirect("/login/second", 303)
