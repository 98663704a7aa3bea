"""Evidence beside the windows is held to the contract: its standards and its days (rules CT-7, CT-8)."""

import uuid
from dataclasses import replace
from datetime import date, timedelta

import pytest

from app.accounts.queries import person_by_id
from app.contractors.actions import keep_contract
from app.db import atomically
from app.feedback.models import FeedbackCase, FeedbackItem
from app.grades.queries import of_live
from app.grades.queries_live import live
from app.grades.queries_records import behind
from app.grades.rules import Key, Kind
from app.grades.rules_contract import Event
from app.grades.rules_evidence import What
from app.spotchecks.models import Draw, Item, Review, ReviewState
from app.tallies.rules_rates import Rate
from tests.grades.test_queries import HOUR, NOVEMBER, TERMS, ZONE, closed
from tests.support import builders, voices
from tests.support.builders import NOW, kept

IN, OUT = "JGSW05003.01", "JGSW05099.01"
TODAY, BEFORE = NOW - HOUR, NOW - timedelta(days=10)
FROM_TODAY = replace(TERMS, from_on=date(2026, 11, 20))
PLACES = [(IN, TODAY, 1), (OUT, TODAY, 0), (IN, BEFORE, 0)]
"""Standard, instant, and whether it is of the contract."""


@pytest.fixture
def site(app):
    with app.app_context():
        builders.small_world()
        builders.person("stan", "standards", "bureau")
        builders.occurrence("p1", "A0", NOW - 6 * HOUR, state="in_window", assignee_id="ann")
        atomically(lambda: keep_contract("clean", FROM_TODAY, person_by_id("stan"), NOW))
        yield app


def unit():
    [one] = [each for each in live(Kind.UNIT, NOVEMBER, NOW, ZONE) if each.subject.id == "clean"]
    return one


def listed(what):
    return behind(of_live(unit(), NOVEMBER), what, NOW, ZONE).records


def opinion(standard, at, **said):
    """Ina's second opinion about a record drawn by chance; gives back its id."""
    about = {"point_id": "p1", "standard_code": standard, "implementer_id": "clean", "responsible_id": "care"}
    draw, item, review = (str(uuid.uuid4()) for _ in range(3))
    kept(
        Draw, id=draw, lot=draw, kind="desk", mode="auto", method="simple", rhythm="daily", scope="unit",
        owner_id="care", from_on=at.date(), to_on=at.date(), closes_at=at, size="1", seed_hash="0" * 64,
        committed_at=at,
    )  # fmt: skip
    drawn = {"business_on": at.date(), "rank": 1, "weight": 1.0, "key": 0.5, "entered": "drawn", "why": {}}
    kept(Item, id=item, draw_id=draw, occurrence_id=1, **about, **drawn)
    whole = {"executor_id": "ann", "by_id": "ina", "by_name": "人员ina", "at": at, "kind": "onsite", **about}
    told = {"outcome": "agrees"} | said
    return kept(Review, id=review, subject=review, item_id=item, check_id=str(uuid.uuid4()), **whole, **told)


def complaint(standard, at):
    """A valid complaint whose limit is over; gives back its id."""
    said = kept(
        FeedbackItem, id=str(uuid.uuid4()), kind="complaint", words="地上很脏", point_id="p1", at=at, source="visitor",
        standard_code=standard, implementer_id="clean", responsible_id="care",
    )  # fmt: skip
    about = {"point_id": "p1", "implementer_id": "clean", "responsible_id": "care", "classified": "valid"}
    kept(
        FeedbackCase, item_id=said, number=said[:20], kind="complaint", state="open", received_at=at,
        close_due_at=NOW - HOUR / 2, **about,
    )  # fmt: skip
    return said


@pytest.mark.parametrize(("standard", "at", "counts"), PLACES)
def test_ct8_given_a_spot_check_when_counted_then_only_of_the_contract(site, standard, at, counts):
    opinion(standard, at)

    assert unit().figures.rates.get(Key.SPOT, Rate(0, 0)) == Rate(counts, counts)
    assert len(listed(What.SPOT)) == counts


@pytest.mark.parametrize(("standard", "at", "counts"), PLACES)
def test_ct8_given_an_untrue_record_when_counted_then_it_deducts_only_of_the_contract(site, standard, at, counts):
    review = opinion(standard, at, outcome="differs")
    kept(ReviewState, review_id=review, state="untrue", appeal_until=NOW)

    one = unit()

    assert one.figures.facts.falsified == counts == len(listed(What.UNTRUE))
    assert [each.event for each in one.figures.deductions] == [Event.FALSIFIED] * counts


@pytest.mark.parametrize(("standard", "at", "counts"), [*PLACES, ("", TODAY, 1), ("", BEFORE, 0)])
def test_ct8_given_a_rating_when_counted_then_only_of_the_contract(site, standard, at, counts):
    voices.rating(at=at, standard_code=standard)

    assert unit().figures.rates.get(Key.SATISFIED, Rate(0, 0)) == Rate(counts, counts)
    assert len(listed(What.SATISFIED)) == counts
    [point] = live(Kind.POINT, NOVEMBER, NOW, ZONE, "p1")
    assert point.figures.rates[Key.SATISFIED] == Rate(1, 1)


@pytest.mark.parametrize(("standard", "at", "counts"), [*PLACES, ("", TODAY, 1), ("", BEFORE, 0)])
def test_ct8_given_a_valid_complaint_when_counted_then_it_deducts_only_of_the_contract(site, standard, at, counts):
    complaint(standard, at)

    one = unit()

    assert one.figures.facts.unhandled == counts == len(listed(What.UNHANDLED))
    assert [each.event for each in one.figures.deductions] == [Event.COMPLAINT] * counts


@pytest.mark.parametrize(("standard", "at", "counts"), PLACES)
def test_ct8_given_an_own_finding_when_counted_then_it_earns_credit_only_of_the_contract(site, standard, at, counts):
    closed(standard_code=standard, found_at=at)

    figures = unit().figures

    assert (figures.facts.reported, figures.facts.put_right) == (counts, counts)
    assert len(listed(What.REPORTED)) == counts


def test_ct8_given_a_last_day_without_end_when_counted_then_ratings_are_found(site):
    endless = replace(TERMS, from_on=date(1, 1, 1), to_on=date.max)
    atomically(lambda: keep_contract("clean", endless, person_by_id("stan"), NOW))
    voices.rating(at=BEFORE)

    assert unit().figures.rates[Key.SATISFIED] == Rate(1, 1)
