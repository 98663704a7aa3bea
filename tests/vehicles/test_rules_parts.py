"""Which standard is for what, which step is the odometer, which answer keeps a vehicle in."""

import pytest

from app.vehicles.rules_parts import Part, is_odometer, keeps_in, part_of
from tests.support.standards import edition, step_document


def event(anchor):
    return {"id": "A", "kind": "event", "trigger": {"anchor": anchor}}


def monthly(rrule="FREQ=MONTHLY;BYMONTHDAY=5"):
    return {"id": "A", "kind": "calendar", "rrule": rrule}


@pytest.mark.parametrize(
    ("schedules", "part"),
    [
        ([event("dispatch.depart_at")], Part.PRE_TRIP),
        ([event("dispatch.urgent_at")], Part.PRE_TRIP),
        ([monthly("FREQ=DAILY"), event("dispatch.depart_at")], Part.PRE_TRIP),
        ([event("dispatch.return_at"), event("calendar.last_workday_end")], Part.POST_TRIP),
        ([monthly(), event("vehicle.odometer_since_service_km_4500")], Part.MONTHLY),
        ([monthly("FREQ=DAILY")], None),
        ([event("meeting.start_at")], None),
        ([{"id": "A", "kind": "calendar", "rrule": None, "trigger": None}], None),
        ([], None),
    ],
)
def test_given_the_schedules_of_a_standard_when_its_part_is_asked_for_then_its_anchors_and_rhythm_tell(schedules, part):
    assert part_of(edition(schedules=schedules)) is part


def step(evidence="number", **keys):
    return edition(step_document("S01", evidence, **keys)).steps[0]


@pytest.mark.parametrize(
    ("keys", "holds"),
    [
        ({"prefill": "vehicle.odometer_km", "unit": "km"}, True),
        ({"unit": "km", "min": 0, "max": 999_999}, True),
        ({"unit": "km", "max": 100_000}, True),
        ({"unit": "km", "max": 99_999}, False),
        ({"unit": "km"}, False),
        ({"unit": "kPa", "max": 999_999}, False),
        ({"unit": "km", "max": 999_999, "evidence": "text"}, False),
    ],
)
def test_given_a_step_when_it_reads_kilometres_that_may_grow_large_then_it_is_the_odometer(keys, holds):
    assert is_odometer(step(**keys)) is holds


def test_vh6_given_an_answer_when_its_step_blocks_then_a_fail_and_out_of_service_keep_the_vehicle_in():
    blocking, other = step("choice", fail_action="block"), step("choice", fail_action="nc")

    assert keeps_in(blocking, "fail", None)
    assert keeps_in(blocking, "pass", "停用送修")
    assert not keeps_in(blocking, "pass", "带限期维修项可用")
    assert not keeps_in(blocking, "pass", None)
    assert not keeps_in(other, "fail", "停用送修")
