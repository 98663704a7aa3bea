"""Cases of the public in the small world: what was said, its case and its link; call inside an app context."""

import uuid
from datetime import timedelta
from zoneinfo import ZoneInfo

from app.accounts.queries import person_by_id
from app.db import atomically
from app.feedback.actions_cases import NewCase, open_case
from app.feedback.actions_complaints import Hand, answer, reply
from app.feedback.actions_judging import classify
from app.feedback.models import FeedbackCase, FeedbackEvent, FeedbackItem
from app.feedback.rules_complaints import Voice
from tests.support import builders as make
from tests.support.builders import NOW, kept
from tests.support.stored import rows_of
from tests.support.world import check_row

ZONE = ZoneInfo("Asia/Shanghai")
SECRET = "s" * 40


def people() -> None:
    """Beside the small world: the service desk in another section, an inspector, a leader, strangers."""
    make.person("dee", "worker", "other", name="服务台")
    make.grant("dee", "desk")
    make.person("ivy", "inspector", "bureau")
    make.person("leo", "leader", "bureau")
    make.person("meg", "contractor_manager", "clean")
    make.person("adm", "admin", "bureau")
    make.person("sam", "supervisor", "other")
    make.person("ken", "supervisor", "clean")


def said(kind="complaint", words="地上很脏，没人管", at=NOW, *, point="p1", units=("clean", "care"), **values):
    """A row of feedback_items; gives back its id."""
    item_id = values.pop("id", str(uuid.uuid4()))
    named = {"standard_code": "JGSW05003.01", "implementer_id": units[0], "responsible_id": units[1]}
    return kept(
        FeedbackItem, id=item_id, kind=kind, words=words, point_id=point, at=at, source="visitor", **named, **values
    )


def case(kind="complaint", *, at=NOW, contact="13900001234", secret=SECRET, **values):
    """A case with a contact; gives back (item id, number, token)."""
    units = values.get("units", ("clean", "care"))
    point = values.get("point", "p1")
    item_id = said(kind, at=at, **values)
    new = NewCase(item_id, Voice(kind), point, *units, at, contact=contact, name="来访者" if contact else "")
    opened = atomically(lambda: open_case(new, secret=secret, zone=ZONE))
    return item_id, opened.number, opened.token


def fresh_record(minutes_ago=10, by="ann"):
    """A record at the point whose visible state can still be held against it."""
    done_at = NOW - timedelta(minutes=minutes_ago)
    return check_row("p1", done_at - timedelta(minutes=20), None, by, done_at=done_at)


def by(person_id, item_id, at=NOW, key=""):
    return Hand(item_id, person_by_id(person_id), at, key)


def do(deed, *args):
    return atomically(lambda: deed(*args))


def row(item_id):
    return next(each for each in rows_of(FeedbackCase) if each.item_id == item_id)


def happened(item_id):
    return [each.kind for each in rows_of(FeedbackEvent) if each.subject_id == item_id]


def answered(item_id, wanted="valid"):
    do(classify, by("ivy", item_id), wanted, "", ZONE)
    do(reply, by("dee", item_id), "收到，马上处理")
    do(answer, by("sue", item_id), "已重新保洁并加派一次巡回")
