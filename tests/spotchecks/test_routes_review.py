"""The desk review by its pages: one record at a time, one sheet a record, undone by a row of its own."""

import re
import uuid

import pytest

from app import clock
from app.checks.models import Answer
from app.db import atomically
from app.spotchecks.actions_review import hand_in_left
from app.spotchecks.models import Review
from app.spotchecks.models_review import ReviewSheet, SheetUndo
from tests.support import builders as make
from tests.support.builders import NOW, kept
from tests.support.lists import drawn_list, item_id, listed, promised
from tests.support.readers import body, readers, signed_in
from tests.support.standards import step_document
from tests.support.stored import rows_of
from tests.support.world import filled, pictured

MINUTES = make.timedelta(minutes=1)
REST = {"rest": "1"}


def answered(check_id, step_id, position, **values):
    kept(
        Answer, check_id=check_id, step_id=step_id, position=position, applicable=True, result="pass", key=False,
        photos_due=0, photos_valid=0, **values,
    )  # fmt: skip


@pytest.fixture
def world(app):
    """Three records of Ann's on a list of the section: S01 with a photo, S02 with a reading."""
    with clock.at(NOW):
        with app.app_context():
            make.small_world(
                step_document("S01", "photo", key=True, photo_min=1, title="全景自检", reference_photo="b" * 64),
                step_document("S02", "number", title="余氯", unit="mg/L", min=500, max=1000),
            )
            readers()
            make.person("rita", "inspector", "bureau")
            app.checks = [filled("p1", f"B{nth}", NOW - (300 - 60 * nth) * MINUTES) for nth in range(3)]
            for check_id in app.checks:
                answered(check_id, "S02", 2, value=788.0, unit="mg/L", limit_min=500.0, limit_max=1000.0)
            pictured(app.checks[0], "S01")
            app.draw = drawn_list(*app.checks)
            app.items = [item_id(app.draw, rank) for rank in (1, 2, 3)]
        yield app


def record(world, rank=1):
    return f"/spotchecks/items/{world.items[rank - 1]}"


def send(client, world, rank=1, **form):
    page = record(world, rank)
    data = {"csrf_token": client.token(page), "sheet": str(uuid.uuid4()), **form}
    return client.post(f"{page}/sheet", data=data)


def sheets(world):
    with world.app_context():
        return sorted(rows_of(ReviewSheet), key=lambda each: (each.at, each.nth))


def undone(world):
    with world.app_context():
        return [each.sheet_id for each in rows_of(SheetUndo)]


def fail(step="S01", reason="dirty", note=""):
    return {f"{step}.verdict": "fail", f"{step}.fail.reason": reason, f"{step}.note": note}


def test_given_a_drawn_list_when_opened_then_it_counts_and_leads_to_the_first_open_record(world):
    text = body(signed_in(world, "ivy"), f"/spotchecks/draws/{world.draw}/review")

    assert "0/3" in text
    assert f'href="{record(world)}"' in text


def test_given_a_record_when_opened_then_why_reading_limits_pictures_and_who_did_it_stand_there(world):
    text = body(signed_in(world, "ivy"), record(world))

    for part in (
        "1 / 3",
        "45",
        "788",
        "500 – 1000",
        f"/photos/{'b' * 64}/thumb",
        f"/photos/{'a' * 64}/thumb",
        "人员ann",
    ):
        assert part in text, part


def test_given_nothing_singled_out_when_sent_then_all_conforms_and_the_next_record_comes(world):
    answer = send(signed_in(world, "ivy"), world, **REST)

    assert (answer.status_code, answer.location) == (303, record(world, 2))
    assert [each["verdict"] for each in sheets(world)[0].steps] == ["pass", "pass"]


def test_given_the_last_record_when_sent_then_the_list_comes_back(world):
    client = signed_in(world, "ivy")

    places = [send(client, world, rank, **REST).location for rank in (1, 2, 3)]

    assert places == [record(world, 2), record(world, 3), f"/spotchecks/draws/{world.draw}/review"]
    assert "3/3" in body(client, places[-1])


def test_given_a_fail_when_sent_with_the_rest_then_it_is_kept_with_its_reason_and_words(world):
    send(signed_in(world, "ivy"), world, **fail(reason="other", note=" 地漏堵塞 "), **REST)

    assert sheets(world)[0].steps == [
        {"step": "S01", "verdict": "fail", "reason": "other", "note": "地漏堵塞"},
        {"step": "S02", "verdict": "pass", "reason": "", "note": ""},
    ]


@pytest.mark.parametrize(
    "form",
    [
        {"S01.verdict": "fail", **REST},
        {**fail(reason="blurred"), **REST},
        {**fail(reason="other"), **REST},
        {"S01.verdict": "perfect", **REST},
        {"S77.verdict": "pass", **REST},
        {"S01.verdict": "pass"},
        {},
        {"sheet": "no number", **REST},
    ],
)
def test_given_bad_input_when_sent_then_it_is_refused_with_a_sentence_and_nothing_is_kept(world, form):
    answer = send(signed_in(world, "ivy"), world, **form)

    assert answer.status_code == 422
    assert not sheets(world)


