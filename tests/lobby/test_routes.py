"""Boards in lobbies: opened and closed by the office, seen by everybody, with nothing that is not public."""

from datetime import timedelta

import pytest
from sqlalchemy import select, update

from app import clock
from app.audit.models import AuditEvent
from app.db import atomically, rows, run
from app.lobby.rules import LINES_A_TURN
from app.places.models import Building, Point
from app.standards.models import Standard
from tests.support import builders as make
from tests.support.builders import NOW
from tests.support.readers import body, readers, signed_in

HOUR = timedelta(hours=1)


@pytest.fixture
def world(app):
    """Monday 08:40: one window was done at 07:40 by 人员ann, one is open, the next begins at 11:40."""
    with clock.at(NOW):
        with app.app_context():
            make.small_world()
            readers()
            make.person("aud", "auditor", "bureau")
            make.occurrence("p1", "W1", NOW - 2 * HOUR, done_at=NOW - HOUR, done_by_id="ann", state="in_window")
            make.occurrence("p1", "W9", NOW + 3 * HOUR)
        change(app, Standard, public=True)
        yield app


def change(app, table, **values):
    with app.app_context():
        atomically(lambda: run(update(table).values(**values)))


def post(client, deed, building="b1"):
    return client.post(f"/lobby/{building}/{deed}", data={"csrf_token": client.token("/me")})


def key_of(app):
    with app.app_context():
        return rows(select(Building.board_key))[0][0]


def noted(app):
    with app.app_context():
        kinds = select(AuditEvent.about).where(AuditEvent.kind == "setting.changed").order_by(AuditEvent.id)
        return [row.about for row in rows(kinds)]


@pytest.fixture
def board(world):
    post(signed_in(world, "adm"), "open")
    return f"/lobby/{key_of(world)}"


def test_given_the_office_when_it_opens_a_board_then_everybody_with_its_address_sees_times_and_no_names(world, board):
    text = body(world.test_client(), board)

    assert "1号楼1层男卫生间" in text
    assert "07:40" in text
    assert "11:40" in text
    assert '<strong class="num">1</strong>' in text
    assert "人员" not in text
    assert noted(world) == ["board 1号楼"]


def test_given_an_open_board_when_it_is_opened_again_then_its_address_stays(world, board):
    assert post(signed_in(world, "adm"), "open").status_code == 303

    assert board == f"/lobby/{key_of(world)}"
    assert noted(world) == ["board 1号楼"]


def test_given_an_open_board_when_closed_twice_then_its_address_leads_nowhere_and_the_next_is_another(world, board):
    client = signed_in(world, "adm")
    for _ in range(2):
        assert post(client, "close").status_code == 303

    for path in (board, f"{board}/turn"):
        assert world.test_client().get(path).status_code == 404
    post(client, "open")
    assert key_of(world) not in (None, board.rpartition("/")[2])
    assert noted(world) == ["board 1号楼"] * 3


@pytest.mark.parametrize("deed", ["open", "close"])
def test_given_a_building_that_is_not_there_when_a_board_is_wanted_then_it_is_refused(world, deed):
    assert post(signed_in(world, "adm"), deed, "b9").status_code == 404
    assert key_of(world) is None


@pytest.mark.parametrize("who", ["ann", "sue", "leo"])
def test_given_others_than_the_office_when_they_open_a_board_then_they_are_refused_and_nothing_changes(world, who):
    assert post(signed_in(world, who), "open").status_code == 403
    assert key_of(world) is None


def test_given_a_stranger_when_they_open_a_board_then_they_are_sent_to_sign_in(world):
    assert world.test_client().post("/lobby/b1/open").status_code in (303, 400, 403)
    assert key_of(world) is None


def test_given_a_standard_that_is_not_public_when_the_board_is_seen_then_it_shows_none_of_its_times(world, board):
    change(world, Standard, public=False)

    text = body(world.test_client(), board)
    assert "男卫生间" not in text
    assert "07:40" not in text
    assert "本楼暂无对外公示的服务" in text


@pytest.mark.parametrize("kept_back", [{"risk": 4}, {"active": False}])
def test_given_a_point_that_strangers_do_not_see_when_the_board_is_opened_then_it_is_missing(world, board, kept_back):
    change(world, Point, **kept_back)

    text = body(world.test_client(), board)
    assert "男卫生间" not in text
    assert '<strong class="num">0</strong>' in text


def test_given_more_points_than_fit_when_the_board_turns_then_the_rest_follows_and_the_first_comes_again(world, board):
    with world.app_context():
        for number in range(LINES_A_TURN):
            make.point(f"q{number:02}", f"00000000{number:02}", name=f"茶水间{number:02}")
            make.works_at(f"q{number:02}")

    client = world.test_client()
    first, second = body(client, f"{board}/turn"), body(client, f"{board}/turn?turn=2")

    assert f'data-next="{board}/turn?turn=2"' in first
    assert f'data-next="{board}/turn?turn=1"' in second
    assert first.count("lobby-line") - 1 == LINES_A_TURN
    assert second.count("lobby-line") - 1 == 1


@pytest.mark.parametrize("turn", ["0", "-1", "99", "x", "９"])
def test_given_an_odd_turn_when_asked_for_then_the_first_is_shown(world, board, turn):
    assert "男卫生间" in body(world.test_client(), f"{board}/turn?turn={turn}")


@pytest.mark.parametrize("key", ["x", "a" * 12, "b1", "%00" * 12, "a" * 400])
def test_given_an_address_that_is_none_when_opened_then_it_is_a_clear_404(world, key):
    answer = world.test_client().get(f"/lobby/{key}")

    assert answer.status_code in (400, 404)
    assert "Traceback" not in answer.get_data(as_text=True)


def test_given_the_auditor_when_looking_then_it_is_seen_which_boards_are_open_and_not_where(world, board):
    text = body(signed_in(world, "aud"), "/lobby")

    assert "1号楼" in text
    assert board not in text
    assert board in body(signed_in(world, "adm"), "/lobby")
