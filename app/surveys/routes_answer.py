"""The page behind a department's link: anybody who has it answers once, without an account and without a name."""

import uuid
from collections.abc import Mapping, Sequence

from flask import Blueprint, current_app, make_response, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from app import clock
from app.db import atomically
from app.feedback.rules_public import Visitor
from app.feedback.rules_ratings import FACE_ICONS, FACE_WORDS
from app.feedback.rules_walls import FORM_LASTS
from app.places.actions_guesses import Guesses, asker_of
from app.refusals import Conflict, Gone, Invalid, NotFound, TooMany
from app.surveys.actions_answers import FULL, NewAnswer, answer
from app.surveys.forms import parse_answer
from app.surveys.queries import Head, Invitation, invitation_behind, is_kept, questions_of, survey
from app.surveys.rules import Question, State
from app.surveys.rules_answers import MOST_WORDS
from app.web.guards import public
from app.web.visitors import form_seal, hashed, opened_form, remember_visitor, visitor_device
from app.web.words import lazy

bp = Blueprint("survey_answers", __name__)
NUMBERS = uuid.UUID("0d7b6c52-93d4-4c1c-8f5f-3f0b5f6f4a10")
NO_SUCH_LINK = lazy("This link leads nowhere. Ask whoever gave it to you for the newest one.")


@bp.get("/s/<ticket>")
@bp.get("/S/<ticket>")
@public
def show(ticket: str) -> ResponseReturnValue:
    head, invitation = _behind(ticket)
    return _page(head, invitation, ticket, {}, 200)


@bp.post("/s/<ticket>")
@bp.post("/S/<ticket>")
@public
def send(ticket: str) -> ResponseReturnValue:
    head, invitation = _behind(ticket)
    device = visitor_device()
    try:
        new = _new(head, invitation, device)
        if new.sheet.errors and not is_kept(new.id):
            return _page(head, invitation, ticket, new.sheet.errors, 422)
        atomically(lambda: answer(new))
    except (Invalid, Conflict, Gone, TooMany) as refusal:
        head, invitation = _behind(ticket)
        return _page(head, invitation, ticket, {"form": refusal.sentence}, refusal.status)
    done = make_response(redirect(url_for("survey_answers.thanks", ticket=ticket), 303))
    remember_visitor(done, device)
    return done


@bp.get("/s/<ticket>/thanks")
@bp.get("/S/<ticket>/thanks")
@public
def thanks(ticket: str) -> ResponseReturnValue:
    head, invitation = _behind(ticket)
    return render_template("surveys/thanks.html", head=head, invitation=invitation)


def _new(head: Head, invitation: Invitation, device: str) -> NewAnswer:
    """The same form is the same answer. Raises Invalid for one of another link, or open for too long."""
    opened, now = opened_form(request.form.get("form", ""), invitation.id), clock.now()
    answer_id = str(uuid.uuid5(NUMBERS, opened.name))
    if now - opened.at > FORM_LASTS and not is_kept(answer_id):
        raise Invalid(lazy("This page was open for too long. Open it again and send it once more."))
    visitor = Visitor(hashed(device), hashed(asker_of(None, request.remote_addr or "")))
    return NewAnswer(answer_id, invitation, parse_answer(request.form, questions_of(head.id)), visitor, now)


def _behind(ticket: str) -> tuple[Head, Invitation]:
    """Raises NotFound, which costs whoever tries links; a survey that is a draft still is not there yet."""
    asker, now = f"link/{asker_of(None, request.remote_addr or '')}", clock.now()
    guesses: Guesses = current_app.extensions["link_guesses"]
    guesses.may_ask(asker, now)
    invitation = invitation_behind(ticket[:64])
    head = survey(invitation.survey_id) if invitation else None
    if invitation is None or head is None or head.state is State.DRAFT:
        guesses.missed(asker, now)
        raise NotFound(NO_SUCH_LINK)
    return head, invitation


def _page(
    head: Head, invitation: Invitation, ticket: str, errors: Mapping[str, object], status: int
) -> ResponseReturnValue:
    takes = head.state is State.OPEN and invitation.answered < invitation.invited
    asked: Sequence[Question] = questions_of(head.id) if takes else ()
    page = render_template(
        "surveys/answer.html", head=head, invitation=invitation, ticket=ticket, questions=asked, takes=takes,
        full=FULL, errors=errors, typed=request.form if errors else {}, seal=form_seal(invitation.id, clock.now()),
        faces=FACE_WORDS, icons=FACE_ICONS, most=MOST_WORDS,
    )  # fmt: skip
    made = make_response(page, status)
    made.headers["Cache-Control"] = "no-store"
    return made
