"""等保二级: each demand, met or not, and what to do; for those who answer for it."""

from flask import Blueprint, current_app, render_template
from flask.typing import ResponseReturnValue

from app.privacy.queries import chosen_months, people_in_roles
from app.privacy.rules_preset import State, demands
from app.privacy.rules_retention import Kind, months_of
from app.web.current import Role
from app.web.guards import guarded

bp = Blueprint("preset", __name__)


@bp.get("/audit/preset")
@guarded(Role.AUDITOR, Role.ADMIN)
def index() -> ResponseReturnValue:
    settings, counted = current_app.extensions["settings"], people_in_roles()
    state = State(
        preset=bool(settings.preset),
        second_factor=settings.second_factor != "off",
        https=not settings.trial,
        audit_months=months_of(Kind.AUDIT, (), chosen_months()),
        administrators=counted.get(Role.ADMIN, 0),
        auditors=counted.get(Role.AUDITOR, 0),
    )
    found = demands(state)
    return render_template("privacy/preset.html", demands=found, met=sum(each.met for each in found))
