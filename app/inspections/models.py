"""Tables of inspections: templates by version, what was planned, each item as found, signatures, announcements."""

from datetime import date, datetime

from sqlalchemy import ForeignKey, Index, String, Text
from sqlalchemy.orm import Mapped, mapped_column

from app.db import BigId, Json, UtcDateTime, db


class Template(db.Model):  # type: ignore[name-defined,misc]
    """An own list of items; those that are shipped stand in files and never here."""

    __tablename__ = "inspection_templates"
    id: Mapped[str] = mapped_column(String(36), primary_key=True)
    title: Mapped[str] = mapped_column(String(80))
    source: Mapped[str] = mapped_column(String(200), default="")
    version: Mapped[int]
    made_by_id: Mapped[str] = mapped_column(String(40))
    made_at: Mapped[datetime] = mapped_column(UtcDateTime)
    retired_at: Mapped[datetime | None] = mapped_column(UtcDateTime)


class TemplateVersion(db.Model):  # type: ignore[name-defined,misc]
    """Insert-only: the items of one version, `[{"title", "content"}]` in order."""

    __tablename__ = "inspection_template_versions"
    template_id: Mapped[str] = mapped_column(ForeignKey("inspection_templates.id"), primary_key=True)
    version: Mapped[int] = mapped_column(primary_key=True)
    title: Mapped[str] = mapped_column(String(80))
    items: Mapped[list] = mapped_column(Json)  # type: ignore[type-arg]
    by_id: Mapped[str] = mapped_column(String(40))
    at: Mapped[datetime] = mapped_column(UtcDateTime)


class Inspection(db.Model):  # type: ignore[name-defined,misc]
    """One inspection of one unit; title, source and version are those of the template that it began with."""

    __tablename__ = "inspections"
    __table_args__ = (Index("ix_inspections_occasion_on", "occasion", "on"),)
    id: Mapped[str] = mapped_column(String(36), primary_key=True)
    number: Mapped[str] = mapped_column(String(24), unique=True)
    occasion: Mapped[str] = mapped_column(String(16))
    unit_id: Mapped[str] = mapped_column(ForeignKey("organisations.id"), index=True)
    post: Mapped[str] = mapped_column(String(80), default="")
    on: Mapped[date]
    basis: Mapped[str] = mapped_column(String(200), default="")
    template_id: Mapped[str] = mapped_column(String(36))
    template_version: Mapped[int]
    template_title: Mapped[str] = mapped_column(String(80))
    template_source: Mapped[str] = mapped_column(String(200), default="")
    state: Mapped[str] = mapped_column(String(12), index=True)
    conclusion: Mapped[str | None] = mapped_column(String(16))
    summary: Mapped[str] = mapped_column(Text, default="")
    made_by_id: Mapped[str] = mapped_column(String(40))
    made_at: Mapped[datetime] = mapped_column(UtcDateTime)
    begun_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    finished_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    closed_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    announced_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    announced_by_id: Mapped[str | None] = mapped_column(String(40))
    announcement: Mapped[str] = mapped_column(Text, default="")


class Inspector(db.Model):  # type: ignore[name-defined,misc]
    """Who inspects; the name as it was then."""

    __tablename__ = "inspection_inspectors"
    inspection_id: Mapped[str] = mapped_column(ForeignKey("inspections.id"), primary_key=True)
    person_id: Mapped[str] = mapped_column(ForeignKey("people.id"), primary_key=True, index=True)
    name: Mapped[str] = mapped_column(String(60))
    org_name: Mapped[str] = mapped_column(String(120))


class Item(db.Model):  # type: ignore[name-defined,misc]
    """One item as it stands; `revision` counts what was saved, so that two people never overwrite each other."""

    __tablename__ = "inspection_items"
    inspection_id: Mapped[str] = mapped_column(ForeignKey("inspections.id"), primary_key=True)
    no: Mapped[int] = mapped_column(primary_key=True)
    title: Mapped[str] = mapped_column(String(80))
    content: Mapped[str] = mapped_column(Text)
    ways: Mapped[list] = mapped_column(Json)  # type: ignore[type-arg]
    record: Mapped[str] = mapped_column(Text, default="")
    conclusion: Mapped[str | None] = mapped_column(String(16))
    fact: Mapped[str] = mapped_column(Text, default="")
    severity: Mapped[str] = mapped_column(String(10), default="minor")
    finding_id: Mapped[str | None] = mapped_column(String(36), index=True)
    revision: Mapped[int] = mapped_column(default=0)
    by_id: Mapped[str | None] = mapped_column(String(40))
    at: Mapped[datetime | None] = mapped_column(UtcDateTime)


