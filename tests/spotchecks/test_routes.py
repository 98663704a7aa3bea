"""Pages of draws and plans: who sees what, the list of a day, the audit, what is refused, what a repeat does."""

import uuid
from datetime import date, timedelta
from hashlib import sha256

import pytest
from sqlalchemy import select

from app import clock
from app.db import atomically, row
from app.spotchecks.actions_draws import draw
from app.spotchecks.actions_promises import promise_due, waiting
from app.spotchecks.models import Draw, Item, Plan, Result, SealedSeed
from tests.support import builders as make
from tests.support.builders import NOW
from tests.support.looks import ZONE, looked_world
from tests.support.readers import body, signed_in
from tests.support.stored import rows_of
from tests.support.world import filled

MINUTES = timedelta(minutes=1)
TODAY, YESTERDAY = "2026-11-23", "2026-11-22"


@pytest.fixture
def world(app):
    """Five records of today; the timer promised the lists of yesterday and today before those days ended."""
    with app.app_context():
        looked_world()
        for nth in range(4):
            filled("p1", f"W{nth}", NOW - (400 - nth * 60) * MINUTES)
        for before in (2, 1):
            at = NOW - timedelta(days=before)
            atomically(lambda at=at: promise_due(at, ZONE))
    with clock.at(NOW):
        yield app


def stored(world):
    with world.app_context():
        return [rows_of(table) for table in (Plan, Draw, SealedSeed, Result, Item)]


def send(client, path, **form):
    return client.post(path, data={"csrf_token": client.token("/me"), **form})


def todays(world):
    with world.app_context():
        return row(select(Result.draw_id)).draw_id


def test_given_a_promised_day_when_the_supervisor_draws_then_the_list_stands_with_a_link_to_verify_it(world):
    client = signed_in(world, "sue")

    answer = send(client, "/spotchecks/daily", day=TODAY)

    assert answer.status_code == 303
    assert answer.location == f"/spotchecks/draws/{todays(world)}/review"
    page = body(client, "/spotchecks")
    assert "从 5 次中随机抽取 3 次（可验证）" in page
    assert f"/spotchecks/draws/{todays(world)}/audit" in page


def test_given_a_list_of_the_day_when_drawn_again_then_the_same_list_is_shown(world):
    client = signed_in(world, "sue")
    first = send(client, "/spotchecks/daily", day=TODAY)
    before = stored(world)

    again = send(client, "/spotchecks/daily", day=TODAY)

    assert again.location == first.location
    assert stored(world) == before


def test_sp_10_given_a_day_nobody_promised_a_draw_for_when_drawn_then_it_is_refused_with_a_sentence(world):
    before, client = stored(world), signed_in(world, "sue")

    answer = send(client, "/spotchecks/daily", day="2026-11-19")

    assert answer.status_code == 409
    assert "没有约定抽取" in answer.get_data(as_text=True)
    assert stored(world) == before


def test_given_a_day_that_is_none_when_drawn_then_it_is_refused_and_nothing_changes(world):
    before, client = stored(world), signed_in(world, "sue")

    for day in ("2026-11-24", "yesterday", "2020-01-01", "0000-00-00"):
        assert send(client, "/spotchecks/daily", day=day).status_code == 422
    assert stored(world) == before


def test_given_another_role_when_drawing_the_day_then_it_is_refused_and_nothing_changes(world):
    before = stored(world)

    for person_id in ("ann", "lea", "meg", "leo", "ina"):
        assert send(signed_in(world, person_id), "/spotchecks/daily", day=TODAY).status_code == 403
    assert stored(world) == before


def test_given_a_supervisor_of_another_section_when_drawing_then_only_the_own_list_is_drawn(world):
    answer = send(signed_in(world, "sam"), "/spotchecks/daily", day=TODAY)

    assert answer.status_code == 409
    assert stored(world)[3] == []


def test_given_a_drawn_list_when_audited_then_seed_hash_list_and_keys_stand_there_and_no_name(world):
    client = signed_in(world, "sue")
    send(client, "/spotchecks/daily", day=TODAY)
    draw_id = todays(world)

    page = body(client, f"/spotchecks/draws/{draw_id}/audit")
    file = client.get(f"/spotchecks/draws/{draw_id}/list.csv")

    with world.app_context():
        result, promised = row(select(Result)), row(select(Draw).where(Draw.id == draw_id))
    assert result.seed in page
    assert promised.seed_hash in page
    assert sha256(file.data).hexdigest() == result.list_sha256
    assert result.list_sha256 in page
    assert "人员ann" not in page + file.get_data(as_text=True)
    assert "完全相同" in page


