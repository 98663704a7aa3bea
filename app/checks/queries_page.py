"""The page of a point and a person's day, composed from reads into what a phone gets (contract 2)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from zoneinfo import ZoneInfo

from app.checks.queries_point import (
    PointHere,
    StandardAt,
    Window,
    editions_of,
    open_and_next,
    point_here,
    points_here,
    recent_checks,
    window_by_key,
    windows_of_day,
)
from app.checks.rules_meeting import DEFAULT_PROFILE, code_of, may_work, profiles_of, standard_number
from app.checks.rules_page import (
    KnownFinding,
    NextWindow,
    OpenWindow,
    PointPage,
    Unscheduled,
    page_facts,
)
from app.checks.rules_page_memo import known_steps
from app.nonconformities.queries import open_findings_at
from app.organisations.queries import scope_of
from app.refusals import Forbidden, Gone, Invalid, NotFound
from app.repairs.queries import states_of_findings
from app.schedule.queries_plan import calendar
from app.schedule.rules_days import day_type
from app.standards.queries import EditionRow
from app.standards.queries import edition as edition_of
from app.standards.queries_audio import step_audio
from app.standards.rules import Edition
from app.standards.rules_facts import facts_asked, facts_of
from app.standards.rules_review import overdue
from app.web.current import CurrentPerson
from app.web.words import lazy
from qr.payload import BadCode, read_code

Findings = Mapping[str, tuple[KnownFinding, ...]]


@dataclass(frozen=True, slots=True)
class Asked:
    """Who asks, and when."""

    person: CurrentPerson
    now: datetime
    zone: ZoneInfo

    @property
    def day(self) -> date:
        return self.now.astimezone(self.zone).date()


def page_for(
    code: str,
    person: CurrentPerson,
    now: datetime,
    zone: ZoneInfo,
    *,
    standard: str | None = None,
    profile: str | None = None,
) -> PointPage:
    """What this person may do at the point of a label code, or of the point's own code, now.

    With `standard` (full number) and `profile` the one window is a check outside the plan. Raises NotFound, Gone
    (label withdrawn) or Forbidden (out of scope).
    """
    asked = Asked(person, now, zone)
    here = _here(code, now)
    reached = _reached(here, person)
    findings = _known_at(here.point.id)
    codes = [each.code for each in reached]
    rows = editions_of(codes)
    open_now, ahead = open_and_next(here.point.id, codes, now)
    windows: tuple[OpenWindow, ...]
    if standard:
        windows = (_unscheduled(here, reached, rows, findings, asked, standard, profile or DEFAULT_PROFILE),)
    else:
        windows = tuple(open_window(window, here, findings, asked) for window in open_now)
    return PointPage(
        point=here.point,
        open=windows,
        next=_next(ahead),
        recent=recent_checks(here.point.id, codes),
        unscheduled=tuple(_offers(rows, reached, asked)),
    )


def window_for(code: str, person: CurrentPerson, now: datetime, zone: ZoneInfo, named: Mapping[str, str]) -> OpenWindow:
    """The window that a form names, whether it is open still or not; raises Invalid when there was none."""
    asked = Asked(person, now, zone)
    here = _here(code, now)
    reached = _reached(here, person)
    findings = _known_at(here.point.id)
    number = standard_number(named.get("standard", ""))
    if not named.get("window"):
        rows = editions_of([each.code for each in reached])
        return _unscheduled(here, reached, rows, findings, asked, number, named.get("profile") or DEFAULT_PROFILE)
    found = window_by_key(here.point.id, code_of(number), named["window"])
    if found is None or found.occurrence.standard_code not in {each.code for each in reached}:
        sentence = lazy("There is no such window at this point. Open the page again.")
        raise Invalid(sentence, fields={"window": sentence})
    return open_window(found, here, findings, asked)


def _known_at(point_id: str) -> Findings:
    """What is known and open here by standard; where anything is, what became of its repair order too."""
    found = open_findings_at(point_id)
    repairs = states_of_findings([each.id for several in found.values() for each in several]) if found else {}
    return {
        code: tuple(
            KnownFinding(each.id, each.step_id, each.text, each.since, repairs.get(each.id, "")) for each in several
        )
        for code, several in found.items()
    }


def pages_of_day(person: CurrentPerson, now: datetime, zone: ZoneInfo) -> list[PointPage]:
    """Everything that a person has still to do today, windows that open later included, by point."""
    asked = Asked(person, now, zone)
    windows = windows_of_day(person.id, asked.day, now)
    here = points_here({window.occurrence.point_id for window in windows})
    findings = {point_id: _known_at(point_id) for point_id in here}
    pages: dict[str, list[OpenWindow]] = {}
    for window in windows:
        point_id = window.occurrence.point_id
        done = open_window(window, here[point_id], findings[point_id], asked)
        pages.setdefault(point_id, []).append(done)
    return [PointPage(point=here[point_id].point, open=tuple(several)) for point_id, several in pages.items()]


def open_window(window: Window, here: PointHere, findings: Findings, asked: Asked) -> OpenWindow:
    """One occurrence as a phone does it."""
    due, edition = window.occurrence, edition_of(window.edition)
    facts = facts_of(
        on=due.business_on, day_type=due.day_type, profile=due.profile, window_key=due.window_key, kind=due.kind,
        attrs=here.place.attrs,
    )  # fmt: skip
    return OpenWindow(
        occurrence_id=due.id, window=due.window_key, profile=due.profile, label=due.label, kind=due.kind,
        start=due.start_at, end=due.end_at, grace_end=due.grace_end_at, expire=due.expire_at,
        claimed_by=window.claimed_by, claimed_by_id=due.claimed_by_id, state=str(due.state),
        expected_minutes=due.expected_minutes, own=asked.person.id in (due.assignee_id, due.claimed_by_id),
        others=due.assignee_id != asked.person.id, over_time=asked.now > due.grace_end_at, opens=due.open_at,
        review_overdue=_late(window.edition, asked),
        **_content(edition, {**facts, **(due.facts or {})}, here, findings, asked),
    )  # fmt: skip


def _content(
    edition: Edition, facts: Mapping[str, Any], here: PointHere, findings: Findings, asked: Asked
) -> dict[str, Any]:
    at = next((each for each in here.standards if each.code == edition.code), None)
    shown = known_steps(edition, facts, here.place)
    return {
        "standard": edition.number, "code": edition.code, "title": edition.title, "title_en": edition.title_en,
        "confirm": str(edition.confirm), "facts": page_facts(edition, facts), "ask_facts": facts_asked(edition),
        "known_findings": findings.get(edition.code, ()),
        "steps": shown.steps, "steps_digest": shown.digest, "photos": shown.photos,
        "audio": step_audio(asked.person, edition, asked.now),
        "may_submit": at is not None and may_work(asked.person, at.implementer_path),
    }  # fmt: skip


def _unscheduled(
    here: PointHere, reached: Sequence[StandardAt], rows: Sequence[EditionRow], findings: Findings, asked: Asked,
    standard: str, profile: str,
) -> OpenWindow:  # fmt: skip
    number = standard_number(standard)
    row = next((each for each in rows if each.number == number and each.in_force(asked.day)), None)
    edition = edition_of(row) if row and code_of(number) in {each.code for each in reached} else None
    if edition is None or profile not in profiles_of(edition):
        sentence = lazy("This standard is not done at this point. Open the page again.")
        raise Invalid(sentence, fields={"standard": sentence})
    kind_of_day = str(day_type(asked.day, calendar()))
    facts = facts_of(
        on=asked.day, day_type=kind_of_day, profile=profile, window_key=None, kind="regular", attrs=here.place.attrs
    )
    return OpenWindow(
        occurrence_id=None, window=None, profile=profile, label="", kind="regular", start=None, end=None,
        grace_end=None, expire=None, claimed_by=None, claimed_by_id=None, state="extra", own=False, over_time=False,
        expected_minutes=edition.expected_minutes, review_overdue=row is not None and _late(row, asked),
        **_content(edition, facts, here, findings, asked),
    )  # fmt: skip


def _late(row: EditionRow, asked: Asked) -> bool:
    """复审逾期 (rules LC-2)."""
    return overdue(row.next_review_on, asked.day, row.status)


def _here(code: str, now: datetime) -> PointHere:
    try:
        here = point_here(read_code(code), is_label=True)
    except BadCode:
        here = point_here(code.strip().upper(), is_label=False)
    if here is None:
        raise NotFound(lazy("No point has this code. Check the code on the label and type it again."))
    if not here.active or (here.life and not here.life.opens_at(now)):
        raise Gone(lazy("This label was withdrawn. Scan the new label at the point, or ask your crew leader."))
    return here


def _reached(here: PointHere, person: CurrentPerson) -> list[StandardAt]:
    """The standards of the point that this person has to do with: hands those of the own unit, others their scope."""
    if person.is_hands:
        reached = [each for each in here.standards if may_work(person, each.implementer_path)]
    else:
        scope = scope_of(person)
        reached = [each for each in here.standards if scope.reaches(each.implementer_id, each.responsible_id)]
    if not reached:
        raise Forbidden(lazy("This point belongs to another unit. You can look at its public page."))
    return reached


def _next(ahead: Window | None) -> NextWindow | None:
    if ahead is None:
        return None
    due = ahead.occurrence
    return NextWindow(due.edition, edition_of(ahead.edition).title, due.window_key, due.start_at)


def _offers(rows: Sequence[EditionRow], reached: Sequence[StandardAt], asked: Asked) -> list[Unscheduled]:
    able = {each.code for each in reached if may_work(asked.person, each.implementer_path)}
    in_force = [row for row in rows if row.code in able and row.in_force(asked.day)]
    return [Unscheduled(row.number, edition_of(row).title, profiles_of(edition_of(row))) for row in in_force]
