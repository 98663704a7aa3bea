from datetime import date, timedelta

import pytest

from app.learning.forms import maybe_id, parse_day, parse_standing, parse_wish
from app.learning.rules import BY_HAND, Standing
from app.learning.rules_records import MOST_EVIDENCE, Evidence, Kind, What, chosen, period_of
from app.learning.rules_words import DEED, KIND, STANDING, STANDING_CHIP, STATE, WHAT
from app.refusals import Invalid
from tests.support.builders import NOW

ID = "00000000-0000-4000-8000-0000000000aa"


@pytest.mark.parametrize(("text", "days"), [("30", 30), ("90", 90), ("180", 180), ("365", 365)])
def test_given_a_period_that_is_offered_when_read_then_it_is_that_long(text, days):
    found = period_of(text, NOW)

    assert (found.days, found.ends, found.ends - found.begins) == (days, NOW, timedelta(days=days))


@pytest.mark.parametrize("text", ["", "31", "-30", "1e2", "９０", "90 "])
def test_given_any_other_period_when_read_then_it_is_ninety_days(text):
    assert period_of(text, NOW).days == 90


def offered(count):
    made = [Evidence(Kind.STEP, f"S{number:02}", f"S{number:02}", "", "") for number in range(count)]
    return {each.key: each for each in made}


def test_given_keys_when_chosen_then_they_come_once_in_the_order_of_the_page():
    assert [each.ref for each in chosen(offered(5), ["step:S03", "step:S01", "step:S03"])] == ["S01", "S03"]


def test_given_all_keys_when_chosen_then_all_are():
    assert chosen(offered(3), list(offered(3))) == list(offered(3).values())


def test_given_a_key_that_is_not_offered_when_chosen_then_nothing_is():
    assert chosen(offered(2), ["step:S01", "finding:x"]) is None


def test_given_more_than_the_most_when_chosen_then_nothing_is():
    keys = list(offered(MOST_EVIDENCE + 1))

    assert chosen(offered(MOST_EVIDENCE + 1), keys) is None
    assert len(chosen(offered(MOST_EVIDENCE + 1), keys[:-1])) == MOST_EVIDENCE


def test_given_every_code_when_its_word_is_asked_for_then_there_is_one():
    assert (set(WHAT), set(STATE), set(KIND)) == (set(What), set(What), set(Kind))
    assert set(STANDING) == set(STANDING_CHIP) == set(Standing)
    assert set(DEED) == BY_HAND


def test_given_a_form_when_read_then_blanks_go_and_nonsense_is_nothing():
    wish = parse_wish({"id": ID, "step": " S01 ", "text": " 好 ", "anonymous": "1", "check": "x"})

    assert (wish.id, wish.step_id, wish.text, wish.anonymous, wish.check_id) == (ID, "S01", "好", True, None)
    assert parse_standing({"answer": "taken"}) is Standing.TAKEN
    assert parse_standing({"answer": "kept"}) is None


@pytest.mark.parametrize("text", ["", "x" * 36, ID + "0", ID.replace("-", "")])
def test_given_no_id_when_read_then_the_form_is_refused(text):
    assert maybe_id(text) is None
    with pytest.raises(Invalid):
        parse_wish({"id": text})


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("2026-12-31", date(2026, 12, 31)), ("2000-01-01", date(2000, 1, 1)), ("2100-12-31", date(2100, 12, 31)),
        ("1999-12-31", None), ("2101-01-01", None), ("2026-02-30", None), ("20261231", None), ("", None),
    ],
)  # fmt: skip
def test_given_a_date_when_read_then_nonsense_and_far_years_are_nothing(text, day):
    assert parse_day(text) == day
