"""The start page, a person's own page, and the choices of language and text size."""

import re
from datetime import timedelta

import pytest

from app import clock
from tests.support import builders as a

OPEN_TASK = "1号楼1层男卫生间"


@pytest.fixture
def world(app):
    """The small world on the clock of its Monday."""
    with app.app_context():
        a.small_world()
        a.occurrence(window="A3", start=a.NOW + timedelta(hours=3), assignee_id="ann")
        a.occurrence(
            window="A1",
            start=a.NOW - timedelta(hours=2),
            assignee_id="ann",
            state="in_window",
            done_at=a.NOW,
            done_by_id="ann",
        )
    with clock.at(a.NOW):
        yield app


def test_given_a_stranger_when_home_is_opened_then_sign_in_comes_first(world):
    answer = world.test_client().get("/")

    assert (answer.status_code, answer.headers["Location"].split("?")[0]) == (303, "/login")


def test_given_a_worker_when_home_is_opened_then_the_round_stands_there_with_what_is_next(world):
    client = world.test_client()
    client.sign_in("ann")

    page = client.get("/").get_data(as_text=True)

    assert OPEN_TASK in page
    assert "1/2" in page


def test_given_a_worker_of_another_unit_when_home_is_opened_then_the_empty_page_teaches(world):
    client = world.test_client()
    client.sign_in("bob")

    page = client.get("/").get_data(as_text=True)

    assert OPEN_TASK not in page
    assert 'href="/p"' in page


def test_given_a_worker_when_the_own_page_is_opened_then_own_figures_stand_there(world):
    client = world.test_client()
    client.sign_in("ann")

    page = client.get("/me").get_data(as_text=True)

    assert "人员ann" in page
    assert "/logout" in page


def test_given_one_of_each_when_home_is_opened_then_now_comes_first_and_what_cannot_be_done_last(world):
    hours = {"D1": 0, "D2": -3, "D3": -5, "D4": -4}
    states = {"D3": "unable", "D4": "missed"}
    with world.app_context():
        for window, hour in hours.items():
            start, state = a.NOW + timedelta(hours=hour), states.get(window, "planned")
            a.occurrence(window=window, start=start, assignee_id="ann", state=state)
    client = world.test_client()
    client.sign_in("ann")

    page = client.get("/").get_data(as_text=True)

    shown = re.sub(r"<section[^>]* hidden>.*?</section>", "", page, flags=re.DOTALL)
    headings = re.findall(r'class="section-title">(?:<svg.*?</svg>)?\s*([^ <]+)', shown)
    assert headings == ["现在该做", "接下来", "已过时，可以补做", "完成", "无法作业", "漏做"]


def test_given_a_month_when_the_own_page_is_opened_then_each_state_finds_its_place_and_open_ones_wait(world):
    long_ago = a.NOW - timedelta(hours=9)
    with world.app_context():
        for number, state in enumerate(("in_grace", "late", "missed", "exempt", "unable", "unknown", "planned")):
            a.occurrence(window=f"B{number}", start=long_ago, assignee_id="ann", state=state)
        a.occurrence(window="B9", start=long_ago, assignee_id="lea", done_by_id="ann", state="in_window")
    client = world.test_client()
    client.sign_in("ann")

    page = client.get("/me").get_data(as_text=True)

    figures = re.findall(r'<strong class="num">([^<]+)</strong>', page)
    assert figures == ["33.3%", "1", "1", "2", "2", "1"]


def test_given_a_choice_of_language_when_it_is_sent_then_the_next_page_is_in_it(world):
    client = world.test_client()
    client.sign_in("ann")

    client.send("/preferences", {"locale": "en", "large_text": "1", "next": "/"}, page="/me")

    page = client.get("/").get_data(as_text=True)
    assert 'lang="en" class="large"' in page
    assert "My tasks" in page


def test_given_a_visitor_when_a_language_is_chosen_then_this_browser_keeps_it(world):
    client = world.test_client()

    client.send("/preferences", {"locale": "en", "next": "/login"}, page="/login")

    assert 'lang="en"' in client.get("/login").get_data(as_text=True)


def test_given_a_foreign_address_when_preferences_are_sent_then_the_way_back_stays_here(world):
    client = world.test_client()

    answer = client.send("/preferences", {"locale": "en", "next": "https://evil.example/"}, page="/login")

    assert answer.headers["Location"] == "/"
