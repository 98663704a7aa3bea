import json

import pytest

from app.config import WrongSettings
from app.entrances.routes import read_declaration
from app.entrances.rules import House, UnitRule, Via, account_named, houses_of, placed, worth_keeping

PLAIN = {"id": "office", "via": "oidc", "label": "统一认证", "client_id": "c", "base": "https://id.example/realm"}
RULE = {"claim": "department", "value": "3", "unit": "clean"}


def declared(**values):
    return {"houses": [{**PLAIN, **values}]}


@pytest.mark.parametrize(
    "document",
    [
        [],
        {},
        {"houses": {}},
        {"houses": [1]},
        {"houses": [PLAIN, PLAIN]},
        declared(id="Big"),
        declared(id="a/b"),
        declared(via="saml"),
        declared(base="ftp://x"),
        declared(base="javascript:1"),
        declared(colour="red"),
        declared(userinfo="yes"),
        declared(units=[{**RULE, "role": "admin"}]),
        declared(units=[{**RULE, "role": "auditor"}]),
        declared(units=[{**RULE, "role": "king"}]),
        declared(units=[{"claim": "department", "unit": "clean"}]),
        {"houses": [{name: value for name, value in PLAIN.items() if name != "client_id"}]},
        {"houses": [{name: value for name, value in PLAIN.items() if name != "base"}]},
    ],
)
def test_given_a_declaration_that_does_not_hold_when_read_then_it_is_refused(document):
    with pytest.raises(ValueError, match=r"\w"):
        houses_of(document)


def test_given_no_role_in_a_rule_when_read_then_it_is_a_worker():
    (house,) = houses_of(declared(units=[RULE]))

    assert house.rules == (UnitRule("department", "3", "clean", "worker"),)
    assert house.named_hosts == {"id.example"}


def test_given_wecom_and_dingtalk_when_read_then_their_own_addresses_stand_there():
    wecom, ding = houses_of(
        {
            "houses": [
                {**PLAIN, "id": "a", "via": "wecom"},
                {"id": "b", "via": "dingtalk", "label": "钉", "client_id": "c"},
            ]
        }
    )

    assert (wecom.base, ding.base) == ("https://id.example/realm", "https://api.dingtalk.com")
    assert wecom.door.startswith("https://login.work.weixin.qq.com/")


@pytest.mark.parametrize(
    ("said", "unit"),
    [
        ("3", "a"),
        (3, "a"),
        ([7, 3], "a"),
        (["7"], "b"),
        (True, None),
        (None, None),
        ({"3": 1}, None),
        ("33", None),
        ([], None),
    ],
)
def test_given_claims_when_placed_then_the_first_rule_that_holds_counts(said, unit):
    rules = (UnitRule("department", "3", "a"), UnitRule("department", "7", "b"), UnitRule("department", "3", "c"))

    found = placed({"department": said}, rules)

    assert (found.unit if found else None) == unit


@pytest.mark.parametrize(
    ("claim", "claims", "account"),
    [
        ("", {"employee": "ann"}, ""),
        ("employee", {"employee": " ANN "}, "ann"),
        ("employee", {"employee": ["ann", "bob"]}, ""),
        ("employee", {}, ""),
        ("email", {"email": "ann@x", "email_verified": True}, "ann@x"),
        ("email", {"email": "ann@x", "email_verified": "true"}, ""),
        ("email", {"email": "ann@x"}, ""),
    ],
)
def test_given_claims_when_an_account_is_named_then_only_a_verified_one_counts(claim, claims, account):
    assert account_named(House("h", Via.OIDC, "l", "c", "https://x", account_claim=claim), claims) == account


def test_given_many_claims_when_kept_then_only_those_that_rules_look_at():
    (house,) = houses_of(declared(units=[RULE]))

    assert worth_keeping(house, {"department": [3, 7], "phone_number": "1", "address": "x"}) == {
        "department": ["3", "7"]
    }


def test_given_a_file_that_others_can_read_when_read_then_the_start_stops(tmp_path):
    path = tmp_path / "sign-in.json"
    path.write_text(json.dumps(declared()))
    path.chmod(0o644)

    with pytest.raises(WrongSettings, match="chmod 600"):
        read_declaration(path)


@pytest.mark.parametrize("text", ["", "{", '{"houses": 1}', "\x00"])
def test_given_a_file_that_does_not_hold_when_read_then_the_start_stops(tmp_path, text):
    path = tmp_path / "sign-in.json"
    path.write_text(text)
    path.chmod(0o600)

    with pytest.raises(WrongSettings, match=r"sign-in\.json"):
        read_declaration(path)


def test_given_no_file_when_read_then_there_is_no_house(tmp_path):
    assert read_declaration(tmp_path / "none.json") == {}
