"""What each deed changes in the row of its finding; the events beside keep the story."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from app.nonconformities.queries import contract_of
from app.nonconformities.queries_one import Standing
from app.nonconformities.rules import time_allowed
from app.nonconformities.rules_appeal import decide_by
from app.nonconformities.rules_close import recheck_by
from app.nonconformities.rules_deeds import Deed
from app.nonconformities.rules_wish import Wish
from app.schedule.queries_plan import calendar
from app.web.current import CurrentPerson


@dataclass(frozen=True, slots=True)
class Doing:
    """One deed at hand."""

    finding: Standing
    wish: Wish
    who: CurrentPerson
    now: datetime
    zone: ZoneInfo


def changes(
    finding: Standing, deed: Deed, wish: Wish, who: CurrentPerson, now: datetime, zone: ZoneInfo
) -> dict[str, Any]:
    """Columns and their new values, beside the state itself."""
    change = _CHANGES.get(deed)
    return change(Doing(finding, wish, who, now, zone)) if change else {}


def _measures(doing: Doing) -> dict[str, Any]:
    """What was said replaces what stood; what was left empty stays."""
    wish = doing.wish
    said = {name: getattr(wish, name) for name in ("correction", "corrective_action", "cause_text")}
    marked = {"major": True} if wish.major else {}
    return {name: text for name, text in said.items() if text} | marked | _rectifier(doing)


def _analysis(doing: Doing) -> dict[str, Any]:
    said = {name: getattr(doing.wish, name) for name in ("cause_text", "corrective_action")}
    return {name: text for name, text in said.items() if text}


def _rectifier(doing: Doing) -> dict[str, Any]:
    return {"rectifier_id": doing.who.id, "rectifier_org_id": doing.who.org_id}


def _rectified(doing: Doing) -> dict[str, Any]:
    due = recheck_by(doing.finding.severity, doing.now)
    return _measures(doing) | {"rectified_at": doing.now, "recheck_by": due}


def _contained(doing: Doing) -> dict[str, Any]:
    return {"containment": doing.wish.kind, "contained_at": doing.now}


def _closed(doing: Doing) -> dict[str, Any]:
    return {"closed_at": doing.now, "recheck_by": None}


def _returned(doing: Doing) -> dict[str, Any]:
    """A failed recheck counts, and the limit runs anew."""
    due = doing.now + _limit(doing.finding)
    failed = doing.finding.failed_rechecks + 1
    return {"failed_rechecks": failed, "due_at": due, "recheck_by": None} | (
        {"major": True} if doing.wish.major else {}
    )


def _appealed(doing: Doing) -> dict[str, Any]:
    """The inspection group decides in two workdays; the clock of containment runs on (NC-13)."""
    return {"recheck_by": decide_by(doing.now, calendar(), doing.zone)}


def _maintained(doing: Doing) -> dict[str, Any]:
    """The time of the appeal is given back to the limit, never to containment."""
    finding = doing.finding
    lasted = doing.now - finding.state_at if finding.state_at else timedelta(0)
    return {"recheck_by": None, "due_at": finding.due_at + lasted if finding.due_at else None}


def _conceded(doing: Doing) -> dict[str, Any]:
    return {"until": doing.wish.until, "recheck_by": None}


def _limit(finding: Standing) -> timedelta:
    return time_allowed(finding.severity, contract_of(finding.implementer_id))


_CHANGES: dict[Deed, Callable[[Doing], dict[str, Any]]] = {
    Deed.PLAN: _measures,
    Deed.COMPLETE: _analysis,
    Deed.RECTIFY: _rectified,
    Deed.CONTAIN: _contained,
    Deed.CLOSE: _closed,
    Deed.RETURN: _returned,
    Deed.APPEAL: _appealed,
    Deed.MAINTAIN: _maintained,
    Deed.WITHDRAW: lambda _doing: {"recheck_by": None},
    Deed.CONCEDE: _conceded,
    Deed.REVISE: lambda _doing: {"recheck_by": None},
    Deed.ANALYSE: lambda doing: {"section_cause": doing.wish.text},
    Deed.FOLLOW_UP: lambda doing: {"follow_up": doing.wish.text},
}
