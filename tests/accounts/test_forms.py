from datetime import date

import pytest

from app.accounts.forms import parse_grant, parse_person

GOOD = {"id": " WK-31 ", "name": "保洁一班-31", "role": "worker", "org_id": "clean", "crew_id": "c1", "shift_id": ""}


def test_given_a_whole_form_when_parsed_then_the_id_is_small_and_there_is_no_error():
    form = parse_person(GOOD, units={"clean"}, new=True)

    assert (form.id, form.errors) == ("wk-31", {})


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("id", "ab"),
        ("id", "a b c"),
        ("id", "-abc"),
        ("id", "a" * 41),
        ("id", "名字名"),
        ("name", ""),
        ("name", "x" * 61),
        ("name", "a\u202eb"),
        ("role", "king"),
        ("role", ""),
        ("org_id", "moon"),
        ("crew_id", "<script>"),
        ("shift_id", "a b"),
    ],
)
def test_given_one_wrong_field_when_parsed_then_that_field_alone_has_an_error(field, value):
    form = parse_person(GOOD | {field: value}, units={"clean"}, new=True)

    assert list(form.errors) == [field]


def test_given_a_crew_leader_without_a_crew_when_parsed_then_the_crew_is_asked_for():
    form = parse_person(GOOD | {"role": "crew_leader", "crew_id": ""}, units={"clean"}, new=True)

    assert list(form.errors) == ["crew_id"]


def test_given_a_known_person_when_parsed_then_the_id_is_not_judged():
    assert parse_person(GOOD | {"id": ""}, units={"clean"}, new=False).errors == {}


def test_given_a_grant_when_parsed_then_an_empty_end_is_open():
    form = parse_grant({"grant": "recheck", "from_on": "2026-11-01", "to_on": ""})

    assert (form.name, form.from_on, form.to_on, form.errors) == ("recheck", date(2026, 11, 1), None, {})


@pytest.mark.parametrize(
    ("given", "field"),
    [
        ({"grant": "fly", "from_on": "2026-11-01"}, "grant"),
        ({"grant": "recheck"}, "from_on"),
        ({"grant": "recheck", "from_on": "soon"}, "from_on"),
        ({"grant": "recheck", "from_on": "2026-11-02", "to_on": "2026-11-01"}, "to_on"),
        ({"grant": "recheck", "from_on": "2026-11-02", "to_on": "never"}, "to_on"),
    ],
)
def test_given_a_wrong_grant_when_parsed_then_that_field_has_an_error(given, field):
    assert list(parse_grant(given).errors) == [field]
