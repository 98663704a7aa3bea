"""Who hears of a finding: the unit that puts it right, who rechecks it, who found it (rules NC-2 to NC-4, NC-13)."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from app.messages.actions import over, tell
from app.messages.queries_recipients import crew_leaders, supervisors_of, with_role
from app.messages.rules_words import Kind
from app.nonconformities.queries_one import Standing, point_name
from app.nonconformities.rules import FindingSource, NewFinding, Registered, Severity
from app.nonconformities.rules_close import Group
from app.nonconformities.rules_deeds import Deed
from app.nonconformities.rules_wish import Wish
from app.web.current import CurrentPerson, Role


def tell_registered(new: NewFinding, made: Registered, severity: str) -> None:
    """The unit hears of what others found, all concerned of what is critical; own reports wait in the list."""
    critical = severity == Severity.CRITICAL
    if new.fixed or (new.source in (FindingSource.CHECK, FindingSource.SELFCHECK) and not critical):
        return
    people = unit_of(new.implementer_id)
    if critical:
        people = [*people, *supervisors_of(new.responsible_id), *with_role(Role.INSPECTOR)]
    kind = Kind.FINDING_CRITICAL if critical else Kind.FINDING
    params = {"point": point_name(new.point_id), "number": made.number, "text": new.text[:80]}
    key = f"finding:{made.id}:registered"
    tell(kind, people, params, link(made.id), at=new.at, key=key, urgent=critical, unit_id=new.responsible_id)


def tell_of(finding: Standing, deed: Deed, wish: Wish, who: CurrentPerson, now: datetime) -> None:
    """What a deed means for others."""
    if deed in (Deed.CLOSE, Deed.CONTAIN, Deed.WITHDRAW):
        over(f"finding:{finding.id}:registered", now)
    told = _told(finding, deed)
    if told is None:
        return
    kind, people = told
    params = {"point": point_name(finding.point_id), "number": finding.number, "text": (wish.text or finding.text)[:80]}
    others = [each for each in dict.fromkeys(people) if each != who.id]
    tell(kind, others, params, link(finding.id), at=now, key=f"finding:{finding.id}:{deed}:{finding.version}")


def _told(finding: Standing, deed: Deed) -> tuple[Kind, Iterable[str]] | None:
    finder = [finding.found_by_id] if finding.found_by_id else []
    rectifier = [finding.rectifier_id] if finding.rectifier_id else []
    unit = unit_of(finding.implementer_id)
    table: dict[Deed, tuple[Kind, Iterable[str]]] = {
        Deed.SEND: (Kind.FINDING, unit),
        Deed.RECTIFY: (Kind.FINDING_RECHECK, recheckers(finding)),
        Deed.CLOSE: (Kind.FINDING_CLOSED, [*finder, *rectifier, *unit]),
        Deed.RETURN: (Kind.FINDING_RETURNED, [*rectifier, *unit]),
        Deed.APPEAL: (Kind.FINDING_APPEAL, [*with_role(Role.INSPECTOR), *finder]),
        Deed.MAINTAIN: (Kind.FINDING, unit),
        Deed.WITHDRAW: (Kind.FINDING_WITHDRAWN, [*finder, *unit]),
        Deed.REVISE: (Kind.FINDING_REVISION, with_role(Role.STANDARDS)),
    }
    return table.get(deed)


def unit_of(unit_id: str) -> list[str]:
    """Who puts things right in a unit: its crew leaders, else its supervisors."""
    return crew_leaders(unit_id=unit_id) or supervisors_of(unit_id)


def recheckers(finding: Standing) -> list[str]:
    """Who is asked to recheck it (NC-4)."""
    if finding.subject.group is Group.INSPECTION:
        return with_role(Role.INSPECTOR)
    return supervisors_of(finding.responsible_id)


def link(finding_id: str) -> str:
    """The address of a finding."""
    return f"/nonconformities/{finding_id}"
