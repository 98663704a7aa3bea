"""Pages and deeds of flags: the author gives a reason in one tap, somebody else judges, limits move in sight of all."""

from datetime import timedelta
from io import BytesIO
from uuid import uuid4

import pytest

from app import clock
from app.flags.models import FlagEvent, FlagState, FlagThreshold
from app.flags.rules_hearing import TIME_TO_SPEAK
from app.flags.rules_limits import DEFAULTS
from app.messages.models import Message
from app.photos.models import Photo
from tests.support import builders as make
from tests.support.flagging import LATER, flagged
from tests.support.pictures import webm
from tests.support.projects import entered
from tests.support.stored import rows_of, tables

DEED = "00000000-0000-4000-8000-0000000000f1"


@pytest.fixture
def world(app):
    with app.app_context():
        make.small_world()
        make.person("eve", "supervisor", "other")
        app.flag = flagged()
    return app


def send(world, who, deed, at=LATER, **form):
    client = entered(world, who)
    with clock.at(at):
        fields = {"id": DEED} | form
        page = "/me"
        return client.send(f"/flags/{world.flag.id}/{deed}", fields, page=page, content_type="multipart/form-data")


def page(world, who, path, at=LATER):
    client = entered(world, who)
    with clock.at(at):
        answer = client.get(path)
    return answer.status_code, answer.get_data(as_text=True)


def state(world):
    with world.app_context():
        return next(row.state for row in rows_of(FlagState) if row.flag_id == world.flag.id)


def kept(world, table):
    with world.app_context():
        return rows_of(table)


def test_given_a_flag_when_its_author_taps_a_reason_then_it_is_kept_and_the_supervisor_is_told(world):
    answer = send(world, "ann", "explain", reason="picture")

    assert (answer.status_code, answer.location) == (303, f"/checks/{world.flag.check_id}#flag-{world.flag.id}")
    (event,) = kept(world, FlagEvent)
    assert (event.kind, event.reason, event.words, event.by_id, event.at) == ("explained", "picture", "", "ann", LATER)
    assert state(world) == "explained"
    assert [row.person_id for row in kept(world, Message) if row.kind == "flag_explained"] == ["sue"]


def test_given_a_reason_when_sent_twice_then_it_is_kept_once(world):
    send(world, "ann", "explain", reason="picture")
    again = send(world, "ann", "explain", reason="picture")

    assert again.status_code == 303
    assert len(kept(world, FlagEvent)) == 1


def test_given_an_author_when_there_is_more_to_say_then_words_and_a_voice_are_added(world):
    send(world, "ann", "explain", reason="picture")

    answer = send(world, "ann", "explain", id=str(uuid4()), words="两个门口一样", sound=(BytesIO(webm()), "a.webm"))

    assert answer.status_code == 303
    _first, second = kept(world, FlagEvent)
    assert second.words == "两个门口一样"
    assert second.sha256 in {row.sha256 for row in kept(world, Photo) if row.part == "voice"}


@pytest.mark.parametrize("form", [{}, {"reason": "because"}, {"words": " "}, {"words": "长" * 501, "reason": "other"}])
def test_given_an_author_when_nothing_sensible_is_said_then_nothing_is_kept(world, form):
    answer = send(world, "ann", "explain", **form)

    assert answer.status_code == 422
    assert kept(world, FlagEvent) == []
    assert state(world) == "open"


def test_given_a_form_without_an_id_when_sent_then_the_page_is_to_be_opened_again(world):
    assert send(world, "ann", "explain", id="x", reason="other").status_code == 422
    assert kept(world, FlagEvent) == []


@pytest.mark.parametrize(("who", "status"), [("lea", 403), ("sue", 403), ("bob", 404), ("eve", 404)])
def test_given_somebody_else_when_a_reason_is_sent_then_it_is_refused(world, who, status):
    assert send(world, who, "explain", reason="other").status_code == status
    assert kept(world, FlagEvent) == []


@pytest.mark.parametrize(("who", "status"), [("ann", 403), ("lea", 403), ("eve", 404)])
@pytest.mark.parametrize("verdict", ["stands", "lift"])
def test_given_the_author_or_a_stranger_when_judging_then_it_is_refused(world, who, status, verdict):
    send(world, "ann", "explain", reason="other")

    assert send(world, who, verdict, id=str(uuid4()), words="不对").status_code == status
    assert state(world) == "explained"


def test_given_nobody_was_heard_when_it_is_upheld_then_the_person_is_to_be_heard_first(world):
    before = kept(world, FlagThreshold)

    answer = send(world, "sue", "stands", words="两处同一张照片")

    assert answer.status_code == 409
    assert (state(world), kept(world, FlagThreshold), kept(world, FlagEvent)) == ("open", before, [])


