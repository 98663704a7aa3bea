"""What a label opens, for whom."""

from datetime import timedelta

import pytest

from app import clock
from tests.support import builders as a

NAME = "1号楼1层男卫生间"


@pytest.fixture
def world(app):
    """Ann's restroom on its Monday morning, with one window open."""
    with app.app_context():
        a.small_world()
    with clock.at(a.NOW):
        yield app


def opened(world, person=None, path=f"/p/{a.CODE}"):
    client = world.test_client()
    if person:
        client.sign_in(person)
    return client.get(path)


def test_given_staff_in_scope_when_the_label_is_opened_then_the_work_page_shows_its_steps(world):
    page = opened(world, "ann").get_data(as_text=True)

    assert 'id="check"' in page
    assert 'data-step="S01"' in page


def test_given_a_visitor_when_the_label_is_opened_then_the_public_page_shows_no_step_and_what_can_be_said(world):
    page = opened(world).get_data(as_text=True)

    assert NAME in page
    assert "data-step" not in page
    assert f"/p/{a.CODE}/feedback" in page


def test_given_a_worker_of_another_unit_when_the_label_is_opened_then_the_public_page_says_so(world):
    answer = opened(world, "bob")

    page = answer.get_data(as_text=True)
    assert answer.status_code == 200
    assert "data-step" not in page
    assert "note" in page


@pytest.mark.parametrize("spelling", ["/P/7k3qx-9m2ta", "/p/7K3QX%209M2TA", "/p/7K3QX9M2TA"])
def test_given_any_spelling_of_a_code_when_opened_then_it_is_the_same_point(world, spelling):
    assert NAME in opened(world, path=spelling).get_data(as_text=True)


@pytest.mark.parametrize("code", ["7K3QX9M2TB", "AAAAAAAAAA", "x", "00000-0000H"])
def test_given_an_unknown_or_mistyped_code_when_opened_then_one_page_offers_typing_it_again(world, code):
    answer = opened(world, path=f"/p/{code}")

    assert answer.status_code == 404
    assert 'name="code"' in answer.get_data(as_text=True)


def test_given_a_withdrawn_label_when_opened_then_it_is_gone_with_a_sentence(world):
    with world.app_context():
        a.kept(a.LabelCode, code="000000000H", point_id="p1", issued_at=a.NOW - timedelta(days=9), withdrawn_at=a.NOW)

    assert opened(world, path="/p/000000000H").status_code == 410


def test_given_a_point_of_risk_4_when_a_visitor_opens_it_then_not_even_its_name_is_shown(world):
    with world.app_context():
        a.point("p4", code="ABCDEFGHJE", name="地下配电房", risk=4)
        a.works_at("p4")

    assert "地下配电房" not in opened(world, path="/p/ABCDEFGHJE").get_data(as_text=True)


def test_given_nothing_is_open_when_staff_open_the_label_then_the_next_window_and_an_extra_check_are_offered(world):
    with world.app_context():
        a.occurrence(window="A5", start=a.NOW + timedelta(hours=9))
    with clock.at(a.NOW + timedelta(hours=7)):
        page = opened(world, "ann").get_data(as_text=True)

    assert "profile=full" in page
    assert 'id="check"' not in page


def test_given_several_windows_are_open_when_staff_open_the_label_then_they_choose(world):
    with world.app_context():
        a.occurrence(window="A3")

    page = opened(world, "ann").get_data(as_text=True)

    assert page.count("window=2026-11-23/A/") == 2


def test_given_a_supervisor_when_the_label_is_opened_then_nothing_can_be_submitted(world):
    assert 'id="check"' not in opened(world, "sue").get_data(as_text=True)


def test_given_a_typed_code_when_it_is_right_then_the_point_opens_and_the_way_is_kept(world):
    answer = opened(world, path="/p?code=7k3qx-9m2ta")

    assert answer.headers["Location"] == "/p/7K3QX9M2TA?via=typed"


def test_given_a_typed_code_when_it_is_wrong_then_the_page_asks_again_with_what_was_typed(world):
    answer = opened(world, path="/p?code=7K3QX")

    assert answer.status_code == 404
    assert 'value="7K3QX"' in answer.get_data(as_text=True)


def test_given_the_session_has_ended_when_the_plain_form_is_sent_then_what_was_typed_comes_back_and_can_be_sent(world):
    client = world.test_client()
    client.sign_in("ann")
    typed = {"id": "5f0f0e3c-0000-4000-8000-000000000009", "standard": "JGSW05003.01-2026", "window": "2026-11-23/A/A2"}
    typed |= {"outcome": "done", "opened_at": "2026-11-23T08:31:05+08:00", "S01.result": "fail", "S01.note": "门锁坏了"}
    client.delete_cookie("dabiao")

    answer = client.post(f"/p/{a.CODE}", data={"csrf_token": "stale", **typed})

    page = answer.get_data(as_text=True)
    assert answer.status_code == 401
    assert "门锁坏了" in page
    client.sign_in("ann")
    again = client.post(f"/p/{a.CODE}", data={"csrf_token": "of another session", **typed}).get_data(as_text=True)
    token = again.split('name="csrf_token" value="')[1].split('"')[0]
    sent = client.post(f"/p/{a.CODE}", data={"csrf_token": token, **typed, "S01.cause": "facility"})
    assert sent.status_code == 303
