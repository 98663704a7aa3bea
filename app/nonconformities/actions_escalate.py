"""The timer's deeds: what is overdue is told further up until it is closed, ended concessions go back to work."""

from __future__ import annotations

from datetime import datetime, tzinfo

from app.messages.actions import tell
from app.messages.queries_recipients import crew_leaders, supervisors_of, with_role
from app.messages.rules_words import Kind
from app.nonconformities import writes
from app.nonconformities.actions_tell import link, recheckers, unit_of
from app.nonconformities.queries import contract_of
from app.nonconformities.queries_late import WAITING, ended_concessions, late
from app.nonconformities.queries_one import Standing, point_name
from app.nonconformities.rules import FindingState, due_at
from app.nonconformities.rules_escalation import Level, day_of_delay, level_at
from app.web.current import Role


def escalate(now: datetime, zone: tzinfo) -> int:
    """Tell of what is overdue, each level once and the last one daily; how many findings moved or were told."""
    count = sum(_end_concession(each, now) for each in ended_concessions(now.astimezone(zone).date()))
    found = late(now)
    while found:
        count += sum(_tell(each, now) for each in found)
        found = late(now, after=found[-1].id)
    return count


def _tell(finding: Standing, now: datetime) -> bool:
    """True when somebody was told who had not been before."""
    due = finding.recheck_by if finding.state in WAITING else finding.due_at
    level = level_at(finding.severity, due, now)
    if due is None or level is Level.NOBODY:
        return False
    again = f":{day_of_delay(due, now)}" if level is Level.INSPECTION else ""
    params = {"point": point_name(finding.point_id), "number": finding.number, "text": finding.text[:80]}
    key = f"finding:{finding.id}:late:{due:%y%m%d%H%M}:{int(level)}{again}"
    told = tell(Kind.FINDING_LATE, _people(finding, level), params, link(finding.id), at=now, key=key)
    if level > finding.escalated:
        writes.keep_level(finding.id, int(level))
        event = {"finding_id": finding.id, "kind": "escalated", "by_id": None, "at": now}
        writes.insert_events([{**event, "data": {"level": int(level)}}])
    return told > 0 or level > finding.escalated


def _people(finding: Standing, level: Level) -> list[str]:
    """Who hears of it at a level; what waits for a recheck concerns those who recheck."""
    top = with_role(Role.INSPECTOR, Role.LEADER)
    if finding.state in WAITING:
        asked = recheckers(finding) if finding.state == FindingState.TO_RECHECK else with_role(Role.INSPECTOR)
        return asked if level < Level.SUPERVISOR else top
    by_level = {
        Level.RECTIFIER: [finding.rectifier_id] if finding.rectifier_id else unit_of(finding.implementer_id),
        Level.CREW_LEADER: crew_leaders(unit_id=finding.implementer_id) or unit_of(finding.implementer_id),
        Level.SUPERVISOR: supervisors_of(finding.responsible_id),
    }
    return by_level.get(level, top)


def _end_concession(finding: Standing, now: datetime) -> bool:
    due = due_at(finding.severity, now, contract_of(finding.implementer_id))
    state = str(FindingState.TO_RECTIFY)
    if not writes.change(finding.id, finding.version, state=state, state_at=now, due_at=due, until=None, escalated=0):
        return False
    writes.insert_events([{"finding_id": finding.id, "kind": "expired", "by_id": None, "at": now, "state": state}])
    params = {"point": point_name(finding.point_id), "number": finding.number, "text": finding.text[:80]}
    key = f"finding:{finding.id}:expired:{finding.version}"
    tell(Kind.FINDING, unit_of(finding.implementer_id), params, link(finding.id), at=now, key=key)
    return True
