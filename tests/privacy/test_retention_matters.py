"""Retention of matters (DS-6): patrols, repairs, spot checks, inspections, contracts, bookings; open ones stay."""

from datetime import date

import pytest
from dateutil.relativedelta import relativedelta
from sqlalchemy import update

from app.contractors.models import Contract, ContractorFile, Dispute, Ruling
from app.db import atomically, run
from app.inspections.models import (
    Evidence,
    Inspection,
    InspectionEvent,
    Inspector,
    Item,
    ItemVersion,
    Link,
    Signature,
)
from app.meetings.actions import book, cancel
from app.nonconformities.models import Finding
from app.patrols.models import PatrolRoute
from app.photos.models import Photo
from app.repairs.models import RepairEvent, RepairOrder
from app.schedule.models import ScheduleEvent, ScheduleEventChange
from app.spotchecks import models as looks_models
from app.spotchecks.models_review import ReviewSheet
from tests.privacy.test_retention_kinds import after, checked, decide, lists, tables
from tests.support import builders, inspecting, looks, meetings, repairs
from tests.support.builders import NOW, kept
from tests.support.findings import found
from tests.support.stored import rows_of

CHECK = "00000000-0000-4000-8000-000000000001"
PHOTO = "00000000-0000-4000-8000-0000000000aa"


@pytest.fixture
def world(app):
    with app.app_context():
        builders.small_world()
        _deciders()
    return app


def _deciders():
    builders.person("std", "standards", "bureau")
    builders.person("ldr", "leader", "bureau")


def _picture(owner):
    kept(
        Photo, id=PHOTO, sha256="0" * 64, received_sha256="0" * 64, check_id=owner, part="after", person_id="ann",
        point_id="p1", standard_code="", implementer_id="clean", responsible_id="care", media_type="image/jpeg",
        bytes=9, width=1, height=1, source="live", taken_at=NOW, received_at=NOW, nonce="0" * 16,
    )  # fmt: skip


def _close(finding):
    atomically(lambda: run(update(Finding).where(Finding.id == finding).values(state="closed", closed_at=NOW)))


def test_ds_6_given_a_record_of_a_patrol_when_its_months_differ_then_they_count_for_it_alone(world):
    with world.app_context():
        _route()
    checked(world)
    client = world.test_client()
    client.sign_in("std")

    changed = client.send("/privacy/retention", {"kind": "patrols", "unit": "", "months": "14", "reason": "规定"})

    assert changed.status_code == 303
    assert lists(world, after(months=13)) == {("photos", PHOTO)}
    assert ("checks", CHECK) in lists(world, after(months=14))


def _route():
    """The standard of the restroom is walked as a route."""
    kept(
        PatrolRoute, id="r1", name="夜巡", org_id="care", standard_code="JGSW05003.01", points=["p1"], ordered=False,
        made_by_id="sue", made_at=NOW,
    )  # fmt: skip


def _order(**values):
    order = repairs.order(**values)
    for kind, at in (("reported", NOW), ("confirmed", NOW + relativedelta(months=2))):
        kept(RepairEvent, order_id=order, kind=kind, by_id="ann", at=at, text="")
    return order


def test_ds_6_given_repair_orders_when_three_years_have_passed_since_the_last_step_then_all_of_it_goes(world):
    with world.app_context():
        repairs.trades_of_small_world()
        gone = _order(open_key=None, state="closed")
        waiting = _order()
        held = _order(open_key=None, state="closed", finding_id=found())
        _picture(gone)

    assert tables(lists(world, after(months=37))) <= {"audit_events"}
    proposed = {pair for pair in lists(world, after(months=38)) if pair[0] != "audit_events"}
    assert tables(proposed) == {"repair_events", "photos"}
    assert set(decide(world, after(months=38))) == {303}

    with world.app_context():
        assert {each.id for each in rows_of(RepairOrder)} == {waiting, held}
        assert {each.order_id for each in rows_of(RepairEvent)} == {waiting, held}
        assert rows_of(Photo) == []
    assert gone not in {waiting, held}


def test_ds_6_given_an_order_opened_again_when_the_second_person_approves_then_nothing_goes(world):
    with world.app_context():
        repairs.trades_of_small_world()
        order = _order(open_key=None, state="closed")
    lists(world, after(months=38))
    with world.app_context():
        again = update(RepairOrder).where(RepairOrder.id == order).values(open_key="p1/again")
        atomically(lambda: run(again))

    assert 409 in decide(world, after(months=38))
    with world.app_context():
        assert len(rows_of(RepairEvent)) == 2


