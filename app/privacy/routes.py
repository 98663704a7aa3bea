"""What is kept about people, for everybody who is signed in; texts that look classified, for the standards section."""

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.blueprints import BlueprintSetupState
from flask.typing import ResponseReturnValue

from app.db import atomically
from app.privacy.actions_held import decide, hold
from app.privacy.queries import chosen_months, waiting, waiting_one
from app.privacy.rules_inventory import INVENTORY
from app.privacy.rules_personal import tables_of
from app.privacy.rules_retention import HOLD_WORDS, TERMS, months_of
from app.refusals import Conflict, Invalid
from app.web.current import Role, person
from app.web.guards import guarded
from app.web.words import _, lazy

bp = Blueprint("privacy", __name__, url_prefix="/privacy")


@bp.record_once
def keep_apart(state: BlueprintSetupState) -> None:
    """What the doors of a phone's record call when a text looks classified."""
    state.app.extensions["held_texts"] = hold


@bp.get("")
@guarded(external=True)
def index() -> ResponseReturnValue:
    me = person()
    org = tuple(me.org_path.strip("/").split("/"))
    chosen = chosen_months()
    terms = [(kind, term, months_of(kind, org, chosen)) for kind, term in TERMS.items()]
    return render_template(
        "privacy/index.html", inventory=INVENTORY, tables_of=tables_of, terms=terms, holds=HOLD_WORDS.values(), me=me
    )


@bp.get("/held")
@guarded(Role.STANDARDS)
def held() -> ResponseReturnValue:
    return render_template("privacy/held.html", texts=waiting())


@bp.post("/held/<int:held_id>")
@guarded(Role.STANDARDS)
def look(held_id: int) -> ResponseReturnValue:
    wanted, me = request.form.get("classified", ""), person()
    if wanted not in ("yes", "no"):
        raise Invalid(lazy("Say whether the text is classified."))
    text = waiting_one(held_id)
    if text.by_id == me.id:
        raise Conflict(lazy("Your own text is looked at by somebody else."))
    if atomically(lambda: decide(text, me, classified=wanted == "yes")):
        flash(_("The text is gone for good. Tell the secrecy office.") if wanted == "yes" else _("Shown again."), "ok")
    return redirect(url_for(".held"), 303)
