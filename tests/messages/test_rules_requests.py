"""The calls of each kind of channel, byte for byte as its house documents them. Pure."""

import base64
import hashlib
import hmac
import json
from urllib.parse import parse_qs, urlsplit

import pytest

from app.messages.rules_channels import Via
from app.messages.rules_requests import FORM, JSON, Account, Call, Post, call_of, token_call
from app.messages.rules_texts import Item

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


def as_json(call):
    assert (call.method, call.headers["Content-Type"]) == ("POST", JSON)
    return json.loads(call.body)


def test_given_robots_and_apps_when_called_then_the_whole_body_is_as_their_house_says():
    ding = called(Via.DINGTALK_ROBOT)
    app = called(Via.DINGTALK_APP, "https://oapi.dingtalk.com//", "s", "t/k", app_key="a1", agent_id="8")
    wecom = called(Via.WECOM_APP, "https://own.example//", "s", "t/k", corp_id="ww1", agent_id="7")

    assert as_json(ding) == {
        "msgtype": "text", "text": {"content": "文字"},
        "at": {"atMobiles": ["13800002222"], "atUserIds": ["zhang"], "isAtAll": False},
    }  # fmt: skip
    assert as_json(app) == {
        "agent_id": 8, "userid_list": "13800001111", "to_all_user": False,
        "msg": {"msgtype": "text", "text": {"content": "文字"}},
    }  # fmt: skip
    assert app.url.startswith("https://oapi.dingtalk.com/topapi/") and app.url.endswith("access_token=t%2Fk")
    assert as_json(wecom)["text"] == {"content": "文字"}
    assert wecom.url == "https://own.example/cgi-bin/message/send?access_token=t%2Fk"
    assert "文字".encode() in ding.body


@pytest.mark.parametrize(("address", "sign"), [("https://h/send", "?"), ("https://h/send?a=1", "&")])
def test_given_a_robot_with_a_key_when_signed_then_the_signature_joins_what_the_address_has(address, sign):
    assert called(Via.DINGTALK_ROBOT, address, "SEC1").url.startswith(f"{address}{sign}timestamp=1700000000500&sign=")


@pytest.mark.parametrize(
    ("via", "settings", "url"),
    [
        (Via.WECOM_APP, {"corp_id": "c"}, "https://h/cgi-bin/gettoken?corpid=c&corpsecret=s"),
        (Via.DINGTALK_APP, {"app_key": "k"}, "https://h/gettoken?appkey=k&appsecret=s"),
    ],
)
def test_given_an_app_when_its_token_is_asked_for_then_by_get(via, settings, url):
    assert token_call(via, Account("https://h//", "s", settings)) == Call("GET", url)


def test_given_the_same_messages_when_posted_again_then_the_id_is_the_same_and_other_messages_have_another():
    other = Post("", (ITEM, ITEM))

    assert POST.id == hashlib.sha256(b"k1").hexdigest()[:32]
    assert other.id == hashlib.sha256(b"k1\nk1").hexdigest()[:32]


def test_given_a_webhook_when_called_then_the_whole_of_each_message_and_the_version_go_along():
    call = called(Via.WEBHOOK, secret="0123456789abcdef")

    assert as_json(call) == {
        "version": 1,
        "id": POST.id,
        "messages": [
            {
                "key": "k1", "kind": "call", "title": "来访人呼叫", "text": "1号楼：没纸", "at": "11-23 08:40",
                "link": "https://dabiao.example/x", "urgent": True, "people": ["ann"],
            }
        ],
    }  # fmt: skip
    assert call.headers["Dabiao-Timestamp"] == "1700000000"


@pytest.mark.parametrize(("media", "kind"), [("json", JSON), ("form", FORM)])
def test_given_an_sms_gateway_when_called_then_its_media_type_id_and_header_hold(media, kind):
    call = called(Via.SMS, "https://sms", "s", media=media, template="没纸 {id} {text}", header="X-Key: a:{secret}")

    assert (call.method, call.headers["Content-Type"], call.headers["X-Key"]) == ("POST", kind, "a:s")
    assert call.body.decode().startswith(f"没纸 {POST.id} {'文字' if media == 'json' else '%E6'}")
    assert set(called(Via.SMS, media=media, template="x", header="").headers) == {"Content-Type"}
