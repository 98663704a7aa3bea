"""Second opinions as figures count them: of the reach, held to a unit where one is asked (rules MT-22, MT-23)."""

from datetime import timedelta

from sqlalchemy import select

from app.accounts.queries import person_by_id
from app.db import rows
from app.organisations.rules import Scope
from app.spotchecks.models import Review
from app.spotchecks.queries_opinions import in_scope, opinions
from tests.support import builders as make
from tests.support.builders import NOW
from tests.support.looks import differing, looked_world
from tests.support.world import filled

DAY = timedelta(days=1)


def test_mt22_given_two_units_when_one_is_asked_for_then_its_opinions_alone_count(inside):
    check = looked_world()
    make.org("guard", "/bureau/care/", "contractor")
    differing("r1", check, "ann", "clean", "care")
    differing("r2", filled("p1", "B2", NOW - 2 * DAY), "ann", "guard", "care")

    def seen(who, unit=None):
        return {each.review_id for each in opinions(person_by_id(who), NOW - DAY, NOW + DAY, unit)}

    assert seen("leo", "") == {"r1", "r2"}
    assert seen("leo", "clean") == {"r1"}
    assert seen("meg", "") == {"r1"}
    assert seen("meg", "guard") == set()


def test_mt22_given_an_own_look_outside_the_reach_when_figures_are_counted_then_it_is_left_out(inside):
    check = looked_world()
    differing("r1", check, "ann", "clean", "care", by="sam")

    assert [each.review_id for each in opinions(person_by_id("sam"), NOW - DAY, NOW + DAY)] == ["r1"]
    assert opinions(person_by_id("sam"), NOW - DAY, NOW + DAY, "") == []


def test_mt22_given_a_reach_without_a_person_when_asked_for_then_its_opinions_alone_count(inside):
    check = looked_world()
    make.org("guard", "/bureau/care/", "contractor")
    differing("r1", check, "ann", "clean", "care")
    differing("r2", filled("p1", "B2", NOW - 2 * DAY), "ann", "guard", "care")

    def seen(scope, unit=""):
        return {row[0] for row in rows(select(Review.id).where(*in_scope(scope, unit)))}

    assert seen(Scope(None, answering=True)) == {"r1", "r2"}
    assert seen(Scope(None, answering=True), "clean") == {"r1"}
    assert seen(Scope(frozenset({"clean"}), answering=True)) == {"r1"}
    assert seen(Scope(frozenset({"care"}), answering=True)) == {"r1", "r2"}
    assert seen(Scope(frozenset({"care"}))) == seen(Scope(frozenset())) == set()
