"""The crew leader's daily self-check: drawn once, looked at by the leader only, held against nobody (SP-2, NC-15)."""

import uuid
from hashlib import sha256

import pytest

from app import clock
from app.db import atomically
from app.nonconformities.models import Finding
from app.schedule.models import Crew
from app.spotchecks.actions_selfchecks import draw_ready
from app.spotchecks.models import Draw, Item, Result, Review
from tests.support import builders as make
from tests.support.builders import CODE, NOW, kept
from tests.support.readers import body, readers, signed_in
from tests.support.standards import step_document
from tests.support.stored import rows_of
from tests.support.world import filled

MINUTES = make.timedelta(minutes=1)


@pytest.fixture
def world(app):
    """Ann of Lea's crew has three tasks today, all done, one at a point of the highest risk."""
    with clock.at(NOW):
        with app.app_context():
            make.small_world(step_document("S01", title="全景自检"))
            readers()
            make.person("les", "crew_leader", "other", crew_id="c2")
            kept(Crew, id="c2", name="二班", org_id="other")
            make.point("p4", "0000000001", name="配电室", risk=4)
            for nth, point in enumerate(("p1", "p1", "p4")):
                filled(point, f"B{nth}", NOW - (200 - nth) * MINUTES)
        yield app


def table(world, name):
    with world.app_context():
        return rows_of(name)


def draw(world, who="lea"):
    client = signed_in(world, who)
    return client, client.post("/spotchecks/self/draw", data={"csrf_token": client.token("/me")})


def test_given_half_of_the_day_done_when_the_leader_draws_twice_then_there_is_one_list_of_three(world):
    _client, first = draw(world)
    _client, second = draw(world)

    assert (first.status_code, first.location) == (303, second.location)
    assert len(table(world, Result)) == 1
    assert {each.point_id for each in table(world, Item)} == {"p1", "p4"}
    assert [(each.kind, each.crew_id, each.rhythm) for each in table(world, Draw)] == [("self", "c1", "daily")]


def test_sp_13_given_the_leaders_own_work_when_the_list_is_drawn_then_it_is_not_on_it_and_the_draw_replays(world):
    with world.app_context():
        filled("p4", "B9", NOW - 90 * MINUTES, by="lea")

    draw(world)

    [result] = table(world, Result)
    assert {each.executor_id for each in table(world, Item)} == {"ann"}
    assert (result.population, result.sample) == (3, 3)
    assert sha256(result.population_list).hexdigest() == result.list_sha256


def test_given_too_little_done_when_drawn_then_it_is_too_early_and_nothing_is_kept(world):
    with world.app_context():
        for nth in range(4):
            make.occurrence("p1", f"C{nth}", NOW, assignee_id="ann")

    client, answer = draw(world)

    assert answer.status_code == 409
    assert not table(world, Draw)
    assert "3" in body(client, "/spotchecks/self")


@pytest.mark.parametrize("person_id", ["ann", "sue", "ivy", "meg"])
def test_given_somebody_who_leads_no_crew_when_drawing_then_they_are_refused(world, person_id):
    _client, answer = draw(world, person_id)

    assert answer.status_code == 403
    assert not table(world, Draw)


def test_given_no_token_when_drawing_then_it_is_refused(world):
    assert signed_in(world, "lea").post("/spotchecks/self/draw").status_code in (400, 403)
    assert not table(world, Draw)


def test_given_the_timer_when_it_looks_twice_then_the_ripe_list_is_drawn_once(world):
    zone = world.extensions["settings"].zone

    with world.app_context():
        counts = [atomically(lambda: draw_ready(NOW, zone)) for _ in range(2)]

    assert counts == [1, 0]


def test_given_the_list_when_another_leader_or_a_supervisor_opens_it_then_it_is_not_theirs(world):
    _client, answer = draw(world)

    for person_id in ("les", "sue", "ivy"):
        assert signed_in(world, person_id).get(answer.location).status_code == 404, person_id


def test_given_an_honest_fail_when_handed_in_then_a_finding_of_the_crew_itself_stands_and_no_hearing(world):
    client, answer = draw(world)
    item = min(table(world, Item), key=lambda each: each.rank)
    page = f"/spotchecks/items/{item.id}"
    form = {"sheet": str(uuid.uuid4()), "S01.verdict": "fail", "S01.fail.reason": "dirty", "rest": "1"}

    client.send(f"{page}/sheet", form, page=page)
    client.send(f"{answer.location.removesuffix('/review')}/hand-in", page=answer.location)

    assert [(each.kind, each.by_id) for each in table(world, Review)] == [("self", "lea")]
    assert [(each.source, each.found_by_id) for each in table(world, Finding)] == [("selfcheck", "lea")]


def test_given_a_scanned_label_when_its_point_is_on_the_list_then_its_record_opens(world):
    client, _answer = draw(world)
    on_p1 = {each.id for each in table(world, Item) if each.point_id == "p1"}

    answer = client.get(f"/spotchecks/self?code={CODE.lower()}")

    assert answer.status_code == 303
    assert answer.location.removeprefix("/spotchecks/items/") in on_p1


def test_given_a_label_that_is_not_on_the_list_when_scanned_then_the_page_says_so(world):
    client, _answer = draw(world)

    assert "名单" in body(client, "/spotchecks/self?code=ZZZZZZZZZZ")


def test_given_the_day_when_the_supervisor_or_inspector_looks_then_done_and_not_done_stand_by_crew(world):
    before = body(signed_in(world, "sue"), "/spotchecks/self")
    draw(world)

    after = body(signed_in(world, "sue"), "/spotchecks/self")

    assert "可抽取名单" in before
    assert "0 / 3" in after
    assert "0 / 3" in body(signed_in(world, "ivy"), "/spotchecks/self")
    assert "0 / 3" not in body(signed_in(world, "sam"), "/spotchecks/self")


def test_given_days_behind_and_nonsense_when_asked_then_the_page_stands(world):
    client = signed_in(world, "lea")

    for query in ("?day=2026-11-20", "?day=2999-01-01", "?day=nonsense", "?code=%00x"):
        assert client.get(f"/spotchecks/self{query}").status_code in (200, 422), query


def test_given_the_crew_leaders_board_when_opened_then_the_self_check_stands_there_and_on_no_others(world):
    assert "/spotchecks/self" in body(signed_in(world, "lea"), "/rounds")
    assert 'class="note selfcheck"' not in body(signed_in(world, "sue"), "/rounds")


def test_given_a_label_scanned_by_the_crew_leader_when_it_opens_then_the_self_check_is_one_touch_away(world):
    link = f"/spotchecks/self?code={CODE}"

    assert link in body(signed_in(world, "lea"), f"/p/{CODE}")
    assert link not in body(signed_in(world, "ann"), f"/p/{CODE}")
