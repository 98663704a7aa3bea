"""Sign-in by badge: activation once, the PIN afterwards, handing a team phone over."""

from datetime import timedelta

import pytest
from sqlalchemy import text, update

from app import clock
from app.accounts.models import Person
from app.accounts.queries import credentials
from app.accounts.queries_badges import badge_of
from app.accounts.secrets import matches
from app.db import atomically, rows, run
from qr.token import grouped, new_token
from tests.support import builders
from tests.support.badges import PIN, activated, badge_for


@pytest.fixture
def world(app):
    with clock.at(builders.NOW):
        with app.app_context():
            builders.small_world()
            builders.person("abe", "worker", "clean", crew_id="c1")
        yield app


@pytest.fixture
def leader(world):
    client = world.test_client()
    client.sign_in("lea")
    return client


@pytest.fixture
def team(world, leader):
    """A team phone that nobody is signed in on."""
    client = world.test_client()
    client.sign_in("lea")
    client.send("/team-phone", {"name": "一班 1号机"}, page="/badges")
    return client


def whoever(client):
    """Who is signed in on this phone."""
    answer = client.get("/api/v1/session")
    return answer.json["person"]["id"] if answer.status_code == 200 else None


def test_given_a_new_badge_when_activated_then_the_pin_counts_and_the_person_is_in(world, leader, tmp_path):
    token, code = badge_for(leader, "ann", tmp_path)
    phone = world.test_client()

    page = phone.get(f"/B/{token}").get_data(as_text=True)
    answer = phone.send(f"/b/{token}", {"code": f" {code[:3]} {code[3:]}", "pin": PIN, "again": PIN})

    assert "激活码" in page
    assert "人员ann" not in page
    assert (answer.status_code, answer.location) == (303, "/")
    assert whoever(phone) == "ann"
    with world.app_context():
        assert matches(credentials("ann").pin_hash, PIN)
        assert badge_of("ann").activated_at == builders.NOW


def test_given_an_activated_badge_when_scanned_then_the_pin_alone_opens(world, leader, tmp_path):
    token = activated(world, leader, "ann", tmp_path)
    phone = world.test_client()

    page = phone.get(f"/B/{token}")
    answer = phone.send(f"/b/{token}", {"pin": PIN})

    assert "激活码" not in page.get_data(as_text=True)
    assert page.headers["Cache-Control"] == "no-store"
    assert (answer.status_code, whoever(phone)) == (303, "ann")
    assert phone.get(f"/b/{token}").location == "/"


def test_given_a_pin_that_the_crew_leader_reset_when_signing_in_then_the_new_one_counts(world, leader, tmp_path):
    token = activated(world, leader, "ann", tmp_path)
    leader.send("/people/ann/pin", {"pin": "80805"}, page="/people/ann")
    phone = world.test_client()

    assert phone.send(f"/b/{token}", {"pin": PIN}).status_code == 422
    assert phone.send(f"/b/{token}", {"pin": "80805"}).status_code == 303


@pytest.mark.parametrize(
    "typed",
    [{"pin": "1234", "again": "1234"}, {"pin": PIN, "again": "9082"}, {"pin": "", "again": ""}, {"pin": "908"}],
)
def test_given_an_unfit_pin_when_activating_then_no_try_is_used_up_and_nothing_changes(typed, world, leader, tmp_path):
    token, code = badge_for(leader, "ann", tmp_path)
    phone = world.test_client()

    statuses = {phone.send(f"/b/{token}", {"code": code} | typed).status_code for _ in range(8)}

    assert statuses == {422}
    assert phone.send(f"/b/{token}", {"code": code, "pin": PIN, "again": PIN}).status_code == 303


def test_given_a_wrong_code_when_activating_then_nothing_changes(world, leader, tmp_path):
    token, code = badge_for(leader, "ann", tmp_path)
    wrong = f"{(int(code) + 1) % 1_000_000:06}"

    answer = world.test_client().send(f"/b/{token}", {"code": wrong, "pin": PIN, "again": PIN})

    assert answer.status_code == 422
    with world.app_context():
        assert badge_of("ann").activated_at is None
        assert matches(credentials("ann").pin_hash, builders.PIN)


