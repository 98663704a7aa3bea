"""The key of the installation is replaced: sessions live on for the stated time, sealed things open all the while."""

from datetime import timedelta

import pytest
from sqlalchemy import select, update

from app import clock
from app.accounts.actions_factor import USE as FACTORS
from app.accounts.actions_factor import begin_setup
from app.accounts.models import SecondFactor
from app.cli_secrets import secrets
from app.config import Settings, WrongSettings
from app.db import atomically, db, rows, run
from app.messages.models import MessageChannel
from app.messages.secrets import unseal
from app.web import sealing
from tests.support import builders, messages
from tests.support.databases import make_app, nothing


@pytest.fixture
def site(database, templates, tmp_path):
    """Starts the program anew on the same database and folder, its key kept in the folder."""
    started = []

    def start():
        app = make_app(url, tmp_path / "instance", DABIAO_SECRET_KEY="")
        started.append(app)
        return app

    with templates.copy(database, "bare", nothing, tmp_path / "instance") as url:
        yield start
        for app in started:
            with app.app_context():
                db.session.remove()
                db.engine.dispose()


def filled(app):
    key = app.extensions["settings"].secret_key
    with app.app_context():
        builders.small_world()
        builders.person("adm", "admin", "bureau")
        messages.channel(id=1, key=key)
        atomically(lambda: begin_setup("adm", key))
    return key


def sealed(app):
    with app.app_context():
        (channel,), (factor,) = rows(select(MessageChannel.sealed))[0], rows(select(SecondFactor.sealed))[0]
    return channel, factor


def rotated(app, *words):
    done = app.test_cli_runner().invoke(secrets, ["rotate", *words])
    assert done.exit_code == 0, done.output
    return done.output


def carried(before, after):
    """The browser of before, at the server of after."""
    for name in ("dabiao", "dabiao_device"):
        after.set_cookie(name, before.get_cookie(name).value)
    return after


def test_given_a_session_when_the_key_is_replaced_then_it_lives_on_and_is_signed_anew(site):
    first = site()
    filled(first)
    client = first.test_client()
    client.sign_in("ann")
    token = client.token("/me/secrets")

    output = rotated(first, "--accept-hours", "2")

    second = site()
    assert second.extensions["settings"].secret_key != first.extensions["settings"].secret_key
    assert "restart" in output and first.extensions["settings"].secret_key not in output
    same = carried(client, second.test_client())
    # A form that was open keeps its token.
    assert same.post("/me/sessions/end-others", data={"csrf_token": token}).status_code == 303
    assert same.get("/me/sessions").status_code == 200
    with clock.at(clock.now() + timedelta(hours=3)):
        assert same.get("/me/sessions").status_code == 200, "signed anew with the fresh key"
        late = carried(client, second.test_client())
        assert late.get("/me/sessions").status_code == 303, "the old key is over"


def test_given_no_hours_when_the_key_is_replaced_then_every_session_ends_at_once(site):
    first = site()
    filled(first)
    client = first.test_client()
    client.sign_in("ann")

    rotated(first, "--accept-hours", "0")

    assert carried(client, site().test_client()).get("/me/sessions").status_code == 303


def test_given_sealed_things_when_the_key_is_replaced_then_they_open_with_the_fresh_one_alone(site):
    first = site()
    old = filled(first)

    rotated(first)

    second = site()
    fresh = second.extensions["settings"].secret_key
    channel, factor = sealed(second)
    assert unseal(channel, fresh) and sealing.unseal(factor, FACTORS, fresh)
    assert unseal(channel, old) is None and sealing.unseal(factor, FACTORS, old) is None


def test_given_something_sealed_by_a_server_that_ran_on_when_read_then_it_opens_and_reseal_mends_it(site):
    first = site()
    old = filled(first)
    before = sealed(first)
    rotated(first)
    second = site()
    with second.app_context():
        atomically(lambda: run(update(MessageChannel).values(sealed=before[0])))

    assert unseal(before[0], second.extensions["settings"].keys)
    done = second.test_cli_runner().invoke(secrets, ["reseal"])
    assert (done.exit_code, done.output) == (0, "1 secrets sealed anew\n")
    assert unseal(sealed(second)[0], old) is None
    assert second.test_cli_runner().invoke(secrets, ["reseal"]).output == "0 secrets sealed anew\n"


def test_given_two_replacements_when_read_then_both_former_keys_stand_newest_first(site):
    first = site()
    filled(first)
    rotated(first)
    second = site()
    rotated(second)

    keys = site().extensions["settings"].keys

    assert keys[1:] == (second.extensions["settings"].secret_key, first.extensions["settings"].secret_key)
    assert (first.extensions["settings"].instance / "secret-key").stat().st_mode & 0o077 == 0
    assert (first.extensions["settings"].instance / "secret-key.former").stat().st_mode & 0o077 == 0


def test_given_a_key_from_the_environment_when_replaced_then_the_command_says_how_and_changes_nothing(app):
    done = app.test_cli_runner().invoke(secrets, ["rotate"])

    assert done.exit_code == 1 and "DABIAO_FORMER_KEYS" in done.output
    assert not (app.extensions["settings"].instance / "secret-key").exists()


@pytest.mark.parametrize(
    "text", ["short@2026-12-01T08:00+08:00", "k" * 40, "k" * 40 + "@soon", "k" * 40 + "@2026-12-01T08:00"]
)
def test_given_former_keys_that_do_not_hold_when_read_then_the_start_stops(tmp_path, text):
    with pytest.raises(WrongSettings, match="FORMER_KEYS"):
        Settings.from_env({"DABIAO_INSTANCE": str(tmp_path), "DABIAO_FORMER_KEYS": text})


def test_given_one_use_when_opened_as_another_then_it_stays_shut():
    box = sealing.seal("secret", "second factors", "k" * 32)

    assert sealing.unseal(box, "message channels", "k" * 32) is None
    assert sealing.unseal(box, "second factors", "other" * 8) is None
    assert sealing.unseal(box, "second factors", ("other" * 8, "k" * 32)) == "secret"
