"""A crew leader hands in what a phone could not send: a file with the records of one outbox."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from flask import Blueprint, current_app, render_template, request
from flask.typing import ResponseReturnValue

from app.checks.actions_handed import Limits, hand_in
from app.checks.forms_handed import Handed, read_handed
from app.checks.routes_call import call_of_form
from app.checks.rules_handed import TAKERS
from app.checks.rules_receipt import Receipt
from app.days import instant_of
from app.db import atomically
from app.photos.actions_pictures import nudge
from app.refusals import Invalid, Refusal
from app.web.classified import holds_records, unclassified
from app.web.current import person
from app.web.guards import guarded
from app.web.words import lazy

bp = Blueprint("checks_handed", __name__, url_prefix="/checks/handed")


@dataclass(frozen=True)
class Outcome:
    """What became of one record: a receipt, or a sentence."""

    code: str
    at: datetime | None
    receipt: Receipt | None
    sentence: object = ""
    fields: tuple[object, ...] = ()


@bp.get("")
@guarded(*TAKERS)
def form() -> ResponseReturnValue:
    return render_template("checks/handed.html", outcomes=None, errors={})


@bp.post("")
@guarded(*TAKERS)
@holds_records
def take() -> ResponseReturnValue:
    try:
        handed = _file()
    except Invalid as odd:
        return render_template("checks/handed.html", outcomes=None, errors=odd.fields), 422
    outcomes = [_outcome(record, handed) for record in handed.records]
    nudge()
    return render_template("checks/handed.html", outcomes=outcomes, errors={})


def _file() -> Handed:
    sent = request.files.get("file")
    data = sent.read() if sent else b""
    if not data:
        sentence = lazy("Choose the file first.")
        raise Invalid(sentence, fields={"file": sentence})
    return read_handed(data)


def _outcome(record: Mapping[str, Any], handed: Handed) -> Outcome:
    """Each record by itself: one that is refused leaves the others alone."""
    code, at = str(record.get("code", ""))[:40], instant_of(str(record.get("submitted_at", "")))
    settings, me, call = current_app.extensions["settings"], person(), call_of_form()
    limits = Limits(settings.max_photo_bytes, settings.max_file_bytes)
    plain = unclassified(record)
    try:
        receipt = atomically(lambda: hand_in(plain, handed, me, call, limits))
    except Refusal as refusal:
        return Outcome(code, at, None, refusal.sentence, tuple(dict.fromkeys(map(str, _fields(refusal).values()))))
    return Outcome(code, at, receipt)


def _fields(refusal: Refusal) -> Mapping[str, object]:
    return refusal.fields if isinstance(refusal, Invalid) else {}
