"""Figures of a report against a recount of its own; the freeze, late syncs, addenda, editions, units without data."""

from collections import Counter
from datetime import date, datetime, timedelta

import pytest
from sqlalchemy import update

from app.accounts.queries import person_by_id
from app.chain.models import ChainVerification
from app.db import atomically, run
from app.halfyear.actions import paper_digest
from app.halfyear.actions_freezing import keep_frozen, to_freeze
from app.halfyear.models import HalfyearAddendum, HalfyearFreeze
from app.halfyear.queries import kept as kept_report
from app.halfyear.queries_broken import broken
from app.halfyear.queries_records import WINDOWS, Wanted, behind
from app.halfyear.rules import Half
from app.halfyear.rules_changes import from_json
from app.halfyear.rules_figures import Figures
from app.nonconformities.models import RevisionProposal
from app.organisations.queries import scope_of
from app.places.models import Point
from app.refusals import NotFound
from app.schedule.models import Occurrence
from app.standards.models import Edition, Standard
from app.tallies.rules_rates import Rate
from tests.support import reporting
from tests.support.builders import kept
from tests.support.reporting import FIRST, JUNE, LATER, OVER, SECOND, ZONE, figures, finding, window
from tests.support.standards import edition_document
from tests.support.stored import rows_of
from tests.support.world import check_row


@pytest.fixture
def site(inside):
    reporting.site()
    return inside


def recounted(unit: str = "clean") -> Counter:
    """The windows of the first half by state, in plain Python."""
    rows = [each for each in rows_of(Occurrence) if each.implementer_id == unit]
    inside = [each for each in rows if each.grace_end_at.astimezone(ZONE).date() <= FIRST.last]
    return Counter(each.state for each in inside if each.grace_end_at.astimezone(ZONE).date() >= FIRST.first)


def test_mt24_given_windows_of_a_half_year_when_reported_then_the_figures_equal_a_recount(site):
    states, found = recounted(), figures()

    [used] = found.used
    assert states == {"in_window": 6, "in_grace": 1, "late": 1, "missed": 2}
    assert (used.due, used.done, used.on_time, used.late, used.missed) == (10, 8, 7, 1, 2)
    assert found.rate("on_time") == Rate(7, 10) and found.rate("completion") == Rate(8, 10)
    assert found.rate("key") == Rate(16, 20)
    assert found.rate("scope_points") == Rate(1, 1) and found.rate("scope_people") == Rate(1, 1)


def test_given_windows_at_both_edges_when_reported_then_only_those_whose_grace_ended_inside_count(site):
    last, shift = datetime(2026, 6, 30, 22, 54, tzinfo=ZONE), timedelta(minutes=20)
    window(20, "in_window", last - shift)  # its grace ends at 23:59
    window(20, "in_window", last - shift + timedelta(minutes=1), window_key="b")  # at midnight
    window(20, "in_window", last.replace(year=2025, month=12, day=31) - shift, window_key="c")

    [used] = figures().used
    [next_half] = figures(half=SECOND, now=OVER + timedelta(hours=1)).used

    assert (used.due, next_half.due) == (11, 1)


def test_rp3_given_the_half_before_when_reported_then_its_rates_stand_beside(site):
    window(30, "in_window", datetime(2026, 7, 9, 9, 0, tzinfo=ZONE))

    found = figures(half=SECOND, now=datetime(2026, 8, 1, tzinfo=ZONE))

    assert found.rate("on_time") == Rate(1, 1) and found.before["on_time"] == Rate(7, 10)
    assert figures().before == {}


def test_rp3_given_a_section_when_reported_then_its_contractor_counts_and_the_whole_adds_up(site):
    assert figures("care").used == figures("clean").used == figures("all").used
    assert [each.leads for each in figures("care").led] == [True]
    assert [each.leads for each in figures("clean").led] == [False]


def test_mt31_given_a_unit_without_records_when_reported_then_nothing_is_made_up(site):
    kept(Standard, code="JGSW05099.01", title="消防", point_kinds=[], responsible_id="other", public=False)

    found = figures("other")

    assert found.used == () and all(rate.denominator == 0 for rate in found.rates.values())
    assert found.before == {} and found.led == ()


def test_scope_given_another_unit_when_its_report_is_asked_then_there_is_none(site):
    for who, unit in (("max", "care"), ("tom", "clean"), ("sue", "all"), ("lou", "nobody")):
        with pytest.raises(NotFound):
            reporting.look(unit, who=who)


