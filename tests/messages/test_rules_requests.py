import base64
import hashlib
import hmac
import json
from urllib.parse import parse_qs, urlsplit

import pytest

from app.messages.rules_channels import Via
from app.messages.rules_outcomes import Verdict, allowance, is_given_up, judged, wait_after
from app.messages.rules_requests import Account, Post, call_of, token_call
from app.messages.rules_texts import Item, cut, harmless, many, one, portions
from tests.support.builders import NOW

ITEM = Item(
    1,
    "k1",
    "call",
    "来访人呼叫",
    "1号楼：没纸",
    "https://dabiao.example/x",
    "11-23 08:40",
    urgent=True,
    people=("ann",),
)
POST = Post("文字", (ITEM,), "13800001111", ("13800002222",), ("zhang",))


def called(via, address="https://host.example/send?key=1", secret="", token="", **settings):
    return call_of(via, Account(address, secret, settings, token), POST, 1_700_000_000.5)


def test_given_a_wecom_robot_when_called_then_it_is_text_with_people_by_name_and_never_all():
    call = called(Via.WECOM_ROBOT)

    assert json.loads(call.body) == {
        "msgtype": "text",
        "text": {"content": "文字", "mentioned_list": ["zhang"], "mentioned_mobile_list": ["13800002222"]},
    }
    assert (call.method, call.url) == ("POST", "https://host.example/send?key=1")


def test_given_a_dingtalk_robot_with_a_key_when_called_then_the_address_is_signed_as_its_house_says():
    call = called(Via.DINGTALK_ROBOT, secret="SEC1")

    asked = parse_qs(urlsplit(call.url).query)
    wanted = hmac.new(b"SEC1", b"1700000000500\nSEC1", hashlib.sha256).digest()
    assert asked["timestamp"] == ["1700000000500"] and base64.b64decode(asked["sign"][0]) == wanted
    assert json.loads(call.body)["at"] == {"atMobiles": ["13800002222"], "atUserIds": ["zhang"], "isAtAll": False}
    assert "sign=" not in called(Via.DINGTALK_ROBOT).url


def test_given_app_channels_when_called_then_the_token_goes_along():
    wecom = called(Via.WECOM_APP, "https://qyapi.weixin.qq.com", "s", "t&k", corp_id="ww1", agent_id="7")
    ding = called(Via.DINGTALK_APP, "https://oapi.dingtalk.com/", "s", "tk", app_key="a1", agent_id="8")

    assert wecom.url == "https://qyapi.weixin.qq.com/cgi-bin/message/send?access_token=t%26k"
    assert json.loads(wecom.body) | {"text": 0} == {
        "touser": "13800001111", "msgtype": "text", "agentid": 7, "text": 0, "safe": 0,
        "enable_duplicate_check": 1, "duplicate_check_interval": 1800,
    }  # fmt: skip
    assert ding.url == "https://oapi.dingtalk.com/topapi/message/corpconversation/asyncsend_v2?access_token=tk"
    assert json.loads(ding.body)["to_all_user"] is False
    assert token_call(Via.WECOM_APP, Account("https://q", "s&", {"corp_id": "ww1"})).url == (
        "https://q/cgi-bin/gettoken?corpid=ww1&corpsecret=s%26"
    )
    assert (
        token_call(Via.DINGTALK_APP, Account("https://o", "s", {"app_key": "a"})).url
        == "https://o/gettoken?appkey=a&appsecret=s"
    )


def test_given_a_webhook_when_called_then_its_body_is_signed_with_the_time():
    call = called(Via.WEBHOOK, secret="0123456789abcdef")

    wanted = hmac.new(b"0123456789abcdef", b"1700000000." + call.body, hashlib.sha256).hexdigest()
    assert call.headers["Dabiao-Signature"] == f"sha256={wanted}"
    told = json.loads(call.body)
    assert told["id"] == call.headers["Dabiao-Id"] == POST.id
    assert told["messages"][0]["key"] == "k1" and told["messages"][0]["people"] == ["ann"]


@pytest.mark.parametrize(
    ("media", "template", "body"),
    [
        (
            "json",
            '{"to":"{mobile}","say":"{text}","key":"{secret}"}',
            {"to": "13800001111", "say": '"{secret}"&\n', "key": "s"},
        ),
        ("form", "to={mobile}&say={text}", "to=13800001111&say=%22%7Bsecret%7D%22%26%0A"),
    ],
)
def test_given_an_sms_template_when_filled_then_values_stay_values(media, template, body):
    settings = {"media": media, "template": template, "header": "Authorization: Bearer {secret}"}
    call = call_of(Via.SMS, Account("https://sms", "s", settings), Post('"{secret}"&\n', (), "13800001111"), 0)

    assert (json.loads(call.body) if media == "json" else call.body.decode()) == body
    assert call.headers["Authorization"] == "Bearer s"


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
    ("words", "shown"),
    [
        ("@all 快来", "＠all 快来"),
        ("<@zhang> hi", "＜＠zhang＞ hi"),
        ("看 https://evil.example/x", "看 https：//evil．example/x"),
        ("www.evil.com", "www．evil．com"),
        ("[点我](http://a.bc)", "［点我］(http：//a．bc)"),
        ("一\r\n二\x00三\u202e四\u2028五", "一 二 三 四 五"),
        ("JGSW05003.01-2026 3.5", "JGSW05003.01-2026 3.5"),
    ],
)
def test_given_words_of_a_stranger_when_they_leave_then_they_call_nobody_and_link_nowhere(words, shown):
    assert harmless(words) == shown


def test_given_messages_when_shared_out_then_few_go_alone_and_many_are_gathered():
    assert portions([10, 10, 10], 20) == [slice(0, 1), slice(1, 2), slice(2, 3)]
    assert portions([10] * 5, 20) == [slice(0, 2), slice(2, 4), slice(4, 5)]
    assert portions([], 20) == []
    assert portions([50] * 4, 20) == [slice(0, 1), slice(1, 2), slice(2, 3), slice(3, 4)]


def test_given_long_texts_when_cut_then_letters_stay_whole():
    assert cut("没" * 100, 10) == "没没…"
    assert len(many([ITEM] * 6, "https://x").encode()) < 2000
    assert one(ITEM).endswith("https://dabiao.example/x")
