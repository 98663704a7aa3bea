"""The service desk (rules SA-7b, SA-12): which place is meant, what a form holds, links that only this server makes."""

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.feedback.forms_desk import parse_entry
from app.feedback.rules_calls import Need
from app.feedback.rules_complaints import Class
from app.feedback.rules_desk import Place, places_meant, trip_item
from app.feedback.rules_tokens import LENGTH, key_of, token_of

ZONE, NOW = ZoneInfo("Asia/Shanghai"), datetime(2026, 11, 23, 0, 40, tzinfo=UTC)
ID = "00000000-0000-4000-8000-000000000001"
MEN = Place("p1", "01-01-WC-01", "1号楼1层男卫生间", "1号楼 1F")
WOMEN = Place("p2", "01-01-WC-02", "1号楼1层女卫生间", "1号楼 1F")
PANTRY = Place("p3", "02-02-TR-01", "茶水间", "2号楼 2F")
UPPER_PANTRY = Place("p4", "02-03-TR-01", "茶水间 北", "2号楼 3F")
PLACES = [MEN, WOMEN, PANTRY, UPPER_PANTRY]


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("01-01-wc-01", [MEN]),
        (" 01-01-WC-02 ", [WOMEN]),
        (MEN.typed, [MEN]),
        (MEN.typed.lower(), [MEN]),
        ("某个旧名字 · 01-01-WC-02", [WOMEN]),
        ("茶水间", [PANTRY]),
        ("1层 女", [WOMEN]),
        ("1号楼 卫生间", [MEN, WOMEN]),
        ("3f", [UPPER_PANTRY]),
        ("食堂", []),
        ("", []),
        ("   ", []),
    ],
)
def test_given_what_a_caller_says_when_typed_then_the_place_is_found(typed, meant):
    assert places_meant(typed, PLACES) == meant


@given(st.text(max_size=40))
def test_given_any_text_when_typed_then_only_known_places_come_back(typed):
    assert set(places_meant(typed, PLACES)) <= set(PLACES)


@given(st.sampled_from(PLACES))
def test_given_a_line_of_the_list_when_taken_then_it_means_that_place_alone(place):
    assert places_meant(place.typed, PLACES) == [place]


def form(**changed):
    return parse_entry({"id": ID, "kind": "complaint", "words": "地上有水", **changed}, ZONE, NOW)


def test_given_a_whole_form_when_read_then_every_field_has_its_value():
    entry = form(
        point=" 茶水间 ",
        proposed="valid",
        contact=" 分机  8801 ",
        name="王 ",
        said=" 好 ",
        happened_at="2026-11-23T08:00",
    )

    assert entry.errors == {}
    assert (entry.id, entry.kind, entry.typed, entry.words) == (ID, "complaint", "茶水间", "地上有水")
    assert (entry.proposed, entry.contact, entry.name, entry.said) == (Class.VALID, "分机 8801", "王", "好")
    assert entry.happened_at == datetime(2026, 11, 23, 8, tzinfo=ZONE)


@pytest.mark.parametrize(
    ("changed", "fields"),
    [
        ({}, set()),
        ({"kind": "question"}, set()),
        ({"kind": "praise"}, set()),
        ({"kind": "call", "need": "wet", "point": "茶水间", "words": ""}, set()),
        ({"kind": "call", "words": ""}, {"need", "point"}),
        ({"kind": "call", "need": "nonsense", "point": "茶水间"}, {"need"}),
        ({"id": "1"}, {"id"}),
        ({"id": ""}, {"id"}),
        ({"kind": ""}, {"kind"}),
        ({"kind": "rating"}, {"kind"}),
        ({"words": "  "}, {"words"}),
        ({"words": "字" * 2000}, set()),
        ({"words": "字" * 2001}, {"words"}),
        ({"happened_at": "2026-11-23T08:41"}, {"happened_at"}),
        ({"happened_at": "2026-11-23T08:40"}, set()),
        ({"happened_at": "2026-10-24T08:40"}, set()),
        ({"happened_at": "2026-10-24T08:39"}, {"happened_at"}),
        ({"happened_at": "gestern"}, {"happened_at"}),
        ({"happened_at": " "}, set()),
        ({"proposed": "nonsense"}, set()),
    ],
)
def test_given_a_form_when_read_then_each_fault_has_its_field(changed, fields):
    assert set(form(**changed).errors) == fields


def test_given_nonsense_choices_when_read_then_they_are_none():
    entry = form(proposed="nonsense", need="nonsense")

    assert (entry.proposed, entry.need) == (None, None)
    assert form(need="paper").need is Need.PAPER


def test_sa12_given_a_trip_when_named_then_its_item_is_always_the_same_and_its_own():
    assert trip_item("dp-1") == trip_item("dp-1") != trip_item("dp-2")


def test_ds7_given_a_case_when_its_link_is_made_then_only_the_secret_makes_it():
    token = token_of("secret", ID)

    assert token == "7g3va7dp6236bwdvf6nhf7dlnl"
    assert len(token) == LENGTH == 26
    assert token == token_of("secret", ID)
    assert token.isalnum()
    assert token == token.lower()
    assert len({token, token_of("other", ID), token_of("secret", ID.replace("1", "2"))}) == 3
    assert token not in key_of(token)
    assert key_of(token) == key_of(token.upper())
    assert len(key_of(token)) == 64


def test_given_the_limit_of_thirty_days_when_counted_then_it_is_from_now():
    past = (NOW - timedelta(days=30)).astimezone(ZONE).strftime("%Y-%m-%dT%H:%M")

    assert form(happened_at=past).errors == {}