def test_mt36_given_an_edition_that_changed_in_between_when_reported_then_both_stand_and_nothing_is_rescored(site):
    before = figures()
    number = "JGSW05003.01-2027"
    document = edition_document(code="JGSW05003.01", year=2027, number=number)
    kept(Edition, number=number, code="JGSW05003.01", year=2027, status="effective", document=document,
         effective_on=date(2026, 6, 15), digest="1" * 64)  # fmt: skip
    atomically(
        lambda: run(update(Edition).where(Edition.year == 2026).values(ended_on=date(2026, 6, 14), status="superseded"))
    )
    window(40, "in_window", JUNE + timedelta(days=10), edition=number)

    after = figures()

    [led] = after.led
    assert [each.number for each in led.editions] == ["JGSW05003.01-2026", number]
    assert led.editions[0].to_on == "2026-06-14" and led.editions[1].from_on == "2026-06-15"
    assert after.rate("on_time") == Rate(before.rate("on_time").numerator + 1, 11)
    [earlier] = figures(half=Half(2025, 2)).led or [None]
    assert earlier is None or number not in [each.number for each in earlier.editions]


def test_rp3_given_findings_when_reported_then_open_and_overdue_are_those_of_the_end_of_the_half_year(site):
    finding("open", due_at=JUNE + timedelta(days=3))
    finding("late", due_at=OVER + timedelta(days=9))
    finding("done", due_at=JUNE + timedelta(days=3), state="closed", closed_at=JUNE + timedelta(days=1),
        rectified_at=JUNE + timedelta(hours=1))  # fmt: skip
    finding("after", due_at=OVER + timedelta(days=1), state="closed", closed_at=OVER + timedelta(days=2),
        rectified_at=OVER + timedelta(days=1))  # fmt: skip

    found = figures()

    assert {key: found.number(key) for key in ("findings", "open", "overdue")} == {
        "findings": 4, "open": 3, "overdue": 1,
    }  # fmt: skip
    for key in ("findings", "open", "overdue"):
        assert behind(reporting.look(), Wanted(key)).whole == found.number(key)


def test_ds8_given_a_break_of_the_chain_in_the_half_year_when_reported_then_it_stands_there(site):
    for at, faults in ((JUNE, 3), (JUNE + timedelta(days=1), 0), (OVER + timedelta(days=1), 5)):
        kept(ChainVerification, at=at, entries=9, seconds=0.1, faults_found=faults, faults=[], without_key=0)

    assert [(each.faults, each.at[:10]) for each in figures().breaks] == [(3, "2026-06-10")]


def test_ds8_given_a_changed_check_when_the_break_is_opened_then_the_own_unit_opens_it_and_another_reads_its_name(site):
    check = check_row("p1", JUNE, None)
    link = {"kind": "link", "seq": 8, "table": "", "key": ""}
    walk = {"entries": 9, "seconds": 0.1, "without_key": 0}
    told = [{"kind": "changed", "seq": 7, "table": "checks", "key": check}, link]
    kept(ChainVerification, at=JUNE, faults_found=2, faults=told, **walk)
    kept(ChainVerification, at=JUNE + timedelta(days=1), faults_found=4, faults=[], **walk)

    own = behind(reporting.look(), Wanted("breaks")).items
    other = broken(scope_of(person_by_id("tom")), JUNE, OVER, ZONE)

    assert [each.href for each in own] == [f"/checks/{check}", "", ""]
    assert [each.href for each in other] == ["", "", ""] and check in other[0].sub and "chain 8" in other[1].sub


def test_rp3_given_a_proposal_to_revise_when_reported_then_it_stands_with_those_who_use_the_standard(site):
    kept(RevisionProposal, id="p1", key="k", standard_code="JGSW05003.01", edition="JGSW05003.01-2026", step_id="S01",
         step_title="擦镜", reason="quarter", text="", findings=[], at=JUNE, state="open")  # fmt: skip

    assert [each.title for each in figures("clean").proposals] == ["擦镜"]
    assert behind(reporting.look(), Wanted("proposals")).whole == 1


@pytest.mark.parametrize("figure", sorted(WINDOWS))
def test_mt34_given_a_figure_of_windows_when_opened_then_as_many_records_stand_there(site, figure):
    found = figures()
    expected = {
        "planned": found.number("planned"), "due": found.number("due"), "done": found.number("done"),
        "done_on_time": found.used[0].on_time, "late": found.number("late"), "missed": found.number("missed"),
        "unknown": found.number("unknown"), "reported": found.number("reported"),
    }.get(figure, found.rate(figure).denominator)  # fmt: skip

    whole = behind(reporting.look(), Wanted(figure)).whole

    # A rate of steps or photos divides by those; its records are the windows that have any.
    assert whole == {"key": 10, "photo": 0, "conformity": 0}.get(figure, expected)


def test_mt34_given_an_unknown_figure_when_opened_then_there_is_none(site):
    with pytest.raises(NotFound):
        behind(reporting.look(), Wanted("gold"))


