"""Who may hand in the records of whose phone."""

from dataclasses import dataclass

import pytest

from app.checks.rules_handed import may_hand_in
from app.web.current import CurrentPerson, Role


@dataclass
class Author:
    role: Role = Role.WORKER
    crew_id: str | None = "c1"
    org_path: str = "/bureau/care/clean/"


def taker(role=Role.CREW_LEADER, path="/bureau/care/clean/", crew="c1"):
    return CurrentPerson("t", "t", role, "clean", path, crew_id=crew)


@pytest.mark.parametrize(
    ("who", "author", "may"),
    [
        (taker(), Author(), True),
        (taker(), Author(Role.DRIVER), True),
        (taker(), Author(crew_id="c2"), False),
        (taker(crew=None), Author(crew_id=None), False),
        (taker(), Author(Role.SUPERVISOR), False),
        (taker(Role.SUPERVISOR, "/bureau/care/"), Author(crew_id="c2"), True),
        (taker(Role.SUPERVISOR), Author(crew_id=None), True),
        (taker(Role.SUPERVISOR, "/bureau/other/"), Author(), False),
        (taker(Role.SUPERVISOR, "/bureau/care/clean/night/"), Author(), False),
        (taker(Role.WORKER), Author(), False),
        (taker(Role.ADMIN, "/"), Author(), False),
    ],
)
def test_given_somebody_s_records_when_handed_in_then_only_the_own_crew_leader_or_a_supervisor_above_may(
    who, author, may
):
    assert may_hand_in(who, author) is may
