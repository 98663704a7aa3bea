"""Fields that several kinds of rows have: where, by which standard, by which unit."""

from app.data.rules_fields import Field, Kind, code, text
from app.places.rules import Zone
from app.web.words import lazy

DAY = Field(
    "day",
    Kind.DAY,
    lazy("Date"),
    lazy("Business date; a night shift belongs to the day on which it began."),
    rule="MT-4",
)
POINT_CODE = text("point_code", lazy("Point code"), lazy("Number of the point, as it stands on its label."))
POINT = text("point", lazy("Point"), lazy("Name of the point."))
BUILDING = text("building", lazy("Building"), lazy("Building in which the point is."))
FLOOR = text("floor", lazy("Floor"), lazy("Floor of the point, such as 3F."))
STANDARD = text("standard", lazy("Standard"), lazy("Number of the standard without its year."))
STANDARD_TITLE = text("standard_title", lazy("Title of the standard"), lazy("Title of the standard, as it is now."))
EDITION = text(
    "edition", lazy("Edition"), lazy("Number of the edition that was in force, with its year."), rule="MT-36"
)
IMPLEMENTER_ID = text(
    "implementer_id", lazy("Executing unit (key)"), lazy("Key of the unit that carried out the work, as it was then.")
)
IMPLEMENTER = text("implementer", lazy("Executing unit"), lazy("Name of the unit that carried out the work."))
RESPONSIBLE_ID = text(
    "responsible_id",
    lazy("Responsible department (key)"),
    lazy("Key of the department that answers for the standard there, as it was then."),
)
RESPONSIBLE = text("responsible", lazy("Responsible department"), lazy("Name of the department that answers for it."))
UNITS = (IMPLEMENTER_ID, IMPLEMENTER, RESPONSIBLE_ID, RESPONSIBLE)
ZONE = code(
    "zone",
    lazy("Zone"),
    lazy("Colour of the functional zone."),
    {
        Zone.RED: lazy("Red zone"),
        Zone.YELLOW: lazy("Yellow zone"),
        Zone.BLUE: lazy("Blue zone"),
        Zone.GREEN: lazy("Green zone"),
    },
)
