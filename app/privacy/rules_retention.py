"""How long each kind is kept (rules DS-6): months with bounds, and what holds a record back."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from dateutil.relativedelta import relativedelta

from app.audit.rules import LEAST_MONTHS
from app.web.words import lazy


class Kind(StrEnum):
    """The rows of the table of DS-6 that the timer carries out."""

    RECORDS = "records"
    LIFTS = "lifts"
    FOOD = "food"
    PATROLS = "patrols"
    PHOTOS = "photos"
    FINDINGS = "findings"
    COMPLAINTS = "complaints"
    VOICES = "voices"
    REPAIRS = "repairs"
    SPOTCHECKS = "spotchecks"
    INSPECTIONS = "inspections"
    CONTRACTS = "contracts"
    MEETINGS = "meetings"
    TRAINING = "training"
    VEHICLES = "vehicles"
    AUDIT = "audit"


@dataclass(frozen=True)
class Term:
    """Months: the usual ones and the bounds between which an organisation may choose, where it may: unit by unit."""

    words: object
    usual: int
    least: int
    most: int
    basis: object
    by_unit: bool = True
    rule: str = "DS-6"


_CYCLE = lazy("one review cycle of three years")
TERMS: Mapping[Kind, Term] = {
    Kind.RECORDS: Term(lazy("Checks with their answers, photos and signatures"), 36, 12, 120, _CYCLE),
    Kind.LIFTS: Term(lazy("Lifts"), 48, 48, 120, lazy("maintenance records at least four years")),
    Kind.FOOD: Term(lazy("Food"), 24, 24, 60, lazy("two years where there is no shelf life (Food Safety Law)")),
    Kind.PATROLS: Term(
        lazy("Checks on patrol routes"),
        36,
        12,
        120,
        lazy("one review cycle; patrols of fire equipment at least one year (GB 25201)"),
    ),
    Kind.PHOTOS: Term(
        lazy("Ordinary photos, before their record"), 12, 6, 36, lazy("size and need: nothing hangs on them")
    ),
    Kind.FINDINGS: Term(lazy("Findings, from the day they were closed"), 36, 12, 120, _CYCLE),
    Kind.COMPLAINTS: Term(lazy("Complaints and questions, from the day they were closed"), 36, 12, 120, _CYCLE),
    Kind.VOICES: Term(lazy("Ratings and calls"), 24, 6, 60, lazy("satisfaction of two years; nobody is named")),
    Kind.REPAIRS: Term(lazy("Repair orders, from their last step"), 36, 12, 120, _CYCLE),
    Kind.SPOTCHECKS: Term(lazy("Spot checks with their draws, looks and hearings"), 36, 12, 120, _CYCLE),
    Kind.INSPECTIONS: Term(lazy("Inspections, from the day they were closed"), 36, 12, 120, _CYCLE),
    Kind.CONTRACTS: Term(
        lazy("Contracts that ended, earlier supplier files, disputes that were decided"),
        180,
        36,
        360,
        lazy("papers of a purchase at least fifteen years (Government Procurement Law art. 42)"),
    ),
    Kind.MEETINGS: Term(lazy("Bookings of meeting rooms"), 36, 6, 120, _CYCLE, by_unit=False),
    Kind.TRAINING: Term(
        lazy("Training for editions that have ended, certificates that ran out"), 36, 12, 120, _CYCLE, by_unit=False
    ),
    Kind.VEHICLES: Term(lazy("Trips, fuel and services of vehicles"), 36, 12, 120, _CYCLE, by_unit=False),
    Kind.AUDIT: Term(
        lazy("Audit log"), 36, LEAST_MONTHS, 120, lazy("at least six months (classified protection)"), by_unit=False
    ),
}
LIFT_POINTS = ("lift", "elevator")
FOOD_POINTS = ("kitchen", "canteen", "pantry_food", "food", "dining")


class Hold(StrEnum):
    """Why a record stays although its time is over."""

    FINDING = "finding"
    COMPLAINT = "complaint"
    APPEAL = "appeal"
    INSPECTION = "inspection"
    FLAG = "flag"
    TEXT = "text"
    DECISION = "decision"


HOLD_WORDS: Mapping[Hold, object] = {
    Hold.FINDING: lazy("an open finding"),
    Hold.COMPLAINT: lazy("an open complaint"),
    Hold.APPEAL: lazy("an open appeal"),
    Hold.INSPECTION: lazy("an open inspection"),
    Hold.FLAG: lazy("something about it that stood out"),
    Hold.TEXT: lazy("a text that nobody has looked at yet"),
    Hold.DECISION: lazy("a correction or voiding that waits for its second person"),
}


def months_of(kind: Kind, org_path: tuple[str, ...], chosen: Mapping[tuple[str, str], int]) -> int:
    """The choice of the nearest unit, from the own one up to the whole bureau (""), else the usual months."""
    for unit in (*reversed(org_path), ""):
        if (kind, unit) in chosen:
            return within(kind, chosen[(kind, unit)])
    return TERMS[kind].usual


def within(kind: Kind, months: int) -> int:
    """Bounds hold whatever a row says."""
    term = TERMS[kind]
    return min(max(months, term.least), term.most)


def fault_of(kind: Kind, months: int, unit: str = "") -> object | None:
    """Why this choice is not taken, or None."""
    term = TERMS[kind]
    if unit and not term.by_unit:
        return lazy("This kind is kept alike for all units.")
    if term.least <= months <= term.most:
        return None
    return lazy("Between %(least)d and %(most)d months.", least=term.least, most=term.most)


def cut_off(now: datetime, months: int) -> datetime:
    """What is older than this has been kept long enough; calendar months, the last day where the month is shorter."""
    return now - relativedelta(months=months)


def kind_of_point(point_kind: str) -> Kind:
    """Records of lifts and of food are kept longer or by their own law."""
    if any(word in point_kind for word in LIFT_POINTS):
        return Kind.LIFTS
    return Kind.FOOD if any(word in point_kind for word in FOOD_POINTS) else Kind.RECORDS
