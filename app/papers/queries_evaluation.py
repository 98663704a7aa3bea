"""The evaluation report of a unit over a month or half a year, made of its monthly sheets."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, tzinfo

from app.appraisals.queries_outside import outside
from app.days import next_month
from app.grades.queries import NOT_THERE, Sheet, sheet
from app.grades.queries_records import Behind, behind_over, unit_windows
from app.grades.rules import Key, Kind
from app.grades.rules_evidence import What
from app.grades.rules_score import shown
from app.papers.rules import before_of, months_of
from app.papers.rules_evaluation import Action, Evaluation, Measured, MonthGrade, gr11_propose, summed
from app.refusals import NotFound
from app.stats.queries_monthpage import Records
from app.tallies.rules_rates import Rate
from app.web.current import CurrentPerson

NOTHING = Rate(0, 0)
BESIDE = frozenset({Key.SPOT, Key.CLOSED, Key.SATISFIED})


@dataclass(frozen=True)
class Wanted:
    """A page of the records of a measure; those of coverage are asked for by holiday or handover."""

    measure: str
    page: int = 1

    @property
    def is_windows(self) -> bool:
        return self.measure not in BESIDE


def evaluation(unit_id: str, first: date, months: int, who: CurrentPerson, now: datetime, zone: tzinfo) -> Evaluation:
    """Of the months that have begun; raises NotFound out of reach, or where nothing was due. Some queries a month."""
    today = now.astimezone(zone).date()
    found = _sheets(unit_id, first, months, who, now, zone)
    if not found:
        raise NotFound(NOT_THERE)
    was = _sheets(unit_id, before_of(first, months), months, who, now, zone)
    whole, before = summed([each.figures for each in found]), summed([each.figures for each in was])
    return Evaluation(
        unit_id=unit_id,
        unit=found[-1].name,
        contract=whole.contract,
        first=first,
        months=months,
        as_of=today,
        grades=tuple(_grade(each) for each in found),
        measured=tuple(
            Measured(each, whole.rates.get(each.key, NOTHING), before.rates.get(each.key, NOTHING))
            for each in whole.scales
        ),
        proposal=gr11_propose(whole, [each.proposal for each in found]),
        actions=tuple(action for each in found if (action := _action(each)) is not None),
        outside=outside(unit_id, first, next_month(before_of(first, 1 - months)), who, zone),
    )


def records_of(
    unit_id: str, first: date, months: int, wanted: Wanted, who: CurrentPerson, now: datetime, zone: tzinfo
) -> Records | Behind:
    """A page of exactly the records that a measure of the report divides by, as they stand now (MT-34).

    `wanted.measure` is a key of `RECORD_WORDS`; raises NotFound out of reach, or where nothing was due.
    """
    found = _sheets(unit_id, first, months, who, now, zone)
    if not found:
        raise NotFound(NOT_THERE)
    if wanted.is_windows:
        return unit_windows(found, wanted.measure, wanted.page, who, now, zone)
    return behind_over(found, What(wanted.measure), now, zone, wanted.page)


def _sheets(unit_id: str, first: date, months: int, who: CurrentPerson, now: datetime, zone: tzinfo) -> Sequence[Sheet]:
    """Those that there are."""
    today, found = now.astimezone(zone).date(), []
    for month in months_of(first, months):
        if month > today:
            break
        try:
            found.append(sheet(Kind.UNIT, unit_id, month, who, now, zone))
        except NotFound:
            continue
    return found


def _grade(one: Sheet) -> MonthGrade:
    return MonthGrade(one.month, shown(one.proposal.score), str(one.grade) if one.grade else None, not one.id)


def _action(one: Sheet) -> Action | None:
    """What was said with the newest decision of the month, where something was."""
    decided = one.decision
    if decided is None:
        return None
    corrective, preventive = (str(decided.data.get(name, "")) for name in ("corrective", "preventive"))
    if not corrective and not preventive:
        return None
    return Action(one.month, corrective, preventive, decided.by_name)