def test_given_a_promised_draw_when_audited_then_its_hash_is_shown_and_its_seed_is_not(world):
    client = signed_in(world, "ina")
    with world.app_context():
        promised = row(select(Draw).where(Draw.kind == "spot", Draw.owner_id == "care"))
        seed = row(select(SealedSeed).where(SealedSeed.draw_id == promised.id)).seed

    page = body(client, f"/spotchecks/draws/{promised.id}/audit")

    assert promised.seed_hash in page
    assert seed not in page
    assert client.get(f"/spotchecks/draws/{promised.id}/list.csv").status_code == 404


def test_given_a_draw_of_a_section_when_others_look_then_only_those_in_reach_see_it(world):
    send(signed_in(world, "sue"), "/spotchecks/daily", day=TODAY)
    address = f"/spotchecks/draws/{todays(world)}/audit"

    seen = {who: signed_in(world, who).get(address).status_code for who in ("sam", "ann", "ina", "leo", "sue")}

    assert seen == {"sam": 404, "ann": 403, "ina": 200, "leo": 200, "sue": 200}


def plan_of(**values):
    said = {
        "id": str(uuid.uuid4()), "title": "每月监查", "kind": "supervision", "mode": "desk", "method": "simple",
        "rhythm": "monthly", "scope": "lots", "implementer_id": "", "standard_code": "", "area_id": "", "size": "II",
        "from_on": "", "to_on": "",
    }  # fmt: skip
    return said | values


def test_sp_8_given_a_monthly_plan_when_kept_then_each_contractor_and_standard_has_its_draw_sealed_at_once(world):
    answer = send(signed_in(world, "sue"), "/spotchecks/plans", **plan_of())

    assert answer.status_code == 303
    with world.app_context():
        made = row(select(Draw).where(Draw.plan_id.is_not(None)))
    assert (made.implementer_id, made.standard_code, made.from_on) == ("clean", "JGSW05003.01", date(2026, 11, 1))
    assert made.committed_at < made.closes_at


def test_given_a_plan_when_sent_twice_then_it_is_kept_once(world):
    client, plan = signed_in(world, "ina"), plan_of(scope="bureau", method="weighted", size="20")
    send(client, "/spotchecks/plans", **plan)
    before = stored(world)

    assert send(client, "/spotchecks/plans", **plan).status_code == 303
    assert stored(world) == before


def test_sp_10_given_a_plan_for_what_has_a_plan_when_kept_then_there_is_no_second_draw(world):
    client = signed_in(world, "sue")
    send(client, "/spotchecks/plans", **plan_of())
    before = stored(world)

    assert send(client, "/spotchecks/plans", **plan_of(title="另一个")).status_code == 422
    assert stored(world) == before


BAD_PLANS = [
        {"title": " "}, {"id": "x"}, {"kind": "self"}, {"kind": "raid"}, {"mode": "phone"}, {"method": "mixed"},
        {"rhythm": "hourly"}, {"scope": "world"}, {"size": "0"}, {"size": "many"}, {"size": "share"},
        {"scope": "unit"}, {"scope": "area"}, {"scope": "event", "area_id": "a1"}, {"implementer_id": "nobody"},
        {"standard_code": "X"}, {"area_id": "a9"}, {"mode": "onsite"},
        {"rhythm": "irregular"}, {"rhythm": "irregular", "from_on": "2026-11-25", "to_on": "2026-11-24"},
        {"rhythm": "irregular", "from_on": "2026-11-01", "to_on": YESTERDAY},
        {"rhythm": "irregular", "from_on": "2026-11-01", "to_on": "2029-11-01"},
        {"rhythm": "irregular", "scope": "event", "area_id": "a1", "from_on": TODAY, "to_on": TODAY},
    ]  # fmt: skip


def test_given_a_plan_that_does_not_hold_when_sent_then_the_form_says_where_and_nothing_changes(world):
    before, client = stored(world), signed_in(world, "sue")

    for values in BAD_PLANS:
        answer = send(client, "/spotchecks/plans", **plan_of(**values))

        assert answer.status_code == 422, values
        assert 'class="error"' in answer.get_data(as_text=True), values
    assert stored(world) == before


