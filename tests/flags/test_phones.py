"""Records name the phone that sent them, so that ticking for colleagues is seen; a phone of a team is shared."""

from datetime import timedelta

import pytest

from app.checks.models import Check
from app.flags.queries import flags_of_check
from app.web.devices import COOKIE, phone_name, remember
from tests.support import builders as make
from tests.support.builders import NOW
from tests.support.flagging import looked
from tests.support.protocol import Phone, kept, world
from tests.support.world import check_row


@pytest.fixture
def crew(app):
    with app.app_context():
        make.small_world()
        for name in ("bea", "cai", "dan"):
            make.person(name, "worker", "clean")
        yield app


def sent(phone, people=("ann", "bea", "cai", "dan")):
    """A record of each within an hour, from one phone; the last one's id."""
    return [
        check_row("p1", NOW - timedelta(minutes=70 - 10 * turn), None, by, phone=phone)
        for turn, by in enumerate(people)
    ][-1]


def test_given_four_accounts_on_one_phone_when_looked_at_then_the_last_is_flagged_with_the_others(crew):
    last = sent("0a1b2c3d4e5f6071")

    looked()

    (flag,) = [each for each in flags_of_check(last) if each.kind == "many_accounts"]
    assert (flag.numbers["accounts"], len(flag.compared)) == (4, 3)


@pytest.mark.parametrize("phone", ["team:early", None])
def test_given_a_team_phone_or_an_unknown_one_when_looked_at_then_nobody_is_flagged(crew, phone):
    last = sent(phone)

    looked()

    assert [each.kind for each in flags_of_check(last) if each.kind == "many_accounts"] == []


def test_given_two_partners_or_records_of_another_shift_when_looked_at_then_nobody_is_flagged(crew):
    two = sent("0a1b2c3d4e5f6071", ("ann", "bea"))
    check_row("p1", NOW - timedelta(hours=14), None, "cai", phone="0a1b2c3d4e5f6071")
    check_row("p1", NOW - timedelta(hours=14), None, "dan", phone="0a1b2c3d4e5f6071")

    looked()

    assert [each.kind for each in flags_of_check(two) if each.kind == "many_accounts"] == []


def test_given_a_submission_when_it_is_kept_then_it_names_the_phone_by_its_random_name_only(app):
    world(app)
    ann, unknown = Phone(app, "ann"), Phone(app, "ann")
    signed_in = make_known(app, ann)

    unknown.post("/api/v1/checks", make.submission())
    ann.post("/api/v1/checks", make.submission("00000000-0000-4000-8000-000000000002", window=None, profile="full"))

    phones = [row.phone for row in kept(app, Check)]
    assert phones == [None, signed_in]
    assert "ann" not in signed_in


def make_known(app, phone):
    """The cookie that signing in leaves on a device; gives back the random name in it."""
    with app.test_request_context():
        answer = app.response_class()
        remember(answer, phone.person)
    value = answer.headers["Set-Cookie"].split(";")[0].split("=", 1)[1]
    phone.client.set_cookie(COOKIE, value)
    with app.test_request_context(headers={"Cookie": f"{COOKIE}={value}"}):
        return phone_name()
