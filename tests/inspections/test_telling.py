"""Who is told of an inspection, once each."""

from app.db import atomically, rows
from app.inspections import actions_announcing, actions_planning
from app.messages.models import Message
from app.messages.rules_words import sentence
from tests.support import inspecting as a


def told():
    return sorted((row.person_id, row.kind) for row in rows(Message.__table__.select()))


def test_given_an_inspection_when_it_goes_on_then_inspectors_and_unit_are_told_once(site):
    with site.app_context(), site.test_request_context():
        made = a.closed()
        atomically(lambda: actions_planning.plan(a.plan(made), a.who("ina"), a.NOW, a.ZONE))
        atomically(lambda: actions_announcing.announce(a.head(made), "总体较好，一项正在整改。", a.who("stan"), a.NOW))

        kinds = [each for each in told() if not each[1].startswith("finding")]
        first = rows(Message.__table__.select().where(Message.kind == "inspection"))[0]
        said = sentence(first.kind, first.params)

    assert kinds == [
        ("ian", "inspection"),
        ("sue", "inspected"),
        ("sue", "inspection_sign"),
        ("sue", "inspection_told"),
    ]
    assert "单位care" in said


def test_given_a_spot_check_when_planned_then_the_unit_is_not_told(site):
    with site.app_context():
        a.planned(occasion=a.Occasion.IRREGULAR)

        people = {person for person, _kind in told()}

    assert people == {"ian"}