def test_given_three_days_of_silence_when_it_is_upheld_then_it_stands(world):
    at = LATER + TIME_TO_SPEAK + timedelta(seconds=1)

    assert send(world, "sue", "stands", at=at, words="两处同一张照片").status_code == 303
    assert state(world) == "stands"


def test_given_a_reason_was_given_when_a_supervisor_upholds_then_the_author_is_told_and_events_are_all_there(world):
    send(world, "ann", "explain", reason="picture")

    answer = send(world, "sue", "stands", id=str(uuid4()), words="请在现场重拍")

    assert answer.status_code == 303
    assert [(row.kind, row.by_id, row.words) for row in kept(world, FlagEvent)] == [
        ("explained", "ann", ""),
        ("stands", "sue", "请在现场重拍"),
    ]
    told = [row for row in kept(world, Message) if row.kind == "flag_judged"]
    assert [(row.person_id, row.params["standing"]) for row in told] == [("ann", "stands")]


def test_given_an_honest_reason_when_a_supervisor_lifts_it_then_no_waiting_is_asked_and_no_word_of_blame_is_said(world):
    assert send(world, "sue", "lift", words="两处相邻").status_code == 303
    assert state(world) == "lifted"

    _status, text = page(world, "ann", f"/checks/{world.flag.check_id}")

    assert "不成立" in text
    assert all(word not in text for word in ("作弊", "失实", "造假"))


def test_given_a_judged_flag_when_anything_is_sent_then_it_stays(world):
    send(world, "sue", "lift", words="两处相邻")

    late = send(world, "ann", "explain", id=str(uuid4()), reason="other")
    twice = send(world, "sue", "lift", id=str(uuid4()), words="再来")

    assert (late.status_code, twice.status_code) == (409, 409)
    assert len(kept(world, FlagEvent)) == 1


@pytest.mark.parametrize("words", ["", "   ", "长" * 501])
def test_given_a_judgement_without_a_reason_when_sent_then_it_is_refused(world, words):
    assert send(world, "sue", "lift", words=words).status_code == 422
    assert state(world) == "open"


def test_given_pages_when_read_then_no_flag_is_written(world):
    def ours():
        with world.app_context():
            return {name: n for name, n in tables().items() if name.startswith(("flag", "like_"))}

    before = ours()

    for path in ("/flags", "/flags?state=open&kind=picture_same&unit=clean", "/flags/limits"):
        assert page(world, "sue", path)[0] == 200
    assert page(world, "ann", "/flags/mine")[0] == 200

    assert ours() == before


def test_given_a_flag_when_pages_are_opened_then_each_says_what_was_seen_and_against_which_limit(world):
    flag = world.flag
    for who, path in (("sue", "/flags"), ("ann", "/flags/mine"), ("sue", f"/checks/{flag.check_id}")):
        status, text = page(world, who, path)
        assert status == 200
        assert "同一张照片再次使用" in text
        assert "同一个文件" in text
        assert f"flag-{flag.id}" in text


def test_given_filters_in_the_address_when_they_fit_nothing_then_the_list_is_empty(world):
    day = world.flag.business_on
    shown = {
        "state=lifted": False, "kind=typed": False, "unit=other": False, "day=2020-01-01": False,
        f"day={day}&state=open&kind=picture_same&unit=clean": True, "page=9": True, "kind=nonsense&day=x": True,
    }  # fmt: skip

    for query, there in shown.items():
        assert (f"flag-{world.flag.id}" in page(world, "sue", f"/flags?{query}")[1]) is there, query


def test_given_a_supervisor_of_another_unit_when_the_list_is_opened_then_it_is_empty(world):
    assert f"flag-{world.flag.id}" not in page(world, "eve", "/flags")[1]


def test_given_own_page_when_something_waits_then_it_leads_there_until_it_is_answered(world):
    assert "有 1 处不寻常" in page(world, "ann", "/me")[1]

    send(world, "ann", "explain", reason="picture")

    assert "处不寻常" not in page(world, "ann", "/me")[1]


def test_given_a_kind_with_a_limit_when_judged_then_the_limit_moves_within_its_bounds_and_the_page_says_how(app):
    with app.app_context():
        make.small_world()
        app.flag = flagged(kind="burst")

    send(app, "sue", "lift", words="巡检点位相邻")

    (moved,) = kept(app, FlagThreshold)
    assert (moved.org_id, moved.field, moved.before, moved.lifted, moved.stood) == (
        "care",
        "burst",
        DEFAULTS.burst,
        1,
        0,
    )
    assert moved.after > moved.before
    _status, text = page(app, "sue", "/flags/limits")
    assert f"{moved.before:g} → {moved.after:g}" in text
    assert "人员sue" in text


def test_given_a_record_without_flags_when_opened_then_it_says_that_it_was_looked_at(world):
    (other,) = world.flag.compared

    _status, text = page(world, "sue", f"/checks/{other}")

    assert "没有不寻常之处" in text
