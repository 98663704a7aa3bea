import pytest

from app import clock
from tests.support import builders


@pytest.fixture
def world(app):
    with app.app_context():
        builders.small_world()
        builders.person("adm", "admin", "bureau")
    return app


def test_given_the_right_password_when_signing_in_then_the_wanted_page_opens(world):
    client = world.test_client()

    answer = client.send("/login", {"account": " ANN ", "password": builders.PASSWORD, "next": "/me/sessions?x=1"})

    assert (answer.status_code, answer.location) == (303, "/me/sessions?x=1")


@pytest.mark.parametrize("account", ["ann", "nobody", "", "a" * 5000, "ann\u202e"])
def test_given_a_wrong_password_when_signing_in_then_one_sentence_for_all(world, account):
    client = world.test_client()

    answer = client.send("/login", {"account": account, "password": "wrong"})

    assert answer.status_code == 422
    assert "密码" in answer.get_data(as_text=True)


@pytest.mark.parametrize(
    "wanted",
    [
        "https://evil.example/",
        "//evil.example",
        "/\\evil.example",
        "\\\\evil.example",
        "/\t/evil.example",
        "javascript:alert(1)",
        "evil",
        "http:/evil",
        " //evil.example",
        "///evil.example",
        "/%0d%0aSet-Cookie:x=1\r\n",
    ],
)
def test_given_a_foreign_address_when_signing_in_then_the_own_start_page_opens(world, wanted):
    client = world.test_client()

    answer = client.send("/login", {"account": "ann", "password": builders.PASSWORD, "next": wanted})

    assert answer.status_code == 303
    assert answer.location == "/" or "evil" not in answer.location


def test_given_a_session_before_when_signing_in_then_cookie_and_token_are_fresh(world):
    client = world.test_client()
    token = client.token()
    before = client.get_cookie("dabiao").value

    client.sign_in("ann")

    assert client.get_cookie("dabiao").value != before
    assert client.post("/logout", data={"csrf_token": token}).status_code in (400, 403)


def test_given_no_token_when_signing_in_then_it_is_refused(world):
    assert world.test_client().post("/login", data={"account": "ann", "password": builders.PASSWORD}).status_code == 403


def test_given_many_wrong_tries_when_the_owner_comes_from_a_known_device_then_the_door_is_open(world):
    known, stranger = world.test_client(), world.test_client()
    known.sign_in("ann")
    known.send("/logout", page="/me/secrets")
    for _ in range(12):
        refused = stranger.send("/login", {"account": "ann", "password": "wrong"})

    assert refused.status_code == 429
    assert stranger.send("/login", {"account": "ann", "password": builders.PASSWORD}).status_code == 429
    assert known.send("/login", {"account": "ann", "password": builders.PASSWORD}).status_code == 303


def test_given_a_right_password_when_signing_in_often_then_nothing_is_used_up(world):
    for _ in range(12):
        world.test_client().sign_in("ann")


def test_given_two_sessions_when_one_ends_the_other_then_only_the_other_is_out(world):
    phone, desk = world.test_client(), world.test_client()
    phone.sign_in("ann")
    desk.sign_in("ann")

    answer = phone.send("/me/sessions/end-others", page="/me/sessions")

    assert answer.status_code == 303
    assert desk.get("/me/sessions").status_code == 303
    assert phone.get("/me/sessions").status_code == 200


def test_given_a_foreign_session_when_ending_it_by_key_then_it_is_not_found(world):
    ann, bob = world.test_client(), world.test_client()
    ann.sign_in("ann")
    bob.sign_in("bob")
    with world.app_context():
        from app.accounts.queries_people import sessions_of

        key = sessions_of("bob")[0].key

    answer = ann.send("/me/sessions/end", {"key": key}, page="/me/secrets")

    assert answer.status_code == 404
    assert bob.get("/me/sessions").status_code == 200


def test_given_a_disabled_person_when_asking_with_the_old_cookie_then_all_sessions_are_over(world):
    ann, admin = world.test_client(), world.test_client()
    ann.sign_in("ann")
    admin.sign_in("adm")

    answer = admin.send("/people/ann/disable", page="/people/ann")

    assert answer.status_code == 303
    assert ann.get("/me/sessions").status_code == 303
    assert world.test_client().send("/login", {"account": "ann", "password": builders.PASSWORD}).status_code == 422


