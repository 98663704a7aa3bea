"""Plans and draws in the demo: two lots drawn and looked at, looks on site, hearings at every stage, draws ahead."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime, time, timedelta
from random import Random
from uuid import UUID

from app.accounts.queries import person_by_id
from app.days import ONE_DAY
from app.demo.actions_arrivals import SEED, Site
from app.spotchecks.actions_draws import draw
from app.spotchecks.actions_hearing import do
from app.spotchecks.actions_plans import make_plan
from app.spotchecks.actions_promises import promise_due
from app.spotchecks.actions_reviews import keep_review
from app.spotchecks.queries_draws import draws_of, items_of
from app.spotchecks.queries_onsite import holding
from app.spotchecks.queries_reviews import find_review, said_in, unsettled_reviews
from app.spotchecks.rules_hearing import Deed
from app.spotchecks.rules_opinions import NewReview, Way
from app.spotchecks.rules_plans import PlanForm
from app.spotchecks.rules_review import Opinion, Reason, Verdict
from app.web.current import CurrentPerson

SECTION, INSPECTOR, SECOND = "wk-19", "wk-23", "wk-22"
RESTROOMS, PANTRIES = "JGSW05003.01", "JGSW05003.02"
FAILS = 0.012
LOOKS_AT = (time(9, 20), time(10, 40), time(14, 50))
ACCOUNT = "当时已按标准做完，之后有人使用，地面又湿了。"
STANDS, WITHDRAWN = "照片与现场不符，台面未擦。", "复看监控，做完后才弄脏，记录属实。"


def play_draws(days: int, site: Site, now: datetime) -> None:
    """Two halves of the history drawn at random and looked at; the running month is promised by its plans."""
    today = now.astimezone(site.zone).date()
    half = max(1, min(days, 60) // 2)
    section, inspector = _person(SECTION), _person(INSPECTOR)
    for nth, code in enumerate((RESTROOMS, PANTRIES), 1):
        last = today - ONE_DAY - (2 - nth) * half * ONE_DAY
        _lot(nth, code, last - (half - 1) * ONE_DAY, last, site, now)
    for nth in range(1, min(days, 3) + 1):
        _looks(today - nth * ONE_DAY, site, now)
    _hearings(inspector, site, now)
    for nth, form in enumerate(_ahead(), 1):
        make_plan(form, section if nth == 1 else inspector, now - timedelta(minutes=nth), site.zone)
    promise_due(now, site.zone)


def _person(person_id: str) -> CurrentPerson:
    found = person_by_id(person_id)
    if found is None:
        raise LookupError(person_id)
    return found


def _plan(nth: int, title: str, **values: object) -> PlanForm:
    plan_id = str(UUID(int=Random(f"{SEED}:plan:{nth}").getrandbits(128), version=4))  # noqa: S311
    usual: dict[str, object] = {"kind": "supervision", "mode": "desk", "method": "simple", "rhythm": "monthly"}
    usual |= {"scope": "lots", "implementer_id": "", "standard_code": "", "area_id": "", "from_on": None, "to_on": None}
    return PlanForm(id=plan_id, title=title, **(usual | {"size": "S-3"} | values))  # type: ignore[arg-type]


def _ahead() -> Iterator[PlanForm]:
    yield _plan(11, "社会化服务单位每月监督检查", standard_code=RESTROOMS, size="II")
    yield _plan(12, "重点区域每月抽查", kind="spot", method="weighted", scope="bureau", size="40")
    yield _plan(13, "每天现场核查", kind="spot", mode="onsite", rhythm="daily", scope="bureau", size="6")


def _lot(nth: int, code: str, first: date, last: date, site: Site, now: datetime) -> None:
    """A plan made before its first day, drawn after its last, looked at on the next day."""
    inspector = _person(INSPECTOR)
    made = datetime.combine(first, time(0, 1), site.zone)
    form = _plan(
        nth, f"保洁抽查（第 {nth} 批）", rhythm="irregular", standard_code=code, from_on=first, to_on=last, size="32"
    )
    make_plan(form, inspector, made, site.zone)
    for row in draws_of(inspector, drawn=False):
        if row.plan_id == form.id:
            at = min(row.closes_at + timedelta(minutes=5), now)
            draw(row.id, at, site.zone)
            _reviews(row.id, at, site, now)


def _reviews(draw_id: str, at: datetime, site: Site, now: datetime) -> None:
    chance = Random(f"{SEED}:reviews:{draw_id}")  # noqa: S311
    at += timedelta(hours=9)
    for item in items_of(draw_id):
        at = min(at + timedelta(minutes=chance.randint(1, 5)), now)
        new = NewReview(_uuid(chance), Way.DESK, item.check_id, _said(item.check_id, chance), item.id)
        keep_review(new, _person(INSPECTOR), at, site.zone)


def _looks(day: date, site: Site, now: datetime) -> None:
    """A walk through the house: whatever holds at that moment is looked at."""
    chance = Random(f"{SEED}:looks:{day}")  # noqa: S311
    for moment in LOOKS_AT:
        at = min(datetime.combine(day, moment, site.zone), now)
        for each in holding(_person(SECOND), at)[:2]:
            new = NewReview(_uuid(chance), Way.ONSITE, each.check_id, _said(each.check_id, chance))
            keep_review(new, _person(SECOND), at, site.zone)


def _said(check_id: str, chance: Random) -> tuple[Opinion, ...]:
    return tuple(
        Opinion(each.step_id, Verdict.FAILS, Reason.DIRTY, "台面有水渍，地漏边有头发。")
        if each.result == "pass" and chance.random() < FAILS
        else Opinion(each.step_id, Verdict.CONFORMS)
        for each in said_in(check_id)
    )


def _hearings(inspector: CurrentPerson, site: Site, now: datetime) -> None:
    """One stands, one is taken back, one is called untrue and appealed; the rest wait."""
    ways = ((Deed.STANDS, STANDS), (Deed.WITHDRAW, WITHDRAWN), (Deed.UNTRUE, STANDS))
    for review, (deed, words) in zip(unsettled_reviews(inspector), ways, strict=False):
        found = find_review(review.id)
        if found is None or found.kind == Way.SELF or found.by_id == found.executor_id:
            continue
        at = min(found.at + timedelta(hours=6), now)
        do(Deed.HEAR, review.id, ACCOUNT, _person(found.executor_id), at, site.zone)
        do(deed, review.id, words, inspector, at, site.zone)
        if deed is Deed.UNTRUE:
            do(Deed.APPEAL, review.id, ACCOUNT, _person(found.executor_id), at, site.zone)


def _uuid(chance: Random) -> str:
    return str(UUID(int=chance.getrandbits(128), version=4))
