"""What everyone sees behind a label code: the public page of a point, or as much work for a code that is none."""

from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any

from flask import current_app, render_template, request

from app.feedback.queries_calls import seen_at
from app.feedback.rules_calls import NEED_ICONS, NEED_WORDS, minutes_left, needs_at
from app.feedback.rules_public import FOR_THE_DESK, KIND_WORDS, MOST_CONTACT, MOST_NAME, MOST_WORDS, photo_welcome
from app.feedback.rules_ratings import FACE_ICONS, FACE_WORDS, TOPIC_WORDS
from app.pages.queries import Served, responsible_unit, served_publicly
from app.places.queries import PlacedPoint, ScannedPoint, point_by_label
from app.places.rules import NAMED_BELOW
from app.refusals import Gone, NotFound
from app.repairs.queries import open_orders_at
from app.web.current import maybe_person
from app.web.visitors import form_seal
from app.web.words import lazy
from qr.payload import normalise

NOWHERE = ""
A_WHILE = timedelta(hours=3)
WORDS = {
    "need_words": NEED_WORDS,
    "need_icons": NEED_ICONS,
    "kind_words": KIND_WORDS,
    "face_words": FACE_WORDS,
    "face_icons": FACE_ICONS,
    "topic_words": TOPIC_WORDS,
    "for_the_desk": FOR_THE_DESK,
    "most": {"words": MOST_WORDS, "name": MOST_NAME, "contact": MOST_CONTACT},
}


def scanned_point(code: str, now: datetime) -> ScannedPoint:
    """The point behind a label code; raises NotFound, which costs a visitor as much time, or Gone."""
    found = point_by_label(normalise(code)[:20])
    if found is None:
        if maybe_person() is None:
            work_as_for_a_page(now)
        raise NotFound(lazy("This code does not exist. Compare it with the label, sign by sign."))
    if not found.life.opens_at(now) or not found.point.active:
        raise Gone(
            lazy("A newer label hangs here, or the place is closed. Scan the new label, or ask your crew leader.")
        )
    return found


def public_page(
    scanned: ScannedPoint, now: datetime, hint: str = "", errors: Mapping[str, object] | None = None
) -> str:
    """Calls, rating, report, responsible unit and telephone, and what is served; risk 4 shows not even the name."""
    settings, point = current_app.extensions["settings"], scanned.point
    served, (unit, telephone, reported) = served_publicly(point.id, now), responsible_unit(point.id)
    return render_template(
        "pages/public.html",
        served=served if point.risk < NAMED_BELOW else [],
        unit=settings.service_unit or unit,
        telephone=settings.service_telephone or telephone,
        hint=hint,
        reported=open_orders_at(point.id) if reported and point.risk < NAMED_BELOW else [],
        **_voice(scanned.label, point, now, errors or {}),
    )


def _voice(label: str, point: PlacedPoint, now: datetime, errors: Mapping[str, object]) -> dict[str, Any]:
    """What the forms of the page need; what was typed comes back with what was wrong with it."""
    return {
        "point": point,
        "label": label,
        "needs": needs_at(point.kind, point.risk),
        "calls": seen_at(point.id, now),
        "photos": photo_welcome(point.kind, photo_allowed=point.photo_allowed),
        "seal": form_seal(label, now),
        "typed": request.form if errors else {},
        "errors": errors,
        "minutes_left": minutes_left,
        **WORDS,
    }


def work_as_for_a_page(now: datetime) -> None:
    """Ask and draw as much for a code that does not exist, so that no visitor tells by the clock which do."""
    served_publicly(NOWHERE, now)
    responsible_unit(NOWHERE)
    much = [Served(NOWHERE, NOWHERE, now, now + A_WHILE, now + 2 * A_WHILE)] * 3
    render_template("pages/_served.html", served=much, kind="restroom")
    render_template("pages/_voice.html", **_voice(NOWHERE, UNKNOWN, now, {}))


UNKNOWN = PlacedPoint(
    id=NOWHERE, code="", name="", name_en="", kind="restroom", floor="", zone="", risk=1, photo_allowed=True,
    active=True, attrs={}, building_id="", building="", building_en="", area_id="", area="",
)  # fmt: skip
