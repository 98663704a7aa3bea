from datetime import timedelta

from app.accounts.actions import end_session, open_session
from app.accounts.queries import person_of_session
from app.db import atomically
from app.web.current import Role
from tests.support import builders


def test_given_a_session_when_asked_whose_then_it_is_the_person_with_role_and_scope(inside):
    builders.small_world()
    token = atomically(lambda: open_session("lea", "phone", "10.0.0.1"))

    found = person_of_session(token)

    assert (found.id, found.role, found.org_path, found.crew_id) == (
        "lea",
        Role.CREW_LEADER,
        "/bureau/care/clean/",
        "c1",
    )


def test_given_an_ended_session_when_asked_whose_then_it_is_nobody(inside):
    builders.small_world()
    token = atomically(lambda: open_session("lea", "phone", "10.0.0.1"))
    atomically(lambda: end_session(token))

    assert person_of_session(token) is None


def test_given_dated_grants_when_the_person_is_read_then_only_those_in_force_count(inside):
    builders.orgs()
    builders.person("sue", "supervisor", "care")
    today = builders.NOW.date()
    builders.grant("sue", "recheck", today - timedelta(days=3650), None)
    builders.grant("sue", "release", today - timedelta(days=3650), today - timedelta(days=3600))
    token = atomically(lambda: open_session("sue", "desk", "10.0.0.1"))

    assert person_of_session(token).grants == {"recheck"}
