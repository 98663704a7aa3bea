"""What an answer of the other side means, told in words that fit the office's page. Pure."""

from datetime import timedelta

import pytest

from app.messages.rules_channels import Via
from app.messages.rules_outcomes import Outcome, Verdict, allowance, is_given_up, judged, recent, wait_after
from tests.support.builders import NOW


@pytest.mark.parametrize(
    ("via", "status", "body", "fault", "verdict"),
    [
        (Via.WECOM_ROBOT, 200, b'{"errcode":0}', "", Verdict.SENT),
        (Via.WECOM_ROBOT, 200, b'{"errcode":93000,"errmsg":"invalid webhook url"}', "", Verdict.FAILED),
        (Via.WECOM_ROBOT, 200, b'{"errcode":45009}', "", Verdict.AGAIN),
        (Via.WECOM_ROBOT, 200, b"<html>sign in</html>", "", Verdict.AGAIN),
        (Via.WECOM_ROBOT, 200, b'{"errcode":true}', "", Verdict.AGAIN),
        (Via.WECOM_ROBOT, 200, b"[1]", "", Verdict.AGAIN),
        (Via.WECOM_ROBOT, 500, b"", "", Verdict.AGAIN),
        (Via.WECOM_ROBOT, 429, b"", "", Verdict.AGAIN),
        (Via.WECOM_ROBOT, 302, b"", "", Verdict.FAILED),
        (Via.WECOM_ROBOT, 404, b"", "", Verdict.FAILED),
        (Via.DINGTALK_ROBOT, 200, b'{"errcode":310000,"errmsg":"sign not match"}', "", Verdict.FAILED),
        (Via.DINGTALK_ROBOT, 200, b'{"errcode":130101}', "", Verdict.AGAIN),
        (Via.WECOM_APP, 200, b'{"errcode":42001}', "", Verdict.TOKEN),
        (Via.WECOM_APP, 200, b'{"errcode":0,"invaliduser":"zhang"}', "", Verdict.FAILED),
        (Via.DINGTALK_APP, 200, b'{"errcode":88,"sub_code":"40014"}', "", Verdict.TOKEN),
        (Via.WEBHOOK, 204, b"", "", Verdict.SENT),
        (Via.WEBHOOK, 401, b"", "", Verdict.FAILED),
        (Via.SMS, 200, b'{"code":"OK"}', "", Verdict.SENT),
        (Via.SMS, 200, b'{"code":"BAD"}', "", Verdict.FAILED),
        (Via.SMS, 0, b"", "timeout", Verdict.AGAIN),
        (Via.SMS, 0, b"", "inside", Verdict.FAILED),
        (Via.SMS, 0, b"", "certificate", Verdict.AGAIN),
    ],
)
def test_given_an_answer_when_judged_then_it_is_carried_or_tried_again_or_failed(via, status, body, fault, verdict):
    assert judged(via, status, body, fault, expected='"OK"').verdict is verdict


def test_given_failures_in_a_row_when_the_channel_rests_then_longer_each_time_up_to_a_quarter_of_an_hour():
    waits = [wait_after(fails, 0.5).total_seconds() for fails in range(1, 12)]

    assert waits == [15, 30, 60, 120, 240, 480, 900, 900, 900, 900, 900]
    assert wait_after(1, 0).total_seconds() == 12 and wait_after(1, 1).total_seconds() == 18
    assert is_given_up(NOW, 100, NOW) and not is_given_up(NOW, 99, NOW)


def test_given_a_robot_that_has_posted_when_more_wait_then_caps_and_gentleness_hold():
    at_s = NOW.timestamp()

    assert allowance(Via.WECOM_ROBOT, [], at_s, 3) == 18
    assert allowance(Via.WECOM_ROBOT, [at_s - 1] * 18, at_s, 3) == 0
    assert allowance(Via.WECOM_ROBOT, [at_s - 61] * 18, at_s, 3) == 18
    assert allowance(Via.WECOM_ROBOT, [at_s - 1] * 2, at_s, 400) == 3
    assert allowance(Via.SMS, [], at_s, 400) == 60


