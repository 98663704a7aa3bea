"""The page of rounds: each deed works, needs the role, refuses strangers and bad input, and survives a retry."""

from datetime import date, timedelta

import pytest

from app import clock
from app.schedule.models import Cover, Crew
from tests.support import builders
from tests.support.builders import NOW
from tests.support.duties import minutes, rows

TODAY, TABLE = date(2026, 11, 23), Cover.__table__
COVER = {"day": TODAY.isoformat(), "round": "r-ann", "was": "ann", "to": "ben"}


@pytest.fixture
def crew(app):
    """Ann's round of two windows in Lea's crew, one over time and one ahead; Ben and Lea can stand in, Zoe cannot."""
    with app.app_context(), clock.at(NOW):
        builders.small_world()
        builders.person("ben", "worker", "clean", crew_id="c2", name="保洁二班-02")
        builders.person("off", "worker", "clean", crew_id="c1", active=False)
        builders.person("zoe", "crew_leader", "other", crew_id="c9")
        builders.person("max", "contractor_manager", "clean")
        builders.person("ins", "inspector", "bureau")
        builders.kept(Crew, id="c9", name="外班", org_id="other")
        own = {"round_id": "r-ann", "assignee_id": "ann"}
        builders.occurrence(window="A1", start=NOW - minutes(120), **own)
        builders.occurrence(window="A3", start=NOW + minutes(180), **own)
    return app


def at_work(app, person_id):
    client = app.test_client()
    with clock.at(NOW):
        client.sign_in(person_id)
    return client


def send(client, path, data, now=NOW):
    with clock.at(now):
        return client.send(path, data, page="/me")


def covers(app):
    from app.db import db

    with app.app_context():
        columns = [TABLE.c[name] for name in ("round_id", "on", "person_id", "by_id", "reason")]
        return [
            tuple(row) for row in db.session.execute(TABLE.select().with_only_columns(*columns).order_by(TABLE.c.id))
        ]


def assignees(app):
    with app.app_context():
        return [who for round_id, who in rows("round_id", "assignee_id") if round_id]


def page(client, path="/rounds", now=NOW):
    with clock.at(now):
        answer = client.get(path)
    assert answer.status_code == 200, answer.status_code
    return answer.get_data(as_text=True)


def test_given_a_crew_leader_when_the_page_opens_then_the_crews_day_stands_there_with_cover(crew):
    text = page(at_work(crew, "lea"))

    assert "人员ann" in text
    assert "0/2" in text
    assert "保洁二班-02" in text
    assert 'value="off"' not in text
    assert 'value="zoe"' not in text
    assert "/people/ann" in text


def test_given_a_supervisor_or_office_when_the_page_opens_then_they_read_and_cover_nothing(crew):
    texts = [page(at_work(crew, person_id)) for person_id in ("sue", "max", "ins")]

    assert all("人员ann" in text for text in texts)
    assert not any("/rounds/cover" in text for text in texts)


def test_given_a_foreign_crew_leader_when_the_page_opens_then_it_is_empty(crew):
    text = page(at_work(crew, "zoe"))

    assert "人员ann" not in text
    assert "当天没有任务" in text


def test_given_a_worker_or_nobody_when_the_page_is_asked_for_then_it_is_refused(crew):
    with clock.at(NOW):
        assert at_work(crew, "ann").get("/rounds").status_code == 403
        assert crew.test_client().get("/rounds").status_code in (302, 303, 401)


def test_given_a_day_that_is_none_when_the_page_opens_then_it_shows_today(crew):
    assert "11月23日" in page(at_work(crew, "lea"), "/rounds?day=yesterday")
    assert "当天没有任务" in page(at_work(crew, "lea"), "/rounds?day=2026-11-24")


def test_given_a_round_when_its_leader_covers_then_what_is_not_done_changes_hands_and_comes_back(crew):
    client = at_work(crew, "lea")

    done = send(client, "/rounds/cover", COVER)

    assert done.status_code == 303
    assert done.location.endswith("/rounds?day=2026-11-23")
    assert covers(crew) == [("r-ann", TODAY, "ben", "lea", "")]
    assert assignees(crew) == ["ben", "ben"]
    assert "撤销顶班" in page(client)

    back = send(client, "/rounds/uncover", {"day": TODAY.isoformat(), "round": "r-ann"})

    assert back.status_code == 303
    assert covers(crew)[1:] == [("r-ann", TODAY, "ann", "lea", "undo")]
    assert assignees(crew) == ["ann", "ann"]


def test_given_a_done_window_when_the_round_is_covered_then_it_stays_with_who_did_it(crew):
    with crew.app_context():
        builders.occurrence(
            window="A9", start=NOW - minutes(300), round_id="r-ann", assignee_id="ann", state="in_window"
        )

    send(at_work(crew, "lea"), "/rounds/cover", COVER)

    assert assignees(crew) == ["ann", "ben", "ben"]