def test_given_another_role_when_planning_then_it_is_refused_and_nothing_changes(world):
    before = stored(world)

    for person_id in ("ann", "lea", "meg", "leo"):
        client = signed_in(world, person_id)
        assert client.get("/spotchecks/plans/new").status_code == 403
        assert send(client, "/spotchecks/plans", **plan_of()).status_code == 403
    assert stored(world) == before


def test_given_a_plan_when_ended_then_no_further_period_is_promised_and_ending_again_changes_nothing(world):
    client, plan = signed_in(world, "sue"), plan_of()
    send(client, "/spotchecks/plans", **plan)

    assert send(client, f"/spotchecks/plans/{plan['id']}/end").status_code == 303
    before = stored(world)
    assert send(client, f"/spotchecks/plans/{plan['id']}/end").status_code == 303
    assert stored(world) == before
    with world.app_context():
        at = NOW + timedelta(days=30)
        atomically(lambda: promise_due(at, ZONE))
        assert len([each for each in rows_of(Draw) if plan["id"] in each]) == 1


def test_given_a_plan_of_others_when_ended_then_it_goes_on(world):
    plan = plan_of()
    send(signed_in(world, "sue"), "/spotchecks/plans", **plan)
    before = stored(world)

    for person_id, status in (("sam", 404), ("ann", 403), ("meg", 403), ("leo", 403)):
        assert send(signed_in(world, person_id), f"/spotchecks/plans/{plan['id']}/end").status_code == status
    assert stored(world) == before


def test_sp_3_given_a_month_that_has_ended_when_the_timer_comes_then_its_lists_are_drawn_once(world):
    send(signed_in(world, "sue"), "/spotchecks/plans", **plan_of())
    with world.app_context():
        later = NOW + timedelta(days=10)
        ready = waiting(later, ZONE)
        for draw_id in ready:
            atomically(lambda draw_id=draw_id: draw(draw_id, later, ZONE))

        result = row(select(Result))
        assert len(ready) == 1
        assert (result.population, result.drawn_by_id) == (5, None)
        assert waiting(later, ZONE) == []


def test_given_each_reader_when_the_page_opens_then_it_has_what_the_role_may_do(world):
    for person_id in ("sue", "ina", "leo", "meg", "lea"):
        page = body(signed_in(world, person_id), "/spotchecks")

        assert ("生成今日抽查" in page) is (person_id == "sue")
        assert ("新建计划" in page) is (person_id in ("sue", "ina"))
        assert "种子" not in page


def test_sp_14_given_an_event_when_planned_then_the_seven_days_before_it_are_drawn_from(world):
    plan = plan_of(rhythm="irregular", scope="event", area_id="a1", from_on=TODAY, to_on="2026-12-03", size="10")

    assert send(signed_in(world, "ina"), "/spotchecks/plans", **plan).status_code == 303
    with world.app_context():
        made = row(select(Draw).where(Draw.plan_id == plan["id"]))
    assert (made.from_on, made.to_on) == (date(2026, 11, 26), date(2026, 12, 2))


def test_given_the_command_when_a_draw_is_replayed_then_it_says_equal_or_names_the_difference(world):
    send(signed_in(world, "sue"), "/spotchecks/daily", day=TODAY)
    draw_id = todays(world)

    from app.cli_draws import draw as command

    runner = world.test_cli_runner()
    equal = runner.invoke(command, ["replay", draw_id])
    with world.app_context():
        make.kept(Item, **_strange(draw_id))
    other = runner.invoke(command, ["replay", draw_id])
    nothing = runner.invoke(command, ["replay", "none"])

    assert (equal.exit_code, other.exit_code, nothing.exit_code) == (0, 1, 1)
    assert "equal" in equal.output
    assert "not the same" in other.output


def _strange(draw_id):
    return {
        "id": str(uuid.uuid4()), "draw_id": draw_id, "occurrence_id": 9999, "check_id": None, "point_id": "p1",
        "standard_code": "JGSW05003.01", "implementer_id": "clean", "responsible_id": "care", "executor_id": None,
        "business_on": date(2026, 11, 23), "rank": 99, "weight": 1.0, "key": 0.5, "entered": "drawn", "why": {},
    }  # fmt: skip