def test_ds_6_given_inspections_when_three_years_have_passed_then_the_closed_one_goes_whole(app):
    with app.app_context():
        inspecting.world()
        _deciders()
        gone = inspecting.announced(bad=())
        planned = inspecting.planned()
        held = inspecting.announced()
        digits = {"inspection_id": gone, "no": 1, "by_id": "ina", "at": NOW}
        kept(Evidence, sha256="0" * 64, photo_id=PHOTO, media_type="image/jpeg", **digits)
        kept(Link, target_id=CHECK, kind="check", label="R-1", **digits)
        _picture(gone)

    assert tables(lists(app, after(months=35))) <= {"audit_events"}
    proposed = tables(lists(app, after(months=36)))
    assert proposed - {"audit_events"} == {
        "inspection_events", "inspection_item_versions", "inspection_signatures", "inspection_evidence",
        "inspection_links", "photos",
    }  # fmt: skip
    assert set(decide(app, after(months=36))) == {303}

    with app.app_context():
        for table in (Item, ItemVersion, Signature, InspectionEvent, Inspector):
            assert {each.inspection_id for each in rows_of(table)} <= {planned, held}
        assert {each.id for each in rows_of(Inspection)} == {planned, held}
        assert (rows_of(Evidence), rows_of(Link), rows_of(Photo)) == ([], [], [])


def _draw(name, **review):
    """A draw with one record that was looked at, and the sheet before."""
    draw, item, look = f"d-{name}", f"i-{name}", f"r-{name}"
    kept(
        looks_models.Draw, id=draw, lot=f"lot-{name}", kind="spot", mode="desk", method="simple", rhythm="daily",
        scope="lots", owner_id="care", from_on=NOW.date(), to_on=NOW.date(), closes_at=NOW, size="II", seed_hash="0",
        committed_at=NOW,
    )  # fmt: skip
    kept(looks_models.SealedSeed, draw_id=draw, seed="0")
    kept(
        looks_models.Result, draw_id=draw, drawn_at=NOW, seed="0", population=1, sample=1, list_sha256="0",
        population_list=b"",
    )  # fmt: skip
    kept(
        looks_models.Item, id=item, draw_id=draw, occurrence_id=1, check_id=CHECK, point_id="p1",
        standard_code="JGSW05003.01", implementer_id="clean", responsible_id="care", executor_id="ann",
        business_on=NOW.date(), rank=1, weight=1.0, key=1.0, entered="drawn", why={},
    )  # fmt: skip
    kept(ReviewSheet, id=f"s-{name}", item_id=item, draw_id=draw, nth=1, by_id="ina", by_name="", at=NOW, steps=[])
    kept(
        looks_models.Review, **{
            "id": look, "subject": f"item:{item}", "kind": "desk", "item_id": item, "check_id": CHECK,
            "point_id": "p1", "standard_code": "JGSW05003.01", "implementer_id": "clean", "responsible_id": "care",
            "executor_id": "ann", "by_id": "ina", "by_name": "", "at": NOW, "outcome": "differs", **review,
        }
    )  # fmt: skip
    kept(
        looks_models.ReviewStep, review_id=look, step_id="S01", step_title="地面", key=False, said="pass",
        verdict="fail", photos=[],
    )  # fmt: skip
    kept(looks_models.ReviewEvent, review_id=look, kind="heard", by_id="ann", at=NOW, data=None)
    return look


def test_ds_6_given_draws_and_looks_when_three_years_have_passed_then_what_nobody_argues_about_goes(world):
    with world.app_context():
        _picture(_draw("gone"))
        argued, held = _draw("argued"), _draw("held")
        kept(looks_models.ReviewState, review_id="r-gone", state="stands", appeal_until=NOW)
        kept(looks_models.ReviewState, review_id=argued, state="appealed", appeal_until=NOW)
        kept(looks_models.ReviewState, review_id=held, state="stands", appeal_until=NOW, finding_id=found())
        _draw("young", at=after(months=20))
        looks.differing("onsite", CHECK, "ann", "clean", "care")
        done = update(looks_models.ReviewState).where(looks_models.ReviewState.review_id == "onsite")
        atomically(lambda: run(done.values(state="withdrawn")))

    assert tables(lists(world, after(months=35))) <= {"audit_events"}
    proposed = {pair for pair in lists(world, after(months=36)) if pair[0] != "audit_events"}
    assert {key for table, key in proposed if table == "spotcheck_reviews"} == {"r-gone", "onsite"}
    assert {key for table, key in proposed if table == "spotcheck_draws"} == {"d-gone"}
    assert set(decide(world, after(months=36))) == {303}

    with world.app_context():
        left = {"d-argued", "d-held", "d-young"}
        for table in (looks_models.SealedSeed, looks_models.Result, looks_models.Item, ReviewSheet):
            assert {each.draw_id for each in rows_of(table)} == left
        reviews = {"r-argued", "r-held", "r-young"}
        for table in (looks_models.ReviewStep, looks_models.ReviewEvent):
            assert {each.review_id for each in rows_of(table)} == reviews
        assert {each.review_id for each in rows_of(looks_models.ReviewState)} == {argued, held}
        assert rows_of(Photo) == []


