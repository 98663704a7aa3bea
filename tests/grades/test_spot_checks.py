"""Spot checks of a sheet are MT-22, an honest no aside; those of a person agree with the record (rules GR-9, NC-15)."""

import pytest

from app.grades.queries import of_live
from app.grades.queries_live import live
from app.grades.queries_records import behind
from app.grades.rules import Key, Kind
from app.grades.rules_evidence import What
from app.spotchecks.models import ReviewStep
from app.tallies.rules_rates import Rate
from tests.grades.test_queries import NOVEMBER, ZONE
from tests.grades.test_scope import IN, TODAY, opinion, site  # noqa: F401  the fixture
from tests.support.builders import NOW, kept
from tests.support.sitting import signed_in
from tests.training.test_routes import page

HONEST, HIDDEN, RIGHT = [("fail", "fail")], [("pass", "fail")], [("pass", "pass")]
FALSELY_LEFT_OUT = [("not_applicable", "fail")]
BOTH = [("fail", "fail"), ("pass", "fail")]


def look(steps, **said):
    """A second opinion on a record: (what it says, what the second person found) of each step."""
    differs = any(step == ("pass", "fail") for step in steps)
    review = opinion(IN, TODAY, outcome="differs" if differs else "agrees", **said)
    for n, (told, verdict) in enumerate(steps):
        about = {"step_id": f"S{n}", "step_title": "地面", "key": False, "photos": []}
        kept(ReviewStep, review_id=review, said=told, verdict=verdict, **about)
    return review


def sheet(kind, subject):
    [one] = live(kind, NOVEMBER, NOW, ZONE, subject)
    return one


def spot(kind, subject):
    return sheet(kind, subject).figures.rates.get(Key.SPOT, Rate(0, 0))


@pytest.mark.parametrize(
    ("looks", "unit", "person"),
    [
        ([RIGHT, HIDDEN], Rate(1, 2), Rate(1, 2)), ([RIGHT, HONEST], Rate(1, 1), Rate(2, 2)),
        ([RIGHT, BOTH], Rate(1, 2), Rate(1, 2)), ([RIGHT, FALSELY_LEFT_OUT], Rate(1, 2), Rate(2, 2)),
        ([HONEST, HONEST], Rate(0, 0), Rate(2, 2)),
    ],
)  # fmt: skip
def test_mt22_gr9_given_looks_when_counted_then_the_sheet_counts_what_conforms_and_the_person_what_agrees(
    site, looks, unit, person  # noqa: F811
):  # fmt: skip
    for steps in looks:
        look(steps)

    assert (spot(Kind.UNIT, "clean"), spot(Kind.PERSON, "ann")) == (unit, person)
    assert spot(Kind.POINT, "p1") == spot(Kind.STANDARD, IN) == unit


def test_nc15_given_an_honest_no_that_is_looked_at_when_scored_then_neither_score_changes(site):  # noqa: F811
    for steps in (RIGHT, RIGHT, HIDDEN):
        look(steps)
    before = [spot(Kind.UNIT, "clean").share, spot(Kind.PERSON, "ann").share]
    look(HONEST)

    after = [spot(Kind.UNIT, "clean").share, spot(Kind.PERSON, "ann").share]

    assert after[0] == before[0] and after[1] >= before[1]


def test_mt34_given_the_spot_checks_of_a_sheet_when_opened_then_exactly_those_stand_there(site):  # noqa: F811
    counted = [look(RIGHT), look(HIDDEN)]
    aside = look(HONEST)

    found = behind(of_live(sheet(Kind.UNIT, "clean"), NOVEMBER), What.SPOT, NOW, ZONE)

    assert {each.link.rpartition("/")[2] for each in found.records} == set(counted) and aside not in counted
    assert (sum(each.hit for each in found.records), found.whole) == (1, 2)


def test_mt22_given_a_sheet_and_a_person_when_opened_then_each_names_its_own_measure(app, site):  # noqa: F811
    look(RIGHT)
    unit = page(signed_in(app, "stan"), "/grades/unit/clean/records?what=spot&month=2026-11")
    person = page(signed_in(app, "ann"), "/grades/person/ann/records?what=spot&month=2026-11")

    assert "抽查合格率" in unit and "MT-22" in unit and "抽查一致率" not in unit
    assert "抽查一致率" in person
