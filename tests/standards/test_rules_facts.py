"""Facts for conditions."""

from datetime import date

import pytest

from app.standards.rules_facts import facts_asked, facts_of, facts_taken, window_id_of
from tests.support.standards import edition, step_document


def test_given_a_window_at_a_point_when_gathered_then_date_task_and_attributes_are_there():
    facts = facts_of(
        on=date(2026, 11, 23),
        day_type="workday",
        profile="round",
        window_key="2026-11-23/A/A2",
        kind="handover",
        attrs={"secure": True, "list": [1], "vehicle": {"energy": "汽油", "papers": {}}},
    )

    assert facts == {
        "task.profile": "round", "task.window_id": "A2", "task.window_kind": "handover", "date.month": 11,
        "date.weekday": "MO", "date.day_type": "workday", "point.attrs.secure": True, "vehicle.energy": "汽油",
    }  # fmt: skip


@pytest.mark.parametrize(
    ("key", "window_id"),
    [("2026-11-23/A/A2", "A2"), ("2026-11-23/A/e:mt-01", None), (None, None), ("", None), ("2026-11-23/A", None)],
)
def test_given_a_window_key_when_asked_then_its_window_is_named(key, window_id):
    assert window_id_of(key) == window_id


def test_given_an_edition_when_asked_then_the_facts_it_needs_and_asks_are_named():
    wet = {"all": [{"fact": "weather.wet", "eq": True}, {"fact": "steps.S01.result", "eq": "fail"}]}
    standard = edition(
        step_document("S01", prefill="vehicle.odometer_km"),
        step_document("S02", applies_when=wet),
        step_document("S03", "number", formula="i/point.attrs.rated_kva", inputs=[]),
        photo_forbidden_when={"fact": "booking.classified", "eq": True},
    )

    assert standard.fact_names == ("booking.classified", "point.attrs.rated_kva", "vehicle.odometer_km", "weather.wet")
    assert facts_asked(standard) == ("weather.wet",)
    assert facts_asked(edition()) == ()


def test_given_facts_from_a_phone_when_taken_then_only_the_asked_and_plain_ones_count():
    sent = {"weather.wet": True, "booking.classified": False, "weather.rain_24h_mm": {"a": 1}}

    assert facts_taken(sent, ("weather.wet", "weather.rain_24h_mm", "booking.incident")) == {"weather.wet": True}
    assert facts_taken({"weather.wet": None}, ("weather.wet",)) == {}
