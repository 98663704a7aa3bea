"""Figures that are not made of due windows alone, and the records behind each (MT-15, MT-20 to MT-25)."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import select

from app import db
from app.days import begins, next_month
from app.organisations.models import Organisation
from app.places.models import Point
from app.schedule.queries_gaps import Gaps, design_gaps
from app.spotchecks.queries_opinions import Sample, in_reach, in_scope, sampled, sampled_rate
from app.stats import queries_sums as sums
from app.stats import rules_formulas as formulas
from app.stats.queries_closed import RECHECKED, closings, findings
from app.stats.queries_cut import ITEMS_A_PAGE, pages_of, skipped
from app.stats.rules import Coverage
from app.stats.rules_beside import Item
from app.tallies.models import DAYS, HOLIDAYS, PEOPLE, POINTS, Tally
from app.tallies.queries import Asked, counts_by, holiday_points, reached_of, sums_by
from app.tallies.rules_counts import Counts
from app.tallies.rules_rates import Rate
from app.web.current import CurrentPerson, Role
from app.web.words import _

LISTED_BY = {"scope_points": "point", "scope_people": "person", "scope_contractors": "unit"}


@dataclass(frozen=True, slots=True)
class ItemsPage:
    """A page of what is behind a figure, with the figure itself."""

    items: list[Item]
    rate: Rate
    page: int

    @property
    def pages(self) -> int:
        return pages_of(self.rate.denominator)


@dataclass(frozen=True, slots=True)
class Drawn:
    """A record of a simple random draw with its second opinion."""

    review_id: str
    point: str
    sampled: formulas.Sampled


def sample_of(who: CurrentPerson, asked: Asked) -> Sample:
    """Records drawn at random that somebody looked at in the time, in the person's reach or of a unit."""
    return Sample(in_reach(who, _unit(asked)), *_times(asked))


def _unit(asked: Asked) -> str:
    return str(asked.equal.get("implementer_id", ""))


def _times(asked: Asked) -> tuple[datetime, datetime]:
    return begins(asked.first, asked.zone), min(begins(asked.after, asked.zone), asked.now)


def drawn(who: CurrentPerson, asked: Asked, skip: int = 0, most: int | None = None) -> list[Drawn]:
    """The second opinions on them, the newest first; `most` of them from `skip` on. One query."""
    return _drawn(sample_of(who, asked), skip, most)


def _drawn(sample: Sample, skip: int = 0, most: int | None = None) -> list[Drawn]:
    return [
        Drawn(one.review_id, one.point, formulas.Sampled(one.conforms, one.said_pass, one.state == "untrue"))
        for one in sampled(sample, skip, most)
    ]


def reached(tally: Tally, key: str, asked: Asked) -> Rate:
    """MT-25: at how many points something was done, or how many people did something, of those due. One query."""
    return Rate(*reached_of(tally, key, asked))


def contractors(asked: Asked) -> list[tuple[str, str, Counts]]:
    """(id, name, sums) of the contractors with something due. Two queries."""
    return _of_contractors((keys[0], counts) for keys, counts in counts_by(DAYS, ["implementer_id"], asked))


def _of_contractors(units: Iterable[tuple[str, Counts]]) -> list[tuple[str, str, Counts]]:
    """Of units with their sums. One query."""
    contracted = select(Organisation.id, Organisation.name).where(Organisation.kind == "contractor")
    known = {row[0]: row[1] for row in db.rows(contracted)}
    return [(unit, known[unit], counts) for unit, counts in units if unit in known and counts.due]


def gaps_of(who: CurrentPerson, asked: Asked) -> Gaps | None:
    """MT-17 by the editions of the month's last day, of a running one today's; the whole site's, so not a manager's."""
    return None if who.role is Role.MANAGER else gaps_in(asked)


def gaps_in(asked: Asked) -> Gaps:
    """The same for a reader who may see the whole site."""
    last = next_month(asked.first) - timedelta(days=1)
    return design_gaps(min(asked.now.astimezone(asked.zone).date(), last))


def items(key: str, who: CurrentPerson, asked: Asked) -> list[Item]:
    """The records behind a figure whose list is not cut by the database, those that it counts marked."""
    if key == "untrue":
        return _of_draws(key, drawn(who, asked))
    if key == "design_gaps":
        return _of_gaps(gaps_of(who, asked))
    if key == "coverage":
        return _of_holidays(asked)
    return _of_scope(key, asked)


