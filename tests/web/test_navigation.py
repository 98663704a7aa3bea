"""The top navigation by role."""

import pytest
from flask import Flask

from app.web.current import Role
from app.web.navigation import _shown as entries_of
from tests.support import builders as a

HIDDEN = ("/log", "/people", "/labels")


@pytest.fixture
def world(app):
    with app.app_context():
        a.small_world()
        a.person("ada", "admin", "bureau")
    return app


def places(world, person):
    client = world.test_client()
    client.sign_in(person)
    page = client.get("/standards").get_data(as_text=True)
    return page.split('class="top-nav"')[1].split("</nav>")[0]


def test_given_a_worker_when_a_desk_page_is_opened_then_only_the_own_places_are_named(world):
    named = places(world, "ann")

    assert 'href="/"' in named
    assert not [place for place in HIDDEN if f'href="{place}"' in named]


def test_given_a_supervisor_when_a_desk_page_is_opened_then_the_log_stands_there_and_the_own_round_does_not(world):
    named = places(world, "sue")

    assert 'href="/log"' in named
    assert 'href="/"' not in named


def test_given_an_administrator_when_a_desk_page_is_opened_then_no_records_are_offered(world):
    named = places(world, "ada")

    assert 'href="/people"' in named
    assert 'href="/log"' not in named


def test_given_an_application_without_some_pages_when_the_navigation_is_made_then_they_are_left_out():
    bare = Flask("bare", static_folder=None)
    bare.add_url_rule("/log", "log", lambda: "")

    assert [entry.path for entry in entries_of(bare)[Role.SUPERVISOR]] == ["/log"]


def test_given_the_grant_of_the_desk_when_a_page_is_opened_then_the_desk_is_offered_to_its_holder_only(world):
    with world.app_context():
        a.person("dee", "worker", "other")
        a.grant("dee", "desk")

    assert 'href="/feedback/desk"' in places(world, "dee")
    assert 'href="/feedback/desk"' not in places(world, "bob")


def test_given_the_current_page_when_shown_then_it_is_marked_for_everybody(world):
    assert 'href="/standards" aria-current="page"' in places(world, "sue")


def test_given_more_sections_than_fit_when_shown_then_the_daily_ones_stand_in_the_line_and_each_stands_once(world):
    named = places(world, "sue")

    line, behind = named.split("<details")
    assert 'href="/log"' in line
    assert 'href="/labels"' in behind
    assert all(named.count(f'href="{each.path}"') == 1 for each in entries_of(world)[Role.SUPERVISOR])


def test_given_a_section_behind_more_when_open_then_the_line_names_it(world):
    client = world.test_client()
    client.sign_in("sue")

    named = client.get("/points").get_data(as_text=True).split('class="top-nav"')[1].split("</nav>")[0]

    assert '<summary class="more here">点位' in named
    assert 'href="/points" aria-current="page"' in named


def test_given_few_sections_when_shown_then_nothing_stands_behind_more(world):
    assert "<details" not in places(world, "ann")
