"""Inspections in the demo's history: one announced with its findings, one closed, one under way, two ahead."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, time, timedelta
from random import Random
from typing import Any
from uuid import UUID

from app import clock
from app.accounts.queries import person_by_id
from app.demo.actions import PASSWORD
from app.demo.actions_arrivals import SEED, Site
from app.demo.compound import content
from app.demo.pictures import Subject, drawn
from app.inspections import queries
from app.inspections.actions_announcing import add_addendum, announce
from app.inspections.actions_externals import Invitation, invite
from app.inspections.actions_items import keep_evidence, save_item
from app.inspections.actions_planning import Plan, begin, plan
from app.inspections.actions_signing import Wish as Signing
from app.inspections.actions_signing import finish, sign
from app.inspections.rules import Occasion
from app.inspections.rules_items import Conclusion, Overall, Said, Way
from app.inspections.rules_signing import Side, SignWay
from app.nonconformities.actions_deeds import do
from app.nonconformities.actions_here import Here
from app.nonconformities.queries_one import standing
from app.nonconformities.rules_deeds import Deed
from app.nonconformities.rules_wish import Wish
from app.photos.actions import keep
from app.photos.rules import KeptPhoto, Upload
from app.web.current import CurrentPerson

TOLD = content("inspections")
BEFORE = timedelta(days=3)


@dataclass
class _Stage:
    """One inspection being played, with the clock that only goes on."""

    story: Mapping[str, Any]
    site: Site
    now: datetime
    chance: Random
    id: str

    def who(self, name: str) -> CurrentPerson:
        found = person_by_id(self.story.get(name, name))
        if found is None:
            raise LookupError(name)
        return found

    def head(self) -> queries.Head:
        found = queries.found_head(self.id)
        if found is None:
            raise LookupError(self.id)
        return found

    def fresh_id(self) -> str:
        return str(UUID(int=self.chance.getrandbits(128), version=4))

    def picture(self, what: str, who: CurrentPerson, at: datetime) -> KeptPhoto:
        local = at.astimezone(self.site.zone)
        photo_id = self.fresh_id()
        body = drawn(Subject("office", self.head().unit_name, what, f"{local:%Y-%m-%d %H:%M}", photo_id))
        upload, most = Upload(photo_id, body, who.id), self.site.max_photo_bytes
        return keep(self.site.store, upload, max_bytes=most, now=at, day=local.date())[0]


def play_inspections(site: Site, now: datetime) -> None:
    """Each story through the real actions, at the hours of an office."""
    for number, story in enumerate(TOLD["stories"]):
        chance = Random(f"{SEED}:inspection:{number}")  # noqa: S311  believable, not secret
        stage = _Stage(story, site, now, chance, str(UUID(int=chance.getrandbits(128), version=4)))
        _play(stage, min(_hour(site, now, story["days"]), now - timedelta(minutes=50)))


def _hour(site: Site, now: datetime, days: int) -> datetime:
    """Half past nine on a working day."""
    day = now.astimezone(site.zone).date() + timedelta(days=days)
    while day.weekday() > 4 and days != 0:
        day += timedelta(days=1 if days > 0 else -1)
    return datetime.combine(day, time(9, 30), site.zone)


def _play(stage: _Stage, at: datetime) -> None:
    story, by, zone = stage.story, stage.who("by"), stage.site.zone
    on = _hour(stage.site, stage.now, story["days"]).date()
    unit = (story["unit"], story["template"], story["post"], on, story["basis"], tuple(story["team"]))
    made_at = min(at - BEFORE, stage.now - BEFORE)
    plan(Plan(stage.id, Occasion(story["occasion"]), *unit), by, made_at, zone)
    if "external" in story:
        _invite(stage, story["external"], by)
    if "bad" not in story:
        return
    begin(stage.head(), by, at)
    _fill(stage, by, at)
    if "conclusion" in story:
        _close(stage, by, at + timedelta(hours=2))


def _invite(stage: _Stage, outsider: Mapping[str, Any], by: CurrentPerson) -> None:
    last_on = stage.now.astimezone(stage.site.zone).date() + timedelta(days=outsider["days"])
    wish = Invitation(outsider["account"], outsider["name"], outsider["body"], last_on)
    with clock.at(stage.now):
        invite(stage.head(), wish, PASSWORD, by, stage.now, stage.site.zone)


def _fill(stage: _Stage, by: CurrentPerson, at: datetime) -> None:
    bad, absent = stage.story["bad"], stage.story.get("not_applicable", ())
    for item in queries.items_of(stage.id)[: stage.story.get("filled")]:
        at += timedelta(minutes=stage.chance.randint(4, 8))
        ways = tuple(sorted(stage.chance.sample(list(Way), 2), key=list(Way).index))
        said = Said(ways, stage.chance.choice(TOLD["fine"]), Conclusion.CONFORMS)
        if item.no in absent:
            said = Said((Way.ASK,), TOLD["not_applicable"], Conclusion.NOT_APPLICABLE)
        if str(item.no) in bad:
            fact, severity = bad[str(item.no)]
            said = Said(ways, said.record, Conclusion.NONCONFORMING, fact, severity)
            photo = stage.picture(item.title, by, at)
            keep_evidence(stage.head(), item.no, photo, by, stage.site.store, at)
        save_item(stage.head(), item.no, 0, said, by, at)


def _close(stage: _Stage, by: CurrentPerson, at: datetime) -> None:
    story = stage.story
    finish(stage.head(), Overall(story["conclusion"]), story["summary"], by, at, stage.site.zone)
    digest = stage.head().digest(queries.items_of(stage.id))
    sign(stage.head(), Signing(Side.INSPECTORS, SignWay.OWN, digest), by, at + timedelta(minutes=3))
    words = story.get("objection", "")
    unit = Signing(Side.INSPECTED, SignWay.OWN, digest, objects=bool(words), words=words)
    sign(stage.head(), unit, stage.who("signer"), at + timedelta(minutes=20))
    items = [item for item in queries.items_of(stage.id) if item.finding_id]
    for item, deeds in zip(items, story.get("findings", ()), strict=False):
        _rectify(stage, str(item.finding_id), deeds, at)
    office, told_at = stage.who("std-01"), at + timedelta(days=2)
    if "announcement" in story and told_at < stage.now:
        announce(stage.head(), story["announcement"], office, told_at)
        later = told_at + timedelta(days=1)
        add_addendum(stage.head(), stage.fresh_id(), story["addendum"], office, min(later, stage.now))


def _rectify(stage: _Stage, finding_id: str, deeds: list[dict[str, Any]], found_at: datetime) -> None:
    """What became of a finding, deed by deed, hours counted from the end of the inspection."""
    for deed in deeds:
        who, at = stage.who(deed["by"]), found_at + timedelta(hours=deed["after"])
        if at >= stage.now:
            return
        said = {name: value for name, value in deed.items() if name not in ("deed", "by", "after", "photo")}
        photos = (stage.picture("整改后", who, at).id,) if deed.get("photo") else ()
        wish = Wish(stage.fresh_id(), standing([finding_id])[0].version, photos=photos, **said)
        here = Here(at, stage.site.zone, stage.site.store, sync=False)
        do(finding_id, Deed(deed["deed"]), wish, who, here)
