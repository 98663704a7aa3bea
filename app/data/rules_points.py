"""Points: one row a point, as it is now."""

from dataclasses import replace

from app.data.rules_fields import DataSet, Field, Kind, flag, number, text
from app.data.rules_shared import BUILDING, FLOOR, POINT, POINT_CODE, ZONE
from app.web.words import lazy

POINTS = DataSet(
    "points",
    lazy("Points"),
    lazy("One row a point at which at least one standard holds, as it is now."),
    (
        replace(POINT_CODE, name="code"),
        replace(POINT, name="name"),
        text("name_en", lazy("Name in English"), lazy("Name of the point in English."), empty=True),
        text("kind", lazy("Kind"), lazy("Kind of the point, such as restroom.")),
        BUILDING,
        FLOOR,
        text("area", lazy("Area"), lazy("Part of the building.")),
        ZONE,
        number("risk", lazy("Risk level"), lazy("1 is the lowest, 4 the highest.")),
        flag(
            "photo_allowed", lazy("Photos allowed"), lazy("Where they are not, none is asked for or kept."), rule="EV-9"
        ),
        flag("active", lazy("In use"), lazy("Whether the point is in use.")),
        Field(
            "standards",
            Kind.TEXTS,
            lazy("Standards"),
            lazy("Numbers of the standards that hold there, of the units asked for."),
        ),
    ),
)