def test_given_a_code_older_than_three_days_when_activating_then_it_is_wrong(world, leader, tmp_path):
    token, code = badge_for(leader, "ann", tmp_path)

    with clock.at(builders.NOW + timedelta(hours=72)):
        late = world.test_client().send(f"/b/{token}", {"code": code, "pin": PIN, "again": PIN})
    with clock.at(builders.NOW + timedelta(hours=71, minutes=59)):
        in_time = world.test_client().send(f"/b/{token}", {"code": code, "pin": PIN, "again": PIN})

    assert (late.status_code, in_time.status_code) == (422, 303)


def test_given_an_answer_that_was_lost_when_the_same_form_is_sent_again_then_it_signs_in(world, leader, tmp_path):
    token, code = badge_for(leader, "ann", tmp_path)
    form = {"code": code, "pin": PIN, "again": PIN}
    world.test_client().send(f"/b/{token}", form)
    phone = world.test_client()

    answer = phone.send(f"/b/{token}", form)

    assert (answer.status_code, whoever(phone)) == (303, "ann")


def test_given_somebody_signed_in_when_another_badge_is_scanned_then_the_phone_changes_hands(
    world, leader, team, tmp_path
):
    ann, abe = (activated(world, leader, who, tmp_path) for who in ("ann", "abe"))
    team.send(f"/b/{ann}", {"pin": PIN})
    thief = world.test_client()
    thief.set_cookie("dabiao", team.get_cookie("dabiao").value)

    page = team.get(f"/b/{abe}").get_data(as_text=True)
    team.send(f"/b/{abe}", {"pin": PIN})

    assert "人员ann正在使用" in page
    assert whoever(team) == "abe"
    assert whoever(thief) is None


def test_given_a_team_phone_when_used_then_every_page_says_who_and_hands_over(world, leader, team, tmp_path):
    token = activated(world, leader, "ann", tmp_path)
    team.send(f"/b/{token}", {"pin": PIN})

    pages = [team.get(path).get_data(as_text=True) for path in ("/", "/me", "/me/secrets", f"/p/{builders.CODE}")]
    answer = team.send("/logout", page="/me")

    assert all('<strong lang="zh-CN">人员ann</strong>' in page and "换人" in page for page in pages)
    assert answer.status_code == 303
    assert "刷卡" in team.get(answer.location).get_data(as_text=True)


def test_given_an_own_phone_when_used_then_no_bar_stands_there(world, leader, tmp_path):
    token = activated(world, leader, "ann", tmp_path)
    phone = world.test_client()
    phone.send(f"/b/{token}", {"pin": PIN})

    assert 'id="team"' not in phone.get("/me").get_data(as_text=True)


@pytest.mark.parametrize("door", ["badge", "password"])
def test_given_a_team_phone_when_left_untouched_then_the_session_ends_and_use_moves_the_end(
    door, world, leader, team, tmp_path
):
    token = activated(world, leader, "ann", tmp_path)
    if door == "badge":
        team.send(f"/b/{token}", {"pin": PIN})
    else:
        team.sign_in("ann")

    seen = []
    for minutes in (20, 40, 69, 100):
        with clock.at(builders.NOW + timedelta(minutes=minutes)):
            seen.append(whoever(team))

    assert seen == ["ann", "ann", "ann", None]


def test_given_a_team_phone_that_is_used_all_the_time_when_the_shift_is_over_then_the_session_ends_as_well(
    world, leader, team, tmp_path
):
    token = activated(world, leader, "ann", tmp_path)
    team.send(f"/b/{token}", {"pin": PIN})

    seen = {}
    for minutes in range(25, 14 * 60, 25):
        with clock.at(builders.NOW + timedelta(minutes=minutes)):
            seen[minutes] = whoever(team)

    assert {minutes for minutes, who in seen.items() if who is None} == set(range(825, 14 * 60, 25))


def test_given_an_own_phone_when_left_for_a_day_then_the_session_goes_on(world, leader, tmp_path):
    token = activated(world, leader, "ann", tmp_path)
    phone = world.test_client()
    phone.send(f"/b/{token}", {"pin": PIN})

    with clock.at(builders.NOW + timedelta(days=1)):
        assert whoever(phone) == "ann"


