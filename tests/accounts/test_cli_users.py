import pytest

from app.accounts.actions import prove
from app.accounts.queries import credentials
from app.accounts.secrets import matches
from app.cli_users import user
from tests.support import builders


@pytest.fixture
def run(app):
    with app.app_context():
        builders.orgs()
        builders.person("ann")
        builders.person("adm", "admin", "bureau")
    return lambda *words: app.test_cli_runner().invoke(user, words)


def test_given_a_unit_when_a_user_is_added_then_the_printed_password_is_right(app, run):
    done = run("add", "NEW-1", "--name", "新来的", "--role", "worker", "--org", "clean")

    password = done.output.strip().split()[-1]
    assert done.exit_code == 0
    with app.app_context():
        assert prove("new-1", password) is not None


@pytest.mark.parametrize(
    "words",
    [
        ("add", "ann", "--name", "x", "--role", "worker", "--org", "clean"),
        ("add", "new-1", "--name", "x", "--role", "worker", "--org", "moon"),
        ("add", "new-1", "--name", "x", "--role", "king", "--org", "clean"),
        ("add", "new-1", "--name", "x", "--role", "crew_leader", "--org", "clean"),
        ("reset", "nobody"),
        ("disable", "adm"),
    ],
)
def test_given_a_mistake_when_a_command_runs_then_it_says_so_and_fails(run, words):
    done = run(*words)

    assert done.exit_code != 0
    assert "Error" in done.output
    assert "Traceback" not in done.output


def test_given_a_lost_password_when_reset_then_only_the_new_one_is_right(app, run):
    password = run("reset", "ann").output.split("once: ")[1].split(";")[0]

    with app.app_context():
        assert prove("ann", password) is not None
        assert prove("ann", builders.PASSWORD) is None


def test_given_a_lost_pin_when_reset_then_the_password_stays(app, run):
    pin = run("reset", "ann", "--pin").output.strip().split()[-1]

    with app.app_context():
        assert matches(credentials("ann").pin_hash, pin)
        assert prove("ann", builders.PASSWORD) is not None


def test_given_a_disabled_account_when_enabled_then_it_signs_in_again(app, run):
    run("disable", "ann")
    with app.app_context():
        assert prove("ann", builders.PASSWORD) is None

    run("enable", "ann")

    with app.app_context():
        assert prove("ann", builders.PASSWORD) is not None
