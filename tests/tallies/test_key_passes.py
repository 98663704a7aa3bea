"""Given windows that an earlier version counted, when upgraded, then key steps pass only with evidence (MT-13)."""

from datetime import timedelta

from flask_migrate import downgrade, upgrade
from sqlalchemy import select

from app.checks.models import Answer
from app.db import rows
from app.schedule.models import Occurrence
from app.tallies import actions
from app.tallies.actions_verify import verify
from tests.support import builders as make
from tests.support.histories import SITE
from tests.support.world import change, check_row, filled


def window(name, hours, *, due, evidenced, passed):
    counts = {"key_due": due, "key_evidenced": evidenced, "key_pass": passed}
    return filled("p1", name, make.NOW - timedelta(hours=hours), **counts)


def disposed_of(name, hours, **counts):
    """A window whose record is kept without its answers."""
    start = make.NOW - timedelta(hours=hours)
    number = make.occurrence("p1", name, start, state="in_window")
    check_id = check_row("p1", start, number)
    change(number, check_id=check_id, **counts)
    return check_id


def answered(check_id, step, result, *, valid):
    answer = {"position": int(step[1:]), "applicable": True, "key": True, "photos_due": 1, "photos_valid": valid}
    make.kept(Answer, check_id=check_id, step_id=step, result=result, **answer)


def test_mt13_given_passes_without_evidence_when_upgraded_then_they_leave_the_windows_and_their_tallies(inside):
    make.small_world()
    reused, mixed, whole, disposed = (
        window("W1", 9, due=1, evidenced=0, passed=1),
        window("W2", 7, due=3, evidenced=2, passed=2),
        window("W3", 5, due=2, evidenced=2, passed=1),
        disposed_of("W4", 3, key_due=2, key_evidenced=1, key_pass=2),
    )
    answered(reused, "S02", "pass", valid=0)
    for step, result, valid in (("S02", "pass", 1), ("S03", "fail", 1), ("S04", "pass", 0)):
        answered(mixed, step, result, valid=valid)
    actions.fold(SITE)
    downgrade(revision="0056")

    upgrade()

    windows = select(Occurrence.check_id, Occurrence.key_pass).where(Occurrence.check_id.is_not(None))
    found = dict(tuple(row) for row in rows(windows))
    assert found == {reused: 0, mixed: 1, whole: 1, disposed: 1}
    assert verify(SITE).first is None
