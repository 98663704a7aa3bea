"""Fill in the items: conclusions, evidence, linked records, findings into the common loop."""

from __future__ import annotations

from datetime import date, datetime, tzinfo

from sqlalchemy import insert, update

from app.db import run
from app.inspections.actions_moves import hold, note
from app.inspections.models import Evidence, Item, ItemVersion, Link
from app.inspections.queries import Head, evidence_of, item_of, links_of
from app.inspections.queries_records import record_by_number
from app.inspections.rules import State, may_inspect
from app.inspections.rules_items import Clash, Conclusion, ItemView, Said, Saved, faults
from app.nonconformities.actions_register import register
from app.nonconformities.rules import FindingSource, NewFinding
from app.photos.actions import staged, sync
from app.photos.rules import KeptPhoto, Part, PhotoOwner, PhotoUse, refusal
from app.photos.rules import Verdict as PhotoVerdict
from app.photos.store_protocol import PhotoStore
from app.photos.writes import rows_for_check
from app.refusals import Conflict, Forbidden, Invalid
from app.web.current import CurrentPerson
from app.web.words import lazy

MOST_EVIDENCE = 20


def at_work(head: Head, who: CurrentPerson) -> None:
    """Raises Forbidden for those who do not inspect, Conflict when it is not under way."""
    if not may_inspect(who, head.subject):
        raise Forbidden(lazy("Only its inspectors fill in this inspection."))
    if head.state is not State.UNDER_WAY or not hold(head):
        raise Conflict(lazy("The inspection is not under way; nothing was changed."))


def save_item(head: Head, no: int, revision: int, said: Said, who: CurrentPerson, now: datetime) -> Saved | Clash:
    """Keep what an inspector says of an item, unless somebody else saved it since `revision`. Raises Invalid."""
    at_work(head, who)
    item = item_of(head.id, no)
    if item.said == said:
        return Saved(item.revision, item.at)
    if item.revision != revision:
        return Clash(item)
    if found := faults(said, registered=item.finding_id is not None):
        raise Invalid(lazy("Not kept yet."), fields=found)
    plain = {
        "ways": [str(way) for way in said.ways], "record": said.record, "fact": said.fact, "severity": said.severity,
        "conclusion": str(said.conclusion) if said.conclusion else None,
    }  # fmt: skip
    here = (Item.inspection_id == head.id, Item.no == no, Item.revision == revision)
    stamp = {"revision": revision + 1, "by_id": who.id, "at": now}
    if run(update(Item).where(*here).values(**plain, **stamp)).rowcount != 1:
        return Clash(item_of(head.id, no))
    run(insert(ItemVersion).values(inspection_id=head.id, no=no, said=plain, **stamp))
    return Saved(revision + 1, now)


def keep_evidence(head: Head, no: int, kept: KeptPhoto, who: CurrentPerson, store: PhotoStore, now: datetime) -> None:
    """Put a photo or voice memo to an item; the same bytes again change nothing."""
    at_work(head, who)
    item_of(head.id, no)
    before = evidence_of(head.id)[no]
    if any(each.sha256 == kept.sha256 for each in before):
        return
    if len(before) >= MOST_EVIDENCE:
        raise Invalid(lazy("At most %(n)d photos and memos an item.", n=MOST_EVIDENCE))
    own = staged(store, [kept.id], person_id=who.id, day=kept.day, pictures=kept.is_picture)
    if kept.id not in own:
        raise refusal(PhotoVerdict.EMPTY)
    owner = PhotoOwner(head.id, who.id, "", "", head.unit_id, head.responsible_id)
    rows_for_check([PhotoUse(own[kept.id], Part.INSPECTION, None)], owner, at=now)
    values = {"sha256": kept.sha256, "photo_id": kept.id, "media_type": kept.media_type, "by_id": who.id, "at": now}
    run(insert(Evidence).values(inspection_id=head.id, no=no, **values))
    sync(store, own.values())


def link_record(head: Head, no: int, number: str, who: CurrentPerson, now: datetime) -> None:
    """Link a record or a finding by its number; raises Invalid when there is none within reach."""
    at_work(head, who)
    item_of(head.id, no)
    found = record_by_number(number, who) if number else None
    if found is None:
        sentence = lazy("No record and no finding has this number.")
        raise Invalid(sentence, fields={"number": sentence})
    if all(each.target_id != found.id for each in links_of(head.id)[no]):
        values = {"kind": found.kind, "target_id": found.id, "label": found.label, "by_id": who.id, "at": now}
        run(insert(Link).values(inspection_id=head.id, no=no, **values))


def register_now(head: Head, no: int, who: CurrentPerson, now: datetime, zone: tzinfo) -> None:
    """A nonconforming item becomes a finding at once, because something must be done today."""
    at_work(head, who)
    item = item_of(head.id, no)
    if item.said.conclusion is not Conclusion.NONCONFORMING:
        raise Invalid(lazy("Only a nonconforming item becomes a finding."))
    register_item(head, item, who, now, zone)


def register_item(head: Head, item: ItemView, who: CurrentPerson, now: datetime, zone: tzinfo) -> None:
    """Into the same loop as all findings, once (002 annex 2, four)."""
    if item.finding_id:
        return
    pictures = tuple(each.sha256 for each in evidence_of(head.id)[item.no] if each.media_type.startswith("image/"))
    new = NewFinding(
        source=FindingSource.SUPERVISION, source_id=head.id, implementer_id=head.unit_id,
        responsible_id=head.responsible_id, severity=item.said.severity, text=item.said.fact.strip(),
        step_title=item.title, photos=pictures, found_by_id=who.id, at=now, key=f"inspection:{head.id}:{item.no}",
    )  # fmt: skip
    registered = register(new, zone=zone)
    run(update(Item).where(Item.inspection_id == head.id, Item.no == item.no).values(finding_id=registered.id))
    note(head.id, "finding", who.id, now, registered.number)


def day_of(now: datetime, zone: tzinfo) -> date:
    """The folder of what is kept now."""
    return now.astimezone(zone).date()