def test_given_a_person_with_two_rounds_when_the_person_is_covered_then_both_go(crew):
    with crew.app_context():
        builders.round_of("ann", id="r-two", name="二层")
        builders.occurrence(window="B1", start=NOW + minutes(60), round_id="r-two", assignee_id="ann")
    client = at_work(crew, "lea")
    assert "2 个责任区全部换人顶班" in page(client)

    done = send(client, "/rounds/cover", {**COVER, "round": "", "to": "lea"})

    assert done.status_code == 303
    assert [row[:3] for row in covers(crew)] == [("r-ann", TODAY, "lea"), ("r-two", TODAY, "lea")]
    assert assignees(crew) == ["lea", "lea", "lea"]
    again = send(client, "/rounds/cover", {**COVER, "round": "", "to": "lea"})
    assert (again.status_code, len(covers(crew))) == (303, 2)


def test_given_a_deed_that_is_sent_twice_when_the_second_arrives_then_nothing_more_happens(crew):
    client = at_work(crew, "lea")

    first, second = send(client, "/rounds/cover", COVER), send(client, "/rounds/cover", COVER)
    third = send(client, "/rounds/uncover", {"day": TODAY.isoformat(), "round": "r-ann"})
    fourth = send(client, "/rounds/uncover", {"day": TODAY.isoformat(), "round": "r-ann"})

    assert {first.status_code, second.status_code, third.status_code, fourth.status_code} == {303}
    assert [row[2] for row in covers(crew)] == ["ben", "ann"]


def test_given_another_role_or_a_foreign_crew_when_they_cover_then_it_is_refused(crew):
    strangers = {name: at_work(crew, name) for name in ("ann", "sue", "max", "ins", "zoe")}

    answers = {
        name: {send(client, path, COVER).status_code for path in ("/rounds/cover", "/rounds/uncover")}
        for name, client in strangers.items()
    }

    assert answers == {"ann": {403}, "sue": {403}, "max": {403}, "ins": {403}, "zoe": {404}}
    assert covers(crew) == []
    assert assignees(crew) == ["ann", "ann"]


def test_given_no_token_when_cover_is_sent_then_it_is_refused(crew):
    client = at_work(crew, "lea")

    with clock.at(NOW):
        assert client.post("/rounds/cover", data=COVER).status_code in (400, 403)

    assert covers(crew) == []


BAD_COVERS = (
    ({"to": "zoe"}, 422),
    ({"to": "nobody"}, 422),
    ({"to": "off"}, 422),
    ({"to": ""}, 422),
    ({"was": ""}, 422),
    ({"day": ""}, 422),
    ({"day": "2026-11-31"}, 422),
    ({"day": (TODAY - timedelta(days=2)).isoformat()}, 422),
    ({"was": "ben", "to": "lea"}, 409),
    ({"round": "r-none"}, 404),
    ({"round": "", "was": "ben"}, 404),
)


def test_given_a_cover_that_does_not_hold_when_it_is_sent_then_it_is_refused_and_nothing_changes(crew):
    client = at_work(crew, "lea")

    answers = [(bad, send(client, "/rounds/cover", {**COVER, **bad}).status_code) for bad, _status in BAD_COVERS]

    assert answers == list(BAD_COVERS)
    assert covers(crew) == []
    assert assignees(crew) == ["ann", "ann"]


def test_given_a_taking_back_that_does_not_hold_when_it_is_sent_then_it_is_refused(crew):
    client, bad = at_work(crew, "lea"), ({"day": "x"}, {"round": "r-none"})

    good = {"day": TODAY.isoformat(), "round": "r-ann"}
    answers = [send(client, "/rounds/uncover", {**good, **each}).status_code for each in bad]

    assert answers == [422, 404]
    assert covers(crew) == []


def test_given_a_night_shift_when_midnight_has_passed_then_the_crews_day_is_still_yesterday(crew):
    client = at_work(crew, "lea")

    text = page(client, now=NOW.replace(hour=19, minute=59))

    assert "11月23日" in text
    assert "11月24日" in page(client, now=NOW.replace(hour=20, minute=1))


def test_given_a_rota_with_gaps_when_the_office_looks_then_each_is_named(crew):
    text = page(at_work(crew, "ins"))

    assert "排班盲区 0" in text
    assert "未载入 2026 年官方放假安排" in text


def test_given_a_round_with_nothing_left_when_the_page_opens_then_there_is_nothing_to_cover(crew):
    text = page(at_work(crew, "lea"), now=NOW + timedelta(hours=8))

    assert "人员ann" in text
    assert "/rounds/cover" not in text
