"""Voiding and corrections in the demo: a record beside the plan made void by two, one that waits, two readings."""

from __future__ import annotations

from datetime import datetime, timedelta
from uuid import NAMESPACE_URL, uuid5

from app.accounts.queries import person_by_id
from app.chain.actions_correcting import Wish, propose_correction
from app.chain.actions_voiding import Word, decide_void, propose_void
from app.db import atomically
from app.demo.actions_arrivals import Site
from app.demo.queries_voiding import Line, extra_records, readings
from app.messages.queries_recipients import supervisors_of, with_role
from app.web.current import CurrentPerson, Role

BACK, LONG = timedelta(days=3), timedelta(days=14)
TWICE = "同一点位同一时段重复提交，以先到的一条为准。"
WRONG_PLACE = "扫错了门牌，实际做的是隔壁一间。"
SLIP = "抄表时看错一位，现场复核后更正。"
TURNED = "照片上的读数与填报不符，按照片更正。"


def play_voiding(site: Site, now: datetime) -> int:
    """Gives back how many proposals were made. Called outside a transaction."""
    del site
    leader = person_by_id(next(iter(with_role(Role.LEADER)), ""))
    beside, read = extra_records(now - BACK, 2), readings(now - LONG, 2)
    for number, line in enumerate(beside):
        office = _office(line)
        if office and leader:
            _void(line, office, leader if number == 0 else None, now)
    for number, line in enumerate(read):
        office = _office(line)
        if office and line.value is not None:
            said = f"{line.value + 1:g}" if number else f"{line.value + 0.1:g}"
            _correct(line, said, TURNED if number else SLIP, office, now)
    return len(beside) + len(read)


def _office(line: Line) -> CurrentPerson | None:
    found = supervisors_of(line.responsible_id)
    return person_by_id(found[0]) if found else None


def _void(line: Line, office: CurrentPerson, leader: CurrentPerson | None, now: datetime) -> None:
    number = str(uuid5(NAMESPACE_URL, f"dabiao:void:{line.check_id}"))
    reason = TWICE if leader else WRONG_PLACE
    atomically(lambda: propose_void(number, line.check_id, reason, office, now - timedelta(hours=2)))
    if leader:
        atomically(lambda: decide_void(number, Word(yes=True), leader, now - timedelta(hours=1)))


def _correct(line: Line, said: str, reason: str, office: CurrentPerson, now: datetime) -> None:
    wish = Wish(str(uuid5(NAMESPACE_URL, f"dabiao:correct:{line.check_id}")), line.step_id, said, reason)
    atomically(lambda: propose_correction(line.check_id, wish, office, now - timedelta(hours=1)))
