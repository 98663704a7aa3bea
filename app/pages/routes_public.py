"""What everyone sees behind a label code: the public page of a point, or as much work for a code that is none."""

from datetime import datetime, timedelta

from flask import current_app, render_template

from app.pages.queries import Served, responsible_unit, served_publicly
from app.places.queries import PlacedPoint

NOWHERE = ""
A_WHILE = timedelta(hours=3)


def public_page(point: PlacedPoint, now: datetime, hint: str = "") -> str:
    """Responsible unit and telephone, and what is served; points of risk level 4 show not even the name."""
    settings = current_app.extensions["settings"]
    served, (unit, telephone) = served_publicly(point.id, now), responsible_unit(point.id)
    return render_template(
        "pages/public.html",
        point=point,
        served=served if point.risk < 4 else [],
        unit=settings.service_unit or unit,
        telephone=settings.service_telephone or telephone,
        hint=hint,
    )


def work_as_for_a_page(now: datetime) -> None:
    """Ask and draw as much for a code that does not exist, so that no visitor tells by the clock which do."""
    served_publicly(NOWHERE, now)
    responsible_unit(NOWHERE)
    much = [Served(NOWHERE, NOWHERE, now, now + A_WHILE, now + 2 * A_WHILE)] * 3
    render_template("pages/_served.html", served=much, kind="restroom")
