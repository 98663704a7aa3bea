"""What the doctor says of each thing it looks at; pure."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

SPACE_LOW, SPACE_GONE = 0.15, 0.05
QUEUE_LATE = timedelta(minutes=10)
SPOOL_LATE = timedelta(minutes=15)
AHEAD_DUE = timedelta(days=7)
CLOCK_FAULT_S = 2.0
WALK_DUE = timedelta(days=2)
# A job may be late by its own rhythm and this much before anybody is asked to look.
JOB_PATIENCE = timedelta(minutes=15)


class Health(StrEnum):
    """ok; look: works, but somebody should see to it; wrong: something does not work."""

    OK = "ok"
    LOOK = "look"
    WRONG = "wrong"


@dataclass(frozen=True)
class Found:
    """One thing looked at: its name, how it is, and a sentence with what to do where something is to be done."""

    name: str
    health: Health
    said: str


@dataclass(frozen=True)
class Walk:
    """The last walk along the chain of records."""

    at: datetime
    entries: int
    faults: int
    without_key: int


def schema(found: str, newest: str) -> Found:
    """The migration applied against the newest that this version knows."""
    if found == newest:
        return Found("schema", Health.OK, f"migration {found}")
    return Found(
        "schema", Health.WRONG, f"migration {found or 'none'}, this version needs {newest}: run dabiao migrate"
    )


def space(name: str, free: int, whole: int) -> Found:
    """Bytes free of the disk where photos or database lie; uploads end below 5 %."""
    share = free / whole if whole else 0.0
    said = f"{free / 1e9:.1f} GB free of {whole / 1e9:.1f} GB"
    if share < SPACE_GONE:
        return Found(name, Health.WRONG, f"{said}: uploads are refused until there is room")
    return Found(name, Health.LOOK if share < SPACE_LOW else Health.OK, said)


def jobs(done: Mapping[str, datetime | None], rhythm: Mapping[str, timedelta], now: datetime) -> Found:
    """The timer's jobs against their rhythm; one that has never run counts as late."""
    late = sorted(name for name, every in rhythm.items() if _late(done.get(name), every, now))
    if not late:
        return Found("timer", Health.OK, f"{len(rhythm)} jobs in time")
    return Found("timer", Health.LOOK, f"late: {', '.join(late)}; is a server running, or dabiao tick in cron?")


def _late(done_at: datetime | None, every: timedelta, now: datetime) -> bool:
    return done_at is None or now - done_at > every + JOB_PATIENCE


def queue(waiting: int, oldest_at: datetime | None, now: datetime) -> Found:
    """Pictures that wait for their decode."""
    late = oldest_at is not None and now - oldest_at > QUEUE_LATE
    return Found("pictures", Health.LOOK if late else Health.OK, f"{waiting} wait for their decode")


def ahead(until: datetime | None, now: datetime) -> Found:
    """Rows of the schedule are made eight days ahead (contract, Occurrences)."""
    if until is None:
        return Found("rows ahead", Health.LOOK, "no row of the schedule yet")
    enough = until - now >= AHEAD_DUE
    return Found("rows ahead", Health.OK if enough else Health.LOOK, f"until {until:%Y-%m-%d}")


def clocks(difference_s: float) -> Found:
    """This machine's clock against the database's."""
    fine = abs(difference_s) <= CLOCK_FAULT_S
    said = f"{difference_s:+.1f} s from the database"
    return Found("clock", Health.OK if fine else Health.LOOK, said if fine else f"{said}: set both by NTP")


def files(looked: int, missing: list[str]) -> Found:
    """Photos that rows name against the store."""
    if missing:
        return Found("photos", Health.WRONG, f"{len(missing)} of {looked} are missing or changed, such as {missing[0]}")
    return Found("photos", Health.OK, f"{looked} looked at, all there")


def bucket(fault: str) -> Found:
    """What came of writing, reading and deleting one small object in the bucket; "" when all went well."""
    if fault:
        return Found("bucket", Health.WRONG, f"{fault}; photos wait on this disk meanwhile")
    return Found("bucket", Health.OK, "one small object written, read and deleted")


def spool(waiting: int, since: datetime | None, now: datetime) -> Found:
    """Files that wait to be carried into the bucket."""
    late = since is not None and now - since > SPOOL_LATE
    said = f"{waiting} files wait for the bucket"
    return (
        Found("spool", Health.LOOK, f"{said}, the first since {since:%Y-%m-%d %H:%M}")
        if late
        else Found("spool", Health.OK, said)
    )


def history(walk: Walk | None, now: datetime, *, key_is_here: bool) -> Found:
    """The last walk along the chain (rules DS-8), and whether the key of its seals lies where it should."""
    if walk is None:
        return Found("history", Health.LOOK, "its chain was never walked: run dabiao verify")
    said = f"{walk.entries} entries walked {walk.at:%Y-%m-%d %H:%M} UTC"
    if walk.faults:
        return Found("history", Health.WRONG, f"{said}: {walk.faults} do not fit; see /history and dabiao verify")
    if not key_is_here:
        lost = "chain-key is not in the instance folder: bring it back, or the next seal is made with a new one"
        return Found("history", Health.LOOK, f"{said}; {lost}")
    if now - walk.at > WALK_DUE:
        return Found("history", Health.LOOK, f"{said}, which is too long ago: run dabiao verify")
    if walk.without_key:
        return Found("history", Health.LOOK, f"{said}; {walk.without_key} were sealed with a key that is not here")
    return Found("history", Health.OK, f"{said}, nothing was changed")


def key_file(mode: int | None) -> Found:
    """The permission bits of the key file; None where a setting holds the key."""
    if mode is None:
        return Found("key", Health.OK, "set by DABIAO_SECRET_KEY")
    if mode & 0o077:
        return Found("key", Health.WRONG, f"others may read the key file ({mode:o}): chmod 600")
    return Found("key", Health.OK, "readable by its owner only")


def worst(found: list[Found]) -> Health:
    """What the whole amounts to."""
    present = {each.health for each in found}
    return next((each for each in (Health.WRONG, Health.LOOK) if each in present), Health.OK)
