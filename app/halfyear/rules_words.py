"""Words of reports: headings, standings, figures by kind and key, items of the calendar."""

from __future__ import annotations

from collections.abc import Mapping
from fractions import Fraction

from app.feedback.rules_handled import SATISFIED_GOAL
from app.halfyear.rules import Half, Part, Standing
from app.halfyear.rules_calendar import Item
from app.halfyear.rules_calendar import Standing as Coming
from app.stats.rules_beside import BY_KEY
from app.stats.rules_measures import MEASURES
from app.stats.rules_words import REASONS
from app.web.words import _, lazy

HEADINGS: Mapping[Part, object] = {
    Part.LED: lazy("Standards led and where they stand"),
    Part.FREQUENCY: lazy("How often they were carried out"),
    Part.SCOPE: lazy("How far they reach"),
    Part.EFFECT: lazy("What they achieved"),
    Part.PROBLEMS: lazy("Problems"),
    Part.ACTIONS: lazy("Actions"),
}
HINTS: Mapping[Part, object] = {
    Part.LED: lazy("Which standards began, changed or ended, and why."),
    Part.FREQUENCY: lazy("What explains windows missed or done more often."),
    Part.SCOPE: lazy("Which points, people or contractors are not reached yet."),
    Part.EFFECT: lazy("What got better or worse, and what it owes to the standard."),
    Part.PROBLEMS: lazy("Causes of what fails most, and what stands in the way."),
    Part.ACTIONS: lazy("What will be done, by whom, until when."),
}
STANDINGS: Mapping[Standing, tuple[object, str, str]] = {
    Standing.RUNNING: (lazy("The half-year is running"), "mute", "clock"),
    Standing.DUE: (lazy("Due soon"), "due", "clock"),
    Standing.OVERDUE: (lazy("Owed"), "bad", "circle-alert"),
    Standing.DRAFT: (lazy("Being written"), "info", "pencil"),
    Standing.SIGNED: (lazy("Signed"), "ok", "circle-check"),
    Standing.SIGNED_EARLY: (lazy("Signed, figures not frozen"), "ok", "circle-check"),
}
TARGETS: Mapping[str, Fraction | None] = {
    **{each.key: each.target for each in MEASURES},
    "spot_checks": Fraction(95, 100), "findings_in_time": Fraction(95, 100),
    "satisfied": SATISFIED_GOAL, "handled": Fraction(1),
}  # fmt: skip
"""SA-1 and GR-7: what a figure is held against; those without a target say how things are."""
RATES: Mapping[str, object] = {
    **{each.key: each.title for each in MEASURES},
    **{key: each.title for key, each in BY_KEY.items()},
    "satisfied": lazy("Satisfaction"),
    "handled": lazy("Valid complaints handled"),
}
SCOPE_RATES = ("scope_points", "scope_people", "scope_contractors", "holiday", "coverage", "handover")
EFFECT_RATES = (
    "on_time", "completion", "key", "photo", "conformity", "spot_checks", "findings_in_time", "first_recheck",
    "satisfied", "handled",
)  # fmt: skip
NUMBERS: Mapping[str, object] = {
    "planned": lazy("Windows planned"),
    "due": lazy("Due"),
    "done": lazy("Done"),
    "missed": lazy("Missed"),
    "late": lazy("Late"),
    "reported": lazy("Reported as not possible, or exempt"),
    "unknown": lazy("Not yet synced"),
    "complaints": lazy("Valid complaints due"),
    "findings": lazy("Findings registered"),
    "open": lazy("Findings still open"),
    "overdue": lazy("Of these overdue"),
}
COLUMNS: Mapping[str, object] = {
    "due": lazy("Due"),
    "done": lazy("Done"),
    "on_time": lazy("On time"),
    "late": lazy("Late"),
    "missed": lazy("Missed"),
    "reported": lazy("Exempt"),
    "unknown": lazy("Not yet synced"),
}
FIGURES: Mapping[str, object] = {
    **NUMBERS,
    **RATES,
    "done_on_time": lazy("On time"),
    "gaps": lazy("Gaps in the rota"),
    "step": lazy("Steps that fail most"),
    "proposals": lazy("Standards proposed for revision"),
    "breaks": lazy("Breaks in the chain of records"),
}
"""What a page of records is headed with."""
WHY: Mapping[str, object] = {**REASONS, "exempt": lazy("Exempted beforehand")}
STATES: Mapping[str, object] = {
    "open": lazy("Waits for an answer"),
    "taken": lazy("Taken up"),
    "declined": lazy("Not taken up"),
}
CHANGED: Mapping[tuple[str, ...], object] = {
    **{("rates", key): word for key, word in RATES.items()},
    **{("numbers", key): word for key, word in NUMBERS.items()},
    **{("reasons", key): word for key, word in WHY.items()},
    **{("used", key): word for key, word in COLUMNS.items()},
}


def title_of(half: Half) -> str:
    """2026年上半年, or first half of 2026."""
    if half.number == 1:
        return _("First half of %(year)s", year=half.year)
    return _("Second half of %(year)s", year=half.year)


ITEMS: Mapping[Item, object] = {
    Item.SATISFACTION: lazy("Satisfaction statistic with analysis and measures"),
    Item.INTERNAL_CHECK: lazy("Internal check"),
    Item.REVIEW: lazy("Management review"),
    Item.PUSH: lazy("Quarterly push"),
    Item.CONTEST: lazy("Half-yearly contest"),
}
ITEM_STANDINGS: Mapping[Coming, tuple[object, str, str]] = {
    Coming.DONE: (lazy("Done"), "ok", "circle-check"),
    Coming.MISSED: (lazy("Not done"), "bad", "circle-alert"),
    Coming.SOON: (lazy("Due soon"), "due", "clock"),
    Coming.RUNNING: (lazy("To be done"), "info", "clock"),
    Coming.AHEAD: (lazy("Not yet begun"), "mute", "clock"),
}