def test_ds_6_given_an_appeal_meanwhile_when_the_second_person_approves_then_nothing_goes(world):
    with world.app_context():
        look = _draw("gone")
        kept(looks_models.ReviewState, review_id=look, state="stands", appeal_until=NOW)
    lists(world, after(months=36))
    with world.app_context():
        atomically(lambda: run(update(looks_models.ReviewState).values(state="appealed")))

    assert 409 in decide(world, after(months=36))
    with world.app_context():
        assert len(rows_of(looks_models.Review)) == 1


def _contract(number, to_on, months=0):
    kept(
        Contract, org_id="clean", number=number, from_on=date(2020, 1, 1), to_on=to_on, standards=[], scope="",
        levels={}, repairs=False, by_id="sue", at=NOW + relativedelta(months=months),
    )  # fmt: skip


def test_ds_6_given_contracts_when_fifteen_years_have_passed_then_the_newest_row_stays(world):
    with world.app_context():
        for number, to_on in (("A", NOW.date()), ("B", date(2050, 1, 1)), ("C", NOW.date())):
            _contract(number, to_on)
        kept(ContractorFile, org_id="clean", entries={"name": "旧"}, by_id="sue", at=NOW)
        kept(ContractorFile, org_id="clean", entries={"name": "新"}, by_id="sue", at=NOW)
        for name in ("open", "over"):
            kept(
                Dispute, id=name, org_id="clean", month=NOW.date(), kind="finding", target=name, reason="不是我们",
                by_id="ann", at=NOW,
            )  # fmt: skip
        kept(Ruling, dispute_id="over", upheld=True, reason="对", by_id="sue", at=NOW)

    contracts = {"contractor_contracts", "contractor_files", "contractor_disputes", "contractor_rulings"}
    assert not tables(lists(world, NOW + relativedelta(months=179))) & contracts
    assert contracts <= tables(lists(world, after(months=180)))
    assert set(decide(world, after(months=180))) == {303}

    with world.app_context():
        assert {each.number for each in rows_of(Contract)} == {"B", "C"}
        assert [each.entries["name"] for each in rows_of(ContractorFile)] == ["新"]
        assert [each.id for each in rows_of(Dispute)] == ["open"]
        assert rows_of(Ruling) == []


def test_ds_6_given_bookings_when_three_years_have_passed_then_they_go_and_what_was_due_stays(app):
    with app.app_context():
        meetings.rooms()
        _deciders()
        for number in (1, 2):
            wish = meetings.wish(number, meetings.NINE + relativedelta(months=number - 1))
            atomically(lambda wish=wish: book(wish, meetings.call()))
        atomically(lambda: cancel(meetings.IDS[2], meetings.call()))
        kept(
            ScheduleEvent, id="trip", kind="dispatch", point_id="m1", starts_at=NOW, ends_at=NOW, facts={},
        )  # fmt: skip
        kept(ScheduleEventChange, event_id="trip", kind="put", by_id="sue", at=NOW, data=None)

    proposed = lists(app, after(months=36))
    assert tables(proposed) - {"audit_events"} == {"schedule_event_changes"}
    assert set(decide(app, after(months=36))) == {303}

    with app.app_context():
        assert {each.id for each in rows_of(ScheduleEvent)} == {meetings.IDS[2], "trip"}
    assert tables(lists(app, after(months=38))) - {"audit_events"} == {"schedule_event_changes"}
    assert set(decide(app, after(months=38))) == {303}
    with app.app_context():
        assert {each.id for each in rows_of(ScheduleEvent)} == {"trip"}
