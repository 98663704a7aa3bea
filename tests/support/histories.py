"""Random histories of windows by the program's own deeds, for what has to agree with them afterwards."""

import itertools
from collections.abc import Callable
from datetime import date, datetime, timedelta
from random import Random
from typing import Any
from zoneinfo import ZoneInfo

from sqlalchemy import delete, select

from app.db import atomically, rows, run
from app.schedule.actions import (
    Filling,
    claim_occurrence,
    fill_occurrence,
    judge_unable,
    recount_occurrence,
    release_occurrence,
    report_unable,
    sign_occurrence,
)
from app.schedule.actions_settle import settle_states
from app.schedule.actions_unfill import unfill_occurrence
from app.schedule.models import Occurrence
from app.schedule.rules_states import DONE, FILLABLE, State
from app.schedule.writes import Note, assign_round, change_planned, move_state, set_columns
from app.tallies import actions as tallies
from tests.support import builders as make
from tests.support.builders import NOW

SITE = ZoneInfo("Asia/Shanghai")
UNITS, POINTS, STANDARDS = ("clean", "guard"), ("p1", "p2", "p3"), ("JGSW05003.01", "JGSW05004.01")
PEOPLE = ("ann", "gus", "lea", None)
NUMBERS = (
    "steps_pass",
    "steps_fail",
    "key_due",
    "key_evidenced",
    "key_pass",
    "photos_due",
    "photos_sent",
    "photos_valid",
)


def world() -> None:
    """Two units, three points, two standards; the small world with a little more."""
    make.small_world()
    make.org("guard", "/bureau/care/", "contractor")
    make.person("gus", "worker", "guard")
    make.point("p2", "0000000001")
    make.point("p3", "0000000002")
    make.standard(code=STANDARDS[1])


_numbers = itertools.count(1)


