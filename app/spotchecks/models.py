"""Tables of spot checks: plans, draws with their sealed seeds, what was drawn, second opinions and what followed."""

from datetime import date, datetime

from sqlalchemy import ForeignKey, Index, LargeBinary, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from app.db import BigId, Json, UtcDateTime, db


class Plan(db.Model):  # type: ignore[name-defined,misc]
    """Who looks at what how often: kind self|spot|supervision, mode desk|onsite, method simple|weighted.

    `scope` is lots (contractor × standard, each with its own draw), bureau, unit, area or event; the columns that a
    scope does not need are None. `size` is a level of the table (I, II, S-3), `share` of the day's due, or a number.
    """

    __tablename__ = "spotcheck_plans"
    id: Mapped[str] = mapped_column(String(36), primary_key=True)
    title: Mapped[str] = mapped_column(String(80))
    kind: Mapped[str] = mapped_column(String(12))
    mode: Mapped[str] = mapped_column(String(8))
    method: Mapped[str] = mapped_column(String(8))
    rhythm: Mapped[str] = mapped_column(String(12))
    scope: Mapped[str] = mapped_column(String(8))
    owner_id: Mapped[str] = mapped_column(ForeignKey("organisations.id"), index=True)
    implementer_id: Mapped[str | None] = mapped_column(String(40))
    standard_code: Mapped[str | None] = mapped_column(String(20))
    area_id: Mapped[str | None] = mapped_column(String(40))
    crew_id: Mapped[str | None] = mapped_column(String(40))
    from_on: Mapped[date | None]
    to_on: Mapped[date | None]
    size: Mapped[str] = mapped_column(String(8))
    made_by_id: Mapped[str] = mapped_column(String(40))
    made_at: Mapped[datetime] = mapped_column(UtcDateTime)
    ended_at: Mapped[datetime | None] = mapped_column(UtcDateTime)


class Draw(db.Model):  # type: ignore[name-defined,misc]
    """Insert-only: a draw promised for a lot by the hash of its seed before `closes_at`; one for each lot for ever."""

    __tablename__ = "spotcheck_draws"
    __table_args__ = (Index("ix_spotcheck_draws_owner_id_to_on", "owner_id", "to_on"),)
    id: Mapped[str] = mapped_column(String(36), primary_key=True)
    lot: Mapped[str] = mapped_column(String(160), unique=True)
    plan_id: Mapped[str | None] = mapped_column(ForeignKey("spotcheck_plans.id"), index=True)
    kind: Mapped[str] = mapped_column(String(12))
    mode: Mapped[str] = mapped_column(String(8))
    method: Mapped[str] = mapped_column(String(8))
    rhythm: Mapped[str] = mapped_column(String(12))
    scope: Mapped[str] = mapped_column(String(8))
    owner_id: Mapped[str] = mapped_column(ForeignKey("organisations.id"))
    implementer_id: Mapped[str | None] = mapped_column(String(40))
    standard_code: Mapped[str | None] = mapped_column(String(20))
    area_id: Mapped[str | None] = mapped_column(String(40))
    crew_id: Mapped[str | None] = mapped_column(String(40))
    from_on: Mapped[date]
    to_on: Mapped[date]
    closes_at: Mapped[datetime] = mapped_column(UtcDateTime, index=True)
    size: Mapped[str] = mapped_column(String(8))
    seed_hash: Mapped[str] = mapped_column(String(64))
    committed_at: Mapped[datetime] = mapped_column(UtcDateTime)
    committed_by_id: Mapped[str | None] = mapped_column(String(40))


class SealedSeed(db.Model):  # type: ignore[name-defined,misc]
    """Insert-only: the seed itself, read by the draw and by nothing else until the result is published."""

    __tablename__ = "spotcheck_seeds"
    draw_id: Mapped[str] = mapped_column(ForeignKey("spotcheck_draws.id"), primary_key=True)
    seed: Mapped[str] = mapped_column(String(64))


class Result(db.Model):  # type: ignore[name-defined,misc]
    """Insert-only: the seed as published, and the whole population as the list of which `list_sha256` is the hash."""

    __tablename__ = "spotcheck_results"
    draw_id: Mapped[str] = mapped_column(ForeignKey("spotcheck_draws.id"), primary_key=True)
    drawn_at: Mapped[datetime] = mapped_column(UtcDateTime)
    drawn_by_id: Mapped[str | None] = mapped_column(String(40))
    seed: Mapped[str] = mapped_column(String(64))
    population: Mapped[int]
    sample: Mapped[int]
    list_sha256: Mapped[str] = mapped_column(String(64))
    population_list: Mapped[bytes] = mapped_column(LargeBinary)


