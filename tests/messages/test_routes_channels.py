import pytest
from sqlalchemy import select

from app.db import rows
from app.messages.models import Delivery, MessageChannel
from app.messages.secrets import unseal
from tests.support.builders import orgs, person
from tests.support.messages import failed_delivery

SECRET = "SEC-hidden-0123456789"
ADDRESS = "https://qyapi.weixin.qq.com/cgi-bin/webhook/send?key=hidden-key"
FORM = {
    "via": "dingtalk_robot", "name": "物业群", "address": ADDRESS, "secret": SECRET, "kinds": ["call", "missed"],
    "units": ["care"], "quiet_from": "21:30", "quiet_to": "06:30", "active": "1",
}  # fmt: skip
APP = FORM | {"via": "wecom_app", "address": "https://qyapi.weixin.qq.com", "corp_id": "ww1", "agent_id": "7"}
SMS = FORM | {
    "via": "sms", "address": "https://sms.example.com/send", "media": "json",
    "template": '{"to":"{mobile}","say":"{text}"}', "header": "Authorization: Bearer {secret}", "expected": "",
}  # fmt: skip


@pytest.fixture
def world(app):
    with app.app_context():
        orgs()
        person("adm", "admin", "bureau")
        person("sue", "supervisor", "care")
    return app


@pytest.fixture
def admin(world):
    client = world.test_client()
    client.sign_in("adm")
    return client


def added(client, form=FORM, page="/messages/channels/new/dingtalk_robot"):
    return client.send("/messages/channels", form, page=page)


def kept_channels(app):
    with app.app_context():
        return rows(select(MessageChannel.name, MessageChannel.host, MessageChannel.sealed, MessageChannel.kinds))


def failed(app):
    with app.app_context():
        return failed_delivery()


@pytest.mark.parametrize("form", [FORM, APP, SMS])
def test_given_a_channel_when_added_then_what_is_secret_is_sealed_and_shown_nowhere(world, admin, form, caplog):
    answer = added(admin, form)

    assert answer.status_code == 303
    pages = admin.get(answer.location).get_data(as_text=True) + admin.get("/messages/channels").get_data(as_text=True)
    name, _host, sealed, kinds = kept_channels(world)[0]
    assert (name, kinds) == ("物业群", ["call", "missed"])
    for hidden in (SECRET, "hidden-key"):
        assert hidden not in pages and hidden not in sealed and hidden not in caplog.text
    opened = unseal(sealed, world.extensions["settings"].secret_key)
    assert (opened.address, opened.secret) == (form["address"], SECRET)
    assert unseal(sealed, "another key of thirty-two letters") is None


def test_given_a_channel_when_changed_with_empty_secrets_then_what_is_kept_stays(world, admin):
    path = added(admin).location

    answers = [admin.send(path, FORM | {"name": "新群", "address": "", "secret": ""}).status_code for _ in range(2)]

    assert answers == [303, 303]
    name, host, sealed, _kinds = kept_channels(world)[0]
    assert (name, host) == ("新群", "qyapi.weixin.qq.com")
    assert unseal(sealed, world.extensions["settings"].secret_key).secret == SECRET


@pytest.mark.parametrize(
    ("form", "changes"),
    [
        (FORM, {"name": " "}),
        (FORM, {"via": "carrier-pigeon"}),
        (FORM, {"address": ""}),
        (FORM, {"address": "http://example.com/"}),
        (FORM, {"address": "file:///etc/passwd"}),
        (FORM, {"address": "https://user:pw@example.com/"}),
        (FORM, {"quiet_from": "24:00"}),
        (FORM, {"quiet_to": "x"}),
        (FORM, {"units": ["no-such-unit"]}),
        (FORM, {"via": "webhook", "secret": "short"}),
        (FORM, {"via": "webhook", "secret": ""}),
        (APP, {"corp_id": "a&b"}),
        (APP, {"agent_id": "seven"}),
        (APP, {"agent_id": "٧"}),
        (APP, {"secret": ""}),
        (SMS, {"media": "xml"}),
        (SMS, {"template": "no holes"}),
        (SMS, {"template": '{"to":{mobile} "say":"{text}"}'}),
        (SMS, {"header": "Host: evil.example"}),
        (SMS, {"header": "X: a\r\nY: b"}),
    ],
)
def test_given_a_channel_that_does_not_hold_when_added_then_it_says_so_and_nothing_is_kept(world, admin, form, changes):
    assert added(admin, form | changes).status_code == 422
    assert kept_channels(world) == []


def test_given_a_failed_delivery_when_the_page_opens_then_it_says_why_and_tries_again_once(world, admin):
    path = added(admin).location
    number = failed(world)

    page = admin.get(path).get_data(as_text=True)
    answers = [
        admin.send(f"{path}/retry", {"delivery": each}, page=path).status_code
        for each in (str(number), str(number), "x")
    ]

    assert "对方拒收" in page and "invalid webhook url" in page
    assert answers == [303, 303, 303]
    with world.app_context():
        assert [tuple(row) for row in rows(select(Delivery.state, Delivery.tries))] == [("queued", 0)]


def test_given_all_failed_when_tried_again_together_then_each_is(world, admin):
    path = added(admin).location
    failed(world)

    assert admin.send(f"{path}/retry", page=path).status_code == 303
    with world.app_context():
        assert [row.state for row in rows(select(Delivery.state))] == ["queued"]


def test_given_a_trial_when_asked_for_twice_then_one_waits(world, admin):
    path = added(admin).location

    answers = [admin.send(f"{path}/trial", page=path).status_code for _ in range(2)]

    assert answers == [303, 303]
    with world.app_context():
        assert len(rows(select(Delivery.id))) == 1


def test_given_a_channel_for_people_when_it_does_not_know_the_asker_then_the_trial_is_refused(world, admin):
    path = added(admin, APP).location

    assert admin.send(f"{path}/trial", page=path).status_code == 409


@pytest.mark.parametrize(
    "path", ["/messages/channels/99", "/messages/channels/99/trial", "/messages/channels/99/retry"]
)
def test_given_no_such_channel_when_asked_then_there_is_none(admin, path):
    assert admin.send(path, FORM, page="/messages/choices").status_code == 404


@pytest.mark.parametrize(
    "path", ["/messages/channels", "/messages/channels/1", "/messages/channels/1/trial", "/messages/channels/1/retry"]
)
def test_given_somebody_else_when_they_post_then_they_are_refused(world, admin, path):
    added(admin)
    client = world.test_client()
    client.sign_in("sue")

    assert client.send(path, FORM | {"name": "x"}, page="/messages/choices").status_code == 403
    assert kept_channels(world)[0].name == "物业群"


@pytest.mark.parametrize(
    "via", ["wecom_robot", "dingtalk_robot", "wecom_app", "dingtalk_app", "webhook", "sms", "other"]
)
def test_given_each_kind_when_its_form_opens_then_the_page_stands(admin, via):
    assert admin.get(f"/messages/channels/new/{via}").status_code == 200
