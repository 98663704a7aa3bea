"""The words of contractors."""

from app.web.words import lazy

FIELD_WORDS: dict[str, object] = {
    "name": lazy("Name of the unit"),
    "address": lazy("Address"),
    "legal": lazy("Legal proof"),
    "qualifications": lazy("Qualifications"),
    "certificates": lazy("Certificates of its people"),
    "contact": lazy("Contact"),
    "services": lazy("Services"),
    "price": lazy("Price"),
    "performance": lazy("Past performance"),
    "emergency": lazy("Emergency contact"),
}
LEVEL_WORDS: dict[str, object] = {
    "on_time": lazy("On-time rate"),
    "completion": lazy("Completion rate"),
    "key": lazy("Key-point evidence"),
    "photo": lazy("Photo evidence"),
    "holiday": lazy("Holiday coverage"),
    "handover": lazy("Handover coverage"),
    "closed": lazy("Findings closed in time"),
}
WEIGHT_WORDS: dict[str, object] = {
    "on_time": lazy("On-time rate"),
    "completion": lazy("Completion rate"),
    "key": lazy("Key-point evidence"),
    "photo": lazy("Photo evidence"),
    "coverage": lazy("Holidays and handovers covered"),
    "spot": lazy("Spot checks passed"),
    "closed": lazy("Findings closed in time"),
    "satisfied": lazy("Satisfaction"),
}
KIND_WORDS: dict[str, object] = {"missed": lazy("Missed"), "finding": lazy("Finding")}