def test_given_a_page_that_asked_to_sign_in_when_a_badge_is_scanned_then_the_way_goes_on_there(world, leader, tmp_path):
    token = activated(world, leader, "ann", tmp_path)
    phone = world.test_client()
    phone.get("/me/sessions", follow_redirects=True)

    answer = phone.send(f"/b/{token}", {"pin": PIN})

    assert answer.location == "/me/sessions"


@pytest.mark.parametrize("spell", [str.lower, grouped, lambda token: f" {token[:10]}  {token[10:]} "])
def test_given_the_number_of_a_badge_when_typed_then_its_page_opens(spell, world, leader, tmp_path):
    token, _code = badge_for(leader, "ann", tmp_path)

    answer = world.test_client().get("/b", query_string={"number": spell(token)})

    assert (answer.status_code, answer.location) == (303, f"/b/{token}")


@pytest.mark.parametrize("typed", ["7K3QX-9M2TA", "nonsense", "7" * 500, "<script>"])
def test_given_no_number_of_a_badge_when_typed_then_a_sentence_says_so(typed, world):
    answer = world.test_client().get("/b", query_string={"number": typed})

    assert answer.status_code == 404
    assert "没有这个卡号" in answer.get_data(as_text=True)


def test_given_a_carrier_whose_role_changed_beside_the_pages_when_scanning_then_nothing_opens(world, leader, tmp_path):
    token = activated(world, leader, "ann", tmp_path)
    with world.app_context():
        atomically(lambda: run(update(Person).where(Person.id == "ann").values(role="supervisor")))

    assert world.test_client().send(f"/b/{token}", {"pin": PIN}).status_code == 422


def test_given_a_badge_when_all_tables_are_read_then_neither_token_nor_code_nor_pin_stands_there(
    world, leader, tmp_path
):
    token, code = badge_for(leader, "ann", tmp_path)
    with world.app_context():
        before = str([tuple(row) for row in rows(text("select * from badges"))])
    world.test_client().send(f"/b/{token}", {"code": code, "pin": PIN, "again": PIN})
    with world.app_context():
        after = str(
            [tuple(row) for table in ("badges", "account_events") for row in rows(text(f"select * from {table}"))]
        )

    for secret in (token, code, f"'{PIN}'"):
        assert secret not in before + after


def test_given_an_unknown_number_when_scanned_then_it_looks_like_a_badge_with_a_wrong_pin(world, leader, tmp_path):
    token = activated(world, leader, "ann", tmp_path)
    known, unknown = world.test_client(), world.test_client()
    other = new_token()

    pages = [
        (known.get(f"/b/{token}"), known.send(f"/b/{token}", {"pin": "0000"})),
        (unknown.get(f"/b/{other}"), unknown.send(f"/b/{other}", {"pin": "0000"})),
    ]

    shown = [[plain(answer, name) for answer in pair] for pair, name in zip(pages, (token, other), strict=True)]
    assert shown[0] == shown[1]
    assert [answer.status_code for pair in pages for answer in pair] == [200, 422, 200, 422]


def plain(answer, token):
    """The page without what differs from one session to the next."""
    page = answer.get_data(as_text=True).replace(token, "TOKEN")
    return "\n".join(line for line in page.splitlines() if "csrf_token" not in line)


@pytest.mark.parametrize(("secret", "status"), [(PIN, 303), (builders.PASSWORD, 303), ("0000", 422), ("", 422)])
def test_given_a_person_who_knows_only_the_pin_when_it_is_changed_then_the_present_one_proves_it(
    secret, status, world, leader, tmp_path
):
    token = activated(world, leader, "ann", tmp_path)
    phone = world.test_client()
    phone.send(f"/b/{token}", {"pin": PIN})

    answer = phone.send("/me/pin", {"password": secret, "pin": "604139"}, page="/me/secrets")

    assert answer.status_code == status
    with world.app_context():
        assert matches(credentials("ann").pin_hash, "604139" if status == 303 else PIN)


def test_given_an_open_session_when_the_present_pin_is_guessed_then_tries_run_out(world, leader, tmp_path):
    token = activated(world, leader, "ann", tmp_path)
    phone = world.test_client()
    phone.send(f"/b/{token}", {"pin": PIN})

    statuses = [
        phone.send("/me/pin", {"password": f"{number:04}", "pin": "604139"}, page="/me/secrets").status_code
        for number in range(7)
    ]

    assert statuses == [422] * 6 + [429]
