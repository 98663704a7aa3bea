"""Builders of half-year reports: a small site with windows in both halves of 2026, sessions and posts."""

import uuid
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from app.accounts.queries import person_by_id
from app.halfyear.actions import At, save_text, seen_of, sign
from app.halfyear.actions_freezing import look_again, tend
from app.halfyear.models import HalfyearPaper
from app.halfyear.queries import kept as kept_report
from app.halfyear.queries import reporter
from app.halfyear.queries_figures import Look, figures_of
from app.halfyear.rules import Half, Part
from app.nonconformities.models import Finding
from tests.support import builders
from tests.support.stored import rows_of

ZONE = ZoneInfo("Asia/Shanghai")
FIRST, SECOND = Half(2026, 1), Half(2026, 2)
JUNE = datetime(2026, 6, 10, 9, 0, tzinfo=ZONE)
OVER = datetime(2026, 7, 1, 0, 0, tzinfo=ZONE)
"""Midnight after the thirtieth of June at the site: the freeze."""
LATER = OVER + timedelta(days=3)
TEXT = "上半年按标准实施，周末交接仍需加强。"


def site() -> None:
    """The small world, a manager, the office, a leader, a stranger; ten windows of June, seven on time."""
    builders.small_world()
    for name, role, unit in (
        ("max", "contractor_manager", "clean"), ("stan", "standards", "bureau"), ("lou", "leader", "bureau"),
        ("tom", "supervisor", "other"), ("aud", "auditor", "bureau"),
    ):  # fmt: skip
        builders.person(name, role, unit)
    for n in range(10):
        window(n, "in_window" if n < 6 else "in_grace" if n == 6 else "late" if n == 7 else "missed")


def window(n: int, state: str, at: datetime = JUNE, **values: object) -> int:
    """A window of the restroom round, a minute after another."""
    told = {"key_due": 2, "key_evidenced": 2 * int(state != "missed"), "assignee_id": "ann", "business_on": at.date()}
    return builders.occurrence("p1", f"H{n}", at + timedelta(minutes=n), state=state, **(told | values))


def freeze(now: datetime = OVER) -> int:
    return tend(now, ZONE)


def again(now: datetime = LATER) -> int:
    return look_again(now, ZONE)


def look(unit: str = "clean", half: Half = FIRST, now: datetime = LATER, who: str = "lou") -> Look:
    return Look(reporter(unit, person_by_id(who)), half, now, ZONE)


def figures(unit: str = "clean", half: Half = FIRST, now: datetime = LATER):
    return figures_of(look(unit, half, now))


def at(who: str = "max", unit: str = "clean", half: Half = FIRST, now: datetime = LATER) -> At:
    person = person_by_id(who)
    return At(reporter(unit, person), half, person, now, ZONE)


def signed(who: str = "max", unit: str = "clean", half: Half = FIRST, now: datetime = LATER) -> str:
    """A report with one text, signed; inside a transaction."""
    here = at(who, unit, half, now)
    save_text(here, Part.EFFECT, TEXT, 0)
    paper_id = str(uuid.uuid4())
    sign(here, paper_id, seen_of(kept_report(half, unit)))
    return paper_id


def papers() -> list:
    return rows_of(HalfyearPaper)


def finding(finding_id: str, **values: object) -> str:
    """A finding of the contractor, found in June, still to be put right unless told otherwise."""
    told = {
        "number": f"NC-{finding_id}", "point_id": "p1", "standard_code": "JGSW05003.01", "step_id": "S01",
        "step_title": "擦镜", "source": "desk", "severity": "minor", "text": "镜面有污渍", "implementer_id": "clean",
        "responsible_id": "care", "found_at": JUNE, "state": "to_rectify",
    }  # fmt: skip
    return builders.kept(Finding, id=finding_id, **(told | values))
