"""等保二级: each demand met or not, what the preset applies, and roles that nobody holds together."""

from datetime import timedelta

import pytest

from app import clock
from app.config import Settings, WrongSettings
from app.privacy.rules_preset import State, demands
from tests.support import builders

GOOD = State(preset=True, second_factor=True, https=True, audit_months=36, administrators=1, auditors=1)


def _unmet(**changed) -> set[str]:
    return {each.key for each in demands(State(**{**GOOD.__dict__, **changed})) if not each.met}


@pytest.mark.parametrize(
    ("changed", "unmet"),
    [
        ({}, set()),
        ({"preset": False}, {"idle"}),
        ({"second_factor": False}, {"second_factor"}),
        ({"https": False}, {"transport"}),
        ({"audit_months": 5}, {"log"}),
        ({"audit_months": 6}, set()),
        ({"auditors": 0}, {"roles"}),
        ({"administrators": 0}, {"roles"}),
    ],
)
def test_given_an_installation_when_held_against_the_preset_then_each_demand_stands_for_itself(changed, unmet):
    assert _unmet(**changed) == unmet


def test_given_a_demand_that_is_not_met_then_it_says_what_to_do():
    bad = State(preset=False, second_factor=False, https=False, audit_months=1, administrators=1, auditors=0)

    assert all(str(each.key) and each.remedy for each in demands(bad) if not each.met and each.key != "log")


def test_given_the_preset_when_settings_are_read_then_a_second_factor_is_asked_for(tmp_path):
    env = {"DABIAO_INSTANCE": str(tmp_path), "DABIAO_PRESET": "mlps2"}

    assert Settings.from_env(env).second_factor == "admin"
    assert Settings.from_env(env | {"DABIAO_SECOND_FACTOR": "off"}).second_factor == "off"
    assert Settings.from_env({"DABIAO_INSTANCE": str(tmp_path)}).second_factor == "off"
    with pytest.raises(WrongSettings, match="mlps2"):
        Settings.from_env(env | {"DABIAO_PRESET": "level3"})


@pytest.fixture
def world(app):
    with app.app_context():
        builders.small_world()
        builders.person("adm", "admin", "bureau")
        builders.person("adm2", "admin", "bureau")
        builders.person("aud", "auditor", "bureau")
        builders.person("sup", "supervisor", "care")
    return app


@pytest.mark.parametrize(("preset", "status"), [("mlps2", 303), ("", 200)])
def test_given_the_preset_when_a_desk_session_is_idle_then_it_ends(world, preset, status):
    settings = world.extensions["settings"]
    world.extensions["settings"] = settings.__class__(**{**settings.__dict__, "preset": preset})
    client = world.test_client()
    with clock.at(builders.NOW):
        client.sign_in("sup")
        assert client.get("/me/sessions").status_code == 200

    with clock.at(builders.NOW + timedelta(minutes=31)):
        assert client.get("/me/sessions").status_code == status


@pytest.mark.parametrize(("person", "status"), [("aud", 200), ("adm", 200), ("sup", 403), ("ann", 403)])
def test_given_a_role_when_opening_the_preset_then_auditor_and_administrator_see_it(world, person, status):
    client = world.test_client()
    client.sign_in(person)

    assert client.get("/audit/preset").status_code == status


@pytest.mark.parametrize(("person", "role"), [("adm2", "auditor"), ("aud", "admin"), ("adm", "auditor")])
def test_given_an_administrator_when_turned_into_an_auditor_or_back_then_refused(world, person, role):
    client = world.test_client()
    client.sign_in("adm")

    answer = client.send(f"/people/{person}", {"name": "某人", "role": role, "org_id": "bureau"})

    assert answer.status_code == 409