def test_given_a_fail_without_a_reason_when_refused_then_what_was_picked_is_still_there(world):
    answer = send(signed_in(world, "ivy"), world, **{"S01.verdict": "fail", "S02.verdict": "unseen", **REST})

    text = answer.get_data(as_text=True)
    assert re.search(r'name="S01.verdict" value="fail" checked', text)
    assert re.search(r'name="S02.verdict" value="unseen" checked', text)
    assert 'id="S01-error"' in text


def test_given_the_same_sheet_when_sent_twice_then_it_is_kept_once(world):
    client, number = signed_in(world, "ivy"), str(uuid.uuid4())

    answers = [send(client, world, sheet=number, **REST) for _ in range(2)]

    assert [each.status_code for each in answers] == [303, 303]
    assert len(sheets(world)) == 1


def test_given_the_same_number_with_other_answers_when_sent_then_it_is_a_conflict(world):
    client, number = signed_in(world, "ivy"), str(uuid.uuid4())
    send(client, world, sheet=number, **REST)

    assert send(client, world, sheet=number, **fail(), **REST).status_code == 409
    assert len(sheets(world)) == 1


def test_given_two_reviewers_on_one_record_when_the_second_sends_then_a_sentence_names_the_first(world):
    ivy, rita = signed_in(world, "ivy"), signed_in(world, "rita")
    send(ivy, world, **REST)

    answer = send(rita, world, **fail(), **REST)

    assert answer.status_code == 409
    assert "人员ivy" in answer.get_data(as_text=True)
    assert len(sheets(world)) == 1


def test_given_a_sheet_undone_when_somebody_else_sends_then_it_is_theirs(world):
    ivy, rita = signed_in(world, "ivy"), signed_in(world, "rita")
    send(ivy, world, **REST)
    ivy.send(f"/spotchecks/sheets/{sheets(world)[0].id}/undo", page=record(world))

    assert send(rita, world, **REST).status_code == 303
    assert [(each.by_id, each.nth) for each in sheets(world)] == [("ivy", 1), ("rita", 2)]


def test_given_second_thoughts_when_sent_again_then_both_sheets_are_kept_and_the_later_shows(world):
    client = signed_in(world, "ivy")
    send(client, world, **REST)
    send(client, world, **fail(), **REST)

    assert [each.nth for each in sheets(world)] == [1, 2]
    assert re.search(r'name="S01.verdict" value="fail" checked', body(client, record(world)))


def test_given_a_sheet_when_taken_back_twice_then_its_record_opens_again_and_one_row_says_so(world):
    client = signed_in(world, "ivy")
    send(client, world, **REST)
    path = f"/spotchecks/sheets/{sheets(world)[0].id}/undo"

    answers = [client.send(path, page=record(world)) for _ in range(2)]

    assert {(each.status_code, each.location) for each in answers} == {(303, record(world))}
    assert len(undone(world)) == 1
    assert "0/3" in body(client, f"/spotchecks/draws/{world.draw}/review")


def test_given_an_older_sheet_when_taken_back_then_only_the_latest_may_be(world):
    client = signed_in(world, "ivy")
    for rank in (1, 2):
        with clock.at(NOW + rank * MINUTES):
            send(client, world, rank, **REST)

    answer = client.send(f"/spotchecks/sheets/{sheets(world)[0].id}/undo", page=record(world))

    assert answer.status_code == 409
    assert not undone(world)


def test_given_a_colleagues_sheet_when_taken_back_then_there_is_none(world):
    send(signed_in(world, "ivy"), world, **REST)

    answer = signed_in(world, "rita").send(f"/spotchecks/sheets/{sheets(world)[0].id}/undo", page=record(world))

    assert answer.status_code == 404
    assert not undone(world)


@pytest.mark.parametrize(
    ("person_id", "status"), [("ann", 403), ("leo", 403), ("adm", 403), ("lea", 404), ("sam", 404)]
)
def test_given_somebody_who_does_not_judge_this_list_when_asking_then_they_are_refused(world, person_id, status):
    client = world.test_client()
    client.sign_in(person_id)
    token = client.token("/me")

    for path in (record(world), f"/spotchecks/draws/{world.draw}/review"):
        assert client.get(path).status_code == status, path
    form = {"csrf_token": token, "sheet": str(uuid.uuid4()), **REST}
    assert client.post(f"{record(world)}/sheet", data=form).status_code == status
    assert not sheets(world)


