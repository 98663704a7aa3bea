"""The page of one record, with its receipt, history and photos; and the records that wait for a second signature."""

from __future__ import annotations

from uuid import UUID

from flask import Blueprint, render_template, request
from flask.typing import ResponseReturnValue

from app import clock
from app.checks import rules_words
from app.checks.queries import CheckRow, check_by_id
from app.checks.queries_receipts import seen_before
from app.checks.queries_record import record_of, unsigned_for
from app.checks.queries_standing import mark_of
from app.checks.rules_review import may_judge
from app.checks.rules_signing import may_sign
from app.photos.rules import Part
from app.refusals import NotFound
from app.web.current import person
from app.web.guards import guarded
from app.web.words import lazy

bp = Blueprint("checks", __name__)


@bp.get("/checks/<uuid:check_id>")
@guarded()
def show(check_id: UUID) -> ResponseReturnValue:
    me = person()
    check = check_by_id(str(check_id), me)
    if "new" in request.args and check.person_id == me.id:
        return _receipt(check)
    units = (check.implementer_id, check.responsible_id, check.org_id)
    judged_by = {"author_id": check.person_id, "implementer_id": check.implementer_id}
    return render_template(
        "checks/show.html",
        record=record_of(check),
        me=me,
        words=rules_words,
        now_is=clock.now(),
        standing=mark_of(check.id),
        may_judge=may_judge(me, **judged_by, responsible_id=check.responsible_id),
        may_sign=may_sign(me.id, me.org_id, me.role, author_id=check.person_id, units=units),
    )


@bp.get("/checks/unsigned")
@guarded()
def unsigned() -> ResponseReturnValue:
    me = person()
    return render_template("checks/unsigned.html", waiting=unsigned_for(me), me=me)


def _receipt(check: CheckRow) -> ResponseReturnValue:
    seen = seen_before(check.id)
    if seen is None:
        raise NotFound(lazy("There is no such record, or it belongs to another unit."))
    record = record_of(check)
    return render_template(
        "pages/receipt.html",
        receipt=seen.receipt,
        title=record.title,
        point=check.point_name,
        photos=sum(each.part not in (Part.VOICE, Part.RETAKE) for each in record.pictures()),
        unable=check.outcome == "unable",
        edition=check.edition,
        check_id=check.id,
    )
