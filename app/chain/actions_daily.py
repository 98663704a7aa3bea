"""Once a day: the head of the chain is anchored, the chain is walked, and a break is told (rules DS-8)."""

from __future__ import annotations

from dataclasses import asdict
from datetime import datetime
from pathlib import Path
from zoneinfo import ZoneInfo

from app import clock
from app.chain import writes
from app.chain.actions_verify import verify
from app.chain.queries import anchor_of, tail
from app.chain.rules_digest import START
from app.chain.rules_faults import Outcome
from app.db import atomically
from app.messages.actions import all_over, tell
from app.messages.queries_recipients import with_role
from app.messages.rules_words import Kind
from app.web.current import Role

BROKEN = "chain broken"


def watch(folder: Path, now: datetime, zone: ZoneInfo) -> int:
    """Anchor today's head once, walk the whole chain and keep what was found; whoever calls has sealed everything."""
    atomically(lambda: anchor(now, zone))
    outcome = verify(folder)
    at = clock.now()
    atomically(lambda: keep(outcome, at))
    return outcome.entries


def anchor(now: datetime, zone: ZoneInfo) -> bool:
    """The head of today, told to those who keep watch, and by the channels that carry it; False when it stands."""
    day = now.astimezone(zone).date()
    seq, link = tail()
    if link == START or anchor_of(day) is not None:
        return False
    writes.insert_anchor(day, seq, link, now)
    said = {"day": str(day), "seq": str(seq), "head": link.hex()}
    tell(Kind.CHAIN_HEAD, with_role(Role.AUDITOR, Role.ADMIN), said, "/verify", at=now, key=f"chain head {day}")
    return True


def keep(outcome: Outcome, at: datetime) -> None:
    """Write down what a walk found; a break is urgent until a walk finds none."""
    faults = [{**asdict(each), "kind": str(each.kind)} for each in outcome.faults]
    counted = {"entries": outcome.entries, "seconds": round(outcome.seconds, 3), "without_key": outcome.without_key}
    writes.insert_verification({"at": at, "faults_found": outcome.found, "faults": faults, **counted})
    if outcome.first is None:
        all_over(BROKEN, at)
        return
    said = {"n": str(outcome.found), "seq": str(outcome.first.seq or "—"), "record": outcome.first.named}
    key = f"{BROKEN} {outcome.first.named} {outcome.first.seq}"
    tell(Kind.CHAIN_BROKEN, with_role(Role.ADMIN, Role.AUDITOR), said, "/history", at=at, key=key, urgent=True)


def watched_today(now: datetime, zone: ZoneInfo) -> bool:
    """Whether today's head is anchored, which is done together with the walk."""
    return anchor_of(now.astimezone(zone).date()) is not None
