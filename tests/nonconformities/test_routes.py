"""The pages of findings and the deeds at them, through the real forms. On both databases."""

import io
import uuid
from datetime import timedelta

import pytest

from app import clock
from app.nonconformities.rules import FindingSource
from tests.support import builders as make
from tests.support.builders import person
from tests.support.findings import deed, events, finding, found
from tests.support.pictures import jpeg

RECTIFIED = {"correction": "已拖干", "no_photo": "水已干，照片看不出"}


@pytest.fixture
def world(app):
    with app.app_context():
        make.small_world()
        person("ina", "inspector", "bureau")
        person("max", "contractor_manager", "clean")
        person("stan", "standards", "bureau")
        person("liz", "crew_leader", "clean")
    return app


def signed_in(app, who):
    client = app.test_client()
    client.sign_in(who)
    return client


def made(app, *args, **values):
    with app.app_context():
        return found(*args, **values)


def now_is(app, finding_id):
    with app.app_context():
        return finding(finding_id)


@pytest.mark.parametrize("who", ["ann", "lea", "sue", "max", "ina", "stan"])
def test_given_a_finding_when_the_board_and_its_page_are_opened_then_both_show_it(world, who):
    finding_id = made(world)
    client = signed_in(world, who)

    board, page = client.get("/nonconformities"), client.get(f"/nonconformities/{finding_id}")

    assert (board.status_code, page.status_code) == (200, 200)
    assert "地面有水" in board.get_data(as_text=True)
    assert "地面有水" in page.get_data(as_text=True)


def test_given_a_finding_of_a_standard_and_of_no_edition_when_opened_then_the_standard_stands_without_a_link(world):
    finding_id = made(world, edition=None)

    page = signed_in(world, "ina").get(f"/nonconformities/{finding_id}")

    assert page.status_code == 200
    assert "JGSW05003.01" in page.get_data(as_text=True) and "/standards/None" not in page.get_data(as_text=True)


def test_nc_4_given_a_workers_finding_when_put_right_and_rechecked_then_it_is_closed_and_told(world):
    finding_id = made(world)
    worker, chief = signed_in(world, "ann"), signed_in(world, "sue")

    done = deed(world, worker, finding_id, "rectify", correction="已拖干", photos=(io.BytesIO(jpeg()), "after.jpg"))
    assert (done.status_code, now_is(world, finding_id).state) == (303, "to_recheck")
    passed = deed(world, chief, finding_id, "close", kind="on_site", text="干净")

    assert (passed.status_code, now_is(world, finding_id).state) == (303, "closed")
    with world.app_context():
        assert events(finding_id) == ["registered", "rectify", "close"]


@pytest.mark.parametrize("who", ["ann", "lea", "max"])
def test_nc_4_given_the_rectifiers_own_unit_when_it_rechecks_then_it_is_refused_and_nothing_changes(world, who):
    finding_id = made(world)
    deed(world, signed_in(world, "ann"), finding_id, "rectify", **RECTIFIED)

    answer = deed(world, signed_in(world, who), finding_id, "close", kind="on_site")

    assert (answer.status_code, now_is(world, finding_id).state) == (403, "to_recheck")


def test_nc_4_given_a_finding_of_an_inspection_when_the_department_rechecks_then_only_the_group_may(world):
    finding_id = made(world, FindingSource.SUPERVISION, found_by_id="ina")
    deed(world, signed_in(world, "lea"), finding_id, "rectify", **RECTIFIED)

    refused = deed(world, signed_in(world, "sue"), finding_id, "close", kind="on_site")
    assert (refused.status_code, now_is(world, finding_id).state) == (403, "to_recheck")
    passed = deed(world, signed_in(world, "ina"), finding_id, "close", kind="on_site")

    assert (passed.status_code, now_is(world, finding_id).state) == (303, "closed")


def test_nc_9_given_a_critical_finding_when_not_contained_then_it_cannot_be_put_up_for_its_recheck(world):
    finding_id = made(world, severity="critical")
    client = signed_in(world, "ann")
    said = {**RECTIFIED, "cause_text": "漏水", "corrective_action": "每周检查"}

    refused = deed(world, client, finding_id, "rectify", **said)
    assert (refused.status_code, now_is(world, finding_id).state) == (422, "registered")
    deed(world, client, finding_id, "contain", kind="fenced", text="已围挡")
    done = deed(world, client, finding_id, "rectify", **said)

    assert (done.status_code, now_is(world, finding_id).state) == (303, "to_recheck")