def page_of_items(key: str, who: CurrentPerson, asked: Asked, page: int) -> ItemsPage:
    """A page of them with the figure that all of them make. Of thousands of points or people only the page is read."""
    by = LISTED_BY.get(key)
    if by in ("point", "person"):
        used = sums.used_page(by, asked, page, ITEMS_A_PAGE)
        return ItemsPage([_in_use(key, asked, *line) for line in used.lines], Rate(used.done, used.whole), used.page)
    if key in ("findings_in_time", "first_recheck"):
        return _closed_page(key, asked, page)
    if key == "spot_checks":
        part = _of_draws(key, drawn(who, asked, skipped(page), ITEMS_A_PAGE))
        return ItemsPage(part, sampled_rate(sample_of(who, asked)), page)
    found = items(key, who, asked)
    part = found[skipped(page) : skipped(page) + ITEMS_A_PAGE]
    return ItemsPage(part, Rate(sum(each.counted for each in found), len(found)), page)


def _closed_page(key: str, asked: Asked, page: int) -> ItemsPage:
    closed, again = closings(asked), key == "first_recheck"
    rate = formulas.first_recheck(closed) if again else formulas.closed_in_time(closed)
    found = findings(asked, (RECHECKED,) if again else (), skipped(page), ITEMS_A_PAGE)
    chosen = [(one, one.closing.at_once if again else one.closing.in_time) for one in found]
    lines = [Item(one.text, one.number, f"/nonconformities/{one.id}", good) for one, good in chosen]
    return ItemsPage(lines, rate, page)


def _of_draws(key: str, found: Sequence[Drawn]) -> list[Item]:
    if key == "untrue":
        chosen = [(each, each.sampled.untrue) for each in found if each.sampled.said_pass]
    else:
        chosen = [(each, each.sampled.conforms) for each in found]
    return [Item(one.point, "", f"/spotchecks/reviews/{one.review_id}", good) for one, good in chosen]


def _of_gaps(gaps: Gaps | None) -> list[Item]:
    if gaps is None:
        return []
    meetings = [Item(name, _("no handover window covers it"), "/rounds", counted=True) for name in gaps.handovers]
    places = [Item(name, _("open on holidays, but nothing is due there"), "/points", True) for name in gaps.points]
    return meetings + places


def _of_holidays(asked: Asked) -> list[Item]:
    days = sums_by(HOLIDAYS, ["point_id", "business_on"], asked)
    names = {row[0]: (row[1], row[2]) for row in db.rows(select(Point.id, Point.name, Point.code))} if days else {}
    where = f"/stats/records?month={asked.first:%Y-%m}&measure=holiday&point="
    made = [Item(names[one[0]][0], f"{names[one[0]][1]} {one[1]}", f"{where}{one[0]}", one[3] > 0) for one in days]
    return sorted(made, key=lambda each: (each.counted, each.sub))


def _of_scope(key: str, asked: Asked) -> list[Item]:
    if key == "scope_points":
        named = sums.used_points(asked)
    elif key == "scope_people":
        named = sums.used_people(asked)
    else:
        named = [(unit, name, "", counts.done > 0) for unit, name, counts in contractors(asked)]
    return sorted((_in_use(key, asked, *line) for line in named), key=lambda each: (each.counted, each.name))


def _in_use(key: str, asked: Asked, ident: str, name: str, sub: str, done: bool) -> Item:
    return Item(name, sub, f"/stats/records?month={asked.first:%Y-%m}&{LISTED_BY[key]}={ident}", bool(done))


def rates(asked: Asked, units: Sequence[sums.Named]) -> dict[str, Rate]:
    """Every figure of this kind by its key; `units` are those asked about, with their sums. Five queries, or six."""
    among = Sample(in_scope(asked.scope, _unit(asked)), *_times(asked))
    closed, sample = closings(asked), [one.sampled for one in _drawn(among)]
    with_holidays = any(each.counts.holiday_due for each in units)
    coverage = Coverage(*holiday_points(asked)) if with_holidays else Coverage()
    contracted = _of_contractors((each.key, each.counts) for each in units)
    return {
        "coverage": formulas.point_coverage(coverage),
        "findings_in_time": formulas.closed_in_time(closed),
        "first_recheck": formulas.first_recheck(closed),
        "spot_checks": formulas.spot_check_pass(sample),
        "untrue": formulas.false_pass(sample),
        "scope_points": reached(POINTS, "point_id", asked),
        "scope_people": reached(PEOPLE, "person_id", asked),
        "scope_contractors": formulas.scope(counts for _id, _name, counts in contracted),
    }