class ItemVersion(db.Model):  # type: ignore[name-defined,misc]
    """Insert-only: every saved state of an item, by whom and when."""

    __tablename__ = "inspection_item_versions"
    inspection_id: Mapped[str] = mapped_column(String(36), primary_key=True)
    no: Mapped[int] = mapped_column(primary_key=True)
    revision: Mapped[int] = mapped_column(primary_key=True)
    said: Mapped[dict] = mapped_column(Json)  # type: ignore[type-arg]
    by_id: Mapped[str] = mapped_column(String(40))
    at: Mapped[datetime] = mapped_column(UtcDateTime)


class Evidence(db.Model):  # type: ignore[name-defined,misc]
    """Insert-only: a photo or voice memo of an item; the same bytes stand there once."""

    __tablename__ = "inspection_evidence"
    inspection_id: Mapped[str] = mapped_column(ForeignKey("inspections.id"), primary_key=True)
    no: Mapped[int] = mapped_column(primary_key=True)
    sha256: Mapped[str] = mapped_column(String(64), primary_key=True)
    photo_id: Mapped[str] = mapped_column(String(36))
    media_type: Mapped[str] = mapped_column(String(40))
    by_id: Mapped[str] = mapped_column(String(40))
    at: Mapped[datetime] = mapped_column(UtcDateTime)


class Link(db.Model):  # type: ignore[name-defined,misc]
    """Insert-only: a record (kind check) or a finding that an item rests on; `label` is its number as shown then."""

    __tablename__ = "inspection_links"
    inspection_id: Mapped[str] = mapped_column(ForeignKey("inspections.id"), primary_key=True)
    no: Mapped[int] = mapped_column(primary_key=True)
    target_id: Mapped[str] = mapped_column(String(36), primary_key=True)
    kind: Mapped[str] = mapped_column(String(8))
    label: Mapped[str] = mapped_column(String(40))
    by_id: Mapped[str] = mapped_column(String(40))
    at: Mapped[datetime] = mapped_column(UtcDateTime)


class Signature(db.Model):  # type: ignore[name-defined,misc]
    """Insert-only: one a side and person; `way` is own, paper or refused, `objection` what the inspected side says.

    `digest` is the SHA-256 of what was signed.
    """

    __tablename__ = "inspection_signatures"
    inspection_id: Mapped[str] = mapped_column(ForeignKey("inspections.id"), primary_key=True)
    side: Mapped[str] = mapped_column(String(10), primary_key=True)
    person_id: Mapped[str] = mapped_column(String(40), primary_key=True)
    name: Mapped[str] = mapped_column(String(80))
    way: Mapped[str] = mapped_column(String(8))
    objection: Mapped[str] = mapped_column(Text, default="")
    digest: Mapped[str] = mapped_column(String(64))
    at: Mapped[datetime] = mapped_column(UtcDateTime)


class InspectionEvent(db.Model):  # type: ignore[name-defined,misc]
    """Insert-only: every change of state, who, when and why."""

    __tablename__ = "inspection_events"
    id: Mapped[int] = mapped_column(BigId, primary_key=True)
    inspection_id: Mapped[str] = mapped_column(String(36), index=True)
    kind: Mapped[str] = mapped_column(String(16))
    by_id: Mapped[str] = mapped_column(String(40))
    at: Mapped[datetime] = mapped_column(UtcDateTime)
    text: Mapped[str] = mapped_column(Text, default="")


class Addendum(db.Model):  # type: ignore[name-defined,misc]
    """Insert-only: a correction of what was announced; the announcement itself is never changed."""

    __tablename__ = "inspection_addenda"
    id: Mapped[str] = mapped_column(String(36), primary_key=True)
    inspection_id: Mapped[str] = mapped_column(ForeignKey("inspections.id"), index=True)
    text: Mapped[str] = mapped_column(Text)
    by_id: Mapped[str] = mapped_column(String(40))
    at: Mapped[datetime] = mapped_column(UtcDateTime)
