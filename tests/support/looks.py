"""Builders of looks on site and their disputes; call inside an app context."""

import uuid
from datetime import timedelta
from typing import Any
from zoneinfo import ZoneInfo

from app.accounts.queries import person_by_id
from app.db import atomically
from app.spotchecks.actions_reviews import keep_review
from app.spotchecks.models import Plan, Review, ReviewState
from app.spotchecks.rules_opinions import NewReview, Way
from app.spotchecks.rules_review import Opinion
from tests.support import builders as make
from tests.support.builders import NOW, kept
from tests.support.standards import step_document
from tests.support.world import filled

ZONE = ZoneInfo("Asia/Shanghai")
MINUTES = timedelta(minutes=1)
DONE_AT = NOW - 10 * MINUTES


def looked_world() -> str:
    """Ann has done the restroom ten minutes ago; it holds for 20. Readers of every kind stand by. The check's id."""
    make.small_world(step_document("S01", "photo", photo_min=1))
    for person_id, role, org in (
        ("ina", "inspector", "bureau"), ("ivo", "inspector", "bureau"), ("meg", "contractor_manager", "clean"),
        ("leo", "leader", "bureau"), ("sam", "supervisor", "other"), ("sid", "supervisor", "clean"),
    ):  # fmt: skip
        make.person(person_id, role, org)
    return filled("p1", "B1", DONE_AT - 20 * MINUTES)


def verdicts(verdict: str = "fail", reason: str = "dirty", **keys: Any) -> tuple[Opinion, ...]:
    """What somebody says of the one step."""
    return (Opinion("S01", verdict, reason if verdict == "fail" else "", **keys),)


def looked(check_id: str, who: str = "ina", at: Any = NOW, verdict: str = "fail", way: Way = Way.ONSITE) -> str:
    """A look kept; gives back its id."""
    new = NewReview(str(uuid.uuid4()), way, check_id, verdicts(verdict))
    person = person_by_id(who)
    assert person is not None
    return atomically(lambda: keep_review(new, person, at, ZONE)).id


def differing(
    review_id: str, check_id: str, executor: str, implementer: str, responsible: str, by: str = "ina"
) -> None:
    """A look, of Ina's unless said, that differs from a record and waits for the person's account."""
    kept(
        Review, id=review_id, subject=f"onsite:{check_id}", kind="onsite", check_id=check_id, point_id="p1",
        standard_code="JGSW05003.01", implementer_id=implementer, responsible_id=responsible, executor_id=executor,
        by_id=by, by_name=f"人员{by}", at=NOW, outcome="differs",
    )  # fmt: skip
    kept(ReviewState, review_id=review_id, state="open", appeal_until=NOW)


def look_plan(plan_id: str, owner: str) -> None:
    """A monthly plan of a unit."""
    kept(
        Plan, id=plan_id, title="每月监查", kind="supervision", mode="desk", method="simple", rhythm="monthly",
        scope="lots", owner_id=owner, size="II", made_by_id="sue", made_at=NOW,
    )  # fmt: skip
