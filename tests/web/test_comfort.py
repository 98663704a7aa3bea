"""One step a screen: what the person chose on this phone, else with large text; the page comes so at once."""

import pytest

from app import clock
from app.web.comfort import on_phone, one_step
from tests.support.builders import CODE, NOW, person, small_world


@pytest.mark.parametrize(
    ("large", "cookie", "one"),
    [
        (False, None, False),
        (True, None, True),
        (False, "1", True),
        (True, "0", False),
        (True, "x", True),
        (False, "11", False),
    ],
)
def test_given_a_choice_and_a_size_of_text_when_a_check_is_opened_then_it_comes_in_that_form(
    app, client, large, cookie, one
):
    with app.app_context():
        small_world()
        person("ann.b", "worker", "clean", crew_id="c1", large_text=large)
    client.sign_in("ann.b")
    if cookie:
        client.set_cookie("one-ann_b", cookie)

    with clock.at(NOW):
        page = client.get(f"/p/{CODE}").text

    assert (' one">' in page) is one
    assert f'id="mode" aria-pressed="{"true" if one else "false"}"' in page


def test_given_two_people_at_one_point_when_opened_in_turn_then_each_has_the_own_form(app, client):
    with app.app_context():
        small_world()
        person("abe", "worker", "clean", crew_id="c1", large_text=True)
    other = app.test_client()
    client.sign_in("abe")
    other.sign_in("ann")

    with clock.at(NOW):
        pages = [each.get(f"/p/{CODE}").text for each in (client, other)]

    assert [
        f'id="mode" aria-pressed="{word}"' in page for word, page in zip(("true", "false"), pages, strict=True)
    ] == [
        True,
        True,
    ]


def test_given_nobody_when_asked_then_the_cookie_of_somebody_does_not_count(app):
    with app.test_request_context(headers={"Cookie": "one-ann=1"}):
        assert one_step() is False


@pytest.mark.parametrize(
    ("headers", "phone"),
    [
        ({"User-Agent": "Mozilla/5.0 (Linux; Android 13) AppleWebKit/537.36 Chrome/120 Mobile Safari/537.36"}, True),
        ({"User-Agent": "Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 Chrome/120 Safari/537.36"}, False),
        ({"User-Agent": "Mobile", "Sec-CH-UA-Mobile": "?0"}, False),
        ({"User-Agent": "Chrome", "Sec-CH-UA-Mobile": "?1"}, True),
        ({}, False),
    ],
)
def test_given_what_a_browser_says_of_itself_when_asked_then_its_hint_counts_before_its_name(app, headers, phone):
    with app.test_request_context("/", headers=headers):
        assert on_phone() is phone
