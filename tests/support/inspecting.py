"""Inspections for tests: the small world with inspectors, and one inspection in any state."""

import uuid
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

from app.accounts.queries import person_by_id
from app.db import atomically
from app.inspections import actions_announcing, actions_items, actions_planning, actions_signing, queries
from app.inspections.rules import Occasion
from app.inspections.rules_items import Conclusion, Overall, Said, Way
from app.inspections.rules_signing import Side, SignWay
from tests.support import builders

ZONE = ZoneInfo("Asia/Shanghai")
NOW = datetime(2026, 11, 23, 2, 0, tzinfo=UTC)
FINE = Said((Way.LOOK, Way.ASK), "现场查看，问了两名员工，均能答出。", Conclusion.CONFORMS)
BAD = Said(
    (Way.RECORDS,), "查阅11月培训台账。", Conclusion.NONCONFORMING, "培训台账缺11月签到表，不符合台账要求。", "major"
)


def world() -> None:
    """Ina and Ian inspect, Stan is the standards section, Sue heads the section care, Max the contractor clean."""
    builders.small_world()
    for person_id, role, org_id in (
        ("ina", "inspector", "bureau"),
        ("ian", "inspector", "bureau"),
        ("stan", "standards", "bureau"),
        ("lou", "leader", "bureau"),
        ("max", "contractor_manager", "clean"),
        ("tom", "supervisor", "other"),
    ):
        builders.person(person_id, role, org_id, name=f"岗位{person_id}")


def who(person_id: str):
    found = person_by_id(person_id)
    assert found is not None
    return found


def plan(inspection_id: str | None = None, by: str = "ina", **changed) -> actions_planning.Plan:
    given = {
        "id": inspection_id or str(uuid.uuid4()),
        "occasion": Occasion.HALF_YEARLY,
        "unit_id": "care",
        "template_id": "shipped-000",
        "post": "科长",
        "on": NOW.date(),
        "basis": "重点部门",
        "inspectors": ("ian", "ina"),
    }
    return actions_planning.Plan(**{**given, **changed})


def planned(by: str = "ina", now: datetime = NOW, **changed) -> str:
    wish = plan(**changed)
    return atomically(lambda: actions_planning.plan(wish, who(by), now, ZONE))


def head(inspection_id: str):
    found = queries.found_head(inspection_id)
    assert found is not None
    return found


def begun(by: str = "ina", now: datetime = NOW, **changed) -> str:
    made = planned(by, now, **changed)
    atomically(lambda: actions_planning.begin(head(made), who(by), now))
    return made


def said(inspection_id: str, no: int, what: Said, by: str = "ina", now: datetime = NOW):
    item = queries.item_of(inspection_id, no)
    return atomically(lambda: actions_items.save_item(head(inspection_id), no, item.revision, what, who(by), now))


def filled(by: str = "ina", now: datetime = NOW, bad: tuple[int, ...] = (2,), **changed) -> str:
    """All items have a conclusion; those in `bad` do not conform."""
    made = begun(by, now, **changed)
    for item in queries.items_of(made):
        said(made, item.no, BAD if item.no in bad else FINE, by, now)
    return made


def finished(by: str = "ina", now: datetime = NOW, bad: tuple[int, ...] = (2,), **changed) -> str:
    made = filled(by, now, bad, **changed)
    overall = Overall.MOSTLY if bad else Overall.CONFORMS
    atomically(lambda: actions_signing.finish(head(made), overall, "总体较好。", who(by), now, ZONE))
    return made


def sign(inspection_id: str, by: str, side: Side, now: datetime = NOW, **given) -> None:
    digest = head(inspection_id).digest(queries.items_of(inspection_id))
    wish = actions_signing.Wish(side, given.pop("way", SignWay.OWN), given.pop("digest", digest), **given)
    atomically(lambda: actions_signing.sign(head(inspection_id), wish, who(by), now))


def closed(by: str = "ina", for_unit: str = "sue", now: datetime = NOW, **changed) -> str:
    made = finished(by, now, **changed)
    sign(made, by, Side.INSPECTORS, now)
    sign(made, for_unit, Side.INSPECTED, now + timedelta(minutes=5))
    return made


def announced(by: str = "ina", now: datetime = NOW, **changed) -> str:
    made = closed(by, now=now, **changed)
    text = "本次检查总体较好，一项不符合正在整改。"
    atomically(lambda: actions_announcing.announce(head(made), text, who("stan"), now + timedelta(hours=1)))
    return made
