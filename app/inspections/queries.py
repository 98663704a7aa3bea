"""Reads of one inspection: heading, items, evidence, signatures, history; scoped to who asks."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Any

from sqlalchemy import func, select

from app import db
from app.accounts.models import Person
from app.inspections.models import (
    Addendum,
    Evidence,
    Inspection,
    InspectionEvent,
    Inspector,
    Item,
    Link,
    Signature,
)
from app.inspections.rules import KINDS, Kind, Occasion, State, Subject, Target, may_see
from app.inspections.rules_items import Conclusion, ItemView, Overall, Said, Way, counted, signed_content
from app.organisations.models import Organisation
from app.refusals import NotFound
from app.web.current import CurrentPerson
from app.web.words import lazy

NOT_THERE = lazy("There is no such inspection, or it is not open to you.")


@dataclass(frozen=True, slots=True)
class Member:
    """An inspector as named; `external_of` is the outside body, `ends_at` when that account ends."""

    id: str
    name: str
    org_name: str
    external_of: str | None = None
    ends_at: datetime | None = None


@dataclass(frozen=True)
class Head:
    """An inspection without its items."""

    id: str
    number: str
    occasion: Occasion
    unit_id: str
    unit_name: str
    unit_path: str
    unit_kind: str
    unit_parent_id: str | None
    post: str
    on: date
    basis: str
    template_id: str
    template_version: int
    template_title: str
    template_source: str
    state: State
    conclusion: Overall | None
    summary: str
    made_by_id: str
    begun_at: datetime | None
    finished_at: datetime | None
    closed_at: datetime | None
    announced_at: datetime | None
    announced_by_id: str | None
    announced_by_name: str | None
    announcement: str
    members: tuple[Member, ...] = ()

    @property
    def kind(self) -> Kind:
        return KINDS[self.occasion]

    @property
    def target(self) -> Target:
        return Target(self.unit_id, self.unit_path, self.unit_kind)

    @property
    def subject(self) -> Subject:
        return Subject(self.target, self.occasion, self.state, frozenset(each.id for each in self.members))

    @property
    def responsible_id(self) -> str:
        """A contractor is answered for by the unit above it, every other unit by itself."""
        return (self.unit_parent_id or self.unit_id) if self.unit_kind == "contractor" else self.unit_id

    def digest(self, items: list[ItemView]) -> str:
        """What both sides sign."""
        head = {"number": self.number, "unit": self.unit_id, "post": self.post, "on": self.on.isoformat()}
        return signed_content({**head, "conclusion": str(self.conclusion), "summary": self.summary}, items)


_BY = select(Person.id, Person.name).subquery()
HEAD = (
    select(
        Inspection.id, Inspection.number, Inspection.occasion, Inspection.unit_id,
        Organisation.name, Organisation.path, Organisation.kind, Organisation.parent_id,
        Inspection.post, Inspection.on, Inspection.basis, Inspection.template_id, Inspection.template_version,
        Inspection.template_title, Inspection.template_source, Inspection.state, Inspection.conclusion,
        Inspection.summary, Inspection.made_by_id, Inspection.begun_at, Inspection.finished_at, Inspection.closed_at,
        Inspection.announced_at, Inspection.announced_by_id, _BY.c.name.label("announced_by_name"),
        Inspection.announcement,
    )
    .join(Organisation, Organisation.id == Inspection.unit_id)
    .join(_BY, _BY.c.id == Inspection.announced_by_id, isouter=True)
)  # fmt: skip


def heads(statement: Any) -> list[Head]:
    """The rows of a narrowed `HEAD` with their inspectors."""
    found = list(db.rows(statement))
    named = members_of([row.id for row in found])
    return [_head(row, named.get(row.id, ())) for row in found]


def _head(row: db.AnyRow, members: tuple[Member, ...]) -> Head:
    plain: list[Any] = list(row)
    plain[2], plain[15] = Occasion(row.occasion), State(row.state)
    plain[16] = Overall(row.conclusion) if row.conclusion else None
    return replace(Head(*plain), members=members)


def members_of(ids: list[str]) -> Mapping[str, tuple[Member, ...]]:
    """Inspection -> its inspectors."""
    statement = (
        select(
            Inspector.inspection_id, Inspector.person_id, Inspector.name, Inspector.org_name, Person.external_of,
            Person.ends_at,
        )
        .join(Person, Person.id == Inspector.person_id)
        .where(Inspector.inspection_id.in_(ids))
        .order_by(Inspector.person_id)
    )  # fmt: skip
    found: dict[str, tuple[Member, ...]] = defaultdict(tuple)
    for row in db.rows(statement):
        found[row.inspection_id] += (Member(*tuple(row)[1:]),)
    return found


def found_head(inspection_id: str) -> Head | None:
    """The inspection, whoever asks."""
    found = heads(HEAD.where(Inspection.id == inspection_id))
    return found[0] if found else None


def head_for(inspection_id: str, who: CurrentPerson) -> Head:
    """The inspection as far as this person may see it; raises NotFound for all others alike."""
    head = found_head(inspection_id)
    if head is None or not may_see(who, head.subject):
        raise NotFound(NOT_THERE)
    return head


_ITEM = select(
    Item.no, Item.title, Item.content, Item.ways, Item.record, Item.conclusion, Item.fact, Item.severity,
    Item.revision, Item.finding_id, func.coalesce(Person.name, Item.by_id, "").label("by_name"), Item.at,
).join(Person, Person.id == Item.by_id, isouter=True)  # fmt: skip


def items_of(inspection_id: str) -> list[ItemView]:
    """The items in order."""
    return [_item(row) for row in db.rows(_ITEM.where(Item.inspection_id == inspection_id).order_by(Item.no))]


def item_of(inspection_id: str, no: int) -> ItemView:
    """One item; raises NotFound."""
    found = db.row(_ITEM.where(Item.inspection_id == inspection_id, Item.no == no))
    if found is None:
        raise NotFound(lazy("There is no such item in this inspection."))
    return _item(found)


def _item(row: db.AnyRow) -> ItemView:
    conclusion = Conclusion(row.conclusion) if row.conclusion else None
    said = Said(tuple(Way(way) for way in row.ways), row.record, conclusion, row.fact, row.severity)
    return ItemView(row.no, row.title, row.content, said, row.revision, row.finding_id, row.by_name, row.at)


def tally(items: list[ItemView]) -> dict[str, int]:
    """How many items stand where."""
    return counted(item.said.conclusion for item in items)


def evidence_of(inspection_id: str) -> dict[int, list[db.AnyRow]]:
    """Item -> photos and memos (sha256, media_type, by_id, at) in order of arrival."""
    columns = (Evidence.no, Evidence.sha256, Evidence.media_type, Evidence.photo_id, Evidence.by_id, Evidence.at)
    return _by_item(
        select(*columns).where(Evidence.inspection_id == inspection_id).order_by(Evidence.at, Evidence.sha256)
    )


def links_of(inspection_id: str) -> dict[int, list[db.AnyRow]]:
    """Item -> linked records (kind, target_id, label)."""
    columns = (Link.no, Link.kind, Link.target_id, Link.label)
    return _by_item(select(*columns).where(Link.inspection_id == inspection_id).order_by(Link.at, Link.target_id))


def _by_item(statement: Any) -> dict[int, list[db.AnyRow]]:
    found: dict[int, list[db.AnyRow]] = defaultdict(list)
    for row in db.rows(statement):
        found[row.no].append(row)
    return found


def signatures_of(inspection_id: str) -> list[db.AnyRow]:
    """Signatures of both sides: side, person_id, name, way, objection, digest, at."""
    columns = (Signature.side, Signature.person_id, Signature.name, Signature.way, Signature.objection)
    statement = select(*columns, Signature.digest, Signature.at).where(Signature.inspection_id == inspection_id)
    return list(db.rows(statement.order_by(Signature.at, Signature.side)))


def events_of(inspection_id: str) -> list[db.AnyRow]:
    """What was done: kind, by_name, at, text; the oldest first."""
    columns = (InspectionEvent.kind, InspectionEvent.at, InspectionEvent.text)
    statement = (
        select(*columns, func.coalesce(Person.name, InspectionEvent.by_id).label("by_name"))
        .join(Person, Person.id == InspectionEvent.by_id, isouter=True)
        .where(InspectionEvent.inspection_id == inspection_id)
    )
    return list(db.rows(statement.order_by(InspectionEvent.at, InspectionEvent.id)))


def addenda_of(ids: list[str]) -> dict[str, list[db.AnyRow]]:
    """Inspection -> its addenda (text, by_name, at), the oldest first."""
    statement = (
        select(Addendum.inspection_id, Addendum.id, Addendum.text, Addendum.at, Person.name.label("by_name"))
        .join(Person, Person.id == Addendum.by_id, isouter=True)
        .where(Addendum.inspection_id.in_(ids))
    )
    found: dict[str, list[db.AnyRow]] = defaultdict(list)
    for row in db.rows(statement.order_by(Addendum.at, Addendum.id)):
        found[row.inspection_id].append(row)
    return found
