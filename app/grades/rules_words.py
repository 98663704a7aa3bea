"""The words of grades."""

from collections.abc import Mapping

from app.grades.rules import Cap, Grade, Key, Kind, Veto
from app.grades.rules_contract import Event
from app.grades.rules_recognition import Why
from app.grades.rules_time import Phase
from app.web.words import lazy

KINDS = {
    Kind.UNIT: lazy("Units and contractors"),
    Kind.POINT: lazy("Points"),
    Kind.STANDARD: lazy("Standards"),
    Kind.PERSON: lazy("Staff"),
}
KEYS: Mapping[str, object] = {
    Key.ON_TIME: lazy("On-time rate"),
    Key.COMPLETION: lazy("Completion rate"),
    Key.KEY: lazy("Key-point evidence"),
    Key.PHOTO: lazy("Photo evidence"),
    Key.COVERAGE: lazy("Holidays and handovers covered"),
    Key.SPOT: lazy("Spot checks passed"),
    Key.CLOSED: lazy("Findings closed in time"),
    Key.SATISFIED: lazy("Satisfaction"),
    Key.EXAM: lazy("Exams"),
}
STAFF_KEYS: Mapping[str, object] = {**KEYS, Key.SPOT: lazy("Spot checks that agree")}
DEFINITIONS: dict[str, object] = {
    Key.SPOT: lazy(
        "MT-22: records that a second person found up to standard, of those drawn simply at random. Records in which "
        "only what they had reported themselves was found are left out, so an honest no lowers nothing (NC-15)."
    ),
    Key.CLOSED: lazy(
        "MT-20: findings put right by their limit and passed at the first recheck, of those whose limit was in the "
        "month. Only those caused by the work count (NC-15); put right on the spot, withdrawn and conceded ones are "
        "left out."
    ),
}
STAFF_DEFINITIONS: dict[str, object] = DEFINITIONS | {
    Key.SPOT: lazy(
        "Records with which a second person agreed, of those drawn simply at random. It is not MT-22: an honest no "
        "that a second person confirms agrees, and never lowers the own score (GR-9)."
    ),
}
UNIT_GRADES = {
    Grade.EXCELLENT: (lazy("excellent"), "ok"),
    Grade.GOOD: (lazy("good"), "info"),
    Grade.PASS: (lazy("adequate"), "due"),
    Grade.FAIL: (lazy("inadequate"), "bad"),
}
STAFF_GRADES = {
    Grade.EXCELLENT: (lazy("excellent"), "ok"),
    Grade.GOOD: (lazy("competent"), "info"),
    Grade.PASS: (lazy("basically competent"), "due"),
    Grade.FAIL: (lazy("not competent"), "bad"),
}
CAPS = {
    Cap.KEY_UNDER_TARGET: lazy("Key-point evidence is under its target: at most good (GR-8)"),
    Cap.COVERAGE_UNDER_TARGET: lazy("Holidays and handovers are under their target: at most good (GR-8)"),
    Cap.UNDER_FLOOR: lazy("A measure is under its pass mark: at most adequate (GR-8)"),
    Cap.FALSE_PASS: lazy("A record was proven untrue after a hearing: at most basically competent (GR-9)"),
}
VETOES = {
    Veto.ACCIDENT: lazy("A major liability accident: inadequate (GR-8)"),
    Veto.COMPLAINT: lazy("A valid complaint was left unhandled past its limit: inadequate (GR-8)"),
    Veto.FALSIFIED: lazy("Records were proven untrue after a hearing: inadequate (GR-8)"),
}
EVENTS = {
    Event.MINOR: lazy("Minor finding of a check from outside"),
    Event.MAJOR: lazy("Major finding of a check from outside"),
    Event.CRITICAL: lazy("Critical finding of a check from outside"),
    Event.OVERDUE: lazy("Put right past the limit"),
    Event.RECHECK: lazy("Failed recheck"),
    Event.COMPLAINT: lazy("Valid complaint"),
    Event.FALSIFIED: lazy("Record proven untrue"),
}
PHASES = {
    Phase.PROVISIONAL: (lazy("Provisional, the month is running"), "due"),
    Phase.OPEN: (lazy("Open to appeals"), "info"),
    Phase.FROZEN: (lazy("Frozen"), "mute"),
}
WHYS = {
    Why.GRADE: lazy("Graded excellent, nothing holds it back (GR-6)"),
    Why.HONEST: lazy("Reported problems, every one put right in time (NC-15)"),
}
DEEDS = {
    "decision": lazy("Decision"),
    "appeal": lazy("Appeal"),
    "ruling": lazy("Answer to the appeal"),
    "accident": lazy("Major accident registered"),
}
SIDES = {"contractor": lazy("For the contractor"), "office": lazy("For the office")}


def grades_of(kind: Kind) -> dict[Grade, tuple[object, str]]:
    """Grade to its word and colour: staff have words of their own (GR-2)."""
    return STAFF_GRADES if kind is Kind.PERSON else UNIT_GRADES


def keys_of(kind: Kind) -> Mapping[str, object]:
    """Measure to its word: spot checks of staff are told apart from MT-22 (GR-9)."""
    return STAFF_KEYS if kind is Kind.PERSON else KEYS


def definitions_of(kind: Kind) -> Mapping[str, object]:
    """What a measure counts where the sheet counts more closely than the figures of the month."""
    return STAFF_DEFINITIONS if kind is Kind.PERSON else DEFINITIONS
