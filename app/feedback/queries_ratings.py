"""Reads of ratings: satisfaction in all, by topic, unit and point, the last words, and the leads to look into."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import Select, func, select

from app import db
from app.accounts.models import Person
from app.feedback.models import FeedbackItem, FeedbackLead
from app.feedback.rules_public import Kind
from app.feedback.rules_ratings import Excluded, Face, Satisfaction, satisfaction
from app.organisations.models import Organisation
from app.organisations.queries import scope_of, within
from app.places.models import Point
from app.web.current import CurrentPerson

MOST_WORDS_SHOWN, MOST_LEADS = 20, 100


@dataclass(frozen=True)
class Group:
    """The ratings of one topic, unit or point; `name` empty: none was chosen."""

    key: str
    name: str
    rated: Satisfaction


@dataclass(frozen=True)
class Words:
    """What somebody wrote beside a face."""

    id: str
    point: str
    face: Face
    topic: str
    words: str
    photo: str | None
    at: datetime
    excluded: str


@dataclass(frozen=True)
class Lead:
    """A low rating with words that waits for a look, or has been looked into."""

    id: str
    point: str
    face: Face
    topic: str
    words: str
    photo: str | None
    at: datetime
    due_at: datetime
    looked_at: datetime | None
    looked_by: str | None
    outcome: str
    note: str
    implementer_id: str
    responsible_id: str

    @property
    def last_day(self) -> datetime:
        """An instant of the last day that is in time; the limit itself is the midnight after it."""
        return self.due_at - timedelta(seconds=1)


@dataclass(frozen=True)
class Ratings:
    """Everything that a desk sees of ratings; groups worst first."""

    rated: Satisfaction
    topics: Sequence[Group]
    units: Sequence[Group]
    points: Sequence[Group]
    words: Sequence[Words]
    left_out: int


def ratings_within(person: CurrentPerson, since: datetime, until: datetime) -> Ratings:
    """Ratings that count within the person's reach, since and before `until`. Five queries."""
    reach = [
        FeedbackItem.kind == Kind.RATING,
        FeedbackItem.at >= since,
        FeedbackItem.at < until,
        *within(scope_of(person), FeedbackItem.implementer_id, FeedbackItem.responsible_id),
    ]
    counts = [*reach, FeedbackItem.excluded == Excluded.COUNTS]
    topics = _groups(_counted(FeedbackItem.topic, FeedbackItem.topic), counts)
    units = _groups(
        _counted(FeedbackItem.implementer_id, Organisation.name).join(
            Organisation, Organisation.id == FeedbackItem.implementer_id
        ),
        counts,
    )
    points = _groups(_counted(Point.id, Point.name).join(Point, Point.id == FeedbackItem.point_id), counts)
    left_out = select(func.count()).select_from(FeedbackItem).where(*reach, FeedbackItem.excluded != Excluded.COUNTS)
    return Ratings(
        rated=satisfaction((face, n) for group in topics for face, n in group.rated.faces.items()),
        topics=topics,
        units=units,
        points=points,
        words=_last_words(reach),
        left_out=int(db.scalar(left_out) or 0),
    )


def leads_within(person: CurrentPerson, now: datetime) -> list[Lead]:
    """Leads within reach that nobody has looked into, the oldest due first, then the last looked into."""
    reach = within(scope_of(person), FeedbackLead.implementer_id, FeedbackLead.responsible_id)
    ordered = (
        _leads().where(*reach).order_by(FeedbackLead.looked_at.isnot(None), FeedbackLead.due_at.desc(), FeedbackItem.at)
    )
    found = [_lead(row) for row in db.rows(ordered.limit(MOST_LEADS))]
    return sorted(found, key=lambda each: (each.looked_at is not None, each.due_at if each.looked_at is None else now))


def lead_by_id(item_id: str) -> Lead | None:
    """One lead."""
    found = db.row(_leads().where(FeedbackLead.item_id == item_id))
    return _lead(found) if found else None


def _leads() -> Any:
    item, lead = FeedbackItem, FeedbackLead
    return (
        select(
            item.id, Point.name, item.face, item.topic, item.words, item.photo, item.at, lead.due_at, lead.looked_at,
            Person.name, lead.outcome, lead.note, lead.implementer_id, lead.responsible_id,
        )
        .join(item, item.id == lead.item_id)
        .join(Point, Point.id == lead.point_id)
        .outerjoin(Person, Person.id == lead.looked_by_id)
    )  # fmt: skip


def _lead(row: db.AnyRow) -> Lead:
    plain: tuple[Any, ...] = tuple(row)
    return Lead(*plain[:2], Face(plain[2]), *plain[3:])  # type: ignore[call-arg]


def _counted(key: Any, name: Any) -> Select[Any]:
    counted = select(key.label("key"), name.label("name"), FeedbackItem.face, func.count().label("n"))
    return counted.select_from(FeedbackItem).group_by(key, name, FeedbackItem.face)


def _groups(statement: Select[Any], clauses: Sequence[Any]) -> list[Group]:
    faces: dict[tuple[str, str], list[tuple[int, int]]] = defaultdict(list)
    for row in db.rows(statement.where(*clauses)):
        faces[(row.key, row.name)].append((row.face, row.n))
    groups = [Group(key, name, satisfaction(counted)) for (key, name), counted in faces.items()]
    return sorted(groups, key=lambda each: (each.rated.satisfied / each.rated.n, -each.rated.n, each.name))


def _last_words(clauses: Sequence[Any]) -> list[Words]:
    item = FeedbackItem
    statement = (
        select(item.id, Point.name, item.face, item.topic, item.words, item.photo, item.at, item.excluded)
        .join(Point, Point.id == item.point_id)
        .where(*clauses, item.words != "")
        .order_by(item.at.desc())
        .limit(MOST_WORDS_SHOWN)
    )
    found = (tuple(row) for row in db.rows(statement))
    return [Words(*row[:2], Face(row[2]), *row[3:]) for row in found]  # type: ignore[call-arg]
