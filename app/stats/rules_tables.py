"""The month's tables and measures as rows of a file."""

from collections.abc import Iterable, Iterator, Mapping

from app.stats.rules import Counts
from app.stats.rules_files import Cell
from app.stats.rules_measured import Measured, beside_windows, of_measure, of_windows
from app.stats.rules_measures import OF_PLACES, SCORED, Measure
from app.stats.rules_month import TableLine
from app.stats.rules_outcomes import OUTCOMES
from app.stats.rules_trend import Day
from app.stats.rules_words import DAY_TYPES
from app.tallies.rules_rates import Rate
from app.web.words import _


def columns_of(by: str) -> tuple[Measure, ...]:
    """The measures of a table: how a place is stands only beside places (NC-15)."""
    return OF_PLACES if by in ("point", "standard") else SCORED


def measure_head() -> list[str]:
    return [_("Rule"), _("Measure"), _("Reached"), _("Out of"), _("Rate in %"), _("How it is counted")]


def measure_rows(counts: Counts) -> Iterator[list[Cell]]:
    """One measure a row; an empty cell where nothing was due."""
    for one in of_windows(counts):
        yield _measured(one)


def table_head(by: str) -> list[str]:
    """Name, outcomes, then each measure as reached, out of, rate."""
    head = [_("Subject"), _("Number or unit"), _("Should have been done")]
    head += [str(outcome.word) for outcome in OUTCOMES]
    for measure in columns_of(by):
        title = str(measure.title)
        head += [_("%(name)s: reached", name=title), _("%(name)s: out of", name=title), _("%(name)s: %%", name=title)]
    return head


def table_rows(by: str, lines: Iterable[TableLine]) -> Iterator[list[Cell]]:
    """Rows under `table_head`."""
    for line in lines:
        row: list[Cell] = [line.name, line.sub, line.counts.planned]
        row += [outcome.of(line.counts) for outcome in OUTCOMES]
        for measure in columns_of(by):
            row += _cells(of_measure(measure, line.counts))
        yield row


def day_rows(days: Iterable[Day]) -> Iterator[list[Cell]]:
    """One day a row, in the columns of the unit table."""
    kinds = {kind: str(word) for kind, word in DAY_TYPES.items()}
    lines = (TableLine("", day.on.isoformat(), kinds.get(day.day_type, day.day_type), day.counts) for day in days)
    return table_rows("unit", lines)


def beside_rows(counts: Counts, beside: Mapping[str, Rate], gaps: int | None) -> Iterator[list[Cell]]:
    """The figures beside the windows in the same columns; a count has nothing to be out of."""
    for one in beside_windows(counts, beside, gaps):
        yield _measured(one)


def _measured(one: Measured) -> list[Cell]:
    return [one.rule, str(one.title), *_cells(one), str(one.definition)]


def _cells(one: Measured) -> list[Cell]:
    share = one.share
    return [one.numerator, one.denominator, round(share * 100, 4) if share is not None else None]