def test_given_the_reviewers_own_work_on_the_list_when_asked_then_somebody_else_looks_at_it(world):
    with world.app_context():
        own = filled("p1", "B7", NOW - 60 * MINUTES, by="sue")
        number = listed(world.draw, own, 4)
    client = signed_in(world, "sue")

    assert client.get(f"/spotchecks/items/{number}").status_code == 403
    assert (
        client.post(f"/spotchecks/items/{number}/sheet", data={"csrf_token": client.token("/me"), **REST}).status_code
        == 403
    )
    assert "0/3" in body(client, f"/spotchecks/draws/{world.draw}/review")


def test_given_a_list_for_the_site_when_opened_at_the_desk_then_it_is_not_there(world):
    with world.app_context():
        onsite = drawn_list(world.checks[0], mode="onsite")

    assert signed_in(world, "ivy").get(f"/spotchecks/draws/{onsite}/review").status_code == 404


def test_given_no_token_when_sent_then_it_is_refused(world):
    client = signed_in(world, "ivy")

    assert client.post(f"{record(world)}/sheet", data={"sheet": str(uuid.uuid4()), **REST}).status_code in (401, 403)
    assert not sheets(world)


def test_given_pictures_of_the_next_record_when_one_is_open_then_they_are_fetched_ahead(world):
    with world.app_context():
        pictured(world.checks[1], "S01", "c" * 64)

    assert f'rel="prefetch" as="image" href="/photos/{"c" * 64}/thumb"' in body(signed_in(world, "ivy"), record(world))


def hand_in(client, world):
    page = f"/spotchecks/draws/{world.draw}/review"
    return client.send(f"/spotchecks/draws/{world.draw}/hand-in", page=page)


def reviews(world):
    with world.app_context():
        return rows_of(Review)


def test_given_sheets_when_handed_in_twice_then_each_becomes_one_second_opinion(world):
    client = signed_in(world, "ivy")
    send(client, world, 1, **REST)
    send(client, world, 2, **fail(), **REST)

    answers = [hand_in(client, world) for _ in range(2)]

    assert [each.status_code for each in answers] == [303, 303]
    assert sorted(each.outcome for each in reviews(world)) == ["agrees", "differs"]
    assert {each.id for each in reviews(world)} == {each.id for each in sheets(world)}


def test_given_a_list_of_two_reviewers_when_one_hands_in_then_the_others_sheets_stay_open(world):
    ivy, rita = signed_in(world, "ivy"), signed_in(world, "rita")
    send(ivy, world, 1, **REST)
    send(rita, world, 2, **REST)

    hand_in(ivy, world)

    assert [each.by_id for each in reviews(world)] == ["ivy"]


def test_given_a_record_handed_in_when_changed_or_taken_back_then_nothing_moves_any_more(world):
    client = signed_in(world, "ivy")
    send(client, world, **REST)
    page, number = f"/spotchecks/draws/{world.draw}/review", sheets(world)[0].id
    hand_in(client, world)
    token = client.token("/me")

    again = client.post(f"{record(world)}/sheet", data={"csrf_token": token, "sheet": str(uuid.uuid4()), **REST})
    back = client.post(f"/spotchecks/sheets/{number}/undo", data={"csrf_token": token})

    assert (again.status_code, back.status_code) == (409, 409)
    assert (len(sheets(world)), undone(world)) == (1, [])
    assert "1/3" in body(client, page)


def test_given_nothing_looked_at_when_handed_in_then_nothing_is_kept(world):
    client = signed_in(world, "ivy")

    data = {"csrf_token": client.token(record(world))}
    assert client.post(f"/spotchecks/draws/{world.draw}/hand-in", data=data).status_code == 303
    assert not reviews(world)


@pytest.mark.parametrize(("person_id", "status"), [("ann", 403), ("leo", 403), ("lea", 404), ("sam", 404)])
def test_given_somebody_else_when_handing_in_then_they_are_refused(world, person_id, status):
    client = world.test_client()
    client.sign_in(person_id)
    data = {"csrf_token": client.token("/me")}

    assert client.post(f"/spotchecks/draws/{world.draw}/hand-in", data=data).status_code == status
    assert not reviews(world)


def test_given_sheets_left_lying_when_the_timer_looks_then_they_are_handed_in_for_their_reviewer(world):
    send(signed_in(world, "ivy"), world, **REST)
    zone = world.extensions["settings"].zone

    with world.app_context():
        early = atomically(lambda: hand_in_left(NOW + 239 * MINUTES, zone))
        late = atomically(lambda: hand_in_left(NOW + 241 * MINUTES, zone))
        again = atomically(lambda: hand_in_left(NOW + 300 * MINUTES, zone))

    assert (early, late, again) == (0, 1, 0)
    assert [each.by_id for each in reviews(world)] == ["ivy"]


def test_given_a_draw_that_is_promised_and_not_made_when_asked_then_nobody_sees_a_name(world):
    with world.app_context():
        number = promised(kind="spot")

    assert signed_in(world, "ivy").get(f"/spotchecks/draws/{number}/review").status_code == 404
