"""The bulletin of a month as the records say it now; every figure is that of its own room."""

from __future__ import annotations

from datetime import date, datetime, tzinfo

from app.contractors.queries import file_of
from app.days import month_span
from app.feedback.queries_handled import satisfied
from app.grades.queries import Sheet, month_of, sheets
from app.grades.rules import Key as Scored
from app.grades.rules import Kind
from app.grades.rules_score import shown
from app.grades.rules_time import Phase
from app.organisations.queries import scope_of
from app.papers.queries_debts import debts
from app.papers.queries_problems import candidates
from app.papers.queries_reach import About
from app.papers.rules import Bulletin, Figure, Key, Ranked, before_of, in_order
from app.papers.rules_problems import three_problems
from app.stats import queries_sums as sums
from app.stats import rules_formulas as formulas
from app.stats.queries_beside import drawn
from app.stats.queries_closed import closings
from app.stats.rules_measures import MEASURES
from app.tallies.queries import Asked
from app.tallies.rules_counts import Counts
from app.tallies.rules_rates import Rate

BY_KEY = {each.key: each for each in MEASURES}


def bulletin(whom: About, first: date, now: datetime, zone: tzinfo) -> Bulletin:
    """About forty queries of cells and of two months' findings and reviews."""
    today = now.astimezone(zone).date()
    month, asked = month_of(first, today), Asked(first, now, zone, scope_of(whom.reader))
    counts, was_counts = _counts(asked), _counts(_before(asked))
    said, was_said = _rates(whom, asked, counts), _rates(whom, _before(asked), was_counts)
    ranked = sheets(Kind.UNIT, first, whom.reader, now, zone)
    return Bulletin(
        month=first,
        unit_id=whom.id,
        unit=whom.name,
        provisional=month.phase is not Phase.FROZEN,
        as_of=today.isoformat(),
        figures=tuple(Figure(key, said[key], was_said[key]) for key in Key),
        unknown=counts.unknown,
        reported=counts.reported,
        problems=three_problems(candidates(asked, whom.id)),
        ranking=tuple(_ranked(each) for each in ranked),
        debts=in_order(debts(asked, _open_appeals(ranked), month.last_day)),
    )


def _before(asked: Asked) -> Asked:
    return Asked(before_of(asked.first, 1), asked.now, asked.zone, asked.scope)


def _counts(asked: Asked) -> Counts:
    return sum((each.counts for each in sums.units(asked)), Counts())


def rates_between(whom: About, asked: Asked) -> dict[Key, Rate]:
    """Every figure of one month."""
    return _rates(whom, asked, _counts(asked))


def _rates(whom: About, asked: Asked, counts: Counts) -> dict[Key, Rate]:
    first, end = month_span(asked.first, asked.zone)
    voices = satisfied(whom.reader, first, min(end, asked.now))
    made = {key: BY_KEY[key].rate(counts) for key in Key if key in BY_KEY}
    made[Key.IN_TIME] = formulas.closed_in_time(closings(asked))
    made[Key.SPOT] = formulas.spot_check_pass([one.sampled for one in drawn(whom.reader, asked)])
    made[Key.SATISFIED] = Rate(voices.satisfied, voices.n)
    return made


def _ranked(one: Sheet) -> Ranked:
    """A contractor by the name of its file and the number of its contract."""
    contract = one.figures.contract
    name = file_of(one.subject_id).get("name", one.name) if contract else one.name
    grade = str(one.grade) if one.grade else None
    on_time = one.figures.rates.get(Scored.ON_TIME, Rate(0, 0))
    return Ranked(one.subject_id, name, contract, shown(one.proposal.score), grade, on_time, one.decision is not None)


def _open_appeals(found: list[Sheet]) -> list[Sheet]:
    return [each for each in found if each.appeal is not None and each.ruling is None]
