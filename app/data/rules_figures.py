"""Figures: one row a unit, point, standard or person of a month, each measure as reached and out of."""

from collections.abc import Iterator
from typing import Any

from app.data.rules_fields import DataSet, Field, Kind, code, number, text
from app.stats.rules_measures import MEASURES, Measure
from app.stats.rules_month import BY, TableLine
from app.stats.rules_outcomes import OUTCOMES
from app.stats.rules_tables import columns_of
from app.stats.rules_words import TABLES
from app.web.words import lazy

WINDOWS = lazy("windows")
SHARE = lazy("share, 0 to 1")
INTERVAL_MEANS = lazy(
    "Lower and upper end between which the true rate lies 19 times in 20 (Wilson); for fewer than 30 cases, else null."
)


def _measured(measure: Measure) -> tuple[Field, Field, Field, Field]:
    key, name, rule = measure.key, measure.title, measure.id
    percent = lazy("The rate, unrounded; null where nothing was due. %(definition)s", definition=measure.definition)
    shown: dict[str, Any] = {"unit": "%", "rule": f"{rule}, MT-31", "kind": Kind.NUMBER, "empty": True}
    between = lazy("%(name)s: interval", name=name)
    return (
        number(
            f"{key}_reached",
            lazy("%(name)s: reached", name=name),
            lazy("The numerator of the rate."),
            rule=rule,
            empty=True,
        ),
        number(
            f"{key}_of",
            lazy("%(name)s: out of", name=name),
            lazy("The denominator of the rate."),
            rule=rule,
            empty=True,
        ),
        number(f"{key}_percent", lazy("%(name)s: %%", name=name), percent, **shown),
        Field(f"{key}_interval", Kind.SHARES, between, INTERVAL_MEANS, SHARE, f"{rule}, MT-33", empty=True),
    )


SUBJECT = (
    text("month", lazy("Month"), lazy("Month at the site in which the grace of the windows ended.")),
    code("by", lazy("Row stands for"), lazy("What the row adds up."), {by: TABLES[by] for by in BY}),
    text("key", lazy("Key of the row"), lazy("Key of the unit, point, standard or account.")),
    text("name", lazy("Title"), lazy("Its name; of a person only for a key with the scope of people.")),
)
COUNTED = (
    number(
        "planned",
        lazy("Should have been done"),
        lazy("All windows of the month up to now, cancelled ones left out."),
        unit=WINDOWS,
        rule="MT-1",
    ),
    number(
        "due",
        lazy("Due"),
        lazy("The windows that count: planned without those reported as not possible."),
        unit=WINDOWS,
        rule="MT-1",
    ),
    *(
        number(f"n_{each.key}", each.word, lazy("How many windows ended so."), unit=WINDOWS, rule="MT-1")
        for each in OUTCOMES
    ),
)

FIGURES = DataSet(
    "figures",
    lazy("Figures"),
    lazy("A month as the page of figures counts it, by unit, point, standard or person; rates are never averaged."),
    (*SUBJECT, *COUNTED, *(field for measure in MEASURES for field in _measured(measure))),
)


def values(month: str, by: str, line: TableLine) -> tuple[object, ...]:
    """A line of the month's table as a row; what is not shown for such a line there is null here (NC-15)."""
    counts = line.counts
    shown = columns_of(by)
    head = (month, by, line.key, line.name, counts.planned, counts.due, *(each.of(counts) for each in OUTCOMES))
    return (*head, *(value for measure in MEASURES for value in _rate(measure, line, shown=measure in shown)))


def _rate(measure: Measure, line: TableLine, *, shown: bool) -> Iterator[object]:
    rate = measure.rate(line.counts)
    share = rate.share if shown else None
    yield rate.numerator if shown else None
    yield rate.denominator if shown else None
    yield float(share * 100) if share is not None else None
    yield rate.interval if shown else None