def test_nc_8_given_a_major_finding_when_put_right_without_cause_then_each_field_says_what_is_missing(world):
    finding_id = made(world, severity="major")

    answer = deed(world, signed_in(world, "ann"), finding_id, "rectify", **RECTIFIED)

    assert answer.status_code == 422
    assert "原因分析" in answer.get_data(as_text=True)
    assert now_is(world, finding_id).state == "registered"


def test_given_a_sending_that_came_before_when_repeated_then_it_is_kept_once(world):
    finding_id, deed_id = made(world), str(uuid.uuid4())
    client = signed_in(world, "ann")

    answers = [deed(world, client, finding_id, "rectify", version=0, deed_id=deed_id, **RECTIFIED) for _ in range(2)]

    assert [answer.status_code for answer in answers] == [303, 303]
    with world.app_context():
        assert events(finding_id) == ["registered", "rectify"]


def test_given_two_people_at_one_finding_when_the_second_decides_on_an_old_page_then_409_and_nothing_changes(world):
    finding_id = made(world)
    deed(world, signed_in(world, "ann"), finding_id, "rectify", **RECTIFIED)
    seen = now_is(world, finding_id).version
    deed(world, signed_in(world, "sue"), finding_id, "return", version=seen, kind="on_site", text="还有水")

    second = deed(world, signed_in(world, "ina"), finding_id, "close", version=seen, kind="on_site")

    assert (second.status_code, now_is(world, finding_id).state) == (409, "rectifying")


@pytest.mark.parametrize("who", ["bob"])
def test_given_a_stranger_when_anything_is_asked_then_there_is_no_such_finding(world, who):
    finding_id = made(world)
    client = signed_in(world, who)

    assert client.get(f"/nonconformities/{finding_id}").status_code == 404
    assert deed(world, client, finding_id, "rectify", **RECTIFIED).status_code == 404
    assert now_is(world, finding_id).state == "registered"


def test_nc_13_given_an_appeal_when_the_manager_appeals_then_the_group_decides_and_containment_runs_on(world):
    finding_id = made(world, FindingSource.DESK, "critical", found_by_id="sue")
    before = now_is(world, finding_id)
    appealed = deed(world, signed_in(world, "max"), finding_id, "appeal", text="不是我们的范围")
    assert (appealed.status_code, now_is(world, finding_id).state) == (303, "appealed")
    assert now_is(world, finding_id).contain_by == before.contain_by

    refused = deed(world, signed_in(world, "sue"), finding_id, "withdraw", text="同意")
    decided = deed(world, signed_in(world, "ina"), finding_id, "maintain", text="属于合同范围")

    assert (refused.status_code, decided.status_code) == (403, 303)
    after = now_is(world, finding_id)
    assert (after.state, after.contain_by) == ("to_rectify", before.contain_by)
    assert after.due_at > before.due_at


def test_nc_5_given_a_concession_without_a_last_day_when_sent_then_422_and_with_one_it_stands(world):
    finding_id = made(world)
    client = signed_in(world, "sue")

    without = deed(world, client, finding_id, "concede", text="等大修")
    assert (without.status_code, now_is(world, finding_id).state) == (422, "registered")
    last = clock.now().date() + timedelta(days=30)
    granted = deed(world, client, finding_id, "concede", text="等大修", until=last.isoformat())

    assert (granted.status_code, now_is(world, finding_id).until) == (303, last)
    assert now_is(world, finding_id).state == "concession"


def test_nc_3_given_major_measures_when_not_followed_up_then_the_recheck_cannot_close_it(world):
    finding_id = made(world, severity="major")
    measures = {"cause_text": "漏水", "corrective_action": "换管", "major": "1", **RECTIFIED}
    deed(world, signed_in(world, "ann"), finding_id, "rectify", **measures)
    group = signed_in(world, "ina")

    refused = deed(world, group, finding_id, "close", kind="on_site")
    deed(world, group, finding_id, "follow_up", text="已换管并试压，书面报告在档")
    passed = deed(world, group, finding_id, "close", kind="on_site")

    assert (refused.status_code, passed.status_code) == (422, 303)
    assert now_is(world, finding_id).state == "closed"


