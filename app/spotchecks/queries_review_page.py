"""What a reviewer has in front of them: the list with its progress, or one record with everything to judge it by."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from app.checks.queries import find_check
from app.checks.queries_record import Record, StepShown, record_of
from app.photos.rules import Part
from app.refusals import Forbidden, NotFound
from app.spotchecks import queries_review as queries
from app.spotchecks.queries_review import Drawn, EarlierPicture, ListHead
from app.spotchecks.rules import Kind, Mode, is_independent, may_look
from app.spotchecks.rules_review import Opinion, Sheet, last_of, next_open, standing
from app.web.current import CurrentPerson
from app.web.words import lazy

NO_LIST = lazy("There is no such list, or it belongs to another unit.")
NOT_YOURS = lazy("Somebody else looks at this record: you did it yourself, or your unit did.")
AHEAD = 4


@dataclass(frozen=True, slots=True)
class OnList:
    """A record on the list with what was said of it: `sheet` stands, `reviewed_by` has handed theirs in."""

    drawn: Drawn
    sheet: Sheet | None
    reviewed_by: str | None
    mine: bool

    @property
    def done(self) -> bool:
        return self.sheet is not None or self.reviewed_by is not None


@dataclass(frozen=True, slots=True)
class ReviewList:
    """The list as one reviewer sees it: `theirs` are the records that this person may judge, in order."""

    head: ListHead
    all: tuple[OnList, ...]
    sheets: tuple[Sheet, ...]
    person_id: str

    @property
    def theirs(self) -> list[OnList]:
        return [each for each in self.all if each.mine]

    @property
    def order(self) -> list[str]:
        return [each.drawn.id for each in self.theirs]

    @property
    def done(self) -> int:
        return sum(each.done for each in self.theirs)

    @property
    def to_hand_in(self) -> list[Sheet]:
        """The own sheets that stand and were not handed in."""
        return [each.sheet for each in self.all if each.sheet and not each.reviewed_by and self._own(each.sheet)]

    @property
    def undoable(self) -> Sheet | None:
        return last_of(self.sheets, self.person_id)

    def next_after(self, here: str | None) -> str | None:
        """The next record still to be looked at."""
        return next_open(self.order, here, {each.drawn.id: each.done for each in self.theirs})

    def beside(self, here: str) -> tuple[str | None, str | None]:
        """The records before and after, looked at or not."""
        order = self.order
        at = order.index(here)
        return (order[at - 1] if at else None), (order[at + 1] if at + 1 < len(order) else None)

    def _own(self, sheet: Sheet) -> bool:
        return sheet.by_id == self.person_id


@dataclass(frozen=True, slots=True)
class ReviewPage:
    """One record of the list; `earlier` maps a step to how it looked here before."""

    whole: ReviewList
    here: OnList
    record: Record
    earlier: Mapping[str, Sequence[EarlierPicture]]
    next_pictures: Sequence[str]

    @property
    def place(self) -> int:
        """1 for the first record of the list."""
        return self.whole.order.index(self.here.drawn.id) + 1

    @property
    def said(self) -> Mapping[str, Opinion]:
        sheet = self.here.sheet
        return {each.step_id: each for each in sheet.opinions} if sheet else {}

    @property
    def steps(self) -> list[StepShown]:
        """What can be judged from here first: pictures, then readings and words, then plain ticks."""
        return sorted(judged(self.record), key=_worth)


def judged(record: Record) -> list[StepShown]:
    """The steps that a reviewer speaks of: those that applied."""
    return [each for each in record.steps if each.answer.applicable]


def review_list(draw_id: str, who: CurrentPerson) -> ReviewList:
    """The list with its progress. Raises NotFound when it is not drawn or lies out of reach. Four queries."""
    head = queries.list_head(draw_id)
    kind = Kind(head.kind) if head else None
    if head is None or kind is None or not may_look(who, head.owner_path, kind, head.crew_id):
        raise NotFound(NO_LIST)
    if kind is not Kind.SELF and head.mode != Mode.DESK:
        raise NotFound(lazy("This list is looked at on site, not at the desk."))
    sheets, reviewed = queries.sheets_of_draw(draw_id), queries.reviewed_of(draw_id)
    by_item: dict[str, list[Sheet]] = {}
    for sheet in sheets:
        by_item.setdefault(sheet.item_id, []).append(sheet)
    everything = tuple(
        OnList(
            each, standing(by_item.get(each.id, [])), reviewed.get(each.id), is_independent(who, each.executed, kind)
        )
        for each in queries.drawn_of(draw_id)
    )
    return ReviewList(head, everything, tuple(sheets), who.id)


def review_page(item_id: str, who: CurrentPerson) -> ReviewPage:
    """One record to judge. Raises NotFound out of reach, Forbidden when the reviewer is not independent."""
    drawn = queries.drawn_by_id(item_id)
    if drawn is None:
        raise NotFound(NO_LIST)
    found = review_list(drawn.draw_id, who)
    here = next(each for each in found.all if each.drawn.id == item_id)
    if not here.mine:
        raise Forbidden(NOT_YOURS)
    check = find_check(drawn.check_id)
    if check is None:
        raise NotFound(NO_LIST)
    record = record_of(check)
    pictured = [each.answer.step_id for each in record.steps if each.photos]
    return ReviewPage(
        found, here, record,
        queries.earlier_pictures(drawn.point_id, drawn.standard_code, pictured, _first(check.received_at, record)),
        _ahead(found, item_id),
    )  # fmt: skip


def _ahead(found: ReviewList, here: str) -> list[str]:
    following = found.next_after(here)
    drawn = next((each.drawn for each in found.all if each.drawn.id == following and following != here), None)
    return queries.pictures_of(drawn.check_id, AHEAD) if drawn else []


def _first(received_at: datetime, record: Record) -> datetime:
    """When the first picture of the record came: the earlier ones are from before."""
    return min([received_at, *(photo.received_at for each in record.steps for photo in each.photos)])


def _worth(shown: StepShown) -> tuple[int, int]:
    if any(photo.part in (Part.EVIDENCE, Part.AFTER, Part.RETAKE) for photo in shown.photos):
        return 0, shown.answer.position
    spoken = shown.answer.value is not None or shown.answer.text or shown.answer.choice or shown.answer.note
    return (1 if spoken or shown.photos or shown.answer.result != "pass" else 2), shown.answer.position
