from dataclasses import replace

import pytest

from app.messages.rules_access import may_watch
from app.messages.rules_channels import MANNERS, PERSONAL, Via
from app.messages.rules_choices import DEFAULT
from app.messages.rules_spread import carries, contact_of, mentioned
from app.messages.rules_words import Kind, sentence, title
from app.messages.secrets import Opened, seal, unseal
from app.web.current import CurrentPerson, Role

KNOWN = replace(DEFAULT, mobile="13800001111", wecom_id="ann.w", dingtalk_id="ann-d")


@pytest.mark.parametrize(
    ("kinds", "paths", "takes"),
    [
        ([], [], True),
        (["call"], [], True),
        (["missed"], [], False),
        ([], ["/bureau/care/"], True),
        ([], ["/bureau/other/"], False),
        ([], ["/bureau/other/", "/bureau/"], True),
        (["call"], ["/bureau/other/"], False),
        (["missed"], ["/bureau/care/"], False),
    ],
)
def test_given_a_channel_for_some_kinds_and_units_when_asked_then_both_must_hold(kinds, paths, takes):
    assert carries(kinds, paths, "call", "/bureau/care/clean/") is takes


@pytest.mark.parametrize(
    ("via", "way", "urgent", "contact"),
    [
        (Via.SMS, "all", False, "13800001111"),
        (Via.SMS, "7", False, "13800001111"),
        (Via.SMS, "8", False, ""),
        (Via.SMS, "none", False, ""),
        (Via.SMS, "none", True, "13800001111"),
        (Via.WECOM_APP, "all", False, "ann.w"),
        (Via.DINGTALK_APP, "all", False, "ann-d"),
        (Via.WECOM_ROBOT, "all", True, ""),
        (Via.WEBHOOK, "all", True, ""),
    ],
)
def test_given_what_a_person_has_chosen_when_a_channel_asks_then_it_reaches_them_or_not(via, way, urgent, contact):
    assert contact_of(via, replace(KNOWN, way=way), 7, urgent=urgent) == contact


def test_given_people_when_a_group_is_told_then_those_who_want_it_are_called_by_account_or_else_by_number():
    choices = {"ann": KNOWN, "bob": replace(DEFAULT, mobile="13800002222"), "eve": replace(KNOWN, way="none")}
    people = ["ann", "bob", "eve", "nobody"]

    assert mentioned(Via.WECOM_ROBOT, people, choices) == (["13800002222"], ["ann.w"])
    assert mentioned(Via.DINGTALK_ROBOT, people, choices) == (["13800002222"], ["ann-d"])
    assert mentioned(Via.SMS, people, choices) == mentioned(Via.WEBHOOK, people, choices) == ([], [])


def test_given_all_kinds_of_channels_when_listed_then_three_write_to_people():
    assert set(MANNERS) == set(Via)
    assert PERSONAL == ("wecom_app", "dingtalk_app", "sms")


def test_given_roles_and_grants_when_the_duty_room_opens_then_supervisors_and_holders_may_watch():
    def someone(role, *grants):
        return CurrentPerson("x", "x", role, "o", "/o/", grants=frozenset(grants))

    assert may_watch(someone(Role.SUPERVISOR)) and may_watch(someone(Role.WORKER, "duty"))
    assert not may_watch(someone(Role.WORKER, "desk")) and not may_watch(someone(Role.ADMIN))


def test_given_a_kind_when_said_then_codes_become_words_and_what_is_missing_a_dash():
    assert sentence(Kind.CHANNEL_FAILED, {"channel": "群", "fault": "timeout"}).endswith("no answer in time")
    assert "—" in sentence(Kind.CHANNEL_FAILED, {"channel": "群"})
    assert sentence("gone", {"a": "1", "b": "2"}) == "1 · 2"
    assert title(Kind.MISSED) == "Not done in time" and title("gone") == "gone"


def test_given_a_sealed_channel_when_opened_then_only_with_its_key():
    sealed = seal(Opened("https://x/y", "秘"), "k" * 32)

    assert unseal(sealed, "k" * 32) == Opened("https://x/y", "秘")
    assert unseal(sealed, "l" * 32) is None
    assert "秘" not in repr(Opened("https://x/y", "秘")) and "x/y" not in repr(Opened("https://x/y", "秘"))