@pytest.mark.parametrize(
    ("via", "status", "body", "fault", "outcome"),
    [
        (Via.SMS, 0, b"", "address", Outcome(Verdict.FAILED, "address")),
        (Via.SMS, 0, b"", "timeout", Outcome(Verdict.AGAIN, "timeout")),
        (Via.WEBHOOK, 200, b"", "", Outcome(Verdict.SENT)),
        (Via.WEBHOOK, 299, b"", "", Outcome(Verdict.SENT)),
        (Via.WEBHOOK, 300, b"", "", Outcome(Verdict.FAILED, "status: 300")),
        (Via.WEBHOOK, 199, b"", "", Outcome(Verdict.FAILED, "status: 199")),
        (Via.WEBHOOK, 499, b"", "", Outcome(Verdict.FAILED, "status: 499")),
        (Via.WEBHOOK, 500, b"", "", Outcome(Verdict.AGAIN, "status: 500")),
        (Via.WEBHOOK, 408, b"", "", Outcome(Verdict.AGAIN, "status: 408")),
        (Via.WEBHOOK, 425, b"", "", Outcome(Verdict.AGAIN, "status: 425")),
        (Via.SMS, 200, b"no \xff @all", "", Outcome(Verdict.FAILED, "answer: no � ＠all")),
        (Via.SMS, 200, b"x" * 200, "", Outcome(Verdict.FAILED, f"answer: {'x' * 157}…")),
        (Via.SMS, 200, b"\xff OK", "", Outcome(Verdict.SENT)),
        (Via.WECOM_ROBOT, 200, b"<html>", "", Outcome(Verdict.AGAIN, "strange")),
        (Via.WECOM_ROBOT, 200, b"", "", Outcome(Verdict.AGAIN, "strange")),
        (Via.WECOM_APP, 200, b'{"errcode":0,"access_token":"t1"}', "", Outcome(Verdict.SENT, token="t1")),
        (Via.WECOM_APP, 200, b'{"errcode":0}', "", Outcome(Verdict.SENT)),
        (Via.WECOM_APP, 200, b'{"errcode":0,"access_token":null}', "", Outcome(Verdict.SENT)),
        (
            Via.WECOM_APP, 200, b'{"errcode":0,"invaliduser":"@' + b"z" * 90 + b'"}', "",
            Outcome(Verdict.FAILED, "person: ＠" + "z" * 59),
        ),
        (
            Via.WECOM_ROBOT, 200, b'{"errcode":93000,"errmsg":"invalid"}', "",
            Outcome(Verdict.FAILED, "errcode: 93000 invalid"),
        ),
        (Via.WECOM_ROBOT, 200, b'{"errcode":-1}', "", Outcome(Verdict.AGAIN, "errcode: -1 ")),
        (Via.WECOM_APP, 200, b'{"errcode":40014,"errmsg":"e"}', "", Outcome(Verdict.TOKEN, "errcode: 40014 e")),
    ],
)  # fmt: skip
def test_given_an_answer_when_judged_then_the_reason_is_told_in_few_harmless_words(via, status, body, fault, outcome):
    assert judged(via, status, body, fault, expected="OK") == outcome


def test_given_very_many_failures_when_the_channel_rests_then_no_number_overflows():
    assert wait_after(10_000, 0.5) == timedelta(minutes=15)


def test_given_a_post_that_waits_when_a_day_is_over_then_it_is_given_up():
    assert is_given_up(NOW - timedelta(hours=24), 0, NOW)
    assert not is_given_up(NOW - timedelta(hours=24, microseconds=-1), 0, NOW)


def test_given_posts_when_those_of_the_last_minute_are_counted_then_now_counts_and_a_minute_ago_does_not():
    assert recent([39.9, 40, 40.1, 99, 100, 100.1], 100) == [40.1, 99, 100]


@pytest.mark.parametrize(("waiting", "most"), [(4, 18), (5, 18), (6, 5)])
def test_given_a_group_when_more_than_five_wait_then_it_is_written_to_gently(waiting, most):
    assert allowance(Via.WECOM_ROBOT, [], 100, waiting) == most
