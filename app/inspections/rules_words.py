"""Words of inspections as pages and forms show them; lazy, in the reader's language."""

from app.inspections.rules import Kind, Occasion, State
from app.inspections.rules_items import Conclusion, Overall, Way
from app.inspections.rules_rhythm import Standing
from app.web.words import lazy

KIND_WORDS = {
    Kind.SELF: lazy("Self-check"),
    Kind.SPOT: lazy("Spot check"),
    Kind.SUPERVISION: lazy("Supervision check"),
}
OCCASION_WORDS = {
    Occasion.MONTHLY: lazy("Monthly check of a contractor"),
    Occasion.HALF_YEARLY: lazy("Half-yearly supervision"),
    Occasion.MUTUAL: lazy("Mutual check between departments"),
    Occasion.IRREGULAR: lazy("Unannounced spot check"),
    Occasion.EVENT: lazy("Before a major event or campaign"),
    Occasion.SUPERIOR: lazy("Check by a superior authority"),
    Occasion.THIRD_PARTY: lazy("Check by a third party"),
    Occasion.SELF: lazy("Self-check of the own unit"),
}
STATE_WORDS = {
    State.PLANNED: lazy("Planned"),
    State.UNDER_WAY: lazy("Under way"),
    State.TO_SIGN: lazy("To be signed"),
    State.CLOSED: lazy("Closed"),
    State.ANNOUNCED: lazy("Announced"),
    State.CANCELLED: lazy("Called off"),
}
STATE_CHIPS = {
    State.PLANNED: ("info", "calendar"),
    State.UNDER_WAY: ("due", "hourglass"),
    State.TO_SIGN: ("due", "signature"),
    State.CLOSED: ("ok", "circle-check"),
    State.ANNOUNCED: ("ok", "volume-2"),
    State.CANCELLED: ("mute", "x"),
}
CONCLUSION_WORDS = {
    Conclusion.CONFORMS: lazy("Conforms"),
    Conclusion.NONCONFORMING: lazy("Nonconforming"),
    Conclusion.NOT_APPLICABLE: lazy("Not applicable here"),
}
CONCLUSION_CHIPS = {
    Conclusion.CONFORMS: ("ok", "circle-check"),
    Conclusion.NONCONFORMING: ("bad", "circle-x"),
    Conclusion.NOT_APPLICABLE: ("mute", "minus"),
}
OVERALL_WORDS = {
    Overall.CONFORMS: lazy("Conforms"),
    Overall.MOSTLY: lazy("Mostly conforms, to be put right"),
    Overall.NONCONFORMING: lazy("Does not conform"),
}
OVERALL_CHIPS = {
    Overall.CONFORMS: ("ok", "circle-check"),
    Overall.MOSTLY: ("due", "circle-alert"),
    Overall.NONCONFORMING: ("bad", "circle-x"),
}
WAY_WORDS = {
    Way.LOOK: lazy("Looked"),
    Way.ASK: lazy("Asked"),
    Way.RECORDS: lazy("Records looked up"),
    Way.TECHNICAL: lazy("Technical verification"),
}
SEVERITY_WORDS = {"minor": lazy("Minor"), "major": lazy("Major"), "critical": lazy("Critical")}
STANDING_WORDS = {
    Standing.DONE: lazy("Done"),
    Standing.UNDER_WAY: lazy("Under way"),
    Standing.PLANNED: lazy("Planned"),
    Standing.DUE: lazy("To be held"),
    Standing.SOON: lazy("Due soon"),
    Standing.MISSED: lazy("Not held"),
}
STANDING_CHIPS = {
    Standing.DONE: ("ok", "circle-check"),
    Standing.UNDER_WAY: ("info", "hourglass"),
    Standing.PLANNED: ("info", "calendar"),
    Standing.DUE: ("mute", "circle-dashed"),
    Standing.SOON: ("due", "clock"),
    Standing.MISSED: ("bad", "circle-alert"),
}
SIGN_WORDS = {
    "own": lazy("Signed"),
    "paper": lazy("Signed on paper"),
    "refused": lazy("Did not sign"),
}
EVENT_WORDS = {
    "planned": lazy("Planned"),
    "changed": lazy("Plan changed"),
    "begin": lazy("Begun"),
    "finish": lazy("Finished, to be signed"),
    "reopen": lazy("Taken back to be corrected"),
    "close": lazy("Signed by both sides, closed"),
    "announce": lazy("Announced"),
    "cancel": lazy("Called off"),
    "addendum": lazy("Addendum"),
    "invited": lazy("Checker from outside invited"),
    "pass_ended": lazy("Checker from outside ended"),
    "finding": lazy("Finding registered"),
}