class History:
    """One seed, one history; `step` does one deed at a moment that only goes forward."""

    def __init__(self, seed: int) -> None:
        self.chance, self.seed = Random(seed), seed
        self.now = NOW - timedelta(days=self.chance.choice([3, 40, 70]))
        self.made = 0
        # Deeds that make windows come more often than those that need one.
        self.deeds: list[Callable[[], object]] = [
            *[self.plan] * 4, *[self.fill] * 5, self.settle, self.report, self.judge, self.void, self.sign,
            self.recount, self.claim, self.release, self.replan, self.hand_over, self.exempt, self.cancel,
            self.lengthen, self.drop, self.fold, self.close, self.advance, self.advance,
        ]  # fmt: skip

    def step(self) -> None:
        self.now += timedelta(minutes=self.chance.choice([1, 20, 200, 1500]))
        self.chance.choice(self.deeds)()

    def _one(self, *states: State) -> Any:
        found = rows(select(Occurrence.__table__).where(Occurrence.state.in_(states or tuple(State))))
        return self.chance.choice(found) if found else None

    def plan(self) -> None:
        """Windows of the past, of now and of the days ahead; some on holidays, some that end at midnight."""
        self.made += 1
        start = self.now + timedelta(minutes=self.chance.randint(-3000, 6000))
        if self.chance.random() < 0.2:
            midnight = datetime.combine(start.astimezone(SITE).date(), datetime.min.time(), SITE)
            start = midnight - timedelta(minutes=65)
        point = self.chance.choice(POINTS)
        window = f"{next(_numbers)}-{self.made}"
        make.occurrence(
            point, window, start, business_on=start.astimezone(SITE).date(),
            standard_code=self.chance.choice(STANDARDS), implementer_id=self.chance.choice(UNITS),
            day_type=self.chance.choice(["workday", "restday", "holiday"]),
            kind=self.chance.choice(["regular", "handover"]), assignee_id=self.chance.choice(PEOPLE),
            round_id=self.chance.choice(["r-ann", None]), dual_due=self.chance.random() < 0.3,
            key_due=self.chance.randint(0, 3), photos_due=self.chance.randint(0, 3),
        )  # fmt: skip

    def fill(self) -> None:
        due = self._one(*FILLABLE)
        if due is None:
            return
        self.made += 1
        flags = {name: self.chance.random() < 0.4 for name in ("helped", "offline", "short_visit", "signed", "scanned")}
        counts = {name: self.chance.randint(0, 4) for name in NUMBERS}
        # Every other claim is kept: what was taken in hand is done by who took it.
        by = self.chance.choice([due.claimed_by_id, None]) or self.chance.choice(PEOPLE[:3])
        state = self.chance.choice(sorted(DONE))
        filling = Filling(
            state=state, check_id=f"c{self.seed}-{self.made}", done_at=self.now, done_by_id=by,
            awaiting_signature=not flags["signed"] and due.dual_due, **flags, **counts,
        )  # fmt: skip
        atomically(lambda: fill_occurrence(due.id, filling, self.now, by))

    def settle(self) -> None:
        atomically(lambda: settle_states(self.now))

    def report(self) -> None:
        due = self._one(State.PLANNED, State.MISSED)
        if due is not None:
            reason = self.chance.choice(["occupied", "locked"])
            atomically(lambda: report_unable(due.id, reason, f"u{self.made}", "ann", self.now))

    def judge(self) -> None:
        due = self._one(State.UNABLE)
        if due is not None:
            accepted = self.chance.random() < 0.5
            atomically(lambda: judge_unable(due.id, accepted=accepted, by_id="sue", at=self.now))

    def void(self) -> None:
        """A record is void: its window is what the clock says."""
        due = self._one(*DONE)
        if due is not None:
            atomically(lambda: unfill_occurrence(due.id, due.check_id, self.now, "sue"))

    def sign(self) -> None:
        due = self._one(*DONE)
        if due is not None:
            atomically(lambda: sign_occurrence(due.id, due.check_id, self.now, "lea"))

    def recount(self) -> None:
        due = self._one(*DONE)
        if due is not None:
            counts = {name: self.chance.randint(0, 4) for name in ("photos_valid", "key_evidenced", "steps_fail")}
            atomically(lambda: recount_occurrence(due.id, due.check_id, counts, self.now, None))

    def claim(self) -> None:
        due = self._one()
        if due is not None:
            who = self.chance.choice(["lea", "gus"])
            atomically(lambda: claim_occurrence(due.id, who, self.now, takeover=True))

    def release(self) -> None:
        due = self._one()
        if due is not None:
            atomically(lambda: release_occurrence(due.id, due.claimed_by_id or "lea", self.now))

    def replan(self) -> None:
        """The point goes to another unit, or the window to another time and day type."""
        due = self._one(State.PLANNED, State.VOID, State.EXEMPT)
        if due is None:
            return
        later = timedelta(minutes=self.chance.choice([0, 30, 1440, 50000]))
        values = {
            "implementer_id": self.chance.choice(UNITS), "start_at": due.start_at + later,
            "grace_end_at": due.grace_end_at + later, "day_type": self.chance.choice(["workday", "holiday"]),
            "key_due": self.chance.randint(0, 3), "state": State.PLANNED,
        }  # fmt: skip
        atomically(lambda: change_planned({due.id: values}, self.now))

    def hand_over(self) -> None:
        due = self._one()
        if due is not None:
            atomically(lambda: assign_round("r-ann", due.business_on, "gus"))

    def exempt(self) -> None:
        due = self._one(State.PLANNED)
        if due is not None:
            atomically(lambda: move_state([due.id], (State.PLANNED,), State.EXEMPT, Note("exempted", self.now)))

    def cancel(self) -> None:
        due = self._one(State.PLANNED, State.EXEMPT)
        if due is not None:
            atomically(lambda: move_state([due.id], (State(due.state),), State.VOID, Note("void", self.now)))

    def lengthen(self) -> None:
        due = self._one(State.PLANNED)
        if due is not None:
            atomically(lambda: set_columns(due.id, {"grace_end_at": due.grace_end_at + timedelta(hours=9)}))

    def drop(self) -> None:
        due = self._one()
        if due is not None and self.chance.random() < 0.3:
            atomically(lambda: run(delete(Occurrence).where(Occurrence.id == due.id)))

    def fold(self) -> None:
        tallies.fold(SITE)

    def advance(self) -> None:
        tallies.advance(self.now, SITE)

    def close(self) -> None:
        tallies.fold(SITE)
        tallies.close_days(self.now.astimezone(SITE).date())
        atomically(tallies.tidy)


def played(seed: int, steps: int) -> History:
    """A history of so many deeds."""
    history = History(seed)
    for _each in range(steps):
        history.step()
    return history


def first_of(day: date) -> date:
    return day.replace(day=1)