class Item(db.Model):  # type: ignore[name-defined,misc]
    """Insert-only: a record on the fixed list; `entered`: drawn, floor or contested; `why`: the parts of its weight."""

    __tablename__ = "spotcheck_items"
    __table_args__ = (UniqueConstraint("draw_id", "occurrence_id"),)
    id: Mapped[str] = mapped_column(String(36), primary_key=True)
    draw_id: Mapped[str] = mapped_column(ForeignKey("spotcheck_draws.id"))
    occurrence_id: Mapped[int] = mapped_column(BigId)
    check_id: Mapped[str | None] = mapped_column(String(36), index=True)
    point_id: Mapped[str] = mapped_column(ForeignKey("points.id"), index=True)
    standard_code: Mapped[str] = mapped_column(String(20))
    implementer_id: Mapped[str] = mapped_column(String(40))
    responsible_id: Mapped[str] = mapped_column(String(40))
    executor_id: Mapped[str | None] = mapped_column(String(40))
    business_on: Mapped[date]
    rank: Mapped[int]
    weight: Mapped[float]
    key: Mapped[float]
    entered: Mapped[str] = mapped_column(String(10))
    why: Mapped[dict] = mapped_column(Json)  # type: ignore[type-arg]


class Review(db.Model):  # type: ignore[name-defined,misc]
    """Insert-only: a second opinion on a record; `subject` is what only one may review: item:ID or onsite:CHECK.

    `kind` is desk, onsite or self. `outcome`: agrees, differs (抽查不一致), point (too late: about the point only).
    """

    __tablename__ = "spotcheck_reviews"
    __table_args__ = (Index("ix_spotcheck_reviews_by_id_at", "by_id", "at"),)
    id: Mapped[str] = mapped_column(String(36), primary_key=True)
    subject: Mapped[str] = mapped_column(String(60), unique=True)
    kind: Mapped[str] = mapped_column(String(8))
    item_id: Mapped[str | None] = mapped_column(ForeignKey("spotcheck_items.id"), index=True)
    check_id: Mapped[str] = mapped_column(String(36), index=True)
    point_id: Mapped[str] = mapped_column(ForeignKey("points.id"))
    standard_code: Mapped[str] = mapped_column(String(20))
    implementer_id: Mapped[str] = mapped_column(String(40), index=True)
    responsible_id: Mapped[str] = mapped_column(String(40), index=True)
    executor_id: Mapped[str] = mapped_column(String(40), index=True)
    by_id: Mapped[str] = mapped_column(String(40))
    by_name: Mapped[str] = mapped_column(String(60))
    began_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    at: Mapped[datetime] = mapped_column(UtcDateTime)
    outcome: Mapped[str] = mapped_column(String(8))
    note: Mapped[str] = mapped_column(Text, default="")


class ReviewStep(db.Model):  # type: ignore[name-defined,misc]
    """Insert-only: one step's verdict (pass, fail, unseen), its reason and the photos that show it."""

    __tablename__ = "spotcheck_review_steps"
    review_id: Mapped[str] = mapped_column(ForeignKey("spotcheck_reviews.id"), primary_key=True)
    step_id: Mapped[str] = mapped_column(String(8), primary_key=True)
    step_title: Mapped[str] = mapped_column(String(120))
    key: Mapped[bool]
    said: Mapped[str] = mapped_column(String(16))
    verdict: Mapped[str] = mapped_column(String(8))
    reason: Mapped[str] = mapped_column(String(24), default="")
    note: Mapped[str] = mapped_column(Text, default="")
    photos: Mapped[list] = mapped_column(Json)  # type: ignore[type-arg]


class ReviewEvent(db.Model):  # type: ignore[name-defined,misc]
    """Insert-only: heard, appealed, stands, withdrawn, untrue (失实), finding registered; by whom and in what words."""

    __tablename__ = "spotcheck_review_events"
    id: Mapped[int] = mapped_column(BigId, primary_key=True)
    review_id: Mapped[str] = mapped_column(ForeignKey("spotcheck_reviews.id"), index=True)
    kind: Mapped[str] = mapped_column(String(12))
    by_id: Mapped[str | None] = mapped_column(String(40))
    by_name: Mapped[str] = mapped_column(String(60), default="")
    at: Mapped[datetime] = mapped_column(UtcDateTime)
    data: Mapped[dict | None] = mapped_column(Json)  # type: ignore[type-arg]


class ReviewState(db.Model):  # type: ignore[name-defined,misc]
    """Where a review that differs stands: open, heard, appealed, stands, withdrawn, untrue; rebuilt from its events."""

    __tablename__ = "spotcheck_review_states"
    review_id: Mapped[str] = mapped_column(ForeignKey("spotcheck_reviews.id"), primary_key=True)
    state: Mapped[str] = mapped_column(String(12), index=True)
    appeal_until: Mapped[datetime | None] = mapped_column(UtcDateTime)
    finding_id: Mapped[str | None] = mapped_column(String(36))
