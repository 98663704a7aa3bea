"""Reads of the limits in force: a unit's judged flags, and how they moved what."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select

from app import db
from app.flags.models import Flag, FlagState, FlagThreshold
from app.flags.rules import FlagKind
from app.flags.rules_hearing import JUDGED, State
from app.flags.rules_limits import DEFAULTS, Judged, Thresholds, moved


@dataclass(frozen=True, slots=True)
class Moved:
    """A judgement that moved a limit."""

    field: str
    before: float
    after: float
    stood: int
    lifted: int
    flag_id: str
    check_id: str
    by_name: str
    at: datetime


def judged_of(org_id: str) -> list[Judged]:
    """Every judged flag of records that this unit answers for."""
    statement = (
        select(Flag.kind, FlagState.state)
        .join(FlagState, FlagState.flag_id == Flag.id)
        .where(Flag.responsible_id == org_id, FlagState.state.in_(JUDGED))
    )
    known = {each.value for each in FlagKind}
    return [Judged(FlagKind(row.kind), row.state == State.STANDS) for row in db.rows(statement) if row.kind in known]


def limits_of(org_ids: Iterable[str]) -> dict[str, Thresholds]:
    """The limits in force for each of these units."""
    return {each: moved(DEFAULTS, judged_of(each)) for each in set(org_ids)}


def moves_of(org_id: str, most: int = 60) -> list[Moved]:
    """What judgements did to the unit's limits, newest first."""
    statement = (
        select(
            FlagThreshold.field, FlagThreshold.before, FlagThreshold.after, FlagThreshold.stood, FlagThreshold.lifted,
            FlagThreshold.flag_id, Flag.check_id, FlagThreshold.by_name, FlagThreshold.at,
        )
        .join(Flag, Flag.id == FlagThreshold.flag_id)
        .where(FlagThreshold.org_id == org_id)
        .order_by(FlagThreshold.id.desc())
        .limit(most)
    )  # fmt: skip
    return [Moved(*row) for row in db.rows(statement)]
