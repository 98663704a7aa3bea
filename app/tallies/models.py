"""Tables of the tallies: what was added since the last fold, and the cells that dashboards read."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import String, Table
from sqlalchemy.orm import Mapped, mapped_column

from app.db import BigId, UtcDateTime, db

# The date under which cells hold the windows of today that are over (app/tallies/queries_today.py).
TODAY = date(9999, 12, 30)
# A table that is its own index: cells of a month lie side by side.
CLUSTERED: dict[str, Any] = {"sqlite_with_rowid": False}


class TallyDelta(db.Model):  # type: ignore[name-defined,misc]
    """What a trigger noted of an occurrence: as it was with sign -1, as it is with +1; gone once it is folded."""

    __tablename__ = "tally_deltas"
    id: Mapped[int] = mapped_column(BigId, primary_key=True)
    sign: Mapped[int]
    state: Mapped[str] = mapped_column(String(12))
    implementer_id: Mapped[str] = mapped_column(String(40))
    responsible_id: Mapped[str] = mapped_column(String(40))
    point_id: Mapped[str] = mapped_column(String(40))
    standard_code: Mapped[str] = mapped_column(String(20))
    business_on: Mapped[date]
    start_at: Mapped[datetime] = mapped_column(UtcDateTime)
    grace_end_at: Mapped[datetime] = mapped_column(UtcDateTime)
    day_type: Mapped[str] = mapped_column(String(8))
    kind: Mapped[str] = mapped_column(String(10))
    round_id: Mapped[str | None] = mapped_column(String(40))
    assignee_id: Mapped[str | None] = mapped_column(String(40))
    claimed_by_id: Mapped[str | None] = mapped_column(String(40))
    done_by_id: Mapped[str | None] = mapped_column(String(40))
    signed: Mapped[bool]
    dual_due: Mapped[bool]
    short_visit: Mapped[bool]
    scanned: Mapped[bool]
    steps_pass: Mapped[int]
    steps_fail: Mapped[int]
    key_due: Mapped[int]
    key_evidenced: Mapped[int]
    key_pass: Mapped[int]
    photos_due: Mapped[int]
    photos_sent: Mapped[int]
    photos_valid: Mapped[int]


class Sums:
    """The fields of `rules_counts.Counts`, in its order."""

    due: Mapped[int]
    in_window: Mapped[int]
    in_grace: Mapped[int]
    late: Mapped[int]
    missed: Mapped[int]
    unknown: Mapped[int]
    waiting: Mapped[int]
    reported: Mapped[int]
    holiday_due: Mapped[int]
    holiday_on_time: Mapped[int]
    handover_due: Mapped[int]
    handover_covered: Mapped[int]
    scanned: Mapped[int]
    short: Mapped[int]
    found: Mapped[int]
    steps_pass: Mapped[int]
    steps_fail: Mapped[int]
    key_due: Mapped[int]
    key_evidenced: Mapped[int]
    key_pass: Mapped[int]
    photos_due: Mapped[int]
    photos_sent: Mapped[int]
    photos_valid: Mapped[int]


class TallyDay(Sums, db.Model):  # type: ignore[name-defined,misc]
    """Windows whose grace ended on this local date, by unit, standard and day type."""

    __tablename__ = "tally_days"
    __table_args__ = CLUSTERED
    on: Mapped[date] = mapped_column(primary_key=True)
    implementer_id: Mapped[str] = mapped_column(String(40), primary_key=True)
    responsible_id: Mapped[str] = mapped_column(String(40), primary_key=True)
    standard_code: Mapped[str] = mapped_column(String(20), primary_key=True)
    day_type: Mapped[str] = mapped_column(String(8), primary_key=True)


class TallyPoint(Sums, db.Model):  # type: ignore[name-defined,misc]
    """By point and standard; days before `TallyMark.months_before` stand together on the first day of their month."""

    __tablename__ = "tally_points"
    __table_args__ = CLUSTERED
    on: Mapped[date] = mapped_column(primary_key=True)
    implementer_id: Mapped[str] = mapped_column(String(40), primary_key=True)
    responsible_id: Mapped[str] = mapped_column(String(40), primary_key=True)
    point_id: Mapped[str] = mapped_column(String(40), primary_key=True)
    standard_code: Mapped[str] = mapped_column(String(20), primary_key=True)


class TallyPerson(Sums, db.Model):  # type: ignore[name-defined,misc]
    """By the person whose figure it is and the round, empty where there is none; months as for points.

    `helped` were done by this person on the rounds of others, and not claimed: what is claimed and done is one's own.
    `helped_with` are those of this person's done windows that a colleague did as such help.
    """

    __tablename__ = "tally_people"
    __table_args__ = CLUSTERED
    on: Mapped[date] = mapped_column(primary_key=True)
    implementer_id: Mapped[str] = mapped_column(String(40), primary_key=True)
    responsible_id: Mapped[str] = mapped_column(String(40), primary_key=True)
    person_id: Mapped[str] = mapped_column(String(40), primary_key=True)
    round_id: Mapped[str] = mapped_column(String(40), primary_key=True)
    helped: Mapped[int]
    helped_with: Mapped[int]


class TallyMiss(db.Model):  # type: ignore[name-defined,misc]
    """Missed windows by the instant at which they began: the heat map."""

    __tablename__ = "tally_misses"
    __table_args__ = CLUSTERED
    on: Mapped[date] = mapped_column(primary_key=True)
    implementer_id: Mapped[str] = mapped_column(String(40), primary_key=True)
    responsible_id: Mapped[str] = mapped_column(String(40), primary_key=True)
    start_at: Mapped[datetime] = mapped_column(UtcDateTime, primary_key=True)
    missed: Mapped[int]


class TallySiteMiss(db.Model):  # type: ignore[name-defined,misc]
    """The same of all units together, for who sees the whole site: as many cells a day as there are times of start."""

    __tablename__ = "tally_site_misses"
    __table_args__ = CLUSTERED
    on: Mapped[date] = mapped_column(primary_key=True)
    start_at: Mapped[datetime] = mapped_column(UtcDateTime, primary_key=True)
    missed: Mapped[int]


class TallyHoliday(db.Model):  # type: ignore[name-defined,misc]
    """Windows of public holidays by point and business date: which points were covered on which day (MT-15)."""

    __tablename__ = "tally_holidays"
    __table_args__ = CLUSTERED
    on: Mapped[date] = mapped_column(primary_key=True)
    implementer_id: Mapped[str] = mapped_column(String(40), primary_key=True)
    responsible_id: Mapped[str] = mapped_column(String(40), primary_key=True)
    point_id: Mapped[str] = mapped_column(String(40), primary_key=True)
    business_on: Mapped[date] = mapped_column(primary_key=True)
    holiday_due: Mapped[int]
    holiday_on_time: Mapped[int]


class TallyMark(db.Model):  # type: ignore[name-defined,misc]
    """One row: days before a date stand together by month, where a table does so. Whoever folds locks it.

    `today_until`: windows of its local day that were over before it stand in the cells of `TODAY` as well.
    """

    __tablename__ = "tally_marks"
    id: Mapped[int] = mapped_column(primary_key=True)
    months_before: Mapped[date]
    today_until: Mapped[datetime | None] = mapped_column(UtcDateTime)


class TallyVerification(db.Model):  # type: ignore[name-defined,misc]
    """What a recount of one month found."""

    __tablename__ = "tally_verifications"
    id: Mapped[int] = mapped_column(BigId, primary_key=True)
    month_on: Mapped[date]
    at: Mapped[datetime] = mapped_column(UtcDateTime)
    differing: Mapped[int]
    first: Mapped[str] = mapped_column(String(400), default="")


# What a trigger copies of an occurrence: whatever a count or a key asks for.
COPIED = tuple(column.name for column in TallyDelta.__table__.columns if column.name not in ("id", "sign"))


@dataclass(frozen=True)
class Tally:
    """A table of cells beside its date: by what, which counts, whether days that are over stand together by month."""

    table: Table
    keys: tuple[str, ...]
    counts: tuple[str, ...]
    by_month: bool = False

    @property
    def name(self) -> str:
        return self.table.name


def _tally(model: Any, *, by_month: bool = False) -> Tally:
    table: Table = model.__table__
    keys = tuple(column.name for column in table.primary_key if column.name != "on")
    counts = tuple(column.name for column in table.columns if not column.primary_key)
    return Tally(table, keys, counts, by_month)


DAYS, HOLIDAYS = _tally(TallyDay), _tally(TallyHoliday)
MISSES, SITE_MISSES = _tally(TallyMiss), _tally(TallySiteMiss)
POINTS, PEOPLE = _tally(TallyPoint, by_month=True), _tally(TallyPerson, by_month=True)
TALLIES = (DAYS, POINTS, PEOPLE, MISSES, SITE_MISSES, HOLIDAYS)
