"""A failing answer in a check sets a repair order or a shortage going (rules NC-12, NC-15, NC-18)."""

from datetime import date, timedelta

import pytest
from sqlalchemy import update

from app.accounts.queries import person_by_id
from app.checks.queries_page import page_for
from app.db import atomically, run
from app.messages.models import Message
from app.nonconformities.models import Finding
from app.photos.actions import staged
from app.repairs.actions_moves import Deed, arrive, repair
from app.repairs.models import RepairEvent, RepairOrder, Shortage
from tests.support import builders as make
from tests.support.answers import PHOTO
from tests.support.counting import queries_counted
from tests.support.records import ID, LITTLE, OTHER_ID, call, record, the, upload
from tests.support.repairs import trades_of_small_world
from tests.support.standards import step_document
from tests.support.stored import rows_of


@pytest.fixture
def site(inside):
    make.small_world(step_document("S01", **LITTLE), step_document("S02", fail_action="repair", **LITTLE))
    trades_of_small_world()
    return inside


def fails(step="S01", **keys):
    other = make.answer("S02" if step == "S01" else "S01")
    return sorted([make.answer(step, "fail", **keys), other], key=lambda each: each["step"])


def test_nc18_given_a_fail_of_the_facility_when_recorded_then_the_trade_on_duty_has_an_order_and_is_told(site):
    record(site, make.submission(answers=fails(cause="facility", note="灯不亮")))

    order = the(RepairOrder)
    assert (order.trade_id, order.check_id, order.opened_by_id) == ("electricity", ID, "ann")
    assert order.finding_id == the(Finding).id
    assert order.fault == "JGSW05003.01/S01"
    assert {row.person_id for row in rows_of(Message)} == {"eli", "guy"}


def test_nc12_given_a_step_that_asks_for_repair_when_it_fails_then_an_order_opens_whatever_the_cause(site):
    record(site, make.submission(answers=fails("S02", cause="others", note="水管裂")))

    assert the(RepairOrder).trade_id == "water"


def test_given_a_fail_of_the_work_when_recorded_then_no_order_opens(site):
    record(site, make.submission(answers=fails(cause="work", note="脏")))

    assert (rows_of(RepairOrder), rows_of(Shortage)) == ([], [])


def test_given_a_fail_of_supply_when_recorded_then_a_shortage_is_on_the_list_and_counts_up(site):
    record(site, make.submission(answers=fails(cause="supply", note="没有纸")))
    make.occurrence(window="A3", start=make.NOW - timedelta(minutes=5))
    record(site, make.submission(OTHER_ID, window="2026-11-23/A/A3", answers=fails(cause="supply", note="还是没有纸")))

    shortage = the(Shortage)
    assert (shortage.text, shortage.times, shortage.responsible_id) == ("还是没有纸", 2, "care")
    assert rows_of(RepairOrder) == []


def test_nc17_given_a_known_fault_when_found_again_then_it_joins_the_order(site):
    record(site, make.submission(answers=fails(cause="facility", note="灯不亮")))
    make.occurrence(window="A3", start=make.NOW - timedelta(minutes=5))

    record(site, make.submission(OTHER_ID, window="2026-11-23/A/A3", answers=fails(cause="facility", note="还不亮")))

    the(RepairOrder)
    assert [row.kind for row in rows_of(RepairEvent)] == ["opened", "joined"]


def test_nc18_given_a_repaired_fault_when_the_next_scanner_says_still_then_its_order_opens_again(site):
    record(site, make.submission(answers=fails(cause="facility", note="灯不亮")))
    ended = update(RepairOrder).values(state="repaired", repaired_at=make.NOW, repaired_by_id="eli", open_key=None)
    atomically(lambda: run(ended))
    make.occurrence(window="A3", start=make.NOW - timedelta(minutes=5))
    known = [{"finding": the(Finding).id, "state": "still"}]
    answers = [make.answer("S01", known=known), make.answer("S02")]

    record(site, make.submission(OTHER_ID, window="2026-11-23/A/A3", answers=answers))

    order = the(RepairOrder)
    assert (order.state, order.reopened, order.repaired_at) == ("open", 1, None)
    assert [row.kind for row in rows_of(RepairEvent)] == ["opened", "reopened"]


def test_given_nobody_on_duty_when_a_facility_fails_then_the_record_is_kept_and_the_finding_stands(inside):
    make.small_world(step_document("S01", **LITTLE))

    record(inside, make.submission(answers=[make.answer(result="fail", cause="facility", note="灯不亮")]))

    assert rows_of(RepairOrder) == []
    assert the(Finding).cause == "facility"


def test_given_a_check_without_fails_when_recorded_then_repairs_are_not_asked(site):
    with queries_counted() as made:
        record(site, make.submission(answers=[make.answer("S01"), make.answer("S02")]))

    assert not [each for each in made if "repair" in each or "shortage" in each]


def test_nc18_given_a_repaired_fault_when_the_step_fails_again_then_its_order_goes_on_and_no_second_opens(site):
    record(site, make.submission(answers=fails(cause="facility", note="灯不亮")))
    ended = update(RepairOrder).values(state="repaired", repaired_at=make.NOW, repaired_by_id="eli", open_key=None)
    atomically(lambda: run(ended))
    make.occurrence(window="A3", start=make.NOW - timedelta(minutes=5))

    record(site, make.submission(OTHER_ID, window="2026-11-23/A/A3", answers=fails(cause="facility", note="又坏了")))

    assert (the(RepairOrder).state, the(RepairOrder).reopened) == ("open", 1)


def test_nc18_given_a_known_fault_when_the_next_scanner_opens_the_page_then_its_order_is_named(site):
    record(site, make.submission(answers=fails(cause="facility", note="灯不亮")))
    make.occurrence(window="A3", start=make.NOW - timedelta(minutes=5))

    page = page_for(make.CODE, person_by_id("lea"), make.NOW, site.extensions["settings"].zone)

    [known] = page.open[-1].known_findings
    assert (known.text, known.repair) == ("灯不亮", "open")


def test_nc4_given_the_fault_of_a_finding_when_repaired_then_it_waits_for_its_recheck_by_others(site):
    record(site, make.submission(answers=fails(cause="facility", note="灯不亮")))
    who, order_id = person_by_id("eli"), the(RepairOrder).id
    upload(site, who="eli")
    photos = staged(call(site).store, [PHOTO], person_id="eli", day=date(2026, 11, 23))

    atomically(lambda: arrive(order_id, Deed(who, make.NOW)))
    atomically(lambda: repair(order_id, Deed(who, make.NOW, "换了灯管", [*photos.values()])))

    finding = the(Finding)
    assert (finding.state, finding.rectifier_id, finding.rectifier_org_id) == ("to_recheck", "eli", "fix")
    assert finding.correction == "换了灯管"
