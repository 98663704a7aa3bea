"""A month and the one before it for dashboards: done, missed, found, rated; call inside an app context."""

from datetime import datetime, timedelta

from app.feedback.models import FeedbackItem
from tests.support import builders as make
from tests.support.builders import kept
from tests.support.findings import found
from tests.support.readers import readers
from tests.support.world import change, filled

HOUR, DAY = timedelta(hours=1), timedelta(days=1)


def two_months(now: datetime) -> None:
    """This month is sure to be better than the last; a window of today is past its time, one was missed."""
    make.small_world()
    readers()
    make.org("guard", "/bureau/care/", "contractor", name="保安公司")
    make.person("gus", "worker", "guard")
    make.point("p2", "0000000001", name="一层女卫生间")
    # The site is eight hours ahead; what counts lies between its first midnight of the month and now, on any day.
    first = (now + 8 * HOUR).replace(day=1, hour=0, minute=0, second=0, microsecond=0) - 8 * HOUR
    for number in range(40):
        _window(f"N{number}", first + (now - first) * number / 41, done=number != 7)
        _window(f"O{number}", first - 5 * DAY + number * HOUR, done=number % 2 == 0)
    make.occurrence(
        "p2", "G1", first, state="missed", end_at=first, grace_end_at=first, implementer_id="guard", assignee_id="gus"
    )
    _today(now)
    found(at=now - HOUR)
    for number, face in enumerate((5, 4, 2)):
        kept(
            FeedbackItem, id=f"r{number}", point_id="p1", kind="rating", topic="clean", face=face, words="很好",
            source="visitor", implementer_id="clean", responsible_id="care", at=now - HOUR,
        )  # fmt: skip


def _window(name: str, start: datetime, *, done: bool) -> None:
    ended = {"end_at": start, "grace_end_at": start, "round_id": "r-ann"}
    if done:
        filled("p1", name, start, steps_pass=3, key_due=1, key_evidenced=1, **ended)
    else:
        make.occurrence("p1", name, start, state="missed", assignee_id="ann", **ended)


def _today(now: datetime) -> None:
    day = (now + 8 * HOUR).date()
    late = {"assignee_id": "ann", "round_id": "r-ann", "business_on": day}
    make.occurrence("p1", "T2", now - HOUR, end_at=now - HOUR / 2, grace_end_at=now - HOUR / 4, **late)
    missed = make.occurrence("p2", "T1", now - HOUR, state="missed", assignee_id=None, business_on=day)
    change(missed, expire_at=now)
