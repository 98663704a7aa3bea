"""Drawn lists in the demo: crews look at their own work, sections at what was drawn; today's are half done."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from random import Random
from uuid import UUID

from app.accounts.queries import person_by_id
from app.demo.actions_arrivals import SEED, Site
from app.demo.queries_history import supervisors
from app.spotchecks.actions_draws import draw, lot_of, promise
from app.spotchecks.actions_promises import daily
from app.spotchecks.actions_review import hand_in, keep_sheet
from app.spotchecks.queries_draws import find_draw
from app.spotchecks.queries_population import population
from app.spotchecks.queries_review_page import judged, review_list, review_page
from app.spotchecks.queries_selfchecks import crew_days, leaders
from app.spotchecks.queries_units import Looking
from app.spotchecks.rules_lots import NewDraw
from app.spotchecks.rules_review import NewSheet, Opinion, Reason, Verdict
from app.spotchecks.rules_selfchecks import Stage
from app.web.current import CurrentPerson, Role

LAST_DAYS = 3
DRAWN_AT = time(15, 30)
FAILS, UNSEEN = 0.06, 0.03
TODAY_LOOKED = 2
REASONS = (Reason.DIRTY, Reason.LACKING, Reason.NOT_SHOWN, Reason.OLD_PHOTO)


@dataclass(frozen=True)
class _List:
    """Whose list of which day is played, and how many of its records somebody gets to (None: all)."""

    who: CurrentPerson
    new: NewDraw
    on: date
    most: int | None


def play_lists(days: int, site: Site, now: datetime) -> None:
    """The last days through the real actions; of today's lists only the first records are looked at."""
    today = now.astimezone(site.zone).date()
    people = [person for each in (*leaders(), *supervisors()) if (person := person_by_id(each))]
    for back in range(min(days, LAST_DAYS), -1, -1):
        day, played = today - timedelta(days=back), set()
        for who in people:
            new = _list_of(who, day)
            if new and new.id not in played and (back or _ripe(who, day)):
                played.add(new.id)
                _play(_List(who, new, day, None if back else TODAY_LOOKED), site, now)


def _list_of(who: CurrentPerson, day: date) -> NewDraw | None:
    if who.role is Role.CREW_LEADER:
        return daily(day, [], [Looking(who.org_id, who.crew_id)])[0] if who.crew_id else None
    return daily(day, [Looking(who.org_id)], [])[0]


def _ripe(who: CurrentPerson, day: date) -> bool:
    """A crew's list of today waits for half of the day, as it does outside the demo."""
    return who.role is not Role.CREW_LEADER or any(each.stage is Stage.READY for each in crew_days(who, day))


def _play(each: _List, site: Site, now: datetime) -> None:
    """Promised in the morning, drawn in the afternoon, looked at before the evening; with nothing done, no list."""
    morning = datetime.combine(each.on, time(0, 5), site.zone)
    at = min(datetime.combine(each.on, DRAWN_AT, site.zone), now)
    promise(each.new, morning, site.zone)
    row = find_draw(each.new.id)
    if row is None or row.drawn_at is not None or not population(lot_of(row)):
        return
    draw(each.new.id, at, site.zone)
    _look(each, site, at, now)


def _look(each: _List, site: Site, at: datetime, now: datetime) -> None:
    chance = Random(f"{SEED}:list:{each.new.lot}")  # noqa: S311  believable, not secret
    for item_id in review_list(each.new.id, each.who).order[: each.most]:
        at = min(at + timedelta(minutes=chance.randint(2, 9)), now)
        page = review_page(item_id, each.who)
        asked = [step.answer.step_id for step in judged(page.record)]
        number = str(UUID(int=chance.getrandbits(128), version=4))
        form = NewSheet(number, at - timedelta(minutes=1), tuple(_opinion(step, chance) for step in asked))
        keep_sheet(page, asked, form, each.who, at)
    if each.most is None:
        hand_in(each.new.id, each.who, at, site.zone)


def _opinion(step: str, chance: Random) -> Opinion:
    """Nearly all conforms; one record in some ten has a step that does not."""
    roll = chance.random()
    if roll < FAILS / 4:
        return Opinion(step, Verdict.FAILS, chance.choice(REASONS))
    if roll < (FAILS + UNSEEN) / 4:
        return Opinion(step, Verdict.UNSEEN, Reason.BLURRED)
    return Opinion(step, Verdict.CONFORMS)
