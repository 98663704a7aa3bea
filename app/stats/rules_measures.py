"""The measures MT-10 to MT-16 and MT-19 as data: what is divided by what, and against which target."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from fractions import Fraction

from app.stats import rules_formulas as formulas
from app.stats.rules import Counts
from app.stats.rules_definitions import definition
from app.tallies.rules_rates import Grade, Rate
from app.web.words import lazy


@dataclass(frozen=True, slots=True)
class Measure:
    """`scored` figures stand for diligence and are shown by unit and person; the others say how the places are.

    An honest fail lowers none of the scored ones (rules MT-2, NC-15). `over_due` rates wait for what is not known yet.
    """

    id: str
    key: str
    title: object
    of: Callable[[Counts], Rate]
    target: Fraction | None = None
    scored: bool = True
    over_due: bool = True

    @property
    def definition(self) -> object:
        """What is divided by what, for whoever reads the figure."""
        return definition(self.key)

    def rate(self, counts: Counts) -> Rate:
        return self.of(counts)

    def grade(self, counts: Counts) -> Grade | None:
        return self.rate(counts).grade(self.target)


ON_TIME = Measure("MT-10", "on_time", lazy("On-time rate"), formulas.on_time, Fraction(95, 100))
COMPLETION = Measure("MT-11", "completion", lazy("Completion rate"), formulas.completion, Fraction(98, 100))
CONFORMITY = Measure("MT-12", "conformity", lazy("Step conformity"), formulas.conformity, scored=False, over_due=False)
KEY_EVIDENCE = Measure("MT-13", "key", lazy("Key-point evidence"), formulas.key_evidence, Fraction(99, 100))
KEY_CONFORMITY = Measure(
    "MT-13", "key_pass", lazy("Key points up to standard"), formulas.key_conformity, None, False, False
)
PHOTO_EVIDENCE = Measure("MT-14", "photo", lazy("Photo evidence"), formulas.photo_evidence, Fraction(97, 100))
PHOTOS_SENT = Measure("MT-14", "photo_sent", lazy("Photos sent"), formulas.photos_sent)
PHOTOS_VALID = Measure("MT-14", "photo_valid", lazy("Photos valid"), formulas.photos_valid, None, True, False)
HOLIDAY = Measure("MT-15", "holiday", lazy("Holiday coverage"), formulas.holiday_coverage, Fraction(98, 100))
HANDOVER = Measure("MT-16", "handover", lazy("Handover coverage"), formulas.handover_coverage, Fraction(98, 100))
SHORT = Measure("MT-18", "short", lazy("Short visits"), formulas.short_dwell, scored=False, over_due=False)
SCANNED = Measure("MT-19", "scan", lazy("Scan rate"), formulas.scan_rate, over_due=False)
IN_GRACE = Measure("MT-10", "in_grace", lazy("Of these within grace"), formulas.in_grace)

MEASURES = (ON_TIME, COMPLETION, CONFORMITY, KEY_EVIDENCE, PHOTO_EVIDENCE, HOLIDAY, HANDOVER, SCANNED)
FINER = (IN_GRACE, PHOTOS_SENT, PHOTOS_VALID, KEY_CONFORMITY)
"""What stands behind the measures, in the details of the month and its file."""
SCORED = tuple(measure for measure in MEASURES if measure.scored)
"""The figures by unit and by person: none of them falls because somebody reported what is wrong (NC-15)."""
OF_PLACES = (ON_TIME, COMPLETION, KEY_EVIDENCE, PHOTO_EVIDENCE, CONFORMITY)
REPORTED_SHARE_LIMIT = Fraction(5, 100)


def reported_share(counts: Counts) -> Rate:
    """无法作业 of all that was planned; above 5 % of a point's month it is shown in red (MT-3)."""
    return Rate(counts.reported, counts.planned)


def too_much_reported(counts: Counts) -> bool:
    """On the unrounded value."""
    share = reported_share(counts).share
    return share is not None and share > REPORTED_SHARE_LIMIT