def test_given_the_old_password_when_changing_it_then_other_sessions_end_and_the_new_one_opens(world):
    phone, desk = world.test_client(), world.test_client()
    phone.sign_in("ann")
    desk.sign_in("ann")
    new = "grün Tee am Fenster"

    answer = phone.send("/me/password", {"old": builders.PASSWORD, "new": new, "again": new}, page="/me/secrets")

    assert answer.status_code == 303
    assert desk.get("/me/secrets").status_code == 303
    assert phone.get("/me/secrets").status_code == 200
    world.test_client().sign_in("ann", new)


@pytest.mark.parametrize(
    ("old", "new", "again"),
    [
        ("wrong", "long enough words", "long enough words"),
        (builders.PASSWORD, "short", "short"),
        (builders.PASSWORD, "long enough words", "other words here"),
    ],
)
def test_given_a_fault_when_changing_the_password_then_the_old_one_stays(world, old, new, again):
    phone = world.test_client()
    phone.sign_in("ann")

    answer = phone.send("/me/password", {"old": old, "new": new, "again": again}, page="/me/secrets")

    assert answer.status_code == 422
    world.test_client().sign_in("ann")


def test_given_a_crew_leader_when_resetting_a_pin_of_the_crew_then_it_is_shown_once(world):
    leader = world.test_client()
    leader.sign_in("lea")

    answer = leader.send("/people/ann/pin", page="/people/ann")

    assert answer.status_code == 200
    assert "no-store" in answer.headers["Cache-Control"]
    with world.app_context():
        from app.accounts.queries import credentials
        from app.accounts.secrets import matches

        assert not matches(credentials("ann").pin_hash, builders.PIN)


def test_given_a_crew_leader_when_resetting_a_foreign_pin_then_the_person_is_not_found(world):
    leader = world.test_client()
    leader.sign_in("lea")

    assert leader.send("/people/bob/pin", page="/me/secrets").status_code == 404


def test_given_an_admin_when_adding_a_person_then_the_shown_password_signs_in(world):
    admin = world.test_client()
    admin.sign_in("adm")
    sheet = {"id": "new-1", "name": "新来的", "role": "worker", "org_id": "clean", "crew_id": "c1", "shift_id": "early"}

    page = admin.send("/people", sheet, page="/people/new").get_data(as_text=True)

    password = page.split('id="secret">')[1].split("<")[0]
    world.test_client().sign_in("new-1", password)


@pytest.mark.parametrize(
    "wrong", [{"id": "A B"}, {"id": "ann"}, {"name": ""}, {"role": "king"}, {"org_id": "moon"}, {"crew_id": "<b>"}]
)
def test_given_nonsense_when_adding_a_person_then_the_form_comes_back(world, wrong):
    admin = world.test_client()
    admin.sign_in("adm")
    sheet = {"id": "new-1", "name": "新来的", "role": "worker", "org_id": "clean", **wrong}

    assert admin.send("/people", sheet, page="/people/new").status_code == 422


def test_given_the_last_admin_when_disabling_or_demoting_then_it_is_refused(world):
    admin = world.test_client()
    admin.sign_in("adm")
    sheet = {"name": "管理", "role": "worker", "org_id": "bureau"}

    assert admin.send("/people/adm/disable", page="/people/adm").status_code == 409
    assert admin.send("/people/adm", sheet, page="/people/adm").status_code == 409


def test_given_a_grant_when_given_and_ended_then_it_counts_from_and_until_then(world):
    admin = world.test_client()
    admin.sign_in("adm")
    admin.send("/people/sue/grants", {"grant": "recheck", "from_on": "2020-01-01", "to_on": ""}, page="/people/sue")
    with world.app_context():
        from app.accounts.queries import person_by_id
        from app.accounts.queries_people import grants_of

        assert person_by_id("sue").grants == {"recheck"}
        number = grants_of("sue")[0].id

    admin.send(f"/people/sue/grants/{number}/end", page="/people/sue")

    with world.app_context():
        assert person_by_id("sue", clock.today(world.extensions["settings"].zone)).grants == frozenset()


@pytest.mark.parametrize(
    ("who", "sees", "not_sees"), [("lea", "ann", "bob"), ("sue", "ann", "bob"), ("adm", "bob", "")]
)
def test_given_a_reader_when_the_list_is_opened_then_only_the_own_reach_shows(world, who, sees, not_sees):
    client = world.test_client()
    client.sign_in(who)

    page = client.get("/people").get_data(as_text=True)

    assert f'/people/{sees}"' in page
    assert not not_sees or f'/people/{not_sees}"' not in page
    assert not not_sees or client.get(f"/people/{not_sees}").status_code == 404
