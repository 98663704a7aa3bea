"""What reaches me: kinds, ways, quiet hours, minutes ahead."""

from flask import Blueprint, flash, redirect, render_template, request
from flask.typing import ResponseReturnValue

from app import clock
from app.db import atomically
from app.messages.actions_choices import choose
from app.messages.forms import ChoiceForm, parse_choice
from app.messages.queries_choices import choice_of, ways
from app.messages.rules_choices import AHEAD_MINUTES
from app.messages.rules_words import TITLES, Kind
from app.web.current import person
from app.web.guards import guarded
from app.web.words import _, ngettext

bp = Blueprint("message_choices", __name__, url_prefix="/messages/choices")


@bp.get("")
@guarded()
def show() -> ResponseReturnValue:
    return _page(ChoiceForm(choice_of(person().id)))


@bp.post("")
@guarded()
def keep() -> ResponseReturnValue:
    me, now = person(), clock.now()
    form = parse_choice(request.form, request.form.getlist("wanted"), [key for key, _name, _kind in ways()])
    if form.errors:
        return _page(form), 422
    atomically(lambda: choose(me, form.choice, now))
    flash(_("Kept. It counts from now on."), "ok")
    return redirect("/messages/choices", 303)


def _page(form: ChoiceForm) -> str:
    return render_template(
        "messages/choices.html",
        choice=form.choice,
        errors=form.errors,
        titles={kind: text for kind, text in TITLES.items() if kind is not Kind.TEST},
        ways=[(key, name) for key, name, _kind in ways()],
        minutes=[(each, _minutes(each)) for each in AHEAD_MINUTES],
    )


def _minutes(number: int) -> str:
    return ngettext("%(num)d minute", "%(num)d minutes", number) if number else _("Never")
