"""Measures: one row a figure of a month with all that belongs to it, its meaning too (rules MT-10 to MT-25)."""

from app.data.rules_fields import DataSet, Field, Kind, code, number, text
from app.data.rules_figures import FIGURES, INTERVAL_MEANS, SHARE, SUBJECT
from app.stats.rules_measured import NAMED, Measured
from app.stats.rules_month import BY
from app.stats.rules_words import TABLES
from app.web.words import lazy

WHOLE = "all"
BYS = (WHOLE, *BY)

_BY = code(
    "by",
    lazy("Row stands for"),
    lazy("What the row adds up; all is everything that the key reaches, or the unit asked for with all below it."),
    {WHOLE: lazy("All"), **{by: TABLES[by] for by in BY}},
)
_KEY = text(
    "key",
    lazy("Key of the row"),
    lazy("Key of the unit, point, standard or account; empty for everything that the key reaches."),
)
_MEASURE = code(
    "measure",
    lazy("Measure"),
    lazy("Which figure it is."),
    {each.key: each.title for each in NAMED},
    details={each.key: each.definition for each in NAMED},
)

MEASURED = DataSet(
    "measures",
    lazy("Measures"),
    lazy(
        "One row a figure of a month, as the page of figures has it: of everything, or of each unit, point, standard "
        "or person in its tables. A month in which nothing was planned has no rows; gaps in the rota are told to keys "
        "of the whole site only, where no unit is asked for."
    ),
    (
        *(_BY if each.name == "by" else _KEY if each.name == "key" else each for each in SUBJECT),
        text("rule", lazy("Rule"), lazy("Number of the rule that defines it.")),
        _MEASURE,
        text("title", lazy("Name of the measure"), lazy("Its name in the language asked for.")),
        number("numerator", lazy("Numerator"), lazy("What is above the line; of a count the count itself.")),
        number(
            "denominator",
            lazy("Denominator"),
            lazy("What is below the line, apart from it; null for a count."),
            rule="MT-30",
            empty=True,
        ),
        number(
            "share",
            lazy("Share"),
            lazy("The rate, unrounded, from 0 to 1; null where nothing was due, and for a count."),
            unit=SHARE,
            rule="MT-31",
            kind=Kind.NUMBER,
            empty=True,
        ),
        Field(
            "interval",
            Kind.SHARES,
            lazy("Interval of the rate"),
            INTERVAL_MEANS,
            unit=SHARE,
            rule="MT-33",
            empty=True,
        ),
        number(
            "not_known",
            lazy("Not yet synced"),
            lazy("Windows below the line of which nothing is known yet; null where the figure does not wait for them."),
            rule="MT-3a",
            empty=True,
        ),
        text("definition", lazy("How it is counted"), lazy("What is divided by what, in the language asked for.")),
    ),
    reads=FIGURES.name,
)


def measured_values(month: str, by: str, subject: tuple[str, str], one: Measured) -> tuple[object, ...]:
    """A figure as a row; `subject` is the key and the name of what it is about."""
    told = (one.numerator, one.denominator, one.share, one.interval, one.unknown, str(one.definition))
    return (month, by, *subject, one.rule, one.key, str(one.title), *told)