def test_nc_6_given_an_inspections_finding_when_it_goes_the_full_way_then_each_state_is_passed(world):
    finding_id = made(world, FindingSource.SUPERVISION, found_by_id="ina")
    road = [
        ("lea", "confirm", {}),
        ("lea", "plan", {"correction": "加派一人"}),
        ("ann", "rectify", RECTIFIED),
        ("ina", "return", {"kind": "on_site", "text": "还有"}),
        ("ann", "rectify", RECTIFIED),
        ("ina", "close", {"kind": "record"}),
    ]
    seen = [now_is(world, finding_id).state]

    for who, what, said in road:
        assert deed(world, signed_in(world, who), finding_id, what, **said).status_code == 303
        seen.append(now_is(world, finding_id).state)

    states = ["to_confirm", "to_rectify", "rectifying", "to_recheck", "rectifying", "to_recheck", "closed"]
    assert seen == states
    assert now_is(world, finding_id).failed_rechecks == 1


def test_nc_14_given_any_finding_when_somebody_tries_to_delete_it_then_there_is_no_such_deed(world):
    finding_id = made(world)
    client = signed_in(world, "ina")

    answers = [client.delete(f"/nonconformities/{finding_id}").status_code]
    answers += [deed(world, client, finding_id, what).status_code for what in ("delete", "remove", "Close", "1")]

    assert answers == [405, 404, 404, 404, 404]
    assert events_of(world, finding_id) == ["registered"]


@pytest.mark.parametrize(
    "odd",
    [
        {"id": "not a uuid", "version": "0"},
        {"version": "-1"},
        {"version": "99999999999999999999"},
        {"version": "zero"},
        {"version": "0", "text": "\u202e" + "x" * 5000, "kind": "'; drop table findings"},
        {"version": "0", "until": "2026-02-31"},
    ],
)
def test_given_odd_input_when_sent_with_any_deed_then_a_sentence_and_nothing_but_words_is_kept(world, odd):
    finding_id = made(world)
    client = signed_in(world, "sue")

    answers = [
        client.send(f"/nonconformities/{finding_id}/{what}", {"text": "说明", **odd}, page="/me").status_code
        for what in ("contain", "concede", "analyse", "close", "appeal")
    ]

    assert all(status in (303, 403, 409, 422) for status in answers)
    assert now_is(world, finding_id).state == "registered"


def test_given_a_page_without_a_token_when_a_deed_is_sent_then_it_is_refused(world):
    finding_id = made(world)

    answer = signed_in(world, "ann").post(f"/nonconformities/{finding_id}/rectify", data=RECTIFIED)

    assert answer.status_code in (400, 403)
    assert now_is(world, finding_id).state == "registered"


@pytest.mark.parametrize(
    "query",
    ["state=closed", "state=odd", "severity=minor&source=check", "unit=clean", "page=0", "state=registered&page=99"],
)
def test_given_filters_of_any_kind_when_the_board_is_asked_then_it_answers(world, query):
    made(world)

    assert signed_in(world, "ina").get(f"/nonconformities?{query}").status_code == 200


def events_of(app, finding_id):
    with app.app_context():
        return events(finding_id)


def test_given_a_month_when_asked_for_then_all_found_in_it_are_listed_whatever_their_state(world):
    november = made(world)
    october = made(world, at=make.NOW - timedelta(days=40))
    fixed = made(world, fixed=True, step_id="S02")
    client = signed_in(world, "sue")

    def shown(address):
        text = client.get(address).get_data(as_text=True)
        return {each for each in (november, october, fixed) if each in text}

    month = f"{make.NOW:%Y-%m}"
    assert shown(f"/nonconformities?found={month}") == {november, fixed}
    assert shown(f"/nonconformities?found={month}&fixed=1") == {fixed}
    assert shown(f"/nonconformities?found={month}&source=spotcheck") == set()
    assert october in shown("/nonconformities?found=2026-13")
