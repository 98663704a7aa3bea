"""Every figure of a month for any reach, by the queries of the month's page."""

from __future__ import annotations

from app.stats import queries_sums as sums
from app.stats.queries_beside import gaps_in, rates
from app.stats.rules import added
from app.stats.rules_measured import Measured, beside_windows, of_windows
from app.tallies.queries import Asked


def measured_in(asked: Asked) -> list[Measured]:
    """Empty where no window was planned, as the page is then; gaps of the rota (MT-17) are the whole site's alone.

    At most a dozen queries.
    """
    units = sums.units(asked)
    counts = added(each.counts for each in units)
    if not counts.planned:
        return []
    gaps = gaps_in(asked).count if asked.is_whole_site else None
    return [*of_windows(counts), *beside_windows(counts, rates(asked, units), gaps)]
