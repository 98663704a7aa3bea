"""What a draft will look like on a phone: the page of a check, filled with the draft's steps, without any deed."""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any
from uuid import UUID

from flask import Blueprint, Response, current_app, make_response, render_template, request
from flask.typing import ResponseReturnValue

from app import clock
from app.checks.rules import Place
from app.checks.rules_page import OpenWindow, PagePoint, PointPage, page_facts, page_steps
from app.refusals import Invalid
from app.standards.actions_drafts import draft
from app.standards.queries_projects import project_for
from app.standards.rules import Edition, parse_edition
from app.standards.rules_conditions import facts_named, holds
from app.standards.rules_due import photos_forbidden
from app.standards.rules_facts import facts_asked
from app.standards.rules_words import PROFILE
from app.web.current import person
from app.web.guards import guarded
from app.web.headers import policy
from app.web.words import _, lazy

bp = Blueprint("draft_preview", __name__)
POINT = PagePoint("", "—", "0000000000", "", "", "green", 2, True, "", "")


@bp.get("/standards/projects/<uuid:project_id>/draft/preview")
@guarded()
def show(project_id: UUID) -> ResponseReturnValue:
    project = project_for(str(project_id), person())
    edition = _edition({**draft(project.id).document, "code": project.code, "number": project.code})
    profiles = _profiles(edition)
    profile = request.args.get("profile", "")
    profile = profile if profile in profiles else _showing(edition, profiles, request.args.get("step"))
    chosen = _window(edition, profile)
    body = render_template(
        "pages/preview.html",
        page=PointPage(point=POINT),
        point=replace(POINT, name=_("A place")),
        chosen=chosen,
        profiles={name: PROFILE.get(name, name) for name in profiles},
        hidden=len(edition.steps) - len(chosen.steps),
        hole=dict.fromkeys(
            ("csrf", "id", "window", "opened_at", "via", "chips", "refusal", "claimed", "signature"), ""
        ),
    )
    return _framed(make_response(body))


def _edition(document: Mapping[str, Any]) -> Edition:
    try:
        return parse_edition(document)
    except (KeyError, ValueError, TypeError, AttributeError) as odd:
        raise Invalid(lazy("The draft cannot be shown yet. See what is still to be put right.")) from odd


def _profiles(edition: Edition) -> list[str]:
    """The kinds of visit that the schedules ask for, else a full one."""
    named = [window["profile"] for plan in edition.schedules for window in plan.get("windows") or ()]
    named += [plan["trigger"]["profile"] for plan in edition.schedules if plan.get("trigger")]
    return list(dict.fromkeys(named)) or ["full"]


def _showing(edition: Edition, profiles: list[str], step_id: str | None) -> str:
    """The first kind of visit on which the step in question is shown."""
    step = edition.step(step_id or "")
    shown = (name for name in profiles if step is None or holds(step.applies_when, {"task.profile": name}))
    return next(shown, profiles[0])


def _window(edition: Edition, profile: str) -> OpenWindow:
    facts = {"task.profile": profile}
    known = {**page_facts(edition, facts), **facts}
    here = page_steps(edition, facts, Place(attrs={}))
    shown = [step for step in here if _may_show(step, facts)]
    # What it waits for is not known here: it is shown without its condition.
    steps = tuple(replace(each, step=replace(each.step, applies_when=None)) for each in shown)
    now = clock.now().astimezone(current_app.extensions["settings"].zone)
    return OpenWindow(
        occurrence_id=None, standard=edition.number, code=edition.code, title=edition.title, title_en=edition.title_en,
        window=None, profile=profile, label="", kind="regular", start=now, end=now, grace_end=now, expire=now,
        claimed_by=None, claimed_by_id=None, confirm=str(edition.confirm), expected_minutes=edition.expected_minutes,
        facts=known, ask_facts=facts_asked(edition), known_findings=(), steps=steps, own=True, may_submit=False,
        state="", over_time=False, photos=not photos_forbidden(edition, facts, photo_allowed=True),
    )  # fmt: skip


def _may_show(step: Any, facts: Mapping[str, Any]) -> bool:
    """Only the kind of visit is known here: a step that waits for anything else is shown."""
    others = set(facts_named(step.applies_when)) - {"task.profile"}
    return bool(others) or holds(step.applies_when, facts)


def _framed(response: Response) -> Response:
    """The editor shows this page in a frame of its own; nobody else may, and nothing can be sent from it."""
    rules = policy(current_app._get_current_object())  # type: ignore[attr-defined]  # noqa: SLF001  Flask's own way
    for before, after in (
        ("frame-ancestors 'none'", "frame-ancestors 'self'"),
        ("form-action 'self'", "form-action 'none'"),
    ):
        rules = rules.replace(before, after)
    response.headers["Content-Security-Policy"] = rules
    response.headers["X-Frame-Options"] = "SAMEORIGIN"
    response.headers["Cache-Control"] = "no-store"
    return response