def test_rp4_given_midnight_after_the_due_date_when_the_timer_comes_then_every_report_freezes_once(site):
    assert reporting.freeze(OVER - timedelta(seconds=1)) == 0

    made = reporting.freeze()

    units = {row.unit_id for row in rows_of(HalfyearFreeze)}
    assert made == len(units) and units == {"all", "care", "clean"}
    assert reporting.freeze(LATER) == 0 and keep_frozen(FIRST, [{}]) == 0 and to_freeze(FIRST, LATER, ZONE) == []


def test_rp4_given_a_half_year_from_before_the_system_when_the_timer_comes_then_nothing_freezes(site):
    assert reporting.freeze(datetime(2026, 1, 2, tzinfo=ZONE)) == 0


def test_rp4_given_a_late_sync_after_the_freeze_when_looked_at_then_the_paper_stays_and_an_addendum_says_it(site):
    reporting.freeze()
    atomically(lambda: reporting.signed(now=OVER + timedelta(days=1)))
    before = reporting.papers()
    assert reporting.again() == 0
    [first, _rest] = [each.id for each in rows_of(Occurrence) if each.state == "missed"]
    atomically(lambda: run(update(Occurrence).where(Occurrence.id == first).values(state="in_window")))

    added = reporting.again()

    assert added == 3 and reporting.again() == 0 and reporting.papers() == before
    [row] = [each for each in rows_of(HalfyearAddendum) if each.unit_id == "clean"]
    told = {each.path: (each.was, each.now) for each in from_json(row.changes)}
    assert told["rates", "on_time"] == ("7/10", "8/10") and told["used", "JGSW05003.01", "missed"] == ("2", "1")
    assert kept_report(FIRST, "clean").frozen.figures.rate("on_time") == Rate(7, 10)
    assert kept_report(FIRST, "clean").last.rate("on_time") == Rate(8, 10)


def test_rp4_given_a_record_made_void_after_the_freeze_when_looked_at_then_it_is_not_due_and_the_paper_stays(
    site,
):
    reporting.freeze()
    atomically(lambda: reporting.signed(now=OVER + timedelta(days=1)))
    [first, *_rest] = [each.id for each in rows_of(Occurrence) if each.state == "in_window"]
    atomically(lambda: run(update(Occurrence).where(Occurrence.id == first).values(state="void")))

    assert reporting.again() == 3

    [row] = [each for each in rows_of(HalfyearAddendum) if each.unit_id == "clean"]
    told = {each.path: (each.was, each.now) for each in from_json(row.changes)}
    assert told["rates", "on_time"] == ("7/10", "6/9")
    assert kept_report(FIRST, "clean").frozen.figures.rate("on_time") == Rate(7, 10)
    assert behind(reporting.look(), Wanted("on_time")).whole == 9


def test_rp4_given_a_report_signed_before_the_freeze_when_it_freezes_then_the_addendum_says_what_moved(site):
    atomically(lambda: reporting.signed(now=JUNE + timedelta(days=2)))
    window(50, "in_window", JUNE + timedelta(days=5))
    [paper] = reporting.papers()
    assert paper.freeze_id is None and reporting.again(JUNE + timedelta(days=6)) == 0

    reporting.freeze()
    reporting.again()

    [row] = [each for each in rows_of(HalfyearAddendum) if each.unit_id == "clean"]
    assert ["10", "11", "used", "JGSW05003.01", "due"] in row.changes
    assert reporting.papers() == [paper] and reporting.again() == 0


def test_given_a_signed_paper_when_its_fingerprint_is_made_again_then_it_fits(site):
    atomically(reporting.signed)

    [paper] = reporting.papers()

    names = ("half", "unit_id", "unit_name", "texts", "body", "freeze_id", "figures_at", "by_id", "by_name", "at")
    assert paper.sha256 == paper_digest({name: getattr(paper, name) for name in names})


def test_given_nothing_kept_when_a_report_is_asked_then_it_is_empty(site):
    found = kept_report(FIRST, "clean")

    assert found.paper is None and found.last is None and not found.drafts and Figures().number("open") == 0


def test_mt17_given_points_open_on_holidays_without_a_schedule_when_reported_then_only_the_own_ones_stand_there(site):
    atomically(lambda: run(update(Point).values(attrs={"open_on_holiday": True})))
    kept(Point, id="p9", code="01-01-WC-99", name="别的单位的卫生间", kind="restroom", building_id="b1", floor="1F",
         area_id="a1", zone="red", risk=2, attrs={"open_on_holiday": True})  # fmt: skip

    own, every = figures("clean").gaps, figures("all").gaps

    assert own == ("1号楼1层男卫生间",) and set(every) == {"1号楼1层男卫生间", "别的单位的卫生间"}
    assert behind(reporting.look(), Wanted("gaps")).whole == 1
