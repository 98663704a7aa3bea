"""What states, phases and events of repair orders are called."""

from datetime import timedelta

from app.repairs.rules import OrderEventKind, OrderState
from app.repairs.rules_times import minutes
from app.web.words import _, lazy

STATES = {
    OrderState.OPEN: lazy("Reported for repair"),
    OrderState.ACCEPTED: lazy("Taken on"),
    OrderState.ARRIVED: lazy("On the spot"),
    OrderState.REPAIRED: lazy("Repaired"),
    OrderState.DECLINED: lazy("Nothing to repair"),
}
KINDS = {
    OrderState.OPEN: "bad",
    OrderState.ACCEPTED: "due",
    OrderState.ARRIVED: "info",
    OrderState.REPAIRED: "ok",
    OrderState.DECLINED: "mute",
}
EVENTS = {
    OrderEventKind.OPENED: lazy("Reported for repair"),
    OrderEventKind.JOINED: lazy("Reported again"),
    OrderEventKind.ACCEPTED: lazy("Taken on"),
    OrderEventKind.ARRIVED: lazy("Came"),
    OrderEventKind.REPAIRED: lazy("Repaired"),
    OrderEventKind.DECLINED: lazy("Nothing to repair"),
    OrderEventKind.REOPENED: lazy("Not repaired: open again"),
    OrderEventKind.HANDED: lazy("Handed to another trade"),
}
PHASES = {
    "accepted": lazy("Until accepted"),
    "arrived": lazy("Until on the spot"),
    "repaired": lazy("Until repaired"),
}
POINT_KINDS = {
    "*": lazy("Every kind of place"),
    "restroom": lazy("Restroom"),
    "pantry": lazy("Pantry"),
    "common_area": lazy("Common area"),
    "meeting_room": lazy("Meeting room"),
    "lift": lazy("Lift"),
    "greenery": lazy("Greenery"),
    "parking": lazy("Car park"),
    "canteen_kitchen": lazy("Kitchen"),
    "guard_post": lazy("Guard post"),
    "plant_room": lazy("Plant room"),
    "print_room": lazy("Print room"),
    "assembly_point": lazy("Assembly point"),
    "vehicle": lazy("Vehicle"),
}


def took(span: timedelta | None) -> str:
    """12 min, 3 h 20 min or 2 d 4 h."""
    if span is None:
        return "—"
    whole = minutes(span)
    if whole < 60:
        return _("%(m)d min", m=whole)
    if whole < 48 * 60:
        return _("%(h)d h %(m)d min", h=whole // 60, m=whole % 60)
    return _("%(d)d d %(h)d h", d=whole // 1440, h=whole % 1440 // 60)
